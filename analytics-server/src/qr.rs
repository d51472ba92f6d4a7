//! Pictures that a camera reads: a text as an SVG that stands in a page as it is.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// Empty modules around the picture that readers need (ISO/IEC 18004).
const MARGIN: usize = 4;

/// The picture of a text; none when the text is too long for one.
pub fn svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let edge = code.size + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y][x].value() {
                // Writing to a string can not fail.
                let _ = write!(path, "M{},{}h1v1h-1z", x + MARGIN, y + MARGIN);
            }
        }
    }
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {edge} {edge}\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><rect width=\"{edge}\" height=\"{edge}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_picture_with_a_margin_unless_it_is_too_long() {
        let picture = svg("hai-long://enrol?server=http%3A%2F%2Fx&code=7KQ2-M9XF").unwrap();
        assert!(picture.contains("M4,4h1v1h-1z"), "the corner begins behind the margin");
        assert!(!picture.contains("style"));
        assert_eq!(svg(&"x".repeat(5_000)), None);
    }
}
