//! Who may redact a comment, why, and what it looks like afterwards.

use crate::pages::prelude::*;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::records::Record;

/// The words for why something was redacted. Chosen, never typed: a typed reason could repeat what
/// is to go away.
pub(super) const REASONS: [&str; 4] = ["personal", "names", "insult", "other"];

/// Whether a person may redact a visit's comment: with the right, and not about themself.
pub(super) fn may_redact(viewer: &Viewer, record: &Record) -> bool {
    viewer.may(Right::Redact)
        && viewer.user.officer != Some(record.officer)
        && !viewer.user.departments.contains(&record.department)
}

/// Whether a proposal waits for somebody who decides.
pub(super) fn is_proposed(notes: &[Note]) -> bool {
    let last = notes.iter().rev().map(|one| one.kind).find(|kind| {
        use NoteKind as K;
        matches!(kind, K::Proposed | K::Redacted | K::Declined | K::Restored)
    });
    last == Some(NoteKind::Proposed)
}

/// What stands where something was taken away: part of the record, whoever reads it in whatever
/// language.
pub(super) fn removed_mark() -> String {
    locales::texts("vi").get("records-redacted-mark")
}
