//! What an address of an export asks for, narrowed by what its reader may see: a code outside their
//! scope is answered like one that does not exist.

use crate::auth::Viewer;
use crate::export::word_name as told;
use crate::pages::address::{given, offered, span};
use crate::pages::fault::Fault;
use crate::state::App;
use crate::stats::slice::Filter;
use crate::storage::export::ExportFilter as Cut;
use crate::storage::house::Sites;
use crate::storage::rows::{Counter, Directory, Officer, Procedure};
use locales::Texts;
use protocol::{Channel, Stage};
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
    site: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<&'a str>,
}

impl Wish {
    /// Whether comments are wanted.
    pub fn wants_comments(&self) -> bool {
        given(self.comments.as_deref()).is_some()
    }

    /// The same wish as the query of an address.
    pub fn query(&self, period: &str) -> String {
        let written = Written {
            period,
            department: given(self.department.as_deref()),
            counter: given(self.counter.as_deref()),
            officer: given(self.officer.as_deref()),
            site: given(self.site.as_deref()),
            procedure: given(self.procedure.as_deref()),
            stage: given(self.stage.as_deref()),
            channel: given(self.channel.as_deref()),
            comments: given(self.comments.as_deref()),
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
        let span = span(app, viewer, self.period.as_deref()).await?;
        let period = span.under(app.centre().policy);
        let sites = viewer.scope().narrow_sites(app.store.counter_sites().await?, directory);
        let filter = self.filter(directory, &sites)?.within(&viewer.scope());
        let (from, until) = app.moments(&period);
        let cut = cut(&filter, &sites, from, until);
        Ok(Seen { period, name: span.to_string(), cut })
    }

    /// What was chosen, by the keys of its labels, in words.
    pub fn chosen(
        &self,
        directory: &Directory,
        sites: &Sites,
        texts: &Texts,
    ) -> Vec<(&'static str, String)> {
        let lists = [
            ("export-choose-site", self::sites(sites, self)),
            ("export-choose-department", departments(directory, self)),
            ("export-choose-counter", counters(directory, self)),
            ("export-choose-officer", officers(directory, self)),
            ("export-choose-procedure", procedures(directory, self)),
            ("export-column-stage", stages(self, texts)),
            ("export-column-channel", channels(self, texts)),
        ];
        let chosen = lists.into_iter().filter_map(|(key, list)| {
            let one = list.into_iter().find(|choice| choice.chosen)?;
            Some((key, format!("{} ({})", one.name, one.code)))
        });
        chosen.collect()
    }

    fn filter(&self, directory: &Directory, sites: &Sites) -> Result<Filter, Fault> {
        let mut filter = Filter::default();
        if let Some(code) = given(self.department.as_deref()) {
            let department = directory.department(code).ok_or(Fault::Missing)?;
            filter.departments = Some([department.id].into());
        }
        if let Some(code) = given(self.counter.as_deref()) {
            filter.counter = Some(directory.counter(code).ok_or(Fault::Missing)?.id);
        }
        if let Some(code) = given(self.officer.as_deref()) {
            filter.officer = Some(directory.officer(code).ok_or(Fault::Missing)?.id);
        }
        if let Some(code) = given(self.site.as_deref()) {
            let site = sites.sites.iter().find(|site| site.code == code);
            filter.site = Some(site.ok_or(Fault::Missing)?.id);
        }
        if let Some(code) = given(self.procedure.as_deref()) {
            let procedure = directory.procedures.iter().find(|one| one.code == code);
            filter.procedure = Some(procedure.ok_or(Fault::Missing)?.id);
        }
        if let Some(word) = given(self.stage.as_deref()) {
            let stage: Stage = word.parse().map_err(|_| Fault::Request)?;
            filter.stage = Some(stage.code());
        }
        if let Some(word) = given(self.channel.as_deref()) {
            let channel: Channel = word.parse().map_err(|_| Fault::Request)?;
            filter.channel = Some(channel.code());
        }
        Ok(filter)
    }
}

/// The same choice in terms of the store.
fn cut(filter: &Filter, sites: &Sites, from: i64, until: i64) -> Cut {
    Cut {
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

fn choice(code: &str, name: &str, wanted: Option<&str>) -> Choice {
    Choice {
        code: code.into(),
        name: name.into(),
        chosen: wanted.is_some_and(|wanted| wanted.trim() == code),
    }
}

/// The departments that can be chosen.
pub(super) fn departments(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let all = directory.departments.iter();
    all.map(|one| choice(&one.code, &one.name, wish.department.as_deref())).collect()
}

/// What of many can be chosen: of the chosen department where one is, and what is chosen already.
fn of_many<T>(
    all: &[T],
    (directory, wish): (&Directory, &Wish),
    wanted: Option<&str>,
    of: impl Fn(&T) -> i64,
    choice: impl Fn(&T) -> Choice,
) -> Vec<Choice> {
    let department = given(wish.department.as_deref()).and_then(|code| directory.department(code));
    let offers = offered(all, department.map(|one| one.id), of);
    let mut choices: Vec<Choice> = offers.map(&choice).collect();
    if given(wanted).is_some() && !choices.iter().any(|one| one.chosen) {
        choices.extend(all.iter().map(choice).find(|one| one.chosen));
    }
    choices
}

/// The counters that can be chosen.
pub(super) fn counters(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let wanted = wish.counter.as_deref();
    let named = |one: &Counter| choice(&one.code, &one.name, wanted);
    of_many(&directory.counters, (directory, wish), wanted, |one| one.department, named)
}

/// The officers that can be chosen.
pub(super) fn officers(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let wanted = wish.officer.as_deref();
    let named = |one: &Officer| {
        let name = format!("{} ({})", one.name, one.code);
        choice(&one.code, &name, wanted)
    };
    of_many(&directory.officers, (directory, wish), wanted, |one| one.department, named)
}

/// The stages.
pub(super) fn stages(wish: &Wish, texts: &Texts) -> Vec<Choice> {
    let named = |word| choice(word, &told("stage", word, texts), wish.stage.as_deref());
    Stage::ALL.map(Stage::name).map(named).into()
}

/// The procedures that can be chosen.
pub(super) fn procedures(directory: &Directory, wish: &Wish) -> Vec<Choice> {
    let wanted = wish.procedure.as_deref();
    let named = |one: &Procedure| choice(&one.code, &one.name, wanted);
    of_many(&directory.procedures, (directory, wish), wanted, |one| one.department, named)
}

/// The sites; none where there is only one to choose from.
pub(super) fn sites(sites: &Sites, wish: &Wish) -> Vec<Choice> {
    let all = sites.sites.iter();
    all.map(|one| choice(&one.code, &one.name, wish.site.as_deref())).collect()
}

/// The channels.
pub(super) fn channels(wish: &Wish, texts: &Texts) -> Vec<Choice> {
    let named = |word| choice(word, &told("channel", word, texts), wish.channel.as_deref());
    Channel::ALL.map(Channel::name).map(named).into()
}
