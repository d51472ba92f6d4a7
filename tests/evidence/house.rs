//! A small database with everything in it that can be altered: two tablets, files, notes, rulings,
//! redactions, flags, quarantine, alarms, a transfer, saved columns and changes after these.

use analytics_server::auth::Role;
use analytics_server::clock::Clock;
use analytics_server::period;
use analytics_server::state::App;
use analytics_server::storage::Store;
use analytics_server::storage::dossiers::{Dossier, ImportedDossier};
use analytics_server::storage::enrolments::{Admission, Applicant};
use analytics_server::storage::notes::{Author, NoteKind};
use analytics_server::storage::rows::{
    Department, FileColumns, ImportedRating, Procedure, TabletAssignment,
};
use analytics_server::storage::users::UserData;
use protocol::event::{Detailed, Shown, What};
use protocol::heartbeat::Heartbeat;
use protocol::{Level, Scale};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::Fresh;
use whole_system_tests::server::furnish;

/// 2026-11-02 08:00 in Vietnam.
pub const BEGIN: i64 = 1_793_581_200_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// When everything had happened.
pub const NOW: i64 = BEGIN + 20 * DAY;
/// Ratings of files, and how many of one import.
const IMPORTED: u64 = 6_000;
const OF_ONE: usize = 1_500;

/// What alterations have to know.
pub struct House {
    /// The first tablet.
    pub one: Uuid,
}

/// Fills an empty store.
pub async fn build(fresh: &Fresh) -> House {
    let store = &fresh.store;
    furnish(store).await;
    let one = tablet(store, "Q07", 1).await;
    let two = tablet(store, "Q08", 2).await;
    dossiers(store).await;
    let one = visits(store, one).await;
    let mut two = two;
    for visit in 0..25 {
        let level = Level::ALL[(visit * visit + 2) % 5];
        let at = BEGIN + DAY + i64::try_from(visit).unwrap() * 10 * MINUTE;
        two.rate(Uuid::from_u128(5_000 + visit as u128), at, shown("Q08", "CC015", None), level);
    }
    send(store, &two).await;
    for (chain, seed) in [(&one, 1), (&two, 2)] {
        let mut fork = Chain::new(chain.tablet, seed);
        fork.push(Uuid::from_u128(9), BEGIN, What::Abandoned);
        fork.append(store, &fork.batch(0, 9, BEGIN)).await;
    }
    heartbeat(store, &one).await;
    files(store).await;
    people(store, &one).await;
    count(store, fresh).await;
    House { one: one.tablet }
}

async fn tablet(store: &Store, counter: &str, seed: u8) -> Chain {
    let counter = store.directory().await.unwrap().counter(counter).unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    store.add_enrolment_code(&post, [seed; 32], 0, i64::MAX).await.unwrap();
    let key = Chain::new(Uuid::nil(), seed).key.verifying_key().to_bytes();
    let applicant = Applicant {
        code_hash: [seed; 32],
        id: Uuid::from_u128(1_000 + u128::from(seed)),
        public_key: key,
        token_hash: [seed; 32],
        app_version: "0.1.0",
    };
    let Admission::Admitted { tablet, .. } = store.enrol(&applicant, BEGIN - DAY).await.unwrap()
    else {
        panic!("a fresh code admits")
    };
    Chain::new(tablet, seed)
}

/// Sends what was recorded, ten events at a time, each an hour after its last event.
async fn send(store: &Store, chain: &Chain) {
    let mut sent = 0;
    while sent < chain.events.len() {
        let last = chain.events[(sent + 10).min(chain.events.len()) - 1].get();
        let at = last.split("\"at\":").nth(1).unwrap().split(',').next().unwrap();
        let at: i64 = at.parse().unwrap();
        chain.append(store, &chain.batch(sent, 10, at + 60 * MINUTE)).await;
        sent += 10;
    }
}

