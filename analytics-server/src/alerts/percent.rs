//! A threshold in percent with one decimal, such as 98,5: kept in tenths, so that what was typed is what is
//! compared and what is shown.

use locales::Texts;
use reports::numbers::Numbers;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A percentage from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent {
    tenths: u32,
}

impl Percent {
    /// Without a decimal.
    pub const fn whole(percent: u32) -> Self {
        Self { tenths: percent * 10 }
    }

    /// As somebody typed it, with a decimal comma or point; none: it has more decimals or is no number.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim().trim_end_matches('%').trim_end();
        let (whole, decimals) = typed.split_once([',', '.']).unwrap_or((typed, ""));
        let whole: u32 = whole.parse().ok()?;
        let tenths = match decimals.trim_end_matches('0') {
            "" => 0,
            one => one.parse().ok().filter(|tenths: &u32| one.len() == 1 && *tenths < 10)?,
        };
        Some(Self { tenths: whole.checked_mul(10)?.checked_add(tenths)? })
    }

    /// Whether it lies between two whole ones, both included.
    pub fn is_within(self, from: u32, until: u32) -> bool {
        (Self::whole(from)..=Self::whole(until)).contains(&self)
    }

    /// As a share, 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.tenths) / 1_000.0
    }

    /// As people of a language write it, without its sign.
    pub fn written(self, texts: &Texts) -> String {
        let written = Numbers::of(texts).percent_mark(self.share());
        written.trim_end_matches('%').to_owned()
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.tenths.is_multiple_of(10) {
            to.serialize_u32(self.tenths / 10)
        } else {
            to.serialize_f64(f64::from(self.tenths) / 10.0)
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(from)?;
        Self::read(&percent.to_string())
            .ok_or_else(|| D::Error::custom("no percentage of one decimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_with_comma_or_point_and_written_in_the_readers_manner() {
        let written = |typed: &str, language: &str| {
            Percent::read(typed).map(|one| one.written(locales::texts(language)))
        };
        for (typed, vi, en) in [
            ("98,5", "98,5", "98.5"),
            (" 98.50 % ", "98,5", "98.5"),
            ("80", "80", "80"),
            ("80,", "80", "80"),
            ("100", "100", "100"),
        ] {
            assert_eq!(written(typed, "vi").as_deref(), Some(vi), "{typed}");
            assert_eq!(written(typed, "en").as_deref(), Some(en), "{typed}");
        }
        for typed in ["", "x", "-1", "98,55", "98,5,5", "98,-5", "98,+", "99999999999", ",5"] {
            assert_eq!(Percent::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn whole_percentages_are_stored_as_they_were_before_there_were_decimals() {
        for (stored, percent) in [("80", Percent::whole(80)), ("98.5", Percent { tenths: 985 })] {
            assert_eq!(serde_json::from_str::<Percent>(stored).unwrap(), percent);
            assert_eq!(serde_json::to_string(&percent).unwrap(), stored);
        }
        assert!(serde_json::from_str::<Percent>("98.55").is_err());
    }
}
