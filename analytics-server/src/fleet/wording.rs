//! What is known of a tablet, in the words of a language and in the centre's time.

use crate::centre_time;
use crate::state::App;
use crate::storage::continuations::Continuation;
use jiff::tz::TimeZone;
use locales::Texts;
use protocol::heartbeat::Blocked;
use reports::numbers::Numbers;
use uuid::Uuid;

const MINUTE: i64 = 60_000;
/// Letters of a tablet's id that are shown: enough to tell one from another.
const ID_CHARS: usize = 8;

/// The end of an id: its beginning tells the moment and is alike for many.
pub fn short(id: Uuid) -> String {
    let text = id.simple().to_string();
    text[text.len() - ID_CHARS..].to_owned()
}

/// What the words about a tablet depend on.
#[derive(Clone, Copy)]
pub struct TabletWords<'a> {
    /// The centre's time zone.
    pub zone: &'a TimeZone,
    /// The language.
    pub texts: &'a Texts,
    /// The moment, milliseconds since 1970.
    pub now: i64,
}

impl<'a> TabletWords<'a> {
    /// For a reader of a language, at the present moment.
    pub fn of(app: &'a App, texts: &'a Texts) -> Self {
        Self { zone: &app.zone, texts, now: app.clock.now() }
    }

    /// A count as people write it.
    pub fn count(&self, count: i64) -> String {
        Numbers::of(self.texts).count(count.unsigned_abs())
    }

    /// A moment as tables have it; a dash for none.
    pub fn moment(&self, at: Option<i64>) -> String {
        centre_time::short_or_dash(at, self.zone)
    }

    /// A moment as a sentence says it.
    pub fn in_sentence(&self, at: i64) -> String {
        centre_time::in_sentence(at, self.zone, self.texts)
    }

    /// How long ago a moment was.
    pub fn ago(&self, at: i64) -> String {
        let minutes = (self.now - at) / MINUTE;
        let since = |key: &str, count: i64| self.texts.with(key, &[("count", &count.to_string())]);
        match minutes {
            ..2 => self.texts.get("records-ago-now"),
            2..60 => since("records-ago-minutes", minutes),
            60..1_440 => since("records-ago-hours", minutes / 60),
            _ => self.in_sentence(at),
        }
    }

    /// Which event of a tablet does not get through.
    pub(super) fn blocked(&self, blocked: &Blocked) -> String {
        let unknown = || self.texts.get("records-tablet-blocked-no-status");
        let number = Numbers::of(self.texts).count(blocked.number);
        let status = blocked.status.map_or_else(unknown, |status| status.to_string());
        let when = self.in_sentence(blocked.since);
        let places = [("number", &*number), ("when", &*when), ("status", &*status)];
        self.texts.with("records-tablet-blocked-event", &places)
    }

    /// Why a tablet can not write; the word itself of a version that knows more.
    pub(super) fn trouble(&self, word: &str) -> String {
        match word {
            "full" | "read-only" | "damaged" | "slow" | "other" => {
                self.texts.get(&format!("records-trouble-{word}"))
            }
            unknown => unknown.to_owned(),
        }
    }

    /// How far a tablet's clock is off.
    pub(super) fn skew(&self, skew: i64) -> String {
        let seconds = (skew.abs() + 500) / 1_000;
        let key = match (seconds, skew > 0) {
            (0..=1, _) => return self.texts.get("records-tablet-skew-right"),
            (_, true) => "records-tablet-skew-ahead",
            (_, false) => "records-tablet-skew-behind",
        };
        self.texts.with(key, &[("seconds", &self.count(seconds))])
    }

    /// Which tablet continues another one, and how that is known.
    pub(super) fn continuation(&self, how: &Continuation, other: Uuid) -> String {
        let key = if how.by_hand { "admin-tablet-by-hand" } else { "admin-tablet-itself" };
        self.texts.with(key, &[("id", &short(other))])
    }
}
