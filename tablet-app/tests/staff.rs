//! The staff screen: who may what, what a wrong PIN costs, and that it never stays open.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::Level;
use protocol::enrol_link::{Admission, EnrolLink};
use protocol::settings::Settings;
use std::sync::Arc;
use support::full_settings;
use tablet_app::clock::Now;
use tablet_app::staff::{
    FREE_TRIES, IDLE_MS, Locks, MenuPage, Pin, Staff, StaffEffect, StaffInput, StaffPage, WIPE_MS,
    Who, Work,
};
use tablet_app::sticks::Stick;

/// A staff screen whose clock the test sets.
struct Room {
    staff: Staff,
    settings: Arc<Settings>,
    uptime: u64,
}

impl Room {
    fn open() -> Self {
        let settings = Arc::new(full_settings());
        let mut room = Self { staff: Staff::new(Locks::default()), settings, uptime: 1_000 };
        assert_eq!(room.put(StaffInput::Open), []);
        room
    }

    fn put(&mut self, input: StaffInput) -> Vec<StaffEffect> {
        let wall_ms = 1_695_790_800_000 + i64::try_from(self.uptime).unwrap();
        let now = Now { wall_ms, uptime_ms: self.uptime };
        let (staff, effects) = self.staff.clone().step(input, Some(&self.settings), now);
        self.staff = staff;
        effects
    }

    fn wait(&mut self, ms: u64) {
        self.uptime += ms;
        assert_eq!(self.put(StaffInput::Tick), []);
    }

    /// Types a PIN and lets it be right or wrong.
    fn pin(&mut self, who: &Who, right: bool) -> Vec<StaffEffect> {
        self.put(StaffInput::Choose(who.clone()));
        "1357".chars().for_each(|digit| drop(self.put(StaffInput::Type(digit))));
        let check = StaffEffect::Check { who: who.clone(), pin: "1357".into() };
        let mut effects = self.put(StaffInput::Confirm);
        assert_eq!(effects.pop(), Some(check));
        // Counted before anybody knows.
        assert!(matches!(effects[..], [StaffEffect::Remember(_)]), "{effects:?}");
        effects.extend(self.put(StaffInput::Checked { who: who.clone(), right }));
        effects
    }

    fn page(&self) -> &StaffPage {
        self.staff.page().expect("the screen is up")
    }
}

fn officer() -> Who {
    Who::Officer("CC06".into())
}

#[test]
fn an_officer_signs_in_and_out() {
    let mut room = Room::open();
    let forgotten = StaffEffect::Remember(Locks::default());
    assert_eq!(room.pin(&officer(), true).last(), Some(&forgotten), "nothing was wrong");
    assert_eq!((room.page(), room.staff.who()), (&StaffPage::Menu, Some(&officer())));
    assert_eq!(room.put(StaffInput::SignIn), [StaffEffect::SignIn("CC06".into())]);
    assert_eq!(room.staff.page(), None, "back to the question, with their name on it");
    room.put(StaffInput::Open);
    room.pin(&officer(), true);
    assert_eq!(room.put(StaffInput::SignOut), [StaffEffect::SignOut]);
    assert_eq!((room.staff.page(), room.staff.who()), (None, None));
}

fn export(work: Work) -> StaffPage {
    StaffPage::Export { work, sticks: Vec::new() }
}

#[test]
fn only_a_technician_leaves_moves_and_exports() {
    for menu_page in [MenuPage::Enrol, MenuPage::Export, MenuPage::Leave] {
        let mut room = Room::open();
        room.pin(&officer(), true);
        room.put(StaffInput::Go(menu_page));
        assert_eq!(room.page(), &StaffPage::Menu);
        assert_eq!(room.put(StaffInput::Confirm), []);
    }
    let mut room = Room::open();
    room.put(StaffInput::Go(MenuPage::Leave));
    assert_eq!(room.page(), &StaffPage::Names, "nobody has shown a PIN");
    room.pin(&Who::Technician, true);
    assert_eq!(room.put(StaffInput::SignIn), [], "a technician is rated by nobody");
    room.put(StaffInput::Go(MenuPage::Leave));
    assert_eq!(room.put(StaffInput::Confirm), [StaffEffect::Leave]);
    room.put(StaffInput::Back);
    room.put(StaffInput::Go(MenuPage::Export));
    assert_eq!(room.put(StaffInput::Confirm), [StaffEffect::Export(None)]);
    assert_eq!(room.put(StaffInput::Confirm), [], "it is under way");
    room.wait(IDLE_MS * 2);
    room.put(StaffInput::Close);
    room.put(StaffInput::Ended(MenuPage::Enrol, Ok("Q09".to_owned().into())));
    assert_eq!(room.page(), &export(Work::Going), "the answer of other work");
    room.put(StaffInput::Ended(MenuPage::Export, Err("write")));
    assert_eq!(room.page(), &export(Work::Failed("write")));
    assert_eq!(room.put(StaffInput::Confirm), [StaffEffect::Export(None)], "again");
    room.put(StaffInput::Ended(MenuPage::Export, Ok("file".to_owned().into())));
    room.put(StaffInput::Back);
    room.put(StaffInput::Go(MenuPage::Enrol));
    "7KQ2M9XFF".chars().for_each(|letter| drop(room.put(StaffInput::Type(letter))));
    room.put(StaffInput::Erase);
    let asked = Admission { server: None, code: "7KQ2M9XF".into() };
    assert_eq!(room.put(StaffInput::Confirm), [StaffEffect::Enrol(asked)]);
    room.put(StaffInput::Ended(MenuPage::Enrol, Ok("Q09".to_owned().into())));
    assert!(
        matches!(room.page(), StaffPage::Enrol { work: Work::Done(done), .. } if done.what == "Q09")
    );
}

