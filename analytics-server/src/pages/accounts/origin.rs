//! Whether a form comes from a page of our own. A form before the sign-in has no token yet, and
//! another site that signs somebody in under its own name would read along afterwards.

use crate::proxy::is_own;
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// Whether the browser says that another site made it send this. One that says nothing, such as a
/// program, is let through: it has no session that could be used against anybody.
pub(super) fn foreign(trust_proxy: bool, headers: &HeaderMap) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        foreign(false, &headers)
    }

    #[test]
    fn only_an_own_page_may_sign_somebody_in() {
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
