//! What `verify` finds: one small database, altered in every way that a person with rights to it
//! would, and for each whether it has to be found. What is not found is what only stored signatures
//! can show.
#![allow(clippy::unwrap_used)]

mod evidence;

use analytics_server::clock::Clock;
use analytics_server::state::COLUMNS;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::verify::findings::FindingKind;
use analytics_server::verify::{Verified, verify};
use evidence::code::{Change, carry_out, run};
use evidence::house::{House, build};
use evidence::list::{ALTERATIONS, Expect};
use std::path::Path;
use whole_system_tests::databases::{postgres, sqlite};
use whole_system_tests::programs::server;

use Change::Sql;
use Expect::{Found, Hidden, OnSqlite};

async fn checked(dir: &Path, address: Option<&str>) -> Verified {
    verify(dir, address, &dir.join(COLUMNS)).await.unwrap()
}

fn kinds(verified: &Verified) -> Vec<String> {
    verified.findings.iter().map(|(kind, found)| format!("{kind}: {}", found.first)).collect()
}

/// What is said of an alteration that was not judged as it has to be.
fn misjudged(name: &str, verified: &Verified, expect: Expect, sqlite: bool) -> Option<String> {
    let has = |wanted: FindingKind| verified.findings.iter().any(|(kind, _)| kind == wanted);
    let right = match expect {
        Found(kind) => has(kind),
        OnSqlite(kind) => has(kind) == sqlite,
        Hidden => verified.findings.is_empty(),
    };
    (!right).then(|| format!("{name}: {:#?}", kinds(verified)))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_alteration_of_a_file_is_found_that_can_be() {
    let fresh = sqlite().await;
    let house = build(&fresh).await;
    fresh.store.close().await;
    let whole = checked(fresh.dir.path(), None).await;
    assert!(whole.findings.is_empty(), "{:#?}", kinds(&whole));
    let (visits, imported) = (whole.tablets.iter().map(|one| one.1.visits).sum::<u64>(), 6_000);
    assert!(visits > 60 && whole.imports.ratings >= imported && whole.columns.rows > imported);
    assert_eq!(whole.imports.batches, 4);
    let chains = || whole.tablets.iter().map(|(_, one)| &one.chain);
    assert!(chains().all(|chain| chain.signed_to == chain.head.number), "signed to their ends");
    let other = tempfile::TempDir::new().unwrap();
    let mut wrong = Vec::new();
    for (nth, (name, change, expect)) in ALTERATIONS.iter().enumerate() {
        let dir = other.path().join(nth.to_string());
        copy(fresh.dir.path(), &dir);
        carry_out(change, &house, &dir, None).await;
        wrong.extend(misjudged(name, &checked(&dir, None).await, *expect, true));
        std::fs::remove_dir_all(&dir).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_alteration_of_rows_on_postgres_is_found_that_can_be() {
    let fresh = postgres().await;
    let house: House = build(&fresh).await;
    fresh.store.close().await;
    let address = fresh.address.clone().unwrap();
    let whole = checked(fresh.dir.path(), Some(&address)).await;
    assert!(whole.findings.is_empty(), "{:#?}", kinds(&whole));
    let mut wrong = Vec::new();
    for (name, change, expect) in ALTERATIONS {
        let Sql(_) = change else { continue };
        let copy = evidence::code::copy_of(&address).await;
        carry_out(change, &house, fresh.dir.path(), Some(&copy)).await;
        let verified = checked(fresh.dir.path(), Some(&copy)).await;
        wrong.extend(misjudged(name, &verified, *expect, false));
        evidence::code::drop_copy(&address, &copy).await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names and contents of all files below a directory.
fn contents(dir: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_writes_nothing_and_tells_another_version_apart() {
    let fresh = sqlite().await;
    let house = build(&fresh).await;
    let dir = fresh.dir.path();
    let data = dir.to_str().unwrap().to_owned();
    let said = server(["verify", "--data-dir", &data]);
    assert!(said.ok && said.out.ends_with("holds\n"), "beside a running server: {}", said.err);
    fresh.store.close().await;
    let before = contents(dir);
    let said = server(["verify", "--data-dir", &data]);
    assert!(said.ok, "{} {}", said.out, said.err);
    for told in [
        "checked\tdatabase: integrity_check, foreign_key_check",
        "visits folded again from",
        "checked\t6000 imported ratings of 4 batches",
        "checked\tsignatures of tablets up to 180 events",
        "not checked\twhat no tablet signs",
    ] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    assert!(contents(dir) == before, "not a byte, not a file");

    let levels = "update ratings set level = 1 where source = 1 and level >= 3";
    run(dir, &house, &[levels.to_owned()]).await;
    let said = server(["verify", "--data-dir", &data]);
    assert!(!said.ok && said.err.contains("differences of"), "{}", said.err);
    let line = said.out.lines().find(|line| line.contains("rating row, level")).unwrap();
    assert!(line.contains("its level is VerySatisfied, its events say"), "{line}");
    assert!(line.contains(" more)") && line.contains("compare it with a backup"), "{line}");

    // A page in the middle of the file.
    let file = dir.join("hai-long.db");
    let whole = std::fs::read(&file).unwrap();
    let mut torn = whole.clone();
    let middle = torn.len() / 2 / 4_096 * 4_096;
    torn[middle..middle + 4_096].fill(0x5a);
    std::fs::write(&file, torn).unwrap();
    let said = server(["verify", "--data-dir", &data]);
    assert!(!said.ok && said.out.contains("DIFFERS\tdatabase"), "{} {}", said.out, said.err);
    std::fs::write(&file, whole).unwrap();

    for (change, told) in [
        ("delete from _sqlx_migrations where version = 24", "belongs to an older version"),
        (
            "update _sqlx_migrations set version = 999 where version = 21",
            "belongs to a newer version",
        ),
        ("drop table _sqlx_migrations", "is no database of this program"),
    ] {
        run(dir, &house, &[change.to_owned()]).await;
        let before = contents(dir);
        let said = server(["verify", "--data-dir", &data]);
        assert!(!said.ok && said.err.contains(told), "{told}: {}", said.err);
        assert!(contents(dir) == before);
    }
}

/// A database from before imports left a record: it is told so, and a running server makes it.
#[tokio::test(flavor = "multi_thread")]
async fn imports_from_before_they_were_recorded_are_recorded_in_portions() {
    let fresh = sqlite().await;
    let house = build(&fresh).await;
    let dir = fresh.dir.path();
    fresh.store.close().await;
    let before = [
        "delete from import_batches",
        "insert into import_batches (first_num, last_num, recorded_at)
         select 1, max(num), 0 from ratings",
        "update ratings set comment_digest = null, comment = 'Tốt' where source = 2 and num % 9 = 0",
        "delete from batches",
    ];
    run(dir, &house, &before.map(str::to_owned)).await;
    let early = checked(dir, None).await;
    assert!(early.findings.is_empty(), "{:#?}", kinds(&early));
    assert_eq!((early.imports.unrecorded, early.imports.batches), (6_000, 0));
    assert!(early.tablets.iter().all(|(_, one)| one.unbatched == one.events));
    assert!(early.tablets.iter().all(|(_, one)| one.chain.signed_to == 0), "no signature is left");

    let store = Store::open(dir, None, &Birth::at(&Clock::system()).unwrap()).await.unwrap();
    let mut portions = 1;
    while store.record_earlier_imports(1).await.unwrap() {
        portions += 1;
    }
    store.close().await;
    assert!(portions > 3, "{portions}");
    let recorded = checked(dir, None).await;
    assert!(recorded.findings.is_empty(), "{:#?}", kinds(&recorded));
    assert_eq!((recorded.imports.unrecorded, recorded.imports.ratings), (0, 6_000));

    for sql in [
        "update ratings set comment = 'Rất tốt' where num = (select max(num) from ratings
         where source = 2 and comment is not null)",
        "update events set corrected_at = corrected_at - 86400000 where number = 9",
    ] {
        run(dir, &house, &[sql.to_owned()]).await;
    }
    let altered = checked(dir, None).await;
    for kind in [FindingKind::Import, FindingKind::Moment] {
        assert!(altered.findings.iter().any(|(found, _)| found == kind), "{:#?}", kinds(&altered));
    }
}
