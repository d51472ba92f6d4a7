//! The page with the form of one thing.

use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::first_steps::NextStep;
use crate::pages::form_errors::FormErrors;
use crate::pages::form_field::Field;
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
    pub errors: FormErrors,
    pub done: Option<String>,
    /// What is to be done next, where something was saved just now.
    pub next: Option<NextStep>,
    /// What the button that sends the form is called.
    pub save: String,
    /// What has to be done first; the form waits for it.
    pub notice: Option<Notice>,
    pub photo: Option<Photo>,
    pub retired: bool,
    pub retired_action: Option<String>,
    /// What retiring or bringing back means.
    pub retired_note: String,
}

/// What has to be done before a form can be filled in, and where.
pub(super) struct Notice {
    pub sentence: String,
    pub address: String,
    pub name: String,
}

/// What the page of an officer shows of the portrait.
pub(super) struct Photo {
    pub image: Option<String>,
    pub action: String,
    pub remove: String,
}

impl FormPage {
    /// Answers with the page.
    pub fn answer(self) -> Response {
        answer(self.errors.status(), self.render())
    }
}
