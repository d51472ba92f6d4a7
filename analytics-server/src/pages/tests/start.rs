//! What the overview begins with: what is to be done, and last week; and what stands at the head of every
//! page of figures: the usual periods and the filters in force.

use super::carried::{furnished, links};
use super::live::rate_at;
use super::*;
use crate::alerts::SETTING;
use crate::storage::alerts::NewAlert;
use crate::storage::enrolments::Applicant;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::rows::{FileColumns, ImportedRating, TabletAssignment};
use axum::http::StatusCode;
use protocol::{Level, Scale};
use uuid::Uuid;

/// A day in milliseconds. It is noon of Sunday, 1 October 2023.
const DAY_MS: i64 = 86_400_000;
const AUTHOR: Author<'static> = Author { user: 1, actor: "test" };

async fn page(app: &App, role: Role, address: &str) -> String {
    let answer = ask(app, Some(role), Request::get(address), String::new()).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    text(answer).await
}

/// The section of a class, if a page has it.
fn section<'a>(page: &'a str, class: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<section class=\"card {class}\""))?;
    rest.split("</section>").next()
}

/// What is to be done: each number with the list that it leads to.
async fn tasks(app: &App, role: Role) -> Vec<(String, String)> {
    let page = page(app, role, "/?period=2023-09").await;
    let tasks = section(&page, "todo").unwrap().split("<li><a href=\"").skip(1);
    let task = |task: &str| {
        let (link, rest) = task.split_once('"').unwrap();
        let (_, count) = rest.split_once("<b>").unwrap();
        (count.split('<').next().unwrap().to_owned(), link.replace("&#38;", "&"))
    };
    tasks.map(task).collect()
}

fn task(count: u64, link: &str) -> (String, String) {
    (count.to_string(), link.to_owned())
}

/// Lists of visits of the thirty days up to the last rating, which came on 30 September.
const LOW: &str = "/records?level=low&state=open&from=2023-09-01";
const COMMENTS: &str = "/comments?state=open&from=2023-09-01";
const REPLIES: &str = "/records?state=unanswered&from=2023-09-01";

#[tokio::test]
async fn where_nothing_waits_it_says_so() {
    let (_dir, app) = app().await;
    for role in [Role::Leader, Role::Supervisor, Role::Auditor] {
        assert_eq!(tasks(&app, role).await, [], "{role:?}");
        let page = page(&app, role, "/").await;
        assert!(page.contains("Không có việc nào đang chờ Ông/Bà."), "{role:?}");
    }
}

#[tokio::test]
async fn an_administrator_is_told_of_what_the_system_status_finds() {
    let (_dir, app) = app().await;
    let found = crate::checks::waiting(&app).await.unwrap();
    assert!(found > 0, "nobody has made a backup");
    assert_eq!(tasks(&app, Role::Administrator).await, [task(found, "/admin/status")]);
    let status = page(&app, Role::Administrator, "/admin/status").await;
    assert!(status.contains("Chưa có bản sao lưu nào"), "{status}");
}

#[tokio::test]
async fn after_the_first_rating_the_steps_are_told_by_the_administration_alone() {
    // A counter with ratings and without a tablet: a centre that tries a few tablets first is not
    // told each day that its beginning is not over.
    let (_dir, app) = super::records::house().await;
    let tasks = tasks(&app, Role::Administrator).await;
    assert!(tasks.iter().all(|(_, link)| link != "/admin"), "{tasks:?}");
    let steps = page(&app, Role::Administrator, "/admin").await;
    assert!(steps.contains("trong 5 bước chưa xong."), "{steps}");
}

#[tokio::test]
async fn each_task_leads_to_what_it_counts_and_goes_with_it() {
    // Of ten ratings of each of two departments three are low.
    let (_dir, app) = super::records::house().await;
    let now = app.clock.now();
    assert_eq!(tasks(&app, Role::Leader).await, [task(6, LOW)]);
    assert_eq!(tasks(&app, Role::Supervisor).await, [task(3, LOW)]);
    assert_eq!(tasks(&app, Role::Auditor).await, [], "who handles nothing has none of it");

    let note = async |num, kind| {
        app.store.add_note(num, kind, AUTHOR, "x", now).await.unwrap();
    };
    note(3, NoteKind::Handled).await;
    note(15, NoteKind::Reply).await;
    comment(&app, 1, now - DAY_MS, Level::Satisfied).await;
    let leader = [task(5, LOW), task(1, COMMENTS), task(1, REPLIES)];
    assert_eq!(tasks(&app, Role::Leader).await, leader);
    assert_eq!(tasks(&app, Role::Supervisor).await, [task(2, LOW), task(1, COMMENTS)]);
    for (_, link) in &leader {
        page(&app, Role::Leader, link).await;
    }
    let replied = page(&app, Role::Leader, REPLIES).await;
    assert!(replied.contains("/records/15") && !replied.contains("/records/12"), "{replied}");
    for other in [NoteKind::Handled, NoteKind::Further] {
        note(15, other).await;
        assert!(tasks(&app, Role::Leader).await.contains(&leader[2]), "it answers no reply");
    }
    note(15, NoteKind::NotAccepted).await;
    assert!(!tasks(&app, Role::Leader).await.contains(&leader[2]));
}

