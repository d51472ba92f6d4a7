//! The case's ratings once more, as if each had been tapped: a tablet at every counter, real
//! enrolments and real batches over HTTP, at the moments of 2023.

use crate::chain::{Chain, shown};
use crate::server::Server;
use analytics_server::clock::Clock;
use jiff::civil::DateTime;
use protocol::exchange::{ENROLMENTS, EnrolRequest, Enrolled, events_path};
use protocol::limits::EVENTS_IN_BATCH;
use protocol::{Level, Stage};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// 2023-01-01 00:00 UTC.
const FIRST_DAY: i64 = 1_672_531_200_000;

/// A clock that stands where it is set, and the number that sets it, milliseconds since 1970.
pub fn clock() -> (Clock, Arc<AtomicI64>) {
    let hand = Arc::new(AtomicI64::new(FIRST_DAY));
    let shared = Arc::clone(&hand);
    (Clock::from_fn(move || shared.load(Ordering::SeqCst)), hand)
}

/// One line of the case's ratings.
struct Line {
    at: i64,
    counter: String,
    officer: String,
    dossier: String,
    stage: Stage,
    level: Level,
}

/// Reads the file without the importer, so that the two can be compared.
fn lines(case: &Path, server: &Server) -> Vec<Line> {
    let packed = std::fs::File::open(case.join("danh-gia.csv.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text.trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .map(|line| {
            let field: Vec<&str> = line.split(',').collect();
            let at = DateTime::strptime("%d/%m/%Y %H:%M:%S", field[0]).unwrap();
            let at = at.to_zoned(server.app.zone.clone()).unwrap().timestamp().as_millisecond();
            Line {
                at,
                counter: field[1].into(),
                officer: field[2].into(),
                dossier: field[3].into(),
                stage: if field[4] == "Tiếp nhận" { Stage::Receive } else { Stage::Return },
                level: match field[5] {
                    "Rất hài lòng" => Level::VerySatisfied,
                    "Hài lòng" => Level::Satisfied,
                    "Bình thường" => Level::Neutral,
                    "Không hài lòng" => Level::Dissatisfied,
                    "Rất không hài lòng" => Level::VeryDissatisfied,
                    other => panic!("{other}"),
                },
            }
        })
        .collect()
}

/// Sends every rating of the case through a tablet at its counter.
pub async fn replay(server: &Server, case: &Path, hand: Arc<AtomicI64>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let mut by_counter: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in lines(case, server) {
        by_counter.entry(line.counter.clone()).or_default().push(line);
    }
    for (seed, (counter, lines)) in (1u8..).zip(by_counter) {
        // Nothing can have happened at a tablet before it was enrolled.
        hand.store(FIRST_DAY, Ordering::SeqCst);
        let mut chain = Chain::new(Uuid::nil(), seed);
        let request = EnrolRequest {
            code: server.code(&counter).await,
            public_key: chain.key.verifying_key().to_bytes(),
            token: chain.token,
            app_version: "replay".into(),
            tablet: None,
        };
        let url = format!("{}{ENROLMENTS}", server.url());
        let answer = client.post(url).json(&request).send().await.unwrap();
        let enrolled: Enrolled = answer.error_for_status().unwrap().json().await.unwrap();
        chain = Chain::new(enrolled.tablet, seed);
        for (visit, line) in (1u64..).zip(&lines) {
            let mut question = shown(&line.counter, &line.officer, Some(line.stage));
            question.dossier = Some(line.dossier.clone());
            chain.rate(Uuid::from_u64_pair(u64::from(seed), visit), line.at, question, line.level);
        }
        let last = lines.last().unwrap().at;
        hand.store(last, Ordering::SeqCst);
        let url = format!("{}{}", server.url(), events_path(enrolled.tablet));
        let mut after = 0;
        while after < chain.events.len() {
            let batch = chain.batch(after, EVENTS_IN_BATCH, last);
            after += batch.events.len();
            let request = client.post(&url).bearer_auth(hex::encode(chain.token)).json(&batch);
            request.send().await.unwrap().error_for_status().unwrap();
        }
    }
}
