//! The page of the audit log: who did what, in words that are found again.

use super::accounts_attack::{GOOD, give_password, sign_in};
use super::records::house;
use super::*;
use crate::alerts::Thresholds;
use crate::centre::Centre;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::register::Entry;
use crate::verify::ChainChecks;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The page for an auditor, and how many lines it has.
async fn lines(app: &App, query: &str) -> (String, usize) {
    let request = Request::get(format!("/admin/audit?{query}"));
    let page = text(ask(app, Some(Role::Auditor), request, String::new()).await).await;
    let table = page.split("<tbody>").nth(1).unwrap_or_default().to_owned();
    let count = table.split("</tbody>").next().unwrap_or_default().matches("<tr").count();
    (page, count)
}

fn with(name: &str, value: &str) -> String {
    serde_html_form::to_string([(name, value)]).unwrap()
}

#[tokio::test]
async fn a_part_of_the_words_and_the_name_of_a_person_find_lines() {
    let (_dir, app) = app().await;
    give_password(&app, Role::Administrator).await;
    sign_in(&app, "administrator", "wrong").await;
    sign_in(&app, "administrator", GOOD).await;
    let users = app.store.users().await.unwrap();
    let full_name = &users.iter().find(|user| user.name == "administrator").unwrap().full_name;

    let (page, wrong) = lines(&app, &with("what", "sai mật")).await;
    assert_eq!(wrong, 1, "{page}");
    assert!(page.contains(&format!("người dùng {full_name} (administrator)")), "{page}");
    let (_, by_name) = lines(&app, &with("who", &full_name.to_uppercase())).await;
    let (_, by_login) = lines(&app, &with("who", "người dùng administrator")).await;
    // All people of these tests have one name.
    assert!(by_login > 0 && by_name >= by_login, "{by_name} {by_login}");
    let (_, to) = lines(&app, &with("what", full_name)).await;
    assert!(to > 0, "what was done to a person");
    assert_eq!(lines(&app, &with("what", "không có việc này")).await.1, 0);
}

#[tokio::test]
async fn the_first_change_of_the_centre_tells_what_changed_alone() {
    let (_dir, app) = app().await;
    let centre = Centre { comment_months: Some(24), ..Centre::default() };
    let json = serde_json::to_string(&centre).unwrap();
    app.store.put_setting("centre", &json, "command line", 1).await.unwrap();
    let (page, _) = lines(&app, &with("what", "thiết lập Trung tâm")).await;
    let table = page.split("<tbody>").nth(1).unwrap().to_owned();
    assert!(table.contains("số tháng lưu ý kiến góp ý: – → 24"), "{table}");
    assert!(!table.contains("giờ làm việc"), "{table}");
}

#[tokio::test]
async fn the_first_change_of_the_thresholds_is_told_against_those_in_force() {
    let (_dir, app) = app().await;
    let mut thresholds = serde_json::to_value(Thresholds::default()).unwrap();
    thresholds["burst_taps"] = 9.into();
    app.store.put_setting("alerts", &thresholds.to_string(), "command line", 1).await.unwrap();
    let (page, _) = lines(&app, &with("of", "/admin/alerts")).await;
    let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert!(table.contains(" → 9<"), "{table}");
    assert_eq!(table.matches("class=\"change\"").count(), 1, "nothing else: {table}");
}

#[tokio::test]
async fn a_ruling_is_told_with_its_reason_which_the_log_does_not_keep() {
    let (_dir, app) = house().await;
    let author = Author { user: app.store.users().await.unwrap()[0].id, actor: "user auditor" };
    let now = app.clock.now();
    app.store.add_note(3, NoteKind::RuledOut, author, "Nhập trùng", now).await.unwrap();
    app.store.add_note(3, NoteKind::Proposed, author, "names", now).await.unwrap();
    let (page, _) = lines(&app, &with("of", "/records/3")).await;
    let request = Request::get("/admin/audit.csv?kind=ratings");
    let file = text(ask(&app, Some(Role::Auditor), request, String::new()).await).await;
    for told in [page, file] {
        assert!(told.contains("lý do: Nhập trùng"), "{told}");
        assert!(told.contains("lý do: nêu tên người khác"), "{told}");
    }
    let log = format!("{:?}", app.store.audit_log(100).await.unwrap());
    assert!(!log.contains("Nhập trùng"), "it stands beside the rating alone");
}

