//! The words of a file: levels, stages, moments and codes, as one-stop and queue systems write
//! them. Each reader accepts what people really type and refuses what it can not be sure of.

use super::outcome::Reason;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use protocol::{Channel, Level, Scale, Stage};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The levels in the words of the field (A in `DOMAIN.md`).
const LEVELS: [(&str, Level); 5] = [
    ("Rất hài lòng", Level::VerySatisfied),
    ("Hài lòng", Level::Satisfied),
    ("Bình thường", Level::Neutral),
    ("Không hài lòng", Level::Dissatisfied),
    ("Rất không hài lòng", Level::VeryDissatisfied),
];

/// The stages in the words of the field.
const STAGES: [(&str, Stage); 4] = [
    ("Tiếp nhận", Stage::Receive),
    ("Tiếp nhận hồ sơ", Stage::Receive),
    ("Trả kết quả", Stage::Return),
    ("Trả kết quả hồ sơ", Stage::Return),
];

/// The channels in the words of the field.
const CHANNELS: [(&str, Channel); 6] = [
    ("Trực tiếp", Channel::InPerson),
    ("Bưu chính công ích", Channel::Postal),
    ("Bưu chính", Channel::Postal),
    ("Trực tuyến toàn trình", Channel::OnlineFull),
    ("Trực tuyến một phần", Channel::OnlinePartial),
    ("Dịch vụ bưu chính công ích", Channel::Postal),
];

/// How many wordings are remembered: many more than there are levels and stages.
const REMEMBERED: usize = 64;

/// How many days' beginnings are remembered: over ten years.
const DAYS: usize = 4_000;

/// The first year a moment may lie in: the first one-stop desks were set up in 1996.
const FIRST_YEAR: i16 = 1996;

/// A text without regard to case, repeated spaces, and composed or decomposed letters.
pub(super) fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let mut plain = String::with_capacity(composed.len());
    for word in composed.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase));
    }
    plain
}

/// Reads one of a few words and remembers each wording, so that a long file costs one look-up a
/// row.
pub(super) struct Words<T: 'static> {
    known: &'static [(&'static str, T)],
    seen: HashMap<String, T>,
}

impl<T: Copy> Words<T> {
    fn find(&mut self, word: &str) -> Option<T> {
        if let Some(found) = self.seen.get(word) {
            return Some(*found);
        }
        let wanted = plain(word);
        let (_, found) = self.known.iter().find(|(name, _)| plain(name) == wanted)?;
        if self.seen.len() < REMEMBERED {
            self.seen.insert(word.to_owned(), *found);
        }
        Some(*found)
    }
}

impl Words<Level> {
    /// Reads levels.
    pub fn levels() -> Self {
        Self { known: &LEVELS, seen: HashMap::new() }
    }

    /// The level of a word, if `scale` has it.
    pub fn level(&mut self, word: &str, scale: Scale) -> Result<Level, Reason> {
        self.find(word)
            .filter(|level| scale.levels().contains(level))
            .ok_or_else(|| Reason::Level { word: short(word), known: known_levels(scale) })
    }
}

