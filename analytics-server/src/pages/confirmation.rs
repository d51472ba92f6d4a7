//! What can not be undone asks first: a page that says what will happen, whose button sends the same
//! form again. One press does nothing, and no script is needed.
//!
//! A handler takes [`ConfirmedForm`] (or a field named [`FIELD`] of its own form) and, as long as it is
//! not confirmed, answers with the page of a [`Confirmation`].

use crate::form_reader::FormValues;
use crate::pages::prelude::*;

/// The field that says that somebody read what will happen.
pub(super) const FIELD: &str = "confirmed";

/// A form that is only a button and asks before it acts.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfirmedForm {
    confirmed: String,
}

impl ConfirmedForm {
    /// Whether the button of the page that asks was pressed.
    pub fn is_confirmed(&self) -> bool {
        is_confirmed(&self.confirmed)
    }
}

/// The same of what the field holds.
pub(super) fn is_confirmed(field: &str) -> bool {
    field == "yes"
}

/// The fields of a form that are sent again with the button that confirms.
pub(super) fn sent_again(typed: &FormValues) -> Vec<(String, String)> {
    let others = typed.iter().filter(|(name, _)| !["csrf", FIELD].contains(&name.as_str()));
    others.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What is asked.
pub(super) struct Confirmation {
    /// The title of the page, as a question.
    pub title: String,
    /// What will happen, a paragraph each.
    pub effects: Vec<String>,
    /// The words on the button: what it does.
    pub button: String,
    /// The other fields of the form, which are sent again.
    pub fields: Vec<(String, String)>,
    /// The path of the page where one goes who does not want it.
    pub back: String,
}

/// The page that asks.
#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmationPage {
    layout: Layout,
    /// Where the form was sent to.
    action: String,
    back: String,
    question: Confirmation,
}

impl Confirmation {
    /// Answers with the page that asks.
    pub fn page(self, context: &Context) -> Response {
        let layout = context.layout(self.title.clone(), context.uri.path());
        let page = ConfirmationPage {
            // What was sent waits there; an address in another language would take no form.
            layout: layout.without_languages(),
            action: context.uri.path_and_query().map_or("/", |one| one.as_str()).to_owned(),
            back: context.to(&self.back),
            question: self,
        };
        no_store(answer(StatusCode::OK, page.render()))
    }
}
