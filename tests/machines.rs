//! Other software of the centre: what each scope allows, pages of ratings that miss none, and a
//! problem for every refusal.
#![allow(clippy::unwrap_used)]

use analytics_server::auth::Role;
use analytics_server::clock::Clock;
use analytics_server::enrolment::{fresh_machine_token, machine_hash};
use analytics_server::storage::notes::Author;
use analytics_server::storage::users::UserData;
use protocol::Level;
use protocol::event::{Detailed, What};
use protocol::exchange::{Problem, ProblemCode};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;
use whole_system_tests::chain::shown;
use whole_system_tests::databases::{Fresh, sqlite};
use whole_system_tests::server::{Server, enrolled, furnish};

#[path = "machines/change_feed.rs"]
mod change_feed;
#[path = "machines/published.rs"]
mod published;

/// A moment in 2026.
const NOW: i64 = 1_790_000_000_000;

const DAY_MS: i64 = 86_400_000;

struct House {
    fresh: Fresh,
    server: Server,
    client: Client,
    hand: Arc<AtomicI64>,
}

impl House {
    /// A centre with twelve ratings, the third of them with a comment.
    async fn open() -> Self {
        Self::on(sqlite().await).await
    }

    /// The same on a database.
    async fn on(fresh: Fresh) -> Self {
        furnish(&fresh.store).await;
        let hand = Arc::new(AtomicI64::new(NOW));
        let shared = Arc::clone(&hand);
        let clock = Clock::from_fn(move || shared.load(Ordering::SeqCst));
        let server = Server::start(&fresh, clock).await;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut tablet = enrolled(&server, "Q07", 1).await;
        for n in 0..12_u8 {
            let session = Uuid::from_u128(u128::from(n) + 1);
            let level = Level::ALL[usize::from(n) % 5];
            tablet.rate(session, NOW, shown("Q07", "CC013", None), level);
            if n == 2 {
                let details =
                    Detailed { comment: Some("Chờ lâu".into()), ..Detailed::default() };
                tablet.push(session, NOW, What::Detailed(details));
            }
        }
        let batch = tablet.batch(0, 99, NOW);
        tablet.append(&fresh.store, &batch).await;
        Self { fresh, server, client: Client::new(), hand }
    }

    async fn token(&self, scopes: &str) -> String {
        let token = fresh_machine_token().unwrap();
        let hash = machine_hash(&token).unwrap();
        self.fresh.store.add_machine_token("x", hash, scopes, "test", 0).await.unwrap();
        token
    }

    /// Somebody who redacts.
    async fn person(&self) -> i64 {
        let data = UserData {
            name: "phu-trach".into(),
            full_name: "Nguyễn Thị B".into(),
            role: Role::Supervisor,
            departments: [].into(),
            officer: None,
            email: None,
            language: None,
        };
        self.fresh.store.add_user(&data, "test", 0).await.unwrap().unwrap()
    }

    async fn get(&self, path: &str, token: &str) -> Response {
        let address = format!("{}{path}", self.server.url());
        self.client.get(address).bearer_auth(token).send().await.unwrap()
    }

