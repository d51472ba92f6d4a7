//! A chart as a picture to take away: as SVG whose letters are shapes, so that every program draws it
//! alike without our fonts, and as PNG. Both come from the same SVG and have the same fonts as the
//! documents.

use crate::document::ReportError;
use crate::drawable_text::fit_texts;
use crate::world::FONT_FILES;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Indent, Options, Tree, WriteOptions, fontdb::Database};
use std::sync::{Arc, LazyLock};

/// Digits behind the point of a coordinate: a thousandth of a pixel is seen by nobody.
const PRECISION: u8 = 3;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in &FONT_FILES {
        fonts.load_font_data(file.to_vec());
    }
    Arc::new(fonts)
});

/// An SVG with every letter as a shape. Its title stays, for those who can not see it.
pub fn svg(chart: &str) -> Result<String, ReportError> {
    let options = WriteOptions {
        coordinates_precision: PRECISION,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    let shapes = tree(chart)?.to_string(&options);
    let (_, title) = chart.split_once("<title>").unwrap_or_default();
    let (title, _) = title.split_once("</title>").unwrap_or_default();
    let (head, body) = shapes.split_once('>').unwrap_or_default();
    Ok(format!("{head} role=\"img\"><title>{title}</title>{body}"))
}

/// An SVG as PNG, so many pixels wide.
pub fn png(chart: &str, width: u32) -> Result<Vec<u8>, ReportError> {
    let tree = tree(chart)?;
    let size = tree.size();
    let scale = width as f32 / size.width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousands")]
    let height = (size.height() * scale).ceil() as u32;
    let no_room = || ReportError::Picture("it has no size".to_owned());
    let mut pixels = Pixmap::new(width, height).ok_or_else(no_room)?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| ReportError::Picture(error.to_string()))
}

fn tree(chart: &str) -> Result<Tree, ReportError> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let read = Tree::from_str(&fit_texts(chart), &options);
    read.map_err(|error| ReportError::Picture(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{self, Frame, Size};
    use crate::figures::Figures;

    fn sheet(centre: &str) -> String {
        let json = include_str!("../tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        let chart = charts::groups(&figures, locales::texts("vi"), Size::WIDE_ROWS).unwrap();
        let title = "Theo cơ quan".to_owned();
        let frame = Frame { centre: centre.into(), title, ..Frame::default() };
        charts::framed(&chart, &frame).unwrap()
    }

    #[test]
    fn a_picture_needs_no_font_of_who_opens_it() {
        let picture = svg(&sheet("Trung tâm")).unwrap();
        assert!(picture.starts_with("<svg ") && !picture.contains("<text"), "{picture}");
        assert!(picture.contains("<title>Theo cơ quan</title>"));
        // Without a font there would be no letters at all.
        let other = svg(&sheet("Trung tâm có tên dài hơn")).unwrap();
        assert!(other.len() > picture.len() && picture.matches("<path").count() > 50);
    }

    #[test]
    fn a_png_is_as_wide_as_it_was_asked_for() {
        let made = png(&sheet("Trung tâm"), 1_600).unwrap();
        let read = image::load_from_memory(&made).unwrap();
        assert_eq!(read.width(), 1_600);
        assert!(read.height() > 400);
        assert_eq!(read.to_rgba8().get_pixel(0, 0).0, [255; 4], "on white paper");
        assert!(png("<svg", 100).is_err());
    }
}
