//! A kiosk on the workbench: its clock is moved by hand, its journal is the test itself.

use super::{full_settings, settings};
use protocol::Level;
use std::sync::Arc;
use tablet_app::clock::Now;
use tablet_app::entry::Entry;
use tablet_app::kiosk::{
    DEBOUNCE_MS, Kiosk, KioskEffect, KioskInput, NOTED_MS, RecordingFault, View,
};
use uuid::Uuid;

/// A kiosk whose clock the test sets, and everything it recorded.
pub struct Bench {
    pub kiosk: Kiosk,
    pub now: Now,
    pub visits: u128,
    pub out: Option<(u64, Vec<Entry>)>,
    pub written: Vec<Entry>,
    pub alarms: Vec<RecordingFault>,
}

pub const RATE: View = View::Rate { active: true, again: false };
pub const AGAIN: View = View::Rate { active: true, again: true };

impl Bench {
    pub fn new() -> Self {
        let mut bench = Self {
            kiosk: Kiosk::new(DEBOUNCE_MS),
            now: Now { wall_ms: 1_700_000_000_000, uptime_ms: 1_000 },
            visits: 0,
            out: None,
            written: Vec::new(),
            alarms: Vec::new(),
        };
        bench.put(KioskInput::Settings(Arc::new(settings())));
        bench
    }

    /// A kiosk whose questionnaire has steps and whose officers may sign in.
    pub fn full() -> Self {
        let mut bench = Self::new();
        bench.put(KioskInput::Settings(Arc::new(full_settings())));
        bench
    }

    pub fn put(&mut self, input: KioskInput) {
        let (kiosk, effects) = self.kiosk.clone().step(input, self.now);
        self.kiosk = kiosk;
        for effect in effects {
            match effect {
                KioskEffect::Record(id, entries) => {
                    assert!(self.out.is_none(), "two records are out at a time");
                    assert!(!entries.is_empty(), "an empty record");
                    self.out = Some((id, entries));
                }
                KioskEffect::Alarm(fault) => self.alarms.push(fault),
            }
        }
    }

    /// Lets time pass, with a tick whenever one is due, as the window does.
    pub fn wait(&mut self, ms: u64) {
        let end = self.now.uptime_ms + ms;
        while let Some(due) = self.kiosk.wakes_at().filter(|due| *due < end) {
            if due <= self.now.uptime_ms {
                break;
            }
            self.jump(due - self.now.uptime_ms);
        }
        self.jump(end - self.now.uptime_ms);
    }

    /// Lets time pass without a tick in between, as when the tablet sleeps.
    pub fn jump(&mut self, ms: u64) {
        self.now.uptime_ms += ms;
        self.now.wall_ms += i64::try_from(ms).unwrap();
        self.put(KioskInput::Tick);
    }

    pub fn fresh(&mut self) -> Uuid {
        self.visits += 1;
        Uuid::from_u128(self.visits)
    }

    pub fn tap(&mut self, level: Level) {
        let fresh = self.fresh();
        self.put(KioskInput::Tap { level, fresh });
    }

    pub fn touch(&mut self) {
        let fresh = self.fresh();
        self.put(KioskInput::Touch { fresh });
    }

    pub fn language(&mut self, code: &str) {
        let fresh = self.fresh();
        self.put(KioskInput::Language { code: code.to_owned(), fresh });
    }

    pub fn commit(&mut self) {
        let (id, entries) = self.out.take().expect("nothing to commit");
        self.written.extend(entries);
        self.put(KioskInput::Recorded(id));
    }

    pub fn fail(&mut self) -> Vec<Entry> {
        let (id, entries) = self.out.take().expect("nothing to fail");
        self.put(KioskInput::RecordFailed(id, RecordingFault::Full));
        entries
    }

    /// Commits a level and waits until its first step, or the thanks, can be touched.
    pub fn commit_level(&mut self) {
        self.commit();
        self.wait(NOTED_MS);
        self.wait(DEBOUNCE_MS);
    }

    pub fn kinds(&self) -> Vec<&'static str> {
        self.written.iter().map(|entry| entry.what.kind()).collect()
    }
}
