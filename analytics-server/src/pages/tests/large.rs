//! A province has about two thousand procedures with long names: no page grows with them.

use super::routes::rated;
use super::*;
use crate::storage::rows::Procedure;
use axum::http::StatusCode;

/// So much of a page is loaded quickly at any counter.
const MOST: usize = 200 * 1024;

#[tokio::test]
async fn two_thousand_procedures_make_no_page_large() {
    let (_dir, app) = rated().await;
    let departments = app.store.directory().await.unwrap().departments.clone();
    let procedure = |nth: usize| Procedure {
        id: 0,
        code: format!("8.{nth:06}"),
        name: format!("Thủ tục số {nth:>4}: {}", "đủ điều kiện ".repeat(8))
            .chars()
            .take(100)
            .collect(),
        field: "Doanh nghiệp".into(),
        // As many as a form offers in one department, the rest in the others.
        department: departments[if nth < 300 { 0 } else { 1 + nth % (departments.len() - 1) }].id,
        working_days: 5,
    };
    let all: Vec<_> = (0..2_000).map(procedure).collect();
    app.store.put_procedures(&all, 1).await.unwrap();
    let own = format!("department={}", departments[0].code);
    for page in [
        "/?period=2023-09",
        "/departments?period=2023-09",
        "/officers?period=2023-09",
        "/counters?period=2023-09",
        "/procedures?period=2023-09",
        "/aspects?period=2023-09",
        "/answers?period=2023-09",
        "/flags?period=2023-09",
        "/day?date=2023-09-05",
        "/export?period=2023-09",
        "/records?from=2023-09-01",
    ] {
        for address in [page.to_owned(), format!("{page}&{own}")] {
            let request = Request::get(&address);
            let answer = ask(&app, Some(Role::Leader), request, String::new()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{address}");
            let page = text(answer).await;
            assert!(page.len() < MOST, "{address} has {} bytes", page.len());
        }
    }
    let one = format!("/?period=2023-09&{own}");
    let offered = text(ask(&app, Some(Role::Leader), Request::get(one), String::new()).await).await;
    assert_eq!(offered.matches("<option value=\"8.").count(), 300);
}
