//! What is done to every text that comes in from outside, by file or by form: letters without a
//! shape go, and decomposed letters are composed, so that two texts that look alike are the same.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text without shapeless letters, composed (NFC). Most texts are so already and cost no copy.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(is_shapeless) {
        return match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(text),
            _ => Cow::Owned(text.nfc().collect()),
        };
    }
    let mut shaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if !is_shapeless(letter) || joins(letter, shaped.chars().next_back()) {
            shaped.push(letter);
        }
    }
    // A joiner at the end joins nothing and is removed like the others.
    let end = shaped.trim_end_matches(is_shapeless).len();
    shaped.truncate(end);
    Cow::Owned(shaped.nfc().collect())
}

/// The same in one line: line breaks and tabs become single spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = composed(text);
    if !text.contains(['\n', '\r', '\t']) {
        return text;
    }
    let lines = text.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

/// Marks of Latin letters (Unicode's block of combining diacritical marks). Those of other scripts are
/// more: the vowels of Khmer are marks, and without them different words are the same.
const LATIN_MARKS: RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// A text by which it is found and compared: small letters without the marks of Latin ones, so that
/// `nguyen` finds Nguyễn.
pub fn searchable(text: &str) -> String {
    let plain = |c: char| if c == 'đ' { 'd' } else { c };
    let small = text.to_lowercase();
    small.nfd().filter(|c| !LATIN_MARKS.contains(c)).map(plain).collect()
}

/// Letters that no eye sees: Unicode's `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt),
/// and the interlinear marks.
pub const fn is_shapeless(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a shapeless letter does something: Khmer parts its words by U+200B, and joined signs
/// need their joiners. No Latin letter needs one.
fn joins(letter: char, before: Option<char>) -> bool {
    let latin = |c: char| c < '\u{900}' || ('\u{1e00}'..='\u{1eff}').contains(&c);
    matches!(letter, '\u{200b}'..='\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
        && before.is_some_and(|before| !latin(before) && !before.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_become_the_same() {
        for text in ["Quầy số 01", "Q01", "Nguyễn Văn A", "ប្រជាជន\u{200b}កម្ពុជា"]
        {
            let decomposed: String = text.nfd().collect();
            assert_eq!(composed(text), text);
            assert_eq!(composed(&decomposed), text);
        }
        let shapeless = ['\u{ad}', '\u{34f}', '\u{115f}', '\u{200b}', '\u{200e}', '\u{2060}'];
        for letter in shapeless.into_iter().chain(['\u{feff}', '\u{3164}', '\u{e0020}']) {
            for text in
                [format!("{letter}CC001"), format!("CC{letter}001"), format!("CC001{letter}")]
            {
                assert_eq!(composed(&text), "CC001", "{letter:?}");
            }
            let name: String = format!("Trần{letter} Thị B").nfd().collect();
            assert_eq!(composed(&name), "Trần Thị B", "{letter:?}");
        }
        assert_eq!(one_line("Chờ lâu \r\n và\tphải đi lại\n"), "Chờ lâu và phải đi lại");
        assert_eq!(searchable("ĐÁNH GIÁ"), "danh gia");
    }

    #[test]
    fn marks_and_capitals_are_passed_over() {
        assert_eq!(
            searchable("CHỜ ĐỢI LÂU quá, chưa được hướng dẫn"),
            "cho doi lau qua, chua duoc huong dan"
        );
        assert_eq!(searchable("Cho\u{300} đợi"), "cho doi", "marks written apart");
        assert_eq!(searchable("B012 – <b>"), "b012 – <b>");
        assert_ne!(
            searchable("លឿន"),
            searchable("លាន"),
            "a vowel of Khmer is no mark to pass over"
        );
    }
}
