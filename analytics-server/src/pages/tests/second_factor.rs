//! The keys of second factors as they are kept, and what people do who have no key any more.

use super::accounts_attack::{GOOD, cookie, id, second_step, sign_in, with};
use super::*;
use crate::auth::factor_keys::{self, Sealed, seal_stored_keys};
use crate::auth::second;
use crate::sealing::is_sealed;
use axum::http::StatusCode;

/// Gives the person of a role a password and a second factor whose key is kept as `kept`.
async fn give_factor(app: &App, role: Role, kept: &[u8]) -> String {
    let user = super::accounts_attack::give_password(app, role).await;
    app.store.offer_second_factor(user, kept).await.unwrap();
    let (codes, hashes) = second::fresh_codes().unwrap();
    assert!(app.store.confirm_second_factor(user, kept, 0, &hashes, 0).await.unwrap());
    codes[0].clone()
}

/// The code of a key at this moment.
fn code(app: &App, secret: &[u8]) -> String {
    let mut codes = (0..1_000_000).map(|number| format!("{number:06}"));
    codes.find(|code| second::step_of(secret, code, app.clock.now()).is_some()).unwrap()
}

#[tokio::test]
async fn keys_that_an_earlier_version_left_are_sealed_and_go_on_working() {
    let (_dir, app) = app().await;
    let secret = *b"12345678901234567890";
    give_factor(&app, Role::Leader, &secret).await;
    give_factor(&app, Role::Auditor, &secret).await;
    let (leader, auditor) = (id(&app, Role::Leader).await, id(&app, Role::Auditor).await);
    app.store.offer_second_factor(leader, b"09876543210987654321").await.unwrap();

    let done = seal_stored_keys(&app.store, &app.sealing).await.unwrap();
    assert_eq!(done, Sealed { sealed: 3, ..Sealed::default() });
    let kept = app.store.second_factor(leader).await.unwrap();
    assert!(is_sealed(&kept.secret.clone().unwrap()) && is_sealed(&kept.offered.unwrap()));
    assert_eq!(seal_stored_keys(&app.store, &app.sealing).await.unwrap(), Sealed::default());

    let half = cookie(&sign_in(&app, "leader", GOOD).await);
    let whole = second_step(&app, &half, &code(&app, &secret)).await;
    assert_eq!(whole.status(), StatusCode::SEE_OTHER);
    // One person's key does not open for another, also where somebody copies it within the
    // database.
    app.store.remove_second_factor(auditor, "test", 0).await.unwrap();
    let taken = kept.secret.unwrap();
    assert!(factor_keys::open(&app.sealing, auditor, &taken).is_err());
}

#[tokio::test]
async fn without_the_key_a_recovery_code_lets_in_and_an_administrator_helps() {
    let (_dir, mut app) = app().await;
    let secret = *b"12345678901234567890";
    let recovery = give_factor(&app, Role::Leader, &secret).await;
    seal_stored_keys(&app.store, &app.sealing).await.unwrap();
    for other in [Sealing::default(), Sealing::fresh().unwrap()] {
        app.sealing = Arc::new(other);
        let done = seal_stored_keys(&app.store, &app.sealing).await.unwrap();
        assert_eq!(done, Sealed { unreadable: 1, ..Sealed::default() });
        let half = cookie(&sign_in(&app, "leader", GOOD).await);
        let given = second_step(&app, &half, &code(&app, &secret)).await;
        assert_eq!(given.status(), StatusCode::UNAUTHORIZED, "never by the password alone");
    }
    let half = cookie(&sign_in(&app, "leader", GOOD).await);
    let given = second_step(&app, &half, &recovery).await;
    assert_eq!(given.status(), StatusCode::SEE_OTHER);
    assert_eq!(with(&app, &cookie(&given), "/").await.status(), StatusCode::OK);

    let user = id(&app, Role::Leader).await;
    let take = format!("/admin/users/{user}/factor");
    let asked = text(post(&app, Role::Administrator, &take, "").await).await;
    assert!(asked.contains("Tắt xác thực hai bước của"), "{asked}");
    assert!(app.store.user(user).await.unwrap().unwrap().has_second_factor, "it only asked");
    let taken = post(&app, Role::Administrator, &take, "confirmed=yes").await;
    assert!(head(&taken, "location").contains("done=factor"));
    let whole = cookie(&sign_in(&app, "leader", GOOD).await);
    assert_eq!(with(&app, &whole, "/").await.status(), StatusCode::OK);
}
