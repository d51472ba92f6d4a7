//! A questionnaire as a form carries it, and back. What can not be published is reported at its
//! field; the protocol's own check has the last word.

use super::ids::id_of;
use crate::form_reader::{FieldErrors, FormReader, FormValues};
use locales::{Texts, languages_of};
use protocol::questionnaire::{Ask, Choice, FIRST_LANGUAGE, Questionnaire, Step, Timeouts};
use protocol::settings;
use protocol::{Level, Scale, limits};

/// Letters of a text on the glass: a question of four lines.
pub const TEXT_CHARS: usize = 300;
/// Steps of a questionnaire; nobody answers more at a counter.
pub const STEPS: usize = 6;
/// Empty rows that a step offers for more.
const SPARE: usize = 2;
/// A time: its name in the form, the shortest and the longest in seconds (`Questionnaire::check`),
/// where it is kept in milliseconds.
type TimeSetting = (&'static str, u64, u64, fn(&mut Timeouts) -> &mut u64);
/// All times.
pub const TIMES: [TimeSetting; 4] = [
    ("answer", 5, 600, |times| &mut times.answer_ms),
    ("undo", 2, 600, |times| &mut times.undo_ms),
    ("step", 5, 600, |times| &mut times.step_ms),
    ("comment", 10, 600, |times| &mut times.comment_ms),
];
/// The kinds of steps.
pub const KINDS: [&str; 3] = ["aspects", "reasons", "comment"];

/// How many steps of a form have a kind, those between them included.
pub fn filled_steps(typed: &FormValues) -> usize {
    let has_kind = |at: &usize| is_filled(typed, &format!("s{at}-kind"));
    (0..STEPS).rev().find(has_kind).map_or(0, |at| at + 1)
}

/// How many rows of a step's items are filled in, those between them included.
pub fn filled_items(typed: &FormValues, step: usize) -> usize {
    let has_text = |row: &usize| {
        let name = format!("s{step}-i{row}");
        is_filled(typed, &format!("{name}-id"))
            || languages_of("tablet").any(|code| is_filled(typed, &format!("{name}-text-{code}")))
    };
    (0..limits::CHOICES).rev().find(has_text).map_or(0, |row| row + 1)
}

fn is_filled(typed: &FormValues, name: &str) -> bool {
    typed.get(name).is_some_and(|text| !text.trim().is_empty())
}

/// How many rows of items a step's form has.
pub fn rows(typed: &FormValues, step: usize) -> usize {
    (filled_items(typed, step) + SPARE).min(limits::CHOICES)
}

/// The questionnaire as fields.
pub fn typed_of(one: &Questionnaire) -> FormValues {
    let mut typed = FormValues::new();
    typed.insert("scale".into(), one.scale.name().into());
    put_texts(&mut typed, "question", &one.question);
    let mut timeouts = one.timeouts;
    for (name, _, _, time) in TIMES {
        typed.insert(format!("time-{name}"), (*time(&mut timeouts) / 1_000).to_string());
    }
    for (at, step) in one.steps.iter().enumerate() {
        let (kind, text, items) = match &step.ask {
            Ask::Aspects { text, items } => ("aspects", text, items.as_slice()),
            Ask::Reasons { text, items } => ("reasons", text, items.as_slice()),
            Ask::Comment { text } => ("comment", text, &[][..]),
            Ask::Unknown => continue,
        };
        typed.insert(format!("s{at}-kind"), kind.into());
        put_texts(&mut typed, &format!("s{at}-text"), text);
        for level in &step.after {
            typed.insert(format!("s{at}-after-{}", level.name()), "yes".into());
        }
        for (row, item) in items.iter().enumerate() {
            typed.insert(format!("s{at}-i{row}-id"), item.id.clone());
            put_texts(&mut typed, &format!("s{at}-i{row}-text"), &item.text);
        }
    }
    typed
}

fn put_texts(typed: &mut FormValues, name: &str, texts: &settings::Texts) {
    for (code, text) in texts {
        typed.insert(format!("{name}-{code}"), text.clone());
    }
}

/// Reads a form over the questionnaire it was made from.
pub fn read(
    typed: &FormValues,
    base: &Questionnaire,
    texts: &Texts,
) -> Result<Questionnaire, FieldErrors> {
    let is_id = |name: &str| name.starts_with('s') && name.ends_with("-id");
    let typed_ids = typed.iter().filter(|(name, _)| is_id(name));
    let typed_ids = typed_ids.map(|(_, id)| id.trim().to_owned()).collect();
    let mut reader = Reader { form: FormReader::new(typed, texts), ids: Vec::new(), typed_ids };
    let of_name = |name: &str| Scale::ALL.into_iter().find(|one| one.name() == name);
    let scale = reader.form.choice("scale", of_name).unwrap_or(base.scale);
    let question = reader.texts_of("question");
    let steps = (0..STEPS).filter_map(|at| reader.step(at, scale)).collect();
    let mut timeouts = Timeouts::default();
    for (name, least, most, time) in TIMES {
        *time(&mut timeouts) = reader.time(name, least, most);
    }
    let mut levels = base.levels.clone();
    levels.retain(|one| scale.levels().contains(&one.level));
    let read = Questionnaire { version: base.version, question, scale, levels, steps, timeouts };
    let mut form = reader.form;
    if form.errors.is_empty() && read.check().is_err() {
        // What no field above accounts for: too many of a kind over all steps.
        form.fail_with("steps", "admin-fault-choices", &[("most", &limits::CHOICES.to_string())]);
    }
    form.finish(read)
}

/// Reads the parts of a questionnaire.
struct Reader<'a> {
    form: FormReader<'a>,
    /// Ids of the items so far.
    ids: Vec<String>,
    /// Ids that were typed anywhere, which none that is made may take.
    typed_ids: Vec<String>,
}

