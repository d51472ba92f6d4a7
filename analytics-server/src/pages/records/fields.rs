//! The fields of the address of a list of visits, and the addresses of the same list: another page of it,
//! or the list without one of its filters.

use crate::pages::address::given;
use crate::pages::prelude::*;
use crate::period::{self, Policy, Span};
use crate::storage::records::VisitCursor;
use crate::visits::search::ListPlace;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fields that say which page of a list it is.
const PLACE: [&str; 2] = ["after", "before"];

/// The fields of the address of a list of visits.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct RecordsQuery {
    pub date: Option<String>,
    pub hour: Option<String>,
    pub weekday: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub department: Option<String>,
    pub counter: Option<String>,
    pub officer: Option<String>,
    pub site: Option<String>,
    pub procedure: Option<String>,
    pub stage: Option<String>,
    pub channel: Option<String>,
    pub source: Option<String>,
    pub level: Option<String>,
    pub reason: Option<String>,
    pub aspect: Option<String>,
    pub judged: Option<String>,
    pub flag: Option<String>,
    pub with: Option<String>,
    pub search: Option<String>,
    pub state: Option<String>,
    /// Of the pages of figures that the reader comes from: it narrows nothing and leads back to them.
    pub period: Option<String>,
    pub after: Option<String>,
    pub before: Option<String>,
}

impl RecordsQuery {
    /// The fields that say something, by their names.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let fields = fields.as_object().into_iter().flatten();
        let said = |(name, value): (&String, &serde_json::Value)| {
            Some((name.clone(), given(value.as_str())?.to_owned()))
        };
        fields.filter_map(said).collect()
    }

    /// The address with these fields under a path.
    pub fn address(&self, path: &str) -> String {
        let fields = self.fields();
        address::with_fields(path, fields.iter().map(|(name, value)| (&**name, &**value)))
    }

    /// The address of the first page of the same list without some of its fields.
    pub fn address_without(&self, path: &str, gone: &[&str]) -> String {
        let mut fields = self.fields();
        fields.retain(|name, _| !gone.contains(&&**name) && !PLACE.contains(&&**name));
        address::with_fields(path, fields.iter().map(|(name, value)| (&**name, &**value)))
    }

    /// The address of a page of the same list.
    pub fn address_at(&self, path: &str, place: ListPlace) -> String {
        let cursor = |one: VisitCursor| Some(format!("{}.{}", one.asked_at, one.num));
        let (after, before) = match place {
            ListPlace::First => (None, None),
            ListPlace::After(place) => (cursor(place), None),
            ListPlace::Before(place) => (None, cursor(place)),
        };
        Self { after, before, ..self.clone() }.address(path)
    }

    /// Which page of the list is asked for.
    pub fn place(&self) -> PageResult<ListPlace> {
        let cursor = |word: &str| {
            let place = word.split_once('.').and_then(|(asked_at, num)| {
                Some(VisitCursor { asked_at: asked_at.parse().ok()?, num: num.parse().ok()? })
            });
            place.ok_or(PageError::Request)
        };
        match (given(self.after.as_deref()), given(self.before.as_deref())) {
            (None, None) => Ok(ListPlace::First),
            (Some(after), None) => cursor(after).map(ListPlace::After),
            (None, Some(before)) => cursor(before).map(ListPlace::Before),
            (Some(_), Some(_)) => Err(PageError::Request),
        }
    }

    /// The period with which the pages of figures go on: the one that the reader comes from, or that
    /// of the days that are asked for.
    pub fn period(&self, policy: Policy) -> Option<Span> {
        let kept = given(self.period.as_deref()).and_then(|text| text.parse::<Span>().ok());
        let day = |field: &Option<String>| given(field.as_deref()).and_then(period::day);
        let of_days = || {
            let (from, to) = (day(&self.from)?, day(&self.to)?);
            (from <= to).then(|| Span::of_days(from, to, policy))
        };
        kept.or_else(of_days)
    }

    /// Whether no days are asked for.
    pub fn is_of_any_day(&self) -> bool {
        let days = [&self.date, &self.from, &self.to];
        days.into_iter().all(|field| given(field.as_deref()).is_none())
    }
}
