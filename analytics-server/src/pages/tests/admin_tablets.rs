//! Tablets, portraits and the centre's settings in the administration.

use super::admin::{furnished, get, send};
use super::*;
use crate::storage::enrolments::Applicant;
use axum::http::StatusCode;
use image::ImageFormat;
use protocol::enrol_link::EnrolLink;
use std::io::Cursor;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// The value of a hidden field of a page.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    let rest = page.split(&begin).nth(1).unwrap();
    rest.split('"').next().unwrap().replace("&#34;", "\"").replace("&#38;", "&")
}

/// A tablet enrolled by a code of the page; its id.
pub(super) async fn tablet(app: &App) -> Uuid {
    let fields = [("counter", "Q01"), ("officer", ""), ("stage", "return")];
    let page = text(send(app, "/admin/tablets/new", &fields).await).await;
    let link = page.split("<p class=\"link\"><code>").nth(1).unwrap().split('<').next().unwrap();
    let link: EnrolLink = link.replace("&#38;", "&").parse().unwrap();
    assert_eq!(link.server, "http://localhost");
    assert!(page.contains("<svg class=\"qr\""));
    let id = Uuid::from_u128(7);
    let applicant = Applicant {
        code_hash: crate::enrolment::code_hash(&link.code),
        id,
        public_key: [1; 32],
        token_hash: crate::enrolment::token_hash(&[5; 32]),
        app_version: "0.1.0",
    };
    app.store.enrol(&applicant, app.clock.now()).await.unwrap();
    id
}

#[tokio::test]
async fn an_event_that_is_refused_on_its_way_stands_on_every_page_of_tablets() {
    let (_dir, app) = furnished().await;
    let id = tablet(&app).await;
    let beat = |blocked: &str| {
        let request = Request::post(format!("/api/v1/tablets/{id}/heartbeat"))
            .header("authorization", format!("Bearer {}", "05".repeat(32)))
            .header("content-type", "application/json");
        let body = format!(
            r#"{{"at":0,"app_version":"0.1.0","uptime":0,"boots":1,"recorded":52,"pending":40,"questionnaire":3{blocked}}}"#
        );
        ask(&app, None, request, body)
    };
    let blocked = r#","blocked":{"number":13,"since":9000000000000000,"status":403,"more":1}"#;
    assert_eq!(beat(blocked).await.status(), StatusCode::OK);
    let known = app.store.blocked_events().await.unwrap()[&id];
    assert_eq!((known.number, known.since), (13, app.clock.now()), "not in the future");
    let list = text(get(&app, "/admin/tablets").await).await;
    assert!(list.contains("40 (bị chặn)"), "{list}");
    let one = text(get(&app, &format!("/admin/tablets/{id}")).await).await;
    assert!(one.contains("Bản ghi số 13, từ") && one.contains("mã HTTP: 403"), "{one}");
    let fleet = text(get(&app, "/tablets?show=trouble").await).await;
    assert!(fleet.contains("Bản ghi số 13, từ") && fleet.contains("1 máy gặp sự cố"), "{fleet}");
    assert!(fleet.contains("phiên bản 3"), "of the questionnaire: {fleet}");
    let english = text(get(&app, "/tablets?lang=en").await).await;
    assert!(english.contains("Record 13, since") && english.contains("HTTP status: 403"));
    assert_eq!(crate::alerts::look_around(&app).await.unwrap(), 1);
    let alert = text(get(&app, "/alerts/1").await).await;
    assert!(alert.contains("Bản ghi số 13 của máy tính bảng tại"), "{alert}");
    assert!(alert.contains("kiểm tra tường lửa"), "{alert}");
    assert_eq!(beat("").await.status(), StatusCode::OK);
    let list = text(get(&app, "/admin/tablets").await).await;
    assert!(!list.contains("bị chặn"), "{list}");
}

