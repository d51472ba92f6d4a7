//! The screens before there is a question as pictures, and what a touch on them returns. New pictures:
//! `UPDATE_SNAPSHOTS=true`, then look at them.
#![allow(clippy::unwrap_used)]

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Rect, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults};
use protocol::enrol_link::EnrolLink;
use std::path::Path;
use support::glass::{Control, LANDSCAPE, PORTRAIT, controls, drawn, options, ways, without_words};
use tablet_app::journal::JournalError;
use tablet_app::screens::start::{StartScreen, show};
use tablet_app::startup::{Field, Saved, Startup, StartupEffect, StartupFault, StartupInput};
use tablet_app::sticks::Stick;
use tablet_app::theme::{KEY_TARGET, TARGET};

/// The screen, with everything that was asked for.
struct Glass {
    startup: Startup,
    effects: Vec<StartupEffect>,
}

impl Glass {
    fn new(inputs: &[StartupInput], language: &'static str) -> Self {
        let mut glass = Self { startup: Startup::new(None, None), effects: Vec::new() };
        glass.put(StartupInput::Language(language));
        for input in inputs {
            glass.put(input.clone());
        }
        glass
    }

    fn put(&mut self, input: StartupInput) {
        let (startup, effects) = self.startup.clone().step(input, 0);
        self.startup = startup;
        self.effects.extend(effects);
    }

    fn harness(self, size: Vec2) -> Harness<'static, Self> {
        drawn(self, size, |ui, glass| {
            let start = StartScreen { startup: &glass.startup, uptime: 0 };
            if let Some(input) = show(ui, &start) {
                glass.put(input);
            }
        })
    }
}

fn sticks() -> Vec<Stick> {
    let stick = |name: &str, removable| Stick {
        folder: format!("/media/{name}").into(),
        name: name.to_owned(),
        size: Some(15_500_000_000),
        free: Some(12_345_000_000),
        removable,
    };
    vec![stick("KINGSTON", true), stick("CARD", false)]
}

fn pages() -> Vec<(String, Vec<StartupInput>)> {
    let path = "/var/lib/kiosk/.local/share/hai-long-tablet/journal.sqlite";
    let path = Path::new(path).to_owned();
    let damaged = JournalError::Damaged {
        path: path.clone(),
        detail: "event 412 is not the one that was recorded".to_owned(),
    };
    let detail = damaged.to_string();
    let file = "/media/KINGSTON/nhat-ky-Q05-20230927T024100Z.hljournal";
    let enrol = |more: &[StartupInput]| [&[StartupInput::NotEnrolled], more].concat();
    let salvage = |more: &[StartupInput]| {
        let begun =
            [StartupInput::Failed(StartupFault::Damaged, detail.clone()), StartupInput::Salvage];
        [&begun, more].concat()
    };
    let saved = |file: Option<&str>, missing| {
        let saved = Saved { file: file.map(str::to_owned), missing };
        salvage(&[StartupInput::Confirm, StartupInput::Salvaged(Ok(saved))])
    };
    let link = EnrolLink { server: "http://10.0.0.5:8080".into(), code: "7KQ2-M9XF".into() };
    let typed = [
        StartupInput::Write("7KQ2-M9XF".into()),
        StartupInput::Field(Field::Server),
        StartupInput::Write("https://hai-long.example".into()),
    ];
    let mut pages = vec![
        ("opening", vec![]),
        ("enrol", enrol(&[])),
        ("enrol-typed", enrol(&typed)),
        ("enrol-scanned", enrol(&[StartupInput::Write(link.to_string())])),
        ("enrol-going", enrol(&[StartupInput::Write(format!("{link}\n"))])),
        (
            "enrol-code",
            enrol(&[StartupInput::Write("7KQ2".into()), StartupInput::NotTaken("code")]),
        ),
        (
            "enrol-network",
            enrol(&[StartupInput::Write("7KQ2".into()), StartupInput::NotTaken("network")]),
        ),
        ("salvage", salvage(&[])),
        ("salvage-choose", salvage(&[StartupInput::Confirm, StartupInput::Sticks(sticks())])),
        ("salvage-failed", salvage(&[StartupInput::Confirm, StartupInput::Salvaged(Err("key"))])),
        ("saved", saved(Some(file), 0)),
        ("saved-some", saved(Some(file), 31)),
        ("saved-none", saved(None, 0)),
    ];
    for why in ["text", "server", "address", "other"] {
        pages.push(("", enrol(&[StartupInput::NotTaken(why)])));
    }
    for why in ["stick", "write", "other"] {
        pages.push(("", salvage(&[StartupInput::Confirm, StartupInput::Salvaged(Err(why))])));
    }
    let named = pages.into_iter().map(|(name, inputs)| (name.to_owned(), inputs));
    let faults = [
        JournalError::InUse { path: path.clone() },
        damaged,
        JournalError::Newer { path: path.clone(), found: 9, known: 6 },
        JournalError::ReadOnly { path: path.clone(), detail: "Permission denied".to_owned() },
        JournalError::Full { path: path.clone() },
        JournalError::Storage { path, detail: "disk I/O error".to_owned() },
    ];
    assert_eq!(faults.each_ref().map(StartupFault::of), StartupFault::ALL);
    let faults = faults.into_iter().map(|error| {
        let fault = StartupFault::of(&error);
        (format!("trouble-{}", fault.name()), vec![StartupInput::Failed(fault, error.to_string())])
    });
    named.chain(faults).collect()
}

