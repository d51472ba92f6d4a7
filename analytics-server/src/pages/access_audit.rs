//! What leaves with an answer gets a line in the audit log: each file before its first byte, or it does
//! not leave; each look at comments, or at one visit with its dossier, after the answer, so that no page
//! waits for the database's writer.
//! A handler says what it hands out; of a file about which nothing was said, the address is written
//! down, so that none can be forgotten.

use super::error::PageError;
use super::language::Reader;
use crate::state::App;
use axum::http::{Uri, header};
use axum::response::Response;
use serde_json::{Map, Value};

/// Letters of a value of an address that are written down.
const VALUE_CHARS: usize = 200;
/// Fields of an address that say nothing of what was taken.
const PASSED_OVER: [&str; 4] = ["lang", "page", "sort", "done"];

/// Fields of the address of a list that narrow it by nothing: where in it a page begins is told by its
/// first rating.
const PLACES: [&str; 3] = ["after", "before", "period"];

/// Ending of the names of fields that hold a name in place of the code that the address has.
const NAMED: &str = "_chosen";

/// In which way data was handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AccessKind {
    /// Ratings one by one, as a file.
    Export,
    /// Any other file.
    Download,
    /// Comments or a dossier on a page.
    Look,
}

impl AccessKind {
    /// The action as the log stores it.
    const fn word(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Download => "download",
            Self::Look => "read",
        }
    }
}

/// What an answer hands out: a handler puts it among the answer's extensions.
#[derive(Clone, Debug)]
pub(super) struct AccessAudit {
    kind: AccessKind,
    subject: String,
    /// Filters, form, number of rows, by the names of fields that the log's page knows.
    what: Map<String, Value>,
}

impl AccessAudit {
    /// Ratings one by one, as a file of a form.
    pub fn export(form: &str, what: Value) -> Self {
        Self::of(AccessKind::Export, format!("ratings as {form}"), what)
    }

    /// A file. The fields of its address are written down besides.
    pub fn file(subject: impl Into<String>, what: Value) -> Self {
        Self::of(AccessKind::Download, subject.into(), what)
    }

    /// A page of a list of visits: what its address asked for, as the address has it, and the visits whose
    /// comments are shown. The next page of the list shows others, so that it is a look of its own.
    pub fn comments(asked: impl IntoIterator<Item = (String, String)>, shown: &[i64]) -> Self {
        let asked = asked.into_iter().filter(|(name, _)| !PLACES.contains(&name.as_str()));
        let mut what: Map<String, Value> =
            asked.map(|(name, value)| (name, value.into())).collect();
        what.insert("comments_shown".to_owned(), shown.len().into());
        what.insert("first_rating".to_owned(), shown.first().copied().into());
        Self::of(AccessKind::Look, "comments".to_owned(), Value::Object(what))
    }

    /// One visit with a comment or a dossier.
    pub fn visit(rating: i64) -> Self {
        Self::of(AccessKind::Look, format!("rating {rating}"), Value::Null)
    }

    fn of(kind: AccessKind, subject: String, what: Value) -> Self {
        let what = if let Value::Object(what) = what { what } else { Map::new() };
        Self { kind, subject, what }
    }

    /// Attaches it to an answer.
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
            let said = PASSED_OVER.contains(&name.as_str())
                || self.what.contains_key(&name)
                || self.what.contains_key(&format!("{name}{NAMED}"));
            if !said && !value.is_empty() {
                let name: String = name.chars().take(VALUE_CHARS).collect();
                self.what.insert(name, value.into());
            }
        }
    }

    /// What was handed out, as the log stores it.
    fn after(&self) -> Option<String> {
        let mut said = self.what.clone();
        said.retain(|_, value| !value.is_null());
        (!said.is_empty()).then(|| Value::Object(said).to_string())
    }
}

/// Writes down what an answer hands out. A file is not sent where that fails.
pub(super) async fn record_access(
    app: &App,
    reader: &Reader,
    uri: &Uri,
    mut answer: Response,
) -> Response {
    // Also where the status is a refusal: the page of a refused form shows the visit, too.
    let Some(viewer) = &reader.viewer else { return answer };
    let known = answer.extensions_mut().remove::<AccessAudit>();
    let is_file = answer.headers().contains_key(header::CONTENT_DISPOSITION);
    let mut audit = match known {
        Some(known) => known,
        None if is_file => AccessAudit::file(format!("file {}", uri.path()), Value::Null),
        None => return answer,
    };
    match audit.kind {
        AccessKind::Look => {
            record_look(app, viewer.actor(), audit);
            return answer;
        }
        AccessKind::Download => audit.add_query(uri),
        AccessKind::Export => {}
    }
    let (actor, now, after) = (viewer.actor(), app.clock.now(), audit.after());
    let (action, subject) = (audit.kind.word(), &audit.subject);
    let noted = app.store.add_audit_line(&actor, action, subject, after.as_deref(), now).await;
    noted.map_or_else(|error| PageError::Store(error).page(app, reader), |()| answer)
}

/// Writes down a look at comments beside the answer; one that is repeated within minutes is one line.
fn record_look(app: &App, actor: String, audit: AccessAudit) {
    let (now, after) = (app.clock.now(), audit.after());
    let key = format!("{actor} {} {}", audit.subject, after.as_deref().unwrap_or_default());
    if !app.audit_debounce.is_new(&key, now) {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        let (action, subject) = (audit.kind.word(), &audit.subject);
        let noted = app.store.add_audit_line(&actor, action, subject, after.as_deref(), now).await;
        if let Err(error) = noted {
            tracing::error!(%error, "a look at comments could not be written down");
            app.audit_debounce.forget(&key);
        }
    });
}
