//! The case's files, in the form in which any office exports them, and how they come into an empty
//! store: by the same import as anybody's.

use super::DemoError;
use crate::centre::Centre;
use crate::demonstration::{MARK, is_demo};
use crate::import::{FileOutcome, Options, Progress, Silent, import_bytes, summary};
use crate::state::App;
use crate::storage::Store;
use protocol::questionnaire::{Ask, FIRST_LANGUAGE};

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../demo/", $name)).as_slice())
    };
}

/// Tây Ninh, January to September 2023: totals as published, all else simulated.
const FILES: [(&str, &[u8]); 5] = [
    file!("co-quan.csv"),
    file!("quay.csv"),
    file!("cong-chuc.csv"),
    file!("thu-tuc.csv"),
    file!("danh-gia.csv.gz"),
];

/// Dossiers and queue numbers of the same months: many, and nobody waits for them.
const MORE: [(&str, &[u8]); 2] = [file!("them/ho-so.csv.gz"), file!("them/luot-lay-so.csv.gz")];

/// Reasons of the questionnaire that the files call by other words.
const EARLIER_WORDS: [(&str, &str); 2] =
    [("explanation", "Hướng dẫn chưa rõ ràng"), ("attitude_cold", "Thái độ chưa thân thiện")];

/// Name of the mark that they are there.
const MORE_MARK: &str = "demo-more";

/// The centre of the case, as tablets, pages and reports name it.
const CENTRE: &str = include_str!("centre.json");

/// Gives a new demonstration the centre's name, before anything is opened that shows it.
pub async fn name_centre(store: &Store, now: i64) -> Result<(), DemoError> {
    if is_demo(store).await? || !store.directory().await?.departments.is_empty() {
        return Ok(());
    }
    let centre = Centre::read(CENTRE).map_err(|error| DemoError::Case(error.to_string()))?;
    App::put_centre(store, &centre, "demo", now)
        .await
        .map_err(|error| DemoError::Case(error.to_string()))
}

/// Loads the case into a store that is empty or holds it already, whole or in part. Whether
/// anything was new.
pub async fn load(app: &App, progress: &dyn Progress) -> Result<bool, DemoError> {
    let now = app.clock.now();
    match app.store.setting(MARK).await?.as_deref() {
        Some("loaded") => return Ok(false),
        Some(_) => {}
        None => {
            if !app.store.directory().await?.departments.is_empty() {
                return Err(DemoError::NotEmpty(app.data_dir.clone()));
            }
            // Marked before the first row, so that a broken load can be taken up again.
            app.store.put_setting(MARK, "loading", "demo", now).await?;
        }
    }
    publish_words(app).await?;
    take_in(app, &FILES, progress).await?;
    app.store.put_setting(MARK, "loaded", "demo", now).await?;
    Ok(true)
}

/// Loads the case's dossiers and queue numbers, which takes some seconds; while they come the
/// ratings get their procedures and channels. Once: a second call does nothing.
pub async fn load_more(app: &App) -> Result<(), DemoError> {
    if app.store.setting(MORE_MARK).await?.is_none() {
        take_in(app, &MORE, &Silent).await?;
        app.store.put_setting(MORE_MARK, "loaded", "demo", app.clock.now()).await?;
    }
    Ok(())
}

/// Publishes the questionnaire in the words of the files, and then as tablets show it: what a
/// published questionnaire does not know as a reason would come in as a comment.
async fn publish_words(app: &App) -> Result<(), DemoError> {
    let now = app.clock.now();
    let published = app.store.questionnaires().await?;
    // A broken load is taken up again.
    let [first] = published.as_slice() else { return Ok(()) };
    let mut earlier = first.questionnaire.clone();
    for step in &mut earlier.steps {
        let Ask::Reasons { items, .. } = &mut step.ask else { continue };
        for item in items {
            if let Some((_, words)) = EARLIER_WORDS.iter().find(|(id, _)| *id == item.id) {
                item.text.insert(FIRST_LANGUAGE.into(), (*words).into());
            }
        }
    }
    for questionnaire in [&earlier, &first.questionnaire] {
        app.store.publish_questionnaire(questionnaire, "demo", now).await?;
    }
    Ok(())
}

async fn take_in(
    app: &App,
    files: &[(&str, &[u8])],
    progress: &dyn Progress,
) -> Result<(), DemoError> {
    let (zone, now) = (app.zone.clone(), app.clock.now());
    let options = Options { simulated: true, ..Options::new(zone, now) };
    let outcomes = import_bytes(&app.store, files, &options, progress).await?;
    if outcomes.iter().all(FileOutcome::is_whole) {
        Ok(())
    } else {
        Err(DemoError::Case(summary(&outcomes, locales::texts("en"))))
    }
}
