//! Ranges of days: as programs write them, `2023-01-15..2023-02-14`, and as people do,
//! `15/01/2023 - 14/02/2023`; and the period that some days are.

use super::{PeriodError, Policy, RANGE_DAYS, Span, YEARS};
use jiff::civil::Date;
use std::str::FromStr;

/// A number written with exactly `digits` digits.
pub(super) fn number<N: FromStr>(text: &str, digits: usize) -> Option<N> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A day as programs write it, `2023-02-14`, or as people do: `14/02/2023`, `14/2/2023`.
pub fn day(text: &str) -> Option<Date> {
    let short = |part: &str| number(part, part.len().clamp(1, 2));
    if let Some((day, rest)) = text.split_once('/') {
        let (month, year) = rest.split_once('/')?;
        return Date::new(number(year, 4)?, short(month)?, short(day)?).ok();
    }
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok()
}

/// Both ends of a text that is a range of days. A day alone is one only as people write it.
pub(super) fn range(text: &str) -> Option<(&str, &str)> {
    if let Some(ends) = text.split_once("..") {
        return Some(ends);
    }
    let is_of_people = text.contains('/');
    is_of_people.then(|| text.split_once(['-', '–']).unwrap_or((text, text)))
}

/// The span of a range of days.
pub(super) fn span(text: &str, from: &str, to: &str) -> Result<Span, PeriodError> {
    let word = || text.chars().take(40).collect::<String>();
    let read = |part: &str| {
        day(part).ok_or_else(|| PeriodError::Day {
            word: word(),
            day: format!("“{}”", part.chars().take(20).collect::<String>()),
        })
    };
    let (from, to) = (read(from.trim())?, read(to.trim())?);
    if !YEARS.contains(&from.year()) || !YEARS.contains(&to.year()) {
        return Err(PeriodError::Year { word: word() });
    }
    if to < from {
        return Err(PeriodError::Reversed { word: word() });
    }
    if (to - from).get_days() >= RANGE_DAYS {
        return Err(PeriodError::TooLong { word: word() });
    }
    Ok(Span::Days(from, to))
}

impl Span {
    /// The span of these days, under `policy`: a month, a quarter or a longer period where they are
    /// all of one, or else a range.
    pub fn of_days(from: Date, to: Date, policy: Policy) -> Self {
        let is_it = |span: &Self| {
            let period = span.under(policy);
            (period.from, period.to) == (from, to)
        };
        let whole = Self::month_of(to, policy).around();
        whole.into_iter().find(is_it).unwrap_or(Self::Days(from, to))
    }
}
