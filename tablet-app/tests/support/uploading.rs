//! A courier at work for a test, and what a server made by hand answers to it.

use super::server::{http, json};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::Head;
use protocol::exchange::{Acknowledged, Batch, Wrapped};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, News};
use tablet_app::journal::Journal;
use tablet_app::link::Link;

pub fn brisk() -> Pace {
    Pace { settings_ms: 60_000, base_ms: 10, ceiling_ms: 50, forked_ms: 3_600_000, beat_ms: 60_000 }
}

pub fn start(journal: &Journal) -> (Courier, Receiver<News>) {
    let (tell, news) = channel();
    let told = move |one| {
        // It comes with every answer; its own test looks at it.
        if !matches!(one, News::Time(_)) {
            let _ = tell.send(one);
        }
    };
    let (clock, condition) = (Clock::start(), Condition::default());
    let courier = Courier::start(journal.clone(), clock, brisk(), condition, told);
    (courier.unwrap(), news)
}

pub fn acknowledge(head: Head) -> String {
    http("200 OK", "", &json(&Acknowledged { head, stored: 1, quarantined: 0, server_time: 0 }))
}

pub fn wait_for(journal: &Journal, acknowledged: u64) {
    for _ in 0..1_000 {
        if journal.status().unwrap().acknowledged == acknowledged {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("still at {:?}", journal.status().unwrap());
}

pub fn head_of(batch: &Batch) -> Head {
    Head { number: batch.first + batch.events.len() as u64 - 1, digest: batch.digest }
}

/// The batch of a request, in either encoding.
pub fn batch_of(body: &[u8]) -> Batch {
    serde_json::from_slice(body).unwrap_or_else(|_| {
        let wrapped: Wrapped = serde_json::from_slice(body).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(wrapped.wrapped).unwrap()).unwrap()
    })
}

pub fn links(news: &Receiver<News>) -> Vec<Link> {
    let link = |one| match one {
        News::Link(link) => Some(link),
        _ => None,
    };
    news.try_iter().filter_map(link).collect()
}
