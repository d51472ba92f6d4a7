//! Who issues a document and who signs it. Plain data that an installation fills in once; until
//! then placeholders with dots stand where a clerk would write by hand.

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
}
