//! Redaction in two steps: what is to go and why, then a page that shows what will be left; only
//! confirming there stores it. Whoever is criticised decides nothing: an officer never about what is
//! said of them, whatever roles they have, and who answers for a department only proposes. For thirty
//! days an auditor may look at what was taken away and put it back.

use super::forms::{Words, back, checked};
use super::one::{REASONS, Refused, Shown, page, seen};
use super::{busy, told};
use crate::auth::{Right, Viewer};
use crate::pages::address;
use crate::pages::disclosed::Disclosed;
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, mark_of};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::notes::{Author, Note, NoteKind};
use crate::storage::records::Record;
use crate::storage::redactions::KEPT_MS;
use crate::tables_out::visible;
use askama::Template;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// The words of an address for how much goes.
const PART: &str = "part";
const WHOLE: &str = "whole";

/// What is to go, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Redaction {
    /// `part` or `whole`: nothing is guessed from an empty field.
    extent: String,
    /// The part that goes.
    part: String,
    /// A word of [`REASONS`].
    reason: String,
    /// Mark of the comment that the second page showed; nothing: the first step.
    seen: String,
}

/// A word of [`REASONS`].
#[derive(Deserialize)]
pub(in crate::pages) struct Proposal {
    #[serde(default)]
    reason: String,
}

/// A redaction whose original is kept.
#[derive(Deserialize)]
pub(in crate::pages) struct Kept {
    /// Number of its note.
    note: i64,
}

/// A piece of a comment, and whether it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::pages) struct Piece {
    pub text: String,
    pub goes: bool,
}

/// The second page.
#[derive(Template)]
#[template(path = "records/redact.html")]
struct Preview {
    shell: Shell,
    /// The comment as it stands.
    pieces: Vec<Piece>,
    /// The comment as it will stand.
    left: String,
    reason: String,
    /// Somebody changed the comment since the page before.
    changed: bool,
    /// Where it is confirmed, and where it is given up.
    action: String,
    back: String,
    form: Redaction,
}

/// Whether a person may redact a visit's comment: with the right, and not about themself.
pub(super) fn may(viewer: &Viewer, record: &Record) -> bool {
    viewer.may(Right::Redact)
        && viewer.user.officer != Some(record.officer)
        && !viewer.user.departments.contains(&record.department)
}

/// The visit of a number, for who may decide about its comment.
async fn decided(app: &App, viewer: &Viewer, num: &str) -> Result<Record, Fault> {
    let record = seen(app, viewer, num).await?;
    if may(viewer, &record) { Ok(record) } else { Err(Fault::Forbidden) }
}

/// Whether a proposal waits for somebody who decides.
pub(super) fn is_proposed(notes: &[Note]) -> bool {
    let told = notes.iter().rev().map(|one| one.kind).find(|kind| {
        use NoteKind as K;
        matches!(kind, K::Proposed | K::Redacted | K::Declined | K::Restored)
    });
    told == Some(NoteKind::Proposed)
}

/// `POST /records/{num}/redact`: shows what will be left, and stores it once that was confirmed.
pub(in crate::pages) async fn redact(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Redaction>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, take_away(&app, &viewer, texts, &num, form).await)
}

async fn take_away(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    num: &str,
    form: Redaction,
) -> Result<Response, Fault> {
    let record = decided(app, viewer, num).await?;
    let Some(was) = record.comment.clone() else { return Ok(back(record.num, texts)) };
    let mark = mark();
    let pieces = match wanted(&form, &was, &mark) {
        Ok(pieces) => pieces,
        Err(key) => {
            let refused = Refused {
                form: "redact",
                sentence: texts.get(key),
                typed: form.part,
                chosen: [form.extent, form.reason],
            };
            return page(app, viewer, texts, &record, refused.into()).await;
        }
    };
    let left: String =
        pieces.iter().map(|one| if one.goes { &mark } else { &one.text }.as_str()).collect();
    let seen = mark_of(&(record.num, &was, record.redacted_at));
    if form.seen != seen {
        let title = texts.get("records-do-redact");
        let path = format!("/records/{}", record.num);
        let mut shell =
            Shell::new(app, Some(viewer), texts, title, |texts| address::in_language(&path, texts));
        shell.simulated = record.simulated;
        let shown = |one: Piece| Piece { text: visible(&one.text).into_owned(), goes: one.goes };
        let preview = Preview {
            shell,
            pieces: pieces.into_iter().map(shown).collect(),
            left: visible(&left).into_owned(),
            reason: texts.get(&format!("records-redact-{}", form.reason)),
            changed: !form.seen.is_empty(),
            action: address::in_language(&format!("{path}/redact"), texts),
            back: address::in_language(&path, texts),
            form: Redaction { seen, ..form },
        };
        let answer = answer(StatusCode::OK, preview.render());
        return Ok(Disclosed::comment_of(record.num).with(answer));
    }
    let actor = viewer.actor();
    let author = Author { user: viewer.user.id, actor: &actor };
    let now = app.clock.now();
    app.store.redact(record.num, (&was, &left), &form.reason, author, now).await.map_err(busy)?;
    Ok(back(record.num, texts))
}

