//! The storage story: every public method of `Store`, told once and run on both databases. Parts of
//! it stand in the folder `storage`.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::rows::{Department, Procedure, Put};
use analytics_server::storage::{Store, StoreError};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::furnish;

#[path = "storage/accounts.rs"]
mod accounts;
#[path = "storage/admin.rs"]
mod admin;
#[path = "storage/alerts.rs"]
mod alerts;
#[path = "storage/at_once.rs"]
mod at_once;
#[path = "storage/chains.rs"]
mod chains;
#[path = "storage/counters.rs"]
mod counters;
#[path = "storage/evidence.rs"]
mod evidence;
#[path = "storage/figures.rs"]
mod figures;
#[path = "storage/forks.rs"]
mod forks;
#[path = "storage/imported.rs"]
mod imported;
#[path = "storage/invitations.rs"]
mod invitations;
#[path = "storage/live.rs"]
mod live;
#[path = "storage/moments.rs"]
mod moments;
#[path = "storage/moved.rs"]
mod moved;
#[path = "storage/outside.rs"]
mod outside;

use chains::known_tablet;
#[path = "storage/records.rs"]
mod records;

const NOON: i64 = 1_695_790_800_000;

async fn story(fresh: &Fresh) {
    let store = &fresh.store;
    store.try_writing().await.unwrap();
    assert_eq!(store.id().await.unwrap(), store.id().await.unwrap());
    directory_by_code(store).await;
    centre_settings(store).await;
    let tablet = chains::one_code_admits_one_tablet(store).await;
    chains::a_chain_grows_and_refuses_what_does_not_fit(store, tablet).await;
    chains::odd_events_wait_and_the_chain_goes_on(store, tablet).await;
    chains::imports_are_stored_once(store).await;
    chains::a_tablet_can_not_touch_what_is_not_its_own(store, tablet).await;
    chains::what_waits_is_released(store, tablet).await;
    chains::changes_come_in_order_and_whole(store).await;
    counters::questionnaires_never_change(store).await;
    counters::whoever_has_a_pin_may_sign_in(store).await;
    counters::machines_are_known_by_their_tokens(store).await;
    counters::a_heartbeat_takes_the_place_of_the_one_before(store).await;
    counters::a_sign_in_is_kept_and_counted_nowhere(store).await;
    counters::a_tablet_moves_with_its_chain(store).await;
    invitations::an_invitation_is_one_tablets_and_followed_to_its_end(store).await;
    invitations::a_strange_invitation_changes_nothing(store).await;
    invitations::rules_find_odd_ratings_in_whatever_order_they_come(store).await;
    outside::ratings_leave_in_pages_and_totals_tell_how_many(store).await;
    outside::what_was_told_stands(store).await;
    outside::a_database_says_what_it_is(store).await;
    outside::a_backup_holds_everything_or_is_none(store).await;
    live::the_clock_moves_with_every_rating(store).await;
    figures::a_rating_gets_what_its_dossier_says(store).await;
    figures::a_flag_on_another_rating_reaches_the_columns(store).await;
    figures::queue_numbers_are_counted_once(store).await;
    imported::a_rating_is_found_by_its_minute(store).await;
    imported::free_text_leaves_the_reasons(store).await;
    alerts::alerts_are_raised_once_told_and_closed(store).await;
    admin::what_is_kept_by_hand(store).await;
    forks::what_another_machine_tells_is_kept_apart(store).await;
    forks::a_tablet_that_another_one_continues_is_not_awaited(store).await;
    Box::pin(accounts::story(store)).await;
    records::what_is_said_about_single_visits(store).await;
    moments::a_rating_counts_for_the_department_of_its_moment(store).await;
    moments::a_history_has_a_number_until_another_begins(store).await;
    evidence::what_vouches_is_there(store, tablet).await;
    store.close().await;
    assert!(store.try_writing().await.is_err(), "a closed store answers no more");
}

