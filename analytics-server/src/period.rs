//! Reporting periods as they are written on the command line and in a page's address, and the two
//! rules that turn them into days: `calendar`, and `nd09` (Decree 09/2019), whose months end on the
//! 14th. Everything here is pure; a period that does not exist gets one sentence saying why.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use reports::figures::Period;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

mod days;

pub use days::day;
use days::number;

/// Years a report can be about. Outside of them a year is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Last day of an `nd09` month (Decree 09/2019); the next one begins the day after.
const ND09_LAST_DAY: i8 = 14;

/// How many days a range may have: ten years, more than any report covers.
const RANGE_DAYS: i32 = 3660;

/// The rule that gives a period its days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// From the first to the last day.
    #[default]
    Calendar,
    /// From the 15th of the month before to the 14th.
    Nd09,
}

impl Policy {
    /// All policies.
    pub const ALL: [Self; 2] = [Self::Calendar, Self::Nd09];

    /// As it is written in settings and figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Nd09 => "nd09",
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Policy {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        Self::ALL
            .into_iter()
            .find(|policy| policy.name() == text)
            .ok_or_else(|| PeriodError::Policy(text.to_owned()))
    }
}

/// Why a text names no period. `word` is the text as it was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It has none of the known forms.
    #[error(
        "“{word}” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14"
    )]
    Form {
        /// As given.
        word: String,
    },
    /// A month, quarter or half that no year has.
    #[error("“{word}” does not exist: {problem}")]
    Missing {
        /// As given.
        word: String,
        /// What there is instead.
        problem: &'static str,
    },
    /// A day that no calendar has.
    #[error("“{word}” does not exist: there is no day {day}; write days as 2023-02-14")]
    Day {
        /// As given.
        word: String,
        /// The part that is no day.
        day: String,
    },
    /// The last day comes before the first.
    #[error("“{word}” ends before it begins: write the earlier day first")]
    Reversed {
        /// As given.
        word: String,
    },
    /// More than [`RANGE_DAYS`] days.
    #[error("“{word}” is longer than ten years: choose a shorter range")]
    TooLong {
        /// As given.
        word: String,
    },
    /// Outside [`YEARS`].
    #[error("“{word}” lies outside the years 1900 to 2199: check the year")]
    Year {
        /// As given.
        word: String,
    },
    /// No such policy.
    #[error("“{0}” is not a period policy: write calendar or nd09")]
    Policy(String),
}

impl PeriodError {
    /// The word in the key of its sentence, and the text as it was given.
    pub fn word(&self) -> (&'static str, &str) {
        match self {
            Self::Form { word } | Self::Policy(word) => ("form", word),
            Self::Missing { word, .. } => ("missing", word),
            Self::Day { word, .. } => ("day", word),
            Self::Reversed { word } => ("reversed", word),
            Self::TooLong { word } => ("long", word),
            Self::Year { word } => ("year", word),
        }
    }
}

/// A period before a policy has given it its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// Year and month, 1 to 12.
    Month(i16, i8),
    /// Year and quarter, 1 to 4.
    Quarter(i16, i8),
    /// Year and half, 1 or 2.
    Half(i16, i8),
    /// The first nine months of a year.
    NineMonths(i16),
    /// A whole year.
    Year(i16),
    /// First and last day.
    Days(Date, Date),
}

/// Which earlier period another one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The one just before.
    Before,
    /// The same of the year before.
    YearBefore,
}

/// The period that `text` names, under `policy`.
pub fn parse(text: &str, policy: Policy) -> Result<Period, PeriodError> {
    Ok(text.parse::<Span>()?.under(policy))
}

impl Span {
    /// The month that `day` counts for, under `policy`.
    pub fn month_of(day: Date, policy: Policy) -> Self {
        let first = day.first_of_month();
        let month = if policy == Policy::Nd09 && day.day() > ND09_LAST_DAY {
            first.saturating_add(1.month())
        } else {
            first
        };
        Self::Month(month.year(), month.month())
    }

    /// The usual periods that a month is part of, the shortest first; none of what is no month.
    pub fn around(self) -> Vec<Self> {
        let Self::Month(year, month) = self else { return Vec::new() };
        let nine = (month <= 9).then_some(Self::NineMonths(year));
        let longer = [Self::Quarter(year, (month + 2) / 3), Self::Half(year, (month + 5) / 6)];
        [self].into_iter().chain(longer).chain(nine).chain([Self::Year(year)]).collect()
    }

