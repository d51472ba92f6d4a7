//! The page of the audit log: who did what, in words that are found again.

use super::accounts_attack::{GOOD, give_password, sign_in};
use super::*;
use crate::centre::Centre;

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
    let (page, _) = lines(&app, &with("what", "thiết lập trung tâm")).await;
    let table = page.split("<tbody>").nth(1).unwrap().to_owned();
    assert!(table.contains("số tháng lưu ý kiến: – → 24"), "{table}");
    assert!(!table.contains("giờ làm việc"), "{table}");
}
