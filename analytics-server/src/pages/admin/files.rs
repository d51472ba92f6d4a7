//! The addresses of files that are read in, for every list that has such files.

use super::desk::Desk;
use super::form::noun_of;
use super::noun_files::Nouns;
use super::read_in::{self, Confirmed, FORM_BYTES, Intake, ROWS_BYTES};
use super::upload::Uploaded;
use crate::auth::Right;
use crate::pages::doors::Doors;
use crate::pages::posted::Posted;
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::Response;
use axum::routing::{get, post};

/// Opens the two addresses of a list: where its files are sent, and where they are carried out.
pub(super) fn doors<L: Intake + Default + 'static>(
    doors: Doors,
    right: Right,
    [upload, import]: [&'static str; 2],
) -> Doors {
    let doors = doors.behind(
        right,
        upload,
        get(ask::<L>).post(send::<L>).layer(DefaultBodyLimit::max(FORM_BYTES)),
    );
    let carry = post(carry::<L>).layer(DefaultBodyLimit::max(ROWS_BYTES));
    // Whoever adds people decides who gets in.
    match right {
        Right::Users => doors.behind_password(right, import, carry),
        _ => doors.behind(right, import, carry),
    }
}

/// The same for sites, departments, counters, officers and procedures.
pub(super) fn noun_doors(doors: Doors, right: Right) -> Doors {
    doors
        .behind(
            right,
            "/admin/{list}/upload",
            get(ask_noun).post(send_noun).layer(DefaultBodyLimit::max(FORM_BYTES)),
        )
        .behind(
            right,
            "/admin/{list}/import",
            post(carry_noun).layer(DefaultBodyLimit::max(ROWS_BYTES)),
        )
}

/// `GET …/upload`.
async fn ask<L: Intake + Default>(desk: Desk) -> Response {
    read_in::ask(&desk, &L::default(), None)
}

/// `POST …/upload`.
async fn send<L: Intake + Default>(desk: Desk, form: Uploaded) -> Response {
    let shown = read_in::send(&desk, &L::default(), form).await;
    desk.answer(shown)
}

/// `POST …/import`.
async fn carry<L: Intake + Default>(desk: Desk, posted: Posted<Confirmed>) -> Response {
    let done = read_in::carry(&desk, &L::default(), posted).await;
    desk.answer(done)
}

async fn ask_noun(desk: Desk, Path(word): Path<String>) -> Response {
    let shown = noun_of(&word).map(|noun| read_in::ask(&desk, &Nouns(noun), None));
    desk.answer(shown)
}

async fn send_noun(desk: Desk, Path(word): Path<String>, form: Uploaded) -> Response {
    let shown = async { read_in::send(&desk, &Nouns(noun_of(&word)?), form).await };
    desk.answer(shown.await)
}

async fn carry_noun(desk: Desk, Path(word): Path<String>, posted: Posted<Confirmed>) -> Response {
    let done = async { read_in::carry(&desk, &Nouns(noun_of(&word)?), posted).await };
    desk.answer(done.await)
}
