//! How the script uses the tablet: it touches the window, reads the journal, and remembers what it
//! did.

use super::site::Site;
use super::visits::KINDS;
use protocol::event::Detailed;
use protocol::settings::Settings;
use protocol::{Event, Level};
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tablet_app::clock::Clock;
use tablet_app::courier::transfer;
use tablet_app::kiosk::{DEBOUNCE_MS, NOTED_MS, View};
use tablet_app::staff::Staff;
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use whole_system_tests::display::{Display, Running};
use whole_system_tests::finder::{Finder, Glass};
use whole_system_tests::proxy::Proxy;
use whole_system_tests::tablet::{Tablet, wait_for};

/// The question as it waits.
pub const RATE: View = View::Rate { active: true, again: false };

/// What became of one visit, as the script knows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A level, and, where the script knows it exactly, what was added.
    Rated(Level, Option<Detailed>),
    /// Asked, and not answered.
    Unanswered(&'static str),
    /// An officer came or went.
    Duty,
}

impl Told {
    /// The level, if one was given.
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Rated(level, _) => Some(*level),
            Self::Unanswered(_) | Self::Duty => None,
        }
    }
}

pub struct Robot {
    pub display: Display,
    window: Running,
    pub finder: Finder,
    pub settings: Arc<Settings>,
    pub site: Arc<Mutex<Site>>,
    pub handle: Handle,
    /// Data directories of tablets that were copied from this one.
    copies: Vec<TempDir>,
    dir: PathBuf,
    clock: Clock,
    chance: u64,
    pub signed_in: bool,
    pub dossiers: u32,
    pub told: Vec<Told>,
}

impl Robot {
    pub fn new(
        dir: PathBuf,
        settings: Arc<Settings>,
        site: Arc<Mutex<Site>>,
        handle: Handle,
        seed: u64,
    ) -> Self {
        let display = Display::start();
        let window = display.tablet(&dir);
        let finder = Finder::new(Arc::clone(&settings));
        let (clock, chance) = (Clock::start(), seed | 1);
        let (signed_in, told) = (false, Vec::new());
        let mut robot = Self {
            display,
            window,
            finder,
            settings,
            site,
            handle,
            copies: Vec::new(),
            dir,
            clock,
            chance,
            signed_in,
            dossiers: 0,
            told,
        };
        robot.wait_for_window();
        robot
    }

    /// A number below `below`; the same seed gives the same day.
    pub fn dice(&mut self, below: u64) -> u64 {
        // xorshift64
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % below
    }

    /// Visits until the time is over and every kind of them has come: each kind comes once before any
    /// comes again, in an order of chance.
    pub fn play(&mut self, lasts: Duration) {
        let until = self.clock.now().uptime_ms + u64::try_from(lasts.as_millis()).unwrap();
        loop {
            let mut kinds: Vec<u64> = (0..KINDS).collect();
            while !kinds.is_empty() {
                let at = usize::try_from(self.dice(kinds.len() as u64)).unwrap();
                let kind = kinds.swap_remove(at);
                self.one_visit(kind);
                assert!(!self.window.has_ended(), "the window closed by itself");
            }
            if self.clock.now().uptime_ms >= until {
                return;
            }
        }
    }

    /// The network is whole, everything is carried; what was done here, and at the copies.
    pub fn finish(mut self) -> (Vec<Told>, Vec<Level>) {
        self.network(|proxy| {
            proxy.set_broken(false);
            proxy.set_strict(false);
            proxy.set_speed(0);
        });
        let dir = self.dir.clone();
        wait_for("everything at the server", || {
            tablet_app::journal::read_status(&dir).unwrap().pending == 0
        });
        self.window.kill();
        let copies = std::mem::take(&mut self.copies);
        let elsewhere = copies.iter().flat_map(|copy| self.at_a_copy(copy.path())).collect();
        (self.told, elsewhere)
    }

    /// A tablet that was copied is put up elsewhere, rates, finds that its chain is not the server's,
    /// and is enrolled with a code; the levels given there.
    fn at_a_copy(&self, dir: &Path) -> Vec<Level> {
        let levels = [Level::Dissatisfied, Level::VerySatisfied, Level::Neutral];
        let mut tablet = Tablet::start(dir);
        for level in levels {
            tablet.rate(level);
        }
        wait_for("the fork", || tablet.journal.status().unwrap().forked.is_some());
        let code =
            self.handle.block_on(async { self.site.lock().await.server().code("Q08").await });
        transfer(&tablet.journal, &code.parse().unwrap()).unwrap();
        tablet.carried();
        tablet.stop();
        levels.into()
    }

