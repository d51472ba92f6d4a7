//! The addresses of files that are read in, for every list that has such files.

use super::file_import::{self, ConfirmForm, FORM_BYTES, ImportList, ROWS_BYTES};
use super::resource_files::ResourceImport;
use super::resource_page::resource_of;
use super::upload::UploadForm;
use crate::pages::prelude::*;
use crate::pages::routes::Routes;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Opens the two addresses of a list: where its files are sent, and where they are carried out.
pub(super) fn routes<L: ImportList + Default + 'static>(
    routes: Routes,
    right: Right,
    [upload, import]: [&'static str; 2],
) -> Routes {
    let routes = routes.guarded(
        right,
        upload,
        get(ask::<L>).post(send::<L>).layer(DefaultBodyLimit::max(FORM_BYTES)),
    );
    let carry_out = post(carry_out::<L>).layer(DefaultBodyLimit::max(ROWS_BYTES));
    // Whoever adds people decides who gets in.
    match right {
        Right::Users => routes.guarded_with_password(right, import, carry_out),
        _ => routes.guarded(right, import, carry_out),
    }
}

/// The same for sites, departments, counters, officers and procedures.
pub(super) fn resource_routes(routes: Routes, right: Right) -> Routes {
    routes
        .guarded(
            right,
            "/admin/{list}/upload",
            get(ask_resource).post(send_resource).layer(DefaultBodyLimit::max(FORM_BYTES)),
        )
        .guarded(
            right,
            "/admin/{list}/import",
            post(carry_out_resource).layer(DefaultBodyLimit::max(ROWS_BYTES)),
        )
}

/// `GET …/upload`.
async fn ask<L: ImportList + Default>(context: Context) -> Response {
    file_import::ask(&context, &L::default(), None)
}

/// `POST …/upload`.
async fn send<L: ImportList + Default>(context: Context, form: UploadForm) -> PageResult {
    file_import::send(&context, &L::default(), form).await
}

/// `POST …/import`.
async fn carry_out<L: ImportList + Default>(
    context: Context,
    CsrfForm(form): CsrfForm<ConfirmForm>,
) -> PageResult {
    file_import::carry_out(&context, &L::default(), form).await
}

/// `GET /admin/{list}/upload`.
async fn ask_resource(context: Context, Path(word): Path<String>) -> PageResult {
    Ok(file_import::ask(&context, &ResourceImport(resource_of(&word)?), None))
}

/// `POST /admin/{list}/upload`.
async fn send_resource(context: Context, Path(word): Path<String>, form: UploadForm) -> PageResult {
    file_import::send(&context, &ResourceImport(resource_of(&word)?), form).await
}

/// `POST /admin/{list}/import`.
async fn carry_out_resource(
    context: Context,
    Path(word): Path<String>,
    CsrfForm(form): CsrfForm<ConfirmForm>,
) -> PageResult {
    file_import::carry_out(&context, &ResourceImport(resource_of(&word)?), form).await
}
