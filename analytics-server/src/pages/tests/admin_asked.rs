//! The roster and the questionnaires in the administration.

use super::admin::{furnished, get, send};
use super::admin_tablets::hidden;
use super::pieces::assert_pieces;
use super::*;
use axum::http::StatusCode;

#[tokio::test]
async fn the_roster_of_a_week_is_kept_entry_by_entry() {
    let (_dir, app) = furnished().await;
    let add = async |changes: &[(&str, &str)]| {
        let mut fields = vec![
            ("counter", "Q01"),
            ("officer", "CC001"),
            ("day", "2023-10-03"),
            ("from", "7:00"),
            ("until", "11:30"),
        ];
        for (name, value) in changes {
            fields.retain(|(one, _)| one != name);
            fields.push((name, value));
        }
        send(&app, "/admin/rosters?week=2023-10-04", &fields).await
    };
    for (name, value, said) in [
        ("counter", "Q99", "chọn một quầy"),
        ("officer", "", "chọn một công chức"),
        ("day", "2023-02-30", "Không có ngày này"),
        ("day", "2023-09-30", "đã qua"),
        ("from", "25:00", "nhập giờ như"),
        ("until", "06:59", "phải sau giờ bắt đầu"),
    ] {
        let refused = add(&[(name, value)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}={value}");
        let page = text(refused).await;
        assert!(page.contains(said), "{name}={value}: {page}");
    }
    for _ in 0..2 {
        let added = add(&[]).await;
        assert_eq!(head(&added, "location"), "/admin/rosters?week=2023-10-02&done=added");
    }
    let page = text(get(&app, "/admin/rosters?week=2023-10-05").await).await;
    assert_eq!(
        page.matches("class=\"line\">07:00–11:30</span>").count(),
        1,
        "sent twice it is one: {page}"
    );
    let other = text(get(&app, "/admin/rosters?week=2023-10-09").await).await;
    assert!(!other.contains("07:00–11:30</span>"));
    assert_eq!(get(&app, "/admin/rosters?week=x").await.status(), StatusCode::OK);
    for num in ["0", "x", "99"] {
        let none = send(&app, &format!("/admin/rosters/{num}/cancel"), &[]).await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND, "{num}");
    }
    let cancelled = send(&app, "/admin/rosters/1/cancel?week=2023-10-02", &[]).await;
    assert_eq!(head(&cancelled, "location"), "/admin/rosters?week=2023-10-02&done=saved");
    assert_eq!(app.store.roster(0).await.unwrap(), []);
}

/// The draft's form as the page has it, some fields changed.
async fn draft(app: &App, changes: &[(&str, &str)]) -> Response<Body> {
    let page = text(get(app, "/admin/questionnaires/draft").await).await;
    let newest = app.store.questionnaire(None).await.unwrap().unwrap();
    let mut typed = crate::questionnaire::fields::typed_of(&newest.questionnaire);
    typed.insert("was".into(), hidden(&page, "was"));
    for (name, value) in changes {
        typed.insert((*name).to_owned(), (*value).to_owned());
    }
    let fields: Vec<_> = typed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    send(app, "/admin/questionnaires/draft", &fields).await
}

