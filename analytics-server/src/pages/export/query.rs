//! What an address of an export asks for, narrowed by what its reader may see: a code outside their
//! scope is answered like one that does not exist.

use crate::export::word_name;
use crate::pages::address::{given, offered};
use crate::pages::dashboards::filter::{Choice, Select};
use crate::pages::dashboards::view::span;
use crate::pages::prelude::*;
use crate::pages::records::codes::named;
use crate::stats::slice::Filter;
use crate::storage::export::ExportFilter;
use crate::storage::house::Sites;
use crate::storage::rows::{Counter, Directory, Officer, Procedure};
use protocol::{Channel, Stage};
use reports::figures::Period;

/// The fields of the address of an export.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ExportQuery {
    /// As everywhere: `2023-09` and its like.
    pub period: Option<String>,
    /// Code.
    pub department: Option<String>,
    /// Code.
    pub counter: Option<String>,
    /// Code.
    pub officer: Option<String>,
    /// Code.
    pub site: Option<String>,
    /// Code.
    pub procedure: Option<String>,
    /// `receive` or `return`.
    pub stage: Option<String>,
    /// `in_person` and its like.
    pub channel: Option<String>,
    /// `1`: with comments.
    pub comments: Option<String>,
}

/// The ratings that an address asks for.
pub(super) struct ExportSelection {
    pub period: Period,
    /// The period as it is written.
    pub name: String,
    pub cut: ExportFilter,
}

impl ExportQuery {
    /// Whether comments are wanted.
    pub fn wants_comments(&self) -> bool {
        given(self.comments.as_deref()).is_some()
    }

    /// The fields of an address of the same, of a period.
    pub fn address_fields(&self, period: &str) -> String {
        let fields = [
            ("department", &self.department),
            ("counter", &self.counter),
            ("officer", &self.officer),
            ("site", &self.site),
            ("procedure", &self.procedure),
            ("stage", &self.stage),
            ("channel", &self.channel),
            ("comments", &self.comments),
        ];
        let fields =
            fields.into_iter().filter_map(|(name, field)| Some((name, given(field.as_deref())?)));
        let fields: Vec<_> = std::iter::once(("period", period)).chain(fields).collect();
        serde_html_form::to_string(fields).unwrap_or_default()
    }

    /// The ratings that are asked for. `directory` and `sites` have only what the reader may see.
    pub async fn selection(
        &self,
        context: &Context,
        directory: &Directory,
        sites: &Sites,
    ) -> PageResult<ExportSelection> {
        let Context { app, viewer, .. } = context;
        let span = span(app, viewer, self.period.as_deref()).await?;
        let period = span.under(app.centre().policy);
        let filter = self.filter(directory, sites)?.within(&viewer.scope());
        let (from, until) = app.moments(&period);
        let cut = cut(&filter, sites, from, until);
        Ok(ExportSelection { period, name: span.to_string(), cut })
    }

    fn filter(&self, directory: &Directory, sites: &Sites) -> PageResult<Filter> {
        let department = |code: &str| directory.department(code).map(|one| [one.id].into());
        let counter = |code: &str| directory.counter(code).map(|one| one.id);
        let officer = |code: &str| directory.officer(code).map(|one| one.id);
        let site = |code: &str| sites.sites.iter().find(|one| one.code == code).map(|one| one.id);
        let procedure =
            |code: &str| directory.procedures.iter().find(|one| one.code == code).map(|one| one.id);
        let stage = given(self.stage.as_deref()).map(str::parse::<Stage>).transpose();
        let channel = given(self.channel.as_deref()).map(str::parse::<Channel>).transpose();
        Ok(Filter {
            departments: named(self.department.as_deref(), department)?,
            counter: named(self.counter.as_deref(), counter)?,
            officer: named(self.officer.as_deref(), officer)?,
            site: named(self.site.as_deref(), site)?,
            procedure: named(self.procedure.as_deref(), procedure)?,
            stage: stage.map_err(|_| PageError::Request)?.map(Stage::code),
            channel: channel.map_err(|_| PageError::Request)?.map(Channel::code),
        })
    }

