//! Pictures that a camera reads: a text as a drawing that stands in a page as it is.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// Empty modules around the picture that readers need (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code's drawing: the side of its picture in modules, and the path of its dark ones.
pub struct Code {
    /// Modules of a side, with the quiet around it.
    pub side: usize,
    /// What the `d` of an SVG's path says.
    pub path: String,
}

/// The code of a text; none when the text is too long for one.
pub fn code(text: &str) -> Option<Code> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        for (column, module) in code[row].iter().enumerate().take(code.size) {
            if module.value() {
                // Writing to a string can not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
            }
        }
    }
    Some(Code { side: code.size + 2 * QUIET, path })
}

/// The code as a whole SVG.
pub fn svg(text: &str) -> Option<String> {
    let Code { side, path } = code(text)?;
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_picture_with_a_margin_unless_it_is_too_long() {
        let picture = svg("hai-long://enrol?server=http%3A%2F%2Fx&code=7KQ2-M9XF").unwrap();
        assert!(picture.contains("M4 4h1v1h-1z"), "the corner begins behind the margin");
        assert!(!picture.contains("style"));
        assert_eq!(svg(&"x".repeat(5_000)), None);
    }

    #[test]
    fn a_code_has_its_three_corners() {
        let code = code("https://hailong.example.gov.vn/public").unwrap();
        assert!(code.side > 21 + 2 * QUIET);
        let far = code.side - QUIET - 7;
        for (x, y) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            let dark = |x: usize, y: usize| code.path.contains(&format!("M{x} {y}h"));
            assert!(dark(x, y) && dark(x + 6, y + 6) && dark(x + 3, y + 3), "a ring and its heart");
            assert!(!dark(x + 1, y + 1), "the ring is hollow");
        }
        assert!(super::code(&"x".repeat(5_000)).is_none());
    }
}
