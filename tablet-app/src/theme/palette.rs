//! The colours, in three palettes with the same roles: the usual one, one of high contrast, and
//! a dim one for the hours when nobody is there. Every text stands out from its ground by 7:1 or
//! more, every edge and sign that carries meaning by 3:1 (WCAG 2.2, 1.4.6 and 1.4.11).

#![expect(clippy::unreadable_literal, reason = "a colour is read as six digits")]

use eframe::egui::Color32;
use protocol::Level;

/// What a text is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Text,
    /// Text that may be overlooked.
    Quiet,
    /// The institution, and trouble.
    Institution,
    /// Initials and the sign of thanks, on their disc.
    Disc,
    /// Text on a chip.
    Chip,
    /// Text on a filled button.
    Primary,
}

/// The colours of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The screen's ground.
    pub ground: Color32,
    /// Cards, keys and the chosen language.
    pub card: Color32,
    /// What is pressed just now, and what is chosen.
    pub pressed: Color32,
    /// Thin rules; they carry no meaning.
    pub line: Color32,
    /// The edge of what can be pressed.
    pub edge: Color32,
    /// [`Ink::Text`].
    pub text: Color32,
    /// [`Ink::Quiet`].
    pub quiet: Color32,
    /// [`Ink::Institution`].
    pub institution: Color32,
    /// Behind initials and the sign of thanks.
    pub disc: Color32,
    /// [`Ink::Disc`].
    pub disc_ink: Color32,
    /// Behind the stage of the service and the mark of simulated data.
    pub chip: Color32,
    /// [`Ink::Chip`].
    pub chip_ink: Color32,
    /// A filled button.
    pub primary: Color32,
    /// [`Ink::Primary`].
    pub primary_ink: Color32,
    /// The ring around what the keyboard stands on.
    pub focus: Color32,
    /// The heads of the five faces, best level first.
    heads: [Color32; 5],
    /// Eyes and mouths.
    pub features: Color32,
    /// The edge of a head, where its colour alone does not draw it.
    pub head_edge: Option<Color32>,
}

#[expect(clippy::disallowed_methods, reason = "the home of colours")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const BLACK: Color32 = rgb(0x000000);
const WHITE: Color32 = rgb(0xffffff);

/// The usual palette. A few inks are a little darker than on pages, which are read closer by. The heads
/// are darker the farther a level is from the middle, and neighbours differ in lightness: about
/// every twelfth man does not tell green from red. The way on is no level's colour.
pub const NORMAL: Palette = Palette {
    ground: rgb(0xfaf8f4),
    card: WHITE,
    pressed: rgb(0xf3ece0),
    line: rgb(0xe9e3d8),
    edge: rgb(0x857d6c),
    text: rgb(0x22252b),
    quiet: rgb(0x4a4f57),
    institution: rgb(0x8f1d2c),
    disc: rgb(0xe8edf2),
    disc_ink: rgb(0x384b61),
    chip: rgb(0xf3ece0),
    chip_ink: rgb(0x644811),
    primary: rgb(0x384b61),
    primary_ink: WHITE,
    focus: rgb(0x1d4f91),
    heads: [rgb(0x0a5a48), rgb(0x2a8557), rgb(0xb38818), rgb(0xad3f12), rgb(0x741124)],
    features: WHITE,
    head_edge: None,
};

/// Black on white with strong edges; faces are told apart by shape and word alone.
pub const HIGH: Palette = Palette {
    ground: WHITE,
    card: WHITE,
    pressed: rgb(0xe6e6e6),
    line: BLACK,
    edge: BLACK,
    text: BLACK,
    quiet: BLACK,
    institution: BLACK,
    disc: WHITE,
    disc_ink: BLACK,
    chip: WHITE,
    chip_ink: BLACK,
    primary: BLACK,
    primary_ink: WHITE,
    focus: rgb(0x0033cc),
    heads: [WHITE; 5],
    features: BLACK,
    head_edge: Some(BLACK),
};

/// Little light, for a screen that stands all night.
pub const DIM: Palette = Palette {
    ground: rgb(0x14120f),
    card: rgb(0x1d1b17),
    pressed: rgb(0x221f1a),
    line: rgb(0x37332b),
    edge: rgb(0x7d7668),
    text: rgb(0xcfc8ba),
    quiet: rgb(0xb1aa9c),
    institution: rgb(0xd9aaa2),
    disc: rgb(0x1d1b17),
    disc_ink: rgb(0xb1aa9c),
    chip: rgb(0x1d1b17),
    chip_ink: rgb(0xc9b78f),
    primary: rgb(0xcfc8ba),
    primary_ink: rgb(0x14120f),
    focus: rgb(0x9dbbe0),
    ..NORMAL
};

