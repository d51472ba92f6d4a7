//! Today's numbers as people read them: every text already written in the reader's language, with
//! small counts hidden as on pages. A page shows them, and an event of a stream brings them.

use super::Counts;
use axum::body::Bytes;
use locales::Texts;
use reports::figures::Ratings;
use reports::masks::{Told, told, told_whole};
use reports::numbers::Numbers;
use serde::Serialize;
use std::collections::BTreeSet;

/// Where there is no number.
const NONE: &str = "–";

/// What an audience is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Today {
    /// Changes with what is told, and with nothing else: a page whose figures were drawn under
    /// another one is older. Not the change clock: that moves with other departments too.
    pub position: u64,
    /// Today, as `2026-11-24`.
    pub day: String,
    /// Number of ratings.
    pub ratings: String,
    /// Share of satisfied ratings, or its bound.
    pub satisfied: String,
    /// When the last rating came, as `14:05`.
    pub last: String,
    /// Very satisfied, satisfied, all levels below.
    pub levels: [String; 3],
    /// The same in one sentence, for those who listen to the page.
    pub said: String,
}

impl Today {
    pub(super) fn of_whole(counts: &Counts, texts: &'static Texts) -> Self {
        let number = Numbers::of(texts).count(counts.whole().total);
        Self::of(counts, number, told_whole(counts.whole()), None, texts)
    }

    pub(super) fn of_some(counts: &Counts, own: &BTreeSet<i64>, texts: &'static Texts) -> Self {
        let ratings: Ratings = counts.of(own);
        let number = Numbers::of(texts).cell(ratings.total);
        Self::of(counts, number, told(&ratings), Some(own), texts)
    }

    fn of(
        counts: &Counts,
        ratings: String,
        told: Option<Told>,
        own: Option<&BTreeSet<i64>>,
        texts: &'static Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let none = || NONE.to_owned();
        let share = told.and_then(|told| told.satisfied.written(numbers));
        let said = match &share {
            Some(share) => texts.with("live-said", &[("ratings", &ratings), ("satisfied", share)]),
            None => texts.with("live-said-few", &[("ratings", &ratings)]),
        };
        let mut today = Self {
            position: 0,
            day: counts.day.to_string(),
            ratings,
            satisfied: share.unwrap_or_else(none),
            last: counts.last(own).map_or_else(none, |at| at.strftime("%H:%M").to_string()),
            levels: told.map_or_else(
                || [none(), none(), none()],
                |told| told.levels.map(|cell| cell.written(numbers)),
            ),
            said,
        };
        today.position = today.mark();
        today
    }

    /// 48 bits of a hash, which a browser's numbers hold exactly.
    fn mark(&self) -> u64 {
        let hash = blake3::hash(format!("{self:?}").as_bytes());
        hash.as_bytes()[..6].iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte))
    }

    /// As an event of a stream.
    pub fn frame(&self) -> Bytes {
        // Texts and numbers always have a JSON form, and it has no line ends.
        let json = serde_json::to_string(self).unwrap_or_default();
        Bytes::from(format!("event: today\ndata: {json}\n\n"))
    }
}
