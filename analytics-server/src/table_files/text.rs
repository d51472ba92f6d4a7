//! What a text looks like in a cell of a file for people. A spreadsheet program that opens a CSV file
//! takes texts for formulas (which is dangerous), and for numbers, dates and truth values (which
//! changes them: the code 1.012010 becomes 1.01201, the code 1-2 the first of February). Such a text
//! gets an apostrophe in front, the spreadsheet programs' own sign of a text; the import removes it with
//! [`as_typed`]. Workbooks have types, so nothing is put in front there.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What a spreadsheet program takes for the beginning of a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>), also in full width.
const FORMULA: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '−'];

/// Words that stand beside the digits of a number, a date or a time in English and Vietnamese.
const WORDS: &[&str] = &[
    "e",
    "a",
    "p",
    "am",
    "pm",
    "sa",
    "ch",
    "t",
    "z",
    "gmt",
    "utc",
    "vnd",
    "vnđ",
    "usd",
    "đ",
    "d",
    "tháng",
    "thg",
    "th",
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
];

/// Signs that stand within a number, a date or a time, or beside one.
const SIGNS: &str = ".,:;/\\-+−()'’%‰$€£¥₫^ ";

/// Letters that are not seen, or that change how others stand: a formula can hide behind them.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}'
    )
}

fn is_passed_over(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || is_invisible(letter)
}

/// Whether a spreadsheet program may take a text for a formula, also behind spaces and letters that
/// are not seen.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(FORMULA) || cell.trim_start_matches(is_passed_over).starts_with(FORMULA)
}

/// Whether a spreadsheet program may take a text for a number, a date, a time, a truth value or an
/// error. Rather too often than too seldom.
fn is_value(cell: &str) -> bool {
    let cell = cell.trim_matches(is_passed_over).to_lowercase();
    if cell.starts_with('\'') {
        return false;
    }
    if matches!(cell.as_str(), "true" | "false" | "đúng" | "sai") {
        return true;
    }
    if cell.starts_with('#') {
        return cell.ends_with(['!', '?']) || cell.ends_with("/a");
    }
    // No number or date has so many parts: the identity of a rating is none, even if it had no letter.
    if !cell.contains(char::is_numeric) || cell.matches('-').count() >= 4 {
        return false;
    }
    let is_sign =
        |letter: char| letter.is_numeric() || is_passed_over(letter) || SIGNS.contains(letter);
    let mut words = cell.split(is_sign).filter(|word| !word.is_empty()).peekable();
    // A code such as E12 begins with a letter; only months do that among dates.
    let begins_with_word = cell.starts_with(char::is_alphabetic);
    if begins_with_word && words.peek().is_some_and(|word| word.len() < 3) {
        return false;
    }
    words.all(|word| WORDS.contains(&word))
}

/// What needs the apostrophe; `odd` says what is odd without one. A text that has one already and
/// would lose it on the way back gets a second one.
fn needs_apostrophe(cell: &str, odd: fn(&str) -> bool) -> bool {
    odd(cell) || cell.strip_prefix('\'').is_some_and(|rest| needs_apostrophe(rest, is_odd))
}

fn is_odd(cell: &str) -> bool {
    is_formula(cell) || is_value(cell)
}

/// A text without control characters, for files and for pages. They are shown and not removed, so that the
/// people who judge a comment see that it was manipulated: controls as their pictures, marks that change
/// the direction of writing by their numbers. Line breaks and tabs stay.
pub fn visible(cell: &str) -> Cow<'_, str> {
    let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_obeyed = |letter: char| {
        (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')) || turns(letter)
    };
    if !cell.contains(is_obeyed) {
        return Cow::Borrowed(cell);
    }
    let mut shown = String::with_capacity(cell.len());
    for letter in cell.chars() {
        match letter {
            '\u{0}'..='\u{1f}' if is_obeyed(letter) => {
                shown.extend(char::from_u32(0x2400 + u32::from(letter)));
            }
            '\u{7f}' => shown.push('\u{2421}'),
            // Writing to a string can not fail.
            odd if is_obeyed(odd) => drop(write!(shown, "[U+{:04X}]", u32::from(odd))),
            plain => shown.push(plain),
        }
    }
    Cow::Owned(shown)
}

