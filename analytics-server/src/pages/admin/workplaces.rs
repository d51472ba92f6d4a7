//! Counters and officers, of whom a tablet's post and an entry of the roster name some.

use crate::pages::prelude::*;
use crate::storage::register::{Entry, Noun};

/// All counters and officers, also retired ones.
pub(super) struct Workplaces {
    pub counters: Vec<Entry>,
    pub officers: Vec<Entry>,
}

impl Workplaces {
    /// As they are now.
    pub async fn of(context: &Context) -> PageResult<Self> {
        let store = &context.app.store;
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

    /// The id of a counter's code. What is retired is as good as not there.
    pub fn counter_id(&self, code: &str) -> Option<i64> {
        id_in_use(&self.counters, code)
    }

    /// The id of an officer's code. Who is retired is as good as not there.
    pub fn officer_id(&self, code: &str) -> Option<i64> {
        id_in_use(&self.officers, code)
    }
}

fn id_in_use(entries: &[Entry], code: &str) -> Option<i64> {
    entries.iter().find(|one| one.code == code && one.retired_at.is_none()).map(|one| one.id)
}

/// The code of an entry; empty where there is none.
pub(super) fn code(entry: Option<&Entry>) -> String {
    entry.map(|one| one.code.clone()).unwrap_or_default()
}

/// The name of an entry; empty where there is none.
pub(super) fn name(entry: Option<&Entry>) -> String {
    entry.map(|one| one.name.clone()).unwrap_or_default()
}
