//! The filters of an address: department, site, procedure, stage and channel, by their codes. What
//! is unknown and what is outside the reader's part of the centre get the same answer: nothing is
//! there. Only what is inside is offered.

use super::query::FigureQuery;
use crate::pages::address::given;
use crate::pages::choices::{self, Choice, Offer, Select};
use crate::pages::prelude::*;
use crate::scope::Scope;
use crate::stats::groups::Dimension;
use crate::stats::slice::Filter;

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

/// A filter in force.
pub(in crate::pages) struct Chip {
    /// What it is and what it is set to.
    pub name: String,
    /// The address of the same page without it.
    pub clear: String,
}

/// The filters in force, as `filters.html` shows them.
pub(in crate::pages) struct InForce {
    pub chips: Vec<Chip>,
    /// The address without any of them.
    pub clear_all: String,
}

impl Filters {
    /// What an address asks for.
    pub async fn of(context: &Context, query: &FigureQuery) -> PageResult<Self> {
        let Context { app, viewer, texts, .. } = context;
        let scope = viewer.scope();
        let (directory, sites) = app.places_within(&scope).await?;
        let mut made = Self::default();
        let all = match (&scope, directory.departments.as_slice()) {
            (Scope::All, _) => texts.get("dashboards-whole"),
            (_, [one]) => one.name.clone(),
            _ => texts.get("dashboards-all-departments"),
        };
        let offers = choices::entries(Dimension::Departments, &directory, None);
        let department =
            made.take("department", query.department.as_deref(), offers, all, texts)?;
        let all = texts.get("dashboards-all-sites");
        let site = made.take("site", query.site.as_deref(), choices::sites(&sites), all, texts)?;
        let offers = choices::entries(Dimension::Procedures, &directory, department);
        let all = texts.get(if department.is_none() && offers.iter().all(|one| !one.listed) {
            "dashboards-procedures-of-department"
        } else {
            "dashboards-all-procedures"
        });
        let procedure = made.take("procedure", query.procedure.as_deref(), offers, all, texts)?;
        let all = texts.get("dashboards-all-stages");
        let stage =
            made.take("stage", query.stage.as_deref(), choices::stages(texts), all, texts)?;
        let all = texts.get("dashboards-all-channels");
        let offers = choices::channels(texts);
        let channel = made.take("channel", query.channel.as_deref(), offers, all, texts)?;
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
        made.query = made.query_with(&[], &[]);
        Ok(made)
    }

    /// The fields as part of an address, without those of some names and with others.
    pub fn query_with(&self, without: &[&str], others: &[(&str, &str)]) -> String {
        let kept = self.fields.iter().filter(|(name, _)| !without.contains(name));
        let kept = kept.map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = kept.chain(others.iter().copied()).collect();
        // Texts alone can always be written.
        let query = serde_html_form::to_string(fields).unwrap_or_default();
        if query.is_empty() { query } else { format!("&{query}") }
    }

    /// The filters in force; `at` gives the address of the page with other ones, which are a part of
    /// an address.
    pub fn in_force(&self, at: impl Fn(&str) -> String) -> InForce {
        let chips = self.selects.iter().filter_map(|one| {
            let chosen = one.chosen().filter(|choice| !choice.value.is_empty())?;
            let clear = at(&self.query_with(&[one.name], &[]));
            Some(Chip { name: format!("{}: {}", one.label, chosen.name), clear })
        });
        InForce { chips: chips.collect(), clear_all: at("") }
    }

    /// Takes one field from the address, and puts what it offers into the bar.
    fn take(
        &mut self,
        name: &'static str,
        field: Option<&str>,
        offers: Vec<Offer>,
        all: String,
        texts: &Texts,
    ) -> PageResult<Option<i64>> {
        let is_there = !offers.is_empty();
        let (chosen, mut choices) = choices::choose(field, offers)?;
        if is_there {
            self.fields.extend(given(field).map(|code| (name, code.to_owned())));
            // The one department of a supervisor is named by the first choice already.
            choices.retain(|one| one.chosen || one.name != all);
            let all = Choice { value: String::new(), name: all, chosen: chosen.is_none() };
            choices.insert(0, all);
            let label = texts.get(&format!("dashboards-{name}"));
            self.selects.push(Select { name, label, choices });
        }
        Ok(chosen)
    }
}
