//! What a redaction takes away of a comment.

use super::redaction_rules::REASONS;
use serde::Deserialize;

/// The words of the form for how much goes.
const PART: &str = "part";
const WHOLE: &str = "whole";

/// What is to go, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RedactionForm {
    /// `part` or `whole`: nothing is guessed from an empty field.
    pub extent: String,
    /// The part that goes.
    pub part: String,
    /// A word of [`REASONS`].
    pub reason: String,
    /// Mark of the comment that the second page showed; nothing: the first step.
    pub seen: String,
}

/// A piece of a comment, and whether it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub goes: bool,
}

/// The comment in pieces that stay and go, or the key of the sentence that says why not.
pub(super) fn pieces(
    form: &RedactionForm,
    was: &str,
    mark: &str,
) -> Result<Vec<Piece>, &'static str> {
    if ![PART, WHOLE].contains(&form.extent.as_str()) {
        return Err("records-refused-extent");
    }
    if !REASONS.contains(&form.reason.as_str()) {
        return Err("records-refused-reason");
    }
    if form.extent == WHOLE {
        return if was == mark {
            Err("records-refused-gone-already")
        } else {
            Ok(vec![Piece { text: was.to_owned(), goes: true }])
        };
    }
    let part = form.part.replace("\r\n", "\n");
    let part = part.trim();
    if part.is_empty() {
        return Err("records-refused-no-part");
    }
    let pieces = parted(part, was, mark);
    let goes = pieces.iter().any(|one| one.goes);
    if goes { Ok(pieces) } else { Err("records-refused-part") }
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

#[cfg(test)]
mod tests {
    use super::super::redaction_rules::removed_mark;
    use super::*;

    fn without(part: &str, was: &str, mark: &str) -> String {
        let pieces = parted(part, was, mark);
        assert_eq!(pieces.iter().map(|one| &*one.text).collect::<String>(), was, "nothing is lost");
        pieces.iter().map(|one| if one.goes { mark } else { &*one.text }).collect()
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
        let form = |extent: &str, part: &str, reason: &str| RedactionForm {
            extent: extent.into(),
            part: part.into(),
            reason: reason.into(),
            seen: String::new(),
        };
        let refused = |form: &RedactionForm| pieces(form, "anh Ba", "[x]").unwrap_err();
        assert_eq!(refused(&form("", "", "names")), "records-refused-extent");
        assert_eq!(refused(&form("part", " ", "names")), "records-refused-no-part");
        assert_eq!(refused(&form("part", "anh Tư", "names")), "records-refused-part");
        assert_eq!(refused(&form("whole", "", "")), "records-refused-reason");
        let all = pieces(&form("whole", "", "names"), "anh Ba", "[x]").unwrap();
        assert_eq!(all, [Piece { text: "anh Ba".into(), goes: true }]);
    }
}
