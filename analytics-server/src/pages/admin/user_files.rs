//! People as files: those who are listed taken along, and a file read in, looked at before it is
//! stored. A file adds and describes anew; nobody is retired or brought back by one, and how
//! somebody signs in is no matter of files.

use super::file_import::{Change, ImportList, Subject, shortened};
use crate::auth::Role;
use crate::auth::person::{Written, read};
use crate::import::header::{Column, Holds};
use crate::import::kinds::names;
use crate::import::lines::ListRow;
use crate::import::plan::{Fate, Planned};
use crate::pages::accounts::{find_users, state_key, written_of};
use crate::pages::forms::{LenientQuery, mark_of};
use crate::pages::list_file::list_file;
use crate::pages::prelude::*;
use crate::storage::rows::Directory;
use crate::storage::user_changes::Changed;
use crate::storage::users::{User, UserData};
use locales::languages_of;
use std::collections::{HashMap, HashSet};

/// Where they are.
const PATH: &str = "/admin/users";
/// The fields of a row, in the order of files.
const FIELDS: [&str; 6] = ["name", "full-name", "role", "departments", "officer", "email"];
/// Between the codes of several departments.
const BETWEEN: [char; 2] = [';', ','];

/// The fields of the address of a file.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileQuery {
    q: String,
    format: String,
}

/// The name of a column.
fn column(name: &str, texts: &Texts) -> String {
    texts.get(&format!("account-file-{name}"))
}

/// A person as a row of a file, or of what a file changes: roles in the reader's words, everything
/// else by codes.
fn cells_of(one: &Written, texts: &Texts) -> [String; 6] {
    let role = Role::of_word(&one.role).map(|role| role_name(role, texts));
    [
        one.name.clone(),
        one.full_name.clone(),
        role.unwrap_or_else(|| one.role.clone()),
        one.departments.join("; "),
        one.officer.clone(),
        one.email.clone(),
    ]
}

fn role_name(role: Role, texts: &Texts) -> String {
    texts.get(&format!("account-role-{}", role.word()))
}

/// The role of a cell, by its name in any language or by its word.
fn role(cell: &str) -> String {
    let known = Role::ALL.into_iter().find(|role| {
        let named = |code: &str| role_name(*role, locales::texts(code)).to_lowercase();
        role.word() == cell || languages_of("pages").any(|code| named(code) == cell.to_lowercase())
    });
    known.map_or_else(|| cell.to_owned(), |role| role.word().to_owned())
}

