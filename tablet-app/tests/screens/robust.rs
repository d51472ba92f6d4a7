//! Screens of what nobody writes on purpose: questionnaires of tomorrow, missing words, long
//! names, many languages, a tablet that is turned.

use crate::scenes::{self, ASPECTS, COMMENT, LANDSCAPE, PORTRAIT, RATE, REASONS, Sample, texts};
use crate::touch::glass;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use eframe::egui::Vec2;
use egui_kittest::kittest::Queryable;
use protocol::questionnaire::{Ask, Choice};
use protocol::settings::{Language, Texts};
use tablet_app::appearance::TextSize;
use tablet_app::kiosk::View;
use tablet_app::typing::{Draft, Key, Method};
use tablet_app::widgets;

#[test]
fn a_step_that_can_not_be_asked_thanks() {
    let unknown = Sample::step("unknown", ASPECTS).with(|sample| {
        sample.settings.as_mut().unwrap().questionnaire.steps[ASPECTS].ask = Ask::Unknown;
    });
    let outside = Sample::step("outside", 9);
    for sample in [unknown, outside] {
        let mut harness = glass(sample, LANDSCAPE);
        harness.step();
        harness.get_by_label("Xin cảm ơn Ông/Bà!");
        harness.get_by_label("Chọn lại");
    }
    let nothing = Sample::step("nothing", 0).with(|sample| sample.settings = None);
    let mut harness = glass(nothing, LANDSCAPE);
    harness.step();
    harness.get_by_label("Đang nhận thông tin của quầy");
}

#[test]
fn missing_words_fall_back_and_empty_lists_do_not_matter() {
    let sample = Sample::step("aspects", ASPECTS).with(|sample| {
        "en".clone_into(&mut sample.language);
        let steps = &mut sample.settings.as_mut().unwrap().questionnaire.steps;
        for step in steps {
            if let Ask::Aspects { text, items } | Ask::Reasons { text, items } = &mut step.ask {
                *text = [("vi".to_owned(), "Chỉ có tiếng Việt".to_owned())].into();
                for item in items {
                    item.text = Texts::new();
                }
            }
        }
    });
    let mut harness = glass(sample, LANDSCAPE);
    harness.step();
    harness.get_by_label("Chỉ có tiếng Việt");
    for at in [ASPECTS, REASONS] {
        let sample = Sample::step("empty", at).with(|sample| {
            let ask = &mut sample.settings.as_mut().unwrap().questionnaire.steps[at].ask;
            if let Ask::Aspects { items, .. } | Ask::Reasons { items, .. } = ask {
                items.clear();
            }
        });
        let mut harness = glass(sample, PORTRAIT);
        harness.step();
        harness.get_by_label("Bỏ qua");
    }
}

/// Everything as long as it may become.
fn long(sample: &mut Sample) {
    let name = "Nguyễn Phước Quý Thị Công Tằng Tôn Nữ Huyền Trân Ngọc Bảo Châu";
    if let Some(officer) = &mut sample.officer {
        name.clone_into(&mut officer.name);
        "Phó Trưởng phòng phụ trách tiếp nhận và trả kết quả".clone_into(&mut officer.title);
        "Sở Nông nghiệp và Phát triển nông thôn tỉnh Tây Ninh".clone_into(&mut officer.department);
    }
    sample.reference = Some("000.00.06.H56-231027-0361".to_owned());
    let Some(settings) = &mut sample.settings else { return };
    "Quầy số 12 – Lĩnh vực đất đai, môi trường".clone_into(&mut settings.counter.name);
    settings.centre = texts(
        "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH, ỦY BAN NHÂN DÂN XÃ TÂN HỘI ĐÔNG",
        "RECEPTION AND RESULTS DESK, PEOPLE'S COMMITTEE OF THE COMMUNE OF TAN HOI DONG",
        "ផ្នែក\u{200b}ទទួល\u{200b}និង\u{200b}ប្រគល់\u{200b}លទ្ធផល",
    );
    for (code, name) in [("zh", "中文"), ("ko", "Hangugeo"), ("fr", "Français")] {
        // Names in letters that the fonts have: a box would stand for others.
        let name = if name.is_ascii() || code == "fr" { name } else { "Zhongwen" };
        settings.languages.push(Language { code: code.to_owned(), name: name.to_owned() });
    }
    let many = |count: usize| {
        let words = "Giải thích quy định chưa đầy đủ, phải hỏi lại nhiều lần";
        let one = |at: usize| Choice { id: format!("c{at}"), text: texts(words, words, words) };
        (0..count).map(one).collect::<Vec<_>>()
    };
    for step in &mut settings.questionnaire.steps {
        if let Ask::Aspects { items, .. } | Ask::Reasons { items, .. } = &mut step.ask {
            *items = many(32);
        }
    }
}