/// Forty plain visits, and then one of each kind.
async fn visits(store: &Store, mut one: Chain) -> Chain {
    let session = |nth: u128| Uuid::from_u128(2_000 + nth);
    for visit in 0..40_u8 {
        let at = BEGIN + i64::from(visit) * 10 * MINUTE;
        let level = Level::ALL[usize::from(visit) % 5];
        one.rate(session(visit.into()), at, shown("Q07", "CC013", None), level);
    }
    let mut at = BEGIN + 8 * 60 * MINUTE;
    let about =
        |dossier: &str| Shown { dossier: Some(dossier.into()), ..shown("Q07", "CC013", None) };
    for (nth, dossier) in
        ["H53.02-260101-0001", "H53.02-260101-0001", "H53.02-260101-0002"].into_iter().enumerate()
    {
        at += 10 * MINUTE;
        one.rate(session(100 + nth as u128), at, about(dossier), Level::Satisfied);
    }
    // Ten seconds after the one before.
    one.rate(session(110), at + 10_000, shown("Q07", "CC013", None), Level::Satisfied);
    for (nth, text) in
        ["Chờ hơi lâu, anh Ba nói vậy", "Tốt", "Cần thêm ghế ngồi"].into_iter().enumerate()
    {
        at += 10 * MINUTE;
        let id = session(120 + nth as u128);
        one.rate(id, at, shown("Q07", "CC013", None), Level::Dissatisfied);
        one.push(id, at + 2_000, What::Changed { level: Level::Neutral });
        for comment in [None, Some(text.to_owned())] {
            let detailed = Detailed {
                aspects: [("attitude".to_owned(), Level::Satisfied)].into(),
                reasons: vec!["waiting".into()],
                comment,
            };
            one.push(id, at + 9_000, What::Detailed(detailed));
        }
    }
    at += 10 * MINUTE;
    one.push(session(130), at, What::Shown(shown("Q07", "CC013", None)));
    one.push(session(130), at + 30_000, What::Abandoned);
    one.rate(session(131), at + MINUTE, shown("Q07", "CC999", None), Level::Neutral);
    one.push_bytes(r#""not an event at all""#);
    // A clock that stood an hour before ours: its moments are corrected.
    let ahead = at + 60 * MINUTE;
    for nth in 140..150 {
        at += 10 * MINUTE;
        one.rate(session(nth), at, shown("Q07", "CC013", None), Level::VerySatisfied);
    }
    send(store, &one).await;
    let before = one.events.len();
    one.rate(session(160), ahead + DAY, shown("Q07", "CC013", None), Level::Neutral);
    let batch = one.batch(before, 9, ahead + DAY + MINUTE);
    let arrival = at + DAY;
    one.append_at(store, &batch, arrival).await;
    one
}

async fn heartbeat(store: &Store, chain: &Chain) {
    let beat = Heartbeat {
        at: NOW,
        app_version: "0.1.0".into(),
        uptime: 1_000,
        boots: 1,
        recorded: chain.events.len() as u64,
        pending: 0,
        skew_ms: None,
        battery: None,
        charging: None,
        storage_free: None,
        officer: None,
        questionnaire: None,
        trouble: None,
        blocked: None,
    };
    store.put_heartbeat(chain.tablet, &beat, NOW).await.unwrap();
}

async fn dossiers(store: &Store) {
    let department = store.directory().await.unwrap().departments[0].id;
    let procedure = Procedure {
        id: 0,
        code: "1.000001".into(),
        name: "Cấp bản sao".into(),
        field: "Hộ tịch".into(),
        department,
        working_days: 1,
    };
    store.put_procedures(&[procedure], BEGIN).await.unwrap();
    let procedure = store.directory().await.unwrap().procedures[0].id;
    let dossier = |nth: u32, channel| Dossier {
        code: format!("H53.02-260101-{nth:04}"),
        procedure,
        channel,
        received_at: BEGIN,
        due_at: BEGIN + DAY,
        returned_at: None,
        status: "Đang giải quyết".into(),
        officer: None,
        counter: None,
    };
    let all: Vec<ImportedDossier> = (1..=20).map(|nth| dossier(nth, 1).into()).collect();
    store.put_dossiers(&all).await.unwrap();
}

/// Every so many imported ratings has a comment.
const COMMENTED: i64 = 100;

/// When an imported rating was given: long ago, but for those with a comment, which stays.
fn imported_at(nth: i64) -> i64 {
    if nth % COMMENTED == 0 {
        BEGIN + DAY + nth * MINUTE
    } else {
        BEGIN - 300 * DAY + nth * 70 * MINUTE
    }
}

async fn files(store: &Store) {
    let directory = store.directory().await.unwrap();
    let rows: Vec<ImportedRating> = (0..IMPORTED)
        .map(|nth| {
            let officer = &directory.officers[usize::try_from(nth % 2).unwrap()];
            ImportedRating {
                id: Uuid::from_u64_pair(7, nth),
                at: imported_at(i64::try_from(nth).unwrap()),
                counter: officer.counter.unwrap(),
                officer: officer.id,
                stage: None,
                scale: Scale::Five,
                level: Level::ALL[usize::try_from((nth * 7 + nth / 5) % 5).unwrap()],
                // Some of a dossier that is known, and some twice about one.
                dossier: (nth % 500 == 0).then(|| format!("H53.02-260101-{:04}", 3 + nth / 1_000)),
                reasons: if nth % 9 == 0 { vec!["waiting".into()] } else { Vec::new() },
                comment: (nth % COMMENTED.unsigned_abs() == 0)
                    .then(|| format!("Chờ đợi lâu ({nth})")),
                told: FileColumns::default(),
                simulated: false,
            }
        })
        .collect();
    for rows in rows.chunks(OF_ONE) {
        store.import_ratings(rows, BEGIN).await.unwrap();
    }
}

/// What people did: notes, rulings, redactions, comments past their time, a transfer.
async fn people(store: &Store, one: &Chain) {
    let data = UserData {
        name: "kiem-tra".into(),
        full_name: "Nguyễn Văn A".into(),
        role: Role::Auditor,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = store.add_user(&data, "test", NOW).await.unwrap().unwrap();
    let author = Author { user, actor: "test" };
    let rows = store.sessions_of_tablet(one.tablet, 0).await.unwrap();
    let num = |nth: u128| {
        rows.iter().find(|(_, id)| *id == Uuid::from_u128(2_000 + nth)).map(|row| row.0).unwrap()
    };
    let note = async |visit, kind, text| {
        store.add_note(num(visit), kind, author, text, NOW).await.unwrap();
    };
    note(3, NoteKind::RuledOut, "Bấm thử").await;
    note(8, NoteKind::RuledOut, "Bấm thử").await;
    note(8, NoteKind::RuledIn, "Nhầm").await;
    note(9, NoteKind::Handled, "Đã gọi lại").await;
    note(9, NoteKind::Further, "Đã xin lỗi").await;
    let (was, left) = ("Cần thêm ghế ngồi", "Cần thêm [đã lược bỏ]");
    let redacted = num(122);
    store.redact(redacted, (was, left), "names", author, NOW - 2).await.unwrap();
    let kept = store.kept_originals(redacted, 0).await.unwrap()[0].note_num;
    store.restore_comment((redacted, kept), 0, author, NOW - 1).await.unwrap();
    store.redact(redacted, (was, left), "names", author, NOW).await.unwrap();
    let other =
        Department {
            id: 0, code: "SXD".into(), name: "Sở Xây dựng".into(), ticket_prefix: None
        };
    store.put_departments(&[other], NOW).await.unwrap();
    let directory = store.directory().await.unwrap();
    let mut moved = directory.officer("CC015").unwrap().clone();
    moved.department = directory.department("SXD").unwrap().id;
    store.put_officers(&[moved], NOW).await.unwrap();
}

/// Counts, which saves the columns; then something changes after them.
async fn count(store: &Store, fresh: &Fresh) {
    let app = App::open(store.clone(), fresh.dir.path(), Clock::system()).await.unwrap();
    let year = period::parse("2026", app.centre().policy).unwrap();
    assert!(app.figures(&year).await.unwrap().ratings.total > IMPORTED / 2);
    app.stats.saving_ended().await;
    drop(app);
    assert!(fresh.dir.path().join("columns/columns.json").exists());
    // The first comment is older than the centre keeps them.
    let before = BEGIN + 525 * MINUTE;
    assert_eq!(store.expire_comments(before, "server", NOW + MINUTE).await.unwrap(), 1);
}
