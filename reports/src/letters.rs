//! Letters that no XML and no PDF can hold. A name with one of them, pasted from some other program
//! and stored long ago, must not keep a report from being made: they are shown as `�`.

use serde_json::Value;
use std::borrow::Cow;

/// The text with every control character but tab and line ends, and every code point that is no
/// letter for ever, replaced by U+FFFD.
pub(crate) fn writable(text: &str) -> Cow<'_, str> {
    if text.contains(is_unwritable) {
        Cow::Owned(text.replace(is_unwritable, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The same for all texts of a value.
pub(crate) fn make_writable(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(written) = writable(text) {
                *text = written;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(make_writable),
        Value::Object(fields) => fields.values_mut().for_each(make_writable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_unwritable(letter: char) -> bool {
    let is_control = letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    // XML forbids the first two of the 66 noncharacters, fonts have none of them.
    is_control || matches!(u32::from(letter) & 0xffff, 0xfffe | 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_not_be_written_is_replaced() {
        assert_eq!(writable("Sở B\u{1}\u{b}dọc"), "Sở B��dọc");
        assert_eq!(writable("\0\u{1b}\u{7f}\u{85}\u{fffe}\u{1ffff}"), "������");
        let good = "Sở Tư pháp\t\r\n – “ộ” \u{a0}ខ្មែរ";
        assert!(matches!(writable(good), Cow::Borrowed(same) if same == good));
        let mut value = serde_json::json!({"a": ["\u{b}", {"b": "x\u{1}"}], "c": 1});
        make_writable(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["�", {"b": "x�"}], "c": 1}));
    }
}
