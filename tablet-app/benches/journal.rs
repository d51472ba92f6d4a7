//! What an old journal costs: opening one of 200,000 events, and a tap, a batch for the courier and
//! a look at the status in front of a million events of which the server has none.
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use protocol::Level;
use protocol::limits::{BATCH_BYTES, EVENTS_IN_BATCH};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{journal, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::desk::Desk;
use tablet_app::journal::{Journal, Options};
use tempfile::{TempDir, tempdir_in};

/// Events written in one append while a journal is filled.
const CHUNK: u64 = 10_000;

/// Taps behind the printed percentiles.
const TAPS: usize = 300;

fn filled(events: u64) -> TempDir {
    // Beside the build, not in /tmp, which may be memory and would prove nothing about a disk.
    let dir = tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    journal.put_settings(serde_json::to_string(&settings()).unwrap(), None).unwrap();
    for _ in 0..events / CHUNK {
        journal.append((0..CHUNK).flat_map(|_| rated(Level::Satisfied, 0)).collect()).unwrap();
    }
    assert_eq!(journal.status().unwrap().recorded, events);
    dir
}

/// Everything the program does before its window: journal, kept settings, desk.
fn start(dir: &Path) -> Desk {
    let clock = Clock::start();
    let journal = Journal::open(dir, &clock, Options::default()).unwrap();
    Desk::new(journal, clock, 0, Arc::new(|| {})).unwrap()
}

fn open(criterion: &mut Criterion) {
    let dir = filled(200_000);
    criterion.bench_function("start from a journal of 200,000 events", |bencher| {
        bencher.iter(|| start(dir.path()));
    });
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn tap(journal: &Journal) -> Duration {
    let started = Instant::now();
    journal.append(rated(Level::Satisfied, 0)).unwrap();
    started.elapsed()
}

fn million(criterion: &mut Criterion) {
    let dir = filled(1_000_000);
    let journal = Journal::open(dir.path(), &Clock::start(), Options::default()).unwrap();
    let mut times: Vec<Duration> = (0..TAPS).map(|_| tap(&journal)).collect();
    times.sort_unstable();
    println!(
        "an append behind a million events, {TAPS} times: median {:?}, 99 % {:?}, longest {:?}",
        times[TAPS / 2],
        times[TAPS * 99 / 100],
        times[TAPS - 1]
    );
    criterion.bench_function("a batch of a million pending events", |bencher| {
        bencher.iter(|| journal.batch_after(0, EVENTS_IN_BATCH, BATCH_BYTES).unwrap());
    });
    criterion.bench_function("the status of a million pending events", |bencher| {
        bencher.iter(|| journal.status().unwrap());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(4)).sample_size(20);
    targets = open, million
}
criterion_main!(benches);
