//! What a tablet needs to work on its own: whose counter it stands at, whom it asks about, what it
//! asks. The tablet keeps the last settings it got and works from them without a network.

use crate::hours::Hours;
use crate::questionnaire::Questionnaire;
use crate::sealed_file::PublicKey;
use crate::words::Stage;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Text per language (BCP 47), such as `{"vi": "Hài lòng", "en": "Satisfied"}`.
pub type Texts = BTreeMap<String, String>;

/// Everything a tablet shows and how long it waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// The institution, in capitals or not, as it wants to be written.
    pub centre: Texts,
    /// IANA name of the centre's time zone.
    pub time_zone: String,
    /// The counter the tablet stands at.
    pub counter: Counter,
    /// How the tablet knows whose service is rated.
    #[serde(default)]
    pub duty: Duty,
    /// The officer who, by the server's roster, sits there; without one, and without anybody who
    /// signed in, the tablet shows that it is not in service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Officer>,
    /// Who follows by the roster, in the order of time: so a tablet without a network rates whoever
    /// sits there tomorrow. The last one holds until other settings come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Officers whom `turns` name and who stand neither in `officer` nor in `staff`, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub following: Vec<Officer>,
    /// Who may sign in at this tablet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<Staff>,
    /// Opens the technician's side of the staff screen: argon2id in PHC form. Without one nobody
    /// can leave the kiosk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technician_pin: Option<String>,
    /// The step of the service, where this counter does only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// What is asked.
    pub questionnaire: Questionnaire,
    /// Languages on offer, the first one when nobody chose.
    pub languages: Vec<Language>,
    /// When the centre is open.
    #[serde(default)]
    pub hours: Hours,
    /// Today's notice; empty when there is none.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub notice: Texts,
    /// Whether a short tone sounds when a level was written.
    #[serde(default)]
    pub tap_sound: bool,
    /// Ratings given here are simulated and must be marked as such.
    #[serde(default)]
    pub simulated: bool,
    /// What exported journals are sealed to; a server of before version 0.3 has none.
    #[serde(default, deserialize_with = "known_key", skip_serializing_if = "Option::is_none")]
    pub export_key: Option<PublicKey>,
}

/// A key of a kind that a later version brings is none; everything else in the settings is read.
fn known_key<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PublicKey>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}

/// From a moment on somebody else sits at the counter by the roster, or nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turn {
    /// From when on, by the server's time, milliseconds since 1970-01-01 UTC.
    pub from: i64,
    /// Code of the officer; none: nobody is rated from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
}

impl Settings {
    /// The officer of a code, with their photo.
    pub fn officer_of(&self, code: &str) -> Option<&Officer> {
        let staff = self.staff.iter().map(|staff| &staff.officer);
        staff.chain(&self.officer).chain(&self.following).find(|officer| officer.code == code)
    }

    /// Codes of those who sit at the counter by the roster, now or later, in their order.
    pub fn rostered_officers(&self) -> impl Iterator<Item = &str> {
        let now = self.officer.iter().map(|officer| officer.code.as_str());
        now.chain(self.turns.iter().filter_map(|turn| turn.officer.as_deref()))
    }

    /// Who sits at the counter by the roster at this moment of the server's time. Where that is not
    /// known, the one whom the roster names, if it names no other: nobody is rated on a guess.
    pub fn rostered(&self, moment: Option<i64>) -> Option<&Officer> {
        let Some(moment) = moment else {
            let mut named = self.rostered_officers();
            let first = named.next()?;
            return named.all(|code| code == first).then(|| self.officer_of(first)).flatten();
        };
        let began = |turn: &&Turn| turn.from <= moment;
        match self.turns.iter().filter(began).max_by_key(|turn| turn.from) {
            Some(turn) => self.officer_of(turn.officer.as_deref()?),
            None => self.officer.as_ref(),
        }
    }
}

/// How a tablet knows whose service is rated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Only an officer who signed in is rated.
    SignIn,
    /// The roster says so; an officer who signs in takes their place until they sign out. So it is,
    /// too, where a later version says something else.
    #[default]
    #[serde(other)]
    Roster,
}

