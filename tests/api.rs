//! What a machine meets at the server's API: every refusal is a problem with one word and one
//! sentence, with the right status, and nothing half done.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::event::{Shown, What};
use protocol::exchange::{
    Acknowledged, ENROLMENTS, Problem, ProblemCode, Wrapped, events_path, settings_path,
};
use protocol::heartbeat::{Blocked, Heard, Heartbeat, heartbeat_path};
use protocol::invitation::INVITATIONS;
use protocol::limits::{EVENT_BYTES, EVENTS_IN_BATCH, REQUEST_BYTES, STORED_EVENT_BYTES};
use protocol::settings::Settings;
use protocol::{Head, Level};
use reqwest::{Client, RequestBuilder, StatusCode};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::{Server, enrolled, furnish};

struct Api {
    fresh: Fresh,
    server: Server,
    client: Client,
}

impl Api {
    async fn open() -> Self {
        Self::at(sqlite().await).await
    }

    async fn at(fresh: Fresh) -> Self {
        furnish(&fresh.store).await;
        let server = Server::start(&fresh, Clock::system()).await;
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { fresh, server, client: Client::new() }
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.server.url()))
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.server.url()))
    }

    async fn enrol(&self, seed: u8) -> Chain {
        enrolled(&self.server, "Q07", seed).await
    }

    fn events(&self, chain: &Chain) -> RequestBuilder {
        self.post(&events_path(chain.tablet)).bearer_auth(hex::encode(chain.token))
    }
}

async fn refused(request: RequestBuilder, status: StatusCode, code: ProblemCode) -> Problem {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), status);
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem.code, code);
    assert!(problem.message.ends_with('.') && problem.message.len() < 300, "{}", problem.message);
    problem
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_broken_requests_are_refused() {
    let api = Api::open().await;
    let mut chain = api.enrol(1).await;
    chain.rate(
        Uuid::from_u128(1),
        api.server.app.clock.now(),
        shown("Q07", "CC013", None),
        Level::Neutral,
    );
    let batch = chain.batch(0, 9, api.server.app.clock.now());

    let unauthorised = (StatusCode::UNAUTHORIZED, ProblemCode::Unauthorised);
    let path = events_path(chain.tablet);
    for request in [
        api.post(&path),
        api.post(&path).bearer_auth("00"),
        api.post(&path).bearer_auth(hex::encode([9; 32])),
        api.post(&events_path(Uuid::nil())).bearer_auth(hex::encode(chain.token)),
        api.get(&settings_path(chain.tablet)),
    ] {
        refused(request.json(&batch), unauthorised.0, unauthorised.1).await;
    }

    let bad = (StatusCode::BAD_REQUEST, ProblemCode::BadRequest);
    refused(api.events(&chain).body("{"), bad.0, bad.1).await;
    refused(api.events(&chain).body(vec![0xff; 100]), bad.0, bad.1).await;
    refused(api.post(ENROLMENTS).body("{}"), bad.0, bad.1).await;

    let broken = (StatusCode::BAD_REQUEST, ProblemCode::Broken);
    let mut touched = batch.clone();
    touched.signature[0] ^= 1;
    refused(api.events(&chain).json(&touched), broken.0, broken.1).await;
    let mut empty = batch.clone();
    empty.events.clear();
    refused(api.events(&chain).json(&empty), broken.0, broken.1).await;
    let mut zero = batch.clone();
    zero.first = 0;
    refused(api.events(&chain).json(&zero), broken.0, broken.1).await;

    let large = (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge);
    refused(api.events(&chain).body(vec![b' '; REQUEST_BYTES + 1]), large.0, large.1).await;
    let mut long = Chain::new(chain.tablet, 1);
    for _ in 0..=EVENTS_IN_BATCH {
        long.push(Uuid::from_u128(5), 0, What::Abandoned);
    }
    refused(api.events(&chain).json(&long.batch(0, 9_999, 0)), large.0, large.1).await;

    let missing = (StatusCode::NOT_FOUND, ProblemCode::NotFound);
    refused(api.get("/api/v1/nothing"), missing.0, missing.1).await;
    assert_eq!(api.fresh.store.changes_after(0, 10).await.unwrap(), [], "nothing was stored");
    api.server.stop().await;
}

