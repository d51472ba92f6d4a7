//! Lists from files: a file is sent, what it would change is shown, and only a second press carries
//! it out. Nothing is kept in between: the rows travel in the form, and are read again as if new.

use super::import_list::{ImportList, Work};
use super::upload::{FileLimits, UploadForm, decoded};
use crate::import::carried_rows::{FILE_BYTES, ROWS, packed, unpacked};
use crate::import::header::Column;
use crate::import::lines::{ListFile, ListRow, list_of};
use crate::import::plan::{Plan, PlannedRow, RowOutcome};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::pages::routes::Routes;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The file of a list.
const FILE: FileLimits = FileLimits {
    bytes: FILE_BYTES,
    none: "admin-file-none",
    empty: "import-file-empty",
    large: "admin-file-large",
};
/// Bytes of the second form, whose rows are packed.
const ROWS_BYTES: usize = 2 * FILE_BYTES;
/// Rows that are shown of each outcome.
const SHOWN: usize = 100;

/// Opens the two addresses of a list: where its files are sent, and where they are carried out.
pub(super) fn routes(
    routes: Routes,
    right: Permission,
    [upload, import]: [&'static str; 2],
) -> Routes {
    let routes = routes.guarded(right, upload, get(ask).post(send).layer(FILE.form_limit()));
    let carry_out = post(carry_out).layer(DefaultBodyLimit::max(ROWS_BYTES));
    // Adding people decides who gets in.
    match right {
        Permission::Users => routes.guarded_with_password(right, import, carry_out),
        _ => routes.guarded(right, import, carry_out),
    }
}

/// The page that asks for a file.
#[derive(Template)]
#[template(path = "admin/upload.html")]
struct UploadPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    action: String,
    list: ImportList,
    /// Names of the columns that are looked for.
    columns: String,
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
    counts: [String; 4],
    /// The parts of the file that were not read.
    unread: Vec<String>,
    heads: [String; 2],
    faulty: Vec<PlannedRow>,
    new: Vec<PlannedRow>,
    changed: Vec<PlannedRow>,
    more: Option<String>,
    rows: String,
    mark: String,
    /// What the button says; none: there is nothing to do.
    press: Option<String>,
}

fn breadcrumb(context: &Context, list: ImportList) -> Breadcrumb {
    Breadcrumb::below(context, &list.path(), list.title(context.texts))
}

/// `GET …/upload`.
async fn ask(context: Context) -> PageResult {
    Ok(upload_page(&context, ImportList::of(&context)?, None))
}

fn upload_page(context: &Context, list: ImportList, error: Option<String>) -> Response {
    let path = format!("{}/upload", list.path());
    let title = format!("{}: {}", context.text("admin-upload"), list.title(context.texts));
    let status = form_status(error.is_some());
    let page = UploadPage {
        layout: context.layout(title, &path),
        breadcrumb: breadcrumb(context, list),
        action: context.to(&path),
        list,
        columns: list.columns().iter().map(Column::name).collect::<Vec<_>>().join(", "),
        error,
    };
    answer(status, page.render())
}

/// `POST …/upload`: what a file would change, or what is wrong with it.
async fn send(context: Context, form: UploadForm) -> PageResult {
    let (list, texts) = (ImportList::of(&context)?, context.texts);
    let again = |error: String| Ok(upload_page(&context, list, Some(error)));
    let bytes = match FILE.read(&context, form).await? {
        Ok(bytes) => bytes,
        Err(key) => return again(texts.get(key)),
    };
    match decoded(&context, move || list_of(&bytes, list.columns(), ROWS, texts)).await? {
        Ok(Some(ListFile { rows, .. })) if rows.is_empty() => again(texts.get("admin-file-empty")),
        Ok(Some(ListFile { rows, unread })) => {
            let plan = list.plan(&context, &rows).await?;
            let unread = unread.iter().map(|why| why.tell(texts)).collect();
            Ok(preview(&context, list, &rows, plan, None, unread))
        }
        Ok(None) => again(texts.get("admin-file-rows")),
        Err(error) => again(error.tell(texts)),
    }
}

/// Answers with the page that shows what a file would change; `refusal` is the key of why nothing
/// was stored.
fn preview(
    context: &Context,
    list: ImportList,
    rows: &[ListRow],
    plan: Plan<Work>,
    refusal: Option<&str>,
    unread: Vec<String>,
) -> Response {
    let (texts, path, steps) = (context.texts, list.path(), plan.taken());
    let (mut faulty, mut new, mut changed, mut same) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for row in plan.rows {
        match row.outcome {
            RowOutcome::New => new.push(row),
            RowOutcome::Changed(_) => changed.push(row),
            RowOutcome::Same => same += 1,
            RowOutcome::Faulty(_) => faulty.push(row),
        }
    }
    let counted = |key: &str, count: usize| texts.with(key, &[("count", &count.to_string())]);
    let counts =
        [("new", new.len()), ("changed", changed.len()), ("same", same), ("faulty", faulty.len())];
    let mut hidden = 0;
    for list in [&mut faulty, &mut new, &mut changed] {
        hidden += list.len().saturating_sub(SHOWN);
        list.truncate(SHOWN);
    }
    let page = PreviewPage {
        layout: context.layout(texts.get("admin-preview"), &format!("{path}/upload")),
        breadcrumb: breadcrumb(context, list),
        action: context.to(&format!("{path}/import")),
        refusal: refusal.map(|key| texts.get(key)),
        counts: counts.map(|(name, count)| counted(&format!("admin-rows-{name}"), count)),
        unread,
        heads: list.heads().map(|key| texts.get(key)),
        faulty,
        new,
        changed,
        more: (hidden > 0).then(|| counted("admin-rows-more", hidden)),
        rows: packed(rows),
        mark: mark_of(&plan.work),
        press: (steps > 0).then(|| counted("admin-import", steps)),
    };
    let status = if refusal.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    answer(status, page.render())
}

/// The fields of the second form.
#[derive(Deserialize)]
struct ConfirmForm {
    rows: String,
    mark: String,
}

/// `POST …/import`: carries out what was looked at, and nothing else.
async fn carry_out(
    context: Context,
    CsrfForm(ConfirmForm { rows, mark }): CsrfForm<ConfirmForm>,
) -> PageResult {
    let list = ImportList::of(&context)?;
    let rows = unpacked(&rows).ok_or(PageError::Request)?;
    let plan = list.plan(&context, &rows).await?;
    let (plan, key) = if mark_of(&plan.work) != mark || plan.taken() == 0 {
        (plan, "admin-import-stale")
    } else {
        match plan.work.carry_out(&context).await? {
            Ok(()) => return Ok(context.done(&list.path(), "imported")),
            Err(key) => (list.plan(&context, &rows).await?, key),
        }
    };
    Ok(preview(&context, list, &rows, plan, Some(key), Vec::new()))
}
