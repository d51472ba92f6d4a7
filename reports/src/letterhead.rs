//! Who issues a document and who signs it. Plain data that an installation fills in once; until
//! then general names stand there, and dots where a clerk writes by hand: the number and the place.

use locales::Texts;
use serde::{Deserialize, Serialize};

/// The parts of an official document that do not come from figures (Decree 30/2020, annex I).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letterhead {
    /// The agency above, in capitals.
    pub parent_agency: String,
    /// The issuing agency, in capitals; a line break where the name should break.
    pub agency: String,
    /// Number and symbol, such as `05/BC-TTPVHCC`.
    pub document_number: String,
    /// The place in front of the date.
    pub place: String,
    /// On whose authority it is signed, such as `KT. GIÁM ĐỐC`; empty when the head signs.
    pub signer_authority: String,
    /// Title of who signs, in capitals.
    pub signer_title: String,
    /// Name of who signs; empty until it is known.
    pub signer_name: String,
    /// The distribution list, in order, without dashes and ends of line.
    pub distribution: Vec<String>,
}

impl Letterhead {
    /// Placeholders in the language of `texts`.
    pub fn placeholders(texts: &Texts) -> Self {
        let text = |key: &str| texts.get(&format!("letterhead-{key}"));
        Self {
            parent_agency: text("parent"),
            agency: text("agency"),
            document_number: text("number"),
            place: text("place"),
            signer_authority: String::new(),
            signer_title: text("signer-title"),
            signer_name: String::new(),
            distribution: ["receiver-1", "receiver-2", "receiver-3"].map(text).into(),
        }
    }

    /// The same with the centre's own name as that of the issuing agency, where nobody has written one.
    #[must_use]
    pub fn with_centre(mut self, name: &str) -> Self {
        let general = Self::default().agency;
        let is_written = !self.agency.trim().is_empty() && !self.agency.contains('…');
        if name.trim().is_empty() || (is_written && self.agency != general) {
            return self;
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        // A name that begins with the general one is broken where that is.
        let rest = name.strip_prefix(&general.replace('\n', " "));
        let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with(' '));
        self.agency = rest.map_or_else(|| name.clone(), |rest| format!("{general}{rest}"));
        self
    }
}

/// Most letters of a province with its word that are kept on one line.
const PLACE_LETTERS: usize = 24;

/// Words in front of the name of a province.
const PLACES: [&str; 2] = [" TỈNH ", " THÀNH PHỐ "];

/// A line in capitals that is never broken within the name of the province at its end.
pub(crate) fn unbroken(line: &str) -> String {
    let Some(at) = PLACES.iter().filter_map(|word| line.rfind(word)).max() else {
        return line.to_owned();
    };
    let (before, place) = line.split_at(at);
    let place = place.trim();
    if place.chars().count() > PLACE_LETTERS {
        return line.to_owned();
    }
    format!("{before} {}", place.replace(' ', "\u{a0}"))
}

impl Default for Letterhead {
    /// Vietnamese placeholders.
    fn default() -> Self {
        Self::placeholders(locales::texts("vi"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_given_is_a_placeholder() {
        let given: Letterhead = serde_json::from_str(r#"{"place":"Tây Ninh"}"#).unwrap();
        assert_eq!(given.place, "Tây Ninh");
        assert_eq!(given.document_number, "…/BC-TTPVHCC");
        assert_eq!(given.agency.lines().count(), 2);
    }

    #[test]
    fn the_agency_has_the_centres_name_until_another_is_written_and_never_dots() {
        let name = "Trung tâm Phục vụ hành chính công tỉnh Tây Ninh";
        let of = |agency: &str| {
            let written = Letterhead { agency: agency.into(), ..Letterhead::default() };
            written.with_centre(name).agency
        };
        let whole = "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG TỈNH TÂY NINH";
        let stored_long_ago = "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG TỈNH …";
        assert_eq!(of(&Letterhead::default().agency), whole);
        assert_eq!([of(stored_long_ago), of(" ")], [whole, whole]);
        assert_eq!(of("BỘ PHẬN MỘT CỬA"), "BỘ PHẬN MỘT CỬA");
        let other = Letterhead::default().with_centre("Bộ phận Một cửa xã A");
        assert_eq!(other.agency, "BỘ PHẬN MỘT CỬA XÃ A");
        for language in ["vi", "en"] {
            let general = Letterhead::placeholders(locales::texts(language));
            assert!(!format!("{}{}", general.parent_agency, general.agency).contains('…'));
        }
    }

    #[test]
    fn the_name_of_a_province_stays_on_one_line() {
        assert_eq!(
            unbroken("VĂN PHÒNG UBND TỈNH TÂY NINH"),
            "VĂN PHÒNG UBND TỈNH\u{a0}TÂY\u{a0}NINH"
        );
        assert_eq!(
            unbroken("SỞ NỘI VỤ THÀNH PHỐ CẦN THƠ"),
            "SỞ NỘI VỤ THÀNH\u{a0}PHỐ\u{a0}CẦN\u{a0}THƠ"
        );
        for other in ["ỦY BAN NHÂN DÂN TỈNH", "SỞ TƯ PHÁP", ""] {
            assert_eq!(unbroken(other), other);
        }
        let long = "TRUNG TÂM TỈNH TÂY NINH VÀ CÁC ĐIỂM TIẾP NHẬN";
        assert_eq!(unbroken(long), long, "it would not fit a line");
    }
}
