//! The question and its faces, and under the officer the answers that are no level: that it was
//! somebody else, and on a portrait screen that one does not want to rate.

use super::frame::Frame;
use super::{Page, Touched};
use crate::kiosk::Reference;
use crate::theme::{self, FACE, TARGET};
use crate::widgets::{
    ABOVE_WORD, Block, Card, CardSet, Pen, Pressed, SMALLER, block, card, face, face_word,
    level_key, quiet_button, quiet_button_size,
};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
use protocol::Level;
use protocol::settings::Settings;

/// Width of the card beside the question.
const CARD_WIDTH: f32 = 330.0;
/// Between card and question.
const GUTTER: f32 = 48.0;
/// Between two faces.
const GAP: f32 = 14.0;
/// Widest cell of a face: three faces do not drift apart.
const CELL: f32 = 240.0;
/// From the lowest word to the footer on a portrait tablet: within reach of a seated person.
const REACH: f32 = 56.0;
/// Between the lowest word and the footer beside the card: Khmer letters reach below their line.
const ABOVE_FOOT: f32 = 12.0;
/// Between the card and what stands under it.
const BELOW_CARD: f32 = 14.0;
/// Between two of those.
const BETWEEN: f32 = 24.0;
/// Lowest card that still says something, with what stands under it, on a portrait tablet.
const LEAST_CARD: f32 = 320.0;

/// How question and faces are set: the space between them, the faces, the letters. From the largest
/// to the smallest; the first one that fits is taken.
const LAYOUTS: [(f32, f32, f32); 7] = [
    (44.0, FACE, 1.0),
    (32.0, FACE, 1.0),
    (24.0, TARGET, 1.0),
    (24.0, 112.0, 1.0),
    (20.0, 112.0, 0.9),
    (16.0, 100.0, 0.8),
    (12.0, 90.0, 0.66),
];

/// Which touches count.
#[derive(Clone, Copy)]
pub(super) struct ActiveTouches {
    /// Whether any does; none while a rating is written.
    pub active: bool,
    /// The level is chosen again: it is about the same officer.
    pub again: bool,
}

/// Shows the question; what was touched: a face, if a tap counts, or that the officer is not the
/// one. Two faces touched in one frame are ambiguous: neither counts.
pub(super) fn show(
    page: &Page<'_>,
    frame: &Frame<'_>,
    settings: &Settings,
    allowed: ActiveTouches,
) -> Option<Touched> {
    let touched = if page.is_landscape() {
        beside(page, frame, settings, allowed)
    } else {
        above(page, frame, settings, allowed)
    };
    touched.or_else(|| by_key(page, settings, allowed))
}

/// What a key of a keypad says.
fn by_key(page: &Page<'_>, settings: &Settings, allowed: ActiveTouches) -> Option<Touched> {
    match level_key(&page.pen, settings.questionnaire.scale.levels())? {
        Pressed::Level(level) => allowed.active.then_some(Touched::Level(level)),
        Pressed::Aloud => page.scene.can_read.then_some(Touched::ReadAloud),
    }
}

/// The card at the left, the question at the right.
fn beside(
    page: &Page<'_>,
    frame: &Frame<'_>,
    settings: &Settings,
    allowed: ActiveTouches,
) -> Option<Touched> {
    let (content, clear) = (frame.content, frame.clear);
    let wide = if page.pen.theme.letters > 1.3 { 1.15 } else { 1.0 };
    let split = content.left() + CARD_WIDTH * wide;
    // “Không đánh giá” stands in the footer.
    let objection = objection(page, allowed).into_iter().collect();
    let others = Others::fitting(page, objection, split - content.left());
    let low = others.below();
    let lowest = frame.clear.bottom() - ABOVE_FOOT;
    let (top, bottom) = (content.top() + 12.0, (content.bottom() - 12.0).min(lowest));
    let middle = f32::midpoint(top, bottom) - low / 2.0;
    let card = with_card(page, settings, split - content.left(), bottom - top - low, |set| {
        set.place(content.left(), split, middle)
    });
    let other = card.and_then(|bottom| others.show(content.left(), split, bottom, lowest));
    let left = if page.scene.officer.is_some() { split + GUTTER } else { content.left() };
    let column = Rect::from_min_max(Pos2::new(left, clear.top()), clear.max);
    let ask = Ask::fitting(page, settings, column.width(), column.height() - ABOVE_FOOT);
    // In the middle of the screen, if nothing of the frame is in the way.
    let middle = content.center().y;
    let low = (column.bottom() - ABOVE_FOOT - ask.height()).max(column.top());
    let top = (middle - ask.height() / 2.0).clamp(column.top(), low);
    let level = ask.show(column, top, allowed.active);
    level.map(Touched::Level).or(other)
}

