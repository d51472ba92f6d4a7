//! Checking a PIN against what the server keeps of it: argon2id, some tens of milliseconds by
//! intention, so never on the window's thread.

use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params};

/// Most memory that a check may take, KiB: three times what the server asks for.
const MEMORY_KIB: u32 = 64 * 1024;
/// Most passes over it.
const PASSES: u32 = 16;

/// Whether `pin` is the one of `hash` (PHC form). A hash that can not be read, or that would take
/// the whole tablet to check, is nobody's.
pub fn is_right(pin: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let fair = Params::try_from(&hash)
        .is_ok_and(|cost| cost.m_cost() <= MEMORY_KIB && cost.t_cost() <= PASSES);
    fair && Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordHasher;

    #[test]
    fn only_the_right_pin_of_a_readable_hash_is_right() {
        let hash =
            Argon2::default().hash_password_with_salt(b"1357", b"a salt of the test").unwrap();
        let hash = hash.to_string();
        assert!(is_right("1357", &hash));
        assert!(!is_right("1358", &hash) && !is_right("", &hash));
        assert!(!is_right("1357", "") && !is_right("1357", "$argon2id$v=19$broken"));
        let dear = hash.replacen("m=19456", "m=4194304", 1);
        assert!(dear != hash && !is_right("1357", &dear), "gigabytes for one PIN");
    }
}
