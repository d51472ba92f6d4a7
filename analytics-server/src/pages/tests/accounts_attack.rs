//! What somebody tries who wants in without a right to: guesses, replays, other people's ids,
//! sessions that should be over.

use super::accounts::strange;
use super::admin_tablets::hidden;
use super::*;
use crate::auth::throttle::{Client, Target, Try};
use crate::auth::{factor_keys, link, password, second};
use crate::sealing::is_sealed;
use axum::http::StatusCode;
use std::sync::atomic::{AtomicI64, Ordering};

pub(super) const GOOD: &str = "trời mưa ở quầy số bảy";

/// A clock that moves when it is told to.
pub(super) fn moving(app: &mut App) -> Arc<AtomicI64> {
    let now = Arc::new(AtomicI64::new(app.clock.now()));
    let shown = Arc::clone(&now);
    app.clock = Clock::from_fn(move || shown.load(Ordering::Relaxed));
    now
}

pub(super) fn form(pairs: &[(&str, &str)]) -> String {
    serde_html_form::to_string(pairs).unwrap()
}

pub(super) async fn sign_in(app: &App, name: &str, password: &str) -> Response<Body> {
    strange(app, "/sign-in", &form(&[("name", name), ("password", password)])).await
}

/// The cookie that an answer sets, as a browser sends it back.
pub(super) fn cookie(answer: &Response<Body>) -> String {
    head(answer, "set-cookie").split(';').next().unwrap().to_owned()
}

pub(super) async fn with(app: &App, cookie: &str, address: &str) -> Response<Body> {
    let request = Request::get(address).header(header::COOKIE, cookie);
    ask(app, None, request, String::new()).await
}

pub(super) async fn id(app: &App, role: Role) -> i64 {
    let users = app.store.users().await.unwrap();
    users.into_iter().find(|user| user.role == role).unwrap().id
}

pub(super) async fn give_password(app: &App, role: Role) -> i64 {
    let user = id(app, role).await;
    let hash = password::hash(GOOD.to_owned()).await.unwrap();
    app.store.put_password(user, None, &hash, "test", app.clock.now()).await.unwrap();
    user
}

#[tokio::test]
async fn guesses_wait_longer_and_longer_and_learn_nothing() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    give_password(&app, Role::Leader).await;
    let (mut known, mut unknown) = (String::new(), String::new());
    for _ in 0..5 {
        let answer = sign_in(&app, "leader", "wrong").await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        known = text(answer).await;
        unknown = text(sign_in(&app, "mat-khau-cua-toi", "wrong").await).await;
    }
    assert_eq!(known.replace("leader", "X"), unknown.replace("mat-khau-cua-toi", "X"));
    for name in ["leader", "mat-khau-cua-toi"] {
        let answer = sign_in(&app, name, GOOD).await;
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS, "{name}");
        assert_eq!(head(&answer, "retry-after"), "30");
        assert!(text(answer).await.contains("30 giây"));
    }
    now.fetch_add(30_000, Ordering::Relaxed);
    assert_eq!(sign_in(&app, "leader", "wrong").await.status(), StatusCode::UNAUTHORIZED);
    let again = sign_in(&app, "leader", GOOD).await;
    assert_eq!(head(&again, "retry-after"), "60", "the next wait is longer");
    now.fetch_add(60_000, Ordering::Relaxed);
    assert_eq!(sign_in(&app, "leader", GOOD).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&app, "leader", "wrong").await.status(), StatusCode::UNAUTHORIZED);

    let log = app.store.audit_log(100).await.unwrap();
    let failed: Vec<_> = log.iter().filter(|line| line.action == "give wrong password").collect();
    assert!(failed.iter().any(|line| line.subject == "user leader"));
    assert!(failed.iter().any(|line| line.subject == "unknown name"));
    assert!(!format!("{log:?}").contains("mat-khau-cua-toi"), "people type passwords there");
}

