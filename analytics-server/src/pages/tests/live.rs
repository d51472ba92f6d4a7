//! The streams of open dashboards, today's numbers, the public page, the screen of the hall.

use super::*;
use crate::clock::fresh_id;
use crate::live::LiveHub;
use crate::storage::notes::{Author, NoteKind, Noted};
use crate::storage::rows::{Counter, FileColumns, ImportedRating, Officer};
use axum::body::BodyDataStream;
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use protocol::{Level, Scale};
use std::time::Duration;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// A second department, with ratings of today at both: `own` at the first, `other` at the second.
async fn rate(app: &App, own: [usize; 5], other: [usize; 5]) {
    rate_at(app, app.clock.now() - 60_000, own, other).await;
}

/// The same at another moment.
pub(super) async fn rate_at(app: &App, at: i64, own: [usize; 5], other: [usize; 5]) {
    let now = app.clock.now();
    let second =
        Department {
            id: 0, code: "STP".into(), name: "Sở Tư pháp".into(), ticket_prefix: None
        };
    app.store.put_departments(&[second], now).await.unwrap();
    let departments = app.store.directory().await.unwrap().departments.clone();
    for (number, department) in (1..).zip(&departments) {
        let counter = Counter {
            id: 0,
            code: format!("Q0{number}"),
            name: format!("Quầy số 0{number}"),
            department: department.id,
        };
        app.store.put_counters(&[counter], now).await.unwrap();
        let officer = Officer {
            id: 0,
            code: format!("CC00{number}"),
            name: "Nguyễn Văn A".into(),
            title: "Chuyên viên".into(),
            department: department.id,
            counter: None,
        };
        app.store.put_officers(&[officer], now).await.unwrap();
    }
    let directory = app.store.directory().await.unwrap();
    let mut rows = Vec::new();
    for (number, counts) in [(1, own), (2, other)] {
        let officer = directory.officer(&format!("CC00{number}")).unwrap();
        for (level, count) in Level::ALL.into_iter().zip(counts) {
            rows.extend((0..count).map(|_| ImportedRating {
                id: fresh_id(),
                at,
                counter: directory.counter(&format!("Q0{number}")).unwrap().id,
                officer: officer.id,
                stage: None,
                scale: Scale::Five,
                level,
                dossier: None,
                reasons: Vec::new(),
                comment: None,
                told: FileColumns::default(),
                simulated: false,
            }));
        }
    }
    app.store.import_ratings(&rows, now).await.unwrap();
}

/// Makes the centre show itself to everybody, or no more.
async fn show(app: &App, shown: bool) {
    let json = format!(
        r#"{{"public": {{"shown": {shown}, "petitions": {{"hotline": "1022",
            "web": "https://dichvucong.gov.vn", "address": {{"vi": "Sảnh <Trung tâm>"}}}}}}}}"#
    );
    let centre = app.centre().with(&json).unwrap();
    App::put_centre(&app.store, &centre, "test", app.clock.now()).await.unwrap();
}

async fn get(app: &App, role: Option<Role>, address: &str) -> Response<Body> {
    ask(app, role, Request::get(address), String::new()).await
}

/// An open stream, with the watcher at work.
async fn listen(app: &App, role: Role) -> BodyDataStream {
    let response = get(app, Some(role), "/live").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(head(&response, "content-type"), "text/event-stream; charset=utf-8");
    assert!(head(&response, "cache-control").contains("no-transform"), "nobody may collect it");
    response.into_body().into_data_stream()
}

/// The next event of a stream that holds `word`; none once it has ended.
async fn heard(stream: &mut BodyDataStream, word: &str) -> Option<String> {
    let next = async {
        while let Some(part) = stream.next().await {
            let part = String::from_utf8(part.unwrap().to_vec()).unwrap();
            if part.contains(word) {
                return Some(part);
            }
        }
        None
    };
    tokio::time::timeout(Duration::from_secs(30), next).await.unwrap()
}

