//! What is handed out is written down: each file, at every address that gives one, and each look at
//! comments.

use super::records::{HOUR, house};
use super::*;
use crate::auth::Permission;
use crate::pages::routes;
use crate::storage::audit::Change;
use axum::http::StatusCode;
use protocol::Level;
use uuid::Uuid;

/// The lines of the audit log of some actions, the oldest first.
async fn lines(app: &App, actions: &[&str]) -> Vec<Change> {
    let mut log = app.store.audit_log(10_000).await.unwrap();
    log.retain(|one| actions.contains(&one.action.as_str()));
    log.reverse();
    log
}

const FILES: [&str; 2] = ["download", "export"];

/// What stands in the places of a route, and what it is asked for.
fn addresses(path: &str) -> Vec<String> {
    let names = [
        ("{list}", vec!["sites", "departments", "counters", "officers", "procedures"]),
        ("{version}", vec!["1"]),
        ("{name}", vec!["ratings.csv", "ratings.xlsx", "ratings.parquet"]),
        ("{code}", vec!["SKHDT", "Q01", "CC001"]),
    ];
    let mut made = vec![path.to_owned()];
    for (place, words) in names {
        let filled = |one: String| {
            if !one.contains(place) {
                return vec![one];
            }
            words.iter().map(|word| one.replace(place, word)).collect()
        };
        made = made.into_iter().flat_map(filled).collect();
    }
    let formats = ["", "?format=csv", "?format=xlsx", "?format=pdf", "?format=png"];
    let made = made.iter().filter(|one| !one.contains('{'));
    made.flat_map(|one| formats.map(|format| format!("{one}{format}"))).collect()
}

#[tokio::test]
async fn no_file_leaves_without_a_line() {
    let (_dir, app) = house().await;
    commented(&app).await;
    let (mut files, mut subjects) = (0, std::collections::BTreeSet::new());
    for (path, right) in routes(&app).list {
        let Some(right) = right else { continue };
        let role = match right {
            Permission::Verify | Permission::Rule | Permission::Originals => Role::Auditor,
            _ => Role::Administrator,
        };
        for address in addresses(path) {
            if path == "/live" {
                continue;
            }
            let before = lines(&app, &FILES).await.len();
            let answer = ask(&app, Some(role), Request::get(&*address), String::new()).await;
            let is_file = answer.headers().contains_key(header::CONTENT_DISPOSITION);
            let after = lines(&app, &FILES).await;
            assert_eq!(after.len() - before, usize::from(is_file), "{address}");
            if is_file {
                assert_eq!(answer.status(), StatusCode::OK, "{address}");
                let line = after.last().unwrap();
                assert_eq!(line.actor, format!("user {}", role.word()), "{address}");
                files += 1;
                subjects.insert(line.subject.split(' ').next().unwrap().to_owned());
            }
        }
    }
    // Lists of the administration, tables of pages, ratings, reports, questionnaires.
    assert!(files > 30, "{files}");
    assert_eq!(
        Vec::from_iter(subjects),
        ["list", "questionnaire", "ratings", "report", "table"],
        "each says what it is; none only its address"
    );
}

#[tokio::test]
async fn a_line_says_what_was_taken_in_words() {
    let (_dir, app) = house().await;
    for (address, said) in [
        ("/admin/users/download?format=csv&q=nguyen", ["danh sách người dùng", "tìm: nguyen"]),
        ("/admin/officers/download?format=xlsx", ["danh sách công chức, viên chức", "số dòng: 2"]),
        ("/report?period=2023-09&department=STP&format=pdf", ["báo cáo", "cơ quan: Sở Tư pháp"]),
        ("/departments?period=2023-09&format=csv", ["bảng số liệu", "kỳ: Tháng 9 năm 2023"]),
        ("/admin/audit.csv?who=nobody", ["danh sách dòng nhật ký", "người thực hiện: nobody"]),
        ("/export/ratings.csv?period=2023-09&department=STP", ["tệp CSV", "Sở Tư pháp (STP)"]),
    ] {
        let answer =
            ask(&app, Some(Role::Administrator), Request::get(address), String::new()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let log = Request::get("/admin/audit?who=administrator");
        let page = text(ask(&app, Some(Role::Auditor), log, String::new()).await).await;
        let newest = page.split("<tbody>").nth(1).unwrap().split("</tr>").next().unwrap();
        for word in said {
            assert!(newest.contains(word), "{address}: {newest}");
        }
        assert!(newest.contains("tải về tệp") || newest.contains("xuất dữ liệu"), "{newest}");
    }
    let found = Request::get("/admin/audit?what=danh+s%C3%A1ch+ng%C6%B0%E1%BB%9Di+d%C3%B9ng");
    let page = text(ask(&app, Some(Role::Auditor), found, String::new()).await).await;
    assert_eq!(page.matches("danh sách người dùng").count(), 2, "the line and the field: {page}");
}

#[tokio::test]
async fn what_can_not_be_written_down_does_not_leave() {
    let (_dir, app) = house().await;
    let address = "/admin/users/download?format=csv";
    let take = || ask(&app, Some(Role::Administrator), Request::get(address), String::new());
    assert_eq!(take().await.status(), StatusCode::OK);
    app.store.break_audit_log().await.unwrap();
    let refused = take().await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!refused.headers().contains_key(header::CONTENT_DISPOSITION));
    let page = text(refused).await;
    assert!(page.contains("Ông/Bà") && !page.contains("auditor"), "{page}");
}