#[tokio::test]
async fn a_code_admits_a_tablet_and_is_shown_once() {
    let (_dir, app) = furnished().await;
    for (fields, said) in [
        ([("counter", ""), ("officer", ""), ("stage", "")], "chọn một quầy đang dùng"),
        ([("counter", "Q99"), ("officer", ""), ("stage", "")], "chọn một quầy đang dùng"),
        ([("counter", "Q01"), ("officer", "X"), ("stage", "")], "chọn một người đang làm việc"),
        ([("counter", "Q01"), ("officer", ""), ("stage", "x")], "chọn một khâu"),
    ] {
        let refused = send(&app, "/admin/tablets/new", &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(refused).await.contains(said), "{fields:?}");
    }
    let good = [("counter", "Q01"), ("officer", "CC001"), ("stage", "")];
    let made = send(&app, "/admin/tablets/new", &good).await;
    assert_eq!((made.status(), head(&made, "cache-control")), (StatusCode::OK, "no-store"));
    let change = app.store.audit_log(1).await.unwrap().remove(0);
    assert_eq!(
        (change.actor.as_str(), change.action.as_str()),
        ("user administrator", "add enrolment code")
    );
    let id = tablet(&app).await;
    let list = text(get(&app, "/admin/tablets").await).await;
    assert!(list.contains(&format!("/admin/tablets/{id}")) && list.contains("Trả kết quả"));
}

#[tokio::test]
async fn a_counter_with_a_tablet_stays_until_it_is_moved_or_retired() {
    let (_dir, app) = furnished().await;
    let id = tablet(&app).await;
    let sure = [("retired", "yes"), ("confirmed", "yes")];
    let refused = send(&app, "/admin/counters/1/retire", &sure).await;
    let page = text(refused).await;
    assert!(page.contains("Còn 1 máy tính bảng tại quầy này; vui lòng chuyển"), "{page}");
    let second = [("code", "Q02"), ("name", "Quầy 2"), ("department", "SKHDT"), ("site", "")];
    send(&app, "/admin/counters/new", &second).await;
    let address = format!("/admin/tablets/{id}");
    let was = hidden(&text(get(&app, &address).await).await, "was");
    let place = async |counter: &str| {
        let fields = [("was", &*was), ("counter", counter), ("officer", ""), ("stage", "")];
        send(&app, &address, &fields).await
    };
    assert_eq!(place("Q02").await.status(), StatusCode::SEE_OTHER);
    let late = text(place("Q01").await).await;
    assert!(late.contains("<td>Q02</td><td>Q01</td>"), "{late}");
    let retired = send(&app, "/admin/counters/1/retire", &sure).await;
    assert_eq!(retired.status(), StatusCode::SEE_OTHER);

    let settings = async || {
        let token = format!("Bearer {}", hex::encode([5; 32]));
        let request = Request::get(format!("/api/v1/tablets/{id}/settings"))
            .header(header::AUTHORIZATION, token);
        ask(&app, None, request, String::new()).await
    };
    assert_eq!(settings().await.status(), StatusCode::OK);
    let asked = send(&app, &format!("{address}/retire"), &[]).await;
    let asked = text(asked).await;
    assert!(asked.contains("name=\"confirmed\" value=\"yes\""), "{asked}");
    assert!(asked.contains("tại Q02 · Quầy 2?"), "it names the counter: {asked}");
    assert!(asked.contains("Máy không tự dừng"), "{asked}");
    assert_eq!(settings().await.status(), StatusCode::OK, "one press does nothing");
    let gone = send(&app, &format!("{address}/retire"), &[("confirmed", "yes")]).await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    let stranger = settings().await;
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED, "like one that is not known");
    assert!(text(place("Q02").await).await.contains("Máy đã ngừng dùng"));
    let past = text(get(&app, &address).await).await;
    assert!(!past.contains(">Lưu</button>") && past.contains("Q02 · Quầy 2"), "{past}");
    assert!(past.contains("href=\"/admin/tablets/new\""), "only a new code helps: {past}");
    assert!(!text(get(&app, "/admin/tablets").await).await.contains(&id.to_string()));
    let all = text(get(&app, "/admin/tablets?show=all").await).await;
    assert!(all.contains(&id.to_string()), "its events stay, and so does it");
}

