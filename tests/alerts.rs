//! Alerts from a tap to their receivers: raised once although several processes evaluate the rules,
//! delivered although a receiver fails, signed, and by mail.
#![allow(clippy::unwrap_used)]

use analytics_server::alerts::{
    Rule, deliver_due, first_signature, look_around, look_at_ratings, signature,
};
use analytics_server::clock::Clock;
use analytics_server::config::{MailSettings, Security};
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::alert_targets::Target;
use analytics_server::storage::alerts::{AlertFilter, NewAlert};
use analytics_server::storage::enrolments::Applicant;
use analytics_server::storage::rows::TabletAssignment;
use analytics_server::storage::users::{Role, UserData};
use protocol::Level;
use protocol::event::{Detailed, What};
use protocol::heartbeat::{Blocked, Heartbeat};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::furnish;

#[path = "alerts/sinks.rs"]
mod sinks;

/// Monday, 24 November 2025, 09:00 in Vietnam.
const NINE: i64 = 1_763_949_600_000;
const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Words that must reach nobody but who opens the record.
const COMMENT: &str = "chờ cả buổi sáng";

/// A clock that the test sets.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(NINE)))
    }

    fn clock(&self) -> Clock {
        let moment = Arc::clone(&self.0);
        Clock::from_fn(move || moment.load(Ordering::SeqCst))
    }

    fn wait(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

async fn app(fresh: &Fresh, hand: &Hand) -> App {
    furnish(&fresh.store).await;
    let app = App::open(fresh.store.clone(), fresh.dir.path(), hand.clock()).await.unwrap();
    // From here on everything is new.
    app.store.alert_cursor().await.unwrap();
    app
}

async fn tablet(store: &Store, counter: &str, seed: u8) -> Chain {
    let counter = store.directory().await.unwrap().counter(counter).unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    store.add_enrolment_code(&post, [seed; 32], 0, i64::MAX).await.unwrap();
    let chain = Chain::new(Uuid::from_u128(u128::from(seed)), seed);
    let applicant = Applicant {
        code_hash: [seed; 32],
        id: chain.tablet,
        public_key: chain.key.verifying_key().to_bytes(),
        token_hash: [seed; 32],
        app_version: "0.1.0",
    };
    store.enrol(&applicant, NINE).await.unwrap();
    chain
}

/// A dissatisfied person who says why.
fn complain(chain: &mut Chain, id: u128, at: i64) {
    let session = Uuid::from_u128(id);
    chain.rate(session, at, shown("Q07", "CC013", None), Level::VeryDissatisfied);
    let detailed = Detailed {
        reasons: vec!["waiting".into()],
        comment: Some(COMMENT.into()),
        ..Detailed::default()
    };
    chain.push(session, at, What::Detailed(detailed));
}

/// Rules of the alerts that are open, and of all that were raised at `since` or later.
async fn rules_since(app: &App, since: i64) -> Vec<String> {
    let filter = AlertFilter { since, ..AlertFilter::default() };
    let (rows, _) = app.store.alerts(&filter, 0, 1_000).await.unwrap();
    rows.into_iter().map(|row| row.rule).collect()
}

async fn open(app: &App) -> Vec<String> {
    rules_since(app, i64::MAX).await
}

/// Everything looked at by both processes at the same time, several times.
async fn look(apps: &[&App; 2]) -> usize {
    let mut raised = 0;
    for _ in 0..4 {
        let both = tokio::join!(look_at_ratings(apps[0]), look_at_ratings(apps[1]));
        raised += both.0.unwrap() + both.1.unwrap();
        let both = tokio::join!(look_around(apps[0]), look_around(apps[1]));
        raised += both.0.unwrap() + both.1.unwrap();
    }
    raised
}

async fn each_alert_is_raised_once(fresh: Fresh) {
    let hand = Hand::new();
    let one = app(&fresh, &hand).await;
    let dir = TempDir::new().unwrap();
    let place = if fresh.address.is_some() { dir.path() } else { fresh.dir.path() };
    let birth = Birth::at(&Clock::system()).unwrap();
    let store = Store::open(place, fresh.address.as_deref(), &birth).await.unwrap();
    let other = App::open(store, dir.path(), hand.clock()).await.unwrap();
    let receiver = sinks::Receiver::start(0).await;
    let rules: Vec<String> = Rule::ALL.map(|rule| rule.word().to_owned()).into();
    one.store.add_webhook(&receiver.url, SECRET, &rules, "test", NINE).await.unwrap();

    let mut chain = tablet(&one.store, "Q07", 1).await;
    let (mut raised, both) = (0, [&one, &other]);
    for round in 0..5_u8 {
        let sent = chain.events.len();
        for at in 0..8_u8 {
            let moment = NINE + i64::from(round) * 3_600_000 - i64::from(at) * 1_000;
            complain(&mut chain, u128::from(round) * 100 + u128::from(at) + 1, moment);
        }
        hand.0.store(NINE + i64::from(round) * 3_600_000 + 60_000, Ordering::SeqCst);
        let now = one.clock.now();
        let answer = async { chain.append(&one.store, &chain.batch(sent, 99, now)).await };
        // They look while the batch arrives, and afterwards.
        let (_, early) = tokio::join!(answer, look(&both));
        raised += early + look(&both).await;
    }
    // 40 complaints, 5 bursts, and with 40 ratings one share: the officer's, which is also all of the
    // counter's and the department's.
    let rules = rules_since(&one, 0).await;
    let count = |word: &str| rules.iter().filter(|rule| *rule == word).count();
    assert_eq!(count("low_with_reason"), 40);
    assert!((5..=10).contains(&count("burst")), "{}", count("burst"));
    assert_eq!(count("share_under_limit"), 1);
    let filter = AlertFilter { rule: Some("share_under_limit".into()), ..AlertFilter::default() };
    let (shares, _) = one.store.alerts(&filter, 0, 9).await.unwrap();
    assert_eq!(shares[0].subject_kind, "officer");
    let details: serde_json::Value = serde_json::from_str(&shares[0].details).unwrap();
    let also = details["also"].as_array().unwrap();
    let also: Vec<_> = also.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(also, ["counter", "department"]);
    assert_eq!(raised, rules.len(), "and each was raised by one of them");
    // A third process that begins now finds nothing new.
    let third = App::open(one.store.clone(), dir.path(), hand.clock()).await.unwrap();
    assert_eq!(look(&[&third, &other]).await, 0);

    for _ in 0..40 {
        let (a, b) = tokio::join!(deliver_due(&one), deliver_due(&other));
        if a.unwrap() + b.unwrap() == 0 {
            break;
        }
    }
    let mut ids: Vec<_> = receiver.seen().into_iter().map(|seen| seen.id).collect();
    let total = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), total), (rules.len(), rules.len()), "each was told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_alert_is_raised_once_on_sqlite() {
    Box::pin(each_alert_is_raised_once(sqlite().await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_alert_is_raised_once_on_postgres() {
    Box::pin(each_alert_is_raised_once(postgres().await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_fails_is_tried_again_and_signed() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let app = app(&fresh, &hand).await;
    let receiver = sinks::Receiver::start(2).await;
    let rules = ["low_with_reason".to_owned()];
    app.store.add_webhook(&receiver.url, SECRET, &rules, "test", NINE).await.unwrap();
    let mut chain = tablet(&app.store, "Q07", 1).await;
    complain(&mut chain, 1, NINE);
    chain.append(&app.store, &chain.batch(0, 99, NINE)).await;
    assert_eq!(look_at_ratings(&app).await.unwrap(), 1);

    assert_eq!(deliver_due(&app).await.unwrap(), 1);
    assert_eq!(deliver_due(&app).await.unwrap(), 0, "not at once again");
    for _ in 0..2 {
        hand.wait(60_000);
        assert_eq!(deliver_due(&app).await.unwrap(), 1);
    }
    hand.wait(24 * 3_600_000);
    assert_eq!(deliver_due(&app).await.unwrap(), 0, "it has arrived");
    let seen = receiver.seen();
    assert_eq!(seen.len(), 3);
    for one in &seen {
        assert_eq!(one.id, seen[0].id, "the receiver knows it again");
        let first = format!("sha256={}", first_signature(SECRET, one.timestamp, &one.body));
        assert_eq!(one.first_signature, first);
        assert_eq!(one.signature, signature(SECRET, &one.id, one.timestamp, &one.body));
        assert_eq!(one.standard, [one.id.clone(), one.timestamp.to_string()]);
        assert!(!one.body.contains(COMMENT) && !one.body.contains("Nguyễn Văn M"), "{}", one.body);
    }
    let body: serde_json::Value = serde_json::from_str(&seen[2].body).unwrap();
    assert_eq!(body["alert"]["rule"], "low_with_reason");
    assert_eq!(body["alert"]["counter"], "Q07");
    assert!(body["alert"]["what"].as_str().unwrap().contains("Quầy số 07"), "{body}");
    let log = app.store.deliveries(None, 0, 9).await.unwrap();
    assert_eq!((log[0].status.as_str(), log[0].attempts), ("delivered", 3));
    assert_eq!(log[0].answer.as_deref(), Some("http|204 "));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_redirect_is_followed_and_a_dead_receiver_is_given_up() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let app = app(&fresh, &hand).await;
    let receiver = sinks::Receiver::start(0).await;
    let away = sinks::Receiver::leading_to(&receiver.url).await;
    let hook = app.store.add_webhook(&away.url, SECRET, &[], "test", NINE).await.unwrap();
    app.store.test_webhook(hook, Uuid::from_u128(9), "test", NINE).await.unwrap();
    let mut attempts = 0;
    for _ in 0..60 {
        attempts += deliver_due(&app).await.unwrap();
        hand.wait(3_600_000);
    }
    assert!(attempts > 5 && receiver.seen().is_empty(), "{attempts}");
    let log = app.store.deliveries(None, 0, 9).await.unwrap();
    assert_eq!(log[0].status, "failed");
    assert!(log[0].answer.as_deref().unwrap().starts_with("http|307"), "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_reaches_those_who_asked_and_may_see() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let mut app = app(&fresh, &hand).await;
    let sink = sinks::Mailbox::start().await;
    app.mail = Some(Arc::new(MailSettings {
        server: "127.0.0.1".into(),
        port: sink.port,
        security: Some(Security::None),
        sender: "Hài Lòng <canh-bao@example.vn>".into(),
        pages: Some("https://hai-long.example.vn/".into()),
        ..MailSettings::default()
    }));
    let department = app.store.directory().await.unwrap().departments[0].id;
    for (name, departments, role) in [
        ("own", vec![department], Role::Supervisor),
        ("other", vec![], Role::Supervisor),
        ("officer", vec![], Role::Officer),
    ] {
        let data = UserData {
            name: name.into(),
            full_name: "Nguyễn Văn A".into(),
            role,
            departments: departments.into_iter().collect(),
            officer: None,
            email: Some(format!("{name}@example.vn")),
            language: None,
        };
        let user = app.store.add_user(&data, "test", NINE).await.unwrap().unwrap();
        let rules = ["low_with_reason".to_owned()];
        app.store.subscribe(user, &rules, "test", NINE).await.unwrap();
    }
    let mut chain = tablet(&app.store, "Q07", 1).await;
    complain(&mut chain, 1, NINE);
    chain.append(&app.store, &chain.batch(0, 99, NINE)).await;
    assert_eq!(look_at_ratings(&app).await.unwrap(), 1);
    assert_eq!(deliver_due(&app).await.unwrap(), 1);
    let log = app.store.deliveries(None, 0, 9).await.unwrap();
    assert_eq!(log[0].status, "delivered", "{log:?}");
    let mails = sink.seen();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert!(mail.contains("To: own@example.vn") && mail.contains("Content-Type: text/plain"));
    assert!(mail.contains(&format!("<{}@hai-long>", log[0].id)), "{mail}");
    assert!(mail.contains("https://hai-long.example.vn/alerts/1"), "{mail}");
    assert!(mail.contains("Rất không hài lòng”") && mail.contains("Quầy số 07"), "{mail}");
    assert!(!mail.contains(COMMENT) && !mail.contains("Nguyễn Văn M"), "{mail}");
    // Mail that waits for somebody who may not see it is given up at once.
    let officer = app.store.users().await.unwrap().into_iter().find(|one| one.name == "officer");
    let target = Target::Mail { user: officer.unwrap().id, address: "officer@example.vn".into() };
    let late = NewAlert {
        key: "late".into(),
        rule: "burst".into(),
        subject_kind: "tablet".into(),
        subject: String::new(),
        department: Some(department),
        counter: None,
        officer: None,
        simulated: false,
        details: "{}".into(),
        one_at_a_time: false,
        targets: vec![(Uuid::from_u128(77), target)],
    };
    app.store.raise_alerts(&[late], 0, NINE).await.unwrap();
    assert_eq!(deliver_due(&app).await.unwrap(), 1);
    let log = app.store.deliveries(None, 0, 9).await.unwrap();
    assert_eq!((log[0].status.as_str(), sink.seen().len()), ("failed", 1), "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_refused_on_the_way_is_told_once_until_it_passes() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let app = app(&fresh, &hand).await;
    let chain = tablet(&app.store, "Q07", 1).await;
    let beat = |number: Option<u64>| Heartbeat {
        at: NINE,
        app_version: "0.2.0".into(),
        uptime: 5,
        boots: 1,
        recorded: 40,
        pending: 40,
        skew_ms: None,
        battery: None,
        charging: None,
        storage_free: None,
        officer: None,
        questionnaire: None,
        trouble: None,
        blocked: number.map(|number| Blocked { number, since: NINE, status: Some(403) }),
    };
    app.store.put_heartbeat(chain.tablet, &beat(Some(3)), NINE).await.unwrap();
    assert_eq!(look_around(&app).await.unwrap(), 1);
    assert_eq!(look_around(&app).await.unwrap(), 0, "once");
    assert_eq!(open(&app).await, ["tablet_blocked"]);
    app.store.put_heartbeat(chain.tablet, &beat(Some(9)), NINE).await.unwrap();
    assert_eq!(look_around(&app).await.unwrap(), 1, "another event is another alert");
    app.store.put_heartbeat(chain.tablet, &beat(None), NINE).await.unwrap();
    assert_eq!(look_around(&app).await.unwrap(), 0);
    assert!(open(&app).await.is_empty(), "it has passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_tablet_is_told_once_and_closes_by_itself() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let app = app(&fresh, &hand).await;
    let chain = tablet(&app.store, "Q07", 1).await;
    hand.wait(14 * 60_000);
    assert_eq!(look_around(&app).await.unwrap(), 0);
    hand.wait(60_000);
    assert_eq!(look_around(&app).await.unwrap(), 1);
    assert_eq!(open(&app).await, ["tablet_silent"]);
    hand.wait(600 * 60_000);
    assert_eq!(
        look_around(&app).await.unwrap(),
        0,
        "evening: nobody is there, and it is told once"
    );
    let tablet = app.store.tablet(chain.tablet).await.unwrap().unwrap();
    app.store.touch(&tablet, app.clock.now()).await.unwrap();
    assert_eq!(look_around(&app).await.unwrap(), 0);
    assert!(open(&app).await.is_empty(), "it speaks again");
    let closed = app.store.alert(1, None).await.unwrap().unwrap();
    assert_eq!((closed.closed.unwrap().0.as_str(), closed.note), ("server", None));
    // The next morning: quiet at opening, silent a quarter of an hour later.
    hand.0.store(NINE + 22 * 3_600_000, Ordering::SeqCst);
    assert_eq!(look_around(&app).await.unwrap(), 0);
    hand.wait(15 * 60_000);
    assert_eq!(look_around(&app).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_and_what_forks_is_told_and_closed() {
    let fresh = sqlite().await;
    let hand = Hand::new();
    let app = app(&fresh, &hand).await;
    let mut chain = tablet(&app.store, "Q07", 1).await;
    chain.rate(Uuid::from_u128(1), NINE, shown("Q07", "CC999", None), Level::Neutral);
    chain.append(&app.store, &chain.batch(0, 99, NINE)).await;
    let mut fork = Chain::new(chain.tablet, 1);
    fork.push(Uuid::from_u128(2), NINE, What::Abandoned);
    fork.append(&app.store, &fork.batch(0, 99, NINE)).await;
    assert_eq!(look_around(&app).await.unwrap(), 2);
    assert_eq!(look_around(&app).await.unwrap(), 0);
    let mut officer = app.store.directory().await.unwrap().officer("CC013").unwrap().clone();
    officer.code = "CC999".into();
    app.store.put_officers(&[officer], NINE).await.unwrap();
    app.store.release(chain.tablet, 60_000, NINE).await.unwrap();
    assert_eq!(look_around(&app).await.unwrap(), 0);
    assert_eq!(open(&app).await, ["fork"], "what waited is counted");
}