fn known_levels(scale: Scale) -> String {
    let names = LEVELS.iter().filter(|(_, level)| scale.levels().contains(level));
    names.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl Words<Stage> {
    /// Reads stages.
    pub fn stages() -> Self {
        Self { known: &STAGES, seen: HashMap::new() }
    }

    /// The stage of a word; none when the field is empty.
    pub fn stage(&mut self, word: &str) -> Result<Option<Stage>, Reason> {
        if word.is_empty() {
            return Ok(None);
        }
        self.find(word).map(Some).ok_or_else(|| Reason::Stage { word: short(word) })
    }
}

impl Words<Channel> {
    /// Reads channels.
    pub fn channels() -> Self {
        Self { known: &CHANNELS, seen: HashMap::new() }
    }

    /// The channel of a word.
    pub fn channel(&mut self, word: &str) -> Result<Channel, Reason> {
        self.find(word).ok_or_else(|| Reason::Channel(short(word)))
    }
}

/// A moment as it was written and as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The writing itself, as milliseconds since 1970-01-01 00:00 on the wall.
    pub written: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

/// Reads `dd/mm/yyyy HH:MM:SS` as local time of one zone.
pub(super) struct Moments {
    zone: TimeZone,
    /// No moment may lie after this.
    latest: i64,
    /// The beginning of a day on the wall and in UTC, where the day has 24 hours.
    days: HashMap<(i16, i8, i8), Option<(i64, i64)>>,
}

/// Milliseconds of a day of 24 hours.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl Moments {
    /// Moments in `zone`, none later than one day after `now`: a clock may be off by hours, a
    /// later day is a slip of the finger.
    pub fn new(zone: TimeZone, now: i64) -> Self {
        Self { zone, latest: now.saturating_add(DAY_MS), days: HashMap::new() }
    }

    /// The moment of a text.
    pub fn read(&mut self, text: &str) -> Result<Moment, Reason> {
        let wrong = || Reason::Moment { word: short(text) };
        let ((year, month, day), time) = date_and_time(text).ok_or_else(wrong)?;
        let midnight = self.midnight(year, month, day).ok_or_else(wrong)?;
        let moment = match midnight {
            Some((written, at)) => Moment { written: written + time, at: at + time },
            None => self.slowly(year, month, day, time).ok_or_else(wrong)?,
        };
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

    fn slowly(&self, year: i16, month: i8, day: i8, time: i64) -> Option<Moment> {
        let date = Date::new(year, month, day).ok()?;
        let time_of_day = jiff::SignedDuration::from_millis(time);
        let local = date.to_datetime(Time::midnight()).checked_add(time_of_day).ok()?;
        Some(Moment { written: wall(date) + time, at: self.utc(local)? })
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

/// The date's parts and the milliseconds since midnight. The date is not checked against the
/// calendar yet. Seconds may be missing, as spreadsheets leave them out.
fn date_and_time(text: &str) -> Option<((i16, i8, i8), i64)> {
    let (date, time) = text.split_once(char::is_whitespace)?;
    let mut date = date.split('/');
    let day = number(date.next()?, 1..=2)?;
    let month = number(date.next()?, 1..=2)?;
    let year = number(date.next()?, 4..=4)?;
    let mut time = time.trim_start().split(':');
    let hour = number(time.next()?, 1..=2).filter(|hour| *hour < 24)?;
    let minute = number(time.next()?, 2..=2).filter(|minute| *minute < 60)?;
    let second = match time.next() {
        Some(second) => number(second, 2..=2).filter(|second| *second < 60)?,
        None => 0,
    };
    if date.next().is_some() || time.next().is_some() {
        return None;
    }
    let parts = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some((parts, i64::from((hour * 60 + minute) * 60 + second) * 1000))
}

/// A plain number with this many digits.
pub(super) fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    if !digits.contains(&text.len()) {
        return None;
    }
    text.bytes().try_fold(0_u32, |sum, byte| {
        byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

/// Whether a text is the code of a dossier: `^(\d{3}\.\d{2}\.\d{2}\.)?H\d{2}(\.\d+)*-\d{6}-\d{4,}$`.
pub(super) fn is_dossier(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (Some(agency), Some(date), Some(sequence), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    if date.len() != 6 || !digits(date) || sequence.len() < 4 || !digits(sequence) {
        return false;
    }
    let Some((before, after)) = agency.split_once('H') else { return false };
    let before = before.is_empty()
        || before.split('.').map(|part| (part.len(), part.is_empty() || digits(part))).eq([
            (3, true),
            (2, true),
            (2, true),
            (0, true),
        ]);
    let mut after = after.split('.');
    let agency = after.next().is_some_and(|part| part.len() == 2 && digits(part));
    before && agency && after.all(digits)
}

/// A text short enough to stand in a sentence.
pub(super) fn short(text: &str) -> String {
    const LETTERS: usize = 40;
    let mut short: String = text.chars().take(LETTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
