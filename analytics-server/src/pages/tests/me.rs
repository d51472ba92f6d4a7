//! The officer's own page: it says where they serve and how the tablet there is, and nothing leads them
//! to a page that is not theirs.

use super::live::rate_at;
use super::records::{handles, house, own, rate};
use super::*;
use crate::enrolment::{code_hash, token_hash};
use crate::storage::enrolments::Applicant;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::roster::Duty;
use crate::storage::rows::TabletAssignment;
use axum::http::StatusCode;
use protocol::Level;
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

/// A page of the officer.
async fn read(app: &App, address: &str) -> String {
    own(app, Request::get(address), "").await.2
}

#[tokio::test]
async fn open_invitations_stand_on_the_page_and_a_later_one_says_what_became_of_the_first() {
    const HEADING: &str = "Lời mời vừa gửi";
    let (_dir, mut app) = house().await;
    tablet_at_q01(&app).await;
    let send = async |app: &App, id: u128, ticket: &str| {
        let id = Uuid::from_u128(id);
        let form = format!("id={id}&counter=Q01&stage=return&dossier=&ticket={ticket}");
        own(app, Request::post("/me/invite"), &form).await.1
    };
    assert!(!read(&app, "/me").await.contains(HEADING));
    let first = send(&app, 81, "A012").await;
    let page = read(&app, &first).await;
    for told in ["A012", "Trả kết quả", "12:00:00", "12:01:30", "data-live-again"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Lời mời trước"), "{page}");
    let second = send(&app, 82, "A013").await;
    let page = read(&app, &second).await;
    assert!(page.contains("Lời mời trước của quầy này được thay"), "{page}");
    let page = read(&app, &first).await;
    assert!(page.contains("Đã có lời mời sau") && !page.contains("data-live-again"), "{page}");

    let page = read(&app, "/me").await;
    assert!(page.contains(HEADING) && page.contains("A012") && page.contains("A013"), "{page}");
    assert!(page.contains(&format!("action=\"{second}/cancel\"")), "{page}");
    assert!(!page.contains(&format!("action=\"{first}/cancel\"")), "it opens no more");
    own(&app, Request::post(&*format!("{second}/cancel")), "").await;
    assert!(!read(&app, "/me").await.contains("A013"));
    later(&mut app, 2);
    assert!(!read(&app, "/me").await.contains(HEADING), "their time is over");
}

#[tokio::test]
async fn what_can_be_no_queue_number_is_refused_and_stays_in_the_form() {
    let (_dir, app) = house().await;
    let nines = "9".repeat(300);
    for (sent, typed) in [("A+12+%40%40", "A 12 @@"), (&*nines, &*nines)] {
        let form = format!("id=&counter=Q01&stage=&dossier=&ticket={sent}");
        let (status, _, page) = own(&app, Request::post("/me/invite"), &form).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{typed}");
        assert!(page.contains("không quá 20 ký tự"), "{page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "nothing is cut: {page}");
    }
}

#[tokio::test]
async fn a_reply_has_a_receipt_and_stands_there_until_it_is_answered() {
    let (_dir, app) = house().await;
    let page = read(&app, "/me?period=2023-09").await;
    assert!(page.contains("(không bắt buộc): 3 lượt trong tháng 9 năm 2023"), "{page}");
    assert!(page.contains("được tính") && !page.contains("Bổ sung ý kiến giải trình"), "{page}");
    let handle = handles(&page).remove(0);
    let form = format!("rating={handle}&text=Do+mất+điện");
    let (_, to, _) = own(&app, Request::post("/me/reply"), &form).await;
    let (address, place) = to.split_once('#').unwrap();
    let page = read(&app, address).await;
    assert!(page.contains(&format!("<article class=\"visit middle\" id=\"{place}\">")), "{page}");
    for told in [
        "Đã gửi ý kiến giải trình đến quản lý cơ quan và người kiểm tra",
        "ý kiến giải trình chờ xem xét",
        "<summary>Bổ sung ý kiến giải trình</summary>",
        "2 lượt trong tháng 9 năm 2023",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let page = read(&app, "/me?period=2023-09").await;
    assert!(!page.contains("Đã gửi ý kiến"), "the receipt is of the sending alone");
    let (rating, _) =
        app.store.published_item(1, &hex::decode(&handle).unwrap()).await.unwrap().unwrap();
    let author = Author { user: 1, actor: "test" };
    let (kind, now) = (NoteKind::Accepted, app.clock.now());
    app.store.add_note(rating, kind, author, "Đã xác minh", now).await.unwrap();
    let page = read(&app, "/me?period=2023-09").await;
    assert!(page.contains("ý kiến giải trình đã được xem xét"), "{page}");
    assert!(page.contains("Đã xác minh") && !page.contains("chờ xem xét"), "{page}");
}

#[tokio::test]
async fn a_reply_that_is_not_taken_says_so_at_its_place_and_keeps_what_was_typed() {
    let (_dir, app) = house().await;
    let page = read(&app, "/me?period=2023-09").await;
    assert!(page.contains("Tối đa 1.000 ký tự") && !page.contains("maxlength"), "{page}");
    let handle = handles(&page).remove(1);
    assert!(page.contains(&format!("action=\"/me/reply#r-{handle}\"")), "{page}");
    let long = "ă".repeat(1_001);
    let told = ["vui lòng ghi ý kiến giải trình", "dài hơn 1000 ký tự"];
    for (text, said) in ["++", &*long].into_iter().zip(told) {
        let form = format!("rating={handle}&text={text}");
        let (status, _, page) = own(&app, Request::post("/me/reply"), &form).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{said}");
        assert!(page.contains(said) && !page.contains("ghi ngắn gọn kết quả xử lý"), "{page}");
        let way = format!("<a href=\"#r-{handle}\">Ý kiến giải trình chưa");
        assert!(page.contains(&way), "{page}");
        assert!(text == "++" || page.contains(&long), "nothing is cut");
    }
}

#[tokio::test]
async fn results_are_compared_as_published_and_only_periods_with_results_are_offered() {
    let (_dir, app) = house().await;
    rate(&app, 100..140, 1, Level::Satisfied).await;
    rate(&app, 200..260, 45, Level::Satisfied).await;
    let page = read(&app, "/me?period=2023-09").await;
    let line = page.split("So với kỳ trước: ").nth(1).unwrap().split('<').next().unwrap();
    assert!(line.contains("điểm phần trăm"), "{line}");
    assert!(!page.contains("So với cùng kỳ năm trước"), "{page}");
    assert!(page.contains("không theo tuần") && page.contains("kể cả lượt ở mức Bình thường"));
    assert!(page.contains("do quản trị viên đặt") && page.contains("chưa có ý kiến góp ý nào"));
    for offered in ["<option value=\"2023\">", "<option value=\"2023-08\">"] {
        assert!(page.contains(offered), "{offered}: {page}");
    }
    assert!(page.contains("Kỳ gần nhất trước đó có số liệu: tháng 8 năm 2023"), "{page}");
    assert!(!page.contains("Kỳ gần nhất sau đó") && !page.contains("2023-10"), "{page}");
    let page = read(&app, "/me?period=2023-08").await;
    assert!(page.contains("So với kỳ trước: chưa có số liệu để so sánh"), "{page}");
    let page = read(&app, "/me?period=2026-11").await;
    assert!(
        page.contains("Kỳ gần nhất trước đó có số liệu: tháng 9 năm 2023"),
        "over what is empty: {page}"
    );
}

#[tokio::test]
async fn opening_the_page_publishes_months_of_this_year_and_the_last_alone() {
    const OLD: &str = "<option value=\"2021-10\">";
    let (_dir, app) = house().await;
    rate(&app, 100..140, 700, Level::Satisfied).await;
    rate(&app, 200..240, 400, Level::Satisfied).await;
    let page = read(&app, "/me").await;
    assert!(page.contains("<option value=\"2022-08\">"), "{page}");
    assert!(!page.contains(OLD) && !page.contains("period=2021"), "{page}");
    let stored = app.store.published_periods(1).await.unwrap();
    assert!(!stored.iter().any(|one| one.contains("2021")), "{stored:?}");
    // Who asks for an old one gets it, and from then on it is offered.
    read(&app, "/me?period=2021-10").await;
    let page = read(&app, "/me").await;
    assert!(page.contains(OLD), "{page}");
}

#[tokio::test]
async fn who_has_no_password_is_not_told_to_change_it() {
    let (_dir, app) = house().await;
    let page = read(&app, "/account").await;
    assert!(page.contains("rồi báo quản trị viên") && !page.contains("rồi đổi mật khẩu"), "{page}");
}
