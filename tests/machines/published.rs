//! What a program without the scope that verifies gets: no query, at any moment and from any server, returns
//! a group with fewer than ten answers or lets one be computed as a remainder.

use super::{DAY_MS, House, NOW};
use analytics_server::clock::{Clock, fresh_id};
use analytics_server::storage::Store;
use analytics_server::storage::notes::{Author, NoteKind};
use analytics_server::storage::rows::{Department, FileColumns, ImportedRating, Officer};
use protocol::{Level, Scale};
use reqwest::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::Server;

/// An officer of a department, which is made where it is not known.
async fn put_officer(store: &Store, department: &str, code: &str) {
    if store.directory().await.unwrap().department(department).is_none() {
        let (code, name) = (department.to_owned(), format!("Sở {department}"));
        let department = Department { id: 0, code, name, ticket_prefix: None };
        store.put_departments(&[department], 1).await.unwrap();
    }
    let directory = store.directory().await.unwrap();
    let officer = Officer {
        id: 0,
        code: code.to_owned(),
        name: format!("Công chức {code}"),
        title: "Chuyên viên".into(),
        department: directory.department(department).unwrap().id,
        counter: directory.officer("CC015").unwrap().counter,
    };
    store.put_officers(&[officer], 1).await.unwrap();
}

/// Ratings by file: department, day of the month, number.
async fn rate(house: &House, month: i8, rows: &[(&str, i8, u64)]) {
    let store = &house.fresh.store;
    for (code, day, count) in rows {
        let directory = store.directory().await.unwrap();
        let of = format!("CC-{code}");
        if directory.officer(&of).is_none() {
            put_officer(store, code, &of).await;
        }
        let directory = store.directory().await.unwrap();
        let at = jiff::civil::date(2026, month, *day).at(10, 0, 0, 0).in_tz("Asia/Ho_Chi_Minh");
        let at = at.unwrap().timestamp().as_millisecond();
        let officer = directory.officer(&of).unwrap();
        let rating = |_| ImportedRating {
            id: fresh_id(),
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
        };
        let ratings: Vec<_> = (0..*count).map(rating).collect();
        store.import_ratings(&ratings, 1).await.unwrap();
    }
}

/// Everything a token without the scope gets: by period, then the whole and each department.
async fn everything(house: &House, token: &str) -> BTreeMap<(&'static str, String), u64> {
    let mut told = BTreeMap::new();
    for period in
        ["2026-07", "2026-08", "2026-09", "2026-10", "2026-Q3", "2026-H2", "2026-9M", "2026"]
    {
        for department in ["", "STP", "A", "B", "C"] {
            let query = if department.is_empty() { "" } else { "&department=" };
            let path = format!("/api/v1/figures?period={period}{query}{department}");
            let answer = house.get(&path, token).await;
            if answer.status() == StatusCode::BAD_REQUEST {
                continue;
            }
            let page: Value = answer.json().await.unwrap();
            let Some(whole) = page["whole"]["total"].as_u64() else { continue };
            told.insert((period, department.to_owned()), whole);
            let rows = page["departments"].as_array().unwrap();
            let total = |row: &Value| row["total"].as_u64().unwrap();
            let sum: u64 = rows.iter().map(total).sum();
            assert!(rows.is_empty() || sum == whole, "{path}: rows add up");
            if department.is_empty() {
                for row in rows {
                    told.insert((period, row["code"].as_str().unwrap().to_owned()), total(row));
                }
            }
        }
    }
    told
}

