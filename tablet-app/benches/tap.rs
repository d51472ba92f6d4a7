//! From a tap to durable and thanked, through the real desk and journal on this disk, with its
//! 99th percentile; and what one frame of the rating screen costs without the graphics card.
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

#[path = "../examples/gallery/scenes.rs"]
#[allow(dead_code, reason = "the gallery uses the rest")]
mod scenes;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::Theme;
use egui_kittest::Harness;
use protocol::Level;
use scenes::Sample;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{journal, settings};
use tablet_app::appearance::TextSize;
use tablet_app::clock::Clock;
use tablet_app::desk::Desk;
use tablet_app::kiosk::View;
use tablet_app::theme;
use tempfile::tempdir_in;

/// Taps behind the printed percentiles: ten beyond the 99th.
const TAPS: usize = 1_000;

/// Taps once and waits for the thanks, then for the question: the time until the thanks.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn tap(desk: &mut Desk) -> Duration {
    let started = Instant::now();
    desk.tap(Level::Satisfied);
    let before = desk.thanked();
    while desk.thanked() == before {
        desk.attend_within(Duration::from_secs(1));
    }
    let thanked = started.elapsed();
    while !desk.kiosk().is_ready() {
        desk.attend();
    }
    thanked
}

fn taps(criterion: &mut Criterion) {
    // Beside the build, not in /tmp, which may be memory and would prove nothing about a disk.
    let dir = tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let journal = journal(dir.path(), "http://127.0.0.1:1");
    let mut hurried = settings();
    hurried.questionnaire.timeouts.undo_ms = 0;
    journal.put_settings(serde_json::to_string(&hurried).unwrap(), None).unwrap();
    let mut desk = Desk::new(journal, Clock::start(), 0, Arc::new(|| {})).unwrap();

    let mut times: Vec<Duration> = (0..TAPS).map(|_| tap(&mut desk)).collect();
    times.sort_unstable();
    let at = |share: usize| times[(TAPS * share / 1_000).min(TAPS - 1)];
    println!(
        "tap to durable and thanked, {TAPS} taps: median {:?}, 90 % {:?}, 99 % {:?}, longest {:?}",
        at(500),
        at(900),
        at(990),
        at(1_000)
    );
    criterion.bench_function("tap to thanks", |bencher| {
        bencher.iter_custom(|rounds| (0..rounds).map(|_| tap(&mut desk)).sum());
    });
}

fn frames(criterion: &mut Criterion) {
    let views = [
        ("a frame of the rating screen", scenes::RATE),
        (
            "a frame of the comment",
            View::Step { at: scenes::COMMENT, last: true, again: true, covered: false },
        ),
    ];
    for (name, view) in views {
        for size in [TextSize::Normal, TextSize::Largest] {
            let mut sample = Sample::new("bench", view).with(|sample| sample.look.size = size);
            let mut harness = Harness::builder()
                .with_size(scenes::LANDSCAPE)
                .with_theme(Theme::Light)
                .with_context_setup(theme::apply)
                .build_ui(move |ui| {
                    sample.show(ui);
                });
            criterion.bench_function(&format!("{name}, {size:?}"), |bencher| {
                bencher.iter(|| harness.step());
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(4)).sample_size(30);
    targets = taps, frames
}
criterion_main!(benches);
