//! The filters of an address: department, site, procedure, stage and channel, by their codes. What
//! is unknown and what is outside the reader's part of the house get the same answer: nothing is
//! there. Only what is inside is offered.

use super::chooser::Choice;
use crate::auth::Viewer;
use crate::export::word_name as told;
use crate::pages::address::{Asked, given, offered};
use crate::pages::fault::Fault;
use crate::scope::Scope;
use crate::state::App;
use crate::stats::slice::Filter;
use locales::Texts;
use protocol::{Channel, Stage};
use std::collections::BTreeSet;

/// What an address narrows the figures to.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct Narrowed {
    /// Never wider than the reader's part of the house.
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

/// Something to choose: code, name, id.
struct Offer {
    code: String,
    name: String,
    id: i64,
    /// Whether the form offers it; an address may name it all the same.
    listed: bool,
}

impl Narrowed {
    /// What an address asks for.
    pub async fn of(app: &App, viewer: &Viewer, asked: &Asked) -> Result<Self, Fault> {
        let scope = viewer.scope();
        let gone = |error: crate::storage::StoreError| Fault::Figures(error.into());
        let directory = app.directory_within(&scope).await?;
        let sites = app.store.counter_sites().await.map_err(gone)?;
        let sites = scope.narrow_sites(sites, &directory);
        let texts = asked.texts();
        let mut made = Self::default();

        let departments =
            directory.departments.iter().map(|one| offer(&one.code, &one.name, one.id));
        let all = match (&scope, directory.departments.as_slice()) {
            (Scope::All, _) => texts.get("dashboards-whole"),
            (_, [one]) => one.name.clone(),
            _ => texts.get("dashboards-all-departments"),
        };
        let department = made.take(
            "department",
            asked.department.as_deref(),
            departments.collect(),
            all,
            texts,
        )?;

        let there = sites.sites.iter().map(|one| offer(&one.code, &one.name, one.id)).collect();
        let all = texts.get("dashboards-all-sites");
        let site = made.take("site", asked.site.as_deref(), there, all, texts)?;

        let listed: BTreeSet<i64> =
            offered(&directory.procedures, department, |one| one.department)
                .map(|one| one.id)
                .collect();
        let procedures = directory.procedures.iter().map(|one| Offer {
            listed: listed.contains(&one.id),
            ..offer(&one.code, &one.name, one.id)
        });
        let all = texts.get(if listed.is_empty() && department.is_none() {
            "dashboards-procedures-of-department"
        } else {
            "dashboards-all-procedures"
        });
        let procedure =
            made.take("procedure", asked.procedure.as_deref(), procedures.collect(), all, texts)?;

        let all = texts.get("dashboards-all-stages");
        let stages = Stage::ALL.map(|one| word("stage", one.name(), one.code(), texts));
        let stage = made.take("stage", asked.stage.as_deref(), stages.into(), all, texts)?;
        let all = texts.get("dashboards-all-channels");
        let channels = Channel::ALL.map(|one| word("channel", one.name(), one.code(), texts));
        let channel =
            made.take("channel", asked.channel.as_deref(), channels.into(), all, texts)?;
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
            let query = serde_html_form::to_string(&made.fields).map_err(|_| Fault::Request)?;
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
    ) -> Result<Option<i64>, Fault> {
        let asked = given(asked);
        let found = asked.map(|code| offers.iter().find(|one| one.code == code));
        let chosen = found.map(|one| one.ok_or(Fault::Missing)).transpose()?.map(|one| one.id);
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
        self.selects.push(Select {
            name,
            label: texts.get(&format!("dashboards-{name}")),
            choices,
        });
        Ok(chosen)
    }
}

fn offer(code: &str, name: &str, id: i64) -> Offer {
    Offer { code: code.to_owned(), name: name.to_owned(), id, listed: true }
}

fn word(kind: &str, word: &str, code: u8, texts: &Texts) -> Offer {
    offer(word, &told(kind, word, texts), code.into())
}