    /// What the form offers.
    pub fn selects(&self, directory: &Directory, sites: &Sites, texts: &Texts) -> Vec<Select> {
        let select = |name: &'static str, key: &str, choices: Vec<Choice>| Select {
            name,
            label: texts.get(key),
            choices,
        };
        let site = self.site.as_deref();
        let there = sites.sites.iter().map(|one| choice(&one.code, &one.name, site));
        let department = self.department.as_deref();
        let departments =
            directory.departments.iter().map(|one| choice(&one.code, &one.name, department));
        let chosen = given(department).and_then(|code| directory.department(code));
        let department = chosen.map(|one| one.id);
        let asked = self.counter.as_deref();
        let named = |one: &Counter| choice(&one.code, &one.name, asked);
        let counters = of_many(&directory.counters, department, |one| one.department, named);
        let asked = self.officer.as_deref();
        let named =
            |one: &Officer| choice(&one.code, &format!("{} ({})", one.name, one.code), asked);
        let officers = of_many(&directory.officers, department, |one| one.department, named);
        let asked = self.procedure.as_deref();
        let named = |one: &Procedure| choice(&one.code, &one.name, asked);
        let procedures = of_many(&directory.procedures, department, |one| one.department, named);
        let worded = |kind: &str, word: &str, asked: Option<&str>| {
            choice(word, &word_name(kind, word, texts), asked)
        };
        let asked = self.stage.as_deref();
        let stages = Stage::ALL.map(|one| worded("stage", one.name(), asked));
        let asked = self.channel.as_deref();
        let channels = Channel::ALL.map(|one| worded("channel", one.name(), asked));
        vec![
            select("site", "export-choose-site", there.collect()),
            select("department", "export-choose-department", departments.collect()),
            select("counter", "export-choose-counter", counters),
            select("officer", "export-choose-officer", officers),
            select("procedure", "export-choose-procedure", procedures),
            select("stage", "export-column-stage", stages.into()),
            select("channel", "export-column-channel", channels.into()),
        ]
    }

    /// What was chosen: labels and names.
    pub fn chosen(
        &self,
        directory: &Directory,
        sites: &Sites,
        texts: &Texts,
    ) -> Vec<(String, String)> {
        let chosen = self.selects(directory, sites, texts).into_iter().filter_map(|select| {
            let one = select.choices.into_iter().find(|choice| choice.chosen)?;
            Some((select.label, format!("{} ({})", one.name, one.value)))
        });
        chosen.collect()
    }
}

/// The same choice in terms of the store.
fn cut(filter: &Filter, sites: &Sites, from: i64, until: i64) -> ExportFilter {
    ExportFilter {
        from,
        until,
        departments: filter.departments.as_ref().map(|all| all.iter().copied().collect()),
        counters: filter.counters(sites).map(|all| all.into_iter().collect()),
        officer: filter.officer,
        procedure: filter.procedure,
        stage: filter.stage.map(i16::from),
        channel: filter.channel.map(i16::from),
    }
}

fn choice(code: &str, name: &str, asked: Option<&str>) -> Choice {
    let chosen = asked.is_some_and(|asked| asked.trim() == code);
    Choice { value: code.to_owned(), name: name.to_owned(), chosen }
}

/// What of many can be chosen: of the chosen department where one is, and what is chosen already.
fn of_many<T>(
    all: &[T],
    department: Option<i64>,
    of: impl Fn(&T) -> i64,
    choice: impl Fn(&T) -> Choice,
) -> Vec<Choice> {
    let mut choices: Vec<Choice> = offered(all, department, of).map(&choice).collect();
    if !choices.iter().any(|one| one.chosen) {
        choices.extend(all.iter().map(choice).find(|one| one.chosen));
    }
    choices
}