/// The answer to a first code was lost, and somebody types another one.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_code_after_a_lost_answer_makes_no_second_tablet() {
    let api = Api::open().await;
    let tablets = async || api.fresh.store.tablets().await.unwrap();
    let first = api.enrol(1).await;
    let again = enrolled(&api.server, "Q08", 1).await;
    assert_eq!(again.tablet, first.tablet);
    let listed = tablets().await;
    assert_eq!((listed.len(), listed[0].counter.as_str()), (1, "Q08"), "where the last code is of");
    // A tablet that has spoken knows its id, so only a copy asks without it.
    let beat = api.post(&heartbeat_path(first.tablet)).bearer_auth(hex::encode(first.token));
    let told = beat.json(&first.heartbeat(0)).send().await.unwrap();
    assert_eq!(told.status(), StatusCode::OK);
    assert_ne!(api.enrol(1).await.tablet, first.tablet);
    assert_eq!(tablets().await.len(), 2);
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_acknowledged_a_gap_and_a_fork_name_the_head() {
    let api = Api::open().await;
    let mut chain = api.enrol(1).await;
    let now = api.server.app.clock.now();
    for visit in 1..=2 {
        chain.rate(Uuid::from_u128(visit), now, shown("Q07", "CC013", None), Level::Satisfied);
    }

    let gap = refused(
        api.events(&chain).json(&chain.batch(2, 9, now)),
        StatusCode::CONFLICT,
        ProblemCode::Gap,
    )
    .await;
    assert_eq!(gap.head, Some(Head::start(chain.tablet)));

    for stored in [4, 0] {
        let answer = api.events(&chain).json(&chain.batch(0, 9, now)).send().await.unwrap();
        let answer: Acknowledged = answer.error_for_status().unwrap().json().await.unwrap();
        assert_eq!((answer.head, answer.stored, answer.quarantined), (chain.head(), stored, 0));
    }

    let mut copy = Chain::new(chain.tablet, 1);
    copy.push(Uuid::from_u128(7), now, What::Abandoned);
    let fork = refused(
        api.events(&copy).json(&copy.batch(0, 9, now)),
        StatusCode::CONFLICT,
        ProblemCode::Fork,
    )
    .await;
    assert_eq!(fork.head, Some(chain.head()));
    let health: serde_json::Value = api.get("/health").send().await.unwrap().json().await.unwrap();
    assert_eq!((&health["alarms"], &health["quarantined"]), (&1.into(), &0.into()));
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrapped_batch_is_the_same_batch() {
    let api = Api::open().await;
    let mut chain = api.enrol(1).await;
    let now = api.server.app.clock.now();
    chain.rate(Uuid::from_u128(1), now, shown("Q07", "CC013", None), Level::VeryDissatisfied);
    let json = serde_json::to_vec(&chain.batch(0, 9, now)).unwrap();
    let wrapped = Wrapped { wrapped: URL_SAFE_NO_PAD.encode(json) };
    for stored in [2, 0] {
        let answer = api.events(&chain).json(&wrapped).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: Acknowledged = answer.json().await.unwrap();
        assert_eq!((answer.stored, answer.head.number), (stored, 2));
    }
    for wrong in ["", "%", "eyJmaXJzdCI6MX0"] {
        let wrong = Wrapped { wrapped: wrong.into() };
        let request = api.events(&chain).json(&wrong);
        refused(request, StatusCode::BAD_REQUEST, ProblemCode::BadRequest).await;
    }
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_sent_only_when_they_changed() {
    let api = Api::open().await;
    let chain = api.enrol(1).await;
    let get = |tag: Option<String>| {
        let request = api.get(&settings_path(chain.tablet)).bearer_auth(hex::encode(chain.token));
        match tag {
            Some(tag) => request.header("if-none-match", tag),
            None => request,
        }
    };
    let answer = get(None).send().await.unwrap();
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let settings: Settings = answer.json().await.unwrap();
    assert_eq!(settings.officer.unwrap().name, "Nguyễn Văn M");
    assert_eq!(settings.counter.name, "Quầy số 07");
    assert_eq!((settings.questionnaire.version, settings.questionnaire.steps.len()), (1, 3));
    let same = get(Some(tag.clone())).send().await.unwrap();
    assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(same.bytes().await.unwrap().len(), 0);

    let officer = api.fresh.store.directory().await.unwrap().officer("CC013").unwrap().id;
    api.fresh.store.put_photo(officer, Some(b"a portrait"), "test", 1).await.unwrap();
    let changed = get(Some(tag)).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    let settings: Settings = changed.json().await.unwrap();
    assert_eq!(settings.officer.unwrap().photo.as_deref(), Some("YSBwb3J0cmFpdA=="));
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_tells_how_it_is() {
    let api = Api::open().await;
    let chain = api.enrol(1).await;
    let path = heartbeat_path(chain.tablet);
    let now = api.server.app.clock.now();
    let json = serde_json::json!({
        "at": now, "app_version": "0.2.0", "uptime": 1, "boots": 1, "recorded": 5, "pending": 2
    });
    let heartbeat: Heartbeat = serde_json::from_value(json).unwrap();
    let post = || api.post(&path).bearer_auth(hex::encode(chain.token));
    let answer = post().json(&heartbeat).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let heard: Heard = answer.json().await.unwrap();
    assert_eq!(heard.head, Head::start(chain.tablet), "nothing of its chain is here");
    let listed = api.fresh.store.tablets().await.unwrap().remove(0);
    assert_eq!((listed.app_version.as_str(), listed.health.unwrap().pending), ("0.2.0", 2));
    let stranger = api.post(&path).json(&heartbeat);
    refused(stranger, StatusCode::UNAUTHORIZED, ProblemCode::Unauthorised).await;
    let bad = (StatusCode::BAD_REQUEST, ProblemCode::BadRequest);
    refused(post().body("{}"), bad.0, bad.1).await;
    let large = (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge);
    refused(post().body(vec![b' '; 5_000]), large.0, large.1).await;
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_describes_itself() {
    let api = Api::open().await;
    let answer = api.get("/api/v1/openapi.json").send().await.unwrap();
    let description: serde_json::Value = answer.error_for_status().unwrap().json().await.unwrap();
    let paths = description["paths"].as_object().unwrap();
    for path in [
        ENROLMENTS,
        INVITATIONS,
        "/api/v1/invitations/{invitation}",
        "/api/v1/tablets/{tablet}/events",
        "/api/v1/tablets/{tablet}/settings",
        "/api/v1/tablets/{tablet}/invitation",
        "/api/v1/tablets/{tablet}/heartbeat",
    ] {
        assert!(paths.contains_key(path), "{path} is not described");
    }
    api.server.stop().await;
}

/// An event of so many bytes that no tablet makes.
fn padded(chain: &mut Chain, bytes: usize) {
    let number = chain.head().number + 1;
    chain.push_bytes(&format!("{{\"number\":{number},\"x\":\"{}\"}}", "x".repeat(bytes - 40)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_waits_and_what_no_tablet_makes_is_refused() {
    let api = Api::open().await;
    let mut chain = api.enrol(1).await;
    let now = api.server.app.clock.now();
    let long = Shown { dossier: Some("H".repeat(7_000)), ..shown("Q07", "CC013", None) };
    chain.rate(Uuid::from_u128(1), now, long, Level::Neutral);
    padded(&mut chain, EVENT_BYTES + 100);
    chain.rate(Uuid::from_u128(2), now, shown("Q07", "CC013", None), Level::Satisfied);
    let answer = api.events(&chain).json(&chain.batch(0, 9, now)).send().await.unwrap();
    let answer: Acknowledged = answer.error_for_status().unwrap().json().await.unwrap();
    assert_eq!((answer.head, answer.stored, answer.quarantined), (chain.head(), 5, 3));
    let waiting = api.fresh.store.waiting(0, 9).await.unwrap();
    let reasons: Vec<_> = waiting.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(reasons, ["unreadable", "no_question", "unreadable"]);
    assert!(waiting[0].detail.contains("code is longer than allowed"), "{}", waiting[0].detail);
    assert_eq!(api.fresh.store.totals(0).await.unwrap().ratings, 1, "the chain goes on");

    let known = chain.events.len();
    padded(&mut chain, STORED_EVENT_BYTES + 100);
    let large = (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge);
    refused(api.events(&chain).json(&chain.batch(known, 9, now)), large.0, large.1).await;
    assert_eq!(api.fresh.store.quarantined().await.unwrap(), 3, "nothing of it is stored");
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_sends_too_much_is_told_to_wait_and_loses_nothing() {
    let api = Api::open().await;
    let mut chain = api.enrol(1).await;
    let now = api.server.app.clock.now();
    let of_batch = 62;
    for _ in 0..6 * of_batch {
        padded(&mut chain, STORED_EVENT_BYTES);
    }
    let mut sent = 0;
    let answer = loop {
        let batch = chain.batch(sent, of_batch, now);
        let answer = api.events(&chain).json(&batch).send().await.unwrap();
        if !answer.status().is_success() {
            break answer;
        }
        sent += of_batch;
    };
    assert_eq!((answer.status(), sent), (StatusCode::TOO_MANY_REQUESTS, 4 * of_batch));
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=150).contains(&wait), "{wait}");
    let problem: Problem = answer.json().await.unwrap();
    assert!(problem.code == ProblemCode::TooMany && problem.message.contains("Nothing is lost"));
    let tablet = api.fresh.store.tablet(chain.tablet).await.unwrap().unwrap();
    assert_eq!(api.fresh.store.events_after(chain.tablet, sent as u64, 9).await.unwrap(), []);
    assert_eq!(tablet.id, chain.tablet);

    // Another tablet is not held up, and this one is heard in everything else.
    let mut other = api.enrol(2).await;
    other.rate(Uuid::from_u128(9), now, shown("Q07", "CC013", None), Level::Neutral);
    let fine = api.events(&other).json(&other.batch(0, 9, now)).send().await.unwrap();
    assert_eq!(fine.status(), StatusCode::OK);
    api.server.stop().await;
}

/// A text with the letter NUL is refused as unreadable, or loses it; the database never fails on it.
async fn nul(fresh: Fresh) {
    let api = Api::at(fresh).await;
    let form = |path: &str, body: &'static str| {
        let kind = "application/x-www-form-urlencoded";
        api.post(path).header("content-type", kind).body(body)
    };
    for request in [
        form("/sign-in", "name=a\0b&password=x"),
        form("/sign-in", "name=a%00b&password=x"),
        form("/sign-in", "name=ab&password=x&next=\0"),
        form("/sign-in/second", "code=\0"),
        form("/password/00", "password=\0"),
        api.get("/sign-in?next=a%00b"),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{}", answer.url());
    }
    let chain = api.enrol(1).await;
    let heartbeat = Heartbeat {
        app_version: "0.1\0".into(),
        officer: Some("CC\u{0}013".into()),
        trouble: Some("\0".into()),
        blocked: Some(Blocked { number: u64::MAX, since: i64::MAX, status: Some(7) }),
        ..chain.heartbeat(0)
    };
    let request = api.post(&heartbeat_path(chain.tablet)).bearer_auth(hex::encode(chain.token));
    let answer = request.json(&heartbeat).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    api.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_nul_is_refused_on_sqlite() {
    nul(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_nul_is_refused_on_postgres() {
    nul(postgres().await).await;
}
