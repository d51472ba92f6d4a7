//! Letters in names and sentences, before they are drawn. A name that was pasted from some other
//! program and stored long ago must not keep a report from being made, so each letter is drawn by
//! one of our fonts or shown as `�`. PDF/A-2a allows no letter without a shape and none of the
//! private use area; XML allows no control character. On pages the browser has its own fonts, so
//! pictures there only leave out what XML forbids.

use crate::world::{FAMILIES, has};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Stands for what can not be drawn.
const REPLACEMENT: char = '\u{fffd}';

/// Most marks on one letter; no language writes more, and more would climb into other lines.
const MARKS: usize = 4;

/// The text with every control character but tab and line ends, and every code point that is no
/// letter for ever, replaced by U+FFFD.
pub(crate) fn writable(text: &str) -> Cow<'_, str> {
    if text.contains(is_unwritable) {
        Cow::Owned(text.replace(is_unwritable, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as a document can draw it: composed, each letter in a font that has it with all its
/// marks, or `�`. What never has a shape, such as a zero-width space or a mark of direction, goes,
/// and separators of lines become spaces.
pub(crate) fn drawable(text: &str) -> String {
    pieces(text).into_iter().map(|(_, piece)| piece).collect()
}

/// The same for all texts of a value.
pub(crate) fn make_drawable(value: &mut Value) {
    match value {
        Value::String(text) => *text = drawable(text),
        Value::Array(values) => values.iter_mut().for_each(make_drawable),
        Value::Object(fields) => fields.values_mut().for_each(make_drawable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The last resort: letters of Latin alphabets, digits and usual marks alone in all texts of a value,
/// `�` for all else.
pub(crate) fn make_plain(value: &mut Value) {
    match value {
        Value::String(text) => *text = plain(text),
        Value::Array(values) => values.iter_mut().for_each(make_plain),
        Value::Object(fields) => fields.values_mut().for_each(make_plain),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A chart whose texts have only letters of one sign each: what an archived picture can hold for
/// certain. A letter stands without the marks that do not belong to it; the tables have them.
pub(crate) fn simple_texts(svg: &str) -> String {
    with_texts(svg, |text| {
        let letters = text.nfc().filter_map(shown).filter(|letter| !is_combining_mark(*letter));
        let simple = |letter| if is_simple(letter) { letter } else { REPLACEMENT };
        families(&letters.map(simple).collect::<String>())
    })
}

/// Letters of the scripts that are written one sign after the other, from left to right.
fn is_simple(letter: char) -> bool {
    let is_script = matches!(letter, '\0'..='\u{58f}' | '\u{1d00}'..='\u{23ff}' | '\u{2c60}'..='\u{2c7f}')
        || matches!(letter, '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}');
    is_script && family_of(&[letter]).is_some()
}

/// A chart with the same letters alone in its texts.
pub(crate) fn plain_texts(svg: &str) -> String {
    with_texts(svg, |text| escaped(&plain(text)))
}

fn plain(text: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_ascii()
            || matches!(letter, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ')
            || matches!(letter, 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ')
            || matches!(letter, '\u{a0}' | '–' | '…' | '“' | '”' | '’' | '·')
    };
    let shown = text.nfc().filter_map(shown);
    shown.map(|letter| if is_plain(letter) { letter } else { REPLACEMENT }).collect()
}

/// A chart for a document: in each of its texts, what its own font does not have names the font
/// that has it.
pub(crate) fn fit_texts(svg: &str) -> String {
    with_texts(svg, families)
}

/// A text as XML, with the font that draws each of its pieces.
fn families(text: &str) -> String {
    let mut fitted = String::with_capacity(text.len());
    for (family, piece) in pieces(text) {
        let piece = escaped(&piece);
        if family == FAMILIES[0] {
            fitted.push_str(&piece);
        } else {
            // Writing into a string does not fail.
            let _ = write!(fitted, "<tspan font-family=\"{family}\">{piece}</tspan>");
        }
    }
    fitted
}

/// A chart with each of its texts changed: from the letters to what XML writes.
fn with_texts(svg: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, text, after)) = next_text(rest) {
        changed.push_str(before);
        changed.push_str(&change(&unescaped(text)));
        rest = after;
    }
    changed.push_str(rest);
    changed
}

/// What stands before the content of the next `<text>`, the content, and what comes after it.
fn next_text(svg: &str) -> Option<(&str, &str, &str)> {
    let tag = svg.find("<text ")?;
    let start = tag + svg[tag..].find('>')? + 1;
    let end = start + svg[start..].find("</text>")?;
    Some((&svg[..start], &svg[start..end], &svg[end..]))
}

/// Characters that XML writes as words.
const ENTITIES: [(char, &str); 5] =
    [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&apos;")];

fn unescaped(text: &str) -> String {
    // The ampersand last: what it makes is not read again.
    let words = ENTITIES.iter().rev();
    words.fold(text.to_owned(), |text, (letter, word)| text.replace(word, &letter.to_string()))
}

/// A text as XML writes it.
pub(crate) fn escaped(text: &str) -> String {
    let words = ENTITIES.iter();
    words.fold(text.to_owned(), |text, (letter, word)| text.replace(*letter, word))
}

/// Runs of a text with the family that draws each.
fn pieces(text: &str) -> Vec<(&'static str, String)> {
    let mut pieces: Vec<(&'static str, String)> = Vec::new();
    let mut put = |family: &'static str, letters: &[char]| {
        let same = pieces.last_mut().filter(|piece| piece.0 == family);
        match same {
            Some(piece) => piece.1.extend(letters),
            None => pieces.push((family, letters.iter().collect())),
        }
    };
    let letters: Vec<char> = text.nfc().filter_map(shown).collect();
    let mut rest = letters.as_slice();
    while let [_, after @ ..] = rest {
        let marks = after.iter().take_while(|mark| is_combining_mark(**mark)).count();
        let end = 1 + marks.min(MARKS);
        if let Some(family) = family_of(&rest[..end]) {
            put(family, &rest[..end]);
        } else {
            // The letter alone; one sign says that its marks, or it, can not be drawn.
            if let Some(family) = family_of(&rest[..1]) {
                put(family, &rest[..1]);
            }
            put(family_of(&[REPLACEMENT]).unwrap_or(FAMILIES[0]), &[REPLACEMENT]);
        }
        rest = &rest[1 + marks..];
    }
    pieces
}

/// The first family that has a letter with all its marks. Marks need a letter to stand on.
fn family_of(cluster: &[char]) -> Option<&'static str> {
    let is_bare = cluster.first().is_some_and(|letter| letter.is_whitespace());
    if is_bare && cluster.len() > 1 {
        return None;
    }
    let draws = |family: &str| cluster.iter().all(|one| is_line(*one) || has(family, *one));
    FAMILIES.into_iter().find(|family| draws(family))
}

/// A letter as it is shown, if at all.
fn shown(letter: char) -> Option<char> {
    match letter {
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if is_shapeless(letter) => None,
        _ if is_unwritable(letter) || is_private(letter) => Some(REPLACEMENT),
        _ => Some(letter),
    }
}

fn is_line(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r')
}

fn is_unwritable(letter: char) -> bool {
    let is_control = letter.is_control() && !is_line(letter);
    // XML forbids the first two of the 66 noncharacters, fonts have none of them.
    is_control || matches!(u32::from(letter) & 0xffff, 0xfffe | 0xffff)
}

/// Private use: every font means something else by it.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Unicode's default ignorable code points: they steer the drawing of others and have no shape.
fn is_shapeless(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_not_be_written_is_replaced_on_pages() {
        assert_eq!(writable("Sở B\u{1}\u{b}dọc"), "Sở B��dọc");
        assert_eq!(writable("\0\u{1b}\u{7f}\u{85}\u{fffe}\u{1ffff}"), "������");
        let good = "Sở Tư pháp\t\r\n – “ộ” \u{a0}ខ្មែរ";
        assert!(matches!(writable(good), Cow::Borrowed(same) if same == good));
    }

    #[test]
    fn letters_without_a_shape_or_a_font_are_replaced_or_go() {
        for (name, drawn) in [
            ("Sở \u{1f642}中\u{feff}\u{200b} – “ộ” ≥ \u{fffd}\n", "Sở �� – “ộ” ≥ �\n"),
            // Decomposed letters are composed.
            ("Lê Thi\u{323} Tuye\u{302}\u{301}t", "Lê Thị Tuyết"),
            ("Ê\u{306} ĕ ŭ ŏ ĭ Ĉ ŝ ǎ ș ṃ", "Ê\u{306} ĕ ŭ ŏ ĭ Ĉ ŝ ǎ ș ṃ"),
            ("\u{f001}\u{f00a} A\u{10ffff}", "�� A�"),
            ("một\u{2028}hai\u{2029}ba", "một hai ba"),
            ("\0\u{7f}\u{202e}x\u{e0041}", "��x"),
            ("ខ្មែរ", "ខ្មែរ"),
            ("", ""),
        ] {
            assert_eq!(drawable(name), drawn, "{name:?}");
        }
        // A pile of marks is cut, and marks that no font has leave one sign.
        assert_eq!(drawable(&format!("a{}", "\u{1d165}".repeat(100))), "a�");
        assert!(drawable(&format!("x{}", "\u{301}".repeat(100))).chars().count() <= 1 + MARKS);
        assert_eq!(plain("Sở Nô\u{323}i vụ – ĕ ខ \u{301}\u{200b}"), "Sở Nội vụ – � � �");
        let mut value = serde_json::json!({"a": ["\u{b}", {"b": "x\u{1}"}], "c": 1});
        make_drawable(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["�", {"b": "x�"}], "c": 1}));
    }

    #[test]
    fn texts_of_a_chart_name_the_font_that_has_their_letters() {
        let svg = "<svg><title>ĕ</title><text x=\"1\">\nA &amp; ĕ&lt;\n</text><text y=\"2\">\nSở\n</text></svg>";
        let fitted = fit_texts(svg);
        let middle = "A &amp; <tspan font-family=\"Tinos\">ĕ</tspan>&lt;";
        assert!(fitted.contains(middle) && fitted.contains("<title>ĕ</title>"), "{fitted}");
        assert!(fitted.ends_with("<text y=\"2\">\nSở\n</text></svg>"), "{fitted}");
        assert_eq!(escaped(&unescaped("&amp;lt; &quot;'")), "&amp;lt; &quot;&apos;");
        assert_eq!(unescaped("&amp;lt;"), "&lt;");
    }
}
