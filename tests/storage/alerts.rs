//! Alerts: raised once, taken on, closed, and what is told elsewhere.

use super::fixtures::{NOON, enrolled, person, send_odd_events};
use analytics_server::projections::visit::Unrated;
use analytics_server::storage::Store;
use analytics_server::storage::alert_deliveries::Outcome;
use analytics_server::storage::alert_targets::Target;
use analytics_server::storage::alerts::{AlertFilter, AlertState, NewAlert};
use analytics_server::storage::events::Appended;
use analytics_server::storage::notes::{Author, NoteKind, Noted};
use analytics_server::storage::users::{Role, UserData};
use protocol::{Level, What};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};

on_both_databases! {
    rules_look_at_what_was_rated_and_at_what_was_not,
    alerts_are_raised_once_told_and_closed,
    a_fork_is_closed_with_its_alarm,
    an_alert_and_its_rating_are_settled_together,
}

fn alert(key: &str, subject: &str, department: Option<i64>) -> NewAlert {
    NewAlert {
        key: key.into(),
        rule: "tablet_silent".into(),
        subject_kind: "tablet".into(),
        subject: subject.into(),
        department,
        counter: None,
        officer: None,
        simulated: true,
        details: "{}".into(),
        one_at_a_time: true,
        targets: vec![],
    }
}

pub async fn alerts_are_raised_once_told_and_closed(store: &Store) {
    let department = store.directory().await.unwrap().department("STP").unwrap().id;
    let user = UserData {
        departments: [department].into(),
        email: Some("a@example.vn".into()),
        ..person("phu-trach", Role::Supervisor)
    };
    let user = store.add_user(&user, "test", 1).await.unwrap().unwrap();
    store.subscribe(user, &["burst".into()], "test", 1).await.unwrap();
    store.subscribe(user, &["burst".into(), "fork".into()], "test", 2).await.unwrap();
    assert_eq!(store.subscriptions().await.unwrap()[0].rules, ["burst", "fork"]);
    let rules = ["tablet_silent".to_owned()];
    let hook = store.add_webhook("https://x.vn/h", "secret", &rules, "test", 1).await.unwrap();
    assert_eq!(store.webhook_secret(hook).await.unwrap().as_deref(), Some("secret"));
    assert_eq!(store.webhooks().await.unwrap()[0].rules, rules);

    let mail = Target::Mail { user, address: "a@example.vn".into() };
    let webhook = Target::Webhook { webhook: hook, address: "https://x.vn/h".into() };
    let told = vec![(Uuid::from_u128(501), mail), (Uuid::from_u128(502), webhook)];
    let first = NewAlert { targets: told, ..alert("s:1", "t1", Some(department)) };
    let raised = store.raise_alerts(std::slice::from_ref(&first), 0, 10).await.unwrap();
    assert_eq!(raised.len(), 1);
    let num = raised[0];
    assert!(store.raise_alerts(&[first], 0, 11).await.unwrap().is_empty(), "the same key");
    let open = store.raise_alerts(&[alert("s:2", "t1", None)], 0, 12).await.unwrap();
    assert!(open.is_empty(), "one of the subject is open");
    let other = store.raise_alerts(&[alert("s:3", "t2", None)], 0, 13).await.unwrap();
    assert_eq!(store.open_alerts(None).await.unwrap(), 2);
    assert_eq!(store.open_alerts(Some(&[department])).await.unwrap(), 1);
    assert_eq!(store.open_alerts(Some(&[])).await.unwrap(), 0);
    assert!(store.alert(num, Some(&[department])).await.unwrap().is_some());
    assert!(store.alert(other[0], Some(&[department])).await.unwrap().is_none());

    assert!(store.acknowledge_alert(num, "user a", 20).await.unwrap());
    assert!(!store.acknowledge_alert(num, "user b", 21).await.unwrap());
    assert!(store.close_alert(num, Some("đã xong"), "user a", 22).await.unwrap());
    assert!(!store.close_alert(num, Some("again"), "user b", 23).await.unwrap());
    assert!(!store.acknowledge_alert(num, "user b", 24).await.unwrap());
    let closed = store.alert(num, None).await.unwrap().unwrap();
    assert_eq!(closed.acknowledged, Some(("user a".into(), 20)));
    assert_eq!(
        (closed.closed, closed.note.as_deref()),
        (Some(("user a".into(), 22)), Some("đã xong"))
    );
    let again = store.raise_alerts(&[alert("s:4", "t1", None)], 0, 25).await.unwrap();
    assert_eq!(again.len(), 1, "none of the subject is open any more");

    let filter = AlertFilter { since: 12, ..AlertFilter::default() };
    let (rows, count) = store.alerts(&filter, 0, 10).await.unwrap();
    assert_eq!((rows.len(), count), (2, 2), "what was closed lies before");
    let filter = AlertFilter { state: Some(AlertState::Closed), ..AlertFilter::default() };
    assert_eq!(store.alerts(&filter, 0, 10).await.unwrap().0[0].num, num);
    deliveries_are_claimed_by_one(store, num, hook).await;
}

