//! The way in, seen by a visitor and by somebody who wants in without a right to.

use super::*;
use crate::demo::PEOPLE;
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
    assert!(!text(page).await.contains("Vào xem thử"));

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
    assert!(page.contains("Vào xem thử") && page.contains("Nên xem trước"));
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
        assert_eq!(landed.status(), StatusCode::OK, "{role:?}");
    }
    let odd = strange(&app, "/demo/sign-in", "role=root").await;
    assert_eq!(odd.status(), StatusCode::NOT_FOUND);
    let foreign = Request::post("/demo/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let foreign = ask(&app, None, foreign, "role=leader".into()).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
}
