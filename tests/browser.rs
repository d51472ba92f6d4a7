//! The pages in a real browser.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use whole_system_tests::browser::Browser;
use whole_system_tests::databases::sqlite;
use whole_system_tests::server::{Server, furnish};

#[tokio::test(flavor = "multi_thread")]
async fn the_way_in() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let browser = Browser::start().await;
    browser.open(&server.url()).await;
    browser.read("Đăng nhập").await;
    println!(
        "{:?} {} {}",
        browser.missing_names().await,
        browser.layout_shift().await,
        browser.too_wide().await
    );
    browser.fill("name", "x").await;
    browser.fill("password", "y").await;
    browser.press("Đăng nhập").await;
    browser.read("không đúng").await;
    browser.picture(std::path::Path::new("/tmp/x.png")).await;
    browser.stop().await;
    server.stop().await;
}
