//! Who comes to the counter, and what they do there.

use super::OFFICER_PIN;
use super::robot::{RATE, Robot, Told};
use analytics_server::clock::fresh_id;
use analytics_server::storage::invitations::NewInvitation;
use protocol::event::Detailed;
use protocol::limits::INVITATION_MS;
use protocol::{Level, Stage};
use std::time::Duration;
use tablet_app::clock::Now;
use tablet_app::kiosk::{Farewell, SHORT_THANKS_MS, View};
use tablet_app::staff::{Locks, Staff, StaffInput, Who};

/// Words of a level on the faces.
fn word(level: Level) -> &'static str {
    match level {
        Level::VerySatisfied => "Rất hài lòng",
        Level::Satisfied => "Hài lòng",
        Level::Neutral => "Bình thường",
        Level::Dissatisfied => "Không hài lòng",
        Level::VeryDissatisfied => "Rất không hài lòng",
    }
}

/// How many kinds of visits there are, the frequent ones more than once.
pub const KINDS: u64 = 25;

/// A point with nothing on it.
const NOWHERE: [u32; 2] = [640, 180];

/// Longest that a step or a question waits, as the questionnaire of this day says, and some more.
const TIMEOUT_MS: u64 = 5_600;

impl Robot {
    /// Somebody comes, or something happens.
    pub fn one_visit(&mut self, kind: u64) {
        match kind {
            0..=2 => self.taps_and_goes_on(),
            3 | 4 => self.taps_and_walks_away(),
            5 | 6 => self.tells_why(),
            7 => self.reads_english(),
            8 => self.chooses_again(),
            9 => self.only_looks(),
            10 => self.is_invited(),
            11 => self.is_invited_twice(),
            12 => self.officer_comes_or_goes(),
            13 => self.loses_the_network(),
            14 => self.loses_power(),
            15 => self.does_not_want_to(),
            16 => self.was_served_by_somebody_else(),
            17 => self.makes_room_for_the_next(),
            18 => self.trembles(),
            19 => self.starts_with_a_wrong_clock(),
            20 => self.is_behind_a_filter(),
            21 => self.is_on_a_slow_line(),
            22 => self.server_is_restored(),
            23 => self.is_copied_by_somebody(),
            _ => self.drums(),
        }
    }

    fn level(&mut self) -> Level {
        Level::ALL[usize::try_from(self.dice(5)).unwrap()]
    }

    fn steps(&self, level: Level) -> Vec<usize> {
        self.settings.questionnaire.steps_after(level).collect()
    }

    /// The screen of a step after this level, while the level can still be chosen again.
    fn step(&self, level: Level, place: usize, again: bool) -> View {
        let steps = self.steps(level);
        View::Step { at: steps[place], last: place + 1 == steps.len(), again, covered: false }
    }

    /// Touches a face of the question and waits until it is written.
    fn tap(&mut self, level: Level) {
        let before = self.recorded();
        self.touch(RATE, &[word(level)]);
        self.until_written(before, "rated");
        self.noted();
    }

    /// Passes all steps over.
    fn skip(&mut self, level: Level, again: bool) {
        for place in 0..self.steps(level).len() {
            let view = self.step(level, place, again && place == 0);
            self.touch(view, &["Bỏ qua"]);
            self.debounce();
        }
        self.sleep(SHORT_THANKS_MS + 300);
    }

    fn nothing_added(&mut self, level: Level) {
        self.told.push(Told::Rated(level, Some(Detailed::default())));
    }

    fn taps_and_goes_on(&mut self) {
        let level = self.level();
        self.tap(level);
        self.skip(level, true);
        self.nothing_added(level);
    }

    fn taps_and_walks_away(&mut self) {
        let level = self.level();
        self.tap(level);
        self.sleep(TIMEOUT_MS);
        self.nothing_added(level);
    }

    fn tells_why(&mut self) {
        let level = Level::VeryDissatisfied;
        self.tap(level);
        let first = self.step(level, 0, true);
        self.touch(first, &["Trách nhiệm", word(Level::Neutral)]);
        self.sleep(100);
        let before = self.recorded();
        // Something was given now, so the button has other words at the same place.
        self.touch(first, &["Bỏ qua"]);
        self.until_written(before, "detailed");
        self.debounce();
        let second = self.step(level, 1, false);
        self.touch(second, &["Chờ đợi lâu"]);
        self.sleep(100);
        self.touch(second, &["Phải đi lại nhiều lần"]);
        self.sleep(100);
        self.touch(second, &["Bỏ qua"]);
        self.debounce();
        let third = self.step(level, 2, false);
        for key in "chowf quas laau".chars() {
            let key = if key == ' ' { "Dấu cách".to_owned() } else { key.to_string() };
            self.touch(third, &[&key]);
            self.sleep(60);
        }
        let before = self.recorded();
        self.touch(third, &["Bỏ qua"]);
        self.until_written(before, "detailed");
        self.sleep(SHORT_THANKS_MS + 300);
        let added = Detailed {
            aspects: [("responsibility".to_owned(), Level::Neutral)].into(),
            reasons: vec!["waiting".to_owned(), "errand".to_owned()],
            comment: Some("chờ quá lâu".to_owned()),
        };
        self.told.push(Told::Rated(level, Some(added)));
    }

