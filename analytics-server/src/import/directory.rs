//! Rows of departments, counters, officers and procedures. A code may stand once in a file; what it
//! names must have been imported before.

use super::outcome::Reason;
use super::pour::Reader;
use super::table::Cells;
use super::words::{number, short};
use crate::storage::rows::{Counter, Department, Directory, Officer, Procedure, Put};
use crate::storage::{Store, StoreError};
use std::collections::HashMap;
use std::sync::Arc;

/// Letters of a code; the longest known one, of a procedure, has twelve.
pub(super) const CODE: usize = 64;
/// Letters of a name; the longest title of a procedure on the national list has under 300.
const NAME: usize = 500;
/// Most working days the law could give: ten years.
const WORKING_DAYS: u32 = 3_650;

/// What the rows of this file refer to and which codes stood above.
pub(super) struct Known<T> {
    directory: Arc<Directory>,
    seen: HashMap<String, T>,
    /// Now, in milliseconds since 1970, for the audit log.
    now: i64,
}

impl<T: Clone + PartialEq> Known<T> {
    /// Rows that refer to `directory`.
    pub fn new(directory: Arc<Directory>, now: i64) -> Self {
        Self { directory, seen: HashMap::new(), now }
    }

    /// The row, unless its code stands above.
    fn once(&mut self, code: &str, row: T) -> Result<Option<T>, Reason> {
        match self.seen.get(code) {
            None => {
                self.seen.insert(code.to_owned(), row.clone());
                Ok(Some(row))
            }
            Some(above) if *above == row => Ok(None),
            Some(_) => Err(Reason::Twice { code: short(code) }),
        }
    }

    fn department(&self, code: &str) -> Result<i64, Reason> {
        let found = self.directory.department(code).map(|one| one.id);
        found.ok_or_else(|| Reason::Unknown { what: "department", code: short(code) })
    }
}

impl Reader for Known<Department> {
    type Row = Department;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Department>, Reason> {
        let code = cells.required(0, CODE)?;
        let prefix = cells.optional(2, CODE)?;
        let row = Department {
            id: 0,
            code: code.to_owned(),
            name: cells.required(1, NAME)?.to_owned(),
            ticket_prefix: (!prefix.is_empty()).then(|| prefix.to_owned()),
        };
        self.once(code, row)
    }

    async fn put(&self, store: &Store, rows: &[Department]) -> Result<Vec<Put>, StoreError> {
        store.put_departments(rows, self.now).await
    }
}

impl Reader for Known<Counter> {
    type Row = Counter;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Counter>, Reason> {
        let code = cells.required(0, CODE)?;
        let row = Counter {
            id: 0,
            code: code.to_owned(),
            name: cells.required(1, NAME)?.to_owned(),
            department: self.department(cells.required(2, CODE)?)?,
        };
        self.once(code, row)
    }

    async fn put(&self, store: &Store, rows: &[Counter]) -> Result<Vec<Put>, StoreError> {
        store.put_counters(rows, self.now).await
    }
}

impl Reader for Known<Officer> {
    type Row = Officer;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Officer>, Reason> {
        let code = cells.required(0, CODE)?;
        let counter = match cells.optional(4, CODE)? {
            "" => None,
            code => {
                let found = self.directory.counter(code).map(|one| one.id);
                let unknown = || Reason::Unknown { what: "counter", code: short(code) };
                Some(found.ok_or_else(unknown)?)
            }
        };
        let row = Officer {
            id: 0,
            code: code.to_owned(),
            name: cells.required(1, NAME)?.to_owned(),
            title: cells.optional(2, NAME)?.to_owned(),
            department: self.department(cells.required(3, CODE)?)?,
            counter,
        };
        self.once(code, row)
    }

    async fn put(&self, store: &Store, rows: &[Officer]) -> Result<Vec<Put>, StoreError> {
        store.put_officers(rows, self.now).await
    }
}

impl Reader for Known<Procedure> {
    type Row = Procedure;

    fn read(&mut self, cells: &Cells<'_>) -> Result<Option<Procedure>, Reason> {
        let code = cells.required(0, CODE)?;
        let days = cells.required(4, CODE)?;
        let working_days = number(days, 1..=4)
            .filter(|days| *days <= WORKING_DAYS)
            .ok_or_else(|| Reason::Days { word: short(days) })?;
        let row = Procedure {
            id: 0,
            code: code.to_owned(),
            name: cells.required(1, NAME)?.to_owned(),
            field: cells.required(2, NAME)?.to_owned(),
            department: self.department(cells.required(3, CODE)?)?,
            working_days: i64::from(working_days),
        };
        self.once(code, row)
    }

    async fn put(&self, store: &Store, rows: &[Procedure]) -> Result<Vec<Put>, StoreError> {
        store.put_procedures(rows, self.now).await
    }
}
