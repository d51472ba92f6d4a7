//! The lists of sites, departments, counters, officers and procedures, and their files.

use super::desk::{Desk, Stop};
use super::form::noun_of;
use super::list::{self, Row, Subject};
use super::nouns::{Shelf, column, label, place, specs};
use crate::storage::register::Noun;
use axum::extract::Path;
use axum::response::Response;

async fn gathered(desk: &Desk, word: &str) -> Result<(Subject, Vec<Row>), Stop> {
    let noun = noun_of(word)?;
    let shelf = Shelf::of(&desk.app.store).await?;
    let vietnamese = locales::texts("vi");
    let entries = desk.app.store.entries(noun).await?;
    let rows = entries.iter().map(|entry| {
        let values = specs(noun).iter().map(|(_, what)| (*what, shelf.value(*what, entry)));
        let values: Vec<_> = values.collect();
        let shown = values.iter().map(|(what, value)| shelf.shown(*what, value, desk.texts));
        let retired = entry.retired_at.is_some();
        // Files are read in by what stands in the one-stop software: codes, and Vietnamese.
        let file = values.iter().map(|(what, value)| match what {
            super::nouns::What::SiteKind => shelf.shown(*what, value, vietnamese),
            _ => value.clone(),
        });
        let state = if retired { "admin-retired" } else { "admin-in-use" };
        Row {
            address: desk.to(&format!("/admin/{}/{}", place(noun), entry.id)),
            cells: shown.collect(),
            file: file.chain([vietnamese.get(state)]).collect(),
            retired,
        }
    });
    let names = specs(noun).iter().map(|(name, _)| *name);
    let subject = Subject {
        title: desk.say(&format!("admin-{word}")),
        path: format!("/admin/{word}"),
        columns: names.clone().map(|name| label(noun, name, desk.texts)).collect(),
        header: names
            .map(|name| column(noun, name, vietnamese))
            .chain([vietnamese.get("admin-state")])
            .collect(),
        file: file_name(noun).to_owned(),
        add: desk.say(&format!("admin-{}-add", noun.word())),
        upload: true,
    };
    Ok((subject, rows.collect()))
}

/// Names of files, as the one-stop software names them.
const fn file_name(noun: Noun) -> &'static str {
    match noun {
        Noun::Site => "dia-diem",
        Noun::Department => "co-quan",
        Noun::Counter => "quay",
        Noun::Officer => "cong-chuc",
        Noun::Procedure => "thu-tuc",
    }
}

/// `GET /admin/{list}`.
pub(super) async fn show(desk: Desk, Path(word): Path<String>) -> Response {
    let shown = async {
        let (subject, rows) = gathered(&desk, &word).await?;
        Ok(list::page(&desk, subject, rows))
    };
    desk.answer(shown.await)
}

/// `GET /admin/{list}/download`.
pub(super) async fn download(desk: Desk, Path(word): Path<String>) -> Response {
    let file = async {
        let (subject, rows) = gathered(&desk, &word).await?;
        list::download(&desk, &subject, rows)
    };
    desk.answer(file.await)
}
