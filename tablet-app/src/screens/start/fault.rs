//! Why the tablet does not start, with what to do; and a damaged journal on its way to a USB stick.

use super::paragraphs;
use crate::screens::sheet::{GAP, Sheet};
use crate::screens::sticks;
use crate::startup::{Saved, StartupFault, StartupInput, Work};
use crate::sticks::Stick;
use crate::theme;
use crate::widgets::Kind;

pub(super) fn show(
    sheet: &Sheet<'_>,
    fault: StartupFault,
    detail: &str,
    again_in: Option<String>,
) -> Option<StartupInput> {
    let name = fault.name();
    let title = sheet.get(&format!("start-trouble-{name}"));
    let y = sheet.paragraph(&title, &theme::TITLE, sheet.room.top() + 2.0 * GAP) + GAP;
    let more = sheet.get(&format!("start-trouble-{name}-more"));
    let texts: Vec<String> = [Some(more), again_in].into_iter().flatten().collect();
    let y = paragraphs(sheet, &texts, y) + GAP;
    // In the words of the log, so that it can be read out to support by telephone.
    let detail = sheet.with("start-detail", &[("detail", detail)]);
    sheet.paragraph(&detail, &theme::BODY, y);
    if fault == StartupFault::Damaged {
        let all = [("start-salvage-go", Kind::Primary), ("start-again", Kind::Plain)];
        return sheet
            .buttons(&all)
            .map(|at| if at == 0 { StartupInput::Salvage } else { StartupInput::Again });
    }
    sheet.buttons(&[("start-again", Kind::Primary)]).map(|_| StartupInput::Again)
}

/// The way of a damaged journal to a stick.
pub(super) fn salvage(sheet: &Sheet<'_>, work: &Work, sticks: &[Stick]) -> Option<StartupInput> {
    let said = match work {
        Work::Idle if sticks.is_empty() => sheet.get("start-salvage-hint"),
        Work::Idle => sheet.get("staff-export-choose"),
        Work::Going => sheet.get("staff-export-going"),
        Work::Failed(why) => sheet.get(&format!("start-salvage-failed-{why}")),
    };
    let y = paragraphs(sheet, &[said], sheet.room.top() + 2.0 * GAP);
    if *work == Work::Going {
        return None;
    }
    if sticks.is_empty() {
        let all = [("start-salvage-confirm", Kind::Primary), ("staff-back", Kind::Plain)];
        return sheet
            .buttons(&all)
            .map(|at| if at == 0 { StartupInput::Confirm } else { StartupInput::Back });
    }
    let back = sheet.buttons(&[("staff-back", Kind::Plain)]).map(|_| StartupInput::Back);
    sticks::choose(sheet, sticks, sheet.above_buttons(y)).map(StartupInput::Stick).or(back)
}

/// What was salvaged, and how it goes on.
pub(super) fn saved(sheet: &Sheet<'_>, saved: &Saved) -> Option<StartupInput> {
    let missing = saved.missing.to_string();
    let said = match &saved.file {
        Some(file) if saved.missing == 0 => sheet.with("start-saved-all", &[("file", file)]),
        Some(file) => sheet.with("start-saved-some", &[("file", file), ("missing", &missing)]),
        None => sheet.get("start-saved-none"),
    };
    paragraphs(sheet, &[said, sheet.get("start-saved-more")], sheet.room.top() + 2.0 * GAP);
    sheet.buttons(&[("start-saved-confirm", Kind::Primary)]).map(|_| StartupInput::Confirm)
}
