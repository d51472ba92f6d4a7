//! Flagged ratings: which are listed, how the list is narrowed, and what an auditor rules about several.

use super::records::{HOUR, house};
use super::*;
use crate::storage::flags::DOSSIER_TWICE;
use crate::storage::notes::{Author, NoteKind, Noted};
use crate::storage::rows::{FileColumns, ImportedRating};
use axum::http::StatusCode;
use protocol::{Level, Scale, Stage};
use uuid::Uuid;

/// A house in which three dossiers of the first counter were rated twice; the numbers of the later ratings.
async fn flagged() -> (TempDir, App, Vec<i64>) {
    let (dir, app) = house().await;
    let rating = |id: u128| ImportedRating {
        id: Uuid::from_u128(600 + id),
        at: app.clock.now() - 20 * HOUR + i64::try_from(id).unwrap() * 60_000,
        counter: 1,
        officer: 1,
        stage: Some(Stage::Receive),
        scale: Scale::Five,
        level: Level::Satisfied,
        dossier: Some(format!("H53.02-230914-{id:04}")),
        reasons: Vec::new(),
        comment: None,
        told: FileColumns::default(),
        simulated: false,
    };
    let rows = [1, 2, 3].map(rating);
    app.store.import_ratings(&rows, app.clock.now()).await.unwrap();
    let mut nums = Vec::new();
    for row in &rows {
        nums.push(app.store.record_of(row.id).await.unwrap().unwrap().num);
    }
    (dir, app, nums)
}

const PAGE: &str = "/flags?period=2023-09";

async fn get(app: &App, role: Role, address: &str) -> String {
    let answer = ask(app, Some(role), Request::get(address), String::new()).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    text(answer).await
}

/// Sends the form of rulings.
async fn send(app: &App, role: Role, fields: &[(&str, &str)]) -> Response<Body> {
    let form = serde_html_form::to_string(fields).unwrap();
    post(app, role, "/flags/ruling", &form).await
}

/// How many flagged ratings a page lists.
fn listed(page: &str) -> usize {
    page.matches("<tr id=\"r").count()
}

#[tokio::test]
async fn flagged_ratings_are_listed_with_their_rule_and_narrowed() {
    let (_dir, app, nums) = flagged().await;
    let page = get(&app, Role::Leader, PAGE).await;
    assert_eq!(listed(&page), 3, "{page}");
    let what = locales::texts("vi").get("records-rule-dossier_twice-what");
    assert_eq!(page.matches(&what).count(), 1, "in the table of rules: {page}");
    assert_eq!(page.matches("lượt trước của hồ sơ này").count(), 3, "with each: {page}");
    // A rating leads back to its place in the list.
    let way = format!("/records/{}?list=%2Fflags%3Fperiod%3D2023-09", nums[0]);
    assert!(page.contains(&way), "{page}");
    assert!(!page.contains("type=\"checkbox\""), "a leader rules on nothing");
    for (more, count) in [
        ("&flag=dossier_twice", 3),
        ("&flag=quick_repeat", 0),
        ("&counter=Q01&officer=CC001", 3),
        ("&counter=Q02", 0),
        ("&state=counted", 3),
        ("&state=unexamined", 3),
        ("&state=examined", 0),
        ("&state=ruled_out", 0),
        ("&department=STP", 0),
    ] {
        let page = get(&app, Role::Leader, &format!("{PAGE}{more}")).await;
        assert_eq!(listed(&page), count, "{more}");
    }
    for (odd, status) in [("&flag=x", 400), ("&state=open", 400), ("&counter=X", 404)] {
        let address = format!("{PAGE}{odd}");
        let answer = ask(&app, Some(Role::Leader), Request::get(&*address), String::new()).await;
        assert_eq!(answer.status().as_u16(), status, "{odd}");
    }
}

