//! How long a tablet waits while a long job runs: two hundred thousand ratings, twenty thousand
//! comments that expire, and a chain whose events are all released from quarantine. Run
//! with `cargo bench --profile dev --bench portions`; it ends with 1 where somebody waited for
//! longer than the limit.
#![allow(clippy::unwrap_used, missing_docs, clippy::print_stdout)]
#![expect(clippy::disallowed_methods, reason = "a stopwatch is what a measurement is")]

use analytics_server::storage::Store;
use protocol::Level;
use protocol::event::{Detailed, What};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::sqlite;
use whole_system_tests::million;

const RATINGS: u64 = 200_000;
const WAITING: u128 = 20_000;
/// What nobody may wait longer than; a debug build on a shared machine is allowed twice as much.
const LIMIT: Duration = Duration::from_millis(100);

/// Runs a job and tells the longest time that a short write took beside it.
async fn beside<T>(store: &Store, what: &str, job: impl Future<Output = T>) -> (T, Duration) {
    let done = Arc::new(AtomicBool::new(false));
    let (writing, stop) = (store.clone(), Arc::clone(&done));
    let writer = tokio::spawn(async move {
        let mut longest = Duration::ZERO;
        while !stop.load(Ordering::Relaxed) {
            let begun = Instant::now();
            writing.add_audit_line("bench", "write", "beside", None, 0).await.unwrap();
            longest = longest.max(begun.elapsed());
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        longest
    });
    let begun = Instant::now();
    let out = job.await;
    done.store(true, Ordering::Relaxed);
    let longest = writer.await.unwrap();
    println!("{what}: {:?}, the longest wait of another writer {longest:?}", begun.elapsed());
    (out, longest)
}

async fn commented(store: &Store, tablet: Uuid) {
    let mut chain = Chain::new(tablet, 1);
    for nth in 0..u128::from(RATINGS / 10) {
        let at = million::BEGIN + i64::try_from(nth).unwrap() * 70_000;
        let id = Uuid::from_u128(1 << 100 | nth);
        chain.rate(id, at, shown("Q00", "CC000", None), Level::Neutral);
        let comment = Some(format!("Chờ hơi lâu ({nth})"));
        chain.push(id, at + 1_000, What::Detailed(Detailed { comment, ..Detailed::default() }));
    }
    for nth in 0..WAITING {
        let at = million::BEGIN + i64::try_from(nth).unwrap() * 70_000;
        chain.rate(
            Uuid::from_u128(2 << 100 | nth),
            at,
            shown("Q00", "CC999", None),
            Level::Neutral,
        );
    }
    let mut sent = 0;
    while sent < chain.events.len() {
        chain.append(store, &chain.batch(sent, 500, million::BEGIN + 1_000_000_000_000)).await;
        sent += 500;
    }
}

fn main() {
    Runtime::new().unwrap().block_on(async {
        let fresh = sqlite().await;
        let store = &fresh.store;
        million::fill(store, (RATINGS, million::OFFICERS), million::BEGIN).await;
        let own = enrolled(store).await;
        commented(store, own).await;
        let directory = store.directory().await.unwrap();
        let mut officer = directory.officer("CC000").unwrap().clone();
        officer.code = "CC999".into();
        store.put_officers(&[officer], 0).await.unwrap();
        let job = store.release(own, 0, 1);
        let (released, one) = beside(store, "release from quarantine", job).await;
        println!("{} events", released.unwrap());
        let job = store.expire_comments(i64::MAX, "bench", 1);
        let (gone, two) = beside(store, "comments past their time", job).await;
        println!("{} comments", gone.unwrap());
        let limit = if cfg!(debug_assertions) { LIMIT * 2 } else { LIMIT };
        assert!(one.max(two) < limit, "somebody waited for longer than {limit:?}");
    });
}

async fn enrolled(store: &Store) -> Uuid {
    use analytics_server::storage::enrolments::{Admission, Applicant};
    use analytics_server::storage::rows::TabletAssignment;
    let counter = store.directory().await.unwrap().counter("Q00").unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: true };
    store.add_enrolment_code(&post, [9; 32], 0, i64::MAX).await.unwrap();
    let key = Chain::new(Uuid::nil(), 1).key.verifying_key().to_bytes();
    let applicant = Applicant {
        code_hash: [9; 32],
        id: Uuid::from_u128(99),
        public_key: key,
        token_hash: [1; 32],
        app_version: "0",
    };
    let Admission::Admitted { tablet, .. } = store.enrol(&applicant, 0).await.unwrap() else {
        panic!("a fresh code admits")
    };
    tablet
}
