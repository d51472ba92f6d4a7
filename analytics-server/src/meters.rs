//! What the server measures about itself, for Prometheus: counted in this process, asked for at
//! `/metrics`. What is the same for all servers of one database is read when it is asked for.

use crate::alerts::Thresholds;
use crate::auth::credentials::SIGN_INS_FAILED;
use crate::checks::certificate::expires_at;
use crate::checks::tablets::is_open;
use crate::disk::free_space;
use crate::ingest::{COMMIT_SECONDS, COMMITS, EVENTS, REFUSED};
use crate::scope::Scope;
use crate::state::App;
use crate::stats::StatsError;
use crate::storage::backup::LAST_BACKUP;
use axum::http::Method;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

/// Requests that were answered, by method, route and status.
const REQUESTS: &str = "hai_long_requests_total";
/// How long they took, in seconds, by route.
const SECONDS: &str = "hai_long_request_seconds";
/// Bounds of the histogram: a page has 100 ms, a report takes seconds, a tablet waits for 25.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0, 30.0];
/// Samples are folded into the histograms so often, also where nobody asks for them.
const FOLD: Duration = Duration::from_secs(5);

/// The one recorder of this process.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to measure, if nothing did yet.
fn recorder() -> &'static PrometheusHandle {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let bounded =
            builder.set_buckets_for_metric(Matcher::Full(SECONDS.into()), &BOUNDS).and_then(
                |one| one.set_buckets_for_metric(Matcher::Full(COMMIT_SECONDS.into()), &BOUNDS),
            );
        // The bounds are a constant and not empty; without them there are summaries.
        let recorder = bounded.unwrap_or_else(|_| PrometheusBuilder::new()).build_recorder();
        let handle = recorder.handle();
        // Another recorder of this process can only be one that a test set up.
        let _ = metrics::set_global_recorder(recorder);
        describe_counter!(REQUESTS, "Requests answered, by method, route and status");
        describe_histogram!(SECONDS, "Seconds until the answer began, by route");
        describe_counter!(SIGN_INS_FAILED, "Sign-ins refused for their password or code");
        counter!(SIGN_INS_FAILED).increment(0);
        for why in ["full", "database"] {
            counter!(REFUSED, "why" => why).increment(0);
        }
        describe_counter!(COMMITS, "Commits of events that tablets brought");
        describe_counter!(EVENTS, "Events in those commits");
        describe_histogram!(COMMIT_SECONDS, "Seconds of such a commit");
        describe_counter!(REFUSED, "Batches that were not stored, by why; tablets send them again");
        for (name, said) in GAUGES.into_iter().chain(OWN).chain(QUEUES) {
            describe_gauge!(name, said);
        }
        handle
    })
}

/// What is read from the database when it is asked for.
const GAUGES: [(&str, &str); 8] = [
    ("hai_long_events_stored", "Events of all tablets that are stored"),
    ("hai_long_ratings", "Visits that were asked, answered or not, imported ones too"),
    ("hai_long_quarantined_events", "Events that wait for a person"),
    ("hai_long_open_alarms", "Alarms that wait for a person"),
    ("hai_long_tablets", "Tablets that are enrolled"),
    ("hai_long_tablets_silent", "Tablets without a word for as long as raises an alert"),
    ("hai_long_catch_up_lag", "Changes that this server's figures could not take in"),
    ("hai_long_last_backup_seconds", "Unix time of the last “analytics-server backup”, 0 for none"),
];

/// What this process and its machine say of themselves.
const OWN: [(&str, &str); 10] = [
    ("hai_long_ingest_waiting", "Events that wait to be committed"),
    ("hai_long_disk_free_bytes", "Free bytes where the data lies"),
    ("hai_long_database_bytes", "Bytes of the database"),
    (
        "hai_long_certificate_expires_seconds",
        "Unix time at which the server's own certificate ends, 0 for none",
    ),
    ("hai_long_last_write_failed", "1: the last try to write failed"),
    ("hai_long_pool_connections", "Connections to the database, by state"),
    ("hai_long_streams_open", "Dashboards that are kept fresh"),
    ("hai_long_build_info", "1, with the version"),
    ("hai_long_start_seconds", "Unix time at which this process began to serve"),
    ("hai_long_open_now", "1 in opening hours, when tablets should be heard of"),
];
/// The same of the queue of deliveries, by channel.
const QUEUES: [(&str, &str); 3] = [
    ("hai_long_deliveries_waiting", "Mail or webhook deliveries that wait for an attempt"),
    ("hai_long_delivery_oldest_seconds", "Age of the oldest delivery that waits, 0 for none"),
    ("hai_long_deliveries_failed", "Mail or webhook deliveries that were given up"),
];
/// Channels of deliveries; one without any is 0, so that an alarm on it can be written before.
const CHANNELS: [&str; 2] = ["mail", "webhook"];

