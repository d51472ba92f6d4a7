//! Seals secrets that the server has to read again, such as the keys of second factors: a copy of
//! the database alone does not tell them. AES-256 in Galois/Counter Mode; the keys lie in a file
//! beside the database (`secrets_key_file`), one a line. The first seals, every one opens, so that
//! keys can be changed and those of two servers put together.

use crate::clock::random;
use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Name of the file in the data directory where no other is configured.
pub const FILE: &str = "secrets.key";
/// Bytes of a key.
const KEY_BYTES: usize = 32;
/// Bytes of a nonce (NIST SP 800-38D). Random ones are safe for 2^32 secrets under one key; a
/// centre has some hundreds.
const NONCE_BYTES: usize = 12;
/// Bytes by which GCM tells that something was changed.
const TAG_BYTES: usize = 16;
/// What everything that was sealed begins with. Keys of second factors have 20 bytes, so that no
/// plain one is as long as the shortest sealed one.
const MARK: &[u8] = b"sealed1:";

/// Why something can not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// There is no key.
    #[error("there is no key for secrets; see the log of the server's start")]
    NoKey,
    /// It was sealed with another key, for another place, or was changed.
    #[error("a secret was sealed with another key")]
    OtherKey,
    /// The file is there and can not be read or written.
    #[error(
        "the key for secrets {path} can not be used: {cause}. Second factors can neither be checked \
         (recovery codes can) nor set up. Let the server's user read and write it, then restart"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file has a line that is no key.
    #[error(
        "{path}, line {line}: a key is 64 hexadecimal digits. Second factors can neither be checked \
         (recovery codes can) nor set up. Put the file back from its copy, then restart"
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// Which one, from 1.
        line: usize,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes ({0}); nothing can be sealed without")]
    Random(#[from] getrandom::Error),
}

/// A secret that was opened.
#[derive(Debug, PartialEq, Eq)]
pub struct Opened {
    /// The secret.
    pub secret: Vec<u8>,
    /// Whether it was sealed with the first key; otherwise it should be sealed anew.
    pub is_current: bool,
}

/// The keys. Without any nothing can be sealed, and only what never was can be opened.
#[derive(Default)]
pub struct Sealing {
    keys: Vec<Aes256Gcm>,
}

impl Sealing {
    /// Reads the keys of a file, or makes one with a fresh key where there is no file.
    pub fn read_or_create(path: &Path) -> Result<Self, SealingError> {
        let broken = |cause| SealingError::File { path: path.into(), cause };
        match fs::read_to_string(path) {
            Ok(text) => Self::read(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(path)?;
                // Another process may have been quicker: what lies there now holds for both.
                Self::read(&fs::read_to_string(path).map_err(broken)?, path)
            }
            Err(cause) => Err(broken(cause)),
        }
    }

    /// One fresh key that nobody else has: for tests.
    pub fn fresh() -> Result<Self, SealingError> {
        let key: [u8; KEY_BYTES] = random()?;
        Ok(Self { keys: vec![Aes256Gcm::new(&key.into())] })
    }

    fn read(text: &str, path: &Path) -> Result<Self, SealingError> {
        let mut keys = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let bytes = hex::decode(line).ok();
            let key = bytes.and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
            let wrong = || SealingError::Line { path: path.into(), line: number };
            keys.push(Aes256Gcm::new(&key.ok_or_else(wrong)?.into()));
        }
        if keys.is_empty() {
            return Err(SealingError::Line { path: path.into(), line: 1 });
        }
        Ok(Self { keys })
    }

    /// Seals a secret. `place` names what it belongs to (table and row): elsewhere it can not be
    /// opened.
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealingError> {
        let key = self.keys.first().ok_or(SealingError::NoKey)?;
        let nonce: [u8; NONCE_BYTES] = random()?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed = key.encrypt(&nonce.into(), payload).map_err(|_| SealingError::NoKey)?;
        Ok([MARK, nonce.as_slice(), sealed.as_slice()].concat())
    }

    /// Opens what was sealed for this place. What an earlier version kept unsealed is taken as it
    /// is, and is not current.
    pub fn open(&self, place: &str, kept: &[u8]) -> Result<Opened, SealingError> {
        let Some((nonce, sealed)) = parts(kept) else {
            return Ok(Opened { secret: kept.to_vec(), is_current: false });
        };
        if self.keys.is_empty() {
            return Err(SealingError::NoKey);
        }
        for (number, key) in self.keys.iter().enumerate() {
            let payload = Payload { msg: sealed, aad: place.as_bytes() };
            if let Ok(secret) = key.decrypt(&nonce.into(), payload) {
                return Ok(Opened { secret, is_current: number == 0 });
            }
        }
        Err(SealingError::OtherKey)
    }

    /// Whether there is a key.
    pub fn has_key(&self) -> bool {
        !self.keys.is_empty()
    }
}

