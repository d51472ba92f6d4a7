//! One run: the tablets bring what they recorded, one more sends each tap at once, and in the end the
//! database is held against what was acknowledged.

use crate::Options;
use crate::centre::{Centre, Tablet};
use analytics_server::clock::Clock;
use analytics_server::storage::visit_filter::VisitFilter;
use protocol::Head;
use protocol::exchange::{Acknowledged, events_path};
use reqwest::{Client, StatusCode, header};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;
use uuid::Uuid;
use whole_system_tests::chain::Chain;
use whole_system_tests::process::{ServerProcess, ms, percentile};

/// How long a batch that was not taken waits for its next try.
const AGAIN: Duration = Duration::from_millis(50);

/// Tries of one batch; a server that never takes it ends the run.
const TRIES: usize = 2_000;

/// What a tablet sends, ready to go.
struct Bringer {
    id: Uuid,
    url: String,
    token: String,
    /// The batches in their order, and the head after the last of them.
    batches: Vec<Vec<u8>>,
    end: Head,
}

/// What the requests came to.
#[derive(Default)]
struct Tally {
    batches: Mutex<Vec<Duration>>,
    live: Mutex<Vec<Duration>>,
    /// Tries that were no success, by what was answered.
    again: Mutex<BTreeMap<String, u64>>,
    /// Numbers that decide which answers get lost.
    dice: AtomicU64,
}

impl Tally {
    /// The next number below a hundred (splitmix64).
    fn percent(&self) -> u64 {
        let state = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % 100
    }

    async fn note(&self, why: String) {
        *self.again.lock().await.entry(why).or_default() += 1;
    }
}

/// Measures and prints.
pub async fn measure(centre: &Centre, options: &Options) {
    let now = Clock::system().now();
    let (live, bringing) = centre.tablets.split_last().unwrap();
    let bringers: Vec<Bringer> =
        bringing.iter().map(|tablet| bringer(tablet, &centre.url, options, now)).collect();
    let mut expected: HashMap<Uuid, Head> = bringers.iter().map(|one| (one.id, one.end)).collect();
    let events = bringers.len() * options.ratings * 2;
    let client = Client::builder().pool_max_idle_per_host(options.at_once + 2).build().unwrap();
    let tally = Arc::new(Tally { dice: AtomicU64::new(options.seed), ..Tally::default() });
    let over = Arc::new(AtomicBool::new(false));
    let every = Duration::from_millis(options.live_ms);
    let tapping = (Arc::clone(&tally), Arc::clone(&over));
    let tapping =
        tokio::spawn(tap(client.clone(), live.clone(), centre.url.clone(), tapping, every));
    let before = centre.server.as_ref().map(ServerProcess::processor).unwrap_or_default();
    let gate = Arc::new(Semaphore::new(options.at_once));
    let begun = Instant::now();
    let mut work = JoinSet::new();
    for bringer in bringers {
        let (client, tally, gate) = (client.clone(), Arc::clone(&tally), Arc::clone(&gate));
        let loss = options.loss;
        work.spawn(async move { bring(&client, bringer, &tally, &gate, loss).await });
    }
    while let Some(done) = work.join_next().await {
        done.unwrap();
    }
    let took = begun.elapsed();
    over.store(true, Ordering::Relaxed);
    let live = tapping.await.unwrap();
    expected.insert(live.tablet, live.head());
    print(events, took, &tally).await;
    if let Some(server) = &centre.server {
        let used = server.processor().checked_sub(before).unwrap_or_default();
        println!(
            "processor {:.1} s ({:.0} % of a core); memory at most {} MiB",
            used.as_secs_f64(),
            used.as_secs_f64() / took.as_secs_f64() * 100.0,
            server.peak_mib()
        );
    }
    prove(centre, &expected).await;
}

/// A tablet with its batches; what it recorded lies in the last hours.
fn bringer(tablet: &Tablet, server: &str, options: &Options, now: i64) -> Bringer {
    let mut tablet = tablet.clone();
    for rating in 0..options.ratings {
        let back = i64::try_from((options.ratings - rating) * 90_000).unwrap();
        tablet.rate(session(tablet.chain.tablet, rating), now - back);
    }
    let chain = &tablet.chain;
    let starts = (0..chain.events.len()).step_by(options.batch);
    let batches =
        starts.map(|from| serde_json::to_vec(&chain.batch(from, options.batch, now)).unwrap());
    Bringer {
        id: chain.tablet,
        url: format!("{server}{}", events_path(chain.tablet)),
        token: token(chain),
        batches: batches.collect(),
        end: chain.head(),
    }
}

