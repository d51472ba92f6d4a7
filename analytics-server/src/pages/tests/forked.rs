//! What pages, alerts and the check say of a tablet whose identity another machine has, and of one
//! that another continues.

use super::admin::{furnished, get};
use super::*;
use crate::alerts::look_around;
use crate::checks::{self, CheckInputs, Finding, Level};
use crate::storage::enrolments::Applicant;
use crate::storage::events::{Appended, Arrival};
use crate::storage::rows::TabletAssignment;
use protocol::Head;
use protocol::event::{self, Continues, Event, What};
use protocol::exchange::Sent;
use uuid::Uuid;

const MINUTE: i64 = 60_000;

/// Enrols a tablet at the counter, at a moment.
async fn tablet(app: &App, seed: u8, at: i64) -> Uuid {
    let counter = app.store.directory().await.unwrap().counter("Q01").unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    app.store.add_enrolment_code(&post, [seed; 32], 0, i64::MAX).await.unwrap();
    let id = Uuid::from_u128(u128::from(seed));
    let applicant = Applicant {
        code_hash: [seed; 32],
        id,
        public_key: [seed; 32],
        token_hash: crate::enrolment::token_hash(&[seed; 32]),
        app_version: env!("CARGO_PKG_VERSION"),
    };
    app.store.enrol(&applicant, at).await.unwrap();
    id
}

/// Something that belongs to no visit.
fn signed_in(officer: &str) -> What {
    What::SignedIn(event::Post { counter: "Q01".into(), officer: officer.into() })
}

/// The first event of a tablet arrives.
async fn says(app: &App, tablet: Uuid, at: i64, what: What) -> Appended {
    let event = Event { number: 1, session: Uuid::max(), at, boot: tablet, uptime: 0, what };
    let bytes = event.to_bytes();
    let start = Head::start(tablet);
    let arrival = Arrival {
        tablet,
        simulated: false,
        previous: start,
        heads: &[start.extend(&bytes)],
        events: &[bytes.as_slice()],
        sent: Sent { at, boot: tablet, uptime: 0 },
        // Nothing here verifies it.
        signature: [0; 64],
        sent_at: at,
        received_at: at,
        repeat_ms: MINUTE,
    };
    app.store.append_events(&arrival).await.unwrap()
}

async fn beats(app: &App, seed: u8, pending: u64) {
    let id = Uuid::from_u128(u128::from(seed));
    let request = Request::post(format!("/api/v1/tablets/{id}/heartbeat"))
        .header("authorization", format!("Bearer {}", hex::encode([seed; 32])))
        .header("content-type", "application/json");
    let version = env!("CARGO_PKG_VERSION");
    let body = format!(
        r#"{{"at":0,"app_version":"{version}","uptime":0,"boots":1,"recorded":3,"pending":{pending}}}"#
    );
    assert_eq!(ask(app, None, request, body).await.status(), 200);
}

/// What the check says of the tablets.
async fn checked(app: &App) -> Vec<(Level, String)> {
    let around = CheckInputs {
        data_dir: &app.data_dir,
        listen: "127.0.0.1:8080",
        tls: None,
        trust_proxy: false,
        mail: None,
        demo: false,
        now: app.clock.now(),
    };
    let found = checks::inside(&app.store, &around).await.unwrap();
    let tablets = found.iter().filter(|one| one.subject == "tablets");
    tablets.map(|one: &Finding| (one.level, one.sentence(locales::texts("en")))).collect()
}

