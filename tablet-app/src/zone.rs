//! A wall time as the people at the centre tell it. The one place that decides what an unknown time
//! zone means.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where a time zone of the settings is not known: the one of the whole country.
const FALLBACK: &str = "Asia/Ho_Chi_Minh";

/// A moment (milliseconds since 1970) in an IANA time zone; none where no calendar has it.
pub fn local(wall_ms: i64, name: &str) -> Option<Zoned> {
    let zone = TimeZone::get(name).or_else(|_| TimeZone::get(FALLBACK)).unwrap_or(TimeZone::UTC);
    Some(Timestamp::from_millisecond(wall_ms).ok()?.to_zoned(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_zone_is_the_countrys() {
        let hour = |name| local(0, name).unwrap().hour();
        assert_eq!((hour("UTC"), hour("Asia/Ho_Chi_Minh")), (0, 8), "in 1970 it was UTC+8");
        assert_eq!((hour("Nowhere/At_All"), hour("")), (8, 8));
        assert!(local(i64::MAX, "UTC").is_none());
    }
}
