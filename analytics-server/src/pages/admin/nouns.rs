//! The five kinds of entries as forms and lists show them. Which fields each has, and how they are
//! read, stands in `import`, so that forms and files refuse the same.

use super::list::Choice;
pub(super) use crate::import::fields::{
    FieldType as What, References as Shelf, SITE_KINDS, Typed, column, label, line, name_chars,
    noun_at, path_segment as place, specs,
};
use crate::storage::register::Entry;
use locales::Texts;

/// What can be chosen in a field: what is in use, and what is chosen.
pub(super) fn choices(shelf: &Shelf, what: What, chosen: &str, texts: &Texts) -> Vec<Choice> {
    let one = |value: &str, name: String| Choice {
        value: value.to_owned(),
        name,
        chosen: value == chosen,
    };
    let none = match what {
        What::SiteKind => {
            let kinds = SITE_KINDS.map(|kind| one(kind, shelf.shown(what, kind, texts)));
            return kinds.into();
        }
        What::Department => texts.get("admin-choose"),
        What::Site => texts.get("admin-no-site"),
        What::Counter => texts.get("admin-no-counter"),
        _ => return Vec::new(),
    };
    let offered = |entry: &&Entry| entry.retired_at.is_none() || entry.code == chosen;
    let offered = shelf.behind(what).iter().filter(offered);
    let named = |entry: &Entry| one(&entry.code, format!("{} · {}", entry.code, entry.name));
    std::iter::once(one("", none)).chain(offered.map(named)).collect()
}
