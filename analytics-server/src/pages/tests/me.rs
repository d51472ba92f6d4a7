//! The officer's own page: it says where they serve and how the tablet there is, and nothing leads them
//! to a page that is not theirs.

use super::live::rate_at;
use super::records::{house, own};
use super::*;
use crate::enrolment::{code_hash, token_hash};
use crate::storage::enrolments::Applicant;
use crate::storage::roster::Duty;
use crate::storage::rows::TabletAssignment;
use axum::http::StatusCode;
use protocol::invitation::InvitationState;
use uuid::Uuid;

/// A tablet at the first counter, heard of now.
pub(super) async fn tablet_at_q01(app: &App) -> Uuid {
    let post = TabletAssignment { counter: 1, officer: None, stage: None, simulated: false };
    let (now, id) = (app.clock.now(), Uuid::from_u128(7));
    app.store.add_enrolment_code(&post, code_hash("Q01"), now, now + 1_000).await.unwrap();
    let applicant = Applicant {
        code_hash: code_hash("Q01"),
        id,
        public_key: [1; 32],
        token_hash: token_hash(&[5; 32]),
        app_version: "0.1.0",
    };
    app.store.enrol(&applicant, now).await.unwrap();
    id
}

/// Sets the clock so many minutes later.
fn later(app: &mut App, minutes: i64) {
    let now = app.clock.now() + minutes * 60_000;
    app.clock = Clock::from_fn(move || now);
}

#[tokio::test]
async fn nothing_leads_an_officer_to_a_page_that_is_not_theirs() {
    let (_dir, app) = house().await;
    for address in ["/me", "/", "/records", "/nowhere", "/me?period=x"] {
        let (_, _, page) = own(&app, Request::get(address), "").await;
        assert!(page.contains("<a class=\"brand\" href=\"/me\">"), "{address}");
        assert!(!page.contains("href=\"/\""), "{address}: {page}");
    }
    let (status, _, page) = own(&app, Request::get("/records?lang=en"), "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("<a class=\"button\" href=\"/me?lang=en\">"), "{page}");
    // Others are led to the overview, and whoever is not signed in to what is public.
    let missing =
        async |role| text(ask(&app, role, Request::get("/nowhere"), String::new()).await).await;
    let leader = missing(Some(Role::Leader)).await;
    assert!(leader.contains("<a class=\"button\" href=\"/\">Về trang tổng quan</a>"));
    let stranger = missing(None).await;
    assert!(stranger.contains("<a class=\"button\" href=\"/\">"), "nothing is public");
    let centre = app.centre().with(r#"{"public":{"shown":true}}"#).unwrap();
    assert!(app.change_centre(None, centre, "test").await.unwrap());
    let stranger = missing(None).await;
    assert!(stranger.contains("<a class=\"button\" href=\"/public\">Xem kết quả"), "{stranger}");
}

#[tokio::test]
async fn what_can_not_show_an_invitation_is_said_before_anything_is_sent() {
    let (_dir, mut app) = house().await;
    let form = "id=&counter=Q01&stage=return&dossier=&ticket=A012";
    let sent = async |app: &App| own(app, Request::post("/me/invite"), form).await;
    let (_, _, page) = own(&app, Request::get("/me"), "").await;
    assert!(page.contains("Q01 · Quầy Q01 (chưa có máy tính bảng)"), "{page}");
    let (status, _, page) = sent(&app).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("Chưa gửi lời mời: Quầy Q01 chưa có máy tính bảng"), "{page}");
    assert!(page.contains("value=\"A012\""), "nothing typed is lost");

    tablet_at_q01(&app).await;
    let (_, _, page) = own(&app, Request::get("/me"), "").await;
    assert!(page.contains("Máy tính bảng sẵn sàng"), "{page}");
    assert!(!page.contains("Q01 · Quầy Q01 ("), "{page}");
    later(&mut app, 16);
    let (status, _, page) = sent(&app).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("mất liên lạc (liên lạc gần nhất: 12:00 ngày"), "{page}");
    let open = app.store.open_invitations(app.clock.now()).await.unwrap();
    assert_eq!(open, [], "nothing waits that nobody will see");
}

