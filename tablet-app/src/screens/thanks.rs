//! Thanks, and for some seconds the way back to the faces. It does not show what was chosen.

use super::Page;
use crate::theme::{self, MARGIN, TARGET};
use crate::widgets::{Kind, block, button, button_size};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};

/// Diameter of the sign.
const SIGN: f32 = 148.0;

/// Shows the thanks; whether the person wants to choose again. `again` says whether they may.
pub(super) fn show(page: &Page<'_>, content: Rect, again: bool) -> bool {
    let pen = &page.pen;
    let width = content.width() - 2.0 * MARGIN;
    let set = |key, style| block(pen, &page.get(key), style, width, Align::Center);
    let title = set("tablet-thanks", &theme::TITLE);
    let recorded = set("tablet-thanks-recorded", &theme::LEAD);
    let offer = again.then(|| set("tablet-thanks-again", &theme::BODY));

    let words = page.get("tablet-choose-again");
    let size = button_size(pen, &words, width).max(Vec2::splat(TARGET));
    let below = offer.as_ref().map_or(0.0, |offer| 28.0 + size.y + offer.height());
    let texts = title.height() + 8.0 + recorded.height() + below;
    let sign_size = SIGN.min(content.height() - texts - 32.0 - 24.0).max(72.0);
    let height = sign_size + 32.0 + texts;
    let centre = content.center().x;
    let mut y = content.center().y - height / 2.0;
    sign(page, Pos2::new(centre, y + sign_size / 2.0), sign_size);
    y += sign_size + 32.0;
    y = title.place(pen, content.left(), content.right(), y) + 8.0;
    y = recorded.place(pen, content.left(), content.right(), y);
    let Some(offer) = offer else { return false };
    let area = Rect::from_min_size(Pos2::new(centre - size.x / 2.0, y + 28.0), size);
    let pressed = button(pen, area, &words, Kind::Plain);
    offer.place(pen, content.left(), content.right(), area.bottom());
    pressed
}

/// A tick, in no level's colour.
fn sign(page: &Page<'_>, centre: Pos2, size: f32) {
    let theme = page.pen.theme;
    page.pen.painter().circle_filled(centre, size / 2.0, theme.palette.disc);
    if theme.strong {
        page.pen.painter().circle_stroke(centre, size / 2.0 - 2.0, theme.edge());
    }
    page.pen.tick(centre, size, theme.palette.disc_ink);
}