async fn directory_by_code(store: &Store) {
    furnish(store).await;
    let directory = store.directory().await.unwrap();
    let department = directory.department("STP").unwrap().clone();
    let counter = directory.counter("Q07").unwrap().clone();
    let officer = directory.officer("CC013").unwrap().clone();
    assert_eq!(directory.usual_officer(counter.id).unwrap().code, "CC013");
    assert_eq!(store.put_counters(&[counter], 1).await.unwrap(), [Put::AlreadyThere]);
    assert_eq!(
        store.put_officers(std::slice::from_ref(&officer), 1).await.unwrap(),
        [Put::AlreadyThere]
    );

    let renamed = Department { name: "Sở Tư pháp tỉnh".into(), ..department.clone() };
    let put = store.put_departments(&[department.clone(), renamed.clone()], 1).await.unwrap();
    assert_eq!(put, [Put::AlreadyThere, Put::Changed]);
    assert_eq!(store.directory().await.unwrap().department("STP"), Some(&renamed));
    assert_eq!(
        store.put_departments(std::slice::from_ref(&department), 2).await.unwrap(),
        [Put::Changed]
    );

    let procedure = Procedure {
        id: 0,
        code: "9.100009".into(),
        name: "Cấp phiếu lý lịch tư pháp".into(),
        field: "Lý lịch tư pháp".into(),
        department: department.id,
        working_days: 10,
    };
    assert_eq!(
        store.put_procedures(std::slice::from_ref(&procedure), 1).await.unwrap(),
        [Put::Stored]
    );
    assert_eq!(store.put_procedures(&[procedure], 1).await.unwrap(), [Put::AlreadyThere]);

    assert_eq!(store.photo(officer.id).await.unwrap(), None);
    store.put_photo(officer.id, Some(b"jpeg"), "test", 3).await.unwrap();
    assert_eq!(store.photo(officer.id).await.unwrap().as_deref(), Some(&b"jpeg"[..]));
    store.put_photo(officer.id, None, "test", 4).await.unwrap();
    assert_eq!(store.photo(officer.id).await.unwrap(), None);
}

async fn centre_settings(store: &Store) {
    assert_eq!(store.setting("centre").await.unwrap(), None);
    store.put_setting("centre", "{}", "test", 1).await.unwrap();
    store.put_setting("centre", "{\"policy\":\"nd09\"}", "test", 2).await.unwrap();
    let setting = store.setting("centre").await.unwrap();
    assert_eq!(setting.as_deref(), Some("{\"policy\":\"nd09\"}"));
}

#[tokio::test]
async fn sqlite_tells_the_story() {
    let fresh = sqlite().await;
    Box::pin(story(&fresh)).await;
    Box::pin(moved::everything_moves(&fresh)).await;
}

#[tokio::test]
async fn postgres_tells_the_story() {
    Box::pin(story(&postgres().await)).await;
}

