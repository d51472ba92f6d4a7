//! Webhooks: one POST of JSON, signed, within ten seconds, to where the address leads and nowhere
//! else.

use super::address::{NoAddress, machines, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::redirect::Policy;
use sha2::Sha256;
use std::error::Error;
use std::io;
use std::time::Duration;
use uuid::Uuid;

/// A receiver that has not answered by then is tried again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of an answer that are kept for the log.
const ANSWER_BYTES: usize = 160;

/// One message to one receiver.
pub(super) struct Message<'a> {
    /// Where to.
    pub address: &'a str,
    /// What signs it.
    pub secret: &'a str,
    /// What the receiver knows it by.
    pub id: Uuid,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// JSON.
    pub body: String,
    /// Whether link-local addresses are gone to.
    pub link_local: bool,
}

/// What a secret begins with whose rest is its key in base64, as Standard Webhooks has it.
pub const SECRET_PREFIX: &str = "whsec_";

fn hmac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length is good for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// The signature of a message by Standard Webhooks: HMAC-SHA256 over `<id>.<timestamp>.<body>` in
/// base64, behind its version. A receiver computes the same and refuses what differs or is old.
pub fn signature(secret: &str, id: &str, timestamp: i64, body: &str) -> String {
    let key = secret.strip_prefix(SECRET_PREFIX).and_then(|key| STANDARD.decode(key).ok());
    let key = key.unwrap_or_else(|| secret.as_bytes().to_vec());
    let head = format!("{id}.{timestamp}.");
    format!("v1,{}", STANDARD.encode(hmac(&key, &[head.as_bytes(), body.as_bytes()])))
}

/// The signature that receivers of before version 0.2 look at: over `<timestamp>.<body>`, as
/// hexadecimal digits, with the secret's letters for a key.
pub fn first_signature(secret: &str, timestamp: i64, body: &str) -> String {
    let head = format!("{timestamp}.");
    hex::encode(hmac(secret.as_bytes(), &[head.as_bytes(), body.as_bytes()]))
}

/// One attempt: whether it arrived, and what was answered as the log keeps it.
pub(super) async fn send(message: Message<'_>) -> (bool, String) {
    match attempt(message).await {
        Ok((status, text)) => ((200..300).contains(&status), format!("http|{status} {text}")),
        Err(word) => (false, word),
    }
}

async fn attempt(message: Message<'_>) -> Result<(u16, String), String> {
    let told = |error: NoAddress| match error {
        NoAddress::Form => "form|".to_owned(),
        NoAddress::Unknown => "unknown|".to_owned(),
        NoAddress::Refused => "reserved|".to_owned(),
    };
    let broken = |error: reqwest::Error| why(&error);
    let url = read(message.address).map_err(told)?;
    let addresses = machines(&url, message.link_local).await.map_err(told)?;
    // Once a provider is installed, a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = reqwest::Client::builder();
    if url.scheme() == "http" {
        // No certificate is looked at, so a machine without any can send all the same.
        client = client.tls_certs_only([]);
    }
    let client = client
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .no_proxy()
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .build()
        .map_err(broken)?;
    let Message { secret, timestamp, ref body, .. } = message;
    let id = message.id.to_string();
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature(secret, &id, timestamp, body))
        .header(
            "x-hai-long-signature",
            format!("sha256={}", first_signature(secret, timestamp, body)),
        )
        .header("x-hai-long-timestamp", timestamp)
        .header("x-hai-long-delivery", &id)
        .body(message.body);
    let mut answer = request.send().await.map_err(broken)?;
    let status = answer.status().as_u16();
    let mut bytes = Vec::new();
    // An answer that breaks off has been given all the same.
    while bytes.len() < ANSWER_BYTES
        && let Ok(Some(more)) = answer.chunk().await
    {
        bytes.extend_from_slice(&more);
    }
    bytes.truncate(ANSWER_BYTES);
    let text = String::from_utf8_lossy(&bytes);
    Ok((status, text.chars().filter(|letter| !letter.is_control()).collect()))
}

/// Why nothing was answered, as the log keeps it.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "timeout|".to_owned();
    }
    let mut cause: Option<&dyn Error> = Some(error);
    let mut last = String::new();
    while let Some(one) = cause {
        if let Some(system) = one.downcast_ref::<io::Error>() {
            if system.kind() == io::ErrorKind::ConnectionRefused {
                return "refused|".to_owned();
            }
            let within = system.get_ref().and_then(|within| within.downcast_ref::<rustls::Error>());
            if let Some(tls) = within {
                return format!("certificate|{tls}");
            }
        }
        last = one.to_string();
        cause = one.source();
    }
    format!("unreachable|{}", last.chars().take(ANSWER_BYTES).collect::<String>())
}
