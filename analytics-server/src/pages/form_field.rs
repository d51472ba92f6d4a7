//! The fields of the administration's forms as pages show them.

use crate::import::fields::Typed;
use crate::pages::context::Context;
use crate::pages::forms::mark_of;
use crate::storage::register::Entry;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is wrong, by field.
pub(super) type FieldErrors = BTreeMap<String, String>;

/// One of several things to choose.
pub(super) struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// One field of a form.
pub(super) struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    /// Type of the input.
    pub kind: &'static str,
    /// Letters that the browser lets one type.
    pub limit: usize,
    pub choices: Vec<Choice>,
    pub error: Option<String>,
    /// Shown, not to be changed.
    pub fixed: bool,
}

impl Field {
    /// A field of one line.
    pub fn line(name: &str, label: String, value: String, limit: usize) -> Self {
        Self {
            name: name.to_owned(),
            label,
            hint: None,
            value,
            kind: "text",
            limit,
            choices: Vec::new(),
            error: None,
            fixed: false,
        }
    }
}

/// What the fields of a form are made from.
pub(super) struct FieldValues<'a> {
    pub context: &'a Context,
    pub typed: &'a Typed,
    pub errors: &'a FieldErrors,
}

impl FieldValues<'_> {
    /// The value of a field.
    pub fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    /// A field of one line; `key` is that of its label.
    pub fn line(&self, name: &str, key: &str, limit: usize) -> Field {
        let field = Field::line(name, self.context.text(key), self.value(name), limit);
        Field { error: self.errors.get(name).cloned(), ..field }
    }

    /// A box to tick.
    pub fn tick(&self, name: String, label: String) -> Choice {
        Choice { chosen: self.value(&name) == "yes", name: label, value: name }
    }
}

/// The entries that can be chosen, after the choice of none: those in use, and the chosen one.
pub(super) fn entry_choices(entries: &[Entry], chosen: &str, none: String) -> Vec<Choice> {
    let none = Choice { value: String::new(), name: none, chosen: chosen.is_empty() };
    let offered = entries.iter().filter(|one| one.retired_at.is_none() || one.code == chosen);
    let offered = offered.map(|one| Choice {
        value: one.code.clone(),
        name: named(one),
        chosen: one.code == chosen,
    });
    std::iter::once(none).chain(offered).collect()
}

/// Code and name of an entry.
pub(super) fn named(entry: &Entry) -> String {
    format!("{} · {}", entry.code, entry.name)
}

/// Whether a form was made from what is stored now: the mark that it carries in a field tells.
pub(super) fn is_current(typed: &Typed, field: &str, stored: &impl Serialize) -> bool {
    typed.get(field).is_some_and(|mark| *mark == mark_of(stored))
}
