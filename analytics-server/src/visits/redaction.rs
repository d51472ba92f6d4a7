//! Redaction of a comment: who may do it, why, what it takes away, and what it looks like afterwards.

use crate::auth::{Permission, Viewer};
use crate::state::App;
use crate::storage::StoreError;
use crate::storage::notes::{Author, Note, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::KEPT_MS;

/// The words for why something was redacted. Chosen, never typed: a typed reason could repeat what
/// is to go away. Only who proposes one types why, where none of the words says it.
pub const REASONS: [&str; 4] = ["personal", "names", "insult", OTHER];

/// The word for another reason.
pub const OTHER: &str = "other";

/// The words for how much goes.
const PART: &str = "part";
const WHOLE: &str = "whole";

/// A piece of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What stands there.
    pub text: String,
    /// Whether it goes.
    pub goes: bool,
}

/// Whether a person may redact a visit's comment: with the right, and not about themself.
pub fn may_redact(viewer: &Viewer, record: &Record) -> bool {
    viewer.may(Permission::Redact)
        && viewer.user.officer != Some(record.officer)
        && !viewer.user.departments.contains(&record.department)
}

/// Whether a proposal waits for somebody who decides.
pub fn is_proposed(notes: &[Note]) -> bool {
    let last = notes.iter().rev().map(|one| one.kind).find(|kind| {
        use NoteKind as K;
        matches!(kind, K::Proposed | K::Redacted | K::Declined | K::Restored)
    });
    last == Some(NoteKind::Proposed)
}

/// The mark in the place of what was taken away. It is part of the stored record, so it is
/// Vietnamese for readers of every language.
pub fn removed_mark() -> String {
    locales::texts("vi").get("records-redacted-mark")
}

/// The comment in pieces that stay and go, or the key of the sentence that says why not. `extent` is
/// `part` or `whole`, and nothing is guessed from another word; `reason` is one of [`REASONS`].
pub fn pieces(
    extent: &str,
    part: &str,
    reason: &str,
    was: &str,
    mark: &str,
) -> Result<Vec<Piece>, &'static str> {
    if ![PART, WHOLE].contains(&extent) {
        return Err("records-refused-extent");
    }
    if !REASONS.contains(&reason) {
        return Err("records-refused-reason");
    }
    if extent == WHOLE {
        return if was == mark {
            Err("records-refused-gone-already")
        } else {
            Ok(vec![Piece { text: was.to_owned(), goes: true }])
        };
    }
    let part = part.replace("\r\n", "\n");
    let part = part.trim();
    if part.is_empty() {
        return Err("records-refused-no-part");
    }
    let pieces = parted(part, was, mark);
    let goes = pieces.iter().any(|one| one.goes);
    if goes { Ok(pieces) } else { Err("records-refused-part") }
}

/// What is left of a comment, with the mark in the place of what goes.
pub fn left(pieces: &[Piece], mark: &str) -> String {
    pieces.iter().map(|one| if one.goes { mark } else { one.text.as_str() }).collect()
}

/// A comment cut at each `part`. What stands in the mark of an earlier redaction is not what
/// somebody wrote, so it stays.
fn parted(part: &str, was: &str, mark: &str) -> Vec<Piece> {
    // A part that is in the mark is looked for between the marks alone.
    let texts: Vec<&str> = if mark.contains(part) { was.split(mark).collect() } else { vec![was] };
    let mut pieces = Vec::new();
    let mut push = |text: &str, goes: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), goes });
        }
    };
    for (place, text) in texts.into_iter().enumerate() {
        if place > 0 {
            push(mark, false);
        }
        for (inner, between) in text.split(part).enumerate() {
            if inner > 0 {
                push(part, true);
            }
            push(between, false);
        }
    }
    pieces
}

/// Puts what is left in the place of a comment that is still what it was; `change` has both.
pub async fn redact(
    app: &App,
    viewer: &Viewer,
    rating: i64,
    change: (&str, &str),
    reason: &str,
) -> Result<(), StoreError> {
    let actor = viewer.actor();
    let author = Author { user: viewer.user.id, actor: &actor };
    app.store.redact(rating, change, reason, author, app.clock.now()).await?;
    Ok(())
}

/// What stood there before a redaction, by the number of its note, while it is kept; each look is
/// written down.
pub async fn original(
    app: &App,
    viewer: &Viewer,
    rating: i64,
    note: i64,
) -> Result<Option<String>, StoreError> {
    let now = app.clock.now();
    app.store.read_original((rating, note), now - KEPT_MS, &viewer.actor(), now).await
}

/// Puts back what stood there before the last redaction, while it is kept.
pub async fn restore(app: &App, viewer: &Viewer, rating: i64, note: i64) -> Result<(), StoreError> {
    let (now, actor) = (app.clock.now(), viewer.actor());
    let author = Author { user: viewer.user.id, actor: &actor };
    app.store.restore_comment((rating, note), now - KEPT_MS, author, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(part: &str, was: &str, mark: &str) -> String {
        let pieces = parted(part, was, mark);
        assert_eq!(pieces.iter().map(|one| &*one.text).collect::<String>(), was, "nothing is lost");
        left(&pieces, mark)
    }

    #[test]
    fn the_mark_of_an_earlier_redaction_is_not_redacted() {
        let mark = removed_mark();
        let once = without("anh Ba", "Tôi gặp anh Ba ở quầy, anh Ba nói", &mark);
        assert_eq!(once, format!("Tôi gặp {mark} ở quầy, {mark} nói"));
        for inside in [&mark, mark.trim_matches(|c: char| !c.is_alphabetic())] {
            assert_eq!(without(inside, &once, &mark), once, "{inside}");
        }
        // A word of the mark that somebody wrote as well.
        let letter = mark.chars().find(|c| c.is_alphabetic()).unwrap().to_string();
        let left = without(&letter, &format!("{mark} {letter}"), &mark);
        assert_eq!(left, format!("{mark} {mark}"));
        let across = without(&format!("{mark} ở"), &once, &mark);
        assert_eq!(across, format!("Tôi gặp {mark} quầy, {mark} nói"));
    }

    #[test]
    fn nothing_is_guessed_about_what_goes() {
        let of =
            |extent: &str, part: &str, reason: &str| pieces(extent, part, reason, "anh Ba", "[x]");
        assert_eq!(of("", "", "names"), Err("records-refused-extent"));
        assert_eq!(of("part", " ", "names"), Err("records-refused-no-part"));
        assert_eq!(of("part", "anh Tư", "names"), Err("records-refused-part"));
        assert_eq!(of("whole", "", ""), Err("records-refused-reason"));
        let all = of("whole", "", "names").unwrap();
        assert_eq!(all, [Piece { text: "anh Ba".into(), goes: true }]);
    }
}
