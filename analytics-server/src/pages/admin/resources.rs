//! The choices in the fields of sites, departments, counters, officers and procedures. Which fields
//! each has, and how they are read, stands in `import`, so that forms and files refuse the same.

use crate::import::fields::{FieldType, References, SITE_KINDS};
use crate::pages::form_field::{Choice, entry_choices};
use locales::Texts;

/// FieldType can be chosen in a field: what is in use, and what is chosen.
pub(super) fn choices(
    references: &References,
    what: FieldType,
    chosen: &str,
    texts: &Texts,
) -> Vec<Choice> {
    let none = match what {
        FieldType::SiteKind => {
            let kind = |kind: &str| Choice {
                value: kind.to_owned(),
                name: references.shown(what, kind, texts),
                chosen: kind == chosen,
            };
            return SITE_KINDS.map(kind).into();
        }
        FieldType::Department => "admin-choose",
        FieldType::Site => "admin-no-site",
        FieldType::Counter => "admin-no-counter",
        _ => return Vec::new(),
    };
    entry_choices(references.behind(what), chosen, texts.get(none))
}
