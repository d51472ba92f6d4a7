//! The way from an empty server to its first rating, in five steps: what is done, what is missing, and
//! where it is done. The administration shows it while something is missing. The overview shows it while
//! nobody was rated yet, instead of figures that say nothing six times; later it names how many steps are
//! left among what is to be done.

use crate::centre::Centre;
use crate::checks::first_names;
use crate::pages::prelude::*;
use crate::roster::Workplaces;
use crate::scope::Scope;
use crate::storage::register::{Entry, Noun};
use protocol::settings::Duty;
use reports::letterhead::Letterhead;
use std::collections::BTreeSet;

/// The steps as a page shows them.
#[derive(Debug)]
pub(super) struct FirstSteps {
    /// How far it is, in a sentence.
    pub summary: String,
    /// Empty for readers who can do none of them.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug)]
pub(super) struct Step {
    pub title: String,
    /// What is missing, in a sentence; none: it is done.
    pub missing: Option<String>,
    /// Address and name of what does it.
    pub links: Vec<(String, String)>,
}

/// What is to be done next, for the notice on what was done just now.
pub(super) struct NextStep {
    /// What is missing, in a sentence.
    pub missing: String,
    /// Where it is done, and what the way there is called.
    pub address: String,
    pub name: String,
}

/// What was done just now on the way, by the words that addresses have.
const DONE: [&str; 3] = ["added", "saved", "imported"];

/// The steps: the word in their keys, and addresses with the keys of their names.
const STEPS: [(&str, &[(&str, &str)]); 5] = [
    ("centre", &[("/admin/centre", "admin-first-open-centre")]),
    (
        "counters",
        &[
            ("/admin/departments/new", "admin-department-add"),
            ("/admin/counters/new", "admin-counter-add"),
            ("/admin/departments/upload", "admin-first-upload-departments"),
            ("/admin/counters/upload", "admin-first-upload-counters"),
        ],
    ),
    (
        "officers",
        &[
            ("/admin/officers/new", "admin-officer-add"),
            ("/admin/officers/upload", "admin-first-upload-officers"),
        ],
    ),
    ("tablet", &[("/admin/tablets/new", "admin-tablet-add")]),
    ("rating", &[("/tablets", "admin-first-open-tablets")]),
];

/// What there is of what a centre needs before anybody is rated.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is there or not")]
#[derive(Default)]
struct Furnishing {
    /// Somebody stored the centre's settings.
    is_described: bool,
    /// Documents begin with the name of who issues them.
    has_letterhead: bool,
    departments: usize,
    counters: usize,
    officers: usize,
    /// Whether people sign in at the tablet, so that no counter needs a usual officer.
    signs_in: bool,
    /// Codes of the counters where nobody usually sits.
    unstaffed: Vec<String>,
    tablets: usize,
    /// Codes of the counters without a tablet.
    bare: Vec<String>,
    is_rated: bool,
}

/// What a step is missing.
#[derive(Debug, PartialEq, Eq)]
struct Missing {
    /// As the key of its sentence ends.
    word: &'static str,
    count: usize,
    /// Of what, where that is named.
    names: String,
}

impl Missing {
    /// Something that is missing, where it is.
    fn of(is_missing: bool, word: &'static str, count: usize) -> Option<Self> {
        is_missing.then(|| Self { word, count, names: String::new() })
    }

    /// What some counters are missing.
    fn at(counters: &[String], word: &'static str) -> Option<Self> {
        let missing =
            || Self { word, count: counters.len(), names: first_names(counters.to_vec()) };
        (!counters.is_empty()).then(missing)
    }

    /// In a sentence.
    fn sentence(&self, texts: &Texts) -> String {
        let (key, count) = (format!("admin-first-no-{}", self.word), self.count.to_string());
        texts.with(&key, &[("count", &count), ("names", &self.names)])
    }

    /// Where it is mended.
    fn path(&self) -> &'static str {
        match self.word {
            "centre" | "letterhead" => "/admin/centre",
            "departments" => "/admin/departments/new",
            "counters" => "/admin/counters/new",
            "officers" | "usual" => "/admin/officers/new",
            "rating" | "rating-yet" => "/tablets",
            _ => "/admin/tablets/new",
        }
    }
}

impl Furnishing {
    async fn of(context: &Context, is_rated: bool) -> PageResult<Self> {
        let store = &context.app.store;
        let (centre, stored) = Centre::stored(store).await?;
        let workplaces = Workplaces::of(store).await?;
        let departments = store.entries(Noun::Department).await?;
        let tablets = store.posts().await?;
        let in_use = |all: &[Entry]| all.iter().filter(|one| one.retired_at.is_none()).count();
        let own = tablets.iter().filter(|one| one.retired_at.is_none());
        // A tablet may name whom it asks about, whoever usually sits at its counter.
        let named: BTreeSet<i64> = own
            .clone()
            .filter(|one| one.post.officer.is_some())
            .map(|one| one.post.counter)
            .collect();
        let equipped: BTreeSet<i64> = own.clone().map(|one| one.post.counter).collect();
        let counters = workplaces.counters.iter().filter(|one| one.retired_at.is_none());
        let unstaffed = counters
            .clone()
            .filter(|one| !named.contains(&one.id) && !is_staffed(&workplaces, one.id));
        let bare = counters.filter(|one| !equipped.contains(&one.id));
        let codes = |one: &Entry| one.code.clone();
        Ok(Self {
            is_described: stored.is_some(),
            has_letterhead: centre.letterhead.agency != Letterhead::default().agency,
            departments: in_use(&departments),
            counters: in_use(&workplaces.counters),
            officers: in_use(&workplaces.officers),
            signs_in: centre.duty == Duty::SignIn,
            unstaffed: unstaffed.map(codes).collect(),
            tablets: own.count(),
            bare: bare.map(codes).collect(),
            is_rated,
        })
    }