#[tokio::test]
async fn what_had_another_name_is_found_by_it_and_reversed_days_are_refused() {
    let (_dir, app) = app().await;
    let users = app.store.users().await.unwrap();
    let user = users.iter().find(|user| user.name == "leader").unwrap();
    let was = user.data();
    let other = UserData { full_name: "Lê Thị Đào".into(), ..was.clone() };
    app.store.change_user(user.id, &was, &other, "command line", 1).await.unwrap();
    app.store.change_user(user.id, &other, &was, "command line", 2).await.unwrap();
    for name in ["le thi dao", "Thị Đào"] {
        let (page, found) = lines(&app, &with("what", name)).await;
        assert!(found >= 2, "both changes: {page}");
    }
    let days = Request::get("/admin/audit?from=2023-10-02&to=2023-10-01");
    let answer = ask(&app, Some(Role::Auditor), days, String::new()).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert!(text(answer).await.contains("Ngày cuối trước ngày đầu"));
}

#[tokio::test]
async fn the_page_of_all_chains_renews_itself_only_while_they_are_verified() {
    let (_dir, app) = house().await;
    let look = async || {
        let request = Request::get("/tablets/chains");
        let answer = ask(&app, Some(Role::Auditor), request, String::new()).await;
        head(&answer, "refresh").to_owned()
    };
    let run = ChainChecks::begin(&app.chain_checks, app.clock.now());
    assert_eq!(look().await, "3");
    drop(run);
    assert_eq!(look().await, "", "who reads what was found stays where they are");
}

#[tokio::test]
async fn a_line_leads_to_its_thing_and_the_page_of_that_back_to_its_lines() {
    let (_dir, app) = house().await;
    let write = async |action: &str, subject: &str| {
        app.store.add_audit_line("user leader", action, subject, None, 1).await.unwrap();
    };
    write("handled", "rating 3").await;
    write("ruled_out", "rating 3").await;
    write("handled", "rating 13").await;
    write("change", "officer CC001").await;
    write("set", "roster 1").await;
    let (page, _) = lines(&app, "").await;
    let about = "href=\"/admin/audit?of=%2Fadmin%2Frosters\"";
    assert!(page.contains(about), "what an auditor may not open leads to its lines: {page}");
    assert!(page.contains("href=\"/records/3\"") && page.contains("href=\"/officers/CC001\""));
    assert!(page.contains("CC001 (Nguyễn Văn A)"), "{page}");

    let way = "href=\"/admin/audit?of=%2Frecords%2F3\"";
    for (role, leads) in [(Role::Auditor, true), (Role::Administrator, true), (Role::Leader, false)]
    {
        let page = ask(&app, Some(role), Request::get("/records/3"), String::new()).await;
        assert_eq!(text(page).await.contains(way), leads, "{role:?}");
    }
    let (page, count) = lines(&app, &format!("{}&kind=ratings", with("of", "/records/3"))).await;
    assert_eq!(count, 2, "not those of the thirteenth: {page}");
    assert!(page.contains("name=\"of\" value=\"/records/3\""), "a search keeps it");
    let both = format!("{}&kind=ratings&{}", with("of", "/records/3"), with("what", "xử lý"));
    assert_eq!(lines(&app, &both).await.1, 1, "with what is looked for besides");
    for odd in ["of=/nothing", "kind=nothing"] {
        let request = Request::get(format!("/admin/audit?{odd}"));
        let answer = ask(&app, Some(Role::Auditor), request, String::new()).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{odd}");
    }
}

