//! What stands around every screen: the institution and the languages above, the hint and the
//! clock below, and the mark of simulated data.

use super::{Link, Scene};
use crate::kiosk::View;
use crate::texts::Words;
use crate::theme::{self, BAND, BAR, MARGIN, TARGET};
use crate::widgets::{block, language};
use eframe::egui;
use egui::{Align, Pos2, Rect, Stroke, Ui, Vec2};

/// Draws header and footer; where the screen itself goes, and the language that was chosen.
pub(super) fn show(ui: &Ui, scene: &Scene<'_>, words: &Words) -> (Rect, Option<String>) {
    let full = ui.max_rect();
    ui.painter().rect_filled(full, 0.0, theme::GROUND);
    let (header, chosen) = header(ui, full, scene, words);
    let band = band(ui, full, header, scene, words);
    let footer = footer(ui, full, scene, words);
    let content = Rect::from_min_max(
        Pos2::new(full.left() + MARGIN, band),
        Pos2::new(full.right() - MARGIN, footer),
    );
    (content, chosen)
}

fn rule(ui: &Ui, full: Rect, y: f32) {
    ui.painter().hline(full.x_range(), y, Stroke::new(theme::THIN, theme::LINE));
}

fn header(ui: &Ui, full: Rect, scene: &Scene<'_>, words: &Words) -> (f32, Option<String>) {
    let bottom = full.top() + BAR;
    let Some(settings) = scene.settings else {
        rule(ui, full, bottom);
        return (bottom, None);
    };
    let mut chosen = None;
    // From right to left, so that the names end at the margin.
    let mut right = full.right() - MARGIN + 18.0;
    let offered = if settings.languages.len() > 1 { &settings.languages[..] } else { &[] };
    for one in offered.iter().rev() {
        let touched = Rect::from_min_max(
            Pos2::new(right - TARGET, full.top()),
            Pos2::new(right, full.top() + TARGET),
        );
        let on = one.code == scene.language;
        if language(ui, touched, full.top() + BAR / 2.0, &one.name, on) {
            chosen = Some(one.code.clone());
        }
        right -= TARGET;
    }
    let left = full.left() + MARGIN;
    let centre = block(ui, words.of(&settings.centre), &theme::CENTRE, right - left, Align::Min);
    let top = full.top() + (BAR - centre.height()) / 2.0;
    centre.place(ui, left, right, top);
    rule(ui, full, bottom);
    (bottom, chosen)
}

fn band(ui: &Ui, full: Rect, top: f32, scene: &Scene<'_>, words: &Words) -> f32 {
    if !scene.settings.is_some_and(|settings| settings.simulated) {
        return top;
    }
    let rect = Rect::from_min_size(Pos2::new(full.left(), top), Vec2::new(full.width(), BAND));
    ui.painter().rect_filled(rect, 0.0, theme::CHIP);
    let text = words.get("tablet-simulated");
    let text = block(ui, &text, &theme::MARK, full.width(), Align::Center);
    let y = rect.center().y - text.height() / 2.0;
    text.place(ui, rect.left(), rect.right(), y);
    rect.bottom()
}

fn footer(ui: &Ui, full: Rect, scene: &Scene<'_>, words: &Words) -> f32 {
    let (left, right) = (full.left() + MARGIN, full.right() - MARGIN);
    let clock = block(ui, scene.clock, &theme::BODY, right - left, Align::Max);
    let width = right - left - clock.width() - 32.0;
    let hint = match scene.view {
        View::Rate { again: true, .. } => Some("tablet-again-hint"),
        View::Rate { again: false, .. } => Some("tablet-hint"),
        _ => None,
    };
    let link = match scene.link {
        // Before the first settings the screen itself says so.
        Link::Offline if scene.settings.is_some() => Some("tablet-offline"),
        Link::Parted => Some("tablet-parted"),
        Link::Offline | Link::Good => None,
    };
    let hint = hint.map(|key| block(ui, &words.get(key), &theme::BODY, width, Align::Min));
    let link = link.map(|key| block(ui, &words.get(key), &theme::SMALL, width, Align::Min));

    let height: f32 = [&hint, &link].into_iter().flatten().map(crate::widgets::Block::height).sum();
    let top = full.bottom() - BAR.max(height + 28.0);
    rule(ui, full, top);
    let middle = f32::midpoint(top, full.bottom());
    let mut y = middle - height / 2.0;
    for text in [hint, link].into_iter().flatten() {
        y = text.place(ui, left, left + width, y);
    }
    let y = middle - clock.height() / 2.0;
    clock.place(ui, left, right, y);
    top
}