/// The card above, the faces low.
fn above(
    page: &Page<'_>,
    frame: &Frame<'_>,
    settings: &Settings,
    allowed: ActiveTouches,
) -> Option<Touched> {
    let content = frame.content;
    let reach = REACH.max(content.bottom() - frame.clear.bottom());
    // Who reads large letters reads the name in them, too.
    let least = LEAST_CARD * page.pen.theme.letters.clamp(1.0, 1.3);
    let least = if page.scene.officer.is_some() { least } else { 0.0 };
    let room = content.height() - reach - least - 32.0;
    let ask = Ask::fitting(page, settings, content.width(), room);
    let over = content.bottom() - reach - ask.height();
    let card_room = over - frame.clear.top().min(content.top() + 24.0) - 24.0;
    let decline = page.asks().then_some(("tablet-decline", Touched::Decline));
    let all = objection(page, allowed).into_iter().chain(decline).collect();
    let others = Others::fitting(page, all, content.width());
    let low = others.below();
    let (left, right) = (content.left(), content.right());
    let middle = f32::midpoint(content.top(), over) - low / 2.0;
    let card = with_card(page, settings, content.width(), card_room - low, |set| {
        set.place(left, right, middle)
    });
    let other = others.show(left, right, card.unwrap_or(middle), over);
    let level = ask.show(content, over, allowed.active);
    level.map(Touched::Level).or(other)
}

/// “Không phải người này”, where an officer stands on the screen.
fn objection(page: &Page<'_>, allowed: ActiveTouches) -> Option<(&'static str, Touched)> {
    let may = allowed.active && !allowed.again && page.scene.officer.is_some();
    may.then_some(("tablet-not-this-officer", Touched::DisputeOfficer))
}

/// The answers that are no level, beside one another under the officer's card.
struct Others<'a> {
    pen: Pen<'a>,
    buttons: Vec<(String, Vec2, Touched)>,
}

impl<'a> Others<'a> {
    fn fitting(page: &Page<'a>, all: Vec<(&'static str, Touched)>, width: f32) -> Self {
        let count = all.len().max(1) as f32;
        let most = (width - BETWEEN * (count - 1.0)) / count;
        let button = |(key, touched)| {
            let words = page.get(key);
            let size = quiet_button_size(&page.pen, &words, most);
            (words, size, touched)
        };
        Self { pen: page.pen, buttons: all.into_iter().map(button).collect() }
    }

    /// How high the highest of them is.
    fn height(&self) -> f32 {
        self.buttons.iter().map(|(_, size, _)| size.y).fold(0.0, f32::max)
    }

    /// What they take below the card.
    fn below(&self) -> f32 {
        if self.buttons.is_empty() { 0.0 } else { self.height() + BELOW_CARD }
    }

    /// Draws them below a card that ends at `card_bottom`; nothing of them can be touched below
    /// `lowest`.
    fn show(self, left: f32, right: f32, card_bottom: f32, lowest: f32) -> Option<Touched> {
        let middle = card_bottom + BELOW_CARD + self.height() / 2.0;
        let bottom = (middle + TARGET / 2.0).min(lowest);
        let width = |size: &Vec2| size.x.max(TARGET);
        let whole: f32 = self.buttons.iter().map(|(_, size, _)| width(size) + BETWEEN).sum();
        let mut x = f32::midpoint(left, right) - (whole - BETWEEN) / 2.0;
        let mut touched = None;
        for (words, size, means) in self.buttons {
            let size = Vec2::new(width(&size), TARGET);
            let area = Rect::from_min_size(Pos2::new(x, bottom - TARGET), size);
            if quiet_button(&self.pen, area, middle, &words) {
                touched = Some(means);
            }
            x += size.x + BETWEEN;
        }
        touched
    }
}

