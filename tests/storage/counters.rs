//! What happens around a counter: questionnaires, staff, machines, how tablets are, and where they
//! stand.

use super::fixtures::{
    NOON, add_officer, admit, enrolled, show, some_visits, tablet as known_tablet,
};
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::Admission;
use analytics_server::storage::events::Appended;
use analytics_server::storage::questionnaires::{DRAFT, NO_DRAFT};
use analytics_server::storage::roster::Duty;
use analytics_server::storage::staff::Shift;
use protocol::event::{self, What};
use protocol::heartbeat::{Blocked, Heartbeat};
use protocol::questionnaire::{Questionnaire, Timeouts};
use protocol::{Level, Scale};
use uuid::Uuid;
use whole_system_tests::chain::shown;

on_both_databases! {
    questionnaires_never_change,
    officers_with_a_pin_may_sign_in,
    machines_are_known_by_their_tokens,
    a_heartbeat_takes_the_place_of_the_one_before,
    a_sign_in_is_kept_and_counted_nowhere,
    a_tablet_moves_with_its_chain,
}

pub async fn questionnaires_never_change(store: &Store) {
    let words = |vi: &str| [("vi".to_owned(), vi.to_owned())].into();
    let first = Questionnaire {
        version: 1,
        question: words("Ông/Bà hài lòng thế nào?"),
        scale: Scale::Three,
        levels: vec![],
        steps: vec![],
        timeouts: Timeouts::default(),
    };
    assert_eq!(store.questionnaire(None).await.unwrap(), None);
    store.seed_questionnaire(&first, 1).await.unwrap();
    let other = Questionnaire { question: words("?"), ..first.clone() };
    store.seed_questionnaire(&other, 2).await.unwrap();
    let newest = store.questionnaire(None).await.unwrap().unwrap();
    assert_eq!((newest.questionnaire, newest.at), (first.clone(), 1), "seeded once");

    let both = tokio::join!(
        store.publish_questionnaire(&other, "test", 3),
        store.publish_questionnaire(&other, "test", 3)
    );
    let mut versions = [both.0.unwrap(), both.1.unwrap()];
    versions.sort_unstable();
    assert_eq!(versions, [2, 3], "whatever the file says, each gets its own");
    let newest = store.questionnaire(None).await.unwrap().unwrap();
    assert_eq!(newest.questionnaire, Questionnaire { version: 3, ..other.clone() });
    // Of two presses that publish the same draft one makes a version, and the draft is gone.
    store.put_setting(DRAFT, "{}", "test", 4).await.unwrap();
    let publish = || store.publish_draft(Some("{}"), &other, "test", 5);
    let (one, two) = tokio::join!(publish(), publish());
    let mut versions = [one.unwrap(), two.unwrap()];
    versions.sort_unstable();
    assert_eq!(versions, [None, Some(4)]);
    assert_eq!(store.setting(DRAFT).await.unwrap().as_deref(), Some(NO_DRAFT));
    assert_eq!(store.publish_draft(None, &other, "test", 6).await.unwrap(), None);
    assert_eq!(store.questionnaire(Some(1)).await.unwrap().unwrap().questionnaire, first);
    assert_eq!(store.questionnaire(Some(9)).await.unwrap(), None);
    assert_eq!(store.questionnaires().await.unwrap().len(), 4);
}

