//! `ETag`s: what a page or an answer is made of, in a few letters, so that an unchanged one is not
//! sent again.

/// The tag of bytes: half of their BLAKE3 digest, 128 bits, in quotation marks.
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(bytes).to_hex()[..32])
}
