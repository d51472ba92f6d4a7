//! The Vietnamese terms of `docs/thuat-ngu.md`, held against every sentence: one thing has one name, and the
//! names that it does not have stand nowhere. In both languages, what a sentence quotes from a screen is
//! written on one.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Sentences that may have an expression of the column “never”, with it.
const EXCEPTIONS: [(&str, &str); 2] = [
    // The report says “thiết bị đánh giá điện tử” first and then the short form.
    ("report-method-4", "thiết bị"),
    ("report-task-few", "thiết bị"),
];

/// Quotations with a capital in front that name nothing on a screen.
const OTHER_QUOTATIONS: [&str; 4] = [
    // A choice of spreadsheet programs, and a column of files that is Vietnamese alone.
    "CSV UTF-8",
    "Mã hồ sơ",
    // What the sentence itself explains.
    "Thấp hơn rõ rệt",
    "Clearly lower",
];

/// A row of the table: the right terms, and the expressions that are not written.
struct Term {
    right: Vec<String>,
    never: Vec<String>,
}

fn terms() -> Vec<Term> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/thuat-ngu.md");
    let text = fs::read_to_string(path).unwrap();
    // The first row is the head; the rule below it does not begin with a space.
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let words = |cell: &str| -> Vec<String> {
        cell.split(';').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
    };
    let term = |row: &str| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [_, right, never] = cells[..] else { panic!("a row has three cells: {row}") };
        Term { right: words(right), never: words(never) }
    };
    rows.map(term).collect()
}

/// Keys and sentences of one language.
fn sentences(language: &str) -> Vec<(String, String)> {
    let is_key = |text: &str| {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        !text.is_empty() && text.chars().all(plain)
    };
    let mut all: Vec<(String, String)> = Vec::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(language)).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines() {
            if let Some((key, sentence)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                all.push((key.to_owned(), sentence.trim().to_owned()));
            } else if let (true, Some((_, sentence))) = (line.starts_with(' '), all.last_mut()) {
                sentence.push(' ');
                sentence.push_str(line.trim());
            }
        }
    }
    all
}

/// A sentence with a space for each of its places.
fn without_places(sentence: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for letter in sentence.chars() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                plain.push(' ');
            }
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// Whether a text has a word or words, whole.
fn has(text: &str, words: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
    })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The expressions of a term that a sentence has and should not have.
fn forbidden<'t>(term: &'t Term, sentence: &str) -> Vec<&'t str> {
    let mut rest = sentence.to_owned();
    for right in &term.right {
        for form in [right.clone(), capitalised(right), right.to_uppercase()] {
            rest = rest.replace(&form, " ");
        }
    }
    let rest = rest.to_lowercase();
    let never = term.never.iter().filter(|words| has(&rest, &words.to_lowercase()));
    never.map(String::as_str).collect()
}

#[test]
fn no_sentence_has_an_expression_that_is_never_written() {
    let terms = terms();
    assert!(terms.len() > 50, "the table was read");
    let mut found = Vec::new();
    for (key, sentence) in sentences("vi") {
        let plain = without_places(&sentence);
        for term in &terms {
            for words in forbidden(term, &plain) {
                if !EXCEPTIONS.contains(&(key.as_str(), words)) {
                    let right = term.right.join(" or ");
                    found.push(format!("{key} has “{words}”; the term is {right}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "docs/thuat-ngu.md: {found:#?}");
}

#[test]
fn every_exception_is_needed() {
    let sentences = sentences("vi");
    for (key, words) in EXCEPTIONS {
        let is_there = |(one, sentence): &(String, String)| one == key && has(sentence, words);
        assert!(sentences.iter().any(is_there), "{key} has no “{words}”");
    }
}

#[test]
fn words_are_found_whole_and_not_within_the_right_term() {
    let words = |words: &[&str]| words.iter().map(|one| (*one).to_owned()).collect();
    let officer =
        Term { right: words(&["công chức, viên chức"]), never: words(&["công chức"]) };
    assert_eq!(forbidden(&officer, "Công chức trực quầy"), ["công chức"]);
    for right in ["Công chức, viên chức", "CÔNG CHỨC, VIÊN CHỨC", "công chứcx", ""] {
        assert!(forbidden(&officer, right).is_empty(), "{right}");
    }
    let centre = Term { right: words(&["Trung tâm"]), never: words(&["trung tâm"]) };
    assert_eq!(forbidden(&centre, "toàn trung tâm, Trung tâm"), ["trung tâm"]);
    assert!(forbidden(&centre, "Trung tâm, TRUNG TÂM").is_empty());
    assert_eq!(without_places("từ { $email } đến { $a ->\n [one] x\n}."), "từ   đến  .");
}

#[test]
fn what_a_sentence_quotes_from_a_screen_is_written_on_one() {
    for language in ["vi", "en"] {
        let all = sentences(language);
        let labels: BTreeSet<&str> = all.iter().map(|(_, sentence)| sentence.as_str()).collect();
        assert!(labels.len() > 1_000, "{language} was read");
        let mut missing = Vec::new();
        for (key, sentence) in &all {
            let quotations = sentence.split('“').skip(1).filter_map(|part| part.split_once('”'));
            // Commands, signs and words of other programs begin with a small letter or none.
            let names = quotations
                .map(|(quoted, _)| quoted)
                .filter(|quoted| quoted.starts_with(char::is_uppercase) && !quoted.contains('{'));
            let unknown =
                names.filter(|name| !labels.contains(name) && !OTHER_QUOTATIONS.contains(name));
            missing.extend(unknown.map(|name| format!("{key} quotes “{name}”")));
        }
        assert!(missing.is_empty(), "{language}: no screen says so: {missing:#?}");
    }
}
