//! Whether a server answers at its address, for a check that runs outside of the server.

use super::finding::Finding;
use reqwest::Client;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// `/health` always answers within two seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// What `/health` says.
#[derive(Deserialize)]
struct Health {
    version: Option<String>,
    message: Option<String>,
}

/// Asks the server that listens at `listen` whether it is well.
pub async fn answers_at(listen: &str, by_tls: bool) -> Finding {
    let url = format!("{}://{}/health", if by_tls { "https" } else { "http" }, reached(listen));
    let place = ("address", url.clone());
    let (status, health) = match asked(&url).await {
        Ok(answer) => answer,
        Err(error) => {
            return Finding::fault("server", "none", [place, ("why", error.to_string())]);
        }
    };
    let version = health.version.unwrap_or_default();
    if !status {
        let why = ("why", health.message.unwrap_or_default());
        return Finding::fault("server", "ill", [place, why]);
    }
    let ours = env!("CARGO_PKG_VERSION");
    let places = [place, ("version", version.clone()), ("ours", ours.to_owned())];
    if version == ours {
        Finding::good("server", "good", places)
    } else {
        Finding::warning("server", "other", places)
    }
}

async fn asked(url: &str) -> Result<(bool, Health), reqwest::Error> {
    // Once a provider is installed, a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // On this machine its certificate bears another name; another check says until when it holds.
    let client = Client::builder()
        .timeout(PATIENCE)
        .no_proxy()
        .tls_certs_only([])
        .tls_danger_accept_invalid_certs(true)
        .build()?;
    let answer = client.get(url).send().await?;
    let status = answer.status().is_success();
    Ok((status, answer.json().await?))
}

/// Where a server is reached on this machine that listens at an address, perhaps at every one.
fn reached(listen: &str) -> String {
    let Ok(mut address) = listen.parse::<SocketAddr>() else { return listen.to_owned() };
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address.to_string()
}
