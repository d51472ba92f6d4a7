//! An event is one thing that happened at a tablet. Events of one visit share a session; the
//! server folds them into one rating. An event is written once: its JSON bytes are stored, hashed
//! and sent as they are, never written again.

use crate::chain::Head;
use crate::limits;
use crate::words::{Level, Scale, Stage};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One event with its envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its place in the tablet's chain: 1, 2, 3 …
    pub number: u64,
    /// The visit it belongs to (UUIDv7).
    pub session: Uuid,
    /// The tablet's wall time, milliseconds since 1970-01-01 UTC. May be wrong: see the skew.
    pub at: i64,
    /// Identifies one run of the tablet program, within which `uptime` grows.
    pub boot: Uuid,
    /// Milliseconds since the program started, by a clock that never jumps.
    pub uptime: u64,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// A question was put to a person.
    Shown(Shown),
    /// The person chose a level: from here on the visit has a rating.
    Rated {
        /// The level chosen.
        level: Level,
    },
    /// A second choice within the undo time; it takes the place of the first.
    Changed {
        /// The level chosen instead.
        level: Level,
    },
    /// What the person added to the level.
    Detailed(Detailed),
    /// Nobody answered in time.
    Abandoned,
    /// Another invitation took the question's place before anybody touched it.
    Superseded,
    /// The person chose not to rate: “Không đánh giá”.
    Declined,
    /// The person said that somebody else served them than the officer on the screen: nobody is
    /// rated by this visit.
    OfficerDisputed,
    /// An officer signed in: from here on they are rated at this tablet. Belongs to no visit; its
    /// session is its own.
    SignedIn(Post),
    /// An officer signed out.
    SignedOut(Post),
    /// The chain goes on from another tablet's: what follows was first recorded there, under other
    /// numbers. Belongs to no visit; its session is its own.
    Continues(Continues),
}

/// The tablet whose chain could not go on under its own identity, because the server has another
/// chain there or refuses the identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Continues {
    /// The tablet's id.
    pub tablet: Uuid,
    /// The last event of its chain that the server acknowledged; 0 where it acknowledged none.
    pub head: Head,
}

/// Who works where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Post {
    /// Code of the counter.
    pub counter: String,
    /// Code of the officer.
    pub officer: String,
}

/// Who and what the question was about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shown {
    /// Code of the counter.
    pub counter: String,
    /// Code of the officer who was being rated.
    pub officer: String,
    /// The step of the service, where the tablet knew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Code of the dossier, where the tablet knew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// Queue number, where the tablet knew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The invitation that opened the question; none when the person came by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Uuid>,
    /// The levels on offer.
    pub scale: Scale,
    /// Version of the questionnaire.
    pub questionnaire: u32,
    /// Language of the screen at that moment (BCP 47).
    pub language: String,
}

/// Aspects, reasons and a comment: all that was added so far, so that a later one takes the place
/// of an earlier one of the same visit. Everything in it is optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Detailed {
    /// A level for each aspect that was answered, by the aspect's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub aspects: BTreeMap<String, Level>,
    /// Ids of the reasons touched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Detailed {
    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl What {
    /// The kind's wire name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Shown(_) => "shown",
            Self::Rated { .. } => "rated",
            Self::Changed { .. } => "changed",
            Self::Detailed(_) => "detailed",
            Self::Abandoned => "abandoned",
            Self::Superseded => "superseded",
            Self::Declined => "declined",
            Self::OfficerDisputed => "officer_disputed",
            Self::SignedIn(_) => "signed_in",
            Self::SignedOut(_) => "signed_out",
            Self::Continues(_) => "continues",
        }
    }
}

impl What {
    /// Every text in it that a person or another system wrote.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let (shown, detailed, post) = match self {
            Self::Shown(shown) => (Some(shown), None, None),
            Self::Detailed(detailed) => (None, Some(detailed), None),
            Self::SignedIn(post) | Self::SignedOut(post) => (None, None, Some(post)),
            Self::Rated { .. }
            | Self::Changed { .. }
            | Self::Abandoned
            | Self::Superseded
            | Self::Declined
            | Self::OfficerDisputed
            | Self::Continues(_) => (None, None, None),
        };
        let codes = shown.into_iter().flat_map(|shown| {
            let always = [&shown.counter, &shown.officer, &shown.language];
            always.into_iter().chain(&shown.dossier).chain(&shown.ticket)
        });
        let codes = codes.chain(post.into_iter().flat_map(|post| [&post.counter, &post.officer]));
        let words = detailed.into_iter().flat_map(|detailed| {
            detailed.aspects.keys().chain(&detailed.reasons).chain(&detailed.comment)
        });
        codes.chain(words).map(String::as_str)
    }
}

