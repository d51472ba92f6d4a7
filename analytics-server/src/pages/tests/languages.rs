//! In which language somebody reads: the address, their account, their browser, in this order.

use super::*;

/// The page at an address, and where it leads, for a browser that asks for a language.
async fn read(app: &App, role: Option<Role>, address: &str, accept: &str) -> (String, String) {
    let request = Request::get(address).header(header::ACCEPT_LANGUAGE, accept);
    let answer = ask(app, role, request, String::new()).await;
    let led = head(&answer, "location").to_owned();
    (text(answer).await, led)
}

fn is_in(page: &str, language: &str) -> bool {
    page.contains(&format!("<html lang=\"{language}\""))
}

#[tokio::test]
async fn people_read_in_the_language_of_their_account_on_every_page() {
    let (_dir, app) = app().await;
    let saved = post(&app, Role::Leader, "/account/language", "language=en").await;
    assert_eq!(head(&saved, "location"), "/account?done=language&lang=en");
    let leader = Some(Role::Leader);
    for address in ["/", "/records", "/departments", "/account", "/nowhere", "/admin/centre"] {
        let (page, _) = read(&app, leader, address, "vi").await;
        assert!(is_in(&page, "en"), "{address}: {page}");
    }
    let (page, _) = read(&app, leader, "/records", "vi").await;
    assert!(page.contains("href=\"/departments\""), "an address has it only where it differs");
    assert!(page.contains("lang=vi\" lang=\"vi\""), "the other one can be chosen: {page}");
    let (page, _) = read(&app, leader, "/records?lang=vi", "vi").await;
    assert!(is_in(&page, "vi"));
    assert!(page.contains("href=\"/departments?lang=vi\""), "and stays chosen: {page}");
    assert!(page.contains("name=\"lang\" value=\"vi\""), "in forms, too: {page}");
    // What many are shown is rendered for each with their own addresses.
    super::live::rate_at(&app, app.clock.now() - 60_000, [9, 1, 0, 2, 0], [0, 0, 3, 7, 0]).await;
    let (own, _) = read(&app, leader, "/?fragment=figures&lang=en", "vi").await;
    let (others, _) = read(&app, Some(Role::Auditor), "/?fragment=figures&lang=en", "vi").await;
    assert!(!own.contains("lang=en") && others.contains("lang=en"), "{own}");
    for (next, led) in [
        ("/", "/"),
        ("/?period=2023-9M", "/?period=2023-9M"),
        ("/?lang=vi", "/?lang=vi"),
        ("/?lang=en", "/"),
    ] {
        let query = serde_html_form::to_string([("next", next)]).unwrap();
        let (_, went) = read(&app, leader, &format!("/sign-in?{query}"), "vi").await;
        assert_eq!(went, led, "{next}");
    }
    let out = post(&app, Role::Leader, "/sign-out", "").await;
    assert_eq!(head(&out, "location"), "/sign-in?lang=en");
}

#[tokio::test]
async fn the_other_language_is_one_press_away_on_every_page() {
    let (_dir, app) = app().await;
    post(&app, Role::Administrator, "/account/language", "language=en").await;
    let administrator = Some(Role::Administrator);
    for address in [
        "/?period=2023-09",
        "/departments?sort=name",
        "/answers",
        "/day",
        "/records?level=1",
        "/comments",
        "/flags",
        "/alerts",
        "/tablets?sort=counter",
        "/export",
        "/account",
        "/admin",
        "/admin/centre",
        "/admin/holidays",
        "/admin/counters?q=Q",
        "/admin/counters/new",
        "/admin/users?q=a",
        "/admin/tokens",
        "/admin/rosters",
        "/admin/tablets",
        "/admin/questionnaires",
        "/admin/alerts/webhooks",
        "/admin/audit?who=a",
        "/quarantine",
        "/public",
        "/api/docs",
    ] {
        let (page, _) = read(&app, administrator, address, "").await;
        assert!(is_in(&page, "en"), "{address}");
        let (_, rest) = page.split_once("class=\"languages\"").unwrap();
        let links = rest.split("</nav>").next().unwrap();
        let link = links.split("href=\"").find(|link| link.contains("hreflang=\"vi\""));
        let link = link.unwrap().split('"').next().unwrap();
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        assert_eq!(link.matches("lang=").count(), 1, "{address}: {link}");
        let (other, _) = read(&app, administrator, &link, "").await;
        assert!(is_in(&other, "vi"), "{address}: {link}");
    }
}

#[tokio::test]
async fn where_nobody_chose_the_browser_says_which_language() {
    let (_dir, app) = app().await;
    for (accept, language) in
        [("en-US,en;q=0.9", "en"), ("vi-VN,en;q=0.5", "vi"), ("fr", "vi"), ("", "vi")]
    {
        let (page, _) = read(&app, None, "/sign-in", accept).await;
        assert!(is_in(&page, language), "{accept}");
        let (page, _) = read(&app, Some(Role::Leader), "/records", accept).await;
        assert!(is_in(&page, language), "an account without a language: {accept}");
        let (page, _) = read(&app, None, "/sign-in?lang=en", accept).await;
        assert!(is_in(&page, "en"), "the address is stronger: {accept}");
    }
    let request = Request::get("/sign-in");
    let answer = ask(&app, None, request, String::new()).await;
    assert!(head(&answer, "vary").contains("accept-language"), "a cache must not mix them up");
    let (screen, _) = read(&app, None, "/screen", "en").await;
    assert!(screen.contains("lang=\"vi\""), "nobody's browser is behind the screen of the hall");
}

#[tokio::test]
async fn a_draft_is_dropped_in_the_language_it_was_read_in() {
    let (_dir, app) = app().await;
    let draft = "/admin/questionnaires/draft?lang=en";
    let (page, _) = read(&app, Some(Role::Administrator), draft, "").await;
    assert!(page.contains("action=\"/admin/questionnaires/draft/drop?lang=en\""), "{page}");
}

#[tokio::test]
async fn people_are_found_without_marks_and_their_role_is_chosen() {
    let (_dir, app) = app().await;
    let administrator = Some(Role::Administrator);
    for search in ["nguyen+van", "Nguy%E1%BB%85n+V%C4%83n", "NGUYEN", "van+leader"] {
        let (page, _) = read(&app, administrator, &format!("/admin/users?q={search}"), "").await;
        assert!(page.contains("Nguyễn Văn A"), "{search}");
    }
    let (page, _) = read(&app, administrator, "/admin/users?q=tran", "").await;
    assert!(!page.contains("Nguyễn Văn A</"), "{page}");
    let (form, _) = read(&app, administrator, "/admin/users/new", "").await;
    assert!(form.contains("<select name=\"role\" required><option value=\"\">"), "{form}");
    assert!(!form.contains("selected>Quản trị"), "nobody becomes an administrator by default");
    let fields = "name=moi&full_name=Tr%E1%BA%A7n+B&role=";
    let refused = post(&app, Role::Administrator, "/admin/users/new", fields).await;
    assert!(text(refused).await.contains("Vui lòng chọn một vai trò"));
    assert!(app.store.users().await.unwrap().iter().all(|user| user.name != "moi"));
}