    /// What each step is missing first; none where it is done.
    fn missing(&self) -> [Option<Missing>; 5] {
        let usual = || Missing::at(&self.unstaffed, "usual").filter(|_| !self.signs_in);
        let no_tablet = self.tablets == 0;
        [
            Missing::of(!self.is_described, "centre", 0)
                .or_else(|| Missing::of(!self.has_letterhead, "letterhead", 0)),
            Missing::of(self.departments == 0, "departments", 0)
                .or_else(|| Missing::of(self.counters == 0, "counters", self.departments)),
            Missing::of(self.officers == 0, "officers", 0).or_else(usual),
            Missing::of(no_tablet && self.counters == 0, "tablet-yet", 0)
                .or_else(|| Missing::of(no_tablet, "tablet", self.counters))
                .or_else(|| Missing::at(&self.bare, "bare")),
            Missing::of(!self.is_rated && no_tablet, "rating-yet", 0)
                .or_else(|| Missing::of(!self.is_rated, "rating", self.tablets)),
        ]
    }
}

impl FirstSteps {
    /// All steps for an administrator, while something is missing.
    pub async fn of(context: &Context) -> PageResult<Option<Self>> {
        let is_rated = is_rated(context).await?;
        let missing = Furnishing::of(context, is_rated).await?.missing();
        let left = missing.iter().flatten().count();
        Ok((left > 0).then(|| Self {
            summary: context.texts.with("admin-first-left", &[("count", &left.to_string())]),
            steps: steps(context, missing),
        }))
    }

    /// What is to be done next on the way to the first rating, where something was done just now.
    pub async fn next_step(context: &Context) -> PageResult<Option<NextStep>> {
        // An address whose fields can not be read is that of a page without a notice.
        let done = context.was_done(&DONE).unwrap_or_default();
        let is_theirs = context.viewer.may(Permission::Administer);
        if done.is_none() || !is_theirs || is_rated(context).await? {
            return Ok(None);
        }
        let missing = Furnishing::of(context, false).await?.missing();
        let mut steps = STEPS.into_iter().zip(missing);
        let next = steps.find_map(|((word, _), missing)| Some((word, missing?)));
        Ok(next.map(|(word, missing)| {
            let title = context.text(&format!("admin-first-{word}-title"));
            NextStep {
                missing: missing.sentence(context.texts),
                address: context.to(missing.path()),
                name: context.texts.with("admin-first-next", &[("title", &title)]),
            }
        }))
    }

    /// What an overview shows before the first rating of the centre; none where there is one. Who does
    /// not administer the centre reads one sentence.
    pub async fn before_first_rating(context: &Context) -> PageResult<Option<Self>> {
        if is_rated(context).await? {
            return Ok(None);
        }
        let steps = if context.viewer.may(Permission::Administer) {
            steps(context, Furnishing::of(context, false).await?.missing())
        } else {
            Vec::new()
        };
        Ok(Some(Self { summary: context.text("admin-first-unrated"), steps }))
    }
}

/// Whether anybody in the centre was rated.
async fn is_rated(context: &Context) -> PageResult<bool> {
    Ok(context.app.stats.latest_day(&Scope::All).await?.is_some())
}

fn steps(context: &Context, missing: [Option<Missing>; 5]) -> Vec<Step> {
    let step = |word: &str, links: &[(&str, &str)], missing: Option<Missing>| Step {
        title: context.text(&format!("admin-first-{word}-title")),
        missing: missing.map(|one| one.sentence(context.texts)),
        links: links.iter().map(|(path, key)| (context.to(path), context.text(key))).collect(),
    };
    let steps = STEPS.into_iter().zip(missing);
    steps.map(|((word, links), missing)| step(word, links, missing)).collect()
}

/// Whether somebody usually sits at a counter.
pub(super) fn is_staffed(workplaces: &Workplaces, counter: i64) -> bool {
    let own = |one: &Entry| one.place == Some(counter) && one.retired_at.is_none();
    workplaces.officers.iter().any(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_names_the_first_thing_that_it_is_missing() {
        let words = |one: &Furnishing| one.missing().map(|one| one.map(|one| one.word));
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let at = |word, count, names: &str| Missing { word, count, names: names.to_owned() };
        let empty = Furnishing::default();
        let all = ["centre", "departments", "officers", "tablet-yet", "rating-yet"];
        assert_eq!(words(&empty), all.map(Some));
        let begun = Furnishing {
            is_described: true,
            departments: 3,
            counters: 5,
            officers: 4,
            unstaffed: codes(&["Q02", "Q05"]),
            ..Furnishing::default()
        };
        let left = [Some("letterhead"), None, Some("usual"), Some("tablet"), Some("rating-yet")];
        assert_eq!(words(&begun), left);
        assert_eq!(begun.missing()[2], Some(at("usual", 2, "Q02, Q05")), "they are named");
        assert_eq!(begun.missing()[3], Some(at("tablet", 5, "")), "the counters that wait for one");
        let signing_in = Furnishing { signs_in: true, ..begun };
        assert_eq!(words(&signing_in)[2], None, "people sign in at the tablet");
        let whole = Furnishing {
            has_letterhead: true,
            unstaffed: Vec::new(),
            tablets: 1,
            is_rated: true,
            ..signing_in
        };
        assert_eq!(words(&whole), [None; 5]);
        let grown = Furnishing { bare: codes(&["Q06"]), ..whole };
        assert_eq!(grown.missing()[3], Some(at("bare", 1, "Q06")), "each counter needs one");
    }
}
