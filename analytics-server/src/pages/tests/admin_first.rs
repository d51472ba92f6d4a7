//! The way from an empty server to its first rating, long lists of entries in forms, and what a code for
//! a tablet is given with.

use super::admin::{furnished, get, send};
use super::routes::rated;
use super::*;
use crate::storage::register::Noun;
use axum::http::StatusCode;

async fn sent(app: &App, address: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(app, address, fields).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{address} {fields:?}");
    head(&answer, "location").to_owned()
}

/// How many of the five steps a page calls done; none where it has no steps.
fn done(page: &str) -> Option<usize> {
    page.contains("first-steps").then(|| page.matches("✓ Đã xong").count())
}

#[tokio::test]
async fn an_empty_server_leads_step_by_step_to_its_first_rating() {
    let (_dir, app) = app().await;
    let page = text(get(&app, "/admin").await).await;
    // The department of the tests is there, and no counter.
    assert_eq!(done(&page), Some(0), "{page}");
    for said in ["chưa được xem và lưu", "chưa có quầy nào", "Chưa có người phục vụ nào"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("href=\"/admin/counters/new\""), "{page}");
    let none = text(get(&app, "/admin/tablets/new").await).await;
    assert!(none.contains("Chưa có quầy nào để đặt máy tính bảng"), "{none}");
    assert!(!none.contains("name=\"counter\""), "there is nothing to fill in yet: {none}");

    for code in ["Q01", "Q02"] {
        let counter = [("code", code), ("name", code), ("department", "SKHDT"), ("site", "")];
        sent(&app, "/admin/counters/new", &counter).await;
    }
    let officer = [
        ("code", "CC001"),
        ("name", "Nguyễn Văn A"),
        ("title", ""),
        ("department", "SKHDT"),
        ("counter", "Q01"),
    ];
    sent(&app, "/admin/officers/new", &officer).await;
    let page = text(get(&app, "/admin").await).await;
    assert_eq!(done(&page), Some(1), "{page}");
    assert!(page.contains("1 quầy chưa có người trực cố định"), "{page}");
    let english = text(get(&app, "/admin?lang=en").await).await;
    assert!(english.contains("One counter has no usual officer: Q02."), "{english}");

    // The overview says the same to who can do it, and one sentence to the others.
    let overview =
        async |role| text(ask(&app, Some(role), Request::get("/"), String::new()).await).await;
    let own = overview(Role::Administrator).await;
    assert_eq!(done(&own), Some(1), "{own}");
    assert!(!own.contains("<section class=\"cards\""), "no figure says nothing: {own}");
    let other = overview(Role::Leader).await;
    assert!(other.contains("Chưa có lượt đánh giá nào."), "{other}");
    assert!(!other.contains("<section class=\"cards\""), "{other}");
    assert_eq!(done(&other), Some(0), "and no steps that are not theirs: {other}");
    assert!(!other.contains("/admin/counters/new"), "{other}");

    let (_dir, rated) = rated().await;
    let page = ask(&rated, Some(Role::Administrator), Request::get("/"), String::new()).await;
    let page = text(page).await;
    assert!(done(&page).is_none() && page.contains("<section class=\"cards\""), "{page}");
}

#[tokio::test]
async fn what_was_done_just_now_leads_to_the_next_step() {
    let (_dir, app) = app().await;
    let counter = [("code", "Q01"), ("name", "Quầy 1"), ("department", "SKHDT"), ("site", "")];
    let list = sent(&app, "/admin/counters/new", &counter).await;
    let page = text(get(&app, &list).await).await;
    assert!(page.contains("Đã thêm."), "{page}");
    assert!(page.contains("<a href=\"/admin/centre\">Bước tiếp theo: Tên Trung tâm"), "{page}");
    let later = text(get(&app, "/admin/counters").await).await;
    assert!(!later.contains("Bước tiếp theo"), "nothing was done: {later}");
    let form = text(get(&app, "/admin/counters/1?done=saved").await).await;
    assert!(form.contains("Bước tiếp theo"), "{form}");
    let (_dir, rated) = rated().await;
    let page = text(get(&rated, "/admin/counters?done=added").await).await;
    assert!(page.contains("Đã thêm.") && !page.contains("Bước tiếp theo"), "{page}");
}

#[tokio::test]
async fn every_counter_needs_a_tablet_and_those_without_are_named() {
    let (_dir, app) = furnished().await;
    super::admin_tablets::tablet(&app).await;
    let page = text(get(&app, "/admin").await).await;
    assert!(!page.contains("chưa có máy tính bảng"), "{page}");
    let second = [("code", "Q02"), ("name", "Quầy 2"), ("department", "SKHDT"), ("site", "")];
    sent(&app, "/admin/counters/new", &second).await;
    let page = text(get(&app, "/admin").await).await;
    assert!(page.contains("1 quầy chưa có máy tính bảng: Q02."), "{page}");
    assert!(page.contains("1 quầy chưa có người trực cố định: Q02."), "{page}");
}

