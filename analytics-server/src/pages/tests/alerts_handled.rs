//! Alerts and what they tell of: several handled at once, one that leads to its rating and back, a share
//! that leads to its ratings, and what is written down once for an alert and its rating.

use super::admin_tablets::hidden;
use super::alerts::furnished;
use super::records::{get, house};
use super::*;
use crate::alerts::{Percent, SETTING, Thresholds};
use crate::storage::alerts::NewAlert;
use crate::storage::notes::NoteKind;
use axum::http::StatusCode;
use uuid::Uuid;

/// Raises an alert about the first department's counter and officer; its number.
async fn raise(app: &App, rule: &str, kind: &str, subject: &str, details: &str) -> i64 {
    let alert = NewAlert {
        key: format!("{rule}:{subject}"),
        rule: rule.into(),
        subject_kind: kind.into(),
        subject: subject.into(),
        department: Some(1),
        counter: None,
        officer: Some(1),
        simulated: false,
        details: details.into(),
        one_at_a_time: false,
        targets: vec![],
    };
    app.store.alert_cursor().await.unwrap();
    app.store.raise_alerts(&[alert], 0, app.clock.now()).await.unwrap()[0]
}

/// Raises the alert of a low rating.
async fn raise_low(app: &App, id: u128) -> i64 {
    let at = app.clock.now();
    let details = format!(
        r#"{{"what":"low_with_reason","level":4,"reasons":[{{"vi":"Chờ đợi lâu"}}],"comment":false,"at":{at}}}"#
    );
    raise(app, "low_with_reason", "rating", &Uuid::from_u128(id).to_string(), &details).await
}

