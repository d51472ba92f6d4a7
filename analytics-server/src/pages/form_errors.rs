//! Why a form is shown again: what is wrong field by field, a sentence over the form, and what somebody
//! else stored meanwhile. One for every form, so that all say it in the same words and with the same status.

use crate::form_reader::{FieldErrors, Theirs};
use crate::pages::prelude::*;

/// Why a form is shown again.
#[derive(Default)]
pub(super) struct FormErrors {
    pub fields: FieldErrors,
    /// A sentence over the form.
    pub refusal: Option<String>,
    /// The fields that are wrong: a link to each, and what is wrong with it.
    pub links: Vec<(String, String)>,
    pub theirs: Vec<Theirs>,
    pub photo: Option<String>,
}

impl FormErrors {
    /// A sentence over the form.
    pub fn refusal(sentence: String) -> Self {
        Self { refusal: Some(sentence), ..Self::default() }
    }

    /// Errors of fields, with the sentence that there are some.
    pub fn of_fields<N: Into<String>>(
        context: &Context,
        errors: impl IntoIterator<Item = (N, String)>,
    ) -> Self {
        let fields = errors.into_iter().map(|(name, error)| (name.into(), error)).collect();
        Self { fields, ..Self::refusal(context.text("admin-fault-form")) }
    }

    /// Names the fields that are wrong over the form, each with a link to it: a long form hides them.
    #[must_use]
    pub fn linked(mut self, texts: &Texts, label: impl Fn(&str) -> String) -> Self {
        let link = |(name, fault): (&String, &String)| {
            let places = [("field", &*label(name)), ("fault", fault.as_str())];
            (format!("#f-{name}"), texts.with("admin-fault-at", &places))
        };
        self.links = self.fields.iter().map(link).collect();
        self
    }

    /// Somebody else was quicker, and stored other values in these fields.
    pub fn stale(context: &Context, theirs: impl IntoIterator<Item = Theirs>) -> Self {
        let refusal = Self::refusal(context.text("admin-fault-stale"));
        Self { theirs: theirs.into_iter().collect(), ..refusal }
    }

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
        form_status(self.refusal.is_some() || self.photo.is_some())
    }
}
