//! The administration's lists and forms, asked as a browser would: limits of fields, other ids,
//! stale and replayed forms, what may be retired, files of a list.

use super::admin_tablets::hidden;
use super::*;
use crate::pages::forms::mark_of;
use crate::storage::register::{Entry, Noun};
use axum::http::StatusCode;

/// Asks for a page as the administrator.
pub(super) async fn get(app: &App, address: &str) -> Response<Body> {
    ask(app, Some(Role::Administrator), Request::get(address), String::new()).await
}

/// Sends a form as the administrator.
pub(super) async fn send(app: &App, address: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let form = serde_html_form::to_string(fields).unwrap();
    post(app, Role::Administrator, address, &form).await
}

async fn entry(app: &App, noun: Noun, code: &str) -> Entry {
    let entries = app.store.entries(noun).await.unwrap();
    entries.into_iter().find(|one| one.code == code).unwrap()
}

/// A counter of the one department, and its officer.
pub(super) async fn furnished() -> (TempDir, App) {
    let (dir, app) = app().await;
    let counter = [("code", "Q01"), ("name", "Quầy 1"), ("department", "SKHDT"), ("site", "")];
    let added = send(&app, "/admin/counters/new", &counter).await;
    assert_eq!(head(&added, "location"), "/admin/counters?done=added");
    let officer = [
        ("code", "CC001"),
        ("name", "Nguyễn Văn A"),
        ("title", "Chuyên viên"),
        ("department", "SKHDT"),
        ("counter", "Q01"),
    ];
    assert_eq!(send(&app, "/admin/officers/new", &officer).await.status(), StatusCode::SEE_OTHER);
    (dir, app)
}

