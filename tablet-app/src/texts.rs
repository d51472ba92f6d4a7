//! The thin door to the words on the screen: the house's own sentences from `locales`, and what
//! the settings bring along in several languages.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use protocol::settings::Texts;

/// Where a time zone of the settings is not known: the one of the whole country.
const FALLBACK_ZONE: &str = "Asia/Ho_Chi_Minh";

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

    /// Time, weekday and date of a wall time (milliseconds) in an IANA time zone.
    pub fn clock(&self, wall_ms: i64, time_zone: &str) -> String {
        let zone = TimeZone::get(time_zone)
            .or_else(|_| TimeZone::get(FALLBACK_ZONE))
            .unwrap_or(TimeZone::UTC);
        let Ok(at) = Timestamp::from_millisecond(wall_ms) else { return String::new() };
        let at = at.to_zoned(zone);
        let weekday = at.weekday().to_monday_one_offset();
        self.with(
            "tablet-clock",
            &[
                ("time", &at.strftime("%H:%M").to_string()),
                ("weekday", &self.get(&format!("weekday-{weekday}"))),
                ("date", &at.strftime("%d/%m/%Y").to_string()),
            ],
        )
    }
}

/// What stands for an officer without a portrait: the first letters of the last two words of the
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

    #[test]
    fn the_clock_speaks_both_languages_in_the_centres_zone() {
        let at = "2023-09-27T02:41:00Z".parse::<Timestamp>().unwrap().as_millisecond();
        let clock = |language, zone| Words::new(language).clock(at, zone);
        assert_eq!(clock("vi", "Asia/Ho_Chi_Minh"), "09:41 · Thứ Tư, 27/09/2023");
        assert_eq!(clock("en", "Asia/Ho_Chi_Minh"), "09:41 · Wednesday, 27/09/2023");
        assert_eq!(clock("vi", "Nowhere/At_All"), "09:41 · Thứ Tư, 27/09/2023");
        assert_eq!(Words::new("vi").clock(i64::MAX, "UTC"), "");
    }

    #[test]
    fn a_missing_language_falls_back() {
        let texts: Texts = [("vi".to_owned(), "xin chào".to_owned())].into();
        assert_eq!(Words::new("en").of(&texts), "xin chào");
        assert_eq!(Words::new("en").of(&Texts::new()), "");
        assert_eq!(Words::new("fr").get("tablet-choose-again"), "Chọn lại");
    }

    #[test]
    fn initials_are_of_the_last_two_words() {
        assert_eq!(initials("Nguyễn Văn A"), "VA");
        assert_eq!(initials("  Đặng   thị ánh "), "TÁ");
        assert_eq!(initials("Sơn"), "S");
        assert_eq!(initials(""), "");
    }
}
