//! What two do at one moment: one of them sees what the other did, on both databases.

use super::fixtures::{NOON, add_user, enrolled, person};
use analytics_server::storage::Store;
use analytics_server::storage::audit::{Action, AuditFilter, AuditTerms};
use analytics_server::storage::notes::{Author, NoteKind};
use analytics_server::storage::sessions::Proof;
use analytics_server::storage::user_changes::Changed;
use analytics_server::storage::users::Role;
use protocol::Level;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;
use whole_system_tests::chain::shown;

on_both_databases! {
    settings_are_set_one_after_the_other,
    people_are_changed_one_after_the_other,
    a_reset_leaves_no_session,
    windows_lose_nothing_while_ratings_move,
}

/// What was and what is, of the log's lines about something, oldest first.
async fn lines(store: &Store, what: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let to = AuditTerms { words: vec![what.to_owned()], ..AuditTerms::default() };
    let asked = AuditFilter { what: Action { to, done: Vec::new() }, ..AuditFilter::default() };
    let mut lines = store.audit_lines(&asked, 1_000).await.unwrap();
    lines.reverse();
    lines.into_iter().map(|line| (line.action, line.before, line.after)).collect()
}

/// Rules read windows of the change clock; a rating that does not change lies in one of them, even if many
/// others move meanwhile.
async fn windows_lose_nothing_while_ratings_move(store: &Store) {
    let user = add_user(store, "kiem-tra", Role::Auditor).await;
    let author = Author { user, actor: "test" };
    let start = store.position().await.unwrap();
    let mut chain = enrolled(store, "Q07", 71).await;
    let (mut moving, mut staying) = (Vec::new(), BTreeSet::new());
    for number in 0..40_u128 {
        let session = Uuid::from_u128(8_000 + number);
        chain.rate(session, NOON, shown("Q07", "CC013", None), Level::Satisfied);
        let sent = chain.events.len() - 2;
        chain.append(store, &chain.batch(sent, 9, NOON + 60_000)).await;
        if number % 2 == 0 {
            moving.push(store.record_of(session).await.unwrap().unwrap().num);
        } else {
            staying.insert(session);
        }
    }
    let done = AtomicBool::new(false);
    let moves = async {
        for kind in [NoteKind::RuledOut, NoteKind::RuledIn, NoteKind::RuledOut] {
            for num in &moving {
                store.add_note(*num, kind, author, "x", NOON).await.unwrap();
            }
        }
        done.store(true, Ordering::SeqCst);
    };
    let looks = async {
        while !done.load(Ordering::SeqCst) {
            let (mut cursor, mut seen) = (start, BTreeSet::new());
            loop {
                let (rows, until) = store.rated_after(cursor, 8).await.unwrap();
                seen.extend(rows.into_iter().map(|row| row.id));
                if until == cursor {
                    break;
                }
                cursor = until;
            }
            let lost: Vec<_> = staying.difference(&seen).collect();
            assert!(lost.is_empty(), "no window had {lost:?}");
        }
    };
    tokio::join!(moves, looks);
}

/// A change is compared with what it changes, not with what somebody read before.
async fn people_are_changed_one_after_the_other(store: &Store) {
    for round in 0..8 {
        let name = |who: &str| format!("{who}-{round}");
        let first = add_user(store, &name("first"), Role::Administrator).await;
        // No other administrator is there, of this round's beginning or of the one before.
        for user in store.users().await.unwrap().into_iter().filter(|user| user.id != first) {
            let leader = person(&user.name, Role::Leader);
            store.change_user(user.id, &user.data(), &leader, "test", 1).await.unwrap();
        }
        let second = add_user(store, &name("second"), Role::Leader).await;
        // The second becomes an administrator, so the first may go; who takes the second for a
        // leader still may not take away the last administrator.
        let was = person(&name("second"), Role::Leader);
        let administrator = person(&name("second"), Role::Administrator);
        let supervisor = person(&name("second"), Role::Supervisor);
        let (a, b, c) = tokio::join!(
            store.change_user(second, &was, &administrator, "test", 2),
            store.retire_user(first, true, "test", 2),
            store.change_user(second, &was, &supervisor, "test", 2),
        );
        let changed = [a.unwrap(), c.unwrap()];
        b.unwrap();
        // Both were made from the same leader.
        assert!(
            changed.contains(&Changed::Done) && changed.contains(&Changed::Stale),
            "{changed:?}"
        );
        let users = store.users().await.unwrap();
        let administers =
            |role: Role, retired: Option<i64>| role == Role::Administrator && retired.is_none();
        assert!(users.iter().any(|user| administers(user.role, user.retired_at)), "nobody is left");
        // Each line begins where the one before ended.
        let told = lines(store, &name("second")).await;
        for (before, after) in told.iter().zip(&told[1..]) {
            assert_eq!(before.2, after.1, "{told:?}");
        }

        let third = add_user(store, &name("third"), Role::Leader).await;
        let retire = || store.retire_user(third, true, "test", 3);
        let (one, other, again) = tokio::join!(retire(), retire(), retire());
        for outcome in [one, other, again] {
            outcome.unwrap();
        }
        let retired = lines(store, &name("third")).await;
        assert_eq!(retired.iter().filter(|line| line.0 == "retire").count(), 1, "{retired:?}");
    }
}

/// A sign-in at the moment of a reset leaves no session after it.
async fn a_reset_leaves_no_session(store: &Store) {
    for round in 0..8_u8 {
        let user = add_user(store, &format!("reset-{round}"), Role::Leader).await;
        assert!(store.put_password(user, None, "hash", "test", 1).await.unwrap());
        let begin = |token: u8| {
            let proof = Proof::Password("hash");
            store.begin_session([token; 32], user, proof, false, "browser", 2)
        };
        let (first, second) = (100 + 2 * round, 101 + 2 * round);
        let (early, link, late) = tokio::join!(
            begin(first),
            store.add_password_link([200 + round; 32], user, 100, "test", 2),
            begin(second),
        );
        link.unwrap();
        // Each of them may have been let in, and is out again.
        assert!(early.is_ok() && late.is_ok());
        for token in [first, second] {
            assert_eq!(store.session([token; 32]).await.unwrap(), None, "{round}");
        }
    }
}

/// Of a setting the log tells what was there, also the first time.
async fn settings_are_set_one_after_the_other(store: &Store) {
    for round in 0..8 {
        let name = format!("tried-{round}");
        let set = |value: &'static str| store.put_setting(&name, value, "test", 1);
        let (one, two, three) = tokio::join!(set("1"), set("2"), set("3"));
        for outcome in [one, two, three] {
            outcome.unwrap();
        }
        let changes = lines(store, &format!("setting {name}")).await;
        assert_eq!((changes.len(), &changes[0].1), (3, &None));
        for (before, after) in changes.iter().zip(&changes[1..]) {
            assert_eq!(before.2, after.1, "{changes:?}");
        }
        let now = store.setting(&name).await.unwrap();
        assert_eq!(now, changes[2].2);
        // Of two forms that were made from the same settings one is taken.
        let change =
            |value: &'static str| store.change_setting(&name, now.as_deref(), value, "test", 2);
        let (one, other) = tokio::join!(change("4"), change("5"));
        assert_ne!(one.unwrap(), other.unwrap());
        assert!(!change("6").await.unwrap(), "it is not what it was");
        let missing = format!("missing-{round}");
        let first = || store.change_setting(&missing, None, "1", "test", 2);
        let (one, other) = tokio::join!(first(), first());
        assert_ne!(one.unwrap(), other.unwrap());
    }
}
