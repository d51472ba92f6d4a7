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
    Door, Effect, FREE_TRIES, IDLE_MS, Input, Locks, Page, Pin, Staff, WIPE_MS, Who, Work,
};
use tablet_app::sticks::Stick;

/// A staff screen with a hand on its clock.
struct Room {
    staff: Staff,
    settings: Arc<Settings>,
    uptime: u64,
}

impl Room {
    fn open() -> Self {
        let settings = Arc::new(full_settings());
        let mut room = Self { staff: Staff::new(Locks::default()), settings, uptime: 1_000 };
        assert_eq!(room.put(Input::Open), []);
        room
    }

    fn put(&mut self, input: Input) -> Vec<Effect> {
        let wall_ms = 1_695_790_800_000 + i64::try_from(self.uptime).unwrap();
        let now = Now { wall_ms, uptime_ms: self.uptime };
        let (staff, effects) = self.staff.clone().step(input, Some(&self.settings), now);
        self.staff = staff;
        effects
    }

    fn wait(&mut self, ms: u64) {
        self.uptime += ms;
        assert_eq!(self.put(Input::Tick), []);
    }

    /// Types a PIN and lets it be right or wrong.
    fn pin(&mut self, who: &Who, right: bool) -> Vec<Effect> {
        self.put(Input::Choose(who.clone()));
        "1357".chars().for_each(|digit| drop(self.put(Input::Type(digit))));
        let check = Effect::Check { who: who.clone(), pin: "1357".into() };
        let mut effects = self.put(Input::Confirm);
        assert_eq!(effects.pop(), Some(check));
        // Counted before anybody knows.
        assert!(matches!(effects[..], [Effect::Remember(_)]), "{effects:?}");
        effects.extend(self.put(Input::Checked { who: who.clone(), right }));
        effects
    }

    fn page(&self) -> &Page {
        self.staff.page().expect("the screen is up")
    }
}

fn officer() -> Who {
    Who::Officer("CC06".into())
}

#[test]
fn an_officer_signs_in_and_out() {
    let mut room = Room::open();
    let forgotten = Effect::Remember(Locks::default());
    assert_eq!(room.pin(&officer(), true).last(), Some(&forgotten), "nothing was wrong");
    assert_eq!((room.page(), room.staff.who()), (&Page::Menu, Some(&officer())));
    assert_eq!(room.put(Input::SignIn), [Effect::SignIn("CC06".into())]);
    assert_eq!(room.staff.page(), None, "back to the question, with their name on it");
    room.put(Input::Open);
    room.pin(&officer(), true);
    assert_eq!(room.put(Input::SignOut), [Effect::SignOut]);
    assert_eq!((room.staff.page(), room.staff.who()), (None, None));
}

fn export(work: Work) -> Page {
    Page::Export { work, sticks: Vec::new() }
}

#[test]
fn only_a_technician_leaves_moves_and_exports() {
    for door in [Door::Enrol, Door::Export, Door::Leave] {
        let mut room = Room::open();
        room.pin(&officer(), true);
        room.put(Input::Go(door));
        assert_eq!(room.page(), &Page::Menu);
        assert_eq!(room.put(Input::Confirm), []);
    }
    let mut room = Room::open();
    room.put(Input::Go(Door::Leave));
    assert_eq!(room.page(), &Page::Names, "nobody has shown a PIN");
    room.pin(&Who::Technician, true);
    assert_eq!(room.put(Input::SignIn), [], "a technician is rated by nobody");
    room.put(Input::Go(Door::Leave));
    assert_eq!(room.put(Input::Confirm), [Effect::Leave]);
    room.put(Input::Back);
    room.put(Input::Go(Door::Export));
    assert_eq!(room.put(Input::Confirm), [Effect::Export(None)]);
    assert_eq!(room.put(Input::Confirm), [], "it is under way");
    room.wait(IDLE_MS * 2);
    room.put(Input::Close);
    room.put(Input::Ended(Door::Enrol, Ok("Q09".to_owned().into())));
    assert_eq!(room.page(), &export(Work::Going), "the answer of other work");
    room.put(Input::Ended(Door::Export, Err("write")));
    assert_eq!(room.page(), &export(Work::Failed("write")));
    assert_eq!(room.put(Input::Confirm), [Effect::Export(None)], "again");
    room.put(Input::Ended(Door::Export, Ok("file".to_owned().into())));
    room.put(Input::Back);
    room.put(Input::Go(Door::Enrol));
    "7KQ2M9XFF".chars().for_each(|letter| drop(room.put(Input::Type(letter))));
    room.put(Input::Erase);
    let asked = Admission { server: None, code: "7KQ2M9XF".into() };
    assert_eq!(room.put(Input::Confirm), [Effect::Enrol(asked)]);
    room.put(Input::Ended(Door::Enrol, Ok("Q09".to_owned().into())));
    assert!(
        matches!(room.page(), Page::Enrol { work: Work::Done(done), .. } if done.what == "Q09")
    );
}

