//! The sheet that a chart is drawn on: a few marks and texts in pixels of the picture, and the SVG
//! that comes out. plotters guesses the width of text, so every text is placed by its anchor and
//! nothing depends on a guess but where a long name is cut.

use super::{ChartError, palette};
use crate::drawable_text::{escaped, writable};
use crate::world::CHART_FONT;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Mean width of a letter in parts of the font size, for Be Vietnam Pro Regular over the names of
/// departments (measured 0.50 to 0.52).
const LETTER: f64 = 0.53;

/// plotters divides the size of a font by this before it writes the SVG.
const PLOTTERS_FONT_SCALE: f64 = 1.24;

/// What the marks are drawn on, in pixels.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// How a text stands: its size in pixels, weight, colour and which of its ends is at the point.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// Size in pixels.
    pub size: f64,
    /// Weight 700 instead of 400.
    pub bold: bool,
    /// Colour.
    pub colour: RGBColor,
    /// The end at the point.
    pub at: HPos,
}

impl Type {
    /// Text that starts at its point.
    pub const fn new(size: f64, colour: RGBColor) -> Self {
        Self { size, bold: false, colour, at: HPos::Left }
    }

    /// The same, ending at its point.
    pub const fn ending(self) -> Self {
        Self { at: HPos::Right, ..self }
    }

    /// The same, with its middle at its point.
    pub const fn centred(self) -> Self {
        Self { at: HPos::Center, ..self }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

impl Canvas<'_> {
    /// A text, its middle line at the height of the point.
    pub fn text(&self, text: &str, point: (i32, i32), of: Type) -> Result<(), ChartError> {
        let style = if of.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font =
            FontDesc::new(FontFamily::Name(CHART_FONT), of.size * PLOTTERS_FONT_SCALE, style);
        let style = TextStyle::from(font).color(&of.colour).pos(Pos::new(of.at, VPos::Center));
        self.area.draw(&Text::new(writable(text), point, style)).map_err(ChartError::from_drawing)
    }

    /// A line through points.
    pub fn line(
        &self,
        points: Vec<(i32, i32)>,
        colour: RGBColor,
        width: u32,
    ) -> Result<(), ChartError> {
        let path = PathElement::new(points, colour.stroke_width(width));
        self.area.draw(&path).map_err(ChartError::from_drawing)
    }

    /// A filled rectangle from its upper left to its lower right corner.
    pub fn bar(&self, corners: [(i32, i32); 2], colour: RGBColor) -> Result<(), ChartError> {
        let bar = Rectangle::new(corners, colour.filled());
        self.area.draw(&bar).map_err(ChartError::from_drawing)
    }

    /// The outline of a rectangle.
    pub fn outline(
        &self,
        corners: [(i32, i32); 2],
        colour: RGBColor,
        width: u32,
    ) -> Result<(), ChartError> {
        let outline = Rectangle::new(corners, colour.stroke_width(width));
        self.area.draw(&outline).map_err(ChartError::from_drawing)
    }

    /// A filled shape.
    pub fn shape(&self, points: Vec<(i32, i32)>, colour: RGBColor) -> Result<(), ChartError> {
        self.area.draw(&Polygon::new(points, colour.filled())).map_err(ChartError::from_drawing)
    }

    /// A filled dot.
    pub fn dot(&self, at: (i32, i32), radius: i32, colour: RGBColor) -> Result<(), ChartError> {
        self.area.draw(&Circle::new(at, radius, colour.filled())).map_err(ChartError::from_drawing)
    }
}

/// Draws a chart of `width` by `height` pixels and gives its SVG, which scales with the page and
/// says `title` to those who can not see it.
pub(super) fn draw(
    (width, height): (u32, u32),
    title: &str,
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let mut svg = String::new();
    {
        let canvas =
            Canvas { area: SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area() };
        paint(&canvas)?;
        canvas.area.present().map_err(ChartError::from_drawing)?;
    }
    let body = svg.split_once(">\n").map_or("", |(_, body)| body);
    let title = escaped(&writable(title));
    // No width and height: the page decides. The text inside is not read out letter by letter.
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{title}\">\n<title>{title}</title>\n{body}"
    ))
}

/// A picture with one quiet sentence in its middle, for figures that have nothing to draw.
pub(super) fn notice(size: (u32, u32), title: &str, sentence: &str) -> Result<String, ChartError> {
    draw(size, title, |canvas| {
        let middle = (pixel(f64::from(size.0) / 2.0), pixel(f64::from(size.1) / 2.0));
        canvas.text(sentence, middle, Type::new(14.0, palette::QUIET).centred())
    })
}

/// The pixel nearest to `place`; places far outside any picture stop at its edge.
#[expect(clippy::cast_possible_truncation, reason = "clamped before")]
pub(super) fn pixel(place: f64) -> i32 {
    if place.is_finite() { place.round().clamp(-10_000.0, 10_000.0) as i32 } else { 0 }
}

/// Width of `text` in pixels, about.
pub(super) fn about_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * LETTER
}

/// `text`, cut with an ellipsis where it would be wider than `width` pixels.
pub(super) fn cut(text: &str, size: f64, width: f64) -> String {
    if about_width(text, size) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if about_width(&kept, size) + 2.0 * size * LETTER > width {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}
