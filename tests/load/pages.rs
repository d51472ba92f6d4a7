//! A walk through the pages: from the overview along the links, a few pages of each kind, one
//! request at a time. How long each takes to its first byte and to its last, when it is asked for
//! the first time and when it is asked again after one more rating.

use super::dashboards::one_more;
use super::house::House;
use jiff::{ToSpan, Zoned};
use reqwest::{Client, header};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};
use whole_system_tests::process::{ms, percentile};

/// Pages of one kind that are asked for: enough to see that they are alike.
const OF_A_KIND: usize = 4;

/// Pages of one path: filters of lists combine into far more kinds than anybody looks at.
const OF_A_PATH: usize = 16;

/// First and last days, counted back from today, of periods that the walk begins with besides the
/// usual one: all that there is, and days of which none is the first or last of a month.
const PERIODS: [(i64, i64); 3] = [(730, 0), (400, 35), (300, 1)];

/// Where a walk does not go: files, other languages, and what is no page.
const ELSEWHERE: [&str; 8] =
    ["lang=", "/report", "/charts/", "/assets/", "/api/", "/live", "/export/", "/sign-out"];

/// How long a request took.
#[derive(Clone, Copy)]
struct Took {
    first: Duration,
    last: Duration,
}

/// What pages of one kind took.
#[derive(Default)]
struct Kind {
    pages: usize,
    bytes: usize,
    fresh: Vec<Took>,
    again: Vec<Took>,
    /// The slowest page.
    slowest: (Duration, String),
}

/// Walks, asks each page `times` more, and prints a table.
pub async fn measure(house: &House, times: usize) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut tablets = house.tablets().await;
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    let mut paths: BTreeMap<String, usize> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut ahead: VecDeque<String> = VecDeque::from(["/".to_owned()]);
    let today = Zoned::now().date();
    let day = |back: i64| today.saturating_sub(back.days());
    ahead.extend(PERIODS.map(|(from, to)| format!("/?period={}..{}", day(from), day(to))));
    while let Some(page) = ahead.pop_front() {
        let name = kind_of(&page);
        let path = name.split('?').next().unwrap_or_default().to_owned();
        let full = kinds.get(&name).is_some_and(Kind::is_full)
            || paths.get(&path).is_some_and(|pages| *pages >= OF_A_PATH);
        if !known.insert(page.clone()) || full {
            continue;
        }
        let Some((fresh, text)) = ask(&client, house, &page).await else { continue };
        ahead.extend(led_to(&text));
        *paths.entry(path).or_default() += 1;
        let kind = kinds.entry(name).or_default();
        kind.pages += 1;
        kind.bytes = kind.bytes.max(text.len());
        kind.fresh.push(fresh);
        if fresh.last > kind.slowest.0 {
            kind.slowest = (fresh.last, page.clone());
        }
        for nth in 0..times {
            let turn = (known.len() + nth) % tablets.len();
            one_more(&client, house, &mut tablets[turn]).await;
            if let Some((again, _)) = ask(&client, house, &page).await {
                kinds.entry(kind_of(&page)).or_default().again.push(again);
            }
        }
    }
    print(&kinds);
    println!("the server has {} MiB in memory", house.server.memory_mib());
}

impl Kind {
    fn is_full(&self) -> bool {
        self.pages >= OF_A_KIND
    }
}

/// A page's times and text; none for what is no page.
async fn ask(client: &Client, house: &House, page: &str) -> Option<(Took, String)> {
    let request = client.get(format!("{}{page}", house.url));
    let request = request.header(header::COOKIE, &house.administrator);
    let began = Instant::now();
    let answer = request.send().await.unwrap();
    let first = began.elapsed();
    if answer.status().is_redirection() {
        return None;
    }
    assert!(answer.status().is_success(), "{page} answers {}", answer.status());
    let kind = answer.headers().get(header::CONTENT_TYPE).cloned();
    let text = answer.text().await.ok()?;
    let last = began.elapsed();
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    is_page.then_some((Took { first, last }, text))
}

/// A page's address without what differs between pages of one kind: codes, ids and the values that
/// are asked for.
fn kind_of(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let plain = |part: &&str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let path: Vec<&str> =
        path.split('/').map(|part| if plain(&part) { part } else { "*" }).collect();
    let keys: BTreeSet<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|k| !k.is_empty())
        .collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    let mark = if keys.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", path.join("/"), keys.join("&"))
}

/// Own addresses that a page leads to.
fn led_to(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links
        .filter(|link| link.starts_with('/'))
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .filter(|link| !ELSEWHERE.iter().any(|part| link.contains(part)))
        .collect()
}

fn print(kinds: &BTreeMap<String, Kind>) {
    println!(
        "{:<58} {:>5} {:>8} {:>11} {:>11} {:>11} {:>11}",
        "pages", "n", "largest", "first time", "most", "again p50", "p95"
    );
    let (mut all, mut again) = (Vec::new(), Vec::new());
    for (name, kind) in kinds {
        let (fresh, later) = (sorted(&kind.fresh), sorted(&kind.again));
        println!(
            "{name:<58} {:>5} {:>4} KiB {:>11} {:>11} {:>11} {:>11}",
            kind.pages,
            kind.bytes / 1_024,
            ms(percentile(&fresh, 0.5)),
            ms(percentile(&fresh, 1.0)),
            ms(percentile(&later, 0.5)),
            ms(percentile(&later, 0.95)),
        );
        all.extend(&kind.fresh);
        again.extend(&kind.again);
    }
    tell("asked for the first time", &all);
    tell("again after one more rating", &again);
    let mut slow: Vec<_> = kinds.values().map(|kind| &kind.slowest).collect();
    slow.sort_unstable();
    for (took, page) in slow.into_iter().rev().take(8) {
        println!("slowest of its kind: {} {page}", ms(*took));
    }
}

/// Times to the last byte.
fn sorted(took: &[Took]) -> Vec<Duration> {
    let mut last: Vec<_> = took.iter().map(|took| took.last).collect();
    last.sort_unstable();
    last
}

fn tell(name: &str, took: &[Took]) {
    let last = sorted(took);
    let mut first: Vec<_> = took.iter().map(|took| took.first).collect();
    first.sort_unstable();
    println!(
        "{name:<30} n {:>5}; first byte p95 {}; last byte p50 {}, p95 {}, most {}",
        took.len(),
        ms(percentile(&first, 0.95)),
        ms(percentile(&last, 0.5)),
        ms(percentile(&last, 0.95)),
        ms(percentile(&last, 1.0)),
    );
}
