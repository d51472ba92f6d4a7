//! Access to the words on the screen: the program's own sentences from `locales`, and what
//! the settings bring along in several languages.

use crate::zone;
use protocol::Level;
use protocol::hours::{Hours, Span};
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings::{Language, Settings, Texts};
use std::sync::Arc;

/// Closed days that are told: the longest holidays, around Tết, are told a day at a time.
const CLOSED_DAYS: usize = 5;

/// The words of one language.
#[derive(Clone)]
pub struct Words {
    language: String,
    own: &'static locales::Texts,
}

impl Words {
    /// The words of `language` (BCP 47), or Vietnamese ones where there are none.
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), own: locales::texts(language) }
    }

    /// The sentence of `key`.
    pub fn get(&self, key: &str) -> String {
        self.own.get(key)
    }

    /// The sentence of `key` with its places filled.
    pub fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.own.with(key, places)
    }

    /// A text of the settings: in this language, else in Vietnamese, else in any.
    pub fn of<'a>(&self, texts: &'a Texts) -> &'a str {
        texts
            .get(&self.language)
            .or_else(|| texts.get("vi"))
            .or_else(|| texts.values().next())
            .map_or("", String::as_str)
    }

    /// The words of a level: the questionnaire's, or the program's own where it has none.
    pub fn level(&self, questionnaire: &Questionnaire, level: Level) -> String {
        let given = questionnaire.levels.iter().find(|one| one.level == level);
        match given.map(|one| self.of(&one.text)) {
            Some(text) if !text.is_empty() => text.to_owned(),
            _ => self.get(&format!("level-{level}")),
        }
    }

    /// The hours of the week: days and their spans, equal days that follow one another in one line.
    /// Nothing where no hours are told.
    pub fn week(&self, hours: &Hours) -> Vec<(String, String)> {
        if hours.week.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let on = |day: usize| hours.week.get(day).map_or(&[][..], Vec::as_slice);
        let mut lines = Vec::new();
        let mut first = 0;
        for day in 0..7 {
            if day == 6 || on(day + 1) != on(first) {
                lines.push((self.days(first, day), self.spans(on(first))));
                first = day + 1;
            }
        }
        lines
    }

    fn days(&self, first: usize, last: usize) -> String {
        let from = self.get(&format!("weekday-{}", first + 1));
        if first == last {
            return from;
        }
        // Vietnamese writes the name of a day small where it does not begin the line.
        let to = self.get(&format!("weekday-inside-{}", last + 1));
        self.with("tablet-from-to", &[("from", &from), ("to", &to)])
    }

    fn spans(&self, spans: &[Span]) -> String {
        if spans.is_empty() {
            return self.get("tablet-day-closed");
        }
        let one = |span: &Span| {
            let (from, to) = (span.from.to_string(), span.until.to_string());
            self.with("tablet-from-to", &[("from", &from), ("to", &to)])
        };
        spans.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The closed days that come next, counted from `date` on (such as `2026-09-02`). Nothing where
    /// there are none, or where the date is not known.
    pub fn closed_days(&self, hours: &Hours, date: &str) -> Option<String> {
        let mut coming: Vec<_> =
            hours.closed.iter().filter(|day| !date.is_empty() && day.as_str() >= date).collect();
        coming.sort();
        coming.dedup();
        let written = |day: &&String| {
            let parts: Vec<_> = day.splitn(3, '-').collect();
            match parts[..] {
                [year, month, day] => format!("{day}/{month}/{year}"),
                _ => String::clone(day),
            }
        };
        let days = coming.iter().take(CLOSED_DAYS).map(written).collect::<Vec<_>>().join(", ");
        (!days.is_empty()).then(|| self.with("tablet-closed-days", &[("days", &days)]))
    }

    /// Time, weekday and date of a wall time (milliseconds) in an IANA time zone.
    pub fn clock(&self, wall_ms: i64, time_zone: &str) -> String {
        self.clock_with(wall_ms, time_zone, |day| format!("weekday-{day}"))
    }

    /// The same behind other words of a line, where Vietnamese writes the weekday small.
    pub fn clock_inside(&self, wall_ms: i64, time_zone: &str) -> String {
        self.clock_with(wall_ms, time_zone, |day| format!("weekday-inside-{day}"))
    }

    fn clock_with(&self, wall_ms: i64, time_zone: &str, weekday: fn(i8) -> String) -> String {
        let Some(at) = zone::local(wall_ms, time_zone) else { return String::new() };
        let weekday = weekday(at.weekday().to_monday_one_offset());
        self.with(
            "tablet-clock",
            &[
                ("time", &at.strftime("%H:%M").to_string()),
                ("weekday", &self.get(&weekday)),
                ("date", &at.strftime("%d/%m/%Y").to_string()),
            ],
        )
    }
}

