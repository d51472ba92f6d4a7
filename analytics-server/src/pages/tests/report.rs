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
    for file in
        ["/report?period=2023-Q3&format=pdf", "/report?period=2023-Q3&format=pdf&for=publication"]
    {
        assert!(links(&page).contains(file), "{file}: {page}");
    }
    let pdf = by(&app, Role::Leader, "/report?period=2023-Q3&format=pdf").await;
    assert_eq!(head(&pdf, "content-type"), "application/pdf");
    // The chooser leads to an address that can be kept, with the part of the centre.
    let chosen = "/report?part=H1&year=2023&department=SKHDT";
    let chosen = by(&app, Role::Leader, chosen).await;
    assert_eq!(head(&chosen, "location"), "/report?period=2023-H1&department=SKHDT");
    let part = text(by(&app, Role::Leader, head(&chosen, "location")).await).await;
    assert!(part.contains("Sở Kế hoạch và Đầu tư") && !part.contains("for=publication"));
    let range = "/report?period=2023-09-01..2023-09-05";
    let range = text(by(&app, Role::Leader, range).await).await;
    assert!(!range.contains("for=publication"), "a range is not published");
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
