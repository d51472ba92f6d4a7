//! Reports and charts as files: the page that offers a report, charts to take into a meeting, and the
//! limit on what is made at one time.

use super::admin::get;
use super::carried::links;
use super::routes::rated;
use super::*;
use crate::concurrency::TimedConcurrencyLimit;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn a_third_report_waits_for_its_turn_and_is_told_when_there_is_none() {
    let (_dir, mut app) = app().await;
    app.report_limit = Arc::new(TimedConcurrencyLimit::new(2, Duration::from_millis(20)));
    let first = app.report_limit.acquire(0).await.unwrap();
    let second = app.report_limit.acquire(-1).await.unwrap();
    let refused = get(&app, "/report?period=2023-09&format=pdf").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(refused).await;
    let said = locales::texts("vi").get("pages-fault-reports-text");
    assert!(page.contains(&said) && page.contains("<h1"), "{page}");

    // Somebody's turn ends while another waits.
    app.report_limit = Arc::new(TimedConcurrencyLimit::new(1, Duration::from_mins(10)));
    let only = app.report_limit.acquire(0).await.unwrap();
    let (waiting, ()) = tokio::join!(get(&app, "/report?period=2023-09&format=pdf"), async {
        tokio::task::yield_now().await;
        drop(only);
    });
    assert_eq!(waiting.status(), StatusCode::OK);
    assert_eq!(head(&waiting, "content-type"), "application/pdf");
    assert!(app.report_limit.acquire(0).await.is_some(), "its place is free again");
    drop((first, second));
}

async fn by(app: &App, role: Role, address: &str) -> Response<Body> {
    ask(app, Some(role), Request::get(address), String::new()).await
}

#[tokio::test]
async fn a_report_is_chosen_on_a_page_and_taken_from_there() {
    let (_dir, app) = rated().await;
    let page = text(by(&app, Role::Leader, "/report?period=2023-Q3").await).await;
    assert!(page.contains("Quý III năm 2023") && page.contains("Toàn Trung tâm"), "{page}");
    assert!(page.contains("<option value=\"9M\"") && page.contains("name=\"from\""));
    for field in ["name=\"format\" value=\"pdf\"", "name=\"for\"", "value=\"publication\""] {
        assert!(page.contains(field), "{field}: {page}");
    }
    let pdf = by(&app, Role::Leader, "/report?period=2023-Q3&format=pdf").await;
    assert_eq!(head(&pdf, "content-type"), "application/pdf");
    // The chooser leads to an address that can be kept, with the part of the centre.
    let chosen = "/report?part=H1&year=2023&department=SKHDT";
    let chosen = by(&app, Role::Leader, chosen).await;
    assert_eq!(head(&chosen, "location"), "/report?period=2023-H1&department=SKHDT");
    let part = text(by(&app, Role::Leader, head(&chosen, "location")).await).await;
    assert!(part.contains("Sở Kế hoạch và Đầu tư") && !part.contains("value=\"publication\""));
    let range = "/report?period=2023-09-01..2023-09-05";
    let range = text(by(&app, Role::Leader, range).await).await;
    assert!(!range.contains("value=\"publication\""), "a range is not published");
    // A supervisor is offered the own department alone.
    let own = text(by(&app, Role::Supervisor, "/report?period=2023-09").await).await;
    assert!(own.contains("Sở Kế hoạch và Đầu tư") && !own.contains("Toàn Trung tâm"), "{own}");
    for page in ["/?", "/departments?", "/departments/SKHDT?"] {
        let address = format!("{page}period=2023-09");
        let ways = links(&text(by(&app, Role::Leader, &address).await).await);
        assert!(ways.iter().any(|way| way.starts_with("/report?period=2023-09")), "{address}");
    }
    let officer = text(by(&app, Role::Leader, "/officers/CC001?period=2023-09").await).await;
    let mut ways = links(&officer).into_iter();
    assert!(!ways.any(|way| way.starts_with("/report?")), "there is none of an officer");
}

