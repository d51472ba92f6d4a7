//! A way out for tablets whose chain can not go on: their data was copied or set back, they were
//! retired, or their server lost what they no longer keep. They become another tablet that continues
//! the old one, and each visit is counted once, for the counter and officer of its question.
#![allow(clippy::unwrap_used)]

#[path = "continues/device.rs"]
mod device;

use analytics_server::clock::Clock;
use analytics_server::import::{FileOutcome, Options as Wish, Silent, import_bytes};
use analytics_server::storage::Store;
use analytics_server::storage::events::Appended;
use analytics_server::verify::verify;
use device::{Fleet, copy};
use protocol::event::Continues;
use protocol::{Level, What};
use std::path::Path;
use tablet_app::courier::transfer;
use tablet_app::journal::{Journal, Options};
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::shown;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::programs;
use whole_system_tests::server::{Server, enrolled, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at, journal, wait_for};

const DAY: i64 = 24 * 3_600_000;

/// Runs blocking code without holding up the server, which runs on the same runtime.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// A server, and a tablet that is enrolled at the counter Q07.
struct Begun {
    fresh: Fresh,
    server: Server,
    home: TempDir,
    tablet: Uuid,
}

impl Begun {
    async fn with(fresh: Fresh) -> Self {
        let server = served(&fresh).await;
        let home = TempDir::new().unwrap();
        let tablet = enrol(&server, home.path(), "Q07").await;
        Self { fresh, server, home, tablet }
    }
}

/// A server of a furnished centre.
async fn served(fresh: &Fresh) -> Server {
    furnish(&fresh.store).await;
    Server::start(fresh, Clock::system()).await
}

/// Enrols the tablet of a directory with a code of a counter.
async fn enrol(server: &Server, dir: &Path, counter: &str) -> Uuid {
    let (dir, url, code) = (dir.to_owned(), server.url(), server.code(counter).await);
    aside(move || enrol_at(&dir, &url, &code).unwrap().tablet).await
}

/// Counter and level of every rating.
async fn ratings(store: &Store) -> Vec<(String, Level)> {
    let directory = store.directory().await.unwrap();
    let rows = store.changes_after(0, 10_000).await.unwrap();
    let mut ratings = Vec::new();
    for row in rows.iter().filter(|row| row.level > 0) {
        let counter = directory.counter_of(row.counter).unwrap().code.clone();
        let level = Level::from_code(row.level).unwrap();
        ratings.push((counter, level));
    }
    ratings
}

/// How many ratings of a level count for a counter.
async fn count(store: &Store, counter: &str, level: Level) -> usize {
    ratings(store).await.iter().filter(|one| one.0 == counter && one.1 == level).count()
}

