//! Dashboards that are open: a new rating is on them within two seconds, also when another server
//! stored it, and nobody is told of what they may not see.
#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "it prints how long a rating takes")]

use analytics_server::auth::{Role, session};
use analytics_server::clock::{Clock, fresh_id};
use analytics_server::http::{Listening, serve};
use analytics_server::live::LiveHub;
use analytics_server::state::App;
use analytics_server::storage::Store;
use analytics_server::storage::rows::{Counter, Department, Officer};
use analytics_server::storage::sessions::{IDLE_MS, Proof};
use analytics_server::storage::users::UserData;
use protocol::Level;
use protocol::exchange::events_path;
use reqwest::{Client, Response, StatusCode, header};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::{Server, enrolled, furnish};

/// When a test gives up. The goal is two seconds; a machine at work on other things may need more,
/// and the printed time tells.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who signed in; what their browser sends.
async fn person(store: &Store, role: Role, departments: &[i64], seed: u8) -> String {
    let data = UserData {
        name: format!("{}-{seed}", role.word()),
        full_name: "Nguyễn Văn A".into(),
        role,
        departments: departments.iter().copied().collect(),
        officer: None,
        email: None,
        language: None,
    };
    let now = Clock::system().now();
    let user = store.add_user(&data, "test", now).await.unwrap().unwrap();
    let hash = session::token_hash(&[seed; 32]);
    store.begin_session(hash, user, Proof::Click, false, "test", now).await.unwrap();
    format!("hai-long={}", hex::encode([seed; 32]))
}

/// An open dashboard.
struct Dashboard {
    answer: Response,
    text: String,
}

impl Dashboard {
    async fn open(url: &str, cookie: &str) -> Self {
        // Once a provider is installed, a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let answer = Client::new().get(format!("{url}/live")).header(header::COOKIE, cookie);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        Self { answer, text: String::new() }
    }

    /// The next part of the stream; none once it has ended.
    async fn part(&mut self) -> Option<String> {
        loop {
            if let Some((part, rest)) = self.text.split_once("\n\n") {
                let (part, rest) = (part.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(part);
            }
            let chunk = tokio::time::timeout(PATIENCE, self.answer.chunk()).await.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk.ok()??).unwrap());
        }
    }

    /// Waits for an event that holds `word`.
    async fn hears(&mut self, word: &str) -> String {
        loop {
            let part = self.part().await.unwrap();
            if part.contains("event: today") && part.contains(word) {
                return part;
            }
        }
    }

    /// Waits for the end.
    async fn ends(&mut self) {
        while self.part().await.is_some() {}
    }
}

/// Somebody rates at a counter; once the server has said that it is stored.
async fn rate(server: &Server, tablet: &mut Chain, counter: &str, officer: &str) {
    let (now, before) = (server.app.clock.now(), tablet.events.len());
    let visit = fresh_id();
    tablet.rate(visit, now, shown(counter, officer, None), Level::Satisfied);
    let address = format!("{}{}", server.url(), events_path(tablet.tablet));
    let batch = Client::new().post(address).bearer_auth(hex::encode(tablet.token));
    let answer = batch.json(&tablet.batch(before, 9, now)).send().await.unwrap();
    answer.error_for_status().unwrap();
}

