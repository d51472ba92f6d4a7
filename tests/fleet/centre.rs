//! The centre that is measured: its officers, counters and tablets, and the server.

use crate::Options;
use analytics_server::clock::Clock;
use analytics_server::enrolment::{code_hash, fresh_code, token_hash};
use analytics_server::storage::enrolments::Applicant;
use analytics_server::storage::rows::{Counter, Department, Officer, TabletAssignment};
use analytics_server::storage::{Birth, Store};
use ed25519_dalek::SigningKey;
use protocol::Level;
use std::path::PathBuf;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::process::ServerProcess;

/// Departments of the centre.
const DEPARTMENTS: usize = 20;

/// A tablet and where it stands.
#[derive(Clone)]
pub struct Tablet {
    pub chain: Chain,
    counter: String,
    officer: String,
}

/// A centre with its server.
pub struct Centre {
    pub url: String,
    /// Those with something to bring, and behind them the one that sends each tap at once.
    pub tablets: Vec<Tablet>,
    /// The process, where this program started it.
    pub server: Option<ServerProcess>,
    database: Option<String>,
    data_dir: PathBuf,
    _dir: TempDir,
}

impl Tablet {
    /// One more visit: asked and answered.
    pub fn rate(&mut self, session: Uuid, at: i64) {
        let level = Level::ALL[usize::from(session.as_bytes()[15]) % Level::ALL.len()];
        let shown = shown(&self.counter, &self.officer, None);
        self.chain.rate(session, at, shown, level);
    }
}

impl Centre {
    /// Makes the centre in an empty database and starts a server on it, if none runs already.
    pub async fn open(options: &Options) -> Self {
        let dir = TempDir::new().unwrap();
        let data_dir = options.data_dir.clone().unwrap_or_else(|| dir.path().to_owned());
        let store = open_store(&data_dir, options.database.as_deref()).await;
        furnish(&store, options).await;
        let tablets = tablets(&store, options).await;
        store.close().await;
        let server = options
            .server
            .is_none()
            .then(|| ServerProcess::start(&data_dir, options.database.as_deref()));
        let url = server.as_ref().map(|server| server.url.clone());
        let url = url.or_else(|| options.server.clone()).unwrap();
        let database = options.database.clone();
        Self { url, tablets, server, database, data_dir, _dir: dir }
    }

    /// The database, to see what the server stored.
    pub async fn store(&self) -> Store {
        open_store(&self.data_dir, self.database.as_deref()).await
    }
}

async fn open_store(data_dir: &std::path::Path, database: Option<&str>) -> Store {
    Store::open(data_dir, database, &Birth::at(&Clock::system()).unwrap()).await.unwrap()
}

/// Departments, counters and officers.
async fn furnish(store: &Store, options: &Options) {
    let now = Clock::system().now();
    let department = |nth: usize| Department {
        id: 0,
        code: format!("S{nth:02}"),
        name: format!("Sở số {nth}"),
        ticket_prefix: None,
    };
    let departments: Vec<Department> = (0..DEPARTMENTS).map(department).collect();
    store.put_departments(&departments, now).await.unwrap();
    let known = store.directory().await.unwrap();
    let at = |nth: usize| known.departments[nth % DEPARTMENTS].id;
    let counter = |nth: usize| Counter {
        id: 0,
        code: format!("Q{nth:05}"),
        name: format!("Quầy số {nth}"),
        department: at(nth),
    };
    let counters: Vec<Counter> = (0..options.officers.div_ceil(10)).map(counter).collect();
    store.put_counters(&counters, now).await.unwrap();
    let officer = |nth: usize| Officer {
        id: 0,
        code: format!("CC{nth:05}"),
        name: format!("Công chức số {nth}"),
        title: "Chuyên viên".into(),
        department: at(nth),
        counter: None,
    };
    let officers: Vec<Officer> = (0..options.officers).map(officer).collect();
    store.put_officers(&officers, now).await.unwrap();
}

/// The tablets, enrolled in the store: the requests of an enrolment are limited for each address.
async fn tablets(store: &Store, options: &Options) -> Vec<Tablet> {
    let known = store.directory().await.unwrap();
    let now = Clock::system().now();
    let mut tablets = Vec::new();
    for nth in 0..=options.tablets {
        let seed = blake3::hash(format!("fleet {} {nth}", options.seed).as_bytes());
        let id = Uuid::from_slice(&seed.as_bytes()[..16]).unwrap();
        let mut chain = Chain::new(id, 0);
        chain.key = SigningKey::from_bytes(seed.as_bytes());
        chain.token = *blake3::hash(seed.as_bytes()).as_bytes();
        let counter = &known.counters[nth % known.counters.len()];
        let post =
            TabletAssignment { counter: counter.id, officer: None, stage: None, simulated: true };
        let code = fresh_code().unwrap();
        store.add_enrolment_code(&post, code_hash(&code), now, i64::MAX).await.unwrap();
        let applicant = Applicant {
            code_hash: code_hash(&code),
            id,
            public_key: chain.key.verifying_key().to_bytes(),
            token_hash: token_hash(&chain.token),
            app_version: "fleet",
        };
        store.enrol(&applicant, now).await.unwrap();
        let officer = known.officers[nth * 7 % known.officers.len()].code.clone();
        tablets.push(Tablet { chain, counter: counter.code.clone(), officer });
    }
    tablets
}
