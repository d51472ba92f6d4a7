//! What leaves with an answer gets a line in the audit log: each file before its first byte, or it does
//! not leave; each look at comments after the answer, so that no page waits for the database's writer.
//! A handler says what it hands out; of a file about which nothing was said, the address is written
//! down, so that none can be forgotten.

use super::error::PageError;
use super::reader::Reader;
use crate::state::App;
use axum::http::{Uri, header};
use axum::response::Response;
use serde_json::{Map, Value};

/// Letters of a value of an address that are written down.
const VALUE_CHARS: usize = 200;
/// Fields of an address that say nothing of what was taken.
const PASSED_OVER: [&str; 4] = ["lang", "page", "sort", "done"];

/// The end of a field that has the name in the place of the code that an address has.
pub(super) const NAMED: &str = "_chosen";

/// What an answer hands out: a handler puts it among the answer's extensions.
#[derive(Clone, Debug)]
pub(super) struct Disclosure {
    kind: Kind,
    subject: String,
    /// Filters, form, number of rows, by the names of fields that the log's page knows.
    what: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Ratings one by one, as a file.
    Export,
    /// Any other file.
    Download,
    /// Comments on a page.
    Look,
}

impl Kind {
    /// The action as the log stores it.
    const fn word(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Download => "download",
            Self::Look => "read",
        }
    }
}

impl Disclosure {
    /// Ratings one by one, as a file of a form.
    pub fn export(form: &str, what: Value) -> Self {
        Self::of(Kind::Export, format!("ratings as {form}"), what)
    }

    /// A file. The fields of its address are written down besides.
    pub fn file(subject: impl Into<String>, what: Value) -> Self {
        Self::of(Kind::Download, subject.into(), what)
    }

    /// A list of visits with comments.
    pub fn comments(what: Value) -> Self {
        Self::of(Kind::Look, "comments".to_owned(), what)
    }

    /// One visit with a comment.
    pub fn comment_of(rating: i64) -> Self {
        Self::of(Kind::Look, format!("rating {rating}"), Value::Null)
    }

    fn of(kind: Kind, subject: String, what: Value) -> Self {
        let what = if let Value::Object(what) = what { what } else { Map::new() };
        Self { kind, subject, what }
    }

    /// Puts it with an answer.
    pub fn with(self, mut answer: Response) -> Response {
        answer.extensions_mut().insert(self);
        answer
    }

    /// Adds what an address asks for and nobody has put into words.
    fn add_query(&mut self, uri: &Uri) {
        let pairs: Vec<(String, String)> =
            serde_html_form::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
        for (name, value) in pairs {
            let value: String = value.trim().chars().take(VALUE_CHARS).collect();
            let named = self.what.contains_key(&format!("{name}{NAMED}"));
            let said =
                PASSED_OVER.contains(&name.as_str()) || self.what.contains_key(&name) || named;
            if !said && !value.is_empty() {
                let name: String = name.chars().take(VALUE_CHARS).collect();
                self.what.insert(name, value.into());
            }
        }
    }

    /// What was handed out, as the log stores it.
    fn after(&self) -> Option<String> {
        let said = self.what.iter().filter(|(_, value)| !value.is_null());
        let said: Map<String, Value> =
            said.map(|(name, value)| (name.clone(), value.clone())).collect();
        (!said.is_empty()).then(|| Value::Object(said).to_string())
    }
}

/// Writes down what an answer hands out. A file about which that fails is not handed out.
pub(super) async fn record_disclosure(
    app: &App,
    reader: &Reader,
    uri: &Uri,
    mut answer: Response,
) -> Response {
    // Whatever the status: a form that was refused shows the visit it is about, too.
    let Some(viewer) = &reader.viewer else { return answer };
    let known = answer.extensions_mut().remove::<Disclosure>();
    let is_file = answer.headers().contains_key(header::CONTENT_DISPOSITION);
    let mut disclosed = match known {
        Some(known) => known,
        None if is_file => Disclosure::file(format!("file {}", uri.path()), Value::Null),
        None => return answer,
    };
    let (actor, now) = (viewer.actor(), app.clock.now());
    if disclosed.kind == Kind::Look {
        let after = disclosed.after();
        let key = format!("{actor} {} {}", disclosed.subject, after.as_deref().unwrap_or_default());
        if app.looks.is_new(&key, now) {
            let app = app.clone();
            tokio::spawn(async move {
                let (action, subject) = (disclosed.kind.word(), disclosed.subject);
                let noted = app.store.note(&actor, action, &subject, after.as_deref(), now).await;
                if let Err(error) = noted {
                    tracing::error!(%error, "a look at comments could not be written down");
                    app.looks.forget(&key);
                }
            });
        }
        return answer;
    }
    if disclosed.kind == Kind::Download {
        disclosed.add_query(uri);
    }
    let (action, after) = (disclosed.kind.word(), disclosed.after());
    match app.store.note(&actor, action, &disclosed.subject, after.as_deref(), now).await {
        Ok(()) => answer,
        Err(error) => PageError::Store(error).page(app, reader),
    }
}
