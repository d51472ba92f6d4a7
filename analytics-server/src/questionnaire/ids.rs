//! The code of an item, by which its answers are counted: made from its Vietnamese text where nobody
//! typed one.

use crate::normalization::searchable;

/// Letters of a code that is made; behind them there is room for a number.
const CHARS: usize = 48;

/// A code for a text: its letters without marks, joined by underscores, with a number behind where
/// another item has it already.
pub fn id_of(text: &str, taken: &[String]) -> String {
    let mut id = String::new();
    for letter in searchable(text).chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter);
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
    }
    id.truncate(CHARS);
    let id = match id.trim_end_matches('_') {
        "" => "muc",
        id => id,
    };
    let free = |one: &String| !taken.contains(one);
    let mut numbered = (2..=taken.len() + 2).map(|number| format!("{id}_{number}"));
    Some(id.to_owned()).filter(free).or_else(|| numbered.find(free)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_plain_unique_and_never_too_long() {
        let taken = ["cho_doi_lau".to_owned(), "cho_doi_lau_2".to_owned()];
        for (text, id) in [
            ("Thái độ phục vụ", "thai_do_phuc_vu"),
            ("  Đi lại nhiều lần, mất công! ", "di_lai_nhieu_lan_mat_cong"),
            ("Chờ đợi lâu", "cho_doi_lau_3"),
            ("24/7", "24_7"),
            ("…", "muc"),
            ("រង់ចាំ", "muc"),
        ] {
            assert_eq!(id_of(text, &taken), id, "{text}");
        }
        let long = id_of(&"dài ".repeat(60), &[]);
        assert!(
            long.len() <= protocol::limits::CODE_CHARS && long.starts_with("dai_dai"),
            "{long}"
        );
        assert!(!long.ends_with('_'), "{long}");
    }
}
