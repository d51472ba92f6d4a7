//! The whole flow as a person meets it: the real glass with its real journal, touched through the
//! tree that screen readers use. Nothing is drawn by hand and nothing is skipped.
#![allow(clippy::unwrap_used)]

mod support;

use eframe::egui::{Key, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use protocol::event::Detailed;
use protocol::{Event, Level, What};
use std::time::Duration;
use support::glass::{LANDSCAPE, PORTRAIT, whole};
use support::server::{http, server};
use support::{full_settings, journal};
use tablet_app::app::{Glass, Options};
use tablet_app::clock::Clock;
use tablet_app::journal::Journal;
use tablet_app::kiosk::DEBOUNCE_MS;
use tablet_app::theme;
use tempfile::TempDir;

/// Frames tried until something stands on the glass; 10 ms lie between two.
const FRAMES: usize = 1_000;

struct Tablet {
    harness: Harness<'static, Option<Glass>>,
    journal: Journal,
    dir: TempDir,
}

impl Tablet {
    fn new(size: Vec2) -> Self {
        let mut tablet = Self::at("http://127.0.0.1:1", size, protocol::hours::Hours::default());
        tablet.until("Nguyễn Văn A");
        tablet
    }

    /// A tablet of this server and these hours; without hours it is always open, since the tests run at
    /// any hour.
    fn at(server: &str, size: Vec2, hours: protocol::hours::Hours) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let journal = journal(dir.path(), server);
        let mut settings = full_settings();
        settings.hours = hours;
        settings.staff[1].pin = hash("1357");
        settings.technician_pin = Some(hash("246810"));
        let etag = Some("\"7\"".to_owned());
        journal.put_settings(serde_json::to_string(&settings).unwrap(), etag).unwrap();
        let (for_glass, export_dir) = (journal.clone(), dir.path().to_owned());
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(Theme::Light)
            .with_context_setup(theme::apply)
            .build_ui_state(
                move |ui, glass: &mut Option<Glass>| {
                    let glass = glass.get_or_insert_with(|| {
                        let options =
                            Options { export_dir: Some(export_dir.clone()), ..Options::default() };
                        let clock = Clock::start();
                        Glass::new(ui.ctx(), for_glass.clone(), clock, &options).unwrap()
                    });
                    glass.show(&whole(ui));
                },
                None,
            );
        Self { harness, journal, dir }
    }

    /// Waits until these words stand on the glass, and for the calm after a change of the screen.
    fn until(&mut self, words: &str) {
        for _ in 0..FRAMES {
            self.harness.step();
            if self.harness.query_all_by_label_contains(words).next().is_some() {
                std::thread::sleep(Duration::from_millis(DEBOUNCE_MS + 20));
                self.harness.step();
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("“{words}” never came");
    }

    fn touch(&mut self, words: &str) {
        self.harness.get_by_label(words).click();
        self.harness.step();
        self.harness.step();
    }

    /// Holds the staff's corner by keyboard, which a PIN follows all the same.
    fn staff(&mut self) {
        self.harness.get_by_label_contains("Dành cho người phục vụ").focus();
        self.harness.step();
        self.harness.key_press(Key::Enter);
        self.harness.step();
        self.until("Mời chọn họ tên");
    }

    fn pin(&mut self, name: &str, pin: &str) {
        self.harness.get_by_label_contains(name).click();
        self.until("Nhập mã PIN");
        for digit in pin.chars() {
            self.touch(&digit.to_string());
        }
        self.touch("Xác nhận");
    }

    fn events(&self) -> Vec<What> {
        let slice = self.journal.batch_after(0, 1_000, usize::MAX).unwrap();
        let events = (1..).zip(slice.events.iter().map(|event| event.get()));
        events.map(|(number, json)| Event::read(json.as_bytes(), number).unwrap().what).collect()
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.events().iter().map(What::kind).collect()
    }
}

fn hash(pin: &str) -> String {
    use argon2::password_hash::PasswordHasher;
    let hash = argon2::Argon2::default();
    hash.hash_password_with_salt(pin.as_bytes(), b"a salt of the test").unwrap().to_string()
}

/// The server's clock decides over opening hours and is shown, not this machine's.
#[test]
fn hours_and_the_shown_time_are_the_servers() {
    for (date, shown, words) in [
        ("Sun, 29 Nov 2026 02:00:00 GMT", "Chủ nhật, 29/11/2026", "Mời chạm màn hình để đánh giá"),
        ("Tue, 01 Dec 2026 02:00:00 GMT", "Thứ Ba, 01/12/2026", "Nguyễn Văn A"),
        ("Tue, 01 Dec 2026 05:00:00 GMT", "Thứ Ba, 01/12/2026", "Mời chạm màn hình để đánh giá"),
    ] {
        let (address, _asked) =
            server(move |_| http("304 Not Modified", &format!("date: {date}\r\n"), ""));
        let mut tablet = Tablet::at(&address, LANDSCAPE, protocol::hours::Hours::usual());
        tablet.until(shown);
        tablet.until(words);
    }
}

#[test]
fn a_dissatisfied_person_tells_why() {
    for size in [LANDSCAPE, PORTRAIT] {
        let mut tablet = Tablet::new(size);
        tablet.touch("Không hài lòng");
        tablet.until("Ông/Bà đánh giá thế nào về từng nội dung sau?");
        assert_eq!(tablet.kinds(), ["shown", "rated"], "one tap is a whole answer");
        // Turned in the middle of the visit, which goes on.
        tablet.harness.set_size(size.yx());
        tablet.harness.step();
        let faces = tablet.harness.query_all_by_label_contains("Thái độ phục vụ");
        let labels: Vec<String> = faces.filter_map(|node| node.accesskit_node().label()).collect();
        let face = labels.iter().find(|label| label.contains("Rất không hài lòng"));
        tablet.touch(&face.expect("a face of the aspect").clone());
        tablet.touch("Tiếp tục");
        tablet.until("Điều gì cần được cải thiện?");
        tablet.touch("Chờ đợi lâu");
        tablet.touch("Trả kết quả trễ hẹn");
        tablet.touch("Tiếp tục");
        tablet.until("Ông/Bà góp ý thêm");
        for key in "xin nhanh hown".chars() {
            let name = if key == ' ' { "Dấu cách".to_owned() } else { key.to_string() };
            tablet.touch(&name);
        }
        tablet.touch("Xong");
        tablet.until("Xin cảm ơn Ông/Bà!");
        let events = tablet.events();
        assert_eq!(events[1], What::Rated { level: Level::Dissatisfied });
        let told = Detailed {
            aspects: [("attitude".to_owned(), Level::VeryDissatisfied)].into(),
            reasons: vec!["waiting".to_owned(), "late_result".to_owned()],
            comment: Some("xin nhanh hơn".to_owned()),
        };
        assert_eq!(events.last(), Some(&What::Detailed(told)));
    }
}

#[test]
fn a_person_chooses_again_in_english_with_large_letters() {
    let mut tablet = Tablet::new(LANDSCAPE);
    tablet.touch("English");
    tablet.until("How satisfied");
    let size = tablet.harness.query_all_by_label_contains("Text size").next().unwrap();
    size.click();
    tablet.harness.step();
    tablet.touch("Dissatisfied");
    tablet.until("Choose again");
    tablet.touch("Choose again");
    tablet.until("Very satisfied");
    tablet.touch("Very satisfied");
    tablet.until("Skip");
    tablet.touch("Skip");
    tablet.until("Thank you!");
    assert_eq!(tablet.kinds(), ["shown", "rated", "changed"]);
    let What::Shown(shown) = &tablet.events()[0] else { panic!("not shown") };
    assert_eq!(shown.language, "en");
    tablet.until("Người phục vụ Ông/Bà");
}

#[test]
fn an_officer_signs_in_with_the_right_pin_only() {
    let mut tablet = Tablet::new(LANDSCAPE);
    tablet.staff();
    tablet.pin("Nguyễn Văn B", "9999");
    tablet.until("Mã PIN không đúng");
    for digit in "1357".chars() {
        tablet.touch(&digit.to_string());
    }
    tablet.touch("Xác nhận");
    tablet.until("Bắt đầu trực quầy");
    tablet.harness.get_by_label_contains("Bắt đầu trực quầy").click();
    tablet.until("Nguyễn Văn B");
    tablet.touch("Rất hài lòng");
    tablet.until("Bỏ qua");
    assert_eq!(tablet.kinds(), ["signed_in", "shown", "rated"], "the corner itself asks nobody");
    let What::Shown(shown) = &tablet.events()[1] else { panic!("not shown") };
    assert_eq!(shown.officer, "CC06");
}

#[test]
fn a_technician_takes_the_journal_along_and_leaves() {
    let mut tablet = Tablet::new(PORTRAIT);
    tablet.touch("Rất hài lòng");
    tablet.until("Bỏ qua");
    tablet.touch("Người tiếp theo");
    tablet.until("Rất hài lòng");
    tablet.staff();
    tablet.pin("Kỹ thuật viên", "246810");
    tablet.until("Tình trạng máy");
    tablet.harness.get_by_label_contains("2 trên 2 bản ghi");
    tablet.harness.get_by_label_contains("Chạm thử").click();
    tablet.until("Vui lòng chạm từng khuôn mặt");
    tablet.touch("Rất không hài lòng");
    tablet.until("Đã nhận: Rất không hài lòng");
    assert_eq!(tablet.kinds(), ["shown", "rated"], "a test counts nothing");
    tablet.touch("Quay lại");
    tablet.harness.step();
    tablet.harness.get_by_label_contains("Xuất dữ liệu ra USB").click();
    tablet.until("Cắm USB vào máy");
    tablet.touch("Xuất dữ liệu");
    tablet.until("Đã ghi xong");
    let files = std::fs::read_dir(tablet.dir.path()).unwrap();
    let written = files.filter(|file| {
        file.as_ref().unwrap().file_name().to_str().unwrap().ends_with(".hljournal")
    });
    assert_eq!(written.count(), 1);
    tablet.touch("Quay lại");
    tablet.harness.step();
    tablet.harness.get_by_label_contains("Thoát chương trình").click();
    tablet.until("Máy sẽ không nhận đánh giá");
    assert!(!tablet.harness.state().as_ref().unwrap().is_leaving());
    tablet.touch("Thoát");
    assert!(tablet.harness.state().as_ref().unwrap().is_leaving());
}
