//! What is done and written down: every action that the code has, by the kinds that the log's page offers.
//! One that is missing here is found by a test, which reads the sources.

use locales::Texts;

/// A kind of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditKind {
    /// Its word in addresses.
    pub word: &'static str,
    /// The actions, as the log stores them.
    pub actions: &'static [&'static str],
    /// Actions of all things, such as `add`, that stand here where they were done to one thing: its word,
    /// the action.
    of_things: &'static [&'static str],
}

/// All kinds, in the order in which they are offered.
const KINDS: [AuditKind; 7] = [
    AuditKind {
        word: "sign-in",
        actions: &[
            "sign in",
            "give password",
            "give wrong password",
            "confirm password",
            "give wrong second factor",
            "use recovery code",
            "sign out",
            "end other sessions",
        ],
        of_things: &[],
    },
    AuditKind {
        word: "accounts",
        actions: &[
            "make password link",
            "set password",
            "set second factor",
            "remove second factor",
            "change language",
            "set pin",
            "remove pin",
        ],
        of_things: &["user add", "user change", "user retire", "user bring back"],
    },
    AuditKind {
        word: "settings",
        actions: &[
            "add",
            "change",
            "retire",
            "bring back",
            "set",
            "cancel",
            "revoke",
            "publish",
            "test",
            "set photo",
            "remove photo",
        ],
        of_things: &[],
    },
    AuditKind {
        word: "tablets",
        actions: &[
            "add enrolment code",
            "move",
            "continue",
            "release",
            "begin verification",
            "verify",
        ],
        of_things: &["tablet retire"],
    },
    AuditKind {
        word: "ratings",
        actions: &[
            "handled",
            "further",
            "reply",
            "accepted",
            "not_accepted",
            "ruled_out",
            "ruled_in",
            "redacted",
            "proposed",
            "declined",
            "restored",
            "read original",
            "expire",
        ],
        of_things: &[],
    },
    AuditKind { word: "alerts", actions: &["acknowledge", "close"], of_things: &[] },
    AuditKind { word: "files", actions: &["export", "download", "read"], of_things: &[] },
];

impl AuditKind {
    /// All kinds.
    pub fn all() -> &'static [Self] {
        &KINDS
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.word == word)
    }

    /// What the log is asked for.
    pub(super) fn asked(self) -> Vec<String> {
        self.actions.iter().chain(self.of_things).map(|one| (*one).to_owned()).collect()
    }

    /// What it is called.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(&format!("account-audit-kind-{}", self.word))
    }
}

/// Every action, as the log stores it.
pub(super) fn actions() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.actions.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_action_is_of_one_kind_and_kinds_have_words() {
        let all: Vec<&str> = actions().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for texts in ["vi", "en"].map(locales::texts) {
            for kind in AuditKind::all() {
                assert!(!kind.name(texts).starts_with('['), "{}", kind.word);
                assert_eq!(AuditKind::of(kind.word), Some(*kind));
            }
        }
        assert_eq!(AuditKind::of("x"), None);
    }
}