#[test]
fn with_several_sticks_a_technician_chooses_one_that_is_there() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.put(StaffInput::Go(MenuPage::Export));
    let stick = |folder: &str| Stick {
        folder: folder.into(),
        name: folder.into(),
        size: None,
        free: None,
        removable: true,
    };
    let both = vec![stick("/media/A"), stick("/media/B")];
    assert_eq!(room.put(StaffInput::Sticks(both.clone())), []);
    assert_eq!(room.page(), &export(Work::Idle), "nobody asked for them");
    room.put(StaffInput::Confirm);
    room.put(StaffInput::Sticks(both.clone()));
    assert_eq!(room.page(), &StaffPage::Export { work: Work::Idle, sticks: both });
    assert_eq!(room.put(StaffInput::Stick("/media/C".into())), []);
    assert_eq!(
        room.put(StaffInput::Stick("/media/B".into())),
        [StaffEffect::Export(Some("/media/B".into()))]
    );
    assert_eq!(room.page(), &export(Work::Going));
}

#[test]
fn a_scanner_reads_the_text_of_the_picture_and_a_wrong_text_makes_room_for_the_next() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.put(StaffInput::Go(MenuPage::Enrol));
    let wrong = "https://example.gov.vn/queue/12";
    assert_eq!(room.put(StaffInput::Write(format!("{wrong}\n"))), []);
    let failed = |code: &str| StaffPage::Enrol { code: code.into(), work: Work::Failed("text") };
    assert_eq!(room.page(), &failed(wrong));
    let link = EnrolLink { server: "http://10.0.0.5:8080".into(), code: "7KQ2-M9XF".into() };
    let text = link.to_string();
    let (first, rest) = text.split_at(7);
    assert_eq!(room.put(StaffInput::Write(first.into())), []);
    let asked = Admission { server: Some(link.server), code: link.code };
    assert_eq!(room.put(StaffInput::Write(format!("{rest}\n"))), [StaffEffect::Enrol(asked)]);
    room.put(StaffInput::Write("a second scan meanwhile\n".into()));
    assert_eq!(room.page(), &StaffPage::Enrol { code: text, work: Work::Going });

    // A code is put right by hand.
    room.put(StaffInput::Ended(MenuPage::Enrol, Err("code")));
    room.put(StaffInput::Erase);
    assert_eq!(room.page(), &StaffPage::Enrol { code: String::new(), work: Work::Idle });
    room.put(StaffInput::Write("7KQ!\n".into()));
    assert_eq!(room.page(), &failed("7KQ!"));
    room.put(StaffInput::Erase);
    assert_eq!(room.page(), &StaffPage::Enrol { code: "7KQ".into(), work: Work::Idle });
}

#[test]
fn wrong_pins_make_their_name_wait_and_no_other() {
    let mut room = Room::open();
    for wrong in 1..=FREE_TRIES {
        let remembered = room.pin(&officer(), false);
        assert!(matches!(remembered[..], [StaffEffect::Remember(_)]), "{wrong}");
        let StaffPage::Pin { pin, digits, .. } = room.page() else { panic!("{:?}", room.page()) };
        assert!(digits.is_empty());
        assert_eq!(*pin == Pin::Wrong, wrong < FREE_TRIES);
        if wrong < FREE_TRIES {
            room.put(StaffInput::Back);
        }
    }
    let StaffPage::Pin { pin: Pin::Locked(until), .. } = room.page().clone() else {
        panic!("no lock")
    };
    room.put(StaffInput::Type('1'));
    assert_eq!(room.put(StaffInput::Confirm), []);
    room.put(StaffInput::Back);
    room.put(StaffInput::Choose(officer()));
    assert!(
        matches!(room.page(), StaffPage::Pin { pin: Pin::Locked(_), .. }),
        "going back helps nobody"
    );
    room.put(StaffInput::Back);
    room.pin(&Who::Technician, true);
    assert_eq!(room.page(), &StaffPage::Menu);
    room.put(StaffInput::Close);
    room.uptime = until;
    room.put(StaffInput::Open);
    let forgiven = room.pin(&officer(), true);
    let none = StaffEffect::Remember(Locks::default());
    assert_eq!(forgiven.last(), Some(&none), "the right one forgives");
}

