//! Lists from files: a file is sent, what it would change is shown, and only a second press carries
//! it out. Nothing is kept in between: the rows travel in the form, and are read again as if new.

use super::desk::{Desk, Stop};
use super::plan::{Cells, Fate, Planned};
use super::upload::{Sent, Uploaded, read};
use crate::import::{FileFault, Line, lines};
use crate::packing::gzip;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::shell::{Shell, answer};
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

    /// The rows below the header; none when there is no header of this list.
    fn cells(&self, lines: Vec<Line>) -> Option<Vec<Cells>>;

    /// What rows would change, as the house is now.
    fn change(
        &self,
        desk: &Desk,
        rows: &[Cells],
    ) -> impl Future<Output = Result<Change<Self::Work>, Stop>> + Send;

    /// Carries it out, or the key of why not.
    fn carry_out(
        &self,
        desk: &Desk,
        work: Self::Work,
    ) -> impl Future<Output = Result<Result<(), &'static str>, Stop>> + Send;
}

/// The page that asks for a file.
pub(super) fn ask(desk: &Desk, list: &impl Intake, fault: Option<&str>) -> Response {
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
        fault: fault.map(|key| desk.say(key)),
    };
    answer(status, shown.render())
}

/// What a file would change, or what is wrong with it.
pub(super) async fn send(
    desk: &Desk,
    list: &impl Intake,
    form: Uploaded,
) -> Result<Response, Stop> {
    let bytes = match read(desk, form, FILE_BYTES).await? {
        Sent::None => return Ok(ask(desk, list, Some("admin-file-none"))),
        Sent::TooLarge => return Ok(ask(desk, list, Some("admin-file-large"))),
        Sent::File(bytes) => bytes,
    };
    let task = tokio::task::spawn_blocking(move || lines(&bytes, ROWS + 1));
    let fault = match task.await.map_err(|_| Fault::Interrupted)? {
        Ok(Some(lines)) => match list.cells(lines) {
            Some(rows) if rows.is_empty() => "admin-file-empty",
            Some(rows) => {
                let change = list.change(desk, &rows).await?;
                return Ok(preview(desk, list, &rows, change, None));
            }
            None => "admin-file-header",
        },
        Ok(None) => "admin-file-rows",
        Err(fault) => told(&fault),
    };
    Ok(ask(desk, list, Some(fault)))
}

/// The key of what is wrong with a file.
const fn told(fault: &FileFault) -> &'static str {
    match fault {
        FileFault::Empty => "admin-file-empty",
        FileFault::NotUtf8 => "admin-file-utf8",
        FileFault::OldExcel => "admin-file-old-excel",
        FileFault::Workbook(_) | FileFault::WorkbookTooLarge { .. } => "admin-file-workbook",
        FileFault::HugeLine { .. } => "admin-file-line",
        _ => "admin-file-damaged",
    }
}

/// The page that shows what a file would change.
fn preview<W>(
    desk: &Desk,
    list: &impl Intake,
    rows: &[Cells],
    change: Change<W>,
    refusal: Option<&str>,
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
fn packed(rows: &[Cells]) -> String {
    // Rows always have a JSON form.
    let json = serde_json::to_vec(rows).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(gzip(&json))
}

/// The rows again; none where the form was not ours, or would fill the memory.
fn unpacked(text: &str) -> Option<Vec<Cells>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let rows: Vec<Cells> =
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
        return Ok(preview(desk, list, &rows, change, Some("admin-import-stale")));
    }
    match list.carry_out(desk, change.work).await? {
        Ok(()) => Ok(desk.done(&list.subject(desk).path, "imported")),
        Err(key) => {
            let change = list.change(desk, &rows).await?;
            Ok(preview(desk, list, &rows, change, Some(key)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_carried_in_little_room_and_no_bomb_is_unpacked() {
        let row = |line: u64| (line, Some(vec![Some("Cấp giấy phép “\"".to_owned()), None]));
        let rows: Vec<Cells> = (1..=ROWS as u64).map(row).chain([(0, None)]).skip(1).collect();
        let carried = packed(&rows);
        assert!(carried.len() < 50_000, "{}", carried.len());
        assert_eq!(unpacked(&carried), Some(rows.clone()));
        let many: Vec<Cells> = rows.iter().cloned().chain([(7, None)]).collect();
        assert_eq!(unpacked(&packed(&many)), None);
        let zeros = vec![b' '; 2 * usize::try_from(UNPACKED_BYTES).unwrap()];
        let bomb = gzip(&zeros);
        for odd in ["", "[]", "%", &*URL_SAFE_NO_PAD.encode(bomb), &carried[..99]] {
            assert_eq!(unpacked(odd), None);
        }
    }
}
