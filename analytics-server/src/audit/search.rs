//! What the audit log is searched for: people write the words that they read there, or a part of them,
//! and names of people, while the log stores short English words and user names. Names are found without
//! their marks, also those that somebody or something had earlier; words without marks by who types none.

use super::kinds::actions;
use super::names::{AuditNames, NOUNS};
use super::wording::{action_words, subject_words};
use crate::normalization::searchable;
use crate::storage::audit::{Action, AuditTerms};
use locales::Texts;

/// As many things as one part of a name looks for: a part that more have tells nothing.
const THINGS: usize = 50;

/// The beginnings of who did it and of what it was done to, the longer first.
const SUBJECTS: [&str; 53] = [
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
    "setting questionnaire_draft",
    "setting last-backup",
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
    "chains",
    "chart",
    "visitor",
];

/// The letters of a text as they are compared.
fn small(text: &str) -> String {
    text.trim().to_lowercase()
}

/// How the letters of words are compared with what somebody typed in small letters.
fn comparison(typed: &str) -> fn(&str) -> String {
    if searchable(typed) == typed { searchable } else { small }
}

/// How the log stores the people and the entries of lists of whose name a text is a part.
fn things(names: &AuditNames, typed: &str) -> Vec<String> {
    if typed.is_empty() {
        return Vec::new();
    }
    let part = searchable(typed);
    let fits = |name: &str| searchable(name).contains(&part);
    let users = names
        .users
        .iter()
        .filter(|user| fits(&user.full_name) || typed.ends_with(&format!("({})", user.name)));
    let mut found: Vec<String> = users.map(|user| format!("user {}", user.name)).collect();
    for noun in NOUNS {
        let entries = names.entries(noun);
        let fitting = entries.iter().filter(|(.., name)| fits(name));
        found.extend(fitting.flat_map(|(id, code, _)| {
            [format!("{} {code}", noun.word()), format!("{} id {id}", noun.word())]
        }));
    }
    for subject in names.once_called(&part) {
        if !found.contains(&subject) {
            found.push(subject);
        }
    }
    found.truncate(THINGS);
    found
}

/// The stored beginning of what somebody calls `người dùng b.hue`, or a part of such a word.
fn stored_subject(texts: &Texts, typed: &str) -> Option<String> {
    let compared = comparison(typed);
    let rest = |stored: &&'static str| {
        let rest = typed.strip_prefix(&compared(&subject_words(texts, stored)))?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (*stored, rest.to_owned()))
    };
    // The longest word leaves the shortest rest.
    let whole = SUBJECTS.iter().filter_map(rest).min_by_key(|(_, rest)| rest.len());
    let has_part = |one: &&&'static str| small(&subject_words(texts, one)).contains(typed);
    let part = || SUBJECTS.iter().filter(has_part).min_by_key(|one| one.len());
    match whole {
        Some((stored, rest)) => Some(format!("{stored}{rest}")),
        None => part().map(|stored| (*stored).to_owned()),
    }
}

/// A text without the name that pages put behind it: `quầy q01 (quầy số 01)`.
fn without_name(typed: &str) -> &str {
    typed.strip_suffix(')').and_then(|rest| rest.split_once(" (")).map_or(typed, |(begin, _)| begin)
}

/// Who is looked for.
pub(super) fn actor_part(texts: &Texts, names: &AuditNames, typed: &str) -> AuditTerms {
    let typed = small(typed);
    if typed.is_empty() {
        return AuditTerms::default();
    }
    let word = stored_subject(texts, without_name(&typed));
    AuditTerms {
        words: word.into_iter().chain([typed.clone()]).collect(),
        whole: things(names, &typed),
    }
}

/// What is looked for: what was done, or to whom or what.
pub(super) fn action_part(texts: &Texts, names: &AuditNames, typed: &str) -> Action {
    let typed = small(typed);
    let compared = comparison(&typed);
    let done = actions().filter(|stored| {
        !typed.is_empty()
            && (compared(&action_words(texts, stored)).contains(&typed) || *stored == typed)
    });
    Action { done: done.map(str::to_owned).collect(), to: actor_part(texts, names, &typed) }
}

#[cfg(test)]
mod tests {
    use super::super::wording::key;
    use super::*;

    #[test]
    fn what_is_read_can_be_looked_for() {
        let nobody = &AuditNames::default();
        for texts in ["vi", "en"].map(locales::texts) {
            for stored in actions() {
                assert!(texts.known(&key("account-do", stored)).is_some(), "{stored}");
                let found = action_part(texts, nobody, &action_words(texts, stored)).done;
                assert!(found.contains(&stored.to_owned()), "{stored}: {found:?}");
            }
            for stored in SUBJECTS {
                let find = |words: &str| actor_part(texts, nobody, words).words[0].clone();
                assert!(texts.known(&key("account-of", stored)).is_some(), "{stored}");
                assert_eq!(find(&subject_words(texts, stored)), stored);
                let whole = format!("{stored} 7");
                assert_eq!(find(&subject_words(texts, &whole)), whole);
                let named = format!("{} (Quầy số 07)", subject_words(texts, &whole));
                assert_eq!(find(&named), whole);
            }
            assert_eq!(actor_part(texts, nobody, "BX9").words, ["bx9"]);
        }
    }

    /// Each word that is shown can be looked for.
    #[test]
    fn no_word_is_shown_that_is_not_looked_for() {
        let words = include_str!("../../../locales/vi/accounts.ftl");
        let count = |group: &str| words.lines().filter(|line| line.starts_with(group)).count();
        assert_eq!(count("account-do-"), actions().count());
        assert_eq!(count("account-of-"), SUBJECTS.len());
    }

    #[test]
    fn a_part_of_what_is_read_and_a_name_are_enough() {
        let (texts, names) = (locales::texts("vi"), &AuditNames::sample());
        let done = |typed: &str| action_part(texts, names, typed).done;
        assert!(done("lược bỏ").contains(&"redacted".to_owned()));
        assert!(done("sai mật khẩu").contains(&"give wrong password".to_owned()));
        assert!(done("XUẤT").contains(&"export".to_owned()));
        assert!(done("khôi phục").contains(&"restored".to_owned()));
        assert!(done("quầy").contains(&"move".to_owned()));
        let whole = |typed: &str| actor_part(texts, names, typed).whole;
        assert_eq!(whole("trần thị b"), ["user b.hue"]);
        assert_eq!(whole("người dùng Trần Thị B (b.hue)"), ["user b.hue"], "as it stands there");
        assert_eq!(whole("Nguyễn Văn C"), ["officer CC013", "officer id 13"]);
        assert_eq!(whole("số 02"), ["counter Q02", "counter id 2"]);
        assert_eq!(action_part(texts, names, "Thị").to.whole, ["user b.hue"]);
        assert_eq!(actor_part(texts, names, ""), AuditTerms::default());
        // Without marks, and by a name that is no longer.
        assert_eq!(whole("tran thi b"), ["user b.hue"]);
        assert_eq!(whole("Xuân Đào"), ["officer CC013", "officer id 13"]);
        assert!(done("sai mat khau").contains(&"give wrong password".to_owned()));
        assert_eq!(actor_part(texts, names, "quay Q02").words[0], "counter q02");
    }
}
