//! The limit on reports that are made at one time: a request that waits too long is told so, and
//! one is served once a place is free.

use super::admin::get;
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
    let refused = get(&app, "/report?period=2023-09").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(refused).await;
    let said = locales::texts("vi").get("pages-fault-reports-text");
    assert!(page.contains(&said) && page.contains("<h1"), "{page}");

    // Somebody's turn ends while another waits.
    app.report_limit = Arc::new(TimedConcurrencyLimit::new(1, Duration::from_mins(10)));
    let only = app.report_limit.acquire(0).await.unwrap();
    let (waiting, ()) = tokio::join!(get(&app, "/report?period=2023-09"), async {
        tokio::task::yield_now().await;
        drop(only);
    });
    assert_eq!(waiting.status(), StatusCode::OK);
    assert_eq!(head(&waiting, "content-type"), "application/pdf");
    assert!(app.report_limit.acquire(0).await.is_some(), "its place is free again");
    drop((first, second));
}