fn token(chain: &Chain) -> String {
    format!("Bearer {}", hex::encode(chain.token))
}

fn session(tablet: Uuid, nth: usize) -> Uuid {
    let hash = blake3::hash(format!("{tablet} {nth}").as_bytes());
    Uuid::from_slice(&hash.as_bytes()[..16]).unwrap()
}

/// One try; what was acknowledged, or why nothing was.
async fn send(client: &Client, url: &str, token: &str, body: Vec<u8>) -> Result<Head, String> {
    let request = client.post(url).header(header::AUTHORIZATION, token);
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body);
    let answer = request.send().await.map_err(|error| error.to_string())?;
    match answer.status() {
        StatusCode::OK => {
            let done: Acknowledged = answer.json().await.map_err(|error| error.to_string())?;
            Ok(done.head)
        }
        status => Err(status.to_string()),
    }
}

/// Sends all batches of a tablet, one after the other, until each is acknowledged.
async fn bring(client: &Client, bringer: Bringer, tally: &Tally, gate: &Semaphore, loss: u64) {
    let mut last = None;
    for body in bringer.batches {
        for attempt in 0.. {
            assert!(attempt < TRIES, "{} is never taken", bringer.url);
            let place = gate.acquire().await.unwrap();
            let begun = Instant::now();
            let outcome = send(client, &bringer.url, &bringer.token, body.clone()).await;
            drop(place);
            match outcome {
                Ok(_) if tally.percent() < loss => tally.note("answer lost".into()).await,
                Ok(head) => {
                    tally.batches.lock().await.push(begun.elapsed());
                    last = Some(head);
                    break;
                }
                Err(why) => {
                    tally.note(why).await;
                    sleep(AGAIN).await;
                }
            }
        }
    }
    assert_eq!(last, Some(bringer.end), "what was acknowledged is not what was sent");
}

/// Sends a tap each time until the others are done; the chain as it was acknowledged.
async fn tap(
    client: Client,
    mut tablet: Tablet,
    server: String,
    (tally, over): (Arc<Tally>, Arc<AtomicBool>),
    every: Duration,
) -> Chain {
    let url = format!("{server}{}", events_path(tablet.chain.tablet));
    let token = token(&tablet.chain);
    for nth in 0.. {
        let (before, now) = (tablet.chain.events.len(), Clock::system().now());
        tablet.rate(session(tablet.chain.tablet, nth), now);
        let body = serde_json::to_vec(&tablet.chain.batch(before, 2, now)).unwrap();
        let begun = Instant::now();
        while let Err(why) = send(&client, &url, &token, body.clone()).await {
            tally.note(format!("live tap: {why}")).await;
            sleep(AGAIN).await;
        }
        tally.live.lock().await.push(begun.elapsed());
        if over.load(Ordering::Relaxed) {
            break;
        }
        sleep(every.saturating_sub(begun.elapsed())).await;
    }
    tablet.chain
}

async fn print(events: usize, took: Duration, tally: &Tally) {
    println!(
        "{events} events in {:.2} s: {:.0} a second",
        took.as_secs_f64(),
        events as f64 / took.as_secs_f64()
    );
    for (name, times) in [("a batch", &tally.batches), ("a live tap", &tally.live)] {
        let mut times = times.lock().await;
        times.sort_unstable();
        let of = |part| ms(percentile(&times, part));
        let (half, most, all) = (of(0.5), of(0.99), of(1.0));
        println!("{name}: n {}, middle {half}, p99 {most}, longest {all}", times.len());
    }
    for (why, count) in tally.again.lock().await.iter() {
        println!("sent again {count} times: {why}");
    }
}

/// Holds the heads and the number of ratings in the database against what was acknowledged.
async fn prove(centre: &Centre, expected: &HashMap<Uuid, Head>) {
    let store = centre.store().await;
    let rows = store.tablets().await.unwrap();
    let mut wrong = 0;
    for (id, head) in expected {
        let found = rows.iter().find(|row| row.id == *id).map(|row| row.head.unsigned_abs());
        wrong += u64::from(found != Some(head.number));
    }
    assert_eq!(wrong, 0, "tablets whose events are not all there");
    let ratings = expected.values().map(|head| head.number / 2).sum::<u64>();
    let all = VisitFilter::default();
    let found = store.count_records(&all, u32::MAX).await.unwrap();
    assert_eq!(found, ratings, "ratings in the database");
    println!("the database has exactly the {ratings} ratings that were acknowledged");
    store.close().await;
}
