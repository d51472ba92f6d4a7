//! The satisfied share without the ratings that a rule found odd, as a line with the way to them.

use super::view::View;
use crate::pages::prelude::*;
use reports::figures::{Figures, Ratings};
use reports::numbers::Numbers;

/// Address and text; none where nothing was found odd or the reader may not see what was.
pub(super) fn line(viewer: &Viewer, view: &View, figures: &Figures) -> Option<(String, String)> {
    let (all, cleaned, texts) = (&figures.ratings, &figures.cleaned, view.texts);
    let odd = flagged(all, cleaned);
    if odd == 0 || !viewer.may(Right::Records) {
        return None;
    }
    let numbers = Numbers::of(texts);
    // All of them may have been found odd.
    let share = cleaned.satisfied.share;
    let share =
        share.map_or_else(|| texts.get("dashboards-cleaned-none"), |one| numbers.percent(one));
    let places = [("count", &*numbers.count(odd)), ("share", &share)];
    Some((view.at("/flags", ""), texts.with("dashboards-cleaned", &places)))
}

/// How many ratings that count some rule found odd.
pub(in crate::pages) fn flagged(all: &Ratings, cleaned: &Ratings) -> u64 {
    all.total.saturating_sub(cleaned.total)
}
