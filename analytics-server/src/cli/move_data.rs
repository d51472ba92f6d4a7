//! `move`: from the embedded SQLite to PostgreSQL, once a centre has grown.

use super::data::DataArguments;
use super::output::say;
use analytics_server::clock::Clock;
use analytics_server::storage::Birth;
use analytics_server::storage::to_postgres::move_to_postgres;
use analytics_server::storage::{FILE, Store, only_server, without_password};
use anyhow::{Context as _, Result, bail};

/// What the file is called once its data lies elsewhere: nobody works on with it by mistake.
const MOVED: &str = "hai-long-moved.db";

pub async fn run(data: DataArguments) -> Result<()> {
    let config = data.configured_alone()?;
    let dir = config.data_dir.value;
    let Some(address) = config.database.value else {
        bail!(
            "say which PostgreSQL takes the data: “database” in the configuration, or --database"
        );
    };
    let file = dir.join(FILE);
    if !file.exists() {
        bail!("there is no SQLite database in {}; check --data-dir and --config", dir.display());
    }
    let moved = dir.join(MOVED);
    if moved.exists() {
        bail!("{} is there already, of an earlier move; put it elsewhere first", moved.display());
    }
    let _alone = only_server(&dir, None)?;
    let birth = Birth::at(&Clock::system())?;
    let from = Store::open(&dir, None, &birth).await?;
    // Makes the schema.
    Store::open(&dir, Some(&address), &birth).await?.close().await;
    let rows = move_to_postgres(&from, &address).await?;
    from.close().await;
    std::fs::rename(&file, &moved)
        .with_context(|| format!("the data is moved; take {} away by hand", file.display()))?;
    say(format!(
        "{rows} rows were moved to {}; all were read back, and none differs",
        without_password(&address)
    ))?;
    say(format!(
        "{} is kept as it was; delete it once a backup of PostgreSQL was made",
        moved.display()
    ))?;
    say("start the server, with “database” in its configuration")
}
