//! Checking a PIN against what the server keeps of it: argon2id, some tens of milliseconds by
//! intention, so never on the window's thread.

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;

/// Whether `pin` is the one of `hash` (PHC form). A hash that can not be read is nobody's.
pub fn is_right(pin: &str, hash: &str) -> bool {
    Argon2::default().verify_password(pin.as_bytes(), hash).is_ok()
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
    }
}
