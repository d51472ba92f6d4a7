//! What figures come from: ratings joined with dossiers and queue numbers in either order of arrival, and
//! flags that reach the ratings they are about.

use super::fixtures::{NOON, enrolled, procedure, rating};
use analytics_server::storage::Store;
use analytics_server::storage::dossiers::{Dossier, ImportedDossier};
use analytics_server::storage::rows::{ImportedRating, Procedure, PutOutcome, RatingRow};
use analytics_server::storage::sites::CounterQueue;
use analytics_server::storage::tickets::Ticket;
use protocol::event::Shown;
use protocol::{Level, Stage};
use uuid::Uuid;
use whole_system_tests::chain::shown;

on_both_databases! {
    a_rating_gets_what_its_dossier_says,
    a_flag_on_another_rating_reaches_the_columns,
    queue_numbers_are_counted_once,
}

/// Dossiers as a file with all columns tells them.
fn whole(dossiers: &[Dossier]) -> Vec<ImportedDossier> {
    dossiers.iter().cloned().map(ImportedDossier::from).collect()
}

const DAY: i64 = 86_400_000;
/// A month after the other visits.
const THEN: i64 = NOON + 30 * DAY;

/// What the statistics would read next.
async fn news(store: &Store, since: &mut i64) -> Vec<RatingRow> {
    let rows = store.changes_after(*since, 1_000).await.unwrap();
    *since = store.position().await.unwrap();
    rows
}

async fn imported(store: &Store, id: u128, dossier: &str, at: i64) -> ImportedRating {
    ImportedRating {
        stage: Some(Stage::Receive),
        dossier: Some(dossier.into()),
        reasons: vec!["Chờ đợi lâu".into()],
        ..rating(store, "CC015", id, at).await
    }
}

pub async fn a_rating_gets_what_its_dossier_says(store: &Store) {
    store.put_procedures(&[procedure(store).await], 1).await.unwrap();
    let directory = store.directory().await.unwrap();
    let first = directory.procedures[0].clone();
    let second = Procedure { id: 0, code: "9.100777".into(), ..first.clone() };
    store.put_procedures(&[second], 1).await.unwrap();
    let second = store.directory().await.unwrap().procedures.last().unwrap().id;
    let dossier = |code: &str, procedure, channel| Dossier {
        code: code.into(),
        procedure,
        channel,
        received_at: THEN,
        due_at: THEN + DAY,
        returned_at: None,
        status: "Đang giải quyết".into(),
        officer: None,
        counter: None,
    };
    let mut since = store.position().await.unwrap();
    let known = dossier("H53.02-231027-0001", first.id, 1);
    let twice = [known.clone(), known.clone()];
    assert_eq!(
        store.put_dossiers(&whole(&twice)).await.unwrap(),
        [PutOutcome::Stored, PutOutcome::AlreadyThere]
    );
    assert_eq!(
        store.put_dossiers(&whole(std::slice::from_ref(&known))).await.unwrap(),
        [PutOutcome::AlreadyThere]
    );
    assert_eq!(news(store, &mut since).await, []);

    // The dossier first, then the rating of a file and of a tablet.
    let row = imported(store, 700, &known.code, THEN).await;
    store.import_ratings(&[row], THEN).await.unwrap();
    let mut chain = enrolled(store, "Q07", 75).await;
    let question = Shown { dossier: Some(known.code.clone()), ..shown("Q07", "CC013", None) };
    chain.rate(Uuid::from_u128(701), THEN + 9, question, Level::Neutral);
    chain.append(store, &chain.batch(0, 9, THEN + 99)).await;
    let told = |rows: &[RatingRow]| {
        rows.iter().map(|row| (row.procedure, row.channel)).collect::<Vec<_>>()
    };
    assert_eq!(told(&news(store, &mut since).await), [(first.id, 1); 2]);

    // The rating first.
    let row = imported(store, 702, "H53.02-231027-0002", THEN).await;
    store.import_ratings(&[row], THEN).await.unwrap();
    assert_eq!(told(&news(store, &mut since).await), [(0, 0)]);
    let late = dossier("H53.02-231027-0002", second, 3);
    store.put_dossiers(&whole(std::slice::from_ref(&late))).await.unwrap();
    assert_eq!(told(&news(store, &mut since).await), [(second, 3)], "and the columns are told");
    // Only what concerns a rating moves it.
    let returned =
        Dossier { returned_at: Some(THEN), status: "Đã trả kết quả".into(), ..late };
    assert_eq!(
        store.put_dossiers(&whole(std::slice::from_ref(&returned))).await.unwrap(),
        [PutOutcome::Changed]
    );
    assert_eq!(news(store, &mut since).await, []);
    let moved = Dossier { channel: 2, ..returned };
    assert_eq!(store.put_dossiers(&whole(&[moved])).await.unwrap(), [PutOutcome::Changed]);
    assert_eq!(told(&news(store, &mut since).await), [(second, 2)]);
    let channels = store.received_by_channel(THEN, THEN + 1).await.unwrap();
    assert_eq!(channels, [(1, 1), (2, 1)]);
    assert_eq!(store.put_dossiers(&[]).await.unwrap(), []);
    // An older export takes no return back, and a column that it does not have changes nothing.
    let received = dossier("H53.02-231027-0002", second, 2);
    assert_eq!(store.put_dossiers(&whole(&[received])).await.unwrap(), [PutOutcome::Older]);
    let (officer, counter) = (directory.officers[0].id, directory.counters[0].id);
    let at_work = Dossier { officer: Some(officer), counter: Some(counter), ..known.clone() };
    assert_eq!(
        store.put_dossiers(&whole(std::slice::from_ref(&at_work))).await.unwrap(),
        [PutOutcome::Changed]
    );
    let without = ImportedDossier { has_officer: false, has_counter: false, ..known.into() };
    assert_eq!(store.put_dossiers(&[without]).await.unwrap(), [PutOutcome::AlreadyThere]);
    // Moments without seconds are those that stand there with seconds.
    let exact = Dossier { received_at: THEN + 49_000, ..at_work.clone() };
    assert_eq!(store.put_dossiers(&whole(&[exact])).await.unwrap(), [PutOutcome::Changed]);
    assert_eq!(store.put_dossiers(&whole(&[at_work])).await.unwrap(), [PutOutcome::AlreadyThere]);
}