#[tokio::test]
async fn several_alerts_are_handled_at_once_and_late_ones_are_told() {
    let (_dir, app) = furnished().await;
    let (_, page) = get(&app, Role::Leader, "/alerts?mark=all").await;
    assert_eq!(page.matches("form=\"chosen\" checked").count(), 3, "{page}");
    assert_eq!(hidden(&page, "list"), "/alerts");
    let sent = "alert=1&alert=2&list=%2Falerts%3Fstate%3Dopen";
    let form = format!("{sent}&action=acknowledge");
    let answer = post(&app, Role::Leader, "/alerts/chosen", &form).await;
    let to = "/alerts?state=open&done=acknowledged";
    assert_eq!((answer.status(), head(&answer, "location")), (StatusCode::SEE_OTHER, to));
    assert!(get(&app, Role::Leader, to).await.1.contains("Đã nhận xử lý các cảnh báo được chọn"));
    let by = |num: i64| {
        let app = app.clone();
        async move { app.store.alert(num, None).await.unwrap().unwrap() }
    };
    assert!(by(1).await.acknowledged.is_some() && by(3).await.acknowledged.is_none());

    // Closing asks for what was done, and keeps what was chosen and typed.
    for (form, said) in [
        ("alert=1&alert=2&action=close&note=+", "Vui lòng ghi ngắn gọn"),
        ("action=acknowledge&note=abc", "Vui lòng chọn ít nhất một cảnh báo"),
    ] {
        let answer = post(&app, Role::Leader, "/alerts/chosen", form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        let page = text(answer).await;
        assert!(page.contains(said) && page.contains("id=\"chosen-refusal\""), "{page}");
        assert_eq!(page.matches("form=\"chosen\" checked").count(), form.matches("alert=").count());
    }
    app.store.close_alert(1, Some("xong"), "user leader", app.clock.now()).await.unwrap();
    let form = "alert=1&alert=2&action=close&note=%C4%90%C3%A3+xem&list=%2Falerts";
    let answer = post(&app, Role::Leader, "/alerts/chosen", form).await;
    assert_eq!(head(&answer, "location"), "/alerts?done=closed&late=1");
    let (_, page) = get(&app, Role::Leader, "/alerts?done=closed&late=1").await;
    assert!(page.contains("Đã đóng các cảnh báo được chọn"), "{page}");
    assert!(page.contains("Cảnh báo số 1 không thay đổi"), "{page}");
    assert_eq!(by(1).await.note.as_deref(), Some("xong"));
    assert_eq!(by(2).await.note.as_deref(), Some("Đã xem"));

    // What one may not see or only see is left alone, with all the rest.
    let form = "alert=2&alert=3&action=close&note=x";
    let foreign = post(&app, Role::Supervisor, "/alerts/chosen", form).await;
    assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
    let denied = post(&app, Role::Auditor, "/alerts/chosen", form).await;
    assert_eq!(denied.status(), StatusCode::FORBIDDEN);
    assert!(by(3).await.closed.is_none());
    let odd = post(&app, Role::Leader, "/alerts/chosen", "alert=3&action=delete").await;
    assert_eq!(odd.status(), StatusCode::BAD_REQUEST);
    let (_, page) = get(&app, Role::Auditor, "/alerts").await;
    assert!(!page.contains("form=\"chosen\""), "{page}");
    let (_, page) = get(&app, Role::Supervisor, "/alerts?late=2.3.x").await;
    assert!(!page.contains("không thay đổi"), "nothing is told of others' alerts");
}

#[tokio::test]
async fn an_alert_leads_to_its_rating_and_back_and_both_are_settled_at_once() {
    let (_dir, app) = house().await;
    let (first, second) = (raise_low(&app, 3).await, raise_low(&app, 6).await);
    let (_, page) = get(&app, Role::Supervisor, &format!("/alerts/{first}")).await;
    let rating = format!("/records/3?list=%2Falerts%2F{first}");
    assert!(page.contains(&format!("href=\"{rating}\"")), "{page}");
    let month = "\"/officers/CC001?period=2023-10\">Xem người phục vụ và các lý do trong tháng đó";
    assert!(page.contains(month) && page.contains("của lượt đánh giá, nếu"), "{page}");
    assert!(page.contains("Không hài lòng, kèm lý do hoặc ý kiến góp ý"), "{page}");
    let todo = "Vui lòng xem lượt đánh giá";
    assert!(page.contains(todo), "{page}");
    let (_, page) = get(&app, Role::Supervisor, &rating).await;
    assert!(page.contains(&format!("href=\"/alerts/{first}\"")), "back: {page}");
    assert!(page.contains("cảnh báo này được đóng theo"), "{page}");
    let alert = way_to_alert(&page);
    assert!(alert.starts_with(&format!("/alerts/{first}?list=%2Frecords%2F3")), "{alert}");
    let (_, page) = get(&app, Role::Supervisor, &alert).await;
    assert!(page.contains("href=\"/records/3"), "{page}");

    // Closing the alert handles the rating.
    let close = format!("/alerts/{first}/close");
    post(&app, Role::Supervisor, &close, "note=%C4%90%C3%A3+g%E1%BB%8Di+l%E1%BA%A1i").await;
    let notes = app.store.notes(3).await.unwrap();
    assert_eq!((notes.len(), notes[0].kind, &*notes[0].text), (1, NoteKind::Handled, "Đã gọi lại"));
    let (_, page) = get(&app, Role::Supervisor, &format!("/alerts/{first}")).await;
    assert!(!page.contains(todo), "nothing is left to do: {page}");
    // Handling the rating closes the alert.
    post(&app, Role::Supervisor, "/records/6/note", "text=Xin+l%E1%BB%97i").await;
    let closed = app.store.alert(second, None).await.unwrap().unwrap();
    assert_eq!(closed.closed, Some(("user supervisor".into(), app.clock.now())));
    assert_eq!(closed.note.as_deref(), Some("Xin lỗi"));
    let (_, page) = get(&app, Role::Supervisor, "/records/6").await;
    assert!(page.contains("đã đóng lúc") && !page.contains("được đóng theo"), "{page}");
    let (_, page) = get(&app, Role::Supervisor, "/records/9").await;
    assert!(!page.contains("/alerts/"), "a rating without an alert: {page}");
}

/// Where the alert of a rating's page is.
fn way_to_alert(page: &str) -> String {
    let card = page.split("<section class=\"card alert").nth(1).unwrap();
    let link = card.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    link.replace("&#38;", "&")
}

#[tokio::test]
async fn the_alert_of_a_share_leads_to_its_ratings_and_names_whom_it_stands_for() {
    let (_dir, app) = house().await;
    let details = r#"{"what":"share_under_limit","ratings":40,"satisfied":10,"limit":98.5,"days":7,
        "also":[{"kind":"counter","id":1},{"kind":"department","id":1}]}"#;
    let num = raise(&app, "share_under_limit", "officer", "officer 1", details).await;
    let (_, page) = get(&app, Role::Leader, &format!("/alerts/{num}")).await;
    assert!(page.contains("thấp hơn ngưỡng 98,5%"), "{page}");
    let also =
        "Toàn bộ lượt dưới mức Hài lòng của Quầy Q01, Sở Kế hoạch và Đầu tư nằm trong số này.";
    assert!(page.contains(also), "{page}");
    let links = [
        "/records?from=2023-09-24&to=2023-10-01&source=tablet&officer=CC001&level=below&state=counted",
        "/officers/CC001?period=2023-09-24..2023-10-01",
    ];
    assert!(page.contains("các lý do trong những ngày này"), "{page}");
    for link in links {
        assert!(page.contains(&format!("href=\"{}\"", link.replace('&', "&#38;"))), "{page}");
        assert_eq!(get(&app, Role::Leader, link).await.0, StatusCode::OK, "{link}");
    }
    // As it was stored before there were others to name.
    let old = r#"{"what":"share_under_limit","ratings":40,"satisfied":10,"limit":80,"days":7}"#;
    let num = raise(&app, "share_under_limit", "department", "department 1", old).await;
    let (_, page) = get(&app, Role::Leader, &format!("/alerts/{num}")).await;
    assert!(page.contains("thấp hơn ngưỡng 80%") && !page.contains("Đây cũng là"), "{page}");
}

