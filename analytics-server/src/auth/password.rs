//! Passwords: how they are kept and compared.

use crate::pin::{PinError, hash as keep};
use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;

/// The hash under which a password is kept: argon2id in PHC form, with the cost of a PIN's.
pub fn hash(password: &str) -> Result<String, PinError> {
    keep(password)
}

/// Whether a password is the one of a hash. It takes some tens of milliseconds.
pub fn holds(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_holds_for_its_hash_alone() {
        let hash = hash("mật khẩu rất dài").unwrap();
        assert!(holds("mật khẩu rất dài", &hash));
        assert!(!holds("mật khẩu rất dai", &hash) && !holds("", &hash) && !holds("x", "no hash"));
    }
}
