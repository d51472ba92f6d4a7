//! `demo`: everything at once, on data that is made up.

use super::data::sealing;
use super::output::say;
use analytics_server::clock::Clock;
use analytics_server::demo;
use analytics_server::http::{Listening, stop_signal};
use analytics_server::import::Bars;
use analytics_server::sealing::FILE;
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::{Store, only_server};
use anyhow::Result;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// Directory of the demonstration's data; made when it is missing.
    #[arg(long, value_name = "DIR", default_value = "hai-long-demo")]
    data_dir: PathBuf,
    /// PostgreSQL instead of the embedded SQLite: postgres://user@host/name.
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
    /// Address to listen at; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    // First, so that a port in use is told before anything is made.
    let listening = Listening::at(&arguments.listen).await?;
    let birth = Birth::at(&Clock::system())?;
    let store = Store::open(&arguments.data_dir, arguments.database.as_deref(), &birth).await?;
    let _alone = only_server(&arguments.data_dir, arguments.database.as_deref())?;
    demo::name_centre(&store, Clock::system().now()).await?;
    let mut app = App::open(store, &arguments.data_dir, Clock::system()).await?;
    app.listen = arguments.listen.clone().into();
    app.sealing = sealing(&arguments.data_dir.join(FILE));
    let tell = |guide: &str| {
        // Without a reader the demonstration goes on: its address is in the log as well.
        let _ = say(guide.trim_end());
    };
    Ok(demo::run(app, listening, &Bars::default(), tell, stop_signal()).await?)
}
