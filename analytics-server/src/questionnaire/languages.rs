//! Which texts of a questionnaire are missing in which language. A tablet lets people choose a language
//! only where everything can be said in it, so whoever publishes should know what one lacks.

use crate::form_reader::FormValues;
use locales::languages_of;
use protocol::questionnaire::{FIRST_LANGUAGE, Questionnaire};

/// Of the languages that the centre offers on its tablets, those in which some of the fields that begin
/// with `prefix` have no text although they have one in Vietnamese, and how many.
pub fn missing(typed: &FormValues, prefix: &str, offered: &[String]) -> Vec<(&'static str, usize)> {
    let has_text = |name: &str| typed.get(name).is_some_and(|text| !text.trim().is_empty());
    let first = format!("-{FIRST_LANGUAGE}");
    let own = typed.keys().filter(|name| name.starts_with(prefix) && has_text(name));
    let own: Vec<&str> = own.filter_map(|name| name.strip_suffix(first.as_str())).collect();
    let counts = others(offered).map(|code| {
        let count = own.iter().filter(|name| !has_text(&format!("{name}-{code}"))).count();
        (code, count)
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

/// The same of all fields, and of the questionnaire's own words for levels, which no form has.
pub fn missing_of_all(
    typed: &FormValues,
    one: &Questionnaire,
    offered: &[String],
) -> Vec<(&'static str, usize)> {
    let fields = missing(typed, "", offered);
    let in_fields = |code: &str| {
        let found = fields.iter().find(|(other, _)| *other == code);
        found.map_or(0, |(_, count)| *count)
    };
    let counts = others(offered).map(|code| (code, in_fields(code) + levels_without(one, code)));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// The languages of tablets that the centre offers beside the first one.
fn others(offered: &[String]) -> impl Iterator<Item = &'static str> {
    let is_offered = move |code: &str| offered.iter().any(|one| one == code);
    languages_of("tablet").filter(move |code| *code != FIRST_LANGUAGE && is_offered(code))
}

/// How many levels of the scale have words of their own, but none in a language.
fn levels_without(one: &Questionnaire, code: &str) -> usize {
    let used = one.levels.iter().filter(|own| one.scale.levels().contains(&own.level));
    let told = |text: Option<&String>| text.is_some_and(|text| !text.trim().is_empty());
    used.filter(|own| !own.text.is_empty() && !told(own.text.get(code))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Level;
    use protocol::questionnaire::LevelText;

    fn offered(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn a_language_that_is_on_is_named_with_the_number_of_texts_it_lacks() {
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
        assert_eq!(missing(&typed, "", &offered(&["vi"])), [], "nobody chooses another language");
        assert_eq!(missing(&typed, "", &offered(&["vi", "en"])), [("en", 1)]);
        assert_eq!(missing(&typed, "", &offered(&["vi", "en", "km"])), [("en", 1), ("km", 3)]);
        assert_eq!(missing(&typed, "question-", &offered(&["vi", "en"])), []);
        typed.insert("question-km".into(), "សំណួរ".into());
        assert_eq!(missing(&typed, "s0-", &offered(&["vi", "en"])), [("en", 1)], "Khmer is off");
        assert_eq!(missing(&typed, "s0-", &offered(&["vi", "km"])), [("km", 2)]);
    }

    #[test]
    fn words_for_a_level_count_as_a_tablet_counts_them() {
        let mut one: Questionnaire =
            serde_json::from_str(include_str!("../../questionnaires/attitude.json")).unwrap();
        let (typed, on) = (FormValues::new(), offered(&["vi", "en"]));
        assert_eq!(missing_of_all(&typed, &one, &on), [], "the program has words of its own");
        let text = [("vi".to_owned(), "Được".to_owned())].into();
        one.levels = vec![LevelText { level: Level::Neutral, text }];
        assert_eq!(missing_of_all(&typed, &one, &on), [("en", 1)]);
    }
}