#[tokio::test]
async fn a_stranger_keeps_only_themselves_waiting() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    give_password(&app, Role::Leader).await;
    let sign_in = async |address: [u8; 4], password: &str| {
        let from = axum::extract::ConnectInfo(std::net::SocketAddr::from((address, 1)));
        let request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(from);
        let body = form(&[("name", "leader"), ("password", password)]);
        ask(&app, None, request, body).await.status()
    };
    let (strange, own) = ([203, 0, 113, 7], [10, 0, 0, 7]);
    for _ in 0..5 {
        assert_eq!(sign_in(strange, "wrong").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in(strange, GOOD).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(sign_in(own, GOOD).await, StatusCode::SEE_OTHER, "the name is not theirs to lock");

    // From very many places together a name does wait, though never for long.
    let take = async |address: u32| {
        let client = Client(Some(std::net::Ipv4Addr::from(address).into()));
        Try::take(&app, Target::Name("leader"), &client).await.unwrap()
    };
    // Five of the two hundred are the stranger's.
    for address in 0..195 {
        assert!(take(address).await.is_ok(), "{address}");
    }
    assert_eq!(take(900).await.unwrap_err(), 30);
    now.fetch_add(60_000, Ordering::Relaxed);
    assert!(take(901).await.is_ok());
    assert!(take(902).await.unwrap_err() <= 60);
}

#[tokio::test]
async fn a_trusted_proxy_says_that_it_speaks_tls() {
    let (_dir, mut app) = app().await;
    for (trusted, proto, secure) in
        [(true, "https", true), (true, "http", false), (false, "https", false)]
    {
        app.trust_proxy = trusted;
        // The link at the end takes it away.
        give_password(&app, Role::Leader).await;
        let all = crate::http::router(app.clone());
        let ask = async |request: Builder, body: String| {
            let request = request.header("x-forwarded-proto", proto).header("host", "hl.example");
            all.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
        };
        let entered = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = form(&[("name", "leader"), ("password", GOOD)]);
        let entered = ask(entered, body).await;
        let set = head(&entered, "set-cookie");
        assert_eq!((set.contains("Secure"), set.starts_with("__Host-")), (secure, secure), "{set}");
        assert_eq!(head(&entered, "strict-transport-security").is_empty(), !secure);
        let request = Request::get("/account").header(header::COOKIE, cookie(&entered));
        assert_eq!(ask(request, String::new()).await.status(), StatusCode::OK, "{proto}");

        let leader = id(&app, Role::Leader).await;
        let csrf = session::csrf(&token(Role::Administrator));
        let name = if secure { "__Host-hai-long" } else { "hai-long" };
        let session = format!("{name}={}", hex::encode(token(Role::Administrator)));
        let link = Request::post(format!("/admin/users/{leader}/link"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, session);
        let page = text(ask(link, format!("csrf={csrf}&confirmed=yes")).await).await;
        let scheme = if secure { "https" } else { "http" };
        assert!(page.contains(&format!("{scheme}://hl.example/password/")), "{page}");
    }
}

#[tokio::test]
async fn a_form_of_another_site_signs_nobody_in() {
    let (_dir, app) = app().await;
    give_password(&app, Role::Leader).await;
    let request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("origin", "https://evil.example")
        .header("host", "hl.example");
    let body = form(&[("name", "leader"), ("password", GOOD)]);
    assert_eq!(ask(&app, None, request, body).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_link_is_good_once_and_in_its_time() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    let user = give_password(&app, Role::Leader).await;
    let make = async || link::make(&app.store, user, "test", app.clock.now()).await.unwrap();
    let older = make().await;
    let path = make().await;
    assert_eq!(sign_in(&app, "leader", GOOD).await.status(), StatusCode::UNAUTHORIZED);
    let open = async |path: &str| ask(&app, None, Request::get(path), String::new()).await;
    assert_eq!(open(&older).await.status(), StatusCode::NOT_FOUND, "a newer one voids it");
    let page = open(&path).await;
    assert_eq!((page.status(), head(&page, "cache-control")), (StatusCode::OK, "no-store"));
    for (first, second, said) in [
        ("ngắn", "ngắn", "ít nhất 10"),
        ("matkhau123", "matkhau123", "còn dễ bị đoán"),
        (GOOD, "khác hẳn mật khẩu kia", "không giống nhau"),
    ] {
        let answer = strange(&app, &path, &form(&[("password", first), ("again", second)])).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(text(answer).await.contains(said), "{first}");
    }
    let chosen = form(&[("password", GOOD), ("again", GOOD)]);
    let answer = strange(&app, &path, &chosen).await;
    assert_eq!(head(&answer, "location"), "/sign-in?chosen=1");
    assert_eq!(sign_in(&app, "leader", GOOD).await.status(), StatusCode::SEE_OTHER);
    for address in [&path, "/password/00", "/password/x", &format!("{path}00")] {
        let answer = strange(&app, address, &chosen).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{address}");
        assert!(text(answer).await.contains("liên kết mới"));
    }
    let late = make().await;
    now.fetch_add(link::VALID_MS, Ordering::Relaxed);
    assert_eq!(strange(&app, &late, &chosen).await.status(), StatusCode::NOT_FOUND);
}

/// Gives a code of the second factor in a session that has only the password yet.
pub(super) async fn second_step(app: &App, half: &str, code: &str) -> Response<Body> {
    let token: [u8; 32] = hex::decode(half.split('=').nth(1).unwrap()).unwrap().try_into().unwrap();
    let csrf = session::csrf(&token);
    let body = form(&[("csrf", csrf.as_str()), ("code", code), ("next", "/")]);
    let request = Request::post("/sign-in/second")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, half);
    ask(app, None, request, body).await
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_each_code_counts_once() {
    let (_dir, mut app) = app().await;
    let now = moving(&mut app);
    let user = give_password(&app, Role::Leader).await;
    let entered = cookie(&sign_in(&app, "leader", GOOD).await);
    let token: [u8; 32] =
        hex::decode(entered.split('=').nth(1).unwrap()).unwrap().try_into().unwrap();
    let send = async |address: &str, pairs: &[(&str, &str)]| {
        let body = format!("csrf={}&{}", session::csrf(&token), form(pairs));
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, entered.clone());
        ask(&app, None, request, body).await
    };
    now.fetch_add(11 * 60_000, Ordering::Relaxed);
    let asked = send("/account/second/offer", &[]).await;
    assert_eq!(asked.status(), StatusCode::FORBIDDEN, "an open browser is not enough");
    let wrong = send("/account/second/offer", &[("confirm-password", "wrong")]).await;
    assert_eq!(wrong.status(), StatusCode::FORBIDDEN);
    let offered = send("/account/second/offer", &[("confirm-password", GOOD)]).await;
    assert_eq!(head(&offered, "location"), "/account/second");
    let kept = app.store.second_factor(user).await.unwrap().offered.unwrap();
    assert!(is_sealed(&kept), "a copy of the database tells nobody's key");
    let secret = factor_keys::open(&app.sealing, user, &kept).unwrap();
    assert!(text(with(&app, &entered, "/account/second").await).await.contains("<svg"));
    let code = |at: i64| {
        (0..1_000_000)
            .map(|n| format!("{n:06}"))
            .find(|code| second::step_of(&secret, code, at) == Some(at / 30_000))
    };
    let first = code(app.clock.now()).unwrap();
    let confirmed = send("/account/second", &[("code", &first)]).await;
    assert_eq!(confirmed.status(), StatusCode::OK);
    let page = text(confirmed).await;
    let recovery = page.split("<li>").nth(1).unwrap().split("</li>").next().unwrap().to_owned();
    let twice = send("/account/second", &[("code", &first)]).await;
    assert_eq!(twice.status(), StatusCode::SEE_OTHER, "the codes are shown once");

    // The password alone opens nothing, and its session is replaced by the code.
    let half = sign_in(&app, "leader", GOOD).await;
    assert!(head(&half, "location").starts_with("/sign-in/second?next="));
    let half = cookie(&half);
    assert_eq!(with(&app, &half, "/").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(with(&app, &half, "/sign-in/second").await.status(), StatusCode::OK);
    let give = async |half: &str, code: &str| second_step(&app, half, code).await;
    let replayed = give(&half, &first).await;
    assert_eq!(replayed.status(), StatusCode::UNAUTHORIZED, "a code of the app counts once");
    now.fetch_add(30_000, Ordering::Relaxed);
    let next = code(app.clock.now()).unwrap();
    let whole = give(&half, &next).await;
    assert_eq!(whole.status(), StatusCode::SEE_OTHER);
    let whole = cookie(&whole);
    assert_ne!(whole, half, "nobody can have planted the session");
    assert_eq!(with(&app, &whole, "/").await.status(), StatusCode::OK);
    assert_eq!(with(&app, &half, "/").await.status(), StatusCode::SEE_OTHER);

    let half = cookie(&sign_in(&app, "leader", GOOD).await);
    assert_eq!(give(&half, &recovery).await.status(), StatusCode::SEE_OTHER);
    let half = cookie(&sign_in(&app, "leader", GOOD).await);
    assert_eq!(give(&half, &recovery).await.status(), StatusCode::UNAUTHORIZED, "once");
    for _ in 0..4 {
        give(&half, "000000").await;
    }
    assert_eq!(give(&half, "000000").await.status(), StatusCode::TOO_MANY_REQUESTS);
    now.fetch_add(11 * 60_000, Ordering::Relaxed);
    let late = give(&half, &code(app.clock.now()).unwrap()).await;
    assert!(head(&late, "location").starts_with("/sign-in?"), "it is not awaited for ever");
}

#[tokio::test]
async fn who_is_retired_or_given_another_role_has_it_at_once() {
    let (_dir, app) = app().await;
    let leader = id(&app, Role::Leader).await;
    let page = async |role, address: &str| {
        ask(&app, Some(role), Request::get(address), String::new()).await.status()
    };
    assert_eq!(page(Role::Leader, "/").await, StatusCode::OK);
    let change = async |user: i64| {
        let address = format!("/admin/users/{user}");
        let page = ask(&app, Some(Role::Administrator), Request::get(&address), String::new());
        let was = hidden(&text(page.await).await, "was");
        let fields = form(&[("full_name", "B"), ("role", "auditor"), ("was", &was)]);
        post(&app, Role::Administrator, &address, &fields).await
    };
    change(leader).await;
    assert_eq!(page(Role::Leader, "/admin/audit").await, StatusCode::OK, "an auditor now");
    let retire = format!("/admin/users/{leader}/retired");
    let asked = text(post(&app, Role::Administrator, &retire, "retired=yes").await).await;
    assert!(asked.contains("name=\"retired\" value=\"yes\""), "{asked}");
    assert_eq!(page(Role::Leader, "/admin/audit").await, StatusCode::OK, "one press does nothing");
    post(&app, Role::Administrator, &retire, "retired=yes&confirmed=yes").await;
    assert_eq!(page(Role::Leader, "/").await, StatusCode::SEE_OTHER);
    post(&app, Role::Administrator, &retire, "retired=no").await;
    assert_eq!(page(Role::Leader, "/").await, StatusCode::SEE_OTHER, "its session is over");

    let administrator = id(&app, Role::Administrator).await;
    let last = format!("/admin/users/{administrator}/retired");
    let own = text(post(&app, Role::Administrator, &last, "retired=yes").await).await;
    assert!(own.contains("tài khoản của chính Ông/Bà"), "{own}");
    let answer = post(&app, Role::Administrator, &last, "retired=yes&confirmed=yes").await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(text(answer).await.contains("quản trị viên cuối cùng"));
    let demoted = change(administrator).await;
    assert_eq!(demoted.status(), StatusCode::BAD_REQUEST);
    assert!(text(demoted).await.contains("quản trị viên cuối cùng"));
    for odd in ["0", "x", "99999999999999999999"] {
        let address = format!("/admin/users/{odd}");
        assert_eq!(page(Role::Administrator, &address).await, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_the_other_sessions() {
    let (_dir, app) = app().await;
    give_password(&app, Role::Supervisor).await;
    let here = cookie(&sign_in(&app, "supervisor", GOOD).await);
    let there = cookie(&sign_in(&app, "supervisor", GOOD).await);
    let token: [u8; 32] = hex::decode(here.split('=').nth(1).unwrap()).unwrap().try_into().unwrap();
    let renew = async |old: &str| {
        let new = "một câu thật dài khác";
        let csrf = session::csrf(&token);
        let body =
            form(&[("csrf", csrf.as_str()), ("old", old), ("password", new), ("again", new)]);
        let request = Request::post("/account/password")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, here.clone());
        ask(&app, None, request, body).await
    };
    assert_eq!(renew("wrong").await.status(), StatusCode::BAD_REQUEST);
    let renewed = renew(GOOD).await;
    assert_eq!(head(&renewed, "location"), "/account?done=password");
    assert_eq!(with(&app, &there, "/").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(with(&app, &here, "/").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(with(&app, &cookie(&renewed), "/account").await.status(), StatusCode::OK);
}