pub async fn officers_with_a_pin_may_sign_in(store: &Store) {
    add_officer(store, "CC999").await;
    let directory = store.directory().await.unwrap();
    let id = |code: &str| directory.officer(code).unwrap().id;
    let counter = directory.counter("Q07").unwrap().id;
    let shift = Shift { counter, named: None, from: 1_000, until: 2_000 };
    assert_eq!(store.staff(&shift).await.unwrap(), []);
    store.put_pin(id("CC013"), Some("$argon2id$13"), "test", 1).await.unwrap();
    store.put_pin(id("CC015"), Some("$argon2id$15"), "test", 1).await.unwrap();
    let own = (id("CC013"), "$argon2id$13".to_owned());
    let guest = (id("CC015"), "$argon2id$15".to_owned());
    assert_eq!(store.staff(&shift).await.unwrap(), std::slice::from_ref(&own));
    let named = Shift { named: Some(id("CC015")), ..shift };
    assert_eq!(store.staff(&named).await.unwrap(), [own.clone(), guest.clone()]);

    let duty = |officer, from, until| Duty { num: 0, counter, officer, from, until };
    let visit = duty(id("CC015"), 1_500, 3_000);
    let num = store.add_duty(&visit, "test", 5).await.unwrap();
    assert_eq!(store.staff(&shift).await.unwrap(), [own.clone(), guest], "on today's roster");
    let yesterday = Shift { from: 0, until: 1_500, ..shift };
    assert_eq!(store.staff(&yesterday).await.unwrap(), std::slice::from_ref(&own));

    let holds = async |from, until| {
        let entries = store.roster_of(counter, from, until).await.unwrap();
        entries.into_iter().map(|duty| duty.officer).collect::<Vec<_>>()
    };
    assert!(holds(1_000, 1_500).await.is_empty(), "it begins later");
    assert_eq!(holds(1_000, 1_501).await, [id("CC015")]);
    assert_eq!(holds(2_999, 9_000).await, [id("CC015")]);
    assert!(holds(3_000, 9_000).await.is_empty(), "the end is not in it");
    let later = store.add_duty(&duty(id("CC999"), 1_000, 2_000), "test", 6).await.unwrap();
    assert_eq!(holds(1_600, 1_601).await, [id("CC999"), id("CC015")], "in their order");
    assert_eq!(holds(2_500, 2_501).await, [id("CC015")]);
    assert_eq!(store.roster(0).await.unwrap()[1], Duty { num, ..visit });
    assert_eq!(store.roster(2_000).await.unwrap().len(), 1, "what is over is not told");
    assert!(store.cancel_duty(later, "test", 7).await.unwrap());
    assert!(!store.cancel_duty(later, "test", 7).await.unwrap(), "once");
    assert_eq!(holds(1_600, 1_601).await, [id("CC015")]);
    assert!(store.cancel_duty(num, "test", 7).await.unwrap());
    let (one, two) = (duty(id("CC013"), 5_000, 6_000), duty(id("CC015"), 6_000, 7_000));
    let made = store.change_roster(&[], &[one.clone(), two.clone()], "test", 7).await.unwrap();
    let nums = made.unwrap();
    let again = store.change_roster(&[], &[two, one.clone()], "test", 7).await.unwrap();
    assert_eq!(again.unwrap(), [nums[1], nums[0]], "what holds already is not made again");
    let stale =
        store.change_roster(&[nums[0], num], std::slice::from_ref(&one), "test", 7).await.unwrap();
    assert_eq!((stale, store.roster(0).await.unwrap().len()), (None, 2), "all or nothing");
    assert!(store.change_roster(&nums, &[], "test", 7).await.unwrap().is_some());

    store.put_pin(id("CC013"), None, "test", 8).await.unwrap();
    assert_eq!(store.staff(&shift).await.unwrap(), []);
    assert_eq!(store.technician_pin().await.unwrap(), None);
    store.put_technician_pin(Some("$argon2id$old"), "test", 9).await.unwrap();
    store.put_technician_pin(Some("$argon2id$new"), "test", 9).await.unwrap();
    assert_eq!(store.technician_pin().await.unwrap().as_deref(), Some("$argon2id$new"));
    store.put_technician_pin(None, "test", 9).await.unwrap();
    assert_eq!(store.technician_pin().await.unwrap(), None);
    let log = store.audit_log(100).await.unwrap();
    assert_eq!((log[0].action.as_str(), log[0].subject.as_str()), ("remove pin", "technician"));
    assert!(log.iter().any(|line| line.action == "set pin" && line.actor == "test"));
    assert!(!format!("{log:?}").contains("argon2id"), "a hash is nobody's business");
}

pub async fn machines_are_known_by_their_tokens(store: &Store) {
    assert_eq!(store.machine_token([1; 32]).await.unwrap(), None);
    let num = store.add_machine_token("Một cửa", [1; 32], "invite", "test", 5).await.unwrap();
    assert!(store.add_machine_token("again", [1; 32], "invite", "test", 5).await.is_err());
    let token = store.machine_token([1; 32]).await.unwrap().unwrap();
    assert!(token.may("invite") && !token.may("invit") && !token.may("read"));
    assert_eq!((token.num, token.last_used_at), (num, None));
    store.touch_machine_token(&token, 100_000).await.unwrap();
    let used = store.machine_token([1; 32]).await.unwrap().unwrap();
    store.touch_machine_token(&used, 130_000).await.unwrap();
    let used = store.machine_tokens().await.unwrap().remove(0);
    assert_eq!(used.last_used_at, Some(100_000), "within the minute");
    assert!(store.revoke_machine_token(num, "test", 9).await.unwrap());
    assert!(!store.revoke_machine_token(num, "test", 9).await.unwrap(), "once");
    assert!(!store.machine_token([1; 32]).await.unwrap().unwrap().may("invite"));
}

