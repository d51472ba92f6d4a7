//! Open dashboards: streams that stay open while ratings arrive, and how long each rating takes
//! from the server's answer to the event on every dashboard that sees it.

use super::Wish;
use super::house::{House, Tablet};
use analytics_server::clock::{Clock, fresh_id};
use protocol::Level;
use protocol::exchange::events_path;
use reqwest::{Client, StatusCode, header};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};
use whole_system_tests::chain::shown;
use whole_system_tests::process::{ms, percentile};

/// As long as live.js waits between two looks at the figures.
const FIGURES: Duration = Duration::from_secs(20);

/// Time without any rating that is measured first.
const QUIET: Duration = Duration::from_secs(10);

/// Totals, and when a dashboard heard of each.
type Heard = Arc<Mutex<Vec<(u64, Instant)>>>;

/// Opens the dashboards, lets the ratings arrive, and prints what it cost.
pub async fn measure(house: &House, wish: &Wish) {
    let tablets = house.tablets().await;
    let (open, fetched) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut tasks = JoinSet::new();
    let mut leaders: Vec<Heard> = Vec::new();
    for (number, reader) in house.readers.iter().enumerate() {
        let (heard, news) = (Heard::default(), Arc::new(AtomicU64::new(0)));
        if reader.sees_all {
            leaders.push(Arc::clone(&heard));
        }
        let dashboard = Dashboard { heard, news: Arc::clone(&news), open: Arc::clone(&open) };
        tasks.spawn(dashboard.listen(house.url.clone(), reader.cookie.clone()));
        if wish.figures {
            // Spread as people open their pages.
            let first = FIGURES.mul_f64(number as f64 / house.readers.len() as f64);
            let fetched = Arc::clone(&fetched);
            tasks.spawn(fetch(house.url.clone(), reader.cookie.clone(), first, news, fetched));
        }
    }
    while open.load(Ordering::SeqCst) < house.readers.len() {
        sleep(Duration::from_millis(50)).await;
    }
    println!("{} dashboards are open", house.readers.len());
    sleep(Duration::from_secs(2)).await;
    let ((), idle) = cost(house, sleep(QUIET)).await;
    let before = fetched.load(Ordering::SeqCst);
    let (stored, busy) = cost(house, rate(house, tablets, wish)).await;
    let fetched = fetched.load(Ordering::SeqCst) - before;
    // The last ones are still on their way.
    sleep(Duration::from_secs(3)).await;
    tasks.abort_all();
    let (delays, missed) = delays(&stored, &leaders);
    println!(
        "processor, quiet         {:>8.1} % of a core\n\
         processor, with ratings  {:>8.1} % of a core\n\
         ratings                  {:>8} in {} s\n\
         figures fetched          {fetched:>8}\n\
         memory                   {:>8} MiB\n\
         from answer to event     p50 {}, p95 {}, max {} ({} events, {missed} missed)",
        idle * 100.0,
        busy * 100.0,
        stored.len(),
        wish.seconds,
        house.server.memory_mib(),
        ms(percentile(&delays, 0.5)),
        ms(percentile(&delays, 0.95)),
        ms(percentile(&delays, 1.0)),
        delays.len(),
    );
}

/// What some work takes of the server's processor, as a part of one core.
async fn cost<T>(house: &House, work: impl Future<Output = T>) -> (T, f64) {
    let (before, began) = (house.server.processor(), Instant::now());
    let done = work.await;
    let used = house.server.processor().checked_sub(before).unwrap();
    (done, used.as_secs_f64() / began.elapsed().as_secs_f64())
}

/// An open dashboard.
struct Dashboard {
    heard: Heard,
    /// Position of the last event.
    news: Arc<AtomicU64>,
    /// How many are open.
    open: Arc<AtomicUsize>,
}