#[test]
fn a_lock_ends_on_the_glass_when_its_time_is_over() {
    let mut room = Room::open();
    for _ in 0..FREE_TRIES {
        room.put(StaffInput::Back);
        room.put(StaffInput::Open);
        room.pin(&officer(), false);
    }
    let StaffPage::Pin { pin: Pin::Locked(until), .. } = room.page().clone() else {
        panic!("no lock")
    };
    assert_eq!(room.staff.wakes_at(), Some(until));
    room.uptime = until;
    room.wait(0);
    assert!(matches!(room.page(), StaffPage::Pin { pin: Pin::Typing, .. }));
}

#[test]
fn it_closes_by_itself_and_forgets_who_was_there() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.wait(IDLE_MS - 1);
    room.put(StaffInput::Go(MenuPage::TestTap));
    room.put(StaffInput::Face(Level::Neutral));
    assert_eq!(room.page(), &StaffPage::TestTap { touched: Some(Level::Neutral) });
    room.wait(IDLE_MS);
    assert_eq!((room.staff.page(), room.staff.who()), (None, None));
    assert_eq!(room.staff.wakes_at(), None);
}

#[test]
fn nothing_counts_while_the_glass_is_wiped() {
    let mut room = Room::open();
    room.pin(&officer(), true);
    room.put(StaffInput::Go(MenuPage::Wipe));
    for input in
        [StaffInput::Close, StaffInput::Back, StaffInput::SignIn, StaffInput::Go(MenuPage::TestTap)]
    {
        assert_eq!(room.put(input), []);
        assert_eq!(room.page(), &StaffPage::Wipe);
    }
    room.wait(WIPE_MS - 1);
    assert_eq!(room.page(), &StaffPage::Wipe, "a touch does not prolong it");
    room.wait(1);
    assert_eq!(room.staff.page(), None);
}

#[test]
fn a_pin_that_was_right_too_late_opens_nothing() {
    let mut room = Room::open();
    room.put(StaffInput::Choose(officer()));
    "1357".chars().for_each(|digit| drop(room.put(StaffInput::Type(digit))));
    room.put(StaffInput::Confirm);
    room.put(StaffInput::Back);
    room.put(StaffInput::Checked { who: officer(), right: true });
    assert_eq!((room.page(), room.staff.who()), (&StaffPage::Names, None));
}

#[test]
fn going_back_during_a_check_gives_no_further_guess() {
    let mut room = Room::open();
    for _ in 1..FREE_TRIES {
        room.pin(&officer(), false);
        room.put(StaffInput::Back);
    }
    let typed = |room: &mut Room| {
        room.put(StaffInput::Choose(officer()));
        "1357".chars().for_each(|digit| drop(room.put(StaffInput::Type(digit))));
        room.put(StaffInput::Confirm)
    };
    assert!(matches!(typed(&mut room)[..], [StaffEffect::Remember(_), StaffEffect::Check { .. }]));
    room.put(StaffInput::Back);
    assert_eq!(typed(&mut room), [], "one check at a time");
    room.put(StaffInput::Checked { who: officer(), right: false });
    assert!(matches!(room.page(), StaffPage::Pin { pin: Pin::Locked(_), .. }));
    assert_eq!(room.put(StaffInput::Confirm), []);
}

#[test]
fn pins_have_their_length_and_only_digits() {
    let mut room = Room::open();
    room.put(StaffInput::Choose(Who::Officer("CC99".into())));
    assert_eq!(room.page(), &StaffPage::Names, "nobody of that name");
    room.put(StaffInput::Choose(officer()));
    "12a".chars().for_each(|digit| drop(room.put(StaffInput::Type(digit))));
    assert_eq!(room.put(StaffInput::Confirm), [], "three are too few");
    "3456789".chars().for_each(|digit| drop(room.put(StaffInput::Type(digit))));
    assert!(matches!(room.page(), StaffPage::Pin { digits, .. } if digits == "12345678"));
    room.put(StaffInput::Erase);
    assert!(matches!(room.page(), StaffPage::Pin { digits, .. } if digits == "1234567"));
}
