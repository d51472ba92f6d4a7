//! The roster and the questionnaires in the administration.

use super::admin::{furnished, get, send};
use super::admin_tablets::hidden;
use super::pieces::assert_pieces;
use super::*;
use axum::http::StatusCode;

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
    let drop = async |was: &str| {
        let fields = [("was", was), ("confirmed", "yes")];
        send(&app, "/admin/questionnaires/draft/drop", &fields).await
    };
    assert_eq!(draft(&app, &[("question-vi", "Một?")]).await.status(), StatusCode::SEE_OTHER);
    let seen = hidden(&text(get(&app, "/admin/questionnaires/draft").await).await, "was");
    assert_eq!(draft(&app, &[("question-vi", "Hai?")]).await.status(), StatusCode::SEE_OTHER);
    let late = drop(&seen).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(late).await;
    assert!(page.contains("Chưa có nội dung nào bị bỏ"), "{page}");
    assert!(page.contains("value=\"Hai?\""), "{page}");

    let mark = hidden(&text(get(&app, "/admin/questionnaires/draft/view").await).await, "mark");
    let fields = [("mark", mark.as_str()), ("sure", "yes")];
    let press = || send(&app, "/admin/questionnaires/draft/publish", &fields);
    let (one, other, third) = tokio::join!(press(), press(), press());
    let mut told = [one.status(), other.status(), third.status()];
    told.sort_unstable();
    assert_eq!(told, [StatusCode::SEE_OTHER, StatusCode::CONFLICT, StatusCode::CONFLICT]);
    assert_eq!(app.store.questionnaires().await.unwrap().len(), 2);
    let seen = hidden(&text(get(&app, "/admin/questionnaires/draft").await).await, "was");
    let asks = send(&app, "/admin/questionnaires/draft/drop", &[("was", &seen)]).await;
    assert_eq!(asks.status(), StatusCode::OK, "it asks first");
    let asks = text(asks).await;
    assert!(asks.contains("không khôi phục được"), "{asks}");
    assert_eq!(hidden(&asks, "was"), seen);
    assert_eq!(drop(&seen).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn steps_and_items_are_moved_without_being_stored() {
    let (_dir, app) = furnished().await;
    let page = text(get(&app, "/admin/questionnaires/draft").await).await;
    let (was, second) = (hidden(&page, "was"), hidden(&page, "s0-i1-id"));
    let typed = ("s0-i0-text-en", "Typed and not stored");
    let moved = draft(&app, &[("move", "s0-i0-down"), typed]).await;
    assert_eq!(moved.status(), StatusCode::OK);
    let page = text(moved).await;
    assert_eq!(hidden(&page, "s0-i0-id"), second, "{page}");
    assert!(page.contains("name=\"s0-i1-text-en\" type=\"text\" maxlength=\"300\" value=\"Typed"));
    assert!(page.contains("value=\"s0-i1-down\" autofocus"), "the focus goes along: {page}");
    assert_eq!(page.matches(" autofocus").count(), 1);
    assert_eq!(hidden(&page, "was"), was, "a form that is stale stays so");
    assert!(page.contains("role=\"status\">Chưa lưu</p>"), "{page}");
    assert_eq!(app.store.setting("questionnaire_draft").await.unwrap(), None);
    let odd = draft(&app, &[("move", "s9-up")]).await;
    assert_eq!(odd.status(), StatusCode::OK);
    assert!(!text(odd).await.contains(" autofocus"));
    let removed = text(draft(&app, &[("move", "s0-remove")]).await).await;
    assert!(!removed.contains(&format!("value=\"{second}\"")), "a step with its items: {removed}");
}

#[tokio::test]
async fn a_language_that_lacks_a_text_is_named_and_all_are_seen_before_publishing() {
    let (_dir, app) = furnished().await;
    let view = "/admin/questionnaires/draft/view";
    let whole = text(get(&app, view).await).await;
    assert!(whole.contains("name=\"sure\"") && !whole.contains(": thiếu "), "{whole}");
    assert!(whole.contains("lang=\"vi\"") && whole.contains("class=\"glass\" lang=\"en\""));
    let one = text(get(&app, &format!("{view}?in=en")).await).await;
    assert!(!one.contains("name=\"sure\""), "nobody has seen the other language: {one}");
    let changes = [("question-en", ""), ("s0-i1-text-en", "")];
    assert_eq!(draft(&app, &changes).await.status(), StatusCode::SEE_OTHER);
    for address in [view, "/admin/questionnaires/draft"] {
        let page = text(get(&app, address).await).await;
        let said = "Tiếng Anh: thiếu 2 câu. Máy tính bảng sẽ không cho chọn ngôn ngữ này";
        assert!(page.contains(said), "{address}: {page}");
        assert!(!page.contains("Tiếng Khmer: thiếu"), "it is off: {address}: {page}");
    }
    let khmer = text(get(&app, &format!("{view}?in=km")).await).await;
    assert!(khmer.contains("Ngôn ngữ này đang tắt") && !khmer.contains(": thiếu "), "{khmer}");
}

#[tokio::test]
async fn looking_at_a_draft_saves_it_first_and_shows_its_errors() {
    let (_dir, app) = furnished().await;
    let view = "/admin/questionnaires/draft/view";
    let look =
        async |changes: &[(&str, &str)]| draft(&app, &[changes, &[("look", "yes")]].concat()).await;
    let same = look(&[]).await;
    assert_eq!(head(&same, "location"), view);
    let stored = async || app.store.setting("questionnaire_draft").await.unwrap();
    assert_eq!(stored().await, None, "there is nothing to save");
    let refused = look(&[("question-vi", "")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(refused).await;
    assert!(page.contains("Phải có nội dung tiếng Việt") && page.contains(">Chưa lưu</p>"));
    let looked = look(&[("question-vi", "Vừa gõ?")]).await;
    assert_eq!(head(&looked, "location"), view);
    assert!(stored().await.unwrap().contains("Vừa gõ?"));
    assert!(text(get(&app, view).await).await.contains("Vừa gõ?"));
}

#[tokio::test]
async fn the_list_of_versions_names_a_draft_that_waits() {
    let (_dir, app) = furnished().await;
    let list = async || text(get(&app, "/admin/questionnaires").await).await;
    let page = list().await;
    assert!(page.contains("Soạn phiên bản mới") && page.contains("Đang dùng"), "{page}");
    draft(&app, &[("question-vi", "Một?")]).await;
    let page = list().await;
    assert!(page.contains(">Tiếp tục bản dự thảo<"), "{page}");
    assert!(page.contains("lưu lần gần nhất lúc 01/10/2023"), "{page}");
    let was = hidden(&text(get(&app, "/admin/questionnaires/draft").await).await, "was");
    let sure = [("was", was.as_str()), ("confirmed", "yes")];
    let dropped = send(&app, "/admin/questionnaires/draft/drop", &sure).await;
    let address = head(&dropped, "location").to_owned();
    assert!(text(get(&app, &address).await).await.contains("Đã bỏ bản dự thảo."));
    assert!(list().await.contains("Soạn phiên bản mới"));
}

#[tokio::test]
async fn an_item_without_a_code_gets_one_and_a_published_code_stays() {
    let (_dir, app) = furnished().await;
    let page = text(get(&app, "/admin/questionnaires/draft").await).await;
    let spare = (0..32).find(|row| page.contains(&format!("name=\"s0-i{row}-id\" type=\"text\"")));
    let row = spare.unwrap();
    assert!(page.contains("type=\"hidden\" name=\"s0-i0-id\""), "it is shown, not typed: {page}");
    let name = format!("s0-i{row}-text-vi");
    let added = draft(&app, &[(name.as_str(), "Chỗ ngồi chờ")]).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let stored = app.store.setting("questionnaire_draft").await.unwrap().unwrap();
    assert!(stored.contains("\"cho_ngoi_cho\""), "{stored}");
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