    fn reads_english(&mut self) {
        let before = self.recorded();
        self.touch(RATE, &["English"]);
        self.until_written(before, "shown");
        self.debounce();
        self.touch_in("en", RATE, &["Satisfied"]);
        self.until_written(before, "rated");
        self.noted();
        let view = self.step(Level::Satisfied, 0, true);
        self.touch_in("en", view, &["Skip"]);
        self.debounce();
        self.sleep(SHORT_THANKS_MS + 300);
        self.nothing_added(Level::Satisfied);
    }

    fn chooses_again(&mut self) {
        let before = self.recorded();
        self.tap(Level::Dissatisfied);
        let view = self.step(Level::Dissatisfied, 0, true);
        self.touch(view, &["Chọn lại"]);
        self.debounce();
        self.touch(View::Rate { active: true, again: true }, &[word(Level::VerySatisfied)]);
        self.until_written(before, "changed");
        self.noted();
        self.skip(Level::VerySatisfied, false);
        self.nothing_added(Level::VerySatisfied);
    }

    fn only_looks(&mut self) {
        let before = self.recorded();
        self.display.tap(NOWHERE);
        self.until_written(before, "abandoned");
        self.debounce();
        self.told.push(Told::Unanswered("abandoned"));
    }

    fn does_not_want_to(&mut self) {
        let before = self.recorded();
        self.touch(RATE, &["Không đánh giá"]);
        self.until_written(before, "declined");
        self.sleep(Farewell::Declined.lasts_ms() + 300);
        self.debounce();
        self.told.push(Told::Unanswered("declined"));
    }

    fn was_served_by_somebody_else(&mut self) {
        let before = self.recorded();
        self.touch(RATE, &["Không phải người này"]);
        self.until_written(before, "officer_disputed");
        self.sleep(Farewell::OfficerDisputed.lasts_ms() + 300);
        self.debounce();
        self.told.push(Told::Unanswered("officer_disputed"));
    }

    /// Somebody leaves in the middle; the next one says that they are another.
    fn makes_room_for_the_next(&mut self) {
        let level = self.level();
        self.tap(level);
        let first = self.step(level, 0, true);
        self.touch(first, &["Người tiếp theo"]);
        self.debounce();
        self.nothing_added(level);
        self.taps_and_goes_on();
    }

    /// Somebody whose hand trembles taps twice, half a second apart, and a third time.
    fn trembles(&mut self) {
        let level = self.level();
        let at = self.find_in("vi", RATE, &[word(level)]);
        let before = self.recorded();
        self.display.tap(at);
        for _ in 0..2 {
            self.sleep(350);
            self.display.tap(at);
        }
        self.until_written(before, "rated");
        self.noted();
        self.skip(level, true);
        self.nothing_added(level);
    }

    fn invite(&mut self) {
        // Each dossier once: it is rated once at this stage.
        self.dossiers += 1;
        let dossier = format!("H53.02-260914-{:06}", self.dossiers);
        let store = self.handle.block_on(async { self.site.lock().await.store() });
        let now = analytics_server::clock::Clock::system().now();
        let invited = async {
            let directory = store.directory().await.unwrap();
            let new = NewInvitation {
                id: fresh_id(),
                counter: directory.counter("Q07").unwrap().id,
                officer: None,
                stage: Some(Stage::Return),
                dossier: Some(&dossier),
                ticket: None,
                expires_at: now + i64::try_from(INVITATION_MS).unwrap(),
                actor: "test",
                even_if_rated: false,
            };
            store.invite(&new, now).await.unwrap()
        };
        self.handle.block_on(invited);
    }

    fn is_invited(&mut self) {
        self.network(|proxy| proxy.set_broken(false));
        let (before, level) = (self.recorded(), self.level());
        self.invite();
        self.until_written(before, "shown");
        self.debounce();
        self.tap(level);
        self.skip(level, true);
        self.nothing_added(level);
    }

