//! What anybody may read without signing in, and where a person files a petition: settings of the
//! centre. Nothing is public unless an administrator says so.

use protocol::settings::Texts;
use serde::{Deserialize, Serialize};

/// Letters of each text: a line or two of the page.
const TEXT_CHARS: usize = 200;

/// The public page and the screen of the hall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Public {
    /// Whether there is a public page and a screen.
    pub shown: bool,
    /// The page's address as people outside reach it, such as `https://hailong.example.gov.vn`;
    /// empty: as the reader's browser names this server.
    pub site: String,
    /// Where a petition is filed.
    pub petitions: Channels,
}

/// The channels for petitions (phản ánh, kiến nghị); those that are empty are not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channels {
    /// Telephone number.
    pub hotline: String,
    /// Address of a page, beginning with `https://` or `http://`.
    pub web: String,
    /// Where to go or to write to, per language.
    pub address: Texts,
}

impl Channels {
    /// The channels that there are, in a language: key of the name, text, and where it leads.
    pub fn shown(&self, language: &str) -> Vec<(&'static str, String, Option<String>)> {
        let address = self.address.get(language).or_else(|| self.address.get("vi"));
        let dialled = self.hotline.chars().filter(|c| c.is_ascii_digit() || *c == '+');
        let dialled = Some(format!("tel:{}", dialled.collect::<String>()));
        let mut all = vec![
            ("live-petition-hotline", self.hotline.clone(), dialled),
            ("live-petition-web", self.web.clone(), Some(self.web.clone())),
            ("live-petition-address", address.cloned().unwrap_or_default(), None),
        ];
        all.retain(|(_, text, _)| !text.trim().is_empty());
        all
    }
}

impl Public {
    /// What is wrong with it, in a sentence; none if nothing is.
    pub fn fault(&self) -> Option<String> {
        let Channels { hotline, web, address } = &self.petitions;
        let texts = [hotline, web, &self.site].into_iter().chain(address.values());
        if let Some(long) = texts.into_iter().find(|text| text.chars().count() > TEXT_CHARS) {
            let begin: String = long.chars().take(20).collect();
            return Some(format!(
                "“{begin}…” has more than {TEXT_CHARS} letters; write it shorter"
            ));
        }
        let wrong = [web, &self.site].into_iter().find(|text| !is_page(text))?;
        Some(format!("“{wrong}” is no page's address; write it as https://dichvucong.gov.vn"))
    }
}

/// Whether a text is a page's address, or empty.
pub fn is_page(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let whole = host.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "\"<>\\".contains(c))
    });
    text.is_empty() || whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_become_links() {
        let with = |web: &str| {
            let petitions = Channels { web: web.into(), ..Channels::default() };
            Public { petitions, ..Public::default() }.fault()
        };
        for good in ["", "https://dichvucong.gov.vn", "http://10.0.0.7:8080/pakn?x=1"] {
            assert_eq!(with(good), None);
        }
        for bad in ["javascript:alert(1)", "dichvucong.gov.vn", "https://", "https://a b", "//x"] {
            assert!(with(bad).unwrap().contains("no page's address"), "{bad}");
        }
        let long = Channels { hotline: "1".repeat(201), ..Channels::default() };
        let long = Public { petitions: long, ..Public::default() };
        assert!(long.fault().unwrap().contains("write it shorter"));
        assert!(!Public::default().shown, "nothing is public by itself");
    }
}
