//! Which period an officer's page shows, and which others it leads to: those alone of which something
//! was published, so that nobody leafs through empty months and none is offered that has not begun.

use crate::pages::address::given;
use crate::pages::choices::Choice;
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use reports::periods::period_name;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::ops::Bound;

/// The periods beside the one that is shown.
pub(super) struct Periods {
    /// Address and name of the nearest ones before and after that have results.
    pub neighbours: [Option<(String, String)>; 2],
    /// What the chooser offers, by years, newest first; none where nothing was published.
    pub years: Vec<(String, Vec<Choice>)>,
}

/// The address of the page of a period.
pub(super) fn path(period: &str) -> String {
    format!("/me?period={period}")
}

/// The period that an address names; a month at least: nothing is published of days.
pub(super) fn named(period: Option<&str>, policy: Policy) -> PageResult<Option<Span>> {
    let Some(text) = given(period) else { return Ok(None) };
    Ok(Some(match text.parse()? {
        Span::Days(from, _) => Span::month_of(from, policy),
        span => span,
    }))
}

/// The period of the kind of `like` that holds another one, where there is one.
fn holding(like: Span, one: Span) -> Option<Span> {
    let is_alike = |span: &Span| discriminant(span) == discriminant(&like);
    one.around().into_iter().chain([one]).find(is_alike)
}

/// The nearest periods of the same kind before and after, among those that were told.
fn nearest(told: &BTreeSet<Span>, shown: Span) -> [Option<Span>; 2] {
    let alike: BTreeSet<Span> = told.iter().filter_map(|one| holding(shown, *one)).collect();
    let after = (Bound::Excluded(shown), Bound::Unbounded);
    [alike.range(..shown).next_back().copied(), alike.range(after).next().copied()]
}

impl Periods {
    /// Those beside `shown`; `told` are the months and years of which something was published.
    pub fn of(context: &Context, told: &BTreeSet<Span>, shown: Span, policy: Policy) -> Self {
        let texts = context.texts;
        let name = |span: Span| period_name(&span.under(policy), texts);
        let link = |(span, key): (Option<Span>, &str)| {
            let span = span?;
            let text = texts.with(key, &[("period", &name(span))]);
            Some((context.to(&path(&span.to_string())), text))
        };
        let [before, after] = nearest(told, shown);
        let choice = |span: &Span| Choice {
            value: span.to_string(),
            name: name(*span),
            chosen: *span == shown,
        };
        let mut offered = told.clone();
        if !told.is_empty() {
            offered.insert(shown);
        }
        let years: BTreeSet<i16> = offered.iter().map(|one| one.year()).collect();
        let of_year = |year: i16| {
            // Spans are in the order of their kinds, so that the whole year stands first.
            let own = offered.iter().rev().filter(|one| one.year() == year);
            (year.to_string(), own.map(choice).collect())
        };
        Self {
            neighbours: [(before, "records-me-before"), (after, "records-me-after")].map(link),
            years: years.into_iter().rev().map(of_year).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_months_are_passed_over_and_no_month_is_offered_that_has_nothing() {
        let told: BTreeSet<Span> = [
            Span::Month(2023, 8),
            Span::Month(2023, 9),
            Span::Month(2026, 11),
            Span::Year(2023),
            Span::Year(2026),
        ]
        .into();
        let of = |shown| nearest(&told, shown);
        assert_eq!(of(Span::Month(2026, 11)), [Some(Span::Month(2023, 9)), None]);
        assert_eq!(
            of(Span::Month(2025, 1)),
            [Some(Span::Month(2023, 9)), Some(Span::Month(2026, 11))]
        );
        assert_eq!(of(Span::Month(2023, 8)), [None, Some(Span::Month(2023, 9))]);
        assert_eq!(of(Span::Quarter(2026, 4)), [Some(Span::Quarter(2023, 3)), None]);
        assert_eq!(of(Span::Half(2023, 2)), [None, Some(Span::Half(2026, 2))]);
        assert_eq!(of(Span::NineMonths(2026)), [Some(Span::NineMonths(2023)), None]);
        assert_eq!(of(Span::Year(2026)), [Some(Span::Year(2023)), None]);
    }
}
