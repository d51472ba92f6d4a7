//! Bytes packed as gzip, RFC 1952.

use flate2::Compression;
use flate2::read::GzEncoder;
use std::io::Read as _;

/// The bytes, packed.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // Bytes in memory can always be read.
    let read = GzEncoder::new(bytes, Compression::default()).read_to_end(&mut packed);
    debug_assert!(read.is_ok());
    packed
}