/// The languages a person may choose: those in which everything can be said. One in which half of
/// the screen would stay Vietnamese helps nobody. The first one stands in any case.
pub fn offered(settings: &Settings) -> Arc<[Language]> {
    let languages = settings.languages.iter().enumerate();
    let complete = |language: &Language| {
        locales::is_complete(&language.code, "tablet")
            && is_asked_in(&settings.questionnaire, &language.code)
    };
    languages.filter(|(at, one)| *at == 0 || complete(one)).map(|(_, one)| one.clone()).collect()
}

/// Whether every question and answer of a questionnaire has words in this language.
fn is_asked_in(questionnaire: &Questionnaire, language: &str) -> bool {
    let told = |texts: &Texts| texts.get(language).is_some_and(|text| !text.trim().is_empty());
    let level = |level| {
        let given = questionnaire.levels.iter().find(|one| one.level == level);
        // Without words of its own a level has the program's.
        given.is_none_or(|one| one.text.is_empty() || told(&one.text))
    };
    let step = |ask: &Ask| match ask {
        Ask::Aspects { text, items } | Ask::Reasons { text, items } => {
            told(text) && items.iter().all(|item| told(&item.text))
        }
        Ask::Comment { text } => told(text),
        Ask::Unknown => true,
    };
    told(&questionnaire.question)
        && questionnaire.scale.levels().iter().all(|one| level(*one))
        && questionnaire.steps.iter().all(|one| step(&one.ask))
}

