//! Moments as people and spreadsheet programs write them: day before month, or year first. What can
//! be read in two ways is not read.

use super::outcome::Reason;
use super::words::{number, short};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// How many days' beginnings are remembered: over ten years.
const DAYS: usize = 4_000;

/// The first year a moment may lie in: the first one-stop desks were set up in 1996.
const FIRST_YEAR: i16 = 1996;

/// Milliseconds of a day of 24 hours.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Milliseconds of a minute.
pub(crate) const MINUTE_MS: i64 = 60_000;

/// A moment as it was written and as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The writing itself, as milliseconds since 1970-01-01 00:00 on the wall.
    pub written: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Whether the seconds were not written.
    pub to_minute: bool,
}

/// The way in which a moment is written. Of two numbers none tells whether it has a zero before it
/// unless it is under ten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MomentFormat {
    /// Year first.
    pub year_first: bool,
    /// What parts day and month.
    pub sign: char,
    /// With seconds.
    pub seconds: bool,
    /// With hours from 1 to 12.
    pub halves: bool,
    /// Whether day, month and hour have a zero before them, where it can be told.
    pub zeros: [Option<bool>; 3],
}

/// A text that was taken apart.
struct MomentParts {
    date: (i16, i8, i8),
    /// Milliseconds since midnight.
    time: i64,
    format: MomentFormat,
}

/// Reads moments as local time of one zone.
pub(super) struct Moments {
    zone: TimeZone,
    /// No moment may lie after this.
    latest: i64,
    /// The beginning of a day on the wall and in UTC, where the day has 24 hours.
    days: HashMap<(i16, i8, i8), Option<(i64, i64)>>,
}

impl Moments {
    /// Moments in `zone`, none later than one day after `now`: a clock may be off by hours, a
    /// later day is a slip of the finger.
    pub fn new(zone: TimeZone, now: i64) -> Self {
        Self { zone, latest: now.saturating_add(DAY_MS), days: HashMap::new() }
    }

    /// The moment of a text.
    pub fn read(&mut self, text: &str) -> Result<Moment, Reason> {
        let wrong = || Reason::Moment { word: short(text) };
        let MomentParts { date: (year, month, day), time, format } =
            parts(text).ok_or_else(wrong)?;
        let midnight = self.midnight(year, month, day).ok_or_else(wrong)?;
        let to_minute = !format.seconds;
        let (written, at) = match midnight {
            Some((written, at)) => (written + time, at + time),
            None => self.slowly(year, month, day, time).ok_or_else(wrong)?,
        };
        let moment = Moment { written, at, to_minute };
        if year < FIRST_YEAR || moment.at > self.latest {
            return Err(Reason::MomentRange { word: short(text) });
        }
        Ok(moment)
    }

    /// The beginning of a day; `Some(None)` for a day that is not 24 hours long, `None` for a day
    /// that does not exist.
    #[expect(clippy::option_option, reason = "three answers, of which one is remembered")]
    fn midnight(&mut self, year: i16, month: i8, day: i8) -> Option<Option<(i64, i64)>> {
        if let Some(known) = self.days.get(&(year, month, day)) {
            return Some(*known);
        }
        let date = Date::new(year, month, day).ok()?;
        let begin = self.utc(date.to_datetime(Time::midnight()))?;
        let end = self.utc(date.tomorrow().ok()?.to_datetime(Time::midnight()))?;
        let known = (end - begin == DAY_MS).then(|| (wall(date), begin));
        if self.days.len() < DAYS {
            self.days.insert((year, month, day), known);
        }
        Some(known)
    }

    fn slowly(&self, year: i16, month: i8, day: i8, time: i64) -> Option<(i64, i64)> {
        let date = Date::new(year, month, day).ok()?;
        let time_of_day = jiff::SignedDuration::from_millis(time);
        let local = date.to_datetime(Time::midnight()).checked_add(time_of_day).ok()?;
        Some((wall(date) + time, self.utc(local)?))
    }

    fn utc(&self, local: DateTime) -> Option<i64> {
        let zoned = local.to_zoned(self.zone.clone()).ok()?;
        Some(zoned.timestamp().as_millisecond())
    }
}

/// The beginning of a day on the wall, in milliseconds since 1970-01-01.
fn wall(date: Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days()) * DAY_MS
}

/// The day of a text and how it is written; none where it is no moment.
pub(super) fn written(text: &str) -> Option<(Date, MomentFormat)> {
    let MomentParts { date: (year, month, day), format, .. } = parts(text)?;
    Some((Date::new(year, month, day).ok()?, format))
}

/// Takes a text apart: date and time in either order. The date is not checked against the calendar
/// yet. Seconds may be missing, as spreadsheets leave them out.
fn parts(text: &str) -> Option<MomentParts> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (date, time, rest) = match words.as_slice() {
        [both] => {
            let (date, time) = both.split_once('T')?;
            (date, time, &[][..])
        }
        [time, date] if time.contains(':') => (*date, *time, &[][..]),
        [time, half, date] if time.contains(':') => (*date, *time, std::slice::from_ref(half)),
        [date, time, rest @ ..] => (*date, *time, rest),
        [] => return None,
    };
    let half = match rest {
        [] => None,
        [word] => Some(half_of(word)?),
        _ => return None,
    };
    let mut format = MomentFormat { halves: half.is_some(), ..MomentFormat::default() };
    let date = day(date.trim_end_matches(','), &mut format)?;
    let time = clock(time.trim_end_matches(','), half, &mut format)?;
    Some(MomentParts { date, time, format })
}

/// Whether a word is the second half of the day, in Vietnamese or English.
fn half_of(word: &str) -> Option<bool> {
    match word.to_uppercase().as_str() {
        "SA" | "AM" => Some(false),
        "CH" | "PM" => Some(true),
        _ => None,
    }
}

fn day(text: &str, format: &mut MomentFormat) -> Option<(i16, i8, i8)> {
    let sign = text.chars().find(|letter| !letter.is_ascii_digit())?;
    if !['/', '-', '.'].contains(&sign) {
        return None;
    }
    let mut parts = text.split(sign);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    format.sign = sign;
    format.year_first = first.len() == 4;
    let (year, day) = if format.year_first { (first, last) } else { (last, first) };
    format.zeros[0] = zero(day);
    format.zeros[1] = zero(month);
    let small = |text| i8::try_from(number(text, 1..=2)?).ok();
    Some((i16::try_from(number(year, 4..=4)?).ok()?, small(month)?, small(day)?))
}

fn clock(text: &str, half: Option<bool>, format: &mut MomentFormat) -> Option<i64> {
    let mut parts = text.split(':');
    let hour = parts.next()?;
    format.zeros[2] = zero(hour);
    let hour = number(hour, 1..=2)?;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(late) => hour % 12 + if late { 12 } else { 0 },
    };
    let minute = number(parts.next()?, 2..=2)?;
    let second = parts.next();
    format.seconds = second.is_some();
    let second = match second {
        // A fraction of a second is nothing that a person waits for.
        Some(second) => number(second.split(['.', ',']).next()?, 2..=2)?,
        None => 0,
    };
    if hour > 23 || minute > 59 || second > 59 || parts.next().is_some() {
        return None;
    }
    Some(i64::from((hour * 60 + minute) * 60 + second) * 1000)
}

/// Whether a number under ten is written with a zero before it.
fn zero(text: &str) -> Option<bool> {
    match text.len() {
        1 => Some(false),
        2 if text.starts_with('0') => Some(true),
        _ => None,
    }
}
