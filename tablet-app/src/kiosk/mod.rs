//! The kiosk machine: what the tablet does with each touch, answer of the journal and passing of
//! time. It is pure, `(Kiosk, KioskInput, Now) -> (Kiosk, Effects)`: no file, no thread, no clock, no
//! window, so that the same code can run in a browser.
//!
//! It promises that a visit has one *shown*, at most one *rated*, at most one *changed*, and an
//! *abandoned*, *superseded*, *declined* or *officer_disputed* only where nothing was rated; and that nobody is thanked before the
//! journal has said that the rating is written.

mod duty;
mod follow;
mod input;
mod invite;
mod outbox;
mod step;
mod unrated;
mod view;
mod visit;

pub use duty::{DUTY_MS, OnDuty};
pub use input::{KioskEffect, KioskInput, RecordingFault};
pub use view::{Farewell, View};
pub use visit::{About, Reference};

use crate::appearance::Appearance;
use crate::clock::Now;
use crate::time_estimate::TimeEstimate;
use crate::typing::Draft;
use outbox::Outbox;
use protocol::event::Detailed;
use protocol::settings::{Language, Officer, Settings};
use std::sync::Arc;
use view::State;
use visit::Visit;

/// A touch this soon after the screen changed was meant for the screen before: shorter than
/// anybody reads.
pub const DEBOUNCE_MS: u64 = 300;

/// How long nothing but the thanks stands on the screen after a level, before the first step: the
/// second tap of a hand that trembles comes up to 700 ms after the first and finds nothing there.
pub const NOTED_MS: u64 = 800;

/// Answers are covered after this long without a touch: who walked off leaves nothing to read.
pub const COVER_MS: u64 = 6_000;

/// How long the screen says that it was understood that somebody else served the person.
pub const DISPUTED_MS: u64 = 8_000;

/// A commit takes some milliseconds; after this long without an answer the disk counts as faulty.
pub const SAVING_MS: u64 = 10_000;

/// A write that failed and then succeeded within this time still thanks the person, who is
/// probably still there.
pub const FRESH_MS: u64 = 10_000;

/// How long the faces stay open after “Chọn lại”; touches do not prolong it. Long enough to find
/// another face, too short for the next person to sit down and overwrite this one's choice.
pub const AGAIN_MS: u64 = 10_000;

/// Thanks after the choice was made again, after the last step, or for nothing; nothing more can be
/// chosen, so it is shorter.
pub const SHORT_THANKS_MS: u64 = 3_000;

/// The whole machine.
#[derive(Clone, Debug)]
pub struct Kiosk {
    state: State,
    visit: Option<Visit>,
    settings: Option<Arc<Settings>>,
    /// The languages that can be chosen, of the settings in force.
    languages: Arc<[Language]>,
    /// Came in during a visit; in force from the next one.
    coming: Option<Arc<Settings>>,
    duty: Option<OnDuty>,
    invitations: invite::Invitations,
    open: bool,
    time: TimeEstimate,
    /// The time by the server at this step, milliseconds since 1970; none where nobody knows it.
    moment: Option<i64>,
    aside: bool,
    language: String,
    look: Appearance,
    outbox: Outbox,
    debounce_ms: u64,
    debounce_until: u64,
}

impl Kiosk {
    /// A kiosk that waits for its settings. Touches within `debounce_ms` of a change of the screen
    /// are ignored: [`DEBOUNCE_MS`] with people; 0 without, and then no [`NOTED_MS`] pass either.
    pub fn new(debounce_ms: u64) -> Self {
        Self {
            state: State::Resting,
            visit: None,
            settings: None,
            languages: Arc::default(),
            coming: None,
            duty: None,
            invitations: invite::Invitations::default(),
            open: true,
            time: TimeEstimate::default(),
            moment: None,
            aside: false,
            language: "vi".to_owned(),
            look: Appearance::default(),
            outbox: Outbox::default(),
            debounce_ms,
            debounce_until: 0,
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> Option<&Arc<Settings>> {
        self.settings.as_ref()
    }

    /// The languages that can be chosen.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Whose service is on the screen: that of the visit, or else of the officer on duty.
    pub fn about(&self) -> Option<About<'_>> {
        match (&self.visit, &self.settings) {
            (Some(visit), _) => Some(visit.service.about()),
            (None, Some(settings)) => {
                let officer = self.on_duty()?;
                Some(About { officer, stage: settings.stage, reference: None })
            }
            (None, None) => None,
        }
    }

    /// Who signed in, if anybody.
    pub fn signed_in(&self) -> Option<&OnDuty> {
        self.duty.as_ref()
    }

    /// The officer on duty: who signed in, else whom the roster names.
    pub fn on_duty(&self) -> Option<&Officer> {
        duty::officer(self.settings.as_ref()?, self.duty.as_ref(), self.moment)
    }

    /// What is known of the time.
    pub fn time(&self) -> &TimeEstimate {
        &self.time
    }

    /// What the person added so far.
    pub fn added(&self) -> Option<&Detailed> {
        self.visit.as_ref().map(|visit| &visit.added)
    }

    /// The comment being typed.
    pub fn draft(&self) -> Option<&Draft> {
        self.visit.as_ref().map(|visit| &visit.draft)
    }

    /// The language of the screen (BCP 47).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// How the person wants to see the screen.
    pub fn look(&self) -> Appearance {
        self.look
    }

    /// Whether the question waits for somebody and no visit is going on.
    pub fn is_ready(&self) -> bool {
        self.state == State::Resting && self.on_duty().is_some()
    }

    /// Whether no visit is going on and everything is written.
    pub fn is_idle(&self) -> bool {
        self.visit.is_none() && self.outbox.is_empty()
    }

    /// Whether the staff screen is up, so that nobody is asked.
    pub fn is_aside(&self) -> bool {
        self.aside
    }

    /// One step of the machine.
    #[must_use]
    pub fn step(mut self, input: KioskInput, now: Now) -> (Self, Vec<KioskEffect>) {
        let mut effects = Vec::new();
        if let KioskInput::Time(time) = &input {
            self.time = *time;
        }
        let by_itself =
            matches!(input, KioskInput::Tick | KioskInput::Time(_) | KioskInput::Settings(_));
        let before = self.on_duty().map(|officer| officer.code.clone());
        self.moment = self.time.moment(now);
        self.pass_time(now, &mut effects);
        self.take(input, now, &mut effects);
        self.take_what_waited(now);
        let rests = matches!(self.state, State::Resting | State::Woken { .. });
        let another = |officer: &Officer| before.is_some_and(|before| before != officer.code);
        if by_itself && rests && self.on_duty().is_some_and(another) {
            // A finger that is on its way was meant for the officer of before.
            self.debounce(now);
        }
        effects.extend(
            self.outbox.send(now.uptime_ms).map(|(id, entries)| KioskEffect::Record(id, entries)),
        );
        (self, effects)
    }
}
