//! Figures in words, as pages and files say them: numbers that may be missing, hours and periods, and
//! a period against an earlier one. Higher and lower is said only of what is more than chance; of all
//! else, why nothing is said (`measures::compare`).

use crate::period::{Against, Span};
use crate::questionnaire::screens::face;
use crate::stats::measures::hours::{WORST_FROM, clearly_lower};
use crate::stats::measures::satisfied;
use jiff::civil::Date;
use locales::Texts;
use protocol::{Level, Scale};
use reports::figures::{ByScale, Hour, Levels, Period, RANKED_FROM, Ratings};
use reports::measures::{Comparison, Difference, compare};
use reports::numbers::Numbers;
use reports::periods::period_name;

/// Where there is no number.
pub const NONE: &str = "–";

/// A share in percent.
pub fn percent(share: Option<f64>, texts: &Texts) -> String {
    share.map_or_else(|| NONE.to_owned(), |share| Numbers::of(texts).percent(share))
}

/// An interval in percent.
pub fn interval(ends: Option<(f64, f64)>, texts: &Texts) -> String {
    let written = |(low, high)| Numbers::of(texts).interval(low, high);
    ends.map_or_else(|| NONE.to_owned(), written)
}

/// The first and the last day of a period.
pub fn days(from: Date, to: Date, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    texts.with("pages-days", &[("from", &numbers.date(from)), ("to", &numbers.date(to))])
}

/// The name of a period with a capital in front.
pub fn period_title(period: &Period, texts: &Texts) -> String {
    let name = period_name(period, texts);
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An hour of the day: `9–10 giờ`.
pub fn hour_name(hour: u8, texts: &Texts) -> String {
    let places = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
    texts.with("dashboards-hour", &places)
}

/// The hour with the lowest share in words.
pub struct WorstHour {
    /// Which hour it is, and how it was rated.
    pub sentence: String,
    /// What to think of it.
    pub caution: String,
    /// A mark of it in a list of hours.
    pub mark: String,
}

/// What sentences say of the worst hour: when it is and how it was rated, and whether it is the worst of
/// those with `from` ratings and more (`enough` is `yes`) or of all.
pub fn hour_places(one: &Hour, texts: &Texts) -> [(&'static str, String); 6] {
    let numbers = Numbers::of(texts);
    let enough = if one.ratings >= WORST_FROM { "yes" } else { "no" };
    [
        ("hour", hour_name(one.hour, texts)),
        ("share", percent(satisfied(one.satisfied, one.ratings).share, texts)),
        ("total", numbers.count(one.ratings)),
        ("below", numbers.count(one.ratings - one.satisfied)),
        ("from", WORST_FROM.to_string()),
        ("enough", enough.to_owned()),
    ]
}

impl WorstHour {
    /// One of some hours; the keys are those of the sentence and of what is said of an hour that is
    /// clearly lower than the others.
    pub fn of(one: Hour, hours: &[Hour], [key, clear]: [&str; 2], texts: &Texts) -> Self {
        let day = texts.get(&format!("weekday-inside-{}", one.weekday));
        let told = hour_places(&one, texts);
        let told = told.iter().map(|(name, text)| (*name, text.as_str()));
        let places: Vec<(&str, &str)> = told.chain([("day", day.as_str())]).collect();
        let is_clear = clearly_lower(hours).contains(&one);
        let caution = texts.get(if is_clear { clear } else { "dashboards-worst-unclear" });
        let mark = texts.with("dashboards-lowest", &places);
        Self { sentence: texts.with(key, &places), caution, mark }
    }
}

/// The key of the line that compares a period with an earlier one.
pub fn against_key(against: Against, span: Span) -> &'static str {
    match (against, span) {
        (Against::Before, _) => "dashboards-before",
        (Against::YearBefore, Span::Year(_)) => "dashboards-before-year",
        (Against::YearBefore, _) => "dashboards-year-before",
    }
}

/// The satisfied share of now against that of an earlier period; the key is that of the line.
pub fn compared(key: &str, now: &Ratings, before: &Ratings, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let say = |key: &str, by: &Difference| {
        let (low, high) = (by.low.abs().min(by.high.abs()), by.low.abs().max(by.high.abs()));
        let [by, low, high] = [by.difference, low, high].map(|one| numbers.points(one));
        texts.with(key, &[("by", &by), ("low", &low), ("high", &high)])
    };
    let difference = match compare(now, before) {
        Comparison::Nothing => texts.get("compare-nothing"),
        Comparison::Few => texts.with("compare-few", &[("from", &RANKED_FROM.to_string())]),
        Comparison::OtherWay => texts.get("compare-way"),
        Comparison::BothFull => texts.get("compare-full"),
        Comparison::Higher(by) => say("compare-higher", &by),
        Comparison::Lower(by) => say("compare-lower", &by),
        Comparison::Alike(by) => {
            texts.with("compare-alike", &[("by", &numbers.signed_points(by.difference))])
        }
    };
    texts.with(key, &[("difference", &difference)])
}

/// One level among some ratings.
pub struct LevelLine {
    /// Its face, as a tablet draws it.
    pub face: String,
    /// What it is called.
    pub name: String,
    /// How many chose it.
    pub count: String,
    /// Its part of all; the parts are 100% together.
    pub share: String,
}

/// The levels of some ratings, best first; those that nobody was offered are left out.
pub fn level_lines(levels: &Levels, by_scale: &ByScale, texts: &Texts) -> Vec<LevelLine> {
    let numbers = Numbers::of(texts);
    let counts = levels.named().map(|(_, count)| count);
    let scale = if by_scale.five == 0 && by_scale.three > 0 { Scale::Three } else { Scale::Five };
    let all = Level::ALL.into_iter().zip(counts).zip(numbers.parts(counts));
    let is_offered = |level: Level, count: u64| count > 0 || scale.levels().contains(&level);
    all.filter(|((level, count), _)| is_offered(*level, *count))
        .map(|((level, count), share)| LevelLine {
            face: face(level),
            name: texts.get(&format!("level-{}", level.name())),
            count: numbers.count(count),
            share,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_with_their_parts_and_none_that_nobody_was_offered() {
        let levels = Levels { very_satisfied: 2, satisfied: 1, ..Levels::default() };
        let of = |by_scale: ByScale| level_lines(&levels, &by_scale, locales::texts("vi"));
        let five = of(ByScale { five: 3, three: 0 });
        let told: Vec<_> = five.iter().map(|one| (&*one.count, &*one.share)).collect();
        let none = ("0", "0%");
        assert_eq!(told, [("2", "66,67%"), ("1", "33,33%"), none, none, none]);
        assert_eq!(five[0].name, "Rất hài lòng");
        let three: Vec<_> = of(ByScale { five: 0, three: 3 });
        let names: Vec<_> = three.iter().map(|one| &*one.name).collect();
        assert_eq!(names, ["Rất hài lòng", "Hài lòng", "Không hài lòng"]);
    }
}
