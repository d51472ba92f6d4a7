//! What waits in quarantine, where it is much.

use super::admin::{furnished, get};
use super::admin_tablets::tablet;
use super::*;
use crate::storage::events::{Appended, Arrival};
use axum::http::StatusCode;
use protocol::Head;
use protocol::exchange::Sent;
use uuid::Uuid;

#[tokio::test]
async fn whatever_waits_is_listed_page_by_page() {
    let (_dir, app) = furnished().await;
    let (tablet, now) = (tablet(&app).await, app.clock.now());
    // Whole and signed, but nothing that this version knows.
    let events: Vec<&[u8]> = vec![b"{}"; 120];
    let mut end = Head::start(tablet);
    let heads: Vec<Head> = events
        .iter()
        .map(|event| {
            end = end.extend(event);
            end
        })
        .collect();
    let arrival = Arrival {
        tablet,
        simulated: false,
        previous: Head::start(tablet),
        heads: &heads,
        events: &events,
        sent: Sent { at: now, boot: Uuid::max(), uptime: 0 },
        // Nothing here verifies it.
        signature: [0; 64],
        sent_at: now,
        received_at: now,
        repeat_ms: 60_000,
    };
    let stored = app.store.append_events(&arrival).await.unwrap();
    assert!(matches!(stored, Appended::Stored { quarantined: 120, .. }), "{stored:?}");

    let listed = |page: &str| page.matches("<details class=\"method\"").count();
    let first = text(get(&app, "/quarantine").await).await;
    assert_eq!(listed(&first), 100);
    assert!(first.contains("href=\"/quarantine?page=2\"") && first.contains("120"), "{first}");
    let second = text(get(&app, "/quarantine?page=2&lang=en").await).await;
    assert_eq!(listed(&second), 20);
    assert!(second.contains("href=\"/quarantine?lang=en\"") && !second.contains("page=3"));
    assert_eq!(listed(&text(get(&app, "/quarantine?page=3").await).await), 0);
    for odd in ["0", "x", "-1", "100001"] {
        let answer = get(&app, &format!("/quarantine?page={odd}")).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{odd}");
    }
    let pressed = post(&app, Role::Administrator, "/quarantine/release", "").await;
    assert_eq!(pressed.status(), StatusCode::SEE_OTHER);
    assert_eq!(head(&pressed, "location"), "/quarantine?done=unchanged");
    assert_eq!(app.store.quarantined().await.unwrap(), 120, "nothing has changed yet");

    // An auditor reads the same, is led to the tablet's chain, and is offered no release.
    let release = "action=\"/quarantine/release";
    assert!(first.contains(release));
    let read = Request::get("/quarantine");
    let page = text(ask(&app, Some(Role::Auditor), read, String::new()).await).await;
    assert_eq!(listed(&page), 100);
    assert!(page.contains(&format!("href=\"/tablets/{tablet}/chain\"")), "{page}");
    assert!(page.contains("Không đọc được bản ghi") && !page.contains(release));
    assert!(!page.contains("href=\"/admin\""), "an auditor has no administration");
    let refused = post(&app, Role::Auditor, "/quarantine/release", "").await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}
