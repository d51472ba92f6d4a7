//! The journey of one rating: a tap on a real tablet, through journal, courier, storage and
//! figures, to the text inside the report's PDF. And the same ratings, once from the case's files
//! and once through tablets, give the same figures.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::import::{Options, Silent, import};
use analytics_server::period;
use analytics_server::reporting::{Format, ReportKind, make_report};
use protocol::Level;
use reports::figures::{Figures, Group};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::replay::replay;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at};

/// The case as the server's demonstration carries it.
const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics-server/demo");

async fn pdf_text(server: &Server, period: &reports::figures::Period) -> String {
    let (formats, kind) = ([Format::Pdf], ReportKind::Whole);
    let files = make_report(&server.app, &period.into(), None, kind, "vi", &formats, 0).await;
    let files = files.unwrap();
    let path = server.app.data_dir.join("report.pdf");
    std::fs::write(&path, &files[0].bytes).unwrap();
    let output = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    String::from_utf8(output.expect("pdftotext: run `bash tests/run`").stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_tap_to_the_report() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let home = TempDir::new().unwrap();
    let (dir, url, code) = (home.path().to_owned(), server.url(), server.code("Q07").await);
    let head = tokio::task::spawn_blocking(move || {
        enrol_at(&dir, &url, &code).unwrap();
        let mut tablet = Tablet::start(&dir);
        tablet.rate(Level::VerySatisfied);
        tablet.rate(Level::Dissatisfied);
        tablet.carried();
        let head = tablet.head_digest();
        tablet.stop();
        head
    })
    .await
    .unwrap();

    let id = server.app.store.tablets().await.unwrap()[0].id;
    let events = server.app.store.events_after(id, 0, 10).await.unwrap();
    assert_eq!(events.len(), 4, "two visits, each shown and rated");
    assert_eq!(events.last().map(|(head, _)| head.digest), head);

    let figures = server.recent_figures().await;
    assert_eq!((figures.ratings.total, figures.ratings.satisfied.count), (2, 1));
    assert_eq!((figures.ratings.asked, figures.ratings.abandoned), (2, 0));
    assert_eq!(figures.officers[0].name, "Nguyễn Văn M");

    let text = pdf_text(&server, &server.recent()).await;
    assert!(text.contains("Nguyễn Văn M"), "{text}");
    assert!(text.contains("2 lượt đánh giá"), "{text}");
    server.stop().await;
}

async fn import_case(server: &Server, paths: &[PathBuf]) {
    let options = Options::new(server.app.zone.clone(), server.app.clock.now());
    let outcomes = import(&server.app.store, paths, &options, &Silent).await.unwrap();
    assert!(outcomes.iter().all(analytics_server::import::FileOutcome::is_whole), "{outcomes:#?}");
}

async fn nine_months(server: &Server) -> Figures {
    let period = period::parse("2023-9M", server.app.centre().policy).unwrap();
    std::sync::Arc::unwrap_or_clone(server.app.figures(&period).await.unwrap())
}

/// What must agree between a file and tablets: everything but how the ratings came.
fn comparable(mut figures: Figures) -> Figures {
    let clear = |ratings: &mut reports::figures::Ratings| {
        ratings.by_source = reports::figures::BySource::default();
        ratings.asked = 0;
        ratings.abandoned = 0;
    };
    // Some rules look at tablets alone, and these tablets tell no reasons.
    figures.flags.clear();
    figures.cleaned = reports::figures::Ratings::default();
    figures.reasons.clear();
    clear(&mut figures.ratings);
    figures.asked_by_hour.clear();
    figures.channels.iter_mut().for_each(|channel| clear(&mut channel.ratings));
    let groups: [&mut Vec<Group>; 3] =
        [&mut figures.departments, &mut figures.officers, &mut figures.counters];
    for group in groups.into_iter().flatten() {
        clear(&mut group.ratings);
        group.cleaned = reports::figures::Ratings::default();
    }
    figures
}

async fn same_figures(from_file: &Fresh, through_tablets: &Fresh) {
    let all = Path::new(CASE).to_owned();
    let files = ["co-quan.csv", "quay.csv", "cong-chuc.csv", "thu-tuc.csv", "danh-gia.csv.gz"];
    let imported = Server::start(from_file, Clock::system()).await;
    import_case(&imported, &files.map(|file| all.join(file))).await;
    let expected = nine_months(&imported).await;
    assert_eq!(expected.ratings.total, 22_471);
    assert_eq!(expected.ratings.levels.named().map(|(_, n)| n), [17_902, 4_346, 173, 41, 9]);
    assert_eq!(
        (expected.ratings.by_stage.receive, expected.ratings.by_stage.return_),
        (11_437, 11_034)
    );
    let period = period::parse("2023-9M", imported.app.centre().policy).unwrap();
    let text = pdf_text(&imported, &period).await;
    assert!(text.contains("22.471") && text.contains("22.248"), "{text}");

    // The tablets' server only knows who sits where; every rating comes over the wire.
    let (clock, set_clock) = whole_system_tests::replay::clock();
    let server = Server::start(through_tablets, clock).await;
    let directory = ["co-quan.csv", "quay.csv", "cong-chuc.csv", "thu-tuc.csv"];
    import_case(&server, &directory.map(|file| all.join(file))).await;
    replay(&server, &all, set_clock).await;
    let replayed = nine_months(&server).await;
    assert_eq!(replayed.ratings.by_source.tablet, 22_471);
    assert_eq!(replayed.ratings.asked, 22_471);
    assert_eq!(replayed.quarantined, 0);
    assert_eq!(comparable(replayed), comparable(expected));
    imported.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_tablets_give_the_same_figures_on_sqlite() {
    same_figures(&sqlite().await, &sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_tablets_give_the_same_figures_on_postgres() {
    same_figures(&postgres().await, &postgres().await).await;
}
