//! Reads what was typed into a form, and gathers what is wrong with it: one reading of lines, choices
//! and times for every form, so that all refuse the same in the same words.

use crate::normalization::composed;
use locales::Texts;
use protocol::hours::Time;
use std::collections::BTreeMap;

/// What was typed, by field.
pub type FormValues = BTreeMap<String, String>;

/// What is wrong, by field.
pub type FieldErrors = BTreeMap<String, String>;

/// What somebody else stored meanwhile: the label of a field, what is stored, what was typed.
pub type Theirs = (String, String, String);

/// The fields that differ, of two lists of the same fields with their labels.
pub fn differing(stored: Vec<(String, String)>, typed: Vec<(String, String)>) -> Vec<Theirs> {
    let both = stored.into_iter().zip(typed).filter(|(stored, typed)| stored != typed);
    both.map(|((label, stored), (_, typed))| (label, stored, typed)).collect()
}

/// A form that is being read.
pub struct FormReader<'a> {
    typed: &'a FormValues,
    /// The language of the errors.
    pub texts: &'a Texts,
    /// What is wrong so far.
    pub errors: FieldErrors,
}

impl<'a> FormReader<'a> {
    /// Nothing is read yet.
    pub fn new(typed: &'a FormValues, texts: &'a Texts) -> Self {
        Self { typed, texts, errors: FieldErrors::new() }
    }

    /// What was typed into a field.
    pub fn text(&self, name: &str) -> &'a str {
        self.typed.get(name).map_or("", |text| text.trim())
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// What was chosen, where `known` knows the word; an error where it does not.
    pub fn choice<T>(&mut self, name: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
        let chosen = known(self.text(name));
        if chosen.is_none() {
            self.fail(name, "admin-fault-choice");
        }
        chosen
    }

    /// The answer to a question of yes or no; an error where it is neither.
    pub fn yes_or_no(&mut self, name: &str) -> Option<bool> {
        self.choice(name, |word| match word {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })
    }

    /// A field can not be taken, for the reason of a key; the first reason stays.
    pub fn fail(&mut self, name: &str, key: &str) {
        self.errors.entry(name.to_owned()).or_insert_with(|| self.texts.get(key));
    }

    /// The same with values in the sentence, in place of an earlier reason.
    pub fn fail_with(&mut self, name: &str, key: &str, values: &[(&str, &str)]) {
        self.errors.insert(name.to_owned(), self.texts.with(key, values));
    }

    /// A text of one line of at most `limit` letters; empty where there is an error.
    pub fn line(&mut self, name: &str, limit: usize, required: bool) -> String {
        line(self.text(name), limit, required, self.texts).unwrap_or_else(|error| {
            self.errors.insert(name.to_owned(), error);
            String::new()
        })
    }

    /// A text of at most `limit` letters, of one line or of `several`; none where there is no text
    /// or an error.
    pub fn short_text(&mut self, name: &str, limit: usize, several: bool) -> Option<String> {
        let text = self.text(name).replace("\r\n", "\n");
        if text.chars().count() > limit {
            self.fail_with(name, "admin-fault-long", &[("limit", &limit.to_string())]);
            return None;
        }
        if text.chars().any(|letter| letter.is_control() && !(several && letter == '\n')) {
            self.fail(name, "admin-fault-control");
            return None;
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// What was read, where nothing is wrong.
    pub fn finish<T>(self, read: T) -> Result<T, FieldErrors> {
        if self.errors.is_empty() { Ok(read) } else { Err(self.errors) }
    }
}

/// A text of one line, of at most `limit` letters, or what is wrong with it.
pub fn line(text: &str, limit: usize, required: bool, texts: &Texts) -> Result<String, String> {
    let text = composed(text);
    let text = text.trim();
    if text.is_empty() && required {
        return Err(texts.get("admin-fault-empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(texts.get("admin-fault-control"));
    }
    if text.chars().count() > limit {
        return Err(texts.with("admin-fault-long", &[("limit", &limit.to_string())]));
    }
    Ok(text.to_owned())
}

/// A time of day. People write 7:30 as well as 07:30.
pub fn time_of(text: &str) -> Option<Time> {
    let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
    padded.parse().ok()
}
