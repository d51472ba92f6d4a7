//! The header: the institution's name, the languages, the size of the text and the contrast. What
//! does not fit beside the name stands below it.

use super::{Page, Touched};
use crate::theme::{self, BAR, MARGIN, TARGET};
use crate::widgets::{
    Block, block, contrast_button, language_button, language_button_width, read_aloud_button,
    text_size_button,
};
use eframe::egui;
use egui::{Align, Pos2, Rect};
use protocol::settings::{Language, Settings};

/// Least room for the institution's name beside the buttons.
const NAME_WIDTH: f32 = 340.0;
/// How far the room of the last button's touch reaches into the margin: its edge is drawn there.
const REACH: f32 = 24.0;
/// Height of a row of buttons below the name.
const ROW: f32 = 76.0;

#[derive(Clone, Copy)]
enum Control<'a> {
    Language(&'a Language),
    ReadAloud,
    TextSize,
    Contrast,
}

/// A header that is measured and not yet drawn.
pub(super) struct Header<'a> {
    name: Block,
    /// Rows of controls with their widths.
    rows: Vec<Vec<(Control<'a>, f32)>>,
    /// The buttons stand beside the name.
    beside: bool,
    /// Where it ends.
    pub bottom: f32,
    /// Where the last of its targets ends.
    pub clear: f32,
}

impl<'a> Header<'a> {
    /// Measures the header of these settings.
    pub fn measure(page: &Page<'a>, settings: &'a Settings) -> Self {
        let (pen, width) = (&page.pen, page.full.width() - 2.0 * MARGIN);
        let offered = page.scene.languages;
        let offered = if offered.len() > 1 { offered } else { &[] };
        let languages = offered
            .iter()
            .map(|one| (Control::Language(one), language_button_width(pen, &one.name)));
        let read_aloud = page.scene.can_read.then_some((Control::ReadAloud, TARGET));
        let looks = [(Control::TextSize, TARGET), (Control::Contrast, TARGET)];
        let controls: Vec<_> = languages.chain(read_aloud).chain(looks).collect();
        let total: f32 = controls.iter().map(|(_, width)| width).sum();
        let beside = page.is_landscape() && total + NAME_WIDTH <= width;
        let name_width = if beside { width - total } else { width };
        let centre = page.words.of(&settings.centre);
        let name = block(pen, centre, &theme::CENTRE, name_width, Align::Min);
        // What is drawn is narrower than what can be touched, which may reach into both margins.
        let rows = if beside { vec![controls] } else { in_rows(controls, width + MARGIN + REACH) };
        let top = page.full.top();
        let (bottom, clear) = if beside {
            let bottom = top + BAR.max(name.height() + 28.0);
            (bottom, f32::midpoint(bottom, top) + TARGET / 2.0)
        } else {
            let more = (rows.len() as f32 - 1.0) * TARGET;
            let bottom = top + 16.0 + name.height() + ROW + more;
            (bottom, bottom - ROW / 2.0 + TARGET / 2.0)
        };
        Self { name, rows, beside, bottom, clear: clear.max(top + TARGET) }
    }

    /// Draws the header; what was touched.
    pub fn show(self, page: &Page<'_>) -> Option<Touched> {
        let (full, glass) = (page.full, page.glass());
        let (left, right) = (full.left() + MARGIN, full.right() - MARGIN);
        let height = self.name.height();
        let name_top = if self.beside {
            f32::midpoint(full.top(), self.bottom) - height / 2.0
        } else {
            full.top() + 16.0
        };
        self.name.clone().place(&page.pen, left, right, name_top);
        let mut touched = None;
        let mut middle = if self.beside {
            f32::midpoint(full.top(), self.bottom)
        } else {
            name_top + height + ROW / 2.0
        };
        for row in &self.rows {
            let total: f32 = row.iter().map(|(_, width)| width).sum();
            let mut x = right + REACH - total;
            let top = (middle - TARGET / 2.0).max(glass.top());
            for (control, width) in row {
                let area = Rect::from_min_size(Pos2::new(x, top), egui::vec2(*width, TARGET));
                touched = touched.or(Self::control(page, *control, area, middle));
                x += width;
            }
            middle += TARGET;
        }
        let hem = page.pen.theme.hem();
        page.pen.painter().hline(glass.x_range(), self.bottom, hem);
        touched
    }

    fn control(page: &Page<'_>, control: Control<'_>, area: Rect, middle: f32) -> Option<Touched> {
        let (pen, look) = (&page.pen, page.scene.look);
        match control {
            Control::Language(one) => {
                let on = one.code == page.scene.language;
                language_button(pen, area, middle, &one.name, on)
                    .then(|| Touched::Language(one.code.clone()))
            }
            Control::ReadAloud => read_aloud_button(pen, area, middle, &page.get("tablet-aloud"))
                .then_some(Touched::ReadAloud),
            Control::TextSize => {
                let name = page.get(match look.size {
                    crate::appearance::TextSize::Normal => "tablet-size-normal",
                    crate::appearance::TextSize::Large => "tablet-size-large",
                    crate::appearance::TextSize::Largest => "tablet-size-largest",
                });
                text_size_button(pen, area, middle, &name, look).map(Touched::Appearance)
            }
            Control::Contrast => {
                let name = page.get("tablet-contrast");
                contrast_button(pen, area, middle, &name, look).map(Touched::Appearance)
            }
        }
    }
}

/// All in one row, or the languages above the rest, or as many in each row as fit.
fn in_rows(controls: Vec<(Control<'_>, f32)>, width: f32) -> Vec<Vec<(Control<'_>, f32)>> {
    let wide = |row: &[(Control<'_>, f32)]| row.iter().map(|(_, width)| width).sum::<f32>();
    let is_language = |(control, _): &&(Control<'_>, f32)| matches!(control, Control::Language(_));
    let (languages, rest) = controls.split_at(controls.iter().filter(is_language).count());
    if wide(&controls) > width && wide(languages) <= width && wide(rest) <= width {
        return vec![languages.to_vec(), rest.to_vec()];
    }
    let mut rows = vec![Vec::new()];
    let mut used = 0.0;
    for (control, wide) in controls {
        if used + wide > width && used > 0.0 {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += wide;
        if let Some(row) = rows.last_mut() {
            row.push((control, wide));
        }
    }
    rows
}