/// On a database of its own: others would wait for what it moves.
async fn two_at_once(fresh: &Fresh) {
    furnish(&fresh.store).await;
    at_once::settings_are_set_one_after_the_other(&fresh.store).await;
    at_once::people_are_changed_one_after_the_other(&fresh.store).await;
    at_once::a_reset_leaves_no_session(&fresh.store).await;
    at_once::windows_lose_nothing_while_ratings_move(&fresh.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_see_each_other_on_sqlite() {
    Box::pin(two_at_once(&sqlite().await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_see_each_other_on_postgres() {
    Box::pin(two_at_once(&postgres().await)).await;
}

/// The story above is only worth its name while it names everything.
#[test]
fn the_story_calls_every_public_method() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/src/storage");
    let story = [
        include_str!("storage.rs"),
        include_str!("storage/chains.rs"),
        include_str!("storage/alerts.rs"),
        include_str!("storage/at_once.rs"),
        include_str!("storage/admin.rs"),
        include_str!("storage/accounts.rs"),
        include_str!("storage/counters.rs"),
        include_str!("storage/evidence.rs"),
        include_str!("storage/figures.rs"),
        include_str!("storage/forks.rs"),
        include_str!("storage/imported.rs"),
        include_str!("storage/invitations.rs"),
        include_str!("storage/moments.rs"),
        include_str!("storage/moved.rs"),
        include_str!("storage/outside.rs"),
        include_str!("storage/live.rs"),
        include_str!("storage/records.rs"),
        include_str!("support/chain.rs"),
    ]
    .concat();
    let mut methods = 0;
    for entry in std::fs::read_dir(root).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for part in text.split("pub async fn ").skip(1) {
            let name = part.split(['(', '<']).next().unwrap();
            let called = [format!(".{name}("), format!("::{name}(")];
            assert!(called.iter().any(|call| story.contains(call)), "nobody calls {name}");
            methods += 1;
        }
    }
    assert!(methods > 20, "only {methods} methods were found");
}

#[tokio::test]
async fn what_can_not_be_opened_is_told_and_left_alone() {
    let birth = Birth::at(&Clock::system()).unwrap();
    let fresh = sqlite().await;
    fresh.store.close().await;
    let file = fresh.dir.path().join("hai-long.db");

    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'of tomorrow', true, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let newer = Store::open(fresh.dir.path(), None, &birth).await.unwrap_err();
    assert!(matches!(newer, StoreError::Newer { version: 9999, .. }), "{newer}");

    std::fs::write(&file, b"this is no database, whatever its name says, not even nearly").unwrap();
    let damaged = Store::open(fresh.dir.path(), None, &birth).await.unwrap_err();
    assert!(matches!(damaged, StoreError::Damaged { .. }), "{damaged}");
    assert!(std::fs::read(&file).unwrap().starts_with(b"this is no database"));

    let blocked = Store::open(&file, None, &birth).await.unwrap_err();
    assert!(matches!(blocked, StoreError::DataDir { .. }), "{blocked}");

    let nowhere = Some("postgres://nobody:secret@127.0.0.1:1/none");
    let unreachable = Store::open(fresh.dir.path(), nowhere, &birth).await.unwrap_err();
    assert!(matches!(unreachable, StoreError::Unreachable { .. }), "{unreachable}");
    assert!(!unreachable.to_string().contains("secret"), "{unreachable}");
    let nonsense = Store::open(fresh.dir.path(), Some("what://is this"), &birth).await.unwrap_err();
    assert!(matches!(nonsense, StoreError::Address(_)), "{nonsense}");
}

#[tokio::test]
async fn a_database_that_lets_no_more_in_says_so() {
    let fresh = postgres().await;
    let address = fresh.address.as_deref().unwrap();
    let admin = sqlx::PgPool::connect(address).await.unwrap();
    let role = format!("r{}", analytics_server::clock::fresh_id().simple());
    let run = async |statement: String| {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&admin).await.unwrap();
    };
    run(format!("create role {role} login password 'geheim'")).await;
    run(format!("grant all on schema public to {role}")).await;
    let (scheme, rest) = address.split_once("://").unwrap();
    let rest = rest.split_once('@').map_or(rest, |(_, rest)| rest);
    let mine = format!("{scheme}://{role}:geheim@{rest}");
    run(format!("grant all on all tables in schema public to {role}")).await;
    let birth = Birth::at(&Clock::system()).unwrap();
    let store = Store::open(fresh.dir.path(), Some(&mine), &birth).await.unwrap();
    store.try_writing().await.unwrap();
    run(format!("alter role {role} connection limit 0")).await;
    run(format!("select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'"))
        .await;
    let said = store.try_writing().await.unwrap_err().to_string();
    assert!(said.contains("too many connections for role"), "{said}");
    assert!(!said.contains("geheim"), "{said}");
    store.close().await;
    run(format!("alter role {role} connection limit 10")).await;
}