#[tokio::test]
async fn lines_are_chosen_by_the_kind_of_what_was_done() {
    let (_dir, app) = app().await;
    for (action, subject) in [
        ("sign out", "user ba"),
        ("verify", "chains"),
        ("retire", "tablet 7"),
        ("export", "comments"),
        ("add", "user bo"),
        ("add", "counter Q07"),
    ] {
        app.store.add_audit_line("user ba", action, subject, None, 1).await.unwrap();
    }
    let counts = [("sign-in", 1), ("tablets", 2), ("files", 1), ("alerts", 0), ("", 6)];
    for (kind, count) in counts.into_iter().chain([("accounts", 1), ("settings", 1)]) {
        assert_eq!(lines(&app, &format!("who=ba&kind={kind}")).await.1, count, "{kind}");
    }
}

#[tokio::test]
async fn what_is_saved_again_as_it_is_is_not_told() {
    let (_dir, app) = app().await;
    let json = serde_json::to_string(&Thresholds::default()).unwrap();
    for _ in 0..2 {
        app.store.put_setting("alerts", &json, "command line", 1).await.unwrap();
    }
    let (page, count) = lines(&app, &with("of", "/admin/alerts")).await;
    assert_eq!(count, 1, "{page}");
}

#[tokio::test]
async fn a_version_of_the_questionnaire_is_told_by_what_differs_from_the_one_before() {
    let (_dir, app) = app().await;
    let mut next = app.store.questionnaire(None).await.unwrap().unwrap().questionnaire;
    next.question.insert("vi".into(), "Ông/Bà có hài lòng không?".into());
    let version = app.store.publish_questionnaire(&next, "user ba", 2).await.unwrap();
    let of = format!("/admin/questionnaires/{version}");
    let (page, _) = lines(&app, &with("of", &of)).await;
    let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    assert!(table.contains("→ Ông/Bà có hài lòng không?"), "{table}");
    assert_eq!(table.matches("class=\"change\"").count(), 2, "with the number: {table}");
}

/// The names of all fields of a value.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) => {
            for (name, value) in all {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| fields(one, found)),
        _ => {}
    }
}

/// A field that is new in what the log stores needs a name in `account-field-…`.
#[tokio::test]
async fn every_field_that_is_stored_has_a_name() {
    let (_dir, app) = app().await;
    let centre =
        Centre { comment_months: Some(24), second_factor: vec![Role::Leader], ..Centre::default() };
    let user = app.store.users().await.unwrap()[0].data();
    let questionnaire = app.store.questionnaire(None).await.unwrap().unwrap().questionnaire;
    let values = [
        serde_json::to_value(centre),
        serde_json::to_value(questionnaire),
        serde_json::to_value(Thresholds::default()),
        serde_json::to_value(user),
        serde_json::to_value(Entry::default()),
    ];
    let mut names: BTreeSet<String> = BTreeSet::new();
    for value in values {
        fields(&value.unwrap(), &mut names);
    }
    // Made where it is written down: a tablet's post, a duty, what was handed out or released.
    let others = [
        "counter officer stage simulated counter_code officer_code from_at until_at",
        "period filters search rows comments format name department released expired before_at",
        "chains wrong who what from to kind of after rating comments_shown first_rating",
        "chain_end chain_end_digest chain_whole chain_breaks chain_unreadable",
    ];
    names.extend(others.iter().flat_map(|some| some.split(' ')).map(str::to_owned));
    for language in ["vi", "en"] {
        let nameless: Vec<&String> = names
            .iter()
            .filter(|name| {
                let key = format!("account-field-{}", name.replace('_', "-"));
                locales::texts(language).known(&key).is_none()
            })
            .collect();
        assert!(nameless.is_empty(), "{language}: {nameless:?}");
    }
}

