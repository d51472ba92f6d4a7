//! A client that goes on from a cursor notices when the database was set back to an earlier state, and
//! ratings that are ruled out or flagged are exported with that mark.

use super::{House, NOW};
use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::notes::{Author, NoteKind};
use analytics_server::storage::restore::restore;
use analytics_server::storage::sessions::Proof;
use analytics_server::storage::{FILE, Store};
use protocol::Level;
use protocol::exchange::{Problem, ProblemCode};
use reqwest::StatusCode;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::Fresh;
use whole_system_tests::server::{Server, enrolled};

impl House {
    /// Where a program stands that has read all there is.
    async fn end(&self, token: &str) -> String {
        let page = self.json("/api/v1/ratings", token).await;
        assert_eq!(page["more"], false);
        page["next"].as_str().unwrap().to_owned()
    }

    /// A program that goes on from there is told to begin anew, and where it stands then.
    async fn begins_anew(&self, after: &str, token: &str) -> String {
        for _ in 0..2 {
            let answer = self.get(&format!("/api/v1/ratings?after={after}"), token).await;
            assert_eq!(answer.status(), StatusCode::GONE, "{after}");
            let problem: Problem = answer.json().await.unwrap();
            assert_eq!(problem.code, ProblemCode::StartAnew);
        }
        let end = self.end(token).await;
        let (old, new) = (after.split('.').next(), end.split('.').next());
        assert_ne!(old, new, "another history");
        let page = self.json(&format!("/api/v1/ratings?after={end}"), token).await;
        assert_eq!(page["ratings"].as_array().unwrap().len(), 0);
        end
    }

    /// The same centre on the data of a directory.
    async fn reopened(self, dir: TempDir) -> Self {
        let House { server, client, hand, .. } = self;
        let clock = server.app.clock.clone();
        server.stop().await;
        let birth = Birth::at(&Clock::system()).unwrap();
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let fresh = Fresh { store, dir, address: None };
        let server = Server::start(&fresh, clock).await;
        Self { fresh, server, client, hand }
    }
}

/// So many ratings more, by a tablet of its own.
async fn rate(server: &Server, store: &Store, seed: u8, count: usize) {
    let mut tablet: Chain = enrolled(server, "Q08", seed).await;
    for n in 0..count as u128 {
        let session = Uuid::from_u128(u128::from(seed) * 1_000 + n);
        tablet.rate(session, NOW, shown("Q08", "CC015", None), Level::Satisfied);
        let batch = tablet.batch(2 * n as usize, 2, NOW);
        tablet.append(store, &batch).await;
    }
}

fn put_back(backup: &Path, dir: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.join(format!("{FILE}{end}")));
    }
    std::fs::copy(backup, dir.join(FILE)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_follows_ratings_notices_a_restored_database() {
    let house = House::open().await;
    let token = house.token("ratings:read").await;
    let home = TempDir::new().unwrap();
    let backup = home.path().join("backup.db");
    house.fresh.store.back_up(&backup).await.unwrap();
    rate(&house.server, &house.fresh.store, 2, 3).await;
    let after = house.end(&token).await;

    // By the command: at once, regardless of what came in between.
    let dir = TempDir::new().unwrap();
    restore(&backup, dir.path(), true, 0).await.unwrap();
    let house = house.reopened(dir).await;
    rate(&house.server, &house.fresh.store, 3, 9).await;
    house.begins_anew(&after, &token).await;

    // By hand, under the same server: the file beside the data knows what was told.
    house.fresh.store.back_up(&home.path().join("again.db")).await.unwrap();
    rate(&house.server, &house.fresh.store, 4, 3).await;
    let after = house.end(&token).await;
    let dir = TempDir::new().unwrap();
    put_back(&home.path().join("again.db"), dir.path());
    std::fs::copy(
        house.fresh.dir.path().join("change-feed.json"),
        dir.path().join("change-feed.json"),
    )
    .unwrap();
    let house = house.reopened(dir).await;
    rate(&house.server, &house.fresh.store, 5, 9).await;
    house.begins_anew(&after, &token).await;

    // By hand, without that file: a place beyond the end can not be of this history.
    let dir = TempDir::new().unwrap();
    put_back(&home.path().join("again.db"), dir.path());
    let house = house.reopened(dir).await;
    let answer = house.get(&format!("/api/v1/ratings?after={after}"), &token).await;
    assert_eq!(answer.status(), StatusCode::GONE);
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_database_signs_everybody_out() {
    let house = House::open().await;
    let store = &house.fresh.store;
    let user = house.person().await;
    let hash = [7; 32];
    assert!(store.begin_session(hash, user, Proof::Click, false, "test", NOW).await.unwrap());
    assert!(store.session(hash).await.unwrap().is_some());
    let home = TempDir::new().unwrap();
    let backup = home.path().join("backup.db");
    store.back_up(&backup).await.unwrap();
    let dir = TempDir::new().unwrap();
    restore(&backup, dir.path(), true, 0).await.unwrap();
    let house = house.reopened(dir).await;
    assert!(house.fresh.store.session(hash).await.unwrap().is_none());
    house.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ruled_out_leaves_marked_with_words_beside_ids() {
    let house = House::open().await;
    let token = house.token("ratings:read").await;
    let commented = house.token("ratings:read comments:read").await;
    let end = house.end(&token).await;
    let all = house.json("/api/v1/ratings", &token).await;
    let of = |page: &Value, num: i64| -> Value {
        let all = page["ratings"].as_array().unwrap();
        all.iter().find(|one| one["num"] == num).unwrap().clone()
    };
    let num = all["ratings"][3]["num"].as_i64().unwrap();
    assert_eq!(of(&all, num)["ruled_out"], false);

    let user = house.person().await;
    let author = Author { user, actor: "user phu-trach" };
    let store = &house.fresh.store;
    store.add_note(num, NoteKind::RuledOut, author, "Chạm thử máy", NOW).await.unwrap();
    let changed = house.json(&format!("/api/v1/ratings?after={end}"), &token).await;
    assert_eq!(changed["ratings"].as_array().unwrap().len(), 1, "told because it changed");
    let told = of(&changed, num);
    assert_eq!(told["ruled_out"], true);
    assert_eq!(told["ruled_out_at"], "2026-09-21T21:13:20+07:00");
    assert!(told.get("ruled_out_reason").is_none(), "what people write needs its scope");
    let told = of(&house.json("/api/v1/ratings", &commented).await, num);
    assert_eq!(told["ruled_out_reason"], "Chạm thử máy");
    for (key, word) in [
        ("department_name", "Sở Tư pháp"),
        ("counter_name", "Quầy số 07"),
        ("officer_name", "Nguyễn Văn M"),
        ("level", "dissatisfied"),
        ("level_text", "Không hài lòng"),
        ("source_text", "Máy tính bảng"),
    ] {
        assert_eq!(told[key], word, "{key}");
    }
    let flagged = of(&all, all["ratings"][1]["num"].as_i64().unwrap());
    assert_eq!(flagged["flags"], serde_json::json!(["quick_repeat"]));
    assert_eq!(flagged["flag_texts"], serde_json::json!(["Quá nhanh sau lượt trước"]));
    let english = house.json("/api/v1/ratings?language=en", &token).await;
    assert_eq!(of(&english, num)["level_text"], "Dissatisfied");

    store.add_note(num, NoteKind::RuledIn, author, "Xem lại", NOW).await.unwrap();
    let told = of(&house.json("/api/v1/ratings", &token).await, num);
    assert_eq!((&told["ruled_out"], &told["ruled_out_at"]), (&false.into(), &Value::Null));
    house.server.stop().await;
}
