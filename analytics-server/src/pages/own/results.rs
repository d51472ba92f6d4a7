//! An officer's own results in aggregate, as they were told: exact, from ten ratings on, and moved on
//! only by ten more. Comments come with the step that counts their ratings, in an order that tells
//! nothing.

use crate::pages::fault::Fault;
use crate::pages::records::busy;
use crate::publication::PublishedFigures as Told;
use crate::state::App;
use crate::storage::published::ItemKind;
use crate::storage::rows::Officer;
use crate::tables_out::visible;
use locales::Texts;
use reports::figures::{PUBLISHED_FROM, RANKED_FROM};
use reports::numbers::Numbers;

/// So many digits in one word could be a dossier's code, a telephone or an identity card.
const DIGITS: usize = 6;

/// The results in words.
pub(in crate::pages) struct Results {
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

/// What was told, in words. `keys`: the periods whose steps bring comments.
pub(super) async fn of(
    app: &App,
    officer: &Officer,
    told: &Told,
    keys: &[String],
    texts: &Texts,
) -> Result<Results, Fault> {
    let numbers = Numbers::of(texts);
    let words = app.questionnaire_words(texts).await?;
    let few = told.whole.total < RANKED_FROM;
    let satisfied = told.whole.ratings().satisfied;
    let interval = satisfied.low.zip(satisfied.high).filter(|_| !few);
    let levels = told
        .whole
        .levels
        .named()
        .map(|(word, count)| (texts.get(&format!("level-{word}")), numbers.count(count)));
    let aspects = told.aspects.iter().map(|(id, levels)| {
        let total: u64 = levels.named().iter().map(|(_, count)| count).sum();
        let good = levels.very_satisfied + levels.satisfied;
        let share = numbers.percent(good as f64 / total.max(1) as f64);
        (words.aspect(id), share, numbers.count(total))
    });
    let mut reasons: Vec<_> = told.reasons.iter().collect();
    reasons.sort_by_key(|(id, count)| (std::cmp::Reverse(**count), *id));
    let reasons = reasons.into_iter().map(|(id, n)| (words.reason(id), numbers.count(*n)));
    let places = [("day", numbers.date(told.until)), ("from", PUBLISHED_FROM.to_string())];
    let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
    Ok(Results {
        total: numbers.count(told.whole.total),
        share: satisfied.share.map(|share| numbers.percent(share)).unwrap_or_default(),
        interval: interval.map(|(low, high)| numbers.interval(low, high)),
        until: texts.with("records-me-until", &places),
        few,
        levels: levels.to_vec(),
        aspects: aspects.collect(),
        reasons: reasons.collect(),
        comments: comments(app, officer, keys, texts).await?,
    })
}

async fn comments(
    app: &App,
    officer: &Officer,
    keys: &[String],
    texts: &Texts,
) -> Result<Vec<String>, Fault> {
    let code = texts.get("records-me-code");
    let mut comments = Vec::new();
    for key in keys {
        let items = app.store.published_items(officer.id, key, ItemKind::Commented);
        let items = items.await.map_err(busy)?.into_iter();
        comments.extend(
            items
                .filter_map(|item| item.comment)
                .map(|one| visible(&without_codes(&one, &code)).into_owned()),
        );
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
