//! The lists of sites, departments, counters, officers and procedures, and their files.

use super::resource_page::resource_of;
use super::usual_officer::shared_counter;
use crate::import::fields::{FieldType, References, column, label, path_segment, specs};
use crate::pages::first_steps::FirstSteps;
use crate::pages::list::{self, Row, Show, Subject};
use crate::pages::prelude::*;
use crate::storage::register::{Entry, Noun};

/// A row of a list of all these. Files are read in by what stands in the one-stop software: codes, and
/// Vietnamese.
fn row(
    context: &Context,
    noun: Noun,
    references: &References,
    all: &[Entry],
    entry: &Entry,
) -> Row {
    let vietnamese = locales::texts("vi");
    let (mut cells, mut file) = (Vec::new(), Vec::new());
    for (_, what) in specs(noun) {
        let value = references.value(*what, entry);
        let shown = references.shown(*what, &value, context.texts);
        let of_officer = Some(all).filter(|_| *what == FieldType::Counter);
        let shared = of_officer.and_then(|all| shared_counter(all, entry, &shown, context.texts));
        cells.push(shared.unwrap_or(shown));
        file.push(match what {
            FieldType::SiteKind => references.shown(*what, &value, vietnamese),
            _ => value,
        });
    }
    let retired = entry.retired_at.is_some();
    file.push(vietnamese.get(if retired { "admin-retired" } else { "admin-in-use" }));
    let address = context.to(&format!("/admin/{}/{}", path_segment(noun), entry.id));
    Row { address, cells, file, search: None, retired }
}

/// A list with all its rows.
async fn list_of(context: &Context, word: &str) -> PageResult<(Subject, Vec<Row>)> {
    let noun = resource_of(word)?;
    let references = References::of(&context.app.store).await?;
    let entries = context.app.store.entries(noun).await?;
    let next = FirstSteps::next_step(context).await?;
    let vietnamese = locales::texts("vi");
    let names = specs(noun).iter().map(|(name, _)| *name);
    let header = names.clone().map(|name| column(noun, name, vietnamese));
    let subject = Subject {
        title: context.text(&format!("admin-{word}")),
        path: format!("/admin/{word}"),
        columns: names.map(|name| label(noun, name, context.texts)).collect(),
        header: header.chain([vietnamese.get("admin-state")]).collect(),
        file: file_name(noun).to_owned(),
        add: context.text(&format!("admin-{}-add", noun.word())),
        upload: true,
        search: "admin-search",
        show: Show::InUse,
        table: "words",
        next,
    };
    let rows = entries.iter().map(|entry| row(context, noun, &references, &entries, entry));
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
