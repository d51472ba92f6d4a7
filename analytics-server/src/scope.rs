//! The part of the centre a person may see. What lies outside is not there for them: it is neither
//! counted nor named, and asking for it by its address gets the same answer as asking for nothing.

use crate::storage::rows::{Counter, Directory, Officer};
use crate::storage::sites::Sites;
use crate::storage::users::{Role, User};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The part of the centre a person may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    All,
    /// These departments, by id.
    Departments(BTreeSet<i64>),
    /// One officer, by id; none: an account that names nobody sees nothing.
    Officer(Option<i64>),
}

/// Departments, officers and counters with visits within a part of the centre, by ids of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    /// Officers who served there.
    pub officers: BTreeSet<i64>,
    /// Counters where it was served.
    pub counters: BTreeSet<i64>,
    /// Procedures that were served.
    pub procedures: BTreeSet<i64>,
}

impl Scope {
    /// What a person may see.
    pub fn of(user: &User) -> Self {
        match user.role {
            Role::Administrator | Role::Leader | Role::Auditor => Self::All,
            Role::Supervisor => Self::Departments(user.departments.clone()),
            Role::Officer => Self::Officer(user.officer),
        }
    }

    /// Whether a department is inside.
    pub fn has_department(&self, department: i64) -> bool {
        match self {
            Self::All => true,
            Self::Departments(own) => own.contains(&department),
            Self::Officer(_) => false,
        }
    }

    /// Whether an officer is inside.
    pub fn has_officer(&self, officer: &Officer) -> bool {
        match self {
            Self::Officer(own) => *own == Some(officer.id),
            _ => self.has_department(officer.department),
        }
    }

    /// Whether a counter is inside.
    pub fn has_counter(&self, counter: &Counter) -> bool {
        self.has_department(counter.department)
    }

    /// The directory as this person sees it: what belongs to their part now.
    pub fn narrow(&self, directory: Arc<Directory>) -> Arc<Directory> {
        self.narrow_with(directory, &Rated::default())
    }

    /// The same, together with what has visits in their part but belongs to another one now: an officer
    /// who has moved, a counter of a neighbour. People who may open these visits read the names there.
    pub fn narrow_with(&self, directory: Arc<Directory>, rated: &Rated) -> Arc<Directory> {
        if *self == Self::All {
            return directory;
        }
        Arc::new(Directory {
            departments: some(&directory.departments, |one| self.has_department(one.id)),
            counters: some(&directory.counters, |one| {
                self.has_counter(one) || rated.counters.contains(&one.id)
            }),
            officers: some(&directory.officers, |one| {
                self.has_officer(one) || rated.officers.contains(&one.id)
            }),
            procedures: some(&directory.procedures, |one| {
                self.has_department(one.department) || rated.procedures.contains(&one.id)
            }),
            retired: directory.retired.clone(),
        })
    }

    /// The sites as this person sees them: those where a counter of `directory` stands, which is
    /// narrowed already.
    pub fn narrow_sites(&self, mut sites: Sites, directory: &Directory) -> Sites {
        if *self != Self::All {
            let own = |counter: i64| directory.counters.iter().any(|one| one.id == counter);
            sites.counters.retain(|(counter, _)| own(*counter));
            let Sites { sites: named, counters } = &mut sites;
            named.retain(|site| counters.iter().any(|(_, at)| *at == site.id));
        }
        sites
    }
}

fn some<T: Clone>(all: &[T], may: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|one| may(one)).cloned().collect()
}
