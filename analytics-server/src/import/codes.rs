//! Codes, letter by letter. A spreadsheet program makes numbers, dates and TRUE of them and takes
//! their zeros away; what may have happened is told, and never becomes a second entry.

use super::kind::Kind;
use super::outcome::{Doubt, Reason};
use super::words::short;
use std::collections::HashMap;

/// Letters of a code; the longest known one, of a procedure, has twelve.
pub(crate) const CODE: usize = 64;

/// Digits that a spreadsheet program keeps of a number.
const KEPT_DIGITS: usize = 15;

/// The codes of a list, each with what stands under it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes<T> {
    exact: HashMap<String, T>,
    /// One of the codes that are the same but for zeros, spaces and case.
    alike: HashMap<String, String>,
}

impl<T> Codes<T> {
    /// Adds a code, or puts something else under it.
    pub fn insert(&mut self, code: &str, value: T) {
        self.exact.insert(code.to_owned(), value);
        self.alike.entry(bare(code)).or_insert_with(|| code.to_owned());
    }

    /// What stands under exactly this code.
    pub fn get(&self, code: &str) -> Option<&T> {
        self.exact.get(code)
    }

    /// The same, or why not.
    pub fn find(&self, what: Kind, code: &str, doubt: Option<Doubt>) -> Result<&T, Reason> {
        if let Some(found) = self.exact.get(code) {
            return Ok(found);
        }
        self.near(code)?;
        Err(match doubt {
            Some(doubt) => Reason::Doubtful { code: short(code), doubt },
            None => Reason::Unknown { what, code: short(code) },
        })
    }

    /// Whether a code that is not there may become one.
    pub fn may_be_new(&self, code: &str, doubt: Option<Doubt>) -> Result<(), Reason> {
        if self.exact.contains_key(code) {
            return Ok(());
        }
        self.near(code)?;
        match doubt {
            Some(doubt) => Err(Reason::Doubtful { code: short(code), doubt }),
            None => Ok(()),
        }
    }

    /// Fails where a code differs from a known one only by zeros, spaces or case.
    fn near(&self, code: &str) -> Result<(), Reason> {
        match self.alike.get(&bare(code)) {
            Some(known) => Err(Reason::Near { code: short(code), known: short(known) }),
            None => Ok(()),
        }
    }
}

impl<T> FromIterator<(String, T)> for Codes<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(all: I) -> Self {
        let (exact, alike) = (HashMap::new(), HashMap::new());
        let mut codes = Self { exact, alike };
        for (code, value) in all {
            codes.insert(&code, value);
        }
        codes
    }
}

/// A code without what typing and spreadsheets change: spaces, case, and of a number its zeros at
/// both ends and its decimal sign's way of writing.
fn bare(code: &str) -> String {
    let bare: String =
        code.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let number = bare.replace(',', ".");
    let parts: Vec<&str> = number.split('.').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, after) = match parts.as_slice() {
        [whole] => (*whole, ""),
        [whole, after] => (*whole, *after),
        _ => return bare,
    };
    if number.is_empty() || ![whole, after].iter().all(digits) {
        return bare;
    }
    let (whole, after) = (whole.trim_start_matches('0'), after.trim_end_matches('0'));
    if after.is_empty() { format!("{whole}.") } else { format!("{whole}.{after}") }
}

/// What a text that stands in the place of a code was made into, by its look: a CSV file has
/// nothing else to tell it by.
pub(super) fn doubt_of(code: &str) -> Option<Doubt> {
    if ["true", "false"].iter().any(|word| code.eq_ignore_ascii_case(word)) {
        return Some(Doubt::YesNo);
    }
    if is_scientific(code) || is_cut(code) {
        return Some(Doubt::Number);
    }
    is_date(code).then_some(Doubt::Date)
}

