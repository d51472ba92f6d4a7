//! What a touch returns, by finger, key and screen reader.

use crate::scenes::{ASPECTS, LANDSCAPE, PORTRAIT, RATE, REASONS, Sample};
use crate::support::glass::whole;
use eframe::egui::accesskit::{Action, ActionRequest};
use eframe::egui::{Event, Key, Modifiers, PointerButton, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use protocol::Level;
use tablet_app::appearance::{Appearance, TextSize};
use tablet_app::kiosk::View;
use tablet_app::screens::{self, Touched};
use tablet_app::speech;
use tablet_app::texts::Words;
use tablet_app::theme;

/// A screen and what was touched on it so far.
pub struct Glass {
    pub sample: Sample,
    pub touched: Vec<Touched>,
}

/// Seconds between two frames of a harness.
pub const FRAME: f32 = 0.25;

pub fn glass(sample: Sample, size: Vec2) -> Harness<'static, Glass> {
    Harness::builder()
        .with_size(size)
        .with_theme(Theme::Light)
        .with_step_dt(FRAME)
        .with_context_setup(theme::apply)
        .build_ui_state(
            |ui, glass: &mut Glass| {
                glass.touched.extend(glass.sample.show(&whole(ui)));
            },
            Glass { sample, touched: Vec::new() },
        )
}

/// Puts a finger on a node, or takes it away.
pub fn finger(harness: &Harness<'_, Glass>, name: &str, pressed: bool) {
    let pos = harness.get_by_label(name).rect().center();
    harness.event(Event::PointerMoved(pos));
    let button = PointerButton::Primary;
    harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
}