#[tokio::test]
async fn new_alerts_and_silent_tablets_wait_too() {
    let (_dir, app) = app().await;
    let now = app.clock.now();
    let alert = NewAlert {
        key: "burst".into(),
        rule: "burst".into(),
        subject_kind: "tablet".into(),
        subject: "1".into(),
        department: Some(1),
        counter: None,
        officer: None,
        simulated: false,
        details: r#"{"what":"burst","count":9,"at":0}"#.into(),
        one_at_a_time: false,
        targets: Vec::new(),
    };
    app.store.raise_alerts(&[alert], 0, now).await.unwrap();
    assert_eq!(tasks(&app, Role::Supervisor).await, [task(1, "/alerts?state=open")]);
    assert!(app.store.acknowledge_alert(1, "user leader", now).await.unwrap());
    assert_eq!(tasks(&app, Role::Supervisor).await, [], "somebody has taken it on");

    rate_at(&app, now - 40 * DAY_MS, [1, 0, 0, 0, 0], [0; 5]).await;
    let always = app.centre().with(r#"{"hours":{"week":[]}}"#).unwrap();
    App::put_centre(&app.store, &always, "test", now).await.unwrap();
    let post = TabletAssignment { counter: 1, officer: None, stage: None, simulated: false };
    app.store.add_enrolment_code(&post, [7; 32], 0, i64::MAX).await.unwrap();
    let applicant = Applicant {
        code_hash: [7; 32],
        id: Uuid::from_u128(7),
        public_key: [7; 32],
        token_hash: [7; 32],
        app_version: "1",
    };
    app.store.enrol(&applicant, now - 20 * 60_000).await.unwrap();
    for (minutes, silent) in [(15, vec![task(1, "/tablets?show=silent")]), (25, Vec::new())] {
        let json = format!(r#"{{"silent_minutes":{minutes}}}"#);
        app.store.put_setting(SETTING, &json, "test", now).await.unwrap();
        assert_eq!(tasks(&app, Role::Supervisor).await, silent, "{minutes}");
    }
}

/// Somebody wrote something at the first counter.
async fn comment(app: &App, id: u128, at: i64, level: Level) {
    let row = ImportedRating {
        id: Uuid::from_u128(90_000 + id),
        at,
        counter: 1,
        officer: 1,
        stage: None,
        scale: Scale::Five,
        level,
        dossier: None,
        reasons: vec!["waiting".into()],
        comment: Some(format!("Chờ <lâu> {id}")),
        told: FileColumns::default(),
        simulated: false,
    };
    app.store.import_ratings(&[row], app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn last_week_stands_beside_the_week_before_it() {
    let (_dir, app) = app().await;
    let at = |back: i64| app.clock.now() - back * DAY_MS;
    rate_at(&app, at(10), [6, 0, 0, 0, 0], [30, 0, 0, 0, 0]).await;
    rate_at(&app, at(17), [5, 0, 0, 0, 0], [0; 5]).await;
    for id in 1..=4 {
        comment(&app, id, at(10) + i64::try_from(id).unwrap(), Level::Dissatisfied).await;
    }
    let shown = page(&app, Role::Supervisor, "/").await;
    let panel = section(&shown, "last-week").unwrap().replace('\u{a0}', " ");
    let days = "from=2023-09-18&#38;to=2023-09-24";
    for told in [
        &*format!("<a href=\"/records?{days}&#38;state=counted\">10</a>"),
        "60,00%",
        "tuần trước nữa: 5",
        &*format!("<a href=\"/records?{days}&#38;level=below&#38;state=counted\">4</a>"),
        "còn ít (dưới 30 lượt)",
        "Chờ đợi lâu",
        &*format!("href=\"/comments?{days}&#38;level=below&#38;state=counted\""),
        "href=\"/?period=2023-09-18..2023-09-24\"",
    ] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    // The newest three, and none of it as markup.
    assert!(panel.contains("Chờ &#60;lâu&#62; 4") && !panel.contains("&#62; 1"), "{panel}");
    assert_eq!(panel.matches("<blockquote>").count(), 3, "{panel}");
    let filtered = page(&app, Role::Leader, "/?period=2023-09&department=STP").await;
    let filtered = section(&filtered, "last-week").unwrap();
    assert!(filtered.contains(">30</a>") && !filtered.contains("blockquote"), "{filtered}");

    // Only beside the usual period, and not among what an open page fetches again.
    let earlier = page(&app, Role::Supervisor, "/?period=2023-08").await;
    assert_eq!(section(&earlier, "last-week"), None);
    let again = page(&app, Role::Supervisor, "/?period=2023-09&fragment=figures").await;
    assert!(section(&again, "last-week").is_none() && section(&again, "todo").is_none());
}

#[tokio::test]
async fn comments_of_last_week_are_a_look_at_comments() {
    let (_dir, app) = app().await;
    let at = app.clock.now() - 10 * DAY_MS;
    rate_at(&app, at, [6, 0, 0, 0, 0], [0; 5]).await;
    let looks = async || {
        let log = app.store.audit_log(100).await.unwrap();
        log.iter().filter(|one| one.action == "read" && one.subject == "comments").count()
    };
    page(&app, Role::Supervisor, "/").await;
    comment(&app, 1, at, Level::Neutral).await;
    page(&app, Role::Supervisor, "/").await;
    for _ in 0..200 {
        if looks().await > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(looks().await, 1, "none where there was no comment");
}

#[tokio::test]
async fn the_usual_periods_keep_the_filters_and_know_the_working_day_before() {
    let (_dir, app) = furnished().await;
    for path in ["/", "/departments", "/officers/CC001", "/aspects", "/answers", "/flags"] {
        let address = format!("{path}?period=2023-10&stage=receive&lang=en");
        let shown = page(&app, Role::Leader, &address).await;
        let found = links(&shown);
        for period in [
            "2023-10-01..2023-10-01",
            // A Friday: 1 October is a Sunday.
            "2023-09-29..2023-09-29",
            "2023-09-25..2023-10-01",
            "2023-09-18..2023-09-24",
            "2023-10",
            "2023-Q4",
        ] {
            let way = format!("{path}?period={period}&stage=receive&lang=en");
            assert!(found.contains(&way), "{address} does not lead to {way}");
        }
        assert!(shown.contains("aria-current=\"page\">This month</a>"), "{address}");
        assert!(shown.contains("<option value=\"10\" selected>October</option>"), "{address}");
    }
    let day = page(&app, Role::Leader, "/day?date=2023-09-29&stage=receive").await;
    assert!(day.contains("aria-current=\"page\">Ngày làm việc trước</a>"), "{day}");
    assert!(links(&day).contains("/day?date=2023-10-01&stage=receive"));
}

#[tokio::test]
async fn each_filter_in_force_can_be_taken_away() {
    let (_dir, app) = furnished().await;
    for all in ["/?period=2023-09", "/officers/CC001?period=2023-09", "/day?date=2023-09-05"] {
        let shown = page(&app, Role::Leader, &format!("{all}&stage=receive&site=TT")).await;
        let (_, chips) = shown.split_once("<ul class=\"chips in-force\"").unwrap();
        let chips = chips.split("</ul>").next().unwrap();
        let expected = [format!("{all}&site=TT"), format!("{all}&stage=receive"), all.to_owned()];
        assert_eq!(links(chips), expected.into(), "{all}");
        assert!(chips.contains(": Trụ sở "), "{chips}");
        let plain = page(&app, Role::Leader, all).await;
        assert!(!plain.contains("chips in-force"), "{all}");
    }
}

#[tokio::test]
async fn the_worst_hour_is_that_of_the_working_day_before() {
    let (_dir, app) = app().await;
    let at = |back: i64| app.clock.now() - back * DAY_MS;
    // Friday and Saturday.
    rate_at(&app, at(2), [5, 0, 0, 2, 0], [0; 5]).await;
    rate_at(&app, at(1), [5, 0, 0, 1, 0], [0; 5]).await;
    let shown = page(&app, Role::Leader, "/?period=2023-09").await;
    let day = |date: &str| format!("last-day\"><a href=\"/day?date={date}&#38;period=2023-09\">");
    let (_, line) = shown.split_once(&day("2023-09-29")).unwrap();
    assert!(line.starts_with("Ngày làm việc trước (29/"), "{line}");
    // Where Friday is off and Thursday had no ratings, the last day that had some: yesterday.
    let closed = app.centre().with(r#"{"hours":{"closed":["2023-09-29"]}}"#).unwrap();
    assert!(app.change_centre(None, closed, "test").await.unwrap());
    let shown = page(&app, Role::Leader, "/?period=2023-09").await;
    let (_, line) = shown.split_once(&day("2023-09-30")).unwrap();
    assert!(line.starts_with("Hôm qua (30/"), "{line}");
}

#[tokio::test]
async fn the_menu_of_a_phone_tells_of_open_alerts() {
    let (_dir, app) = app().await;
    let mut context = context(&app, Role::Leader, "vi").await;
    assert_eq!(context.layout("x".into(), "/").waiting(), None);
    context.viewer.open_alerts = 1_234;
    assert_eq!(context.layout("x".into(), "/").waiting(), Some("1.234"));
}