/// The sources of the server, without tests.
fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !name.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The arguments of each call that begins with `call`, with what stands before it.
fn calls<'a>(text: &'a str, call: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(call) {
        let inside = &text[at + call.len()..];
        let (mut depth, mut quoted, mut from, mut arguments) = (0_i32, false, 0, Vec::new());
        for (place, letter) in inside.char_indices() {
            match letter {
                '"' => quoted = !quoted,
                _ if quoted => {}
                '(' | '[' | '{' => depth += 1,
                ',' if depth == 0 => {
                    arguments.push(inside[from..place].trim());
                    from = place + 1;
                }
                ')' | ']' | '}' => {
                    depth -= 1;
                    if depth < 0 {
                        arguments.push(inside[from..place].trim());
                        break;
                    }
                }
                _ => {}
            }
        }
        found.push((&text[..at], arguments));
    }
    found
}

/// The quoted texts of a piece of code.
fn quoted(code: &str) -> impl Iterator<Item = String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned)
}

/// What an argument can be: its own texts, those of the statement that made it, or, where it is handed
/// on, those of the calls of the function that it stands in.
fn texts_of(name: &str, argument: &str, before: &str, whole: &str) -> Vec<String> {
    let own: Vec<String> = quoted(argument).collect();
    if !own.is_empty() {
        return own;
    }
    if matches!(argument, "kind" | "kind.word()") {
        return NoteKind::ALL.map(|kind| kind.word().to_owned()).into();
    }
    let function = before.rfind("fn ").map_or(0, |at| at);
    let made = [format!("let {name}"), format!("let ({name}")];
    let made = made.iter().filter_map(|begin| before[function..].rfind(begin)).max();
    let Some(made) = made else {
        if name != "action" {
            return own;
        }
        let called = before[function..].trim_start_matches("fn ").split('(').next().unwrap();
        let calls = calls(whole, &format!(" {called}("));
        let arguments = calls.iter().map(|(_, arguments)| arguments.join(" "));
        return arguments.flat_map(|one| quoted(&one).collect::<Vec<_>>()).collect();
    };
    let statement = before[function + made..].split_once(';').map_or("", |(one, _)| one);
    if name == "action" && statement.contains("kind.word()") {
        let word = whole.split("fn word(self)").nth(1).unwrap_or_default();
        return quoted(word.split("\n    }\n").next().unwrap()).collect();
    }
    quoted(statement).collect()
}

/// An action or a thing that is new in the log needs its words: `account-do-…` with its place in
/// `audit::kinds`, `account-of-…` with its place in `audit::search`.
#[test]
fn every_kind_of_line_that_the_code_writes_has_words() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let (mut actions, mut subjects) = (BTreeSet::new(), BTreeSet::new());
    // The one place that writes what it is handed.
    for file in files.iter().filter(|file| !file.ends_with("storage/audit.rs")) {
        let code = std::fs::read_to_string(file).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        for (call, action, subject) in [("log_change!(", 3, 4), (".add_audit_line(", 1, 2)] {
            for (before, arguments) in calls(code, call) {
                let done = texts_of("action", arguments[action], before, code);
                assert!(!done.is_empty(), "{}: what is {}?", file.display(), arguments[action]);
                actions.extend(done);
                subjects.extend(texts_of("subject", arguments[subject], before, code));
            }
        }
        let given = calls(code, "AccessAudit::file(");
        subjects.extend(given.iter().flat_map(|(_, arguments)| quoted(arguments[0])));
    }
    assert!(actions.len() > 40 && subjects.len() > 20, "{actions:?} {subjects:?}");
    for language in ["vi", "en"] {
        let texts = locales::texts(language);
        for action in &actions {
            let key = format!("account-do-{}", action.replace([' ', '_'], "-"));
            assert!(texts.known(&key).is_some(), "{language} has no {key}");
        }
        // The word in front of the number or the code of a thing; of a list or a setting the name too.
        for subject in &subjects {
            let head = subject.split('{').next().unwrap().trim();
            let is_word = !head.is_empty() && !head.contains(['/', ':', '=']);
            if is_word {
                let parts = head.split(' ').count();
                let has_word = (1..=parts).any(|end| {
                    let begin: Vec<_> = head.split(' ').take(end).collect();
                    texts.known(&format!("account-of-{}", begin.join("-"))).is_some()
                });
                assert!(has_word, "{language} has no word for {head}");
            }
        }
    }
}
