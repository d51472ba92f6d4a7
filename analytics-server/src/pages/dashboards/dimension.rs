//! What figures are broken down by: departments, officers, counters or procedures.

use super::view::View;
use crate::pages::address;
use crate::stats::slice::Filter;
use reports::figures::{Figures, Group};

/// What figures are broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Dimension {
    Departments,
    Officers,
    Counters,
    Procedures,
}

impl Dimension {
    /// The word in addresses and names of sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Officers => "officers",
            Self::Counters => "counters",
            Self::Procedures => "procedures",
        }
    }

    /// Where the list is.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Departments => "/departments",
            Self::Officers => "/officers",
            Self::Counters => "/counters",
            Self::Procedures => "/procedures",
        }
    }

    /// Where one of them is, in a period and with the filters that make sense there.
    pub fn address(self, code: &str, view: &View) -> String {
        let own =
            |name: &str| name == "department" || (self, name) == (Self::Procedures, "procedure");
        let kept: Vec<_> = view.narrow.fields.iter().filter(|(name, _)| !own(name)).collect();
        let query = serde_html_form::to_string(&kept).unwrap_or_default();
        let query = if query.is_empty() { query } else { format!("&{query}") };
        let path = format!("{}/{}", self.path(), address::segment(code));
        address::at(&path, &view.period.name, &query, view.texts)
    }

    /// The field that lists of visits and exports know one by.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Departments => "department",
            Self::Officers => "officer",
            Self::Counters => "counter",
            Self::Procedures => "procedure",
        }
    }

    /// Where the visits of one are that were rated below satisfied.
    pub fn below(self, code: &str, view: &View) -> String {
        let kept = view.narrow.fields.iter().filter(|(name, _)| *name != self.field());
        let kept = kept.map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<_> =
            kept.chain([(self.field(), code), ("level", "below"), ("state", "counted")]).collect();
        let query = serde_html_form::to_string(fields).unwrap_or_default();
        let (from, to) = (view.period.from, view.period.to);
        format!("/records?from={from}&to={to}&{query}{}", address::language(view.texts))
    }

    /// Theirs among the figures.
    pub fn groups(self, figures: &Figures) -> &[Group] {
        match self {
            Self::Departments => &figures.departments,
            Self::Officers => &figures.officers,
            Self::Counters => &figures.counters,
            Self::Procedures => &figures.procedures,
        }
    }

    /// The filter narrowed to one of them.
    pub fn only(self, id: i64, filter: Filter) -> Filter {
        match self {
            Self::Departments => Filter { departments: Some([id].into()), ..filter },
            Self::Officers => Filter { officer: Some(id), ..filter },
            Self::Counters => Filter { counter: Some(id), ..filter },
            Self::Procedures => Filter { procedure: Some(id), ..filter },
        }
    }
}