#[tokio::test]
async fn a_counter_where_nobody_sits_asks_before_it_gets_a_code() {
    let (_dir, app) = furnished().await;
    let second = [("code", "Q02"), ("name", "Quầy 2"), ("department", "SKHDT"), ("site", "")];
    sent(&app, "/admin/counters/new", &second).await;
    let place = |officer: &'static str| [("counter", "Q02"), ("officer", officer), ("stage", "")];
    let asked = text(send(&app, "/admin/tablets/new", &place("")).await).await;
    assert!(asked.contains("Q02 · Quầy 2 chưa có người trực"), "{asked}");
    assert!(asked.contains("name=\"counter\" value=\"Q02\""), "{asked}");
    assert!(!asked.contains("hai-long://"), "no code was made: {asked}");
    let mut sure = place("").to_vec();
    sure.push(("confirmed", "yes"));
    for fields in [&sure[..], &place("CC001")[..]] {
        let made = text(send(&app, "/admin/tablets/new", fields).await).await;
        assert!(made.contains("hai-long://enrol"), "{fields:?}: {made}");
    }
}

#[tokio::test]
async fn a_code_warns_of_an_address_that_no_tablet_can_reach() {
    let (_dir, app) = furnished().await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    let made = async |host: &str| {
        let request = Request::post("/admin/tablets/new")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, host);
        let form = format!("csrf={csrf}&counter=Q01&officer=&stage=");
        text(ask(&app, Some(Role::Administrator), request, form).await).await
    };
    let warned = made("127.0.0.1:8080").await;
    assert!(warned.contains("http://127.0.0.1:8080 vì địa chỉ này"), "{warned}");
    assert!(warned.contains("href=\"/admin/centre#public\""), "{warned}");
    let good = made("10.0.0.5:8080").await;
    assert!(good.contains("server=http") && !good.contains("#public"), "{good}");
    let known = app.centre().with(r#"{"public": {"site": "https://hl.tinh.gov.vn"}}"#).unwrap();
    assert!(app.change_centre(None, known, "test").await.unwrap());
    let mended = made("localhost").await;
    assert!(mended.contains("hl.tinh.gov.vn") && !mended.contains("#public"), "{mended}");
}

#[tokio::test]
async fn in_a_long_list_an_entry_is_found_by_code_or_name() {
    let (_dir, app) = furnished().await;
    let page = text(get(&app, "/admin/officers/new").await).await;
    assert!(page.contains("<select id=\"f-counter\""), "a short list is a select: {page}");
    for at in 10..40 {
        let (code, name) = (format!("Q{at}"), format!("Quầy tiếp nhận {at}"));
        let counter = [("code", &*code), ("name", &*name), ("department", "SKHDT"), ("site", "")];
        sent(&app, "/admin/counters/new", &counter).await;
    }
    let page = text(get(&app, "/admin/officers/new").await).await;
    assert!(page.contains("list=\"l-counter\"") && page.contains("<datalist id=\"l-counter\">"));
    assert!(page.contains("<option value=\"Q12 · Quầy tiếp nhận 12\"></option>"), "{page}");
    assert!(page.contains("aria-describedby=\"h-counter\""), "how to type is told: {page}");
    let officer = |code: &'static str, counter: &'static str| {
        [
            ("code", code),
            ("name", "Trần Thị B"),
            ("title", ""),
            ("department", "SKHDT"),
            ("counter", counter),
        ]
    };
    let counter_of = async |code: &str| {
        let counters = app.store.entries(Noun::Counter).await.unwrap();
        let officers = app.store.entries(Noun::Officer).await.unwrap();
        let one = officers.into_iter().find(|one| one.code == code).unwrap();
        counters.into_iter().find(|counter| Some(counter.id) == one.place).unwrap().code
    };
    for (code, typed, found) in [
        ("CC10", "Q12", "Q12"),
        ("CC11", "q13", "Q13"),
        ("CC12", "Q14 · Quầy tiếp nhận 14", "Q14"),
        ("CC13", "quay tiep nhan 15", "Q15"),
    ] {
        sent(&app, "/admin/officers/new", &officer(code, typed)).await;
        assert_eq!(counter_of(code).await, found, "{typed}");
    }
    let several = send(&app, "/admin/officers/new", &officer("CC20", "tiếp nhận")).await;
    assert_eq!(several.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(several).await;
    assert!(
        page.contains("Có 30 mục phù hợp") && page.contains("Q10 · Quầy tiếp nhận 10"),
        "{page}"
    );
    assert!(page.contains("value=\"tiếp nhận\""), "what was typed is not lost: {page}");
    let none = text(send(&app, "/admin/officers/new", &officer("CC20", "Phòng họp")).await).await;
    assert!(none.contains("Không có mã “Phòng họp”"), "{none}");
    // What is chosen stands there as people read it, and goes through as it stands.
    let stored = app.store.entries(Noun::Officer).await.unwrap();
    let id = stored.iter().find(|one| one.code == "CC10").unwrap().id;
    let page = text(get(&app, &format!("/admin/officers/{id}")).await).await;
    assert!(page.contains("value=\"Q12 · Quầy tiếp nhận 12\""), "{page}");
}

#[tokio::test]
async fn all_other_sessions_end_only_after_a_second_press() {
    let (_dir, app) = app().await;
    let asked = post(&app, Role::Leader, "/account/sessions/end", "").await;
    assert_eq!(asked.status(), StatusCode::OK);
    let page = text(asked).await;
    assert!(page.contains("Kết thúc các phiên đăng nhập khác?"), "{page}");
    assert!(page.contains("action=\"/account/sessions/end\""), "{page}");
    let done = post(&app, Role::Leader, "/account/sessions/end", "confirmed=yes").await;
    assert_eq!(head(&done, "location"), "/account?done=sessions");
}
