//! The administration: what the centre is made of, kept by forms. Every change names who made it;
//! what has history is retired, never deleted.

mod asked;
mod centre;
mod centre_form;
mod desk;
mod entries;
mod files;
mod form;
mod holiday_files;
mod holidays;
mod index;
mod likeness;
mod list;
mod noun_files;
mod nouns;
mod people_files;
mod photo;
mod questionnaire_files;
mod questionnaires;
mod read_in;
mod roster_files;
mod roster_rows;
mod rosters;
mod status;
mod tablet_facts;
mod tablets;
mod upload;

use super::doors::Doors;
use crate::auth::Right;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use holiday_files::Holidays;
use people_files::People;
use roster_files::Roster;

/// The addresses of the administration, all for those who administer.
pub(super) fn doors(doors: Doors) -> Doors {
    let right = Right::Administer;
    let holidays = ["/admin/holidays/upload", "/admin/holidays/import"];
    let doors = files::doors::<Holidays>(doors, right, holidays);
    let roster = ["/admin/rosters/upload", "/admin/rosters/import"];
    let doors = files::doors::<Roster>(doors, right, roster);
    let people = ["/admin/users/upload", "/admin/users/import"];
    let doors = files::doors::<People>(doors, Right::Users, people);
    let doors = files::noun_doors(doors, right);
    doors
        .behind(right, "/admin", get(index::show))
        .behind(right, "/admin/status", get(status::show))
        .behind_password(right, "/admin/centre", get(centre::show).post(centre::save))
        .behind(right, "/admin/holidays", get(holidays::show).post(holidays::add))
        .behind(right, "/admin/holidays/remove", post(holidays::remove))
        .behind(right, "/admin/holidays/download", get(holiday_files::download))
        .behind(Right::Users, "/admin/users/download", get(people_files::download))
        .behind(right, "/admin/questionnaires", get(questionnaires::list))
        .behind(
            right,
            "/admin/questionnaires/draft",
            get(questionnaires::edit).post(questionnaires::save),
        )
        .behind(right, "/admin/questionnaires/draft/view", get(questionnaires::look))
        .behind(right, "/admin/questionnaires/draft/publish", post(questionnaires::publish))
        .behind(right, "/admin/questionnaires/draft/drop", post(questionnaires::drop_draft))
        .behind(
            right,
            "/admin/questionnaires/draft/upload",
            post(questionnaire_files::send)
                .layer(DefaultBodyLimit::max(questionnaire_files::FORM_BYTES)),
        )
        .behind(right, "/admin/questionnaires/{version}", get(questionnaires::version))
        .behind(
            right,
            "/admin/questionnaires/{version}/download",
            get(questionnaire_files::download),
        )
        .behind(right, "/admin/rosters", get(rosters::show).post(rosters::add))
        .behind(right, "/admin/rosters/{num}/cancel", post(rosters::cancel))
        .behind(right, "/admin/rosters/download", get(roster_files::download))
        .behind(right, "/admin/tablets", get(tablets::show))
        .behind(right, "/admin/tablets/download", get(tablets::download))
        .behind_password(right, "/admin/tablets/new", get(tablets::blank).post(tablets::code))
        .behind(right, "/admin/tablets/{id}", get(tablets::one).post(tablets::shift))
        .behind_password(right, "/admin/tablets/{id}/retire", post(tablets::retire))
        .behind(
            right,
            "/admin/officers/{id}/photo",
            get(photo::show).post(photo::send).layer(DefaultBodyLimit::max(photo::FORM_BYTES)),
        )
        .behind(right, "/admin/officers/{id}/photo/remove", post(photo::remove))
        .behind(right, "/admin/{list}", get(entries::show))
        .behind(right, "/admin/{list}/download", get(entries::download))
        .behind(right, "/admin/{list}/new", get(form::blank).post(form::add))
        .behind(right, "/admin/{list}/{id}", get(form::show).post(form::change))
        .behind_password(right, "/admin/{list}/{id}/retire", post(form::retire))
}

#[cfg(test)]
pub(super) use asked::typed_of as questionnaire_fields;
#[cfg(test)]
pub(super) use centre_form::typed_of as centre_fields;
