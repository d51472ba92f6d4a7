//! Outside working hours: the centre's name, its hours, today's notice, and how to begin all the
//! same. Dim, so that it neither lights the hall nor burns into the glass.

use super::frame::Frame;
use super::notice::Column;
use super::{Page, Touched};
use crate::theme::{self, MARGIN, TARGET};
use crate::widgets::{Kind, button, button_size};
use eframe::egui;
use egui::{Pos2, Rect, Vec2};
use protocol::settings::Settings;

/// Widest lines, in points.
const WIDTH: f32 = 980.0;

/// Shows the screen; whether somebody asks for the question without touching the glass.
pub(super) fn show(page: &Page<'_>, frame: &Frame<'_>, settings: &Settings) -> Option<Touched> {
    let mut content = frame.content;
    content.max.y = frame.clear.bottom();
    let words = page.get("tablet-touch-to-rate");
    let upper = Rect::from_min_max(content.min, content.max - Vec2::new(0.0, TARGET + 24.0));
    let set = |letters: f32| {
        let pen = page.pen.with(page.pen.theme.smaller(letters));
        let width = (content.width() - MARGIN).min(WIDTH);
        let mut column = Column::new(pen);
        let centre = page.words.of(&settings.centre);
        column.text(0.0, centre, &theme::TITLE, width);
        column.text(8.0, &settings.counter.name, &theme::LEAD, width);
        column.hours(page, settings, width);
        column.notice(page, settings, width);
        column
    };
    let column = Column::fitting(upper.height(), set);
    column.place(upper);

    let size = button_size(&page.pen, &words, content.width());
    let middle = Pos2::new(content.center().x, upper.bottom() + TARGET / 2.0);
    let area = Rect::from_center_size(middle, size.max(Vec2::splat(TARGET)));
    button(&page.pen, area, &words, Kind::Plain).then_some(Touched::Elsewhere)
}
