//! What comes from a real keyboard, or from a scanner, which is one.

use eframe::egui;

/// What a real keyboard sent.
pub(super) enum Typed {
    /// Letters; a line's end confirms.
    Text(String),
    /// Takes the last one away.
    Erase,
}

/// What a real keyboard sent, or a scanner, which is one: many letters in one frame, Enter after
/// them. Enter presses what it stands on, and is the end where it stands on nothing.
pub(super) fn typed(ui: &egui::Ui) -> Option<Typed> {
    let standing = ui.memory(|memory| memory.focused().is_some());
    ui.input(|input| {
        let mut written = String::new();
        for event in &input.events {
            match event {
                egui::Event::Text(text) => written.push_str(text),
                egui::Event::Paste(text) => written.push_str(text.trim()),
                egui::Event::Key { key: egui::Key::Enter, pressed: true, .. } if !standing => {
                    written.push('\n');
                }
                egui::Event::Key { key: egui::Key::Backspace, pressed: true, .. } => {
                    return Some(Typed::Erase);
                }
                _ => {}
            }
        }
        (!written.is_empty()).then_some(Typed::Text(written))
    })
}