#[tokio::test]
async fn a_stream_tells_each_what_they_may_see() {
    let (_dir, app) = app().await;
    rate(&app, [5, 1, 0, 0, 0], [0, 0, 0, 7, 0]).await;
    let watching = tokio::spawn(crate::live::watch(app.live()));
    let mut leader = listen(&app, Role::Leader).await;
    let mut supervisor = listen(&app, Role::Supervisor).await;
    let whole = heard(&mut leader, "event: today").await.unwrap();
    let own = heard(&mut supervisor, "event: today").await.unwrap();
    assert!(whole.contains("\"ratings\":\"13\""), "{whole}");
    assert!(own.contains("\"ratings\":\"6\"") && own.contains("100%"), "{own}");
    assert!(own.contains("\"last\":\"11:59\""), "{own}");
    // What another department gets is never told, and does not change what is.
    rate(&app, [0; 5], [40, 0, 0, 0, 0]).await;
    app.live_hub.wake();
    assert!(heard(&mut leader, "event: today").await.unwrap().contains("\"ratings\":\"53\""));
    // Of the others' forty nothing came: the next that is heard is the own one.
    rate(&app, [1, 0, 0, 0, 0], [0; 5]).await;
    app.live_hub.wake();
    let own = heard(&mut supervisor, "event: today").await.unwrap();
    assert!(own.contains("\"ratings\":\"7\"") && !own.contains("STP"), "{own}");
    app.live_hub.close();
    assert_eq!(heard(&mut leader, "never").await, None, "a server that ends ends its streams");
    watching.await.unwrap();
}

#[tokio::test]
async fn a_stream_ends_with_its_session_or_role() {
    let (_dir, mut app) = app().await;
    app.live_hub = Arc::new(LiveHub::with_beat(Duration::from_millis(20)));
    let mut leader = listen(&app, Role::Leader).await;
    let mut auditor = listen(&app, Role::Auditor).await;
    assert!(heard(&mut leader, ":\n\n").await.is_some(), "signs of life");
    assert_eq!(post(&app, Role::Leader, "/sign-out", "").await.status(), StatusCode::SEE_OTHER);
    assert!(heard(&mut leader, "event: over").await.is_some());
    assert_eq!(heard(&mut leader, "never").await, None);
    assert!(heard(&mut auditor, ":\n\n").await.is_some(), "the others go on");
    drop((leader, auditor));
    assert_eq!(app.live_hub.listening(), 0);
}

#[tokio::test]
async fn a_page_of_today_begins_with_today() {
    let (_dir, app) = app().await;
    rate(&app, [20, 10, 1, 0, 0], [9, 0, 0, 0, 0]).await;
    let page = text(get(&app, Some(Role::Leader), "/?period=2023-10").await).await;
    assert!(page.contains("data-live-stream=\"/live\"") && page.contains("Số liệu lúc 12:00"));
    assert!(page.contains("<dd data-live=\"ratings\">40</dd>"), "{page}");
    let own = text(get(&app, Some(Role::Supervisor), "/?period=2023-10&lang=en").await).await;
    assert!(own.contains("data-live-stream=\"/live?lang=en\""));
    assert!(own.contains("<dd data-live=\"ratings\">31</dd>"));
    let past = text(get(&app, Some(Role::Leader), "/?period=2023-09").await).await;
    assert!(!past.contains("data-live"), "September is over");
}

#[tokio::test]
async fn what_is_fetched_again_holds_nothing_of_a_person() {
    let (_dir, app) = app().await;
    rate(&app, [20, 10, 5, 0, 0], [0; 5]).await;
    let address = "/?period=2023-10&fragment=figures";
    let first = get(&app, Some(Role::Leader), address).await;
    let tag = head(&first, "etag").to_owned();
    let first = text(first).await;
    assert!(first.starts_with("<div id=\"figures\">") && first.trim_end().ends_with("</div>"));
    assert!(!first.contains(&viewer(&app, Role::Leader).await.csrf));
    let again = get(&app, Some(Role::Auditor), address).await;
    assert_eq!(head(&again, "etag"), tag, "kept for all alike");
    assert_eq!(text(again).await, first);
    let known = Request::get(address).header(header::IF_NONE_MATCH, &tag);
    let known = ask(&app, Some(Role::Auditor), known, String::new()).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    let whole = text(get(&app, Some(Role::Leader), "/?period=2023-10").await).await;
    assert!(whole.contains(first.trim_end()), "the same as on the page");
}

