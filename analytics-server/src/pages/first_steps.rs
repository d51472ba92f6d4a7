//! The way from an empty server to its first rating, in five steps: what is done, what is missing, and
//! where it is done. The administration shows it while something is missing, the overview while nobody was
//! rated yet, instead of figures that say nothing six times.

use crate::centre::Centre;
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
    /// Counters where nobody usually sits.
    unstaffed: usize,
    tablets: usize,
    is_rated: bool,
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
        let unstaffed = workplaces.counters.iter().filter(|one| {
            let served = named.contains(&one.id) || is_staffed(&workplaces, one.id);
            one.retired_at.is_none() && !served
        });
        Ok(Self {
            is_described: stored.is_some(),
            has_letterhead: centre.letterhead.agency != Letterhead::default().agency,
            departments: in_use(&departments),
            counters: in_use(&workplaces.counters),
            officers: in_use(&workplaces.officers),
            signs_in: centre.duty == Duty::SignIn,
            unstaffed: unstaffed.count(),
            tablets: own.count(),
            is_rated,
        })
    }

    /// The word and the count in the sentence of what each step is missing; none where it is done.
    fn missing(&self) -> [Option<(&'static str, usize)>; 5] {
        let first = |words: &[(bool, &'static str, usize)]| {
            let missing = words.iter().find(|(is_missing, ..)| *is_missing);
            missing.map(|(_, word, count)| (*word, *count))
        };
        [
            first(&[(!self.is_described, "centre", 0), (!self.has_letterhead, "letterhead", 0)]),
            first(&[
                (self.departments == 0, "departments", 0),
                (self.counters == 0, "counters", self.departments),
            ]),
            first(&[
                (self.officers == 0, "officers", 0),
                (self.unstaffed > 0 && !self.signs_in, "usual", self.unstaffed),
            ]),
            first(&[
                (self.tablets == 0 && self.counters == 0, "tablet-yet", 0),
                (self.tablets == 0, "tablet", self.counters),
            ]),
            first(&[
                (!self.is_rated && self.tablets == 0, "rating-yet", 0),
                (!self.is_rated, "rating", self.tablets),
            ]),
        ]
    }
}

impl FirstSteps {
    /// All steps for an administrator, while something is missing.
    pub async fn of(context: &Context) -> PageResult<Option<Self>> {
        let is_rated = context.app.stats.latest_day(&Scope::All).await?.is_some();
        let missing = Furnishing::of(context, is_rated).await?.missing();
        let left = missing.iter().flatten().count();
        Ok((left > 0).then(|| Self {
            summary: context.texts.with("admin-first-left", &[("count", &left.to_string())]),
            steps: steps(context, missing),
        }))
    }

    /// What an overview shows before the first rating of the centre; none where there is one. Who does
    /// not administer the centre reads one sentence.
    pub async fn before_first_rating(context: &Context) -> PageResult<Option<Self>> {
        if context.app.stats.latest_day(&Scope::All).await?.is_some() {
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

fn steps(context: &Context, missing: [Option<(&'static str, usize)>; 5]) -> Vec<Step> {
    let step = |word: &str, links: &[(&str, &str)], missing: Option<(&str, usize)>| Step {
        title: context.text(&format!("admin-first-{word}-title")),
        missing: missing.map(|(word, count)| {
            let key = format!("admin-first-no-{word}");
            context.texts.with(&key, &[("count", &count.to_string())])
        }),
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
        let words = |one: &Furnishing| one.missing().map(|one| one.map(|(word, _)| word));
        let empty = Furnishing::default();
        let all = ["centre", "departments", "officers", "tablet-yet", "rating-yet"];
        assert_eq!(words(&empty), all.map(Some));
        let begun = Furnishing {
            is_described: true,
            departments: 3,
            counters: 5,
            officers: 4,
            unstaffed: 2,
            ..Furnishing::default()
        };
        let left = [Some("letterhead"), None, Some("usual"), Some("tablet"), Some("rating-yet")];
        assert_eq!(words(&begun), left);
        assert_eq!(begun.missing()[2], Some(("usual", 2)), "the counters without an officer");
        assert_eq!(begun.missing()[3], Some(("tablet", 5)), "the counters that wait for one");
        let signing_in = Furnishing { signs_in: true, ..begun };
        assert_eq!(words(&signing_in)[2], None, "people sign in at the tablet");
        let whole = Furnishing {
            has_letterhead: true,
            unstaffed: 0,
            tablets: 1,
            is_rated: true,
            ..signing_in
        };
        assert_eq!(words(&whole), [None; 5]);
    }
}
