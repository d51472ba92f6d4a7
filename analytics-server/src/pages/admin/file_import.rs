//! Lists from files: a file is sent, what it would change is shown, and only a second press carries
//! it out. Nothing is kept in between: the rows travel in the form, and are read again as if new.

use super::upload::{Upload, UploadForm, read};
use crate::import::header::Column;
use crate::import::lines::{ListFile, ListRow, list_of};
use crate::import::plan::{Fate, Planned};
use crate::packing::gzip;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::language;
use crate::pages::prelude::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
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
/// Letters of a cell that are shown.
const CELL_CHARS: usize = 200;

/// The page that asks for a file.
#[derive(Template)]
#[template(path = "admin/upload.html")]
struct UploadPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    columns: String,
    note: String,
    sample: String,
    error: Option<String>,
}

/// The page that shows what a file would change.
#[derive(Template)]
#[template(path = "admin/preview.html")]
struct PreviewPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
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
    fn breadcrumb(&self, context: &Context) -> Breadcrumb {
        Breadcrumb::below(context, &self.path, self.title.clone())
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
pub(super) trait ImportList: Send + Sync {
    /// What there is to do for a file.
    type Work: Send;

    /// What its files are about.
    fn subject(&self, context: &Context) -> Subject;

    /// The columns that make a file one of this list, in the order of its fields.
    fn columns(&self) -> Vec<Column>;

    /// What rows would change of what is stored now.
    fn change(
        &self,
        context: &Context,
        rows: &[ListRow],
    ) -> impl Future<Output = PageResult<Change<Self::Work>>> + Send;

    /// Carries it out, or the key of why not.
    fn carry_out(
        &self,
        context: &Context,
        work: Self::Work,
    ) -> impl Future<Output = PageResult<Result<(), &'static str>>> + Send;
}

/// Answers with the page that asks for a file.
pub(super) fn ask(context: &Context, list: &impl ImportList, error: Option<String>) -> Response {
    let subject = list.subject(context);
    let path = format!("{}/upload", subject.path);
    let title = format!("{}: {}", context.text("admin-upload"), subject.title);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = UploadPage {
        layout: context.layout(title, &path),
        breadcrumb: subject.breadcrumb(context),
        action: context.to(&path),
        columns: subject.columns,
        note: subject.note,
        sample: subject.sample,
        error,
    };
    answer(status, page.render())
}

/// Answers with what a file would change, or what is wrong with it.
pub(super) async fn send(
    context: &Context,
    list: &impl ImportList,
    form: UploadForm,
) -> PageResult {
    let again = |key: &str| Ok(ask(context, list, Some(context.text(key))));
    let bytes = match read(context, form, FILE_BYTES).await? {
        Upload::None => return again("admin-file-none"),
        Upload::Empty => return again("import-file-empty"),
        Upload::TooLarge => return again("admin-file-large"),
        Upload::File(bytes) => bytes,
    };
    let (columns, texts) = (list.columns(), context.texts);
    let turn = context.app.decoder_turns.of(context.viewer.user.id).await;
    let task = language::spawn_blocking(move || {
        let _turn = turn;
        list_of(&bytes, columns, ROWS, texts)
    });
    match task.await.map_err(|_| PageError::Interrupted)? {
        Ok(Some(ListFile { rows, .. })) if rows.is_empty() => again("admin-file-empty"),
        Ok(Some(ListFile { rows, unread })) => {
            let change = list.change(context, &rows).await?;
            let unread = unread.iter().map(|why| why.tell(texts)).collect();
            Ok(preview(context, list, &rows, change, Banner { refusal: None, unread }))
        }
        Ok(None) => again("admin-file-rows"),
        Err(error) => Ok(ask(context, list, Some(error.tell(texts)))),
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

/// Answers with the page that shows what a file would change.
fn preview<W>(
    context: &Context,
    list: &impl ImportList,
    rows: &[ListRow],
    change: Change<W>,
    Banner { refusal, unread }: Banner,
) -> Response {
    let subject = list.subject(context);
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
        context.texts.with(&format!("admin-rows-{name}"), &[("count", &count.to_string())])
    });
    let mut hidden = 0;
    for list in [&mut faulty, &mut new, &mut changed] {
        hidden += list.len().saturating_sub(SHOWN);
        list.truncate(SHOWN);
    }
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let steps = change.steps.to_string();
    let page = PreviewPage {
        layout: context.layout(context.text("admin-preview"), &format!("{}/upload", subject.path)),
        breadcrumb: subject.breadcrumb(context),
        action: context.to(&format!("{}/import", subject.path)),
        refusal: refusal.map(|key| context.text(key)),
        counts: counts.into(),
        unread,
        heads: subject.heads,
        faulty,
        new,
        changed,
        more: (hidden > 0)
            .then(|| context.texts.with("admin-rows-more", &[("count", &hidden.to_string())])),
        rows: packed(rows),
        mark: change.mark,
        press: (steps != "0").then(|| context.texts.with("admin-import", &[("count", &steps)])),
    };
    answer(status, page.render())
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

/// The fields of the second form.
#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    rows: String,
    mark: String,
}

/// Carries out what was looked at, and nothing else.
pub(super) async fn carry_out(
    context: &Context,
    list: &impl ImportList,
    ConfirmForm { rows, mark }: ConfirmForm,
) -> PageResult {
    let rows = unpacked(&rows).ok_or(PageError::Request)?;
    let change = list.change(context, &rows).await?;
    let (change, key) = if change.mark != mark || change.steps == 0 {
        (change, "admin-import-stale")
    } else {
        match list.carry_out(context, change.work).await? {
            Ok(()) => return Ok(context.done(&list.subject(context).path, "imported")),
            Err(key) => (list.change(context, &rows).await?, key),
        }
    };
    let banner = Banner { refusal: Some(key), ..Banner::default() };
    Ok(preview(context, list, &rows, change, banner))
}

/// What is shown of a cell.
pub(super) fn shortened(cell: &str) -> String {
    cell.chars().take(CELL_CHARS).collect()
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
