//! What an address of an export asks for, narrowed by what its reader may see: a code outside their
//! scope is answered like one that does not exist.

use crate::auth::{Scope, Viewer};
use crate::pages::fault::Fault;
use crate::period::Span;
use crate::state::App;
use crate::storage::export::Cut;
use crate::storage::rows::Directory;
use locales::Texts;
use protocol::Stage;
use reports::figures::Period;
use serde::{Deserialize, Serialize};

/// The fields of an address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Wish {
    /// As everywhere: `2023-09` and its like.
    pub period: Option<String>,
    /// Code.
    pub department: Option<String>,
    /// Code.
    pub counter: Option<String>,
    /// Code.
    pub officer: Option<String>,
    /// `receive` or `return`.
    pub stage: Option<String>,
    /// `1`: with comments.
    pub comments: Option<String>,
}

/// What it means.
pub(in crate::pages) struct Seen {
    /// The period.
    pub period: Period,
    /// The period as it is written.
    pub name: String,
    /// Which ratings.
    pub cut: Cut,
}

/// One choice of a list.
pub(super) struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// It is the one.
    pub chosen: bool,
}

/// The fields of the same address, without those that say nothing.
#[derive(Serialize)]
struct Written<'a> {
    period: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    officer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<&'a str>,
}

impl Wish {
    /// A field that says something.
    #[expect(clippy::unused_self, reason = "reads as what the wish gives")]
    pub fn given<'a>(&self, field: &'a Option<String>) -> Option<&'a str> {
        field.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Whether comments are wanted.
    pub fn wants_comments(&self) -> bool {
        self.given(&self.comments).is_some()
    }

    /// The same wish as the query of an address.
    pub fn query(&self, period: &str) -> String {
        let written = Written {
            period,
            department: self.given(&self.department),
            counter: self.given(&self.counter),
            officer: self.given(&self.officer),
            stage: self.given(&self.stage),
            comments: self.given(&self.comments),
        };
        // Texts alone: they can always be written.
        serde_html_form::to_string(written).unwrap_or_default()
    }

    /// What it means. `directory` has only what the reader may see.
    pub async fn seen(
        &self,
        app: &App,
        viewer: &Viewer,
        directory: &Directory,
    ) -> Result<Seen, Fault> {
        let span: Span = match self.given(&self.period) {
            Some(text) => text.parse()?,
            None => {
                let day = app.latest_day().await?.unwrap_or_else(|| app.today());
                Span::month_of(day, app.centre().policy)
            }
        };
        let period = span.under(app.centre().policy);
        let (from, until) = app.moments(&period);
        let mut cut = Cut { from, until, ..Cut::default() };
        cut.departments = match viewer.scope() {
            Scope::All => None,
            Scope::Departments(own) => Some(own.into_iter().collect()),
            // An officer has no right to exports; without one nothing is theirs.
            Scope::Officer(_) => Some(Vec::new()),
        };
        if let Some(code) = self.given(&self.department) {
            let department = directory.department(code).ok_or(Fault::Missing)?;
            cut.departments = Some(vec![department.id]);
        }
        if let Some(code) = self.given(&self.counter) {
            cut.counter = Some(directory.counter(code).ok_or(Fault::Missing)?.id);
        }
        if let Some(code) = self.given(&self.officer) {
            cut.officer = Some(directory.officer(code).ok_or(Fault::Missing)?.id);
        }
        if let Some(word) = self.given(&self.stage) {
            let place = Stage::ALL.into_iter().position(|stage| stage.name() == word);
            let place = place.and_then(|place| i16::try_from(place + 1).ok());
            cut.stage = Some(place.ok_or(Fault::Request)?);
        }
        Ok(Seen { period, name: span.to_string(), cut })
    }
}

fn choice(code: &str, name: &str, wanted: &Option<String>) -> Choice {
    Choice {
        code: code.into(),
        name: name.into(),
        chosen: wanted.as_deref().is_some_and(|wanted| wanted.trim() == code),
    }
}

/// The departments that can be chosen.
pub(super) fn departments(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let all = directory.departments.iter();
    all.map(|one| choice(&one.code, &one.name, &wish.department)).collect()
}

/// The counters that can be chosen.
pub(super) fn counters(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    directory.counters.iter().map(|one| choice(&one.code, &one.name, &wish.counter)).collect()
}

/// The officers that can be chosen.
pub(super) fn officers(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let named = |name: &str, code: &str| format!("{name} ({code})");
    let all = directory.officers.iter();
    all.map(|one| choice(&one.code, &named(&one.name, &one.code), &wish.officer)).collect()
}

/// The stages.
pub(super) fn stages(wish: &Wish, texts: &Texts) -> Vec<Choice> {
    let named = |stage: Stage| {
        let name = texts.get(&format!("export-stage-{}", stage.name()));
        choice(stage.name(), &name, &wish.stage)
    };
    Stage::ALL.map(named).into()
}
