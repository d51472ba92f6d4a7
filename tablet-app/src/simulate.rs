//! A tablet without a window, for technicians and tests: the real kiosk, journal and courier, and
//! taps by a program instead of a finger. Every word it prints about a rating is printed after
//! that rating's commit, so that a test may kill it at any moment and hold it to its word.

use crate::clock::Clock;
use crate::courier::policy::Pace;
use crate::courier::{Condition, Courier, CourierError, News};
use crate::desk::Desk;
use crate::journal::{Journal, JournalError};
use crate::kiosk::View;
use protocol::Level;
use protocol::questionnaire::Timeouts;
use protocol::settings::Settings;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

/// How long settings are waited for: the courier's first attempts, and one wait between them.
const SETTINGS: Duration = Duration::from_secs(10);

/// How long one commit may take before the simulation gives up.
const COMMIT: Duration = Duration::from_secs(30);

/// Between two looks whether everything was delivered.
const LOOK: Duration = Duration::from_millis(20);

/// What is tapped.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The level of every tap.
    pub level: Level,
    /// How many ratings.
    pub count: u64,
    /// Between two ratings.
    pub interval: Duration,
    /// How long to wait at the end until the server has everything.
    pub deliver: Duration,
    /// Whether to leave the network alone.
    pub offline: bool,
}

/// Why a simulation ended early.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// The journal could not be opened or read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The courier did not start.
    #[error(transparent)]
    Courier(#[from] CourierError),
    /// There is nothing to ask yet.
    #[error("the tablet has no settings yet; start it while its server can be reached")]
    NoSettings,
    /// What it gives here would be real.
    #[error(
        "the centre's ratings are real: simulated taps are signed like a citizen's and nobody could tell them apart; use a demonstration (analytics-server demo)"
    )]
    Real,
    /// Nobody can be rated.
    #[error("no officer is at the tablet's counter, or the question does not offer this level")]
    NotInService,
    /// The kiosk went out of service.
    #[error("the rating could not be written; the log says why")]
    NotWritten,
    /// The time for delivery has passed.
    #[error("{pending} events are not delivered yet; they are kept and sent at the next start")]
    NotDelivered {
        /// How many.
        pending: u64,
    },
    /// The words could not be printed.
    #[error("the simulation can not print: {0}")]
    Print(#[from] io::Error),
}

/// Carries out the plan. Prints `thanked N` for each rating, N being the number of its event.
pub fn run(
    journal: &Journal,
    clock: &Clock,
    plan: Plan,
    out: &mut impl Write,
) -> Result<(), SimulateError> {
    let mut desk = Desk::new(journal.clone(), clock.clone(), 0, Arc::new(|| {}))?;
    let inbox = desk.inbox();
    if let Some((settings, _)) = journal.settings()? {
        inbox.settings(hurried(&settings));
    }
    let courier = if plan.offline {
        None
    } else {
        let news = move |news| match news {
            News::Settings(settings) => inbox.settings(hurried(&settings)),
            News::Time(time) => inbox.time(time),
            _ => {}
        };
        let (pace, condition) = (Pace::default(), Condition::default());
        Some(Courier::start(journal.clone(), clock.clone(), pace, condition, news)?)
    };
    wait_until(&mut desk, SETTINGS, |desk| desk.kiosk().view() != View::Starting)
        .map_err(|()| SimulateError::NoSettings)?;
    let marked = desk.kiosk().settings().is_some_and(|settings| settings.simulated);
    if plan.count > 0 && !may_tap(marked, cfg!(debug_assertions)) {
        return Err(SimulateError::Real);
    }
    for rating in 0..plan.count {
        if rating > 0 {
            std::thread::sleep(plan.interval);
        }
        let number = rate(&mut desk, plan.level)?;
        writeln!(out, "thanked {number}")?;
        out.flush()?;
    }
    if courier.is_some() && !plan.deliver.is_zero() {
        deliver(journal, clock, plan.deliver)?;
    }
    Ok(())
}

/// Whether taps that nobody made may be signed: where all ratings are marked as simulated, and by a
/// program that is built for development. What packages bring along is not.
const fn may_tap(marked: bool, development: bool) -> bool {
    marked || development
}

/// One rating: a tap, the commit, the thanks, and back.
fn rate(desk: &mut Desk, level: Level) -> Result<u64, SimulateError> {
    desk.attend();
    let before = desk.thanked();
    desk.tap(level);
    let view = desk.kiosk().view();
    if desk.kiosk().is_ready() || matches!(view, View::NotInService | View::OfficerUnknown) {
        return Err(SimulateError::NotInService);
    }
    // The thanks end at once, so what comes after them is what can be seen.
    wait_until(desk, COMMIT, |desk| {
        !matches!(desk.kiosk().view(), View::Rate { active: false, .. } | View::Thanks { .. })
    })
    .map_err(|()| SimulateError::NotWritten)?;
    match desk.head() {
        Some(head) if desk.thanked() > before => Ok(head.number),
        _ => Err(SimulateError::NotWritten),
    }
}

fn wait_until(desk: &mut Desk, limit: Duration, done: impl Fn(&Desk) -> bool) -> Result<(), ()> {
    let mut left = limit;
    while !done(desk) {
        let step = desk.due_in().unwrap_or(left).clamp(Duration::from_millis(1), LOOK);
        desk.attend_within(step);
        left = left.checked_sub(step).ok_or(())?;
    }
    Ok(())
}

fn deliver(journal: &Journal, clock: &Clock, limit: Duration) -> Result<(), SimulateError> {
    let end = Duration::from_millis(clock.now().uptime_ms) + limit;
    loop {
        let pending = journal.status()?.pending;
        if pending == 0 {
            return Ok(());
        }
        if Duration::from_millis(clock.now().uptime_ms) > end {
            return Err(SimulateError::NotDelivered { pending });
        }
        std::thread::sleep(LOOK);
    }
}

/// The settings with a thanks that ends at once and without steps after it: nobody reads them.
fn hurried(settings: &Settings) -> Arc<Settings> {
    let mut settings = settings.clone();
    let questionnaire = &mut settings.questionnaire;
    questionnaire.timeouts = Timeouts { undo_ms: 0, ..questionnaire.timeouts };
    questionnaire.steps.clear();
    Arc::new(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_program_stuffs_no_ballot() {
        assert!(!may_tap(false, false));
        assert!(may_tap(true, false));
        assert!(may_tap(false, true));
    }
}
