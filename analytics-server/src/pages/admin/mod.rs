//! The administration: what the centre is made of, kept by forms. Every change names who made it;
//! what has history is retired, never deleted.

mod centre;
mod centre_form;
mod dates;
mod duties;
mod file_import;
mod form_page;
mod form_reader;
mod holiday_files;
mod holidays;
mod import_routes;
mod index;
mod photo;
mod questionnaire_draft;
mod questionnaire_files;
mod questionnaire_form;
mod questionnaire_preview;
mod questionnaires;
mod resource_files;
mod resource_form;
mod resource_lists;
mod resource_page;
mod resources;
mod roster_files;
mod roster_rows;
mod rosters;
mod status;
mod tablet_facts;
mod tablets;
mod upload;
mod user_files;
mod workplaces;

use super::routes::Routes;
use crate::auth::Right;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use holiday_files::Holidays;
use roster_files::Roster;
use user_files::Users;

/// The addresses of the administration, all for those who administer.
pub(super) fn routes(routes: Routes) -> Routes {
    let right = Right::Administer;
    let holidays = ["/admin/holidays/upload", "/admin/holidays/import"];
    let routes = import_routes::routes::<Holidays>(routes, right, holidays);
    let roster = ["/admin/rosters/upload", "/admin/rosters/import"];
    let routes = import_routes::routes::<Roster>(routes, right, roster);
    let users = ["/admin/users/upload", "/admin/users/import"];
    let routes = import_routes::routes::<Users>(routes, Right::Users, users);
    let routes = import_routes::resource_routes(routes, right);
    routes
        .guarded(right, "/admin", get(index::show))
        .guarded(right, "/admin/status", get(status::show))
        .guarded_with_password(right, "/admin/centre", get(centre::show).post(centre::save))
        .guarded(right, "/admin/holidays", get(holidays::show).post(holidays::add))
        .guarded(right, "/admin/holidays/remove", post(holidays::remove))
        .guarded(right, "/admin/holidays/download", get(holiday_files::download))
        .guarded(Right::Users, "/admin/users/download", get(user_files::download))
        .guarded(right, "/admin/questionnaires", get(questionnaires::list))
        .guarded(
            right,
            "/admin/questionnaires/draft",
            get(questionnaire_draft::show).post(questionnaire_draft::save),
        )
        .guarded(right, "/admin/questionnaires/draft/view", get(questionnaires::view_draft))
        .guarded(right, "/admin/questionnaires/draft/publish", post(questionnaires::publish))
        .guarded(right, "/admin/questionnaires/draft/drop", post(questionnaire_draft::discard))
        .guarded(
            right,
            "/admin/questionnaires/draft/upload",
            post(questionnaire_files::send)
                .layer(DefaultBodyLimit::max(questionnaire_files::FORM_BYTES)),
        )
        .guarded(right, "/admin/questionnaires/{version}", get(questionnaires::version))
        .guarded(
            right,
            "/admin/questionnaires/{version}/download",
            get(questionnaire_files::download),
        )
        .guarded(right, "/admin/rosters", get(rosters::show).post(rosters::add))
        .guarded(right, "/admin/rosters/{num}/cancel", post(rosters::cancel))
        .guarded(right, "/admin/rosters/download", get(roster_files::download))
        .guarded(right, "/admin/tablets", get(tablets::show))
        .guarded(right, "/admin/tablets/download", get(tablets::download))
        .guarded_with_password(right, "/admin/tablets/new", get(tablets::blank).post(tablets::add))
        .guarded(right, "/admin/tablets/{id}", get(tablets::one).post(tablets::relocate))
        .guarded_with_password(right, "/admin/tablets/{id}/retire", post(tablets::retire))
        .guarded(
            right,
            "/admin/officers/{id}/photo",
            get(photo::show).post(photo::send).layer(DefaultBodyLimit::max(photo::FORM_BYTES)),
        )
        .guarded(right, "/admin/officers/{id}/photo/remove", post(photo::remove))
        .guarded(right, "/admin/{list}", get(resource_lists::show))
        .guarded(right, "/admin/{list}/download", get(resource_lists::download))
        .guarded(right, "/admin/{list}/new", get(resource_form::blank).post(resource_form::add))
        .guarded(right, "/admin/{list}/{id}", get(resource_form::show).post(resource_form::change))
        .guarded_with_password(right, "/admin/{list}/{id}/retire", post(resource_form::retire))
}

#[cfg(test)]
pub(super) use centre_form::typed_of as centre_fields;
#[cfg(test)]
pub(super) use questionnaire_form::typed_of as questionnaire_fields;
