//! The key that tablets seal their exported journals to. It follows from the installation's own secret,
//! so it is in every backup from the first day on, moves along to another database, and is the same for
//! all servers of one. A restored server opens what was sealed for the one before.

use super::{Store, StoreError, reading};
use protocol::sealed_file::PublicKey;

/// What BLAKE3 derives the key for: no other use of the secret gives the same.
const CONTEXT: &str = "hai-long 2026-11-27 secret key of exported journals v1";

impl Store {
    /// The secret key (X25519) that exported journals are opened with.
    pub async fn export_secret(&self) -> Result<[u8; 32], StoreError> {
        let secret: Vec<u8> = reading!(self, pool => {
            sqlx::query_scalar("select secret from installation").fetch_one(pool).await?
        });
        Ok(blake3::derive_key(CONTEXT, &secret))
    }

    /// The public key that tablets seal to.
    pub async fn export_key(&self) -> Result<PublicKey, StoreError> {
        let secret = self.export_secret().await?;
        PublicKey::of(&secret).map_err(|_| StoreError::Meaningless("installation"))
    }
}
