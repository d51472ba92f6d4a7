//! Webhooks: one POST of JSON, signed, within ten seconds, to where the address leads and nowhere
//! else.

use super::address::{NoAddress, machines, read};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::redirect::Policy;
use sha2::Sha256;
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

/// The signature of a message: HMAC-SHA256 over `<timestamp>.<body>` as hexadecimal digits. A
/// receiver computes the same and refuses what differs or is old.
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // A key of any length is good for HMAC.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
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
    let broken = |error: reqwest::Error| {
        let word = if error.is_timeout() { "timeout" } else { "unreachable" };
        format!("{word}|")
    };
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
    let signature = signature(message.secret, message.timestamp, &message.body);
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .header("x-hai-long-signature", format!("sha256={signature}"))
        .header("x-hai-long-timestamp", message.timestamp)
        .header("x-hai-long-delivery", message.id.to_string())
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
