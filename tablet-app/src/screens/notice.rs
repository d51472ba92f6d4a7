//! A screen of words: starting, not in service, out of service.

use crate::theme::{self, MARGIN};
use crate::widgets::block;
use eframe::egui;
use egui::{Align, Rect, Ui};

/// Widest lines, in points: longer ones are hard to follow.
const WIDTH: f32 = 860.0;

/// Shows a title, what follows from it, and, in trouble, what the officer is asked to do.
pub(super) fn show(ui: &Ui, content: Rect, title: &str, more: &[String], officer: Option<&str>) {
    let width = (content.width() - MARGIN).min(WIDTH);
    let title = block(ui, title, &theme::TITLE, width, Align::Center);
    let more: Vec<_> =
        more.iter().map(|text| block(ui, text, &theme::LEAD, width, Align::Center)).collect();
    let officer = officer.map(|text| block(ui, text, &theme::NOTICE, width, Align::Center));

    let below = officer.as_ref().map_or(0.0, |officer| 40.0 + officer.height());
    let lines: f32 = more.iter().map(crate::widgets::Block::height).sum();
    let mut y = content.center().y - (title.height() + 16.0 + lines + below) / 2.0;
    y = title.place(ui, content.left(), content.right(), y) + 16.0;
    for text in more {
        y = text.place(ui, content.left(), content.right(), y);
    }
    if let Some(officer) = officer {
        officer.place(ui, content.left(), content.right(), y + 40.0);
    }
}
