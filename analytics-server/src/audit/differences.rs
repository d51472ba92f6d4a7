//! The state of a thing before and after a change, in words; where both are known only what
//! differs, field by field and down to the innermost field that was changed: “giờ làm việc › trong
//! tuần › thứ Hai: 07:30–11:30 → 08:00–11:30”.

use super::values::{are_marked, by_likeness, by_mark, holds_more, shared};
use super::wording::Wording;
use serde_json::{Map, Value};

/// Between the names of a field and of what it holds.
const WITHIN: &str = " › ";
/// Shown in the place of an empty value.
const NOTHING: &str = "–";

/// The states before and after a change, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct States {
    /// The state before, one field after another; where both are known, only what differs.
    pub before: String,
    /// The state after, in the same way.
    pub after: String,
    /// Where both states are known, each difference in a line of its own.
    pub changes: Vec<String>,
}

/// The states of something before and after a change, in words.
pub(super) fn states(wording: Wording<'_>, before: &str, after: &str) -> States {
    match (fields_of(before), fields_of(after)) {
        (Some(was), Some(is)) => {
            let found = differences(wording, &was, &is);
            let join = |side: fn(&Difference) -> Option<String>| {
                found.iter().filter_map(side).collect::<Vec<_>>().join("; ")
            };
            let (before, after) = (join(Difference::before), join(Difference::after));
            let mut changes: Vec<String> = found.iter().map(Difference::line).collect();
            if changes.is_empty() {
                changes.push(wording.texts.get("account-audit-unchanged"));
            }
            States { before, after, changes }
        }
        (was, is) => {
            let state = |fields: Option<Map<String, Value>>, text: &str| match fields {
                Some(fields) => wording.fields(&fields),
                None if text.is_empty() => String::new(),
                None => wording.text(text),
            };
            let (before, after) = (state(was, before), state(is, after));
            // Two plain values, such as the counters of a tablet that moved.
            let both = !before.is_empty() && !after.is_empty();
            let changes = both.then(|| format!("{before} → {after}")).into_iter().collect();
            States { before, after, changes }
        }
    }
}

/// The fields of a state, where it has some.
fn fields_of(stored: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(stored).ok().or_else(|| debugged_post(stored))
}

/// The fields of a tablet's post as it was written down up to 0.2.0: `TabletAssignment { counter: 3,
/// officer: Some(4), stage: Some(Receive), simulated: false }`.
fn debugged_post(stored: &str) -> Option<Map<String, Value>> {
    let fields = stored.strip_prefix("TabletAssignment { ")?.strip_suffix(" }")?.split(", ");
    let field = |field: &str| {
        let (name, value) = field.split_once(": ")?;
        let some = value.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')'));
        let value = some.unwrap_or(value).to_lowercase();
        let value = match value.as_str() {
            "none" => Value::Null,
            _ => serde_json::from_str(&value).unwrap_or(Value::String(value)),
        };
        Some((name.to_owned(), value))
    };
    fields.map(field).collect()
}

/// One field that differs.
struct Difference {
    label: String,
    was: String,
    is: String,
}

impl Difference {
    /// Both states in one line.
    fn line(&self) -> String {
        let [was, is] =
            [&*self.was, &*self.is].map(|text| if text.is_empty() { NOTHING } else { text });
        format!("{}: {was} → {is}", self.label)
    }

    /// The state before, none where there was nothing.
    fn before(&self) -> Option<String> {
        (!self.was.is_empty()).then(|| format!("{}: {}", self.label, self.was))
    }

    /// The state after.
    fn after(&self) -> Option<String> {
        (!self.is.is_empty()).then(|| format!("{}: {}", self.label, self.is))
    }
}

/// The fields that differ.
fn differences(
    wording: Wording<'_>,
    was: &Map<String, Value>,
    is: &Map<String, Value>,
) -> Vec<Difference> {
    let mut search = Search { wording, found: Vec::new() };
    search.maps("", was, is);
    search.found
}

struct Search<'a> {
    wording: Wording<'a>,
    found: Vec<Difference>,
}

