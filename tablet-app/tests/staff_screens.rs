//! The staff's screens as pictures, and what a touch on them returns. New pictures:
//! `UPDATE_SNAPSHOTS=true`, then look at them.
#![allow(clippy::unwrap_used)]

mod support;

use eframe::egui::{Key, Vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotResults};
use protocol::Level;
use protocol::enrol_link::EnrolLink;
use protocol::heartbeat::Blocked;
use protocol::settings::Settings;
use std::sync::Arc;
use support::full_settings;
use support::glass::{LANDSCAPE, PORTRAIT, controls, drawn, options, ways, without_words};
use tablet_app::clock::Now;
use tablet_app::link::Link;
use tablet_app::screens::staff::{StaffScene, show};
use tablet_app::staff::{Done, Facts, Locks, MenuPage, Staff, StaffInput, Who};
use tablet_app::sticks::Stick;

/// The staff's side, with what was touched.
struct Room {
    staff: Staff,
    settings: Arc<Settings>,
    facts: Facts,
    language: &'static str,
    touched: Vec<StaffInput>,
}

impl Room {
    fn new(inputs: &[StaffInput]) -> Self {
        let facts = Facts {
            server: "http://192.168.1.10:8080".to_owned(),
            counter: "Q05".to_owned(),
            tablet: Some(support::TABLET),
            last_contact: Some(1_695_782_460_000),
            recorded: 18_204,
            pending: 12,
            skew_ms: Some(-1_250),
            battery: Some(87),
            charging: Some(true),
            storage_free: Some(12_345_678_900),
            version: "0.1.0",
            boots: 3,
            questionnaire: Some(1),
            ..Facts::default()
        };
        let settings = Arc::new(full_settings());
        let mut staff = Staff::new(Locks::default());
        for input in inputs {
            staff = staff.step(input.clone(), Some(&settings), Now::default()).0;
        }
        Self { staff, settings, facts, language: "vi", touched: Vec::new() }
    }

    fn harness(self, size: Vec2) -> Harness<'static, Self> {
        drawn(self, size, |ui, room| {
            let scene = StaffScene {
                staff: &room.staff,
                settings: Some(&room.settings),
                on_duty: Some("CC05"),
                signed_in: Some("CC05"),
                facts: &room.facts,
                uptime: 0,
                language: room.language,
            };
            if let Some(input) = show(ui, &scene) {
                let staff = room.staff.clone();
                room.staff = staff.step(input.clone(), Some(&room.settings), Now::default()).0;
                room.touched.push(input);
            }
        })
    }

    /// Draws it both ways.
    fn pictures(make: impl Fn() -> Self, name: &str, results: &mut SnapshotResults) {
        for (way, size) in ways() {
            let mut harness = make().harness(size);
            harness.run();
            results.add(harness.try_snapshot_options(format!("staff-{name}-{way}"), &options()));
        }
    }
}

fn officer(code: &str) -> Who {
    Who::Officer(code.to_owned())
}

/// The inputs that lead behind a PIN.
fn behind(who: &Who, more: &[StaffInput]) -> Vec<StaffInput> {
    let mut inputs = vec![StaffInput::Open, StaffInput::Choose(who.clone())];
    inputs.extend("1357".chars().map(StaffInput::Type));
    inputs.extend([StaffInput::Confirm, StaffInput::Checked { who: who.clone(), right: true }]);
    inputs.extend_from_slice(more);
    inputs
}

fn locked() -> Vec<StaffInput> {
    let who = Who::Technician;
    let mut inputs = vec![StaffInput::Open, StaffInput::Choose(who.clone())];
    for _ in 0..tablet_app::staff::FREE_TRIES {
        inputs.extend("1357".chars().map(StaffInput::Type));
        inputs
            .extend([StaffInput::Confirm, StaffInput::Checked { who: who.clone(), right: false }]);
    }
    inputs
}

fn technician(more: &[StaffInput]) -> Vec<StaffInput> {
    behind(&Who::Technician, more)
}

