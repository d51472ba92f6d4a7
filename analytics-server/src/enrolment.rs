//! Secrets that are shown to a person once: enrolment codes, which a technician types, and the tokens
//! of tablets and machines. Only hashes of them are kept.

use crate::clock::random;

/// Letters and digits that can not be taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Eight of them are 40 bits: a guess succeeds once in 10^12.
const LENGTH: usize = 8;
/// What a code's hash begins with, so that it can be no other hash.
const CONTEXT: &str = "hai-long enrolment code v1";
/// Likewise for a bearer token.
const TOKEN_CONTEXT: &str = "hai-long tablet token v1";

/// Likewise for a machine's token.
const MACHINE_CONTEXT: &str = "hai-long machine token v1";
/// What a machine's token begins with, so that it is known for one wherever it turns up.
const MACHINE_PREFIX: &str = "hl_";

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
    blake3::derive_key(CONTEXT, plain_code(code).as_bytes())
}

/// A code as it is compared: without the differences in how it can be typed.
pub(crate) fn plain_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The hash under which a tablet's token is kept.
pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
    blake3::derive_key(TOKEN_CONTEXT, token)
}

/// A fresh token for a machine, such as `hl_9f…`: 256 bits.
pub fn fresh_machine_token() -> Result<String, getrandom::Error> {
    let bytes: [u8; 32] = random()?;
    Ok(format!("{MACHINE_PREFIX}{}", hex::encode(bytes)))
}

/// The hash under which a machine's token is kept; none when the text is no such token.
pub fn machine_hash(token: &str) -> Option<[u8; 32]> {
    let bytes = hex::decode(token.strip_prefix(MACHINE_PREFIX)?).ok()?;
    (bytes.len() == 32).then(|| blake3::derive_key(MACHINE_CONTEXT, &bytes))
}

/// Compares in constant time, so that the time reveals nothing about where two hashes differ.
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
    fn a_machines_token_is_told_by_its_form() {
        let token = fresh_machine_token().unwrap();
        assert!(token.starts_with("hl_") && token.len() == 67);
        assert!(machine_hash(&token).is_some());
        assert_ne!(machine_hash(&token), machine_hash(&fresh_machine_token().unwrap()));
        for other in ["", "hl_", "hl_00", &token[3..], &format!("{token}00")] {
            assert_eq!(machine_hash(other), None, "{other}");
        }
    }

    #[test]
    fn codes_differ_and_keep_to_the_alphabet() {
        let code = fresh_code().unwrap();
        assert_ne!(code, fresh_code().unwrap());
        assert_eq!(code.len(), LENGTH + 1);
        assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)));
    }
}