#[tokio::test]
async fn the_public_page_is_there_only_while_it_is_switched_on() {
    let (_dir, app) = app().await;
    rate_at(&app, app.clock.now() - 2 * DAY_MS, [40, 0, 0, 0, 0], [0; 5]).await;
    is_closed(&app).await;
    show(&app, true).await;
    for address in ["/public", "/public?lang=en", "/screen", "/screen?lang=en"] {
        let on = get(&app, None, address).await;
        assert_eq!(on.status(), StatusCode::OK, "{address}");
        assert!(head(&on, "cache-control").starts_with("public, max-age="));
        assert_eq!(head(&on, "set-cookie"), "");
        let page = text(on).await;
        assert!(!page.contains("[live-") && !page.contains("[pages-"), "{page}");
        assert!(!page.contains(" style="), "{address}");
        assert_eq!(page.contains("<script"), address.starts_with("/screen"), "{address}");
    }
    // A person who is signed in gets the same page as everybody else.
    let stranger = text(get(&app, None, "/public").await).await;
    assert_eq!(text(get(&app, Some(Role::Leader), "/public").await).await, stranger);
    assert!(stranger.contains("href=\"tel:1022\"") && stranger.contains("Sảnh &#60;Trung tâm"));
    show(&app, false).await;
    is_closed(&app).await;
}

#[tokio::test]
async fn what_is_open_to_everybody_is_linked_while_it_is() {
    let (_dir, mut app) = app().await;
    let links = ["<a href=\"/public\">", "<a href=\"/screen\">"];
    let page = text(get(&app, Some(Role::Administrator), "/admin/centre").await).await;
    assert!(links.iter().all(|link| !page.contains(link)), "{page}");
    show(&app, true).await;
    let later = app.clock.now() + 3_000;
    app.clock = Clock::from_fn(move || later);
    for (role, address, count) in
        [(Role::Administrator, "/admin/centre", 2), (Role::Leader, "/departments", 1)]
    {
        let page = text(get(&app, Some(role), address).await).await;
        assert!(links.iter().all(|link| page.matches(link).count() == count), "{page}");
    }
    let page = text(get(&app, None, "/public").await).await;
    assert!(page.contains(links[1]) && !page.contains(links[0]), "not to itself: {page}");
}

/// There is no public page, and the screen of the hall waits for the results to be opened.
async fn is_closed(app: &App) {
    assert_eq!(get(app, None, "/public").await.status(), StatusCode::NOT_FOUND);
    let screen = get(app, None, "/screen").await;
    assert_eq!((screen.status(), head(&screen, "cache-control")), (StatusCode::OK, "no-store"));
    let screen = text(screen).await;
    assert!(screen.contains("data-live-again=\"60000\""), "it asks again by itself: {screen}");
    let main = screen.split("<main>").nth(1).unwrap();
    assert!(main.contains("chưa được công bố"), "{screen}");
    assert!(!main.contains("40") && !main.contains("<svg"), "{screen}");
}

/// The page from its content on, with what changes with every build taken out.
fn content(page: &str) -> String {
    page.replace(crate::assets::mark(), "MARK")
}