impl Duty {
    /// Every way, the usual one first.
    pub const ALL: [Self; 2] = [Self::Roster, Self::SignIn];

    /// What a word says; none where it is none.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.word() == word)
    }

    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Roster => "roster",
        }
    }
}

/// An officer who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Staff {
    /// The officer.
    pub officer: Officer,
    /// Their PIN: argon2id in PHC form, so that it can be checked without a network.
    pub pin: String,
}

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counter {
    /// Its code, such as `Q05`.
    pub code: String,
    /// Its name, such as `Quầy số 05`.
    pub name: String,
}

/// An officer as citizens see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Officer {
    /// Code of the officer.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Title, such as `Chuyên viên`.
    pub title: String,
    /// Name of the department.
    pub department: String,
    /// Photo, JPEG or PNG in base64, at most 256 KiB; initials are shown without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// A language of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Language {
    /// BCP 47, such as `vi`.
    pub code: String,
    /// Its own name, such as `Tiếng Việt`.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_tomorrow_is_none_and_takes_no_settings_away() {
        #[derive(Deserialize)]
        struct Some {
            #[serde(default, deserialize_with = "known_key")]
            export_key: Option<PublicKey>,
        }
        let read = |json: &str| serde_json::from_str::<Some>(json).unwrap().export_key;
        let key = format!("{{\"export_key\":\"{}\"}}", "ab".repeat(32));
        assert_eq!(read(&key), Option::Some(PublicKey([0xab; 32])));
        for other in ["{}", r#"{"export_key":null}"#, r#"{"export_key":{"kind":"x"}}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    fn settings(more: &str) -> Settings {
        let json = format!(
            r#"{{"centre":{{}},"time_zone":"Asia/Ho_Chi_Minh","counter":{{"code":"Q01","name":""}},
                "questionnaire":{{"version":1,"question":{{}},"scale":"five"}},"languages":[]{more}}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn the_roster_says_who_follows_and_nobody_is_guessed() {
        let officer =
            |code: &str| format!(r#"{{"code":"{code}","name":"","title":"","department":""}}"#);
        let (first, next) = (officer("A"), officer("B"));
        let settings = settings(&format!(
            r#","officer":{first},"following":[{next}],"turns":[
                {{"from":100,"officer":"B","of_tomorrow":1}},{{"from":200}},
                {{"from":300,"officer":"A"}},{{"from":400,"officer":"C"}}]"#
        ));
        let code = |at| settings.rostered(at).map(|officer| officer.code.as_str());
        assert_eq!((code(Some(0)), code(Some(99)), code(None)), (Some("A"), Some("A"), None));
        assert_eq!((code(Some(100)), code(Some(199))), (Some("B"), Some("B")));
        assert_eq!((code(Some(200)), code(Some(300))), (None, Some("A")));
        assert_eq!(code(Some(400)), None, "a code without an officer is nobody");
    }

    #[test]
    fn without_a_time_only_the_one_whom_the_roster_names_is_rated() {
        let named = |now: &str, turns: &str| {
            let officer = format!(r#"{{"code":"{now}","name":"","title":"","department":""}}"#);
            let settings = settings(&format!(r#","officer":{officer},"turns":[{turns}]"#));
            settings.rostered(None).map(|officer| officer.code.clone())
        };
        assert_eq!(named("A", "").as_deref(), Some("A"));
        let away_and_back = r#"{"from":1},{"from":2,"officer":"A"},{"from":3}"#;
        assert_eq!(named("A", away_and_back).as_deref(), Some("A"));
        assert_eq!(named("A", r#"{"from":1,"officer":"B"}"#), None);
        assert!(settings("").rostered(None).is_none());
    }

    #[test]
    fn settings_of_an_older_server_have_no_turns() {
        let settings = settings("");
        assert!(settings.turns.is_empty() && settings.following.is_empty());
        assert!(settings.rostered(Some(0)).is_none());
        assert!(!serde_json::to_string(&settings).unwrap().contains("turns"));
    }
}
