//! How the events of one visit become one rating, and which moment they are counted at. Pure: the
//! same events in the same order always give the same rating.

use protocol::event::{Detailed, Event, Shown, What};
use protocol::exchange::Sent;
use protocol::limits::CLOCK_SKEW_MS;
use protocol::{Level, Scale, Stage};
use uuid::Uuid;

/// One visit, as known from its events so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// The session.
    pub id: Uuid,
    /// The tablet it happened at.
    pub tablet: Uuid,
    /// Ids of counter, officer and department, as they were when it was asked.
    pub place: VisitPlace,
    /// The step of the service, where the tablet knew it.
    pub stage: Option<Stage>,
    /// The levels that were on offer.
    pub scale: Scale,
    /// Version of the questionnaire.
    pub questionnaire: u32,
    /// Language of the screen (BCP 47).
    pub language: String,
    /// Code of the dossier, where the tablet knew it.
    pub dossier: Option<String>,
    /// Queue number, where the tablet knew it.
    pub ticket: Option<String>,
    /// The invitation that opened it; none when the person came by themselves.
    pub invitation: Option<Uuid>,
    /// When it was asked, corrected, milliseconds since 1970.
    pub asked_at: i64,
    /// When it was answered.
    pub answered_at: Option<i64>,
    /// When it ended without an answer.
    pub abandoned_at: Option<i64>,
    /// Why, where the person said so.
    pub unrated: Option<Unrated>,
    /// The level that counts.
    pub level: Option<Level>,
    /// The first level, where a second one took its place.
    pub first_level: Option<Level>,
    /// What the person added.
    pub detailed: Option<Detailed>,
}

/// Why somebody who was asked gave no level, as they said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unrated {
    /// They did not want to rate.
    Declined,
    /// Somebody else served them than the officer on the screen.
    OfficerDisputed,
}

impl Unrated {
    /// How it is stored.
    pub const fn code(self) -> i16 {
        match self {
            Self::Declined => 1,
            Self::OfficerDisputed => 2,
        }
    }

    /// What a code says.
    pub const fn of_code(code: i16) -> Option<Self> {
        match code {
            1 => Some(Self::Declined),
            2 => Some(Self::OfficerDisputed),
            _ => None,
        }
    }
}

/// Where a question was asked, in ids of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitPlace {
    /// Id of the counter.
    pub counter: i64,
    /// Id of the officer.
    pub officer: i64,
    /// Id of the officer's department.
    pub department: i64,
}

/// Why an authentic event can not be counted as it is. The name is stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuarantineReason {
    /// Its bytes are no event this version knows.
    #[error("{0}")]
    Unreadable(String),
    /// No counter has the code.
    #[error(
        "no counter has the code {0}; import it, then run “analytics-server quarantine release”"
    )]
    UnknownCounter(String),
    /// No officer has the code.
    #[error(
        "no officer has the code {0}; import them, then run “analytics-server quarantine release”"
    )]
    UnknownOfficer(String),
    /// An answer to a question that was never asked, or whose question is itself in quarantine.
    #[error("the visit {0} has no question that could be counted")]
    NoQuestion(Uuid),
    /// The visit began at another tablet.
    #[error("the visit {0} belongs to another tablet")]
    OtherTablet(Uuid),
    /// A visit is asked once.
    #[error("the visit {0} was asked before")]
    AskedTwice(Uuid),
    /// A visit is answered once; a second choice is a change.
    #[error("the visit {0} was answered before")]
    AnsweredTwice(Uuid),
    /// A change, or details, without an answer.
    #[error("the visit {0} has no answer that could be changed")]
    NotAnswered(Uuid),
    /// The level was not on offer.
    #[error("the level {level} is not on the scale {scale}")]
    LevelOffScale {
        /// The level given.
        level: Level,
        /// The scale of the question.
        scale: Scale,
    },
}

impl QuarantineReason {
    /// One word of a fixed set, for filters.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::UnknownCounter(_) => "unknown_counter",
            Self::UnknownOfficer(_) => "unknown_officer",
            Self::NoQuestion(_) => "no_question",
            Self::OtherTablet(_) => "other_tablet",
            Self::AskedTwice(_) => "asked_twice",
            Self::AnsweredTwice(_) => "answered_twice",
            Self::NotAnswered(_) => "not_answered",
            Self::LevelOffScale { .. } => "level_off_scale",
        }
    }
}

impl Visit {
    /// A visit that was asked and has not answered yet.
    fn begun(id: Uuid, tablet: Uuid, shown: &Shown, place: VisitPlace, at: i64) -> Self {
        Self {
            id,
            tablet,
            place,
            stage: shown.stage,
            scale: shown.scale,
            questionnaire: shown.questionnaire,
            language: shown.language.clone(),
            dossier: shown.dossier.clone(),
            ticket: shown.ticket.clone(),
            invitation: shown.invitation,
            asked_at: at,
            answered_at: None,
            abandoned_at: None,
            unrated: None,
            level: None,
            first_level: None,
            detailed: None,
        }
    }
}

