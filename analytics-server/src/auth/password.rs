//! Passwords: which can be chosen, how they are kept and compared. A letter can be written in
//! Unicode in two ways, and keyboards differ: everything is brought to one (NFC) before.

use crate::pin::{PinError, hash as keep};
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{LazyLock, Mutex, PoisonError};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Letters, at least. No other rule: length is what helps, and rules on digits and signs lead to
/// `Matkhau@123` (NIST SP 800-63B).
pub const LEAST: usize = 10;
/// Letters, at most: hashing must not be made to take long.
pub const MOST: usize = 200;
/// The passwords that are tried first, in small letters and without spaces.
const COMMON: &str = include_str!("common.txt");

/// How many are hashed at one moment: each takes 19 MiB, and guesses must not fill the memory.
static PLACES: Semaphore = Semaphore::const_new(4);

/// The memory of those that are hashed, 19 MiB each: never more than there are places.
static BUFFERS: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// Compared with where there is no password, so that an unknown name takes as long as a known one.
static DUMMY: LazyLock<Option<String>> = LazyLock::new(|| keep("nobody has this one").ok());

/// Why a password can not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Under [`LEAST`] letters.
    #[error("the password is too short")]
    Short,
    /// Over [`MOST`] letters.
    #[error("the password is too long")]
    Long,
    /// One of those that are tried first.
    #[error("the password is a common one")]
    Common,
    /// The user name.
    #[error("the password is the user name")]
    Name,
}

/// Whether the person of a name can choose a password.
pub fn check(password: &str, name: &str) -> Result<(), PasswordFault> {
    let password: String = password.nfc().collect();
    let letters = password.chars().count();
    if letters < LEAST {
        return Err(PasswordFault::Short);
    }
    if letters > MOST {
        return Err(PasswordFault::Long);
    }
    let bare = |text: &str| -> String {
        text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let plain = bare(&password);
    if plain == bare(name) {
        return Err(PasswordFault::Name);
    }
    let first = plain.chars().next();
    let one_letter = plain.chars().all(|letter| Some(letter) == first);
    if one_letter || COMMON.lines().any(|common| common == plain) {
        return Err(PasswordFault::Common);
    }
    Ok(())
}

/// The hash under which a password is kept: argon2id in PHC form, with the cost of a PIN's.
pub async fn hash(password: String) -> Result<String, PinError> {
    let work = move || keep(&password.nfc().collect::<String>());
    let died = |_| PinError::Hash("the work was given up".to_owned());
    let _place = PLACES.acquire().await;
    tokio::task::spawn_blocking(work).await.map_err(died)?
}

/// Whether a password is the one of a hash. It takes some tens of milliseconds.
fn holds(password: &str, hash: &str) -> bool {
    let password: String = password.nfc().collect();
    PasswordHash::new(hash).is_ok_and(|hash| compare(&password, &hash).unwrap_or(false))
}

/// The comparison of `argon2`, with memory that is used again. What the allocator gets back between
/// thousands of guesses it keeps, each time in another place.
fn compare(password: &str, hash: &PasswordHash) -> Option<bool> {
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = Version::try_from(hash.version?).ok()?;
    let params = Params::try_from(hash).ok()?;
    let mut buffer = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let blocks = buffer.get_or_insert_default();
    blocks.resize(params.block_count().max(blocks.len()), Block::default());
    let mut out = vec![0; expected.as_ref().len()];
    let argon = Argon2::new(algorithm, version, params);
    let made = argon.hash_password_into_with_memory(
        password.as_bytes(),
        salt.as_ref(),
        &mut out,
        blocks.as_mut_slice(),
    );
    BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).extend(buffer);
    // Compared in constant time by its type.
    Some(made.is_ok() && Output::new(&out).is_ok_and(|out| out == *expected))
}

/// Whether a password is the one of a hash. Without a hash it is not, after the same time.
pub async fn holds_any(password: String, hash: Option<String>) -> bool {
    if password.chars().count() > MOST {
        return false;
    }
    let work = move || {
        let known = hash.is_some();
        let hash = hash.as_deref().or(DUMMY.as_deref());
        let held = hash.is_some_and(|hash| holds(&password, hash));
        known && held
    };
    let _place = PLACES.acquire().await;
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_holds_for_its_hash_alone() {
        let hash = hash("mật khẩu rất dài".to_owned()).await.unwrap();
        assert!(holds("mật khẩu rất dài", &hash));
        assert!(!holds("mật khẩu rất dai", &hash) && !holds("", &hash) && !holds("x", "no hash"));
        let parted: String = "mật khẩu rất dài".nfd().collect();
        assert!(holds(&parted, &hash), "however the keyboard writes its letters");
        assert!(!holds_any("nobody has this one".to_owned(), None).await);
    }

    #[test]
    fn what_is_guessed_first_can_not_be_chosen() {
        use PasswordFault as F;
        for (password, fault) in [
            ("ngắn quá", F::Short),
            ("Mật khẩu 123", F::Common),
            ("MatKhau123", F::Common),
            ("1234567890", F::Common),
            ("aaaaaaaaaaaa", F::Common),
            ("Phu-Trach-Mot", F::Name),
        ] {
            assert_eq!(check(password, "phu-trach-mot"), Err(fault), "{password}");
        }
        assert_eq!(check(&"x1".repeat(101), "a"), Err(F::Long));
        assert_eq!(check("trời mưa ở quầy số bảy", "phu-trach"), Ok(()));
        // Ten letters as they are seen, not as they are written.
        let nine: String = "ếếếếếếếếế".nfd().collect();
        assert_eq!(check(&nine, "a"), Err(F::Short));
    }

    #[test]
    fn the_list_is_written_as_it_is_compared() {
        for line in COMMON.lines() {
            let plain: String = line.nfc().collect::<String>().to_lowercase();
            assert!(line == plain && line.chars().count() >= LEAST - 1, "{line}");
            assert!(!line.contains(char::is_whitespace), "{line}");
        }
    }
}
