//! The footer: information about the rating, the button that takes something back, and the clock.

use super::{Page, Touched, aloud};
use crate::kiosk::View;
use crate::link::Link;
use crate::theme::{self, BAR, MARGIN, TARGET};
use crate::widgets::{
    Block, Kind, block, button, button_size, hold, quiet_button, quiet_button_size, whole,
};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};

/// Between two buttons.
pub(super) const BETWEEN: f32 = 16.0;
/// Between a button and the words beside it, and between those and the clock.
const BESIDE: f32 = 24.0;
/// Above and below what stands in a footer, together.
const EDGE: f32 = 28.0;
/// How much of the width the clock may take, beside three buttons, on a landscape and on a portrait
/// glass.
const CLOCK: (f32, f32) = (0.2, 0.235);
/// How much of the width “Không đánh giá” may take.
const DECLINE: f32 = 0.3;

/// A footer that is measured and not yet drawn.
pub(super) struct Footer {
    /// “Không đánh giá”.
    decline: Option<String>,
    /// The room that is kept for it on every screen; none where it stands under the card.
    decline_size: Vec2,
    /// What takes back what was touched last.
    undo: Option<(String, Vec2, Touched)>,
    hint: Option<Block>,
    link: Option<Block>,
    clock: Block,
    /// Width of the clock's room, which is the staff's corner.
    corner: f32,
    /// Widest button of a step.
    pub widest: f32,
}

impl Footer {
    pub fn measure(page: &Page<'_>) -> Self {
        let (pen, scene) = (&page.pen, page.scene);
        let room = page.full.width() - 2.0 * MARGIN;
        let share = if page.is_landscape() { CLOCK.0 } else { CLOCK.1 };
        let clock = whole(pen, scene.clock, &theme::BODY, room * share, Align::Max, 2);
        // Independent of the time shown: wider digits must not move a button.
        let corner = (room * share).max(TARGET);

        let words = page.get("tablet-decline");
        let decline_size = if page.is_landscape() {
            let size = quiet_button_size(pen, &words, room * DECLINE);
            Vec2::new(size.x.max(TARGET), size.y)
        } else {
            Vec2::ZERO
        };
        let declines = page.is_landscape() && page.asks();
        let kept = if decline_size.x > 0.0 { decline_size.x + BESIDE } else { 0.0 };
        // One that takes back, the next person, and the way on.
        let widest = (room - kept - corner - 3.0 * BETWEEN) / 3.0;

        let undo = undo(page).map(|(key, touched)| {
            let words = page.get(key);
            let size = button_size(pen, &words, widest).max(Vec2::splat(TARGET));
            (words, size, touched)
        });
        let mut width = room - corner - BESIDE;
        if declines {
            width -= kept;
        }
        if let Some((_, size, _)) = &undo {
            width -= kept + size.x + BESIDE;
        }
        let rows = if page.is_landscape() { 3 } else { 4 };
        let hint = hint_key(page)
            .map(|key| whole(pen, &page.get(key), &theme::BODY, width, Align::Min, rows));
        let link =
            link_key(page).map(|key| block(pen, &page.get(key), &theme::SMALL, width, Align::Min));
        let decline = declines.then_some(words);
        Self { decline, decline_size, undo, hint, link, clock, corner, widest }
    }

    pub fn height(&self, page: &Page<'_>) -> f32 {
        let texts: f32 = [&self.hint, &self.link].into_iter().flatten().map(Block::height).sum();
        let buttons = self.undo.is_some() || matches!(page.view, View::Step { .. });
        let least = if buttons { TARGET } else { BAR };
        let decline = if self.decline.is_some() { self.decline_size.y } else { 0.0 };
        least.max(texts.max(self.clock.height()).max(decline) + EDGE)
    }

    /// Where the staff's corner begins.
    fn corner(&self, foot: Rect) -> f32 {
        foot.right() - self.corner
    }

