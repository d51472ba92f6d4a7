//! Other names that columns have in files. The name of a list's column is a label of its page; where a
//! label changes, files that were written before go on being read, and so do those in which other
//! software calls the same otherwise.

/// The name of a column in Vietnamese, and what it is called as well.
const OTHER_NAMES: [(&str, &[&str]); 8] = [
    ("Cấp", &["Loại"]),
    ("Hình thức tiếp nhận", &["Hình thức nộp hồ sơ", "Hình thức nộp"]),
    ("Mã cơ quan được giao quản lý", &["Mã cơ quan phụ trách"]),
    ("Mã người phục vụ", &["Mã công chức"]),
    ("Mã nơi tiếp nhận", &["Mã địa điểm"]),
    ("Người phục vụ", &["Công chức"]),
    ("Thời hạn giải quyết (ngày làm việc)", &["Số ngày làm việc"]),
    ("Tên nơi tiếp nhận", &["Tên địa điểm"]),
];

/// The names of a column, the Vietnamese one first, with its other names behind them.
pub(super) fn with_other_names(mut names: Vec<String>) -> Vec<String> {
    let first = names.first().cloned().unwrap_or_default();
    let found = OTHER_NAMES.iter().find(|(name, _)| *name == first);
    let others = found.map_or(&[][..], |(_, others)| *others);
    names.extend(others.iter().map(|other| (*other).to_owned()));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::kinds::known_headers;
    use crate::import::roster;

    #[test]
    fn other_names_are_of_columns_that_there_are() {
        let headers = known_headers();
        let columns = headers.iter().flat_map(|one| &one.columns);
        let mut known: Vec<String> = columns.map(|column| column.name().to_owned()).collect();
        known.extend(roster::columns().iter().map(|column| column.name().to_owned()));
        // Files of people stand in a room above this one.
        let of_people = ["account-file-departments", "account-file-officer"];
        known.extend(of_people.map(|key| locales::texts("vi").get(key)));
        for (name, _) in OTHER_NAMES {
            assert!(known.iter().any(|one| one == name), "no column is called {name}");
        }
        let days = with_other_names(vec!["Thời hạn giải quyết (ngày làm việc)".into()]);
        assert_eq!(days[1], "Số ngày làm việc");
        assert_eq!(with_other_names(vec!["Mã".into()]), ["Mã"]);
    }
}
