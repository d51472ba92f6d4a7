//! Which ratings are counted: a period, and a filter within it. The one place where a person's scope
//! limits figures: no query of theirs counts anything outside of it.

use crate::scope::Scope;
use crate::storage::sites::Sites;
use crate::storage::visit_filter::VisitFilter;
use reports::figures::Period;
use std::collections::BTreeSet;

/// Which ratings are asked about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slice {
    /// Of which days.
    pub period: Period,
    /// Which of them.
    pub filter: Filter,
}

impl Slice {
    /// All ratings of a period.
    pub fn whole(period: Period) -> Self {
        Self { period, filter: Filter::default() }
    }
}

impl From<&Slice> for Slice {
    fn from(slice: &Slice) -> Self {
        slice.clone()
    }
}

impl From<&Period> for Slice {
    fn from(period: &Period) -> Self {
        Self::whole(period.clone())
    }
}

/// Which ratings of a period, by ids of the database. What is none narrows nothing; what is not
/// there gives figures without ratings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Officers of these departments; an empty set counts nothing.
    pub departments: Option<BTreeSet<i64>>,
    /// Counters of this site.
    pub site: Option<i64>,
    /// One officer.
    pub officer: Option<i64>,
    /// One counter.
    pub counter: Option<i64>,
    /// Dossiers of one procedure.
    pub procedure: Option<i64>,
    /// 1 receive, 2 return, 0 not stated.
    pub stage: Option<u8>,
    /// Dossiers that came through one channel, 1 to 4; 0 not known.
    pub channel: Option<u8>,
}

impl Filter {
    /// The same, but nothing outside `scope`.
    #[must_use]
    pub fn within(self, scope: &Scope) -> Self {
        match scope {
            Scope::All => self,
            Scope::Departments(own) => {
                let departments = match &self.departments {
                    None => own.clone(),
                    Some(asked) => asked.intersection(own).copied().collect(),
                };
                Self { departments: Some(departments), ..self }
            }
            Scope::Officer(Some(own)) if self.officer.is_none_or(|asked| asked == *own) => {
                Self { officer: Some(*own), ..self }
            }
            Scope::Officer(_) => Self { departments: Some(BTreeSet::new()), ..self },
        }
    }

    /// The visits that it counts, asked between two moments, with those that were ruled out.
    pub fn visits(&self, sites: &Sites, (from, until): (i64, i64)) -> VisitFilter {
        VisitFilter {
            departments: self.departments.clone(),
            counters: self.counters(sites),
            officer: self.officer,
            procedure: self.procedure,
            stage: self.stage,
            channel: self.channel,
            from: Some(from),
            until: Some(until),
            ..VisitFilter::default()
        }
    }

    /// Whether the queue's numbers say something about it: a ticket knows its counter and no more.
    pub(super) fn is_of_counters(&self) -> bool {
        self.officer.is_none()
            && self.procedure.is_none()
            && self.stage.is_none()
            && self.channel.is_none()
    }

    /// The counters that are left by the counter and the site of this; none: all of them.
    pub fn counters(&self, sites: &Sites) -> Option<BTreeSet<i64>> {
        let there = self.site.map(|site| {
            let there = sites.counters.iter().filter(|(_, at)| *at == site);
            there.map(|(counter, _)| *counter).collect::<BTreeSet<_>>()
        });
        match (self.counter, there) {
            (None, there) => there,
            (Some(one), None) => Some([one].into()),
            (Some(one), Some(there)) => Some(there.into_iter().filter(|at| *at == one).collect()),
        }
    }

    /// The filter in terms of the columns; `sites` tells the counters of a site.
    pub(super) fn row_filter(&self, sites: &Sites) -> RowFilter {
        let id = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
        let counters = self.counters(sites).map(|all| all.into_iter().map(id).collect());
        RowFilter {
            departments: self
                .departments
                .as_ref()
                .map(|all| all.iter().map(|one| id(*one)).collect()),
            counters,
            officer: self.officer.map(id),
            procedure: self.procedure.map(id),
            stage: self.stage,
            channel: self.channel,
        }
    }
}

/// A filter in terms of the columns alone, and the key under which counts are cached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RowFilter {
    pub(super) departments: Option<BTreeSet<u32>>,
    pub(super) counters: Option<BTreeSet<u32>>,
    pub(super) officer: Option<u32>,
    pub(super) procedure: Option<u32>,
    pub(super) stage: Option<u8>,
    pub(super) channel: Option<u8>,
}
