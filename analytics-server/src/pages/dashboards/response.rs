//! Who was asked by a tablet, who answered, who left without an answer and who has done neither yet:
//! four numbers, of which the last three add up to the first.

use super::numbers::{interval, percent};
use crate::stats::measures::{response_rate, wilson};
use locales::Texts;
use reports::figures::{AskedHour, Ratings};
use reports::numbers::Numbers;

/// Where the page is that breaks them down.
pub(super) const PATH: &str = "/answers";

/// Visits that a tablet asked.
#[derive(Clone, Copy)]
pub(in crate::pages) struct AskedCounts {
    pub asked: u64,
    /// Whatever was ruled about the answer later.
    pub answered: u64,
    pub abandoned: u64,
    /// Neither answered nor over.
    pub open: u64,
}

impl From<&Ratings> for AskedCounts {
    fn from(of: &Ratings) -> Self {
        Self { asked: of.asked, answered: of.answered(), abandoned: of.abandoned, open: of.open() }
    }
}

impl From<&AskedHour> for AskedCounts {
    fn from(of: &AskedHour) -> Self {
        Self { asked: of.asked, answered: of.answered, abandoned: of.abandoned, open: of.open() }
    }
}

/// The numbers as they are written.
pub(in crate::pages) struct WrittenCounts {
    pub asked: String,
    pub answered: String,
    pub abandoned: String,
    pub open: String,
    pub rate: String,
    pub interval: String,
}

impl AskedCounts {
    /// The response rate (tỷ lệ trả lời); none where nobody was asked.
    pub fn rate(self) -> Option<f64> {
        response_rate(self.answered, self.asked)
    }

    /// The numbers as they are written.
    pub fn written(self, texts: &Texts) -> WrittenCounts {
        let numbers = Numbers::of(texts);
        WrittenCounts {
            asked: numbers.count(self.asked),
            answered: numbers.count(self.answered),
            abandoned: numbers.count(self.abandoned),
            open: numbers.count(self.open),
            rate: percent(self.rate(), texts),
            interval: interval(wilson(self.answered, self.asked), texts),
        }
    }
}