pub async fn rules_look_at_what_was_rated_and_at_what_was_not(store: &Store) {
    let department = store.directory().await.unwrap().department("STP").unwrap().id;
    let mut odd = enrolled(store, "Q07", 72).await;
    send_odd_events(store, &mut odd, 7_200).await;
    let cursor = store.alert_cursor().await.unwrap();
    assert_eq!(cursor, store.position().await.unwrap(), "what was before is not told of");
    let mut chain = enrolled(store, "Q07", 70).await;
    for id in 0..3_u8 {
        let at = NOON + 10_000 * i64::from(id);
        chain.rate(
            Uuid::from_u128(7_000 + u128::from(id)),
            at,
            shown("Q07", "CC013", None),
            Level::Dissatisfied,
        );
    }
    let answer = chain.append(store, &chain.batch(0, 99, NOON + 60_000)).await;
    assert!(matches!(answer, Appended::Stored { quarantined: 0, .. }), "{answer:?}");
    let (rows, until) = store.rated_after(cursor, 100).await.unwrap();
    assert_eq!((rows.len(), until), (3, store.position().await.unwrap()));
    assert_eq!((rows[0].tablet, rows[0].department, rows[0].level), (chain.tablet, department, 4));
    assert_eq!(store.rated_after(until, 100).await.unwrap(), (vec![], until));
    who_gives_no_level_says_why(store, &mut chain, department, until).await;
    let until = store.position().await.unwrap();
    let taps = store.taps(chain.tablet, NOON, NOON + 10_000).await.unwrap();
    assert_eq!(taps, [NOON, NOON + 10_000]);
    let shares = store.shares_since(NOON).await.unwrap();
    let ratings: u64 = shares.iter().map(|row| row.ratings).sum();
    assert!(ratings >= 3 && shares.iter().all(|row| row.satisfied <= row.ratings));
    let contacts = store.contacts().await.unwrap();
    assert!(contacts.iter().any(|row| row.tablet == chain.tablet && row.department == department));
    let waiting: u64 = store.waiting_by_tablet().await.unwrap().iter().map(|row| row.count).sum();
    assert_eq!(waiting, store.quarantined().await.unwrap());
    assert_eq!(store.raise_alerts(&[], until, 5).await.unwrap(), [0_i64; 0]);
    assert_eq!(store.alert_cursor().await.unwrap(), until);
    assert!(store.raise_alerts(&[], cursor, 5).await.unwrap().is_empty());
    assert_eq!(store.alert_cursor().await.unwrap(), until, "it never goes back");
}

async fn who_gives_no_level_says_why(
    store: &Store,
    chain: &mut Chain,
    department: i64,
    before: i64,
) {
    let first = usize::try_from(chain.head().number).unwrap();
    for (id, what) in [(1, What::Declined), (2, What::OfficerDisputed), (3, What::Abandoned)] {
        let session = Uuid::from_u128(7_100 + id);
        chain.push(session, NOON + 70_000, What::Shown(shown("Q07", "CC013", None)));
        chain.push(session, NOON + 75_000, what);
    }
    let answer = chain.append(store, &chain.batch(first, 99, NOON + 80_000)).await;
    assert!(matches!(answer, Appended::Stored { quarantined: 0, .. }), "{answer:?}");
    let until = store.position().await.unwrap();
    let (rated, _) = store.rated_after(before, 100).await.unwrap();
    assert!(rated.is_empty(), "nobody was rated");
    let disputed = store.disputed_between(before, until).await.unwrap();
    assert_eq!(disputed.len(), 1);
    assert_eq!((disputed[0].department, disputed[0].at), (department, NOON + 75_000));
    assert_eq!(store.disputed_between(until, until).await.unwrap(), []);
    let rows = store.unrated_between(NOON, NOON + 86_400_000).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.why, row.department, row.count)).collect();
    let expected = [Unrated::Declined, Unrated::OfficerDisputed].map(|why| (why, department, 1));
    assert_eq!(told, expected);
    assert_eq!(store.unrated_between(0, NOON).await.unwrap(), []);
}