/// Whether one of the periods that are asked for holds another.
fn holds(whole: &str, part: &str) -> bool {
    let months = |period: &str| match period {
        "2026-Q3" => (7, 9),
        "2026-H2" => (7, 12),
        "2026-9M" => (1, 9),
        "2026" => (1, 12),
        month => month[5..].parse::<i8>().map(|month| (month, month)).unwrap(),
    };
    let (whole, part) = (months(whole), months(part));
    whole.0 <= part.0 && part.1 <= whole.1
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answers_leave_a_small_group_over_unless_the_scope_verifies() {
    let house = House::open().await;
    let token = house.token("figures:read").await;
    // The whole year is over at the end; until then it grows month by month.
    rate(&house, 7, &[("A", 3, 40), ("B", 9, 12), ("C", 9, 3)]).await;
    rate(&house, 8, &[("A", 3, 25), ("B", 30, 6), ("C", 31, 5)]).await;
    rate(&house, 10, &[("A", 3, 8), ("B", 5, 1)]).await;
    house.hand.store(NOW + 41 * DAY_MS, Ordering::SeqCst);
    let first = everything(&house, &token).await;
    assert_eq!(first[&("2026-07", "A".to_owned())], 40);
    assert_eq!(first[&("2026-07", "*".to_owned())], 15);
    assert_eq!(first[&("2026-Q3", String::new())], 55 + 36 + 12);
    assert!(!first.contains_key(&("2026-10", String::new())), "nine answers");
    assert!(!first.contains_key(&("2026-Q3", "B".to_owned())), "six of August would be left over");

    // A late one, two, and a ruling.
    rate(&house, 7, &[("C", 9, 2)]).await;
    rate(&house, 9, &[("C", 9, 1)]).await;
    let user = house.person().await;
    let author = Author { user, actor: "user phu-trach" };
    house.fresh.store.add_note(3, NoteKind::RuledOut, author, "Máy hỏng", NOW).await.unwrap();
    assert_eq!(everything(&house, &token).await, first, "nothing moves by a few");

    rate(&house, 7, &[("C", 9, 20)]).await;
    rate(&house, 10, &[("C", 9, 30)]).await;
    house.hand.store(NOW + 120 * DAY_MS, Ordering::SeqCst);
    let second = everything(&house, &token).await;
    let small = |one: u64, other: u64| (1..10).contains(&one.abs_diff(other));
    for told in [&first, &second] {
        for ((period, department), total) in told {
            assert!(*total >= 10, "{period} {department} tells {total}");
            // The same group in another period, and the whole beside one department.
            for ((other, of), more) in told.iter().chain(&second) {
                let within = of == department && holds(other, period);
                let part = other == period && of.is_empty();
                let leaves = (within || part) && small(*total, *more);
                assert!(!leaves, "{period} {department} in {other} {of}");
            }
        }
    }
    assert_eq!(second[&("2026-07", "*".to_owned())], 15 + 22, "the late ones entered together");
    let of_months: u64 = ["2026-07", "2026-08", "2026-09", "2026-10"]
        .iter()
        .filter_map(|month| second.get(&(*month, String::new())))
        .sum();
    assert!(!small(second[&("2026", String::new())], of_months));
    house.server.stop().await;
}

/// A server that starts later, on the same database, publishes the same as before.
async fn told_again(fresh: Fresh, dir: &std::path::Path) {
    let address = fresh.address.clone();
    let house = House::on(fresh).await;
    let token = house.token("figures:read").await;
    rate(&house, 7, &[("A", 3, 40), ("B", 9, 12), ("C", 9, 3)]).await;
    house.hand.store(NOW + 41 * DAY_MS, Ordering::SeqCst);
    let first = everything(&house, &token).await;
    rate(&house, 7, &[("A", 5, 1), ("C", 9, 9)]).await;
    let store = match &address {
        None => house.fresh.store.clone(),
        Some(address) => {
            let birth = analytics_server::storage::Birth::at(&Clock::system()).unwrap();
            Store::open(dir, Some(address), &birth).await.unwrap()
        }
    };
    let hand = Arc::clone(&house.hand);
    let clock = Clock::from_fn(move || hand.load(Ordering::SeqCst));
    let server = Server::at("127.0.0.1:0", store, dir, clock).await;
    let here = House { server, ..house };
    assert_eq!(everything(&here, &token).await, first);
    rate(&here, 7, &[("C", 9, 1)]).await;
    let more = everything(&here, &token).await;
    assert_eq!(more[&("2026-07", "*".to_owned())], 15 + 10);
    here.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_stands_at_every_server_on_sqlite() {
    let dir = tempfile::TempDir::new().unwrap();
    told_again(sqlite().await, dir.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_stands_at_every_server_on_postgres() {
    let dir = tempfile::TempDir::new().unwrap();
    told_again(postgres().await, dir.path()).await;
}
