//! Values as the audit log stores them: which are empty, which are one word although they are objects, and
//! by what the members of a list are known again after others were put before them.

use serde_json::{Map, Value};

/// Whether a value says nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.iter().all(is_empty),
        Value::Object(all) => all.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Hours, `07:30–11:30`, of an object that is nothing else.
pub(super) fn span_words(all: &Map<String, Value>) -> Option<String> {
    let (from, until) = (all.get("from")?.as_str()?, all.get("until")?.as_str()?);
    (all.len() == 2).then(|| format!("{from}–{until}"))
}

/// A text in several languages, in the reader's or the first that there is.
pub(super) fn own_words<'a>(all: &'a Map<String, Value>, language: &str) -> Option<&'a str> {
    let is_language =
        |code: &String| locales::languages_of("tablet").any(|known| known == code.as_str());
    if all.is_empty() || !all.keys().all(is_language) {
        return None;
    }
    let text = |code: &str| all.get(code)?.as_str().filter(|text| !text.is_empty());
    text(language).or_else(|| text("vi")).or_else(|| all.values().find_map(Value::as_str))
}

/// Whether a list holds lists or objects that are more than one word.
pub(super) fn holds_more(all: &[Value]) -> bool {
    all.iter().any(|one| match one {
        Value::Array(_) => true,
        Value::Object(fields) => span_words(fields).is_none(),
        _ => false,
    })
}

/// By what a member of a list is known again: its id, its level, its code.
pub(super) fn mark(member: &Value) -> Option<&str> {
    let fields = member.as_object()?;
    ["id", "level", "code"].into_iter().find_map(|name| fields.get(name)?.as_str())
}

/// Whether each member of a list has a mark of its own.
pub(super) fn are_marked(all: &[Value]) -> bool {
    let marks: Vec<Option<&str>> = all.iter().map(mark).collect();
    let own = |(at, one): (usize, Option<&str>)| one.is_some() && !marks[..at].contains(&one);
    marks.iter().copied().enumerate().all(own)
}

/// Where each member of a list stands in another one, by its mark; none: it is not there.
pub(super) fn by_mark(was: &[Value], is: &[Value]) -> Vec<Option<usize>> {
    was.iter().map(|one| is.iter().position(|other| mark(other) == mark(one))).collect()
}

/// The same of steps of a questionnaire, which have no mark: a step is known again by itself, by an item
/// that both have, or by its kind. None: the lists are not of as many steps each.
pub(super) fn by_likeness(was: &[Value], is: &[Value]) -> Option<Vec<Option<usize>>> {
    let is_step = |one: &Value| kind(one).is_some();
    if was.len() != is.len() || !was.iter().chain(is).all(is_step) {
        return None;
    }
    let mut places: Vec<Option<usize>> =
        (0..was.len()).map(|at| (was[at] == is[at]).then_some(at)).collect();
    let measures: [fn(&Value, &Value) -> bool; 3] =
        [<Value as PartialEq>::eq, share_an_item, are_of_a_kind];
    for alike in measures {
        for (at, one) in was.iter().enumerate() {
            if places[at].is_none() {
                let free = |other: &usize| !places.contains(&Some(*other));
                places[at] = (0..is.len()).filter(free).find(|other| alike(one, &is[*other]));
            }
        }
    }
    Some(places)
}

/// What kind of step a member of a list is.
fn kind(member: &Value) -> Option<&str> {
    member.as_object()?.get("kind")?.as_str()
}

fn are_of_a_kind(was: &Value, is: &Value) -> bool {
    kind(was) == kind(is)
}

/// Whether two steps ask for one thing at least that has the same id.
fn share_an_item(was: &Value, is: &Value) -> bool {
    let ids = |step: &Value| -> Vec<String> {
        let items = step.get("items").and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|item| Some(item.get("id")?.as_str()?.to_owned())).collect()
    };
    let known = ids(was);
    are_of_a_kind(was, is) && ids(is).iter().any(|id| known.contains(id))
}

/// How many members at the beginnings, and how many at the ends, of two lists are the same.
pub(super) fn shared(was: &[Value], is: &[Value]) -> (usize, usize) {
    let begin = was.iter().zip(is).take_while(|(was, is)| was == is).count();
    let ends = was[begin..].iter().rev().zip(is[begin..].iter().rev());
    (begin, ends.take_while(|(was, is)| was == is).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn list(value: &Value) -> &[Value] {
        value.as_array().unwrap()
    }

    #[test]
    fn hours_and_texts_are_one_word() {
        let words = |value: Value| {
            let fields = value.as_object().unwrap();
            (span_words(fields), own_words(fields, "en").map(str::to_owned))
        };
        let hours = words(json!({"from": "07:30", "until": "11:30"}));
        assert_eq!(hours, (Some("07:30–11:30".to_owned()), None));
        assert_eq!(words(json!({"vi": "Quầy", "en": "Desk"})), (None, Some("Desk".to_owned())));
        assert_eq!(words(json!({"vi": "Quầy", "en": ""})), (None, Some("Quầy".to_owned())));
        assert_eq!(words(json!({"vi": "Quầy", "text": "x"})), (None, None));
        assert_eq!(words(json!({})), (None, None));
    }

    #[test]
    fn steps_are_known_by_what_they_ask_for() {
        let step =
            |id: &str, text: &str| json!({"kind": "reasons", "text": text, "items": [{"id": id}]});
        let comment = |text: &str| json!({"kind": "comment", "text": text});
        let places = |was: Value, is: Value| by_likeness(list(&was), list(&is));
        let was = json!([step("a", "x"), step("b", "x"), comment("x")]);
        let swapped = json!([step("b", "y"), comment("x"), step("a", "x")]);
        assert_eq!(places(was.clone(), swapped), Some(vec![Some(2), Some(0), Some(1)]));
        let other = json!([comment("y"), step("b", "x"), step("c", "x")]);
        let found = places(was.clone(), other);
        assert_eq!(found, Some(vec![Some(2), Some(1), Some(0)]), "by its kind alone");
        let gone = json!([step("a", "x"), step("b", "x"), {"kind": "aspects"}]);
        assert_eq!(places(was.clone(), gone), Some(vec![Some(0), Some(1), None]));
        assert_eq!(places(was.clone(), json!([comment("x")])), None);
        assert_eq!(places(json!([[1], [2]]), json!([[2], [1]])), None, "days stand by their place");
    }

    #[test]
    fn members_are_known_by_their_marks_and_others_by_what_stands_around_them() {
        let items = json!([{"id": "a", "text": 1}, {"id": "b"}]);
        assert!(are_marked(list(&items)));
        assert!(!are_marked(list(&json!([{"id": "a"}, {"id": "a"}]))));
        assert!(!are_marked(list(&json!([{"kind": "comment"}]))));
        let (was, is) = (json!([1, 2, 3]), json!([1, 9, 2, 3]));
        assert_eq!(shared(list(&was), list(&is)), (1, 2));
        assert_eq!(shared(list(&was), list(&was)), (3, 0));
        assert!(holds_more(list(&items)) && !holds_more(list(&was)));
        assert!(!holds_more(list(&json!([{"from": "07:30", "until": "11:30"}]))));
    }
}
