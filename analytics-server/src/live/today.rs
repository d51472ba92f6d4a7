//! Today's numbers as people read them: every text already written in the reader's language. A page
//! shows them, and an event of a stream brings them.

use crate::figure_lines::NONE;
use axum::body::Bytes;
use jiff::Zoned;
use jiff::civil::Date;
use locales::Texts;
use reports::figures::Ratings;
use reports::numbers::Numbers;
use serde::Serialize;

/// The message to an audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Today {
    /// Changes with what is told, and with nothing else: a page whose figures were drawn under
    /// another one is older. Not the change clock: that moves with other departments too.
    pub position: u64,
    /// Today, as `2026-11-24`.
    pub day: String,
    /// Number of ratings.
    pub ratings: String,
    /// Share of satisfied ratings.
    pub satisfied: String,
    /// When the last rating came, as `14:05`.
    pub last: String,
    /// Very satisfied, satisfied, all levels below.
    pub levels: [String; 3],
    /// The same in one sentence, for those who listen to the page.
    pub said: String,
}

impl Today {
    /// The ratings of a day, the last of which came at `last`.
    pub(super) fn of(day: Date, of: &Ratings, last: Option<&Zoned>, texts: &'static Texts) -> Self {
        let numbers = Numbers::of(texts);
        let none = || NONE.to_owned();
        let ratings = numbers.count(of.total);
        let share = of.satisfied.share.map(|share| numbers.percent(share));
        let said = match &share {
            Some(share) => texts.with("live-said", &[("ratings", &ratings), ("satisfied", share)]),
            None => texts.with("live-said-few", &[("ratings", &ratings)]),
        };
        let mut today = Self {
            position: 0,
            day: day.to_string(),
            ratings,
            satisfied: share.unwrap_or_else(none),
            last: last.map_or_else(none, |at| at.strftime("%H:%M").to_string()),
            levels: three(of).map(|count| numbers.count(count)),
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

/// Very satisfied, satisfied, and all levels below.
fn three(ratings: &Ratings) -> [u64; 3] {
    let of = ratings.levels;
    [of.very_satisfied, of.satisfied, of.neutral + of.dissatisfied + of.very_dissatisfied]
}
