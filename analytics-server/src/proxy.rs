//! Who asks, how they came and under which name they reached this server: the other end of the
//! connection and `Host`, or what a trusted proxy says in `X-Forwarded-For`, `-Proto`, `-Host` and
//! `-Port`. Nothing else reads these. Of a list the last entry is the one that the proxy itself wrote;
//! those before it anybody can write.

use crate::state::App;
use axum::extract::ConnectInfo;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

/// Whom a proxy asks for.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// The host name by which the client reached the proxy.
const FORWARDED_HOST: &str = "x-forwarded-host";
/// At which port, where the name does not say it.
const FORWARDED_PORT: &str = "x-forwarded-port";
/// The scheme (`http` or `https`) by which the client reached the proxy.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// What else proxies add to what they carry; one of these is enough to tell that somebody else asks.
const CARRIED: [&str; 6] =
    [FORWARDED_FOR, FORWARDED_HOST, FORWARDED_PROTO, "forwarded", "x-real-ip", "via"];

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
        Some(Self::from_headers(app.trust_proxy, connection.0.ip(), headers))
    }

    fn from_headers(trusted: bool, end: IpAddr, headers: &HeaderMap) -> Self {
        // At `[::]` an IPv4 address arrives as one of IPv6.
        let end = end.to_canonical();
        let said = last(headers, FORWARDED_FOR);
        let named = said.and_then(address);
        match said {
            Some(said) if trusted && named.is_none() => warn_of_unread(said),
            Some(_) if !trusted => warn_of_untrusted(),
            _ => {}
        }
        let carried = CARRIED.iter().any(|name| headers.contains_key(*name));
        let address = named.filter(|_| trusted).unwrap_or(end);
        Self { address, here: !carried && end.is_loopback() && has_loopback_host(headers) }
    }
}

/// Whether the request names this machine by a name that only this machine has: what a proxy carries
/// without a word has the name that people type, which the proxy lets pass.
fn has_loopback_host(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|sign| sign.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// An address as proxies write it: bare, in brackets, in quotes, with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse().ok().map(|whole: SocketAddr| whole.ip());
    text.parse().ok().or_else(bare).or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// Where people outside reach this server: as the settings say, or as the browser that asks names it.
pub fn site(app: &App, headers: &HeaderMap, setting: &str) -> Option<String> {
    if !setting.is_empty() {
        return Some(setting.trim_end_matches('/').to_owned());
    }
    let host = host(app, headers)?;
    let known = |c: char| c.is_ascii_alphanumeric() || "-_.:[]".contains(c);
    let named = host.len() <= 120 && host.chars().all(known);
    named.then(|| format!("{}://{host}", scheme(app, headers)))
}

/// Told once: all who come so share the proxy's own address, and with it the waits after guesses.
fn warn_of_unread(said: &str) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let said: String = said.chars().take(60).collect();
        tracing::warn!(
            said,
            "the proxy's X-Forwarded-For is no address; all who come so are counted as one"
        );
    });
}

/// Told once: a proxy stands before the server and the configuration does not say so.
fn warn_of_untrusted() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::warn!(
            "X-Forwarded-For comes, but trust_proxy is not set: whoever comes through a proxy is \
             counted as one, and addresses are written without TLS; see “Behind a proxy” in \
             docs/operations.md"
        );
    });
}

/// Whether the client came by TLS: to this server, or to the proxy before it.
pub fn by_tls(app: &App, headers: &HeaderMap) -> bool {
    app.secure || (app.trust_proxy && last(headers, FORWARDED_PROTO) == Some("https"))
}

/// The scheme of our own addresses, as the client reaches them.
pub fn scheme(app: &App, headers: &HeaderMap) -> &'static str {
    if by_tls(app, headers) { "https" } else { "http" }
}

/// The name and port under which the client reached this server, as its browser has it.
pub fn host(app: &App, headers: &HeaderMap) -> Option<String> {
    let usual = if by_tls(app, headers) { ":443" } else { ":80" };
    names(app.trust_proxy, headers).into_iter().next().map(|name| without(&name, usual))
}

/// Whether the browser says that another site made it send this: another site that signs somebody in
/// under its own name would read along afterwards. One that says nothing, such as a
/// program, is let through: it has no session that could be used against anybody.
pub fn is_foreign(trust_proxy: bool, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = said(ORIGIN.as_str()) else { return false };
    let own = is_own(trust_proxy, origin, headers);
    if !own {
        // A proxy that writes its own target into Host lets nobody in; here is why.
        let host = said(HOST.as_str());
        tracing::warn!(
            origin,
            host,
            "a form came from another site, or a proxy changes Host; see “Behind a proxy” in \
             docs/operations.md"
        );
    }
    !own
}

/// Whether an `Origin` is this server, by any name under which this request came; `trusted` says
/// whether a proxy is believed.
fn is_own(trusted: bool, origin: &str, headers: &HeaderMap) -> bool {
    let origin = origin.to_ascii_lowercase();
    let Some((scheme, named)) = origin.split_once("://") else { return false };
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let named = without(named, usual);
    names(trusted, headers).iter().any(|name| without(name, usual) == named)
}

/// The names that a request gives this server, the likeliest first, in small letters.
fn names(trusted: bool, headers: &HeaderMap) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(forwarded) =
        last(headers, FORWARDED_HOST).filter(|name| trusted && !name.is_empty())
    {
        let has_port = forwarded.rsplit(']').next().is_some_and(|end| end.contains(':'));
        // Of a usual port nobody knows whether it is the browser's or the proxy's own.
        let port = last(headers, FORWARDED_PORT).filter(|port| {
            !has_port && port.parse::<u16>().is_ok_and(|port| ![80, 443].contains(&port))
        });
        names.extend(port.map(|port| format!("{forwarded}:{port}")));
        names.push(forwarded.to_owned());
    }
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    names.extend(own.map(str::to_owned));
    names.iter().map(|name| name.to_ascii_lowercase()).collect()
}