/// What stands where something was taken away: part of the record, whoever reads it in whatever
/// language.
pub(super) fn mark() -> String {
    locales::texts("vi").get("records-redacted-mark")
}

/// The comment in pieces that stay and go, or the key of the sentence that says why not.
fn wanted(form: &Redaction, was: &str, mark: &str) -> Result<Vec<Piece>, &'static str> {
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

/// `POST /records/{num}/propose`: a wish that somebody else decides on.
pub(in crate::pages) async fn propose(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Proposal>,
) -> Response {
    let texts = texts_of(&uri);
    let done = async {
        let record = seen(&app, &viewer, &num).await?;
        if !REASONS.contains(&form.reason.as_str()) {
            let sentence = texts.get("records-refused-reason");
            let refused = Refused { form: "propose", sentence, ..Refused::default() };
            return page(&app, &viewer, texts, &record, refused.into()).await;
        }
        let notes = app.store.notes(record.num).await.map_err(busy)?;
        if record.comment.is_some() && !is_proposed(&notes) {
            let (actor, now) = (viewer.actor(), app.clock.now());
            let author = Author { user: viewer.user.id, actor: &actor };
            let kind = NoteKind::Proposed;
            app.store.add_note(record.num, kind, author, &form.reason, now).await.map_err(busy)?;
        }
        Ok(back(record.num, texts))
    };
    told(&app, &viewer, texts, done.await)
}

/// `POST /records/{num}/decline`: the comment stays as it is.
pub(in crate::pages) async fn decline(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Words>,
) -> Response {
    let texts = texts_of(&uri);
    let done = async {
        let record = decided(&app, &viewer, &num).await?;
        let text = match checked(&form.text, texts) {
            Ok(text) => text,
            Err(sentence) => {
                let (form, typed) = ("decline", form.text);
                let refused = Refused { form, sentence, typed, ..Refused::default() };
                return page(&app, &viewer, texts, &record, refused.into()).await;
            }
        };
        let notes = app.store.notes(record.num).await.map_err(busy)?;
        if is_proposed(&notes) {
            let (actor, now) = (viewer.actor(), app.clock.now());
            let author = Author { user: viewer.user.id, actor: &actor };
            let kind = NoteKind::Declined;
            app.store.add_note(record.num, kind, author, &text, now).await.map_err(busy)?;
        }
        Ok(back(record.num, texts))
    };
    told(&app, &viewer, texts, done.await)
}

/// `POST /records/{num}/original`: the page of the visit with what stood there before. A form and no
/// link, because each look is written down.
pub(in crate::pages) async fn look(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Kept>,
) -> Response {
    let texts = texts_of(&uri);
    let shown = async {
        let record = decided(&app, &viewer, &num).await?;
        let (now, which) = (app.clock.now(), (record.num, form.note));
        let original = app.store.read_original(which, now - KEPT_MS, &viewer.actor(), now).await;
        let original = original.map_err(busy)?.ok_or(Fault::Missing)?;
        let shown = Shown { original: Some((form.note, original)), refused: None };
        page(&app, &viewer, texts, &record, shown).await
    };
    told(&app, &viewer, texts, shown.await)
}

/// `POST /records/{num}/restore`: puts back what stood there before the last redaction.
pub(in crate::pages) async fn restore(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form }: Posted<Kept>,
) -> Response {
    let texts = texts_of(&uri);
    let done = async {
        let record = decided(&app, &viewer, &num).await?;
        let (now, which, actor) = (app.clock.now(), (record.num, form.note), viewer.actor());
        let author = Author { user: viewer.user.id, actor: &actor };
        app.store.restore_comment(which, now - KEPT_MS, author, now).await.map_err(busy)?;
        Ok(back(record.num, texts))
    };
    told(&app, &viewer, texts, done.await)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(part: &str, was: &str, mark: &str) -> String {
        let pieces = parted(part, was, mark);
        assert_eq!(pieces.iter().map(|one| &*one.text).collect::<String>(), was, "nothing is lost");
        pieces.iter().map(|one| if one.goes { mark } else { &*one.text }).collect()
    }

    #[test]
    fn the_mark_of_an_earlier_redaction_is_not_redacted() {
        let mark = locales::texts("vi").get("records-redacted-mark");
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
        let form = |extent: &str, part: &str, reason: &str| Redaction {
            extent: extent.into(),
            part: part.into(),
            reason: reason.into(),
            seen: String::new(),
        };
        let refused = |form: &Redaction| wanted(form, "anh Ba", "[x]").unwrap_err();
        assert_eq!(refused(&form("", "", "names")), "records-refused-extent");
        assert_eq!(refused(&form("part", " ", "names")), "records-refused-no-part");
        assert_eq!(refused(&form("part", "anh Tư", "names")), "records-refused-part");
        assert_eq!(refused(&form("whole", "", "")), "records-refused-reason");
        let all = wanted(&form("whole", "", "names"), "anh Ba", "[x]").unwrap();
        assert_eq!(all, [Piece { text: "anh Ba".into(), goes: true }]);
    }
}
