//! Every kind of page against WCAG 2.2 AA, by axe-core in a real browser, in both languages, on a desk
//! and on a phone: each kind as the first of the roles sees it that may open it, and the overview as
//! each of them does. The demonstration is what is looked at: it holds something of everything.
//! `tests/run` installs axe-core.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeSet, VecDeque};
use tempfile::TempDir;
use whole_system_tests::browser::{Browser, DESK, PHONE};
use whole_system_tests::programs::Serving;

/// Names the script that `tests/run` installed.
const SCRIPT: &str = "HAI_LONG_TEST_AXE";

/// Where the walk does not go: files, what answers with no page, and what ends the session.
const ELSEWHERE: [&str; 12] = [
    "lang=",
    "format=",
    "/charts/",
    "/assets/",
    "/api/",
    "/export/",
    "/files/",
    "/sign-out",
    "/live",
    ".csv",
    ".xlsx",
    ".svg",
];

/// Roles of the demonstration, whoever may open most first.
const ROLES: [&str; 5] = ["administrator", "auditor", "supervisor", "leader", "officer"];

/// Pages that links do not lead to.
const BESIDE: [&str; 3] = ["/nowhere", "/?period=2023-13", "/records?from=2026-02-30"];

/// Fewest kinds of pages that the walk has to find: it would not fail on pages that it never saw.
const AT_LEAST: usize = 65;

fn axe() -> String {
    let path = std::env::var(SCRIPT).unwrap_or_else(|_| {
        panic!("{SCRIPT} is not set: run the tests with `bash tests/run`, which installs it")
    });
    std::fs::read_to_string(path).unwrap()
}

/// A page's address without what differs between pages of one kind.
fn kind_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let plain = |part: &&str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let parts = path.split('/').map(|part| if plain(&part) { part } else { "*" });
    parts.collect::<Vec<_>>().join("/")
}

/// What is wrong with a page in both languages on both windows.
async fn faults(browser: &Browser, axe: &str, url: &str, page: &str) -> Vec<String> {
    let mut all = Vec::new();
    for language in ["en", "vi"] {
        let mark = if page.contains('?') { '&' } else { '?' };
        browser.open(&format!("{url}{page}{mark}lang={language}")).await;
        for size in [PHONE, DESK] {
            browser.size(size).await;
            let wide = browser.too_wide().await;
            let found = browser.axe_findings(axe).await.into_iter();
            let found = found.chain((!wide.is_empty()).then_some(wide));
            all.extend(found.map(|one| format!("{page} ({language}, {} px): {one}", size.0)));
        }
    }
    all
}

/// Signs in as a role of the demonstration.
async fn enter(browser: &Browser, url: &str, role: &str) {
    browser.forget().await;
    browser.open(&format!("{url}/sign-in")).await;
    let form = format!("document.querySelector('[name=role][value={role}]').form");
    browser.script(&format!("{form}.requestSubmit()")).await;
    browser.read("Đăng xuất").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_found_where_there_is_one() {
    let browser = Browser::start().await;
    let axe = axe();
    browser.open("data:text/html,<html lang=vi><title>x</title><main><h1>x</h1><img src=x>").await;
    let found = browser.axe_findings(&axe).await;
    assert!(found.iter().any(|one| one.starts_with("image-alt")), "{found:#?}");
    browser.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_keeps_anybody_from_a_page() {
    let home = TempDir::new().unwrap();
    let demo = Serving::demo(&home.path().join("demo"));
    let (url, axe, browser) = (demo.address.clone(), axe(), Browser::start().await);
    browser.open(&format!("{url}/sign-in")).await;
    let mut wrong = faults(&browser, &axe, &url, "/sign-in").await;
    let mut kinds = BTreeSet::from(["/sign-in".to_owned()]);
    for role in ROLES {
        enter(&browser, &url, role).await;
        // Everybody has an overview of their own.
        kinds.remove("/");
        let mut ahead: VecDeque<String> = VecDeque::from(["/".to_owned()]);
        while let Some(page) = ahead.pop_front() {
            let is_elsewhere = ELSEWHERE.iter().any(|part| page.contains(part));
            if is_elsewhere || !page.starts_with('/') || !kinds.insert(kind_of(&page)) {
                continue;
            }
            wrong.extend(faults(&browser, &axe, &url, &page).await);
            let links = browser.links().await;
            ahead.extend(
                links.iter().map(|link| link.replace("?lang=vi", "").replace("&lang=vi", "")),
            );
        }
    }
    for page in BESIDE {
        wrong.extend(faults(&browser, &axe, &url, page).await);
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
    assert!(kinds.len() >= AT_LEAST, "{} kinds: {kinds:?}", kinds.len());
    browser.stop().await;
}
