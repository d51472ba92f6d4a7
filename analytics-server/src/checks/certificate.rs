//! Until when a certificate holds. One that ended stops every tablet and browser at once, so it is
//! told weeks before.

use super::finding::Finding;
use crate::config::TlsFiles;
use jiff::Timestamp;
use std::net::SocketAddr;
use std::path::Path;
use x509_parser::pem::Pem;

/// Automatic renewal happens thirty days before the end; with fewer days left than this it has failed.
const SOON_DAYS: i64 = 21;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// When the first certificate of a file ends, milliseconds since 1970; or in words why that can not
/// be told.
pub fn expires_at(file: &Path) -> Result<i64, String> {
    let pem = std::fs::read(file).map_err(|error| error.to_string())?;
    let first = Pem::iter_from_buffer(&pem).next();
    let first = first.ok_or("it holds no certificate")?.map_err(|error| error.to_string())?;
    let certificate = first.parse_x509().map_err(|error| error.to_string())?;
    Ok(certificate.validity().not_after.timestamp().saturating_mul(1_000))
}

/// What there is to say of it at `now`, milliseconds since 1970.
pub fn finding(tls: Option<&TlsFiles>, listen: &str, trust_proxy: bool, now: i64) -> Finding {
    let Some(files) = tls else {
        let here = listen.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback());
        let place = [("listen", listen.to_owned())];
        return match (here, trust_proxy) {
            (_, true) => Finding::good("certificate", "proxy", place),
            (true, false) => Finding::good("certificate", "local", place),
            (false, false) => Finding::warning("certificate", "plain", place),
        };
    };
    let file = || ("file", files.certificate.display().to_string());
    let end = match expires_at(&files.certificate) {
        Ok(end) => end,
        Err(why) => return Finding::fault("certificate", "unreadable", [file(), ("why", why)]),
    };
    if let Err(error) = std::fs::File::open(&files.key) {
        let key = ("file", files.key.display().to_string());
        return Finding::fault("certificate", "unreadable", [key, ("why", error.to_string())]);
    }
    let day = Timestamp::from_millisecond(end).unwrap_or_default().strftime("%d/%m/%Y");
    let days = (end - now).div_euclid(DAY_MS);
    let places = [file(), ("day", day.to_string()), ("days", days.to_string())];
    match days {
        ..0 => Finding::fault("certificate", "over", places),
        0..SOON_DAYS => Finding::warning("certificate", "soon", places),
        _ => Finding::good("certificate", "good", places),
    }
}
