//! Lists from files: a file is sent, what it would change is shown, and only a second press carries
//! it out. Nothing is kept in between: the rows travel in the form, and are read again as if new.

use super::desk::{Desk, Stop};
use super::upload::{Sent, Uploaded, read};
use crate::import::header::Column;
use crate::import::lines::{ListFile as List, ListRow, list_of};
use crate::import::plan::{Fate, Planned};
use crate::packing::gzip;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::shell::{Shell, answer};
use crate::pages::usual;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::io::Read as _;

/// Bytes of a file that is taken.
const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Of its whole form: the token and the names around it.
pub(super) const FORM_BYTES: usize = FILE_BYTES + 16 * 1024;
/// Of the second form, whose rows are packed.
pub(super) const ROWS_BYTES: usize = 2 * FILE_BYTES;
/// Of its rows, once they are unpacked: a file's letters, each escaped.
const UNPACKED_BYTES: u64 = 6 * FILE_BYTES as u64;
/// Rows of a file; more than any province has of anything here. The command takes more.
const ROWS: usize = 5_000;
/// Rows that are shown of each fate.
const SHOWN: usize = 100;

/// The page that asks for a file.
#[derive(Template)]
#[template(path = "admin/upload.html")]
struct UploadPage {
    shell: Shell,
    trail: (String, String, String),
    action: String,
    columns: String,
    note: String,
    sample: String,
    fault: Option<String>,
}

/// The page that shows what a file would change.
#[derive(Template)]
#[template(path = "admin/preview.html")]
struct PreviewPage {
    shell: Shell,
    trail: (String, String, String),
    action: String,
    refusal: Option<String>,
    counts: Vec<String>,
    /// What of the file was not read.
    unread: Vec<String>,
    heads: [String; 2],
    faulty: Vec<Planned>,
    new: Vec<Planned>,
    changed: Vec<Planned>,
    more: Option<String>,
    rows: String,
    mark: String,
    /// What the button says; none: there is nothing to do.
    press: Option<String>,
}

/// What files of one list are about.
pub(super) struct Subject {
    /// Where the list is, such as `/admin/officers`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Names of the columns that are looked for.
    pub columns: String,
    /// What to know about them.
    pub note: String,
    /// Where a file that can be read in comes from.
    pub sample: String,
    /// What the preview calls the first two columns.
    pub heads: [String; 2],
}

impl Subject {
    fn trail(&self, desk: &Desk) -> (String, String, String) {
        (desk.to("/admin"), desk.to(&self.path), self.title.clone())
    }
}

/// What a file would change.
pub(super) struct Change<W> {
    /// What becomes of each row.
    pub rows: Vec<Planned>,
    /// A mark of all that would be changed, and from what.
    pub mark: String,
    /// How many rows would be taken in.
    pub steps: usize,
    /// What there is to do.
    pub work: W,
}

/// A list of which files are read in.
pub(super) trait Intake: Send + Sync {
    /// What there is to do for a file.
    type Work: Send;

    /// What its files are about.
    fn subject(&self, desk: &Desk) -> Subject;

    /// The columns that make a file one of this list, in the order of its fields.
    fn columns(&self) -> Vec<Column>;

    /// What rows would change, as the house is now.
    fn change(
        &self,
        desk: &Desk,
        rows: &[ListRow],
    ) -> impl Future<Output = Result<Change<Self::Work>, Stop>> + Send;

    /// Carries it out, or the key of why not.
    fn carry_out(
        &self,
        desk: &Desk,
        work: Self::Work,
    ) -> impl Future<Output = Result<Result<(), &'static str>, Stop>> + Send;
}

/// The page that asks for a file.
pub(super) fn ask(desk: &Desk, list: &impl Intake, fault: Option<String>) -> Response {
    let subject = list.subject(desk);
    let path = format!("{}/upload", subject.path);
    let title = format!("{}: {}", desk.say("admin-upload"), subject.title);
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = UploadPage {
        shell: desk.shell(title, &path),
        trail: subject.trail(desk),
        action: desk.to(&path),
        columns: subject.columns,
        note: subject.note,
        sample: subject.sample,
        fault,
    };
    answer(status, shown.render())
}

/// What a file would change, or what is wrong with it.
pub(super) async fn send(
    desk: &Desk,
    list: &impl Intake,
    form: Uploaded,
) -> Result<Response, Stop> {
    let again = |key: &str| Ok(ask(desk, list, Some(desk.say(key))));
    let bytes = match read(desk, form, FILE_BYTES).await? {
        Sent::None => return again("admin-file-none"),
        Sent::Empty => return again("import-file-empty"),
        Sent::TooLarge => return again("admin-file-large"),
        Sent::File(bytes) => bytes,
    };
    let (columns, texts) = (list.columns(), desk.texts);
    let turn = desk.app.decoder_turns.of(desk.viewer.user.id).await;
    let task = usual::spawn_blocking(move || {
        let _turn = turn;
        list_of(&bytes, columns, ROWS, texts)
    });
    match task.await.map_err(|_| Fault::Interrupted)? {
        Ok(Some(List { rows, .. })) if rows.is_empty() => again("admin-file-empty"),
        Ok(Some(List { rows, unread })) => {
            let change = list.change(desk, &rows).await?;
            let unread = unread.iter().map(|why| why.tell(texts)).collect();
            Ok(preview(desk, list, &rows, change, Banner { refusal: None, unread }))
        }
        Ok(None) => again("admin-file-rows"),
        Err(fault) => Ok(ask(desk, list, Some(fault.tell(texts)))),
    }
}

