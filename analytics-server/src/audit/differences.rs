//! The state of a thing before and after a change, in words; where both are known only what
//! differs, field by field and down to the innermost field that was changed: “giờ làm việc › trong
//! tuần › Thứ Hai: 07:30–11:30 → 08:00–11:30”.

use super::wording::{Wording, field_name};
use serde_json::{Map, Value};

/// Between the names of a field and of what it holds.
const WITHIN: &str = " › ";
/// Shown in the place of an empty value.
const NOTHING: &str = "–";

/// The states before and after a change, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct States {
    /// The state before, one field after another; where both are known, only what differs.
    pub before: String,
    /// The state after, in the same way.
    pub after: String,
    /// Where both states are known, each difference in a line of its own.
    pub changes: Vec<String>,
}

/// The states of something before and after a change, in words.
pub(super) fn states(wording: Wording<'_>, subject: &str, before: &str, after: &str) -> States {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    match (read(before), read(after)) {
        (Some(was), Some(is)) => {
            let found = differences(wording, &was, &is);
            let join = |side: fn(&Difference) -> Option<String>| {
                found.iter().filter_map(side).collect::<Vec<_>>().join("; ")
            };
            let (before, after) = (join(Difference::before), join(Difference::after));
            States { before, after, changes: found.iter().map(Difference::line).collect() }
        }
        (was, is) => {
            let state = |fields: Option<Map<String, Value>>, text: &str| match fields {
                Some(fields) => wording.fields(&fields),
                None => wording.text(subject, text),
            };
            let (before, after) = (state(was, before), state(is, after));
            // Two plain values, such as the counters of a tablet that moved.
            let both = !before.is_empty() && !after.is_empty();
            let changes = both.then(|| format!("{before} → {after}")).into_iter().collect();
            States { before, after, changes }
        }
    }
}

/// One field that differs.
struct Difference {
    label: String,
    was: String,
    is: String,
}

impl Difference {
    /// Both states in one line.
    fn line(&self) -> String {
        let [was, is] =
            [&*self.was, &*self.is].map(|text| if text.is_empty() { NOTHING } else { text });
        format!("{}: {was} → {is}", self.label)
    }

    /// The state before, none where there was nothing.
    fn before(&self) -> Option<String> {
        (!self.was.is_empty()).then(|| format!("{}: {}", self.label, self.was))
    }

    /// The state after.
    fn after(&self) -> Option<String> {
        (!self.is.is_empty()).then(|| format!("{}: {}", self.label, self.is))
    }
}

/// The fields that differ.
fn differences(
    wording: Wording<'_>,
    was: &Map<String, Value>,
    is: &Map<String, Value>,
) -> Vec<Difference> {
    let mut search = Search { wording, found: Vec::new() };
    search.maps("", was, is);
    search.found
}

struct Search<'a> {
    wording: Wording<'a>,
    found: Vec<Difference>,
}

impl Search<'_> {
    fn maps(&mut self, above: &str, was: &Map<String, Value>, is: &Map<String, Value>) {
        let new = is.keys().filter(|name| !was.contains_key(*name));
        for name in was.keys().chain(new) {
            let label = format!("{above}{}", field_name(self.wording.texts, name));
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
            // Of a list of plain values, those that were removed and those that were added.
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
        let [was, is] = [was, is].map(|state| self.wording.value(name, state));
        if was != is {
            self.found.push(Difference { label, was, is });
        }
    }

    /// What the members of a list are called.
    fn place(&self, name: &str, nth: usize) -> String {
        match name {
            "week" => self.wording.texts.get(&format!("live-weekday-{nth}")),
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
        let wording = Wording { texts, zone, users: &[], directory };
        let found = differences(wording, &read(was), &read(is));
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

    #[test]
    fn of_two_states_only_what_differs_is_told() {
        let texts = locales::texts("vi");
        let zone = &TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let directory = &Directory::default();
        let wording = Wording { texts, zone, users: &[], directory };
        let both = states(
            wording,
            "counter Q01",
            r#"{"name":"Quầy 1","department":3,"days":null}"#,
            r#"{"name":"Quầy 2","department":3,"odd":[1,2]}"#,
        );
        assert_eq!((&*both.before, &*both.after), ("tên: Quầy 1", "tên: Quầy 2; odd: 1, 2"));
        assert_eq!(both.changes, ["tên: Quầy 1 → Quầy 2", "odd: – → 1, 2"]);
        let after = |text: &str| {
            let one = states(wording, "counter Q01", "", text);
            assert!(one.before.is_empty() && one.changes.is_empty());
            one.after
        };
        assert_eq!(after("12"), "12");
        assert_eq!(after(r#"{"on":true}"#), "bật: có");
        let off = r#"{"off":["tablet_silent","burst"]}"#;
        assert_eq!(after(off), "quy tắc đã tắt: Máy mất liên lạc, Đánh giá dồn dập");
        assert_eq!(after(r#"{"id":0,"name":"Quầy 1"}"#), "tên: Quầy 1");
        assert_eq!(states(wording, "tablet", "Q01", "Q02").changes, ["Q01 → Q02"]);
        assert_eq!(
            after(r#"{"second_factor":["leader"],"languages":["vi","km"],"rows":2308}"#),
            "ngôn ngữ: tiếng Việt, tiếng Khmer; số dòng: 2.308; bắt buộc xác thực hai bước: Lãnh đạo"
        );
        let token = states(wording, "machine token 3", "", "Một cửa: invite figures:read").after;
        assert_eq!(token, "Một cửa: mời đánh giá tại quầy, đọc số liệu tổng hợp");
        let webhook = states(wording, "webhook 1", "", "https://vd.vn/a (burst,fork)").after;
        assert_eq!(webhook, "https://vd.vn/a (Đánh giá dồn dập, Trùng danh tính máy)");
        let duty = r#"{"counter_code":"Q01","from_at":1696298400000}"#;
        assert_eq!(after(duty), "quầy: Q01; từ: 03/10/2023 09:00");
    }
}
