//! `serve`: answers tablets and people until it is told to stop.

use super::{Place, say};
use analytics_server::serve::{Listening, serve};
use anyhow::Result;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Address to listen at; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    // First, so that a port in use is told before anything is made.
    let listening = Listening::at(&arguments.listen).await?;
    let app = arguments.place.app().await?;
    say(format!("http://{}", listening.address()))?;
    if app.store.users().await?.is_empty() {
        tracing::warn!(
            "nobody can sign in yet; make the first administrator with “analytics-server user add \
             NAME --full-name … --role administrator”"
        );
    }
    serve(listening, app, analytics_server::serve::stop_signal()).await?;
    Ok(())
}
