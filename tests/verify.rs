//! What an auditor vouches for: an event that was altered in the database is found, on the page and
//! by the command, and so is one that is missing.
#![allow(clippy::unwrap_used)]

use analytics_server::auth::{Role, session};
use analytics_server::clock::{Clock, fresh_id};
use analytics_server::storage::sessions::Proof;
use analytics_server::storage::users::UserData;
use protocol::Level;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, header};
use std::time::Duration;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, sqlite};
use whole_system_tests::programs::server;
use whole_system_tests::server::{Server, enrolled, furnish};

/// Visits of a chain: more events than are read at once.
const VISITS: i64 = 300;

/// Somebody who signed in; what their browser sends.
async fn person(fresh: &Fresh, role: Role, seed: u8) -> String {
    let data = UserData {
        name: role.word().into(),
        full_name: "Nguyễn Văn A".into(),
        role,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let now = Clock::system().now();
    let user = fresh.store.add_user(&data, "test", now).await.unwrap().unwrap();
    let hash = session::token_hash(&[seed; 32]);
    fresh.store.begin_session(hash, user, Proof::Click, false, "test", now).await.unwrap();
    format!("hai-long={}", hex::encode([seed; 32]))
}

/// A tablet whose ratings arrived.
async fn rated(server: &Server, counter: &str, officer: &str, seed: u8) -> Chain {
    let (mut chain, now) = (enrolled(server, counter, seed).await, Clock::system().now());
    for visit in 0..VISITS {
        let at = now - (VISITS - visit) * 120_000;
        chain.rate(fresh_id(), at, shown(counter, officer, None), Level::Satisfied);
    }
    chain.append(&server.app.store, &chain.batch(0, chain.events.len(), now)).await;
    chain
}

/// Does something to the database behind the server's back.
async fn tamper(fresh: &Fresh, tablet: Uuid, sql: &'static str) {
    let file = fresh.dir.path().join("hai-long.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let done = sqlx::query(sql).bind(tablet).execute(&pool).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_altered_is_found() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let running = Server::start(&fresh, Clock::system()).await;
    let one = rated(&running, "Q07", "CC013", 1).await;
    let other = rated(&running, "Q08", "CC015", 2).await;
    let auditor = person(&fresh, Role::Auditor, 3).await;
    let leader = person(&fresh, Role::Leader, 4).await;
    let open = async |cookie: &str, path: &str| {
        let url = format!("{}{path}", running.url());
        let answer = Client::new().get(url).header(header::COOKIE, cookie).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let chain = format!("/tablets/{}/chain", one.tablet);
    assert!(open(&auditor, "/tablets").await.1.contains(&chain));
    assert!(!open(&leader, "/tablets").await.1.contains(&chain));
    assert_eq!(open(&leader, &chain).await.0, StatusCode::FORBIDDEN);
    for none in [format!("/tablets/{}/chain", Uuid::nil()), "/tablets/x/chain".into()] {
        assert_eq!(open(&auditor, &none).await.0, StatusCode::NOT_FOUND, "{none}");
    }
    let (status, page) = open(&auditor, &chain).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Dữ liệu toàn vẹn: 600 bản ghi"), "{page}");
    assert!(page.contains(&one.head().digest.to_string()), "{page}");
    assert!(page.contains("Xác nhận toàn bộ chuỗi, đến bản ghi số 600"), "its signature: {page}");
    assert!(page.contains("vẫn giữ nguyên trong chuỗi"), "what a redaction changes: {page}");
    let (_, log) = open(&auditor, &format!("/admin/audit?of={chain}")).await;
    assert!(log.contains("đến bản ghi số: 600"), "what was verified alone, too: {log}");
    let data = fresh.dir.path().to_str().unwrap().to_owned();
    let said = server(["verify", "--data-dir", &data]);
    assert!(said.ok, "{}", said.err);
    let whole = |chain: &Chain| format!("\thead {}\tholds", chain.head().digest);
    assert!(said.out.contains("signatures of tablets up to 1200 events"), "{}", said.out);
    for chain in [&one, &other] {
        assert!(
            said.out.contains("\t600 events\t") && said.out.contains(&whole(chain)),
            "{}",
            said.out
        );
    }

    // Another level, in JSON that can be read as before.
    let altered = "update events set bytes = cast(replace(cast(bytes as text),
                   '\"level\":\"satisfied\"', '\"level\":\"dissatisfied\"') as blob)
                   where tablet_id = $1 and number = 588";
    tamper(&fresh, one.tablet, altered).await;
    let (_, page) = open(&auditor, &chain).await;
    assert!(page.contains("không toàn vẹn từ bản ghi số 588"), "{page}");
    let english = open(&auditor, &format!("{chain}?lang=en")).await.1;
    assert!(english.contains("The chain is broken from record 588 on"), "{english}");
    let said = server(["verify", "--data-dir", &data]);
    assert!(!said.ok && said.err.contains("the chains of 1 tablets break"), "{}", said.err);
    assert!(said.out.contains("\tBREAKS at event 588") && said.out.contains(&whole(&other)));

    let last = "delete from events where tablet_id = $1 and number = 600";
    tamper(&fresh, other.tablet, last).await;
    let (_, page) = open(&auditor, &format!("/tablets/{}/chain", other.tablet)).await;
    assert!(page.contains("không toàn vẹn từ bản ghi số 600"), "an event that is missing: {page}");

    // A tablet that is retired is silent no more, and what it sent can still be checked.
    let now = Clock::system().now();
    running.app.store.retire_tablet(one.tablet, "test", now).await.unwrap();
    let (_, fleet) = open(&auditor, "/tablets").await;
    assert!(fleet.contains("Máy đã ngừng dùng") && fleet.contains(&chain), "{fleet}");
    assert!(!open(&leader, "/tablets").await.1.contains("Máy đã ngừng dùng"));
    running.stop().await;
}

/// Opens a page as somebody.
async fn page_of(server: &Server, cookie: &str, path: &str) -> (StatusCode, String) {
    let url = format!("{}{path}", server.url());
    let answer = Client::new().get(url).header(header::COOKIE, cookie).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_verifies_all_chains_and_lists_what_is_wrong() {
    let fresh = sqlite().await;
    furnish(&fresh.store).await;
    let running = Server::start(&fresh, Clock::system()).await;
    let one = rated(&running, "Q07", "CC013", 1).await;
    let other = rated(&running, "Q08", "CC015", 2).await;
    let auditor = person(&fresh, Role::Auditor, 3).await;
    let leader = person(&fresh, Role::Leader, 4).await;
    let last = "delete from events where tablet_id = $1 and number = 600";
    tamper(&fresh, other.tablet, last).await;

    let path = "/tablets/chains";
    assert_eq!(page_of(&running, &leader, path).await.0, StatusCode::FORBIDDEN);
    let (_, before) = page_of(&running, &auditor, path).await;
    assert!(before.contains("0 toàn vẹn, 0 không toàn vẹn, 2 chưa kiểm chứng"), "{before}");
    let press = Client::builder().redirect(Policy::none()).build().unwrap();
    let press = press
        .post(format!("{}{path}", running.url()))
        .header(header::COOKIE, &auditor)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!("csrf={}", session::csrf(&[3; 32])));
    assert_eq!(press.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    let mut page = String::new();
    for _ in 0..500 {
        page = page_of(&running, &auditor, path).await.1;
        if page.contains("Lần kiểm chứng toàn bộ gần nhất") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(page.contains("1 toàn vẹn, 1 không toàn vẹn, 0 chưa kiểm chứng"), "{page}");
    assert!(page.contains("Không toàn vẹn từ bản ghi số 600"), "{page}");
    let links =
        |chain: &Chain| page.matches(&format!("href=\"/tablets/{}/chain\"", chain.tablet)).count();
    assert_eq!((links(&one), links(&other)), (1, 2), "in the list, and in what is wrong");
    let (_, log) = page_of(&running, &auditor, "/admin/audit?of=/tablets/chains").await;
    assert!(log.contains("số chuỗi: 2") && log.contains("số chuỗi có sai lệch: 1"), "{log}");
    assert!(log.contains("bắt đầu kiểm chứng toàn vẹn"), "{log}");
    let digest = one.head().digest.to_string();
    for (chain, found) in [(&one, &digest[..16]), (&other, "sai lệch từ bản ghi số: 600")] {
        let of = format!("/admin/audit?of=/tablets/{}/chain", chain.tablet);
        let (_, log) = page_of(&running, &auditor, &of).await;
        assert!(log.contains(found), "each tablet has its line: {log}");
    }
    running.stop().await;
}
