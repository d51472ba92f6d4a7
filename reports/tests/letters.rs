//! A report can be made with every letter in names. Every code point of the Latin alphabets and
//! samples of all other blocks of Unicode are put into names of departments, officers, the centre and the
//! letterhead.

#![allow(clippy::unwrap_used, reason = "a test")]

use jiff::civil::date;
use reports::figures::{Figures, Group};
use reports::{Letterhead, Report};

/// Names in one report; each is drawn in tables, and those of departments in charts, too.
const NAMES: usize = 40;

/// Letters in one name.
const LETTERS: usize = 12;

fn figures() -> Figures {
    let path = format!("{}/tests/fixture/tayninh-2023-09.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A report with these names everywhere; what is wrong with it.
fn fault_of(names: &[String]) -> Option<String> {
    let mut figures = figures();
    let (department, officer) = (figures.departments[0].clone(), figures.officers[0].clone());
    let group = |name: &String, of: &Group| Group { name: name.clone(), ..of.clone() };
    figures.departments = names.iter().map(|name| group(name, &department)).collect();
    figures.officers = names
        .iter()
        .map(|name| Group { department: Some(name.clone()), ..group(name, &officer) })
        .collect();
    let name = || names.first().cloned().unwrap_or_default();
    let letterhead = Letterhead {
        parent_agency: name(),
        agency: name(),
        document_number: name(),
        place: name(),
        signer_title: name(),
        signer_name: name(),
        signer_authority: name(),
        distribution: names.to_vec(),
    };
    let part = name();
    let report = Report {
        part: Some(&part),
        ..Report::new(&figures, &letterhead, date(2023, 10, 20), "vi")
    };
    match report.compile() {
        // A report that was made without its charts or in plain letters alone is no success.
        Ok(document) => document.fault().map(str::to_owned),
        Err(error) => Some(error.to_string()),
    }
}

/// The shortest texts with which there is no whole report, found by halving.
fn faulty(letters: &[char]) -> Vec<(String, String)> {
    let words: Vec<String> = letters.chunks(LETTERS).map(|some| some.iter().collect()).collect();
    words.chunks(NAMES).flat_map(faulty_names).collect()
}

fn faulty_names(names: &[String]) -> Vec<(String, String)> {
    let Some(fault) = fault_of(names) else { return Vec::new() };
    let mut found = Vec::new();
    if names.len() > 1 {
        let (left, right) = names.split_at(names.len() / 2);
        found = [faulty_names(left), faulty_names(right)].concat();
    } else if let Some(name) = names.first().filter(|name| name.chars().count() > 1) {
        let all: Vec<char> = name.chars().collect();
        let (left, right) = all.split_at(all.len() / 2);
        for half in [left, right] {
            found.extend(faulty_names(&[half.iter().collect()]));
        }
    }
    if found.is_empty() {
        let escaped = names.iter().map(|name| name.escape_unicode().to_string());
        found.push((escaped.collect::<Vec<_>>().join(" "), fault));
    }
    found
}

fn letters(ranges: &[(u32, u32)], step: usize) -> Vec<char> {
    let all = ranges.iter().flat_map(|(first, last)| (*first..=*last).step_by(step));
    all.filter_map(char::from_u32).collect()
}

#[test]
fn every_letter_of_latin_alphabets_makes_a_whole_report() {
    let latin = [
        (0x20, 0x36f),
        (0x1ab0, 0x1aff),
        (0x1d00, 0x1eff),
        (0x2c60, 0x2c7f),
        (0xa720, 0xa7ff),
        (0xab30, 0xab6f),
        (0xfb00, 0xfb06),
        (0xff21, 0xff5a),
        (0x10780, 0x107ba),
        (0x1df00, 0x1df2a),
    ];
    assert_eq!(faulty(&letters(&latin, 1)), []);
}

#[test]
fn letters_of_every_block_make_a_whole_report() {
    // Private use (also what old word processors put there), specials, Khmer whole; of all other
    // planes one letter in every seven, of CJK and Hangul some.
    let whole = [(0x0, 0x20), (0x7f, 0xa0), (0x1780, 0x17ff), (0x2000, 0x206f), (0xf000, 0xf0ff)];
    let mut all = letters(&whole, 1);
    all.extend(letters(&[(0x370, 0x33ff), (0xa000, 0xabff)], 7));
    all.extend(letters(&[(0x3400, 0x9fff), (0xac00, 0xd7ff)], 997));
    all.extend(letters(&[(0xe000, 0xffff)], 61));
    all.extend(letters(&[(0x10000, 0x1ffff)], 37));
    all.extend(letters(&[(0x20000, 0x10_ffff)], 24_989));
    assert_eq!(faulty(&all), []);
}

#[test]
fn names_of_several_alphabets_and_directions_make_a_whole_report() {
    let names = [
        "Phòng ខ្មែរ và Dân tộc",
        "Sở \u{202e}שלום\u{202c} Tư pháp",
        "مركز الخدمات và عام",
        "Čĕŭŏĭ Ĉŝǎșṃ Êđê Gia Rai: ĕ ŏ̆ č̆",
        "Z\u{35f}\u{35f}\u{35f}a\u{35f}l\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}go",
        "中文 日本語 한국어 👨‍👩‍👧 🇻🇳",
        "Sơ\u{309} Tư pha\u{301}p \u{f001}\u{2028}\u{2029}",
        "&amp; <tspan> </text> ]]> &#1; \u{35f}&lt;",
        "\u{301}",
        "",
        "   ",
        "\u{17d2}\u{17b6}\u{17d2}",
    ];
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    assert_eq!(fault_of(&names), None);
    for name in &names {
        assert_eq!(fault_of(std::slice::from_ref(name)), None, "{name:?}");
    }
}