#[tokio::test]
async fn thresholds_take_a_decimal_and_say_that_they_were_saved() {
    let (_dir, app) = furnished().await;
    let (_, page) = get(&app, Role::Administrator, "/admin/alerts").await;
    assert!(page.contains("Chưa có ai lưu ngưỡng cảnh báo"), "{page}");
    let form = |percent: &str| {
        format!(
            "was={}&rules=burst&share_percent={percent}&share_ratings=30&share_days=7&\
             silent_minutes=20&burst_taps=6&fresh_hours=72",
            hidden(&page, "was")
        )
    };
    let refused = post(&app, Role::Administrator, "/admin/alerts", &form("98,55")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("một chữ số thập phân"));
    let answer = post(&app, Role::Administrator, "/admin/alerts", &form("98%2C5")).await;
    assert_eq!(head(&answer, "location"), "/admin/alerts?done=saved");
    let stored = app.store.setting(SETTING).await.unwrap().unwrap();
    assert!(stored.contains("\"share_percent\":98.5"), "{stored}");
    let percent = Thresholds::read(Some(&stored)).unwrap().share_percent;
    assert_eq!(Some(percent), Percent::read("98.5"));
    let (_, page) = get(&app, Role::Administrator, "/admin/alerts?done=saved").await;
    assert!(page.contains("Đã lưu ngưỡng cảnh báo") && page.contains("value=\"98,5\""), "{page}");
    assert!(!page.contains("Chưa có ai lưu"), "{page}");
    let (_, page) = get(&app, Role::Administrator, "/admin/alerts?lang=en").await;
    assert!(page.contains("value=\"98.5\"") && !page.contains("were saved"), "{page}");
}
