//! A place that answers when it is held for some seconds: hard to hit by chance, easy to reach on
//! purpose.

use super::Pen;
use crate::theme::TARGET;
use eframe::egui;
use egui::{Pos2, Rect, Role, Shape, Stroke, Vec2, WidgetInfo};

/// How long it is held, seconds: longer than a finger that touches the clock by accident.
const HELD_S: f64 = 3.0;
/// Not shown for a mere touch, seconds.
const SHOWN_S: f64 = 0.3;
/// Straight pieces of a whole ring.
const PIECES: f64 = 64.0;

/// Shows nothing but a ring that fills while `area` is held; whether that was long enough. A
/// keyboard or a screen reader answers at once, since it can not hold.
pub fn hold(pen: &Pen<'_>, area: Rect, name: &str) -> bool {
    let response = pen.control(area, "hold", WidgetInfo::labeled(Role::Button, true, name));
    if response.has_focus() {
        let ring = area.shrink(6.0);
        pen.plate(ring, 16, egui::Color32::TRANSPARENT, pen.theme.focus(), false);
    }
    let (time, since, touched) = pen.ui.input(|input| {
        let pointer = &input.pointer;
        let touch = |event: &egui::Event| matches!(event, egui::Event::Touch { .. });
        let by_finger = input.any_touches() || input.events.iter().any(touch);
        (input.time, pointer.press_start_time(), pointer.primary_clicked() || by_finger)
    });
    let done = response.id.with("done");
    let Some(since) = since.filter(|_| response.is_pointer_button_down_on()) else {
        pen.ui.data_mut(|data| data.remove::<bool>(done));
        return response.clicked() && !touched;
    };
    let held = time - since;
    if held < HELD_S {
        pen.ui.ctx().request_repaint();
    }
    ring(pen, area, ((held - SHOWN_S) / (HELD_S - SHOWN_S)).clamp(0.0, 1.0));
    // Once per hold: keeping the finger down does not trigger it again.
    let told = pen.ui.data(|data| data.get_temp::<bool>(done)).unwrap_or(false);
    let long_enough = held >= HELD_S && !told;
    if long_enough {
        pen.ui.data_mut(|data| data.insert_temp(done, true));
    }
    long_enough
}

fn ring(pen: &Pen<'_>, area: Rect, share: f64) {
    if share <= 0.0 {
        return;
    }
    let centre = area.center();
    let radius = (area.height().min(TARGET) / 2.0 - 6.0).max(20.0);
    let last = (share * PIECES).ceil();
    let points: Vec<Pos2> = (0..=64_u8)
        .map(f64::from)
        .take_while(|piece| *piece <= last)
        .map(|piece| {
            let turn =
                std::f64::consts::TAU * (piece / PIECES).min(share) - 0.25 * std::f64::consts::TAU;
            let (x, y) = (turn.cos(), turn.sin());
            #[expect(clippy::cast_possible_truncation, reason = "a place on the glass")]
            let to = Vec2::new(x as f32, y as f32);
            centre + radius * to
        })
        .collect();
    pen.painter().add(Shape::line(points, Stroke::new(4.0, pen.theme.palette.institution)));
}
