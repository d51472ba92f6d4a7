//! The lists of sites, departments, counters, officers and procedures, and their files.

use super::resource_page::resource_of;
use crate::import::fields::{FieldType, References, column, label, path_segment, specs};
use crate::pages::list::{self, Row, Subject};
use crate::pages::prelude::*;
use crate::storage::register::Noun;

/// A list with all its rows.
async fn list_of(context: &Context, word: &str) -> PageResult<(Subject, Vec<Row>)> {
    let noun = resource_of(word)?;
    let references = References::of(&context.app.store).await?;
    let vietnamese = locales::texts("vi");
    let entries = context.app.store.entries(noun).await?;
    let rows = entries.iter().map(|entry| {
        let values = specs(noun).iter().map(|(_, what)| (*what, references.value(*what, entry)));
        let values: Vec<_> = values.collect();
        let cells =
            values.iter().map(|(what, value)| references.shown(*what, value, context.texts));
        let retired = entry.retired_at.is_some();
        // Files are read in by what stands in the one-stop software: codes, and Vietnamese.
        let file = values.iter().map(|(what, value)| match what {
            FieldType::SiteKind => references.shown(*what, value, vietnamese),
            _ => value.clone(),
        });
        let state = if retired { "admin-retired" } else { "admin-in-use" };
        Row {
            address: context.to(&format!("/admin/{}/{}", path_segment(noun), entry.id)),
            cells: cells.collect(),
            file: file.chain([vietnamese.get(state)]).collect(),
            retired,
        }
    });
    let names = specs(noun).iter().map(|(name, _)| *name);
    let subject = Subject {
        title: context.text(&format!("admin-{word}")),
        path: format!("/admin/{word}"),
        columns: names.clone().map(|name| label(noun, name, context.texts)).collect(),
        header: names
            .map(|name| column(noun, name, vietnamese))
            .chain([vietnamese.get("admin-state")])
            .collect(),
        file: file_name(noun).to_owned(),
        add: context.text(&format!("admin-{}-add", noun.word())),
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
pub(super) async fn show(context: Context, Path(word): Path<String>) -> PageResult {
    let (subject, rows) = list_of(&context, &word).await?;
    Ok(list::page(&context, subject, rows))
}

/// `GET /admin/{list}/download`.
pub(super) async fn download(context: Context, Path(word): Path<String>) -> PageResult {
    let (subject, rows) = list_of(&context, &word).await?;
    list::download(&context, &subject, rows)
}