impl What {
    /// The first code, tag or id that is longer than any that a tablet is given.
    fn too_long(&self) -> Option<&'static str> {
        let longer = |text: &str, most: usize| text.len() > most && text.chars().count() > most;
        let code = |text: &String| longer(text, limits::CODE_CHARS);
        match self {
            Self::Shown(shown) => {
                let codes = [&shown.counter, &shown.officer];
                let mut codes = codes.into_iter().chain(&shown.dossier).chain(&shown.ticket);
                if longer(&shown.language, limits::LANGUAGE_CHARS) {
                    return Some("language tag");
                }
                codes.any(code).then_some("code")
            }
            Self::Detailed(detailed) => {
                let mut ids = detailed.aspects.keys().chain(&detailed.reasons);
                ids.any(code).then_some("id of a choice")
            }
            Self::SignedIn(post) | Self::SignedOut(post) => {
                [&post.counter, &post.officer].into_iter().any(code).then_some("code")
            }
            Self::Rated { .. }
            | Self::Changed { .. }
            | Self::Abandoned
            | Self::Superseded
            | Self::Declined
            | Self::OfficerDisputed
            | Self::Continues(_) => None,
        }
    }
}

/// Why an event that arrived rightly can not be counted. It is stored all the same.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The JSON is not an event that this version knows.
    #[error("the event can not be read: {0}")]
    NotAnEvent(String),
    /// The envelope's number is not its place in the chain.
    #[error("the event says number {said} but stands at {stands}")]
    WrongNumber {
        /// What the event says.
        said: u64,
        /// Where it stands.
        stands: u64,
    },
    /// A text holds the letter NUL, which no screen shows and not every database can keep.
    #[error("a text of the event holds the letter NUL")]
    Nul,
    /// More bytes, letters or choices than [`limits`] allow.
    #[error("the event's {0} is longer than allowed")]
    TooLong(&'static str),
}

impl Event {
    /// The bytes that are stored, hashed and sent.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A struct of numbers, strings and string-keyed maps always has a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads the event that stands at `number` in its chain.
    pub fn read(bytes: &[u8], number: u64) -> Result<Self, Unreadable> {
        if bytes.len() > limits::EVENT_BYTES {
            return Err(Unreadable::TooLong("JSON"));
        }
        let event: Self = serde_json::from_slice(bytes)
            .map_err(|error| Unreadable::NotAnEvent(error.to_string()))?;
        if event.number != number {
            return Err(Unreadable::WrongNumber { said: event.number, stands: number });
        }
        if event.what.texts().any(|text| text.contains('\0')) {
            return Err(Unreadable::Nul);
        }
        if let Some(text) = event.what.too_long() {
            return Err(Unreadable::TooLong(text));
        }
        if let What::Detailed(detailed) = &event.what {
            let comment = detailed.comment.as_deref().unwrap_or_default();
            if comment.chars().count() > limits::COMMENT_CHARS {
                return Err(Unreadable::TooLong("comment"));
            }
            if detailed.reasons.len().max(detailed.aspects.len()) > limits::CHOICES {
                return Err(Unreadable::TooLong("list of choices"));
            }
        }
        Ok(event)
    }
}

/// The bytes of the event of this number behind the number. They are the same wherever an event is
/// carried over to, so they tell whether two events are one. `None` where the bytes do not begin as
/// [`Event::to_bytes`] writes them.
pub fn unnumbered(bytes: &[u8], number: u64) -> Option<&[u8]> {
    bytes.strip_prefix(numbered(number).as_bytes())
}

/// The same event at another place, with all its other bytes as they are, also those that this
/// version does not know.
pub fn renumbered(bytes: &[u8], from: u64, to: u64) -> Option<Vec<u8>> {
    let rest = unnumbered(bytes, from)?;
    Some([numbered(to).as_bytes(), rest].concat())
}

