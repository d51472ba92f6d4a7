//! Who asks, and how they came: the other end of the connection, or what a trusted proxy says in
//! `X-Forwarded-For` and `X-Forwarded-Proto`. Nothing else reads these. Of a list the last entry is
//! the one that the proxy itself wrote; those before it anybody can write.

use crate::state::App;
use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, SocketAddr};

/// Whom a proxy asks for.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// How whoever asks came to the proxy.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Where a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The address of who asks, as far as it can be known.
    pub address: IpAddr,
    /// Asked by a program on this machine, and not on somebody else's behalf.
    pub here: bool,
}

impl Peer {
    /// Who sent a request; none where there is no connection.
    pub fn of(app: &App, extensions: &Extensions, headers: &HeaderMap) -> Option<Self> {
        let connection = extensions.get::<ConnectInfo<SocketAddr>>()?;
        Some(Self::told(app.trust_proxy, connection.0.ip(), headers))
    }

    fn told(trusted: bool, end: IpAddr, headers: &HeaderMap) -> Self {
        let named = last(headers, FORWARDED_FOR).and_then(|name| name.parse().ok());
        let forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key("forwarded");
        let address = named.filter(|_| trusted).unwrap_or(end);
        Self { address, here: !forwarded && end.is_loopback() }
    }
}

/// Whether whoever asks came by TLS: to this server, or to the proxy before it.
pub fn by_tls(app: &App, headers: &HeaderMap) -> bool {
    app.secure || (app.trust_proxy && last(headers, FORWARDED_PROTO) == Some("https"))
}

/// The beginning of our own addresses, as whoever asks reaches them.
pub fn scheme(app: &App, headers: &HeaderMap) -> &'static str {
    if by_tls(app, headers) { "https" } else { "http" }
}

fn last<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), v.parse().unwrap())).collect()
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        let end = "127.0.0.1".parse().unwrap();
        let bare = headers(&[]);
        let told = headers(&[(FORWARDED_FOR, "6.6.6.6, 203.0.113.7")]);
        let who = |trusted, headers| Peer::told(trusted, end, headers);
        assert!(who(false, &bare).here && who(true, &bare).here);
        // An unknown proxy on this machine: what it carries is not from here.
        assert!(!who(false, &told).here && !who(true, &told).here);
        assert_eq!(who(false, &told).address.to_string(), "127.0.0.1");
        assert_eq!(who(true, &told).address.to_string(), "203.0.113.7");
        let odd = headers(&[(FORWARDED_FOR, "nobody")]);
        assert_eq!(who(true, &odd).address.to_string(), "127.0.0.1");
        assert!(!who(true, &headers(&[("forwarded", "for=1.1.1.1")])).here);
    }

    #[test]
    fn the_last_word_of_the_proxy_holds() {
        let of = |text| headers(&[(FORWARDED_PROTO, text)]);
        assert_eq!(last(&of("https"), FORWARDED_PROTO), Some("https"));
        assert_eq!(last(&of("https, http"), FORWARDED_PROTO), Some("http"), "a reader's own word");
        assert_eq!(last(&headers(&[]), FORWARDED_PROTO), None);
    }
}