#[tokio::test]
async fn an_invitation_is_followed_without_a_reload_and_taken_back() {
    let (_dir, mut app) = house().await;
    let tablet = tablet_at_q01(&app).await;
    let id = Uuid::from_u128(78);
    let form = format!("id={id}&counter=Q01&stage=return&dossier=&ticket=");
    let (_, to, _) = own(&app, Request::post("/me/invite"), &form).await;
    let read = async |app: &App| {
        let request = Request::get(&*to)
            .header(header::COOKIE, format!("hai-long={}", hex::encode([99_u8; 32])));
        let answer = ask(app, None, request, String::new()).await;
        assert_eq!(head(&answer, "refresh"), "", "no reader loses their place");
        text(answer).await
    };
    let page = read(&app).await;
    assert!(page.contains("đang chờ máy tính bảng của quầy nhận"), "{page}");
    assert!(page.contains("data-live-again=\"3000\"") && page.contains("role=\"status\""));
    assert!(page.contains(&format!("<a href=\"{to}\">Xem lại trạng thái</a>")), "{page}");
    let now = app.clock.now();
    app.clock = Clock::from_fn(move || now + 20_000);
    assert!(read(&app).await.contains("chưa nhận lời mời"));
    app.store.next_invitation(tablet, 1, None, app.clock.now()).await.unwrap().unwrap();
    assert!(read(&app).await.contains("đã nhận lời mời"));

    let cancel = format!("{to}/cancel");
    let (status, back, _) = own(&app, Request::post(&*cancel), "").await;
    assert_eq!((status, &back), (StatusCode::SEE_OTHER, &to));
    let page = read(&app).await;
    assert!(page.contains("Đã hủy lời mời") && !page.contains("data-live-again"), "{page}");
    let row = app.store.invitation(id).await.unwrap().unwrap();
    assert_eq!(row.state(app.clock.now()), InvitationState::Superseded);
    assert!(row.cancelled);
}

#[tokio::test]
async fn the_page_says_where_its_officer_serves() {
    let (_dir, app) = house().await;
    let now = app.clock.now();
    let page = async || own(&app, Request::get("/me"), "").await.2;
    assert!(page().await.contains("Quầy phục vụ thường xuyên: Quầy Q01"), "a Sunday");
    let duty = |officer, counter| Duty {
        num: 0,
        counter,
        officer,
        from: now - 3_600_000,
        until: now + 2 * 3_600_000,
    };
    app.store.add_duty(&duty(2, 1), "test", now).await.unwrap();
    assert!(page().await.contains("hiện có người khác phục vụ tại Quầy Q01"));
    app.store.add_duty(&duty(1, 2), "test", now).await.unwrap();
    let page = page().await;
    assert!(page.contains("Đang phục vụ tại Quầy Q02 đến 14:00"), "{page}");
    assert!(page.contains("<option value=\"Q02\" selected>"), "they invite where they serve");
}

#[tokio::test]
async fn levels_stand_with_their_parts_of_all() {
    let (_dir, app) = app().await;
    rate_at(&app, app.clock.now() - 2 * 86_400_000, [30, 8, 1, 1, 0], [0; 5]).await;
    let centre = app.centre().with(r#"{"public":{"shown":true}}"#).unwrap();
    App::put_centre(&app.store, &centre, "test", app.clock.now()).await.unwrap();
    for address in ["/public", "/screen"] {
        let page = text(ask(&app, None, Request::get(address), String::new()).await).await;
        let faces = page.split("<ul class=\"level-faces\">").nth(1).unwrap();
        let faces = faces.split("</ul>").next().unwrap();
        assert_eq!(faces.matches("<svg class=\"face ").count(), 5, "{faces}");
        for told in ["75,00%", "20,00%", "2,50%", "0%", "30 lượt", "Rất không hài lòng"] {
            assert!(faces.contains(told), "{address} {told}: {faces}");
        }
        assert!(page.contains("95,00%"), "{address}");
    }
}
