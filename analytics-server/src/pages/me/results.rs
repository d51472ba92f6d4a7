//! An officer's own results in aggregate, as they were told: exact, from ten ratings on, and moved on
//! only by ten more. Comments come with the step that counts their ratings, in an order that tells
//! nothing.

use crate::pages::prelude::*;
use crate::publication::PublishedFigures;
use crate::storage::published::ItemKind;
use crate::storage::rows::Officer;
use crate::tables_out::visible;
use reports::figures::{PUBLISHED_FROM, RANKED_FROM};
use reports::numbers::Numbers;

/// So many digits in one word could be a dossier's code, a telephone or an identity card.
const DIGITS: usize = 6;

/// The results in words.
pub(super) struct Results {
    pub total: String,
    pub share: String,
    /// The interval of the share, from thirty ratings on.
    pub interval: Option<String>,
    /// Up to which day, and when they move on.
    pub until: String,
    /// Fewer than are ranked.
    pub few: bool,
    /// Name and n.
    pub levels: Vec<(String, String)>,
    /// Name, share, n.
    pub aspects: Vec<(String, String, String)>,
    /// Name and n.
    pub reasons: Vec<(String, String)>,
    pub comments: Vec<String>,
}

impl Results {
    /// What was published, in words. `keys`: the periods whose steps bring comments.
    pub async fn of(
        context: &Context,
        officer: &Officer,
        published: &PublishedFigures,
        keys: &[String],
    ) -> PageResult<Self> {
        let texts = context.texts;
        let numbers = Numbers::of(texts);
        let words = context.app.questionnaire_words(texts).await?;
        let few = published.whole.total < RANKED_FROM;
        let satisfied = published.whole.ratings().satisfied;
        let interval = satisfied.low.zip(satisfied.high).filter(|_| !few);
        let levels = published.whole.levels.named();
        let levels =
            levels.map(|(word, count)| (texts.get(&format!("level-{word}")), numbers.count(count)));
        let aspects = published.aspects.iter().map(|(id, levels)| {
            let total: u64 = levels.named().iter().map(|(_, count)| count).sum();
            let good = levels.very_satisfied + levels.satisfied;
            let share = numbers.percent(good as f64 / total.max(1) as f64);
            (words.aspect(id), share, numbers.count(total))
        });
        let mut reasons: Vec<_> = published.reasons.iter().collect();
        reasons.sort_by_key(|(id, count)| (std::cmp::Reverse(**count), *id));
        let reasons = reasons.into_iter().map(|(id, n)| (words.reason(id), numbers.count(*n)));
        let (day, from) = (numbers.date(published.until), PUBLISHED_FROM.to_string());
        let places = [("day", day.as_str()), ("from", from.as_str())];
        Ok(Self {
            total: numbers.count(published.whole.total),
            share: satisfied.share.map(|share| numbers.percent(share)).unwrap_or_default(),
            interval: interval.map(|(low, high)| numbers.interval(low, high)),
            until: texts.with("records-me-until", &places),
            few,
            levels: levels.into(),
            aspects: aspects.collect(),
            reasons: reasons.collect(),
            comments: comments(context, officer, keys).await?,
        })
    }
}

async fn comments(
    context: &Context,
    officer: &Officer,
    keys: &[String],
) -> PageResult<Vec<String>> {
    let code = context.text("records-me-code");
    let store = &context.app.store;
    let mut comments = Vec::new();
    for key in keys {
        let items = store.published_items(officer.id, key, ItemKind::Commented).await?;
        let texts = items.into_iter().filter_map(|item| item.comment);
        comments.extend(texts.map(|one| visible(&without_codes(&one, &code)).into_owned()));
    }
    Ok(comments)
}

/// The text with `code` in the place of every word that could be a code or a number of a person.
fn without_codes(text: &str, code: &str) -> String {
    let word = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if digits >= DIGITS { code.to_owned() } else { word.to_owned() }
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_codes;

    #[test]
    fn numbers_of_persons_and_dossiers_are_left_out() {
        let text = "Hồ sơ H53.02-230914-0027 chờ 3 ngày, gọi 0912345678";
        assert_eq!(without_codes(text, "[mã]"), "Hồ sơ [mã] chờ 3 ngày, gọi [mã]");
    }
}