#[test]
fn every_page_before_the_question_as_a_picture() {
    let mut results = SnapshotResults::new();
    for (name, inputs) in pages().into_iter().filter(|(name, _)| !name.is_empty()) {
        for (way, size) in ways() {
            let mut harness = Glass::new(&inputs, "vi").harness(size);
            harness.run();
            results.add(harness.try_snapshot_options(format!("start-{name}-{way}"), &options()));
        }
    }
    let mut harness = Glass::new(&[StartupInput::NotEnrolled], "en").harness(LANDSCAPE);
    harness.run();
    results.add(harness.try_snapshot_options("start-enrol-english", &options()));
}

#[test]
fn every_page_before_the_question_can_be_touched_and_has_its_words_in_both_languages() {
    let mut faults = Vec::new();
    for (name, inputs) in pages() {
        for (language, size) in
            [("vi", LANDSCAPE), ("vi", PORTRAIT), ("en", LANDSCAPE), ("en", PORTRAIT)]
        {
            let place = format!("{name} {inputs:?} in {language}, {size}");
            let mut harness = Glass::new(&inputs, language).harness(size);
            harness.run();
            let words = without_words(&harness);
            faults.extend(words.iter().map(|key| format!("{place}: {key} has no words")));
            let screen = Rect::from_min_size(eframe::egui::Pos2::ZERO, size).expand(0.5);
            let controls = controls(&harness);
            for (at, Control { name: label, role, rect, .. }) in controls.iter().enumerate() {
                let key = *role == Role::TextInput || name.starts_with("enrol") || name.is_empty();
                let least = if key { KEY_TARGET } else { TARGET } - 0.5;
                if rect.width() < least || rect.height() < least || !screen.contains_rect(*rect) {
                    faults.push(format!("{place}: “{label}” at {rect}"));
                }
                for other in &controls[at + 1..] {
                    let both = rect.intersect(other.rect);
                    if both.width() > 0.5 && both.height() > 0.5 {
                        faults.push(format!("{place}: “{label}” overlaps “{}”", other.name));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_message_moves_the_enrolment_form() {
    let messages = ["text", "server", "address", "code", "network", "other"];
    for (language, (_, size)) in
        ["vi", "en"].into_iter().flat_map(|one| ways().map(|way| (one, way)))
    {
        let stands = |more: &[StartupInput]| {
            let inputs =
                [&[StartupInput::NotEnrolled, StartupInput::Write("7KQ2-M9XF".into())], more]
                    .concat();
            let mut harness = Glass::new(&inputs, language).harness(size);
            harness.run();
            controls(&harness)
        };
        let hint = stands(&[]);
        for why in messages {
            assert_eq!(stands(&[StartupInput::NotTaken(why)]), hint, "{why} {language} {size}");
        }
        let server =
            [StartupInput::Field(Field::Server), StartupInput::Write("https://a.vn\n".into())];
        assert_eq!(stands(&server), hint, "the server is asked: {language} {size}");
    }
}

#[test]
fn a_tablet_is_enrolled_by_touch_and_by_keys() {
    for size in [LANDSCAPE, PORTRAIT] {
        let mut harness = Glass::new(&[StartupInput::NotEnrolled], "en").harness(size);
        let touch = |harness: &mut Harness<'_, Glass>, label: &str| {
            harness.get_by_label(label).click();
            harness.run();
        };
        for key in ["k", "q", "m", "f"] {
            touch(&mut harness, key);
        }
        harness.get_by_role_and_label(Role::TextInput, "Address of the server").click();
        harness.run();
        harness.event(eframe::egui::Event::Text("http://one".to_owned()));
        harness.run();
        harness.key_press(Key::Backspace);
        harness.run();
        touch(&mut harness, "Enrol");
        let asked = StartupEffect::Enrol { server: "http://on".into(), code: "kqmf".into() };
        assert_eq!(harness.state().effects, [asked]);
    }
}

#[test]
fn what_a_page_offers_is_done() {
    let damaged = [StartupInput::Failed(StartupFault::Damaged, "why".into())];
    let mut harness = Glass::new(&damaged, "en").harness(LANDSCAPE);
    for words in ["Tiếng Việt", "Cứu dữ liệu ra USB", "English", "Back", "Try again"] {
        if words == "Try again" {
            harness.state_mut().put(damaged[0].clone());
            harness.run();
        }
        harness.get_by_label(words).click();
        harness.run();
    }
    assert_eq!(harness.state().effects, [StartupEffect::Open, StartupEffect::Open]);
    let choose = [
        damaged[0].clone(),
        StartupInput::Salvage,
        StartupInput::Confirm,
        StartupInput::Sticks(sticks()),
    ];
    let mut harness = Glass::new(&choose, "en").harness(PORTRAIT);
    harness.get_by_label_contains("CARD").click();
    harness.run();
    let folder = std::path::PathBuf::from("/media/CARD");
    assert_eq!(harness.state().effects.last(), Some(&StartupEffect::Salvage(Some(folder))));
}