/// `1.2E+15`, as a wide number is shown.
fn is_scientific(code: &str) -> bool {
    let Some((number, power)) = code.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.replace(',', ".");
    let mut parts = number.split('.');
    let (whole, after) = (parts.next().unwrap_or_default(), parts.next());
    let plain = parts.next().is_none() && digits(whole) && after.is_none_or(digits);
    plain && power.strip_prefix(['+', '-']).is_some_and(digits)
}

/// A number of more digits than are kept, with nothing but zeros behind those.
fn is_cut(code: &str) -> bool {
    let digits = code.len() > KEPT_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
    digits && code.bytes().skip(KEPT_DIGITS).all(|byte| byte == b'0')
}

/// `02/01/2026`, `2026-01-02 00:00:00`, `02-Jan`: dates that stand where a code should.
fn is_date(code: &str) -> bool {
    let date = code.split_whitespace().next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['/', '-']).collect();
    let number = |part: &str, digits: &[usize]| {
        digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let month = |part: &str| {
        let names =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        names.contains(&part.to_ascii_lowercase().as_str())
            || part.to_lowercase().starts_with("thg")
    };
    match parts.as_slice() {
        [a, b, year] if number(year, &[4]) => {
            number(a, &[1, 2]) && (number(b, &[1, 2]) || month(b))
        }
        [year, b, c] if number(year, &[4]) => number(b, &[1, 2]) && number(c, &[1, 2]),
        [a, b] => (number(a, &[1, 2]) && month(b)) || (month(a) && number(b, &[1, 2, 4])),
        [a, b, c] => number(a, &[1, 2]) && month(b) && number(c, &[2]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_lost_its_zeros_is_told_beside_the_one_it_was() {
        let codes: Codes<i64> = [("007", 1), ("1.012010", 2), ("CC001", 3), ("QUẦY1", 4), ("0", 5)]
            .map(|(code, id)| (code.to_owned(), id))
            .into_iter()
            .collect();
        assert_eq!(codes.find(Kind::Officers, "007", Some(Doubt::Number)), Ok(&1));
        for (code, known) in [
            ("7", "007"),
            ("07", "007"),
            ("7.0", "007"),
            ("1.01201", "1.012010"),
            ("1,01201", "1.012010"),
            ("cc001", "CC001"),
            ("CC 001", "CC001"),
            ("quầy1", "QUẦY1"),
            ("00", "0"),
        ] {
            let near = Reason::Near { code: code.into(), known: known.into() };
            assert_eq!(codes.find(Kind::Officers, code, None), Err(near.clone()), "{code}");
            assert_eq!(codes.may_be_new(code, None), Err(near), "{code}");
        }
        for code in ["70", "1.0120101", "1.2.3", "CC0010", "8", "CC01"] {
            assert_eq!(codes.may_be_new(code, None), Ok(()), "{code}");
        }
        assert!(codes.may_be_new("8", Some(Doubt::Date)).is_err());
    }

    #[test]
    fn what_a_spreadsheet_made_of_a_code_is_seen() {
        for (code, doubt) in [
            ("1.2E+15", Doubt::Number),
            ("1,23457E+17", Doubt::Number),
            ("123456789012345700", Doubt::Number),
            ("TRUE", Doubt::YesNo),
            ("02/01/2026", Doubt::Date),
            ("02/01/2026 00:00:00", Doubt::Date),
            ("2026-01-02", Doubt::Date),
            ("2-Jan", Doubt::Date),
            ("Jan-26", Doubt::Date),
        ] {
            let seen = doubt_of(code);
            // Of the digits behind the fifteenth some are left where the file kept sixteen.
            if code == "123456789012345700" {
                assert_eq!(seen, None);
            } else {
                assert_eq!(seen, Some(doubt), "{code}");
            }
        }
        assert_eq!(doubt_of("123456789012345000"), Some(Doubt::Number));
        for code in ["7", "007", "1.012010", "H53.02-230914-0027", "1-2", "E15", "2E", "SKHDT"] {
            assert_eq!(doubt_of(code), None, "{code}");
        }
    }
}
