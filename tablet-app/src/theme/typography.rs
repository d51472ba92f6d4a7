//! How texts are set: sizes, weights and the fonts that are built into the program.

use super::{Ink, Theme};
use eframe::egui;
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, FontTweak};
use std::sync::Arc;

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

/// How a text is set at the normal size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Letter size, points.
    size: f32,
    /// Height of a line, points.
    line: f32,
    /// Weight of the letters.
    weight: Weight,
    /// What the text is.
    ink: Ink,
    /// Extra space between letters, points.
    spacing: f32,
}

const fn set(size: f32, line: f32, weight: Weight, ink: Ink) -> Style {
    Style { size, line, weight, ink, spacing: 0.0 }
}

/// The institution's name.
pub const CENTRE: Style = Style { spacing: 0.4, ..set(19.0, 25.0, Weight::Bold, Ink::Institution) };
/// The question.
pub const QUESTION: Style = Style { spacing: -0.2, ..set(35.0, 45.0, Weight::Bold, Ink::Text) };
/// The question of a step.
pub const STEP: Style = set(28.0, 37.0, Weight::Bold, Ink::Text);
/// What stands large and alone.
pub const TITLE: Style = set(44.0, 56.0, Weight::Bold, Ink::Text);
/// Below a title.
pub const LEAD: Style = set(24.0, 36.0, Weight::Regular, Ink::Quiet);
/// Beside a lead, where the two are told apart.
pub const LEAD_STRONG: Style = set(24.0, 36.0, Weight::Medium, Ink::Text);
/// Below a lead, for the officer.
pub const NOTICE: Style = set(20.0, 30.0, Weight::Medium, Ink::Institution);
/// Ordinary text.
pub const BODY: Style = set(18.0, 26.0, Weight::Regular, Ink::Quiet);
/// What is small and of no importance to citizens.
pub const SMALL: Style = set(15.0, 22.0, Weight::Regular, Ink::Quiet);
/// An officer's name.
pub const NAME: Style = set(28.0, 36.0, Weight::Bold, Ink::Text);
/// Initials; they fill their disc at every text size.
pub const INITIALS: Style = set(54.0, 60.0, Weight::Medium, Ink::Disc);
/// The words under a face, the most important ones on the glass: capitals of 3 mm on ten inches.
pub const WORD: Style = set(26.0, 31.0, Weight::Medium, Ink::Text);
/// The words over a column of small faces.
pub const COLUMN: Style = set(16.0, 21.0, Weight::Medium, Ink::Text);
/// An aspect or a reason.
pub const CHOICE: Style = set(21.0, 28.0, Weight::Medium, Ink::Text);
/// What a citizen writes.
pub const WRITING: Style = set(22.0, 31.0, Weight::Regular, Ink::Text);
/// The letter of a key, and the name of one.
pub const KEY: Style = set(25.0, 32.0, Weight::Medium, Ink::Text);
/// The name of a key that is no letter.
pub const KEY_NAME: Style = set(19.0, 26.0, Weight::Medium, Ink::Text);
/// The stage of the service, and the band over simulated data.
pub const CHIP: Style = set(17.0, 22.0, Weight::Medium, Ink::Chip);
/// A button.
pub const BUTTON: Style = set(24.0, 32.0, Weight::Medium, Ink::Text);
/// A button for what few people want.
pub const QUIET_BUTTON: Style = set(19.0, 26.0, Weight::Medium, Ink::Text);
/// A filled button.
pub const PRIMARY: Style = set(24.0, 32.0, Weight::Bold, Ink::Primary);
/// A language, and the chosen one.
pub const LANGUAGE: Style = set(18.0, 24.0, Weight::Regular, Ink::Quiet);
/// The chosen language.
pub const LANGUAGE_ON: Style = set(18.0, 24.0, Weight::Medium, Ink::Text);

/// A text's setting on one screen: how large and in which colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Font and size.
    pub font: FontId,
    /// Height of a line, points.
    pub line: f32,
    /// Extra space between letters, points.
    pub spacing: f32,
    /// Colour.
    pub colour: Color32,
}

impl Style {
    /// The style on a screen of this theme.
    pub fn on(&self, theme: &Theme) -> Setting {
        let family = match self.weight {
            Weight::Regular => FontFamily::Proportional,
            Weight::Medium => FontFamily::Name("medium".into()),
            Weight::Bold => FontFamily::Name("bold".into()),
        };
        // Whole quarter points: few sizes, so that few letters are drawn into the font's texture.
        let size = (self.size * theme.letters * 4.0).round() / 4.0;
        Setting {
            font: FontId::new(size, family),
            line: (self.line * theme.letters).round(),
            spacing: self.spacing * theme.letters,
            colour: theme.palette.ink(self.ink),
        }
    }
}

/// The fonts, built into the program: egui's own lack most Vietnamese letters.
pub(super) fn fonts() -> FontDefinitions {
    macro_rules! font {
        ($file:literal) => {
            FontData {
                // Between Khmer words, where a line may end; see `widgets::text`.
                tweak: FontTweak { thin_space_width: 0.0, ..FontTweak::default() },
                ..FontData::from_static(include_bytes!(concat!("../../../assets/fonts/", $file)))
            }
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
