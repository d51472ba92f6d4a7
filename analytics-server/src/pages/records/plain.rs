//! Vietnamese without its marks, for searching: whoever types “cho lau” finds “Chờ lâu”. Folded
//! here and not in the database, because both databases fold differently and a folded copy of a
//! comment would be one more place to redact.

/// Each group: the plain letter first, then its marked forms.
const MARKED: [&str; 7] = [
    "aàáảãạăằắẳẵặâầấẩẫậ",
    "eèéẻẽẹêềếểễệ",
    "iìíỉĩị",
    "oòóỏõọôồốổỗộơờớởỡợ",
    "uùúủũụưừứửữự",
    "yỳýỷỹỵ",
    "dđ",
];

/// A text in small letters without marks, also without those that are written apart.
pub(super) fn plain(text: &str) -> String {
    let apart = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    let fold = |letter: char| {
        let group = MARKED.iter().find(|group| group.contains(letter));
        group.and_then(|group| group.chars().next()).unwrap_or(letter)
    };
    text.chars().flat_map(char::to_lowercase).filter(|letter| !apart(letter)).map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn marks_and_capitals_are_passed_over() {
        assert_eq!(
            plain("CHỜ ĐỢI LÂU quá, chưa được hướng dẫn"),
            "cho doi lau qua, chua duoc huong dan"
        );
        assert_eq!(plain("Cho\u{300} đợi"), "cho doi", "marks written apart");
        assert_eq!(plain("B012 – <b>"), "b012 – <b>");
    }
}
