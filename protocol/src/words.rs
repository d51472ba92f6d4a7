//! The field's words as types: levels of satisfaction, the scales they are given on, the stage of
//! the service, and the channel a dossier came through. Levels of different scales are never mapped
//! onto one another.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A level of satisfaction, best first. Its wire name is the field's word in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Rất hài lòng.
    VerySatisfied,
    /// Hài lòng.
    Satisfied,
    /// Bình thường.
    Neutral,
    /// Không hài lòng.
    Dissatisfied,
    /// Rất không hài lòng.
    VeryDissatisfied,
}

impl Level {
    /// All levels, best first.
    pub const ALL: [Self; 5] = [
        Self::VerySatisfied,
        Self::Satisfied,
        Self::Neutral,
        Self::Dissatisfied,
        Self::VeryDissatisfied,
    ];

    /// The wire name, also used in files and figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerySatisfied => "very_satisfied",
            Self::Satisfied => "satisfied",
            Self::Neutral => "neutral",
            Self::Dissatisfied => "dissatisfied",
            Self::VeryDissatisfied => "very_dissatisfied",
        }
    }

    /// 1 (very satisfied) to 5 (very dissatisfied): how a level is stored in a table.
    pub const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The level of a stored code, or `None` when the code is not 1 to 5.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }

    /// Whether the level counts as "hài lòng trở lên": the top two of five, the top two of three.
    pub const fn is_satisfied(self) -> bool {
        matches!(self, Self::VerySatisfied | Self::Satisfied)
    }
}

/// The set of levels a question offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// All five levels.
    Five,
    /// Rất hài lòng, Hài lòng, Không hài lòng.
    Three,
}

impl Scale {
    /// All scales.
    pub const ALL: [Self; 2] = [Self::Five, Self::Three];

    /// The levels of this scale, best first.
    pub const fn levels(self) -> &'static [Level] {
        match self {
            Self::Five => &Level::ALL,
            Self::Three => &[Level::VerySatisfied, Level::Satisfied, Level::Dissatisfied],
        }
    }

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Five => "five",
            Self::Three => "three",
        }
    }
}

/// At which step of the service the rating was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Tiếp nhận hồ sơ.
    Receive,
    /// Trả kết quả.
    Return,
}

impl Stage {
    /// All stages, in the order of the service.
    pub const ALL: [Self; 2] = [Self::Receive, Self::Return];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Return => "return",
        }
    }

    /// 1 (receive) or 2 (return): how a stage is stored in a table.
    pub const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The stage of a stored code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }
}

/// Through which channel a dossier came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Trực tiếp.
    InPerson,
    /// Bưu chính công ích.
    Postal,
    /// Trực tuyến toàn trình.
    OnlineFull,
    /// Trực tuyến một phần.
    OnlinePartial,
}

impl Channel {
    /// All channels, in the order of their codes.
    pub const ALL: [Self; 4] =
        [Self::InPerson, Self::Postal, Self::OnlineFull, Self::OnlinePartial];

    /// The wire name, also used in files and in the addresses of pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Postal => "postal",
            Self::OnlineFull => "online_full",
            Self::OnlinePartial => "online_partial",
        }
    }

    /// 1 (in person) to 4 (online in part): how a channel is stored in a table.
    pub const fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The channel of a stored code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code).checked_sub(1)?).copied()
    }
}

/// A word that is none of its set.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not one of: {known}")]
pub struct UnknownWord {
    word: String,
    known: String,
}

macro_rules! words {
    ($($type:ty),*) => {$(
        impl FromStr for $type {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.into_iter().find(|one| one.name() == word).ok_or_else(|| UnknownWord {
                    word: word.to_owned(),
                    known: Self::ALL.map(Self::name).join(", "),
                })
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}
words!(Level, Scale, Stage, Channel);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for level in Level::ALL {
            assert_eq!(level.name().parse(), Ok(level));
            assert_eq!(Level::from_code(level.code()), Some(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
        for scale in Scale::ALL {
            assert_eq!(scale.name().parse(), Ok(scale));
            assert_eq!(serde_json::to_value(scale).unwrap(), scale.name());
        }
        for stage in Stage::ALL {
            assert_eq!(stage.name().parse(), Ok(stage));
            assert_eq!(Stage::from_code(stage.code()), Some(stage));
            assert_eq!(serde_json::to_value(stage).unwrap(), stage.name());
        }
        for channel in Channel::ALL {
            assert_eq!(channel.name().parse(), Ok(channel));
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.name());
        }
    }

    #[test]
    fn a_code_out_of_range_is_no_word() {
        assert_eq!([0, 6].map(Level::from_code), [None; 2]);
        assert_eq!([0, 3].map(Stage::from_code), [None; 2]);
        assert_eq!([0, 5].map(Channel::from_code), [None; 2]);
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let error = "middling".parse::<Stage>().unwrap_err();
        assert_eq!(error.to_string(), "“middling” is not one of: receive, return");
    }
}
