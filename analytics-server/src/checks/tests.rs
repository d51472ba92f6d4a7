//! What is found in a centre, and that each finding has its sentences.
#![allow(clippy::unwrap_used)]

use super::finding::{bytes, first_names};
use super::*;
use crate::clock::Clock;
use crate::storage::Birth;
use crate::storage::Store;
use crate::storage::backup::LAST_BACKUP;
use crate::storage::users::{Role, UserData};
use std::collections::BTreeSet;
use tempfile::TempDir;

const HOUR_MS: i64 = 3_600_000;

/// Subject and word of each finding that the sources name.
fn named() -> BTreeSet<(String, String)> {
    let sources = [
        include_str!("mod.rs"),
        include_str!("accounts.rs"),
        include_str!("certificate.rs"),
        include_str!("data.rs"),
        include_str!("machine.rs"),
        include_str!("server.rs"),
        include_str!("tablets.rs"),
    ];
    let mut found = BTreeSet::new();
    for source in sources {
        for level in ["good", "hint", "warning", "fault"] {
            for (at, _) in source.match_indices(&format!("Finding::{level}(")) {
                let mut words = source[at..].split('"');
                let (subject, what) = (words.nth(1).unwrap(), words.nth(1).unwrap());
                found.insert((subject.to_owned(), what.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_finding_has_its_words() {
    let found = named();
    assert!(found.len() > 35, "{found:?}");
    for language in ["vi", "en"] {
        let texts = locales::texts(language);
        for (subject, what) in &found {
            let key = format!("check-{subject}-{what}");
            assert!(texts.known(&key).is_some(), "{key} in {language}");
            assert!(texts.known(&format!("check-subject-{subject}")).is_some(), "{subject}");
        }
    }
}

async fn found(store: &Store, dir: &Path, now: i64) -> Vec<Finding> {
    let around = CheckInputs {
        data_dir: dir,
        listen: "127.0.0.1:8080",
        tls: None,
        trust_proxy: false,
        mail: None,
        demo: false,
        now,
    };
    inside(store, &around).await.unwrap()
}

fn level(found: &[Finding], subject: &str) -> (Level, &'static str) {
    let one = found.iter().find(|one| one.subject == subject).unwrap();
    (one.level, one.what)
}

#[tokio::test]
async fn a_house_is_told_what_it_lacks_until_it_lacks_nothing() {
    let dir = TempDir::new().unwrap();
    let clock = Clock::system();
    let store = Store::open(dir.path(), None, &Birth::at(&clock).unwrap()).await.unwrap();
    let now = clock.now();
    let fresh = found(&store, dir.path(), now).await;
    assert_eq!(level(&fresh, "backup"), (Level::Warning, "never"));
    assert_eq!(level(&fresh, "accounts"), (Level::Fault, "none"));
    assert_eq!(level(&fresh, "tablets"), (Level::Good, "none"));
    assert_eq!(level(&fresh, "events"), (Level::Good, "good"));

    let user = UserData {
        name: "quan-tri".into(),
        full_name: "Nguyễn Văn A".into(),
        role: Role::Administrator,
        departments: BTreeSet::new(),
        officer: None,
        email: None,
        language: None,
    };
    let id = store.add_user(&user, "test", now).await.unwrap().unwrap();
    let without = found(&store, dir.path(), now).await;
    assert_eq!(level(&without, "accounts"), (Level::Fault, "link"), "nobody can sign in yet");
    assert!(store.put_password(id, None, "$argon2id$test", "test", now).await.unwrap());
    let made = (now - 40 * HOUR_MS).to_string();
    store.put_setting(LAST_BACKUP, &made, "test", now).await.unwrap();
    let later = found(&store, dir.path(), now).await;
    assert_eq!(level(&later, "accounts"), (Level::Warning, "factor"));
    assert_eq!(level(&later, "backup"), (Level::Warning, "old"));
    let english = locales::texts("en");
    let old = later.iter().find(|one| one.subject == "backup").unwrap();
    assert!(old.sentence(english).starts_with("The last backup was made 40 hours ago"));
    store.put_setting(LAST_BACKUP, &now.to_string(), "test", now).await.unwrap();
    assert_eq!(level(&found(&store, dir.path(), now).await, "backup"), (Level::Good, "good"));
}

#[test]
fn what_lies_open_to_others_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let mode = |mode| std::fs::Permissions::from_mode(mode);
    let open = || machine::disk(dir.path(), None).iter().filter(|one| one.what == "open").count();
    std::fs::write(dir.path().join(crate::storage::FILE), "").unwrap();
    std::fs::set_permissions(dir.path(), mode(0o700)).unwrap();
    assert_eq!(open(), 0, "whoever can not enter the directory reads nothing in it");
    std::fs::set_permissions(dir.path(), mode(0o755)).unwrap();
    std::fs::set_permissions(dir.path().join(crate::storage::FILE), mode(0o644)).unwrap();
    assert_eq!(open(), 2);
}

#[test]
fn sizes_and_lists_are_short() {
    assert_eq!(bytes(1_500), "1 KiB");
    assert_eq!(bytes(6 * 1024 * 1024), "6144 KiB");
    assert_eq!(bytes(20 * 1024 * 1024), "20 MiB");
    assert_eq!(bytes(3 << 40), "3072 GiB");
    let names: Vec<_> = (1..=7).map(|one| format!("Q{one:02}")).collect();
    assert_eq!(first_names(names), "Q01, Q02, Q03, Q04, Q05 … (+2)");
    assert_eq!(first_names(vec!["Q01".into()]), "Q01");
}
