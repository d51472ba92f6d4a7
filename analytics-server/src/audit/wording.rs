//! The audit log in the reader's words: it stores short English words and what was and is as data;
//! here they become words of the centre. What has none is shown as it is stored, so nothing is ever
//! hidden.

use super::names::AuditNames;
use super::values::{is_empty, own_words, span_words};
use crate::centre_time;
use crate::figure_lines::period_title;
use crate::period::{Policy, Span};
use crate::storage::register::Noun;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::Texts;
use reports::numbers::Numbers;
use serde_json::{Map, Value};

/// Fields that hold how many there are, or up to which of them.
const COUNTED: [&str; 8] = [
    "rows",
    "comments_shown",
    "released",
    "expired",
    "chains",
    "wrong",
    "chain_end",
    "chain_breaks",
];

/// The reader's words, and what the log's numbers and user names stand for.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub texts: &'a Texts,
    pub zone: &'a TimeZone,
    pub names: &'a AuditNames,
    /// What the line is about, as it is stored: some fields mean something else in another thing.
    pub subject: &'a str,
}

impl Wording<'_> {
    /// Who did it or what it was done to, with names: `người dùng Nguyễn Văn A (van-a)`, `quầy Q01
    /// (Quầy số 01)`.
    pub fn with_names(self, stored: &str) -> String {
        if let Some(name) = stored.strip_prefix("user ")
            && let Some(user) = self.names.users.iter().find(|user| user.name == name)
        {
            let word = subject_words(self.texts, "user");
            return format!("{word} {} ({name})", user.full_name);
        }
        for (head, noun) in [("officer id ", Noun::Officer), ("counter id ", Noun::Counter)] {
            let id = stored.strip_prefix(head).and_then(|id| id.parse().ok());
            if let Some((code, name)) = id.and_then(|id| self.names.entry(noun, id)) {
                return format!("{} {code} ({name})", subject_words(self.texts, noun.word()));
            }
        }
        let words = subject_words(self.texts, stored);
        match self.names.besides(stored) {
            Some(besides) => format!("{words} ({besides})"),
            None => words,
        }
    }

    /// What a field is called; the kind of thing decides first, since what is a `place` of an officer
    /// is none of a counter.
    pub fn label(self, name: &str) -> String {
        // Some fields are days, such as those of the names of holidays.
        if let Some(day) = self.day(name) {
            return day;
        }
        let kind = self.subject.split(' ').next().unwrap_or_default();
        let own = self.texts.known(&key(&format!("account-field-of-{kind}"), name));
        own.unwrap_or_else(|| field_name(self.texts, name))
    }

    /// Name and code of what a field holds the number of.
    fn entry_of(self, field: &str, id: i64) -> Option<String> {
        let noun = match field {
            "department" | "departments" => Noun::Department,
            "officer" => Noun::Officer,
            "counter" => Noun::Counter,
            "place" if self.subject.starts_with("officer ") => Noun::Counter,
            "place" => Noun::Site,
            _ => return None,
        };
        self.names.entry(noun, id).map(|(code, name)| format!("{name} ({code})"))
    }

    /// A state of something that is stored as a text.
    pub fn text(self, text: &str) -> String {
        let subject = self.subject;
        if subject.starts_with("tablet ") {
            let counter = self.names.entries(Noun::Counter).into_iter().find(|one| one.1 == text);
            return match counter {
                Some((_, code, name)) => format!("{name} ({code})"),
                None => self.with_names(text),
            };
        }
        if let (true, Ok(at)) = (subject == "setting last-backup", text.parse()) {
            return centre_time::in_sentence(at, self.zone, self.texts);
        }
        let language = || self.texts.known(&key("account-field", text)).filter(|_| text.len() == 2);
        let known = self.with_list(text).or_else(language);
        known.unwrap_or_else(|| browser_name(self.texts, text))
    }

    /// The name of a token with its scopes, the address of a webhook with its rules.
    fn with_list(self, text: &str) -> Option<String> {
        let (texts, subject) = (self.texts, self.subject);
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
        let words = fields
            .map(|(name, value)| format!("{}: {}", self.label(name), self.value(name, value)));
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
            "stage" => word(name),
            "channel" => value.as_str().and_then(|channel| {
                texts.known(&format!("export-channel-{}", channel.replace('_', "-")))
            }),
            "level" | "after" | "judged" => {
                value.as_str().and_then(|level| texts.known(&format!("level-{level}")))
            }
            // Of the lines of the log that were taken as a file.
            "kind" => word("account-audit-kind"),
            "period" => value.as_str().and_then(|period| self.period(period)),
            name if COUNTED.contains(&name) => {
                value.as_u64().map(|count| Numbers::of(texts).count(count))
            }
            _ if name.ends_with("_at") => {
                number.map(|at| centre_time::in_sentence(at, self.zone, texts))
            }
            _ if name.ends_with("_ms") => number
                .map(|ms| texts.with("account-seconds", &[("count", &(ms / 1_000).to_string())])),
            _ => number.and_then(|id| self.entry_of(name, id)),
        };
        let known = known.or_else(|| self.asked(name, value.as_str()?));
        known.unwrap_or_else(|| self.plain(value))
    }

    /// The period of an address, as pages call it.
    fn period(self, written: &str) -> Option<String> {
        let period = written.parse::<Span>().ok()?.under(Policy::default());
        Some(period_title(&period, self.texts))
    }

    fn plain(self, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.texts.get("account-yes"),
            Value::Bool(false) => self.texts.get("account-no"),
            Value::String(text) => {
                self.day(text).unwrap_or_else(|| in_words(self.texts, "account-is", text))
            }
            Value::Array(all) => {
                let held = all.iter().filter(|one| !is_empty(one)).map(|one| self.plain(one));
                held.collect::<Vec<_>>().join(", ")
            }
            Value::Object(all) => self.object(all),
            other => other.to_string(),
        }
    }

    /// An object in one word where it has one: hours, a text in several languages, an item of a
    /// questionnaire. Otherwise its fields.
    fn object(self, all: &Map<String, Value>) -> String {
        if let Some(span) = span_words(all) {
            return span;
        }
        if let Some(text) = own_words(all, self.texts.language()) {
            return text.to_owned();
        }
        match (all.get("id").and_then(Value::as_str), self.item_words(all)) {
            (Some(id), Some(text)) if all.len() == 2 => format!("“{text}” ({id})"),
            _ => format!("({})", self.fields(all)),
        }
    }

    /// The words of an item that has some.
    pub fn item_words(self, item: &Map<String, Value>) -> Option<&str> {
        own_words(item.get("text")?.as_object()?, self.texts.language())
    }

    /// A day that is written `2026-09-02`.
    fn day(self, text: &str) -> Option<String> {
        let day: Date = text.parse().ok().filter(|_| text.len() == 10)?;
        Some(Numbers::of(self.texts).date(day))
    }
}