fn sticks() -> Vec<Stick> {
    let stick = |name: &str, size, free, removable| Stick {
        folder: format!("/media/{name}").into(),
        name: name.to_owned(),
        size,
        free,
        removable,
    };
    vec![
        stick("KINGSTON", Some(15_500_000_000), Some(12_345_000_000), true),
        stick("SAO LUU", None, None, true),
        stick("CARD", Some(63_900_000_000), Some(1_000_000_000), false),
    ]
}

fn pages() -> Vec<(&'static str, Vec<StaffInput>)> {
    let going = |door, more: &[StaffInput]| {
        let mut inputs = vec![StaffInput::Go(door)];
        inputs.extend_from_slice(more);
        technician(&inputs)
    };
    let pin = [
        StaffInput::Open,
        StaffInput::Choose(officer("CC06")),
        StaffInput::Type('1'),
        StaffInput::Type('3'),
    ];
    let file = "/media/kiosk/USB/nhat-ky-Q05-20230927T024100Z.hljournal";
    let failed = || StaffInput::Ended(MenuPage::Enrol, Err("code"));
    let done = || StaffInput::Ended(MenuPage::Export, Ok(file.to_owned().into()));
    let readable = Done { what: file.to_owned(), readable: true };
    let readable = || StaffInput::Ended(MenuPage::Export, Ok(readable.clone()));
    let code: Vec<StaffInput> = "7KQ2".chars().map(StaffInput::Type).collect();
    let mut wrong_code = code.clone();
    wrong_code.extend([StaffInput::Confirm, failed()]);
    let link = EnrolLink { server: "http://10.0.0.5:8080".into(), code: "7KQ2-M9XF".into() };
    let scanned = [StaffInput::Write(link.to_string())];
    let wrong_text = [StaffInput::Write("https://dichvucong.gov.vn/\n".into())];
    vec![
        ("names", vec![StaffInput::Open]),
        ("pin", pin.into()),
        ("locked", locked()),
        ("menu-officer", behind(&officer("CC06"), &[])),
        ("menu-on-duty", behind(&officer("CC05"), &[])),
        ("menu-technician", technician(&[])),
        ("test", going(MenuPage::TestTap, &[StaffInput::Face(Level::Satisfied)])),
        ("wipe", going(MenuPage::Wipe, &[])),
        ("enrol", going(MenuPage::Enrol, &code)),
        ("enrol-scanned", going(MenuPage::Enrol, &scanned)),
        ("enrol-wrong-text", going(MenuPage::Enrol, &wrong_text)),
        ("enrol-failed", going(MenuPage::Enrol, &wrong_code)),
        ("export", going(MenuPage::Export, &[])),
        ("export-done", going(MenuPage::Export, &[StaffInput::Confirm, done()])),
        ("export-readable", going(MenuPage::Export, &[StaffInput::Confirm, readable()])),
        (
            "export-choose",
            going(MenuPage::Export, &[StaffInput::Confirm, StaffInput::Sticks(sticks())]),
        ),
        ("leave", going(MenuPage::Leave, &[])),
    ]
}

#[test]
fn every_page_as_a_picture() {
    let mut results = SnapshotResults::new();
    for (name, inputs) in pages() {
        Room::pictures(|| Room::new(&inputs), name, &mut results);
    }
}

/// A counter at which nobody, or only the technician, has a PIN.
fn without_pins(technician: bool) -> Room {
    let mut room = Room::new(&[StaffInput::Open]);
    let settings = Arc::make_mut(&mut room.settings);
    settings.staff.clear();
    settings.technician_pin = settings.technician_pin.take().filter(|_| technician);
    room
}

