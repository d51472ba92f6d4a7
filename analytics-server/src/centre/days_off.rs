//! Days off: holidays and days on which the centre is closed, as they are added and kept.

use super::Centre;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days that are kept; thirty years of them.
const MOST: usize = 1_000;
/// Days that one press adds: the longest holidays, around Tết, and a centre that is rebuilt.
const AT_ONCE: usize = 31;
/// Letters of the name of a day off.
pub(crate) const DAY_NAME_CHARS: usize = 100;

/// Days off with their names; the name is empty where nobody gave one.
pub type DaysOff = BTreeMap<Date, String>;

impl Centre {
    /// The days off.
    pub fn days_off(&self) -> DaysOff {
        // What was stored was checked: each is a day.
        let days = self.hours.closed.iter().filter_map(|day| {
            let name = self.day_names.get(day).cloned().unwrap_or_default();
            Some((day.parse().ok()?, name))
        });
        days.collect()
    }

    /// Keeps other days off; the key of why not.
    pub fn set_days_off(&mut self, days: &DaysOff) -> Result<(), &'static str> {
        if days.len() > MOST {
            return Err("admin-fault-days-full");
        }
        self.hours.closed = days.keys().map(Date::to_string).collect();
        let named = days.iter().filter(|(_, name)| !name.is_empty());
        self.day_names = named.map(|(day, name)| (day.to_string(), name.clone())).collect();
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
    fn a_day_off_keeps_its_name_as_long_as_it_is_one() {
        let mut centre = Centre::default();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let two = DaysOff::from([
            (day("2026-09-02"), "Quốc khánh".to_owned()),
            (day("2026-12-31"), String::new()),
        ]);
        centre.set_days_off(&two).unwrap();
        assert_eq!(centre.days_off(), two);
        assert_eq!(centre.hours.closed, ["2026-09-02", "2026-12-31"]);
        assert_eq!(centre.day_names.len(), 1);
        let json = serde_json::to_string(&centre).unwrap();
        assert_eq!(Centre::read(&json).unwrap().days_off(), two);
        centre.set_days_off(&DaysOff::new()).unwrap();
        assert!(centre.hours.closed.is_empty() && centre.day_names.is_empty());
        let json = serde_json::to_string(&centre).unwrap();
        assert!(!json.contains("day_names"), "as a version before would have stored it");
    }

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