/// A colour, the colour it stands on, and how far it must stand out.
pub type Pair = (&'static str, Color32, Color32, f32);

/// Text.
const READ: f32 = 7.0;
/// Edges and signs.
const SEEN: f32 = 3.0;

impl Palette {
    /// The colour of an ink.
    pub const fn ink(&self, ink: Ink) -> Color32 {
        match ink {
            Ink::Text => self.text,
            Ink::Quiet => self.quiet,
            Ink::Institution => self.institution,
            Ink::Disc => self.disc_ink,
            Ink::Chip => self.chip_ink,
            Ink::Primary => self.primary_ink,
        }
    }

    /// The head of a level's face.
    pub const fn head(&self, level: Level) -> Color32 {
        let [very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied] = self.heads;
        match level {
            Level::VerySatisfied => very_satisfied,
            Level::Satisfied => satisfied,
            Level::Neutral => neutral,
            Level::Dissatisfied => dissatisfied,
            Level::VeryDissatisfied => very_dissatisfied,
        }
    }

    /// Every pair of colours that the screens put on one another.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = vec![
            ("text on ground", self.text, self.ground, READ),
            ("text on card", self.text, self.card, READ),
            ("text on pressed", self.text, self.pressed, READ),
            ("quiet on ground", self.quiet, self.ground, READ),
            ("quiet on card", self.quiet, self.card, READ),
            ("quiet on pressed", self.quiet, self.pressed, READ),
            ("institution on ground", self.institution, self.ground, READ),
            ("initials", self.disc_ink, self.disc, READ),
            ("chip", self.chip_ink, self.chip, READ),
            ("filled button", self.primary_ink, self.primary, READ),
            ("filled button's shape", self.primary, self.ground, SEEN),
            ("edge on ground", self.edge, self.ground, SEEN),
            ("edge on card", self.edge, self.card, SEEN),
            ("edge on pressed", self.edge, self.pressed, SEEN),
            ("focus on ground", self.focus, self.ground, SEEN),
            ("focus on card", self.focus, self.card, SEEN),
            ("mark of the chosen", self.text, self.card, SEEN),
        ];
        for head in self.heads {
            pairs.push(("features of a face", self.features, head, SEEN));
            let edge = self.head_edge.unwrap_or(head);
            pairs.push(("a face on ground", edge, self.ground, SEEN));
            pairs.push(("a face on a card", edge, self.card, SEEN));
        }
        pairs
    }
}

/// Red, green and blue as shares of light, from 0 to 1 (sRGB, IEC 61966-2-1).
fn linear(colour: Color32) -> [f32; 3] {
    [colour.r(), colour.g(), colour.b()].map(|value| {
        let share = f32::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    })
}

/// How far two colours stand out from one another: 1 to 21 (WCAG 2.2, “contrast ratio”).
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let light = |colour: Color32| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What somebody sees who has no cones for red (protanopia) or for green (deuteranopia), over
    /// shares of light: Machado, Oliveira and Fernandes 2009, severity 1.
    const SEEN_BY: [(&str, [[f32; 3]; 3]); 3] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
    ];

    /// CIE 1976 L*a*b* under D65, in which a distance of 2.3 is just seen.
    fn lab([red, green, blue]: [f32; 3]) -> [f32; 3] {
        let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
        let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
        let [x, y, z] = [x, y, z]
            .map(|part| if part > 0.008856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn neighbouring_faces_are_told_apart_without_seeing_red_or_green() {
        let heads = NORMAL.heads;
        for pair in heads.windows(2) {
            let ratio = contrast(pair[0], pair[1]);
            assert!(ratio >= 1.4, "{pair:?} differ in lightness by {ratio:.2} only");
        }
        for (who, cones) in SEEN_BY {
            let seen = |colour: Color32| {
                let light = linear(colour);
                lab(cones.map(|row| {
                    let part: f32 = row.iter().zip(light).map(|(one, other)| one * other).sum();
                    part.clamp(0.0, 1.0)
                }))
            };
            for pair in heads.windows(2) {
                let (one, other) = (seen(pair[0]), seen(pair[1]));
                let squares: f32 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
                let distance = squares.sqrt();
                assert!(distance >= 15.0, "{who}: {pair:?} are {distance:.1} apart");
            }
        }
    }

    #[test]
    fn everything_stands_out_from_what_it_stands_on() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(rgb(0x777777), WHITE) - 4.48).abs() < 0.01, "a published value");
        let mut faults = Vec::new();
        for (palette, name) in [(NORMAL, "normal"), (HIGH, "high"), (DIM, "dim")] {
            for (pair, one, other, least) in palette.pairs() {
                // No faces stand on the dim screen.
                let faces = name == "dim" && pair.contains("face");
                let ratio = contrast(one, other);
                if ratio < least && !faces {
                    faults.push(format!("{name}, {pair}: {ratio:.2} is under {least}"));
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