#[test]
fn a_counter_without_pins_says_who_sets_them() {
    let mut results = SnapshotResults::new();
    for (name, technician) in [("nobody", false), ("no-officer", true)] {
        for language in ["vi", "en"] {
            let mut room = without_pins(technician);
            room.language = language;
            let mut harness = room.harness(PORTRAIT);
            harness.run();
            assert!(without_words(&harness).is_empty());
            // Who sets them is named; no command stands where citizens pass.
            let who = if language == "vi" { "quản trị viên" } else { "an administrator" };
            assert!(harness.query_by_label_contains(who).is_some(), "{name} in {language}");
            assert!(harness.query_by_label_contains("analytics-server").is_none(), "{name}");
        }
        Room::pictures(|| without_pins(technician), name, &mut results);
    }
}

#[test]
fn every_page_speaks_english_too_and_has_no_key_without_words() {
    for (name, inputs) in pages() {
        for language in ["vi", "en"] {
            let mut room = Room::new(&inputs);
            room.language = language;
            let mut harness = room.harness(LANDSCAPE);
            harness.run();
            let missing = without_words(&harness);
            assert!(missing.is_empty(), "{name} in {language}: {missing:?}");
        }
    }
}

#[test]
fn no_message_moves_what_is_typed() {
    let stands = |inputs: &[StaffInput], language, size| {
        let mut room = Room::new(inputs);
        room.language = language;
        let mut harness = room.harness(size);
        harness.run();
        controls(&harness)
    };
    let code = [StaffInput::Go(MenuPage::Enrol), StaffInput::Write("7KQ2-M9XF".into())];
    let enrol = |more: &[StaffInput]| technician(&[&code, more].concat());
    let ended = |why| [StaffInput::Confirm, StaffInput::Ended(MenuPage::Enrol, Err(why))];
    let pin = || vec![StaffInput::Open, StaffInput::Choose(Who::Technician)];
    for (language, (_, size)) in
        ["vi", "en"].into_iter().flat_map(|one| ways().map(|way| (one, way)))
    {
        let hint = stands(&enrol(&[]), language, size);
        for why in ["code", "text", "another", "network", "other"] {
            assert_eq!(
                stands(&enrol(&ended(why)), language, size),
                hint,
                "{why} {language} {size}"
            );
        }
        assert_eq!(
            stands(&enrol(&[StaffInput::Confirm]), language, size),
            hint,
            "{language} {size}"
        );
        let first = stands(&pin(), language, size);
        assert_eq!(stands(&locked(), language, size), first, "{language} {size}");
    }
}

/// A technician's menu while something stands between the tablet and its server.
fn troubled(link: Link) -> Room {
    let mut room = Room::new(&technician(&[]));
    room.facts.link = link;
    if link == Link::Good {
        let since = 1_695_782_400_000;
        room.facts.blocked = Some(Blocked { number: 18_193, since, status: Some(403) });
    }
    room
}

#[test]
fn the_technician_reads_what_is_wrong_with_the_link_and_what_to_do() {
    for (link, told, todo) in [
        (Link::Offline, "Mất kết nối", "kiểm tra cáp mạng hoặc Wi-Fi"),
        (Link::Refused, "Máy chủ không nhận máy này", "cấp mã mới"),
        (Link::Clock, "Đồng hồ của máy có thể sai", "timedatectl"),
        (Link::Authority, "Không nhận ra chứng thư của máy chủ", "ca-certificates"),
        (Link::Foreign, "Không phải máy chủ Hài Lòng trả lời", "tường lửa"),
        (Link::Forked, "cần đăng ký lại máy", "cấp mã mới"),
        (Link::Good, "Bản ghi số 18.193", "xuất dữ liệu ra USB"),
    ] {
        for size in [LANDSCAPE, PORTRAIT] {
            let mut harness = troubled(link).harness(size);
            harness.run();
            let id = support::TABLET.to_string();
            for words in [told, todo, "Phiên bản", &id] {
                let found = harness.query_all_by_label_contains(words).next();
                assert!(found.is_some(), "{link:?}: {words}");
            }
        }
        let mut room = troubled(link);
        room.language = "en";
        let mut harness = room.harness(LANDSCAPE);
        harness.run();
        assert_eq!(without_words(&harness), [""; 0], "{link:?} in English");
    }
}

