//! The password again before dangerous acts.

use super::accounts_attack::{GOOD, cookie, form, give_password, id, moving, sign_in, with};
use super::*;
use axum::http::StatusCode;
use std::sync::atomic::Ordering;

/// Beyond the time for which a password is enough.
const LATER_MS: i64 = 11 * 60_000;

/// What the forms of a session send along.
fn csrf_of(cookie: &str) -> String {
    let token: [u8; 32] =
        hex::decode(cookie.split_once('=').unwrap().1).unwrap().try_into().unwrap();
    session::csrf(&token)
}

/// Sends a form in the session of a cookie, with its token.
pub(super) async fn send(
    app: &App,
    cookie: &str,
    address: &str,
    pairs: &[(&str, &str)],
) -> Response<Body> {
    let body = format!("csrf={}&{}", csrf_of(cookie), form(pairs));
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, format!("http://server{address}?lang=en"))
        .header(header::COOKIE, cookie);
    ask(app, None, request, body).await
}

async fn tokens(app: &App) -> usize {
    app.store.machine_tokens().await.unwrap().len()
}

#[tokio::test]
async fn a_dangerous_act_needs_the_password_again_and_loses_nothing_that_was_typed() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    give_password(&app, Role::Administrator).await;
    let own = cookie(&sign_in(&app, "administrator", GOOD).await);
    let elsewhere = cookie(&sign_in(&app, "administrator", GOOD).await);
    let typed = [("name", "Một cửa <b>"), ("scopes", "invite"), ("scopes", "figures:read")];
    send(&app, &own, "/admin/tokens", &typed).await;
    assert_eq!(tokens(&app).await, 1, "the password was given just now");

    now.fetch_add(LATER_MS, Ordering::Relaxed);
    let asked = send(&app, &own, "/admin/tokens?lang=en", &typed).await;
    assert_eq!(asked.status(), StatusCode::FORBIDDEN);
    assert_eq!(head(&asked, "cache-control"), "no-store");
    let page = text(asked).await;
    assert!(page.contains("Confirm the password"), "{page}");
    assert!(page.contains("action=\"/admin/tokens?lang=en\""), "{page}");
    assert!(page.contains("name=\"name\" value=\"Một cửa &#60;b&#62;\""), "{page}");
    assert_eq!(page.matches("name=\"scopes\"").count(), 2, "{page}");
    let mut filled = typed.to_vec();
    filled.push(("confirm-password", "wrong"));
    assert!(page.contains("name=\"confirm-back\" value=\"/admin/tokens\""), "{page}");
    filled.push(("confirm-back", "/admin/tokens"));
    let wrong = send(&app, &own, "/admin/tokens", &filled).await;
    assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
    let page = text(wrong).await;
    assert!(page.contains("Mật khẩu không đúng"));
    assert!(page.contains("href=\"/admin/tokens\">Quay lại"), "{page}");
    assert_eq!(tokens(&app).await, 1);
    filled[3].1 = GOOD;
    let done = send(&app, &own, "/admin/tokens", &filled).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert!(text(done).await.contains("hl_"), "it went on at once");
    let made = app.store.machine_tokens().await.unwrap();
    let scopes: Vec<&str> = made.iter().map(|one| one.scopes.as_str()).collect();
    assert_eq!(scopes, ["invite figures:read"; 2], "what was typed is what was done");

    now.fetch_add(LATER_MS - 2 * 60_000, Ordering::Relaxed);
    send(&app, &own, "/admin/tokens", &typed).await;
    assert_eq!(tokens(&app).await, 3, "for ten minutes nobody is asked again");
    let other = send(&app, &elsewhere, "/admin/tokens", &typed).await;
    assert_eq!(other.status(), StatusCode::FORBIDDEN, "in this session alone");
    now.fetch_add(2 * 60_000, Ordering::Relaxed);
    let again = send(&app, &own, "/admin/tokens", &typed).await;
    assert_eq!(again.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_dangerous_act_asks_and_looking_does_not() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    give_password(&app, Role::Administrator).await;
    let leader = id(&app, Role::Leader).await;
    let own = cookie(&sign_in(&app, "administrator", GOOD).await);
    now.fetch_add(LATER_MS, Ordering::Relaxed);
    for address in [
        "/account/second",
        "/account/second/offer",
        "/account/second/remove",
        "/admin/tokens",
        "/admin/tokens/1/revoked",
        "/admin/centre",
        "/admin/alerts/webhooks",
        "/admin/alerts/webhooks/1/retire",
        "/admin/officers/1/retire",
        "/admin/counters/1/retire",
        "/admin/departments/1/retire",
        "/admin/tablets/new",
        "/admin/users/new",
        "/admin/users/import",
        "/admin/tablets/00000000-0000-0000-0000-000000000000/retire",
        "/records/1/redact",
        &format!("/admin/users/{leader}/link"),
        &format!("/admin/users/{leader}/factor"),
        &format!("/admin/users/{leader}/retired"),
    ] {
        let asked = send(&app, &own, address, &[("retired", "yes")]).await;
        assert_eq!(asked.status(), StatusCode::FORBIDDEN, "{address}");
        let page = text(asked).await;
        assert!(page.contains("confirm-password"), "{address}");
        // What was written waits there; an address in another language would be an empty form.
        assert!(!page.contains("class=\"languages\""), "{address}");
    }
    assert_eq!(app.store.user(leader).await.unwrap().unwrap().retired_at, None);
    assert_eq!(with(&app, &own, "/admin/tokens").await.status(), StatusCode::OK);
    let saved = send(&app, &own, "/account/language", &[("language", "en")]).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER, "what harms nobody goes on");
}

#[tokio::test]
async fn whoever_guesses_the_password_again_waits_and_another_site_can_not_guess() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    give_password(&app, Role::Administrator).await;
    let own = cookie(&sign_in(&app, "administrator", GOOD).await);
    now.fetch_add(LATER_MS, Ordering::Relaxed);
    for _ in 0..9 {
        let forged = Request::post("/admin/tokens")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &own);
        let answer = ask(&app, None, forged, "csrf=x&confirm-password=wrong".into()).await;
        assert_ne!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    for _ in 0..5 {
        let wrong = send(&app, &own, "/admin/tokens", &[("confirm-password", "wrong")]).await;
        assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
    }
    let late = send(&app, &own, "/admin/tokens", &[("confirm-password", GOOD)]).await;
    assert_eq!(late.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(head(&late, "retry-after"), "30");
    let log = app.store.audit_log(100).await.unwrap();
    let wrong = log.iter().filter(|line| line.action == "give wrong password").count();
    assert_eq!(wrong, 5, "each is written down");
}
