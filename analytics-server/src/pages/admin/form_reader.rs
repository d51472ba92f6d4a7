//! Reads what was typed into a form of the administration, and gathers what is wrong with it.

use crate::import::fields::{Typed, line};
use crate::pages::form_field::FieldErrors;
use locales::Texts;
use protocol::hours::Time;

/// A form that is being read.
pub(super) struct FormReader<'a> {
    typed: &'a Typed,
    pub texts: &'a Texts,
    pub errors: FieldErrors,
}

impl<'a> FormReader<'a> {
    /// Nothing is read yet.
    pub fn new(typed: &'a Typed, texts: &'a Texts) -> Self {
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

    /// The answer to a question of yes or no; none where it is neither, which is an error.
    pub fn yes_or_no(&mut self, name: &str) -> Option<bool> {
        match self.text(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                self.fail(name, "admin-fault-choice");
                None
            }
        }
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

/// A time of day. People write 7:30 as well as 07:30.
pub(super) fn time_of(text: &str) -> Option<Time> {
    let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
    padded.parse().ok()
}
