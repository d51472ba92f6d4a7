//! One attempt at a time, told honestly: an answer is the server's only if it reads as one. What
//! to do about a failure is not decided here.

use super::Failure;
use super::tls;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::exchange::{
    Acknowledged, Batch, ENROLMENTS, EnrolRequest, Enrolled, Problem, ProblemCode, Wrapped,
    events_path, settings_path,
};
use protocol::heartbeat::{Heard, Heartbeat, head_path, heartbeat_path};
use protocol::invitation::{Invitation, invitation_path};
use protocol::limits::{INVITATION_WAIT_MS, SETTINGS_BYTES};
use protocol::settings::Settings;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, ETAG, IF_NONE_MATCH, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};
use serde::de::DeserializeOwned;
use std::sync::{Arc, Once, OnceLock};
use std::time::Duration;
use uuid::Uuid;

/// A counter's network answers a connection within this time or not at all.
const CONNECT: Duration = Duration::from_secs(5);

/// A full batch (125 KB) passes a slow 3G line in a few seconds; three times that. The longest wait for
/// the beginning of an answer, and between two parts of one.
const PATIENCE: Duration = Duration::from_secs(15);

/// The largest settings ([`SETTINGS_BYTES`]) pass a line of 6,000 bytes a second within this.
const SETTINGS: Duration = Duration::from_mins(12);

/// What the server answered, and its clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply<T> {
    /// What came.
    pub body: T,
    /// The server's time, milliseconds since 1970, to the second; where it told.
    pub date: Option<i64>,
}

/// Settings that the tablet does not have yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// The settings.
    pub settings: Settings,
    /// The same as the server wrote them.
    pub json: String,
    /// Their ETag, to be named at the next fetch.
    pub etag: Option<String>,
}

/// One answer as it came.
struct RawReply {
    status: StatusCode,
    body: Vec<u8>,
    etag: Option<String>,
    date: Option<i64>,
    /// In how many seconds to ask again.
    retry_after: Option<u16>,
}

/// How a batch is encoded in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchEncoding {
    /// As its JSON.
    Plain,
    /// As letters and digits alone, see [`Wrapped`].
    Wrapped,
}