#[test]
fn a_link_in_trouble_and_a_refused_event_as_pictures() {
    let mut results = SnapshotResults::new();
    for (name, link) in [("refused", Link::Refused), ("blocked", Link::Good)] {
        Room::pictures(|| troubled(link), &format!("menu-{name}"), &mut results);
    }
}

#[test]
fn a_forked_tablet_says_what_leads_out_of_it() {
    let mut results = SnapshotResults::new();
    Room::pictures(|| troubled(Link::Forked), "menu-forked", &mut results);
    for ((_, size), link) in
        ways().into_iter().flat_map(|way| [Link::Forked, Link::Refused].map(|link| (way, link)))
    {
        let mut harness = troubled(link).harness(size);
        harness.run();
        let leads = |label: &str| label.starts_with("Chuyển quầy / đăng ký lại");
        harness.get_by(|node| node.label().is_some_and(|label| leads(&label))).click();
        harness.run();
        harness.get_by_label_contains("Nhập mã gồm 8 chữ cái và chữ số");
        harness.get_by_label("Chuyển quầy / đăng ký lại");
    }
}

#[test]
fn an_officer_signs_in_by_touch_and_by_key() {
    for size in [LANDSCAPE, PORTRAIT] {
        let mut harness = Room::new(&[StaffInput::Open]).harness(size);
        harness.get_by_label_contains("Nguyễn Văn B").click();
        harness.run();
        for digit in ["1", "3", "5"] {
            harness.get_by_label(digit).click();
            harness.run();
        }
        harness.key_press(Key::Backspace);
        harness.run();
        harness.event(eframe::egui::Event::Text("57".to_owned()));
        harness.run();
        harness.get_by_label("Xác nhận").click();
        harness.run();
        let typed: String = harness
            .state()
            .touched
            .iter()
            .filter_map(|input| match input {
                StaffInput::Type(digit) => Some(*digit),
                _ => None,
            })
            .collect();
        assert!(typed.starts_with("135"), "{typed}");
        assert_eq!(harness.state().touched.first(), Some(&StaffInput::Choose(officer("CC06"))));
        assert_eq!(harness.state().touched.last(), Some(&StaffInput::Confirm));
    }
}

#[test]
fn a_scanner_types_faster_than_the_glass_is_drawn() {
    let mut harness = Room::new(&technician(&[StaffInput::Go(MenuPage::Enrol)])).harness(LANDSCAPE);
    let text = "hai-long://enrol?server=http%3A%2F%2F10.0.0.5%3A8080&code=7KQ2-M9XF";
    for letter in text.chars() {
        harness.event(eframe::egui::Event::Text(letter.to_string()));
    }
    harness.key_press(Key::Enter);
    harness.run();
    let written = harness.state().touched.iter().filter_map(|input| match input {
        StaffInput::Write(written) => Some(written.as_str()),
        _ => None,
    });
    assert_eq!(written.collect::<String>(), format!("{text}\n"));
}

#[test]
fn each_door_of_the_technicians_menu_opens() {
    for (words, title) in [
        ("Chạm thử", "Vui lòng chạm từng khuôn mặt. Không lượt chạm nào ở đây được ghi lại."),
        (
            "Chuyển sang quầy khác",
            "Nhập mã gồm 8 chữ cái và chữ số, hoặc quét mã QR trên trang quản trị.",
        ),
        ("Thoát chương trình", "Thoát"),
    ] {
        let mut harness = Room::new(&technician(&[])).harness(LANDSCAPE);
        harness.get_by_label_contains(words).click();
        harness.run();
        harness.get_by_label(title);
        harness.get_by_label("Quay lại").click();
        harness.run();
        harness.get_by_label("Đóng").click();
        harness.run();
        assert_eq!(harness.state().staff.page(), None, "{words}");
    }
}
