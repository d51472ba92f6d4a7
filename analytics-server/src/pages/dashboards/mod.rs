//! Pages that look at a part of the house: the filters that every address of figures may carry,
//! the hours of a day, the lists of departments, officers, counters and procedures. Whatever an
//! address asks for, only what the reader may see is counted, offered or named.

pub(super) mod answers;
mod aspects;
pub(super) mod bar;
pub(super) mod before;
mod chooser;
pub(super) mod cleaned;
pub(super) mod data;
pub(super) mod day;
pub(super) mod drawn;
pub(super) mod filter;
pub(super) mod group;
pub(super) mod groups;
pub(super) mod response;
pub(super) mod sort;
pub(super) mod week;

use super::address::Seen;
use crate::state::App;

/// Why there is nothing to see: the time is still to come, nothing matches what was chosen, or the
/// reason of the page, by its key.
pub(super) fn nothing(app: &App, seen: &Seen, otherwise: &str) -> String {
    let key = match (seen.period.from > app.today(), seen.narrow.fields.is_empty()) {
        (true, _) => "dashboards-future",
        (false, false) => "dashboards-nothing",
        (false, true) => otherwise,
    };
    seen.texts.get(key)
}
