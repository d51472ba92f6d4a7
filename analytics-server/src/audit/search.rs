//! What the audit log is searched for: people write the words that they read there, or a part of them,
//! and names of people, while the log stores short English words and user names.

use super::wording::{action_words, subject_words};
use crate::storage::audit::{Action, AuditTerms};
use crate::storage::users::User;
use locales::Texts;

/// What was done, as the log stores it.
const ACTIONS: [&str; 46] = [
    "add",
    "change",
    "retire",
    "continue",
    "bring back",
    "set",
    "cancel",
    "move",
    "sign in",
    "give password",
    "give wrong password",
    "confirm password",
    "give wrong second factor",
    "sign out",
    "end other sessions",
    "make password link",
    "set password",
    "set second factor",
    "remove second factor",
    "use recovery code",
    "change language",
    "add enrolment code",
    "set pin",
    "remove pin",
    "acknowledge",
    "close",
    "release",
    "export",
    "test",
    "revoke",
    "publish",
    "handled",
    "further",
    "reply",
    "ruled_out",
    "ruled_in",
    "redacted",
    "expire",
    "proposed",
    "declined",
    "restored",
    "read original",
    "download",
    "read",
    "set photo",
    "remove photo",
];
/// The beginnings of who did it and of what it was done to, the longer first.
const SUBJECTS: [&str; 49] = [
    "alert mail of user id",
    "machine token",
    "unknown name",
    "command line",
    "import",
    "built in",
    "ratings as",
    "counter id",
    "officer id",
    "setting",
    "originals",
    "report",
    "table",
    "list",
    "list dia-diem",
    "list co-quan",
    "list quay",
    "list cong-chuc",
    "list thu-tuc",
    "list may-tinh-bang",
    "list ngay-nghi",
    "list nguoi-dung",
    "list phan-cong",
    "list nhat-ky",
    "file",
    "setting alerts",
    "setting centre",
    "setting demo",
    "setting demo-more",
    "ratings by API",
    "user",
    "demo",
    "server",
    "enrolment",
    "site",
    "department",
    "counter",
    "officer",
    "procedure",
    "tablet",
    "technician",
    "roster",
    "webhook",
    "alert",
    "rating",
    "comments",
    "questionnaire",
    "quarantine",
    "visitor",
];

/// The letters of a text as they are compared.
fn small(text: &str) -> String {
    text.trim().to_lowercase()
}

/// How the log stores people of whose name a text is a part.
fn people(users: &[User], typed: &str) -> Vec<String> {
    let named = |user: &&User| !typed.is_empty() && small(&user.full_name).contains(typed);
    users.iter().filter(named).map(|user| format!("user {}", user.name)).collect()
}

/// The stored beginning of what somebody calls `người dùng b.hue`, or a part of such a word.
fn stored_subject(texts: &Texts, typed: &str) -> Option<String> {
    let word = |stored: &str| small(&subject_words(texts, stored));
    let rest = |stored: &&'static str| {
        let rest = typed.strip_prefix(&word(stored))?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (*stored, rest.to_owned()))
    };
    // The longest word leaves the shortest rest.
    let whole = SUBJECTS.iter().filter_map(rest).min_by_key(|(_, rest)| rest.len());
    let part =
        || SUBJECTS.iter().filter(|one| word(one).contains(typed)).min_by_key(|one| one.len());
    match whole {
        Some((stored, rest)) => Some(format!("{stored}{rest}")),
        None => part().map(|stored| (*stored).to_owned()),
    }
}

/// Who is looked for.
pub(super) fn actor_part(texts: &Texts, users: &[User], typed: &str) -> AuditTerms {
    let typed = small(typed);
    if typed.is_empty() {
        return AuditTerms::default();
    }
    let word = stored_subject(texts, &typed);
    AuditTerms {
        words: word.into_iter().chain([typed.clone()]).collect(),
        whole: people(users, &typed),
    }
}

/// What is looked for: what was done, or to whom or what.
pub(super) fn action_part(texts: &Texts, users: &[User], typed: &str) -> Action {
    let typed = small(typed);
    let done = ACTIONS.iter().filter(|stored| {
        !typed.is_empty()
            && (small(&action_words(texts, stored)).contains(&typed) || **stored == typed)
    });
    Action {
        done: done.map(|one| (*one).to_owned()).collect(),
        to: actor_part(texts, users, &typed),
    }
}

#[cfg(test)]
mod tests {
    use super::super::wording::key;
    use super::*;
    use crate::storage::users::Role;
    use std::collections::BTreeSet;

    fn user(name: &str, full_name: &str) -> User {
        User {
            id: 1,
            name: name.into(),
            full_name: full_name.into(),
            role: Role::Auditor,
            departments: BTreeSet::new(),
            officer: None,
            email: None,
            language: None,
            has_password: true,
            has_second_factor: false,
            created_at: 0,
            retired_at: None,
        }
    }

    #[test]
    fn what_is_read_can_be_looked_for() {
        for texts in ["vi", "en"].map(locales::texts) {
            for stored in ACTIONS {
                assert!(texts.known(&key("account-do", stored)).is_some(), "{stored}");
                assert!(
                    action_part(texts, &[], &action_words(texts, stored))
                        .done
                        .contains(&stored.to_owned())
                );
            }
            for stored in SUBJECTS {
                assert!(texts.known(&key("account-of", stored)).is_some(), "{stored}");
                assert_eq!(actor_part(texts, &[], &subject_words(texts, stored)).words[0], stored);
                let whole = format!("{stored} 7");
                assert_eq!(actor_part(texts, &[], &subject_words(texts, &whole)).words[0], whole);
            }
            assert_eq!(actor_part(texts, &[], "BA").words, ["ba"]);
        }
    }

    /// Each word that is shown can be looked for.
    #[test]
    fn no_word_is_shown_that_is_not_looked_for() {
        let words = include_str!("../../../locales/vi/accounts.ftl");
        let count = |group: &str| words.lines().filter(|line| line.starts_with(group)).count();
        assert_eq!(count("account-do-"), ACTIONS.len());
        assert_eq!(count("account-of-"), SUBJECTS.len());
    }

    #[test]
    fn a_part_of_what_is_read_and_a_name_are_enough() {
        let texts = locales::texts("vi");
        let done = |typed: &str| action_part(texts, &[], typed).done;
        assert_eq!(done("lược bỏ")[0], "redacted");
        assert!(done("sai mật khẩu").contains(&"give wrong password".to_owned()));
        assert!(done("XUẤT").contains(&"export".to_owned()));
        assert!(done("khôi phục").contains(&"restored".to_owned()));
        assert!(done("quầy").contains(&"move".to_owned()));
        let users = [user("kiemtra", "Phạm Thị D"), user("b.hue", "Trần Thị B")];
        assert_eq!(actor_part(texts, &users, "phạm thị d").whole, ["user kiemtra"]);
        assert_eq!(action_part(texts, &users, "Thị").to.whole, ["user kiemtra", "user b.hue"]);
        assert_eq!(actor_part(texts, &users, ""), AuditTerms::default());
    }
}
