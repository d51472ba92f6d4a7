//! Text that is set by the theme, measured before it is placed, and readable for a screen reader.

use crate::theme::Type;
use eframe::egui;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Galley, Pos2, Rect, Role, Sense, Ui, WidgetInfo};
use std::sync::Arc;

/// Halvings in search of the narrowest lines: to a 64th of the width, less than a letter.
const BALANCING: u8 = 6;

/// A text that is laid out and not yet placed.
pub struct Block {
    galley: Arc<Galley>,
    align: Align,
    text: String,
}

/// Lays out `text` in lines of at most `width` points. Several lines are made about equally long,
/// so that no word is left alone in the last one.
pub fn block(ui: &Ui, text: &str, set: &Type, width: f32, align: Align) -> Block {
    let lay = |width| ui.painter().layout_job(job(text, set, width, align));
    let mut galley = lay(width);
    if galley.rows.len() > 1 {
        let rows = galley.rows.len();
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..BALANCING {
            let tried = f32::midpoint(narrow, wide);
            let closer = lay(tried);
            if closer.rows.len() > rows {
                narrow = tried;
            } else {
                (wide, galley) = (tried, closer);
            }
        }
    }
    Block { galley, align, text: text.to_owned() }
}

fn job(text: &str, set: &Type, width: f32, align: Align) -> LayoutJob {
    let format = TextFormat {
        font_id: set.font(),
        extra_letter_spacing: set.spacing,
        line_height: Some(set.line),
        color: set.colour,
        valign: Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap.max_width = width;
    job.halign = align;
    job
}

impl Block {
    /// Height in points.
    pub fn height(&self) -> f32 {
        self.galley.size().y
    }

    /// Number of lines.
    pub fn rows(&self) -> usize {
        self.galley.rows.len()
    }

    /// Width of the longest line in points.
    pub fn width(&self) -> f32 {
        self.galley.size().x
    }

    /// Paints the text with its top at `y` between `left` and `right`, and tells screen readers;
    /// returns where it ends.
    pub fn place(self, ui: &Ui, left: f32, right: f32, y: f32) -> f32 {
        let id = ui.scope_id().with(("text", &self.text));
        let (bottom, text) = (y + self.height(), self.text.clone());
        let rect = Rect::from_min_max(Pos2::new(left, y), Pos2::new(right, bottom));
        self.paint(ui, left, right, y);
        let response = ui.interact(rect, id, Sense::empty());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
        bottom
    }

    /// Paints the text alone, where a button around it speaks for it.
    pub fn paint(self, ui: &Ui, left: f32, right: f32, y: f32) {
        let x = match self.align {
            Align::Min => left,
            Align::Center => f32::midpoint(left, right),
            Align::Max => right,
        };
        ui.painter().galley(Pos2::new(x, y), self.galley, egui::Color32::PLACEHOLDER);
    }
}