    async fn json(&self, path: &str, token: &str) -> Value {
        let answer = self.get(path, token).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scope_allows_its_own_and_nothing_else() {
    let house = House::open().await;
    let paths = [
        ("/api/v1/figures", "figures:read"),
        ("/api/v1/ratings", "ratings:read"),
        ("/api/v1/invitations/00000000-0000-0000-0000-000000000009", "invite"),
    ];
    let others = "invite figures:read ratings:read comments:read verify metrics";
    for (path, scope) in paths {
        let rest: Vec<_> = others.split(' ').filter(|one| *one != scope).collect();
        for (token, allowed) in [
            (house.token(scope).await, true),
            (house.token(&rest.join(" ")).await, false),
            ("hl_00".to_owned(), false),
            (String::new(), false),
        ] {
            let answer = house.get(path, &token).await;
            if allowed {
                assert_ne!(answer.status(), StatusCode::UNAUTHORIZED, "{path} with {scope}");
            } else {
                assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path} without {scope}");
                let problem: Problem = answer.json().await.unwrap();
                assert_eq!(problem.code, ProblemCode::Unauthorised);
            }
        }
    }
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_ratings_miss_none_and_comments_need_their_scope() {
    let house = House::open().await;
    let token = house.token("ratings:read").await;
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let page = house.json(&format!("/api/v1/ratings?{after}limit=5"), &token).await;
        seen.extend(page["ratings"].as_array().unwrap().clone());
        after = format!("after={}&", page["next"].as_str().unwrap());
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), 12);
    let whole = house.json("/api/v1/ratings?period=2026&limit=5", &token).await;
    let next = whole["next"].as_str().unwrap();
    let rest = house.json(&format!("/api/v1/ratings?period=2026&after={next}"), &token).await;
    assert_eq!((&whole["more"], rest["ratings"].as_array().unwrap().len()), (&true.into(), 7));
    assert_eq!((&seen[0]["officer"], &seen[0]["source"]), (&"CC013".into(), &"tablet".into()));
    assert_eq!(seen[0]["at"].as_str().unwrap().len(), "2026-09-21T21:13:20+07:00".len());
    assert!(seen.iter().all(|rating| rating.get("comment").is_none()), "not without the scope");
    let token = house.token("ratings:read comments:read").await;
    let of_2026 = async || house.json("/api/v1/ratings?period=2026", &token).await;
    let lines = async || {
        let log = house.fresh.store.audit_log(1_000).await.unwrap();
        log.into_iter().filter(|one| one.action == "export").collect::<Vec<_>>()
    };
    assert_eq!(lines().await, [], "what leaves without comments is no line");
    let page = of_2026().await;
    let told = lines().await;
    assert_eq!((told.len(), &*told[0].subject), (1, "ratings by API"));
    assert!(told[0].actor.starts_with("machine token "), "{told:?}");
    let what = told[0].after.as_deref().unwrap();
    assert!(what.contains("\"comments\":1") && what.contains("\"period\":\"2026\""), "{what}");
    assert_eq!(page["ratings"][2]["comment"], "Chờ lâu");
    // A client that goes on from the end gets what changed since, and nothing else.
    let on = format!("/api/v1/ratings?{after}");
    let nothing = house.json(&on, &token).await;
    assert_eq!((&nothing["ratings"], &nothing["more"]), (&serde_json::json!([]), &false.into()));
    assert_eq!(format!("after={}&", nothing["next"].as_str().unwrap()), after, "it stays the end");

