//! Fingers as a touch screen tells of them: also beside a palm that rests.

use crate::scenes::{ASPECTS, LANDSCAPE, RATE, Sample};
use crate::touch::{Glass, glass};
use eframe::egui::{
    Event, Modifiers, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, Vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use protocol::Level;
use tablet_app::screens::Touched;

/// The events of a finger on a touch screen, as the window makes them: only the first finger that is
/// down is a pointer, too.
fn touch(harness: &Harness<'_, Glass>, id: u64, phase: TouchPhase, pos: Pos2, points: bool) {
    let (device_id, id) = (TouchDeviceId(0), TouchId(id));
    harness.event(Event::Touch { device_id, id, phase, pos, force: None });
    if points {
        harness.event(Event::PointerMoved(pos));
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        if phase != TouchPhase::Move {
            let pressed = phase == TouchPhase::Start;
            harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        }
        if phase == TouchPhase::End {
            harness.event(Event::PointerGone);
        }
    }
}

#[test]
fn every_finger_is_heard_beside_a_palm_that_rests() {
    for palm in ["Nguyễn Văn A", "Không hài lòng", "Không đánh giá"] {
        let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
        harness.step();
        let rests = harness.get_by_label(palm).rect().center();
        let face = harness.get_by_label("Hài lòng").rect().center();
        touch(&harness, 1, TouchPhase::Start, rests, true);
        harness.run_steps(2);
        touch(&harness, 2, TouchPhase::Start, face, false);
        harness.step();
        touch(&harness, 2, TouchPhase::End, face, false);
        harness.step();
        assert_eq!(harness.state().touched, [Touched::Level(Level::Satisfied)], "{palm}");
        harness.run_steps(2);
        touch(&harness, 1, TouchPhase::End, rests, true);
        harness.run_steps(2);
        assert_eq!(harness.state().touched.len(), 1, "the palm that goes away is no touch: {palm}");
        touch(&harness, 3, TouchPhase::Start, face, true);
        harness.step();
        touch(&harness, 3, TouchPhase::End, face, true);
        harness.step();
        assert_eq!(harness.state().touched.len(), 2, "the next finger is heard once");
    }
}

#[test]
fn a_finger_of_the_screen_before_answers_nothing_and_a_knuckle_takes_nothing_away() {
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let rests = harness.get_by_label("Nguyễn Văn A").rect().center();
    let name = "Trách nhiệm trong công việc: Hài lòng";
    let mut aspects = glass(Sample::step("aspects", ASPECTS), LANDSCAPE);
    aspects.step();
    let face = aspects.get_by_label(name).rect().center();
    // It lies there while the question stands, and goes up when the aspects have come.
    touch(&harness, 1, TouchPhase::Start, rests, true);
    touch(&harness, 2, TouchPhase::Start, face, false);
    harness.run_steps(3);
    harness.state_mut().sample = Sample::step("aspects", ASPECTS);
    harness.run_steps(3);
    touch(&harness, 2, TouchPhase::End, face, false);
    harness.run_steps(2);
    let answered = |touched: &Touched| matches!(touched, Touched::Aspect(..));
    assert!(!harness.state().touched.iter().any(answered), "{:?}", harness.state().touched);

    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let face = harness.get_by_label("Hài lòng").rect().center();
    touch(&harness, 1, TouchPhase::Start, face, true);
    harness.step();
    touch(&harness, 2, TouchPhase::Start, Pos2::new(640.0, 180.0), false);
    touch(&harness, 2, TouchPhase::End, Pos2::new(640.0, 180.0), false);
    harness.run_steps(3);
    touch(&harness, 1, TouchPhase::End, face, true);
    harness.run_steps(3);
    let level = Touched::Level(Level::Satisfied);
    assert!(harness.state().touched.contains(&level), "{:?}", harness.state().touched);
}

#[test]
fn a_second_finger_on_the_clock_is_no_key() {
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let rests = harness.get_by_label("Nguyễn Văn A").rect().center();
    let clock = harness.get_by_label("Dành cho người phục vụ").rect().center();
    touch(&harness, 1, TouchPhase::Start, rests, true);
    harness.step();
    touch(&harness, 2, TouchPhase::Start, clock, false);
    harness.step();
    touch(&harness, 2, TouchPhase::End, clock, false);
    harness.run_steps(3);
    assert!(!harness.state().touched.contains(&Touched::Corner), "{:?}", harness.state().touched);
}

#[test]
fn what_wanders_or_stays_for_long_is_no_tap() {
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    let rests = harness.get_by_label("Nguyễn Văn A").rect().center();
    let face = harness.get_by_label("Hài lòng").rect().center();
    touch(&harness, 1, TouchPhase::Start, rests, true);
    harness.step();
    // A sleeve that is drawn over the glass.
    touch(&harness, 2, TouchPhase::Start, face - Vec2::new(300.0, 0.0), false);
    harness.step();
    touch(&harness, 2, TouchPhase::Move, face, false);
    touch(&harness, 2, TouchPhase::End, face, false);
    harness.step();
    // An elbow that leans.
    touch(&harness, 3, TouchPhase::Start, face, false);
    harness.run_steps(30);
    touch(&harness, 3, TouchPhase::End, face, false);
    harness.step();
    assert_eq!(harness.state().touched, []);
    let mut harness = glass(Sample::new("rate", RATE), LANDSCAPE);
    harness.step();
    touch(&harness, 1, TouchPhase::Start, face, true);
    harness.run_steps(30);
    touch(&harness, 1, TouchPhase::End, face, true);
    harness.run_steps(2);
    assert!(!harness.state().touched.contains(&Touched::Level(Level::Satisfied)));
}
