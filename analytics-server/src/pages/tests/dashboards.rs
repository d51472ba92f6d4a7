//! The filters of an address and the hours of a day: no address shows a reader more than their part
//! of the centre, and of that part they are told the true counts.

use super::carried::links;
use super::routes::rated;
use super::*;
use crate::export::figure_tables;
use crate::pages::dashboards::day::DayPage;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::overview::Overview;
use crate::pages::dashboards::view::View;
use crate::period::Span;
use crate::table_files::Cell;
use askama::Template as _;
use axum::http::StatusCode;
use calamine::{Reader as _, Xlsx};
use reports::figures::Hour;
use reports::numbers::Numbers;
use std::io::Cursor;

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
        let page = DayPage::of(&context, &view, figures, None).render().unwrap();
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

#[tokio::test]
async fn the_period_one_comes_from_is_kept_by_days_and_lists() {
    let (_dir, app) = rated().await;
    let week = "2023-09-04..2023-09-10";
    let ways = async |address: &str| links(&text(get(&app, Role::Leader, address).await).await);
    let overview = format!("/?period={week}");
    let whole = ways(&overview).await;
    for path in ["/day?date=2023-09-05&", "/records?"] {
        let address = format!("{path}period={week}");
        assert!(whole.contains(&address), "{whole:?}");
        let there = ways(&address).await;
        assert!(there.contains(&overview), "{address} does not lead back: {there:?}");
    }
    // Another day, and the ratings of an hour.
    let day = ways(&format!("/day?date=2023-09-05&period={week}")).await;
    let next = format!("/day?date=2023-09-06&period={week}");
    assert!(day.contains(&next) && ways(&next).await.contains(&overview), "{day:?}");
    let hour = format!("/records?date=2023-09-05&hour=8&state=counted&period={week}");
    assert!(day.contains(&hour) && ways(&hour).await.contains(&overview), "{day:?}");
    let form = text(get(&app, Role::Leader, &next).await).await;
    assert!(form.contains(&format!("name=\"period\" value=\"{week}\"")), "{form}");
    // A list of the days of a month goes on with that month.
    let month = ways("/records?from=2023-09-01&to=2023-09-30&level=low").await;
    assert!(month.contains("/?period=2023-09"), "{month:?}");
    assert!(ways("/records?period=x").await.contains("/"), "what is no period is passed over");
}

#[tokio::test]
async fn no_way_leads_to_a_period_that_has_not_begun() {
    let (_dir, app) = app().await;
    // Today is 1 October.
    for (address, next) in [
        ("/?period=2023-09", true),
        ("/?period=2023-10", false),
        ("/?period=2023-Q3", true),
        ("/departments?period=2023-9M", false),
        ("/day?date=2023-09-30", true),
        ("/day?date=2023-10-01", false),
    ] {
        let page = text(get(&app, Role::Leader, address).await).await;
        assert_eq!(page.contains("rel=\"next\""), next, "{address}");
        assert!(page.contains("rel=\"prev\""), "{address}");
    }
}

#[tokio::test]
async fn the_file_of_the_overview_has_the_days_and_hours_of_the_page() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.hours = vec![hour(7, 3, 2), hour(8, 140, 140), hour(9, 20, 17)];
    let context = context(&app, Role::Leader, "vi").await;
    let view = View::of_span(&context, Span::NineMonths(2023), Filters::default());
    let page = Overview::of(&context, &view, &figures, false, Vec::new()).unwrap();
    let table = figure_tables::overview(&figures, view.texts);
    assert!(table.simulated, "the case is marked as simulated");
    let numbers = Numbers::of(view.texts);
    let of = |key: &str| {
        let part = Cell::Text(view.texts.get(key));
        let rows = table.rows.iter().filter(|row| row[0] == part);
        let told = rows.map(|row| match (&row[2], &row[6], &row[12]) {
            (Cell::Day(day), Cell::Count(total), Cell::Share(share)) => {
                (numbers.date(*day), numbers.count(*total), numbers.percent(*share))
            }
            (Cell::Text(name), Cell::Count(total), Cell::Share(share)) => {
                (name.clone(), numbers.count(*total), numbers.percent(*share))
            }
            other => panic!("{other:?}"),
        });
        told.collect::<Vec<_>>()
    };
    let shown = page.trend.numbers.unwrap().rows.into_iter();
    let shown: Vec<_> =
        shown.map(|(day, _, cells)| (day, cells[0].clone(), cells[1].clone())).collect();
    assert!(shown.len() > 5);
    assert_eq!(of("pages-trend"), shown);
    let days = of("pages-table-days");
    assert_eq!(days.len(), figures.days.iter().filter(|day| day.total > 0).count());
    let slots = page.week.rows.iter().flat_map(|row| &row.1).filter(|slot| !slot.total.is_empty());
    let slots: Vec<_> = slots.map(|slot| (slot.total.clone(), slot.share.clone() + "%")).collect();
    let hours = of("dashboards-week");
    assert_eq!(hours[1].0, "thứ Sáu, 8–9 giờ");
    let hours: Vec<_> = hours.into_iter().map(|(_, total, share)| (total, share)).collect();
    assert_eq!(hours, slots);
}

#[tokio::test]
async fn the_file_of_a_list_has_its_changes_and_says_what_is_simulated() {
    let (_dir, app) = rated().await;
    let file = get(&app, Role::Leader, "/officers?period=2023-09&format=xlsx").await;
    let bytes = to_bytes(file.into_body(), 10_000_000).await.unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let cells = |range: calamine::Range<calamine::Data>| {
        let rows = range.rows().map(|row| row.iter().map(ToString::to_string).collect());
        rows.collect::<Vec<Vec<String>>>()
    };
    let rows = cells(book.worksheet_range_at(0).unwrap().unwrap());
    let at = |heading: &str| rows[0].iter().position(|one| one == heading).unwrap();
    // Nothing is there to compare with: a reason, and no number.
    assert_eq!(rows[1][at("Thay đổi so với kỳ trước (điểm phần trăm)")], "");
    assert_eq!(rows[1][at("Kết quả so sánh")], "chưa có số liệu để so sánh");
    assert!(rows[0].contains(&"Tỷ lệ hiệu chỉnh".to_owned()));
    let about = cells(book.worksheet_range("Tóm tắt").unwrap());
    let mark = ["Dữ liệu mô phỏng".to_owned(), "Có".to_owned()];
    assert!(about.iter().any(|row| *row == mark), "{about:?}");
    let csv = get(&app, Role::Leader, "/officers?period=2023-09&format=csv").await;
    assert!(head(&csv, "content-disposition").contains("m%C3%B4%20ph%E1%BB%8Fng"), "the name");
}
