//! What an address of an export asks for, narrowed by what its reader may see: a code outside their
//! scope is answered like one that does not exist.

use crate::pages::address::given;
use crate::pages::choices::{self, Offer, Select, choose};
use crate::pages::dashboards::view::span;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::stats::groups::Dimension;
use crate::stats::slice::Filter;
use crate::storage::export::ExportFilter;
use crate::storage::sites::Sites;
use reports::figures::Period;

/// The fields of the address of an export.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ExportQuery {
    /// As everywhere: `2023-09` and its like.
    pub period: Option<String>,
    /// First and last day, from the form.
    pub from: Option<String>,
    pub to: Option<String>,
    pub department: Option<String>,
    pub counter: Option<String>,
    pub officer: Option<String>,
    pub site: Option<String>,
    pub procedure: Option<String>,
    /// `receive` or `return`.
    pub stage: Option<String>,
    /// `in_person` and its like.
    pub channel: Option<String>,
    /// `1`: with comments.
    pub comments: Option<String>,
}

/// What an address chooses, and what the form offers.
pub(super) struct ExportChoice {
    filter: Filter,
    sites: Sites,
    pub selects: Vec<Select>,
}

/// The ratings that an address asks for.
pub(super) struct ExportSelection {
    pub period: Period,
    pub span: Span,
    pub cut: ExportFilter,
}

impl ExportQuery {
    /// Whether comments are wanted.
    pub fn wants_comments(&self) -> bool {
        given(self.comments.as_deref()).is_some()
    }

    /// The period that is asked for: the days of the form, or one by its name.
    pub fn period(&self) -> Option<String> {
        match (given(self.from.as_deref()), given(self.to.as_deref())) {
            (None, None) => self.period.clone(),
            (from, to) => Some(format!("{}..{}", from.unwrap_or(""), to.unwrap_or(""))),
        }
    }

    /// The fields that narrow what is asked for.
    pub fn narrowing(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = [
            ("department", &self.department),
            ("counter", &self.counter),
            ("officer", &self.officer),
            ("site", &self.site),
            ("procedure", &self.procedure),
            ("stage", &self.stage),
            ("channel", &self.channel),
        ];
        fields.into_iter().filter_map(|(name, field)| Some((name, given(field.as_deref())?)))
    }

    /// The fields of an address of the same, of a period.
    pub fn address_fields(&self, period: &str) -> String {
        let comments = given(self.comments.as_deref()).map(|word| ("comments", word));
        let fields = [("period", period)].into_iter().chain(self.narrowing()).chain(comments);
        serde_html_form::to_string(fields.collect::<Vec<_>>()).unwrap_or_default()
    }

    /// What is chosen of what the reader may see.
    pub async fn choice(&self, context: &Context) -> PageResult<ExportChoice> {
        let Context { app, viewer, texts, .. } = context;
        let scope = viewer.scope();
        let (directory, sites) = app.places_within(&scope).await?;
        let mut selects = Vec::new();
        let mut take =
            |name: &'static str, kind: &str, field: &Option<String>, offers: Vec<Offer>| {
                let (id, choices) = choose(field.as_deref(), offers)?;
                selects.push(Select {
                    name,
                    label: texts.get(&format!("export-{kind}-{name}")),
                    choices,
                });
                Ok::<_, PageError>(id)
            };
        let site = take("site", "choose", &self.site, choices::sites(&sites))?;
        let offers = choices::entries(Dimension::Departments, &directory, None);
        let department = take("department", "choose", &self.department, offers)?;
        let mut of_department = |dimension: Dimension, field: &Option<String>| {
            let mut offers = choices::entries(dimension, &directory, department);
            if dimension == Dimension::Officers {
                for one in &mut offers {
                    one.name = format!("{} ({})", one.name, one.code);
                }
            }
            take(dimension.field(), "choose", field, offers)
        };
        let counter = of_department(Dimension::Counters, &self.counter)?;
        let officer = of_department(Dimension::Officers, &self.officer)?;
        let procedure = of_department(Dimension::Procedures, &self.procedure)?;
        let stage = take("stage", "column", &self.stage, choices::stages(texts));
        let channel = take("channel", "column", &self.channel, choices::channels(texts));
        let word = |code: PageResult<Option<i64>>| {
            let code = code.map_err(|_| PageError::Request)?;
            Ok::<_, PageError>(code.and_then(|code| u8::try_from(code).ok()))
        };
        let filter = Filter {
            departments: department.map(|id| [id].into()),
            counter,
            officer,
            site,
            procedure,
            stage: word(stage)?,
            channel: word(channel)?,
        };
        Ok(ExportChoice { filter: filter.within(&scope), sites, selects })
    }
}

impl ExportChoice {
    /// The ratings of a period that are chosen.
    pub async fn selection(
        &self,
        context: &Context,
        period: Option<&str>,
    ) -> PageResult<ExportSelection> {
        let Context { app, viewer, .. } = context;
        let policy = app.centre().policy;
        let span = match span(app, viewer, period).await? {
            Span::Days(from, to) => Span::of_days(from, to, policy),
            named => named,
        };
        let period = span.under(policy);
        let (from, until) = app.moments(&period);
        let filter = &self.filter;
        let cut = ExportFilter {
            from,
            until,
            departments: filter.departments.as_ref().map(|all| all.iter().copied().collect()),
            counters: filter.counters(&self.sites).map(|all| all.into_iter().collect()),
            officer: filter.officer,
            procedure: filter.procedure,
            stage: filter.stage.map(i16::from),
            channel: filter.channel.map(i16::from),
        };
        Ok(ExportSelection { period, span, cut })
    }

    /// What is chosen: labels and names.
    pub fn chosen(&self) -> Vec<(String, String)> {
        let named = |select: &Select| {
            let one = select.chosen()?;
            Some((select.label.clone(), format!("{} ({})", one.name, one.value)))
        };
        self.selects.iter().filter_map(named).collect()
    }
}
