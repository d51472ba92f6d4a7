//! Why the tablet does not start, with what to do; and a damaged journal on its way to a USB stick.

use super::{GAP, Sheet};
use crate::startup::{Input, Saved, Trouble, Work};
use crate::sticks::Stick;
use crate::theme::{self, TARGET};
use crate::widgets::{Kind, block, list_button};
use eframe::egui::Align;

pub(super) fn show(
    sheet: &Sheet<'_>,
    trouble: Trouble,
    detail: &str,
    again_at: Option<u64>,
) -> Option<Input> {
    let name = trouble.name();
    let pen = &sheet.pen;
    let room = sheet.room;
    let title = block(
        pen,
        &sheet.get(&format!("start-trouble-{name}")),
        &theme::TITLE,
        room.width().min(super::WIDTH),
        Align::Center,
    );
    let y = title.place(pen, room.left(), room.right(), room.top() + 2.0 * GAP) + GAP;
    let more = sheet.get(&format!("start-trouble-{name}-more"));
    let texts: Vec<String> = [Some(more), sheet.again_in(again_at)].into_iter().flatten().collect();
    let y = sheet.paragraphs(&texts, y) + GAP;
    // In the words of the log, for whoever is asked for help by telephone.
    let detail = sheet.with("start-detail", &[("detail", detail)]);
    let detail = block(pen, &detail, &theme::BODY, room.width().min(super::WIDTH), Align::Center);
    detail.place(pen, room.left(), room.right(), y);
    if trouble == Trouble::Damaged {
        let all = [("start-salvage-go", Kind::Primary), ("start-again", Kind::Plain)];
        return sheet.buttons(&all).map(|at| if at == 0 { Input::Salvage } else { Input::Again });
    }
    sheet.buttons(&[("start-again", Kind::Primary)]).map(|_| Input::Again)
}

/// The way of a damaged journal to a stick.
pub(super) fn salvage(sheet: &Sheet<'_>, work: &Work, sticks: &[Stick]) -> Option<Input> {
    let said = match work {
        Work::Idle if sticks.is_empty() => sheet.get("start-salvage-hint"),
        Work::Idle => sheet.get("staff-export-choose"),
        Work::Going => sheet.get("staff-export-going"),
        Work::Failed(why) => sheet.get(&format!("start-salvage-failed-{why}")),
    };
    let y = sheet.paragraphs(&[said], sheet.room.top() + 2.0 * GAP);
    if *work == Work::Going {
        return None;
    }
    if sticks.is_empty() {
        let all = [("start-salvage-confirm", Kind::Primary), ("staff-back", Kind::Plain)];
        return sheet.buttons(&all).map(|at| if at == 0 { Input::Confirm } else { Input::Back });
    }
    let back = sheet.buttons(&[("staff-back", Kind::Plain)]).map(|_| Input::Back);
    choose(sheet, sticks, y).or(back)
}

fn choose(sheet: &Sheet<'_>, sticks: &[Stick], top: f32) -> Option<Input> {
    let room = sheet.room;
    let (mut y, mut touched) = (top, None);
    for stick in sticks {
        // The likeliest come first; who has more than fit pulls some out.
        if y + TARGET > room.bottom() - TARGET - GAP {
            break;
        }
        let about = crate::screens::staff::about_stick(&sheet.words, stick);
        let (height, pressed) =
            list_button(&sheet.pen, room.left(), room.right(), y, &stick.name, &about);
        if pressed {
            touched = Some(Input::Stick(stick.folder.clone()));
        }
        y += height + GAP;
    }
    touched
}

/// What was salvaged, and how it goes on.
pub(super) fn saved(sheet: &Sheet<'_>, saved: &Saved) -> Option<Input> {
    let missing = saved.missing.to_string();
    let said = match &saved.file {
        Some(file) if saved.missing == 0 => sheet.with("start-saved-all", &[("file", file)]),
        Some(file) => sheet.with("start-saved-some", &[("file", file), ("missing", &missing)]),
        None => sheet.get("start-saved-none"),
    };
    sheet.paragraphs(&[said, sheet.get("start-saved-more")], sheet.room.top() + 2.0 * GAP);
    sheet.buttons(&[("start-saved-confirm", Kind::Primary)]).map(|_| Input::Confirm)
}
