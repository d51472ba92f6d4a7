//! Days and months as numbers, as they stand in columns.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Year and month, such as (2023, 9).
pub(super) type Month = (i16, i8);

/// The day and hour a moment falls on in the centre's time zone.
pub(super) fn wall(at: i64, zone: &TimeZone) -> (Date, i8) {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = moment.to_zoned(zone.clone());
    (local.date(), local.hour())
}

/// Days since 1970-01-01: how a day is stored in a column.
pub(super) fn day_number(day: Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

/// The day of a stored number.
pub(super) fn day_of_number(number: i32) -> Date {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).saturating_add(number.days())
}

/// First and last day of a month, as they are stored.
pub(super) fn days_of((year, month): Month) -> (i32, i32) {
    let Ok(first) = Date::new(year, month, 1) else { return (i32::MIN, i32::MAX) };
    (day_number(first), day_number(first.last_of_month()))
}