async fn deliveries_are_claimed_by_one(store: &Store, alert: i64, hook: i64) {
    let claim = |now| store.claim_deliveries(10, 1_000, now);
    assert!(claim(9).await.unwrap().is_empty(), "not before its time");
    let mine = claim(100).await.unwrap();
    assert_eq!(mine.len(), 2);
    assert!(claim(100).await.unwrap().is_empty(), "nobody else gets them");
    let (mail, web) = (&mine[0], &mine[1]);
    assert_eq!((mail.channel.as_str(), web.channel.as_str()), ("mail", "webhook"));
    store.finish_delivery(mail.num, 1, Outcome::Delivered, "smtp|250", 101).await.unwrap();
    store.finish_delivery(web.num, 1, Outcome::Again(500), "http|500", 101).await.unwrap();
    assert!(claim(400).await.unwrap().is_empty());
    let queues = store.delivery_queues().await.unwrap();
    let queue = |channel: &str| queues.iter().find(|one| one.channel == channel).unwrap();
    assert_eq!((queue("mail").waiting, queue("mail").oldest, queue("mail").failed), (0, None, 0));
    let waits = queue("webhook");
    assert_eq!((waits.waiting, waits.oldest, waits.failed), (1, Some(web.created_at), 0));
    assert_eq!(claim(500).await.unwrap()[0].attempts, 2);
    let lost = claim(1_600).await.unwrap();
    assert_eq!(lost[0].attempts, 3, "whoever died loses it");
    store.finish_delivery(web.num, 2, Outcome::Failed, "late", 1_601).await.unwrap();
    let known = store.deliveries(Some(alert), 0, 10).await.unwrap();
    assert_eq!((known.len(), known[0].status.as_str()), (2, "waiting"), "a late word is nothing");
    assert!(store.test_webhook(hook, Uuid::from_u128(503), "test", 1_700).await.unwrap());
    assert!(store.retire_webhook(hook, "test", 1_800).await.unwrap());
    assert!(!store.retire_webhook(hook, "test", 1_801).await.unwrap());
    assert!(!store.test_webhook(hook, Uuid::from_u128(504), "test", 1_802).await.unwrap());
    assert_eq!(store.webhook_secret(hook).await.unwrap(), None);
    let all = store.deliveries(None, 0, 10).await.unwrap();
    assert!(all.iter().all(|one| one.status != "waiting"), "what waits for it is given up");
    let failed = all.iter().filter(|one| one.status == "failed").count();
    let queues = store.delivery_queues().await.unwrap();
    assert_eq!(queues.iter().map(|one| one.failed).sum::<i64>(), i64::try_from(failed).unwrap());
}

pub async fn a_fork_is_closed_with_its_alarm(store: &Store) {
    let mut chain = enrolled(store, "Q07", 73).await;
    let mut copy = chain.clone();
    for (chain, session) in [(&mut chain, 7_300), (&mut copy, 7_301)] {
        chain.push(Uuid::from_u128(session), NOON, What::Abandoned);
        chain.append(store, &chain.batch(0, 1, NOON)).await;
    }
    let alarm = store.alarms().await.unwrap().remove(0);
    let fork = alert(&format!("fork:{}", alarm.num), &alarm.tablet.to_string(), None);
    let num = store.raise_alerts(&[fork], 0, 30).await.unwrap()[0];
    let before = store.open_alarms().await.unwrap();
    store.close_alert(num, Some("máy cũ"), "test", 31).await.unwrap();
    assert_eq!(store.open_alarms().await.unwrap(), before - 1);
}

