//! The audit log in the reader's words: it stores short English words and what was and is as data;
//! here they become sentences of the house. What has no sentence is shown as it is stored, so
//! nothing is ever hidden.

use super::differences::{Difference, between};
use crate::moments;
use jiff::tz::TimeZone;
use locales::Texts;
use serde_json::{Map, Value};

/// What was done, such as `set password`.
pub(super) fn action(texts: &Texts, stored: &str) -> String {
    texts.known(&key("account-do", stored)).unwrap_or_else(|| stored.to_owned())
}

/// Who did it or what it was done to, such as `user b.hue` or `officer id 4`: the longest
/// beginning that has a word, and the rest as it is.
pub(in crate::pages) fn subject(texts: &Texts, stored: &str) -> String {
    let ends = stored.match_indices(' ').map(|(at, _)| at).chain([stored.len()]);
    let mut ends: Vec<usize> = ends.collect();
    while let Some(end) = ends.pop() {
        let (head, rest) = stored.split_at(end);
        if let Some(word) = texts.known(&key("account-of", head)) {
            return format!("{word}{rest}");
        }
    }
    stored.to_owned()
}

/// What was and what is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct States {
    /// What was, one field after another; of two states only what differs.
    pub before: String,
    /// Likewise what is.
    pub after: String,
    /// Of two states each difference in a line of its own.
    pub changes: Vec<String>,
}

/// What was and what is, in words.
pub(super) fn states(texts: &Texts, zone: &TimeZone, before: &str, after: &str) -> States {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    match (read(before), read(after)) {
        (Some(was), Some(is)) => {
            let found = between(texts, zone, &was, &is);
            let join = |side: fn(&Difference) -> Option<String>| {
                found.iter().filter_map(side).collect::<Vec<_>>().join("; ")
            };
            let (before, after) = (join(Difference::before), join(Difference::after));
            States { before, after, changes: found.iter().map(Difference::line).collect() }
        }
        (was, is) => {
            let told = |state: Option<Map<String, Value>>, text: &str| {
                state.map_or_else(|| agent(texts, text), |state| fields(texts, zone, &state))
            };
            let (before, after) = (told(was, before), told(is, after));
            // Two plain values, such as the counters of a tablet that moved.
            let both = !before.is_empty() && !after.is_empty();
            let changes = both.then(|| format!("{before} → {after}")).into_iter().collect();
            States { before, after, changes }
        }
    }
}

/// What was done, as the log stores it.
const ACTIONS: [&str; 44] = [
    "add",
    "change",
    "retire",
    "bring back",
    "set",
    "cancel",
    "move",
    "sign in",
    "give password",
    "give wrong password",
    "give wrong second factor",
    "sign out",
    "end other sessions",
    "make password link",
    "set password",
    "set second factor",
    "remove second factor",
    "use recovery code",
    "change language",
    "add enrolment code",
    "set pin",
    "remove pin",
    "acknowledge",
    "close",
    "release",
    "export",
    "test",
    "revoke",
    "publish",
    "handled",
    "further",
    "reply",
    "ruled_out",
    "ruled_in",
    "redacted",
    "expire",
    "proposed",
    "declined",
    "restored",
    "read original",
    "download",
    "read",
    "set photo",
    "remove photo",
];
/// The beginnings of who did it and of what it was done to, the longer first.
const SUBJECTS: [&str; 45] = [
    "alert mail of user id",
    "machine token",
    "unknown name",
    "command line",
    "import",
    "built in",
    "ratings as",
    "counter id",
    "officer id",
    "setting",
    "originals",
    "report",
    "table",
    "list",
    "list dia-diem",
    "list co-quan",
    "list quay",
    "list cong-chuc",
    "list thu-tuc",
    "list may-tinh-bang",
    "list ngay-nghi",
    "list nguoi-dung",
    "list phan-cong",
    "list nhat-ky",
    "file",
    "setting alerts",
    "user",
    "demo",
    "server",
    "enrolment",
    "site",
    "department",
    "counter",
    "officer",
    "procedure",
    "tablet",
    "technician",
    "roster",
    "webhook",
    "alert",
    "rating",
    "comments",
    "questionnaire",
    "quarantine",
    "visitor",
];

/// What the log stores for what somebody looks for in their own words, such as `đăng nhập` or
/// `người dùng b.hue`; anything else is looked for as it was typed.
pub(super) fn sought(texts: &Texts, typed: &str) -> String {
    let small = typed.trim().to_lowercase();
    if let Some(stored) =
        ACTIONS.iter().find(|stored| action(texts, stored).to_lowercase() == small)
    {
        return (*stored).to_owned();
    }
    let word = |stored: &str| subject(texts, stored).to_lowercase();
    let rest = |stored: &&'static str| {
        let rest = small.strip_prefix(&word(stored))?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| (*stored, rest.to_owned()))
    };
    // The longest word leaves the shortest rest.
    let found = SUBJECTS.iter().filter_map(rest).min_by_key(|(_, rest)| rest.len());
    found.map_or_else(|| typed.to_owned(), |(stored, rest)| format!("{stored}{rest}"))
}

/// Names that browsers give themselves, the most particular first, with what people call them.
const BROWSERS: [(&str, &str); 7] = [
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
/// The same of systems.
const SYSTEMS: [(&str, &str); 6] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What a browser calls itself, as people call it; anything else as it is.
pub(super) fn agent(texts: &Texts, stored: &str) -> String {
    let of = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| stored.contains(sign)).map(|(_, name)| *name)
    };
    match (of(&BROWSERS), of(&SYSTEMS)) {
        (Some(browser), Some(system)) if stored.starts_with("Mozilla/") => {
            texts.with("account-agent", &[("browser", browser), ("system", system)])
        }
        _ => word(texts, stored),
    }
}