/// The key of a stored word: small letters, digits and lines.
pub(super) fn key(group: &str, stored: &str) -> String {
    format!("{group}-{}", stored.replace([' ', '_', '.', ':'], "-"))
}

/// A stored word in the reader's; any other text as it is.
pub(super) fn in_words(texts: &Texts, group: &str, stored: &str) -> String {
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
fn field_name(texts: &Texts, name: &str) -> String {
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
            // The form of a file is told as everywhere: CSV.
            let form = rest.strip_prefix(' ').filter(|_| head == "ratings as");
            let form = form.map(|form| format!(" {}", in_words(texts, "account-is", form)));
            return word + form.as_deref().unwrap_or(rest);
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
        assert_ne!(action_words(texts, "ruled_out"), "ruled_out");
        assert_eq!(action_words(texts, "something new"), "something new");
        assert_eq!(subject_words(texts, "user b.hue"), "người dùng b.hue");
        assert!(subject_words(texts, "alert mail of user id 7").ends_with("người dùng số 7"));
        assert_eq!(subject_words(texts, "command line"), "dòng lệnh trên máy chủ");
        assert_eq!(subject_words(texts, "thing 49"), "thing 49");
        assert!(subject_words(texts, "ratings as csv").ends_with(" CSV"));
    }

    #[test]
    fn people_and_entries_are_told_by_name() {
        let (names, zone) = (AuditNames::sample(), TimeZone::UTC);
        let texts = locales::texts("vi");
        let wording = Wording { texts, zone: &zone, names: &names, subject: "officer CC013" };
        assert_eq!(wording.with_names("user b.hue"), "người dùng Trần Thị B (b.hue)");
        assert_eq!(wording.with_names("officer id 13"), "người phục vụ CC013 (Nguyễn Văn C)");
        assert_eq!(wording.with_names("counter Q01"), "quầy Q01 (Quầy số 01)");
        assert_eq!(wording.with_names("counter Q99"), "quầy Q99");
        let field = |name: &str, value: i64| wording.value(name, &value.into());
        assert_eq!(field("officer", 13), "Nguyễn Văn C (CC013)");
        assert_eq!(field("place", 2), "Quầy số 02 (Q02)");
        assert_eq!(field("officer", 99), "99", "who is no more is told by what is stored");
        let labels = ["place", "name", "code"].map(|name| wording.label(name));
        assert_eq!(labels, ["quầy", "tên", "mã"]);
    }

    #[test]
    fn days_and_moments_are_written_in_the_readers_manner() {
        let (names, zone) = (AuditNames::default(), TimeZone::get("Asia/Ho_Chi_Minh").unwrap());
        let value = |language: &str, name: &str, value: Value| {
            let texts = locales::texts(language);
            let wording = Wording { texts, zone: &zone, names: &names, subject: "" };
            wording.value(name, &value)
        };
        let at = Value::from(1_696_298_400_000_i64);
        assert_eq!(value("vi", "from_at", at.clone()), "09:00 ngày 03/10/2023");
        assert_eq!(value("en", "from_at", at), "09:00 on 3 Oct 2023");
        assert_eq!(value("vi", "closed", "2026-09-02".into()), "02/09/2026");
        assert_eq!(value("en", "closed", "2026-09-02".into()), "2 Sep 2026");
        assert_eq!(value("vi", "answer_ms", 30_000.into()), "30 giây");
        assert_ne!(value("vi", "period", "2023-09".into()), "2023-09");
        assert_eq!(value("vi", "period", "x".into()), "x");
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
