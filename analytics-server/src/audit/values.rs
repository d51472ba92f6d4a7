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