/// A centre that is open day and night.
async fn always_open() -> (TempDir, App) {
    let (dir, app) = furnished().await;
    let always = app.centre().with(r#"{"hours":{"week":[]}}"#).unwrap();
    App::put_centre(&app.store, &always, "test", app.clock.now()).await.unwrap();
    (dir, app)
}

#[tokio::test]
async fn a_fork_is_told_with_what_to_do_wherever_tablets_are_told_of() {
    let (_dir, app) = always_open().await;
    let now = app.clock.now();
    let id = tablet(&app, 7, now).await;
    says(&app, id, now, signed_in("CC001")).await;
    beats(&app, 7, 2).await;
    for page in ["/tablets", "/admin/tablets", &format!("/admin/tablets/{id}")] {
        assert!(!text(get(&app, page).await).await.contains("mã định danh"), "{page}");
    }
    assert!(matches!(says(&app, id, now, signed_in("CC002")).await, Appended::Fork { .. }));
    beats(&app, 7, 3).await;
    let todo = "cấp mã cho quầy nơi máy báo cần kiểm tra kỹ thuật đang đứng";
    for page in ["/tablets", "/tablets?show=trouble", &format!("/admin/tablets/{id}")] {
        let said = text(get(&app, page).await).await;
        assert!(said.contains("Trùng mã định danh máy") && said.contains(todo), "{page}: {said}");
        assert!(said.contains("còn 3 bản ghi chưa gửi được"), "{page}: {said}");
    }
    let list = text(get(&app, "/admin/tablets").await).await;
    assert!(list.contains("2 (trùng mã định danh)"), "what the one that carries on told: {list}");
    let english = text(get(&app, "/tablets?lang=en").await).await;
    assert!(english.contains("do not retire the other one"), "{english}");
    assert_eq!(look_around(&app).await.unwrap(), 1);
    let alert = text(get(&app, "/alerts/1").await).await;
    assert!(alert.contains(todo), "{alert}");
    let said = checked(&app).await;
    let fork = said.iter().find(|(level, _)| *level == Level::Fault).unwrap();
    assert!(fork.1.contains("counter Q01. Make a code"), "{said:?}");

    app.store.close_alert(1, None, "test", now).await.unwrap();
    assert!(!text(get(&app, "/tablets").await).await.contains("mã định danh"));
}

#[tokio::test]
async fn a_tablet_that_is_continued_is_not_silent_until_it_speaks_again() {
    let (_dir, app) = always_open().await;
    let now = app.clock.now();
    let first = tablet(&app, 7, now - 40 * MINUTE).await;
    says(&app, first, now - 40 * MINUTE, signed_in("CC001")).await;
    assert_eq!(look_around(&app).await.unwrap(), 1, "it is silent");
    let second = tablet(&app, 8, now).await;
    let head = Head::start(first);
    says(&app, second, now, What::Continues(Continues { tablet: first, head })).await;

    assert_eq!(look_around(&app).await.unwrap(), 0);
    let alert = text(get(&app, "/alerts/1").await).await;
    assert!(alert.contains("Đã đóng"), "it closes by itself: {alert}");
    let silent = text(get(&app, "/tablets?show=silent").await).await;
    assert!(silent.contains("Không có máy tính bảng nào phù hợp"), "{silent}");
    let fleet = text(get(&app, "/tablets").await).await;
    assert!(fleet.contains("Máy 00000008 tại quầy Q01; từ đó máy này không liên lạc"), "{fleet}");
    assert!(fleet.contains("0 máy mất liên lạc"), "{fleet}");
    assert!(fleet.contains("ngừng dùng máy tại"), "{fleet}");
    let metrics = crate::meters::page(&app).await.unwrap();
    assert!(metrics.lines().any(|one| one == "hai_long_tablets_silent 0"), "{metrics}");
    let said = checked(&app).await;
    assert!(!said.iter().any(|(_, sentence)| sentence.contains("out of contact")), "{said:?}");
    let hint = said.iter().find(|(level, _)| *level == Level::Hint).unwrap();
    assert!(hint.1.contains("counter Q01") && hint.1.contains("tablet retire"), "{said:?}");

    beats(&app, 7, 3).await;
    let later = text(get(&app, "/tablets").await).await;
    assert!(
        !later.contains("Được nối tiếp bởi"),
        "there was a copy, and this one goes on: {later}"
    );
}