    /// Does something to the network.
    pub fn network(&self, change: impl FnOnce(&Proxy)) {
        self.handle.block_on(async { change(&self.site.lock().await.proxy) });
    }

    #[expect(clippy::unused_self, reason = "the robot is the one who waits")]
    pub fn sleep(&self, ms: u64) {
        std::thread::sleep(Duration::from_millis(ms));
    }

    /// After a change of the screen touches are ignored for a moment, as a person's are not meant.
    pub fn debounce(&self) {
        self.sleep(DEBOUNCE_MS + 150);
    }

    /// After a level nothing but thanks stands on the screen for a while.
    pub fn noted(&self) {
        self.sleep(NOTED_MS);
        self.debounce();
    }

    /// Touches what has these words on a screen of this view.
    pub fn touch(&mut self, view: View, words: &[&str]) {
        self.touch_in("vi", view, words);
    }

    pub fn touch_in(&mut self, language: &str, view: View, words: &[&str]) {
        let at = self.find_in(language, view, words);
        self.display.tap(at);
    }

    pub fn find_in(&mut self, language: &str, view: View, words: &[&str]) -> [u32; 2] {
        self.finder.find(words, |glass: &mut Glass| {
            glass.view = view;
            glass.staff = None;
            language.clone_into(&mut glass.language);
        })
    }

    /// What has these words on a page of the staff's side.
    pub fn find_in_office(&mut self, staff: &Staff, words: &str) -> [u32; 2] {
        let signed_in = self.signed_in.then(|| "CC013".to_owned());
        self.finder.find(&[words], |glass: &mut Glass| {
            glass.staff = Some(staff.clone());
            glass.signed_in = signed_in;
        })
    }

    /// How many events are written.
    pub fn recorded(&self) -> u64 {
        tablet_app::journal::read_status(&self.dir).unwrap().recorded
    }

    /// Waits until the journal has an event of this kind behind number `after`.
    pub fn until_written(&self, after: u64, kind: &'static str) {
        let dir = self.dir.clone();
        let handle = self.handle.clone();
        wait_for(kind, || {
            let events = handle.block_on(journal_after(&dir, after));
            let numbered = events.iter().zip(after + 1..);
            let mut read = numbered.map(|(bytes, number)| Event::read(bytes, number).unwrap());
            read.any(|event| event.what.kind() == kind)
        });
    }

    /// Pulls the cord and starts again.
    pub fn power_cut(&mut self) {
        self.window.kill();
        self.window = self.display.tablet(&self.dir);
        self.wait_for_window();
    }

    /// Starts again on a machine whose clock stands at this moment.
    pub fn power_cut_at(&mut self, moment: &str) {
        self.window.kill();
        self.window = self.display.tablet_at(&self.dir, moment);
        self.wait_for_window();
    }

    /// The disk is copied while the tablet is off.
    pub fn is_copied(&mut self) {
        self.window.kill();
        let copy = TempDir::new().unwrap();
        for entry in std::fs::read_dir(&self.dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        self.copies.push(copy);
        self.window = self.display.tablet(&self.dir);
        self.wait_for_window();
    }

    /// How many copies there are.
    pub fn copies(&self) -> usize {
        self.copies.len()
    }

    /// The first frame comes within a second; a machine that compiles beside this takes longer.
    fn wait_for_window(&mut self) {
        self.sleep(4_000);
    }
}

/// The exact bytes of all events in the journal of `dir`, while a tablet runs on it.
pub async fn journal(dir: &Path) -> Vec<Vec<u8>> {
    journal_after(dir, 0).await
}

async fn journal_after(dir: &Path, number: u64) -> Vec<Vec<u8>> {
    let file = dir.join(tablet_app::journal::FILE);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection = options.connect().await.unwrap();
    let events = sqlx::query_scalar("select bytes from events where number > $1 order by number")
        .bind(i64::try_from(number).unwrap())
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    events
}