/// A stored word of the house, such as `loaded`; any other text as it is.
fn word(texts: &Texts, stored: &str) -> String {
    texts.known(&key("account-is", stored)).unwrap_or_else(|| stored.to_owned())
}

fn fields(texts: &Texts, zone: &TimeZone, state: &Map<String, Value>) -> String {
    // What is being added has no number yet.
    let unborn = |name: &str, value: &Value| name == "id" && value.as_i64() == Some(0);
    let told = state.iter();
    let told = told.filter(|(name, value)| !empty(value) && !unborn(name, value));
    let told = told
        .map(|(name, one)| format!("{}: {}", field(texts, name), value(texts, zone, name, one)));
    told.collect::<Vec<_>>().join("; ")
}

/// What a field is called.
pub(super) fn field(texts: &Texts, name: &str) -> String {
    texts.known(&key("account-field", name)).unwrap_or_else(|| name.to_owned())
}

/// What a field of a name holds, in words; nothing for none.
pub(super) fn value(texts: &Texts, zone: &TimeZone, name: &str, value: &Value) -> String {
    if empty(value) {
        return String::new();
    }
    let role = value.as_str().filter(|_| name == "role");
    let role = role.and_then(|role| texts.known(&key("account-role", role)));
    let at = value.as_i64().filter(|_| name.ends_with("_at"));
    let moment = at.map(|at| moments::short(at, zone));
    role.or(moment).unwrap_or_else(|| plain(texts, zone, value))
}

/// Says nothing.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.iter().all(empty),
        Value::Object(all) => all.values().all(empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn plain(texts: &Texts, zone: &TimeZone, value: &Value) -> String {
    match value {
        Value::Bool(true) => texts.get("account-yes"),
        Value::Bool(false) => texts.get("account-no"),
        Value::String(text) => word(texts, text),
        Value::Array(all) => {
            all.iter().map(|one| plain(texts, zone, one)).collect::<Vec<_>>().join(", ")
        }
        Value::Object(all) => format!("({})", fields(texts, zone, all)),
        other => other.to_string(),
    }
}

/// The key of a stored word: small letters, digits and lines.
fn key(room: &str, stored: &str) -> String {
    format!("{room}-{}", stored.replace([' ', '_', '.'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_become_words_of_the_house_and_others_stay() {
        let texts = locales::texts("vi");
        assert_eq!(action(texts, "set password"), "đặt mật khẩu");
        assert_eq!(action(texts, "ruled_out"), "kết luận không tính");
        assert_eq!(action(texts, "something new"), "something new");
        assert_eq!(subject(texts, "user b.hue"), "người dùng b.hue");
        assert_eq!(subject(texts, "alert mail of user id 7"), "thư báo của người dùng số 7");
        assert_eq!(subject(texts, "command line"), "dòng lệnh trên máy chủ");
        assert_eq!(subject(texts, "thing 49"), "thing 49");
    }

    #[test]
    fn a_browser_is_called_as_people_call_it() {
        let texts = locales::texts("vi");
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                       Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        assert_eq!(agent(texts, windows), "Edge trên Windows");
        assert_eq!(agent(texts, "curl/8 Linux Chrome/"), "curl/8 Linux Chrome/");
    }

    #[test]
    fn what_is_read_can_be_looked_for() {
        for texts in ["vi", "en"].map(locales::texts) {
            for stored in ACTIONS {
                assert!(texts.known(&key("account-do", stored)).is_some(), "{stored}");
                assert_eq!(sought(texts, &action(texts, stored)), *stored);
            }
            for stored in SUBJECTS {
                assert!(texts.known(&key("account-of", stored)).is_some(), "{stored}");
                assert_eq!(sought(texts, &subject(texts, stored)), stored);
                let whole = format!("{stored} 7");
                assert_eq!(sought(texts, &subject(texts, &whole)), whole);
            }
            assert_eq!(sought(texts, "BA"), "BA");
        }
    }

    #[test]
    fn of_two_states_only_what_differs_is_told() {
        let texts = locales::texts("vi");
        let zone = &TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let both = states(
            texts,
            zone,
            r#"{"name":"Quầy 1","department":3,"days":null}"#,
            r#"{"name":"Quầy 2","department":3,"odd":[1,2]}"#,
        );
        assert_eq!((&*both.before, &*both.after), ("tên: Quầy 1", "tên: Quầy 2; odd: 1, 2"));
        assert_eq!(both.changes, ["tên: Quầy 1 → Quầy 2", "odd: – → 1, 2"]);
        let after = |text: &str| {
            let one = states(texts, zone, "", text);
            assert!(one.before.is_empty() && one.changes.is_empty());
            one.after
        };
        assert_eq!(after("12"), "12");
        assert_eq!(after(r#"{"on":true}"#), "bật: có");
        assert_eq!(after(r#"{"id":0,"name":"Quầy 1"}"#), "tên: Quầy 1");
        assert_eq!(states(texts, zone, "Q01", "Q02").changes, ["Q01 → Q02"]);
        let duty = r#"{"counter_code":"Q01","from_at":1696298400000}"#;
        assert_eq!(after(duty), "quầy: Q01; từ: 03/10/2023 09:00");
    }
}
