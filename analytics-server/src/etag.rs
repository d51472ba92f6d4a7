//! `ETag`s: what a page or an answer is made of, in a few letters, so that an unchanged one is not
//! sent again.

use axum::http::HeaderMap;
use axum_extra::headers::{ETag, HeaderMapExt as _, IfNoneMatch};

/// The tag of bytes: half of their BLAKE3 digest, 128 bits, in quotation marks.
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(bytes).to_hex()[..32])
}

/// Whether the client already has what this tag stands for. `If-None-Match` may name several tags, and
/// weak ones: a proxy that compresses an answer makes its tag weak (RFC 9110, 13.1.2).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let Ok(tag) = tag.parse::<ETag>() else { return false };
    headers.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(&tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::IF_NONE_MATCH;

    #[test]
    fn a_tag_is_known_among_several_and_when_a_proxy_made_it_weak() {
        let tag = etag(b"a page");
        let other = etag(b"another page");
        for (sent, known) in [
            (tag.clone(), true),
            (format!("W/{tag}"), true),
            (format!("{other}, {tag}"), true),
            (format!("{other}, W/{tag}"), true),
            ("*".to_owned(), true),
            (other.clone(), false),
            (tag.trim_matches('"').to_owned(), false),
            (String::new(), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(IF_NONE_MATCH, sent.parse().unwrap());
            assert_eq!(is_known(&headers, &tag), known, "{sent}");
        }
        assert!(!is_known(&HeaderMap::new(), &tag));
    }
}