/// Counts an answered request. `route` is its pattern, so that ids and what strangers try make no
/// series of their own.
pub fn request(method: &Method, route: Option<&str>, status: u16, took: Duration) {
    let route = route.unwrap_or("none").to_owned();
    let method = match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    };
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    histogram!(SECONDS, "route" => route).record(took.as_secs_f64());
}

/// Folds samples for as long as the server runs: without it they would pile up.
pub async fn keep_small() {
    loop {
        recorder().run_upkeep();
        tokio::time::sleep(FOLD).await;
    }
}

/// When the last backup was made, milliseconds since 1970; 0: never.
async fn last_backup(app: &App) -> Result<i64, StatsError> {
    let at = app.store.setting(LAST_BACKUP).await?;
    Ok(at.and_then(|at| at.parse().ok()).unwrap_or(0))
}

/// Everything, as Prometheus reads it.
pub async fn page(app: &App) -> Result<String, StatsError> {
    let handle = recorder();
    let silent_ms = i64::from(Thresholds::silent_after(app).await) * 60_000;
    let totals = app.store.totals(app.clock.now() - silent_ms).await?;
    // Figures are caught up when somebody looks; what is left after that could not be taken in.
    app.latest_day(&Scope::All).await?;
    let lag = totals.position - app.stats.caught_up_to();
    let values = [
        totals.events,
        totals.ratings,
        i64::try_from(app.store.quarantined().await?).unwrap_or(i64::MAX),
        i64::try_from(app.store.open_alarms().await?).unwrap_or(i64::MAX),
        totals.tablets,
        totals.silent,
        lag.max(0),
        last_backup(app).await? / 1_000,
    ];
    for ((name, _), value) in GAUGES.into_iter().zip(values) {
        gauge!(name).set(value as f64);
    }
    own(app).await?;
    let queues = app.store.delivery_queues().await?;
    for channel in CHANNELS {
        let queue = queues.iter().find(|one| one.channel == channel);
        let age = queue.and_then(|one| one.oldest).map_or(0, |oldest| app.clock.now() - oldest);
        let values = [
            queue.map_or(0, |one| one.waiting),
            age.max(0) / 1_000,
            queue.map_or(0, |one| one.failed),
        ];
        for ((name, _), value) in QUEUES.into_iter().zip(values) {
            gauge!(name, "channel" => channel).set(value as f64);
        }
    }
    Ok(handle.render())
}

/// What this process and its machine say of themselves.
async fn own(app: &App) -> Result<(), StatsError> {
    let (open, idle) = app.store.connections();
    let expires = app.tls.as_ref().and_then(|files| expires_at(&files.certificate).ok());
    let values = [
        app.ingest.waiting() as f64,
        free_space(&app.data_dir).unwrap_or(0) as f64,
        app.store.about().await?.bytes as f64,
        expires.unwrap_or(0) as f64 / 1_000.0,
        f64::from(u8::from(app.write_check.failed())),
        f64::from(open - idle),
        app.live_hub.listening() as f64,
        1.0,
        app.started_at as f64 / 1_000.0,
        f64::from(u8::from(is_open(&app.store, app.clock.now()).await)),
    ];
    for ((name, _), value) in OWN.into_iter().zip(values) {
        match name {
            "hai_long_pool_connections" => {
                gauge!(name, "state" => "used").set(value);
                gauge!(name, "state" => "idle").set(f64::from(idle));
            }
            "hai_long_build_info" => {
                gauge!(name, "version" => env!("CARGO_PKG_VERSION")).set(value);
            }
            name => gauge!(name).set(value),
        }
    }
    Ok(())
}
