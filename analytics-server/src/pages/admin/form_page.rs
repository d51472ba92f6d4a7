//! The page with the form of one thing, and what it says when it is shown again.

use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::{Field, FieldErrors};
use crate::pages::prelude::*;

/// The page of one entry or tablet, or of a new one.
#[derive(Template)]
#[template(path = "admin/form.html")]
pub(super) struct FormPage {
    pub layout: Layout,
    pub breadcrumb: Breadcrumb,
    pub action: String,
    /// A mark of what the form was made from; empty for something new.
    pub was: String,
    pub fields: Vec<Field>,
    pub refusal: Option<String>,
    pub done: Option<String>,
    /// Label, what is stored, what was typed: where somebody else was quicker.
    pub theirs: Vec<(String, String, String)>,
    pub photo: Option<Photo>,
    pub retired: bool,
    pub retired_action: Option<String>,
    /// What retiring or bringing back means.
    pub retired_note: String,
}

/// What the page of an officer shows of the portrait.
pub(super) struct Photo {
    pub image: Option<String>,
    pub action: String,
    pub remove: String,
    pub error: Option<String>,
}

/// Why a form is shown again.
#[derive(Default)]
pub(super) struct FormErrors {
    pub fields: FieldErrors,
    /// A sentence over the form.
    pub refusal: Option<String>,
    /// Label, what is stored, what was typed.
    pub theirs: Vec<(String, String, String)>,
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

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
        if self.refusal.is_some() || self.photo.is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        }
    }
}
