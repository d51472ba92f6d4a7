//! What differs between two states of a thing, field by field and down to the last one that was
//! changed: “giờ làm việc › trong tuần › Thứ Hai: 07:30–11:30 → 08:00–11:30”.

use super::told::{Reader, field, value};
use serde_json::{Map, Value};

/// Between the names of a field and of what it holds.
const WITHIN: &str = " › ";
/// What stands for nothing.
const NOTHING: &str = "–";

/// One field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    label: String,
    was: String,
    is: String,
}

impl Difference {
    /// Both states in one line.
    pub fn line(&self) -> String {
        let shown = |text: &str| if text.is_empty() { NOTHING } else { text }.to_owned();
        format!("{}: {} → {}", self.label, shown(&self.was), shown(&self.is))
    }

    /// The state before, none where there was nothing.
    pub fn before(&self) -> Option<String> {
        (!self.was.is_empty()).then(|| format!("{}: {}", self.label, self.was))
    }

    /// The state after.
    pub fn after(&self) -> Option<String> {
        (!self.is.is_empty()).then(|| format!("{}: {}", self.label, self.is))
    }
}

/// The fields that differ.
pub(super) fn between(
    reader: Reader<'_>,
    was: &Map<String, Value>,
    is: &Map<String, Value>,
) -> Vec<Difference> {
    let mut search = Search { reader, found: Vec::new() };
    search.maps("", was, is);
    search.found
}

struct Search<'a> {
    reader: Reader<'a>,
    found: Vec<Difference>,
}

impl Search<'_> {
    fn maps(&mut self, above: &str, was: &Map<String, Value>, is: &Map<String, Value>) {
        let new = is.keys().filter(|name| !was.contains_key(*name));
        for name in was.keys().chain(new) {
            let label = format!("{above}{}", field(self.reader.texts, name));
            let of = |state: &Map<String, Value>| state.get(name).cloned().unwrap_or_default();
            self.values(label, name, &of(was), &of(is));
        }
    }

    fn values(&mut self, label: String, name: &str, was: &Value, is: &Value) {
        if was == is {
            return;
        }
        match (was, is) {
            (Value::Object(was), Value::Object(is)) => {
                self.maps(&format!("{label}{WITHIN}"), was, is);
            }
            (Value::Array(was), Value::Array(is)) if holds_more(was) && was.len() == is.len() => {
                for (nth, (was, is)) in (1..).zip(was.iter().zip(is)) {
                    let label = format!("{label}{WITHIN}{}", self.place(name, nth));
                    self.values(label, "", was, is);
                }
            }
            // Of a list of plain values what left it and what came.
            (Value::Array(was), Value::Array(is)) if !holds_more(was) && !holds_more(is) => {
                let without = |all: &[Value], other: &[Value]| {
                    let left = all.iter().filter(|one| !other.contains(one));
                    Value::Array(left.cloned().collect())
                };
                let (gone, new) = (without(was, is), without(is, was));
                let same = gone == new;
                // Only the order differs.
                let (gone, new) =
                    if same { (was.clone().into(), is.clone().into()) } else { (gone, new) };
                self.push(label, name, &gone, &new);
            }
            _ => self.push(label, name, was, is),
        }
    }

    fn push(&mut self, label: String, name: &str, was: &Value, is: &Value) {
        let [was, is] = [was, is].map(|state| value(self.reader, name, state));
        if was != is {
            self.found.push(Difference { label, was, is });
        }
    }

    /// What the members of a list are called.
    fn place(&self, name: &str, nth: usize) -> String {
        match name {
            "week" => self.reader.texts.get(&format!("live-weekday-{nth}")),
            _ => nth.to_string(),
        }
    }
}

/// Whether a list holds lists or objects.
fn holds_more(all: &[Value]) -> bool {
    all.iter().any(|one| matches!(one, Value::Array(_) | Value::Object(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::rows::Directory;
    use jiff::tz::TimeZone;

    fn lines(was: &str, is: &str) -> Vec<String> {
        let zone = &TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let (texts, directory) = (locales::texts("vi"), &Directory::default());
        let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let found = between(Reader { texts, zone, users: &[], directory }, &read(was), &read(is));
        found.iter().map(Difference::line).collect()
    }

    #[test]
    fn what_was_changed_is_told_down_to_the_last_field() {
        let was = r#"{"name":{"vi":"Trung tâm","en":"Centre"},"comment_months":24,
            "hours":{"week":[[{"from":"07:30","until":"17:00"}],[]],"closed":["2026-09-02"]}}"#;
        let is = r#"{"name":{"vi":"Trung tâm mới","en":"Centre"},"comment_months":null,
            "hours":{"week":[[{"from":"07:30","until":"16:30"}],[]],
            "closed":["2026-09-02","2026-09-03"]}}"#;
        assert_eq!(
            lines(was, is),
            [
                "số tháng lưu ý kiến: 24 → –",
                "giờ làm việc › ngày nghỉ: – → 2026-09-03",
                "giờ làm việc › trong tuần › Thứ Hai › 1 › đến: 17:00 → 16:30",
                "tên › tiếng Việt: Trung tâm → Trung tâm mới",
            ]
        );
        assert_eq!(lines(was, was), [""; 0]);
        assert_eq!(lines(r#"{"on":true}"#, r#"{"on":false}"#), ["bật: có → không"]);
    }
}
