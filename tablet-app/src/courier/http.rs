//! One attempt at a time, told honestly: an answer is the server's only if it reads as one. What
//! to do about a failure is not decided here.

use super::Failure;
use protocol::exchange::{
    Acknowledged, Batch, ENROLMENTS, EnrolRequest, Enrolled, Problem, events_path, settings_path,
};
use protocol::settings::Settings;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};
use serde::de::DeserializeOwned;
use std::sync::Once;
use std::time::Duration;
use uuid::Uuid;

/// A counter's network answers a connection within this time or not at all.
const CONNECT: Duration = Duration::from_secs(5);

/// A full batch (125 KB) passes a slow 3G line in a few seconds; three times that.
const WHOLE: Duration = Duration::from_secs(15);

/// Longest answer that is read: settings with the largest portrait (256 KiB), four times.
const ANSWER_BYTES: usize = 1024 * 1024;

/// Settings that the tablet does not have yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// The settings.
    pub settings: Settings,
    /// Their ETag, to be named at the next fetch.
    pub etag: Option<String>,
}

/// The way to one server.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    server: String,
}

impl Http {
    /// Prepares the way to `server`, such as `http://192.168.1.10:8080`; connects to nothing.
    pub fn new(server: &str) -> Result<Self, Failure> {
        install_tls();
        let server = server.trim().trim_end_matches('/').to_owned();
        let bad = || Failure::Address { server: server.clone() };
        let url = reqwest::Url::parse(&server).map_err(|_| bad())?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(bad());
        }
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            // The server of a centre is near; another one is never asked in its place.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| Failure::Unreachable {
                server: server.clone(),
                detail: innermost(&error),
            })?;
        Ok(Self { client, server })
    }

    /// The address, without a slash at its end.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Asks to be known.
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<Enrolled, Failure> {
        let (status, body, _) = self.exchange(self.post(ENROLMENTS, request)).await?;
        self.read(status, &body)
    }

    /// Fetches the settings; `None` when the ones of `etag` still hold.
    pub async fn settings(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        etag: Option<&str>,
    ) -> Result<Option<Fetched>, Failure> {
        let mut request = self
            .client
            .get(format!("{}{}", self.server, settings_path(tablet)))
            .header(AUTHORIZATION, bearer(token));
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let (status, body, new_etag) = self.exchange(request).await?;
        if status == StatusCode::NOT_MODIFIED && etag.is_some() {
            return Ok(None);
        }
        let settings = self.read(status, &body)?;
        Ok(Some(Fetched { settings, etag: new_etag }))
    }

    /// Sends a batch.
    pub async fn send(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        batch: &Batch,
    ) -> Result<Acknowledged, Failure> {
        let request = self.post(&events_path(tablet), batch).header(AUTHORIZATION, bearer(token));
        let (status, body, _) = self.exchange(request).await?;
        self.read(status, &body)
    }

    fn post(&self, path: &str, body: &impl serde::Serialize) -> RequestBuilder {
        // A struct of numbers and strings always has a JSON form.
        let json = serde_json::to_vec(body).unwrap_or_default();
        self.client
            .post(format!("{}{path}", self.server))
            .header(CONTENT_TYPE, "application/json")
            .body(json)
    }

    async fn exchange(
        &self,
        request: RequestBuilder,
    ) -> Result<(StatusCode, Vec<u8>, Option<String>), Failure> {
        let explain = |error: reqwest::Error| self.explain(&error);
        let mut response = request.send().await.map_err(explain)?;
        let status = response.status();
        let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
        let etag = etag.map(str::to_owned);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(explain)? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES {
                return Err(self.wrong(status, "more than a tablet asked for"));
            }
        }
        Ok((status, body, etag))
    }

    fn read<T: DeserializeOwned>(&self, status: StatusCode, body: &[u8]) -> Result<T, Failure> {
        let server = self.server.clone();
        if status.is_success() {
            return serde_json::from_slice(body).map_err(|_| self.wrong(status, describe(body)));
        }
        if let Ok(problem) = serde_json::from_slice::<Problem>(body) {
            return Err(Failure::Refused { server, status: status.as_u16(), problem });
        }
        // A proxy before the server says so in its own words.
        if status.is_server_error()
            || status == StatusCode::TOO_MANY_REQUESTS
            || status == StatusCode::REQUEST_TIMEOUT
        {
            return Err(Failure::Unavailable { server, status: status.as_u16() });
        }
        Err(self.wrong(status, describe(body)))
    }

    fn wrong(&self, status: StatusCode, detail: &str) -> Failure {
        let (server, status) = (self.server.clone(), status.as_u16());
        Failure::WrongServer { server, status, detail: detail.to_owned() }
    }

    fn explain(&self, error: &reqwest::Error) -> Failure {
        let (server, detail) = (self.server.clone(), innermost(error));
        if error.is_connect() {
            Failure::Unreachable { server, detail }
        } else if error.is_timeout() {
            Failure::TimedOut { server, seconds: WHOLE.as_secs() }
        } else {
            Failure::Lost { server, detail }
        }
    }
}

fn bearer(token: &[u8; 32]) -> String {
    format!("Bearer {}", hex::encode(token))
}

fn describe(body: &[u8]) -> &'static str {
    match body.trim_ascii_start().first() {
        None => "nothing",
        Some(b'<') => "a web page",
        Some(b'{' | b'[') => "JSON of another kind",
        Some(_) => "something else",
    }
}

/// The last cause says the most: "Connection refused (os error 111)".
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// reqwest comes without a TLS provider of its own; this program uses ring.
fn install_tls() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // Another one that is there already serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