#[tokio::test]
async fn a_tablets_page_tells_whom_it_continues_and_who_continues_it() {
    let (_dir, app) = furnished().await;
    let first = tablet(&app).await;
    let known = app.store.tablet(first).await.unwrap().unwrap();
    let (second, start) = (Uuid::from_u128(0xabc_0def), protocol::Head::start(first));
    app.store.continue_by_hand(&known, (second, start), app.clock.now()).await.unwrap();
    let short = |id: Uuid| id.simple().to_string().split_off(24);
    let old = text(get(&app, &format!("/admin/tablets/{first}")).await).await;
    assert!(old.contains("Được nối tiếp bởi máy") && old.contains(&short(second)), "{old}");
    let new = text(get(&app, &format!("/admin/tablets/{second}")).await).await;
    assert!(new.contains("Nối tiếp máy") && new.contains(&short(first)), "{new}");
    assert!(new.contains("nhật ký nhập từ tệp"), "{new}");
    let change = app.store.audit_log(1).await.unwrap().remove(0);
    assert_eq!(change.action, "continue");
}

/// Sends a file as a browser does, the token first.
pub(super) async fn upload(app: &App, address: &str, csrf: &str, file: &[u8]) -> Response<Body> {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"tệp.bin\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let cookie = format!("hai-long={}", hex::encode(token(Role::Administrator)));
    let request = Request::post(address)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body));
    router(app).with_state(app.clone()).oneshot(request.unwrap()).await.unwrap()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

#[tokio::test]
async fn a_portrait_is_drawn_anew_and_anything_else_gets_one_sentence() {
    let (_dir, app) = furnished().await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    let address = "/admin/officers/1/photo";
    // A picture that says it has forty thousand million pixels.
    let mut bomb = png(10, 10);
    bomb[16..24].copy_from_slice(&[0, 3, 13, 64, 0, 3, 13, 64]);
    let large = vec![0xff; 5 * 1024 * 1024 + 1];
    for (file, said) in [
        (&b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"[..], "không phải là ảnh JPEG hoặc PNG"),
        (&b"GIF89a"[..], "không phải là ảnh"),
        (&png(8, 8)[..40], "tệp bị hỏng"),
        (&bomb, "25 triệu điểm ảnh"),
        (&large, "lớn hơn 5 MB"),
        (&b""[..], "chọn một tệp ảnh"),
    ] {
        let refused = upload(&app, address, &csrf, file).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(refused).await.contains(said), "{said}");
    }
    assert_eq!(app.store.photo(1).await.unwrap(), None);
    let stranger = upload(&app, address, "0011", &png(8, 8)).await;
    assert_eq!(stranger.status(), StatusCode::FORBIDDEN);

    // Twenty-one megapixels decode within the limits.
    let taken = upload(&app, address, &csrf, &png(6_000, 3_500)).await;
    assert_eq!(head(&taken, "location"), "/admin/officers/1?done=photo");
    let page = text(get(&app, "/admin/officers/1").await).await;
    let image = page.split("src=\"/admin").nth(1).unwrap().split('"').next().unwrap();
    let seen = get(&app, &format!("/admin{image}")).await;
    assert_eq!(head(&seen, "content-type"), "image/jpeg");
    assert_eq!(head(&seen, "x-content-type-options"), "nosniff");
    let removed = send(&app, "/admin/officers/1/photo/remove", &[]).await;
    assert_eq!(removed.status(), StatusCode::SEE_OTHER);
    assert_eq!(get(&app, address).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(app.store.audit_log(1).await.unwrap()[0].actor, "user administrator");
}

/// All fields of the centre's form as the page has them, some of them changed.
pub(super) async fn centre_fields(app: &App, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let centre = app.centre_now().await.unwrap();
    let page = text(get(app, "/admin/centre").await).await;
    let mut typed = crate::centre::fields::typed_of(&centre);
    typed.insert("was".into(), hidden(&page, "was"));
    for (name, value) in changes {
        typed.insert((*name).to_owned(), (*value).to_owned());
    }
    typed.into_iter().collect()
}

pub(super) async fn save_centre(app: &App, fields: &[(String, String)]) -> Response<Body> {
    let fields: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    send(app, "/admin/centre", &fields).await
}

#[tokio::test]
async fn the_centre_is_changed_by_a_form_and_every_server_follows() {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: Uuid::nil(), secret: [0; 32], now: 0 };
    let clock = Arc::new(AtomicI64::new(1_000_000_000));
    let open = async || {
        let clock = Arc::clone(&clock);
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let now = Clock::from_fn(move || clock.load(Ordering::Relaxed));
        App::open(store, dir.path(), now).await.unwrap()
    };
    let (first, second) = (open().await, open().await);
    let changed = first.centre().with(r#"{"name":{"vi":"Trung tâm mới"}}"#).unwrap();
    assert!(first.change_centre(None, changed, "test").await.unwrap());
    let shows = async |app: &App| {
        let page = ask(app, None, Request::get("/sign-in"), String::new()).await;
        text(page).await.contains("Trung tâm mới")
    };
    assert!(shows(&first).await, "at once where it was changed");
    assert!(!shows(&second).await, "believed for two seconds elsewhere");
    clock.fetch_add(2_000, Ordering::Relaxed);
    assert!(shows(&second).await);
}

#[tokio::test]
async fn the_centres_form_tells_each_fault_and_whoever_was_later() {
    let (_dir, app) = furnished().await;
    let zone = centre_fields(&app, &[("zone", "Asia/Sai_Gon"), ("place", "Nơi X")]).await;
    let refused = save_centre(&app, &zone).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("Không có múi giờ này") && page.contains("value=\"Nơi X\""), "{page}");
    assert!(page.contains("aria-describedby=\"h-zone e-zone\""), "hint and error of it: {page}");

    let good = [
        ("zone", "Asia/Bangkok"),
        ("notice-vi", "Nghỉ chiều"),
        ("hours-5-0-from", "07:30"),
        ("hours-5-0-until", "11:00"),
    ];
    let fields = centre_fields(&app, &good).await;
    assert_eq!(save_centre(&app, &fields).await.status(), StatusCode::SEE_OTHER);
    let centre = app.centre();
    assert_eq!(centre.notice["vi"], "Nghỉ chiều");
    assert_eq!(centre.hours.week[5][0].until.to_string(), "11:00");
    let page = text(get(&app, "/admin/centre").await).await;
    assert!(page.contains("sẽ áp dụng sau khi khởi động lại"), "{page}");
    // The same form again was made from what is no more.
    let mut late = fields.clone();
    late.retain(|(name, _)| name != "place");
    late.push(("place".into(), "Nơi Y".into()));
    let late = save_centre(&app, &late).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(late).await.contains("người khác đã thay đổi"));
    assert_ne!(app.centre().letterhead.place, "Nơi Y");
}