/// `GET /admin/users/download`.
pub(super) async fn download(
    context: Context,
    LenientQuery(query): LenientQuery<FileQuery>,
) -> PageResult {
    let directory = context.app.store.directory().await?;
    let mut header: Vec<String> = FIELDS.map(|name| column(name, context.texts)).into();
    header.push(context.text("account-state"));
    let users = find_users(&context.app.store, &query.q).await?;
    let rows = users.into_iter().map(|user| {
        let cells = cells_of(&written_of(&user, &directory), context.texts);
        cells.into_iter().chain([context.text(state_key(&user))]).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    list_file("nguoi-dung", &query.format, &header, &rows)
}

/// The list of people.
#[derive(Default)]
pub(super) struct Users;

impl ImportList for Users {
    /// Who it is about, none for somebody new, and how they would be described.
    type Work = Vec<(Option<User>, UserData)>;

    fn subject(&self, context: &Context) -> Subject {
        let columns = FIELDS.map(|name| column(name, locales::texts("vi")));
        let roles = Role::ALL.map(|role| role_name(role, context.texts)).join(", ");
        Subject {
            path: PATH.to_owned(),
            title: context.text("account-people"),
            columns: columns.join(", "),
            note: context.texts.with("account-file-note", &[("roles", &roles)]),
            sample: format!("{PATH}/download?format=xlsx"),
            heads: ["account-name", "account-full-name"].map(|key| context.text(key)),
        }
    }

    /// A file can do without the columns of parts and addresses.
    fn columns(&self) -> Vec<Column> {
        let one = |(at, name): (usize, &&str)| {
            let holds = match *name {
                "full-name" => Holds::Text,
                "officer" => Holds::Code,
                _ => Holds::Word,
            };
            // Codes of many departments have more letters than a word.
            let holds = if matches!(*name, "departments" | "email") { Holds::Text } else { holds };
            Column::new(names(|texts| column(name, texts)), at < 3, holds)
        };
        FIELDS.iter().enumerate().map(one).collect()
    }

    async fn change(&self, context: &Context, rows: &[ListRow]) -> PageResult<Change<Self::Work>> {
        let store = &context.app.store;
        let (users, directory) = (store.users().await?, store.directory().await?);
        Ok(plan(context.texts, &users, &directory, rows))
    }

    /// One person after the other. Where somebody else changes one meanwhile it ends there, and
    /// the file, read again, changes what is left.
    async fn carry_out(
        &self,
        context: &Context,
        work: Self::Work,
    ) -> PageResult<Result<(), &'static str>> {
        let store = &context.app.store;
        let (actor, now) = (context.viewer.actor(), context.now());
        for (user, data) in &work {
            let changed = match user {
                None => match store.add_user(data, &actor, now).await? {
                    Some(_) => Changed::Done,
                    None => Changed::Stale,
                },
                Some(user) => store.change_user(user.id, &user.data(), data, &actor, now).await?,
            };
            match changed {
                Changed::Done => {}
                Changed::LastAdministrator => return Ok(Err("account-fault-last")),
                Changed::Missing | Changed::Stale => return Ok(Err("account-import-rest")),
            }
        }
        Ok(Ok(()))
    }
}

fn plan(
    texts: &Texts,
    users: &[User],
    directory: &Directory,
    rows: &[ListRow],
) -> Change<Vec<(Option<User>, UserData)>> {
    let known: HashMap<&str, &User> = users.iter().map(|one| (one.name.as_str(), one)).collect();
    let (mut names, mut planned, mut work) = (HashSet::new(), Vec::new(), Vec::new());
    for row in rows {
        let text = |at: usize| row.text(at);
        let (name, full_name) = (text(0).unwrap_or_default(), text(1).unwrap_or_default());
        let user = known.get(name.trim().to_lowercase().as_str()).copied();
        let was = user.map(|user| written_of(user, directory)).unwrap_or_default();
        let codes = |text: String| {
            let codes = text.split(BETWEEN).map(|code| code.trim().to_owned());
            codes.filter(|code| !code.is_empty()).collect()
        };
        let is = Written {
            name: name.clone(),
            full_name: full_name.clone(),
            role: role(text(2).unwrap_or_default().trim()),
            departments: text(3).map_or_else(|| was.departments.clone(), codes),
            officer: text(4).unwrap_or_else(|| was.officer.clone()),
            email: text(5).unwrap_or_else(|| was.email.clone()),
            language: was.language.clone(),
        };
        let fate = if let Some(why) = &row.refusal {
            Fate::Faulty(why.clone())
        } else if !names.insert(name.trim().to_lowercase()) {
            Fate::Faulty(texts.get("admin-row-twice"))
        } else {
            match read(&is, directory) {
                Err(error) => Fate::Faulty(texts.get(&format!("account-fault-{}", error.word()))),
                Ok(data) if user.is_some_and(|user| user.data() == data) => Fate::Same,
                Ok(data) => {
                    work.push((user.cloned(), data));
                    user.map_or(Fate::New, |_| Fate::Changed(changes(&was, &is, texts)))
                }
            }
        };
        let (code, name) = (shortened(&name), shortened(&full_name));
        planned.push(Planned { line: row.line, last: row.last, code, name, fate });
    }
    let changes = work.iter().map(|(user, data)| (user.as_ref().map(User::data), data));
    let mark = mark_of(&changes.collect::<Vec<_>>());
    Change { rows: planned, mark, steps: work.len(), work }
}

/// Label, before, after of what differs.
fn changes(was: &Written, is: &Written, texts: &Texts) -> Vec<(String, String, String)> {
    let (before, after) = (cells_of(was, texts), cells_of(is, texts));
    let both = before.into_iter().zip(after).zip(FIELDS);
    let differ = both.filter(|((before, after), _)| before != after);
    differ.map(|((before, after), name)| (column(name, texts), before, after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_name_in_any_language() {
        for (cell, word) in [
            ("supervisor", "supervisor"),
            ("Phụ trách cơ quan", "supervisor"),
            ("lãnh đạo", "leader"),
            ("Auditor", "auditor"),
            ("Giám đốc", "Giám đốc"),
            ("", ""),
        ] {
            assert_eq!(role(cell), word, "{cell}");
        }
    }
}