/// A name without its port where that is the usual one.
fn without(name: &str, usual: &str) -> String {
    name.strip_suffix(usual).unwrap_or(name).to_owned()
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
        let bare = headers(&[("host", "127.0.0.1:8080")]);
        let told = headers(&[("host", "localhost"), (FORWARDED_FOR, "6.6.6.6, 203.0.113.7")]);
        let who = |trusted, headers| Peer::from_headers(trusted, end, headers);
        assert!(who(false, &bare).here && who(true, &bare).here);
        // An unknown proxy on this machine: what it carries is not from here.
        assert!(!who(false, &told).here && !who(true, &told).here);
        assert_eq!(who(false, &told).address.to_string(), "127.0.0.1");
        assert_eq!(who(true, &told).address.to_string(), "203.0.113.7");
        let odd = headers(&[(FORWARDED_FOR, "nobody")]);
        assert_eq!(who(true, &odd).address.to_string(), "127.0.0.1");
    }

    #[test]
    fn a_request_through_a_proxy_never_counts_as_local() {
        let here = |end: &str, pairs: &[_]| {
            Peer::from_headers(false, end.parse().unwrap(), &headers(pairs)).here
        };
        for host in
            ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:80", "[::1]:8080", "[::1]"]
        {
            assert!(here("127.0.0.1", &[("host", host)]), "{host}");
            assert!(here("::1", &[("host", host)]), "{host}");
            assert!(here("::ffff:127.0.0.1", &[("host", host)]), "{host}");
            assert!(!here("192.0.2.1", &[("host", host)]), "{host}");
            for name in CARRIED {
                assert!(!here("127.0.0.1", &[("host", host), (name, "x")]), "{name}");
            }
        }
        // A proxy that passes bytes on and adds no word: people typed the public name.
        for host in
            ["hai-long.example.gov.vn", "192.0.2.1:8443", "[2001:db8::1]", "", "localhost.evil.vn"]
        {
            assert!(!here("127.0.0.1", &[("host", host)]), "{host}");
        }
        assert!(!here("127.0.0.1", &[]));
    }

    #[test]
    fn addresses_are_read_in_every_form_that_proxies_write() {
        for (text, read) in [
            ("203.0.113.8:5002", "203.0.113.8"),
            ("203.0.113.8", "203.0.113.8"),
            ("[2001:db8::1]:80", "2001:db8::1"),
            ("[::ffff:203.0.113.8]:80", "203.0.113.8"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            (" \"[2001:db8::1]:80\" ", "2001:db8::1"),
        ] {
            assert_eq!(address(text), Some(read.parse().unwrap()), "{text}");
        }
        for odd in ["unknown", "", "203.0.113.8:x", "_hidden", "[::1", "203.0.113"] {
            assert_eq!(address(odd), None, "{odd}");
        }
    }

    #[test]
    fn an_origin_is_this_server_by_the_names_that_a_request_gives_it() {
        let own = |trusted, origin, pairs: &[_]| is_own(trusted, origin, &headers(pairs));
        assert!(own(false, "http://hl.test", &[("host", "hl.test")]));
        assert!(own(false, "http://hl.test", &[("host", "HL.Test:80")]));
        assert!(own(false, "https://hl.test:443", &[("host", "hl.test")]));
        assert!(own(false, "https://[::1]:8443", &[("host", "[::1]:8443")]));
        let rewritten = [("host", "127.0.0.1:8080"), (FORWARDED_HOST, "hl.test")];
        assert!(
            own(true, "http://hl.test", &rewritten) && !own(false, "http://hl.test", &rewritten)
        );
        let port = [("host", "a"), (FORWARDED_HOST, "hl.test"), (FORWARDED_PORT, "8443")];
        assert!(own(true, "https://hl.test:8443", &port));
        assert!(!own(true, "http://evil.test", &rewritten));
        for odd in ["null", "", "hl.test", "http://"] {
            assert!(!own(true, odd, &rewritten), "{odd}");
        }
        assert!(!own(true, "http://hl.test:81", &[("host", "hl.test")]));
    }

    #[test]
    fn the_last_word_of_the_proxy_holds() {
        let of = |text| headers(&[(FORWARDED_PROTO, text)]);
        assert_eq!(last(&of("https"), FORWARDED_PROTO), Some("https"));
        assert_eq!(last(&of("https, http"), FORWARDED_PROTO), Some("http"), "a reader's own word");
        assert_eq!(last(&headers(&[]), FORWARDED_PROTO), None);
    }

    #[test]
    fn only_an_own_page_may_sign_somebody_in() {
        let of = |pairs: &[_]| is_foreign(false, &headers(pairs));
        assert!(!of(&[]));
        assert!(!of(&[("sec-fetch-site", "same-origin")]));
        assert!(!of(&[("origin", "https://hl.example"), ("host", "hl.example")]));
        assert!(of(&[("origin", "https://evil.example"), ("host", "hl.example")]));
        assert!(of(&[("origin", "null"), ("host", "hl.example")]));
        for site in ["cross-site", "same-site", "?"] {
            assert!(of(&[("sec-fetch-site", site), ("origin", "http://a"), ("host", "a")]));
        }
    }
}