#[test]
fn five_keys_choose_five_levels_and_a_scanner_chooses_none() {
    for (at, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5].into_iter().enumerate()
    {
        let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
        harness.step();
        harness.key_press(key);
        harness.run_steps(6);
        assert_eq!(harness.state().touched, [Touched::Level(Level::ALL[at])]);
    }
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    harness.key_press(Key::Num0);
    harness.run_steps(6);
    assert_eq!(harness.state().touched, [Touched::ReadAloud]);

    // A scanner's keys come within milliseconds; two in a frame are more than any hand does.
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let events = &mut harness.input_mut().events;
    for key in [Key::H, Key::Num5, Key::Num3, Key::Num2, Key::Enter] {
        events.push(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run_steps(6);
    assert_eq!(harness.state().touched, []);

    let mut harness = glass(
        Sample::new("three", RATE).with(|sample| {
            let settings = sample.settings.as_mut().unwrap();
            settings.questionnaire.scale = protocol::Scale::Three;
        }),
        LANDSCAPE,
    );
    harness.step();
    harness.key_press(Key::Num4);
    harness.run_steps(6);
    assert_eq!(harness.state().touched, [], "there are three levels");
}

#[test]
fn everything_that_a_screen_reads_aloud_has_a_sound_file() {
    for sample in crate::scenes::all() {
        for language in ["vi", "en", "km"] {
            let sample = sample.clone().with(|sample| language.clone_into(&mut sample.language));
            let asked = sample.settings.as_ref().map(|settings| settings.questionnaire.clone());
            let known: Vec<_> = speech::sentences(language, asked.as_ref())
                .into_iter()
                .map(|(_, text)| text)
                .collect();
            let texts = sample.scene(|scene| screens::aloud(&scene.subject()));
            for text in &texts {
                let spoken = speech::spoken(text);
                assert!(known.contains(&spoken), "{} {language}: “{spoken}”", sample.name);
                assert!(!spoken.contains(['[', '{', '/']), "{spoken}");
            }
            let silent = ["starting", "starting-offline", "closed"].contains(&sample.name);
            assert_eq!(texts.is_empty(), silent, "{}", sample.name);
        }
    }
}

/// Presses nodes within one frame, as a screen reader would.
fn at_once(harness: &mut Harness<'_, Glass>, names: &[String]) {
    let presses: Vec<_> = names
        .iter()
        .map(|name| {
            let (target_node, target_tree) = harness.get_by_label(name).accesskit_node().locate();
            let action = Action::Click;
            let request = ActionRequest { action, target_node, target_tree, data: None };
            Event::AccessKitActionRequest(request)
        })
        .collect();
    harness.input_mut().events.extend(presses);
    harness.step();
}

#[test]
fn each_face_returns_its_level() {
    for size in [LANDSCAPE, PORTRAIT] {
        let mut harness = glass(Sample::new("rate", RATE), size);
        for word in Level::ALL.map(|level| Words::new("vi").get(&format!("level-{level}"))) {
            harness.get_by_label(&word).click();
            harness.run();
        }
        assert_eq!(harness.state().touched, Level::ALL.map(Touched::Level));
    }
}

#[test]
fn a_face_can_be_chosen_by_key_and_keeps_no_ring() {
    for key in [Key::Space, Key::Enter] {
        let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
        harness.get_by_label("Hài lòng").focus();
        harness.run();
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().touched, [Touched::Level(Level::Satisfied)]);
        assert!(!harness.get_by_label("Hài lòng").is_focused(), "the ring shows the choice");
    }
}

#[test]
fn two_faces_at_once_are_no_choice() {
    let aspect = |word: &str| format!("Tinh thần phục vụ: {word}");
    let pairs = [
        (Sample::new("rate", RATE), ["Hài lòng", "Không hài lòng"].map(str::to_owned)),
        (Sample::step("aspects", ASPECTS), ["Hài lòng", "Bình thường"].map(aspect)),
        (
            Sample::step("reasons", REASONS),
            ["Chờ đợi lâu", "Trả kết quả trễ hẹn"].map(str::to_owned),
        ),
    ];
    for (sample, names) in pairs {
        let mut harness = glass(sample, LANDSCAPE);
        harness.step();
        at_once(&mut harness, &names);
        assert_eq!(harness.state().touched, [], "{names:?}");
        at_once(&mut harness, &names[..1]);
        assert_eq!(harness.state().touched.len(), 1, "{names:?}: one alone counts");
    }
}

#[test]
fn nothing_can_be_tapped_while_a_rating_is_written() {
    let view = View::Rate { active: false, again: false };
    let mut harness = glass(Sample::new("rate", view), LANDSCAPE);
    harness.get_by_label("Hài lòng").click();
    harness.run();
    assert_eq!(harness.state().touched, [Touched::Elsewhere]);
}

#[test]
fn languages_looks_buttons_and_the_rest_are_told_apart() {
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    for name in ["English", "ខ្មែរ", "Nguyễn Văn A", "Cỡ chữ: vừa", "Tương phản cao"]
    {
        harness.get_by_label(name).click();
        harness.run();
    }
    harness.state_mut().sample.view = View::Thanks { again: true };
    harness.run();
    harness.get_by_label("Chọn lại").click();
    harness.run();
    let expected = [
        Touched::Language("en".to_owned()),
        Touched::Language("km".to_owned()),
        Touched::Elsewhere,
        Touched::Appearance(Appearance { size: TextSize::Large, high_contrast: false }),
        Touched::Appearance(Appearance { size: TextSize::Normal, high_contrast: true }),
        Touched::ChooseAgain,
    ];
    assert_eq!(harness.state().touched, expected);
}

#[test]
fn aspects_and_reasons_are_touched_and_the_way_on_says_whether_something_was_given() {
    let mut harness = glass(Sample::step("aspects", ASPECTS), PORTRAIT);
    harness.get_by_label("Thái độ giao tiếp, ứng xử: Bình thường").click();
    harness.run();
    assert!(harness.query_by_label("Tiếp tục").is_none());
    harness.get_by_label("Bỏ qua").click();
    harness.run();
    let attitude = "attitude".to_owned();
    let added = &mut harness.state_mut().sample.added;
    added.aspects.insert(attitude.clone(), Level::Neutral);
    harness.run();
    assert!(harness.query_by_label("Bỏ qua").is_none());
    harness.get_by_label("Tiếp tục").click();
    harness.run();
    harness.state_mut().sample.view =
        View::Step { at: REASONS, last: true, again: false, covered: false };
    harness.state_mut().sample.added.reasons = vec!["late".to_owned()];
    harness.run();
    assert!(harness.query_by_label("Chọn lại").is_none(), "the time for it is over");
    harness.get_by_label("Chờ đợi lâu").click();
    harness.run();
    harness.get_by_label("Xong").click();
    harness.run();
    let expected = [
        Touched::Aspect(attitude, Level::Neutral),
        Touched::Next,
        Touched::Next,
        Touched::Reason("waiting".to_owned()),
        Touched::Next,
    ];
    assert_eq!(harness.state().touched, expected);
}

#[test]
fn more_than_fits_stands_on_pages() {
    let sample = Sample::step("reasons", REASONS).with(|sample| {
        sample.look.size = TextSize::Largest;
    });
    let mut harness = glass(sample, LANDSCAPE);
    harness.run();
    let last = "Nơi ngồi chờ, trang thiết bị";
    assert!(harness.query_by_label(last).is_none());
    while harness.query_by_label(last).is_none() {
        harness.get_by_label("Trang sau").click();
        harness.run();
    }
    harness.get_by_label(last).click();
    harness.run();
    assert_eq!(harness.state().touched.last(), Some(&Touched::Reason("place".to_owned())));
    assert!(harness.state().touched.iter().all(|touched| *touched != Touched::Next));
}

#[test]
fn who_answered_is_led_to_the_choices_that_were_not_seen() {
    let sample = Sample::step("reasons", REASONS).with(|sample| {
        sample.look.size = TextSize::Largest;
        sample.added.reasons = vec!["late".to_owned()];
    });
    let mut harness = glass(sample, LANDSCAPE);
    harness.run();
    let last = "Nơi ngồi chờ, trang thiết bị";
    for _ in 0..5 {
        if harness.query_by_label(last).is_none() {
            harness.get_by_label("Tiếp tục").click();
            harness.run();
        }
    }
    harness.get_by_label(last);
    let next = |touched: &&Touched| **touched == Touched::Next;
    assert_eq!(harness.state().touched.iter().filter(next).count(), 0, "the step is the same");
    harness.get_by_label("Tiếp tục").click();
    harness.run();
    assert_eq!(harness.state().touched.iter().filter(next).count(), 1);
}

#[test]
fn the_staffs_corner_wants_three_seconds_or_a_key() {
    for view in [RATE, View::Closed, View::NotInService, View::Thanks { again: false }] {
        let mut harness = glass(Sample::new("corner", view), LANDSCAPE);
        harness.step();
        finger(&harness, "Dành cho người phục vụ", true);
        harness.run_steps(8);
        finger(&harness, "Dành cho người phục vụ", false);
        harness.run_steps(2);
        assert_eq!(harness.state().touched, [Touched::Elsewhere], "two seconds are too short");
        finger(&harness, "Dành cho người phục vụ", true);
        harness.run_steps(30);
        let corner = |touched: &&Touched| **touched == Touched::Corner;
        assert_eq!(harness.state().touched.iter().filter(corner).count(), 1, "{view:?}");
    }
    let mut harness = glass(Sample::new("corner", RATE), PORTRAIT);
    harness.get_by_label("Dành cho người phục vụ").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().touched, [Touched::Corner]);
}

#[test]
fn a_closed_screen_is_left_by_a_touch_anywhere_and_by_its_button() {
    let mut harness = glass(Sample::new("closed", View::Closed), LANDSCAPE);
    harness.get_by_label("Quầy số 05").click();
    harness.run();
    harness.get_by_label("Mời chạm màn hình để đánh giá").click_accesskit();
    harness.run();
    assert_eq!(harness.state().touched, [Touched::Elsewhere, Touched::Elsewhere]);
}
