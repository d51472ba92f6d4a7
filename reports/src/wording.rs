//! The words and numbers of a picture: as pages write them, or as official documents do.

use crate::numbers::Numbers;
use locales::Texts;

/// Sentences of one language and the manner in which numbers stand in them.
#[derive(Clone, Copy)]
pub struct Wording<'t> {
    pub(crate) texts: &'t Texts,
    pub(crate) numbers: Numbers<'t>,
}

impl<'t> Wording<'t> {
    /// The wording of official documents: shares with two decimals and no space before `%`.
    pub fn of_document(texts: &'t Texts) -> Self {
        Self { texts, numbers: Numbers::of_document(texts) }
    }
}

impl<'t> From<&'t Texts> for Wording<'t> {
    /// The wording of pages.
    fn from(texts: &'t Texts) -> Self {
        Self { texts, numbers: Numbers::of(texts) }
    }
}
