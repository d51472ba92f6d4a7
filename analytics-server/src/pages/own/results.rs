//! An officer's own results in aggregate. Counts under five are not told, and comments only when
//! there are at least five, without moments, in an order that tells nothing.

use crate::pages::address::Seen;
use crate::pages::fault::Fault;
use crate::pages::records::{Words, busy, flags};
use crate::state::App;
use crate::stats::slice::{Filter, Slice};
use crate::storage::records::Wanted;
use crate::storage::rows::Officer;
use locales::Texts;
use reports::figures::{Figures, Period, RANKED_FROM, SHOWN_FROM};
use reports::numbers::Numbers;

/// Comments that are read of a period.
const COMMENTS: u32 = 200;
/// So many digits in one word could be a dossier's code, a telephone or an identity card.
const DIGITS: usize = 6;

/// The results in words.
pub(in crate::pages) struct Results {
    pub total: String,
    pub share: String,
    /// The share drawn towards the department's; none under five ratings.
    pub estimate: Option<String>,
    /// Fewer than are ranked.
    pub few: bool,
    /// Name, share, n.
    pub aspects: Vec<(String, String, String)>,
    /// Name and n.
    pub reasons: Vec<(String, String)>,
    pub comments: Vec<String>,
}

/// What the results are made of.
pub(super) struct OwnFigures {
    /// The officer's own.
    pub own: Figures,
    estimate: Option<f64>,
}

/// The figures of an officer. The department is counted only for what the estimate is drawn
/// towards; nothing else of it is kept.
pub(super) async fn figures(
    app: &App,
    officer: &Officer,
    period: &Period,
) -> Result<OwnFigures, Fault> {
    let slice = |filter: Filter| Slice { period: period.clone(), filter };
    let own = Filter { officer: Some(officer.id), ..Filter::default() };
    let own = app.stats.figures(slice(own)).await?;
    let all = Filter { departments: Some([officer.department].into()), ..Filter::default() };
    let all = app.stats.figures(slice(all)).await?;
    let group = all.officers.into_iter().find(|group| group.id == officer.id);
    let group = group.filter(|group| group.ratings.total >= SHOWN_FROM);
    Ok(OwnFigures { own, estimate: group.and_then(|group| group.estimate) })
}

/// The results in words.
pub(super) async fn of(
    app: &App,
    officer: &Officer,
    figures: &OwnFigures,
    seen: &Seen,
) -> Result<Results, Fault> {
    let (texts, own) = (seen.texts, &figures.own);
    let numbers = Numbers::of(texts);
    let words = Words::of(app, texts).await?;
    let aspects = own.aspects.iter().filter(|one| one.total >= SHOWN_FROM).map(|one| {
        let good = one.levels.very_satisfied + one.levels.satisfied;
        let share = if one.total - good > 0 && one.total - good < SHOWN_FROM {
            let least = (one.total - SHOWN_FROM + 1) as f64 / one.total as f64;
            format!("≥ {}", numbers.percent_mark((least * 1_000.0).floor() / 1_000.0))
        } else {
            numbers.percent_mark(good as f64 / one.total as f64)
        };
        (words.aspect(&one.id), share, numbers.count(one.total))
    });
    let reasons = own.reasons.iter().map(|one| (words.reason(&one.id), numbers.cell(one.ratings)));
    Ok(Results {
        total: numbers.cell(own.ratings.total),
        share: flags::share(&own.ratings, texts),
        // Beside a share that is only bounded an exact estimate would give it back.
        estimate: figures
            .estimate
            .filter(|_| !flags::share(&own.ratings, texts).starts_with(['≥', '≤', '–']))
            .map(|share| numbers.percent_mark(share)),
        few: own.ratings.total < RANKED_FROM,
        aspects: aspects.collect(),
        reasons: reasons.collect(),
        comments: comments(app, officer, &seen.period, texts).await?,
    })
}

async fn comments(
    app: &App,
    officer: &Officer,
    period: &Period,
    texts: &Texts,
) -> Result<Vec<String>, Fault> {
    let (from, until) = app.moments(period);
    let wanted = Wanted {
        officer: Some(officer.id),
        from: Some(from),
        until: Some(until),
        commented: true,
        ..Wanted::default()
    };
    let records = app.store.records(&wanted, None, COMMENTS).await.map_err(busy)?;
    if (records.len() as u64) < SHOWN_FROM {
        return Ok(Vec::new());
    }
    let code = texts.get("records-me-code");
    let text = |text: String| without_codes(&text, &code);
    let mut comments: Vec<_> =
        records.into_iter().filter_map(|record| record.comment).map(text).collect();
    comments.sort();
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
