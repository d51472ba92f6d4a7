//! What the audit log names, as it is called now: people, entries of the lists, tablets, tokens. A line
//! stores a word and a code or a number; here it becomes a thing that has a name and, for pages, an
//! address. A thing that is no more is named by what is stored.

use crate::normalization::searchable;
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::audit::AuditTerms;
use crate::storage::machines::MachineToken;
use crate::storage::posts::Posted;
use crate::storage::questionnaires::Published;
use crate::storage::register::Noun;
use crate::storage::rows::Directory;
use crate::storage::sites::Sites;
use crate::storage::users::User;
use serde_json::{Map, Value};
use std::sync::Arc;
use uuid::Uuid;

/// Changes that are looked through for earlier names.
const EARLIER: u32 = 2_000;

/// Kinds of entries that stand in the lists.
pub(super) const NOUNS: [Noun; 5] =
    [Noun::Site, Noun::Department, Noun::Counter, Noun::Officer, Noun::Procedure];

/// What a line is about, where pages can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditThing {
    /// A person, by id.
    User(i64),
    /// An entry of a list, by its kind and id.
    Entry(Noun, i64),
    /// A tablet.
    Tablet(Uuid),
    /// A rating, by its number.
    Rating(i64),
    /// An alert, by its number.
    Alert(i64),
    /// A version of the questionnaire.
    Questionnaire(u32),
    /// The draft of the questionnaire.
    Draft,
    /// The centre's settings.
    Centre,
    /// From when on an alert is raised.
    Thresholds,
    /// Who is told of alerts by other software.
    Webhooks,
    /// Tokens of other software.
    Tokens,
    /// Who sits where when.
    Rosters,
    /// What waits to be counted.
    Quarantine,
    /// The chains of all tablets.
    Chains,
}

/// Things whose lines have one subject of their own.
const WHOLE: [(&str, AuditThing); 5] = [
    ("setting questionnaire_draft", AuditThing::Draft),
    ("setting centre", AuditThing::Centre),
    ("setting alerts", AuditThing::Thresholds),
    ("quarantine", AuditThing::Quarantine),
    ("chains", AuditThing::Chains),
];

/// Things of which a page shows all at once: how their subjects begin.
const BEGINNINGS: [(&str, AuditThing); 3] = [
    ("webhook ", AuditThing::Webhooks),
    ("machine token ", AuditThing::Tokens),
    ("roster ", AuditThing::Rosters),
];

/// Names as they are now.
#[derive(Debug, Default)]
pub struct AuditNames {
    pub(super) users: Vec<User>,
    pub(super) directory: Arc<Directory>,
    pub(super) sites: Sites,
    pub(super) posts: Vec<Posted>,
    pub(super) tokens: Vec<MachineToken>,
    pub(super) questionnaires: Vec<Published>,
    /// What had another name once: how its lines name it, and that name, as names are compared.
    pub(super) earlier: Vec<(String, String)>,
}

impl AuditNames {
    /// The names of now; earlier ones too for a search.
    pub(super) async fn of(app: &App, is_search: bool) -> Result<Self, StoreError> {
        let changed = if is_search { app.store.changed_names(EARLIER).await? } else { Vec::new() };
        Ok(Self {
            earlier: changed.into_iter().filter_map(earlier_name).collect(),
            users: app.store.users().await?,
            directory: app.store.directory().await?,
            sites: app.store.counter_sites().await?,
            posts: app.store.posts().await?,
            tokens: app.store.machine_tokens().await?,
            questionnaires: app.store.questionnaires().await?,
        })
    }

    /// Code and name of an entry of a list.
    pub fn entry(&self, noun: Noun, id: i64) -> Option<(&str, &str)> {
        self.entries(noun).into_iter().find(|one| one.0 == id).map(|(_, code, name)| (code, name))
    }

    /// Id, code and name of all entries of a kind.
    pub(super) fn entries(&self, noun: Noun) -> Vec<(i64, &str, &str)> {
        macro_rules! named {
            ($all:expr) => {
                $all.iter().map(|one| (one.id, one.code.as_str(), one.name.as_str())).collect()
            };
        }
        let directory = &self.directory;
        match noun {
            Noun::Site => named!(self.sites.sites),
            Noun::Department => named!(directory.departments),
            Noun::Counter => named!(directory.counters),
            Noun::Officer => named!(directory.officers),
            Noun::Procedure => named!(directory.procedures),
        }
    }

