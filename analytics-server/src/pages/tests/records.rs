//! Single visits: who sees which, what is done about them, and that nothing tells more than it may.

use super::me::tablet_at_q01;
use super::*;
use crate::storage::rows::{Counter, FileColumns, ImportedRating, Officer};
use axum::http::StatusCode;
use protocol::{Level, Scale, Stage};
use uuid::Uuid;

pub(super) const HOUR: i64 = 3_600_000;

/// A house of two departments with a counter and an officer each, and ratings at both: ten a
/// department, every third one low. The first officer is the person of that role.
pub(super) async fn house() -> (TempDir, App) {
    let (dir, app) = super::app().await;
    let now = app.clock.now();
    let other =
        Department {
            id: 0, code: "STP".into(), name: "Sở Tư pháp".into(), ticket_prefix: None
        };
    app.store.put_departments(&[other], now).await.unwrap();
    let counter = |code: &str, department| Counter {
        id: 0,
        code: code.into(),
        name: format!("Quầy {code}"),
        department,
    };
    app.store.put_counters(&[counter("Q01", 1), counter("Q02", 2)], now).await.unwrap();
    let officer = |code: &str, place| Officer {
        id: 0,
        code: code.into(),
        name: format!("Nguyễn Văn {}", if place == 1 { "A" } else { "B" }),
        title: "Chuyên viên".into(),
        department: place,
        counter: Some(place),
    };
    app.store.put_officers(&[officer("CC001", 1), officer("CC002", 2)], now).await.unwrap();
    let rating = |id: u128, place: i64| ImportedRating {
        id: Uuid::from_u128(id),
        at: now - HOUR * 24 + i64::try_from(id % 10).unwrap() * 60_000,
        counter: place,
        officer: place,
        stage: Some(Stage::Receive),
        scale: Scale::Five,
        level: if id.is_multiple_of(3) { Level::Dissatisfied } else { Level::Satisfied },
        dossier: Some(format!("H53.02-230914-{id:04}")),
        reasons: id.is_multiple_of(3).then(|| "Chờ đợi lâu".to_owned()).into_iter().collect(),
        comment: None,
        told: FileColumns::default(),
        simulated: false,
    };
    let rows: Vec<_> =
        (1..=10).map(|id| rating(id, 1)).chain((11..=20).map(|id| rating(id, 2))).collect();
    app.store.import_ratings(&rows, now).await.unwrap();
    let data = UserData {
        name: "can-bo".into(),
        full_name: "Nguyễn Văn A".into(),
        role: Role::Officer,
        departments: [].into(),
        officer: Some(1),
        email: None,
        language: None,
    };
    let user = app.store.add_user(&data, "test", now).await.unwrap().unwrap();
    // Takes the place of the officer's account that names nobody.
    let hash = session::token_hash(&OWN);
    app.store.begin_session(hash, user, Proof::Click, false, "test", now).await.unwrap();
    (dir, app)
}

const OWN: [u8; 32] = [99; 32];

pub(super) async fn get(app: &App, role: Role, address: &str) -> (StatusCode, String) {
    let answer = ask(app, Some(role), Request::get(address), String::new()).await;
    (answer.status(), text(answer).await)
}

/// As the officer who is somebody.
pub(super) async fn own(app: &App, request: Builder, form: &str) -> (StatusCode, String, String) {
    let request = request
        .header(header::COOKIE, format!("hai-long={}", hex::encode(OWN)))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let body = format!("csrf={}&{form}", session::csrf(&OWN));
    let answer = ask(app, None, request, body).await;
    let to = head(&answer, "location").to_owned();
    (answer.status(), to, text(answer).await)
}

/// The numbers of visits that a page links to.
pub(super) fn listed(page: &str) -> Vec<i64> {
    let links = page.split("href=\"/records/").skip(1);
    links.filter_map(|rest| rest.split(['"', '?']).next()?.parse().ok()).collect()
}

#[tokio::test]
async fn a_supervisor_sees_their_departments_visits_and_no_others_by_any_address() {
    let (_dir, app) = house().await;
    let (status, page) = get(&app, Role::Supervisor, "/records").await;
    assert_eq!((status, listed(&page).len()), (StatusCode::OK, 10));
    assert!(!page.contains("Sở Tư pháp") && !page.contains("CC002"));
    let (_, page) = get(&app, Role::Leader, "/records").await;
    assert_eq!(listed(&page).len(), 20);
    for foreign in [
        "/records?department=STP",
        "/records?counter=Q02",
        "/records?officer=CC002",
        "/comments?department=STP",
        "/tablets?department=STP",
        "/records/15",
        "/records/9999",
        "/records/x",
        "/records?department=NONE",
    ] {
        let (status, page) = get(&app, Role::Supervisor, foreign).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{foreign}");
        assert!(!page.contains("Tư pháp"), "{foreign}");
    }
    for form in ["note", "reply", "propose"] {
        let address = format!("/records/15/{form}");
        let answer = post(&app, Role::Supervisor, &address, "text=x&reason=other").await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{form}");
    }
    assert_eq!(app.store.notes(15).await.unwrap(), []);
    let (_, flags) = get(&app, Role::Supervisor, "/flags").await;
    assert!(!flags.contains("Tư pháp"));
}

