//! A visit as its events tell it against the visit as its rating row has it, column by column.

use super::findings::FindingKind;
use crate::projections::visit::Visit;
use crate::storage::evidence::VisitRow;
use protocol::event::Detailed;
use std::fmt::Debug;

/// What the events of one session came to.
#[derive(Clone, Debug)]
pub(super) struct FoldedVisit {
    pub(super) visit: Visit,
    /// Number of its last event.
    pub(super) last: u64,
    /// Comments that later ones took the place of: one of them may be what a redaction left a part of.
    pub(super) earlier: Vec<String>,
}

/// What else has to be known for a comparison.
pub(super) struct Background<'a> {
    /// Whether ratings of the tablet may be marked as simulated, or as real.
    pub(super) simulated: &'a [bool],
    /// Whether an officer was in a department.
    pub(super) was_in: &'a dyn Fn(i64, i64, i64) -> bool,
    /// What a redaction puts in the place of what it takes away.
    pub(super) mark: &'a str,
}

fn say<T: Debug>(value: &T) -> String {
    let said = format!("{value:?}");
    match said.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => inner.to_owned(),
        None if said == "None" => "nothing".into(),
        None => said,
    }
}

/// The columns that differ, and how.
pub(super) fn differences(
    told: &FoldedVisit,
    row: &VisitRow,
    background: &Background<'_>,
) -> Vec<(FindingKind, String)> {
    let mut found = Vec::new();
    let place = format!("rating {} (visit {})", row.num, row.id);
    let Some(has) = &row.visit else {
        return vec![(FindingKind::Row("value"), format!("{place} holds a value without meaning"))];
    };
    let events = &told.visit;
    let mut unequal = |column: &'static str, there: String, here: String| {
        let words = format!("{place}: its {column} is {here}, its events say {there}");
        found.push((FindingKind::Row(column), words));
    };
    macro_rules! equal {
        ($($column:literal: $($path:ident).+),+ $(,)?) => {
            $(if events.$($path).+ != has.$($path).+ {
                unequal($column, say(&events.$($path).+), say(&has.$($path).+));
            })+
        };
    }
    equal!(
        "tablet": tablet,
        "counter": place.counter,
        "officer": place.officer,
        "stage": stage,
        "scale": scale,
        "questionnaire": questionnaire,
        "language": language,
        "dossier": dossier,
        "ticket": ticket,
        "invitation": invitation,
        "moment of asking": asked_at,
        "moment of the answer": answered_at,
        "moment of leaving": abandoned_at,
        "reason of giving no level": unrated,
        "level": level,
        "first level": first_level,
    );
    let (there, here) = (detail(events), detail(has));
    if there.reasons != here.reasons {
        unequal("reasons", say(&there.reasons), say(&here.reasons));
    }
    if there.aspects != here.aspects {
        unequal("aspects", say(&there.aspects), say(&here.aspects));
    }
    if row.source != 1 {
        unequal("source", "a tablet".into(), format!("{}", row.source));
    }
    if !background.simulated.contains(&row.simulated) {
        unequal("mark of simulation", say(&!row.simulated), say(&row.simulated));
    }
    let (officer, department) = (has.place.officer, has.place.department);
    if officer == events.place.officer && !(background.was_in)(officer, department, events.asked_at)
    {
        let words = format!(
            "{place}: its department is {department}, where its officer {officer} was not then"
        );
        found.push((FindingKind::Row("department"), words));
    }
    if let Some(words) = comment(told, row, &here, background.mark) {
        // Never the comment itself: who reads this may not be allowed to.
        found.push((FindingKind::Row("comment"), format!("{place}: {words}")));
    }
    found
}

fn detail(visit: &Visit) -> Detailed {
    visit.detailed.clone().unwrap_or_default()
}

/// What is wrong about a comment.
fn comment(
    told: &FoldedVisit,
    row: &VisitRow,
    here: &Detailed,
    mark: &str,
) -> Option<&'static str> {
    let written = detail(&told.visit).comment;
    if row.redacted_at.is_none() {
        return (here.comment != written).then_some("its comment is not the one that was written");
    }
    let left = here.comment.as_ref()?;
    let mut all = told.earlier.iter().chain(&written);
    let fits = all.any(|text| is_rest_of(left, text, mark));
    (!fits).then_some("what a redaction left of its comment stands in none that was written")
}

/// Whether a text is what is left of another when parts of that are replaced by a mark.
pub(super) fn is_rest_of(left: &str, text: &str, mark: &str) -> bool {
    let pieces: Vec<&str> = left.split(mark).collect();
    let (first, rest) = pieces.split_first().unwrap_or((&"", &[]));
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let Some((last, between)) = rest.split_last() else { return text.is_empty() };
    for piece in between {
        let Some(at) = text.find(piece) else { return false };
        text = &text[at + piece.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_redaction_leaves_stands_in_what_was_written() {
        let text = "Tôi gặp anh Ba ở quầy, anh Ba nói";
        for left in ["[x]", "Tôi gặp [x] ở quầy, [x] nói", "[x] nói", "Tôi [x]", text] {
            assert!(is_rest_of(left, text, "[x]"), "{left}");
        }
        for other in ["Rất tốt", "Tôi gặp [x] rất tốt", "Tốt [x]", "[x] tốt", ""] {
            assert!(!is_rest_of(other, text, "[x]"), "{other}");
        }
    }
}
