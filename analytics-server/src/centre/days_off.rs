//! Days off: holidays and days on which the centre is closed, as they are added and kept.

use super::Centre;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Days that are kept; thirty years of them.
const MOST: usize = 1_000;
/// Days that one press adds: the longest holidays, around Tết, and a centre that is rebuilt.
const AT_ONCE: usize = 31;

impl Centre {
    /// The days off.
    pub fn days_off(&self) -> BTreeSet<Date> {
        // What was stored was checked: each is a day.
        self.hours.closed.iter().filter_map(|day| day.parse().ok()).collect()
    }

    /// Keeps other days off; the key of why not.
    pub fn set_days_off(&mut self, days: &BTreeSet<Date>) -> Result<(), &'static str> {
        if days.len() > MOST {
            return Err("admin-fault-days-full");
        }
        self.hours.closed = days.iter().map(Date::to_string).collect();
        Ok(())
    }
}

/// The days from one to another, or which of the two fields can not be taken and why.
pub fn span(day: &str, until: &str) -> Result<Vec<Date>, (&'static str, &'static str)> {
    let from: Date = day.trim().parse().map_err(|_| ("day", "admin-fault-day"))?;
    if until.trim().is_empty() {
        return Ok(vec![from]);
    }
    let until: Date = until.trim().parse().map_err(|_| ("until", "admin-fault-day"))?;
    let days: Vec<Date> =
        from.series(1.day()).take_while(|day| *day <= until).take(AT_ONCE + 1).collect();
    match days.len() {
        0 => Err(("until", "admin-fault-day-before")),
        many if many > AT_ONCE => Err(("until", "admin-fault-days-long")),
        _ => Ok(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_added_one_by_one_or_from_one_to_another() {
        let count = |day, until| span(day, until).map(|days| days.len());
        assert_eq!(count("2026-09-02", ""), Ok(1));
        assert_eq!(count("2026-09-02", "2026-09-02"), Ok(1));
        assert_eq!(count("2026-12-30", " 2027-01-02 "), Ok(4));
        assert_eq!(count("2026-01-01", "2026-01-31"), Ok(31));
        assert_eq!(count("2026-01-01", "2026-02-01"), Err(("until", "admin-fault-days-long")));
        assert_eq!(count("2026-01-01", "9999-12-31"), Err(("until", "admin-fault-days-long")));
        assert_eq!(count("9999-12-31", "9999-12-31"), Ok(1));
        assert_eq!(count("2026-09-02", "2026-09-01"), Err(("until", "admin-fault-day-before")));
        assert_eq!(count("2026-02-30", ""), Err(("day", "admin-fault-day")));
        assert_eq!(count("2026-02-01", "x"), Err(("until", "admin-fault-day")));
    }
}
