//! What is told of a tablet, in words, for every page that tells of tablets.

use crate::moments;
use crate::pages::prelude::*;
use crate::storage::forks::Fork;
use protocol::heartbeat::Blocked;
use reports::numbers::Numbers;
use uuid::Uuid;

const MINUTE: i64 = 60_000;
/// Letters of a tablet's id that are shown: enough to tell one from another.
const ID_CHARS: usize = 8;

/// The end of an id: its beginning tells the moment and is alike for many.
pub(in crate::pages) fn short(id: Uuid) -> String {
    let text = id.simple().to_string();
    text[text.len() - ID_CHARS..].to_owned()
}

/// Which event of a tablet does not get through.
pub(in crate::pages) fn blocked_words(app: &App, blocked: &Blocked, texts: &Texts) -> String {
    let unknown = || texts.get("records-tablet-blocked-no-status");
    let places = [
        ("number", Numbers::of(texts).count(blocked.number)),
        ("when", moments::told(blocked.since, &app.zone, texts)),
        ("status", blocked.status.map_or_else(unknown, |status| status.to_string())),
    ];
    let places: Vec<_> = places.iter().map(|(name, text)| (*name, text.as_str())).collect();
    texts.with("records-tablet-blocked-event", &places)
}

/// That a tablet's identity has two chains, with what to do, and what the machine told that can not
/// carry on: name of the fact, words.
pub(in crate::pages) fn fork_words(
    app: &App,
    fork: &Fork,
    texts: &Texts,
) -> Vec<(&'static str, String)> {
    let when = moments::told(fork.since, &app.zone, texts);
    let mut facts = vec![("fork", texts.with("records-tablet-fork-since", &[("when", &when)]))];
    if let Some(other) = fork.other {
        let count = Numbers::of(texts).count(other.pending.unsigned_abs());
        let when = ago(other.received_at, app, texts);
        let places = [("when", when.as_str()), ("count", count.as_str())];
        facts.push(("other", texts.with("records-tablet-other-told", &places)));
    }
    facts
}

/// Why a tablet can not write, in words; the word itself of a version that knows more.
pub(super) fn trouble_words(word: &str, texts: &Texts) -> String {
    match word {
        "full" | "read-only" | "damaged" | "slow" | "other" => {
            texts.get(&format!("records-trouble-{word}"))
        }
        unknown => unknown.to_owned(),
    }
}

/// How far a tablet's clock is off.
pub(super) fn skew_words(skew: i64, texts: &Texts) -> String {
    let seconds = (skew.abs() + 500) / 1_000;
    let key = match (seconds, skew > 0) {
        (0..=1, _) => return texts.get("records-tablet-skew-right"),
        (_, true) => "records-tablet-skew-ahead",
        (_, false) => "records-tablet-skew-behind",
    };
    texts.with(key, &[("seconds", &Numbers::of(texts).count(seconds.unsigned_abs()))])
}

/// How long ago a moment was.
pub(super) fn ago(at: i64, app: &App, texts: &Texts) -> String {
    let minutes = (app.clock.now() - at) / MINUTE;
    let since = |key: &str, count: i64| texts.with(key, &[("count", &count.to_string())]);
    match minutes {
        ..2 => texts.get("records-ago-now"),
        2..60 => since("records-ago-minutes", minutes),
        60..1_440 => since("records-ago-hours", minutes / 60),
        _ => moments::told(at, &app.zone, texts),
    }
}
