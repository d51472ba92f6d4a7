//! An officer's own results in aggregate, as they were published: exact, from ten ratings on, and
//! moved on only by ten more.

use crate::figure_lines::{LevelLine, against_key, compared, level_lines, percent};
use crate::pages::prelude::*;
use crate::period::{Against, Span};
use crate::publication::{PublishedFigures, Subject, published_figures};
use crate::questionnaire_words::QuestionnaireWords;
use reports::figures::{Levels, PUBLISHED_FROM, RANKED_FROM, Ratings};
use reports::measures;
use reports::numbers::Numbers;
use std::cmp::Reverse;

/// How they are counted, by keys of sentences.
const METHOD: [&str; 7] = [
    "report-method-2",
    "report-method-3",
    "report-method-6",
    "pages-method-ruled-out",
    "records-me-method-all",
    "groups-method-reasons",
    "records-me-method-weeks",
];

/// The results in words.
pub(super) struct Results {
    pub total: String,
    pub share: String,
    /// The interval of the share, from thirty ratings on.
    pub interval: Option<String>,
    /// The share against that of earlier periods.
    pub compared: Vec<String>,
    /// Up to which day, and when they move on.
    pub until: String,
    /// Fewer than are ranked.
    pub few: bool,
    /// Best first.
    pub levels: Vec<LevelLine>,
    /// Name, share, n.
    pub aspects: Vec<(String, String, String)>,
    /// Name and n, most first.
    pub reasons: Vec<(String, String)>,
    /// How they are counted.
    pub method: Vec<String>,
}

/// The published share of a period against what was published of the one before and of the same of the
/// year before, in sentences. An earlier version published no way of collection, without which nothing
/// is compared.
pub(super) async fn against_earlier(
    context: &Context,
    (subject, span): (Subject, Span),
    told: &PublishedFigures,
) -> PageResult<Vec<String>> {
    let Some(now) = told.comparable() else { return Ok(Vec::new()) };
    let mut lines = Vec::new();
    for (against, earlier) in span.compared() {
        let before = published_figures(&context.app, subject, earlier).await?;
        // Of a year and of nine months it is the only comparison that there is.
        let is_only = matches!(span, Span::Year(_) | Span::NineMonths(_));
        let is_needed = against == Against::Before || is_only || before.is_some();
        let key = against_key(against, span);
        let ratings = match &before {
            None => Some(Ratings::default()),
            Some(before) => before.comparable(),
        };
        if let Some(before) = ratings.filter(|_| is_needed) {
            lines.push(compared(key, &now, &before, context.texts));
        }
    }
    Ok(lines)
}

impl Results {
    /// What was published, in words, and how it lies to earlier periods.
    pub fn of(
        told: &PublishedFigures,
        compared: Vec<String>,
        words: &QuestionnaireWords,
        texts: &Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let few = told.whole.total < RANKED_FROM;
        let satisfied = told.whole.ratings().satisfied;
        let interval = satisfied.low.zip(satisfied.high).filter(|_| !few);
        let aspect = |(id, levels): (&String, &Levels)| {
            let total: u64 = levels.named().iter().map(|(_, count)| count).sum();
            let good = measures::satisfied(levels.very_satisfied + levels.satisfied, total);
            (words.aspect(id), percent(good.share, texts), numbers.count(total))
        };
        let mut reasons: Vec<_> = told.reasons.iter().collect();
        reasons.sort_by_key(|(id, count)| (Reverse(**count), *id));
        let reasons = reasons.into_iter().map(|(id, n)| (words.reason(id), numbers.count(*n)));
        let (day, from) = (numbers.date(told.until), PUBLISHED_FROM.to_string());
        Self {
            total: numbers.count(told.whole.total),
            share: percent(satisfied.share, texts),
            interval: interval.map(|(low, high)| numbers.interval(low, high)),
            compared,
            until: texts.with("records-me-until", &[("day", &day), ("from", &from)]),
            few,
            levels: level_lines(&told.whole.levels, &told.whole.by_scale, texts),
            aspects: told.aspects.iter().map(aspect).collect(),
            reasons: reasons.collect(),
            method: METHOD.map(|key| texts.get(key)).into(),
        }
    }
}
