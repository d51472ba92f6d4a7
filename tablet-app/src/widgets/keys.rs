//! What stands on the keyboard on the glass: rows of keys as data. The order is that of every
//! Vietnamese phone and computer, and never changes but for the row of digits that VNI needs.

use crate::typing::Method;

/// Whether letters are capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    /// Small letters.
    #[default]
    Off,
    /// The next letter is a capital.
    Once,
    /// All letters are capitals.
    Lock,
}

impl Shift {
    /// What a press of the key leads to.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Off => Self::Once,
            Self::Once => Self::Lock,
            Self::Lock => Self::Off,
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cap {
    /// Writes this letter, digit or mark.
    Letter(char),
    /// Takes one away.
    Erase,
    /// Capitals.
    Shift,
    /// To the digits and marks, or back.
    Symbols,
    /// Another way of typing.
    Method,
}

/// A key and its width, in tenths of the keyboard.
pub(super) type Placed = (Cap, f32);

fn letters(row: &str) -> impl Iterator<Item = Placed> {
    row.chars().map(|letter| (Cap::Letter(letter), 1.0))
}

/// The rows of a page, top first. A row that is shorter than ten tenths stands in the middle.
pub(super) fn rows(method: Method, symbols: bool) -> Vec<Vec<Placed>> {
    let wide = |cap, width| std::iter::once((cap, width));
    let mut rows: Vec<Vec<Placed>> = if symbols {
        let marks = wide(Cap::Letter('!'), 1.5).chain(letters("~@%&_*#"));
        vec![
            letters("1234567890").collect(),
            letters("-/:;()\"'+=").collect(),
            marks.chain(wide(Cap::Erase, 1.5)).collect(),
        ]
    } else {
        let last = wide(Cap::Shift, 1.5).chain(letters("zxcvbnm"));
        vec![
            letters("qwertyuiop").collect(),
            letters("asdfghjkl").collect(),
            last.chain(wide(Cap::Erase, 1.5)).collect(),
        ]
    };
    if method == Method::Vni && !symbols {
        rows.insert(0, letters("1234567890").collect());
    }
    rows.push(vec![
        (Cap::Symbols, 1.5),
        (Cap::Method, 1.5),
        (Cap::Letter(','), 1.0),
        (Cap::Letter(' '), 4.0),
        (Cap::Letter('.'), 1.0),
        (Cap::Letter('?'), 1.0),
    ]);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_wider_than_the_keyboard_and_no_key_stands_twice() {
        for method in Method::ALL {
            for symbols in [false, true] {
                let rows = rows(method, symbols);
                assert_eq!(rows.len(), 4 + usize::from(method == Method::Vni && !symbols));
                let width = |row: &Vec<Placed>| row.iter().map(|(_, width)| width).sum::<f32>();
                assert!(rows.iter().all(|row| width(row) <= 10.0), "{method:?}");
                let mut seen = Vec::new();
                for (cap, _) in rows.concat() {
                    assert!(!seen.contains(&cap), "{cap:?}");
                    seen.push(cap);
                }
            }
        }
    }
}