pub async fn a_heartbeat_takes_the_place_of_the_one_before(store: &Store) {
    let chain = enrolled(store, "Q08", 21).await;
    let row = |rows: Vec<analytics_server::storage::tablets::TabletRow>| {
        rows.into_iter().find(|row| row.id == chain.tablet).unwrap()
    };
    assert_eq!(row(store.tablets().await.unwrap()).health, None);
    let known = known_tablet(store, chain.tablet).await;
    let unanswered = || store.unanswered(known.public_key, known.token_hash);
    assert_eq!(unanswered().await.unwrap(), Some(chain.tablet));
    assert_eq!(store.skew(chain.tablet).await.unwrap(), None);
    let first = Heartbeat {
        at: NOON,
        app_version: "0.2.0".into(),
        uptime: 5,
        boots: 2,
        recorded: u64::MAX,
        pending: 3,
        skew_ms: Some(-1_500),
        battery: Some(255),
        charging: Some(false),
        storage_free: Some(1 << 40),
        officer: Some("CC015".into()),
        questionnaire: Some(1),
        trouble: Some(format!("fu\0ll{}", "x".repeat(100))),
        blocked: Some(Blocked { number: 7, since: NOON - 60_000, status: Some(403) }),
    };
    store.put_heartbeat(chain.tablet, &first, NOON).await.unwrap();
    let listed = row(store.tablets().await.unwrap());
    assert_eq!(unanswered().await.unwrap(), None, "whoever spoke knows its id");
    let health = listed.health.unwrap();
    assert_eq!((listed.app_version.as_str(), listed.last_contact_at), ("0.2.0", Some(NOON)));
    assert_eq!((health.pending, health.skew_ms, health.battery), (3, Some(-1_500), Some(100)));
    assert_eq!(health.storage_free, Some(1 << 40));
    let trouble = health.trouble.unwrap();
    assert!(trouble.starts_with("fullxx") && trouble.len() == 40, "{trouble}");
    assert_eq!(store.skew(chain.tablet).await.unwrap(), Some(-1_500));

    assert_eq!(store.blocked_events().await.unwrap()[&chain.tablet], first.blocked.unwrap());
    let reset = Blocked { status: None, ..first.blocked.unwrap() };
    let other = Heartbeat { blocked: Some(reset), ..first.clone() };
    store.put_heartbeat(chain.tablet, &other, NOON).await.unwrap();
    assert_eq!(store.blocked_events().await.unwrap()[&chain.tablet], reset);

    let second = Heartbeat {
        pending: 0,
        battery: None,
        trouble: None,
        skew_ms: None,
        blocked: None,
        ..first
    };
    store.put_heartbeat(chain.tablet, &second, NOON + 60_000).await.unwrap();
    let health = row(store.tablets().await.unwrap()).health.unwrap();
    assert_eq!((health.pending, health.battery, health.trouble), (0, None, None));
    assert_eq!(store.skew(chain.tablet).await.unwrap(), None);
    assert!(!store.blocked_events().await.unwrap().contains_key(&chain.tablet));
}

/// An officer who comes or goes belongs to no visit, also when nobody knows them.
pub async fn a_sign_in_is_kept_and_counted_nowhere(store: &Store) {
    let mut chain = some_visits(store, 22).await;
    let known = chain.events.len();
    let before = (store.quarantined().await.unwrap(), store.changes_after(0, 9_999).await.unwrap());
    let post = |officer: &str| event::Post { counter: "Q07".into(), officer: officer.into() };
    chain.push(Uuid::from_u128(50), NOON, What::SignedIn(post("CC013")));
    chain.push(Uuid::from_u128(51), NOON + 1, What::SignedOut(post("CC013")));
    chain.push(Uuid::from_u128(52), NOON + 2, What::SignedIn(post("CC-unknown")));
    let answer = chain.append(store, &chain.batch(known, 9, NOON)).await;
    assert_eq!(answer, Appended::Stored { head: chain.head(), stored: 3, quarantined: 0 });
    assert_eq!(store.events_after(chain.tablet, known as u64, 9).await.unwrap().len(), 3);
    let after = (store.quarantined().await.unwrap(), store.changes_after(0, 9_999).await.unwrap());
    assert_eq!(after, before);
}

/// A tablet that is carried to another counter keeps its chain, and the audit log tells.
pub async fn a_tablet_moves_with_its_chain(store: &Store) {
    let mut chain = enrolled(store, "Q07", 23).await;
    chain.rate(Uuid::from_u128(60), NOON, shown("Q07", "CC013", None), Level::Satisfied);
    chain.append(store, &chain.batch(0, 9, NOON)).await;
    admit(store, "Q07", [123; 32], &chain).await;
    let moves = |log: Vec<analytics_server::storage::audit::Change>| {
        let subject = format!("tablet {}", chain.tablet);
        log.into_iter().filter(move |line| line.subject == subject).collect::<Vec<_>>()
    };
    assert_eq!(moves(store.audit_log(1_000).await.unwrap()), [], "it stays where it was");

    admit(store, "Q08", [124; 32], &chain).await;
    let log = moves(store.audit_log(1_000).await.unwrap());
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].before.as_deref(), log[0].after.as_deref()), (Some("Q07"), Some("Q08")));
    let counter = store.directory().await.unwrap().counter("Q08").unwrap().id;
    assert_eq!(known_tablet(store, chain.tablet).await.post.counter, counter);
    // A code that it used before tells where it stands now, and moves nothing.
    let present = Admission::Admitted { tablet: chain.tablet, counter };
    for used in [123, 124] {
        assert_eq!(show(store, [used; 32], &chain).await, present);
    }
    assert_eq!(known_tablet(store, chain.tablet).await.post.counter, counter);
    chain.rate(Uuid::from_u128(61), NOON, shown("Q08", "CC015", None), Level::Satisfied);
    let answer = chain.append(store, &chain.batch(2, 9, NOON)).await;
    assert_eq!(answer, Appended::Stored { head: chain.head(), stored: 2, quarantined: 0 });
}