/// A rating that is stored at one server is heard of at another one; the same in one process.
async fn heard_of(fresh: &Fresh, at: &Server, elsewhere: &Server) -> Duration {
    let cookie = person(&fresh.store, Role::Leader, &[], 1).await;
    let mut dashboard = Dashboard::open(&elsewhere.url(), &cookie).await;
    dashboard.hears("\"ratings\":\"0\"").await;
    let mut tablet = enrolled(at, "Q07", 1).await;
    rate(at, &mut tablet, "Q07", "CC013").await;
    let stored = Instant::now();
    let event = dashboard.hears("\"ratings\":\"1\"").await;
    let time = stored.elapsed();
    assert!(event.starts_with("event: today\ndata: {"), "{event}");
    time
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_heard_of_at_another_server_on_postgres() {
    let fresh = postgres().await;
    furnish(&fresh.store).await;
    let birth = analytics_server::storage::Birth::at(&Clock::system()).unwrap();
    let dir = tempfile::TempDir::new().unwrap();
    let address = fresh.address.clone();
    let store = Store::open(dir.path(), address.as_deref(), &birth).await.unwrap();
    let other = Fresh { store, dir, address };
    let here = Server::start(&fresh, Clock::system()).await;
    let there = Server::start(&other, Clock::system()).await;
    let time = heard_of(&fresh, &here, &there).await;
    println!("heard of at another server after {} ms", time.as_millis());
    here.stop().await;
    there.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_heard_of_at_once_in_the_same_process() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let time = heard_of(&fresh, &server, &server).await;
    println!("heard of in the same process after {} ms", time.as_millis());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_hears_of_their_own_department_alone() {
    let fresh = sqlite().await;
    let store = &fresh.store;
    furnish(store).await;
    let other =
        Department {
            id: 0, code: "SXD".into(), name: "Sở Xây dựng".into(), ticket_prefix: None
        };
    store.put_departments(&[other], 0).await.unwrap();
    let directory = store.directory().await.unwrap();
    let (own, other) = (directory.department("STP").unwrap(), directory.department("SXD").unwrap());
    let counter =
        Counter { id: 0, code: "Q09".into(), name: "Quầy số 09".into(), department: other.id };
    store.put_counters(&[counter], 0).await.unwrap();
    let counter = store.directory().await.unwrap().counter("Q09").unwrap().id;
    let officer = Officer {
        id: 0,
        code: "CC017".into(),
        name: "Nguyễn Văn Q".into(),
        title: "Chuyên viên".into(),
        department: other.id,
        counter: Some(counter),
    };
    store.put_officers(&[officer], 0).await.unwrap();
    let server = Server::start(&fresh, Clock::system()).await;
    let supervisor = person(store, Role::Supervisor, &[own.id], 1).await;
    let leader = person(store, Role::Leader, &[], 2).await;
    let mut supervisor = Dashboard::open(&server.url(), &supervisor).await;
    let mut leader = Dashboard::open(&server.url(), &leader).await;
    supervisor.hears("\"ratings\":\"0\"").await;
    let mut strange = enrolled(&server, "Q09", 1).await;
    let mut tablet = enrolled(&server, "Q07", 2).await;
    for _ in 0..6 {
        rate(&server, &mut strange, "Q09", "CC017").await;
    }
    leader.hears("\"ratings\":\"6\"").await;
    for _ in 0..5 {
        rate(&server, &mut tablet, "Q07", "CC013").await;
    }
    leader.hears("\"ratings\":\"11\"").await;
    // On the way there only their own are told, each of them.
    loop {
        let part = supervisor.part().await.unwrap();
        if !part.contains("event: today") {
            continue;
        }
        let known = ["0", "1", "2", "3", "4", "5"].map(|count| format!("\"ratings\":\"{count}\""));
        assert!(known.iter().any(|known| part.contains(known)), "{part}");
        if part.contains(&known[5]) {
            break;
        }
    }
    server.stop().await;
}

/// How long a stream may outlive its session here: the goal is a second, and it looks by itself only
/// after forty.
const SOON: Duration = Duration::from_secs(15);

/// Opens a dashboard, ends its session, and waits for its end.
async fn ends_soon(url: &str, cookie: &str, what: &str, end: impl AsyncFnOnce()) {
    let mut dashboard = Dashboard::open(url, cookie).await;
    dashboard.hears("today").await;
    end().await;
    let ended = Instant::now();
    let last = loop {
        let part = dashboard.part().await.unwrap();
        if part.contains("event: over") {
            break part;
        }
    };
    dashboard.ends().await;
    println!("{what}: {} ms, {last:?}", ended.elapsed().as_millis());
    assert!(ended.elapsed() < SOON, "{what}: {:?}", ended.elapsed());
}

/// A session that ends at one server ends its streams there and at other servers.
async fn streams_end_with_their_session(store: &Store, server: &Server, now: &AtomicI64) {
    let url = server.url();
    let user = async |name: &str| {
        let users = store.users().await.unwrap();
        users.into_iter().find(|user| user.name == name).unwrap()
    };
    let leader = person(store, Role::Leader, &[], 1).await;
    ends_soon(&url, &leader, "sign-out", async || {
        store.end_session(session::token_hash(&[1; 32]), 1).await.unwrap();
    })
    .await;
    let leader = person(store, Role::Leader, &[], 2).await;
    let own = user("leader-2").await.id;
    ends_soon(&url, &leader, "end of all other sessions", async || {
        store.end_other_sessions(own, [0; 32], 1).await.unwrap();
    })
    .await;
    let leader = person(store, Role::Leader, &[], 3).await;
    let own = user("leader-3").await.id;
    ends_soon(&url, &leader, "new password", async || {
        assert!(store.put_password(own, None, "hash", "test", 1).await.unwrap());
    })
    .await;
    let leader = person(store, Role::Leader, &[], 4).await;
    let own = user("leader-4").await.id;
    ends_soon(&url, &leader, "retired", async || {
        store.retire_user(own, true, "test", 1).await.unwrap();
    })
    .await;
    let leader = person(store, Role::Leader, &[], 5).await;
    let (own, was) = (user("leader-5").await.id, user("leader-5").await.data());
    ends_soon(&url, &leader, "another role", async || {
        let data = UserData { role: Role::Auditor, ..was.clone() };
        store.change_user(own, &was, &data, "test", 1).await.unwrap();
    })
    .await;
    let leader = person(store, Role::Leader, &[], 6).await;
    ends_soon(&url, &leader, "expired", async || {
        now.store(IDLE_MS + 60_000, Ordering::Relaxed);
    })
    .await;
}

/// The machine's clock, moved on by so many milliseconds.
fn moved(by: &Arc<AtomicI64>) -> Clock {
    let by = Arc::clone(by);
    Clock::from_fn(move || Clock::system().now() + by.load(Ordering::Relaxed))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_session_on_sqlite() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let by = Arc::default();
    let server = Server::start(&fresh, moved(&by)).await;
    streams_end_with_their_session(&fresh.store, &server, &by).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_when_another_server_ended_its_session_on_postgres() {
    let fresh = postgres().await;
    furnish(&fresh.store).await;
    let birth = analytics_server::storage::Birth::at(&Clock::system()).unwrap();
    let dir = tempfile::TempDir::new().unwrap();
    let elsewhere = Store::open(dir.path(), fresh.address.as_deref(), &birth).await.unwrap();
    let by = Arc::default();
    let server = Server::start(&fresh, moved(&by)).await;
    streams_end_with_their_session(&elsewhere, &server, &by).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_at_the_sign_out_and_at_the_stop() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let mut app = App::open(fresh.store.clone(), fresh.dir.path(), Clock::system()).await.unwrap();
    app.live_hub = Arc::new(LiveHub::with_beat(Duration::from_millis(100)));
    let listening = Listening::at("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listening.address());
    let (stop, stopped) = oneshot::channel::<()>();
    let live_hub = Arc::clone(&app.live_hub);
    let serving = tokio::spawn(serve(listening, app, async {
        // A dropped sender stops the server as well.
        let _ = stopped.await;
    }));
    let leaving = person(&fresh.store, Role::Leader, &[], 1).await;
    let staying = person(&fresh.store, Role::Auditor, &[], 2).await;
    let mut left = Dashboard::open(&url, &leaving).await;
    let mut stayed = Dashboard::open(&url, &staying).await;
    left.hears("today").await;
    let form = format!("csrf={}", session::csrf(&[1; 32]));
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let out = client
        .post(format!("{url}/sign-out"))
        .header(header::COOKIE, &leaving)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    assert_eq!(out.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    left.ends().await;
    stayed.hears("today").await;
    assert_eq!(live_hub.listening(), 1);
    stop.send(()).unwrap();
    stayed.ends().await;
    tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap().unwrap();
}