impl Dashboard {
    async fn listen(self, url: String, cookie: String) {
        let request = Client::new().get(format!("{url}/live")).header(header::COOKIE, cookie);
        let mut answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "no place for a dashboard");
        self.open.fetch_add(1, Ordering::SeqCst);
        let mut text = String::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            text.push_str(std::str::from_utf8(&chunk).unwrap());
            while let Some((part, rest)) = text.split_once("\n\n") {
                if let Some((position, total)) = told(part) {
                    self.news.store(position, Ordering::SeqCst);
                    self.heard.lock().unwrap().push((total, Instant::now()));
                }
                text = rest.to_owned();
            }
        }
    }
}

/// Position and number of ratings that an event tells; few ratings are told only as few.
fn told(part: &str) -> Option<(u64, u64)> {
    let json = part.lines().find_map(|line| line.strip_prefix("data: "))?;
    let event: serde_json::Value = serde_json::from_str(json).ok()?;
    let total = event["ratings"].as_str()?.replace('.', "").parse().unwrap_or_default();
    Some((event["position"].as_u64()?, total))
}

/// Fetches the figures again and again as `live.js` does.
async fn fetch(
    url: String,
    cookie: String,
    first: Duration,
    news: Arc<AtomicU64>,
    fetched: Arc<AtomicUsize>,
) {
    sleep(first).await;
    let client = Client::new();
    let (mut tag, mut drawn) = (None, news.load(Ordering::SeqCst));
    let mut every = interval(FIGURES);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        // What did not change is not fetched.
        let newest = news.load(Ordering::SeqCst);
        if newest == drawn {
            continue;
        }
        drawn = newest;
        let mut request =
            client.get(format!("{url}/?fragment=figures")).header(header::COOKIE, &cookie);
        // As every browser does; what comes is not unpacked here.
        request = request.header(header::ACCEPT_ENCODING, "gzip, deflate, br");
        if let Some(tag) = &tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let Ok(answer) = request.send().await else { continue };
        let fresh = answer.headers().get(header::ETAG).cloned();
        if answer.bytes().await.is_ok() {
            tag = fresh;
            fetched.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Lets ratings arrive through the API; when each was acknowledged.
async fn rate(house: &House, mut tablets: Vec<Tablet>, wish: &Wish) -> Vec<Instant> {
    let client = Client::new();
    let mut every = interval(Duration::from_secs(1) / wish.per_second);
    every.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let (began, mut stored) = (Instant::now(), Vec::new());
    while began.elapsed() < Duration::from_secs(wish.seconds) {
        every.tick().await;
        let turn = stored.len() % tablets.len();
        one_more(&client, house, &mut tablets[turn]).await;
        stored.push(Instant::now());
    }
    stored
}

/// One more rating arrives through the API.
pub async fn one_more(client: &Client, house: &House, tablet: &mut Tablet) {
    let Tablet { chain, counter, officer } = tablet;
    let (now, before) = (Clock::system().now(), chain.events.len());
    chain.rate(fresh_id(), now, shown(counter, officer, None), Level::Satisfied);
    let address = format!("{}{}", house.url, events_path(chain.tablet));
    let batch = client.post(address).bearer_auth(hex::encode(chain.token));
    let answer = batch.json(&chain.batch(before, 9, now)).send().await.unwrap();
    answer.error_for_status().unwrap();
}

/// For every rating and dashboard the time from the server's answer to the first event that holds
/// it, sorted; and how many never came.
fn delays(stored: &[Instant], leaders: &[Heard]) -> (Vec<Duration>, usize) {
    let (mut delays, mut missed) = (Vec::new(), 0);
    for heard in leaders {
        let heard = heard.lock().unwrap();
        let Some((base, _)) = heard.first() else { continue };
        for (number, at) in (1..).zip(stored) {
            match heard.iter().find(|(total, _)| *total >= base + number) {
                Some((_, then)) => delays.push(then.saturating_duration_since(*at)),
                None => missed += 1,
            }
        }
    }
    delays.sort_unstable();
    (delays, missed)
}
