//! Leads through pages where not everything fits on one: two arrows and where one stands.

use super::{Pen, block};
use crate::theme::{self, TARGET};
use eframe::egui;
use egui::{Align, Pos2, Rect, Role, Shape, Stroke, Vec2, WidgetInfo};

/// The words of a pager.
pub struct Pager<'a> {
    /// Name of the arrow back.
    pub back: &'a str,
    /// Name of the arrow on.
    pub on: &'a str,
    /// Where one stands, such as `2/3`.
    pub place: &'a str,
}

/// Shows the arrows at both ends of `area`; the page they lead to. In a portrait area they
/// stand above one another.
pub fn pager(pen: &Pen<'_>, area: Rect, page: usize, pages: usize, words: &Pager<'_>) -> usize {
    let portrait = area.height() > area.width();
    let side = Vec2::splat(TARGET);
    let first = Rect::from_min_size(area.min, side);
    let last = Rect::from_min_size(area.max - side, side);
    let mut to = page;
    if arrow(pen, first, words.back, if portrait { -Vec2::Y } else { -Vec2::X }, page > 0) {
        to = page.saturating_sub(1);
    }
    let place = block(pen, words.place, &theme::CHOICE, area.width(), Align::Center);
    place.place_in(pen, area);
    let more = page + 1 < pages;
    if arrow(pen, last, words.on, if portrait { Vec2::Y } else { Vec2::X }, more) {
        to = page + 1;
    }
    to
}

fn arrow(pen: &Pen<'_>, area: Rect, name: &str, way: Vec2, enabled: bool) -> bool {
    let info = WidgetInfo::labeled(Role::Button, enabled, name);
    let response = pen.control(area, ("arrow", name), info);
    let palette = pen.theme.palette;
    let down = enabled && response.is_pointer_button_down_on();
    let fill = if down { palette.pressed } else { palette.card };
    // One that leads nowhere is told to screen readers and not drawn.
    if enabled {
        let drawn = Rect::from_center_size(area.center(), Vec2::splat(88.0));
        pen.plate(drawn, theme::RADIUS, fill, pen.theme.edge(), response.has_focus());
        let side = Vec2::new(way.y, -way.x);
        let at = |along: f32, across: f32| -> Pos2 { area.center() + way * along + side * across };
        let points = vec![at(-7.0, 18.0), at(9.0, 0.0), at(-7.0, -18.0)];
        pen.painter().add(Shape::line(points, Stroke::new(5.0, palette.text)));
    }
    enabled && response.clicked()
}