impl Search<'_> {
    fn maps(&mut self, above: &str, was: &Map<String, Value>, is: &Map<String, Value>) {
        let new = is.keys().filter(|name| !was.contains_key(*name));
        for name in was.keys().chain(new) {
            let label = format!("{above}{}", self.wording.label(name));
            let of = |state: &Map<String, Value>| state.get(name).cloned().unwrap_or_default();
            self.values(label, name, &of(was), &of(is));
        }
    }

    fn values(&mut self, label: String, name: &str, was: &Value, is: &Value) {
        if was == is {
            return;
        }
        match (was, is) {
            (Value::Object(was_fields), Value::Object(is_fields)) => {
                // What is one word is told whole.
                if !holds_more(std::slice::from_ref(was)) && !holds_more(std::slice::from_ref(is)) {
                    self.push(label, name, was, is);
                } else {
                    self.maps(&format!("{label}{WITHIN}"), was_fields, is_fields);
                }
            }
            (Value::Array(was), Value::Array(is)) if holds_more(was) || holds_more(is) => {
                let marked = are_marked(was) && are_marked(is);
                let places = if marked { Some(by_mark(was, is)) } else { by_likeness(was, is) };
                match places {
                    Some(places) => self.paired((&label, name), was, is, &places),
                    None => self.placed(&label, name, was, is),
                }
            }
            // Of a list of plain values, those that were removed and those that were added.
            (Value::Array(was), Value::Array(is)) => {
                let without = |all: &[Value], other: &[Value]| {
                    let left = all.iter().filter(|one| !other.contains(one));
                    Value::Array(left.cloned().collect())
                };
                let (gone, new) = (without(was, is), without(is, was));
                let same = gone == new;
                // Only the order differs.
                let (gone, new) =
                    if same { (was.clone().into(), is.clone().into()) } else { (gone, new) };
                self.push(label, name, &gone, &new);
            }
            _ => self.push(label, name, was, is),
        }
    }

    /// Lists whose members are known again wherever they stand, by `places`: where each of the one stands
    /// in the other. What is in both is compared, and the order is told by itself.
    fn paired(
        &mut self,
        (label, name): (&str, &str),
        was: &[Value],
        is: &[Value],
        places: &[Option<usize>],
    ) {
        for ((at, one), place) in was.iter().enumerate().zip(places) {
            let nth = place.unwrap_or(at) + 1;
            let label = format!("{label}{WITHIN}{}", self.member(name, nth, one));
            self.values(label, "", one, place.map_or(&Value::Null, |place| &is[place]));
        }
        for (at, one) in is.iter().enumerate().filter(|(at, _)| !places.contains(&Some(*at))) {
            let label = format!("{label}{WITHIN}{}", self.member(name, at + 1, one));
            self.values(label, "", &Value::Null, one);
        }
        // The order is that of the members that stay.
        if !places.iter().flatten().is_sorted() {
            let order = |all: &[Value]| {
                let members = (1..).zip(all).map(|(nth, one)| self.called(name, nth, one));
                members.collect::<Vec<_>>().join(", ")
            };
            let (was, is) = (order(was), order(is));
            let label = format!("{label}{WITHIN}{}", self.wording.label("order"));
            if was != is {
                self.found.push(Difference { label, was, is });
            }
        }
    }

    /// Lists whose members are known by where they stand: what is the same at both ends is passed over, so
    /// that one that was put between two others is one difference.
    fn placed(&mut self, label: &str, name: &str, was: &[Value], is: &[Value]) {
        let (begin, end) = if was.len() == is.len() { (0, 0) } else { shared(was, is) };
        let (was, is) = (&was[begin..was.len() - end], &is[begin..is.len() - end]);
        for at in 0..was.len().max(is.len()) {
            let of = |all: &[Value]| all.get(at).cloned().unwrap_or_default();
            let (was, is) = (of(was), of(is));
            let member = if is.is_null() { &was } else { &is };
            let label = format!("{label}{WITHIN}{}", self.member(name, begin + at + 1, member));
            self.values(label, "", &was, &is);
        }
    }

    fn push(&mut self, label: String, name: &str, was: &Value, is: &Value) {
        let [was, is] = [was, is].map(|state| self.wording.value(name, state));
        if was != is {
            self.found.push(Difference { label, was, is });
        }
    }

    /// What a member of a list is called: a day of the week, its own words, its level, or its number.
    fn member(&self, name: &str, nth: usize, member: &Value) -> String {
        let texts = self.wording.texts;
        if name == "week" {
            return texts.get(&format!("weekday-inside-{nth}"));
        }
        let Some(fields) = member.as_object() else { return nth.to_string() };
        let level = fields.get("level").and_then(Value::as_str);
        if let Some(level) = level.and_then(|level| texts.known(&format!("level-{level}"))) {
            return level;
        }
        match (fields.contains_key("id"), self.wording.item_words(fields)) {
            (true, Some(words)) => format!("“{words}”"),
            _ => nth.to_string(),
        }
    }

    /// The same in the order of all, where a number says nothing: a step by its own words.
    fn called(&self, name: &str, nth: usize, member: &Value) -> String {
        let step = member.as_object().filter(|fields| fields.contains_key("kind"));
        let words = step.and_then(|fields| self.wording.item_words(fields));
        words.map_or_else(|| self.member(name, nth, member), |words| format!("“{words}”"))
    }
}

#[cfg(test)]
#[path = "differences_tests.rs"]
mod tests;
