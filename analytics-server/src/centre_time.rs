//! Moments as people here read them, in the centre's time zone: the one place that words them for
//! pages, mails and files.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use locales::Texts;
use reports::numbers::Numbers;

/// Day, month, year.
const DAY: &str = "%d/%m/%Y";

/// A moment, milliseconds since 1970, in a time zone.
pub fn local(at: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone.clone())
}

/// For a sentence: `09:00 ngày 03/10/2023`.
pub fn in_sentence(at: i64, zone: &TimeZone, texts: &Texts) -> String {
    let local = local(at, zone);
    let (time, date) = (local.strftime("%H:%M").to_string(), Numbers::of(texts).date(local.date()));
    texts.with("moment", &[("time", &time), ("date", &date)])
}

/// For tables and files, the same in every language: `03/10/2023 09:00`.
pub fn short(at: i64, zone: &TimeZone) -> String {
    local(at, zone).strftime("%d/%m/%Y %H:%M").to_string()
}

/// The same of a moment that may be missing; a dash for none.
pub fn short_or_dash(at: Option<i64>, zone: &TimeZone) -> String {
    at.map_or_else(|| "–".to_owned(), |at| short(at, zone))
}

/// A day as tables and files have it, in every language: `03/10/2023`.
pub fn written_day(day: Date) -> String {
    day.strftime(DAY).to_string()
}

/// A day that people or workbooks wrote, as forms send it: `2023-10-03`.
pub fn day_in_form(cell: &str) -> String {
    let day = cell.split_whitespace().next().unwrap_or_default();
    Date::strptime(DAY, day).map_or_else(|_| day.to_owned(), |day| day.to_string())
}

/// What the weekday of a day is called.
pub fn weekday(day: Date, texts: &Texts) -> String {
    texts.get(&format!("admin-weekday-{}", day.weekday().to_monday_one_offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_the_centres_time() {
        let (zone, texts) = (TimeZone::get("Asia/Ho_Chi_Minh").unwrap(), locales::texts("vi"));
        let at = 1_696_298_400_000;
        assert_eq!(in_sentence(at, &zone, texts), "09:00 ngày 03/10/2023");
        assert_eq!(short(at, &zone), "03/10/2023 09:00");
        assert_eq!(short_or_dash(None, &zone), "–");
        assert_eq!(in_sentence(at, &zone, locales::texts("en")), "09:00 on 3 Oct 2023");
        // A moment outside of the calendar must not panic.
        assert!(!in_sentence(i64::MAX, &zone, texts).is_empty());
    }
}