/// What stands above a preview.
#[derive(Default)]
struct Banner {
    /// The key of why nothing was stored.
    refusal: Option<&'static str>,
    /// What of the file was not read.
    unread: Vec<String>,
}

/// The page that shows what a file would change.
fn preview<W>(
    desk: &Desk,
    list: &impl Intake,
    rows: &[ListRow],
    change: Change<W>,
    Banner { refusal, unread }: Banner,
) -> Response {
    let subject = list.subject(desk);
    let (mut faulty, mut new, mut changed, mut same) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for row in change.rows {
        match row.fate {
            Fate::New => new.push(row),
            Fate::Changed(_) => changed.push(row),
            Fate::Same => same += 1,
            Fate::Faulty(_) => faulty.push(row),
        }
    }
    let counts =
        [("new", new.len()), ("changed", changed.len()), ("same", same), ("faulty", faulty.len())];
    let counts = counts.map(|(name, count)| {
        desk.texts.with(&format!("admin-rows-{name}"), &[("count", &count.to_string())])
    });
    let mut hidden = 0;
    for list in [&mut faulty, &mut new, &mut changed] {
        hidden += list.len().saturating_sub(SHOWN);
        list.truncate(SHOWN);
    }
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let steps = change.steps.to_string();
    let shown = PreviewPage {
        shell: desk.shell(desk.say("admin-preview"), &format!("{}/upload", subject.path)),
        trail: subject.trail(desk),
        action: desk.to(&format!("{}/import", subject.path)),
        refusal: refusal.map(|key| desk.say(key)),
        counts: counts.into(),
        unread,
        heads: subject.heads,
        faulty,
        new,
        changed,
        more: (hidden > 0)
            .then(|| desk.texts.with("admin-rows-more", &[("count", &hidden.to_string())])),
        rows: packed(rows),
        mark: change.mark,
        press: (steps != "0").then(|| desk.texts.with("admin-import", &[("count", &steps)])),
    };
    answer(status, shown.render())
}

/// Rows as the second form carries them: a hidden field of plain JSON would be half a megabyte for
/// the procedures of a province.
fn packed(rows: &[ListRow]) -> String {
    // Rows always have a JSON form.
    let json = serde_json::to_vec(rows).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(gzip(&json))
}

/// The rows again; none where the form was not ours, or would fill the memory.
fn unpacked(text: &str) -> Option<Vec<ListRow>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let rows: Vec<ListRow> =
        serde_json::from_reader(GzDecoder::new(&*bytes).take(UNPACKED_BYTES)).ok()?;
    (rows.len() <= ROWS).then_some(rows)
}

/// What the second form carries.
#[derive(Deserialize)]
pub(super) struct Confirmed {
    rows: String,
    mark: String,
}

/// Carries out what was looked at, and nothing else.
pub(super) async fn carry(
    desk: &Desk,
    list: &impl Intake,
    posted: Posted<Confirmed>,
) -> Result<Response, Stop> {
    let Confirmed { rows, mark } = posted.form;
    let rows = unpacked(&rows).ok_or(Fault::Request)?;
    let change = list.change(desk, &rows).await?;
    if change.mark != mark || change.steps == 0 {
        let refused = Banner { refusal: Some("admin-import-stale"), ..Banner::default() };
        return Ok(preview(desk, list, &rows, change, refused));
    }
    match list.carry_out(desk, change.work).await? {
        Ok(()) => Ok(desk.done(&list.subject(desk).path, "imported")),
        Err(key) => {
            let change = list.change(desk, &rows).await?;
            let refused = Banner { refusal: Some(key), ..Banner::default() };
            Ok(preview(desk, list, &rows, change, refused))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_carried_in_little_room_and_no_bomb_is_unpacked() {
        let row = |line: u64| ListRow {
            line,
            last: line,
            fields: vec![Some("Cấp giấy phép “\"".to_owned()), None],
            doubts: Vec::new(),
            refusal: None,
        };
        let rows: Vec<ListRow> = (1..=ROWS as u64).map(row).collect();
        let carried = packed(&rows);
        assert!(carried.len() < 80_000, "{}", carried.len());
        assert_eq!(unpacked(&carried), Some(rows.clone()));
        let many: Vec<ListRow> = rows.iter().cloned().chain([row(7)]).collect();
        assert_eq!(unpacked(&packed(&many)), None);
        let zeros = vec![b' '; 2 * usize::try_from(UNPACKED_BYTES).unwrap()];
        let bomb = gzip(&zeros);
        for odd in ["", "[]", "%", &*URL_SAFE_NO_PAD.encode(bomb), &carried[..99]] {
            assert_eq!(unpacked(odd), None);
        }
    }
}
