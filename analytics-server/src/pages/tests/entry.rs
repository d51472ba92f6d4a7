//! Which right each address asks for, and signing in.

use super::*;
use crate::auth::{Permission, password};
use crate::pages::routes;
use axum::http::StatusCode;

/// An address of a route with something in its places.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "1".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_address_asks_for_its_right() {
    let (_dir, app) = app().await;
    let routes = routes(&app).list;
    assert!(routes.iter().any(|(_, right)| *right == Some(Permission::Figures)));
    for (path, right) in routes {
        let address = filled(path);
        let stranger = ask(&app, None, Request::get(&*address), String::new()).await;
        let Some(right) = right else {
            assert_ne!(stranger.status(), StatusCode::FORBIDDEN, "{path}");
            continue;
        };
        // An address that only takes forms says so; it says nothing else.
        let shut = [StatusCode::SEE_OTHER, StatusCode::METHOD_NOT_ALLOWED];
        assert!(shut.contains(&stranger.status()), "{path}: {}", stranger.status());
        if stranger.status() == StatusCode::SEE_OTHER {
            assert!(head(&stranger, "location").starts_with("/sign-in?next="), "{path}");
        }
        let form = Request::post(&*address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let stranger = ask(&app, None, form, "csrf=".into()).await;
        let shut = [StatusCode::UNAUTHORIZED, StatusCode::METHOD_NOT_ALLOWED];
        assert!(shut.contains(&stranger.status()), "{path}: {}", stranger.status());
        for role in Role::ALL.into_iter().filter(|role| !role.has(right)) {
            let shut = [StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED];
            let opened = ask(&app, Some(role), Request::get(&*address), String::new()).await;
            assert!(shut.contains(&opened.status()), "{path} as {role:?}: {}", opened.status());
            let sent = post(&app, role, &address, "").await;
            assert!(shut.contains(&sent.status()), "{path} as {role:?}: {}", sent.status());
        }
    }
}

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let (_dir, app) = app().await;
    for body in ["", "csrf=", "csrf=0011", "name=x"] {
        let form = Request::post("/sign-out")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = ask(&app, Some(Role::Leader), form, body.into()).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{body}");
        assert!(text(answer).await.contains("chưa được lưu"));
    }
    assert_eq!(post(&app, Role::Leader, "/sign-out", "").await.status(), StatusCode::SEE_OTHER);
    let after = ask(&app, Some(Role::Leader), Request::get("/"), String::new()).await;
    assert_eq!(after.status(), StatusCode::SEE_OTHER, "the session is over");
}

#[tokio::test]
async fn whoever_knows_the_password_is_led_where_they_wanted() {
    let (_dir, app) = app().await;
    let user = viewer(&app, Role::Auditor).await.user.id;
    let hash = password::hash("một mật khẩu dài".to_owned()).await.unwrap();
    app.store.put_password(user, None, &hash, "test", 1).await.unwrap();
    let send = async |password: &str, next: &str| {
        let form = serde_html_form::to_string([
            ("name", " Auditor "),
            ("password", password),
            ("next", next),
        ]);
        let request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        ask(&app, None, request, form.unwrap()).await
    };
    let wrong = send("một mật khẩu dai", "/").await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    assert!(text(wrong).await.contains("không đúng"));
    for (next, led) in [
        ("/?period=2023-9M", "/?period=2023-9M"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example/", "/"),
    ] {
        let right = send("một mật khẩu dài", next).await;
        assert_eq!((right.status(), head(&right, "location")), (StatusCode::SEE_OTHER, led));
        let cookie = head(&right, "set-cookie");
        for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
    }
}
