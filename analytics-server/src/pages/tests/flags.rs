//! Flagged ratings: which are listed, how the list is narrowed, and what an auditor rules about several.

use super::records::{HOUR, house};
use super::*;
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
    assert_eq!(page.matches(&what).count(), 4, "with each, and in the table of rules: {page}");
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
    let send = async |role: Role, fields: &[(&str, &str)]| {
        let form = serde_html_form::to_string(fields).unwrap();
        post(&app, role, "/flags/ruling", &form).await
    };
    let chosen: Vec<String> = nums[..2].iter().map(i64::to_string).collect();
    let [one, two] = [chosen[0].as_str(), chosen[1].as_str()];
    let list = ("list", PAGE);
    let done = [("num", one), ("num", two), ("ruling", "out"), ("text", "Nhập trùng"), list];
    assert_eq!(send(Role::Leader, &done).await.status(), StatusCode::FORBIDDEN);

    let refused = send(Role::Auditor, &[("ruling", "in"), ("text", "Nhập trùng"), list]).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let page = text(refused).await;
    assert!(page.contains("Vui lòng chọn ít nhất một lượt") && page.contains(">Nhập trùng<"));
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
