//! What differs between two states, told field by field.

use super::*;
use crate::audit::names::AuditNames;
use jiff::tz::TimeZone;

/// The states of a thing before and after, told in Vietnamese.
fn told(subject: &str, was: &str, is: &str) -> States {
    let zone = &TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let (texts, names) = (locales::texts("vi"), &AuditNames::sample());
    states(Wording { texts, zone, names, subject }, was, is)
}

fn lines(was: &str, is: &str) -> Vec<String> {
    told("setting centre", was, is).changes
}

#[test]
fn what_was_changed_is_told_down_to_the_last_field() {
    let was = r#"{"name":{"vi":"Trung tâm","en":"Centre"},"comment_months":24,
        "hours":{"week":[[{"from":"07:30","until":"17:00"}],[]],"closed":["2026-09-02"]}}"#;
    let is = r#"{"name":{"vi":"Trung tâm mới","en":"Centre"},"comment_months":null,
        "hours":{"week":[[{"from":"07:30","until":"16:30"}],[]],
        "closed":["2026-09-02","2026-09-03"]}}"#;
    let found = lines(was, is);
    for line in
        ["giờ làm việc › ngày nghỉ: – → 03/09/2026", "tên › tiếng Việt: Trung tâm → Trung tâm mới"]
    {
        assert!(found.iter().any(|one| one == line), "{found:?}");
    }
    assert!(found.iter().any(|one| one.ends_with(" › thứ Hai: 07:30–17:00 → 07:30–16:30")));
    assert!(found.iter().any(|one| one.ends_with(": 24 → –")));
    assert_eq!(found.len(), 4, "and nothing else: {found:?}");
    assert_eq!(lines(r#"{"on":true}"#, r#"{"on":false}"#), ["bật: có → không"]);
}

#[test]
fn a_second_saving_says_that_nothing_changed() {
    let state = r#"{"burst_taps":6,"off":["burst"]}"#;
    assert_eq!(lines(state, state), [locales::texts("vi").get("account-audit-unchanged")]);
}

#[test]
fn of_two_states_only_what_differs_is_told() {
    let both = told(
        "counter Q01",
        r#"{"name":"Quầy 1","department":3,"days":null}"#,
        r#"{"name":"Quầy 2","department":3,"odd":[1,2]}"#,
    );
    assert_eq!((&*both.before, &*both.after), ("tên: Quầy 1", "tên: Quầy 2; odd: 1, 2"));
    assert_eq!(both.changes, ["tên: Quầy 1 → Quầy 2", "odd: – → 1, 2"]);
    let after = |text: &str| {
        let one = told("counter Q01", "", text);
        assert!(one.before.is_empty() && one.changes.is_empty());
        one.after
    };
    assert_eq!(after("12"), "12");
    assert_eq!(after(r#"{"on":true}"#), "bật: có");
    assert_eq!(after(r#"{"id":0,"name":"Quầy 1"}"#), "tên: Quầy 1");
    let off = after(r#"{"off":["tablet_silent","burst"]}"#);
    assert!(off.ends_with(&format!(": {}, {}", rule("tablet_silent"), rule("burst"))), "{off}");
    let duty = r#"{"counter_code":"Q01","from_at":1696298400000}"#;
    assert_eq!(after(duty), "quầy: Q01; từ: 09:00 ngày 03/10/2023");
}

#[test]
fn tokens_and_webhooks_are_told_with_what_they_may_do() {
    let after = |subject: &str, text: &str| told(subject, "", text).after;
    let token = after("machine token 3", "Một cửa: invite figures:read");
    assert_eq!(token, "Một cửa: mời đánh giá tại quầy, đọc số liệu tổng hợp");
    let webhook = after("webhook 1", "https://vd.vn/a (burst,fork)");
    assert_eq!(webhook, format!("https://vd.vn/a ({}, {})", rule("burst"), rule("fork")));
}

/// What an alert of a rule is called.
fn rule(word: &str) -> String {
    locales::texts("vi").get(&format!("alerts-rule-{word}"))
}

#[test]
fn a_tablet_that_moved_is_told_by_its_counters() {
    let moved = told("tablet 7", "Q01", "Q02");
    assert_eq!(moved.changes, ["Quầy số 01 (Q01) → Quầy số 02 (Q02)"]);
    // As it is written down, and as it was up to 0.2.0.
    let post = r#"{"counter":1,"officer":null,"stage":"receive","simulated":false}"#;
    let old = "TabletAssignment { counter: 2, officer: Some(13), stage: Some(Receive), simulated: false }";
    let officer = format!("{}: – → Nguyễn Văn C (CC013)", label("officer"));
    let counter = format!("{}: Quầy số 01 (Q01) → Quầy số 02 (Q02)", label("counter"));
    assert_eq!(told("tablet 7", post, old).changes, [counter, officer]);
}

/// What a field of a tablet is called.
fn label(name: &str) -> String {
    let zone = &TimeZone::UTC;
    let (texts, names) = (locales::texts("vi"), &AuditNames::default());
    Wording { texts, zone, names, subject: "tablet 7" }.label(name)
}

#[test]
fn of_a_questionnaire_only_the_words_that_changed_are_told() {
    let item = |id: &str, text: &str| format!(r#"{{"id":"{id}","text":{{"vi":"{text}"}}}}"#);
    let step = |items: &[String]| {
        format!(r#"{{"kind":"reasons","text":{{"vi":"Vì sao?"}},"items":[{}]}}"#, items.join(","))
    };
    let whole = |steps: &[String]| format!(r#"{{"version":2,"steps":[{}]}}"#, steps.join(","));
    let (one, two) = (item("wait", "Chờ lâu"), item("cold", "Thái độ"));
    let comment = r#"{"kind":"comment","text":{"vi":"Ý kiến"}}"#.to_owned();
    let was = whole(&[step(&[one.clone(), two.clone()]), comment.clone()]);

    let reworded = whole(&[step(&[one.clone(), item("cold", "Lạnh nhạt")]), comment.clone()]);
    let found = lines(&was, &reworded);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("“Thái độ”") && found[0].ends_with(": Thái độ → Lạnh nhạt"));

    let swapped = whole(&[step(&[two.clone(), one.clone()]), comment.clone()]);
    let found = lines(&was, &swapped);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("“Chờ lâu”, “Thái độ” → “Thái độ”, “Chờ lâu”"), "{found:?}");

    let shorter = whole(&[step(std::slice::from_ref(&one)), comment.clone()]);
    let found = lines(&was, &shorter);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("“Thái độ” (cold) → –"), "{found:?}");

    // Two steps that changed their places, and one of them its words.
    let moved = whole(&[comment.clone(), step(&[one.clone(), item("cold", "Lạnh nhạt")])]);
    let found = lines(&was, &moved);
    assert_eq!(found.len(), 2, "the order, and what was reworded: {found:?}");
    assert!(found[0].ends_with(": Thái độ → Lạnh nhạt"), "{found:?}");
    assert!(found[1].ends_with("thứ tự: “Vì sao?”, “Ý kiến” → “Ý kiến”, “Vì sao?”"), "{found:?}");

    // A step before the others is one difference, not three.
    let longer = whole(&[comment.clone(), step(&[one, two]), comment]);
    assert_eq!(lines(&was, &longer).len(), 1);
}
