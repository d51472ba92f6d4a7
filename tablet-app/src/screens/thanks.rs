//! Thanks, and for some seconds the way back to the faces. It does not show what was chosen.

use crate::texts::Words;
use crate::theme::{self, MARGIN};
use crate::widgets::{block, button};
use eframe::egui;
use egui::{Align, Pos2, Rect, Stroke, Ui, Vec2};

/// Diameter of the sign.
const SIGN: f32 = 148.0;

/// Shows the thanks; whether the person wants to choose again. `again` says whether they may.
pub fn show(ui: &Ui, content: Rect, words: &Words, again: bool) -> bool {
    let width = content.width() - 2.0 * MARGIN;
    let set = |key, set| block(ui, &words.get(key), set, width, Align::Center);
    let title = set("tablet-thanks", &theme::TITLE);
    let recorded = set("tablet-thanks-recorded", &theme::LEAD);
    let offer = again.then(|| set("tablet-thanks-again", &theme::BODY));

    let below = offer.as_ref().map_or(0.0, |offer| 56.0 + 88.0 + 24.0 + offer.height());
    let height = SIGN + 32.0 + title.height() + 8.0 + recorded.height() + below;
    let centre = content.center().x;
    let mut y = content.center().y - height / 2.0;
    sign(ui, Pos2::new(centre, y + SIGN / 2.0));
    y += SIGN + 32.0;
    y = title.place(ui, content.left(), content.right(), y) + 8.0;
    y = recorded.place(ui, content.left(), content.right(), y);
    let Some(offer) = offer else { return false };
    y += 56.0;
    let pressed = button(ui, Pos2::new(centre, y + 44.0), &words.get("tablet-choose-again"));
    offer.place(ui, content.left(), content.right(), y + 88.0 + 24.0);
    pressed
}

/// A tick, in no level's colour.
fn sign(ui: &Ui, centre: Pos2) {
    ui.painter().circle_filled(centre, SIGN / 2.0, theme::PORTRAIT);
    let points = [(-30.0, 2.0), (-9.0, 23.0), (31.0, -21.0)];
    let points: Vec<Pos2> = points.map(|(x, y)| centre + Vec2::new(x, y)).into();
    for point in &points {
        ui.painter().circle_filled(*point, 5.0, theme::PORTRAIT_INK);
    }
    ui.painter().line(points, Stroke::new(10.0, theme::PORTRAIT_INK));
}