    /// Where a button of a step stands, so far from the clock.
    pub fn way(&self, foot: Rect, size: Vec2, from_clock: f32) -> Rect {
        let left = self.corner(foot) - BETWEEN - from_clock - size.x;
        Rect::from_min_size(Pos2::new(left, foot.center().y - size.y / 2.0), size)
    }

    /// Draws it; what was touched.
    pub fn show(&self, page: &Page<'_>, foot: Rect) -> Option<Touched> {
        let (pen, glass, middle) = (&page.pen, page.glass(), foot.center().y);
        let mut left = foot.left();
        let mut touched = None;
        if let Some(words) = &self.decline {
            let top = (middle - TARGET / 2.0).min(glass.bottom() - TARGET);
            let size = Vec2::new(self.decline_size.x, TARGET);
            let area = Rect::from_min_size(Pos2::new(left, top), size);
            touched = quiet_button(pen, area, middle, words).then_some(Touched::Decline);
            left = area.right() + BESIDE;
        }
        if let Some((words, size, takes_back)) = &self.undo {
            if self.decline_size.x > 0.0 {
                left = foot.left() + self.decline_size.x + BESIDE;
            }
            let area = Rect::from_min_size(Pos2::new(left, middle - size.y / 2.0), *size);
            if button(pen, area, words, Kind::Plain) {
                touched = Some(takes_back.clone());
            }
            left = area.right() + BESIDE;
        }
        let corner = self.corner(foot);
        let texts = [&self.hint, &self.link].into_iter().flatten();
        let height: f32 = texts.clone().map(Block::height).sum();
        let mut y = middle - height / 2.0;
        for text in texts {
            y = text.clone().place(pen, left, corner - BESIDE, y);
        }
        touched.or_else(|| self.show_clock(page, foot, corner).then_some(Touched::Corner))
    }

    /// Draws the clock; whether it was held long enough.
    fn show_clock(&self, page: &Page<'_>, foot: Rect, left: f32) -> bool {
        // As high as a finger needs, not as high as the words beside it: the same place on all screens.
        let bottom = foot.bottom().min(page.glass().bottom());
        let from = Pos2::new(left, bottom - TARGET);
        let area = Rect::from_min_max(from, Pos2::new(foot.right(), bottom));
        let held = hold(&page.pen, area, &page.get("tablet-staff"));
        let middle = foot.bottom() - foot.height().min(TARGET) / 2.0;
        let centre = Pos2::new(area.center().x, middle);
        let place = Rect::from_center_size(centre, Vec2::new(area.width(), self.clock.height()));
        self.clock.clone().place_in(&page.pen, place);
        held
    }
}

/// What can be taken back on this screen, and its words.
fn undo(page: &Page<'_>) -> Option<(&'static str, Touched)> {
    match page.view {
        View::Step { again: true, covered: false, .. } | View::Thanks { again: true } => {
            Some(("tablet-choose-again", Touched::ChooseAgain))
        }
        View::Disputing => Some(("tablet-take-back", Touched::TakeBack)),
        _ => None,
    }
}

fn hint_key(page: &Page<'_>) -> Option<&'static str> {
    match page.view {
        View::Rate { again: true, .. } => Some("tablet-again-hint"),
        View::Rate { again: false, .. } => Some(aloud::hint_key(page.scene.has_dossier())),
        View::Thanks { again: true } => Some("tablet-thanks-again"),
        View::Disputing => Some("tablet-take-back-hint"),
        _ => None,
    }
}

fn link_key(page: &Page<'_>) -> Option<&'static str> {
    // On a step its buttons need the room, and who is there is told nothing new.
    if matches!(page.view, View::Step { .. }) {
        return None;
    }
    match page.scene.link {
        Link::Good => None,
        Link::Forked => Some("tablet-forked"),
        // Before the first settings the screen itself says so.
        _ if page.scene.settings.is_none() => None,
        Link::Offline => Some("tablet-offline"),
        // Citizens only need to know that nothing is lost; the staff's screen says the rest.
        Link::Refused | Link::Clock | Link::Authority | Link::Foreign => Some("tablet-not-sent"),
    }
}