#[test]
fn long_names_many_languages_and_many_choices_find_their_place() {
    let mut faults = Vec::new();
    for size in [LANDSCAPE, PORTRAIT] {
        for sample in scenes::all() {
            for text in TextSize::ALL {
                let mut sample = sample.clone();
                long(&mut sample);
                sample.look.size = text;
                let (name, notice) = (sample.name, sample.view);
                let mut harness = glass(sample, size);
                harness.step();
                let texts = crate::access::texts_outside(&harness, size);
                if !texts.is_empty() {
                    faults.push(format!("{name} {notice:?} {size} {text:?}: {texts:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "not on the glass:\n{}", faults.join("\n"));
}

#[test]
fn a_long_comment_shows_its_end_and_stops_at_its_limit() {
    let sample = Sample::step("comment", COMMENT).with(|sample| {
        sample.draft = Draft::new(Method::Plain);
        for letter in "Toi cho lau qua. ".chars().cycle().take(600) {
            sample.draft.press(Key::Letter(letter));
        }
    });
    let mut harness = glass(sample, LANDSCAPE);
    harness.step();
    harness.get_by_label("500/500");
}

#[test]
fn a_tablet_can_be_turned_between_two_frames() {
    for sample in scenes::all() {
        let mut harness = glass(sample, LANDSCAPE);
        for size in [PORTRAIT, Vec2::new(1920.0, 1080.0), LANDSCAPE, Vec2::new(500.0, 500.0)] {
            harness.set_size(size);
            harness.step();
            harness.step();
        }
    }
}

#[test]
fn without_an_officer_the_question_stands_alone() {
    for size in [LANDSCAPE, PORTRAIT] {
        let sample = Sample::new("rate", RATE).with(|sample| sample.officer = None);
        let mut harness = glass(sample, size);
        harness.step();
        harness.get_by_label("Hài lòng");
        assert!(harness.query_by_label("Người phục vụ Ông/Bà").is_none());
    }
}

#[test]
fn a_resting_screen_moves_as_a_whole_and_stays_in_reach() {
    for view in [RATE, View::Closed, View::NotInService] {
        let at = |pixel_shift: Vec2| {
            let sample =
                Sample::new("pixel-shift", view).with(|sample| sample.pixel_shift = pixel_shift);
            let mut harness = glass(sample, LANDSCAPE);
            harness.step();
            let rect = harness.get_by_label("Thứ Tư, 27/09/2023 · 09:41").rect();
            rect.center()
        };
        let pixel_shift = Vec2::new(5.0, -4.0);
        assert_eq!(at(pixel_shift) - at(Vec2::ZERO), pixel_shift, "{view:?}");
    }
}

#[test]
fn hours_and_notice_are_told_where_nobody_serves() {
    for name in ["closed", "not-in-service"] {
        let sample = scenes::all().into_iter().find(|sample| sample.name == name).unwrap();
        let mut harness = glass(sample, LANDSCAPE);
        harness.step();
        harness.get_by_label("07:00 – 11:30, 13:30 – 17:00");
        harness.get_by_label("Nghỉ các ngày: 01/01/2024");
        harness.get_by_label("Sáng thứ Sáu, 29/09, khu vực Sở Tư pháp chuyển sang quầy số 12.");
        harness.state_mut().sample.settings.as_mut().unwrap().hours.week.clear();
        harness.run();
        assert!(harness.query_by_label("07:00 – 11:30, 13:30 – 17:00").is_none());
    }
}

#[test]
fn a_photo_that_can_not_be_read_is_none() {
    assert!(widgets::decode_photo("not base64!").is_none());
    assert!(widgets::decode_photo(&BASE64_STANDARD.encode(b"not a picture")).is_none());
    assert!(widgets::decode_photo(&"A".repeat(1024 * 1024)).is_none());
}

#[test]
fn a_photo_is_read_and_cut_to_a_square() {
    let picture = image::RgbImage::from_pixel(200, 120, image::Rgb([150, 170, 180]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let read = widgets::decode_photo(&BASE64_STANDARD.encode(png.into_inner())).unwrap();
    assert_eq!(read.size[0], read.size[1]);
}
