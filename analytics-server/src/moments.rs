//! Moments as people here read them, in the centre's time zone: the one place that words them for
//! pages, mails and files.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use locales::Texts;
use reports::numbers::Numbers;

/// A moment, milliseconds since 1970, in a time zone.
pub fn local(at: i64, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone.clone())
}

/// As a sentence says it: `09:00 ngày 03/10/2023`.
pub fn told(at: i64, zone: &TimeZone, texts: &Texts) -> String {
    let local = local(at, zone);
    let (time, date) = (local.strftime("%H:%M").to_string(), Numbers::of(texts).date(local.date()));
    texts.with("moment", &[("time", &time), ("date", &date)])
}

/// As it stands in tables and files, in every language: `03/10/2023 09:00`.
pub fn short(at: i64, zone: &TimeZone) -> String {
    local(at, zone).strftime("%d/%m/%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_the_centres_time() {
        let (zone, texts) = (TimeZone::get("Asia/Ho_Chi_Minh").unwrap(), locales::texts("vi"));
        let at = 1_696_298_400_000;
        assert_eq!(told(at, &zone, texts), "09:00 ngày 03/10/2023");
        assert_eq!(short(at, &zone), "03/10/2023 09:00");
        assert_eq!(told(at, &zone, locales::texts("en")), "09:00 on 3 Oct 2023");
        // What no calendar has is no reason to fall over.
        assert!(!told(i64::MAX, &zone, texts).is_empty());
    }
}
