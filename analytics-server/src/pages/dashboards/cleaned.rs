//! The satisfied share without the ratings that a rule found odd, as a line with the way to them.
//! It is told only where neither it nor what it leaves out points at somebody.

use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Seen};
use reports::figures::{Figures, Levels};
use reports::masks::is_told;
use reports::numbers::{Numbers, is_few};

/// Address and text; none where nothing was found odd or the reader may not see what was.
pub(in crate::pages) fn line(
    viewer: &Viewer,
    seen: &Seen,
    figures: &Figures,
) -> Option<(String, String)> {
    let (all, cleaned, texts) = (&figures.ratings, &figures.cleaned, seen.texts);
    let odd = all.total.saturating_sub(cleaned.total);
    if odd == 0 || !viewer.may(Right::Records) {
        return None;
    }
    let numbers = Numbers::of(texts);
    let satisfied = all.satisfied.count.saturating_sub(cleaned.satisfied.count);
    let neutral = odd.saturating_sub(satisfied);
    let left_out = Levels { very_satisfied: satisfied, neutral, ..Levels::default() };
    let part = seen.narrow.is_part();
    let told = !is_few(odd)
        && (!part || (is_told(left_out) && is_told(cleaned.levels) && is_told(all.levels)));
    let share = cleaned.satisfied.share.filter(|_| told || viewer.may(Right::Verify));
    let share = share.map_or_else(|| "…".to_owned(), |share| numbers.percent(share));
    let places = [("count", &*numbers.cell(odd)), ("share", &share)];
    let to = address::at("/flags", &seen.period.name, &seen.narrow.query, texts);
    Some((to, texts.with("dashboards-cleaned", &places)))
}