#[tokio::test]
async fn a_draft_is_checked_looked_at_and_published_once() {
    let (_dir, app) = furnished().await;
    let publish = async |mark: &str, sure: &str| {
        let fields = [("mark", mark), ("sure", sure)];
        send(&app, "/admin/questionnaires/draft/publish", &fields).await
    };
    let look = async || text(get(&app, "/admin/questionnaires/draft/view").await).await;
    let same = publish(&hidden(&look().await, "mark"), "yes").await;
    assert_eq!(same.status(), StatusCode::CONFLICT);
    assert!(text(same).await.contains("giống hệt phiên bản mới nhất"));

    let refused = draft(&app, &[("question-vi", ""), ("s0-i0-id", "Chờ lâu")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("Phải có nội dung tiếng Việt") && page.contains("value=\"Chờ lâu\""));

    let asked = "Ông/Bà thấy <b>thế nào</b>?";
    assert_eq!(draft(&app, &[("question-vi", asked)]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.store.questionnaires().await.unwrap().len(), 1, "a draft is no version");
    let page = look().await;
    assert!(page.contains("&#60;b&#62;") && !page.contains("<b>"), "no markup gets through");
    let mark = hidden(&page, "mark");
    assert_eq!(publish(&mark, "").await.status(), StatusCode::CONFLICT, "it asks first");
    assert_eq!(publish("0011", "yes").await.status(), StatusCode::CONFLICT);
    let done = publish(&mark, "yes").await;
    assert_eq!(head(&done, "location"), "/admin/questionnaires?done=published");
    assert_eq!(publish(&mark, "yes").await.status(), StatusCode::CONFLICT, "once");
    let versions = app.store.questionnaires().await.unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1].questionnaire.question["vi"], asked);
    assert_eq!(versions[1].actor, "user administrator");
    let old = text(get(&app, "/admin/questionnaires/1?in=en").await).await;
    assert!(old.contains("How satisfied are you"), "the first stays as it was");
    for version in ["0", "3", "x", "-1", "99999999999"] {
        let none = get(&app, &format!("/admin/questionnaires/{version}")).await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND, "{version}");
    }
}

#[tokio::test]
async fn a_stale_draft_overwrites_nothing() {
    let (_dir, app) = furnished().await;
    let other = [("question-vi", "Câu của người khác?"), ("was", "0011")];
    let late = draft(&app, &other).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(late).await.contains("người khác thay đổi"));
    assert_eq!(app.store.setting("questionnaire_draft").await.unwrap(), None);
}

#[tokio::test]
async fn a_draft_is_published_once_and_dropped_as_it_was_seen() {
    let (_dir, app) = furnished().await;
    let drop =
        async |was: &str| send(&app, "/admin/questionnaires/draft/drop", &[("was", was)]).await;
    assert_eq!(draft(&app, &[("question-vi", "Một?")]).await.status(), StatusCode::SEE_OTHER);
    let seen = hidden(&text(get(&app, "/admin/questionnaires/draft").await).await, "was");
    assert_eq!(draft(&app, &[("question-vi", "Hai?")]).await.status(), StatusCode::SEE_OTHER);
    let late = drop(&seen).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(late).await;
    assert!(page.contains("Chưa có gì bị bỏ") && page.contains("value=\"Hai?\""), "{page}");

    let mark = hidden(&text(get(&app, "/admin/questionnaires/draft/view").await).await, "mark");
    let fields = [("mark", mark.as_str()), ("sure", "yes")];
    let press = || send(&app, "/admin/questionnaires/draft/publish", &fields);
    let (one, other, third) = tokio::join!(press(), press(), press());
    let mut told = [one.status(), other.status(), third.status()];
    told.sort_unstable();
    assert_eq!(told, [StatusCode::SEE_OTHER, StatusCode::CONFLICT, StatusCode::CONFLICT]);
    assert_eq!(app.store.questionnaires().await.unwrap().len(), 2);
    let seen = hidden(&text(get(&app, "/admin/questionnaires/draft").await).await, "was");
    assert_eq!(drop(&seen).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_of_the_roster_and_the_questionnaires_as_they_are() {
    let (_dir, app) = furnished().await;
    let csrf = viewer(&app, Role::Administrator).await.csrf;
    for (name, address) in [
        ("rosters", "/admin/rosters"),
        ("questionnaires", "/admin/questionnaires"),
        ("draft", "/admin/questionnaires/draft"),
        ("likeness", "/admin/questionnaires/draft/view?in=en"),
        ("upload", "/admin/officers/upload"),
    ] {
        let page = text(get(&app, address).await).await;
        let page = page.replace(crate::assets::mark(), "MARK").replace(&csrf, "CSRF");
        assert!(!page.contains("[admin-"), "{address} has a sentence without words: {page}");
        if name == "draft" {
            // The head is that of every page of the administration.
            let (head, page) = page.split_once("<header").unwrap();
            let (_, main) = page.split_once("</header>").unwrap();
            let sections =
                ["question", "step_1", "step_2", "step_3", "step_4", "timeouts", "discard"];
            assert_pieces(name, &format!("{head}{main}"), &sections);
        } else {
            insta::assert_snapshot!(name, page);
        }
    }
}
