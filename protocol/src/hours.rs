//! When a centre is open: spans of each weekday, and days that are closed all the same. Pure: the
//! local day and minute are arguments, so nothing here knows a time zone.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A time of day to the minute, written `07:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct Time(u16);

/// A text that is no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no time of day; write it as 07:30")]
pub struct NoTime(String);

/// From a time of day until, not including, another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// When it opens.
    pub from: Time,
    /// When it closes.
    pub until: Time,
}

/// Working hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Hours {
    /// The spans of each weekday, Monday first. With none at all the centre is never closed.
    pub week: Vec<Vec<Span>>,
    /// Days that are closed, such as `2026-09-02`.
    pub closed: Vec<String>,
}

impl Time {
    /// Minutes since midnight, 0 to 1,439, or 1,440 for `24:00`.
    pub const fn minute(self) -> u16 {
        self.0
    }
}

impl FromStr for Time {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let no = || NoTime(text.to_owned());
        let (hour, minute) = text.split_once(':').ok_or_else(no)?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return Err(no());
        }
        let (hour, minute): (u16, u16) =
            (hour.parse().map_err(|_| no())?, minute.parse().map_err(|_| no())?);
        let whole = hour * 60 + minute;
        if minute < 60 && whole <= 24 * 60 { Ok(Self(whole)) } else { Err(no()) }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Hours {
    /// The usual hours of a Vietnamese one-stop desk: Monday to Friday, 7:00-11:30 and
    /// 13:30-17:00.
    pub fn usual() -> Self {
        let span = |from: u16, until: u16| Span { from: Time(from), until: Time(until) };
        let day = vec![span(7 * 60, 11 * 60 + 30), span(13 * 60 + 30, 17 * 60)];
        Self {
            week: (0..7).map(|at| if at < 5 { day.clone() } else { vec![] }).collect(),
            closed: vec![],
        }
    }

    /// The spans of a day. `weekday` is 1 (Monday) to 7; `date` is written `2026-09-02`.
    pub fn on(&self, weekday: u8, date: &str) -> &[Span] {
        if self.closed.iter().any(|day| day == date) {
            return &[];
        }
        let at = usize::from(weekday).wrapping_sub(1);
        self.week.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether the centre is open at this local minute of the day. One that never told its hours
    /// is always open.
    pub fn open_at(&self, weekday: u8, date: &str, minute: u16) -> bool {
        if self.week.iter().all(Vec::is_empty) {
            return true;
        }
        let within = |span: &Span| (span.from.0..span.until.0).contains(&minute);
        self.on(weekday, date).iter().any(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_do() {
        for text in ["00:00", "07:30", "24:00"] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), text);
        }
        for text in ["7:30", "07:60", "24:01", "0730", "", "ab:cd", "+7:30", "07:3０"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_usual_hours() {
        let mut hours = Hours::usual();
        let open = |hours: &Hours, weekday, minute| hours.open_at(weekday, "2026-11-24", minute);
        assert!(!open(&hours, 2, 6 * 60 + 59));
        assert!(open(&hours, 2, 7 * 60));
        assert!(!open(&hours, 2, 11 * 60 + 30), "the end is not in it");
        assert!(open(&hours, 2, 16 * 60 + 59));
        assert!(!open(&hours, 6, 9 * 60) && !open(&hours, 7, 9 * 60));
        assert!(!open(&hours, 0, 9 * 60) && !open(&hours, 8, 9 * 60), "no such day");
        hours.closed.push("2026-11-24".into());
        assert!(!open(&hours, 2, 9 * 60));
        assert!(hours.on(2, "2026-11-24").is_empty());
        assert!(open(&Hours::default(), 7, 0), "without hours it is always open");
    }

    #[test]
    fn hours_read_as_they_are_written() {
        let json = r#"{"week":[[{"from":"07:00","until":"11:30"}]],"closed":["2026-09-02"]}"#;
        let hours: Hours = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&hours).unwrap(), json);
        assert_eq!(serde_json::from_str::<Hours>(r#"{"weeks":[]}"#).unwrap(), Hours::default());
        let error = serde_json::from_str::<Hours>(&json.replace("07:00", "7h")).unwrap_err();
        assert!(error.to_string().contains("write it as 07:30"), "{error}");
    }
}
