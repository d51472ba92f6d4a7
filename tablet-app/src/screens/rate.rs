//! The question and its faces. It returns which level was tapped, and knows nothing else.

use crate::texts::Words;
use crate::theme::{self, FACE};
use crate::widgets::{Block, Card, block, card, face};
use eframe::egui;
use egui::{Align, Pos2, Rect, TextureHandle, Ui, Vec2};
use protocol::Level;
use protocol::settings::Settings;

/// Width of the card beside the question.
const CARD_WIDTH: f32 = 330.0;
/// Between card and question.
const GUTTER: f32 = 48.0;
/// Between two faces.
const GAP: f32 = 14.0;
/// Between the question and the faces.
const BELOW_QUESTION: f32 = 44.0;
/// Widest cell of a face: three faces do not drift apart.
const CELL: f32 = 240.0;
/// From the lowest word to the footer on an upright tablet: within reach of a seated person.
const REACH: f32 = 56.0;

/// What the screen shows.
pub struct Rate<'a> {
    /// The settings in force.
    pub settings: &'a Settings,
    /// The words of the screen's language.
    pub words: &'a Words,
    /// The officer's portrait.
    pub portrait: Option<&'a TextureHandle>,
    /// Whether a tap counts.
    pub active: bool,
    /// Whether the choice is made again.
    pub again: bool,
}

/// The level whose face was tapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tapped(pub Level);

/// Shows the question in `content`. Two faces in one frame are nobody's choice and count as none.
pub fn show(ui: &Ui, content: Rect, rate: &Rate<'_>) -> Option<Tapped> {
    if content.width() >= content.height() {
        beside(ui, content, rate)
    } else {
        above(ui, content, rate)
    }
}

/// The card at the left, the question at the right.
fn beside(ui: &Ui, content: Rect, rate: &Rate<'_>) -> Option<Tapped> {
    let middle = content.center().y;
    let split = content.left() + CARD_WIDTH;
    officer(ui, content.left(), split, Some(middle), rate);
    let column = Rect::from_min_max(Pos2::new(split + GUTTER, content.top()), content.max);
    let question = question(ui, column.width(), rate);
    let faces = faces_height(ui, column.width(), rate);
    let top = middle - (question.height() + BELOW_QUESTION + faces) / 2.0;
    let below = question.place(ui, column.left(), column.right(), top) + BELOW_QUESTION;
    show_faces(ui, column, below, faces, rate)
}

/// The card above, the faces low.
fn above(ui: &Ui, content: Rect, rate: &Rate<'_>) -> Option<Tapped> {
    let faces = faces_height(ui, content.width(), rate);
    let top = content.bottom() - REACH - faces;
    let question = question(ui, content.width(), rate);
    let over = top - BELOW_QUESTION - question.height();
    question.place(ui, content.left(), content.right(), over);
    let height = officer(ui, content.left(), content.right(), None, rate);
    let middle = f32::midpoint(content.top(), over).max(content.top() + height / 2.0 + 16.0);
    officer(ui, content.left(), content.right(), Some(middle), rate);
    show_faces(ui, content, top, faces, rate)
}

fn question(ui: &Ui, width: f32, rate: &Rate<'_>) -> Block {
    let text = rate.words.of(&rate.settings.questionnaire.question);
    block(ui, text, &theme::QUESTION, width, Align::Min)
}

fn officer(ui: &Ui, left: f32, right: f32, middle: Option<f32>, rate: &Rate<'_>) -> f32 {
    let Some(officer) = &rate.settings.officer else { return 0.0 };
    let places = [("title", officer.title.as_str()), ("department", officer.department.as_str())];
    let line = match (officer.title.is_empty(), officer.department.is_empty()) {
        (false, false) => rate.words.with("tablet-title-department", &places),
        _ => format!("{}{}", officer.title, officer.department),
    };
    let stage = rate.settings.stage.map(|stage| rate.words.get(&format!("stage-{stage}")));
    let content = Card {
        name: &officer.name,
        label: &rate.words.get("tablet-served-by"),
        office: &line,
        office_lines: [&officer.title, &officer.department],
        counter: &rate.settings.counter.name,
        stage: stage.as_deref(),
        portrait: rate.portrait,
    };
    card(ui, left, right, middle, &content)
}

/// The words of a level: the settings', or the house's own where they have none.
fn word(rate: &Rate<'_>, level: Level) -> String {
    let given = rate.settings.questionnaire.levels.iter().find(|one| one.level == level);
    match given.map(|one| rate.words.of(&one.text)) {
        Some(text) if !text.is_empty() => text.to_owned(),
        _ => rate.words.get(&format!("level-{level}")),
    }
}

fn cell_width(width: f32, count: usize) -> f32 {
    let count = count as f32;
    ((width - GAP * (count - 1.0)) / count).min(CELL)
}

fn faces_height(ui: &Ui, width: f32, rate: &Rate<'_>) -> f32 {
    let levels = rate.settings.questionnaire.scale.levels();
    let cell = cell_width(width, levels.len());
    let tallest = levels
        .iter()
        .map(|level| block(ui, &word(rate, *level), &theme::WORD, cell, Align::Center).height())
        .fold(0.0, f32::max);
    FACE.min(cell) + 16.0 + tallest
}

fn show_faces(ui: &Ui, column: Rect, top: f32, height: f32, rate: &Rate<'_>) -> Option<Tapped> {
    let levels = rate.settings.questionnaire.scale.levels();
    let cell = cell_width(column.width(), levels.len());
    let whole = cell * levels.len() as f32 + GAP * (levels.len() as f32 - 1.0);
    let mut left = column.left() + (column.width() - whole) / 2.0;
    let mut tapped = Vec::new();
    for level in levels {
        let rect = Rect::from_min_size(Pos2::new(left, top), Vec2::new(cell, height));
        let word = word(rate, *level);
        if face(ui, rect, FACE.min(cell), *level, &word, rate.active) {
            tapped.push(Tapped(*level));
        }
        left += cell + GAP;
    }
    match tapped[..] {
        [tapped] => Some(tapped),
        _ => None,
    }
}
