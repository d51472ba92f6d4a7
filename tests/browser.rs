//! The pages in a real browser, as a supervisor of one department comes to them for the first time:
//! they sign in, find yesterday's worst hour, read why, take on an alert, take a workbook along,
//! and find nothing of another department at any address. On a desk and on a phone no page is wider
//! than the glass, nothing moves by itself, and nothing is without a name.
#![allow(clippy::unwrap_used)]

use analytics_server::auth::{Role, password};
use analytics_server::centre::Centre;
use analytics_server::clock::Clock;
use analytics_server::state::App;
use analytics_server::storage::rows::{Counter, Department, FileColumns, ImportedRating, Officer};
use analytics_server::storage::users::UserData;
use jiff::civil::date;
use protocol::event::{Detailed, What};
use protocol::{Level, Scale, Stage};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::browser::{Browser, DESK, PHONE};
use whole_system_tests::chain::shown;
use whole_system_tests::databases::{Fresh, sqlite};
use whole_system_tests::programs::tablet_with;
use whole_system_tests::server::{Server, enrolled, furnish};

/// The supervisor's password.
const PASSWORD: &str = "một mật khẩu đủ dài";
/// The most that may move on a page by itself: the web's measure calls 0.1 good.
const SHIFT: f64 = 0.01;

/// Sizes of televisions, the last one upright.
const SCREENS: [(u32, u32); 5] =
    [(1920, 1080), (1366, 768), (1280, 720), (3840, 2160), (1080, 1920)];
/// What stands beyond the glass or does not fit in its own place, in words.
const CUT: &str = "
    const all = [...document.querySelectorAll('body, main, section, footer, footer *')];
    const box = (one) => one.getBoundingClientRect();
    const out = (one) => box(one).bottom > innerHeight || box(one).right > innerWidth;
    const full = (one) => one.scrollHeight > one.clientHeight + 1 && one.matches('body, section');
    return all.filter((one) => out(one) || full(one)).map((one) => one.outerHTML).join()";

/// A Tuesday, ten in the morning at the centre.
fn morning() -> i64 {
    moment(24, 10, 0)
}

fn moment(day: i8, hour: i8, minute: i8) -> i64 {
    let at = date(2026, 11, day).at(hour, minute, 0, 0).in_tz("Asia/Ho_Chi_Minh").unwrap();
    at.timestamp().as_millisecond()
}

