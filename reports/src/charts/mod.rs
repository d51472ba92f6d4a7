//! Charts of figures as SVG, the same for pages and documents. This room is the only home of
//! plotters and of the colours of charts. A chart never fails because of its figures: an empty
//! period gives a picture that says so.

mod axis;
mod canvas;
mod frame;
mod groups;
mod hours;
mod levels;
mod trend;
mod trend_plot;

pub use crate::measures::{Bucket, Step, Trend};
pub use axis::Shares;
pub use frame::{Frame, framed};
pub use groups::{groups, groups_caption, groups_of};
pub use hours::{Slot, Week, hours, hours_caption};
pub use levels::{levels, levels_caption};
pub use trend::{trend, trend_caption, trend_caption_of, trend_of};

pub(crate) use trend::step_word;

/// The name of each chart's file in a document: levels, trend, groups.
pub(crate) const CHARTS: [&str; 3] = ["levels.svg", "trend.svg", "groups.svg"];

/// The size of a picture in its own pixels. Text keeps its size in these pixels, so a picture for a
/// narrow place is drawn narrow instead of shrunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width, at least 280 is used.
    pub width: u32,
    /// Height that is wished for, at least 160 is used. A chart with a row for each group takes
    /// the height its rows need.
    pub height: u32,
}

impl Size {
    /// A card over two thirds of a wide page.
    pub const WIDE: Self = Self { width: 720, height: 300 };
    /// The same with room for a row for each department of a province.
    pub const WIDE_ROWS: Self = Self { width: 720, height: 460 };
    /// A card over a third of a wide page.
    pub const CARD: Self = Self { width: 440, height: 300 };
    /// A phone.
    pub const PHONE: Self = Self { width: 340, height: 260 };
    /// A sheet of its own, to be shown in a meeting.
    pub const SHEET: Self = Self { width: 736, height: 400 };
    /// The text width of an A4 page (165 mm), with letters of about 9.5 pt.
    pub const DOCUMENT: Self = Self { width: 620, height: 280 };

    /// Whether names stand above their rows instead of beside them.
    fn is_narrow(self) -> bool {
        self.width < 520
    }

    /// Both sides, not smaller than what a chart can be drawn on nor larger than a wall.
    fn bounded(self) -> (u32, u32) {
        (self.width.clamp(280, 4_000), self.height.clamp(160, 4_000))
    }
}

/// The colours of charts, from the mocks' tokens.
pub mod palette {
    use plotters::style::RGBColor;

    /// Text.
    pub const TEXT: RGBColor = RGBColor(0x22, 0x25, 0x2b);
    /// Quiet text.
    pub const QUIET: RGBColor = RGBColor(0x5b, 0x60, 0x69);
    /// Lines of axes and grids.
    pub const LINE: RGBColor = RGBColor(0xe9, 0xe3, 0xd8);
    /// The band of control limits.
    pub const BAND: RGBColor = RGBColor(0xee, 0xe9, 0xe0);
    /// What is shown but not ranked: 3.7 to 1 on white.
    pub const UNRANKED: RGBColor = RGBColor(0x8c, 0x83, 0x74);
    /// The institution's red: the value of the whole centre.
    pub const INSTITUTION: RGBColor = RGBColor(0x8f, 0x1d, 0x2c);
    /// The paper inside a hollow dot.
    pub const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
    /// The five levels, best first.
    pub const LEVELS: [RGBColor; 5] = [
        RGBColor(0x1a, 0x7f, 0x64),
        RGBColor(0x5a, 0xa4, 0x69),
        RGBColor(0xd9, 0xa9, 0x2b),
        RGBColor(0xdd, 0x7a, 0x33),
        RGBColor(0xb9, 0x3a, 0x2f),
    ];
}

/// A chart that could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// plotters could not draw; never because of the figures.
    #[error("the chart could not be drawn ({0}); this is a fault of the program, please report it")]
    Drawing(String),
}

impl ChartError {
    fn from_drawing(error: impl std::fmt::Display) -> Self {
        Self::Drawing(error.to_string())
    }
}

#[cfg(test)]
mod tests;
