//! The tree that screen readers use: every control has a name, a role and a state, is large enough
//! for a finger, stands apart from the others, and is reached by Tab.

use crate::scenes::{self, ASPECTS, COMMENT, LANDSCAPE, PORTRAIT, RATE, REASONS, Sample};
use crate::support::glass::controls;
use crate::touch::{Glass, glass};
use eframe::egui::accesskit::{Action, Role, Toggled};
use eframe::egui::{Key, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use protocol::Level;
use std::collections::BTreeSet;
use tablet_app::appearance::{Appearance, TextSize};
use tablet_app::screens::Touched;
use tablet_app::theme::{KEY_TARGET, TARGET};

/// Names and texts in the order in which they are read.
fn read(harness: &Harness<'_, Glass>) -> Vec<String> {
    let root = harness.root();
    let all = root.children_recursive();
    all.filter_map(|node| {
        let inner = node.accesskit_node();
        inner.label().or_else(|| inner.value()).filter(|text| !text.is_empty())
    })
    .collect()
}

fn check(sample: &Sample, size: Vec2, faults: &mut Vec<String>) {
    let place = format!("{} {size} {} {:?}", sample.name, sample.language, sample.look);
    let mut harness = glass(sample.clone(), size);
    harness.step();
    let controls = controls(&harness);
    assert!(!controls.is_empty(), "{place} has no control, not even for the staff");
    let screen = Rect::from_min_size(eframe::egui::Pos2::ZERO, size).expand(0.5);
    for (at, one) in controls.iter().enumerate() {
        let mut fault = |what: &str| faults.push(format!("{place}: “{}” {what}", one.name));
        if one.name.trim().is_empty() || one.name.contains('[') {
            fault("has no name");
        }
        if !matches!(one.role, Role::Button | Role::CheckBox | Role::RadioButton | Role::TextInput)
        {
            fault("has no role");
        }
        let key = sample.name == "comment" && one.rect.height() < TARGET - 0.5;
        let least = if key || one.role == Role::TextInput { KEY_TARGET } else { TARGET } - 0.5;
        if one.rect.width() < least || one.rect.height() < least {
            fault(&format!("is too small: {}", one.rect));
        }
        if !screen.contains_rect(one.rect) {
            fault(&format!("is not on the glass: {}", one.rect));
        }
        for other in &controls[at + 1..] {
            let both = one.rect.intersect(other.rect);
            if both.width() > 0.5 && both.height() > 0.5 {
                fault(&format!("overlaps “{}”: {both}", other.name));
            }
        }
    }
}

#[test]
fn every_control_has_a_name_is_large_enough_and_stands_alone() {
    let mut faults = Vec::new();
    for size in [LANDSCAPE, PORTRAIT] {
        for sample in scenes::all() {
            for language in ["vi", "en", "km"] {
                for text in TextSize::ALL {
                    let mut sample = sample.clone();
                    language.clone_into(&mut sample.language);
                    sample.look = Appearance { size: text, high_contrast: text == TextSize::Large };
                    check(&sample, size, &mut faults);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn tab_reaches_every_control() {
    for size in [LANDSCAPE, PORTRAIT] {
        for sample in scenes::all() {
            let name = sample.name;
            let mut harness = glass(sample, size);
            harness.step();
            let controls = controls(&harness);
            let wanted: BTreeSet<_> = controls.iter().map(|one| one.name.clone()).collect();
            let mut reached = BTreeSet::new();
            for _ in 0..=controls.len() {
                harness.key_press(Key::Tab);
                harness.step();
                harness.step();
                let root = harness.root();
                let focused = root.children_recursive().find(egui_kittest::Node::is_focused);
                reached.extend(focused.and_then(|node| node.accesskit_node().label()));
            }
            let missed: Vec<_> = wanted.difference(&reached).collect();
            assert!(missed.is_empty(), "{name} {size}: Tab does not reach {missed:?}");
        }
    }
}

#[test]
fn space_and_enter_press_what_they_stand_on() {
    let screens = [
        Sample::new("rate", RATE),
        Sample::step("aspects", ASPECTS),
        Sample::step("reasons", REASONS),
        Sample::step("comment", COMMENT),
        Sample::new("thanks", tablet_app::kiosk::View::Thanks { again: true }),
        Sample::new("closed", tablet_app::kiosk::View::Closed),
    ];
    for sample in screens {
        let mut names: Vec<String> = {
            let mut harness = glass(sample.clone(), LANDSCAPE);
            harness.step();
            controls(&harness).into_iter().filter(|one| one.enabled).map(|one| one.name).collect()
        };
        // These change what the screen shows, and return nothing.
        names.retain(|name| {
            !["Chữ hoa", "Số và dấu câu", "Ý kiến góp ý của Ông/Bà"].contains(&name.as_str())
        });
        for (at, name) in names.iter().enumerate() {
            let mut harness = glass(sample.clone(), LANDSCAPE);
            harness.step();
            harness.get_by_label(name).focus();
            harness.step();
            harness.key_press(if at % 2 == 0 { Key::Space } else { Key::Enter });
            harness.run();
            let touched = &harness.state().touched;
            assert_eq!(touched.len(), 1, "{}, “{name}”: {touched:?}", sample.name);
        }
    }
}

#[test]
fn what_is_chosen_says_so() {
    let toggled = |harness: &Harness<'_, Glass>, name: &str| {
        harness.get_by_label(name).accesskit_node().toggled()
    };
    let sample = Sample::step("aspects", ASPECTS).with(|sample| {
        sample.added.aspects = [("spirit".to_owned(), Level::Satisfied)].into();
    });
    let mut harness = glass(sample, LANDSCAPE);
    harness.step();
    assert_eq!(toggled(&harness, "Tinh thần phục vụ: Hài lòng"), Some(Toggled::True));
    assert_eq!(toggled(&harness, "Tinh thần phục vụ: Bình thường"), Some(Toggled::False));
    assert_eq!(toggled(&harness, "Tiếng Việt"), Some(Toggled::True));
    assert_eq!(toggled(&harness, "English"), Some(Toggled::False));
    assert_eq!(toggled(&harness, "Tương phản cao"), Some(Toggled::False));
    let sample = Sample::step("reasons", REASONS)
        .with(|sample| sample.added.reasons = vec!["late".to_owned()]);
    let mut harness = glass(sample, LANDSCAPE);
    harness.step();
    assert_eq!(toggled(&harness, "Trả kết quả trễ hẹn"), Some(Toggled::True));
    assert_eq!(toggled(&harness, "Chờ đợi lâu"), Some(Toggled::False));
}

#[test]
fn a_screen_is_read_from_top_to_bottom() {
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let read = read(&harness);
    let order = [
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH TÂY NINH",
        "Tiếng Việt",
        "Cỡ chữ: vừa",
        "Tương phản cao",
        "Người phục vụ Ông/Bà",
        "Nguyễn Văn A",
        "Quầy số 05",
        "Trả kết quả",
        "Hồ sơ H53.02-230927-0027",
        "Không phải người này",
        "Rất hài lòng",
        "Rất không hài lòng",
        "Không đánh giá",
        "Đánh giá là tự nguyện, để phục vụ tốt hơn. Lựa chọn của Ông/Bà được giữ kín. Mã hồ sơ được lưu kèm.",
        "Dành cho người phục vụ",
        "Thứ Tư, 27/09/2023 · 09:41",
    ];
    let places: Vec<_> = order.iter().map(|text| read.iter().position(|one| one == text)).collect();
    assert!(places.iter().all(Option::is_some), "{places:?} in {read:#?}");
    assert!(places.is_sorted(), "{places:?} in {read:#?}");
}

#[test]
fn no_screen_after_the_tap_tells_the_level() {
    // The scene does not even hold it; so the only words of levels stand over rows of aspects.
    for name in ["reasons", "comment", "thanks", "thanks-last"] {
        let sample = scenes::all().into_iter().find(|sample| sample.name == name).unwrap();
        let mut harness = glass(sample, LANDSCAPE);
        harness.step();
        for level in Level::ALL {
            let word = tablet_app::texts::Words::new("vi").get(&format!("level-{level}"));
            assert!(!read(&harness).contains(&word), "{name} says “{word}”");
        }
        assert!(!harness.state().touched.iter().any(|one| matches!(one, Touched::Level(_))));
    }
}

/// Texts and controls that are not wholly on the glass.
pub fn texts_outside(harness: &Harness<'_, Glass>, size: Vec2) -> Vec<String> {
    let screen = Rect::from_min_size(eframe::egui::Pos2::ZERO, size).expand(1.0);
    let root = harness.root();
    let all = root.children_recursive();
    all.filter(|node| {
        let inner = node.accesskit_node();
        let told = inner.role() == Role::Label || inner.data().supports_action(Action::Click);
        told && !screen.contains_rect(node.rect())
    })
    .map(|node| {
        let inner = node.accesskit_node();
        let text = inner.label().or_else(|| inner.value()).unwrap_or_default();
        format!("{text} at {}", node.rect())
    })
    .collect()
}
