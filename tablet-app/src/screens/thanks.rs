//! Thanks; for some seconds the way back to the faces stands in the footer. It does not show what was
//! chosen.

use super::Page;
use crate::theme::{self, MARGIN};
use crate::widgets::block;
use eframe::egui;
use egui::{Align, Pos2, Rect};

/// Diameter of the sign.
const SIGN: f32 = 148.0;

/// Shows the thanks.
pub(super) fn show(page: &Page<'_>, content: Rect) {
    let pen = &page.pen;
    let width = content.width() - 2.0 * MARGIN;
    let set = |key, style| block(pen, &page.get(key), style, width, Align::Center);
    let title = set("tablet-thanks", &theme::TITLE);
    let recorded = set("tablet-thanks-recorded", &theme::LEAD);

    let texts = title.height() + 8.0 + recorded.height();
    let sign_size = SIGN.min(content.height() - texts - 32.0 - 24.0).max(72.0);
    let mut y = content.center().y - (sign_size + 32.0 + texts) / 2.0;
    sign(page, Pos2::new(content.center().x, y + sign_size / 2.0), sign_size);
    y += sign_size + 32.0;
    y = title.place(pen, content.left(), content.right(), y) + 8.0;
    recorded.place(pen, content.left(), content.right(), y);
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