#[test]
fn with_several_sticks_a_technician_chooses_one_that_is_there() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.put(Input::Go(Door::Export));
    let stick = |folder: &str| Stick {
        folder: folder.into(),
        name: folder.into(),
        size: None,
        free: None,
        removable: true,
    };
    let both = vec![stick("/media/A"), stick("/media/B")];
    assert_eq!(room.put(Input::Sticks(both.clone())), []);
    assert_eq!(room.page(), &export(Work::Idle), "nobody asked for them");
    room.put(Input::Confirm);
    room.put(Input::Sticks(both.clone()));
    assert_eq!(room.page(), &Page::Export { work: Work::Idle, sticks: both });
    assert_eq!(room.put(Input::Stick("/media/C".into())), []);
    assert_eq!(
        room.put(Input::Stick("/media/B".into())),
        [Effect::Export(Some("/media/B".into()))]
    );
    assert_eq!(room.page(), &export(Work::Going));
}

#[test]
fn a_scanner_reads_the_text_of_the_picture_and_a_wrong_text_makes_room_for_the_next() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.put(Input::Go(Door::Enrol));
    let wrong = "https://example.gov.vn/queue/12";
    assert_eq!(room.put(Input::Write(format!("{wrong}\n"))), []);
    let failed = |code: &str| Page::Enrol { code: code.into(), work: Work::Failed("text") };
    assert_eq!(room.page(), &failed(wrong));
    let link = EnrolLink { server: "http://10.0.0.5:8080".into(), code: "7KQ2-M9XF".into() };
    let text = link.to_string();
    let (first, rest) = text.split_at(7);
    assert_eq!(room.put(Input::Write(first.into())), []);
    let asked = Admission { server: Some(link.server), code: link.code };
    assert_eq!(room.put(Input::Write(format!("{rest}\n"))), [Effect::Enrol(asked)]);
    room.put(Input::Write("a second scan meanwhile\n".into()));
    assert_eq!(room.page(), &Page::Enrol { code: text, work: Work::Going });

    // A code is put right by hand.
    room.put(Input::Ended(Door::Enrol, Err("code")));
    room.put(Input::Erase);
    assert_eq!(room.page(), &Page::Enrol { code: String::new(), work: Work::Idle });
    room.put(Input::Write("7KQ!\n".into()));
    assert_eq!(room.page(), &failed("7KQ!"));
    room.put(Input::Erase);
    assert_eq!(room.page(), &Page::Enrol { code: "7KQ".into(), work: Work::Idle });
}

#[test]
fn wrong_pins_make_their_name_wait_and_no_other() {
    let mut room = Room::open();
    for wrong in 1..=FREE_TRIES {
        let remembered = room.pin(&officer(), false);
        assert!(matches!(remembered[..], [Effect::Remember(_)]), "{wrong}");
        let Page::Pin { pin, digits, .. } = room.page() else { panic!("{:?}", room.page()) };
        assert!(digits.is_empty());
        assert_eq!(*pin == Pin::Wrong, wrong < FREE_TRIES);
        if wrong < FREE_TRIES {
            room.put(Input::Back);
        }
    }
    let Page::Pin { pin: Pin::Locked(until), .. } = room.page().clone() else { panic!("no lock") };
    room.put(Input::Type('1'));
    assert_eq!(room.put(Input::Confirm), []);
    room.put(Input::Back);
    room.put(Input::Choose(officer()));
    assert!(
        matches!(room.page(), Page::Pin { pin: Pin::Locked(_), .. }),
        "going back helps nobody"
    );
    room.put(Input::Back);
    room.pin(&Who::Technician, true);
    assert_eq!(room.page(), &Page::Menu);
    room.put(Input::Close);
    room.uptime = until;
    room.put(Input::Open);
    let forgiven = room.pin(&officer(), true);
    let none = Effect::Remember(Locks::default());
    assert_eq!(forgiven.last(), Some(&none), "the right one forgives");
}

