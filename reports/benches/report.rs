//! How long the nine-month report takes: typesetting with PDF, and PNG, as `cargo bench -p reports --profile dev`
//! (the profile of the demo, already built). Typst remembers layouts, so each round gets other
//! names and another day.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench, not a library")]

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::ToSpan;
use jiff::civil::date;
use reports::export::SCALE;
use reports::figures::Figures;
use reports::{Letterhead, Report};

fn nine_months() -> Figures {
    serde_json::from_str(include_str!("../tests/fixture/tayninh-2023-9m.json")).unwrap()
}

fn report(criterion: &mut Criterion) {
    let (mut figures, letterhead) = (nine_months(), Letterhead::default());
    let mut round = 0_u64;
    let mut compile = || {
        round += 1;
        for group in figures.departments.iter_mut().chain(&mut figures.officers) {
            group.name = format!("Nguyễn Văn {} {round}", group.code);
        }
        let issued = date(2023, 10, 20).saturating_add((round.cast_signed() % 300).days());
        Report::new(&figures, &letterhead, issued, "vi").compile().unwrap()
    };
    let document = compile();
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    group.bench_function("compile", |bencher| bencher.iter(&mut compile));
    group.bench_function("png", |bencher| bencher.iter(|| document.pngs(SCALE).unwrap()));
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