#[tokio::test]
async fn every_field_has_its_limits_and_nothing_typed_is_lost() {
    let (_dir, app) = furnished().await;
    let long = "ạ".repeat(201);
    for (list, fields, said) in [
        ("sites", [("code", ""), ("name", "Phường 1"), ("kind", "commune")], "không được để trống"),
        ("sites", [("code", "X"), ("name", "Phường 1"), ("kind", "city")], "Cấp tỉnh hoặc"),
        ("sites", [("code", "X"), ("name", &long), ("kind", "commune")], "Tối đa 200"),
        ("sites", [("code", "X\u{7}"), ("name", "P"), ("kind", "commune")], "ký tự không hợp lệ"),
        ("departments", [("code", "SKHDT"), ("name", "Sở"), ("prefix", "")], "được dùng cho “"),
        ("departments", [("code", "S"), ("name", "Sở"), ("prefix", "ABCDE")], "Tối đa 4"),
        ("counters", [("code", "Q"), ("name", "Quầy"), ("department", "X")], "Không có mã “X”"),
        ("counters", [("code", "Q"), ("name", "Quầy"), ("department", "")], "không được để trống"),
        ("procedures", [("code", "9"), ("name", "TT"), ("days", "-1")], "từ 0 đến 3.650"),
        ("procedures", [("code", "9"), ("name", "TT"), ("days", "+1")], "từ 0 đến 3.650"),
        ("procedures", [("code", "9"), ("name", "TT"), ("days", "3651")], "từ 0 đến 3.650"),
    ] {
        let answer = send(&app, &format!("/admin/{list}/new"), &fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        let page = text(answer).await;
        assert!(page.contains(said), "{fields:?}: {page}");
        assert!(page.contains(&format!("value=\"{}\"", fields[1].1)), "{fields:?} is lost");
    }
    let two_hundred = "ạ".repeat(200);
    let most = [("code", &*"X".repeat(64)), ("name", &*two_hundred), ("kind", "province")];
    assert_eq!(send(&app, "/admin/sites/new", &most).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn other_ids_are_nothing() {
    let (_dir, app) = furnished().await;
    for id in ["0", "999", "-1", "x", "99999999999999999999", "%F0%9F%98%80"] {
        for list in ["sites", "departments", "counters", "officers", "procedures", "tablets", "xs"]
        {
            let address = format!("/admin/{list}/{id}");
            assert_eq!(get(&app, &address).await.status(), StatusCode::NOT_FOUND, "{address}");
            let sent = send(&app, &address, &[("was", "{}"), ("name", "x")]).await;
            assert_eq!(sent.status(), StatusCode::NOT_FOUND, "{address}");
            let sent = send(&app, &format!("{address}/retire"), &[("retired", "yes")]).await;
            assert_eq!(sent.status(), StatusCode::NOT_FOUND, "{address}");
        }
        let photo = get(&app, &format!("/admin/officers/{id}/photo")).await;
        assert_eq!(photo.status(), StatusCode::NOT_FOUND);
    }
    for address in ["/admin/xs", "/admin/xs/new", "/admin/xs/download?format=csv"] {
        assert_eq!(get(&app, address).await.status(), StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn a_stale_form_overwrites_nothing_and_shows_both() {
    let (_dir, app) = furnished().await;
    let before = entry(&app, Noun::Counter, "Q01").await;
    let address = format!("/admin/counters/{}", before.id);
    let was = mark_of(&before);
    let rename = async |was: &str, name: &str| {
        let fields = [("was", was), ("name", name), ("department", "SKHDT"), ("code", "Q99")];
        send(&app, &address, &fields).await
    };
    assert_eq!(rename(&was, "Quầy A").await.status(), StatusCode::SEE_OTHER);
    let late = rename(&was, "Quầy B").await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(late).await;
    assert!(page.contains("người khác đã thay đổi"), "{page}");
    assert!(page.contains("<td>Quầy A</td><td>Quầy B</td>"), "{page}");
    let now = entry(&app, Noun::Counter, "Q01").await;
    assert_eq!((now.name.as_str(), now.code.as_str()), ("Quầy A", "Q01"), "the code is fixed");
    // The page that told carries the newer state: a second press is meant.
    assert_eq!(hidden(&page, "was"), mark_of(&now));
    assert_eq!(rename(&mark_of(&now), "Quầy B").await.status(), StatusCode::SEE_OTHER);
    for odd in ["", "{}", "[]", r#"{"id":77,"code":"Q01"}"#] {
        let answer = rename(odd, "Quầy C").await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        assert_eq!(entry(&app, Noun::Counter, "Q01").await.name, "Quầy B", "{odd}");
    }
    let now = mark_of(&entry(&app, Noun::Counter, "Q01").await);
    let same = rename(&now, "Quầy B");
    assert_eq!(same.await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.store.audit_log(1).await.unwrap()[0].subject, "counter Q01");
}

#[tokio::test]
async fn what_is_retired_is_offered_nowhere_and_comes_back_in_order() {
    let (_dir, app) = furnished().await;
    let department = entry(&app, Noun::Department, "SKHDT").await;
    let counter = entry(&app, Noun::Counter, "Q01").await;
    let officer = entry(&app, Noun::Officer, "CC001").await;
    let retire = async |list: &str, id: i64, retired: &str| {
        let wish = [("retired", retired), ("confirmed", "yes")];
        send(&app, &format!("/admin/{list}/{id}/retire"), &wish).await
    };
    let full = retire("departments", department.id, "yes").await;
    assert_eq!(full.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(full).await.contains("Còn 2 quầy, người phục vụ hoặc thủ tục"));
    assert_eq!(retire("counters", counter.id, "maybe").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(retire("counters", counter.id, "yes").await.status(), StatusCode::SEE_OTHER);
    assert!(!text(get(&app, "/admin/officers/new").await).await.contains("Q01 · Quầy 1"));
    let own = text(get(&app, &format!("/admin/officers/{}", officer.id)).await).await;
    assert!(own.contains("Q01 · Quầy 1"), "what is chosen stays");
    let new = [("code", "CC2"), ("name", "B"), ("department", "SKHDT"), ("counter", "Q01")];
    let refused = text(send(&app, "/admin/officers/new", &new).await).await;
    assert!(refused.contains("“Q01” đã ngừng dùng"), "{refused}");
    assert!(!text(get(&app, "/admin/counters").await).await.contains("Quầy 1"));
    assert!(text(get(&app, "/admin/counters?show=retired").await).await.contains("Quầy 1"));

    assert_eq!(retire("officers", officer.id, "yes").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(retire("departments", department.id, "yes").await.status(), StatusCode::SEE_OTHER);
    let early = retire("counters", counter.id, "no").await;
    assert!(text(early).await.contains("cơ quan hoặc nơi tiếp nhận đó vào dùng lại trước"));
    assert_eq!(retire("departments", department.id, "no").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(retire("counters", counter.id, "no").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_file_holds_what_is_listed_and_no_formula() {
    let (_dir, app) = furnished().await;
    for (code, name) in [("=1+1", "@Sở"), ("SX", "Sở X")] {
        let fields = [("code", code), ("name", name), ("prefix", "")];
        let added = send(&app, "/admin/departments/new", &fields).await;
        assert_eq!(added.status(), StatusCode::SEE_OTHER);
    }
    let file = get(&app, "/admin/departments/download?format=csv&q=so&sort=name").await;
    assert_eq!(head(&file, "content-disposition"), "attachment; filename=\"co-quan.csv\"");
    let file = text(file).await;
    let lines: Vec<_> = file.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Mã,Tên cơ quan,Đầu số thứ tự,Trạng thái");
    assert_eq!(lines[1], "'=1+1,'@Sở,,Đang dùng");
    assert_eq!(lines.len(), 4);
    let one = text(get(&app, "/admin/departments/download?format=csv&q=sx").await).await;
    assert_eq!(one.lines().count(), 2);
    let book = get(&app, "/admin/departments/download?format=xlsx").await;
    assert!(head(&book, "content-type").contains("spreadsheetml"));
    let none = get(&app, "/admin/departments/download?format=exe").await;
    assert_eq!(none.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_long_list_has_pages_that_keep_what_was_asked() {
    let (_dir, app) = app().await;
    for at in 0..120 {
        let (code, name) = (format!("X{at:03}"), format!("Phường {at}"));
        let fields = [("code", &*code), ("name", &*name), ("kind", "commune")];
        assert_eq!(send(&app, "/admin/sites/new", &fields).await.status(), StatusCode::SEE_OTHER);
    }
    let page = text(get(&app, "/admin/sites?q=phuong&sort=name&page=2&lang=en").await).await;
    assert!(page.contains("120 entries") && page.contains("Page 2 of 3"), "{page}");
    assert_eq!(page.matches("<th scope=\"row\">").count(), 50);
    assert!(page.contains("/admin/sites?q=phuong&#38;sort=name&#38;page=3&#38;lang=en"), "{page}");
    let last = text(get(&app, "/admin/sites?page=99").await).await;
    assert_eq!(last.matches("<th scope=\"row\">").count(), 20);
}

#[tokio::test]
async fn pages_as_they_are() {
    let (_dir, app) = furnished().await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    for (name, address) in [
        ("index", "/admin"),
        ("counters", "/admin/counters?lang=en"),
        ("officer", "/admin/officers/1"),
        ("new_counter", "/admin/counters/new"),
        ("tablets", "/admin/tablets"),
        ("new_tablet", "/admin/tablets/new"),
        ("centre", "/admin/centre"),
    ] {
        let page = text(get(&app, address).await).await;
        let page = page.replace(crate::assets::mark(), "MARK").replace(&csrf, "CSRF");
        assert!(!page.contains("[admin-"), "{address} has a sentence without words");
        insta::assert_snapshot!(name, page);
    }
}
