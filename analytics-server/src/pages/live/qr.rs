//! A QR code as a drawing within a page.

use fast_qr::QRBuilder;
use std::fmt::Write as _;

/// Modules of quiet around a code, as the standard asks.
const QUIET: usize = 4;

/// A code's drawing: the side of its picture in modules, and the path of its dark ones.
pub(super) struct Code {
    pub side: usize,
    pub path: String,
}

/// The code of a text; none when the text is too long for one.
pub(super) fn code(text: &str) -> Option<Code> {
    let code = QRBuilder::new(text).build().ok()?;
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

#[cfg(test)]
mod tests {
    use super::*;

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
