//! The second factor: codes of an app that shares a key with us (RFC 6238: SHA-1, six digits,
//! thirty seconds, which every app knows), and recovery codes for the day when the phone is lost.

use crate::clock::random;
use crate::enrolment::plain_code;
use crate::qr;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Bytes of a key: the length of SHA-1, as RFC 4226 asks for.
const SECRET_BYTES: usize = 20;
/// Seconds of one code.
const STEP_S: u64 = 30;
/// How many recovery codes one gets: enough for years.
const CODES: usize = 10;
/// What the hash of a recovery code begins with, so that it can be no other hash.
const CONTEXT: &str = "hai-long recovery code v1";
/// How an app names us.
const ISSUER: &str = "Hài Lòng";
/// Letters of a recovery code and of a group of it: 80 bits, which nobody finds from a hash.
const LETTERS: (usize, usize) = (16, 4);
/// Letters and digits that can not be taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A fresh key.
pub fn fresh_secret() -> Result<[u8; SECRET_BYTES], getrandom::Error> {
    random()
}

fn totp(secret: &[u8], name: &str) -> Option<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        // One step to either side: clocks of phones differ, and typing takes a while.
        .with_skew(1)
        .with_step_duration(STEP_S)
        .with_secret(Secret::from(secret))
        // A colon would end the name in the address that apps read.
        .with_account_name(name.replace(':', "."))
        .with_issuer(Some(ISSUER))
        .build()
        .ok()
}

/// The time step whose code this is, now; none: it is wrong.
pub fn step_of(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = u64::try_from(now / 1000).ok()?;
    let counter = totp(secret, "x")?.check(&digits, seconds)?;
    i64::try_from(counter).ok()
}

/// A key as an app can read it: typed, and as a picture (SVG) of the address that apps know.
pub fn shown(secret: &[u8], name: &str) -> Option<(String, String)> {
    let key = Secret::from(secret).to_base32();
    let groups: Vec<&str> =
        key.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    let address = totp(secret, name)?.to_url().ok()?;
    Some((groups.join(" "), qr::svg(&address)?))
}

/// Fresh recovery codes and the hashes under which they are kept.
pub fn fresh_codes() -> Result<(Vec<String>, Vec<[u8; 32]>), getrandom::Error> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let bytes: [u8; LETTERS.0] = random()?;
        let letters: Vec<char> =
            bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let groups: Vec<String> = letters.chunks(LETTERS.1).map(String::from_iter).collect();
        codes.push(groups.join("-"));
    }
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    Ok((codes, hashes))
}

/// The hash that is stored of a recovery code. Spacing and case of what was typed make no difference.
pub fn recovery_hash(code: &str) -> [u8; 32] {
    blake3::derive_key(CONTEXT, plain_code(code).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")]
        {
            let step = step_of(secret, code, seconds * 1000);
            assert_eq!(step, Some(seconds / 30), "{code}");
            assert_eq!(step_of(secret, code, (seconds + 30) * 1000), step, "a late one");
            assert_eq!(step_of(secret, code, (seconds + 90) * 1000), None, "too late");
        }
        assert_eq!(step_of(secret, " 287 082 ", 59_000), Some(1));
        for odd in ["", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(step_of(secret, odd, 59_000), None, "{odd}");
        }
    }

    #[test]
    fn a_key_is_shown_as_apps_read_it() {
        let (key, picture) = shown(b"12345678901234567890", "phu-trach").unwrap();
        assert_eq!(key, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(picture.starts_with("<svg") && !picture.contains("style="));
        assert!(shown(b"12345678901234567890", "a:b").is_some());
    }

    #[test]
    fn recovery_codes_can_be_typed_as_they_are_read() {
        let (codes, hashes) = fresh_codes().unwrap();
        assert_eq!((codes.len(), hashes.len()), (10, 10));
        assert_eq!(recovery_hash(&codes[0].to_lowercase().replace('-', " ")), hashes[0]);
        assert_ne!(hashes[0], hashes[1]);
    }
}