#[tokio::test]
async fn several_are_ruled_on_at_once_and_each_is_written_down() {
    let (_dir, app, nums) = flagged().await;
    let send = async |role: Role, fields: &[(&str, &str)]| send(&app, role, fields).await;
    let chosen: Vec<String> = nums[..2].iter().map(i64::to_string).collect();
    let [one, two] = [chosen[0].as_str(), chosen[1].as_str()];
    let list = ("list", PAGE);
    let done = [("num", one), ("num", two), ("ruling", "out"), ("text", "Nhập trùng"), list];
    assert_eq!(send(Role::Leader, &done).await.status(), StatusCode::FORBIDDEN);

    let refused = send(Role::Auditor, &[("ruling", "in"), ("text", "Nhập trùng"), list]).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = text(refused).await;
    assert!(page.contains("Vui lòng chọn ít nhất một lượt") && page.contains(">Nhập trùng<"));
    let (above, _) = page.split_once("<table").unwrap();
    assert!(above.contains("Vui lòng chọn ít nhất một lượt"), "at the top too: {above}");
    let empty = send(Role::Auditor, &[("num", one), ("ruling", "out"), ("text", ""), list]).await;
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
    assert_eq!(text(empty).await.matches(" checked>").count(), 1, "what was chosen is kept");
    for odd in ["/admin/users", "//flags.example", ""] {
        let form = [("num", one), ("ruling", "out"), ("text", "x"), ("list", odd)];
        assert_eq!(send(Role::Auditor, &form).await.status(), StatusCode::BAD_REQUEST, "{odd}");
    }
    let unknown = [("num", one), ("num", "9999"), ("ruling", "out"), ("text", "x"), list];
    assert_eq!(send(Role::Auditor, &unknown).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(app.store.notes(nums[0]).await.unwrap(), [], "all or none");

    let answer = send(Role::Auditor, &done).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(head(&answer, "location"), format!("{PAGE}&done=ruled"));
    let page = get(&app, Role::Auditor, &format!("{PAGE}&state=ruled_out")).await;
    assert_eq!(listed(&page), 2, "{page}");
    assert_eq!(page.matches("Nhập trùng").count(), 2, "with what was ruled: {page}");
    assert!(page.contains("Nguyễn Văn A"), "and by whom");
    let log = app.store.audit_log(100).await.unwrap();
    let ruled = log.iter().filter(|line| line.action == "ruled_out").count();
    assert_eq!(ruled, 2, "a line each");
    let period = crate::period::parse("2023-09", app.centre().policy).unwrap();
    let figures = app.figures(&period).await.unwrap();
    assert_eq!(figures.ratings.total, 21, "twenty and three, without two");
}

#[tokio::test]
async fn that_a_flagged_rating_was_examined_and_counts_is_written_down() {
    let (_dir, app, nums) = flagged().await;
    let waits = async || {
        let page = get(&app, Role::Auditor, "/?period=2023-09").await;
        let task = page.split("/records?state=unexamined").nth(1)?;
        let (_, count) = task.split_once("<b>")?;
        Some(count.split('<').next()?.to_owned())
    };
    assert_eq!(waits().await.as_deref(), Some("3"));
    let period = crate::period::parse("2023-09", app.centre().policy).unwrap();
    let before = app.figures(&period).await.unwrap().ratings.clone();
    let num = format!("{}.0", nums[0]);
    let list = ("list", PAGE);
    let form = [("num", num.as_str()), ("ruling", "in"), ("text", "Hai lần nộp"), list];
    // A form that comes twice is written once.
    for _ in 0..2 {
        let answer = send(&app, Role::Auditor, &form).await;
        assert_eq!(head(&answer, "location"), format!("{PAGE}&done=ruled"));
    }
    assert_eq!(app.store.notes(nums[0]).await.unwrap().len(), 1);
    let log = app.store.audit_log(100).await.unwrap();
    assert_eq!(log.iter().filter(|line| line.action == "ruled_in").count(), 1);
    assert_eq!(app.figures(&period).await.unwrap().ratings, before, "figures do not change");
    assert_eq!(waits().await.as_deref(), Some("2"));
    let page = get(&app, Role::Leader, &format!("{PAGE}&state=examined")).await;
    assert_eq!(listed(&page), 1, "{page}");
    assert!(page.contains("đã xem xét, vẫn tính") && page.contains("Hai lần nộp"), "{page}");
    assert_eq!(listed(&get(&app, Role::Leader, &format!("{PAGE}&state=unexamined")).await), 2);

    // In other words it changes nothing, and says so; what was typed is kept.
    let num = format!("{}.1", nums[0]);
    let other = [("num", num.as_str()), ("ruling", "in"), ("text", "Đã xem lại"), list];
    let refused = send(&app, Role::Auditor, &other).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = text(refused).await;
    assert!(page.contains("đều đã có kết luận như vậy") && page.contains(">Đã xem lại<"));
    let next = format!("{}.0", nums[1]);
    let both = [&[("num", next.as_str())][..], &other[..]].concat();
    let some = send(&app, Role::Auditor, &both).await;
    assert_eq!(head(&some, "location"), format!("{PAGE}&done=ruled-some"));

    // The page of a rating offers it once.
    let page = async |num: i64| get(&app, Role::Auditor, &format!("/records/{num}")).await;
    let offers = ["value=\"out\"", "value=\"in\""];
    let found = page(nums[2]).await;
    assert!(offers.iter().all(|offer| found.contains(offer)), "{found}");
    let found = page(nums[0]).await;
    assert!(found.contains(offers[0]) && !found.contains(offers[1]), "{found}");
}

#[tokio::test]
async fn a_ruling_from_a_page_that_is_out_of_date_is_refused_and_keeps_its_text() {
    let (_dir, app, nums) = flagged().await;
    let num = format!("{}.0", nums[0]);
    let form = |ruling, text| [("num", num.as_str()), ("ruling", ruling), ("text", text)];
    let list = [("list", PAGE)];
    let sent = [&form("out", "Nhập trùng")[..], &list[..]].concat();
    assert_eq!(send(&app, Role::Auditor, &sent).await.status(), StatusCode::SEE_OTHER);
    // The browser's way back shows the page from before.
    let sent = [&form("in", "Bấm nhầm")[..], &list[..]].concat();
    let refused = send(&app, Role::Auditor, &sent).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = text(refused).await;
    assert!(page.contains("đã có kết luận lúc") && page.contains(">Bấm nhầm<"), "{page}");
    assert!(page.contains(&format!("value=\"{}.1\" checked", nums[0])), "of today: {page}");

    let address = format!("/records/{}/ruling", nums[0]);
    let refused = post(&app, Role::Auditor, &address, "text=Xin+lỗi&ruling=in&ruled=0").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = text(refused).await;
    assert!(page.contains("đã có kết luận lúc") && page.contains(">Xin lỗi<"), "{page}");
    assert_eq!(app.store.notes(nums[0]).await.unwrap().len(), 1, "nothing was ruled back");
    let taken = post(&app, Role::Auditor, &address, "text=Xin+lỗi&ruling=in&ruled=1").await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.store.notes(nums[0]).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_ruling_is_stale_where_somebody_ruled_since_its_form_was_shown() {
    let (_dir, app, nums) = flagged().await;
    let author = Author { user: 1, actor: "test" };
    let rule = async |kind, text, seen| {
        app.store.add_note_seen(nums[0], kind, author, text, 2, Some(seen)).await.unwrap()
    };
    assert_eq!(rule(NoteKind::RuledOut, "Nhập trùng", 0).await, Noted::Written);
    assert_eq!(rule(NoteKind::RuledOut, "Nhập trùng", 0).await, Noted::AlreadyThere, "again");
    assert_eq!(rule(NoteKind::RuledIn, "Hai lần nộp", 0).await, Noted::Stale);
    assert_eq!(app.store.notes(nums[0]).await.unwrap().len(), 1);
    assert_eq!(rule(NoteKind::RuledIn, "Hai lần nộp", 1).await, Noted::Written);
}

#[tokio::test]
async fn a_flagged_rating_leads_to_the_one_that_it_was_held_against() {
    let (_dir, app, nums) = flagged().await;
    let held = app.store.held_against(DOSSIER_TWICE, &nums).await.unwrap();
    let alone = format!("/records/{}", nums[0]);
    // From the list the way keeps the list.
    for (address, list) in [(PAGE, "?list=%2Fflags%3Fperiod%3D2023-09"), (&*alone, "")] {
        let page = get(&app, Role::Leader, address).await;
        let way = format!("<a href=\"/records/{}{list}\">lượt trước", held[&nums[0]].num);
        assert!(page.contains(&way), "{way}: {page}");
    }
}

#[tokio::test]
async fn every_number_of_the_page_of_flags_has_one_meaning_after_a_ruling() {
    let (_dir, app, nums) = flagged().await;
    let num = nums[0].to_string();
    let form = [("num", num.as_str()), ("ruling", "out"), ("text", "Nhập trùng"), ("list", PAGE)];
    assert_eq!(send(&app, Role::Auditor, &form).await.status(), StatusCode::SEE_OTHER);
    let page = get(&app, Role::Leader, PAGE).await;
    let line = "3 lượt được đánh dấu, trong đó 1 lượt không tính theo kết luận";
    assert!(page.contains(line), "{page}");
    for (query, count) in [
        ("flag=dossier_twice", 3),
        ("state=unexamined", 2),
        ("state=examined", 0),
        ("state=ruled_out", 1),
        // Of those with and without which figures are told.
        ("flag=any&#38;state=counted", 2),
    ] {
        let leads = format!("to=2023-09-30&#38;{query}\">{count}</a>");
        assert!(page.contains(&leads), "{leads}: {page}");
    }
    let page = get(&app, Role::Leader, &format!("{PAGE}&counter=Q02")).await;
    assert!(page.contains("<p class=\"empty\">") && !page.contains("class=\"told\""), "{page}");
}