    fn is_invited_twice(&mut self) {
        self.network(|proxy| proxy.set_broken(false));
        let (before, level) = (self.recorded(), self.level());
        self.invite();
        self.until_written(before, "shown");
        self.invite();
        self.until_written(before, "superseded");
        self.debounce();
        self.told.push(Told::Unanswered("superseded"));
        self.tap(level);
        self.skip(level, true);
        self.nothing_added(level);
    }

    fn officer_comes_or_goes(&mut self) {
        let corner = self.find_in("vi", RATE, &["Dành cho người phục vụ"]);
        self.display.hold(corner, Duration::from_millis(3_400));
        self.sleep(500);
        let who = Who::Officer("CC013".to_owned());
        let (door, written) = if self.signed_in {
            ("Kết thúc trực quầy", "signed_out")
        } else {
            ("Bắt đầu trực quầy", "signed_in")
        };
        let mut touches = vec![("Nguyễn Văn M".to_owned(), vec![StaffInput::Choose(who.clone())])];
        let digits = OFFICER_PIN.chars();
        touches.extend(digits.map(|digit| (digit.to_string(), vec![StaffInput::Type(digit)])));
        let right = StaffInput::Checked { who, right: true };
        touches.push(("Xác nhận".to_owned(), vec![StaffInput::Confirm, right]));
        touches.push((door.to_owned(), vec![]));

        let before = self.recorded();
        let mut staff = Staff::new(Locks::default()).step(StaffInput::Open, None, Now::default()).0;
        for (words, inputs) in touches {
            let at = self.find_in_office(&staff, &words);
            self.display.tap(at);
            // A PIN takes its time by intention.
            self.sleep(if words == "Xác nhận" { 1_500 } else { 120 });
            for input in inputs {
                staff = staff.step(input, Some(&self.settings), Now::default()).0;
            }
        }
        self.until_written(before, written);
        self.signed_in = !self.signed_in;
        self.debounce();
        self.told.push(Told::Duty);
    }

    fn loses_the_network(&mut self) {
        let broken = self.dice(3) > 0;
        self.network(|proxy| proxy.set_broken(broken));
        self.taps_and_goes_on();
    }

    fn loses_power(&mut self) {
        let level = self.level();
        let before = self.recorded();
        self.touch(RATE, &[word(level)]);
        self.until_written(before, "rated");
        self.power_cut();
        self.nothing_added(level);
    }

    /// The battery of its clock is flat, or somebody set it.
    fn starts_with_a_wrong_clock(&mut self) {
        let moment = ["2020-01-01 08:00:00", "2099-12-31 08:00:00"][usize::from(self.dice(2) > 0)];
        let before = self.recorded();
        self.power_cut_at(moment);
        if std::mem::take(&mut self.signed_in) {
            // A wall clock that can not be right signs out: nobody is rated on a guess.
            self.until_written(before, "signed_out");
            self.told.push(Told::Duty);
        }
        self.taps_and_goes_on();
        self.taps_and_walks_away();
        self.power_cut();
    }

    /// Something between tablet and server refuses a word.
    fn is_behind_a_filter(&mut self) {
        self.network(|proxy| {
            proxy.set_broken(false);
            proxy.set_strict(true);
        });
        self.tells_why();
        self.taps_and_goes_on();
        self.network(|proxy| proxy.set_strict(false));
    }

    fn is_on_a_slow_line(&mut self) {
        self.network(|proxy| proxy.set_speed(6_000));
        self.taps_and_goes_on();
        self.tells_why();
        self.network(|proxy| proxy.set_speed(0));
    }

    /// The server loses what came after its backup.
    fn server_is_restored(&mut self) {
        let site = std::sync::Arc::clone(&self.site);
        self.handle.block_on(async { site.lock().await.back_up().await });
        self.taps_and_goes_on();
        self.tells_why();
        self.handle.block_on(async { site.lock().await.restore().await });
        self.taps_and_walks_away();
    }

    /// A technician copies the disk for another counter; the copy is put up at the end of the day.
    fn is_copied_by_somebody(&mut self) {
        if self.copies() < 2 {
            self.is_copied();
        }
        self.taps_and_goes_on();
    }

    /// Forty taps a second on one face, by somebody who does not look at the screen.
    fn drums(&mut self) {
        let at = self.find_in("vi", RATE, &[word(Level::Neutral)]);
        let before = self.recorded();
        self.display.drum(at, 60, 25);
        self.until_written(before, "rated");
        self.sleep(TIMEOUT_MS + 2_000);
        self.told.push(Told::Rated(Level::Neutral, None));
    }
}
