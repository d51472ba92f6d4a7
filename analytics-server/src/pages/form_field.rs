//! The fields of the administration's forms as pages show them.

pub(super) use super::choices::Choice;
use super::choices::{SELECTED, code_meant, code_part};
use crate::form_reader::{FieldErrors, FormValues};
use crate::pages::forms::mark_of;
use crate::storage::register::Entry;
use locales::Texts;
use serde::Serialize;

/// One field of a form.
pub(super) struct Field {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    /// Type of the input; `ticks` and `levels`: boxes to tick, below or beside one another; `entry`: a
    /// select, or a line with suggestions where the choices are too many for one.
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

    /// Makes a field one to choose an entry from. Where there are many the field is a line to type a
    /// code or a name into, which [`resolve_entry`] reads.
    #[must_use]
    pub fn entry(mut self, choices: Vec<Choice>, texts: &Texts) -> Self {
        self.kind = "entry";
        self.choices = choices;
        if self.is_long() {
            let how = texts.get("admin-entry-hint");
            self.hint = Some(self.hint.map_or_else(|| how.clone(), |hint| format!("{hint} {how}")));
        }
        self
    }

    /// Whether it is a line with suggestions, since its choices are too many for a select. One of them may
    /// be retired and only stand there because it is chosen.
    pub fn is_long(&self) -> bool {
        let entries = self.choices.iter().filter(|one| !one.value.is_empty());
        self.kind == "entry" && entries.count() > SELECTED + 1
    }

    /// What stands in the line: the chosen entry, or what was typed.
    pub fn shown(&self) -> &str {
        let chosen = self.choices.iter().find(|one| one.chosen && !one.value.is_empty());
        chosen.map_or(&self.value, |one| &one.name)
    }

    /// One that can not be changed.
    pub fn fixed(name: &str, label: String, value: String) -> Self {
        Self { fixed: true, ..Self::line(name, label, value, 0) }
    }
}

/// What the fields of a form are made from.
pub(super) struct FormFields<'a> {
    pub texts: &'a Texts,
    /// The key of the label that belongs to a word.
    pub key: fn(&str) -> String,
    pub typed: &'a FormValues,
    pub errors: &'a FieldErrors,
}

impl FormFields<'_> {
    /// What was typed or is stored.
    pub fn value(&self, name: &str) -> String {
        self.typed.get(name).cloned().unwrap_or_default()
    }

    /// A field of one line whose label has the key of its name.
    pub fn field(&self, name: &str, limit: usize) -> Field {
        self.labelled(name, name, limit)
    }

    /// A field of one line whose label has the key of another word.
    pub fn labelled(&self, name: &str, word: &str, limit: usize) -> Field {
        let label = self.texts.get(&(self.key)(word));
        let error = self.errors.get(name).cloned();
        Field { error, ..Field::line(name, label, self.value(name), limit) }
    }

    /// The same with a hint below.
    pub fn hinted(&self, name: &str, limit: usize) -> Field {
        let hint = self.texts.get(&(self.key)(&(name.to_owned() + "-hint")));
        Field { hint: Some(hint), ..self.field(name, limit) }
    }

    /// Makes a field one to choose one of some words from, each with its key; `none` is the key of the
    /// choice of nothing.
    pub fn choose(
        &self,
        field: Field,
        none: Option<&str>,
        words: &[&str],
        key: impl Fn(&str) -> String,
    ) -> Field {
        let name = |word: &str| self.texts.get(&key(&word.replace('_', "-")));
        let none = none.map(|key| choice("", self.texts.get(key), &field.value));
        let words = words.iter().map(|&word| choice(word, name(word), &field.value));
        Field { choices: none.into_iter().chain(words).collect(), ..field }
    }

    /// Makes a field one to choose an entry from; `none` is the key of the choice of none.
    pub fn entries(&self, field: Field, none: &str, entries: &[Entry]) -> Field {
        let choices = entry_choices(entries, &field.value, self.texts.get(none));
        Field { choices, ..field }
    }

    /// The same, where the entries may be too many for a select.
    pub fn entry(&self, field: Field, none: &str, entries: &[Entry]) -> Field {
        let choices = entry_choices(entries, &field.value, self.texts.get(none));
        field.entry(choices, self.texts)
    }

    /// Makes a field a group of boxes, each a field of its own with its label.
    pub fn ticks(&self, group: Field, boxes: impl Iterator<Item = (String, String)>) -> Field {
        let boxes = boxes.map(|(name, label)| {
            let chosen = self.value(&name) == "yes";
            Choice { value: name, name: label, chosen }
        });
        Field { kind: "ticks", choices: boxes.collect(), ..group }
    }
}

fn choice(value: &str, name: String, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), name, chosen: value == chosen }
}

/// The entries that can be chosen, after the choice of none: those in use, and the chosen one.
pub(super) fn entry_choices(entries: &[Entry], chosen: &str, none: String) -> Vec<Choice> {
    let offered = entries.iter().filter(|one| one.retired_at.is_none() || one.code == chosen);
    let offered = offered.map(|one| choice(&one.code, one.named(), chosen));
    std::iter::once(choice("", none, chosen)).chain(offered).collect()
}

/// Puts the code of the entry that is meant in the place of what was typed into a field of entries; the
/// sentence of why not, where several fit. A code stays as it is, also one that is retired.
pub(super) fn resolve_entry(
    typed: &mut FormValues,
    field: &str,
    entries: &[Entry],
    texts: &Texts,
) -> Option<String> {
    let text = typed.get(field)?.trim().to_owned();
    let code = code_part(&text);
    if text.is_empty() || entries.iter().any(|one| one.code == code) {
        typed.insert(field.to_owned(), code.to_owned());
        return None;
    }
    let in_use = entries.iter().filter(|one| one.retired_at.is_none());
    let in_use: Vec<_> = in_use.map(|one| (one.code.as_str(), one.name.as_str())).collect();
    match code_meant(&text, &in_use, texts) {
        Ok(code) => {
            typed.insert(field.to_owned(), code);
            None
        }
        Err(sentence) => Some(sentence),
    }
}

/// Whether a form was made from what is stored now: the mark that it carries in a field tells.
pub(super) fn is_current(typed: &FormValues, field: &str, stored: &impl Serialize) -> bool {
    typed.get(field).is_some_and(|mark| *mark == mark_of(stored))
}
