//! What a file of people says and would change. A file adds and describes anew; nobody is retired or
//! brought back by one, and how somebody signs in is no matter of files.
//!
//! It stands here and not in `import`, because `import` stands below `auth` in the order of rooms and must
//! not name how a person is read.

use super::Role;
use super::person::{Written, read};
use crate::import::header::{Column, ColumnContent};
use crate::import::kinds::{self, Spec};
use crate::import::lines::ListRow;
use crate::import::plan::{Plan, PlannedRow, RowOutcome};
use crate::storage::user_changes::Changed;
use crate::storage::users::{User, UserData};
use crate::storage::{Store, StoreError};
use locales::{Texts, languages_of};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The fields of a row, in the order of files. A file can do without parts and addresses; codes of
/// many departments have more letters than a word.
const FIELDS: [Spec; 6] = [
    ("name", true, ColumnContent::Word),
    ("full-name", true, ColumnContent::Text),
    ("role", true, ColumnContent::Word),
    ("departments", false, ColumnContent::Text),
    ("officer", false, ColumnContent::Code),
    ("email", false, ColumnContent::Text),
];
/// Names that roles had before, in small letters: files that were written then go on being read.
const EARLIER_NAMES: [(&str, Role); 5] = [
    ("quản trị", Role::Administrator),
    ("lãnh đạo", Role::Leader),
    ("phụ trách cơ quan", Role::Supervisor),
    ("công chức", Role::Officer),
    ("kiểm tra", Role::Auditor),
];
/// Between the codes of several departments.
const BETWEEN: [char; 2] = [';', ','];

/// The name of a column.
fn column(name: &str, texts: &Texts) -> String {
    texts.get(&format!("account-file-{name}"))
}

/// The columns of a file.
pub(crate) fn columns() -> Vec<Column> {
    kinds::columns(&FIELDS, column)
}

/// The names of the columns in a file that is taken away.
pub(crate) fn header(texts: &Texts) -> [String; 6] {
    FIELDS.map(|(name, ..)| column(name, texts))
}

/// A person as a row of a file, or of what a file changes: roles in the reader's words, everything
/// else by codes.
pub(crate) fn cells_of(one: &Written, texts: &Texts) -> [String; 6] {
    let role = Role::of_word(&one.role).map(|role| role.name(texts));
    [
        one.name.clone(),
        one.full_name.clone(),
        role.unwrap_or_else(|| one.role.clone()),
        one.departments.join("; "),
        one.officer.clone(),
        one.email.clone(),
    ]
}

/// The role of a cell, by its name in any language, by one that it had before, or by its word.
fn role(cell: &str) -> String {
    let small = cell.to_lowercase();
    let known = Role::ALL.into_iter().find(|role| {
        let named = |code: &str| role.name(locales::texts(code)).to_lowercase();
        role.word() == cell || languages_of("pages").any(|code| named(code) == small)
    });
    let earlier = || EARLIER_NAMES.iter().find(|(name, _)| *name == small).map(|(_, role)| *role);
    known.or_else(earlier).map_or_else(|| cell.to_owned(), |role| role.word().to_owned())
}

/// A person who is added or described anew.
#[derive(Serialize)]
pub(crate) struct PersonChange {
    /// Id and description as they were read; none: somebody new.
    pub before: Option<(i64, UserData)>,
    pub after: UserData,
}

/// A row as the form of a person would have it; what the file has no column for stays as it `was`.
fn written(row: &ListRow, was: &Written) -> Written {
    let codes = |text: String| {
        let codes = text.split(BETWEEN).map(|code| code.trim().to_owned());
        codes.filter(|code| !code.is_empty()).collect()
    };
    Written {
        name: row.text(0).unwrap_or_default(),
        full_name: row.text(1).unwrap_or_default(),
        role: role(row.text(2).unwrap_or_default().trim()),
        departments: row.text(3).map_or_else(|| was.departments.clone(), codes),
        officer: row.text(4).unwrap_or_else(|| was.officer.clone()),
        email: row.text(5).unwrap_or_else(|| was.email.clone()),
        language: was.language.clone(),
    }
}

/// What rows would change of what is stored.
pub(crate) async fn plan(
    store: &Store,
    rows: &[ListRow],
    texts: &Texts,
) -> Result<Plan<Vec<PersonChange>>, StoreError> {
    let (users, directory) = (store.users().await?, store.directory().await?);
    let known: HashMap<&str, &User> = users.iter().map(|one| (one.name.as_str(), one)).collect();
    let (mut names, mut plan) = (HashSet::new(), Plan { rows: Vec::new(), work: Vec::new() });
    for row in rows {
        let key = row.text(0).unwrap_or_default().trim().to_lowercase();
        let user = known.get(key.as_str()).copied();
        let was = user.map(|user| Written::of(user, &directory)).unwrap_or_default();
        let is = written(row, &was);
        let outcome = if let Some(why) = &row.refusal {
            RowOutcome::Faulty(why.clone())
        } else if !names.insert(key) {
            RowOutcome::Faulty(texts.get("admin-row-twice"))
        } else {
            match read(&is, &directory) {
                Err(error) => {
                    RowOutcome::Faulty(texts.get(&format!("account-fault-{}", error.word())))
                }
                Ok(after) if user.is_some_and(|user| user.data() == after) => RowOutcome::Same,
                Ok(after) => {
                    let before = user.map(|user| (user.id, user.data()));
                    plan.work.push(PersonChange { before, after });
                    user.map_or(RowOutcome::New, |_| RowOutcome::Changed(changes(&was, &is, texts)))
                }
            }
        };
        plan.rows.push(PlannedRow::new(row, &is.name, &is.full_name, outcome));
    }
    Ok(plan)
}

/// Label, before, after of what differs.
fn changes(was: &Written, is: &Written, texts: &Texts) -> Vec<(String, String, String)> {
    let (before, after) = (cells_of(was, texts), cells_of(is, texts));
    let both = header(texts).into_iter().zip(before).zip(after);
    let all = both.map(|((name, before), after)| (name, before, after));
    all.filter(|(_, before, after)| before != after).collect()
}

/// Stores one person after the other. Where one can not be stored it ends there with what became of
/// them, and the file, read again, changes what is left.
pub(crate) async fn carry_out(
    store: &Store,
    work: &[PersonChange],
    actor: &str,
    now: i64,
) -> Result<Changed, StoreError> {
    for PersonChange { before, after } in work {
        let changed = match before {
            Some((id, before)) => store.change_user(*id, before, after, actor, now).await?,
            None if store.add_user(after, actor, now).await?.is_some() => Changed::Done,
            None => Changed::Stale,
        };
        if changed != Changed::Done {
            return Ok(changed);
        }
    }
    Ok(Changed::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_name_in_any_language_and_by_its_earlier_one() {
        for (cell, word) in [
            ("supervisor", "supervisor"),
            ("Quản lý cơ quan", "supervisor"),
            ("công chức, viên chức", "officer"),
            ("Auditor", "auditor"),
            ("Quản trị", "administrator"),
            ("lãnh đạo", "leader"),
            ("Phụ trách cơ quan", "supervisor"),
            ("Công chức", "officer"),
            ("Kiểm tra", "auditor"),
            ("Giám đốc", "Giám đốc"),
            ("", ""),
        ] {
            assert_eq!(role(cell), word, "{cell}");
        }
    }
}