    let num = page["ratings"][2]["num"].as_i64().unwrap();
    let user = house.person().await;
    let author = Author { user, actor: "user phu-trach" };
    let pair = ("Chờ lâu", "[đã lược bỏ]");
    house.fresh.store.redact(num, pair, "personal", author, NOW).await.unwrap();
    let changed = house.json(&on, &token).await;
    assert_eq!(changed["ratings"].as_array().unwrap().len(), 1);
    assert_eq!(changed["ratings"][0]["id"], seen[2]["id"]);
    for told in [&changed["ratings"][0], &of_2026().await["ratings"][2]] {
        assert_eq!(told["comment"], "[đã lược bỏ]");
    }
    let kept = house.fresh.store.kept_originals(num, 0).await.unwrap()[0].note_num;
    house.fresh.store.restore_comment((num, kept), 0, author, NOW).await.unwrap();
    let changed = house.json(&on, &token).await;
    assert_eq!(changed["ratings"][0]["comment"], "Chờ lâu", "and hears when it was put back");
    assert_eq!(house.fresh.store.expire_comments(NOW + 1, "test", NOW).await.unwrap(), 1);
    let changed = house.json(&on, &token).await;
    for told in [&changed["ratings"][0], &of_2026().await["ratings"][2]] {
        assert_eq!((told.get("comment"), &told["id"]), (None, &seen[2]["id"]), "it is over");
    }
    let page = house.json("/api/v1/ratings?period=2020&department=STP", &token).await;
    assert_eq!(page["ratings"].as_array().unwrap().len(), 0);
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_public_unless_the_scope_verifies() {
    let house = House::open().await;
    let (masked, bare) =
        (house.token("figures:read").await, house.token("figures:read verify").await);
    house.hand.fetch_add(120 * DAY_MS, Ordering::SeqCst);
    let told = house.json("/api/v1/figures?period=2026", &masked).await;
    assert_eq!((&told["masked"], &told["whole"]["total"]), (&true.into(), &12.into()));
    assert_eq!(told["departments"][0]["levels"], serde_json::json!([3, 3, 2, 2, 2]));
    for closed in ["counters", "officers"] {
        assert_eq!(told[closed], serde_json::json!([]), "{closed}");
    }
    for closed in ["asked", "answered", "abandoned", "ruled_out"] {
        assert_eq!(told["whole"][closed], Value::Null, "{closed}");
    }
    assert_eq!((&told["quarantined"], &told["until"]), (&Value::Null, &"2026-09-30".into()));
    let nothing = house.json("/api/v1/figures?period=2026-08", &masked).await;
    assert_eq!(nothing["whole"]["total"], Value::Null, "none is not told from a few");
    let told = house.json("/api/v1/figures?period=2026&department=STP", &bare).await;
    assert_eq!(told["officers"][0]["levels"], serde_json::json!([3, 3, 2, 2, 2]));
    assert_eq!((&told["masked"], &told["from"]), (&false.into(), &"2026-01-01".into()));
    assert_eq!((&told["whole"]["answered"], &told["whole"]["ruled_out"]), (&12.into(), &0.into()));
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_answers_differ_by_a_day_unless_the_scope_verifies() {
    let house = House::open().await;
    let (masked, bare) =
        (house.token("figures:read").await, house.token("figures:read verify").await);
    // The day before and the day of the ratings, and the month that goes on.
    for period in ["2026-09-01..2026-09-20", "2026-09-01..2026-09-21", "2026-09", "2026"] {
        let path = format!("/api/v1/figures?period={period}");
        let answer = house.get(&path, &masked).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{period}");
        let problem: Problem = answer.json().await.unwrap();
        assert!(problem.message.contains("`verify`"), "{}", problem.message);
        assert_eq!(house.get(&path, &bare).await.status(), StatusCode::OK);
    }
    let told = house.json("/api/v1/figures", &masked).await;
    assert_eq!((&told["period"], &told["whole"]["total"]), (&"2026-08".into(), &Value::Null));
    house.hand.fetch_add(10 * DAY_MS, Ordering::SeqCst);
    let told = house.json("/api/v1/figures", &masked).await;
    assert_eq!((&told["period"], &told["whole"]["total"]), (&"2026-09".into(), &12.into()));
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_is_a_problem() {
    let house = House::open().await;
    let token = house.token("figures:read ratings:read").await;
    for (path, status) in [
        ("/api/v1/figures?period=2026-13", StatusCode::BAD_REQUEST),
        ("/api/v1/figures?period=", StatusCode::BAD_REQUEST),
        ("/api/v1/figures?department=none", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/ratings?limit=0", StatusCode::BAD_REQUEST),
        ("/api/v1/ratings?limit=1001", StatusCode::BAD_REQUEST),
        ("/api/v1/ratings?after=-1", StatusCode::BAD_REQUEST),
        ("/api/v1/ratings?after=x", StatusCode::BAD_REQUEST),
        ("/api/v1/ratings?department=%00", StatusCode::UNPROCESSABLE_ENTITY),
        ("/api/v1/ratings?language=km", StatusCode::BAD_REQUEST),
        // As an older server wrote it, and of another history.
        ("/api/v1/ratings?after=7", StatusCode::GONE),
        ("/api/v1/ratings?after=120.55", StatusCode::GONE),
        ("/api/v1/ratings?after=0000000000000001.120.55", StatusCode::GONE),
        ("/api/v1/none", StatusCode::NOT_FOUND),
    ] {
        let answer = house.get(path, &token).await;
        assert_eq!(answer.status(), status, "{path}");
        if status != StatusCode::OK {
            let problem: Problem = answer.json().await.unwrap();
            assert!(problem.message.ends_with('.'), "{}", problem.message);
        }
    }
    let address = format!("{}/api/v1/figures", house.server.url());
    let answer = house.client.delete(address).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.headers()["allow"].to_str().unwrap().contains("GET"));
    answer.json::<Problem>().await.unwrap();
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_asks_too_often_is_told_when_to_come_back() {
    let house = House::open().await;
    let (token, other) = (house.token("invite").await, house.token("invite").await);
    let path = "/api/v1/invitations/00000000-0000-0000-0000-000000000009";
    // 240 at once, and four more with every second that this takes.
    let mut passed = 0;
    let answer = loop {
        let answer = house.get(path, &token).await;
        if answer.status() != StatusCode::NOT_FOUND {
            break answer;
        }
        passed += 1;
        assert!(passed < 5_000, "never told to wait");
    };
    assert!(passed >= 240, "{passed}");
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers()["retry-after"], "1");
    assert_eq!(answer.json::<Problem>().await.unwrap().code, ProblemCode::TooMany);
    assert_eq!(house.get(path, &other).await.status(), StatusCode::NOT_FOUND, "only this token");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(house.get(path, &token).await.status(), StatusCode::NOT_FOUND);
    house.server.stop().await;
}
