//! What the storage tests begin with: people, officers, tablets, visits and files of ratings. Everything with
//! an id or a code takes it as an argument, so that several fit into one database.

use analytics_server::storage::Store;
use analytics_server::storage::enrolments::{Admission, Applicant};
use analytics_server::storage::events::Appended;
use analytics_server::storage::rows::{
    FileColumns, ImportedRating, Procedure, Tablet, TabletAssignment,
};
use analytics_server::storage::users::{Role, UserData};
use protocol::event::{Detailed, What};
use protocol::{Level, Scale, Stage};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};

/// 2023-09-27 12:00 in Tây Ninh: the day of most of the visits.
pub const NOON: i64 = 1_695_790_800_000;

/// A person with an account.
pub fn person(name: &str, role: Role) -> UserData {
    UserData {
        name: name.into(),
        full_name: "Nguyễn Văn A".into(),
        role,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    }
}

/// Adds them; their number.
pub async fn add_user(store: &Store, name: &str, role: Role) -> i64 {
    store.add_user(&person(name, role), "test", 1).await.unwrap().unwrap()
}

/// One more officer, beside CC013 at their counter.
pub async fn add_officer(store: &Store, code: &str) {
    let directory = store.directory().await.unwrap();
    let mut officer = directory.officer("CC013").unwrap().clone();
    officer.code = code.into();
    store.put_officers(&[officer], NOON).await.unwrap();
}

/// A procedure of the department.
pub async fn procedure(store: &Store) -> Procedure {
    let department = store.directory().await.unwrap().department("STP").unwrap().id;
    Procedure {
        id: 0,
        code: "9.100009".into(),
        name: "Cấp phiếu lý lịch tư pháp".into(),
        field: "Lý lịch tư pháp".into(),
        department,
        working_days: 10,
    }
}

/// A tablet of its own at a counter. Its id, key and code are made from `seed`.
pub async fn enrolled(store: &Store, counter: &str, seed: u8) -> Chain {
    let id = Uuid::from_u128(u128::from(seed) << 100);
    let chain = Chain::new(id, seed);
    let admitted = admit(store, counter, [seed; 32], &chain).await;
    assert!(matches!(admitted, Admission::Admitted { tablet, .. } if tablet == id));
    chain
}

/// A code of the counter is made and shown by the tablet.
pub async fn admit(store: &Store, counter: &str, code_hash: [u8; 32], chain: &Chain) -> Admission {
    let counter = store.directory().await.unwrap().counter(counter).unwrap().id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: false };
    store.add_enrolment_code(&post, code_hash, 0, 1_000).await.unwrap();
    show(store, code_hash, chain).await
}

/// The tablet shows a code.
pub async fn show(store: &Store, code_hash: [u8; 32], chain: &Chain) -> Admission {
    let applicant = Applicant {
        code_hash,
        id: chain.tablet,
        public_key: chain.key.verifying_key().to_bytes(),
        token_hash: [7; 32],
        app_version: "0.1.0",
    };
    store.enrol(&applicant, 10).await.unwrap()
}

/// A tablet that there is.
pub async fn tablet(store: &Store, id: Uuid) -> Tablet {
    store.tablet(id).await.unwrap().unwrap()
}

/// A comment, with a reason.
pub fn comment(chain: &mut Chain, session: Uuid, at: i64, text: &str) {
    let detailed = Detailed {
        aspects: [].into(),
        reasons: vec!["waiting".into()],
        comment: Some(text.to_owned()),
    };
    chain.push(session, at, What::Detailed(detailed));
}

/// Six events: a visit that was rated, changed and commented, and one that was abandoned.
pub fn push_two_visits(chain: &mut Chain, rated: Uuid, abandoned: Uuid) {
    chain.rate(rated, NOON, shown("Q07", "CC013", Some(Stage::Return)), Level::Neutral);
    chain.push(rated, NOON + 3_000, What::Changed { level: Level::Satisfied });
    let detailed = Detailed {
        aspects: [("attitude".to_owned(), Level::Satisfied)].into(),
        reasons: vec!["waiting".into()],
        comment: Some("Chờ hơi lâu".into()),
    };
    chain.push(rated, NOON + 9_000, What::Detailed(detailed));
    chain.push(abandoned, NOON, What::Shown(shown("Q07", "CC013", None)));
    chain.push(abandoned, NOON + 30_000, What::Abandoned);
}

/// Six events, of which the first four can not be counted: a visit to officer CC999, and what is no
/// event. The last two are a visit (very satisfied).
pub async fn send_odd_events(store: &Store, chain: &mut Chain, waits: u128) -> Appended {
    let known = chain.events.len();
    chain.rate(Uuid::from_u128(waits), NOON, shown("Q07", "CC999", None), Level::Neutral);
    let number = chain.head().number + 1;
    chain.push_bytes(&format!(r#"{{"number":{number},"kind":"rated","level":"ecstatic"}}"#));
    chain.push_bytes(r#""not an event at all""#);
    let counted = Uuid::from_u128(waits + 1);
    chain.rate(counted, NOON, shown("Q08", "CC015", None), Level::VerySatisfied);
    chain.append(store, &chain.batch(known, 99, NOON)).await
}

/// Four events, of which none can be counted: they name a visit that is another's, and hold what a
/// database can not keep.
pub async fn send_foreign_events(store: &Store, chain: &mut Chain, others: Uuid) -> Appended {
    let known = chain.events.len();
    chain.rate(others, NOON, shown("Q07", "CC013", None), Level::VeryDissatisfied);
    chain.push(Uuid::from_u128(900), NOON, What::Shown(shown("Q07", "CC\0", None)));
    let number = chain.head().number + 1;
    let level = r#""level":"a\u0000b""#;
    chain.push_bytes(&format!(
        r#"{{"number":{number},"session":"{others}","at":0,"boot":"{others}","uptime":0,"kind":"rated",{level}}}"#
    ));
    chain.append(store, &chain.batch(known, 99, NOON)).await
}

/// A rating as a file tells it: an officer at their own counter, satisfied.
pub async fn rating(store: &Store, officer: &str, id: u128, at: i64) -> ImportedRating {
    let directory = store.directory().await.unwrap();
    let officer = directory.officer(officer).unwrap();
    ImportedRating {
        id: Uuid::from_u128(id),
        at,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        stage: None,
        scale: Scale::Five,
        level: Level::Satisfied,
        dossier: None,
        reasons: Vec::new(),
        comment: None,
        told: FileColumns::default(),
        simulated: false,
    }
}

/// What a centre has after a while: a tablet at Q07 with [`push_two_visits`], and a file with three
/// ratings of CC015, of which the second is flagged and the last one is commented.
pub async fn some_visits(store: &Store, seed: u8) -> Chain {
    let id = |number: u128| (u128::from(seed) << 32) + number;
    let mut chain = enrolled(store, "Q07", seed).await;
    push_two_visits(&mut chain, Uuid::from_u128(id(1)), Uuid::from_u128(id(2)));
    chain.append(store, &chain.batch(0, 99, NOON)).await;
    let of_dossier = async |number, at| ImportedRating {
        dossier: Some(format!("H53.02-230914-9{seed:03}")),
        ..rating(store, "CC015", id(number), at).await
    };
    let rows = [
        of_dossier(3, NOON + 60_000).await,
        of_dossier(4, NOON + 61_000).await,
        ImportedRating {
            level: Level::Dissatisfied,
            comment: Some("Phải đi lại nhiều lần".into()),
            ..rating(store, "CC015", id(5), NOON + 62_000).await
        },
    ];
    store.import_ratings(&rows, NOON).await.unwrap();
    chain
}
