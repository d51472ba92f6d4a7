//! What every widget draws with: where it draws, and how the screen looks.

use crate::theme::Theme;
use eframe::egui;
use egui::{Color32, CornerRadius, Id, Painter, Pos2, Rect, Response, Sense, Ui, WidgetInfo};
use std::fmt::Debug;
use std::hash::Hash;

/// A place to draw, and the theme to draw in.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// The place.
    pub ui: &'a Ui,
    /// The theme.
    pub theme: Theme,
}

impl<'a> Pen<'a> {
    /// A pen of this theme.
    pub const fn new(ui: &'a Ui, theme: Theme) -> Self {
        Self { ui, theme }
    }

    /// The same place in another theme.
    #[must_use]
    pub const fn with(self, theme: Theme) -> Self {
        Self { theme, ..self }
    }

    /// Draws shapes.
    pub fn painter(&self) -> &'a Painter {
        self.ui.painter()
    }

    /// An id under this place.
    pub fn id(&self, salt: impl Hash + Debug) -> Id {
        self.ui.scope_id().with(salt)
    }

    /// Something that can be touched, with what screen readers tell of it.
    pub fn control(&self, rect: Rect, salt: impl Hash + Debug, info: WidgetInfo) -> Response {
        let mut response = self.ui.interact(rect, self.id(salt), Sense::click());
        super::touches::apply_touches(self.ui, &mut response);
        response.widget_info(move || info.clone());
        response
    }

    /// A filled shape with a round edge, and the ring of the keyboard where it stands there.
    pub fn plate(&self, rect: Rect, radius: u8, fill: Color32, edge: egui::Stroke, focus: bool) {
        let corner = CornerRadius::same(radius);
        self.painter().rect(rect, corner, fill, edge, egui::StrokeKind::Inside);
        if focus {
            let ring = rect.expand(5.0);
            let corner = CornerRadius::same(radius.saturating_add(5));
            let focus = self.theme.focus();
            self.painter().rect_stroke(ring, corner, focus, egui::StrokeKind::Inside);
        }
    }

    /// A tick whose middle is `centre`, fit for a circle of diameter `size`.
    pub fn tick(&self, centre: Pos2, size: f32, colour: Color32) {
        let scale = size / 148.0;
        let points = [(-30.0, 2.0), (-9.0, 23.0), (31.0, -21.0)];
        let points: Vec<Pos2> = points.map(|(x, y)| centre + egui::vec2(x, y) * scale).into();
        let width = (10.0 * scale).max(2.5);
        for point in &points {
            self.painter().circle_filled(*point, width / 2.0, colour);
        }
        self.painter().line(points, egui::Stroke::new(width, colour));
    }
}
