//! What a person has to answer before anything of a file is stored.

/// Something that a person has to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A column of a workbook has dates and texts that look like dates.
    MixedDates {
        /// Its name.
        column: String,
        /// How many dates.
        dates: u64,
        /// How many texts.
        texts: u64,
        /// The first row that is not like those above it.
        line: u64,
    },
    /// A column of a text writes moments in two formats, and only one of them has days above 12.
    MixedFormats {
        /// Its name.
        column: String,
        /// A moment in one format.
        one: String,
        /// A moment in the other.
        other: String,
        /// Where that stands.
        line: u64,
    },
    /// Moments lie months away from the date in the dossier's code.
    FarMoments {
        /// Name of the column.
        column: String,
        /// How many.
        count: u64,
        /// Where the first stands.
        line: u64,
        /// The first.
        word: String,
        /// The code beside it.
        code: String,
    },
}
