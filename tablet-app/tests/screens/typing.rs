//! The comment: what the keys on the glass, several fingers and a real keyboard return.

use crate::scenes::{COMMENT, LANDSCAPE, PORTRAIT, Sample};
use crate::touch::{Glass, finger, glass};
use eframe::egui::{
    Event, Key as Press, Modifiers, PointerButton, TouchDeviceId, TouchId, TouchPhase,
};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use tablet_app::screens::Touched;
use tablet_app::theme::KEY_TARGET;
use tablet_app::typing::{Draft, Key, Method};

fn comment() -> Harness<'static, Glass> {
    let mut harness = glass(Sample::step("comment", COMMENT), LANDSCAPE);
    harness.step();
    harness
}

fn keys(harness: &Harness<'_, Glass>) -> Vec<Key> {
    let keys = harness.state().touched.iter().filter_map(|touched| match touched {
        Touched::Keys(keys) => Some(keys.clone()),
        _ => None,
    });
    keys.flatten().collect()
}

fn letters(text: &str) -> Vec<Key> {
    text.chars().map(Key::Letter).collect()
}

#[test]
fn keys_on_the_glass_write_letters_capitals_digits_and_marks() {
    let mut harness = comment();
    let presses = [
        "Chữ hoa",
        "T",
        "o",
        "Dấu cách",
        "Chữ hoa",
        "Chữ hoa",
        "A",
        "B",
        "Chữ hoa",
        "c",
        "Số và dấu câu",
        "7",
        ":",
        "Chữ cái",
        "x",
        "Xóa",
    ];
    for name in presses {
        harness.get_by_label(name).click();
        harness.run();
    }
    let mut expected = letters("To ABc7:x");
    expected.push(Key::Erase);
    assert_eq!(keys(&harness), expected);
}

#[test]
fn the_way_of_typing_goes_round_and_vni_has_its_digits() {
    let mut harness = comment();
    let mut seen = Vec::new();
    for name in ["Kiểu gõ: Telex", "Kiểu gõ: VNI", "Kiểu gõ: ABC"] {
        assert!(harness.query_by_label("6").is_some() == name.ends_with("VNI"), "{name}");
        harness.get_by_label(name).click();
        harness.run();
        let Some(Key::Method(method)) = keys(&harness).last().copied() else { panic!("{name}") };
        harness.state_mut().sample.draft.press(Key::Method(method));
        seen.push(method);
        harness.run();
    }
    assert_eq!(seen, [Method::Vni, Method::Plain, Method::Telex]);
}

#[test]
fn the_erasing_key_repeats_while_it_is_held() {
    let mut harness = comment();
    finger(&harness, "Xóa", true);
    harness.run_steps(1);
    assert_eq!(keys(&harness), [], "a short press counts when it ends");
    harness.run_steps(6);
    let held = keys(&harness).len();
    assert!((8..24).contains(&held), "{held}");
    let pos = harness.get_by_label("Xóa").rect().center();
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    harness.event(Event::PointerButton { pos, button, pressed: false, modifiers });
    harness.run_steps(3);
    assert_eq!(keys(&harness).len(), held, "letting go is not one more");
    harness.get_by_label("Xóa").click();
    harness.run();
    assert_eq!(keys(&harness).len(), held + 1);
}

#[test]
fn two_thumbs_lose_nothing() {
    let mut harness = comment();
    let touch = |harness: &Harness<'_, Glass>, id: u64, name: &str, phase: TouchPhase| {
        let pos = harness.get_by_label(name).rect().center();
        let (device_id, id) = (TouchDeviceId(0), TouchId(id));
        harness.event(Event::Touch { device_id, id, phase, pos, force: None });
    };
    touch(&harness, 1, "v", TouchPhase::Start);
    finger(&harness, "v", true);
    touch(&harness, 2, "i", TouchPhase::Start);
    harness.step();
    touch(&harness, 1, "v", TouchPhase::End);
    finger(&harness, "v", false);
    harness.step();
    touch(&harness, 3, "e", TouchPhase::Start);
    harness.step();
    touch(&harness, 2, "i", TouchPhase::End);
    touch(&harness, 3, "e", TouchPhase::End);
    harness.run();
    assert_eq!(keys(&harness), letters("vie"));
}

#[test]
fn a_real_keyboard_types_as_well_and_loses_nothing() {
    let mut harness = comment();
    // Within one frame, as when the tablet was busy for a moment.
    let texts = ["ch", "ờ", " "].map(|text| Event::Text(text.to_owned()));
    harness.input_mut().events.extend(texts);
    harness.step();
    harness.key_press(Press::Backspace);
    harness.event(Event::Text("!".to_owned()));
    harness.run();
    let mut expected = letters("chờ ");
    expected.extend([Key::Erase, Key::Letter('!')]);
    assert_eq!(keys(&harness), expected);
    // On a key of the glass, space presses it and is not written as well.
    harness.get_by_label("g").focus();
    harness.run();
    harness.event(Event::Text(" ".to_owned()));
    harness.key_press(Press::Space);
    harness.run();
    expected.push(Key::Letter('g'));
    assert_eq!(keys(&harness), expected);
    harness.event_modifiers(Event::Text("h".to_owned()), Modifiers::NONE);
    harness.run();
    expected.push(Key::Letter('h'));
    assert_eq!(keys(&harness), expected);
}

#[test]
fn the_text_and_its_length_are_told_to_screen_readers() {
    let mut harness = comment();
    harness.state_mut().sample.draft = crate::scenes::typed("Caanf theem gheees");
    harness.run();
    let field = harness.get_by_label("Ý kiến góp ý của Ông/Bà");
    let written = field.value().unwrap();
    assert!(written.starts_with("Cần thêm"), "{written}");
    let count = format!("{}/500", written.chars().count());
    harness.get_by_label(&count);
    harness.get_by_label("Xin Ông/Bà không ghi họ tên, số điện thoại, số căn cước.");
}

#[test]
fn keys_are_nine_millimetres_high_at_every_text_size() {
    for size in [LANDSCAPE, PORTRAIT] {
        for method in Method::ALL {
            for text in tablet_app::appearance::TextSize::ALL {
                let sample = Sample::step("comment", COMMENT).with(|sample| {
                    sample.draft = Draft::new(method);
                    sample.look.size = text;
                });
                let mut harness = glass(sample, size);
                harness.step();
                let rect = harness.get_by_label("g").rect();
                let least = KEY_TARGET - 0.5;
                assert!(rect.height() >= least, "{method:?} {text:?} {size}: {rect}");
                assert!(rect.width() >= least, "{method:?} {text:?} {size}: {rect}");
            }
        }
    }
}
