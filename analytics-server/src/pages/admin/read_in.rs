//! Lists from files: a file is sent, what it would change is shown, and only a second press carries
//! it out. Nothing is kept in between: the rows travel in the form, and are read again as if new.

use super::desk::{Desk, Stop};
use super::form::noun_of;
use super::nouns::{Shelf, column, place, specs};
use super::plan::{Cells, Fate, Plan, Planned, cells, plan};
use super::upload::{Sent, Uploaded, read};
use crate::import::{FileFault, lines};
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::shell::{Shell, answer};
use crate::storage::register::{Carried, Noun};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// Bytes of a file that is taken.
const FILE_BYTES: usize = 10 * 1024 * 1024;
/// Of its whole form: the token and the names around it.
pub(super) const FORM_BYTES: usize = FILE_BYTES + 16 * 1024;
/// Of the second form, whose letters are escaped threefold.
pub(super) const ROWS_BYTES: usize = 3 * FILE_BYTES;
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
    faulty: Vec<Planned>,
    new: Vec<Planned>,
    changed: Vec<Planned>,
    more: Option<String>,
    rows: String,
    mark: String,
    /// What the button says; none: there is nothing to do.
    press: Option<String>,
}

fn trail(desk: &Desk, noun: Noun) -> (String, String, String) {
    let list = format!("/admin/{}", place(noun));
    (desk.to("/admin"), desk.to(&list), desk.say(&format!("admin-{}", place(noun))))
}

fn upload_page(desk: &Desk, noun: Noun, fault: Option<String>) -> Response {
    let path = format!("/admin/{}/upload", place(noun));
    let title =
        format!("{}: {}", desk.say("admin-upload"), desk.say(&format!("admin-{}", place(noun))));
    let columns = specs(noun).iter().map(|(name, _)| column(noun, name, locales::texts("vi")));
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = UploadPage {
        shell: desk.shell(title, &path),
        trail: trail(desk, noun),
        action: desk.to(&path),
        columns: columns.collect::<Vec<_>>().join(", "),
        sample: format!("/admin/{}/download?format=xlsx", place(noun)),
        fault,
    };
    answer(status, shown.render())
}

/// `GET /admin/{list}/upload`.
pub(super) async fn ask(desk: Desk, Path(word): Path<String>) -> Response {
    let shown = noun_of(&word).map(|noun| upload_page(&desk, noun, None));
    desk.answer(shown)
}

/// `POST /admin/{list}/upload`.
pub(super) async fn send(desk: Desk, Path(word): Path<String>, form: Uploaded) -> Response {
    let shown = async {
        let noun = noun_of(&word)?;
        let bytes = match read(&desk, form, FILE_BYTES).await? {
            Sent::None => {
                return Ok(upload_page(&desk, noun, Some(desk.say("admin-file-none"))));
            }
            Sent::TooLarge => {
                return Ok(upload_page(&desk, noun, Some(desk.say("admin-file-large"))));
            }
            Sent::File(bytes) => bytes,
        };
        let task = tokio::task::spawn_blocking(move || lines(&bytes, ROWS + 1));
        let fault = match task.await.map_err(|_| Fault::Interrupted)? {
            Ok(Some(lines)) => match cells(noun, lines) {
                Some(rows) if rows.is_empty() => "admin-file-empty",
                Some(rows) => return preview(&desk, noun, &rows, None).await,
                None => "admin-file-header",
            },
            Ok(None) => "admin-file-rows",
            Err(fault) => told(&fault),
        };
        Ok(upload_page(&desk, noun, Some(desk.say(fault))))
    };
    desk.answer(shown.await)
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

async fn planned(desk: &Desk, noun: Noun, rows: &[Cells]) -> Result<Plan, Stop> {
    let shelf = Shelf::of(&desk.app.store).await?;
    let stored = desk.app.store.entries(noun).await?;
    Ok(plan(noun, &shelf, &stored, rows, desk.texts))
}

async fn preview(
    desk: &Desk,
    noun: Noun,
    rows: &[Cells],
    refusal: Option<String>,
) -> Result<Response, Stop> {
    let plan = planned(desk, noun, rows).await?;
    let (mark, steps) = (plan.mark(), plan.steps.len().to_string());
    let (mut faulty, mut new, mut changed, mut same) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for row in plan.rows {
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
    let path = format!("/admin/{}/upload", place(noun));
    let shown = PreviewPage {
        shell: desk.shell(desk.say("admin-preview"), &path),
        trail: trail(desk, noun),
        action: desk.to(&format!("/admin/{}/import", place(noun))),
        refusal,
        counts: counts.into(),
        faulty,
        new,
        changed,
        more: (hidden > 0)
            .then(|| desk.texts.with("admin-rows-more", &[("count", &hidden.to_string())])),
        rows: serde_json::to_string(rows).unwrap_or_default(),
        mark,
        press: (steps != "0").then(|| desk.texts.with("admin-import", &[("count", &steps)])),
    };
    Ok(answer(status, shown.render()))
}

/// What the second form carries.
#[derive(Deserialize)]
pub(super) struct Confirmed {
    rows: String,
    mark: String,
}

/// `POST /admin/{list}/import`.
pub(super) async fn carry(
    desk: Desk,
    Path(word): Path<String>,
    posted: Posted<Confirmed>,
) -> Response {
    let done = async {
        let noun = noun_of(&word)?;
        let Confirmed { rows, mark } = posted.form;
        let rows: Vec<Cells> = serde_json::from_str(&rows).map_err(|_| Fault::Request)?;
        if rows.len() > ROWS {
            return Err(Fault::Request.into());
        }
        let plan = planned(&desk, noun, &rows).await?;
        if plan.mark() == mark && !plan.steps.is_empty() {
            let (actor, now) = (desk.viewer.actor(), desk.now());
            let carried = desk.app.store.carry_out(noun, &plan.steps, &actor, now).await?;
            if carried == Carried::Done {
                return Ok(desk.done(&format!("/admin/{}", place(noun)), "imported"));
            }
        }
        let refusal = Some(desk.say("admin-import-stale"));
        preview(&desk, noun, &rows, refusal).await
    };
    desk.answer(done.await)
}
