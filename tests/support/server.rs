//! A server on a free port of this machine, with a clock the test may set.

use crate::chain::Chain;
use crate::databases::Fresh;
use crate::secrets;
use analytics_server::clock::Clock;
use analytics_server::enrolment::{code_hash, fresh_code};
use analytics_server::http::{Listening, serve};
use analytics_server::period;
use analytics_server::state::App;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{Counter, Department, Officer, TabletAssignment};
use protocol::exchange::{ENROLMENTS, EnrolRequest, Enrolled};
use reports::figures::{Figures, Period};
use std::net::SocketAddr;
use std::path::Path;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A running server.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it works with.
    pub app: App,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves a store at a free port.
    pub async fn start(fresh: &Fresh, clock: Clock) -> Self {
        Self::at("127.0.0.1:0", fresh.store.clone(), fresh.dir.path(), clock).await
    }

    /// Serves a store at `address`.
    pub async fn at(address: &str, store: Store, dir: &Path, clock: Clock) -> Self {
        let app = App::open(store, dir, clock).await.unwrap();
        let listening = Listening::at(address).await.unwrap();
        let address = listening.address();
        let (stop, stopped) = oneshot::channel();
        let running = app.clone();
        let task = tokio::spawn(async move {
            let stop = async {
                // A dropped sender stops the server as well.
                let _ = stopped.await;
            };
            serve(listening, running, stop).await.unwrap();
        });
        Self { address, app, stop, task }
    }

    /// Its address as tablets write it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets running requests end.
    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }

    /// The figures of what just happened; yesterday is in it for a test that runs over midnight.
    pub async fn recent_figures(&self) -> Figures {
        std::sync::Arc::unwrap_or_clone(self.app.figures(&self.recent()).await.unwrap())
    }

    /// Yesterday and today.
    pub fn recent(&self) -> Period {
        let today = self.app.today();
        let range = format!("{}..{today}", today.yesterday().unwrap());
        period::parse(&range, self.app.centre().policy).unwrap()
    }

    /// A code that enrols one tablet at a counter.
    pub async fn code(&self, counter: &str) -> String {
        let directory = self.app.store.directory().await.unwrap();
        let post = TabletAssignment {
            counter: directory.counter(counter).unwrap().id,
            officer: None,
            stage: None,
            simulated: false,
        };
        let code = fresh_code().unwrap();
        let hash = code_hash(&code);
        self.app.store.add_enrolment_code(&post, hash, 0, i64::MAX).await.unwrap();
        secrets::keep(code)
    }
}

/// A tablet of its own at a counter, enrolled over the wire; its key is made from `seed`.
pub async fn enrolled(server: &Server, counter: &str, seed: u8) -> Chain {
    let chain = Chain::new(Uuid::nil(), seed);
    let request = EnrolRequest {
        code: server.code(counter).await,
        public_key: chain.key.verifying_key().to_bytes(),
        token: chain.token,
        app_version: "0.1.0".into(),
        tablet: None,
    };
    // Once a provider is installed, a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = format!("{}{ENROLMENTS}", server.url());
    let answer = reqwest::Client::new().post(url).json(&request).send().await.unwrap();
    let enrolled: Enrolled = answer.error_for_status().unwrap().json().await.unwrap();
    assert_eq!(enrolled.counter, counter);
    Chain::new(enrolled.tablet, seed)
}

/// One department with two counters and an officer at each.
pub async fn furnish(store: &Store) {
    let department =
        Department {
            id: 0, code: "STP".into(), name: "Sở Tư pháp".into(), ticket_prefix: None
        };
    store.put_departments(&[department], 0).await.unwrap();
    let department = store.directory().await.unwrap().departments[0].id;
    let counter = |code: &str| Counter {
        id: 0,
        code: code.into(),
        name: format!("Quầy số {}", &code[1..]),
        department,
    };
    store.put_counters(&[counter("Q07"), counter("Q08")], 0).await.unwrap();
    let directory = store.directory().await.unwrap();
    let officer = |code: &str, name: &str, counter: &str| Officer {
        id: 0,
        code: code.into(),
        name: name.into(),
        title: "Chuyên viên".into(),
        department,
        counter: Some(directory.counter(counter).unwrap().id),
    };
    let officers =
        [officer("CC013", "Nguyễn Văn M", "Q07"), officer("CC015", "Nguyễn Văn O", "Q08")];
    store.put_officers(&officers, 0).await.unwrap();
}