/// How the bytes of an event begin.
fn numbered(number: u64) -> String {
    format!("{{\"number\":{number},")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: What) -> Event {
        Event { number: 1, session: Uuid::nil(), at: 0, boot: Uuid::nil(), uptime: 0, what }
    }

    #[test]
    fn an_unknown_level_is_named() {
        let bytes = event(What::Rated { level: Level::Neutral }).to_bytes();
        let bytes = String::from_utf8(bytes).unwrap().replace("neutral", "ecstatic");
        let error = Event::read(bytes.as_bytes(), 1).unwrap_err();
        assert!(error.to_string().contains("ecstatic"), "{error}");
    }

    #[test]
    fn a_number_out_of_place_is_named() {
        let bytes = event(What::Abandoned).to_bytes();
        assert_eq!(Event::read(&bytes, 2), Err(Unreadable::WrongNumber { said: 1, stands: 2 }));
    }

    #[test]
    fn an_event_keeps_everything_but_its_number_where_it_is_carried_over() {
        let bytes = event(What::Rated { level: Level::Neutral }).to_bytes();
        let there = renumbered(&bytes, 1, 23).unwrap();
        let read = Event::read(&there, 23).unwrap();
        assert_eq!(Event { number: 1, ..read }, event(What::Rated { level: Level::Neutral }));
        assert_eq!(unnumbered(&there, 23), unnumbered(&bytes, 1));
        assert_eq!(renumbered(&bytes, 2, 23), None, "it is not the one that was meant");
        let later = String::from_utf8(bytes).unwrap().replace('}', r#","later":[1]}"#);
        let there = renumbered(later.as_bytes(), 1, 2).unwrap();
        assert!(String::from_utf8(there).unwrap().ends_with(r#","later":[1]}"#));
    }

    #[test]
    fn a_later_version_may_add_fields() {
        let bytes = String::from_utf8(event(What::Abandoned).to_bytes()).unwrap();
        let bytes = bytes.replacen('{', r#"{"battery":80,"#, 1);
        assert_eq!(Event::read(bytes.as_bytes(), 1), Ok(event(What::Abandoned)));
    }

    #[test]
    fn the_letter_nul_is_told() {
        let detailed = Detailed { reasons: vec!["a\0b".into()], ..Detailed::default() };
        let bytes = event(What::Detailed(detailed)).to_bytes();
        assert_eq!(Event::read(&bytes, 1), Err(Unreadable::Nul));
    }

    #[test]
    fn codes_tags_and_ids_have_a_length() {
        let shown = Shown {
            counter: "Q01".into(),
            officer: "CC001".into(),
            stage: None,
            dossier: None,
            ticket: None,
            invitation: None,
            scale: Scale::Five,
            questionnaire: 1,
            language: "vi".into(),
        };
        let code = |letters: usize| "ệ".repeat(limits::CODE_CHARS + letters);
        let tag = |letters: usize| "x".repeat(limits::LANGUAGE_CHARS + letters);
        let post = |letters: usize| Post { counter: "Q01".into(), officer: code(letters) };
        let of = |letters: usize| {
            [
                What::Shown(Shown { dossier: Some(code(letters)), ..shown.clone() }),
                What::Shown(Shown { ticket: Some(code(letters)), ..shown.clone() }),
                What::Shown(Shown { counter: code(letters), ..shown.clone() }),
                What::Shown(Shown { officer: code(letters), ..shown.clone() }),
                What::Shown(Shown { language: tag(letters), ..shown.clone() }),
                What::SignedIn(post(letters)),
                What::SignedOut(post(letters)),
                What::Detailed(Detailed { reasons: vec![code(letters)], ..Detailed::default() }),
                What::Detailed(Detailed {
                    aspects: [(code(letters), Level::Neutral)].into(),
                    ..Detailed::default()
                }),
            ]
        };
        for (fits, long) in of(0).into_iter().zip(of(1)) {
            assert!(Event::read(&event(fits).to_bytes(), 1).is_ok());
            let read = Event::read(&event(long.clone()).to_bytes(), 1);
            assert!(matches!(read, Err(Unreadable::TooLong(_))), "{long:?}");
        }
    }

    #[test]
    fn a_comment_has_a_length() {
        let long = |n: usize| {
            event(What::Detailed(Detailed {
                comment: Some("ệ".repeat(n)), ..Detailed::default()
            }))
            .to_bytes()
        };
        assert!(Event::read(&long(limits::COMMENT_CHARS), 1).is_ok());
        assert_eq!(
            Event::read(&long(limits::COMMENT_CHARS + 1), 1),
            Err(Unreadable::TooLong("comment"))
        );
        assert_eq!(Event::read(&long(limits::EVENT_BYTES), 1), Err(Unreadable::TooLong("JSON")));
    }
}
