//! The server that is measured: its data, its people and tablets, and the process itself.

use analytics_server::auth::{Role, session};
use analytics_server::clock::Clock;
use analytics_server::demo;
use analytics_server::enrolment::{code_hash, fresh_code};
use analytics_server::scope::Scope;
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::rows::TabletAssignment;
use analytics_server::storage::sessions::Proof;
use analytics_server::storage::users::UserData;
use analytics_server::storage::{FILE, Store};
use jiff::ToSpan;
use protocol::exchange::{ENROLMENTS, EnrolRequest, Enrolled};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::Chain;
use whole_system_tests::million;
use whole_system_tests::process::ServerProcess;

/// Dashboards of one person: fewer than a server allows.
const OF_ONE: usize = 10;

/// Tablets that rate in turn.
const TABLETS: u8 = 5;

/// A tablet and where it stands.
pub struct Tablet {
    pub chain: Chain,
    pub counter: String,
    pub officer: String,
}

/// Who opens a dashboard.
pub struct Reader {
    /// What their browser sends.
    pub cookie: String,
    /// Whether they see the whole centre.
    pub sees_all: bool,
}

/// A running server; it is stopped and its data deleted when this is dropped.
pub struct House {
    pub url: String,
    pub readers: Vec<Reader>,
    /// What an administrator's browser sends.
    pub administrator: String,
    pub codes: Vec<(String, String, String)>,
    /// The process itself.
    pub server: ServerProcess,
    _dir: TempDir,
}

impl House {
    /// A centre of the last two years with so many ratings of so many officers, and a server on it. It is made
    /// in `kept` if that is given and not there yet, and otherwise copied from there.
    pub async fn open(centre: (u64, usize), dashboards: usize, kept: Option<&Path>) -> Self {
        let dir = TempDir::new().unwrap();
        let made = kept.unwrap_or(dir.path());
        if !made.join(FILE).exists() {
            make(made, centre).await;
        }
        if made != dir.path() {
            copy(made, dir.path());
        }
        let now = Clock::system().now();
        let store = open_store(dir.path()).await;
        let readers = readers(&store, dashboards, now).await;
        let administrator = signed_in(&store, "load", Role::Administrator, None, now).await;
        let codes = codes(&store).await;
        store.close().await;

        let server = ServerProcess::start(dir.path(), None);
        let url = server.url.clone();
        Self { url, readers, administrator, codes, server, _dir: dir }
    }

    /// The tablets, enrolled over the wire.
    pub async fn tablets(&self) -> Vec<Tablet> {
        let mut tablets = Vec::new();
        for (seed, (code, counter, officer)) in (1..).zip(&self.codes) {
            let chain = Chain::new(Uuid::nil(), seed);
            let request = EnrolRequest {
                code: code.clone(),
                public_key: chain.key.verifying_key().to_bytes(),
                token: chain.token,
                app_version: "load".into(),
                tablet: None,
            };
            let url = format!("{}{ENROLMENTS}", self.url);
            let answer = reqwest::Client::new().post(url).json(&request).send().await.unwrap();
            let enrolled: Enrolled = answer.error_for_status().unwrap().json().await.unwrap();
            let chain = Chain::new(enrolled.tablet, seed);
            tablets.push(Tablet { chain, counter: counter.clone(), officer: officer.clone() });
        }
        tablets
    }
}

async fn open_store(dir: &Path) -> Store {
    Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap()
}

/// Fills a directory, with the columns saved as a server leaves them.
async fn make(dir: &Path, centre: (u64, usize)) {
    let (store, clock) = (open_store(dir).await, Clock::system());
    demo::name_centre(&store, clock.now()).await.unwrap();
    let app = App::open(store.clone(), dir, clock).await.unwrap();
    let first = app.today().saturating_sub(i64::try_from(million::DAYS).unwrap().days());
    let begin = first.to_zoned(app.zone.clone()).unwrap().timestamp().as_millisecond();
    million::fill(&store, centre, begin).await;
    app.latest_day(&Scope::All).await.unwrap();
    app.stats.saving_ended().await;
    drop(app);
    store.close().await;
}

/// Copies a directory with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// People with open dashboards: leaders and supervisors of one department each.
async fn readers(store: &Store, dashboards: usize, now: i64) -> Vec<Reader> {
    let directory = store.directory().await.unwrap();
    let mut readers = Vec::new();
    for number in 0..dashboards.div_ceil(OF_ONE).max(1) {
        let role = if number % 2 == 0 { Role::Leader } else { Role::Supervisor };
        let department = directory.departments[number % directory.departments.len()].id;
        let cookie = signed_in(store, &format!("load-{number}"), role, Some(department), now).await;
        for _ in 0..OF_ONE {
            readers.push(Reader { cookie: cookie.clone(), sees_all: role == Role::Leader });
        }
    }
    readers.truncate(dashboards.max(1));
    readers
}

/// A person with a session; what their browser sends.
async fn signed_in(store: &Store, name: &str, role: Role, of: Option<i64>, now: i64) -> String {
    let data = UserData {
        name: name.into(),
        full_name: "Nguyễn Văn A".into(),
        role,
        departments: of.into_iter().collect(),
        officer: None,
        email: None,
        language: None,
    };
    let user = store.add_user(&data, "load", now).await.unwrap().unwrap();
    let mut token = [7; 32];
    token[..8].copy_from_slice(&user.to_le_bytes());
    store
        .begin_session(session::token_hash(&token), user, Proof::Click, false, "load", now)
        .await
        .unwrap();
    format!("hai-long={}", hex::encode(token))
}

/// Codes for tablets: code, counter, officer.
async fn codes(store: &Store) -> Vec<(String, String, String)> {
    let directory = store.directory().await.unwrap();
    let mut codes = Vec::new();
    for counter in &directory.counters {
        let Some(officer) = directory.usual_officer(counter.id) else { continue };
        let post =
            TabletAssignment { counter: counter.id, officer: None, stage: None, simulated: true };
        let code = fresh_code().unwrap();
        store.add_enrolment_code(&post, code_hash(&code), 0, i64::MAX).await.unwrap();
        codes.push((code, counter.code.clone(), officer.code.clone()));
        if codes.len() == usize::from(TABLETS) {
            break;
        }
    }
    codes
}