/// Two visits of the first department with comments.
async fn commented(app: &App) -> [i64; 2] {
    let row = |id: u128, comment: &str| {
        commented_rating(Uuid::from_u128(id), app.clock.now() - HOUR, Level::Dissatisfied, comment)
    };
    let rows = [row(500, "Chờ lâu"), row(501, "Phòng nóng")];
    app.store.import_ratings(&rows, app.clock.now()).await.unwrap();
    let mut nums = [0; 2];
    for (num, row) in nums.iter_mut().zip(&rows) {
        *num = app.store.record_of(row.id).await.unwrap().unwrap().num;
    }
    nums
}

/// Waits until so many looks are written down: that happens after the answer.
async fn looks(app: &App, count: usize) -> Vec<Change> {
    for _ in 0..200 {
        let found = lines(app, &["read"]).await;
        if found.len() >= count {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    lines(app, &["read"]).await
}

#[tokio::test]
async fn a_look_at_comments_is_one_line_for_ten_minutes() {
    let (_dir, mut app) = house().await;
    let [one, two] = commented(&app).await;
    let get = async |app: &App, role: Role, address: &str| {
        let answer = ask(app, Some(role), Request::get(address), String::new()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
    };
    let list = "/comments?from=2023-09-01&search=cho+lau";
    for _ in 0..3 {
        get(&app, Role::Supervisor, list).await;
        get(&app, Role::Supervisor, &format!("/records/{one}")).await;
    }
    get(&app, Role::Supervisor, "/records?level=well").await;
    let found = looks(&app, 2).await;
    assert_eq!(found.len(), 2, "neither again nor without a comment: {found:?}");
    let line = found.iter().find(|one| one.subject == "comments").unwrap();
    assert_eq!(line.actor, "user supervisor");
    assert!(line.after.as_ref().unwrap().contains("\"search\":\"cho lau\""), "{line:?}");
    assert!(found.iter().any(|line| line.subject == format!("rating {one}")));
    assert_eq!(lines(&app, &FILES).await.len(), 0, "a look is no file");

    // Another list, another visit, another person, and the same list once the minutes are over.
    get(&app, Role::Supervisor, &format!("/records/{two}")).await;
    get(&app, Role::Supervisor, "/comments?from=2023-09-01").await;
    get(&app, Role::Leader, list).await;
    assert_eq!(looks(&app, 5).await.len(), 5);
    let later = app.clock.now() + 10 * 60_000;
    app.clock = Clock::from_fn(move || later);
    get(&app, Role::Leader, list).await;
    let found = looks(&app, 6).await;
    assert_eq!(found.len(), 6);
    // A form that is refused, and the second page of a redaction, show the comment too.
    let refused = post(&app, Role::Leader, &format!("/records/{one}/note"), "text=").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let form = "extent=whole&reason=names";
    post(&app, Role::Administrator, &format!("/records/{one}/redact"), form).await;
    assert_eq!(looks(&app, 8).await.len(), 8);
    for shown in [1, 2] {
        let count = format!("\"comments_shown\":{shown}");
        let has_it = |one: &Change| one.after.as_deref().is_some_and(|what| what.contains(&count));
        assert!(found.iter().any(has_it), "what was searched for, and all: {found:?}");
    }
}

#[tokio::test]
async fn a_line_counts_the_comments_that_were_shown_and_is_read_in_every_language() {
    let (_dir, app) = house().await;
    commented(&app).await;
    let list = "/records?from=2023-09-01&department=SKHDT&lang=en";
    let answer = ask(&app, Some(Role::Supervisor), Request::get(list), String::new()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let what = looks(&app, 1).await.remove(0).after.unwrap();
    assert!(what.contains("\"comments_shown\":2"), "not the visits of the list: {what}");
    assert!(what.contains("\"from\":\"2023-09-01\""), "as the address has it: {what}");
    for (language, from) in [("vi", "từ: 01/09/2023"), ("en", "from: 1 Sep 2023")] {
        let log = Request::get(format!("/admin/audit?kind=files&lang={language}"));
        let page = text(ask(&app, Some(Role::Auditor), log, String::new()).await).await;
        assert!(page.contains(from) && page.contains("(SKHDT)"), "{page}");
    }
}

#[tokio::test]
async fn a_dossier_of_one_visit_is_not_shown_without_a_line() {
    let (_dir, app) = house().await;
    let visit = Request::get("/records/3");
    let page = text(ask(&app, Some(Role::Leader), visit, String::new()).await).await;
    assert!(page.contains("H53.02-230914-") && page.contains("Lượt đánh giá số 3<"), "{page}");
    let found = looks(&app, 1).await;
    assert_eq!((found.len(), &*found[0].subject), (1, "rating 3"));
}
