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
    },
    AuditKind {
        word: "accounts",
        actions: &[
            "make password link",
            "set password",
            "set second factor",
            "remove second factor",
            "change language",
        ],
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
            "set pin",
            "remove pin",
        ],
    },
    AuditKind {
        word: "tablets",
        actions: &["add enrolment code", "move", "continue", "release", "verify"],
    },
    AuditKind {
        word: "ratings",
        actions: &[
            "handled",
            "further",
            "reply",
            "ruled_out",
            "ruled_in",
            "redacted",
            "proposed",
            "declined",
            "restored",
            "read original",
            "expire",
        ],
    },
    AuditKind { word: "alerts", actions: &["acknowledge", "close"] },
    AuditKind { word: "files", actions: &["export", "download", "read"] },
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
