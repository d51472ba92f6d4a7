//! The usual periods by one press: today, the working day before it, this week and the one before,
//! this month and this quarter. They stand at the head of every page of figures and keep its filters.

use crate::centre::Centre;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::roster::monday_of;
use crate::roster::working_days::WorkingDay;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Days back to which the last working day is looked for: over the longest holidays, around Tết.
const WITHIN: i32 = 31;

/// One of the usual periods.
pub(in crate::pages) struct QuickPeriod {
    pub address: String,
    pub name: String,
    /// Whether it is the one shown.
    pub chosen: bool,
}

impl QuickPeriod {
    /// The usual periods beside the one that is `shown`; `at` gives the address of a period.
    pub(in crate::pages) fn all(
        app: &App,
        texts: &Texts,
        shown: Option<Span>,
        at: impl Fn(Span) -> String,
    ) -> Vec<Self> {
        let link = |(key, span): (&str, Span)| Self {
            address: at(span),
            name: texts.get(key),
            chosen: Some(span) == shown,
        };
        usual_periods(app.today(), &app.centre()).into_iter().map(link).collect()
    }

    /// Those of one day beside the day that is `shown`; `at` gives the address of a day.
    pub(super) fn days(
        app: &App,
        texts: &Texts,
        shown: Date,
        at: impl Fn(Date) -> String,
    ) -> Vec<Self> {
        let link = |(key, span): (&str, Span)| match span {
            Span::Days(from, to) if from == to => {
                Some(Self { address: at(from), name: texts.get(key), chosen: from == shown })
            }
            _ => None,
        };
        usual_periods(app.today(), &app.centre()).into_iter().filter_map(link).collect()
    }
}

/// The last day before `today` on which the centre opens, by its hours and its days off; none within
/// a month.
pub(super) fn working_day_before(today: Date, centre: &Centre) -> Option<Date> {
    let mut before = (1..=WITHIN).map(|back| today.saturating_sub(back.days()));
    before.find(|date| WorkingDay::of(*date, &centre.hours).is_open())
}

/// The week of a day, Monday to Sunday.
pub(super) fn week_of(date: Date) -> Span {
    let monday = monday_of(date);
    Span::Days(monday, monday.saturating_add(6.days()))
}

/// The usual periods with the keys of their names, in their order.
fn usual_periods(today: Date, centre: &Centre) -> Vec<(&'static str, Span)> {
    let (month, week) = (Span::month_of(today, centre.policy), week_of(today));
    let quarter = month.around().into_iter().find(|span| matches!(span, Span::Quarter(..)));
    let day = |date: Date| Span::Days(date, date);
    let periods = [
        ("dashboards-today", Some(day(today))),
        ("dashboards-working-day", working_day_before(today, centre).map(day)),
        ("dashboards-this-week", Some(week)),
        ("dashboards-last-week", week.previous()),
        ("dashboards-this-month", Some(month)),
        ("dashboards-this-quarter", quarter),
    ];
    periods.into_iter().filter_map(|(key, span)| Some((key, span?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Policy;
    use jiff::civil::date;

    fn centre(policy: Policy, closed: &[&str]) -> Centre {
        let mut centre = Centre { policy, ..Centre::default() };
        centre.hours.closed = closed.iter().map(|day| (*day).to_owned()).collect();
        centre
    }

    #[test]
    fn the_working_day_before_is_no_sunday_and_no_holiday() {
        let plain = centre(Policy::Calendar, &[]);
        // A Tuesday, a Monday, a Saturday.
        for (today, before) in [
            (date(2026, 11, 24), date(2026, 11, 23)),
            (date(2026, 11, 23), date(2026, 11, 20)),
            (date(2026, 11, 28), date(2026, 11, 27)),
        ] {
            assert_eq!(working_day_before(today, &plain), Some(before), "{today}");
        }
        let holidays = centre(Policy::Calendar, &["2026-09-01", "2026-09-02"]);
        let after = working_day_before(date(2026, 9, 3), &holidays);
        assert_eq!(after, Some(date(2026, 8, 31)));
        let mut never = centre(Policy::Calendar, &[]);
        never.hours.week = vec![Vec::new(); 7];
        let always = working_day_before(date(2026, 11, 23), &never);
        assert_eq!(always, Some(date(2026, 11, 22)), "without hours it is open every day");
    }

    #[test]
    fn the_usual_periods_are_those_of_the_centres_rule() {
        let spans = |policy: Policy| -> Vec<String> {
            let periods = usual_periods(date(2026, 11, 23), &centre(policy, &[]));
            periods.into_iter().map(|(_, span)| span.to_string()).collect()
        };
        let days = [
            "2026-11-23..2026-11-23",
            "2026-11-20..2026-11-20",
            "2026-11-23..2026-11-29",
            "2026-11-16..2026-11-22",
        ];
        let calendar = spans(Policy::Calendar);
        assert_eq!(calendar[..4], days);
        assert_eq!(calendar[4..], ["2026-11", "2026-Q4"]);
        assert_eq!(spans(Policy::Nd09)[4..], ["2026-12", "2026-Q4"], "from the 15th on");
    }

    #[test]
    fn a_week_begins_with_its_monday() {
        let week = Span::Days(date(2026, 11, 23), date(2026, 11, 29));
        for day in [23, 26, 29] {
            assert_eq!(week_of(date(2026, 11, day)), week, "{day}");
        }
    }
}
