//! Where a command finds the data: the directory, the database and the configuration.

use analytics_server::clock::Clock;
use analytics_server::config::{Config, Flags};
use analytics_server::import::move_free_text;
use analytics_server::sealing::Sealing;
use analytics_server::state::App;
use analytics_server::storage::{Birth, FILE, Store};
use anyhow::{Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the data is.
#[derive(Args, Clone)]
pub(super) struct DataArguments {
    #[arg(from_global)]
    config: Option<PathBuf>,
    /// Directory of the data; made when it is missing [default: hai-long-data].
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// PostgreSQL instead of the embedded SQLite: postgres://user@host/name.
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
}

impl DataArguments {
    /// The configuration with what the command line says, here and in `flags`.
    pub(super) fn configured(&self, flags: Flags) -> Result<Config> {
        let (data_dir, database) = (self.data_dir.clone(), self.database.clone());
        let flags = Flags { data_dir, database, ..flags };
        Ok(Config::read(self.config.as_deref(), &variable, flags)?)
    }

    /// The same, without further flags.
    pub(super) fn configured_alone(&self) -> Result<Config> {
        self.configured(Flags::default())
    }

    pub(super) async fn store(&self) -> Result<Store> {
        let config = self.configured_alone()?;
        let birth = Birth::at(&Clock::system())?;
        let database = config.database.value.as_deref();
        Ok(Store::open(&config.data_dir.value, database, &birth).await?)
    }

    /// As [`DataArguments::app`], where there must be data already: a mistyped directory would otherwise
    /// be made and give figures of nothing.
    pub(super) async fn existing_app(&self) -> Result<App> {
        self.must_exist()?;
        self.app().await
    }

    pub(super) fn must_exist(&self) -> Result<()> {
        let config = self.configured_alone()?;
        let dir = config.data_dir.value;
        if config.database.value.is_none() && !dir.join(FILE).exists() {
            bail!(
                "there is no data in {}; check --data-dir and --config, or start the server or \
                 import first",
                dir.display()
            );
        }
        Ok(())
    }

    /// The store alone, for what counts nothing, where there must be data already, and the moment.
    pub(super) async fn existing_store_now(&self) -> Result<(Store, i64)> {
        self.must_exist()?;
        Ok((self.store().await?, Clock::system().now()))
    }

    pub(super) async fn app(&self) -> Result<App> {
        let app = self.opened_app().await?;
        // A server does this beside its work; a command that counts has to wait for it.
        move_free_text(&app.store, app.clock.now()).await?;
        Ok(app)
    }

    /// The app as it lies there.
    pub(super) async fn opened_app(&self) -> Result<App> {
        let dir = self.configured_alone()?.data_dir.value;
        Ok(App::open(self.store().await?, &dir, Clock::system()).await?)
    }
}

/// The keys for secrets at a place. Without them a server works on, but for second factors.
pub(super) fn sealing(file: &Path) -> Arc<Sealing> {
    Arc::new(Sealing::read_or_create(file).unwrap_or_else(|error| {
        tracing::error!("{error}");
        Sealing::default()
    }))
}

/// A variable of the environment.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