impl Reader<'_> {
    /// A text in each language; the first one must be there.
    fn texts_of(&mut self, name: &str) -> settings::Texts {
        let mut found = settings::Texts::new();
        for code in languages_of("tablet") {
            let field = format!("{name}-{code}");
            if let Some(text) = self.form.short_text(&field, TEXT_CHARS, false) {
                found.insert(code.to_owned(), text);
            } else if code == FIRST_LANGUAGE {
                // Where the text is too long or has odd letters, that reason stays.
                self.form.fail(&field, "admin-fault-vietnamese");
            }
        }
        found
    }

    fn time(&mut self, name: &str, least: u64, most: u64) -> u64 {
        let field = format!("time-{name}");
        let seconds: Option<u64> = self.form.text(&field).parse().ok();
        if let Some(seconds) = seconds.filter(|seconds| (least..=most).contains(seconds)) {
            return seconds * 1_000;
        }
        let (least, most) = (least.to_string(), most.to_string());
        let values = [("least", least.as_str()), ("most", most.as_str())];
        self.form.fail_with(&field, "admin-fault-seconds", &values);
        0
    }

    /// A step; none where no kind is chosen.
    fn step(&mut self, at: usize, scale: Scale) -> Option<Step> {
        let kind = self.form.text(&format!("s{at}-kind"));
        if kind.is_empty() {
            return None;
        }
        let text = self.texts_of(&format!("s{at}-text"));
        let after = |level: &&Level| self.form.is_ticked(&format!("s{at}-after-{}", level.name()));
        let mut after: Vec<Level> = scale.levels().iter().filter(after).copied().collect();
        if after.len() == scale.levels().len() {
            after.clear();
        }
        let ask = match kind {
            "aspects" => Ask::Aspects { text, items: self.items(at) },
            "reasons" => Ask::Reasons { text, items: self.items(at) },
            "comment" => Ask::Comment { text },
            _ => {
                self.form.fail(&format!("s{at}-kind"), "admin-fault-choice");
                return None;
            }
        };
        Some(Step { after, ask })
    }

    fn items(&mut self, at: usize) -> Vec<Choice> {
        let mut items = Vec::new();
        for row in 0..limits::CHOICES {
            let name = format!("s{at}-i{row}");
            let mut id = self.form.text(&format!("{name}-id")).to_owned();
            let has_text = languages_of("tablet")
                .any(|code| !self.form.text(&format!("{name}-text-{code}")).is_empty());
            if id.is_empty() && !has_text {
                continue;
            }
            let text = self.texts_of(&format!("{name}-text"));
            if id.is_empty() {
                let words = text.get(FIRST_LANGUAGE).map_or("", String::as_str);
                id = id_of(words, &[self.ids.as_slice(), &self.typed_ids].concat());
            }
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let fit = (1..=limits::CODE_CHARS).contains(&id.len()) && id.chars().all(plain);
            if !fit || self.ids.contains(&id) {
                self.form.fail(&format!("{name}-id"), "admin-fault-item");
            }
            self.ids.push(id.clone());
            items.push(Choice { id, text });
        }
        if items.is_empty() {
            self.form.fail(&format!("s{at}-kind"), "admin-fault-items");
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Questionnaire {
        serde_json::from_str(include_str!("../../questionnaires/attitude.json")).unwrap()
    }

    #[test]
    fn the_built_in_one_reads_as_it_was_written() {
        let one = built_in();
        assert_eq!(read(&typed_of(&one), &one, locales::texts("vi")), Ok(one));
    }

    #[test]
    fn each_error_stands_at_its_field() {
        let one = built_in();
        let typed = typed_of(&one);
        for (name, value, field) in [
            ("scale", "seven", "scale"),
            ("question-vi", "", "question-vi"),
            ("question-en", &*"a".repeat(301), "question-en"),
            ("question-en", "a\u{7}b", "question-en"),
            ("time-undo", "1", "time-undo"),
            ("time-answer", "601", "time-answer"),
            ("time-step", "x", "time-step"),
            ("s0-kind", "drawing", "s0-kind"),
            ("s0-text-vi", "", "s0-text-vi"),
            ("s0-i0-id", "Chờ lâu", "s0-i0-id"),
            ("s0-i1-id", "spirit", "s0-i1-id"),
            ("s0-i0-text-vi", "", "s0-i0-text-vi"),
            ("s5-kind", "reasons", "s5-kind"),
        ] {
            let mut spoiled = typed.clone();
            spoiled.insert(name.to_owned(), value.to_owned());
            let errors = read(&spoiled, &one, locales::texts("vi")).unwrap_err();
            assert!(errors.contains_key(field), "{name}={value}: {errors:?}");
        }
        let mut unnamed = typed.clone();
        unnamed.insert("s0-i0-id".into(), String::new());
        unnamed.insert("s0-i0-text-vi".into(), "Tinh thần phục vụ".into());
        unnamed.insert("s0-i1-id".into(), "tinh_than_phuc_vu".into());
        let named = read(&unnamed, &one, locales::texts("vi")).unwrap();
        let Ask::Aspects { items, .. } = &named.steps[0].ask else { panic!("{named:?}") };
        let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["tinh_than_phuc_vu_2", "tinh_than_phuc_vu", "attitude"], "from the text");
        let mut without = typed.clone();
        without.insert("s0-kind".into(), String::new());
        let shorter = read(&without, &one, locales::texts("vi")).unwrap();
        assert_eq!(shorter.steps.len() + 1, one.steps.len(), "a step is taken out by its kind");
    }
}