/// Folds one event of `tablet` into its visit. `place` tells the ids behind a question's codes.
/// When the event is odd, the visit stays as it was.
pub fn fold(
    visit: Option<&Visit>,
    tablet: Uuid,
    event: &Event,
    at: i64,
    place: impl FnOnce(&Shown) -> Result<VisitPlace, QuarantineReason>,
) -> Result<Visit, QuarantineReason> {
    let session = event.session;
    if visit.is_some_and(|visit| visit.tablet != tablet) {
        return Err(QuarantineReason::OtherTablet(session));
    }
    if let What::Shown(shown) = &event.what {
        if visit.is_some() {
            return Err(QuarantineReason::AskedTwice(session));
        }
        return Ok(Visit::begun(session, tablet, shown, place(shown)?, at));
    }
    let mut visit = visit.ok_or(QuarantineReason::NoQuestion(session))?.clone();
    let on_scale = |level: Level| {
        let scale = visit.scale;
        if scale.levels().contains(&level) {
            Ok(level)
        } else {
            Err(QuarantineReason::LevelOffScale { level, scale })
        }
    };
    match &event.what {
        What::Shown(_) => return Err(QuarantineReason::AskedTwice(session)),
        What::Rated { level } => {
            if visit.level.is_some() {
                return Err(QuarantineReason::AnsweredTwice(session));
            }
            visit.level = Some(on_scale(*level)?);
            visit.answered_at = Some(at);
            visit.unrated = None;
        }
        What::Changed { level } => {
            let first = visit.level.ok_or(QuarantineReason::NotAnswered(session))?;
            visit.level = Some(on_scale(*level)?);
            visit.first_level = visit.first_level.or(Some(first));
        }
        What::Detailed(detailed) => {
            visit.level.ok_or(QuarantineReason::NotAnswered(session))?;
            visit.detailed = Some(detailed.clone());
        }
        What::Abandoned | What::Superseded | What::Declined | What::OfficerDisputed => {
            if visit.level.is_some() {
                return Err(QuarantineReason::AnsweredTwice(session));
            }
            visit.abandoned_at = Some(at);
            visit.unrated = match &event.what {
                What::Declined => Some(Unrated::Declined),
                What::OfficerDisputed => Some(Unrated::OfficerDisputed),
                _ => visit.unrated,
            };
        }
        // Of no visit; the callers pass them by.
        What::SignedIn(_) | What::SignedOut(_) | What::Continues(_) => {}
    }
    Ok(visit)
}

/// Whether an event belongs to no visit; its bytes alone are kept.
pub const fn is_of_no_visit(what: &What) -> bool {
    matches!(what, What::SignedIn(_) | What::SignedOut(_) | What::Continues(_))
}

/// The moment before which nothing in the chain of a tablet can have happened that was enrolled at
/// `enrolled_at`. A server that lost a tablet enrols it again under its id, which is older: it was
/// made (UUIDv7) at the first enrolment.
pub fn begun(tablet: Uuid, enrolled_at: i64) -> i64 {
    made(tablet).map_or(enrolled_at, |made| made.min(enrolled_at))
}

/// The moment before which nothing can have happened that comes behind an event, which is counted at
/// `at`. Behind *continues* stands what was recorded by the tablet that is continued, since it was
/// enrolled.
pub fn bound_behind(what: Option<&What>, at: i64) -> i64 {
    match what {
        Some(What::Continues(continues)) => made(continues.tablet).unwrap_or(0).min(at),
        _ => at,
    }
}

/// When an id was made, milliseconds since 1970, where it tells.
fn made(id: Uuid) -> Option<i64> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    let milliseconds = u64::from(nanoseconds) / 1_000_000;
    i64::try_from(seconds.checked_mul(1_000)?.checked_add(milliseconds)?).ok()
}

/// When an event happened, by the server's clock. The tablet's wall clock is believed while it
/// stands within two minutes; beyond that the event's age takes its place: by the clock that never
/// jumps when the tablet still runs, by the wall clock's own distance when it was started again.
/// Where even that can not be (a clock that stood in 1970 and was set before the next start), the
/// chain decides: nothing happened before `since`, the moment of the event before it or of the
/// enrolment. An event whose two stored times differ was corrected.
pub fn corrected(event: &Event, sent: &Sent, received_at: i64, since: i64) -> i64 {
    let age = if event.boot == sent.boot && event.uptime <= sent.uptime {
        i64::try_from(sent.uptime - event.uptime).unwrap_or(i64::MAX)
    } else {
        sent.at.saturating_sub(event.at)
    };
    let happened = received_at.saturating_sub(age.max(0));
    let told = if happened.abs_diff(event.at) <= CLOCK_SKEW_MS.unsigned_abs() {
        event.at
    } else {
        happened
    };
    // A clock that is set back by seconds is no reason to move an event.
    if told < since.saturating_sub(CLOCK_SKEW_MS) { since.min(received_at) } else { told }
}

#[cfg(test)]
#[path = "visit_tests.rs"]
mod tests;
