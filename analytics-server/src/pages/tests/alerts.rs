//! The inbox and its forms: who sees what, what is refused, and how it looks.

use super::admin_tablets::hidden;
use super::*;
use crate::alerts::SETTING;
use crate::config::MailSettings;
use crate::storage::alerts::NewAlert;
use crate::storage::rows::{Counter, Officer};
use axum::http::StatusCode;

/// A second department, a counter in each, and three alerts: one of each department and one of the
/// whole centre.
pub(super) async fn furnished() -> (TempDir, App) {
    let (dir, app) = app().await;
    let now = app.clock.now();
    let other = Department {
        id: 0,
        code: "STP".into(),
        name: "Sở Tư pháp".into(),
        ticket_prefix: Some("B".into()),
    };
    app.store.put_departments(&[other], now).await.unwrap();
    let counter = |code: &str, name: &str, department| Counter {
        id: 0,
        code: code.into(),
        name: name.into(),
        department,
    };
    let counters = [counter("Q01", "Quầy số 01", 1), counter("Q02", "Quầy số 02", 2)];
    app.store.put_counters(&counters, now).await.unwrap();
    let officer = Officer {
        id: 0,
        code: "CC01".into(),
        name: "Nguyễn Văn B".into(),
        title: "Chuyên viên".into(),
        department: 1,
        counter: Some(1),
    };
    app.store.put_officers(&[officer], now).await.unwrap();
    let alert = |key: &str, rule: &str, department: Option<i64>, details: String| NewAlert {
        key: key.into(),
        rule: rule.into(),
        subject_kind: "tablet".into(),
        subject: uuid::Uuid::nil().to_string(),
        department,
        counter: department,
        officer: None,
        simulated: false,
        details,
        one_at_a_time: false,
        targets: vec![],
    };
    let at = now - 3_600_000;
    let low = format!(
        r#"{{"what":"low_with_reason","level":5,"reasons":[{{"vi":"Chờ đợi lâu"}}],"comment":true,"at":{at}}}"#
    );
    let silent = format!(r#"{{"what":"tablet_silent","since":{at}}}"#);
    let fork = format!(r#"{{"what":"fork","detail":"x","at":{at}}}"#);
    let alerts = [
        alert("a", "low_with_reason", Some(1), low),
        alert("b", "tablet_silent", Some(2), silent),
        alert("c", "fork", None, fork),
    ];
    app.store.alert_cursor().await.unwrap();
    assert_eq!(app.store.raise_alerts(&alerts, 0, now).await.unwrap(), [1, 2, 3]);
    (dir, app)
}

async fn get(app: &App, role: Role, address: &str) -> (StatusCode, String) {
    let answer = ask(app, Some(role), Request::get(address), String::new()).await;
    (answer.status(), text(answer).await)
}

#[tokio::test]
async fn a_supervisor_sees_the_alerts_of_their_departments_alone() {
    let (_dir, app) = furnished().await;
    let (_, page) = get(&app, Role::Supervisor, "/alerts").await;
    assert!(page.contains("Chờ đợi lâu") && page.contains("1 cảnh báo"), "{page}");
    assert!(!page.contains("Sở Tư pháp") && !page.contains("Quầy số 02"), "{page}");
    assert!(page.contains(r#"<span class="waiting">1<"#), "the navigation counts the same");
    let (_, page) = get(&app, Role::Leader, "/alerts").await;
    assert!(page.contains("3 cảnh báo") && page.contains("Quầy số 02"));
    for (num, status) in [(1, 200), (2, 404), (3, 404), (4, 404)] {
        let (told, page) = get(&app, Role::Supervisor, &format!("/alerts/{num}")).await;
        assert_eq!(told.as_u16(), status, "{num}");
        assert!(status == 200 || page.contains("Không có trang"), "{num}: {page}");
        if status == 404 {
            for (word, form) in [("acknowledge", ""), ("close", "note=x")] {
                let address = format!("/alerts/{num}/{word}");
                let answer = post(&app, Role::Supervisor, &address, form).await;
                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{address}");
            }
        }
    }
    assert_eq!(app.store.open_alerts(None).await.unwrap(), 3);
    let (other, _) = get(&app, Role::Supervisor, "/alerts?department=STP").await;
    let (none, _) = get(&app, Role::Supervisor, "/alerts?department=XYZ").await;
    assert_eq!((other, none), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn an_alert_is_taken_on_and_closed_with_a_note() {
    let (_dir, app) = furnished().await;
    let answer = post(&app, Role::Supervisor, "/alerts/1/acknowledge", "").await;
    assert_eq!((answer.status(), head(&answer, "location")), (StatusCode::SEE_OTHER, "/alerts/1"));
    let (_, page) = get(&app, Role::Supervisor, "/alerts/1").await;
    assert!(page.contains("Nguyễn Văn A nhận xử lý lúc 12:00 ngày 01/10/2023."), "{page}");
    // Who comes second changes nothing.
    post(&app, Role::Leader, "/alerts/1/acknowledge", "").await;
    let by = app.store.alert(1, None).await.unwrap().unwrap().acknowledged;
    assert_eq!(by, Some(("user supervisor".into(), app.clock.now())));
    let long = format!("note={}", "x".repeat(501));
    for form in ["note=", "note=+++", &long, ""] {
        let answer = post(&app, Role::Supervisor, "/alerts/1/close", form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(text(answer).await.contains("Vui lòng ghi ngắn"), "{form}");
    }
    let note = "note=%3Cb%3E%C4%90%C3%A3+l%C3%A0m+vi%E1%BB%87c";
    let answer = post(&app, Role::Supervisor, "/alerts/1/close", note).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    post(&app, Role::Leader, "/alerts/1/close", "note=again").await;
    let (_, page) = get(&app, Role::Supervisor, "/alerts/1").await;
    assert!(page.contains("&#60;b&#62;Đã làm việc") && page.contains("đã đóng lúc"), "{page}");
    assert!(!page.contains("again") && !page.contains("/alerts/1/close"));
    let written = app.store.audit_log(2).await.unwrap();
    assert_eq!(written[0].action, "close");
    assert_eq!(written[0].after.as_deref(), Some("<b>Đã làm việc"));
    assert_eq!(written[1].action, "acknowledge");
    let denied = post(&app, Role::Auditor, "/alerts/2/close", "note=x").await;
    assert_eq!(denied.status(), StatusCode::FORBIDDEN, "who checks changes nothing");
    let (_, page) = get(&app, Role::Auditor, "/alerts/2").await;
    assert!(!page.contains("/alerts/2/close"));
}

#[tokio::test]
async fn filters_that_match_nothing_or_make_no_sense_are_told() {
    let (_dir, app) = furnished().await;
    for (query, status, said) in [
        ("state=closed", 200, "Không có cảnh báo nào"),
        ("state=acknowledged&rule=burst&days=7", 200, "Không có cảnh báo nào"),
        ("page=9", 200, "Không có cảnh báo nào"),
        ("rule=tablet_silent", 200, "1 cảnh báo"),
        ("department=STP", 200, "1 cảnh báo"),
        ("state=odd", 400, ""),
        ("rule=%27", 400, ""),
        ("days=1000", 400, ""),
        ("page=0", 400, ""),
        ("page=-1", 400, ""),
        ("page=99999999999", 400, ""),
        ("state=open&state=open", 400, ""),
    ] {
        let (told, page) = get(&app, Role::Leader, &format!("/alerts?{query}")).await;
        assert_eq!(told.as_u16(), status, "{query}");
        assert!(page.contains(said) && page.contains("<h1>"), "{query}");
    }
    for address in ["/alerts/x", "/alerts/-1", "/alerts/99999999999999999999"] {
        let (told, _) = get(&app, Role::Leader, address).await;
        assert_eq!(told, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn thresholds_are_changed_or_refused_field_by_field() {
    let (_dir, app) = furnished().await;
    let numbers = "share_percent=75&share_ratings=30&share_days=7&silent_minutes=20&burst_taps=6";
    let was = async || {
        let (_, page) = get(&app, Role::Administrator, "/admin/alerts").await;
        hidden(&page, "was")
    };
    let first = was().await;
    let numbers = format!("was={first}&{numbers}");
    let form = format!("rules=burst&rules=fork&{numbers}&fresh_hours=0&share_certain=1");
    let answer = post(&app, Role::Administrator, "/admin/alerts", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("một số từ 1 đến 720") && page.contains(r#"value="75""#), "{page}");
    assert_eq!(app.store.setting(SETTING).await.unwrap(), None, "nothing of it is kept");
    let answer =
        post(&app, Role::Administrator, "/admin/alerts", &format!("was={first}&rules=burst")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("rules=burst&rules=fork&{numbers}&fresh_hours=24");
    let answer = post(&app, Role::Administrator, "/admin/alerts", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let stored = crate::alerts::Thresholds::of(&app).await.unwrap();
    let in_use: Vec<_> = stored.in_use().map(crate::alerts::Rule::word).collect();
    let percent = crate::alerts::Percent::whole(75);
    assert_eq!((stored.share_percent, stored.share_certain), (percent, false));
    assert_eq!(in_use, ["burst", "fork"]);
    assert_eq!(app.store.audit_log(1).await.unwrap()[0].actor, "user administrator");
    // Another administrator's form was made from what is no more.
    let late = format!("rules=burst&{numbers}&fresh_hours=48");
    let answer = post(&app, Role::Administrator, "/admin/alerts", &late).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("Chưa có nội dung nào bị ghi đè"), "{page}");
    assert!(page.contains("<td>24</td><td>48</td>") && page.contains(r#"value="48""#), "{page}");
    assert_eq!(crate::alerts::Thresholds::of(&app).await.unwrap(), stored);
    let again = late.replace(&first, &hidden(&page, "was"));
    let answer = post(&app, Role::Administrator, "/admin/alerts", &again).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "a second press is meant");
    app.store.put_setting(SETTING, "{", "test", 1).await.unwrap();
    let (told, _) = get(&app, Role::Administrator, "/admin/alerts").await;
    assert_eq!(told, StatusCode::OK, "what can not be read can be set anew");
}

#[tokio::test]
async fn a_webhooks_key_is_shown_once_as_it_was_stored() {
    let (_dir, app) = furnished().await;
    let here = "/admin/alerts/webhooks";
    let secret = "0123456789abcdef0123456789abcdef";
    for (form, said) in [
        (format!("address=ftp%3A%2F%2Fx&secret={secret}&rules=burst"), "dạng https://may-chu"),
        (format!("address=https%3A%2F%2Fu%3Ap%40x%2F&secret={secret}&rules=burst"), "dạng https"),
        ("address=https%3A%2F%2Fx%2F&secret=short&rules=burst".into(), "khóa từ 32 đến 200"),
        (format!("address=https%3A%2F%2Fx%2F&secret={secret}"), "ít nhất một loại"),
    ] {
        let answer = post(&app, Role::Administrator, here, &form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(text(answer).await.contains(said), "{form}");
    }
    let form = format!("address=http%3A%2F%2F127.0.0.1%3A9%2Fhook&secret={secret}&rules=burst");
    let answer = post(&app, Role::Administrator, here, &form).await;
    assert_eq!((answer.status(), head(&answer, "cache-control")), (StatusCode::OK, "no-store"));
    let page = text(answer).await;
    assert!(page.contains("Đã thêm http://127.0.0.1:9/hook"), "{page}");
    assert!(page.contains(&format!("<p class=\"secret\">{secret}</p>")), "{page}");
    assert_eq!(page.matches(secret).count(), 1, "and the form has no other one");
    let (_, page) = get(&app, Role::Administrator, here).await;
    assert!(page.contains("127.0.0.1:9/hook") && !page.contains(secret));
    assert!(!page.contains("class=\"secret\""), "{page}");
    let test = post(&app, Role::Administrator, "/admin/alerts/webhooks/1/test", "").await;
    assert_eq!(head(&test, "location"), "/admin/alerts/deliveries");
    let (_, page) = get(&app, Role::Administrator, "/admin/alerts/deliveries").await;
    assert!(page.contains("gửi thử") && page.contains("Đang chờ"), "{page}");
    let retire = "/admin/alerts/webhooks/1/retire";
    let asked = text(post(&app, Role::Administrator, retire, "").await).await;
    assert!(asked.contains("Ngừng gửi cảnh báo đến http://127.0.0.1:9/hook?"), "{asked}");
    assert_eq!(app.store.webhooks().await.unwrap()[0].retired_at, None, "it only asked");
    let retired = post(&app, Role::Administrator, retire, "confirmed=yes").await;
    assert_eq!(retired.status(), StatusCode::SEE_OTHER);
    for word in ["test", "retire"] {
        let address = format!("/admin/alerts/webhooks/1/{word}");
        let gone = post(&app, Role::Administrator, &address, "").await;
        assert_eq!(gone.status(), StatusCode::NOT_FOUND, "{word}");
    }
    let log = format!("{:?}", app.store.audit_log(50).await.unwrap());
    assert!(log.contains("webhook 1") && !log.contains(secret));

    // Without a key of the receiver's own the server makes one, and shows the one that it stored.
    let page = post(&app, Role::Administrator, here, "address=https%3A%2F%2Fx%2F&rules=burst");
    let page = text(page.await).await;
    let made = app.store.webhook_secret(2).await.unwrap().unwrap();
    assert!(made.starts_with("whsec_") && made.len() > 40, "{made}");
    let shown = page.split("<p class=\"secret\">").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(shown, made);
}

#[tokio::test]
async fn everybody_chooses_their_own_mail() {
    let (_dir, mut app) = furnished().await;
    app.mail = Some(Arc::new(MailSettings::default()));
    let form = "rules=burst&rules=nonsense&rules=fork";
    let answer = post(&app, Role::Supervisor, "/alerts/mail", form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let own = viewer(&app, Role::Supervisor).await.user.id;
    let known = app.store.subscriptions().await.unwrap();
    assert_eq!((known.len(), known[0].user), (1, own));
    assert_eq!(known[0].rules, ["burst", "fork"]);
    let (_, page) = get(&app, Role::Supervisor, "/alerts/mail").await;
    assert_eq!(page.matches(" checked").count(), 2);
    let (_, page) = get(&app, Role::Leader, "/alerts/mail").await;
    assert_eq!(page.matches(" checked").count(), 0);
}

#[tokio::test]
async fn where_no_mail_is_sent_there_is_nothing_to_choose() {
    let (_dir, app) = furnished().await;
    for (role, said, other) in [
        (Role::Supervisor, "vui lòng liên hệ quản trị viên", "tệp cấu hình"),
        (Role::Administrator, "tệp cấu hình", "vui lòng liên hệ quản trị viên"),
    ] {
        let (_, page) = get(&app, role, "/alerts/mail").await;
        assert!(page.contains(said) && !page.contains(other), "{role:?}: {page}");
        assert!(!page.contains("name=\"rules\""), "{role:?}: {page}");
    }
}

#[tokio::test]
async fn the_pages_as_they_are() {
    let (_dir, app) = furnished().await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    for (name, address) in [
        ("inbox", "/alerts"),
        ("inbox_en", "/alerts?lang=en&state=open"),
        ("one", "/alerts/1"),
        ("mail", "/alerts/mail"),
        ("thresholds", "/admin/alerts"),
        ("deliveries", "/admin/alerts/deliveries"),
    ] {
        let (status, page) = get(&app, Role::Administrator, address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(!page.contains("[alerts-"), "a sentence is missing in {address}");
        let page = page.replace(&csrf, "CSRF").replace(crate::assets::mark(), "MARK");
        insta::assert_snapshot!(format!("alerts_{name}"), page);
    }
}

#[tokio::test]
async fn an_alert_that_is_closed_leaves_the_overviews_head() {
    let (_dir, app) = furnished().await;
    let ask = async |tag: &str| {
        let request = Request::get("/").header(header::IF_NONE_MATCH, tag);
        ask(&app, Some(Role::Leader), request, String::new()).await
    };
    let first = ask("x").await;
    let tag = head(&first, "etag").to_owned();
    assert_eq!(ask(&tag).await.status(), StatusCode::NOT_MODIFIED);
    app.store.close_alert(1, Some("x"), "test", app.clock.now()).await.unwrap();
    assert_eq!(ask(&tag).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn silent_is_the_same_everywhere() {
    let (_dir, app) = furnished().await;
    let now = app.clock.now();
    let always = app.centre().with(r#"{"hours":{"week":[]}}"#).unwrap();
    App::put_centre(&app.store, &always, "test", now).await.unwrap();
    let post = crate::storage::rows::TabletAssignment {
        counter: 1,
        officer: None,
        stage: None,
        simulated: false,
    };
    app.store.add_enrolment_code(&post, [7; 32], 0, i64::MAX).await.unwrap();
    let applicant = crate::storage::enrolments::Applicant {
        code_hash: [7; 32],
        id: uuid::Uuid::from_u128(7),
        public_key: [7; 32],
        token_hash: [7; 32],
        app_version: "1",
    };
    app.store.enrol(&applicant, now - 20 * 60_000).await.unwrap();
    for (minutes, silent) in [(15, true), (25, false)] {
        let json = format!(r#"{{"silent_minutes":{minutes}}}"#);
        app.store.put_setting(SETTING, &json, "test", now).await.unwrap();
        let (_, fleet) = get(&app, Role::Leader, "/tablets?show=silent").await;
        assert_eq!(fleet.contains("Quầy số 01"), silent, "{minutes} {fleet}");
        let metrics = crate::meters::page(&app).await.unwrap();
        let line = format!("hai_long_tablets_silent {}", u8::from(silent));
        assert!(metrics.lines().any(|one| one == line), "{metrics}");
        let raised = crate::alerts::look_around(&app).await.unwrap();
        assert_eq!(raised > 0, silent, "{minutes}");
    }
}