/// Sets the officer's card, if there is an officer, and hands it on; what came of it.
fn with_card<T>(
    page: &Page<'_>,
    settings: &Settings,
    width: f32,
    height: f32,
    then: impl FnOnce(CardSet<'_>) -> T,
) -> Option<T> {
    let scene = page.scene;
    let officer = scene.officer?;
    let places = [("title", officer.title.as_str()), ("department", officer.department.as_str())];
    let office = match (officer.title.is_empty(), officer.department.is_empty()) {
        (false, false) => page.words.with("tablet-title-department", &places),
        _ => format!("{}{}", officer.title, officer.department),
    };
    let stage = scene.stage.map(|stage| page.get(&format!("stage-{stage}")));
    let reference = scene.reference.map(|reference| match reference {
        Reference::Dossier(code) => page.words.with("tablet-dossier", &[("code", code)]),
        Reference::Ticket(code) => page.words.with("tablet-ticket", &[("code", code)]),
    });
    let content = Card {
        name: &officer.name,
        label: &page.get("tablet-served-by"),
        office: &office,
        office_lines: [&officer.title, &officer.department],
        counter: &settings.counter.name,
        stage: stage.as_deref(),
        reference: reference.as_deref(),
        photo: scene.photo,
    };
    Some(then(card(&page.pen, width, height, &content)))
}

/// The question and the faces, set and not yet placed.
struct Ask<'a> {
    pen: Pen<'a>,
    /// For the words under the faces.
    words_pen: Pen<'a>,
    question: Block,
    faces: Vec<(Level, String)>,
    /// Space below the question, and diameter of a face.
    space: f32,
    face: f32,
    cell: f32,
    faces_height: f32,
}

impl<'a> Ask<'a> {
    /// The largest layout that fits in `height` points; the smallest one where none does.
    fn fitting(page: &Page<'a>, settings: &Settings, width: f32, height: f32) -> Self {
        let mut ask = Self::new(page, settings, width, LAYOUTS[0]);
        for layout in &LAYOUTS[1..] {
            if ask.height() <= height {
                break;
            }
            ask = Self::new(page, settings, width, *layout);
        }
        ask
    }

    fn new(page: &Page<'a>, settings: &Settings, width: f32, layout: (f32, f32, f32)) -> Self {
        let (space, face, letters) = layout;
        let pen = page.pen.with(page.pen.theme.smaller(letters));
        let levels = settings.questionnaire.scale.levels();
        let count = levels.len() as f32;
        let cell = ((width - GAP * (count - 1.0)) / count).min(CELL);
        let faces: Vec<_> = levels
            .iter()
            .map(|level| (*level, page.words.level(&settings.questionnaire, *level)))
            .collect();
        let words_pen = unbroken(&pen, &faces, cell);
        let tallest = faces
            .iter()
            .map(|(_, word)| face_word(&words_pen, word, cell).height())
            .fold(0.0, f32::max);
        let question = page.words.of(&settings.questionnaire.question);
        let question = block(&pen, question, &theme::QUESTION, width, Align::Min);
        let face = face.min(cell);
        let faces_height = face + ABOVE_WORD + tallest;
        Self { pen, words_pen, question, faces, space, face, cell, faces_height }
    }

    fn height(&self) -> f32 {
        self.question.height() + self.space + self.faces_height
    }

    fn show(self, column: Rect, top: f32, active: bool) -> Option<Level> {
        let pen = self.pen;
        let below = self.question.place(&pen, column.left(), column.right(), top) + self.space;
        let count = self.faces.len() as f32;
        let whole = self.cell * count + GAP * (count - 1.0);
        let mut left = column.left() + (column.width() - whole) / 2.0;
        let mut tapped = Vec::new();
        for (level, word) in &self.faces {
            let size = Vec2::new(self.cell, self.faces_height);
            let rect = Rect::from_min_size(Pos2::new(left, below), size);
            if face(&self.words_pen, rect, self.face, *level, word, active) {
                tapped.push(*level);
            }
            left += self.cell + GAP;
        }
        match tapped[..] {
            [tapped] => Some(tapped),
            _ => None,
        }
    }
}

/// With letters so small that none of the words is broken in its cell.
fn unbroken<'a>(pen: &Pen<'a>, faces: &[(Level, String)], cell: f32) -> Pen<'a> {
    let whole = |pen: &Pen<'_>| {
        let fits = |word: &str| face_word(pen, word, cell).fits(cell);
        faces.iter().all(|(_, word)| fits(word))
    };
    let mut set = *pen;
    for letters in SMALLER {
        if whole(&set) {
            break;
        }
        set = pen.with(pen.theme.smaller(letters));
    }
    set
}
