//! Counters and officers, of whom a tablet's post and an entry of the roster name some.

use crate::storage::register::{Entry, Noun};
use crate::storage::{Store, StoreError};

/// All counters and officers, also retired ones.
pub struct Workplaces {
    /// By code.
    pub counters: Vec<Entry>,
    /// By code.
    pub officers: Vec<Entry>,
}

impl Workplaces {
    /// Reads all of them.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let counters = store.entries(Noun::Counter).await?;
        Ok(Self { counters, officers: store.entries(Noun::Officer).await? })
    }

    /// The counter of an id.
    pub fn counter(&self, id: i64) -> Option<&Entry> {
        self.counters.iter().find(|one| one.id == id)
    }

    /// The officer of an id.
    pub fn officer(&self, id: i64) -> Option<&Entry> {
        self.officers.iter().find(|one| one.id == id)
    }

    /// Who serves and has a counter as their own, by code. A tablet there asks about the first of them.
    pub fn usual_officers(&self, counter: i64) -> Vec<&Entry> {
        usual_officers(&self.officers, counter)
    }

    /// The id of a counter's code; none where it is retired.
    pub fn counter_id(&self, code: &str) -> Option<i64> {
        id_in_use(&self.counters, code)
    }

    /// The id of an officer's code; none where they are retired.
    pub fn officer_id(&self, code: &str) -> Option<i64> {
        id_in_use(&self.officers, code)
    }
}

/// Those of all officers who serve and have a counter as their own, by code.
pub fn usual_officers(officers: &[Entry], counter: i64) -> Vec<&Entry> {
    let own = |one: &&Entry| one.place == Some(counter) && one.retired_at.is_none();
    let mut usual: Vec<&Entry> = officers.iter().filter(own).collect();
    // As the server chooses for the tablet, whatever order the database has for codes.
    usual.sort_by(|one, other| one.code.cmp(&other.code));
    usual
}

fn id_in_use(entries: &[Entry], code: &str) -> Option<i64> {
    entries.iter().find(|one| one.code == code && one.retired_at.is_none()).map(|one| one.id)
}

/// The code of an entry; empty where there is none.
pub fn code(entry: Option<&Entry>) -> String {
    entry.map(|one| one.code.clone()).unwrap_or_default()
}

/// The name of an entry; empty where there is none.
pub fn name(entry: Option<&Entry>) -> String {
    entry.map(|one| one.name.clone()).unwrap_or_default()
}