/// What was done is written down once: beside the rating it closes the alert, with the alert it handles
/// the rating.
pub async fn an_alert_and_its_rating_are_settled_together(store: &Store) {
    let user = store.add_user(&person("xu-ly", Role::Supervisor), "test", 1).await;
    let author = Author { user: user.unwrap().unwrap(), actor: "user xu-ly" };
    let department = store.directory().await.unwrap().department("STP").unwrap().id;
    let mut chain = enrolled(store, "Q07", 74).await;
    let sessions = [7_400, 7_401, 7_402].map(Uuid::from_u128);
    for session in sessions {
        chain.rate(session, NOON, shown("Q07", "CC013", None), Level::VeryDissatisfied);
    }
    chain.append(store, &chain.batch(0, 99, NOON + 9_000)).await;
    let low = |session: Uuid| NewAlert {
        rule: "low_with_reason".into(),
        subject_kind: "rating".into(),
        ..alert(&format!("low_with_reason:{session}"), &session.to_string(), Some(department))
    };
    let raised = store.raise_alerts(&sessions.map(low), 0, 40).await.unwrap();
    let record = async |session| store.record_of(session).await.unwrap().unwrap();
    let alert = async |num| store.alert(num, None).await.unwrap().unwrap();

    // Beside the rating.
    let first = record(sessions[0]).await;
    store.add_note(first.num, NoteKind::Reply, author, "Do mất điện", 41).await.unwrap();
    assert_eq!(alert(raised[0]).await.closed, None, "a reply settles nothing");
    store.add_note(first.num, NoteKind::Handled, author, "Đã gọi lại", 42).await.unwrap();
    let stale = store.add_note_seen(first.num, NoteKind::RuledOut, author, "x", 43, Some(3)).await;
    assert_eq!(stale.unwrap(), Noted::Stale, "the form was shown when it had been ruled on thrice");
    let closed = alert(raised[0]).await;
    assert_eq!(closed.closed, Some(("user xu-ly".into(), 42)));
    assert_eq!(closed.note.as_deref(), Some("Đã gọi lại"));
    let log = store.audit_log(2).await.unwrap();
    let line = log.iter().find(|one| one.action == "close").unwrap();
    assert_eq!(line.subject, format!("alert {}", raised[0]));
    assert_eq!(line.after.as_deref(), Some(&*format!("{{\"rating\":{}}}", first.num)));
    assert!(!store.settle_alert(raised[0], "again", author, 43).await.unwrap());
    assert_eq!(store.notes(first.num).await.unwrap().len(), 2);

    // With the alert.
    assert!(store.settle_alert(raised[1], "Đã xin lỗi", author, 44).await.unwrap());
    let second = record(sessions[1]).await;
    let notes = store.notes(second.num).await.unwrap();
    assert_eq!((second.handled_at, notes.len()), (Some(44), 1));
    assert_eq!((notes[0].kind, &*notes[0].text), (NoteKind::Handled, "Đã xin lỗi"));
    let log = store.audit_log(2).await.unwrap();
    let line = log.iter().find(|one| one.action == "close").unwrap();
    assert_eq!(line.after.as_deref(), Some(&*format!("{{\"rating\":{}}}", second.num)));
    assert_eq!(record(sessions[2]).await.handled_at, None, "the others wait");
    assert_eq!(alert(raised[2]).await.closed, None);

    let found = store.alert_of_rating(sessions[1], Some(&[department])).await.unwrap();
    assert_eq!(found.map(|one| one.num), Some(raised[1]));
    assert_eq!(store.alert_of_rating(sessions[1], Some(&[])).await.unwrap(), None);
    assert_eq!(store.alert_of_rating(Uuid::from_u128(1), None).await.unwrap(), None);
    // One that tells of no rating is only closed.
    let silent = NewAlert { one_at_a_time: false, ..self::alert("s:74", "t74", None) };
    let silent = store.raise_alerts(&[silent], 0, 45).await.unwrap()[0];
    assert!(store.settle_alert(silent, "Đã thay máy", author, 46).await.unwrap());
    store.settle_alert(raised[2], "Đã xem", author, 47).await.unwrap();
}
