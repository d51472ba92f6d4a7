//! Who was asked, who answered and who left without an answer, as it may be told. Those asked are
//! the whole, and what was answered and what was not are its two parts: a part of 1 to 4 is told as
//! few, and then neither the other part nor the exact rate gives it back.

use crate::stats::measures::satisfied;
use locales::Texts;
use reports::figures::{AskedHour, Levels, Ratings};
use reports::masks::{Cell, Share, Told, WITHHELD, told, told_whole};
use reports::numbers::{Numbers, is_few};

/// Where there is no figure.
const NONE: &str = "–";

/// Visits that a tablet asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) struct Asks {
    pub asked: u64,
    /// Who is being asked at this moment has neither answered nor left.
    pub answered: u64,
    pub abandoned: u64,
}

impl From<&Ratings> for Asks {
    fn from(of: &Ratings) -> Self {
        let answered = of.by_source.tablet.min(of.asked);
        Self { asked: of.asked, answered, abandoned: of.abandoned }
    }
}

impl From<&AskedHour> for Asks {
    fn from(of: &AskedHour) -> Self {
        Self { asked: of.asked, answered: of.answered.min(of.asked), abandoned: of.abandoned }
    }
}

/// How careful a number has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Care {
    /// For those who verify single ratings.
    None,
    /// Of the whole house, whose rate points at nobody.
    Whole,
    /// Of a part of it.
    Part,
    /// Of a part that the whole beside it would leave over: only how many were asked.
    Withheld,
}

impl Care {
    /// For a reader who is told everything or not.
    pub const fn of_part(exact: bool) -> Self {
        if exact { Self::None } else { Self::Part }
    }
}

/// The numbers in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Response {
    pub asked: String,
    pub answered: String,
    pub abandoned: String,
    pub rate: String,
    pub interval: String,
}

impl Asks {
    /// The two parts as the masks know them: answers stand for the satisfied.
    pub fn as_ratings(self) -> Ratings {
        let left = self.asked - self.answered;
        let levels = Levels { very_satisfied: self.answered, neutral: left, ..Levels::default() };
        let satisfied = satisfied(self.answered, self.asked);
        Ratings { total: self.asked, levels, satisfied, ..Ratings::default() }
    }

    /// As it may be told.
    pub fn told(self, care: Care, texts: &Texts) -> Response {
        let numbers = Numbers::of(texts);
        let none = || NONE.to_owned();
        let asked = match care {
            Care::None => numbers.count(self.asked),
            _ => numbers.cell(self.asked),
        };
        let as_ratings = self.as_ratings();
        let cells = match care {
            Care::None => Some(exactly(self, &as_ratings)),
            Care::Whole => whole(&as_ratings),
            Care::Part => told(&as_ratings),
            Care::Withheld if self.asked > 0 && !is_few(self.asked) => {
                let withheld = || WITHHELD.to_owned();
                let [answered, abandoned, rate] = [withheld(), withheld(), withheld()];
                return Response { asked, answered, abandoned, rate, interval: withheld() };
            }
            Care::Withheld => None,
        };
        let Some(Told { levels: [answered, _, left], satisfied: rate }) = cells else {
            return Response {
                asked,
                answered: none(),
                abandoned: none(),
                rate: none(),
                interval: none(),
            };
        };
        let abandoned = match (left, self.abandoned) {
            (_, 0) => numbers.count(0),
            (Cell::Shown(_), count) if care == Care::None => numbers.count(count),
            (Cell::Shown(_), count) => numbers.cell(count),
            (hidden, _) => hidden.written(numbers),
        };
        Response {
            asked,
            answered: answered.written(numbers),
            abandoned,
            rate: rate.written(numbers).unwrap_or_else(none),
            interval: rate.interval(numbers).unwrap_or_else(none),
        }
    }
}

fn exactly(of: Asks, ratings: &Ratings) -> Told {
    let rate = ratings.satisfied;
    let satisfied = match (rate.share, rate.low, rate.high) {
        (Some(share), Some(low), Some(high)) => Share::Exact { share, low, high },
        _ => Share::Unknown,
    };
    let levels = [of.answered, 0, of.asked - of.answered].map(Cell::Shown);
    Told { levels, satisfied }
}

/// Of the whole house: no rate of few answers.
fn whole(ratings: &Ratings) -> Option<Told> {
    let made = told_whole(ratings)?;
    let few = made.levels.contains(&Cell::Few);
    if few { told(ratings) } else { Some(made) }
}
