//! The case's nine months: how long its import, its figures and its report take. Run with
//! `cargo bench --profile dev --workspace --bench case`, the profile of the README's commands.
#![allow(clippy::unwrap_used, missing_docs)]

use analytics_server::clock::Clock;
use analytics_server::import::{Options, Silent, import};
use analytics_server::period;
use analytics_server::reporting::{Format, ReportKind, make_report};
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");

async fn open(dir: &Path) -> App {
    let store = Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    App::open(store, dir, Clock::system()).await.unwrap()
}

async fn take_in(app: &App) {
    let options = Options { simulated: true, ..Options::new(app.zone.clone(), app.clock.now()) };
    import(&app.store, &[PathBuf::from(CASE)], &options, &Silent).await.unwrap();
}

fn case(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut group = criterion.benchmark_group("case");
    group.sample_size(10);

    group.bench_function("import of 22,471 ratings", |bencher| {
        bencher.iter_batched(
            || {
                let dir = TempDir::new().unwrap();
                let app = runtime.block_on(open(dir.path()));
                (dir, app)
            },
            |(dir, app)| {
                runtime.block_on(take_in(&app));
                (dir, app)
            },
            BatchSize::PerIteration,
        );
    });

    let dir = TempDir::new().unwrap();
    let app = runtime.block_on(open(dir.path()));
    runtime.block_on(take_in(&app));
    let nine_months = period::parse("2023-9M", app.centre().policy).unwrap();
    runtime.block_on(app.figures(&nine_months)).unwrap();

    group.bench_function("figures of nine months, open", |bencher| {
        bencher.iter(|| runtime.block_on(app.figures(&nine_months)).unwrap());
    });
    group.bench_function("figures of nine months, from a start", |bencher| {
        bencher.iter(|| {
            runtime.block_on(async { open(dir.path()).await.figures(&nine_months).await.unwrap() })
        });
    });
    group.bench_function("report of nine months, PDF and PNG", |bencher| {
        bencher.iter(|| {
            let (formats, kind) = ([Format::Pdf, Format::Png], ReportKind::Whole);
            runtime
                .block_on(make_report(&app, &(&nine_months).into(), None, kind, "vi", &formats, 0))
                .unwrap()
        });
    });
}

criterion_group!(benches, case);
criterion_main!(benches);
