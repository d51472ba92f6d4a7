//! Numbers of a page that may be missing, as they are written: a dash where there is none.

use locales::Texts;
use reports::numbers::Numbers;

/// Where there is no number.
pub(super) const NONE: &str = "–";

/// A share in percent.
pub(super) fn percent(share: Option<f64>, texts: &Texts) -> String {
    share.map_or_else(|| NONE.to_owned(), |share| Numbers::of(texts).percent(share))
}

/// An interval in percent.
pub(super) fn interval(ends: Option<(f64, f64)>, texts: &Texts) -> String {
    let written = |(low, high)| Numbers::of(texts).interval(low, high);
    ends.map_or_else(|| NONE.to_owned(), written)
}
