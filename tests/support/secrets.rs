//! Secrets that pass through the tests' support, so that the log of every server that it starts can
//! be looked through for them. A log is read by more people than the database, and kept elsewhere.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// All that were issued or seen in this process.
static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Shorter ones are looked for as whole words: four digits also stand in the middle of a moment.
const LONG: usize = 8;

/// Remembers a secret: a password, cookie, code, key or token. Gives it back.
pub fn keep(secret: impl Into<String>) -> String {
    let secret = secret.into();
    if !secret.is_empty() {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(secret.clone());
    }
    secret
}

/// Remembers the secrets in what a program was told or said: links for passwords, tokens of other
/// software, enrolment codes, PINs that follow `--pin` or that were made, passwords of databases.
pub fn keep_all_of(text: &str) {
    for word in words(text) {
        if let Some(link) = word.split_once("/password/").map(|(_, token)| token) {
            keep(link.split(['?', '#']).next().unwrap_or(link));
        }
        if is_token(word) || is_code(word) {
            keep(word);
        }
        if let Some(password) = password_of(word) {
            keep(password);
        }
    }
    let pairs = words(text).zip(words(text).skip(1));
    for (_, pin) in pairs.filter(|(before, _)| *before == "--pin" || *before == "PIN") {
        keep(pin.trim_end_matches(['.', ',', ';']));
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(['“', '”', '"', '\'']))
}

/// Such as `hl_9f…`.
fn is_token(word: &str) -> bool {
    word.strip_prefix("hl_").is_some_and(|rest| rest.len() == 64 && is_hex(rest))
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Such as `7KQ2-M9XF`.
fn is_code(word: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    word.split_once('-').is_some_and(|(first, last)| {
        [first, last].iter().all(|half| half.len() == 4 && half.bytes().all(sign))
    })
}

/// The password in an address such as `postgres://user:password@host/name`.
fn password_of(word: &str) -> Option<&str> {
    let (_, rest) = word.split_once("://")?;
    let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password).filter(|password| !password.is_empty())
}

/// The lines of a log that hold a secret that was kept.
pub fn lines_with_secrets(log: &str) -> Vec<String> {
    let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let told = |line: &&str| seen.iter().any(|secret| holds(line, secret));
    log.lines().filter(told).map(str::to_owned).collect()
}

/// Whether a line holds a secret, also as it stands in an address.
fn holds(line: &str, secret: &str) -> bool {
    if secret.chars().count() >= LONG {
        let packed: String = secret
            .bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                byte if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                    char::from(byte).to_string()
                }
                byte => format!("%{byte:02X}"),
            })
            .collect();
        return line.contains(secret) || line.contains(&packed);
    }
    line.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_secret_in_a_log_is_found() {
        let link = "ab".repeat(32);
        let token = format!("hl_{}", "0123456789abcdef".repeat(4));
        keep_all_of(&format!("https://server/password/{link}?lang=en"));
        keep_all_of(&format!("copy the token now:\n{token}"));
        keep_all_of("the code 7KQ2-M9XF works within two days");
        keep_all_of("officer pin --officer CC001 --pin 8642");
        keep_all_of("--database postgres://user:gehe%40im77@host/name");
        keep("trời mưa ở quầy số bảy");
        keep("JBSWY3DPEHPK3PXP");
        for said in [
            format!("GET /password/{link} 200"),
            format!("token={token}"),
            "enrolled with 7KQ2-M9XF".into(),
            "pin 8642 is wrong".into(),
            "postgres://user:gehe%40im77@host/name does not answer".into(),
            "password: trời mưa ở quầy số bảy".into(),
            "POST name=a&password=tr%E1%BB%9Di+m%C6%B0a+%E1%BB%9F+qu%E1%BA%A7y+s%E1%BB%91+b%E1%BA%A3y"
                .into(),
            "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP".into(),
        ] {
            let log = format!("first line\n{said}\nlast line");
            assert_eq!(lines_with_secrets(&log), [said]);
        }
        let harmless =
            "2026-11-26T20:05:14.286425Z INFO access: POST /password/{token} 200 186420 ms";
        assert!(lines_with_secrets(harmless).is_empty());
    }
}
