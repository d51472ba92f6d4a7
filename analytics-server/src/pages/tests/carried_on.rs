//! Period and filters on the way from one page to the next, and what a number leads to.

use super::carried::{furnished, get, links};
use super::*;
use axum::http::StatusCode;

async fn shown(app: &App, address: &str) -> String {
    let answer = get(app, address).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    text(answer).await
}

#[tokio::test]
async fn the_ways_between_figures_keep_period_and_filters() {
    let (_dir, app) = furnished().await;
    for page in ["/?", "/departments?", "/officers/CC001?", "/aspects?", "/answers?", "/flags?"] {
        let address = format!("{page}period=2023-Q3&stage=receive&lang=en");
        let links = links(&shown(&app, &address).await);
        for way in ["/", "/departments", "/officers", "/flags"] {
            let way = format!("{way}?period=2023-Q3&stage=receive&lang=en");
            assert!(links.contains(&way), "{address} does not lead to {way}");
        }
        let day = "/day?date=2023-09-05&stage=receive&period=2023-Q3&lang=en";
        assert!(links.contains(day), "{address}");
        let back = links_of(&app, day).await;
        assert!(back.contains("/?period=2023-Q3&stage=receive&lang=en"), "{address}");
    }
    let one = links_of(&app, "/officers/CC001?period=2023-Q3&stage=receive").await;
    assert!(one.contains("/officers?period=2023-Q3&stage=receive"));
    for (address, other) in [
        ("/tablets?site=TT&show=silent", "/tablets?site=TT&show=silent&lang=en"),
        ("/export?period=2023-09&stage=receive", "/export?period=2023-09&stage=receive&lang=en"),
    ] {
        assert!(links_of(&app, address).await.contains(other), "{address}");
    }
    let list = Request::get("/admin/counters?q=Q01&sort=name");
    let list = ask(&app, Some(Role::Administrator), list, String::new()).await;
    assert!(links(&text(list).await).contains("/admin/counters?q=Q01&sort=name&lang=en"));
}

async fn links_of(app: &App, address: &str) -> std::collections::BTreeSet<String> {
    links(&shown(app, address).await)
}

#[tokio::test]
async fn the_report_is_of_what_is_seen_or_not_offered() {
    let (_dir, app) = furnished().await;
    let report = async |query: &str| {
        let links = links_of(&app, &format!("/?period=2023-09{query}")).await;
        links.into_iter().find(|link| link.starts_with("/report?"))
    };
    let own = "/report?period=2023-09&department=SKHDT";
    assert_eq!(report("").await.unwrap(), "/report?period=2023-09");
    assert_eq!(report("&department=SKHDT").await.unwrap(), own);
    assert_eq!(get(&app, own).await.status(), StatusCode::OK);
    assert_eq!(report("&stage=receive").await, None);
    let nobody = report("&department=SNV").await;
    if let Some(nobody) = nobody {
        let file = get(&app, &format!("{nobody}&format=pdf")).await;
        assert!(head(&file, "content-disposition").contains("2023-09-SNV"), "{nobody}");
    }
    assert_eq!(get(&app, "/report?department=X").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_leads_to_the_visits_it_is_made_of() {
    let (_dir, app) = furnished().await;
    let days = "from=2023-09-01&to=2023-09-30";
    for (page, way) in [
        ("/?period=2023-09&stage=receive", format!("/records?{days}&stage=receive&state=counted")),
        ("/?period=2023-09", format!("/records?{days}&level=dissatisfied&state=counted")),
        ("/?period=2023-09", format!("/records?{days}&weekday=2&hour=8&state=counted")),
        (
            "/officers?period=2023-09",
            format!("/records?{days}&officer=CC001&level=below&state=counted"),
        ),
        (
            "/departments?period=2023-09&department=SKHDT",
            format!("/records?{days}&department=SKHDT&level=below&state=counted"),
        ),
        (
            "/officers/CC001?period=2023-09",
            format!("/records?{days}&officer=CC001&level=satisfied&state=counted"),
        ),
        ("/?period=2023-09&stage=receive", "/flags?period=2023-09&stage=receive".to_owned()),
    ] {
        assert!(links_of(&app, page).await.contains(&way), "{page} does not lead to {way}");
        shown(&app, &way).await;
    }
    let below = shown(&app, &format!("/records?{days}&level=below")).await;
    assert_eq!(below.matches("<tr id=\"r").count(), 5);
}

#[tokio::test]
async fn flags_are_narrowed_like_every_dashboard() {
    let (_dir, app) = furnished().await;
    let chosen = get(&app, "/flags?part=09&year=2023&site=TT").await;
    assert_eq!(head(&chosen, "location"), "/flags?period=2023-09&site=TT");
    let narrowed = links_of(&app, "/flags?period=2023-09&site=TT&channel=postal").await;
    let lists: Vec<_> = narrowed.iter().filter(|link| link.contains("flag=")).collect();
    assert!(lists.iter().all(|link| link.contains("site=TT&channel=postal")), "{lists:?}");
    for nowhere in ["site=X", "procedure=X", "department=X", "stage=never", "channel=fax"] {
        let status = get(&app, &format!("/flags?{nowhere}")).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn a_time_to_come_is_told_as_such_everywhere() {
    let (_dir, app) = furnished().await;
    for address in [
        "/?period=2024-09",
        "/departments?period=2024-09",
        "/officers/CC001?period=2024-09",
        "/aspects?period=2024-09",
        "/answers?period=2024-09",
        "/flags?period=2024-09",
        "/day?date=2024-09-05",
        "/records?from=2024-09-01&to=2024-09-30",
        "/export?period=2024-09",
    ] {
        let page = shown(&app, address).await;
        assert_eq!(page.matches("Kỳ này chưa đến").count(), 1, "{address}");
    }
}
