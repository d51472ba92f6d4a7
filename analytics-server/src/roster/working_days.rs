//! The working days of a week and the sessions of each, from the centre's hours: what a form of the
//! roster offers beside hours that are typed.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use protocol::hours::{Hours, Span};

/// Which part of a day an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// From the day's first opening until its last closing.
    Whole,
    /// Until the first closing.
    Morning,
    /// From the second opening on.
    Afternoon,
    /// Hours that are typed.
    Other,
}

impl Session {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Morning, Self::Afternoon, Self::Other];

    /// How a form names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Other => "other",
        }
    }

    /// The session of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// A day of the week with the spans in which the centre is open.
pub struct WorkingDay {
    /// The day.
    pub date: Date,
    /// When it is open; empty on a day that is closed.
    pub spans: Vec<Span>,
}

impl WorkingDay {
    /// A day by the centre's hours. A centre without hours is open all day, every day.
    pub fn of(date: Date, hours: &Hours) -> Self {
        let weekday = date.weekday().to_monday_one_offset().unsigned_abs();
        let spans = if hours.week.iter().all(Vec::is_empty) {
            all_day().into_iter().collect()
        } else {
            hours.on(weekday, &date.to_string()).to_vec()
        };
        Self { date, spans }
    }

    /// Whether the centre opens on this day.
    pub fn is_open(&self) -> bool {
        !self.spans.is_empty()
    }

    /// From when until when a session lasts; none where the day has no such session.
    pub fn span(&self, session: Session) -> Option<Span> {
        let (first, last) = (*self.spans.first()?, *self.spans.last()?);
        match session {
            Session::Whole => Some(Span { from: first.from, until: last.until }),
            Session::Morning => self.spans.get(1).map(|_| first),
            Session::Afternoon => {
                self.spans.get(1).map(|second| Span { from: second.from, until: last.until })
            }
            Session::Other => None,
        }
    }

    /// The sessions that a form offers on this day.
    pub fn sessions(&self) -> impl Iterator<Item = Session> {
        let offered = move |one: &Session| *one == Session::Other || self.span(*one).is_some();
        Session::ALL.into_iter().filter(offered)
    }

    /// The session of hours such as `07:00` and `17:00`.
    pub fn session_of(&self, from: &str, until: &str) -> Session {
        let fits = |one: &Session| {
            let span = self.span(*one);
            span.is_some_and(|span| {
                span.from.to_string() == from && span.until.to_string() == until
            })
        };
        Session::ALL.into_iter().find(fits).unwrap_or(Session::Other)
    }
}

fn all_day() -> Option<Span> {
    Some(Span { from: "00:00".parse().ok()?, until: "24:00".parse().ok()? })
}

/// The days of a week from Monday until the last weekday on which the centre opens, or until the
/// place `least` in the week where that is later.
pub fn working_week(monday: Date, hours: &Hours, least: usize) -> Vec<WorkingDay> {
    let closing = hours.week.iter().rposition(|spans| !spans.is_empty()).unwrap_or(6);
    let days = monday.series(1.day()).take(closing.max(least) + 1);
    days.map(|day| WorkingDay::of(day, hours)).collect()
}

/// The Monday of a week that is written as ISO 8601 does: `2026-W48`.
pub fn monday_of_week(text: &str) -> Option<Date> {
    let (year, week) = text.split_once("-W")?;
    let (year, week) = (year.parse().ok()?, week.parse().ok()?);
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// The week of a Monday as ISO 8601 writes it.
pub fn week_word(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sessions(day: &WorkingDay) -> Vec<(&'static str, Option<String>)> {
        let written = |span: Span| format!("{}-{}", span.from, span.until);
        day.sessions().map(|one| (one.word(), day.span(one).map(written))).collect()
    }

    #[test]
    fn a_week_ends_with_the_last_day_on_which_the_centre_opens() {
        let mut hours = Hours::usual();
        let monday = date(2026, 11, 23);
        assert_eq!(working_week(monday, &hours, 0).len(), 5);
        assert_eq!(working_week(monday, &hours, 6).len(), 7, "an entry stands on Sunday");
        hours.week[5] = hours.week[0][..1].to_vec();
        let week = working_week(monday, &hours, 0);
        assert_eq!(week.len(), 6, "Saturday morning");
        let whole = ("whole", Some("07:00-11:30".to_owned()));
        assert_eq!(sessions(&week[5]), [whole, ("other", None)], "one span is no morning");
        assert_eq!(working_week(monday, &Hours::default(), 0).len(), 7);
    }

    #[test]
    fn a_day_has_the_sessions_of_its_hours() {
        let mut hours = Hours::usual();
        let tuesday = date(2026, 11, 24);
        let day = WorkingDay::of(tuesday, &hours);
        let expected = [
            ("whole", Some("07:00-17:00".to_owned())),
            ("morning", Some("07:00-11:30".to_owned())),
            ("afternoon", Some("13:30-17:00".to_owned())),
            ("other", None),
        ];
        assert_eq!(sessions(&day), expected);
        for (from, until, session) in [
            ("07:00", "17:00", Session::Whole),
            ("13:30", "17:00", Session::Afternoon),
            ("07:00", "11:00", Session::Other),
        ] {
            assert_eq!(day.session_of(from, until), session, "{from}-{until}");
        }
        hours.closed.push("2026-11-24".into());
        let closed = WorkingDay::of(tuesday, &hours);
        assert!(!closed.is_open() && day.is_open());
        assert_eq!(sessions(&closed), [("other", None)]);
        let always = WorkingDay::of(tuesday, &Hours::default());
        let whole = ("whole", Some("00:00-24:00".to_owned()));
        assert_eq!(sessions(&always), [whole, ("other", None)]);
    }

    #[test]
    fn a_week_is_written_as_the_standard_does() {
        for (word, monday) in [("2026-W48", date(2026, 11, 23)), ("2026-W01", date(2025, 12, 29))] {
            assert_eq!(monday_of_week(word), Some(monday));
            assert_eq!(week_word(monday), word);
        }
        for odd in ["", "2026-W54", "2026-11-23", "W48", "2026-W", "2026-Wx"] {
            assert_eq!(monday_of_week(odd), None, "{odd}");
        }
    }
}
