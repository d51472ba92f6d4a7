//! What tests of screens have in common: a glass of either shape, pictures of it, and what can be touched
//! and read there.

use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Rect, Theme, Ui, UiBuilder, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotOptions};
use tablet_app::theme;

pub const LANDSCAPE: Vec2 = Vec2::new(1280.0, 800.0);
pub const PORTRAIT: Vec2 = Vec2::new(800.0, 1280.0);

/// Both shapes of a glass, with their names in pictures.
pub fn ways() -> [(&'static str, Vec2); 2] {
    [("landscape", LANDSCAPE), ("portrait", PORTRAIT)]
}

/// The whole glass, where the harness leaves a margin.
pub fn whole(ui: &mut Ui) -> Ui {
    let glass = ui.ctx().content_rect();
    let mut ui = ui.new_child(UiBuilder::new().max_rect(glass));
    ui.set_clip_rect(glass);
    ui
}

/// Something that is shown on a glass, as it is drawn for a picture.
pub fn drawn<S: 'static>(
    state: S,
    size: Vec2,
    mut show: impl FnMut(&Ui, &mut S) + 'static,
) -> Harness<'static, S> {
    Harness::builder()
        .with_size(size)
        .with_theme(Theme::Light)
        .with_context_setup(theme::apply)
        .wgpu()
        .build_ui_state(move |ui, state: &mut S| show(&whole(ui), state), state)
}

/// Another version of the software renderer shades edges a little differently, so a pixel may
/// differ by more than the default; a word or a line that moved changes hundreds.
pub fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(2.0).max_failed_pixels(40)
}

/// Something that can be touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    pub name: String,
    pub role: Role,
    pub rect: Rect,
    pub enabled: bool,
}

/// What can be touched, in the order in which it is read.
pub fn controls<S>(harness: &Harness<'_, S>) -> Vec<Control> {
    let root = harness.root();
    let all = root.children_recursive();
    all.filter_map(|node| {
        let inner = node.accesskit_node();
        let clickable = inner.data().supports_action(Action::Click);
        clickable.then(|| Control {
            name: inner.label().unwrap_or_default(),
            role: inner.role(),
            rect: node.rect(),
            enabled: !inner.is_disabled(),
        })
    })
    .collect()
}

/// Keys that stand there instead of their words.
pub fn without_words<S>(harness: &Harness<'_, S>) -> Vec<String> {
    let labels = harness.query_all_by(|node| node.label().is_some_and(|one| one.starts_with('[')));
    labels.filter_map(|node| node.accesskit_node().label()).collect()
}
