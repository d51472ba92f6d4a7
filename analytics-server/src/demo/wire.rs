//! One request at a time to the server, over HTTP like any tablet.

use super::DemoError;
use protocol::exchange::{
    Acknowledged, Batch, ENROLMENTS, EnrolRequest, Enrolled, Problem, ProblemCode, events_path,
    settings_path,
};
use protocol::heartbeat::{Heartbeat, heartbeat_path};
use protocol::invitation::{Invitation, invitation_path};
use protocol::settings::Settings;
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::time::Duration;
use uuid::Uuid;

/// The server is on this machine; what takes longer will not come.
const PATIENCE: Duration = Duration::from_secs(15);

/// The way to the server.
#[derive(Clone)]
pub(super) struct Wire {
    client: reqwest::Client,
    base: String,
}

/// Why an attempt came to nothing.
#[derive(Debug)]
pub(super) enum Failure {
    /// Later it may come to something.
    Later(String),
    /// With this identity it never will: the server has another chain, or none.
    Never(String),
}

impl Wire {
    /// The way to the server that listens at `address`.
    pub fn new(address: SocketAddr) -> Result<Self, DemoError> {
        // Once a provider is installed, a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build()?;
        Ok(Self { client, base: format!("http://{}", reachable(address)) })
    }

    /// Enrols with a one-time code.
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<Enrolled, Failure> {
        exchange(self.client.post(format!("{}{ENROLMENTS}", self.base)).json(request)).await
    }

    /// Fetches the settings.
    pub async fn settings(&self, tablet: Uuid, token: &[u8; 32]) -> Result<Settings, Failure> {
        let address = format!("{}{}", self.base, settings_path(tablet));
        exchange(self.client.get(address).bearer_auth(hex::encode(token))).await
    }

    /// Tells how the tablet is.
    pub async fn beat(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        heartbeat: &Heartbeat,
    ) -> Result<(), Failure> {
        let address = format!("{}{}", self.base, heartbeat_path(tablet));
        let request = self.client.post(address).bearer_auth(hex::encode(token)).json(heartbeat);
        let sent = request.send().await.and_then(reqwest::Response::error_for_status);
        sent.map(drop).map_err(|error| Failure::Later(error.to_string()))
    }

    /// Waits at the server for an invitation; none when none came in that time. `seen` is the last one.
    pub async fn invitation(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        seen: Option<Uuid>,
        wait_ms: u64,
    ) -> Result<Option<Invitation>, Failure> {
        let later = |error: reqwest::Error| Failure::Later(error.to_string());
        let path = invitation_path(tablet);
        let seen = seen.map_or_else(String::new, |seen| format!("&seen={seen}"));
        let address = format!("{}{path}?wait_ms={wait_ms}{seen}", self.base);
        let request = self.client.get(address).bearer_auth(hex::encode(token));
        let response = request.send().await.and_then(reqwest::Response::error_for_status);
        let response = response.map_err(later)?;
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        response.json().await.map(Some).map_err(later)
    }

    /// Sends a batch.
    pub async fn send(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        batch: &Batch,
    ) -> Result<Acknowledged, Failure> {
        let address = format!("{}{}", self.base, events_path(tablet));
        exchange(self.client.post(address).bearer_auth(hex::encode(token)).json(batch)).await
    }
}

/// An address of the server itself: one that listens on all interfaces is asked on the loopback address.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    let mut address = address;
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

async fn exchange<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Failure> {
    let later = |error: reqwest::Error| Failure::Later(error.to_string());
    let response = request.send().await.map_err(later)?;
    if response.status().is_success() {
        return response.json().await.map_err(later);
    }
    let status = response.status();
    let problem: Problem =
        response.json().await.map_err(|_| Failure::Later(format!("the server said {status}")))?;
    Err(match problem.code {
        ProblemCode::Gap
        | ProblemCode::Fork
        | ProblemCode::Unauthorised
        | ProblemCode::BadCode
        | ProblemCode::Retired => Failure::Never(problem.message),
        _ => Failure::Later(problem.message),
    })
}
