//! The tablets as people look after them: what each told of itself, what else is known of it, and
//! both in words. Pages, the command line and the checks tell the same of a tablet.

mod facts;
mod state;
mod wording;

pub use state::{FleetState, is_silent};
pub use wording::{TabletWords, short};

use locales::Texts;

/// One thing that is known of a tablet.
pub struct Fact {
    /// What it is about, as the keys of its name end.
    pub key: &'static str,
    /// In words.
    pub words: String,
    /// Whether somebody has to do something.
    pub urgent: bool,
}

impl Fact {
    /// What it is called on the page of all tablets.
    pub fn name(&self, texts: &Texts) -> String {
        texts.get(&format!("records-tablet-{}", self.key))
    }

    fn new(key: &'static str, words: String, urgent: bool) -> Self {
        Self { key, words, urgent }
    }

    /// One that only says how it is.
    fn plain(key: &'static str, words: String) -> Self {
        Self::new(key, words, false)
    }
}
