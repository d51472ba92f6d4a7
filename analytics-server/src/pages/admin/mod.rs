//! The administration: what the centre is made of, kept by forms. Every change names who made it;
//! what has history is retired, never deleted.

mod centre;
mod downloads;
mod file_import;
mod form_page;
mod holidays;
mod import_list;
mod index;
mod photo;
mod public_holidays;
mod questionnaire_draft;
mod questionnaire_files;
mod questionnaires;
mod resource_lists;
mod resource_page;
mod roster_grid;
mod rosters;
mod status;
mod tablet_form;
mod tablets;
mod upload;
mod usual_officer;

use super::routes::Routes;
use crate::auth::Permission;
use axum::routing::{get, post};

/// The addresses of the administration, all for those who administer.
pub(super) fn routes(routes: Routes) -> Routes {
    let right = Permission::Administer;
    let files = [
        (right, ["/admin/holidays/upload", "/admin/holidays/import"]),
        (right, ["/admin/rosters/upload", "/admin/rosters/import"]),
        (Permission::Users, ["/admin/users/upload", "/admin/users/import"]),
        (right, ["/admin/{list}/upload", "/admin/{list}/import"]),
    ];
    let opened = |routes, (right, paths)| file_import::routes(routes, right, paths);
    let upload = post(questionnaire_files::send).layer(questionnaire_files::FILE.form_limit());
    let photo = get(photo::show).post(photo::send).layer(photo::FILE.form_limit());
    files
        .into_iter()
        .fold(routes, opened)
        .guarded(right, "/admin", get(index::show))
        .guarded(right, "/admin/status", get(status::show))
        .guarded_with_password(right, "/admin/centre", get(centre::show).post(centre::save))
        .guarded(right, "/admin/holidays", get(holidays::show).post(holidays::add))
        .guarded(right, "/admin/holidays/public", post(holidays::add_public))
        .guarded(right, "/admin/holidays/remove", post(holidays::remove))
        .guarded(right, "/admin/holidays/download", get(downloads::holidays))
        .guarded(right, "/admin/questionnaires", get(questionnaires::list))
        .guarded(
            right,
            "/admin/questionnaires/draft",
            get(questionnaire_draft::show).post(questionnaire_draft::save),
        )
        .guarded(right, "/admin/questionnaires/draft/view", get(questionnaires::view_draft))
        .guarded(right, "/admin/questionnaires/draft/publish", post(questionnaires::publish))
        .guarded(right, "/admin/questionnaires/draft/drop", post(questionnaire_draft::discard))
        .guarded(right, "/admin/questionnaires/draft/upload", upload)
        .guarded(right, "/admin/questionnaires/{version}", get(questionnaires::version))
        .guarded(
            right,
            "/admin/questionnaires/{version}/download",
            get(questionnaire_files::download),
        )
        .guarded(right, "/admin/rosters", get(rosters::show).post(rosters::save))
        .guarded(right, "/admin/rosters/download", get(downloads::roster))
        .guarded(right, "/admin/tablets", get(tablets::show))
        .guarded(right, "/admin/tablets/download", get(tablets::download))
        .guarded_with_password(right, "/admin/tablets/new", get(tablets::blank).post(tablets::add))
        .guarded(right, "/admin/tablets/{id}", get(tablets::one).post(tablets::relocate))
        .guarded_with_password(right, "/admin/tablets/{id}/retire", post(tablets::retire))
        .guarded(right, "/admin/officers/{id}/photo", photo)
        .guarded(right, "/admin/officers/{id}/photo/remove", post(photo::remove))
        .guarded(right, "/admin/{list}", get(resource_lists::show))
        .guarded(right, "/admin/{list}/download", get(resource_lists::download))
        .guarded(right, "/admin/{list}/new", get(resource_page::blank).post(resource_page::add))
        .guarded(right, "/admin/{list}/{id}", get(resource_page::show).post(resource_page::change))
        .guarded_with_password(right, "/admin/{list}/{id}/retire", post(resource_page::retire))
}
