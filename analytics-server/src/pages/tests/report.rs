//! The gate before the making of reports: whoever waits too long is told so, and comes in later.

use super::admin::get;
use super::*;
use crate::report::Gate;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn a_third_report_waits_for_its_turn_and_is_told_when_there_is_none() {
    let (_dir, mut app) = app().await;
    app.gate = Arc::new(Gate::new(2, Duration::from_millis(20)));
    let first = app.gate.turn(0).await.unwrap();
    let second = app.gate.turn(-1).await.unwrap();
    let refused = get(&app, "/report?period=2023-09").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(refused).await;
    let said = locales::texts("vi").get("pages-fault-reports-text");
    assert!(page.contains(&said) && page.contains("<h1"), "{page}");

    // Somebody's turn ends while another waits.
    app.gate = Arc::new(Gate::new(1, Duration::from_mins(10)));
    let only = app.gate.turn(0).await.unwrap();
    let (waiting, ()) = tokio::join!(get(&app, "/report?period=2023-09"), async {
        tokio::task::yield_now().await;
        drop(only);
    });
    assert_eq!(waiting.status(), StatusCode::OK);
    assert_eq!(head(&waiting, "content-type"), "application/pdf");
    assert!(app.gate.turn(0).await.is_ok(), "its place is free again");
    drop((first, second));
}
