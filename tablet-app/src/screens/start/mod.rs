//! The screens before there is a question: the first enrolment, and faults that keep the tablet from
//! starting. Drawn from the page of the start machine; returns what was touched.

mod enrol;
mod fault;

use super::sheet::{GAP, Sheet};
use crate::startup::{Startup, StartupInput, StartupPage};
use crate::theme;
use crate::widgets::{Kind, button, language_button, language_button_width};
use eframe::egui::Ui;

/// The languages of those who set tablets up, by their own names.
const LANGUAGES: [(&str, &str); 2] = [("vi", "Tiếng Việt"), ("en", "English")];

/// Everything that is drawn.
pub struct StartScreen<'a> {
    /// The start machine.
    pub startup: &'a Startup,
    /// Uptime in milliseconds, for waits that are counted down.
    pub uptime: u64,
}

impl StartScreen<'_> {
    /// Seconds until the next attempt.
    fn again_in(&self, sheet: &Sheet<'_>, again_at: Option<u64>) -> Option<String> {
        let seconds = again_at?.saturating_sub(self.uptime).div_ceil(1_000);
        Some(sheet.with("start-again-in", &[("seconds", &seconds.to_string())]))
    }
}

/// Texts under one another, from `top` on; where the last one ends.
fn paragraphs(sheet: &Sheet<'_>, texts: &[String], top: f32) -> f32 {
    texts.iter().fold(top, |y, text| sheet.paragraph(text, &theme::LEAD, y) + GAP)
}

/// Shows the page that is up; what was touched.
pub fn show(ui: &Ui, start: &StartScreen<'_>) -> Option<StartupInput> {
    let sheet = Sheet::new(ui, start.startup.language());
    let header = header(&sheet, start.startup);
    let body = match start.startup.page() {
        StartupPage::Opening => {
            let opening = [sheet.get("start-opening")];
            paragraphs(&sheet, &opening, sheet.room.center().y - 2.0 * GAP);
            None
        }
        StartupPage::Fault { fault, detail, again_at } => {
            fault::show(&sheet, *fault, detail, start.again_in(&sheet, *again_at))
        }
        StartupPage::Salvage { work, sticks } => fault::salvage(&sheet, work, sticks),
        StartupPage::Saved(saved) => fault::saved(&sheet, saved),
        StartupPage::Enrol { form, work, again_at } => {
            enrol::show(&sheet, form, work, start.again_in(&sheet, *again_at))
        }
    };
    header.or(body)
}

/// Languages at the right, the way out at the left, where there is one, and the title between.
fn header(sheet: &Sheet<'_>, startup: &Startup) -> Option<StartupInput> {
    let mut touched = None;
    let mut used = 0.0;
    for (code, name) in LANGUAGES.into_iter().rev() {
        let area = sheet.end(language_button_width(&sheet.pen, name), true, used);
        if language_button(&sheet.pen, area, area.center().y, name, startup.language() == code) {
            touched = Some(StartupInput::Language(code));
        }
        used += area.width();
    }
    let (title, way) = match startup.page() {
        StartupPage::Opening => ("start-title", None),
        StartupPage::Fault { .. } => ("start-trouble", None),
        StartupPage::Salvage { .. } | StartupPage::Saved(_) => ("start-salvage", None),
        StartupPage::Enrol { .. } => ("start-enrol", Some(("start-leave", StartupInput::Leave))),
    };
    let mut left = sheet.end(0.0, false, 0.0).left();
    if let Some((key, input)) = way {
        let words = sheet.get(key);
        let area = sheet.end_button(&words, false);
        if button(&sheet.pen, area, &words, Kind::Plain) {
            touched = Some(input);
        }
        left = area.right();
    }
    sheet.title(title, left, sheet.end(0.0, true, used).left());
    touched
}
