//! Roles that have to have a second factor.

use super::accounts_attack::{GOOD, cookie, give_password, sign_in, with};
use super::admin_tablets::hidden;
use super::confirm::send;
use super::*;
use crate::auth::{factor_keys, second};
use axum::http::StatusCode;

/// Asks roles for a second factor, on the page of the centre.
async fn require(app: &App, roles: &[Role]) {
    let page = get(app, "/admin/centre").await;
    let mut typed = crate::centre::fields::typed_of(&app.centre_now().await.unwrap());
    for role in Role::ALL {
        let chosen = if roles.contains(&role) { "yes" } else { "" };
        typed.insert(format!("factor-{}", role.word()), chosen.into());
    }
    typed.insert("was".into(), hidden(&page, "was"));
    let fields = serde_html_form::to_string(typed).unwrap();
    let saved = post(app, Role::Administrator, "/admin/centre", &fields).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
}

async fn get(app: &App, address: &str) -> String {
    let request = Request::get(address);
    text(ask(app, Some(Role::Administrator), request, String::new()).await).await
}

#[tokio::test]
async fn who_must_have_a_second_factor_can_only_set_one_up() {
    let (_dir, app) = app().await;
    assert!(app.centre().second_factor.is_empty(), "nobody must at first");
    require(&app, &[Role::Leader, Role::Auditor]).await;
    let page = get(&app, "/admin/centre").await;
    assert!(page.contains("name=\"factor-leader\" value=\"yes\" checked"), "{page}");
    assert!(page.contains("name=\"factor-officer\" value=\"yes\">"), "{page}");
    let user = give_password(&app, Role::Leader).await;
    give_password(&app, Role::Supervisor).await;
    let free = cookie(&sign_in(&app, "supervisor", GOOD).await);
    assert_eq!(with(&app, &free, "/").await.status(), StatusCode::OK);
    let own = cookie(&sign_in(&app, "leader", GOOD).await);
    for address in ["/", "/records", "/live", "/export", "/export/ratings.csv", "/account"] {
        let led = with(&app, &own, address).await;
        assert_eq!(head(&led, "location"), "/account/second", "{address}");
    }
    let sent = send(&app, &own, "/records/1/note", &[("text", "x")]).await;
    assert_eq!(head(&sent, "location"), "/account/second");
    let page = text(with(&app, &own, "/account/second").await).await;
    assert!(page.contains("Trung tâm yêu cầu vai trò của Ông/Bà"), "it says why: {page}");
    assert!(page.contains("/sign-out") && !page.contains("href=\"/records\""), "{page}");

    let offered = send(&app, &own, "/account/second/offer", &[]).await;
    assert_eq!(head(&offered, "location"), "/account/second");
    let kept = app.store.second_factor(user).await.unwrap().offered.unwrap();
    let secret = factor_keys::open(&app.sealing, user, &kept).unwrap();
    let mut codes = (0..1_000_000).map(|number| format!("{number:06}"));
    let code = codes.find(|code| second::step_of(&secret, code, app.clock.now()).is_some());
    let proven = send(&app, &own, "/account/second", &[("code", &code.unwrap())]).await;
    assert_eq!(proven.status(), StatusCode::OK);
    assert_eq!(with(&app, &own, "/").await.status(), StatusCode::OK, "then they go on");
    let kept = send(&app, &own, "/account/second/remove", &[]).await;
    assert_eq!(kept.status(), StatusCode::BAD_REQUEST);
    assert!(text(kept).await.contains("nên không tắt được"));
    assert!(app.store.user(user).await.unwrap().unwrap().has_second_factor);

    require(&app, &[]).await;
    send(&app, &own, "/account/second/remove", &[]).await;
    assert!(!app.store.user(user).await.unwrap().unwrap().has_second_factor);
    assert_eq!(with(&app, &own, "/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn tokens_of_programs_are_not_asked_for_a_second_factor() {
    let (_dir, app) = app().await;
    require(&app, &Role::ALL).await;
    let token = crate::enrolment::fresh_machine_token().unwrap();
    let hash = crate::enrolment::machine_hash(&token).unwrap();
    app.store.add_machine_token("x", hash, "figures:read", "test", 0).await.unwrap();
    let request = Request::get("/api/v1/figures?period=2023-09")
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    assert_eq!(ask(&app, None, request, String::new()).await.status(), StatusCode::OK);
    // In a demonstration nobody has a password, and nothing to protect.
    let request = Request::get("/");
    let page = ask(&app, Some(Role::Leader), request, String::new()).await;
    assert_eq!(page.status(), StatusCode::OK);
}
