//! The case's files, in the form in which any office exports them, and how they come into an empty
//! store: by the same import as anybody's.

use super::DemoError;
use crate::import::{FileOutcome, Options, Progress, import_bytes, summary};
use crate::state::{App, Centre};
use crate::storage::{Store, StoreError};
use protocol::Scale;

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

/// Name of the mark that makes a store a demonstration's.
const MARK: &str = "demo";

/// The centre of the case, as tablets, pages and reports name it.
const CENTRE: &str = include_str!("centre.json");

/// Whether a store is a demonstration's: everything given there is simulated.
pub async fn is_demo(store: &Store) -> Result<bool, StoreError> {
    Ok(store.setting(MARK).await?.is_some())
}

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
    let options = Options { zone: app.zone.clone(), scale: Scale::Five, simulated: true, now };
    let outcomes = import_bytes(&app.store, &FILES, &options, progress).await?;
    if !outcomes.iter().all(FileOutcome::is_whole) {
        return Err(DemoError::Case(summary(&outcomes)));
    }
    app.store.put_setting(MARK, "loaded", "demo", now).await?;
    Ok(true)
}
