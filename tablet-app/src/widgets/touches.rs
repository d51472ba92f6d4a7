//! Multi-touch: the window makes a pointer of the first finger on the glass only, so while a palm, a
//! child's finger or a wet spot rests there, egui ignores every other one. Here each further finger
//! that comes down and goes up in one place is a tap of its own.

use crate::theme::TARGET;
use eframe::egui;
use egui::response::Flags;
use egui::{Event, Id, Pos2, Rect, Response, TouchDeviceId, TouchId, TouchPhase, Ui};

/// Longest tap, seconds: a slow finger rests two or three. What stays longer is a palm, or leans.
pub const LONGEST_TAP_S: f64 = 5.0;

/// One finger that is down.
#[derive(Clone, Copy, Debug)]
struct Finger {
    id: (TouchDeviceId, TouchId),
    start: Pos2,
    since: f64,
    /// What it came down on.
    on: Option<Id>,
    /// The window makes a pointer of it.
    points: bool,
    /// It wandered farther than a tap does.
    wandered: bool,
}

/// What the fingers on the glass do, kept from frame to frame.
#[derive(Clone, Debug, Default)]
struct TouchTracker {
    /// The frame that was read last.
    frame: u64,
    down: Vec<Finger>,
    /// What other fingers than the pointer tapped in this frame; none: nothing that can be touched.
    taps: Vec<Option<Id>>,
    /// Somebody tapped beside the pointer's finger while it was down: it rests there.
    pointer_rests: bool,
    /// The pointer's finger only rested there and went up; the click that egui makes of it is none.
    forget_click: bool,
    /// What could be touched in the frame before, and in this one so far.
    before: Vec<(Id, Rect)>,
    controls: Vec<(Id, Rect)>,
}

impl TouchTracker {
    fn id() -> Id {
        Id::unique("fingers on the glass")
    }

    /// Takes the events of a frame in, once.
    fn read(&mut self, ui: &Ui) {
        let frame = ui.ctx().cumulative_frame_nr();
        if self.frame == frame {
            return;
        }
        self.frame = frame;
        self.before = std::mem::take(&mut self.controls);
        self.taps.clear();
        ui.input(|input| {
            // The click comes in the frame of the touch's end or in the next one.
            self.forget_click &= input.pointer.any_down() || input.pointer.any_released();
            for event in &input.events {
                if let Event::Touch { device_id, id, phase, pos, .. } = event {
                    self.touch((*device_id, *id), *phase, *pos, input.time);
                }
            }
        });
    }

    fn touch(&mut self, id: (TouchDeviceId, TouchId), phase: TouchPhase, pos: Pos2, time: f64) {
        match phase {
            TouchPhase::Start => {
                let points = !self.down.iter().any(|finger| finger.points);
                self.forget_click &= !points;
                self.down.retain(|finger| finger.id != id);
                let on = self.touched_at(pos);
                self.down.push(Finger { id, start: pos, since: time, on, points, wandered: false });
            }
            TouchPhase::Move => {
                if let Some(finger) = self.down.iter_mut().find(|finger| finger.id == id) {
                    finger.wandered |= finger.start.distance(pos) > TARGET / 2.0;
                }
            }
            TouchPhase::End | TouchPhase::Cancel => {
                let Some(at) = self.down.iter().position(|finger| finger.id == id) else { return };
                let finger = self.down.swap_remove(at);
                if finger.points {
                    self.forget_click |= std::mem::take(&mut self.pointer_rests);
                } else if phase == TouchPhase::End
                    && !finger.wandered
                    && finger.start.distance(pos) <= TARGET / 2.0
                    && time - finger.since <= LONGEST_TAP_S
                {
                    // Still there: a screen that came meanwhile was not touched.
                    let on = self.touched_at(finger.start).filter(|on| finger.on == Some(*on));
                    self.taps.push(on);
                    // A knuckle beside a finger that taps takes nothing away from it.
                    self.pointer_rests |= on.is_some() && self.down.iter().any(|one| one.points);
                }
            }
        }
    }

    /// The uppermost of what can be touched there.
    fn touched_at(&self, pos: Pos2) -> Option<Id> {
        self.before.iter().rev().find(|(_, rect)| rect.contains(pos)).map(|(id, _)| *id)
    }
}

/// Adds the taps of further fingers to a control's clicks, and drops the click of a palm that rested
/// on it.
pub(super) fn apply_touches(ui: &Ui, response: &mut Response) {
    with(ui, |touches| {
        touches.controls.push((response.id, response.interact_rect));
        if touches.forget_click {
            response.flags.remove(Flags::CLICKED);
        }
        if touches.taps.contains(&Some(response.id)) {
            response.flags.insert(Flags::FAKE_PRIMARY_CLICKED);
        }
    });
}

/// Whether any finger tapped in this frame, anywhere.
pub fn tapped_anywhere(ui: &Ui) -> bool {
    let (taps, forget) = with(ui, |touches| (!touches.taps.is_empty(), touches.forget_click));
    taps || !forget && ui.input(|input| input.pointer.primary_clicked())
}

fn with<T>(ui: &Ui, use_them: impl FnOnce(&mut TouchTracker) -> T) -> T {
    let mut touches =
        ui.data(|data| data.get_temp::<TouchTracker>(TouchTracker::id())).unwrap_or_default();
    touches.read(ui);
    let told = use_them(&mut touches);
    ui.data_mut(|data| data.insert_temp(TouchTracker::id(), touches));
    told
}