/// The way to one server.
#[derive(Clone, Debug)]
pub struct Http {
    /// Made for the first request: a machine that knows no authority yet gets one while it runs.
    client: Arc<OnceLock<Client>>,
    server: String,
    is_plain: bool,
    patience: Duration,
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
        let is_plain = url.scheme() == "http";
        Ok(Self { client: Arc::default(), server, is_plain, patience: PATIENCE })
    }

    /// The same with another longest wait for the beginning of an answer and between two parts of one.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn client(&self) -> Result<&Client, Failure> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let mut client = Client::builder();
        if self.is_plain {
            // No certificate is looked at: a machine without any rates and delivers all the same.
            client = client.tls_certs_only([]);
        }
        let client = client
            .connect_timeout(CONNECT)
            // The server of a centre is near; another one is never asked in its place.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| self.explain(&error))?;
        Ok(self.client.get_or_init(|| client))
    }

    /// The address, without a slash at its end.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Asks to be known.
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<Enrolled, Failure> {
        self.read(&self.exchange(self.post(ENROLMENTS, request)?, self.patience).await?)
    }

    /// Fetches the settings; `None` when the ones of `etag` still hold.
    pub async fn settings(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        etag: Option<&str>,
    ) -> Result<Reply<Option<Fetched>>, Failure> {
        let mut request = self
            .client()?
            .get(format!("{}{}", self.server, settings_path(tablet)))
            .header(AUTHORIZATION, bearer(token));
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let heard = self.exchange(request.timeout(SETTINGS), self.patience).await?;
        let date = heard.date;
        if heard.status == StatusCode::NOT_MODIFIED && etag.is_some() {
            return Ok(Reply { body: None, date });
        }
        let settings = self.read(&heard)?;
        // What was read as JSON is text.
        let json = String::from_utf8_lossy(&heard.body).into_owned();
        Ok(Reply { body: Some(Fetched { settings, json, etag: heard.etag }), date })
    }

    /// Sends a batch in this encoding.
    pub async fn send(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        batch: &Batch,
        encoding: BatchEncoding,
    ) -> Result<Acknowledged, Failure> {
        let path = events_path(tablet);
        let request = match encoding {
            BatchEncoding::Plain => self.post(&path, batch)?,
            BatchEncoding::Wrapped => {
                // A struct of numbers and strings always has a JSON form.
                let json = serde_json::to_vec(batch).unwrap_or_default();
                self.post(&path, &Wrapped { wrapped: URL_SAFE_NO_PAD.encode(json) })?
            }
        };
        let request = request.header(AUTHORIZATION, bearer(token));
        self.read(&self.exchange(request, self.patience).await?)
    }

    /// Tells how the tablet is; where the server's chain stands, if it told.
    pub async fn beat(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        heartbeat: &Heartbeat,
    ) -> Result<Option<Heard>, Failure> {
        let path = heartbeat_path(tablet);
        let request = self.post(&path, heartbeat)?.header(AUTHORIZATION, bearer(token));
        let reply = self.exchange(request, self.patience).await?;
        // Servers up to 0.2 told nothing.
        if reply.status == StatusCode::NO_CONTENT { Ok(None) } else { self.read(&reply).map(Some) }
    }

    /// Where the server's chain of this tablet stands; none where the server is one up to 0.2, which does
    /// not tell.
    pub async fn head(&self, tablet: Uuid, token: &[u8; 32]) -> Result<Option<Heard>, Failure> {
        let url = format!("{}{}", self.server, head_path(tablet));
        let request = self.client()?.get(url).header(AUTHORIZATION, bearer(token));
        match self.read(&self.exchange(request, self.patience).await?) {
            Err(Failure::Refused { problem, .. }) if problem.code == ProblemCode::NotFound => {
                Ok(None)
            }
            answer => answer.map(Some),
        }
    }

    /// Waits at the server for an invitation; `None` when none came in that time. `seen` is the
    /// one that came last.
    pub async fn invitation(
        &self,
        tablet: Uuid,
        token: &[u8; 32],
        seen: Option<Uuid>,
    ) -> Result<Option<Invitation>, Failure> {
        let seen = seen.map_or_else(String::new, |seen| format!("&seen={seen}"));
        let path = invitation_path(tablet);
        let url = format!("{}{path}?wait_ms={INVITATION_WAIT_MS}{seen}", self.server);
        let request = self.client()?.get(url).header(AUTHORIZATION, bearer(token));
        let wait = self.patience + Duration::from_millis(INVITATION_WAIT_MS);
        let reply = self.exchange(request, wait).await?;
        if reply.status == StatusCode::NO_CONTENT {
            return Ok(None);
        }
        self.read(&reply).map(Some)
    }

    fn post(&self, path: &str, body: &impl serde::Serialize) -> Result<RequestBuilder, Failure> {
        // A struct of numbers and strings always has a JSON form.
        let json = serde_json::to_vec(body).unwrap_or_default();
        Ok(self
            .client()?
            .post(format!("{}{path}", self.server))
            .header(CONTENT_TYPE, "application/json")
            .body(json))
    }

    /// Sends a request and reads the answer, which has to begin within `wait`. No part of it may take
    /// longer than the patience; the whole may, so that large settings come over a slow line.
    async fn exchange(&self, request: RequestBuilder, wait: Duration) -> Result<RawReply, Failure> {
        let begun = within(wait, request.send()).await;
        let mut response = begun.map_err(|late| self.late(late))?;
        let status = response.status();
        let header = |name| response.headers().get(name)?.to_str().ok();
        let etag = header(ETAG).map(str::to_owned);
        let date = header(DATE).and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        let date = date.map(|date| date.timestamp().as_millisecond());
        // A date instead of seconds is what no server of ours sends.
        let retry_after =
            header(RETRY_AFTER).and_then(|seconds| seconds.trim().parse::<u64>().ok());
        let retry_after = retry_after.map(|seconds| u16::try_from(seconds).unwrap_or(u16::MAX));
        let mut body = Vec::new();
        while let Some(chunk) =
            within(self.patience, response.chunk()).await.map_err(|late| self.late(late))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > SETTINGS_BYTES {
                return Err(self.wrong(status, "more than a tablet asked for"));
            }
        }
        Ok(RawReply { status, body, etag, date, retry_after })
    }

    fn read<T: DeserializeOwned>(&self, reply: &RawReply) -> Result<T, Failure> {
        let RawReply { status, body, .. } = reply;
        if status.is_success() {
            return serde_json::from_slice(body).map_err(|_| self.wrong(*status, describe(body)));
        }
        Err(self.refusal(reply))
    }

    /// Why an answer is not the one that was asked for.
    fn refusal(&self, reply: &RawReply) -> Failure {
        let RawReply { status, body, retry_after, .. } = reply;
        let (server, status, retry_after) = (self.server.clone(), *status, *retry_after);
        if let Ok(problem) = serde_json::from_slice::<Problem>(body) {
            return Failure::Refused { server, status: status.as_u16(), problem, retry_after };
        }
        // A proxy before the server says so in its own words. A network that asks to sign in first
        // (RFC 6585) is no server at all.
        if (status.is_server_error() && status != StatusCode::NETWORK_AUTHENTICATION_REQUIRED)
            || status == StatusCode::TOO_MANY_REQUESTS
            || status == StatusCode::REQUEST_TIMEOUT
        {
            return Failure::Unavailable { server, status: status.as_u16(), retry_after };
        }
        self.wrong(status, describe(body))
    }

    fn wrong(&self, status: StatusCode, detail: &str) -> Failure {
        let (server, status) = (self.server.clone(), status.as_u16());
        Failure::WrongServer { server, status, detail: detail.to_owned() }
    }

    fn late(&self, late: Late) -> Failure {
        match late {
            Late::Failed(error) => self.explain(&error),
            Late::After(wait) => self.timed_out(wait),
        }
    }

    fn timed_out(&self, wait: Duration) -> Failure {
        Failure::TimedOut { server: self.server.clone(), seconds: wait.as_secs() }
    }

    fn explain(&self, error: &reqwest::Error) -> Failure {
        let (server, detail) = (self.server.clone(), tls::innermost(error));
        match tls::fault(error) {
            Some(tls::Fault::Clock) => Failure::Clock { server, detail },
            Some(tls::Fault::Authority) => Failure::Authority { server, detail },
            Some(tls::Fault::Name) => Failure::OtherName { server, detail },
            None if error.is_connect() || error.is_builder() => {
                Failure::Unreachable { server, detail }
            }
            None if error.is_timeout() => self.timed_out(SETTINGS),
            None => Failure::Lost { server, detail },
        }
    }
}

/// Why a part of an answer is not there.
enum Late {
    Failed(reqwest::Error),
    After(Duration),
}

async fn within<T>(
    wait: Duration,
    part: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Late> {
    match tokio::time::timeout(wait, part).await {
        Ok(part) => part.map_err(Late::Failed),
        Err(_) => Err(Late::After(wait)),
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

/// reqwest comes without a TLS provider of its own; this program uses ring.
fn install_tls() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // Another one that is there already serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
