//! The filters of an address: department, site, procedure, stage and channel, by their codes. What
//! is unknown and what is outside the reader's part of the centre get the same answer: nothing is
//! there. Only what is inside is offered.

use super::query::FigureQuery;
use crate::export::word_name;
use crate::pages::address::{given, offered};
use crate::pages::prelude::*;
use crate::scope::Scope;
use crate::stats::slice::Filter;
use protocol::{Channel, Stage};
use std::collections::BTreeSet;

/// The word of an address for a stage that was not stated.
pub(in crate::pages) const NO_STAGE: &str = "unstated";
/// Words of an address for how ratings came here, and whether it is from a file.
pub(in crate::pages) const SOURCES: [(&str, bool); 2] = [("tablet", false), ("imported", true)];

/// What an address narrows the figures to.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct Filters {
    /// Never wider than the reader's part of the centre.
    pub filter: Filter,
    /// What addresses have to carry to keep it, each part with `&` in front.
    pub query: String,
    /// The same as fields for forms that do not offer it.
    pub fields: Vec<(&'static str, String)>,
    /// What a form offers.
    pub selects: Vec<Select>,
}

/// One field of the filter bar.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// One of the choices of a field.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Choice {
    /// What the form sends.
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// Something to choose, as the database knows it.
struct Offer {
    code: String,
    name: String,
    id: i64,
    /// Whether the form offers it; an address may name it all the same.
    listed: bool,
}

impl Filters {
    /// What an address asks for.
    pub async fn of(context: &Context, query: &FigureQuery) -> PageResult<Self> {
        let Context { app, viewer, texts, .. } = context;
        let scope = viewer.scope();
        let directory = app.directory_within(&scope).await?;
        let sites = scope.narrow_sites(app.store.counter_sites().await?, &directory);
        let mut made = Self::default();

        let offers = directory.departments.iter().map(|one| offer(&one.code, &one.name, one.id));
        let all = match (&scope, directory.departments.as_slice()) {
            (Scope::All, _) => texts.get("dashboards-whole"),
            (_, [one]) => one.name.clone(),
            _ => texts.get("dashboards-all-departments"),
        };
        let asked = query.department.as_deref();
        let department = made.take("department", asked, offers.collect(), all, texts)?;

        let offers = sites.sites.iter().map(|one| offer(&one.code, &one.name, one.id)).collect();
        let all = texts.get("dashboards-all-sites");
        let site = made.take("site", query.site.as_deref(), offers, all, texts)?;

        let listed: BTreeSet<i64> =
            offered(&directory.procedures, department, |one| one.department)
                .map(|one| one.id)
                .collect();
        let offers = directory.procedures.iter().map(|one| Offer {
            listed: listed.contains(&one.id),
            ..offer(&one.code, &one.name, one.id)
        });
        let all = texts.get(if listed.is_empty() && department.is_none() {
            "dashboards-procedures-of-department"
        } else {
            "dashboards-all-procedures"
        });
        let asked = query.procedure.as_deref();
        let procedure = made.take("procedure", asked, offers.collect(), all, texts)?;

        let offers = Stage::ALL.map(|one| word("stage", one.name(), one.code(), texts));
        let all = texts.get("dashboards-all-stages");
        let stage = made.take("stage", query.stage.as_deref(), offers.into(), all, texts)?;

        let offers = Channel::ALL.map(|one| word("channel", one.name(), one.code(), texts));
        let all = texts.get("dashboards-all-channels");
        let channel = made.take("channel", query.channel.as_deref(), offers.into(), all, texts)?;

        let small = |id: Option<i64>| id.and_then(|id| u8::try_from(id).ok());
        made.filter = Filter {
            departments: department.map(|id| [id].into()),
            site,
            procedure,
            stage: small(stage),
            channel: small(channel),
            ..Filter::default()
        }
        .within(&scope);
        if !made.fields.is_empty() {
            let query = serde_html_form::to_string(&made.fields).map_err(|_| PageError::Request)?;
            made.query = format!("&{query}");
        }
        Ok(made)
    }

    /// Whether it leaves anything out.
    pub fn is_part(&self) -> bool {
        self.filter != Filter::default()
    }

    /// Takes one field from the address, and puts what it offers into the bar.
    fn take(
        &mut self,
        name: &'static str,
        asked: Option<&str>,
        offers: Vec<Offer>,
        all: String,
        texts: &Texts,
    ) -> PageResult<Option<i64>> {
        let asked = given(asked);
        let found = asked.map(|code| offers.iter().find(|one| one.code == code));
        let chosen = found.map(|one| one.ok_or(PageError::Missing)).transpose()?.map(|one| one.id);
        if offers.is_empty() {
            return Ok(None);
        }
        self.fields.extend(asked.map(|code| (name, code.to_owned())));
        let mut choices =
            vec![Choice { value: String::new(), name: all, chosen: chosen.is_none() }];
        let single = name == "department" && offers.len() == 1 && choices[0].name == offers[0].name;
        for one in offers {
            let is = chosen == Some(one.id);
            // The one department of a supervisor is named by the first choice already.
            if is || (one.listed && !single) {
                choices.push(Choice { value: one.code, name: one.name, chosen: is });
            }
        }
        let label = texts.get(&format!("dashboards-{name}"));
        self.selects.push(Select { name, label, choices });
        Ok(chosen)
    }
}

fn offer(code: &str, name: &str, id: i64) -> Offer {
    Offer { code: code.to_owned(), name: name.to_owned(), id, listed: true }
}

fn word(kind: &str, word: &str, code: u8, texts: &Texts) -> Offer {
    offer(word, &word_name(kind, word, texts), code.into())
}
