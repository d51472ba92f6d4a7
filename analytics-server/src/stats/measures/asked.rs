//! Who was asked by a tablet, who answered, who left without an answer and who has done neither yet:
//! four numbers, of which the last three add up to the first.

use super::{response_rate, wilson};
use reports::figures::{AskedHour, Ratings};

/// Visits that a tablet asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedCounts {
    /// All of them.
    pub asked: u64,
    /// Of those, visits that answered, also where the answer was ruled out later.
    pub answered: u64,
    /// Ended without an answer.
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

impl AskedCounts {
    /// The four numbers: asked, answered, abandoned, open.
    pub fn all(self) -> [u64; 4] {
        [self.asked, self.answered, self.abandoned, self.open]
    }

    /// The response rate (tỷ lệ trả lời); none where nobody was asked.
    pub fn rate(self) -> Option<f64> {
        response_rate(self.answered, self.asked)
    }

    /// The interval of the response rate.
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.answered, self.asked)
    }
}
