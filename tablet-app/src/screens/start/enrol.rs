//! The first enrolment: the code of the administration page and the server's address, or the whole text
//! of the QR picture by a scanner, which names both.

use crate::screens::sheet::{GAP, Sheet};
use crate::screens::typed::{Typed, typed};
use crate::startup::{Field, Form, StartupInput, Work};
use crate::theme;
use crate::typing::{Key, Method};
use crate::widgets::{
    Keyboard, Kind, Typing, block, field, field_height, keyboard, keyboard_height, resting_field,
};
use eframe::egui;
use egui::{Align, Id, Pos2, Rect, StrokeKind, Vec2};

pub(super) fn show(
    sheet: &Sheet<'_>,
    form: &Form,
    work: &Work,
    again_in: Option<String>,
) -> Option<StartupInput> {
    let said = match work {
        Work::Idle => sheet.get("start-enrol-hint"),
        Work::Going => sheet.get("staff-enrol-going"),
        Work::Failed(why) => sheet.get(&format!("start-enrol-failed-{why}")),
    };
    let said: Vec<String> = [Some(said), again_in].into_iter().flatten().collect();
    let y = sheet.message(&said.join(" ")) + GAP;
    // All of it stands there while the server is asked, and is heard by nobody.
    let written_in = (*work != Work::Going).then_some(form.field);
    let (bottom, chosen) = fields(sheet, form, written_in, y);
    let confirm = sheet.buttons(&[("start-enrol-confirm", Kind::Primary)]);
    let keys = keys(sheet, sheet.above_buttons(bottom + GAP));
    let typed = typed(sheet.pen.ui).map(|typed| match typed {
        Typed::Text(text) => StartupInput::Write(text),
        Typed::Erase => StartupInput::Erase,
    });
    chosen.or(keys).or(typed).or(confirm.map(|_| StartupInput::Confirm))
}

/// The two fields, beside one another where there is room; where they end, and which was touched.
/// `written_in` has the caret.
fn fields(
    sheet: &Sheet<'_>,
    form: &Form,
    written_in: Option<Field>,
    top: f32,
) -> (f32, Option<StartupInput>) {
    let (pen, room) = (&sheet.pen, sheet.room);
    let landscape = sheet.is_landscape();
    let width = if landscape { (room.width() - GAP) / 2.0 } else { room.width() };
    let (mut y, mut bottom, mut chosen) = (top, top, None);
    let fields = [
        (Field::Code, "start-enrol-code", form.code.as_str(), ""),
        (
            Field::Server,
            "start-enrol-server",
            form.server.as_str(),
            "https://hai-long.example.gov.vn",
        ),
    ];
    for (at, (which, key, text, hint)) in fields.into_iter().enumerate() {
        let left = room.left() + if landscape { at as f32 * (width + GAP) } else { 0.0 };
        let name = sheet.get(key);
        let label = block(pen, &name, &theme::CHOICE, width, Align::Min);
        let under = label.place(pen, left, left + width, y) + 4.0;
        let size = Vec2::new(width, field_height(pen, 1.0));
        let area = Rect::from_min_size(Pos2::new(left, under), size);
        let response = if written_in == Some(which) {
            let response = field(pen, area, &name, text, hint);
            let corner = egui::CornerRadius::same(theme::RADIUS);
            pen.painter().rect_stroke(area, corner, pen.theme.chosen(), StrokeKind::Inside);
            response
        } else {
            resting_field(pen, area, &name, text, hint).0
        };
        if response.clicked() {
            chosen = Some(StartupInput::Field(which));
        }
        bottom = area.bottom();
        if !landscape {
            y = bottom + GAP;
        }
    }
    (bottom, chosen)
}

/// The keyboard on the glass; what was pressed.
fn keys(sheet: &Sheet<'_>, room: Rect) -> Option<StartupInput> {
    let pen = &sheet.pen;
    let id = Id::unique("start keyboard");
    let mut typing = pen.ui.data(|data| data.get_temp::<Typing>(id)).unwrap_or_default();
    let (least, most) = keyboard_height(Method::Plain);
    let height = room.height().clamp(least, most);
    // At the bottom, where the thumbs are.
    let area = Rect::from_min_max(Pos2::new(room.left(), room.bottom() - height), room.max);
    let key_name = |what: &str| match what {
        "method" => sheet.with("tablet-key-method", &[("method", Method::Plain.name())]),
        what => sheet.get(&format!("tablet-key-{what}")),
    };
    let board = Keyboard { method: Method::Plain, name: &key_name };
    let pressed = keyboard(pen, area, &board, &mut typing);
    pen.ui.data_mut(|data| data.insert_temp(id, typing));
    let mut written = String::new();
    for key in pressed {
        match key {
            Key::Letter(letter) => written.push(letter),
            Key::Erase => return Some(StartupInput::Erase),
            // Codes and addresses have no marks.
            Key::Method(_) => {}
        }
    }
    (!written.is_empty()).then_some(StartupInput::Write(written))
}