#[test]
fn a_lock_ends_on_the_glass_when_its_time_is_over() {
    let mut room = Room::open();
    for _ in 0..FREE_TRIES {
        room.put(Input::Back);
        room.put(Input::Open);
        room.pin(&officer(), false);
    }
    let Page::Pin { pin: Pin::Locked(until), .. } = room.page().clone() else { panic!("no lock") };
    assert_eq!(room.staff.wakes_at(), Some(until));
    room.uptime = until;
    room.wait(0);
    assert!(matches!(room.page(), Page::Pin { pin: Pin::Typing, .. }));
}

#[test]
fn it_closes_by_itself_and_forgets_who_was_there() {
    let mut room = Room::open();
    room.pin(&Who::Technician, true);
    room.wait(IDLE_MS - 1);
    room.put(Input::Go(Door::TestTap));
    room.put(Input::Face(Level::Neutral));
    assert_eq!(room.page(), &Page::TestTap { touched: Some(Level::Neutral) });
    room.wait(IDLE_MS);
    assert_eq!((room.staff.page(), room.staff.who()), (None, None));
    assert_eq!(room.staff.wakes_at(), None);
}

#[test]
fn nothing_counts_while_the_glass_is_wiped() {
    let mut room = Room::open();
    room.pin(&officer(), true);
    room.put(Input::Go(Door::Wipe));
    for input in [Input::Close, Input::Back, Input::SignIn, Input::Go(Door::TestTap)] {
        assert_eq!(room.put(input), []);
        assert_eq!(room.page(), &Page::Wipe);
    }
    room.wait(WIPE_MS - 1);
    assert_eq!(room.page(), &Page::Wipe, "a touch does not prolong it");
    room.wait(1);
    assert_eq!(room.staff.page(), None);
}

#[test]
fn a_pin_that_was_right_too_late_opens_nothing() {
    let mut room = Room::open();
    room.put(Input::Choose(officer()));
    "1357".chars().for_each(|digit| drop(room.put(Input::Type(digit))));
    room.put(Input::Confirm);
    room.put(Input::Back);
    room.put(Input::Checked { who: officer(), right: true });
    assert_eq!((room.page(), room.staff.who()), (&Page::Names, None));
}

#[test]
fn going_back_during_a_check_gives_no_further_guess() {
    let mut room = Room::open();
    for _ in 1..FREE_TRIES {
        room.pin(&officer(), false);
        room.put(Input::Back);
    }
    let typed = |room: &mut Room| {
        room.put(Input::Choose(officer()));
        "1357".chars().for_each(|digit| drop(room.put(Input::Type(digit))));
        room.put(Input::Confirm)
    };
    assert!(matches!(typed(&mut room)[..], [Effect::Remember(_), Effect::Check { .. }]));
    room.put(Input::Back);
    assert_eq!(typed(&mut room), [], "one check at a time");
    room.put(Input::Checked { who: officer(), right: false });
    assert!(matches!(room.page(), Page::Pin { pin: Pin::Locked(_), .. }));
    assert_eq!(room.put(Input::Confirm), []);
}

#[test]
fn pins_have_their_length_and_only_digits() {
    let mut room = Room::open();
    room.put(Input::Choose(Who::Officer("CC99".into())));
    assert_eq!(room.page(), &Page::Names, "nobody of that name");
    room.put(Input::Choose(officer()));
    "12a".chars().for_each(|digit| drop(room.put(Input::Type(digit))));
    assert_eq!(room.put(Input::Confirm), [], "three are too few");
    "3456789".chars().for_each(|digit| drop(room.put(Input::Type(digit))));
    assert!(matches!(room.page(), Page::Pin { digits, .. } if digits == "12345678"));
    room.put(Input::Erase);
    assert!(matches!(room.page(), Page::Pin { digits, .. } if digits == "1234567"));
}
