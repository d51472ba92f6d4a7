//! Every page that the navigation leads to, asked for again and again, one request at a time: how
//! long it takes to its first byte and to its last.

use super::house::House;
use super::{ms, percentile};
use reqwest::{Client, Response, header};
use std::collections::BTreeSet;
use std::time::Instant;

/// Periods that the overview is asked for besides its usual one.
const PERIODS: [&str; 2] = ["/?period=2023-9M", "/?period=2023"];

/// Requests each page and prints a table.
pub async fn measure(house: &House, times: usize) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let home = ask(&client, house, "/").await.text().await.unwrap();
    let mut pages: BTreeSet<String> = PERIODS.map(str::to_owned).into();
    pages.insert("/".into());
    pages.extend(led_to(&home));
    println!(
        "{:<44} {:>6} {:>9} {:>11} {:>11} {:>11} {:>11}",
        "page", "status", "size", "first p50", "first p95", "last p50", "last p95"
    );
    for page in pages {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        let (mut status, mut size) = (0, 0);
        for _ in 0..times {
            let began = Instant::now();
            let answer = ask(&client, house, &page).await;
            first.push(began.elapsed());
            status = answer.status().as_u16();
            size = answer.bytes().await.unwrap().len();
            last.push(began.elapsed());
        }
        first.sort_unstable();
        last.sort_unstable();
        println!(
            "{page:<44} {status:>6} {:>5} KiB {:>11} {:>11} {:>11} {:>11}",
            size / 1_024,
            ms(percentile(&first, 0.5)),
            ms(percentile(&first, 0.95)),
            ms(percentile(&last, 0.5)),
            ms(percentile(&last, 0.95)),
        );
    }
    println!("the server has {} MiB in memory", house.memory_mib());
}

async fn ask(client: &Client, house: &House, page: &str) -> Response {
    let cookie = &house.readers[0].cookie;
    let request = client.get(format!("{}{page}", house.url)).header(header::COOKIE, cookie);
    request.send().await.unwrap()
}

/// Own addresses in the navigation of a page.
fn led_to(page: &str) -> Vec<String> {
    let navigation = page.split("<nav").nth(1).and_then(|rest| rest.split("</nav>").next());
    let links = navigation.unwrap_or_default().split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    links
        .filter(|link| link.starts_with('/') && !link.starts_with("/report?"))
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}
