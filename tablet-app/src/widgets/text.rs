//! Text that is set by the theme, measured before it is placed, and readable for a screen reader.

use super::Pen;
use crate::theme::{Setting, Style};
use eframe::egui;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Galley, Pos2, Rect, Role, Sense, WidgetInfo};
use std::sync::Arc;

/// Halvings in search of the narrowest lines: to a 64th of the width, less than a letter.
const BALANCING: u8 = 6;

/// What letters are multiplied by, one after the other, until a text has room.
pub const SMALLER: [f32; 6] = [0.92, 0.84, 0.76, 0.68, 0.6, 0.5];

/// A text that is laid out and not yet placed.
#[derive(Clone)]
pub struct Block {
    galley: Arc<Galley>,
    align: Align,
    text: String,
}

/// Lays out `text` in lines of at most `width` points. Several lines are made about equally long,
/// so that no word is left alone in the last one.
pub fn block(pen: &Pen<'_>, text: &str, style: &Style, width: f32, align: Align) -> Block {
    let set = style.on(&pen.theme);
    let lay = |width| pen.painter().layout_job(job(text, &set, width, align));
    let mut galley = lay(width);
    if galley.rows.len() > 1 {
        let rows = galley.rows.len();
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..BALANCING {
            let tried = f32::midpoint(narrow, wide);
            let closer = lay(tried);
            // A line within a word is worse than a short last line.
            if closer.rows.len() > rows || breaks_a_word(&closer) && !breaks_a_word(&galley) {
                narrow = tried;
            } else {
                (wide, galley) = (tried, closer);
            }
        }
    }
    Block { galley, align, text: text.to_owned() }
}

/// As [`block`], with smaller letters where a word would be broken or where there would be more
/// than `rows` lines.
pub fn whole(
    pen: &Pen<'_>,
    text: &str,
    style: &Style,
    width: f32,
    align: Align,
    rows: usize,
) -> Block {
    let mut set = block(pen, text, style, width, align);
    for letters in SMALLER {
        if set.fits(width) && set.rows() <= rows {
            break;
        }
        let pen = pen.with(pen.theme.smaller(letters));
        set = block(&pen, text, style, width, align);
    }
    set
}

/// Lays out `text` as it was written, line by line, without balance: for what is being typed.
pub fn written(pen: &Pen<'_>, text: &str, style: &Style, width: f32) -> Block {
    let galley = pen.painter().layout_job(job(text, &style.on(&pen.theme), width, Align::Min));
    Block { galley, align: Align::Min, text: text.to_owned() }
}

fn job(text: &str, set: &Setting, width: f32, align: Align) -> LayoutJob {
    let format = TextFormat {
        font_id: set.font.clone(),
        extra_letter_spacing: set.spacing,
        line_height: Some(set.line),
        color: set.colour,
        valign: Align::Center,
        ..TextFormat::default()
    };
    // Khmer marks the ends of words by zero-width spaces, at which egui breaks no line; a thin one,
    // which the fonts are told to set without width, it takes for what it is.
    let text = text.replace('\u{200b}', "\u{2009}");
    let mut job = LayoutJob::single_section(text, format);
    job.wrap.max_width = width;
    job.halign = align;
    job
}

/// Whether a line ends within a word.
fn breaks_a_word(galley: &Galley) -> bool {
    let inner = galley.rows.len().saturating_sub(1);
    galley.rows.iter().take(inner).any(|row| {
        let last = row.glyphs.last().map(|glyph| glyph.chr);
        // Khmer marks the ends of words by spaces without width; see `job`.
        last.is_some_and(|chr| !chr.is_whitespace() && !"/-–,·។".contains(chr))
    })
}

impl Block {
    /// The words themselves.
    pub fn text(&self) -> &str {
        &self.text
    }

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

    /// Whether it stands between these many points without a line that breaks within a word.
    pub fn fits(&self, width: f32) -> bool {
        self.width() <= width && !breaks_a_word(&self.galley)
    }

    /// Where the next letter would stand, from the text's upper left corner.
    pub fn end(&self) -> Rect {
        self.galley.pos_from_cursor(self.galley.end())
    }

    /// Paints the text with its top at `y` between `left` and `right`, and tells screen readers;
    /// returns where it ends.
    pub fn place(self, pen: &Pen<'_>, left: f32, right: f32, y: f32) -> f32 {
        // With its place: the same words may stand twice on a screen.
        let id = pen.id(("text", &self.text, left.to_bits(), y.to_bits()));
        let (bottom, text) = (y + self.height(), self.text.clone());
        let rect = Rect::from_min_max(Pos2::new(left, y), Pos2::new(right, bottom));
        self.paint(pen, left, right, y);
        let response = pen.ui.interact(rect, id, Sense::empty());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
        bottom
    }

    /// As [`Block::place`], in the middle of a rectangle.
    pub fn place_in(self, pen: &Pen<'_>, rect: Rect) {
        let y = rect.center().y - self.height() / 2.0;
        self.place(pen, rect.left(), rect.right(), y);
    }

    /// Paints the text alone, where a button around it speaks for it.
    pub fn paint(self, pen: &Pen<'_>, left: f32, right: f32, y: f32) {
        let x = match self.align {
            Align::Min => left,
            Align::Center => f32::midpoint(left, right),
            Align::Max => right,
        };
        pen.painter().galley(Pos2::new(x, y), self.galley, egui::Color32::PLACEHOLDER);
    }

    /// Paints a text that begins at the left with a painter that may clip it.
    pub fn paint_with(self, painter: &egui::Painter, left: f32, y: f32) {
        painter.galley(Pos2::new(left, y), self.galley, egui::Color32::PLACEHOLDER);
    }

    /// Paints a text around `x` in another colour than its own.
    pub fn paint_in_colour(self, pen: &Pen<'_>, x: f32, y: f32, colour: egui::Color32) {
        let at = Pos2::new(x, y);
        pen.painter().galley_with_override_text_color(at, self.galley, colour);
    }

    /// As [`Block::paint`], in the middle of a rectangle.
    pub fn paint_in(self, pen: &Pen<'_>, rect: Rect) {
        let y = rect.center().y - self.height() / 2.0;
        self.paint(pen, rect.left(), rect.right(), y);
    }
}
