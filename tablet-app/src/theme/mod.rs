//! All colours, sizes and fonts of the tablet are defined here. The design tokens are those of the pages:
//! warm white ground, one deep red for the institution, five level colours. A [`Theme`] is how
//! one person wants to see them.

mod palette;
mod typography;

pub use palette::{DIM, HIGH, Ink, NORMAL, Pair, Palette, contrast};
pub use typography::*;

use crate::appearance::Appearance;
use eframe::egui;
use egui::{Color32, Context, Shadow, Stroke};

/// Smallest side of what can be touched, in points: 20 mm at 160 points an inch.
pub const TARGET: f32 = 126.0;
/// Lowest key of the keyboard on the glass, in points: 9 mm. Ten keys of 20 mm fit in no row.
pub const KEY_TARGET: f32 = 57.0;
/// Left and right margin.
pub const MARGIN: f32 = 48.0;
/// Least height of header and footer.
pub const BAR: f32 = 84.0;
/// Diameter of a face.
pub const FACE: f32 = 138.0;
/// Diameter of a face among others of its kind.
pub const SMALL_FACE: f32 = 86.0;
/// Diameter of a photo.
pub const PHOTO_SIZE: f32 = 148.0;
/// Corner radius of cards.
pub const CARD_RADIUS: u8 = 24;
/// Corner radius of buttons, chips and rows.
pub const RADIUS: u8 = 18;
/// Corner radius of keys.
pub const KEY_RADIUS: u8 = 12;
/// Rules.
pub const THIN: f32 = 1.0;

/// The screen the sizes are made for, in points; other screens are zoomed to it.
pub const DESIGN: egui::Vec2 = egui::vec2(1280.0, 800.0);

/// Behind everything, before the first screen is drawn.
pub const GROUND: Color32 = NORMAL.ground;

/// How a screen is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The colours.
    pub palette: &'static Palette,
    /// What letters are multiplied by.
    pub letters: f32,
    /// Whether edges are strong and nothing hangs on colour.
    pub strong: bool,
}

impl Theme {
    /// The theme of a look.
    pub const fn new(look: Appearance) -> Self {
        let palette = if look.high_contrast { &HIGH } else { &NORMAL };
        Self { palette, letters: look.size.factor(), strong: look.high_contrast }
    }

    /// The dim theme of a screen in front of which nobody is expected.
    #[must_use]
    pub const fn dim(self) -> Self {
        Self { palette: &DIM, ..self }
    }

    /// Smaller letters, for a text that does not fit: smaller is better than cut off.
    #[must_use]
    pub fn smaller(self, by: f32) -> Self {
        Self { letters: self.letters * by, ..self }
    }

    /// Letters of the size that all of them have at first.
    #[must_use]
    pub const fn plain(self) -> Self {
        Self { letters: 1.0, ..self }
    }

    /// The edge of what can be pressed.
    pub const fn edge(&self) -> Stroke {
        Stroke { width: if self.strong { 3.0 } else { 1.5 }, color: self.palette.edge }
    }

    /// The edge of what only lies there.
    pub const fn hem(&self) -> Stroke {
        Stroke { width: if self.strong { 2.0 } else { THIN }, color: self.palette.line }
    }

    /// The edge of what is chosen.
    pub const fn chosen(&self) -> Stroke {
        Stroke { width: if self.strong { 6.0 } else { 4.0 }, color: self.palette.text }
    }

    /// The ring around what the keyboard stands on.
    pub const fn focus(&self) -> Stroke {
        Stroke { width: 4.0, color: self.palette.focus }
    }

    /// Under a card.
    pub fn card_shadow(&self) -> Shadow {
        self.shadow(Shadow { offset: [0, 12], blur: 32, spread: 0, color: black(12) })
    }

    /// Under a face.
    pub fn face_shadow(&self) -> Shadow {
        self.shadow(Shadow { offset: [0, 8], blur: 14, spread: 0, color: black(24) })
    }

    fn shadow(&self, shadow: Shadow) -> Shadow {
        if self.strong { Shadow::NONE } else { shadow }
    }
}

fn black(alpha: u8) -> Color32 {
    Color32::from_black_alpha(alpha)
}

/// Sets the fonts and the style of the egui context.
pub fn apply(ctx: &Context) {
    ctx.set_fonts(typography::fonts());
    ctx.set_theme(egui::Theme::Light);
    ctx.all_styles_mut(|style| {
        style.visuals.panel_fill = GROUND;
        style.animation_time = 0.0;
    });
    ctx.options_mut(|options| {
        // A finger rests longer and wanders farther than a mouse; it is a touch all the same.
        options.input_options.max_click_duration = crate::widgets::LONGEST_TAP_S;
        options.input_options.max_click_dist = TARGET / 2.0;
    });
}