#[tokio::test]
async fn every_chart_of_a_page_can_be_taken_as_a_picture_of_the_same() {
    let (_dir, app) = rated().await;
    let mut taken = std::collections::BTreeSet::new();
    for page in [
        "/?period=2023-09",
        "/departments/SKHDT?period=2023-09&stage=receive",
        "/officers/CC001?period=2023-09",
        "/counters/Q01?period=2023-09",
    ] {
        let ways = links(&text(by(&app, Role::Leader, page).await).await);
        let own: Vec<_> = ways.into_iter().filter(|way| way.starts_with("/charts/")).collect();
        assert!(own.len() >= 4, "{page}: {own:?}");
        taken.extend(own);
    }
    assert!(taken.iter().any(|one| one.contains("officer=CC001")), "{taken:?}");
    for address in taken {
        let made = by(&app, Role::Leader, &address).await;
        assert_eq!(made.status(), StatusCode::OK, "{address}");
        assert!(head(&made, "content-disposition").starts_with("attachment; filename=\"bieu-do-"));
        let is_svg = address.contains(".svg");
        let kind = if is_svg { "image/svg+xml" } else { "image/png" };
        assert_eq!(head(&made, "content-type"), kind, "{address}");
        let bytes = to_bytes(made.into_body(), 10_000_000).await.unwrap();
        let begins: &[u8] = if is_svg { b"<svg " } else { b"\x89PNG\r" };
        assert!(bytes.starts_with(begins), "{address}");
    }
    let log = app.store.audit_log(100).await.unwrap();
    assert!(log.iter().any(|line| line.subject == "chart Mức độ hài lòng"), "{log:?}");
}

#[tokio::test]
async fn a_chart_is_shown_to_nobody_who_may_not_see_its_page() {
    let (_dir, mut app) = rated().await;
    for (role, address, status) in [
        (Role::Officer, "/charts/trend.svg?period=2023-09", 403),
        (Role::Supervisor, "/charts/levels.svg?period=2023-09", 200),
        (Role::Supervisor, "/charts/levels.svg?period=2023-09&department=STP", 404),
        (Role::Leader, "/charts/levels.svg?period=2023-09&officer=nobody", 404),
        (Role::Leader, "/charts/levels.gif?period=2023-09", 404),
        (Role::Leader, "/charts/levels?period=2023-09", 404),
        (Role::Leader, "/charts/trend.png?period=x", 400),
    ] {
        let made = by(&app, role, address).await;
        assert_eq!(made.status().as_u16(), status, "{role:?} {address}");
    }
    app.report_limit = Arc::new(TimedConcurrencyLimit::new(1, Duration::from_millis(20)));
    let only = app.report_limit.acquire(0).await.unwrap();
    let refused = by(&app, Role::Leader, "/charts/levels.png?period=2023-09").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    drop(only);
}

#[tokio::test]
async fn the_report_is_of_what_stands_in_the_form() {
    let (_dir, app) = rated().await;
    // The page shows nine months; the fields of its form name the third quarter.
    let form = "period=2023-9M&part=Q3&year=2023&department=SKHDT&page=1";
    for (button, more) in [("format=pdf", "page=1&format=pdf"), ("format=png", "page=1&format=png")]
    {
        let address = format!("/report?{form}&{button}");
        let chosen = by(&app, Role::Leader, &address).await;
        let file = format!("/report?period=2023-Q3&department=SKHDT&{more}");
        assert_eq!(head(&chosen, "location"), file, "{address}");
        let file = by(&app, Role::Leader, &file).await;
        let name = head(&file, "content-disposition").to_owned();
        assert!(name.contains("2023-Q3-SKHDT"), "{name}");
    }
    // Where no part of a year is chosen it is what the page shows.
    let shown = "/report?period=2023-09-01..2023-09-05&year=2023&department=&page=1&format=pdf";
    let file = by(&app, Role::Leader, shown).await;
    assert!(head(&file, "content-disposition").contains("2023-09-01"), "{:?}", file.headers());
    // Fields that name no period are told beside them, and no file is made.
    let odd = "/report?period=2023-9M&from=2023-09-30&to=2023-09-01&format=pdf";
    let page = by(&app, Role::Leader, odd).await;
    assert_eq!(page.status(), StatusCode::BAD_REQUEST);
    let page = text(page).await;
    let said = "role=\"alert\">“30/09/2023 – 01/09/2023” có ngày cuối trước ngày đầu";
    assert!(page.contains(said) && page.contains("9 tháng năm 2023"), "{page}");
    assert!(page.contains("name=\"from\" required value=\"2023-09-30\""), "{page}");
    // A page that there is not leads back to the same report.
    let none = by(&app, Role::Leader, "/report?period=2023-09&format=png&page=99").await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    assert!(links(&text(none).await).contains("/report?period=2023-09"));
}

