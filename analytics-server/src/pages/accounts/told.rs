//! The audit log in the reader's words: it stores short English words and what was and is as data;
//! here they become sentences of the house. What has no sentence is shown as it is stored, so
//! nothing is ever hidden.

use super::differences::{Difference, between};
use crate::moments;
use crate::storage::rows::Directory;
use crate::storage::users::User;
use jiff::tz::TimeZone;
use locales::Texts;
use reports::numbers::Numbers;
use serde_json::{Map, Value};

/// Whose words the log is told in, and what its numbers and user names stand for.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub texts: &'a Texts,
    pub zone: &'a TimeZone,
    pub users: &'a [User],
    pub directory: &'a Directory,
}

impl Reader<'_> {
    /// Who did it or what it was done to, with names: `người dùng Nguyễn Văn A (van-a)`.
    pub fn named(&self, stored: &str) -> String {
        if let Some(name) = stored.strip_prefix("user ")
            && let Some(user) = self.users.iter().find(|user| user.name == name)
        {
            let word = subject(self.texts, "user");
            return format!("{word} {} ({name})", user.full_name);
        }
        for (head, kind) in [("officer id ", "officer"), ("counter id ", "counter")] {
            let id = stored.strip_prefix(head).and_then(|id| id.parse().ok());
            if let Some(code) = id.and_then(|id| self.code_of(kind, id)) {
                return format!("{} {code}", subject(self.texts, kind));
            }
        }
        subject(self.texts, stored)
    }

    /// The code of what a field holds the number of.
    fn code_of(&self, field: &str, id: i64) -> Option<&str> {
        let directory = self.directory;
        Some(match field {
            "department" | "departments" => &directory.department_of(id)?.code,
            "officer" => &directory.officer_of(id)?.code,
            "counter" => &directory.counter_of(id)?.code,
            _ => return None,
        })
    }

    /// What follows the name of a token or the address of a webhook, which are stored as words: its
    /// scopes, its rules.
    fn listed(&self, stored: &str, text: &str) -> Option<String> {
        let texts = self.texts;
        if stored.starts_with("machine token ") {
            let (name, scopes) = text.rsplit_once(": ")?;
            let scopes: Vec<_> = scopes.split(' ').map(|one| scope(texts, one)).collect();
            return Some(format!("{name}: {}", scopes.join(", ")));
        }
        let (address, rules) = text.strip_suffix(')')?.rsplit_once(" (")?;
        let rule = |one: &str| {
            texts.known(&format!("alerts-rule-{one}")).unwrap_or_else(|| one.to_owned())
        };
        let rules: Vec<_> = rules.split(',').map(rule).collect();
        stored.starts_with("webhook ").then(|| format!("{address} ({})", rules.join(", ")))
    }
}

/// What a token's scope allows.
pub(super) fn scope(texts: &Texts, stored: &str) -> String {
    texts.known(&key("account-scope", stored)).unwrap_or_else(|| stored.to_owned())
}

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

/// What was and what is of something, in words.
pub(super) fn states(reader: Reader<'_>, subject: &str, before: &str, after: &str) -> States {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    match (read(before), read(after)) {
        (Some(was), Some(is)) => {
            let found = between(reader, &was, &is);
            let join = |side: fn(&Difference) -> Option<String>| {
                found.iter().filter_map(side).collect::<Vec<_>>().join("; ")
            };
            let (before, after) = (join(Difference::before), join(Difference::after));
            States { before, after, changes: found.iter().map(Difference::line).collect() }
        }
        (was, is) => {
            let told = |state: Option<Map<String, Value>>, text: &str| {
                let plain = || agent(reader.texts, text);
                let plain = || reader.listed(subject, text).unwrap_or_else(plain);
                state.map_or_else(plain, |state| fields(reader, &state))
            };
            let (before, after) = (told(was, before), told(is, after));
            // Two plain values, such as the counters of a tablet that moved.
            let both = !before.is_empty() && !after.is_empty();
            let changes = both.then(|| format!("{before} → {after}")).into_iter().collect();
            States { before, after, changes }
        }
    }
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

fn fields(reader: Reader<'_>, state: &Map<String, Value>) -> String {
    // What is being added has no number yet.
    let unborn = |name: &str, value: &Value| name == "id" && value.as_i64() == Some(0);
    let told = state.iter();
    let told = told.filter(|(name, value)| !empty(value) && !unborn(name, value));
    let told = told
        .map(|(name, one)| format!("{}: {}", field(reader.texts, name), value(reader, name, one)));
    told.collect::<Vec<_>>().join("; ")
}

