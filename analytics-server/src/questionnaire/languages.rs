//! Which texts of a questionnaire are missing in which language. A tablet shows the Vietnamese text in
//! the place of one that is missing, so nobody is stopped; but whoever publishes it should know.

use crate::form_reader::FormValues;
use locales::languages_of;
use protocol::questionnaire::FIRST_LANGUAGE;

/// The languages in which some of the fields that begin with `prefix` have no text although they have
/// one in Vietnamese, and how many. Named are those that the centre offers on its tablets, and others
/// in which anything was written.
pub fn missing(typed: &FormValues, prefix: &str, offered: &[String]) -> Vec<(&'static str, usize)> {
    let has_text = |name: &str| typed.get(name).is_some_and(|text| !text.trim().is_empty());
    let first = format!("-{FIRST_LANGUAGE}");
    let own = typed.keys().filter(|name| name.starts_with(prefix) && has_text(name));
    let own: Vec<&str> = own.filter_map(|name| name.strip_suffix(first.as_str())).collect();
    let is_used = |code: &str| {
        let end = format!("-{code}");
        offered.iter().any(|one| one == code)
            || typed.keys().any(|name| name.ends_with(&end) && has_text(name))
    };
    let others = languages_of("tablet").filter(|code| *code != FIRST_LANGUAGE && is_used(code));
    let counts = others.map(|code| {
        let count = own.iter().filter(|name| !has_text(&format!("{name}-{code}"))).count();
        (code, count)
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_with_the_number_of_texts_it_lacks() {
        let fields = [
            ("question-vi", "Hỏi?"),
            ("question-en", "Question?"),
            ("question-km", ""),
            ("s0-text-vi", "Nội dung"),
            ("s0-i0-text-vi", "Một"),
            ("s0-i0-text-en", "One"),
            ("s0-i1-text-vi", ""),
            ("s0-i1-text-en", "nothing in Vietnamese"),
        ];
        let mut typed: FormValues =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let offered = |codes: &[&str]| -> Vec<String> {
            codes.iter().map(|code| (*code).to_owned()).collect()
        };
        assert_eq!(missing(&typed, "", &offered(&["vi"])), [("en", 1)], "Khmer is not in use");
        assert_eq!(missing(&typed, "", &offered(&["vi", "km"])), [("en", 1), ("km", 3)]);
        assert_eq!(missing(&typed, "question-", &offered(&["vi"])), []);
        typed.insert("question-km".into(), "សំណួរ".into());
        assert_eq!(missing(&typed, "s0-", &offered(&["vi"])), [("en", 1), ("km", 2)]);
    }
}