pub async fn a_flag_on_another_rating_reaches_the_columns(store: &Store) {
    let code = "H53.02-231028-0001";
    let mut since = store.position().await.unwrap();
    let late = imported(store, 712, code, THEN + 2 * DAY).await;
    store.import_ratings(&[late], THEN).await.unwrap();
    let rows = news(store, &mut since).await;
    assert_eq!((rows.len(), rows[0].flags.len()), (1, 0));
    assert_eq!(rows[0].reasons, ["Chờ đợi lâu"]);
    let again = store.rows_numbered(&[rows[0].num, i64::MAX]).await.unwrap();
    assert_eq!(again, rows);
    // The earlier answer comes later: it is the one that is there which is flagged, and moves.
    let early = imported(store, 711, code, THEN + DAY).await;
    store.import_ratings(&[early], THEN).await.unwrap();
    let rows = news(store, &mut since).await;
    let told: Vec<_> = rows.iter().map(|row| (row.asked_at - THEN, row.flags.join(" "))).collect();
    assert_eq!(told, [(2 * DAY, "dossier_twice".into()), (DAY, String::new())]);
    // Two in one file.
    let code = "H53.02-231028-0002";
    let both = [imported(store, 713, code, THEN).await, imported(store, 714, code, THEN + 1).await];
    store.import_ratings(&both, THEN).await.unwrap();
    let rows = news(store, &mut since).await;
    let flags: Vec<_> = rows.iter().map(|row| row.flags.len()).collect();
    assert_eq!(flags, [0, 1], "the later one, once");
}

pub async fn queue_numbers_are_counted_once(store: &Store) {
    let directory = store.directory().await.unwrap();
    let counter = directory.counter("Q07").unwrap().id;
    let ticket = |number: &str, done: Option<i64>| Ticket {
        number: number.into(),
        counter,
        day: 19_662,
        taken_at: THEN,
        called_at: done.map(|done| done - 1),
        done_at: done,
    };
    let rows = [ticket("B001", Some(THEN + 9)), ticket("B002", None), ticket("B002", None)];
    let first = store.put_tickets(&rows).await.unwrap();
    assert_eq!(first, [PutOutcome::Stored, PutOutcome::Stored, PutOutcome::AlreadyThere]);
    assert_eq!(store.put_tickets(&rows).await.unwrap(), [PutOutcome::AlreadyThere; 3]);
    let queue = |served| CounterQueue { counter, tickets: 2, served };
    assert_eq!(store.queues(19_662, 19_662).await.unwrap(), [queue(1)]);
    // Called and served after all; and then told otherwise.
    let served = ticket("B002", Some(THEN + 99));
    assert_eq!(store.put_tickets(&[served]).await.unwrap(), [PutOutcome::Changed]);
    assert_eq!(store.put_tickets(&[ticket("B002", None)]).await.unwrap(), [PutOutcome::Conflict]);
    assert_eq!(store.queues(19_000, 20_000).await.unwrap(), [queue(2)]);
    assert_eq!(store.queues(19_663, 20_000).await.unwrap(), []);
    assert_eq!(store.put_tickets(&[]).await.unwrap(), []);
    let sites = store.counter_sites().await.unwrap();
    assert_eq!((sites.sites.len(), sites.counters.len()), (0, 0));
}