impl std::fmt::Debug for Sealing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Sealing with {} keys", self.keys.len())
    }
}

/// Nonce and sealed text of what was sealed; none: it never was.
fn parts(kept: &[u8]) -> Option<([u8; NONCE_BYTES], &[u8])> {
    let rest = kept.strip_prefix(MARK)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    (sealed.len() >= TAG_BYTES).then_some((*nonce, sealed))
}

/// Whether something was sealed.
pub fn is_sealed(kept: &[u8]) -> bool {
    parts(kept).is_some()
}

/// Makes a file with a fresh key, for its owner alone, at once whole. One that is there stays.
fn create(path: &Path) -> Result<(), SealingError> {
    let key: [u8; KEY_BYTES] = random()?;
    let directory = path.parent().filter(|one| !one.as_os_str().is_empty());
    let made = || -> io::Result<()> {
        // Temporary files have mode 0600.
        let mut file = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new(".")))?;
        writeln!(file, "{}", hex::encode(key))?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
            _ => Ok(()),
        }
    };
    made().map_err(|cause| SealingError::File { path: path.into(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn what_was_sealed_opens_with_its_key_at_its_place_alone() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join(FILE);
        let sealing = Sealing::read_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let secret = b"12345678901234567890";
        let sealed = sealing.seal("users 1", secret).unwrap();
        assert!(is_sealed(&sealed) && !is_sealed(secret));
        assert!(!sealed.windows(8).any(|some| some == &secret[..8]), "it is not to be read");
        assert_ne!(sealed, sealing.seal("users 1", secret).unwrap(), "each has its own nonce");
        let opened = Opened { secret: secret.to_vec(), is_current: true };
        let again = Sealing::read_or_create(&path).unwrap();
        assert_eq!(again.open("users 1", &sealed).unwrap(), opened, "after a restart, too");
        assert!(matches!(again.open("users 2", &sealed), Err(SealingError::OtherKey)));
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(matches!(again.open("users 1", &changed), Err(SealingError::OtherKey)));
        let plain = again.open("users 1", secret).unwrap();
        assert_eq!(plain, Opened { secret: secret.to_vec(), is_current: false });
        let none = Sealing::default();
        assert!(matches!(none.open("users 1", &sealed), Err(SealingError::NoKey)));
        assert!(matches!(none.seal("users 1", secret), Err(SealingError::NoKey)));
    }

    #[test]
    fn keys_can_be_changed_and_put_together() {
        let dir = tempfile::TempDir::new().unwrap();
        let (old, new) = (dir.path().join("old"), dir.path().join("new"));
        let sealed = Sealing::read_or_create(&old).unwrap().seal("a", b"secret").unwrap();
        let later = Sealing::read_or_create(&new).unwrap();
        assert!(matches!(later.open("a", &sealed), Err(SealingError::OtherKey)));
        let both = fs::read_to_string(&new).unwrap() + "\n" + &fs::read_to_string(&old).unwrap();
        fs::write(&new, both).unwrap();
        let both = Sealing::read_or_create(&new).unwrap();
        let opened = both.open("a", &sealed).unwrap();
        assert_eq!(opened, Opened { secret: b"secret".to_vec(), is_current: false });
        let anew = both.seal("a", &opened.secret).unwrap();
        assert!(later.open("a", &anew).unwrap().is_current, "the first line seals");
    }

    #[test]
    fn a_file_that_is_no_key_is_told_and_left_alone() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join(FILE);
        for (text, line) in [("", 1), ("\n\nabc\n", 3), (&*"0g".repeat(32), 1)] {
            fs::write(&path, text).unwrap();
            let said = Sealing::read_or_create(&path).unwrap_err().to_string();
            assert!(said.contains(&format!("line {line}:")) && said.contains("restart"), "{said}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let said = Sealing::read_or_create(Path::new("/no/such/secrets.key")).unwrap_err();
        assert!(said.to_string().contains("/no/such/secrets.key can not be used"), "{said}");
    }
}
