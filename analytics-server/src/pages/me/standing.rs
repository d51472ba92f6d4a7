//! Where an officer serves at this moment and until when: what stands beside the invitation's form.

use super::tablet::CounterTablets;
use crate::centre_time::local;
use crate::pages::prelude::*;
use crate::roster::begin;
use crate::storage::StoreError;
use crate::storage::roster::{Duty, on_duty};
use crate::storage::rows::{Counter, Directory, Officer};
use protocol::settings::Duty as DutyRule;

/// Where an officer serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Workplace {
    /// By the roster, at this counter until this moment.
    Until(i64, i64),
    /// At their usual counter.
    Usual(i64),
    /// At their usual counter somebody else serves now.
    Taken(i64),
    /// No counter is theirs.
    Nowhere,
}

impl Workplace {
    /// Where the roster says that an officer serves now. Who signs in at a tablet needs no roster.
    pub async fn of(app: &App, officer: &Officer) -> Result<Self, StoreError> {
        let now = app.clock.now();
        let entries = match app.centre().duty {
            DutyRule::SignIn => Vec::new(),
            DutyRule::Roster => app.store.roster(now).await?,
        };
        Ok(Self::by(&entries, officer, now))
    }

    fn by(entries: &[Duty], officer: &Officer, now: i64) -> Self {
        let serves = |counter: i64| {
            let at = entries.iter().filter(|one| one.counter == counter).cloned();
            on_duty(&at.collect::<Vec<_>>(), now)
        };
        let own = entries.iter().find(|one| {
            one.officer == officer.id
                && (one.from..one.until).contains(&now)
                && serves(one.counter) == Some(officer.id)
        });
        if let Some(one) = own {
            return Self::Until(one.counter, one.until);
        }
        match officer.counter {
            None => Self::Nowhere,
            Some(counter) if serves(counter).is_some() => Self::Taken(counter),
            Some(counter) => Self::Usual(counter),
        }
    }

    /// The counter that an invitation is for, where nobody says otherwise.
    pub fn counter(self) -> Option<i64> {
        match self {
            Self::Until(counter, _) | Self::Usual(counter) | Self::Taken(counter) => Some(counter),
            Self::Nowhere => None,
        }
    }
}

/// How it stands with an officer, in words.
pub(super) struct Standing {
    /// Where they serve and until when.
    pub duty: String,
    /// How the tablet there is.
    pub tablet: Option<String>,
    /// Whether somebody has to look at it.
    pub is_urgent: bool,
}

impl Standing {
    /// The words for where an officer serves.
    pub fn of(
        context: &Context,
        workplace: Workplace,
        directory: &Directory,
        tablets: &CounterTablets,
    ) -> Self {
        let (app, texts) = (&context.app, context.texts);
        let counter = workplace.counter().and_then(|id| directory.counter_of(id));
        let state = counter.map(|one| tablets.at(one.id)).unwrap_or_default();
        Self {
            duty: duty(context, workplace, counter),
            tablet: counter.map(|_| state.sentence(&app.zone, texts)),
            is_urgent: counter.is_some() && !state.shows_invitations(),
        }
    }
}

fn duty(context: &Context, workplace: Workplace, counter: Option<&Counter>) -> String {
    let Some(counter) = counter else { return context.text("records-duty-none") };
    let until = match workplace {
        Workplace::Until(_, until) => Some(until),
        // Where people sign in at the tablet, nobody is known to serve before they did.
        Workplace::Usual(_) if context.app.centre().duty == DutyRule::Roster => {
            closing(&context.app)
        }
        Workplace::Usual(_) | Workplace::Taken(_) | Workplace::Nowhere => None,
    };
    let time = until.map(|at| local(at, &context.app.zone).strftime("%H:%M").to_string());
    let key = match (workplace, &time) {
        (Workplace::Taken(_), _) => "records-duty-taken",
        (_, Some(_)) => "records-duty-until",
        (_, None) => "records-duty-usual",
    };
    let places = [("counter", &*counter.name), ("time", time.as_deref().unwrap_or_default())];
    context.texts.with(key, &places)
}

/// When the centre closes today; none before it opens, after it closed, and where it is closed all day.
fn closing(app: &App) -> Option<i64> {
    let (now, centre) = (app.clock.now(), app.centre());
    let day = local(now, &app.zone).date();
    let weekday = day.weekday().to_monday_one_offset().unsigned_abs();
    let spans = centre.hours.on(weekday, &day.to_string());
    let moment = |minute: u16| begin(day, &app.zone) + i64::from(minute) * 60_000;
    let (from, until) = (spans.first()?.from.minute(), spans.last()?.until.minute());
    (moment(from)..moment(until)).contains(&now).then(|| moment(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roster_goes_before_the_usual_counter() {
        let officer = |counter| Officer {
            id: 7,
            code: "CC007".into(),
            name: String::new(),
            title: String::new(),
            department: 1,
            counter,
        };
        let entry = |num, counter, officer| Duty { num, counter, officer, from: 10, until: 20 };
        let at = |entries: &[Duty], counter, now| Workplace::by(entries, &officer(counter), now);
        assert_eq!(at(&[], None, 15), Workplace::Nowhere);
        assert_eq!(at(&[], Some(1), 15), Workplace::Usual(1));
        let elsewhere = [entry(1, 2, 7)];
        assert_eq!(at(&elsewhere, Some(1), 15), Workplace::Until(2, 20));
        assert_eq!(at(&elsewhere, Some(1), 20), Workplace::Usual(1), "its end is not in it");
        let replaced = [entry(1, 1, 8)];
        assert_eq!(at(&replaced, Some(1), 15), Workplace::Taken(1));
        let changed = [entry(1, 2, 7), entry(2, 2, 8)];
        assert_eq!(at(&changed, Some(1), 15), Workplace::Usual(1), "the entry made last wins");
    }
}
