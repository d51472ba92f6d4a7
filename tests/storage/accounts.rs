//! People: who they are, how they get in, and what is remembered of it.

use super::fixtures::{add_user, person};
use analytics_server::storage::audit::{Action, AuditFilter, AuditTerms};
use analytics_server::storage::sessions::Proof;
use analytics_server::storage::user_changes::Changed;
use analytics_server::storage::users::{Role, UserData};
use analytics_server::storage::{FactorKeys, SecondFactor, Store};

on_both_databases! {
    people_come_and_go,
    a_link_and_a_session_end,
    a_reset_stands_against_what_was_looked_at_before,
    a_second_factor_counts_each_code_once,
    concurrent_tries_are_all_counted,
    it_is_known_who_is_there,
    the_log_is_searched,
}

pub async fn people_come_and_go(store: &Store) {
    let add = async |name, role| store.add_user(&person(name, role), "test", 1).await.unwrap();
    let first = add("quan-tri-2", Role::Administrator).await.unwrap();
    assert_eq!(add("quan-tri-2", Role::Leader).await, None, "a name is one person's");
    assert_eq!(
        store.retire_user(first, true, "test", 2).await.unwrap(),
        Changed::LastAdministrator
    );
    let demoted = person("quan-tri-2", Role::Leader);
    let changed = store
        .change_user(first, &person("quan-tri-2", Role::Administrator), &demoted, "test", 2)
        .await
        .unwrap();
    assert_eq!(changed, Changed::LastAdministrator);
    let second = add("phu-trach-2", Role::Supervisor).await.unwrap();
    let department = store.directory().await.unwrap().department("STP").unwrap().id;
    let data =
        UserData { departments: [department].into(), ..person("phu-trach-2", Role::Administrator) };
    let was = store.user(second).await.unwrap().unwrap().data();
    let change = async |user, data| store.change_user(user, &was, data, "test", 3).await.unwrap();
    assert_eq!(change(second, &data).await, Changed::Done);
    assert_eq!(change(second, &was).await, Changed::Stale, "it was made from what is no more");
    assert_eq!(change(second, &data).await, Changed::Done, "it is so already");
    assert_eq!(change(0, &data).await, Changed::Missing);
    let user = store.user(second).await.unwrap().unwrap();
    assert_eq!((user.data(), user.role), (data, Role::Administrator));
    // Two administrators who retire each other at one moment: one of them stays.
    let (one, other) = tokio::join!(
        store.retire_user(first, true, "test", 4),
        store.retire_user(second, true, "test", 4)
    );
    let mut both = [one.unwrap(), other.unwrap()];
    both.sort_by_key(|changed| *changed == Changed::Done);
    assert_eq!(both, [Changed::LastAdministrator, Changed::Done]);
    for user in [first, second] {
        assert_eq!(store.retire_user(user, false, "test", 5).await.unwrap(), Changed::Done);
    }
    store.put_language(first, Some("en"), 6).await.unwrap();
    let users = store.users().await.unwrap();
    assert_eq!(users.iter().find(|user| user.id == first).unwrap().language.as_deref(), Some("en"));
    let log = store.audit_log(100).await.unwrap();
    assert!(log.iter().any(|line| line.after.as_deref().is_some_and(|after| {
        after.starts_with('{') && after.contains(r#""role":"administrator""#)
    })));
}

pub async fn a_link_and_a_session_end(store: &Store) {
    let user = add_user(store, "co-phien", Role::Administrator).await;
    store.add_password_link([1; 32], user, 100, "test", 10).await.unwrap();
    store.add_password_link([2; 32], user, 100, "test", 10).await.unwrap();
    assert_eq!(store.password_link([1; 32]).await.unwrap().unwrap().used_at, Some(10));
    assert!(!store.use_password_link([1; 32], "hash", 20).await.unwrap(), "a newer one voids it");
    assert!(!store.use_password_link([2; 32], "hash", 100).await.unwrap(), "too late");
    let (one, other) = tokio::join!(
        store.use_password_link([2; 32], "one", 20),
        store.use_password_link([2; 32], "other", 20)
    );
    assert!(one.unwrap() != other.unwrap(), "once, also at one moment");
    assert!(store.password_of("co-phien").await.unwrap().is_some());

    for (token, pending) in [([3; 32], false), ([4; 32], false), ([5; 32], true)] {
        let began = store.begin_session(token, user, Proof::Click, pending, "browser", 30).await;
        assert!(began.unwrap());
    }
    let own = store.sessions_of(user, 0).await.unwrap();
    assert_eq!(own.len(), 2, "one that awaits a second factor is none yet");
    assert_eq!(store.sessions_of(user, 30).await.unwrap(), [], "idle for too long");
    let mut asked: Vec<[u8; 32]> = (100..140).map(|one| [one; 32]).collect();
    asked.extend([[3; 32], [5; 32], [4; 32]]);
    let alive = store.live_sessions(&asked, 30, 30).await.unwrap();
    let role = Role::Administrator;
    assert_eq!(alive, [([3; 32], role), ([4; 32], role)].into(), "the third awaits its code");
    assert!(store.live_sessions(&asked, 31, 0).await.unwrap().is_empty(), "idle for too long");
    assert!(store.live_sessions(&asked, 0, 31).await.unwrap().is_empty(), "too old");
    let session = store.session([3; 32]).await.unwrap().unwrap();
    store.touch_session([3; 32], &session, 100_000).await.unwrap();
    assert_eq!(store.session([3; 32]).await.unwrap().unwrap().last_seen_at, 100_000);
    assert_eq!(session.confirmed_at, None, "one click is no password");
    store.confirm_session([3; 32], 100_000).await.unwrap();
    let confirmed_at = store.session([3; 32]).await.unwrap().unwrap().confirmed_at;
    assert_eq!(confirmed_at, Some(100_000));
    store.end_other_sessions(user, [3; 32], 100_001).await.unwrap();
    assert_eq!(store.session([4; 32]).await.unwrap(), None);
    store.end_session([3; 32], 100_002).await.unwrap();
    assert_eq!(store.session([3; 32]).await.unwrap(), None);
}

/// A form that was opened before a reset can not undo the reset.
pub async fn a_reset_stands_against_what_was_looked_at_before(store: &Store) {
    let user = add_user(store, "dat-lai", Role::Leader).await;
    let put = async |old, hash: &str| store.put_password(user, old, hash, "test", 1).await.unwrap();
    assert!(put(None, "first").await);
    assert!(!put(None, "other").await && !put(Some("other"), "other").await);
    let begin = async |token: u8, proof, pending| {
        store.begin_session([token; 32], user, proof, pending, "browser", 2).await.unwrap()
    };
    assert!(begin(31, Proof::Password("first"), false).await);
    assert!(begin(32, Proof::Password("first"), true).await);
    assert!(begin(33, Proof::Second([32; 32]), false).await);
    assert!(!begin(34, Proof::Second([32; 32]), false).await, "once");
    assert!(!begin(34, Proof::Second([31; 32]), false).await, "it awaits nothing");
    assert!(begin(35, Proof::Password("first"), true).await);

    store.add_password_link([36; 32], user, 100, "test", 3).await.unwrap();
    assert!(!put(Some("first"), "mine").await, "the password is reset");
    assert!(!begin(37, Proof::Password("first"), false).await);
    assert!(!begin(38, Proof::Second([35; 32]), false).await);
    for token in [31, 33, 35, 37, 38] {
        assert_eq!(store.session([token; 32]).await.unwrap(), None, "{token}");
    }
    assert!(store.use_password_link([36; 32], "second", 4).await.unwrap());
    store.retire_user(user, true, "test", 5).await.unwrap();
    assert!(!put(Some("second"), "third").await);
    assert!(
        !begin(39, Proof::Password("second"), false).await && !begin(39, Proof::Click, false).await
    );
}

pub async fn a_second_factor_counts_each_code_once(store: &Store) {
    let user = add_user(store, "hai-lop", Role::Administrator).await;
    assert_eq!(store.second_factor(user).await.unwrap(), SecondFactor::default());
    assert!(!store.take_totp_step(user, 1).await.unwrap(), "there is none");
    store.offer_second_factor(user, b"one").await.unwrap();
    store.offer_second_factor(user, b"other").await.unwrap();
    let codes = [[6; 32], [7; 32]];
    assert!(!store.confirm_second_factor(user, b"one", 5, &codes, 1).await.unwrap());
    assert!(store.confirm_second_factor(user, b"other", 5, &codes, 1).await.unwrap());
    let kept = store.second_factor(user).await.unwrap();
    assert_eq!((kept.secret.as_deref(), kept.codes), (Some(&b"other"[..]), 2));
    assert!(!store.take_totp_step(user, 5).await.unwrap(), "it was taken as proof");
    let (one, other) = tokio::join!(store.take_totp_step(user, 6), store.take_totp_step(user, 6));
    assert!(one.unwrap() != other.unwrap());
    assert!(store.take_recovery_code(user, [6; 32], 2).await.unwrap());
    assert!(!store.take_recovery_code(user, [6; 32], 3).await.unwrap());
    assert!(!store.take_recovery_code(user + 1, [7; 32], 3).await.unwrap(), "another person's");
    let keys = FactorKeys { user, secret: Some(b"other".to_vec()), offered: None };
    assert_eq!(store.factor_keys(0, 9).await.unwrap(), std::slice::from_ref(&keys));
    assert!(store.factor_keys(user, 9).await.unwrap().is_empty());
    store.put_factor_key(user, b"one", b"sealed").await.unwrap();
    assert_eq!(store.factor_keys(0, 9).await.unwrap(), [keys], "somebody was quicker");
    store.put_factor_key(user, b"other", b"sealed").await.unwrap();
    let sealed = store.second_factor(user).await.unwrap().secret;
    assert_eq!(sealed.as_deref(), Some(&b"sealed"[..]));
    assert!(store.remove_second_factor(user, "test", 4).await.unwrap());
    assert!(!store.remove_second_factor(user, "test", 5).await.unwrap());
    assert_eq!(store.second_factor(user).await.unwrap(), SecondFactor::default());
}

pub async fn concurrent_tries_are_all_counted(store: &Store) {
    let wait = |failures| if failures < 3 { 0 } else { 1_000 };
    let tries = async || store.take_try("name x", wait, 10_000, 50).await.unwrap();
    let (a, b, c, d) = tokio::join!(tries(), tries(), tries(), tries());
    let mut left = [a, b, c, d];
    left.sort_unstable();
    assert_eq!(left, [None, None, None, Some(1_000)]);
    // A wait of so many milliseconds tells how many failures there are; without any it takes one.
    let told = async |name, now| store.take_try(name, |one| one, 10_000, now).await.unwrap();
    assert_eq!(told("name x", 50).await, Some(3));
    store.give_try_back("name x").await.unwrap();
    assert_eq!(told("name x", 50).await, Some(2));
    store.forget_failures("name x").await.unwrap();
    assert_eq!(told("name x", 50).await, None);
    store.take_try("name y", wait, 10_000, 50).await.unwrap();
    assert_eq!(told("name y", 20_000).await, None, "forgotten after a while");
    assert_eq!(told("name y", 20_000).await, Some(1), "and counted anew");
    store.forget_old_failures(20_001).await.unwrap();
    assert_eq!(told("name y", 20_000).await, None, "nothing is kept of it");
}

async fn it_is_known_who_is_there(store: &Store) {
    assert!(!store.has_users().await.unwrap());
    add_user(store, "quan-tri", Role::Administrator).await;
    assert!(store.has_users().await.unwrap());
    assert!(store.has_user_named("quan-tri").await.unwrap());
    assert!(!store.has_user_named("nobody of this name").await.unwrap());
}

async fn the_log_is_searched(store: &Store) {
    store.add_audit_line("visitor", "Knock", "door_1", Some("{}"), 900_000).await.unwrap();
    let find = async |asked: AuditFilter| store.audit_lines(&asked, 10).await.unwrap();
    let word = |word: &str| AuditTerms { words: vec![word.to_owned()], ..AuditTerms::default() };
    let what = |to: AuditTerms| AuditFilter {
        what: Action { to, done: Vec::new() },
        ..AuditFilter::default()
    };
    let knock = find(what(word("knock"))).await;
    assert_eq!((knock.len(), knock[0].after.as_deref()), (1, Some("{}")));
    assert_eq!(find(what(word("door%"))).await, []);
    let either =
        AuditTerms { words: vec!["nothing".into(), "door".into()], ..AuditTerms::default() };
    assert_eq!(find(what(either)).await, knock);
    let whole = |text: &str| AuditTerms { whole: vec![text.to_owned()], ..AuditTerms::default() };
    assert_eq!(find(what(whole("door_1"))).await, knock);
    assert_eq!(find(what(whole("door"))).await, []);
    let done = |text: &str| Action { done: vec!["x".into(), text.into()], ..Action::default() };
    assert_eq!(find(AuditFilter { what: done("Knock"), ..AuditFilter::default() }).await, knock);
    assert_eq!(find(AuditFilter { what: done("Kno"), ..AuditFilter::default() }).await, []);
    assert_eq!(find(AuditFilter { below: Some(knock[0].num), ..what(word("knock")) }).await, []);
    let kind = |kind: &str, about: &str| AuditFilter {
        kinds: vec!["x".into(), kind.into()],
        about: whole(about),
        ..AuditFilter::default()
    };
    assert_eq!(find(kind("Knock", "door_1")).await, knock);
    assert_eq!(find(kind("Knock", "door")).await, [], "both have to fit");
    assert_eq!(find(kind("Kno", "door_1")).await, []);
    let about = AuditFilter { about: word("door_"), ..AuditFilter::default() };
    assert_eq!(find(about).await, knock);
    let day =
        |from, until| AuditFilter { actor: word("VISIT"), from, until, ..AuditFilter::default() };
    assert_eq!(find(day(Some(900_000), Some(900_001))).await.len(), 1);
    assert_eq!(find(day(Some(900_001), None)).await, []);
    assert_eq!(find(day(None, Some(900_000))).await, []);
    // What is done to all things is of another kind where it was done to a person.
    store.add_audit_line("visitor", "add", "user door", None, 900_002).await.unwrap();
    let of_kind = async |kind: &str| {
        let kinds = vec![kind.to_owned()];
        find(AuditFilter { kinds, actor: word("visitor"), ..AuditFilter::default() }).await.len()
    };
    assert_eq!((of_kind("user add").await, of_kind("add").await), (1, 0));
}