/// The database verifies without findings.
async fn holds(fresh: &Fresh) {
    let columns = fresh.dir.path().join("columns");
    let verified = verify(fresh.dir.path(), fresh.address.as_deref(), &columns).await.unwrap();
    let chains = || verified.tablets.iter().map(|(_, one)| &one.chain);
    assert!(
        chains().all(|chain| chain.signed_to == chain.head.number),
        "each by whom it came from"
    );
    let found: Vec<String> =
        verified.findings.iter().map(|(kind, found)| format!("{kind}: {}", found.first)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Rates at the tablet of a directory and waits until the server has it.
async fn rate(dir: &Path, level: Level, times: usize) {
    let dir = dir.to_owned();
    aside(move || {
        let mut running = Tablet::start(&dir);
        (0..times).for_each(|_| running.rate(level));
        running.carried();
        running.stop();
    })
    .await;
}

/// Rates at a copy of a tablet until it knows that its chain has forked from the server's.
async fn rate_until_forked(dir: &Path, level: Level, times: usize) -> Tablet {
    let dir = dir.to_owned();
    aside(move || {
        let mut running = Tablet::start(&dir);
        (0..times).for_each(|_| running.rate(level));
        wait_for("the fork", || running.journal.status().unwrap().forked.is_some());
        running
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_tablet_becomes_another_one_and_the_first_stays_where_it_is() {
    let Begun { fresh, server, home, tablet: first } = Begun::with(sqlite().await).await;
    let other = TempDir::new().unwrap();
    rate(home.path(), Level::Satisfied, 1).await;
    copy(home.path(), other.path());
    rate(home.path(), Level::Satisfied, 2).await;
    let running = rate_until_forked(other.path(), Level::Dissatisfied, 3).await;
    assert_eq!(fresh.store.open_alarms().await.unwrap(), 1);
    let data = fresh.dir.path().to_str().unwrap().to_owned();
    let list = async || {
        let data = data.clone();
        aside(move || programs::server(["tablet", "list", "--data-dir", &data]).out).await
    };
    let listed = list().await;
    assert!(listed.contains("TWO CHAINS") && listed.contains("tablet add"), "{listed}");

    // On the glass, while it runs, with a code of another counter.
    let code = server.code("Q08").await;
    let second = aside(move || {
        let moved = transfer(&running.journal, &code.parse().unwrap()).unwrap();
        running.carried();
        running.stop();
        moved
    })
    .await;
    assert_eq!(second.counter, "Q08");
    assert_ne!(second.tablet, first);
    assert_eq!(count(&fresh.store, "Q07", Level::Dissatisfied).await, 3, "where they were asked");
    rate(other.path(), Level::VeryDissatisfied, 2).await;
    rate(home.path(), Level::Neutral, 2).await;
    assert_eq!(count(&fresh.store, "Q08", Level::VeryDissatisfied).await, 2);
    assert_eq!(count(&fresh.store, "Q07", Level::Neutral).await, 2, "the first one stays");
    assert_eq!(ratings(&fresh.store).await.len(), 10);

    let told = fresh.store.continuations().await.unwrap();
    assert_eq!((told[0].tablet, told[0].continues, told.len()), (second.tablet, first, 1));
    let listed = list().await;
    assert!(listed.contains(&format!("continues {first}")), "{listed}");
    assert!(!listed.contains("not heard of since"), "the first one speaks: {listed}");
    assert_eq!(fresh.store.quarantined().await.unwrap(), 0);
    server.stop().await;
    holds(&fresh).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_nobody_noticed_yet_does_not_move_the_first_tablet() {
    let Begun { fresh, server, home, tablet: first } = Begun::with(sqlite().await).await;
    let other = TempDir::new().unwrap();
    copy(home.path(), other.path());
    rate(home.path(), Level::Satisfied, 2).await;
    let (dir, code) = (other.path().to_owned(), server.code("Q08").await);
    let moved = aside(move || transfer(&journal(&dir), &code.parse().unwrap()).unwrap()).await;
    assert_ne!(moved.tablet, first);
    rate(home.path(), Level::Neutral, 1).await;
    assert_eq!(count(&fresh.store, "Q07", Level::Neutral).await, 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_tablet_comes_back_as_another_one_and_stays_retired() {
    let Begun { fresh, server, home, tablet: first } = Begun::with(sqlite().await).await;
    rate(home.path(), Level::Satisfied, 2).await;
    let now = server.app.clock.now();
    assert!(fresh.store.retire_tablet(first, "test", now).await.unwrap());
    let second = enrol(&server, home.path(), "Q08").await;
    assert_ne!(first, second);
    assert!(fresh.store.tablet(first).await.unwrap().unwrap().retired);
    rate(home.path(), Level::Neutral, 1).await;
    assert_eq!(count(&fresh.store, "Q08", Level::Neutral).await, 1);
    assert_eq!(ratings(&fresh.store).await.len(), 3, "what it repeats is counted once");
    server.stop().await;
    holds(&fresh).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_what_its_tablet_no_longer_keeps_counts_the_rest() {
    let begun = Begun::with(sqlite().await).await;
    let Begun { fresh: lost, server, home, tablet: first } = begun;
    rate(home.path(), Level::Satisfied, 3).await;
    let dir = home.path().to_owned();
    aside(move || {
        let options = Options { keep_ms: DAY, ..Options::default() };
        let clock = tablet_app::clock::Clock::start();
        let journal = Journal::open(&dir, &clock, options).unwrap();
        // The days after this one, on which the server had everything.
        let today = clock.now().wall_ms;
        journal.proven(today + DAY).unwrap();
        journal.proven(today + 3 * DAY).unwrap();
        assert_eq!(journal.prune().unwrap(), 5);
    })
    .await;
    server.stop().await;

    // Another server, which never heard of the tablet, has the old one's address.
    drop(lost);
    let fresh = sqlite().await;
    let server = served(&fresh).await;
    let (dir, url) = (home.path().to_owned(), server.url());
    aside(move || {
        let journal = journal(&dir);
        let mut identity = journal.identity().unwrap().unwrap();
        identity.server.clone_from(&url);
        journal.put_identity(identity).unwrap();
    })
    .await;
    let second = enrol(&server, home.path(), "Q07").await;
    assert_ne!(first, second);
    rate(home.path(), Level::Neutral, 2).await;
    assert_eq!(count(&fresh.store, "Q07", Level::Neutral).await, 2);
    server.stop().await;
    holds(&fresh).await;
}

async fn take(server: &Server, file: &Path, continues: bool) -> FileOutcome {
    let wish = Wish { continues, ..Wish::new(server.app.zone.clone(), server.app.clock.now()) };
    let bytes = std::fs::read(file).unwrap();
    let files = [("nhat-ky.hljournal", bytes.as_slice())];
    import_bytes(&server.app.store, &files, &wish, &Silent).await.unwrap().remove(0)
}

async fn by_hand(fresh: Fresh) {
    let Begun { fresh, server, home, tablet: first } = Begun::with(fresh).await;
    let other = TempDir::new().unwrap();
    rate(home.path(), Level::Satisfied, 1).await;
    copy(home.path(), other.path());
    rate(home.path(), Level::Satisfied, 1).await;
    let running = rate_until_forked(other.path(), Level::Dissatisfied, 3).await;
    let stick = TempDir::new().unwrap();
    let (folder, clock) = (stick.path().to_owned(), tablet_app::clock::Clock::start());
    let (running, exported) = aside(move || {
        let exported = running.journal.export(&folder, &clock).unwrap();
        (running, exported)
    })
    .await;

    let refused = take(&server, &exported.path, false).await;
    assert!(refused.to_string().contains("analytics-server import --continues"), "{refused}");
    assert_eq!(ratings(&fresh.store).await.len(), 2);
    let taken = take(&server, &exported.path, true).await;
    assert!(taken.is_whole(), "{taken}");
    assert_eq!(count(&fresh.store, "Q07", Level::Dissatisfied).await, 3);
    assert_eq!(ratings(&fresh.store).await.len(), 5);
    let again = take(&server, &exported.path, false).await;
    assert!(again.is_whole(), "it is known by now: {again}");
    assert_eq!((again.new, again.already_there), (0, exported.events), "{again}");
    let told = fresh.store.continuations().await.unwrap();
    assert!(told.len() == 1 && told[0].by_hand && told[0].continues == first, "{told:?}");

    // Enrolled again afterwards it doubles nothing, and goes on.
    let code = server.code("Q08").await;
    aside(move || {
        let mut running = running;
        transfer(&running.journal, &code.parse().unwrap()).unwrap();
        running.carried();
        running.rate(Level::VeryDissatisfied);
        running.carried();
        running.stop();
    })
    .await;
    let all = ratings(&fresh.store).await;
    assert_eq!(all.len(), 6, "{all:?}");
    assert_eq!(fresh.store.quarantined().await.unwrap(), 0);
    assert_eq!(fresh.store.open_alarms().await.unwrap(), 1, "the fork alone");
    server.stop().await;
    holds(&fresh).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forked_journal_is_imported_as_the_continuation_on_sqlite() {
    by_hand(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forked_journal_is_imported_as_the_continuation_on_postgres() {
    by_hand(postgres().await).await;
}

/// An id that was made at a moment, milliseconds since 1970 (UUIDv7).
fn made(at: i64) -> Uuid {
    Uuid::from_u128(u128::from(at.unsigned_abs()) << 80 | 0x7000_8000_0000_0000_0001)
}

async fn any_order(fresh: impl AsyncFn() -> Fresh, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let fresh = fresh().await;
        furnish(&fresh.store).await;
        let mut fleet = Fleet::new(fresh.store.clone(), seed).await;
        for _ in 0..60 {
            fleet.something_happens().await;
        }
        fleet.everything_arrives(3).await;
        fleet.each_visit_is_counted_once().await;
        fresh.store.close().await;
        holds(&fresh).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_rate_deliver_and_enrol_in_any_order_count_each_visit_once_on_sqlite() {
    any_order(sqlite, 0..24).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_rate_deliver_and_enrol_in_any_order_count_each_visit_once_on_postgres() {
    any_order(postgres, 100..104).await;
}

/// Any tablet can say of itself that it continues another one.
#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_claims_to_continue_another_changes_none_of_its_visits() {
    let fresh = sqlite().await;
    let server = served(&fresh).await;
    let mut one = enrolled(&server, "Q07", 1).await;
    let mut other = enrolled(&server, "Q08", 2).await;
    let (visit, now) = (analytics_server::clock::fresh_id(), server.app.clock.now());
    one.rate(visit, now, shown("Q07", "CC013", None), Level::Satisfied);
    one.append(&fresh.store, &one.batch(0, 2, now)).await;

    let said = Continues { tablet: one.tablet, head: one.head() };
    other.push(analytics_server::clock::fresh_id(), now, What::Continues(said));
    let level = Level::VeryDissatisfied;
    other.push(visit, now, What::Changed { level });
    other.rate(visit, now + 1, shown("Q08", "CC015", None), level);
    let taken = other.append(&fresh.store, &other.batch(0, 4, now)).await;
    let stored = Appended::Stored { head: other.head(), stored: 4, quarantined: 3 };
    assert_eq!(taken, stored, "it is taken, and waits");
    assert_eq!(ratings(&fresh.store).await, [("Q07".to_owned(), Level::Satisfied)]);
    server.stop().await;
    holds(&fresh).await;
}

/// A rating is not hidden by the mark of a repetition that nobody tells.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_of_a_repetition_that_is_none_is_found() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let mut fleet = Fleet::new(fresh.store.clone(), 8).await;
    fleet.one_rates_at(Clock::system().now());
    fleet.everything_arrives(3).await;
    fresh.store.close().await;
    holds(&fresh).await;
    let file = fresh.dir.path().join("hai-long.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    for sql in [
        "insert into quarantine select tablet_id, number, 'repeated', '', 0, 0 from events",
        "delete from ratings",
    ] {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let verified = verify(fresh.dir.path(), None, &fresh.dir.path().join("columns")).await.unwrap();
    let found: Vec<String> =
        verified.findings.iter().map(|(_, found)| found.first.clone()).collect();
    assert!(found.iter().any(|one| one.contains("set aside as told by another")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moments_of_what_is_carried_over_are_those_of_the_visits() {
    for most in [1, 3] {
        let fresh = sqlite().await;
        furnish(&fresh.store).await;
        let now = Clock::system().now();
        let days_ago = now - 9 * DAY;
        // Enrolled ten days ago, by its id.
        let mut fleet = Fleet::of(fresh.store.clone(), 7, Some(made(now - 10 * DAY))).await;
        fleet.one_rates_at(days_ago);
        fleet.retire_and_enrol().await;
        // A line that is slow, or refuses, lets the continuation pass in a batch of its own.
        fleet.everything_arrives(most).await;
        let rows = fresh.store.changes_after(0, 10).await.unwrap();
        assert_eq!(rows[0].asked_at, days_ago, "{most}: not the moment of the enrolment");
        fresh.store.close().await;
        holds(&fresh).await;
    }
}
