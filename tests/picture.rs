//! Draws a page of a running demonstration, as its leader sees it once it says some words (a
//! demonstration tells its story while it runs): `picture ADDRESS PATH WORDS FILE`. Called by
//! `pictures` for the README.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a tool of the house may panic")]

use std::path::Path;
use std::time::Duration;
use whole_system_tests::browser::Browser;

/// What the README shows of a page.
const SIZE: (u32, u32) = (1360, 1500);

/// How often a page is asked for, a second apart.
const WAITS: u32 = 180;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, path, words, file] = arguments.as_slice() else {
        panic!("picture ADDRESS PATH WORDS FILE");
    };
    let browser = Browser::start().await;
    browser.size(SIZE).await;
    browser.open(&format!("{address}/sign-in")).await;
    browser.press_at("form[action='/demo/sign-in']:has([value=leader]) button").await;
    browser.read("Đăng xuất").await;
    for wait in 0.. {
        browser.open(&format!("{address}{path}")).await;
        if browser.text().await.contains(words) {
            break;
        }
        assert!(wait < WAITS, "“{words}” does not come");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    // Letters that come late would be drawn in another face.
    browser.script("return document.fonts.status === 'loaded' || document.fonts.ready").await;
    browser.picture(Path::new(file)).await;
    browser.stop().await;
}