#[tokio::test]
async fn the_worst_hour_is_read_by_its_address() {
    let (_dir, app) = house().await;
    let address = "/records?date=2023-09-30&hour=12&department=SKHDT&level=low";
    let (status, page) = get(&app, Role::Supervisor, address).await;
    assert_eq!((status, listed(&page).len()), (StatusCode::OK, 3));
    assert!(page.contains("3 lượt đánh giá") && page.contains("từ 12 giờ đến 13 giờ"));
    assert!(page.contains("Chờ đợi lâu") && page.contains("Nguyễn Văn A"));
    let (_, page) = get(&app, Role::Supervisor, &address.replace("hour=12", "hour=13")).await;
    assert!(listed(&page).is_empty());
    for (bad, said) in [
        ("date=31-02-2023", "không phải là ngày hợp lệ"),
        ("hour=24", "không phải là giờ hợp lệ"),
        ("level=ecstatic", "không phải là một mức độ"),
        ("state=%3Cb%3E", "không phải là một tình trạng"),
    ] {
        let (status, page) = get(&app, Role::Leader, &format!("/records?{bad}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(page.contains(said) && !page.contains("<b>") && listed(&page).is_empty(), "{bad}");
    }
    for odd in ["after=x", "date=2023-09-30&date=2023-09-29"] {
        let (status, _) = get(&app, Role::Leader, &format!("/records?{odd}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{odd}");
    }
    let (status, page) = get(&app, Role::Leader, "/records?from=2190-01-01").await;
    assert_eq!((status, listed(&page)), (StatusCode::OK, vec![]), "a day in the future");
}

#[tokio::test]
async fn a_form_that_comes_twice_is_written_once() {
    let (_dir, app) = house().await;
    let low = 3;
    for _ in 0..2 {
        let answer = post(&app, Role::Supervisor, "/records/3/note", "text=Đã+xin+lỗi").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(head(&answer, "location"), "/records/3");
        post(&app, Role::Supervisor, "/records/3/reply", "text=Do+mất+điện").await;
        post(&app, Role::Auditor, "/records/3/ruling", "text=Máy+hỏng&ruling=out").await;
    }
    assert_eq!(app.store.notes(low).await.unwrap().len(), 3);
    let (_, page) = get(&app, Role::Supervisor, "/records/3").await;
    assert!(
        page.contains("Đã xin lỗi") && page.contains("Do mất điện") && page.contains("Máy hỏng")
    );
    let empty = post(&app, Role::Supervisor, "/records/3/note", "text=++").await;
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
    let long = format!("text={}", "ă".repeat(1_001));
    let long = post(&app, Role::Supervisor, "/records/3/note", &long).await;
    assert_eq!(long.status(), StatusCode::BAD_REQUEST);
    assert!(text(long).await.contains("ăăă"), "nothing typed is lost");
}

#[tokio::test]
async fn what_is_ruled_out_is_not_counted_until_it_is_ruled_in() {
    let (_dir, app) = house().await;
    let period = crate::period::parse("2023-09", crate::period::Policy::Calendar).unwrap();
    assert_eq!(app.figures(&period).await.unwrap().ratings.total, 20);
    post(&app, Role::Auditor, "/records/3/ruling", "text=Máy+hỏng&ruling=out").await;
    let figures = app.figures(&period).await.unwrap();
    assert_eq!((figures.ratings.total, figures.ratings.levels.dissatisfied), (19, 5));
    let (_, page) = get(&app, Role::Leader, "/records?state=ruled_out").await;
    assert_eq!(listed(&page), [3]);
    post(&app, Role::Auditor, "/records/3/ruling", "text=Nhầm&ruling=in").await;
    assert_eq!(app.figures(&period).await.unwrap().ratings.total, 20);
}

#[tokio::test]
async fn an_officer_sees_no_single_visit_but_what_they_may_answer() {
    let (_dir, app) = house().await;
    let (status, _, page) = own(&app, Request::get("/me?period=2023-09"), "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Mời đánh giá") && page.contains("Chờ đợi lâu"));
    assert!(page.contains("<p class=\"number\">10</p>") && page.contains("70,0"), "{page}");
    for hidden in ["H53.02", "12:0", "/records/", "Nguyễn Văn B", "Q02", "30/09/2023 ·"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    for id in 1..=10 {
        assert!(!page.contains(&Uuid::from_u128(id).to_string()), "the session of {id}");
    }
    let handles = handles(&page);
    assert_eq!(handles.len(), 3, "{page}");
    let reply = |handle: &str| format!("rating={handle}&text=Do+mất+điện");
    let there = format!("/me?period=2023-09&replied={0}#r-{0}", handles[0]);
    for _ in 0..2 {
        let (status, to, _) = own(&app, Request::post("/me/reply"), &reply(&handles[0])).await;
        assert_eq!((status, &to), (StatusCode::SEE_OTHER, &there));
    }
    // Who is in charge finds it.
    let (_, page) = get(&app, Role::Auditor, "/flags?period=2023-09").await;
    assert!(page.contains("state=unanswered"), "{page}");
    let (_, page) = get(&app, Role::Auditor, "/records?state=replied").await;
    let replied = listed(&page);
    assert!(replied.len() == 1 && [3, 6, 9].contains(&replied[0]), "{replied:?}");
    let (_, _, page) = own(&app, Request::get("/me?period=2023-09"), "").await;
    assert!(page.contains("Do mất điện"), "{page}");
    // Another officer's, one that is neither low nor flagged, one that is not there.
    for id in [12, 1, 999] {
        for handle in [Uuid::from_u128(id).to_string(), Uuid::from_u128(id).simple().to_string()] {
            let (status, ..) = own(&app, Request::post("/me/reply"), &reply(&handle)).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{id}");
        }
    }
    for address in ["/records", "/records/3", "/comments", "/flags", "/tablets", "/quarantine"] {
        let (status, ..) = own(&app, Request::get(address), "").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{address}");
    }
    let (status, _) = get(&app, Role::Officer, "/me").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "an account that names nobody");
}

/// What the forms of replies name, in their order.
pub(super) fn handles(page: &str) -> Vec<String> {
    let fields = page.split("name=\"rating\" value=\"").skip(1);
    fields.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Ratings of the first officer, so many days ago.
pub(super) async fn rate(app: &App, ids: std::ops::Range<u128>, days: i64, level: Level) {
    let at = app.clock.now() - days * 24 * HOUR;
    let row = |id: u128| ImportedRating {
        id: Uuid::from_u128(id),
        at: at + i64::try_from(id % 10).unwrap() * 1_000,
        counter: 1,
        officer: 1,
        stage: None,
        scale: Scale::Five,
        level,
        dossier: None,
        reasons: vec!["Hướng dẫn chưa rõ".into()],
        comment: None,
        told: FileColumns::default(),
        simulated: false,
    };
    let rows: Vec<_> = ids.map(row).collect();
    app.store.import_ratings(&rows, app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn two_readings_of_an_officers_page_with_something_between_are_the_same() {
    let (_dir, mut app) = house().await;
    let addresses = ["/me", "/me?period=2023-09", "/me?period=2023", "/me?period=2023-08"];
    let read = async |app: &App| {
        let mut pages = Vec::new();
        for address in addresses {
            pages.push(own(app, Request::get(address), "").await.2);
        }
        pages
    };
    let now = app.clock.now();
    let later = |app: &mut App, minutes: i64| {
        app.clock = Clock::from_fn(move || now + minutes * 60_000);
    };
    let before = read(&app).await;
    assert!(before[3].contains("chưa đủ 10 lượt") && !before[3].contains("<blockquote"));
    // A rating of today; low ones of a day that was told and of a month that was not; a comment; a
    // ruling; an invitation's dossier that was rated. Each alone, and all of them together.
    rate(&app, 40..41, 0, Level::VeryDissatisfied).await;
    later(&mut app, 1);
    assert_eq!(read(&app).await, before, "a rating of today");
    rate(&app, 41..44, 1, Level::VeryDissatisfied).await;
    later(&mut app, 2);
    assert_eq!(read(&app).await, before, "late arrivals");
    rate(&app, 44..48, 45, Level::Dissatisfied).await;
    later(&mut app, 3);
    assert_eq!(read(&app).await, before, "of another month");
    post(&app, Role::Auditor, "/records/3/ruling", "text=Máy+hỏng&ruling=out").await;
    later(&mut app, 4);
    assert_eq!(read(&app).await, before, "a ruling");

    // Seven more on that day are ten, less the one that was ruled out.
    rate(&app, 48..56, 1, Level::VeryDissatisfied).await;
    later(&mut app, 5);
    let after = read(&app).await;
    assert!(after[1].contains("<p class=\"number\">20</p>"), "{}", after[1]);
    assert_eq!(handles(&after[1]).len(), 3 + 11);
    assert!(after[1].contains("Kết luận: không tính") && after[1].contains("Máy hỏng"));
    assert_eq!(after[3], before[3], "four of August are never told apart");
    assert!(after[0].contains(">20<"), "the newest that was told");
}

#[tokio::test]
async fn an_invitation_is_sent_once_and_followed_by_its_officer_alone() {
    let (_dir, app) = house().await;
    tablet_at_q01(&app).await;
    let id = Uuid::from_u128(77);
    let form = |counter: &str, dossier: &str| {
        format!("id={id}&counter={counter}&stage=return&dossier={dossier}&ticket=A012")
    };
    let mut addresses = Vec::new();
    for _ in 0..2 {
        let sent = own(&app, Request::post("/me/invite"), &form("Q01", "h53.02-230914-0900")).await;
        assert_eq!(sent.0, StatusCode::SEE_OTHER);
        addresses.push(sent.1);
    }
    assert_eq!(addresses, [format!("/me/invitations/{id}"), format!("/me/invitations/{id}")]);
    assert_eq!(app.store.open_invitations(app.clock.now()).await.unwrap().len(), 1);
    let (status, _, page) = own(&app, Request::get(&*addresses[0]), "").await;
    assert!(status == StatusCode::OK && page.contains("Đã gửi lời mời"), "{page}");
    let (status, ..) = own(&app, Request::post("/me/invite"), &form("Q02", "")).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "a counter of another department");
    let (status, _, page) = own(&app, Request::post("/me/invite"), &form("Q01", "H53")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("không đúng dạng") && page.contains("A012"));
    let other = "/me/invitations/00000000-0000-0000-0000-000000000001";
    assert_eq!(own(&app, Request::get(other), "").await.0, StatusCode::NOT_FOUND);
    let cancel = format!("{other}/cancel");
    assert_eq!(own(&app, Request::post(&*cancel), "").await.0, StatusCode::NOT_FOUND);
    let cancel = format!("{}/cancel", addresses[0]);
    for _ in 0..2 {
        let (status, to, _) = own(&app, Request::post(&*cancel), "").await;
        assert_eq!((status, &to), (StatusCode::SEE_OTHER, &addresses[0]));
    }
    assert_eq!(app.store.open_invitations(app.clock.now()).await.unwrap(), []);
}

#[tokio::test]
async fn an_invitation_tells_nothing_of_its_dossier_and_of_what_became_of_it() {
    let (_dir, mut app) = house().await;
    tablet_at_q01(&app).await;
    let mut seen = Vec::new();
    // The first was rated at this stage, the second never.
    for dossier in ["H53.02-230914-0003", "H53.02-230914-0900"] {
        let (_, _, page) = own(&app, Request::get("/me"), "").await;
        let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = format!("id={id}&counter=Q01&stage=receive&dossier={dossier}&ticket=");
        let (status, to, _) = own(&app, Request::post("/me/invite"), &form).await;
        assert_eq!((status, &*to), (StatusCode::SEE_OTHER, &*format!("/me/invitations/{id}")));
        let (status, _, page) = own(&app, Request::get(&*to), "").await;
        assert_eq!(status, StatusCode::OK);
        let plain = |page: &str| page.replace(id, "ID").replace(dossier, "CODE");
        seen.push(plain(&page));
        let (_, _, again) = own(&app, Request::get(&*to), "").await;
        assert_eq!(plain(&again), seen[0]);
        // Else the later one would say that it took the place of this one.
        own(&app, Request::post(&*format!("{to}/cancel")), "").await;
    }
    assert_eq!(seen[0], seen[1]);
    let (_, to, _) = own(&app, Request::get("/me"), "").await;
    assert_eq!(to, "");
    let now = app.clock.now() + 91_000;
    app.clock = Clock::from_fn(move || now);
    let open = app.store.open_invitations(now).await.unwrap();
    assert_eq!(open, [], "its time is over");
}

#[tokio::test]
async fn pages_of_records_as_they_stand() {
    let (_dir, app) = house().await;
    for (name, role, address) in [
        ("records", Role::Supervisor, "/records?level=low"),
        ("record", Role::Supervisor, "/records/3"),
        ("record_of_an_auditor", Role::Auditor, "/records/3?lang=en"),
        ("comments", Role::Leader, "/comments"),
        ("flags", Role::Leader, "/flags?period=2023-09"),
        ("tablets", Role::Leader, "/tablets"),
        ("quarantine", Role::Administrator, "/quarantine"),
    ] {
        let (status, page) = get(&app, role, address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(!page.contains("[records-"), "{address} lacks a sentence");
        let page = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        let page = page.replace(&session::csrf(&token(role)), "CSRF");
        insta::assert_snapshot!(name, page);
    }
}