    /// The days of this span, under `policy`, with its name.
    pub fn under(self, policy: Policy) -> Period {
        let (from, to) = match self {
            Self::Month(year, month) => months(year, month, month, policy),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3, policy),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6, policy),
            Self::NineMonths(year) => months(year, 1, 9, policy),
            Self::Year(year) => months(year, 1, 12, policy),
            Self::Days(from, to) => (from, to),
        };
        Period { from, to, policy: policy.name().to_owned(), name: self.to_string() }
    }

    /// Whether it is a whole period (no range of days) that was over before `today`: such periods
    /// differ by whole months, so no difference of two of them points at one day.
    pub fn is_settled(self, policy: Policy, today: Date) -> bool {
        !matches!(self, Self::Days(..)) && self.under(policy).to < today
    }

    /// The year it is reported for; of a range, the year of its last day.
    pub fn year(self) -> i16 {
        match self {
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::NineMonths(year)
            | Self::Year(year) => year,
            Self::Days(_, to) => to.year(),
        }
    }

    /// The span of the same kind just before; none at the edge of [`YEARS`].
    pub fn previous(self) -> Option<Self> {
        self.moved(-1)
    }

    /// The span of the same kind just after; none at the edge of [`YEARS`].
    pub fn next(self) -> Option<Self> {
        self.moved(1)
    }

    /// The spans that this one is compared with: the one before, which is that of [`Self::previous`], and
    /// the same of the year before. For a whole year and for its first nine months these are one.
    pub fn compared(self) -> Vec<(Against, Self)> {
        let year = self.year_before().map(|span| (Against::YearBefore, span));
        let before = self.previous().map(|span| (Against::Before, span));
        match self {
            Self::Year(_) | Self::NineMonths(_) => year.into_iter().collect(),
            _ => before.into_iter().chain(year).collect(),
        }
    }

    /// The same span of the year before; of a range, as many days from the same day on.
    pub fn year_before(self) -> Option<Self> {
        let made = match self {
            Self::Month(year, month) => Self::Month(year - 1, month),
            Self::Quarter(year, quarter) => Self::Quarter(year - 1, quarter),
            Self::Half(year, half) => Self::Half(year - 1, half),
            Self::NineMonths(year) => Self::NineMonths(year - 1),
            Self::Year(year) => Self::Year(year - 1),
            Self::Days(from, to) => {
                let first = from.checked_sub(1.year()).ok()?;
                Self::Days(first, first.checked_add(to - from).ok()?)
            }
        };
        made.is_known().then_some(made)
    }

    /// Whether it lies within [`YEARS`].
    fn is_known(self) -> bool {
        let first = match self {
            Self::Days(from, _) => from.year(),
            other => other.year(),
        };
        YEARS.contains(&first) && YEARS.contains(&self.year())
    }

    fn moved(self, by: i16) -> Option<Self> {
        let moved = match self {
            Self::Month(year, month) => {
                let (year, month) = carried(year, month, by, 12);
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let (year, quarter) = carried(year, quarter, by, 4);
                Self::Quarter(year, quarter)
            }
            Self::Half(year, half) => {
                let (year, half) = carried(year, half, by, 2);
                Self::Half(year, half)
            }
            Self::NineMonths(year) => Self::NineMonths(year + by),
            Self::Year(year) => Self::Year(year + by),
            Self::Days(from, to) => {
                let days = (to - from).get_days() + 1;
                let by = (days * i32::from(by)).days();
                Self::Days(from.checked_add(by).ok()?, to.checked_add(by).ok()?)
            }
        };
        moved.is_known().then_some(moved)
    }
}

/// Moves part 1 to `parts` of a year by one place, into the next or last year where needed.
fn carried(year: i16, part: i8, by: i16, parts: i16) -> (i16, i8) {
    let place = i16::from(part) - 1 + by;
    let part = i8::try_from(place.rem_euclid(parts) + 1).unwrap_or(1);
    (year + place.div_euclid(parts), part)
}

/// First and last day of the months `first` to `last` of a year.
fn months(year: i16, first: i8, last: i8, policy: Policy) -> (Date, Date) {
    // Months are 1 to 12 and years within YEARS here, so these days exist.
    let (first, last) = (date(year, first, 1), date(year, last, 1));
    match policy {
        Policy::Calendar => (first, last.last_of_month()),
        Policy::Nd09 => (
            first.saturating_sub(1.month()).saturating_add(i32::from(ND09_LAST_DAY).days()),
            last.saturating_add(i32::from(ND09_LAST_DAY - 1).days()),
        ),
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::NineMonths(year) => write!(f, "{year:04}-9M"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Days(from, to) => write!(f, "{from}..{to}"),
        }
    }
}

impl FromStr for Span {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let word = || text.chars().take(40).collect::<String>();
        let text = text.trim();
        if let Some((from, to)) = days::range(text) {
            return days::span(text, from, to);
        }
        let form = || PeriodError::Form { word: word() };
        let (year, part) = match text.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (text, None),
        };
        let year: i16 = number(year, 4).ok_or_else(form)?;
        let missing = |problem| Err(PeriodError::Missing { word: word(), problem });
        let span = match part.map(str::to_ascii_uppercase).as_deref() {
            None => Self::Year(year),
            Some("9M") => Self::NineMonths(year),
            Some(part) => match part.split_at_checked(1) {
                Some(("Q", quarter)) => match number(quarter, 1).ok_or_else(form)? {
                    quarter @ 1..=4 => Self::Quarter(year, quarter),
                    _ => return missing("a year has the quarters Q1 to Q4"),
                },
                Some(("H", half)) => match number(half, 1).ok_or_else(form)? {
                    half @ 1..=2 => Self::Half(year, half),
                    _ => return missing("a year has the halves H1 and H2"),
                },
                _ => match number(part, 2).ok_or_else(form)? {
                    month @ 1..=12 => Self::Month(year, month),
                    _ => return missing("a year has the months 01 to 12"),
                },
            },
        };
        if YEARS.contains(&year) { Ok(span) } else { Err(PeriodError::Year { word: word() }) }
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