/// Two departments; yesterday at nine many waited at the first one's counter.
async fn house(fresh: &Fresh) {
    let store = &fresh.store;
    furnish(store).await;
    let other = Department {
        id: 0,
        code: "SKHDT".into(),
        name: "Sở Kế hoạch và Đầu tư".into(),
        ticket_prefix: None,
    };
    store.put_departments(&[other], 0).await.unwrap();
    let department = store.directory().await.unwrap().department("SKHDT").unwrap().id;
    let counter = Counter { id: 0, code: "Q01".into(), name: "Quầy số 01".into(), department };
    store.put_counters(&[counter], 0).await.unwrap();
    let counter = store.directory().await.unwrap().counter("Q01").unwrap().id;
    let officer = Officer {
        id: 0,
        code: "CC001".into(),
        name: "Nguyễn Văn A".into(),
        title: "Chuyên viên".into(),
        department,
        counter: Some(counter),
    };
    store.put_officers(&[officer], 0).await.unwrap();
    let directory = store.directory().await.unwrap();
    let rating = |num: u8, hour: i8, officer: &str, level, reason: Option<&str>| {
        let officer = directory.officer(officer).unwrap();
        ImportedRating {
            id: Uuid::from_u128(u128::from(num)),
            at: moment(23, hour, i8::try_from(num % 60).unwrap()),
            counter: officer.counter.unwrap(),
            officer: officer.id,
            stage: Some(Stage::Receive),
            scale: Scale::Five,
            level,
            dossier: None,
            reasons: reason.map(str::to_owned).into_iter().collect(),
            comment: None,
            told: FileColumns::default(),
            simulated: false,
        }
    };
    let good = (0..90).map(|num| {
        rating(num, [8, 9, 14][usize::from(num % 3)], "CC013", Level::VerySatisfied, None)
    });
    let bad = (100..112).map(|num| rating(num, 9, "CC013", Level::Dissatisfied, Some("waiting")));
    let others = (120..160).map(|num| rating(num, 9, "CC001", Level::Satisfied, None));
    let all: Vec<_> = good.chain(bad).chain(others).collect();
    store.import_ratings(&all, 1).await.unwrap();
    let supervisor = UserData {
        name: "phu-trach".into(),
        full_name: "Nguyễn Thị B".into(),
        role: Role::Supervisor,
        departments: [directory.department("STP").unwrap().id].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = store.add_user(&supervisor, "tests", 0).await.unwrap().unwrap();
    let administrator = UserData {
        name: "quan-tri".into(),
        full_name: "Lê Văn C".into(),
        role: Role::Administrator,
        departments: [].into(),
        ..supervisor
    };
    let second = store.add_user(&administrator, "tests", 0).await.unwrap().unwrap();
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    for user in [user, second] {
        store.put_password(user, None, &hash, "tests", 0).await.unwrap();
    }
}

/// Signs in.
async fn enter(browser: &Browser, server: &Server, name: &str) {
    browser.open(&server.url()).await;
    browser.fill("name", name).await;
    browser.fill("password", PASSWORD).await;
    browser.press("Đăng nhập").await;
    browser.read("Đăng xuất").await;
}

/// Somebody is dissatisfied at a tablet just now, and says why.
async fn complain(fresh: &Fresh, server: &Server) {
    let mut chain = enrolled(server, "Q07", 1).await;
    let session = Uuid::from_u128(9_000);
    chain.rate(session, morning(), shown("Q07", "CC013", None), Level::VeryDissatisfied);
    let reasons = vec!["explanation".to_owned()];
    chain.push(session, morning(), What::Detailed(Detailed { reasons, ..Detailed::default() }));
    chain.append(&fresh.store, &chain.batch(0, 9, morning())).await;
}

/// What everybody may expect of a page, on a desk and on a phone.
async fn is_well_made(browser: &Browser, page: &str) {
    for size in [PHONE, DESK] {
        browser.size(size).await;
        assert_eq!(browser.too_wide().await, "", "{page} at {size:?}");
    }
    let missing = browser.missing_names().await;
    assert!(missing.is_empty(), "{page}: {missing:?}");
    let shift = browser.layout_shift().await;
    assert!(shift < SHIFT, "{page} moved by {shift}");
}

/// A file of this ending comes into the directory.
async fn file_in(dir: &Path, ending: &str) -> Vec<u8> {
    for _ in 0..200 {
        let files = std::fs::read_dir(dir).unwrap().map(|file| file.unwrap().path());
        let found = files.into_iter().find(|file| file.extension().is_some_and(|is| is == ending));
        if let Some(bytes) = found.and_then(|file| std::fs::read(file).ok())
            && !bytes.is_empty()
        {
            return bytes;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no .{ending} came into {}", dir.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_finds_the_worst_hour_and_nothing_of_others() {
    let fresh = sqlite().await;
    house(&fresh).await;
    let server = Server::start(&fresh, Clock::from_fn(morning)).await;
    let url = server.url();
    let browser = Browser::start().await;

    // In, past a wrong password.
    browser.open(&url).await;
    browser.read("Đăng nhập").await;
    is_well_made(&browser, "/sign-in").await;
    for password in ["sai mật khẩu", PASSWORD] {
        browser.fill("name", "phu-trach").await;
        browser.fill("password", password).await;
        browser.press("Đăng nhập").await;
        let told = if password == PASSWORD { "Hôm qua" } else { "không đúng" };
        browser.read(told).await;
    }
    is_well_made(&browser, "/").await;
    browser.open(&format!("{url}/?period=2026-11-02..2026-11-20")).await;
    is_well_made(&browser, "a range of days").await;
    browser.open(&url).await;

    // Yesterday's worst hour, and why.
    assert!(browser.text().await.contains("thấp nhất là 9–10 giờ"), "the overview says where");
    browser.press_at(".last-day a").await;
    browser.read("Giờ có tỷ lệ hài lòng thấp nhất").await;
    is_well_made(&browser, "/day").await;
    browser.press("Xem lý do").await;
    browser.read("Chờ đợi lâu").await;
    is_well_made(&browser, "/records").await;

    // A rating at a tablet becomes an alert, and somebody takes it on.
    complain(&fresh, &server).await;
    for _ in 0..40 {
        browser.open(&format!("{url}/alerts")).await;
        if browser.text().await.contains("Hướng dẫn chưa rõ") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    is_well_made(&browser, "/alerts").await;
    browser.press("Nhận xử lý").await;
    browser.read("nhận xử lý lúc").await;

    // The workbook.
    browser.keep_files_in(fresh.dir.path()).await;
    browser.open(&format!("{url}/export?period=2026-11")).await;
    is_well_made(&browser, "/export").await;
    browser.press_at("a[href*='ratings.xlsx']").await;
    assert!(file_in(fresh.dir.path(), "xlsx").await.starts_with(b"PK"), "a workbook");

    tells_nothing_of_others(&browser, &url).await;
    browser.open(&url).await;
    browser.press("Đăng xuất").await;
    browser.read("Mật khẩu").await;
    browser.open(&format!("{url}/records")).await;
    assert!(browser.address().await.contains("/sign-in"), "the session is over");
    browser.stop().await;
    server.stop().await;
}

/// Nothing of another department, by any address.
async fn tells_nothing_of_others(browser: &Browser, url: &str) {
    for address in [
        "/?period=2026-11&department=SKHDT",
        "/day?date=2026-11-23&department=SKHDT",
        "/records?date=2026-11-23&department=SKHDT",
        "/records?counter=Q01",
        "/records/103",
        "/records/200",
        "/export?period=2026-11&department=SKHDT",
        "/admin/departments",
        "/admin/users",
        "/admin/audit",
        "/quarantine",
        "/me",
    ] {
        browser.open(&format!("{url}{address}")).await;
        let page = browser.text().await;
        for word in ["Sở Kế hoạch và Đầu tư", "Nguyễn Văn A\n", "Quầy số 01"] {
            assert!(!page.contains(word), "{address} tells of {word}:\n{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_of_the_hall_stands_whole_on_every_television() {
    let fresh = sqlite().await;
    house(&fresh).await;
    let centre = Centre::default().with(r#"{"public": {"shown": true}}"#).unwrap();
    App::put_centre(&fresh.store, &centre, "tests", 0).await.unwrap();
    let server = Server::start(&fresh, Clock::from_fn(morning)).await;
    let browser = Browser::start().await;
    browser.open(&format!("{}/screen", server.url())).await;
    browser.read("Số lượt ở từng mức").await;
    for size in SCREENS {
        browser.size(size).await;
        assert_eq!(browser.script(CUT).await, "", "{size:?}");
    }
    browser.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_rating_is_seen_without_a_hand() {
    let fresh = sqlite().await;
    house(&fresh).await;
    let server = Server::start(&fresh, Clock::from_fn(morning)).await;
    let browser = Browser::start().await;
    enter(&browser, &server, "phu-trach").await;
    browser.open(&format!("{}/?period=2026-11", server.url())).await;
    browser.read("Đang cập nhật trực tiếp").await;
    complain(&fresh, &server).await;
    browser.read("10:00").await;
    assert!(browser.layout_shift().await < SHIFT);
    browser.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_enrols_by_the_text_beside_the_picture() {
    let fresh = sqlite().await;
    house(&fresh).await;
    let server = Server::start(&fresh, Clock::from_fn(morning)).await;
    let browser = Browser::start().await;
    enter(&browser, &server, "quan-tri").await;
    browser.open(&format!("{}/admin/tablets/new", server.url())).await;
    browser.choose("counter", "Q08").await;
    browser.press("Tạo mã").await;
    browser.read("Mã đăng ký máy tính bảng").await;
    is_well_made(&browser, "/admin/tablets/new").await;
    let text = browser.script("return document.querySelector('.link code').innerText").await;
    let text = text.as_str().unwrap().to_owned();

    // The program takes the text as it stands there, and no other.
    let dir = TempDir::new().unwrap();
    let data = dir.path().to_str().unwrap().to_owned();
    let enrolled = tokio::task::spawn_blocking(move || {
        let run = |text: &str| {
            let simulate = ["simulate", "--level", "satisfied", "--deliver-s", "60"];
            tablet_with(&[&simulate[..], &["--data-dir", &data, "--enrol", text]].concat())
        };
        let wrong = run("https://dichvucong.gov.vn/");
        assert!(!wrong.ok && wrong.err.contains("neither an enrolment code"), "{}", wrong.err);
        run(&text)
    });
    let enrolled = enrolled.await.unwrap();
    assert!(enrolled.ok && enrolled.out.contains("thanked"), "{}", enrolled.err);
    browser.open(&format!("{}/tablets", server.url())).await;
    browser.read("Q08").await;
    is_well_made(&browser, "/tablets").await;
    browser.open(&format!("{}/admin/tablets", server.url())).await;
    browser.read("Quầy số 08").await;
    browser.stop().await;
    server.stop().await;
}