/// Shows what is told now: kept pages are as old as their settings.
async fn reopen(app: &App, nth: usize) {
    let site = format!(r#"{{"public":{{"shown":true,"site":"https://a{nth}.vn/"}}}}"#);
    let centre = app.centre().with(&site).unwrap();
    App::put_centre(&app.store, &centre, "test", 1).await.unwrap();
}

#[tokio::test]
async fn nothing_public_is_said_under_the_limits() {
    let (_dir, app) = app().await;
    show(&app, true).await;
    rate(&app, [2, 1, 0, 1, 0], [90, 0, 0, 0, 0]).await;
    let september = app.clock.now() - 2 * DAY_MS;
    rate_at(&app, september, [2, 1, 0, 1, 0], [2, 1, 0, 1, 1]).await;
    let page = text(get(&app, None, "/public").await).await;
    let figures = page.split("<section class=\"card verdict").nth(1).unwrap();
    let shown = figures.split("<details").next().unwrap();
    assert!(shown.contains("chưa đủ 10 lượt") && !shown.contains('%'), "{shown}");
    assert!(!shown.contains("<table"), "no department: {shown}");
    let screen = text(get(&app, None, "/screen").await).await;
    let main = screen.split("<main>").nth(1).unwrap().split("</main>").next().unwrap();
    assert!(main.contains("chưa đủ 10 lượt") && !main.contains('%'), "{main}");
    assert!(!main.contains("90") && !main.contains("94"), "of today nothing: {main}");

    rate_at(&app, september, [30, 5, 0, 0, 2], [21, 0, 1, 0, 0]).await;
    reopen(&app, 1).await;
    let page = text(get(&app, None, "/public").await).await;
    insta::assert_snapshot!("public", content(&page));
    assert!(page.contains("<td>27</td>") && page.contains("Rất hài lòng: 23"), "no share: {page}");
    assert!(!page.contains("&#60;5") && !page.contains('≥'), "{page}");
    let screen = text(get(&app, None, "/screen").await).await;
    assert!(screen.contains("aria-label=\"https://a1.vn/public\""));
    let (before, code) = screen.split_once("crispEdges\"><path d=\"").unwrap();
    let (_, after) = code.split_once('"').unwrap();
    let whole = format!("{before}crispEdges\"><path d=\"…\"{after}");
    insta::assert_snapshot!("screen", content(&whole));
}

#[tokio::test]
async fn a_small_department_is_not_what_the_centre_leaves_over() {
    let (_dir, app) = app().await;
    show(&app, true).await;
    rate_at(&app, app.clock.now() - 2 * DAY_MS, [80, 20, 0, 0, 5], [2, 1, 0, 0, 0]).await;
    let page = text(get(&app, None, "/public").await).await;
    assert!(page.contains("<p class=\"number\">108</p>"), "{page}");
    assert!(!page.contains("<table class=\"public\">"), "{page}");
    assert!(!page.contains(">105<") && !page.contains("95,2"), "105 of 108 are not 3");
}

/// The numbers of the public page and of the screen.
async fn told(app: &App) -> (String, String) {
    let page = text(get(app, None, "/public").await).await;
    let (_, page) = page.split_once("class=\"days\"").unwrap();
    let screen = text(get(app, None, "/screen").await).await;
    let (_, screen) = screen.split_once("<main>").unwrap();
    (page.to_owned(), screen.to_owned())
}

#[tokio::test]
async fn nobody_learns_what_their_neighbour_chose() {
    let (_dir, mut app) = app().await;
    show(&app, true).await;
    let october = app.clock.now();
    let mut moment = 0;
    let mut later = |app: &mut App| {
        moment += 1;
        let now = october + 3 * DAY_MS + moment * 60_000;
        app.clock = Clock::from_fn(move || now);
    };
    later(&mut app);
    rate_at(&app, october - 9 * DAY_MS, [40, 0, 10, 0, 0], [30, 0, 0, 0, 8]).await;
    rate_at(&app, october + DAY_MS, [30, 0, 10, 0, 0], [4, 0, 0, 0, 1]).await;
    rate(&app, [6, 0, 0, 0, 0], [0; 5]).await;
    let (page, screen) = told(&app).await;
    assert!(page.contains("tháng 10 năm 2023") && page.contains("03/10/2023"), "{page}");
    assert!(page.contains(">45<") && page.contains("tháng 9 năm 2023"), "{page}");
    assert!(page.contains("<td>50</td>") && page.contains("<td>38</td>"), "{page}");
    assert!(screen.contains("75,56%") && screen.contains("03/10/2023"), "{screen}");

    // One who was not satisfied, today, on a day that was told, in a month that was, and a ruling.
    later(&mut app);
    rate(&app, [0, 0, 0, 0, 1], [0; 5]).await;
    for days in [1, 2, 12, 40] {
        rate_at(&app, app.clock.now() - days * DAY_MS, [0, 0, 0, 0, 1], [0; 5]).await;
    }
    let author = Author { user: 1, actor: "test" };
    let ruled = app.store.add_note(100, NoteKind::RuledOut, author, "Máy hỏng", app.clock.now());
    assert_eq!(ruled.await.unwrap(), Noted::Written);
    assert_eq!(told(&app).await, (page, screen), "letter for letter");

    // Ten on a day that is over are enough, and the others come with them.
    later(&mut app);
    rate_at(&app, app.clock.now() - DAY_MS, [10, 0, 0, 0, 0], [0; 5]).await;
    let (page, screen) = told(&app).await;
    assert!(page.contains(">56<") && screen.contains(">56<"), "45 + 2 + 10 - 1: {page} {screen}");
    assert!(page.contains("<td>50</td>") && page.contains("<td>38</td>"), "September stands");
}

#[tokio::test]
async fn the_tail_of_a_month_is_told_only_with_enough_answers() {
    let (_dir, mut app) = app().await;
    show(&app, true).await;
    let october = app.clock.now();
    let at = |app: &mut App, day: i64| {
        let now = october + day * DAY_MS;
        app.clock = Clock::from_fn(move || now);
    };
    at(&mut app, 20);
    rate_at(&app, october + DAY_MS, [30, 0, 0, 0, 0], [20, 0, 0, 0, 0]).await;
    assert!(told(&app).await.0.contains(">50<"));
    // Seven in the last days of October; November has too little by itself.
    rate_at(&app, october + 28 * DAY_MS, [0, 0, 0, 0, 4], [3, 0, 0, 0, 0]).await;
    at(&mut app, 33);
    let (page, _) = told(&app).await;
    assert!(page.contains("tháng 10 năm 2023") && page.contains(">50<"), "{page}");
    assert!(page.contains("<td>30</td>") && page.contains("<td>20</td>"), "{page}");
    assert!(page.contains("20/10/2023"), "as it was told: {page}");
    // Thirteen of the first department alone are enough for its row; the other waits.
    rate_at(&app, october + 29 * DAY_MS, [9, 0, 0, 0, 0], [1, 0, 0, 0, 0]).await;
    reopen(&app, 2).await;
    let (page, _) = told(&app).await;
    assert!(page.contains("<td>43</td>") && page.contains("<td>20</td>"), "{page}");
    assert!(page.contains(">63<"), "rows add up: {page}");
}

#[tokio::test]
async fn the_screens_code_leads_only_to_a_host_that_is_one() {
    let (_dir, app) = app().await;
    show(&app, true).await;
    for (host, link) in [
        ("hailong.example.gov.vn", Some("http://hailong.example.gov.vn/public")),
        ("[::1]:8080", Some("http://[::1]:8080/public")),
        ("a\"><script>", None),
        ("a b", None),
    ] {
        let request = Request::get("/screen").header(header::HOST, host);
        let page = text(ask(&app, None, request, String::new()).await).await;
        match link {
            Some(link) => assert!(page.contains(&format!("aria-label=\"{link}\"")), "{host}"),
            None => assert!(!page.contains("<svg"), "{host}"),
        }
        assert_eq!(
            app.render_cache.len().await,
            1,
            "a name that a reader thinks of takes no place"
        );
    }
}
