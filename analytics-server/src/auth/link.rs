//! Links with which a person sets a password: shown once, valid once, for two days.

use super::session::SessionError;
use crate::clock::random;
use crate::storage::users::User;
use crate::storage::{Store, StoreError};

/// How long a link is valid, in milliseconds: two days. A person who gets it in the morning has enough
/// time; one who gets it on a Friday evening asks for a new one.
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

/// Whose link an address holds, while it can be used, with the hash of its token.
pub async fn owner(
    store: &Store,
    token: &str,
    now: i64,
) -> Result<Option<(User, [u8; 32])>, StoreError> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let link = store.password_link(hash).await?;
    let good = link.filter(|link| link.used_at.is_none() && link.expires_at > now);
    let Some(link) = good else { return Ok(None) };
    let user = store.user(link.user).await?.filter(|user| user.retired_at.is_none());
    Ok(user.map(|user| (user, hash)))
}

/// The hash under which the token of an address is kept; none: it is no token.
fn hash_of(token: &str) -> Option<[u8; 32]> {
    let bytes = hex::decode(token).ok()?;
    (bytes.len() == 32).then(|| blake3::derive_key(CONTEXT, &bytes))
}
