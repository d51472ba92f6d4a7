//! The only home of colours, sizes and fonts on the tablet. The tokens are those of the house:
//! warm white ground, one deep red for the institution, five level colours.

#![expect(clippy::unreadable_literal, reason = "a colour is read as six digits")]

use eframe::egui;
use egui::{Color32, Context, FontData, FontDefinitions, FontFamily, FontId, Shadow, Stroke};
use protocol::Level;
use std::sync::Arc;

#[expect(clippy::disallowed_methods, reason = "the home of colours")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// The screen's ground.
pub const GROUND: Color32 = rgb(0xfaf8f4);
/// Cards and the chosen language.
pub const CARD: Color32 = rgb(0xffffff);
/// Thin rules.
pub const LINE: Color32 = rgb(0xe9e3d8);
/// The edge of what can be pressed.
pub const EDGE: Color32 = rgb(0xd9d2c4);
/// Text.
pub const TEXT: Color32 = rgb(0x22252b);
/// Text that may be overlooked.
pub const QUIET: Color32 = rgb(0x5b6069);
/// The institution, and trouble.
pub const INSTITUTION: Color32 = rgb(0x8f1d2c);
/// Behind initials and the sign of thanks.
pub const PORTRAIT: Color32 = rgb(0xe8edf2);
/// Initials and the sign of thanks.
pub const PORTRAIT_INK: Color32 = rgb(0x3d5168);
/// Behind the stage of the service and the mark of simulated data.
pub const CHIP: Color32 = rgb(0xf3ece0);
/// Text on [`CHIP`].
pub const CHIP_INK: Color32 = rgb(0x6b4e16);
/// Eyes and mouths.
pub const FEATURES: Color32 = rgb(0xffffff);

/// The colour of a level's face.
pub const fn level(level: Level) -> Color32 {
    match level {
        Level::VerySatisfied => rgb(0x1a7f64),
        Level::Satisfied => rgb(0x5aa469),
        Level::Neutral => rgb(0xd9a92b),
        Level::Dissatisfied => rgb(0xdd7a33),
        Level::VeryDissatisfied => rgb(0xb93a2f),
    }
}

/// Smallest side of what can be touched, in points: 20 mm at 160 points an inch.
pub const TARGET: f32 = 126.0;
/// Left and right margin.
pub const MARGIN: f32 = 48.0;
/// Height of header and footer.
pub const BAR: f32 = 84.0;
/// Height of the band that marks simulated data.
pub const BAND: f32 = 40.0;
/// Diameter of a face.
pub const FACE: f32 = 138.0;
/// Diameter of a portrait.
pub const PORTRAIT_SIZE: f32 = 148.0;
/// Corner radius of cards.
pub const CARD_RADIUS: u8 = 24;
/// Rules and edges.
pub const THIN: f32 = 1.0;
/// The ring around what the keyboard stands on.
pub const FOCUS: Stroke = Stroke { width: 4.0, color: PORTRAIT_INK };

/// The screen the sizes are made for, in points; other screens are zoomed to it.
pub const DESIGN: egui::Vec2 = egui::vec2(1280.0, 800.0);

/// Under a card.
pub fn card_shadow() -> Shadow {
    Shadow { offset: [0, 12], blur: 32, spread: 0, color: Color32::from_black_alpha(12) }
}

/// Under a face.
pub fn face_shadow() -> Shadow {
    Shadow { offset: [0, 8], blur: 14, spread: 0, color: Color32::from_black_alpha(24) }
}

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 500.
    Medium,
    /// 700.
    Bold,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Letter size, points.
    pub size: f32,
    /// Height of a line, points.
    pub line: f32,
    /// Weight of the letters.
    pub weight: Weight,
    /// Colour.
    pub colour: Color32,
    /// Extra space between letters, points.
    pub spacing: f32,
}

const fn set(size: f32, line: f32, weight: Weight, colour: Color32) -> Type {
    Type { size, line, weight, colour, spacing: 0.0 }
}

