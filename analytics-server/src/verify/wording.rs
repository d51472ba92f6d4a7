//! What was found out about a chain, in words.

use super::Checked;
use crate::centre_time::in_sentence;
use jiff::tz::TimeZone;
use locales::Texts;
use reports::numbers::Numbers;

impl Checked {
    /// Whether the chain holds, in a sentence.
    pub fn sentence(&self, texts: &Texts) -> String {
        let count = |number: u64| Numbers::of(texts).count(number);
        match (self.breaks_at, self.head.number) {
            (Some(number), _) => texts.with("records-chain-breaks", &[("number", &count(number))]),
            (None, 0) => texts.get("records-chain-none"),
            (None, all) => texts.with("records-chain-holds", &[("count", &count(all))]),
        }
    }

    /// What it is made of: the word that the key of a fact's name ends with, the fact.
    pub fn facts(&self, zone: &TimeZone, texts: &Texts) -> Vec<(&'static str, String)> {
        let mut facts = vec![("events", Numbers::of(texts).count(self.head.number))];
        if let Some((first, last)) = self.span {
            facts.push(("first", in_sentence(first, zone, texts)));
            facts.push(("last", in_sentence(last, zone, texts)));
        }
        facts.push(("head", self.head.digest.to_string()));
        if self.head.number > 0 {
            facts.push(("signed", self.signed(texts)));
        }
        facts
    }

    /// How far the tablet's signatures vouch for the chain.
    fn signed(&self, texts: &Texts) -> String {
        let count = |number: u64| Numbers::of(texts).count(number);
        match (self.signed_to, self.unsigned) {
            (0, _) => texts.get("records-chain-unsigned"),
            (to, 0) => texts.with("records-chain-signed-whole", &[("number", &count(to))]),
            (to, rest) => {
                let places = [("number", &*count(to)), ("count", &*count(rest))];
                texts.with("records-chain-signed-to", &places)
            }
        }
    }
}