/// A cell of CSV that no program takes for a formula: for texts that may become numbers and dates,
/// because they are some.
pub fn harmless(cell: &str) -> String {
    let cell = visible(cell);
    if needs_apostrophe(&cell, is_formula) { format!("'{cell}") } else { cell.into_owned() }
}

/// A cell of CSV that every program takes for this text and nothing else: for codes, names and what
/// people wrote.
pub fn as_text(cell: &str) -> String {
    let cell = visible(cell);
    if needs_apostrophe(&cell, is_odd) { format!("'{cell}") } else { cell.into_owned() }
}

/// A cell as it was before [`harmless`] or [`as_text`].
pub fn as_typed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_apostrophe(rest, is_odd) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_is_a_formula_wherever_it_hides() {
        for cell in [
            "=1+1",
            "+84",
            "-5",
            "@sum",
            "\tx",
            "\rx",
            "\n=1",
            " =1",
            "\u{200b}=1",
            "\u{feff}+1",
            "\u{a0}@x",
            "\u{3000}＝1",
            "＋1",
            "－1",
            "＠x",
            " \t-x",
        ] {
            for kept in [harmless(cell), as_text(cell)] {
                assert!(kept.starts_with('\''), "{cell:?}");
                assert_eq!(as_typed(&kept), visible(cell), "{cell:?}");
            }
        }
        for cell in ["", "Sở Tư pháp", "'trích", "a=1", " ", "Phục vụ tốt (10/10 điểm)"]
        {
            assert_eq!((harmless(cell), as_text(cell)), (cell.to_owned(), cell.to_owned()));
            assert_eq!(as_typed(cell), cell);
        }
    }

    #[test]
    fn codes_stay_what_they_are() {
        for cell in [
            "1.012010",
            "007",
            "1-2",
            "TRUE",
            "false",
            "1E5",
            "1e230107",
            "12345678901234567",
            "3/4",
            "12:30",
            "1 000",
            "Mar-1",
            "SEPT2",
            "2 Jan 2023",
            "9 AM",
            "5%",
            "1,5",
            "1.000.000 đ",
            "#N/A",
            "#DIV/0!",
            "１２",
            "0001",
            "(5)",
            "12 tháng 3",
            "2023-01-03T07:00:00Z",
            "1d5",
        ] {
            assert_eq!(as_text(cell), format!("'{cell}"));
            assert_eq!(as_typed(&as_text(cell)), cell);
        }
        for cell in [
            "Q01",
            "E12",
            "A5",
            "CC001",
            "H53.10-230103-0001",
            "STP",
            "h000e989230107440",
            "B001",
            "0199b2c4-7a5e-7000-8000-000000000001",
            "00000000-0000-0000-0000-000000000001",
            "Quầy 01",
            "waiting",
            "Jan",
            "12 người",
            "#1",
        ] {
            assert_eq!(as_text(cell), cell);
        }
        assert_eq!(harmless("07:30"), "07:30", "a time may be one where it is meant");
    }

    #[test]
    fn nothing_in_a_cell_gives_a_screen_orders() {
        assert_eq!(visible("a\u{1b}[2Jb\u{7f}"), "a\u{241b}[2Jb\u{2421}");
        assert_eq!(visible("\u{202e}gpj.exe\u{9b}"), "[U+202E]gpj.exe[U+009B]");
        assert_eq!(visible("dòng 1\ndòng 2"), "dòng 1\ndòng 2");
        // Khmer parts its words by letters of no width; they are no trick there.
        assert_eq!(visible("សួស្តី\u{200b}លោក"), "សួស្តី\u{200b}លោក");
    }

    proptest! {
        /// Every text of a cell is read back from a file as it was shown.
        #[test]
        fn what_was_written_comes_back(cell in "['=0-9.eE \u{200b}Ａ-Ｚa-zạ+@#/:-]{0,12}|\\PC{0,40}") {
            for kept in [harmless(&cell), as_text(&cell)] {
                prop_assert_eq!(as_typed(&kept), visible(&cell));
                prop_assert!(!is_formula(&kept));
            }
            prop_assert!(!is_odd(&as_text(&cell)));
        }
    }
}
