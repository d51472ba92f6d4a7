//! The address of this server that a tablet is given with its code, and a person with a link. A page is
//! often opened on the server itself, under a name that is of no use elsewhere; then the one of the settings
//! is taken, and where there is none the page says so before somebody types it into ten tablets.

use crate::pages::prelude::*;
use crate::proxy::{host, scheme, site};
use std::net::IpAddr;

/// An address that goes into a code or a link.
pub(super) struct ServerAddress {
    pub server: String,
    /// Why nobody will get there from elsewhere, and the address of the setting that mends it.
    pub warning: Option<(String, String)>,
}

impl ServerAddress {
    /// As the browser that asks names this server, unless that can not be reached from elsewhere and the
    /// settings know a better one; `warns` is the key of the warning.
    pub fn of(context: &Context, warns: &str) -> Self {
        let Context { app, headers, texts, .. } = context;
        let host = host(app, headers);
        let host = host.as_deref().unwrap_or("localhost");
        let asked = format!("{}://{host}", scheme(app, headers));
        let centre = app.centre();
        let known = site(app, headers, &centre.public.site).filter(|one| !is_unreachable(one));
        let server = if is_unreachable(&asked) { known.unwrap_or(asked) } else { asked };
        let warning = is_unreachable(&server).then(|| {
            let setting = texts.get("admin-centre-public-site");
            let places = [("address", server.as_str()), ("setting", setting.as_str())];
            let link = format!("{}#public", context.to("/admin/centre"));
            (texts.with(warns, &places), link)
        });
        Self { server, warning }
    }
}

/// Whether nobody can reach this address from elsewhere: it names whichever machine asks, or, without TLS, is the
/// bare name of a machine, which few networks tell each other.
fn is_unreachable(address: &str) -> bool {
    let (scheme, rest) = address.split_once("://").unwrap_or(("http", address));
    let place = rest.split('/').next().unwrap_or_default();
    let host = match place.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    let host = host.to_ascii_lowercase();
    if let Ok(ip) = host.parse::<IpAddr>() {
        let ip = ip.to_canonical();
        return ip.is_loopback() || ip.is_unspecified();
    }
    let own = host.is_empty() || host == "localhost" || host.ends_with(".localhost");
    own || (scheme == "http" && !host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_only_this_machine_understands_is_told_apart() {
        for address in [
            "http://localhost",
            "http://LOCALHOST:8080",
            "https://localhost:8443",
            "https://hai-long.localhost",
            "http://127.0.0.1:8080",
            "http://127.1.2.3",
            "http://[::1]:8080",
            "http://[::ffff:127.0.0.1]",
            "http://0.0.0.0:8080",
            "http://[::]:8080",
            "http://may-chu:8080",
            "http://",
        ] {
            assert!(is_unreachable(address), "{address}");
        }
        for address in [
            "http://192.168.1.10:8080",
            "http://[2001:db8::1]:8080",
            "https://hailong.tinh.gov.vn",
            "http://hailong.tinh.gov.vn/",
            "http://may-chu.local:8080",
            "https://may-chu",
        ] {
            assert!(!is_unreachable(address), "{address}");
        }
    }
}
