//! `serve`: answers tablets and people until it is told to stop.

use super::data::{DataArguments, sealing};
use super::log;
use super::output::say;
use analytics_server::config::Flags;
use analytics_server::http::{Listening, Tls, serve};
use analytics_server::storage::only_server;
use anyhow::Result;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    network: Network,
}

/// How the server is reached.
#[derive(clap::Args)]
pub struct Network {
    /// Address to listen at; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Chain of certificates for TLS, PEM; read again when it changes.
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
}

impl Network {
    /// What the command line says.
    pub fn flags(&self) -> Flags {
        Flags {
            listen: self.listen.clone(),
            tls_certificate: self.tls_certificate.clone(),
            tls_key: self.tls_key.clone(),
            ..Flags::default()
        }
    }
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let config = arguments.data.configured(arguments.network.flags())?;
    // First, so that a port in use or a wrong certificate is told before anything is made.
    let mut listening = Listening::at(&config.listen.value).await?;
    let tls = config.tls();
    if let Some(files) = &tls {
        listening = listening.by_tls(Tls::read(files).await?);
    }
    let mut app = arguments.data.opened_app().await?;
    let _alone = only_server(&config.data_dir.value, config.database.value.as_deref())?;
    app.sealing = sealing(&config.secrets_key_file());
    app.secure = config.secure();
    app.trust_proxy = config.trust_proxy.value;
    app.metrics = config.metrics.value;
    app.mail = config.mail.map(|mail| Arc::new(mail.value));
    app.listen = config.listen.value.into();
    app.tls = tls.map(Arc::new);
    say(log::address_line(&listening.url()))?;
    if app.store.users().await?.is_empty() {
        tracing::warn!(
            "nobody can sign in yet; make the first administrator with “analytics-server user add \
             NAME --full-name … --role administrator”"
        );
    }
    serve(listening, app, analytics_server::http::stop_signal()).await?;
    Ok(())
}
