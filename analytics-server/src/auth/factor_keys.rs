//! The keys of second factors as they are stored: encrypted, each for its person. Those that an earlier
//! version left as they were, and those sealed with an older key, are sealed in small portions while
//! the server works.

use crate::sealing::{Sealing, SealingError};
use crate::state::App;
use crate::storage::{Store, StoreError};
use std::time::Duration;

/// People whose keys are looked at in one step.
const PORTION: i64 = 100;
/// How often they are looked at: a server of the version before may still run beside this one and
/// keep new keys as they are, or another one may seal with a key that this one lacks.
const EVERY: Duration = Duration::from_hours(1);

/// What a key is sealed for.
fn sealed_for(user: i64) -> String {
    format!("users {user} totp")
}

/// A key of a person as it is stored.
pub fn seal(sealing: &Sealing, user: i64, secret: &[u8]) -> Result<Vec<u8>, SealingError> {
    sealing.seal(&sealed_for(user), secret)
}

/// The key of a person, decrypted from its stored form.
pub fn open(sealing: &Sealing, user: i64, kept: &[u8]) -> Result<Vec<u8>, SealingError> {
    sealing.open(&sealed_for(user), kept).map(|opened| opened.secret)
}

/// Numbers of stored keys by what was done with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Sealed just now.
    pub sealed: u64,
    /// They can not be opened with the keys of this server.
    pub unreadable: u64,
    /// They wait as they are, since there is no key to seal with.
    pub plain: u64,
}

/// Seals what is not sealed with the first key.
pub async fn seal_stored_keys(store: &Store, sealing: &Sealing) -> Result<Sealed, StoreError> {
    let (mut done, mut after) = (Sealed::default(), 0);
    loop {
        let portion = store.factor_keys(after, PORTION).await?;
        let Some(last) = portion.last() else { return Ok(done) };
        after = last.user;
        for keys in portion {
            for kept in [keys.secret, keys.offered].into_iter().flatten() {
                let sealed_for = sealed_for(keys.user);
                let fresh = match sealing.open(&sealed_for, &kept) {
                    Err(_) => {
                        done.unreadable += 1;
                        continue;
                    }
                    Ok(opened) if opened.is_current => continue,
                    Ok(opened) => sealing.seal(&sealed_for, &opened.secret),
                };
                match fresh {
                    Ok(fresh) => {
                        store.put_factor_key(keys.user, &kept, &fresh).await?;
                        done.sealed += 1;
                    }
                    Err(_) => done.plain += 1,
                }
            }
        }
    }
}

/// Does so at the start and every hour, and logs which keys can not be decrypted.
pub async fn watch(app: App) {
    loop {
        match seal_stored_keys(&app.store, &app.sealing).await {
            Ok(done) => tell(done),
            Err(error) => tracing::warn!(%error, "keys of second factors were not looked at"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

fn tell(done: Sealed) {
    if done.sealed > 0 {
        tracing::info!(keys = done.sealed, "keys of second factors were sealed");
    }
    if done.unreadable > 0 {
        tracing::error!(
            keys = done.unreadable,
            "keys of second factors were sealed with a key that this server does not have: add its \
             line to secrets_key_file (from the other server, or from where its copy is kept) and \
             restart. Until then those people sign in with a recovery code; if the key is lost, \
             “analytics-server user factor NAME” takes a second factor away"
        );
    }
    if done.plain > 0 {
        tracing::error!(
            keys = done.plain,
            "keys of second factors are not sealed: there is no key"
        );
    }
}
