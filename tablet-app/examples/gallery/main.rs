//! All screens and widgets on one page, as large as the window allows, with switches for language,
//! text size and contrast: `cargo run -p tablet-app --example gallery`. They can be touched.
#![allow(clippy::unwrap_used)]

mod scenes;
#[path = "../../tests/support/mod.rs"]
mod support;
mod widgets;

use eframe::egui;
use egui::emath::TSTransform;
use egui::{CentralPanel, Id, LayerId, Panel, Rect, ScrollArea, Ui, UiBuilder, Vec2};
use scenes::{LANDSCAPE, PORTRAIT, Sample};
use tablet_app::appearance::{Appearance, TextSize};
use tablet_app::screens::Touched;
use tablet_app::theme;

/// Between two screens, points.
const GAP: f32 = 16.0;

fn main() -> eframe::Result {
    let viewport = egui::ViewportBuilder::default().with_inner_size([1600.0, 1000.0]);
    let renderer = eframe::Renderer::Glow;
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    eframe::run_native(
        "gallery",
        options,
        Box::new(|creation| {
            theme::apply(&creation.egui_ctx);
            Ok(Box::new(Gallery::new()))
        }),
    )
}

struct Gallery {
    language: String,
    look: Appearance,
    samples: Vec<Sample>,
}

impl Gallery {
    fn new() -> Self {
        Self { language: "vi".to_owned(), look: Appearance::default(), samples: scenes::all() }
    }

    fn switches(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for code in ["vi", "en", "km"] {
                ui.selectable_value(&mut self.language, code.to_owned(), code);
            }
            ui.separator();
            for size in TextSize::ALL {
                ui.selectable_value(&mut self.look.size, size, format!("{size:?}"));
            }
            ui.separator();
            ui.checkbox(&mut self.look.high_contrast, "high contrast");
            ui.separator();
            if ui.button("as they were").clicked() {
                *self = Self::new();
            }
        });
    }

    fn screens(&mut self, ui: &mut Ui) {
        let scale = (ui.available_width() - 2.0 * GAP) / (LANDSCAPE.x + PORTRAIT.x);
        let look = self.look;
        row(ui, "widgets", scale, |ui, _| widgets::show(ui, look));
        let mut touched = Vec::new();
        for (at, sample) in self.samples.iter_mut().enumerate() {
            self.language.clone_into(&mut sample.language);
            sample.look = look;
            let name = sample.name;
            row(ui, name, scale, |ui, _| touched.extend(sample.show(ui).map(|one| (at, one))));
        }
        for (at, touched) in touched {
            self.take(at, touched);
        }
    }

    /// What the kiosk would do with a touch, as far as it can be seen on one screen.
    fn take(&mut self, at: usize, touched: Touched) {
        let sample = &mut self.samples[at];
        match touched {
            Touched::Language(code) => self.language = code,
            Touched::Appearance(look) => self.look = look,
            Touched::Aspect(id, level) => {
                sample.added.aspects.insert(id, level);
            }
            Touched::Reason(id) => {
                let reasons = &mut sample.added.reasons;
                match reasons.iter().position(|one| *one == id) {
                    Some(on) => drop(reasons.remove(on)),
                    None => reasons.push(id),
                }
            }
            Touched::Keys(keys) => keys.into_iter().for_each(|key| sample.draft.press(key)),
            Touched::Level(_)
            | Touched::ChooseAgain
            | Touched::Next
            | Touched::NextPerson
            | Touched::ReadAloud
            | Touched::Decline
            | Touched::DisputeOfficer
            | Touched::TakeBack
            | Touched::Corner
            | Touched::Elsewhere => {}
        }
    }
}

/// One screen landscape and portrait beside one another, each in a layer of its own that is drawn
/// smaller.
fn row(ui: &mut Ui, name: &str, scale: f32, mut show: impl FnMut(&Ui, Vec2)) {
    ui.add_space(GAP);
    ui.strong(name);
    let size = Vec2::new(ui.available_width(), PORTRAIT.y * scale);
    let (room, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    if !ui.is_rect_visible(room) {
        return;
    }
    let mut left = room.left();
    for size in [LANDSCAPE, PORTRAIT] {
        let layer =
            LayerId::new(ui.layer_id().order, Id::unique(("screen", name, size.x.to_bits())));
        let place = TSTransform::new(Vec2::new(left, room.top()), scale);
        ui.ctx().set_transform_layer(layer, place);
        ui.ctx().set_sublayer(ui.layer_id(), layer);
        let glass = Rect::from_min_size(egui::Pos2::ZERO, size);
        let builder =
            UiBuilder::new().layer_id(layer).max_rect(glass).id_salt((name, size.x.to_bits()));
        let mut screen = ui.new_child(builder);
        screen.set_clip_rect(glass.intersect(place.inverse() * ui.clip_rect()));
        show(&screen, size);
        left += size.x * scale + GAP;
    }
}

impl eframe::App for Gallery {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Panel::top("switches").show(ui, |ui| self.switches(ui));
        CentralPanel::default().show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.screens(ui));
        });
    }
}
