//! Accounts and the audit log: what visitors, administrators and auditors do with them.

use super::accounts_attack::id;
use super::admin_tablets::hidden;
use super::*;
use crate::demonstration::PEOPLE;
use axum::http::StatusCode;

/// Sends a form without being signed in.
pub(super) async fn strange(app: &App, address: &str, form: &str) -> Response<Body> {
    let request =
        Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(app, None, request, form.to_owned()).await
}

#[tokio::test]
async fn one_click_leads_in_and_only_in_a_demonstration() {
    let (_dir, mut app) = app().await;
    let refused = strange(&app, "/demo/sign-in", "role=supervisor").await;
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let page = ask(&app, None, Request::get("/sign-in"), String::new()).await;
    assert!(!text(page).await.contains("Dùng thử"));

    app.demo = true;
    for (role, name, full_name) in PEOPLE {
        let data = UserData {
            name: name.into(),
            full_name: full_name.into(),
            role,
            departments: [1].into(),
            officer: None,
            email: None,
            language: None,
        };
        app.store.add_user(&data, "demo", 1).await.unwrap();
    }
    let page = text(ask(&app, None, Request::get("/sign-in"), String::new()).await).await;
    assert!(page.contains("Dùng thử") && page.contains("Nên xem trước"));
    for (role, ..) in PEOPLE {
        let form = format!("role={}", role.word());
        let led = strange(&app, "/demo/sign-in", &form).await;
        assert_eq!(led.status(), StatusCode::SEE_OTHER, "{role:?}");
        let cookie = head(&led, "set-cookie").split(';').next().unwrap().to_owned();
        let mut headers = axum::http::HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        let viewer = session::viewer(&app, &headers).await.unwrap().unwrap();
        assert_eq!(viewer.user.role, role);
        let request = Request::get(head(&led, "location")).header(header::COOKIE, cookie);
        let landed = ask(&app, None, request, String::new()).await;
        // This centre has no officers yet, and the account says so.
        let status = if role == Role::Officer { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(landed.status(), status, "{role:?}");
        let page = text(landed).await;
        assert_eq!(page.contains("chưa được gắn với người phục vụ"), role == Role::Officer);
    }
    let odd = strange(&app, "/demo/sign-in", "role=root").await;
    assert_eq!(odd.status(), StatusCode::NOT_FOUND);
    let foreign = Request::post("/demo/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let foreign = ask(&app, None, foreign, "role=leader".into()).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn people_are_added_found_and_helped() {
    let (_dir, app) = app().await;
    let add = async |form: &str| post(&app, Role::Administrator, "/admin/users/new", form).await;
    let taken = add("name=leader&full_name=B&role=leader").await;
    assert_eq!(taken.status(), StatusCode::BAD_REQUEST);
    let page = text(taken).await;
    assert!(page.contains("đã có người dùng") && page.contains("value=\"leader\""), "nothing lost");
    let nothing = add("name=ba&full_name=B&role=supervisor").await;
    assert!(text(nothing).await.contains("ít nhất một cơ quan"));
    let added = add("name=ba&full_name=%3Cb%3E&role=supervisor&departments=SKHDT").await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let address = head(&added, "location").split('?').next().unwrap().to_owned();
    let page = ask(&app, Some(Role::Administrator), Request::get(&*address), String::new()).await;
    assert!(text(page).await.contains("&#60;b&#62;"));
    // Of two administrators who look at one person the later overwrites nothing.
    let page = ask(&app, Some(Role::Administrator), Request::get(&*address), String::new()).await;
    let was = hidden(&text(page).await, "was");
    let change = async |was: &str, rest: &str| {
        let form = format!("was={was}&{rest}");
        post(&app, Role::Administrator, &address, &form).await
    };
    let first = change(&was, "full_name=%3Cb%3E&role=auditor").await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let late = change(&was, "full_name=C&role=supervisor&departments=SKHDT").await;
    assert_eq!(late.status(), StatusCode::BAD_REQUEST);
    let page = text(late).await;
    assert!(page.contains("Chưa có nội dung nào bị ghi đè"), "{page}");
    assert!(page.contains("<td>&#60;b&#62;</td><td>C</td>"), "both are shown: {page}");
    let back = "full_name=%3Cb%3E&role=supervisor&departments=SKHDT";
    let again = change(&hidden(&page, "was"), back).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER, "a second press is meant");
    let made = post(&app, Role::Administrator, &format!("{address}/link"), "").await;
    assert_eq!((made.status(), head(&made, "cache-control")), (StatusCode::OK, "no-store"));
    assert!(text(made).await.contains("/password/"));
    for (search, found) in [("", true), ("ba", true), ("không có ai", false)] {
        let query = serde_html_form::to_string([("q", search), ("page", "x")]).unwrap();
        let request = Request::get(format!("/admin/users?{query}"));
        let page = text(ask(&app, Some(Role::Administrator), request, String::new()).await).await;
        assert_eq!(page.contains("<td>ba</td>"), found, "{search}");
    }
    let list =
        ask(&app, Some(Role::Administrator), Request::get("/admin/users?q=b"), String::new());
    let page = text(list.await).await;
    assert!(page.contains("href=\"/admin/users/download?q=b&#38;format=xlsx\""), "{page}");
}

#[tokio::test]
async fn a_link_for_a_person_warns_of_an_address_that_leads_nowhere_from_elsewhere() {
    let (_dir, app) = app().await;
    let leader = id(&app, Role::Leader).await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    let made = async |host: &str| {
        let request = Request::post(format!("/admin/users/{leader}/link"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, host);
        let form = format!("csrf={csrf}");
        text(ask(&app, Some(Role::Administrator), request, form).await).await
    };
    let warned = made("127.0.0.1:8080").await;
    assert!(warned.contains("http://127.0.0.1:8080 chỉ dùng được"), "{warned}");
    assert!(warned.contains("href=\"/admin/centre#public\""), "{warned}");
    let good = made("10.0.0.5:8080").await;
    assert!(good.contains("http://10.0.0.5:8080/password/") && !good.contains("#public"), "{good}");
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked() {
    let (_dir, app) = app().await;
    let make = async |form: &str| post(&app, Role::Administrator, "/admin/tokens", form).await;
    assert_eq!(make("name=&scopes=invite").await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(make("name=x&scopes=root").await.status(), StatusCode::BAD_REQUEST);
    let page = text(make("name=Một+cửa&scopes=invite").await).await;
    assert!(page.contains("hl_"));
    let list = Request::get("/admin/tokens");
    let list = text(ask(&app, Some(Role::Administrator), list, String::new()).await).await;
    assert!(list.contains("Một cửa") && !list.contains("hl_"));
    let num = app.store.machine_tokens().await.unwrap()[0].num;
    let revoke = format!("/admin/tokens/{num}/revoked");
    let asked = text(post(&app, Role::Administrator, &revoke, "").await).await;
    assert!(asked.contains("Thu hồi mã truy cập “Một cửa”?"), "{asked}");
    assert!(app.store.machine_tokens().await.unwrap()[0].revoked_at.is_none(), "it only asked");
    let sure = "confirmed=yes";
    let gone = post(&app, Role::Administrator, &revoke, sure).await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    for form in ["", sure] {
        let again = post(&app, Role::Administrator, &revoke, form).await;
        assert_eq!(again.status(), StatusCode::NOT_FOUND, "{form}");
    }
    assert!(app.store.machine_tokens().await.unwrap()[0].revoked_at.is_some());
}

#[tokio::test]
async fn the_audit_log_is_searched_and_paged() {
    let (_dir, app) = app().await;
    for number in 0..150 {
        let subject = format!("thing {number}");
        app.store
            .add_audit_line("user ba", "do", &subject, Some("=1+1"), app.clock.now())
            .await
            .unwrap();
    }
    let read = async |address: &str| {
        ask(&app, Some(Role::Auditor), Request::get(address), String::new()).await
    };
    let page = text(read("/admin/audit?who=BA&what=thing").await).await;
    assert!(page.contains("thing 149") && !page.contains("thing 49<"));
    let older = page.split("/admin/audit?").find(|part| part.contains("below=")).unwrap();
    let older = older.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let older = text(read(&format!("/admin/audit?{older}")).await).await;
    assert!(older.contains("thing 49<") && older.contains("thing 0<"));
    let none = text(read("/admin/audit?who=user+b%25").await).await;
    assert!(none.contains("Không có dòng nhật ký nào"), "a sign of the database is a sign");
    let day = text(read("/admin/audit?from=2023-10-01&to=2023-10-01&what=thing+7").await).await;
    assert!(day.contains("thing 77"));
    assert!(!text(read("/admin/audit?from=2023-10-02").await).await.contains("thing"));
    assert_eq!(read("/admin/audit?from=hôm+nay").await.status(), StatusCode::BAD_REQUEST);
    let file = text(read("/admin/audit.csv?what=thing").await).await;
    assert!(file.contains("'=1+1"), "an office program must not count it");
    // More lines than are read at once: all of them are in the file, each once.
    for number in 0..400 {
        app.store
            .add_audit_line("user ba", "do", &format!("more {number}"), None, 1)
            .await
            .unwrap();
    }
    let file = text(read("/admin/audit.csv?who=ba").await).await;
    assert_eq!(file.lines().count(), 1 + 150 + 400);
    for subject in ["thing 0,", "thing 149,", "more 0,", "more 399,"] {
        assert_eq!(file.matches(subject).count(), 1, "{subject}");
    }
}