#[tokio::test]
async fn the_report_to_be_sent_is_the_first_choice_and_each_file_says_which_it_is() {
    let (_dir, app) = rated().await;
    let page = text(by(&app, Role::Leader, "/report?period=2023-09").await).await;
    let sent = page.find("<option value=\"\" selected>Để gửi đi</option>").unwrap();
    let internal = page.find("<option value=\"internal\">Kèm Phụ lục II, lưu hành").unwrap();
    assert!(sent < internal && page.contains("<option value=\"publication\">Để công bố"), "{page}");
    for (asked, name) in [
        ("&format=pdf", "2023-09-gui-di.pdf"),
        ("&format=pdf&for=", "2023-09-gui-di.pdf"),
        ("&format=pdf&for=internal", "2023-09-kem-phu-luc-II-noi-bo.pdf"),
        ("&format=png&page=1", "2023-09-gui-di-trang-1.png"),
        ("&format=png&page=1&for=internal", "2023-09-kem-phu-luc-II-noi-bo-trang-1.png"),
    ] {
        let file = by(&app, Role::Leader, &format!("/report?period=2023-09{asked}")).await;
        assert_eq!(file.status(), StatusCode::OK, "{asked}");
        assert!(head(&file, "content-disposition").contains(name), "{asked}: {:?}", file.headers());
    }
    let unknown = by(&app, Role::Leader, "/report?period=2023-09&format=pdf&for=friends").await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
    // What was chosen stays chosen when another period is.
    let chosen = by(&app, Role::Leader, "/report?part=Q3&year=2023&for=internal").await;
    assert_eq!(head(&chosen, "location"), "/report?period=2023-Q3&for=internal");
    let page = text(by(&app, Role::Leader, head(&chosen, "location")).await).await;
    assert!(page.contains("<option value=\"internal\" selected>"), "{page}");
}

#[tokio::test]
async fn the_page_promises_what_its_report_has_and_tells_days_once() {
    let (_dir, app) = rated().await;
    let of = async |address: &str| text(by(&app, Role::Leader, address).await).await;
    let month = of("/report?period=2023-09").await;
    assert!(month.contains("1. Kết quả chung") && month.contains("Phụ lục: bảng số liệu"));
    assert!(!month.contains("TỒN TẠI, HẠN CHẾ") && !month.contains("NHIỆM VỤ"), "{month}");
    assert!(month.contains("<dt>Thời gian</dt>"));
    let empty = of("/report?period=2022-09").await;
    assert!(empty.contains("II. TỒN TẠI, HẠN CHẾ") && empty.contains("NHIỆM VỤ"), "{empty}");
    assert!(!empty.contains("Phụ lục: bảng số liệu") && !empty.contains("value=\"internal\""));
    let days = of("/report?period=2023-09-01..2023-09-05").await;
    assert!(days.contains("<dt>Kỳ báo cáo</dt>") && !days.contains("<dt>Thời gian</dt>"), "{days}");
}

#[tokio::test]
async fn the_name_of_a_picture_says_of_what_part_it_is() {
    let (_dir, app) = rated().await;
    for (role, narrowed, name) in [
        (Role::Leader, "", "bieu-do-dien-bien-2023-09.png"),
        (Role::Leader, "&department=SKHDT", "bieu-do-dien-bien-2023-09-SKHDT.png"),
        (Role::Leader, "&stage=receive", "bieu-do-dien-bien-2023-09-receive.png"),
        (Role::Leader, "&officer=CC001", "bieu-do-dien-bien-2023-09-CC001.png"),
        (Role::Supervisor, "", "bieu-do-dien-bien-2023-09-SKHDT.png"),
    ] {
        let made = by(&app, role, &format!("/charts/trend.png?period=2023-09{narrowed}")).await;
        let said = format!("attachment; filename=\"{name}\"");
        assert_eq!(head(&made, "content-disposition"), said, "{narrowed}");
    }
}