    /// The subjects of the lines about what was once called so; a part of the name is enough.
    pub(super) fn once_called(&self, part: &str) -> Vec<String> {
        let fitting = self.earlier.iter().filter(|(_, name)| name.contains(part));
        let subjects = fitting.flat_map(|(subject, _)| match self.thing(subject) {
            Some(thing) => self.subjects(thing).whole,
            None => vec![subject.clone()],
        });
        subjects.collect()
    }

    /// The post of a tablet, by its id as it is stored.
    fn post(&self, tablet: &str) -> Option<&Posted> {
        let id: Uuid = tablet.parse().ok()?;
        self.posts.iter().find(|post| post.id == id)
    }

    /// What is said besides of a stored subject: the name of an entry, the counter of a tablet, the
    /// name of a token. None: nothing more is known of it.
    pub(super) fn besides(&self, stored: &str) -> Option<String> {
        match self.thing(stored) {
            Some(AuditThing::Entry(noun, id)) => {
                self.entry(noun, id).map(|(_, name)| name.to_owned())
            }
            Some(AuditThing::Tablet(_)) => {
                let post = self.post(stored.strip_prefix("tablet ")?)?;
                self.entry(Noun::Counter, post.post.counter).map(|(code, _)| code.to_owned())
            }
            _ => {
                if let Some(num) = stored.strip_prefix("machine token ") {
                    let num: i64 = num.parse().ok()?;
                    let token = self.tokens.iter().find(|one| one.num == num);
                    return token.map(|one| one.name.clone());
                }
                let id: i64 = stored.strip_prefix("alert mail of user id ")?.parse().ok()?;
                let user = self.users.iter().find(|user| user.id == id);
                user.map(|user| user.full_name.clone())
            }
        }
    }

    /// The thing that a line is about, as it is stored.
    pub fn thing(&self, stored: &str) -> Option<AuditThing> {
        if let Some((_, thing)) = WHOLE.into_iter().find(|(subject, _)| *subject == stored) {
            return Some(thing);
        }
        if let Some((_, thing)) = BEGINNINGS.into_iter().find(|one| stored.starts_with(one.0)) {
            return Some(thing);
        }
        let (word, rest) = stored.split_once(' ')?;
        match word {
            "user" => {
                let user = self.users.iter().find(|user| user.name == rest)?;
                Some(AuditThing::User(user.id))
            }
            "tablet" => rest.parse().ok().map(AuditThing::Tablet),
            "rating" => rest.parse().ok().map(AuditThing::Rating),
            "alert" => rest.parse().ok().map(AuditThing::Alert),
            "questionnaire" => rest.parse().ok().map(AuditThing::Questionnaire),
            word => {
                let noun = NOUNS.into_iter().find(|noun| noun.word() == word)?;
                let entries = self.entries(noun);
                let id = match rest.strip_prefix("id ") {
                    Some(id) => id.parse().ok()?,
                    None => entries.iter().find(|one| one.1 == rest)?.0,
                };
                Some(AuditThing::Entry(noun, id))
            }
        }
    }

    /// Which subjects the lines about a thing have.
    pub(super) fn subjects(&self, thing: AuditThing) -> AuditTerms {
        let whole: Vec<String> = match thing {
            AuditThing::User(id) => {
                let user = self.users.iter().find(|user| user.id == id);
                let mail = format!("alert mail of user id {id}");
                user.map(|user| format!("user {}", user.name)).into_iter().chain([mail]).collect()
            }
            AuditThing::Entry(noun, id) => {
                let code = self.entry(noun, id).map(|(code, _)| format!("{} {code}", noun.word()));
                code.into_iter().chain([format!("{} id {id}", noun.word())]).collect()
            }
            AuditThing::Tablet(id) => vec![format!("tablet {id}")],
            AuditThing::Rating(num) => vec![format!("rating {num}")],
            AuditThing::Alert(num) => vec![format!("alert {num}")],
            AuditThing::Questionnaire(version) => vec![format!("questionnaire {version}")],
            other => {
                if let Some((begin, _)) = BEGINNINGS.into_iter().find(|one| one.1 == other) {
                    return AuditTerms { words: vec![begin.to_owned()], whole: Vec::new() };
                }
                let own = WHOLE.into_iter().filter(|one| one.1 == other);
                own.map(|(subject, _)| subject.to_owned()).collect()
            }
        };
        AuditTerms { words: Vec::new(), whole }
    }
}

