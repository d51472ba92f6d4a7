//! The start as a machine: what stands on the glass before there is a question, and what is tried
//! again by itself.
#![allow(clippy::unwrap_used)]

use protocol::enrol_link::EnrolLink;
use std::path::PathBuf;
use tablet_app::startup::{
    AGAIN_MS, Field, Form, Saved, Startup, StartupEffect, StartupFault, StartupInput, StartupPage,
    Work,
};
use tablet_app::sticks::Stick;

struct Glass {
    startup: Startup,
    uptime: u64,
}

impl Glass {
    fn new() -> Self {
        Self { startup: Startup::new(None, None), uptime: 1_000 }
    }

    fn put(&mut self, input: StartupInput) -> Vec<StartupEffect> {
        let (startup, effects) = self.startup.clone().step(input, self.uptime);
        self.startup = startup;
        effects
    }

    fn wait(&mut self, ms: u64) -> Vec<StartupEffect> {
        self.uptime += ms;
        self.put(StartupInput::Tick)
    }

    fn form(&self) -> (&Form, &Work) {
        match self.startup.page() {
            StartupPage::Enrol { form, work, .. } => (form, work),
            other => panic!("{other:?}"),
        }
    }
}

fn enrol(server: &str, code: &str) -> Vec<StartupEffect> {
    vec![StartupEffect::Enrol { server: server.into(), code: code.into() }]
}

#[test]
fn a_code_and_an_address_are_typed_and_what_lacks_is_asked_for() {
    let mut glass = Glass::new();
    assert_eq!(glass.startup.page(), &StartupPage::Opening);
    assert_eq!(glass.put(StartupInput::Confirm), []);
    glass.put(StartupInput::NotEnrolled);
    assert_eq!(glass.put(StartupInput::Confirm), []);
    assert_eq!(glass.form().1, &Work::Failed("text"));
    assert_eq!(glass.put(StartupInput::Write("7KQ2-M9XF\n".into())), []);
    let (form, work) = glass.form();
    assert_eq!((form.field, work), (Field::Server, &Work::Failed("server")));
    let typed = StartupInput::Write("http://10.0.0.5:8080\n".into());
    assert_eq!(glass.put(typed), enrol("http://10.0.0.5:8080", "7KQ2-M9XF"));
    assert_eq!(glass.put(StartupInput::Write("x\n".into())), [], "the server is being asked");
    assert_eq!(glass.put(StartupInput::Erase), []);

    // A refusal leaves what was typed, and a wrong letter is put right.
    glass.put(StartupInput::NotTaken("code"));
    assert_eq!(glass.form().0.code, "7KQ2-M9XF");
    assert_eq!(glass.wait(10 * AGAIN_MS), [], "a code does not become right by itself");
    glass.put(StartupInput::Field(Field::Code));
    glass.put(StartupInput::Erase);
    assert_eq!(glass.form().1, &Work::Idle);
    assert_eq!(
        glass.put(StartupInput::Write("G\n".into())),
        enrol("http://10.0.0.5:8080", "7KQ2-M9XG")
    );
}

#[test]
fn a_scanner_gives_code_and_address_at_once() {
    let mut glass = Glass::new();
    glass.put(StartupInput::NotEnrolled);
    let link = EnrolLink { server: "https://one.gov.vn".into(), code: "7KQ2-M9XF".into() };
    let asked = glass.put(StartupInput::Write(format!("{link}\n")));
    assert_eq!(asked, enrol("https://one.gov.vn", "7KQ2-M9XF"));
    glass.put(StartupInput::NotTaken("code"));
    glass.put(StartupInput::Erase);
    assert_eq!(glass.form().0.code, "", "nobody erases a scanned text letter by letter");
    glass.put(StartupInput::Field(Field::Server));
    glass.put(StartupInput::Write("http://by.hand".into()));
    glass.put(StartupInput::Field(Field::Code));
    let asked = glass.put(StartupInput::Write(format!("{link}\n")));
    assert_eq!(asked, enrol("http://by.hand", "7KQ2-M9XF"), "what was typed by hand knows better");
}

#[test]
fn what_may_pass_is_tried_again_by_itself() {
    for fault in StartupFault::ALL {
        let mut glass = Glass::new();
        glass.put(StartupInput::Failed(fault, "why".into()));
        let passes = !matches!(fault, StartupFault::Damaged | StartupFault::Newer);
        assert_eq!(glass.startup.wakes_at().is_some(), passes, "{fault:?}");
        assert_eq!(glass.wait(AGAIN_MS - 1), []);
        assert_eq!(glass.wait(1), if passes { vec![StartupEffect::Open] } else { vec![] });
        if !passes {
            assert_eq!(glass.put(StartupInput::Again), [StartupEffect::Open], "or by hand");
        }
        assert_eq!(glass.startup.page(), &StartupPage::Opening);
        assert_eq!(glass.put(StartupInput::Leave), [], "an enrolled tablet is left by a PIN alone");
    }
    let startup = Startup::new(Some("http://one".into()), Some("7KQ2".into()));
    let mut glass = Glass { startup, uptime: 0 };
    glass.put(StartupInput::NotTaken("network"));
    assert_eq!(glass.wait(AGAIN_MS), enrol("http://one", "7KQ2"), "the network may come");
    glass.put(StartupInput::NotTaken("network"));
    glass.put(StartupInput::Write("X".into()));
    assert_eq!(glass.wait(AGAIN_MS), [], "somebody is typing");
    assert_eq!(glass.put(StartupInput::Leave), [StartupEffect::Leave]);
}

#[test]
fn a_damaged_journal_is_salvaged_to_a_stick_that_was_chosen() {
    let mut glass = Glass::new();
    assert_eq!(glass.put(StartupInput::Salvage), []);
    assert_eq!(glass.startup.page(), &StartupPage::Opening, "there is nothing to salvage");
    glass.put(StartupInput::Failed(StartupFault::Damaged, "why".into()));
    glass.put(StartupInput::Salvage);
    assert_eq!(glass.put(StartupInput::Confirm), [StartupEffect::Salvage(None)]);
    assert_eq!(glass.put(StartupInput::Back), [], "it is being written");
    let stick = |folder: &str| Stick {
        folder: folder.into(),
        name: folder.into(),
        size: None,
        free: None,
        removable: true,
    };
    glass.put(StartupInput::Sticks(vec![stick("/media/A"), stick("/media/B")]));
    assert_eq!(glass.put(StartupInput::Stick("/media/C".into())), []);
    let chosen = PathBuf::from("/media/B");
    assert_eq!(
        glass.put(StartupInput::Stick(chosen.clone())),
        [StartupEffect::Salvage(Some(chosen))]
    );
    glass.put(StartupInput::Salvaged(Err("write")));
    assert_eq!(glass.put(StartupInput::Confirm), [StartupEffect::Salvage(None)], "again");
    let saved = Saved { file: Some("file".into()), missing: 3 };
    glass.put(StartupInput::Salvaged(Ok(saved.clone())));
    assert_eq!(glass.startup.page(), &StartupPage::Saved(saved));
    assert_eq!(glass.put(StartupInput::Confirm), [StartupEffect::Open]);
}
