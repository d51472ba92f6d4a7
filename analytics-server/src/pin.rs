//! PINs: what an officer or a technician types at a tablet. Only their hashes are kept; a tablet
//! checks against them without a network.

use crate::clock::random;
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use protocol::limits::PIN_DIGITS;

/// Digits of an officer's PIN where one is made.
pub const OFFICER_DIGITS: usize = 4;

/// Digits of a technician's PIN, at least: it opens every tablet of the centre.
pub const TECHNICIAN_DIGITS: usize = 6;

/// Memory in KiB, passes and lanes: what OWASP names for argon2id (Password Storage Cheat Sheet).
/// A counter's tablet checks one in a fraction of a second.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Why a PIN is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// Letters, too short or too long.
    #[error("a PIN has {least} to {most} digits and nothing else; choose another", most = PIN_DIGITS.end())]
    Digits {
        /// The shortest that is allowed here.
        least: usize,
    },
    /// The first that anybody tries.
    #[error(
        "a PIN of one digit, or of digits in a row such as 1234, is guessed at once; choose another"
    )]
    Trivial,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes ({0}); no PIN can be kept without")]
    Random(#[from] getrandom::Error),
    /// The hash could not be made.
    #[error("the PIN could not be hashed: {0}")]
    Hash(String),
}

/// Whether a PIN that somebody chose can be taken.
pub fn check(pin: &str, least: usize) -> Result<(), PinError> {
    let most = *PIN_DIGITS.end();
    if !(least..=most).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PinError::Digits { least });
    }
    let steps: Vec<i16> =
        pin.as_bytes().windows(2).map(|two| i16::from(two[1]) - i16::from(two[0])).collect();
    if [0, 1, -1].iter().any(|step| steps.iter().all(|one| one == step)) {
        return Err(PinError::Trivial);
    }
    Ok(())
}

/// A random PIN of so many digits, at most eight.
pub fn fresh(digits: usize) -> Result<String, PinError> {
    loop {
        let number = u64::from_le_bytes(random()?) % 100_000_000;
        let pin = format!("{number:08}").split_off(8_usize.saturating_sub(digits));
        if check(&pin, digits).is_ok() {
            return Ok(pin);
        }
    }
}

/// The hash under which a PIN is kept: argon2id in PHC form.
pub fn hash(pin: &str) -> Result<String, PinError> {
    let (memory, passes, lanes) = COST;
    let told = |error: &dyn std::fmt::Display| PinError::Hash(error.to_string());
    let params = Params::new(memory, passes, lanes, None).map_err(|error| told(&error))?;
    let salt: [u8; 16] = random()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash =
        argon.hash_password_with_salt(pin.as_bytes(), &salt).map_err(|error| told(&error))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier;
    use argon2::password_hash::phc::PasswordHash;

    #[test]
    fn trivial_and_odd_pins_are_refused() {
        for pin in ["1357", "246810", "0007", "98760123", "1243"] {
            assert!(check(pin, OFFICER_DIGITS).is_ok(), "{pin}");
        }
        for pin in ["0000", "1234", "4321", "123456", "999999", "12345678"] {
            assert!(matches!(check(pin, OFFICER_DIGITS), Err(PinError::Trivial)), "{pin}");
        }
        for pin in ["", "135", "135724680", "13a7", "１３５７", "-135"] {
            assert!(matches!(check(pin, OFFICER_DIGITS), Err(PinError::Digits { .. })), "{pin}");
        }
        let short = check("1357", TECHNICIAN_DIGITS).unwrap_err().to_string();
        assert!(short.contains("6 to 8 digits"), "{short}");
    }

    #[test]
    fn a_fresh_pin_is_never_trivial() {
        for _ in 0..2_000 {
            let pin = fresh(OFFICER_DIGITS).unwrap();
            assert_eq!(pin.len(), OFFICER_DIGITS);
            check(&pin, OFFICER_DIGITS).unwrap();
        }
    }

    #[test]
    fn a_hash_tells_its_cost_and_holds_for_its_pin_alone() {
        let text = hash("1357").unwrap();
        assert!(text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{text}");
        assert_ne!(text, hash("1357").unwrap(), "each has its own salt");
        let parsed = PasswordHash::new(&text).unwrap();
        let argon = Argon2::default();
        assert!(argon.verify_password(b"1357", &parsed).is_ok());
        assert!(argon.verify_password(b"1358", &parsed).is_err());
    }
}