/// The name that a thing had before a change.
fn earlier_name((subject, before): (String, String)) -> Option<(String, String)> {
    let fields: Map<String, Value> = serde_json::from_str(&before).ok()?;
    let name = ["full_name", "name"].into_iter().find_map(|field| fields.get(field)?.as_str())?;
    Some((subject, searchable(name)))
}

#[cfg(test)]
impl AuditNames {
    /// Of a person, two counters and an officer.
    pub(super) fn sample() -> Self {
        use crate::storage::rows::{Counter, Officer};
        use crate::storage::users::Role;
        let user = User {
            id: 7,
            name: "b.hue".into(),
            full_name: "Trần Thị B".into(),
            role: Role::Auditor,
            departments: [].into(),
            officer: None,
            email: None,
            language: None,
            has_password: true,
            has_second_factor: false,
            created_at: 0,
            retired_at: None,
        };
        let counter = |id: i64, code: &str| Counter {
            id,
            code: code.into(),
            name: format!("Quầy số {id:02}"),
            department: 1,
        };
        let officer = Officer {
            id: 13,
            code: "CC013".into(),
            name: "Nguyễn Văn C".into(),
            title: String::new(),
            department: 1,
            counter: Some(1),
        };
        let directory = Directory {
            counters: vec![counter(1, "Q01"), counter(2, "Q02")],
            officers: vec![officer],
            ..Directory::default()
        };
        let earlier = ("officer CC013".to_owned(), searchable("Lê Xuân Đào"));
        Self {
            users: vec![user],
            directory: Arc::new(directory),
            earlier: vec![earlier],
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_subject_leads_to_its_thing_and_back() {
        let names = AuditNames::sample();
        for (stored, thing) in [
            ("user b.hue", AuditThing::User(7)),
            ("officer CC013", AuditThing::Entry(Noun::Officer, 13)),
            ("counter Q02", AuditThing::Entry(Noun::Counter, 2)),
            ("tablet 00000000-0000-0000-0000-000000000007", AuditThing::Tablet(Uuid::from_u128(7))),
            ("rating 12", AuditThing::Rating(12)),
            ("alert 3", AuditThing::Alert(3)),
            ("questionnaire 2", AuditThing::Questionnaire(2)),
            ("setting centre", AuditThing::Centre),
            ("setting questionnaire_draft", AuditThing::Draft),
            ("chains", AuditThing::Chains),
        ] {
            assert_eq!(names.thing(stored), Some(thing), "{stored}");
            assert!(names.subjects(thing).whole.contains(&stored.to_owned()), "{stored}");
        }
        assert_eq!(names.thing("officer id 13"), names.thing("officer CC013"));
        assert_eq!(names.thing("webhook 4"), Some(AuditThing::Webhooks));
        assert_eq!(names.subjects(AuditThing::Webhooks).words, ["webhook "]);
        for nothing in ["user nobody", "officer CC999", "thing 49", "comments", "rating x", ""] {
            assert_eq!(names.thing(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn an_earlier_name_leads_to_all_lines_of_its_thing() {
        let mut names = AuditNames::sample();
        assert_eq!(names.once_called("xuan dao"), ["officer CC013", "officer id 13"]);
        assert_eq!(names.once_called("thi hoa"), Vec::<String>::new());
        let before = r#"{"name":"gone","full_name":"Trần Thị Hoa"}"#.to_owned();
        names.earlier.extend(earlier_name(("user gone".to_owned(), before)));
        assert_eq!(names.once_called("thi hoa"), ["user gone"], "who is no more, by the line");
        assert_eq!(earlier_name(("user x".to_owned(), "{".to_owned())), None);
    }

    #[test]
    fn an_entry_is_told_with_its_name() {
        let names = AuditNames::sample();
        assert_eq!(names.besides("officer id 13").as_deref(), Some("Nguyễn Văn C"));
        assert_eq!(names.besides("counter Q01").as_deref(), Some("Quầy số 01"));
        let mail = names.besides("alert mail of user id 7");
        assert_eq!(mail.as_deref(), Some("Trần Thị B"));
        assert_eq!(names.besides("rating 12"), None);
        assert_eq!(names.besides("officer CC999"), None);
    }
}