/// What stands for an officer without a photo: the first letters of the last two words of the
/// name, `VA` for Nguyễn Văn A.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words[words.len().saturating_sub(2)..]
        .iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use protocol::questionnaire::LevelText;

    #[test]
    fn the_clock_speaks_both_languages_in_the_centres_zone() {
        let at = "2023-09-27T02:41:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        let clock = |language, zone| Words::new(language).clock(at, zone);
        assert_eq!(clock("vi", "Asia/Ho_Chi_Minh"), "Thứ Tư, 27/09/2023 · 09:41");
        assert_eq!(clock("en", "Asia/Ho_Chi_Minh"), "09:41 · Wednesday, 27/09/2023");
        assert_eq!(clock("vi", "Nowhere/At_All"), "Thứ Tư, 27/09/2023 · 09:41");
        assert_eq!(Words::new("vi").clock(i64::MAX, "UTC"), "");
        let inside = |language| Words::new(language).clock_inside(at, "Asia/Ho_Chi_Minh");
        assert_eq!(inside("vi"), "thứ Tư, 27/09/2023 · 09:41");
        assert_eq!(inside("en"), clock("en", "Asia/Ho_Chi_Minh"));
    }

    #[test]
    fn a_missing_language_falls_back() {
        let texts: Texts = [("vi".to_owned(), "xin chào".to_owned())].into();
        assert_eq!(Words::new("en").of(&texts), "xin chào");
        assert_eq!(Words::new("en").of(&Texts::new()), "");
        assert_eq!(Words::new("fr").get("tablet-served-by"), "Người phục vụ Ông/Bà");
    }

    #[test]
    fn a_language_is_offered_when_everything_can_be_said_in_it() {
        let json = serde_json::json!({
            "centre": {}, "time_zone": "Asia/Ho_Chi_Minh",
            "counter": { "code": "Q01", "name": "" },
            "questionnaire": {
                "version": 1, "scale": "five",
                "question": { "vi": "?", "en": "?", "km": "?" },
                "steps": [{
                    "kind": "reasons", "text": { "vi": "?", "en": "?", "km": "?" },
                    "items": [{ "id": "a", "text": { "vi": "a", "en": "a", "km": "a" } }],
                }],
            },
            "languages": [],
        });
        let mut settings: Settings = serde_json::from_value(json).unwrap();
        settings.languages = ["vi", "en", "km", "fr"]
            .map(|code| Language { code: code.to_owned(), name: code.to_owned() })
            .into();
        let codes = |settings: &Settings| -> Vec<String> {
            offered(settings).iter().map(|one| one.code.clone()).collect()
        };
        assert_eq!(codes(&settings), ["vi", "en", "km"], "the program has no French");
        let Ask::Reasons { items, .. } = &mut settings.questionnaire.steps[0].ask else {
            panic!("reasons")
        };
        items[0].text.remove("en");
        assert_eq!(codes(&settings), ["vi", "km"], "an answer without English words");
        settings.questionnaire.levels = vec![LevelText {
            level: Level::Neutral,
            text: [("vi".to_owned(), "Được".to_owned())].into(),
        }];
        assert_eq!(codes(&settings), ["vi"], "a level without Khmer words");
        settings.questionnaire.question.clear();
        assert_eq!(codes(&settings), ["vi"], "the first one stands in any case");
    }

    #[test]
    fn equal_days_stand_in_one_line() {
        let mut hours = Hours::usual();
        let lines = |language, hours: &Hours| Words::new(language).week(hours);
        let usual = "07:00 – 11:30, 13:30 – 17:00".to_owned();
        let expected = [
            ("Thứ Hai – thứ Sáu".to_owned(), usual.clone()),
            ("Thứ Bảy – Chủ nhật".to_owned(), "Nghỉ".to_owned()),
        ];
        assert_eq!(lines("vi", &hours), expected);
        hours.week[5] = hours.week[0][..1].to_vec();
        assert_eq!(lines("vi", &hours)[1], ("Thứ Bảy".to_owned(), "07:00 – 11:30".to_owned()));
        assert_eq!(lines("en", &hours)[2], ("Sunday".to_owned(), "Closed".to_owned()));
        hours.week.truncate(2);
        assert_eq!(lines("en", &hours)[1].0, "Wednesday – Sunday", "a short week is closed after");
        assert!(lines("vi", &Hours::default()).is_empty(), "no hours are told");
    }

    #[test]
    fn closed_days_are_told_from_today_on() {
        let mut hours = Hours::usual();
        let vi = Words::new("vi");
        assert_eq!(vi.closed_days(&hours, "2026-01-01"), None);
        hours.closed = ["2026-09-02", "2026-01-01", "2026-09-01"].map(str::to_owned).into();
        let told = vi.closed_days(&hours, "2026-09-01").unwrap();
        assert_eq!(told, "Nghỉ các ngày: 01/09/2026, 02/09/2026");
        assert_eq!(vi.closed_days(&hours, "2026-09-03"), None);
        assert_eq!(vi.closed_days(&hours, ""), None);
    }

    #[test]
    fn initials_are_of_the_last_two_words() {
        assert_eq!(initials("Nguyễn Văn A"), "VA");
        assert_eq!(initials("  Đặng   thị ánh "), "TÁ");
        assert_eq!(initials("Sơn"), "S");
        assert_eq!(initials(""), "");
    }
}
