//! Links with which somebody chooses a password: handed over once, good once, for two days.

use super::session::SessionError;
use crate::clock::random;
use crate::storage::Store;

/// How long a link is good, in milliseconds: two days, so that whoever gets it on a Friday
/// evening asks for a new one, and who gets it in the morning has time.
pub const VALID_MS: i64 = 2 * 24 * 60 * 60 * 1000;
/// What the hash of a link's token begins with, so that it can be no other hash.
const CONTEXT: &str = "hai-long password link v1";

/// Makes a link for a person; its path. What the person had before is void at once.
pub async fn make(store: &Store, user: i64, actor: &str, now: i64) -> Result<String, SessionError> {
    let token: [u8; 32] = random()?;
    let hash = blake3::derive_key(CONTEXT, &token);
    store.add_password_link(hash, user, now + VALID_MS, actor, now).await?;
    Ok(format!("/password/{}", hex::encode(token)))
}

/// The hash under which the token of an address is kept; none: it is no token.
pub fn hash_of(token: &str) -> Option<[u8; 32]> {
    let bytes = hex::decode(token).ok()?;
    (bytes.len() == 32).then(|| blake3::derive_key(CONTEXT, &bytes))
}
