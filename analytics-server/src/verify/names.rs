//! The ids of the codes that events use, as the database knows them.

use crate::projections::visit::{QuarantineReason, VisitPlace};
use crate::storage::officer_departments::DepartmentHistory;
use crate::storage::rows::Directory;
use crate::storage::{Store, StoreError};
use protocol::event::Shown;
use protocol::limits::CLOCK_SKEW_MS;
use std::collections::{HashMap, HashSet};

/// Counters and officers by their codes, and where officers were.
#[derive(Debug)]
pub(super) struct DirectoryIds {
    counters: HashMap<String, i64>,
    officers: HashMap<String, i64>,
    /// Which department an officer was in, since that is written down.
    history: DepartmentHistory,
    /// Departments that an officer was in before a change that the audit log tells.
    former: HashSet<(i64, i64)>,
    /// What a redaction puts in the place of what it takes away.
    pub(super) mark: String,
}

impl DirectoryIds {
    /// Those of a database.
    pub(super) async fn of(store: &Store) -> Result<Self, StoreError> {
        let directory = store.directory().await?;
        let counters = directory.counters.iter().map(|one| (one.code.clone(), one.id));
        let officers = directory.officers.iter().map(|one| (one.code.clone(), one.id));
        Ok(Self {
            counters: counters.collect(),
            officers: officers.collect(),
            history: store.department_history().await?,
            former: former(store, &directory).await?,
            mark: locales::texts("vi").get("records-redacted-mark"),
        })
    }

    /// Where a question was asked. Its department is compared apart: it is not in the event.
    pub(super) fn find(&self, shown: &Shown) -> Result<VisitPlace, QuarantineReason> {
        let unknown = || QuarantineReason::UnknownCounter(shown.counter.clone());
        let counter = *self.counters.get(&shown.counter).ok_or_else(unknown)?;
        let unknown = || QuarantineReason::UnknownOfficer(shown.officer.clone());
        let officer = *self.officers.get(&shown.officer).ok_or_else(unknown)?;
        Ok(VisitPlace { counter, officer, department: 0 })
    }

    /// Whether an officer was in a department when somebody was asked. A change is dated by our
    /// clock, the asking by one that may stand a little before it.
    pub(super) fn was_in(&self, officer: i64, department: i64, asked_at: i64) -> bool {
        let moments = [asked_at, asked_at.saturating_sub(CLOCK_SKEW_MS)];
        let first_change = self.history.first_change(officer).unwrap_or(i64::MAX);
        moments.iter().any(|at| self.history.at(officer, *at) == Some(department))
            // Of the time before departments were written down the audit log knows more.
            || (asked_at < first_change && self.former.contains(&(officer, department)))
    }
}

/// Where officers were before each change that the audit log tells.
async fn former(store: &Store, directory: &Directory) -> Result<HashSet<(i64, i64)>, StoreError> {
    let mut known = HashSet::new();
    for (subject, before) in store.officers_before().await? {
        let officer = subject.strip_prefix("officer ").and_then(|code| directory.officer(code));
        if let (Some(officer), Some(department)) = (officer, department_of(&before)) {
            known.insert((officer.id, department));
        }
    }
    Ok(known)
}

/// The department in a line of the audit log, which pages write as JSON and imports in our own way.
fn department_of(line: &str) -> Option<i64> {
    let (_, rest) = line.split_once("department")?;
    let digits = rest.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::department_of;

    #[test]
    fn the_department_of_a_line_is_read_in_both_forms() {
        let json = r#"{"id":4,"code":"CC1","department":12,"place":3}"#;
        assert_eq!(department_of(json), Some(12));
        let debug = "Officer { id: 4, code: \"CC1\", department: 7, counter: Some(3) }";
        assert_eq!(department_of(debug), Some(7));
        assert_eq!(department_of("{}"), None);
    }
}
