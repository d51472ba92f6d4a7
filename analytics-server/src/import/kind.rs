//! What kinds of files there are: what each is called, and the list that its rows are entries of.

use crate::storage::register::Noun;
use locales::Texts;

/// A kind of file, in the order in which they have to be imported: what others name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Địa điểm.
    Sites,
    /// Cơ quan.
    Departments,
    /// Quầy.
    Counters,
    /// Công chức, viên chức.
    Officers,
    /// Thủ tục hành chính.
    Procedures,
    /// Hồ sơ.
    Dossiers,
    /// Lượt lấy số.
    Tickets,
    /// Lượt đánh giá.
    Ratings,
    /// The journal of a tablet, carried here.
    Journals,
    /// Phản ánh, kiến nghị: recognised, not imported.
    Petitions,
}

impl Kind {
    /// All kinds, in the order of their import.
    pub const ALL: [Self; 10] = [
        Self::Sites,
        Self::Departments,
        Self::Counters,
        Self::Officers,
        Self::Procedures,
        Self::Dossiers,
        Self::Tickets,
        Self::Ratings,
        Self::Journals,
        Self::Petitions,
    ];

    /// The word in the keys of its sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Departments => "departments",
            Self::Counters => "counters",
            Self::Officers => "officers",
            Self::Procedures => "procedures",
            Self::Ratings => "ratings",
            Self::Journals => "journals",
            Self::Dossiers => "dossiers",
            Self::Tickets => "tickets",
            Self::Petitions => "petitions",
        }
    }

    /// Its name in the reader's language.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(&format!("import-kind-{}", self.word()))
    }

    /// Whether this version stores it.
    pub const fn is_imported(self) -> bool {
        !matches!(self, Self::Petitions)
    }

    /// The list that its rows are entries of.
    pub(crate) const fn noun(self) -> Option<Noun> {
        match self {
            Self::Sites => Some(Noun::Site),
            Self::Departments => Some(Noun::Department),
            Self::Counters => Some(Noun::Counter),
            Self::Officers => Some(Noun::Officer),
            Self::Procedures => Some(Noun::Procedure),
            _ => None,
        }
    }
}
