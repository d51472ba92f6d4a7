//! The filters of an address and the hours of a day: no address shows a reader more than their part
//! of the centre, and of that part they are told the true counts.

use super::routes::rated;
use super::*;
use crate::pages::dashboards::day::DayPage;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::view::View;
use crate::period::Span;
use askama::Template as _;
use axum::http::StatusCode;
use reports::figures::Hour;

async fn get(app: &App, role: Role, address: &str) -> Response<Body> {
    ask(app, Some(role), Request::get(address), String::new()).await
}

#[tokio::test]
async fn a_supervisor_finds_no_other_department_at_any_address() {
    let (_dir, app) = rated().await;
    let directory = app.store.directory().await.unwrap();
    assert!(directory.departments.len() > 1);
    for page in ["/?period=2023-09", "/day?date=2023-09-05"] {
        let shown = get(&app, Role::Supervisor, page).await;
        assert_eq!(shown.status(), StatusCode::OK, "{page}");
        let shown = text(shown).await;
        let options = shown.split("<option").skip(1).collect::<String>();
        assert!(options.contains("Sở Kế hoạch và Đầu tư") && !shown.contains("Toàn Trung tâm"));
        for other in directory.departments.iter().filter(|one| one.id != 1) {
            assert!(!shown.contains(&other.name), "{page} names {}", other.name);
            let address = format!("{page}&department={}", other.code);
            let hidden = get(&app, Role::Supervisor, &address).await;
            assert_eq!(hidden.status(), StatusCode::NOT_FOUND, "{address}");
            assert_eq!(get(&app, Role::Leader, &address).await.status(), StatusCode::OK);
        }
        let own = get(&app, Role::Supervisor, &format!("{page}&department=SKHDT")).await;
        assert_eq!(own.status(), StatusCode::OK);
    }
    // A report without a filter is of their own department, and its file name says so.
    let report = get(&app, Role::Supervisor, "/report?period=2023-09&format=pdf").await;
    assert_eq!(report.status(), StatusCode::OK);
    assert!(head(&report, "content-disposition").contains("SKHDT"));
}

#[tokio::test]
async fn a_filter_that_does_not_exist_is_nowhere() {
    let (_dir, app) = rated().await;
    for filter in ["department=X", "site=X", "procedure=X", "stage=3", "channel=fax"] {
        for page in ["/?period=2023-09", "/day?date=2023-09-05"] {
            let address = format!("{page}&{filter}");
            assert_eq!(get(&app, Role::Leader, &address).await.status(), StatusCode::NOT_FOUND);
        }
    }
    let nul = get(&app, Role::Leader, "/?period=2023-09&stage=%00").await;
    assert_eq!(nul.status(), StatusCode::BAD_REQUEST, "no word of ours holds a NUL");
    for date in ["x", "2023-02-30", "..", "2023-09-01..2023-09-02", "9999-01-01"] {
        let status = get(&app, Role::Leader, &format!("/day?date={date}")).await.status();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{date}");
    }
}

#[tokio::test]
async fn every_link_keeps_the_filters() {
    let (_dir, app) = rated().await;
    let chosen = get(&app, Role::Leader, "/?part=09&year=2023&department=SKHDT&stage=").await;
    let kept = "/?period=2023-09&department=SKHDT";
    assert_eq!(head(&chosen, "location"), kept);
    let page = text(get(&app, Role::Leader, kept).await).await;
    assert!(page.contains("href=\"/?period=2023-08&#38;department=SKHDT\""));
    assert!(page.contains("<option value=\"SKHDT\" selected>"));
    assert!(page.contains("type=\"hidden\" name=\"department\" value=\"SKHDT\""));
    let day = text(get(&app, Role::Leader, "/day?date=2023-09-05&stage=receive&lang=en").await);
    assert!(day.await.contains("/day?date=2023-09-04&#38;stage=receive&#38;lang=en"));
}

#[tokio::test]
async fn nothing_found_says_so_and_how_to_see_more() {
    let (_dir, app) = rated().await;
    let none = text(get(&app, Role::Leader, "/?period=2023-09&channel=postal").await).await;
    assert!(none.contains("phù hợp với các điều kiện") && none.contains("\"/?period=2023-09\""));
    let none = text(get(&app, Role::Leader, "/day?date=2023-09-05&stage=return").await).await;
    assert!(
        none.contains("phù hợp với các điều kiện") && none.contains("\"/day?date=2023-09-05\"")
    );
    for page in ["/?period=2024-01", "/day?date=2024-01-01"] {
        assert!(text(get(&app, Role::Leader, page).await).await.contains("chưa đến"), "{page}");
    }
}

fn hour(hour: u8, ratings: u64, satisfied: u64) -> Hour {
    Hour { weekday: 5, hour, ratings, satisfied }
}

#[tokio::test]
async fn the_hours_of_a_day_are_told_to_whoever_may_open_their_ratings() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.hours = vec![hour(7, 3, 2), hour(8, 140, 140), hour(9, 20, 17), hour(10, 60, 54)];
    let page = async |role: Role, figures: &Figures| {
        let context = context(&app, role, "vi").await;
        let day = Span::Days(date(2023, 9, 5), date(2023, 9, 5));
        let view = View::of_span(&context, day, Filters::default());
        let page = DayPage::of(&context, &view, figures).render().unwrap();
        page.replace(crate::assets::mark(), "MARK").replace(&context.viewer.csrf, "CSRF")
    };
    let leader = page(Role::Leader, &figures).await;
    insta::assert_snapshot!("day_full", leader);
    for told in ["66,67%", "85,00%", "90,00%", ">3</a>", "trong đó 3 lượt dưới mức"] {
        assert!(leader.contains(told), "{told}: {leader}");
    }
    let below = "/records?date=2023-09-05&#38;hour=9&#38;level=below&#38;state=counted";
    assert!(leader.contains(below), "{leader}");
    let main = |page: &str| page.split("<main").nth(1).unwrap().to_owned();
    assert_eq!(main(&leader), main(&page(Role::Auditor, &figures).await));
    figures.hours.clear();
    insta::assert_snapshot!("day_empty", page(Role::Leader, &figures).await);
}