/// What a field is called.
pub(super) fn field(texts: &Texts, name: &str) -> String {
    texts.known(&key("account-field", name)).unwrap_or_else(|| name.to_owned())
}

/// What a field of a name holds, in words; nothing for none.
pub(super) fn value(reader: Reader<'_>, name: &str, value: &Value) -> String {
    if empty(value) {
        return String::new();
    }
    match value {
        Value::Array(all) => {
            all.iter().map(|one| one_value(reader, name, one)).collect::<Vec<_>>().join(", ")
        }
        one => one_value(reader, name, one),
    }
}

fn one_value(reader: Reader<'_>, name: &str, value: &Value) -> String {
    let texts = reader.texts;
    let word = |room: &str| texts.known(&key(room, value.as_str()?));
    let number = value.as_i64();
    let known = match name {
        "role" | "second_factor" => word("account-role"),
        "language" | "languages" => word("account-field"),
        "rules" | "off" => {
            value.as_str().and_then(|rule| texts.known(&format!("alerts-rule-{rule}")))
        }
        "rows" | "released" => value.as_u64().map(|count| Numbers::of(texts).count(count)),
        _ if name.ends_with("_at") => number.map(|at| moments::short(at, reader.zone)),
        _ => number.and_then(|id| reader.code_of(name, id)).map(str::to_owned),
    };
    known.unwrap_or_else(|| plain(reader, value))
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

fn plain(reader: Reader<'_>, value: &Value) -> String {
    match value {
        Value::Bool(true) => reader.texts.get("account-yes"),
        Value::Bool(false) => reader.texts.get("account-no"),
        Value::String(text) => word(reader.texts, text),
        Value::Array(all) => {
            let told = all.iter().filter(|one| !empty(one)).map(|one| plain(reader, one));
            told.collect::<Vec<_>>().join(", ")
        }
        Value::Object(all) => format!("({})", fields(reader, all)),
        other => other.to_string(),
    }
}

/// The key of a stored word: small letters, digits and lines.
pub(super) fn key(room: &str, stored: &str) -> String {
    format!("{room}-{}", stored.replace([' ', '_', '.', ':'], "-"))
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
    fn of_two_states_only_what_differs_is_told() {
        let texts = locales::texts("vi");
        let zone = &TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let directory = &Directory::default();
        let reader = Reader { texts, zone, users: &[], directory };
        let both = states(
            reader,
            "counter Q01",
            r#"{"name":"Quầy 1","department":3,"days":null}"#,
            r#"{"name":"Quầy 2","department":3,"odd":[1,2]}"#,
        );
        assert_eq!((&*both.before, &*both.after), ("tên: Quầy 1", "tên: Quầy 2; odd: 1, 2"));
        assert_eq!(both.changes, ["tên: Quầy 1 → Quầy 2", "odd: – → 1, 2"]);
        let after = |text: &str| {
            let one = states(reader, "counter Q01", "", text);
            assert!(one.before.is_empty() && one.changes.is_empty());
            one.after
        };
        assert_eq!(after("12"), "12");
        assert_eq!(after(r#"{"on":true}"#), "bật: có");
        let off = r#"{"off":["tablet_silent","burst"]}"#;
        assert_eq!(after(off), "quy tắc đã tắt: Máy mất liên lạc, Đánh giá dồn dập");
        assert_eq!(after(r#"{"id":0,"name":"Quầy 1"}"#), "tên: Quầy 1");
        assert_eq!(states(reader, "tablet", "Q01", "Q02").changes, ["Q01 → Q02"]);
        assert_eq!(
            after(r#"{"second_factor":["leader"],"languages":["vi","km"],"rows":2308}"#),
            "ngôn ngữ: tiếng Việt, tiếng Khmer; số dòng: 2.308; bắt buộc xác thực hai bước: Lãnh đạo"
        );
        let token = states(reader, "machine token 3", "", "Một cửa: invite figures:read").after;
        assert_eq!(token, "Một cửa: mời đánh giá tại quầy, đọc số liệu tổng hợp");
        let webhook = states(reader, "webhook 1", "", "https://vd.vn/a (burst,fork)").after;
        assert_eq!(webhook, "https://vd.vn/a (Đánh giá dồn dập, Trùng danh tính máy)");
        let duty = r#"{"counter_code":"Q01","from_at":1696298400000}"#;
        assert_eq!(after(duty), "quầy: Q01; từ: 03/10/2023 09:00");
    }
}
