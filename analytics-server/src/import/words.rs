//! The words of a file: levels, stages and codes, as one-stop and queue systems write them. Each
//! reader accepts what people really type and refuses what it can not be sure of.

use super::outcome::Reason;
use crate::normalization::composed;
use jiff::civil::Date;
use protocol::{Channel, Level, Scale, Stage};
use std::collections::HashMap;

/// The levels in the words of the field (A in `DOMAIN.md`).
const LEVELS: [(&str, Level); 5] = [
    ("Rất hài lòng", Level::VerySatisfied),
    ("Hài lòng", Level::Satisfied),
    ("Bình thường", Level::Neutral),
    ("Không hài lòng", Level::Dissatisfied),
    ("Rất không hài lòng", Level::VeryDissatisfied),
];

/// The stages in the words of the field and in those of earlier versions.
const STAGES: [(&str, Stage); 4] = [
    ("Tiếp nhận", Stage::Receive),
    ("Tiếp nhận hồ sơ", Stage::Receive),
    ("Trả kết quả", Stage::Return),
    ("Trả kết quả hồ sơ", Stage::Return),
];

/// The channels in the words of the field.
const CHANNELS: [(&str, Channel); 7] = [
    ("Trực tiếp", Channel::InPerson),
    ("Bưu chính công ích", Channel::Postal),
    ("Bưu chính", Channel::Postal),
    ("Trực tuyến toàn trình", Channel::OnlineFull),
    ("Trực tuyến một phần", Channel::OnlinePartial),
    ("Dịch vụ bưu chính công ích", Channel::Postal),
    ("Qua dịch vụ bưu chính công ích", Channel::Postal),
];

/// How many wordings are remembered: many more than there are levels and stages.
const REMEMBERED: usize = 64;

/// A text without regard to case, repeated spaces, and composed or decomposed letters.
pub(super) fn plain(text: &str) -> String {
    let composed = composed(text);
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
pub(super) struct WordReader<T: 'static> {
    known: &'static [(&'static str, T)],
    seen: HashMap<String, T>,
}

impl<T: Copy> WordReader<T> {
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

impl WordReader<Level> {
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

impl WordReader<Stage> {
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

impl WordReader<Channel> {
    /// Reads channels.
    pub fn channels() -> Self {
        Self { known: &CHANNELS, seen: HashMap::new() }
    }

    /// The channel of a word.
    pub fn channel(&mut self, word: &str) -> Result<Channel, Reason> {
        self.find(word).ok_or_else(|| Reason::Channel(short(word)))
    }
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

/// Whether a text is the code of a dossier as it is known:
/// `^(\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(\.\d+)*-\d{6}-\d{4,}$`. Linked groups of procedures, ministries
/// and the national portal have others, which are kept as they are.
pub fn is_dossier(text: &str) -> bool {
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
    let Some(letter) = agency.find(|c: char| c.is_ascii_uppercase()) else { return false };
    let (before, after) = (&agency[..letter], &agency[letter + 1..]);
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

/// The day on which a dossier was received, as its code says.
pub(super) fn code_date(code: &str) -> Option<Date> {
    if !is_dossier(code) {
        return None;
    }
    let date = code.split('-').nth(1)?;
    let part = |at: usize| i8::try_from(number(date.get(at..at + 2)?, 2..=2)?).ok();
    Date::new(2_000 + i16::from(part(0)?), part(2)?, part(4)?).ok()
}

/// Whether a code of any form can be kept: letters that can be printed.
pub(super) fn is_printable(code: &str) -> bool {
    !code.chars().any(char::is_control)
}

/// The stage of a word, where it is one.
pub(super) fn stage_of(word: &str) -> Option<Stage> {
    let wanted = plain(word);
    STAGES.iter().find(|(name, _)| plain(name) == wanted).map(|(_, stage)| *stage)
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
