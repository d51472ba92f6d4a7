//! Much at once, of strangers and of people behind one address.

use super::accounts_attack::{form, give_password};
use super::records::{house, own};
use super::*;
use crate::auth::throttle::{Client, Target, Try};
use axum::http::StatusCode;
use uuid::Uuid;

/// Nobody's form is read further than a form before the sign-in is long.
#[tokio::test]
async fn strangers_get_no_memory_for_their_forms() {
    let (_dir, app) = app().await;
    let large = form(&[("name", "leader"), ("password", &"x".repeat(20_000))]);
    for path in ["/sign-in", "/sign-in/second"] {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = ask(&app, None, request, large.clone()).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
    }
    // A body that never ends, for a page that asks for a right: answered without a byte of it.
    let endless = futures_util::stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
    let request = Request::post("/account/language").body(Body::from_stream(endless)).unwrap();
    let answered = crate::http::router(app).oneshot(request);
    let soon = tokio::time::timeout(std::time::Duration::from_secs(5), answered).await;
    let status = soon.expect("nobody waits for the body").unwrap().status();
    assert!(status.is_client_error(), "{status}");
}

/// People behind one address mistype and sign in; nobody keeps the others out.
#[tokio::test]
async fn a_building_behind_one_address_goes_on_signing_in() {
    let (_dir, app) = app().await;
    give_password(&app, Role::Leader).await;
    let client = Client(Some(std::net::Ipv4Addr::new(203, 0, 113, 7).into()));
    for person in 0..100 {
        let name = format!("person-{person}");
        let taken = Try::take(&app, Target::Name(&name), &client).await.unwrap();
        assert!(taken.is_ok(), "{name}");
    }
    let taken = Try::take(&app, Target::Name("leader"), &client).await.unwrap();
    taken.unwrap().succeed(&app).await.unwrap();
    for code in 0..30 {
        let taken = Try::take(&app, Target::Enrolment, &client).await.unwrap();
        assert!(taken.is_ok(), "{code}");
    }
}

#[tokio::test]
async fn wrong_enrolment_codes_wait_by_address() {
    let (_dir, app) = app().await;
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes();
    let request = protocol::exchange::EnrolRequest {
        code: "0000-0000".into(),
        public_key: key,
        token: [1; 32],
        app_version: "1".into(),
        tablet: None,
    };
    let body = serde_json::to_string(&request).unwrap();
    let guess = async |address: [u8; 4]| {
        let from = axum::extract::ConnectInfo(std::net::SocketAddr::from((address, 1)));
        // Without a proxy of our own the header does not count.
        let request = Request::post("/api/v1/enrolments")
            .header("x-forwarded-for", "10.9.9.9")
            .extension(from);
        ask(&app, None, request, body.clone()).await
    };
    // Of two hundred at one moment each is counted before it is checked. Some more than the sixty
    // pass, because places come free while it lasts.
    let all = futures_util::future::join_all((0..200).map(|_| guess([10, 0, 0, 7]))).await;
    let looked_at = all.iter().filter(|one| one.status() == StatusCode::FORBIDDEN).count();
    assert!((60..90).contains(&looked_at), "{looked_at}");
    let waits = all.into_iter().find(|one| one.status() == StatusCode::TOO_MANY_REQUESTS).unwrap();
    let seconds: u64 = head(&waits, "retry-after").parse().unwrap();
    assert!((1..=3).contains(&seconds), "{seconds}");
    assert!(text(waits).await.contains("\"code\":\"too_many\""));
    assert_eq!(guess([10, 0, 0, 8]).await.status(), StatusCode::FORBIDDEN, "others go on");
}

#[tokio::test]
async fn an_officer_who_invites_without_end_waits() {
    let (_dir, app) = house().await;
    super::me::tablet_at_q01(&app).await;
    let mut last = StatusCode::OK;
    for nth in 1..=32 {
        let form = format!("id={}&counter=Q01&stage=&dossier=&ticket=", Uuid::from_u128(nth));
        let (status, _, page) = own(&app, Request::post("/me/invite"), &form).await;
        if status != StatusCode::SEE_OTHER {
            assert!(nth > 30 && page.contains("nhiều lời mời trong một phút"), "{nth} {page}");
        }
        last = status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
