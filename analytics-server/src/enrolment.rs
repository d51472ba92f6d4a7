//! Enrolment codes: what an administrator reads out and a technician types once.

use crate::clock::random;

/// Letters and digits that can not be taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Eight of them are 40 bits: a guess succeeds once in 10^12.
const LENGTH: usize = 8;
/// What a code's hash begins with, so that it can be no other hash.
const CONTEXT: &str = "hai-long enrolment code v1";
/// Likewise for a bearer token.
const TOKEN_CONTEXT: &str = "hai-long tablet token v1";

/// How long a code is valid, in milliseconds: two days, so that a technician can set a tablet up
/// on the working day after it was made.
pub const VALID_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// A fresh code, such as `7KQ2-M9XF`.
pub fn fresh_code() -> Result<String, getrandom::Error> {
    let bytes: [u8; LENGTH] = random()?;
    let letters: String =
        bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    Ok(format!("{}-{}", &letters[..LENGTH / 2], &letters[LENGTH / 2..]))
}

/// The hash under which a code is kept. Case, spaces and dashes do not matter, nor do letters that
/// look like digits.
pub fn code_hash(code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    blake3::derive_key(CONTEXT, plain.as_bytes())
}

/// The hash under which a tablet's token is kept.
pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    blake3::derive_key(TOKEN_CONTEXT, token)
}

/// Compares in a time that tells nothing about where two hashes differ.
pub fn same_hash(a: &[u8; 32], b: &[u8; 32]) -> bool {
    blake3::Hash::from_bytes(*a) == blake3::Hash::from_bytes(*b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_typed_as_it_is_read() {
        let hash = code_hash("7KQ2-M9X0");
        assert_eq!(hash, code_hash("7kq2m9x0"));
        assert_eq!(hash, code_hash(" 7KQ2 M9XO "));
        assert_ne!(hash, code_hash("7KQ2-M9X1"));
    }

    #[test]
    fn codes_differ_and_keep_to_the_alphabet() {
        let code = fresh_code().unwrap();
        assert_ne!(code, fresh_code().unwrap());
        assert_eq!(code.len(), LENGTH + 1);
        assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)));
    }
}
