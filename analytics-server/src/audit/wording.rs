//! The audit log in the reader's words: it stores short English words and what was and is as data;
//! here they become words of the centre. What has none is shown as it is stored, so nothing is ever
//! hidden.

use crate::centre_time;
use crate::storage::rows::Directory;
use crate::storage::users::User;
use jiff::tz::TimeZone;
use locales::Texts;
use reports::numbers::Numbers;
use serde_json::{Map, Value};

/// The reader's words, and what the log's numbers and user names stand for.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub texts: &'a Texts,
    pub zone: &'a TimeZone,
    pub users: &'a [User],
    pub directory: &'a Directory,
}

impl<'a> Wording<'a> {
    /// Who did it or what it was done to, with names: `người dùng Nguyễn Văn A (van-a)`.
    pub fn with_names(self, stored: &str) -> String {
        if let Some(name) = stored.strip_prefix("user ")
            && let Some(user) = self.users.iter().find(|user| user.name == name)
        {
            let word = subject_words(self.texts, "user");
            return format!("{word} {} ({name})", user.full_name);
        }
        for (head, kind) in [("officer id ", "officer"), ("counter id ", "counter")] {
            let id = stored.strip_prefix(head).and_then(|id| id.parse().ok());
            if let Some(code) = id.and_then(|id| self.code_of(kind, id)) {
                return format!("{} {code}", subject_words(self.texts, kind));
            }
        }
        subject_words(self.texts, stored)
    }

    /// The code of what a field holds the number of.
    fn code_of(self, field: &str, id: i64) -> Option<&'a str> {
        let directory = self.directory;
        Some(match field {
            "department" | "departments" => &directory.department_of(id)?.code,
            "officer" => &directory.officer_of(id)?.code,
            "counter" => &directory.counter_of(id)?.code,
            _ => return None,
        })
    }

    /// A state of something that is stored as a text.
    pub fn text(self, subject: &str, text: &str) -> String {
        self.with_list(subject, text).unwrap_or_else(|| browser_name(self.texts, text))
    }

    /// The name of a token with its scopes, the address of a webhook with its rules.
    fn with_list(self, subject: &str, text: &str) -> Option<String> {
        let texts = self.texts;
        if subject.starts_with("machine token ") {
            let (name, scopes) = text.rsplit_once(": ")?;
            let scopes: Vec<_> = scopes.split(' ').map(|one| scope_words(texts, one)).collect();
            return Some(format!("{name}: {}", scopes.join(", ")));
        }
        let (address, rules) = text.strip_suffix(')')?.rsplit_once(" (")?;
        let rule = |one: &str| rule_words(texts, one).unwrap_or_else(|| one.to_owned());
        let rules: Vec<_> = rules.split(',').map(rule).collect();
        subject.starts_with("webhook ").then(|| format!("{address} ({})", rules.join(", ")))
    }

    /// The fields of a state that hold something.
    pub fn fields(self, state: &Map<String, Value>) -> String {
        // What is being added has no number yet.
        let unborn = |name: &str, value: &Value| name == "id" && value.as_i64() == Some(0);
        let fields = state.iter();
        let fields = fields.filter(|(name, value)| !is_empty(value) && !unborn(name, value));
        let words = fields.map(|(name, value)| {
            format!("{}: {}", field_name(self.texts, name), self.value(name, value))
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// What a field of a name holds; nothing for none.
    pub fn value(self, name: &str, value: &Value) -> String {
        match value {
            value if is_empty(value) => String::new(),
            Value::Array(all) => {
                all.iter().map(|one| self.one_value(name, one)).collect::<Vec<_>>().join(", ")
            }
            one => self.one_value(name, one),
        }
    }

    fn one_value(self, name: &str, value: &Value) -> String {
        let texts = self.texts;
        let word = |group: &str| texts.known(&key(group, value.as_str()?));
        let number = value.as_i64();
        let known = match name {
            "role" | "second_factor" => word("account-role"),
            "language" | "languages" => word("account-field"),
            "rules" | "off" => value.as_str().and_then(|rule| rule_words(texts, rule)),
            "rows" | "released" => value.as_u64().map(|count| Numbers::of(texts).count(count)),
            _ if name.ends_with("_at") => number.map(|at| centre_time::short(at, self.zone)),
            _ => number.and_then(|id| self.code_of(name, id)).map(str::to_owned),
        };
        known.unwrap_or_else(|| self.plain(value))
    }

    fn plain(self, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.texts.get("account-yes"),
            Value::Bool(false) => self.texts.get("account-no"),
            Value::String(text) => in_words(self.texts, "account-is", text),
            Value::Array(all) => {
                let held = all.iter().filter(|one| !is_empty(one)).map(|one| self.plain(one));
                held.collect::<Vec<_>>().join(", ")
            }
            Value::Object(all) => format!("({})", self.fields(all)),
            other => other.to_string(),
        }
    }
}

/// Whether a value says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.iter().all(is_empty),
        Value::Object(all) => all.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The key of a stored word: small letters, digits and lines.
pub(super) fn key(group: &str, stored: &str) -> String {
    format!("{group}-{}", stored.replace([' ', '_', '.', ':'], "-"))
}

/// A stored word in the reader's; any other text as it is.
fn in_words(texts: &Texts, group: &str, stored: &str) -> String {
    texts.known(&key(group, stored)).unwrap_or_else(|| stored.to_owned())
}

/// What a token's scope allows.
pub fn scope_words(texts: &Texts, stored: &str) -> String {
    in_words(texts, "account-scope", stored)
}

/// What was done, such as `set password`.
pub(super) fn action_words(texts: &Texts, stored: &str) -> String {
    in_words(texts, "account-do", stored)
}

/// What a field is called.
pub(super) fn field_name(texts: &Texts, name: &str) -> String {
    in_words(texts, "account-field", name)
}

/// What an alert is about.
fn rule_words(texts: &Texts, stored: &str) -> Option<String> {
    texts.known(&format!("alerts-rule-{stored}"))
}

/// Who did it or what it was done to, such as `user b.hue` or `officer id 4`: the longest
/// beginning that has a word, and the rest as it is.
pub fn subject_words(texts: &Texts, stored: &str) -> String {
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
pub fn browser_name(texts: &Texts, stored: &str) -> String {
    let of = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| stored.contains(sign)).map(|(_, name)| *name)
    };
    match (of(&BROWSERS), of(&SYSTEMS)) {
        (Some(browser), Some(system)) if stored.starts_with("Mozilla/") => {
            texts.with("account-agent", &[("browser", browser), ("system", system)])
        }
        _ => in_words(texts, "account-is", stored),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_become_words_of_the_centre_and_others_stay() {
        let texts = locales::texts("vi");
        assert_eq!(action_words(texts, "set password"), "đặt mật khẩu");
        assert_eq!(action_words(texts, "ruled_out"), "kết luận không tính");
        assert_eq!(action_words(texts, "something new"), "something new");
        assert_eq!(subject_words(texts, "user b.hue"), "người dùng b.hue");
        assert_eq!(subject_words(texts, "alert mail of user id 7"), "thư báo của người dùng số 7");
        assert_eq!(subject_words(texts, "command line"), "dòng lệnh trên máy chủ");
        assert_eq!(subject_words(texts, "thing 49"), "thing 49");
    }

    #[test]
    fn a_browser_is_called_as_people_call_it() {
        let texts = locales::texts("vi");
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                       Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        assert_eq!(browser_name(texts, windows), "Edge trên Windows");
        assert_eq!(browser_name(texts, "curl/8 Linux Chrome/"), "curl/8 Linux Chrome/");
    }
}
