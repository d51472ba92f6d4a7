//! What a finding is, and how numbers and names stand in its sentence.

use locales::Texts;

/// How a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Good,
    /// It can not be found out, or the feature is not in use: only for information.
    Hint,
    /// Somebody should look at it.
    Warning,
    /// Something does not work, or soon will not.
    Fault,
}

impl Level {
    /// As it is written on the command line and in classes of pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }

    /// As pages call it.
    pub fn name_in(self, texts: &Texts) -> String {
        texts.get(&format!("check-level-{}", self.name()))
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub level: Level,
    /// What it is about: `check-subject-` and this is the key of its name.
    pub subject: &'static str,
    /// `check-`, the subject and this make the key of its sentence.
    pub(super) what: &'static str,
    places: Vec<(&'static str, String)>,
}

impl Finding {
    pub(super) fn new(
        level: Level,
        subject: &'static str,
        what: &'static str,
        places: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self { level, subject, what, places: places.into_iter().collect() }
    }

    pub(super) fn good(
        subject: &'static str,
        what: &'static str,
        places: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self::new(Level::Good, subject, what, places)
    }

    pub(super) fn hint(
        subject: &'static str,
        what: &'static str,
        places: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self::new(Level::Hint, subject, what, places)
    }

    pub(super) fn warning(
        subject: &'static str,
        what: &'static str,
        places: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self::new(Level::Warning, subject, what, places)
    }

    pub(super) fn fault(
        subject: &'static str,
        what: &'static str,
        places: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        Self::new(Level::Fault, subject, what, places)
    }

    /// What it is about, in words.
    pub fn title(&self, texts: &Texts) -> String {
        texts.get(&format!("check-subject-{}", self.subject))
    }

    /// What is, and what to do.
    pub fn sentence(&self, texts: &Texts) -> String {
        let places: Vec<_> =
            self.places.iter().map(|(name, value)| (*name, value.as_str())).collect();
        texts.with(&format!("check-{}-{}", self.subject, self.what), &places)
    }
}

/// A number of bytes as people of every language read it, such as `14 GiB`: without a fraction.
pub(super) fn bytes(count: i64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    let mut size = count / 1024;
    let mut unit = 0;
    while size >= 10 * 1024 && unit + 1 < UNITS.len() {
        size /= 1024;
        unit += 1;
    }
    format!("{size} {}", UNITS[unit])
}

/// At most five of some names, and how many more there are.
pub fn first_names(mut names: Vec<String>) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} … (+{more})") }
}