/// The institution's name.
pub const CENTRE: Type = Type { spacing: 0.4, ..set(19.0, 25.0, Weight::Bold, INSTITUTION) };
/// The question.
pub const QUESTION: Type = Type { spacing: -0.2, ..set(35.0, 45.0, Weight::Bold, TEXT) };
/// What stands large and alone.
pub const TITLE: Type = set(44.0, 56.0, Weight::Bold, TEXT);
/// Below a title.
pub const LEAD: Type = set(24.0, 36.0, Weight::Regular, QUIET);
/// Below a lead, for the officer.
pub const NOTICE: Type = set(20.0, 30.0, Weight::Medium, INSTITUTION);
/// Ordinary text.
pub const BODY: Type = set(18.0, 26.0, Weight::Regular, QUIET);
/// What is small and of no importance to citizens.
pub const SMALL: Type = set(15.0, 22.0, Weight::Regular, QUIET);
/// An officer's name.
pub const NAME: Type = set(28.0, 36.0, Weight::Bold, TEXT);
/// Initials.
pub const INITIALS: Type = set(54.0, 60.0, Weight::Medium, PORTRAIT_INK);
/// The words under a face.
pub const WORD: Type = set(19.0, 24.0, Weight::Medium, TEXT);
/// The stage of the service.
pub const STAGE: Type = set(17.0, 22.0, Weight::Medium, CHIP_INK);
/// The band over simulated data.
pub const MARK: Type = set(17.0, 22.0, Weight::Medium, CHIP_INK);
/// A button.
pub const BUTTON: Type = set(24.0, 32.0, Weight::Medium, TEXT);
/// A language, and the chosen one.
pub const LANGUAGE: Type = set(18.0, 24.0, Weight::Regular, QUIET);
/// The chosen language.
pub const LANGUAGE_ON: Type = set(18.0, 24.0, Weight::Medium, TEXT);

impl Type {
    /// The font of this type.
    pub fn font(&self) -> FontId {
        let family = match self.weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Medium => FontFamily::Name("medium".into()),
            Weight::Bold => FontFamily::Name("bold".into()),
        };
        FontId::new(self.size, family)
    }
}

/// Gives the context the house's fonts and manner. The fonts are built into the program: egui's
/// own lack most Vietnamese letters.
pub fn apply(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.set_theme(egui::Theme::Light);
    ctx.all_styles_mut(|style| {
        style.visuals.panel_fill = GROUND;
        style.animation_time = 0.0;
    });
    ctx.options_mut(|options| {
        // A finger rests longer and wanders farther than a mouse; it is a touch all the same.
        options.input_options.max_click_duration = 60.0;
        options.input_options.max_click_dist = TARGET / 2.0;
    });
}

fn fonts() -> FontDefinitions {
    macro_rules! font {
        ($file:literal) => {
            FontData::from_static(include_bytes!(concat!("../../assets/fonts/", $file)))
        };
    }
    let files = [
        ("regular", font!("be-vietnam-pro/BeVietnamPro_400Regular.ttf")),
        ("medium", font!("be-vietnam-pro/BeVietnamPro_500Medium.ttf")),
        ("bold", font!("be-vietnam-pro/BeVietnamPro_700Bold.ttf")),
        ("khmer", font!("noto-sans-khmer/NotoSansKhmer_400Regular.ttf")),
        ("khmer-bold", font!("noto-sans-khmer/NotoSansKhmer_700Bold.ttf")),
    ];
    let families = [
        (FontFamily::Proportional, ["regular", "khmer"]),
        (FontFamily::Monospace, ["regular", "khmer"]),
        (FontFamily::Name("medium".into()), ["medium", "khmer"]),
        (FontFamily::Name("bold".into()), ["bold", "khmer-bold"]),
    ];
    FontDefinitions {
        font_data: files.map(|(name, data)| (name.to_owned(), Arc::new(data))).into(),
        families: families.map(|(family, names)| (family, names.map(str::to_owned).into())).into(),
    }
}