#[tokio::test]
async fn the_public_page_is_switched_and_worded_by_the_form() {
    let (_dir, app) = furnished().await;
    let public = async || {
        let answer = ask(&app, None, Request::get("/public"), String::new()).await;
        (answer.status(), text(answer).await)
    };
    assert_eq!(public().await.0, StatusCode::NOT_FOUND);
    let wrong = centre_fields(&app, &[("public-web", "dichvucong.gov.vn")]).await;
    let refused = save_centre(&app, &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("phải bắt đầu bằng https://"));
    let channels = [
        ("public-shown", "yes"),
        ("public-hotline", "1022"),
        ("public-web", "https://dichvucong.gov.vn"),
        ("public-address-vi", "Sảnh <Trung tâm>"),
    ];
    let fields = centre_fields(&app, &channels).await;
    assert_eq!(save_centre(&app, &fields).await.status(), StatusCode::SEE_OTHER);
    let (status, page) = public().await;
    assert_eq!(status, StatusCode::OK);
    for said in ["1022", "https://dichvucong.gov.vn", "Sảnh &#60;Trung tâm&#62;"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let fields = centre_fields(&app, &[("public-shown", "no"), ("public-web", "")]).await;
    assert_eq!(save_centre(&app, &fields).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(public().await.0, StatusCode::NOT_FOUND);
    let kept = app.centre().public.petitions.clone();
    assert_eq!((kept.hotline.as_str(), kept.web.as_str()), ("1022", ""));
}
