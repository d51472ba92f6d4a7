//! Dashboards over a million ratings: how long figures take, slice by slice, and how long the
//! columns take to be rebuilt. Run with `cargo bench --profile dev --bench dashboards`, for
//! the release profile with `--profile release`. The first run fills a store below `target/tmp`,
//! which later runs find.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
#![allow(missing_docs, clippy::print_stdout)]
#![expect(clippy::disallowed_methods, reason = "a stopwatch is what a measurement is")]

use analytics_server::clock::{Clock, fresh_id};
use analytics_server::period::{self, Policy};
use analytics_server::scope::Scope;
use analytics_server::state::App;
use analytics_server::stats::slice::{Filter, Slice};
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{FileColumns, ImportedRating};
use criterion::{Criterion, criterion_group, criterion_main};
use protocol::{Level, Scale};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use uuid::Uuid;
use whole_system_tests::million;

async fn open(dir: &Path) -> App {
    let store = Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    App::open(store, dir, Clock::system()).await.unwrap()
}

fn slice(period: &str, filter: Filter) -> Slice {
    Slice { period: period::parse(period, Policy::Calendar).unwrap(), filter }
}

/// What leaders and supervisors look at.
fn slices() -> Vec<(&'static str, Slice)> {
    let departments = Some([3, 7].into());
    let all = Filter::default;
    vec![
        ("whole, 24 months", slice("2024-07-01..2026-06-30", all())),
        ("whole, a year", slice("2025", all())),
        ("whole, a month", slice("2026-06", all())),
        ("whole, odd days", slice("2025-01-10..2025-11-20", all())),
        ("two departments, a year", slice("2025", Filter { departments, ..all() })),
        (
            "one officer, 24 months",
            slice("2024-07-01..2026-06-30", Filter { officer: Some(42), ..all() }),
        ),
        ("one counter, a year", slice("2025", Filter { counter: Some(7), ..all() })),
        ("one procedure, a year", slice("2025", Filter { procedure: Some(99), ..all() })),
        (
            "one stage and channel, a year",
            slice("2025", Filter { stage: Some(1), channel: Some(3), ..all() }),
        ),
    ]
}

/// One more rating, today's.
async fn one_more(app: &App, nth: u128) {
    let directory = app.store.directory().await.unwrap();
    let officer = &directory.officers[0];
    let rating = ImportedRating {
        id: Uuid::from_u128(nth),
        at: 1_782_784_800_000,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        stage: None,
        scale: Scale::Five,
        level: Level::Satisfied,
        dossier: None,
        reasons: Vec::new(),
        comment: None,
        told: FileColumns::default(),
        simulated: true,
    };
    app.store.import_ratings(&[rating], 0).await.unwrap();
}

async fn timed(app: &App, slice: &Slice) -> Duration {
    let begin = Instant::now();
    app.figures(slice).await.unwrap();
    begin.elapsed()
}

fn percentiles(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!(
        "{name:<32} p50 {:>9.2?}  p95 {:>9.2?}  most {:>9.2?}  (n = {})",
        at(50),
        at(95),
        at(100),
        times.len()
    );
}

/// The million's store, filled by the first run.
fn place(runtime: &Runtime) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("million");
    runtime.block_on(async {
        let begin = Instant::now();
        let store = Store::open(&dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
        if store.setting("million").await.unwrap().is_none() {
            million::fill(&store, (1_000_000, million::OFFICERS), million::BEGIN).await;
            store.put_setting("million", "true", "bench", 0).await.unwrap();
            println!("filling the store: {:.1?}", begin.elapsed());
        }
        store.close().await;
    });
    dir
}

fn tell(runtime: &Runtime, dir: &Path) {
    runtime.block_on(async {
        let _ = std::fs::remove_dir_all(dir.join("columns"));
        let app = open(dir).await;
        let begin = Instant::now();
        app.latest_day(&Scope::All).await.unwrap();
        println!("columns rebuilt from the database: {:.1?}", begin.elapsed());
        let begin = Instant::now();
        let again = open(dir).await;
        again.latest_day(&Scope::All).await.unwrap();
        println!("columns read from files: {:.1?}", begin.elapsed());

        let base = fresh_id().as_u128();
        let (mut first, mut again, mut after) = (Vec::new(), Vec::new(), Vec::new());
        for (name, slice) in slices() {
            let fresh = timed(&app, &slice).await;
            println!("{name:<32} first {fresh:>9.2?}");
            first.push(fresh);
        }
        for round in 0..20 {
            for (nth, (_, slice)) in slices().iter().enumerate() {
                again.push(timed(&app, slice).await);
                one_more(&app, base + round * 100 + nth as u128).await;
                after.push(timed(&app, slice).await);
            }
        }
        percentiles("each slice for the first time", first);
        percentiles("again", again);
        percentiles("again after one more rating", after);

        let mut crowd = Vec::new();
        for round in 20..40_u128 {
            one_more(&app, base + round * 100).await;
            let asked: Vec<_> = (0..200)
                .map(|nth| {
                    let (app, slice) = (app.clone(), slices()[nth % 9].1.clone());
                    tokio::spawn(async move { timed(&app, &slice).await })
                })
                .collect();
            for one in asked {
                crowd.push(one.await.unwrap());
            }
        }
        percentiles("200 at once after one more", crowd);
    });
}

fn dashboards(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let dir = place(&runtime);
    tell(&runtime, &dir);
    let app = runtime.block_on(open(&dir));
    let mut group = criterion.benchmark_group("dashboards");
    group.sample_size(20);
    for (name, slice) in slices() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(app.figures(&slice)).unwrap());
        });
    }
}

criterion_group!(benches, dashboards);
criterion_main!(benches);
