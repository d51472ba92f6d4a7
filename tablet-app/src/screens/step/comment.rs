//! A comment in the person's own words, typed on the glass or on a real keyboard.

use super::{Hand, Page, Touched};
use crate::theme::{self, Style};
use crate::typing::{Key, Method};
use crate::widgets::{Block, Keyboard, Pen, block, field, field_height, keyboard, keyboard_height};
use eframe::egui;
use egui::{Align, Event, ImeEvent, Pos2, Rect, Vec2};
use protocol::limits::COMMENT_CHARS;

/// Between field, lines and keyboard.
const GAP: f32 = 8.0;
/// Lines of the field: the fewest in which one can follow what one writes, and as many as a
/// comment of full length takes.
const LINES: (f32, f32) = (2.0, 9.0);

/// What stands between the field and the keyboard, measured.
struct Lines {
    privacy: Block,
    count: Block,
    hint: Block,
}

impl Lines {
    fn new(page: &Page<'_>, pen: &Pen<'_>, width: f32) -> Self {
        let letters = page.scene.draft.letters();
        let count = format!("{letters}/{COMMENT_CHARS}");
        let set = |text: &str, style: &Style, width, align| block(pen, text, style, width, align);
        let count = set(&count, &theme::BODY, width, Align::Max);
        // As much as the longest count takes, so that no line moves while one types.
        let room = theme::BODY.on(&pen.theme).font.size * 5.2;
        let privacy = set(&page.get("tablet-privacy"), &theme::BODY, width - room, Align::Min);
        let hint = set(&page.get(hint_key(page)), &theme::SMALL, width, Align::Min);
        Self { privacy, count, hint }
    }

    fn height(&self) -> f32 {
        self.privacy.height().max(self.count.height()) + self.hint.height() + 2.0 * GAP
    }
}

fn hint_key(page: &Page<'_>) -> &'static str {
    match page.scene.draft.method() {
        Method::Telex => "tablet-typing-telex",
        Method::Vni => "tablet-typing-vni",
        Method::Plain => "tablet-typing-plain",
    }
}

/// Whether the step can be shown in a room.
pub(super) fn fits(page: &Page<'_>, pen: &Pen<'_>, room: Vec2) -> bool {
    let (least, _) = keyboard_height(page.scene.draft.method());
    let lines = Lines::new(page, pen, room.x);
    room.y >= field_height(pen, LINES.0) + lines.height() + least
}

/// Shows field and keyboard; the keys that were pressed.
pub(super) fn show(page: &Page<'_>, pen: &Pen<'_>, room: Rect, hand: &mut Hand) -> Option<Touched> {
    let draft = page.scene.draft;
    let lines = Lines::new(page, pen, room.width());
    let (least, most) = keyboard_height(draft.method());
    // The keys get what a field of three lines leaves, the field what the keys leave.
    let spare = room.height() - lines.height();
    let keys = (spare - field_height(pen, 3.0)).clamp(least, most);
    let high = (spare - keys).min(field_height(pen, LINES.1));
    let from = |y: f32, height: f32| {
        Rect::from_min_size(Pos2::new(room.left(), y), Vec2::new(room.width(), height))
    };

    let (name, hint) = (page.get("tablet-comment"), page.get("tablet-comment-hint"));
    let writing = field(pen, from(room.top(), high), &name, &draft.text(), &hint);
    let mut y = room.top() + high + GAP;
    lines.count.place(pen, room.left(), room.right(), y);
    lines.privacy.place(pen, room.left(), room.right(), y);

    // At the bottom, where the thumbs are.
    let area = from(room.bottom() - keys, keys);
    y = area.top() - GAP - lines.hint.height();
    lines.hint.place(pen, room.left(), room.right(), y);
    let method = page.words.with("tablet-key-method", &[("method", draft.method().name())]);
    let key_name = |what: &str| match what {
        "method" => method.clone(),
        what => page.get(&format!("tablet-key-{what}")),
    };
    let board = Keyboard { method: draft.method(), name: &key_name };
    let mut pressed = keyboard(pen, area, &board, &mut hand.typing);
    pressed.extend(typed(pen, writing.id));
    (!pressed.is_empty()).then_some(Touched::Keys(pressed))
}

/// What a real keyboard sent, in its order. Space presses the key it stands on, and is a letter
/// only where it stands on none.
fn typed(pen: &Pen<'_>, field: egui::Id) -> Vec<Key> {
    let elsewhere = pen.ui.memory(|memory| memory.focused().is_some_and(|id| id != field));
    pen.ui.input(|input| {
        let mut keys = Vec::new();
        for event in &input.events {
            match event {
                Event::Text(text) if elsewhere && text == " " => {}
                Event::Text(text) | Event::Ime(ImeEvent::Commit(text)) => {
                    keys.extend(text.chars().map(Key::Letter));
                }
                Event::Key { key: egui::Key::Backspace, pressed: true, .. } => {
                    keys.push(Key::Erase);
                }
                _ => {}
            }
        }
        keys
    })
}
