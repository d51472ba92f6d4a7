//! Redaction in two steps, by whom, and the way back.

use super::records::{HOUR, house};
use super::*;
use crate::storage::notes::{Author, NoteKind};
use axum::http::StatusCode;
use protocol::Level;
use uuid::Uuid;

const SECRET: &str = "Anh Ba ở số 0912345678 đã hẹn tôi";
const LEFT: &str = "Anh Ba ở số [đã lược bỏ] đã hẹn tôi";

/// A visit of the first department and officer with a comment; its number.
async fn commented(app: &App) -> i64 {
    let id = Uuid::from_u128(500);
    let rating = commented_rating(id, app.clock.now() - HOUR, Level::Dissatisfied, SECRET);
    app.store.import_ratings(&[rating], app.clock.now()).await.unwrap();
    app.store.record_of(id).await.unwrap().unwrap().num
}

async fn get(app: &App, role: Role, address: &str) -> String {
    let answer = ask(app, Some(role), Request::get(address), String::new()).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    text(answer).await
}

/// What a hidden field of a page holds.
fn field(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    page.split(&field).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

const PART: &str = "extent=part&part=0912345678&reason=personal";

#[tokio::test]
async fn what_will_be_left_is_seen_before_it_is_stored() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let address = format!("/records/{num}/redact");
    for (form, said) in [
        ("part=x&reason=names", "Chưa chọn lược bỏ một đoạn hay toàn bộ"),
        ("extent=whole", "Chưa chọn lý do"),
        ("extent=part&part=&reason=names", "Đoạn cần lược bỏ còn trống"),
        ("extent=part&part=anh+Tư&reason=names", "không có đoạn này"),
    ] {
        let answer = post(&app, Role::Auditor, &address, form).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{form}");
        assert!(text(answer).await.contains(said), "{form}");
    }
    let comment = async || app.store.record(num).await.unwrap().unwrap().comment.unwrap();
    let answer = post(&app, Role::Auditor, &address, PART).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = text(answer).await;
    assert!(page.contains("Anh Ba ở số <del>0912345678</del> đã hẹn tôi"), "{page}");
    assert!(page.contains(&format!("<blockquote>{LEFT}</blockquote>")), "{page}");
    assert_eq!(comment().await, SECRET, "nothing is stored yet");
    // Somebody else was faster: what is left is shown anew.
    let seen = field(&page, "seen");
    let stale = post(&app, Role::Auditor, &address, &format!("{PART}&seen=00")).await;
    assert!(text(stale).await.contains("vừa được người khác thay đổi"));
    assert_eq!(comment().await, SECRET);
    let done = post(&app, Role::Auditor, &address, &format!("{PART}&seen={seen}")).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(comment().await, LEFT);
    // All of it, in the same two steps.
    let whole = "extent=whole&reason=insult";
    let page = text(post(&app, Role::Administrator, &address, whole).await).await;
    assert!(page.contains(&format!("<del>{LEFT}</del>")));
    let form = format!("{whole}&seen={}", field(&page, "seen"));
    post(&app, Role::Administrator, &address, &form).await;
    assert_eq!(comment().await, "[đã lược bỏ]");
    let again = post(&app, Role::Administrator, &address, whole).await;
    assert!(text(again).await.contains("đã được lược bỏ toàn bộ"));
    let page = Request::get(format!("/records/{num}"));
    let page = text(ask(&app, Some(Role::Administrator), page, String::new()).await).await;
    assert!(!page.contains("name=\"extent\""), "nothing is left that could be taken away");
}

#[tokio::test]
async fn nothing_in_a_comment_gives_a_screen_orders() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let author = Author { user: viewer(&app, Role::Auditor).await.user.id, actor: "test" };
    let tricky = "tốt\u{202e}xấu\u{1b}[2J";
    app.store.redact(num, (SECRET, tricky), "other", author, app.clock.now()).await.unwrap();
    for address in [format!("/records/{num}"), "/comments?from=2023-09-01".to_owned()] {
        let page = get(&app, Role::Auditor, &address).await;
        assert!(page.contains("tốt[U+202E]xấu\u{241b}[2J"), "{page}");
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "{address}");
    }
    let address = format!("/records/{num}/redact");
    let page = post(&app, Role::Auditor, &address, "extent=part&part=t%E1%BB%91t&reason=other");
    assert!(text(page.await).await.contains("<del>tốt</del>[U+202E]xấu"));
}

#[tokio::test]
async fn whoever_is_criticised_redacts_nothing() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let address = format!("/records/{num}/redact");
    for role in [Role::Supervisor, Role::Leader, Role::Officer] {
        let answer = post(&app, role, &address, PART).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{role:?}");
    }
    // An administrator who also serves at a counter, about themself and about another.
    let user = viewer(&app, Role::Administrator).await.user;
    let serving = UserData { officer: Some(1), ..user.data() };
    app.store.change_user(user.id, &user.data(), &serving, "test", 1).await.unwrap();
    let own = post(&app, Role::Administrator, &address, PART).await;
    assert_eq!(own.status(), StatusCode::FORBIDDEN);
    let page = get(&app, Role::Administrator, &format!("/records/{num}")).await;
    assert!(!page.contains("/redact"), "no form for what is refused");
    let other = UserData { officer: Some(2), ..user.data() };
    app.store.change_user(user.id, &serving, &other, "test", 1).await.unwrap();
    assert_eq!(post(&app, Role::Administrator, &address, PART).await.status(), StatusCode::OK);
    assert_eq!(app.store.record(num).await.unwrap().unwrap().comment.as_deref(), Some(SECRET));
}

#[tokio::test]
async fn a_supervisor_proposes_and_an_auditor_decides() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let visit = format!("/records/{num}");
    let page = get(&app, Role::Supervisor, &visit).await;
    assert!(page.contains("/propose") && !page.contains("/redact") && !page.contains("/decline"));
    let propose = format!("{visit}/propose");
    let bad = post(&app, Role::Supervisor, &propose, "reason=revenge").await;
    assert_eq!(bad.status(), StatusCode::BAD_REQUEST);
    for _ in 0..2 {
        let answer = post(&app, Role::Supervisor, &propose, "reason=personal&confirmed=yes").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(app.store.notes(num).await.unwrap().len(), 1, "once");
    let list = "/comments?state=proposed&from=2023-01-01";
    let link = format!("href=\"{visit}?list=");
    assert!(get(&app, Role::Auditor, list).await.contains(&link));
    let flags = get(&app, Role::Auditor, "/flags?period=2023-10").await;
    assert!(flags.contains("state=proposed"), "{flags}");
    let page = get(&app, Role::Auditor, &visit).await;
    assert!(page.contains("/decline") && page.contains("Đề nghị lược bỏ ý kiến"));
    let decline = format!("{visit}/decline");
    let empty = post(&app, Role::Auditor, &decline, "text=").await;
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
    let refused = post(&app, Role::Supervisor, &decline, "text=x").await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    post(&app, Role::Auditor, &decline, "text=Số+của+cơ+quan").await;
    assert_eq!(app.store.notes(num).await.unwrap()[1].kind, NoteKind::Declined);
    assert!(!get(&app, Role::Auditor, list).await.contains(&link), "it was answered");
    post(&app, Role::Supervisor, &propose, "reason=names&confirmed=yes").await;
    assert!(get(&app, Role::Auditor, list).await.contains(&link), "a second wish");
}

#[tokio::test]
async fn a_proposal_for_another_reason_is_explained_and_asks_first() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let (visit, propose) = (format!("/records/{num}"), format!("/records/{num}/propose"));
    // What was typed for something else on the page comes along.
    let typed = "note_text=%C4%90ang+vi%E1%BA%BFt";
    let bare = post(&app, Role::Supervisor, &propose, &format!("reason=other&{typed}")).await;
    assert_eq!(bare.status(), StatusCode::BAD_REQUEST);
    let page = text(bare).await;
    assert!(page.contains("id=\"e-why\"") && page.contains("vui lòng giải thích"), "{page}");
    assert!(page.contains(">Đang viết</textarea>") && page.contains("value=\"other\" selected"));
    let form = format!("reason=other&why=S%E1%BB%91+m%C3%A1y+ri%C3%AAng&{typed}");
    let asked = text(post(&app, Role::Supervisor, &propose, &form).await).await;
    assert!(asked.contains("Lý do khác: Số máy riêng") && asked.contains("không rút lại được"));
    assert_eq!(field(&asked, "note_text"), "Đang viết");
    assert_eq!(app.store.notes(num).await.unwrap(), [], "it only asked");
    let sent = post(&app, Role::Supervisor, &propose, &format!("{form}&confirmed=yes")).await;
    assert_eq!(sent.status(), StatusCode::OK);
    let page = text(sent).await;
    assert!(page.contains(">Đang viết</textarea>") && page.contains("chưa được gửi"), "{page}");
    let page = get(&app, Role::Auditor, &visit).await;
    assert!(page.contains("Lý do khác: Số máy riêng") && !page.contains("Đang viết"), "{page}");
    let notes = app.store.notes(num).await.unwrap();
    assert_eq!((notes.len(), notes[0].kind), (1, NoteKind::Proposed));
}

#[tokio::test]
async fn what_was_typed_for_a_proposal_goes_with_the_comment() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let (author, now) = (Author { user: 1, actor: "test" }, app.clock.now());
    let texts = async || {
        let notes = app.store.notes(num).await.unwrap();
        notes.into_iter().map(|note| note.text).collect::<Vec<_>>()
    };
    let why = "other: Nêu số: 0912345678";
    app.store.add_note(num, NoteKind::Proposed, author, why, now).await.unwrap();
    assert_eq!(texts().await, [why]);
    app.store.redact(num, (SECRET, LEFT), "personal", author, now).await.unwrap();
    assert_eq!(texts().await, ["other", "personal"]);
    // Likewise where the term of the comment is over.
    app.store.add_note(num, NoteKind::Proposed, author, why, now).await.unwrap();
    app.store.expire_comments(now - 2 * HOUR, "test", now).await.unwrap();
    assert_eq!(texts().await, ["other", "personal", why], "not yet");
    app.store.expire_comments(now, "test", now).await.unwrap();
    assert_eq!(texts().await, ["other", "personal", "other"]);
}

#[tokio::test]
async fn an_auditor_puts_back_what_was_redacted_within_thirty_days() {
    let (_dir, app) = house().await;
    let num = commented(&app).await;
    let visit = format!("/records/{num}");
    let redact = async |app: &App| {
        let address = format!("{visit}/redact");
        let page = text(post(app, Role::Administrator, &address, PART).await).await;
        let form = format!("{PART}&seen={}", field(&page, "seen"));
        post(app, Role::Administrator, &address, &form).await;
    };
    redact(&app).await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Auditor) {
        for form in ["original", "restore"] {
            let answer = post(&app, role, &format!("{visit}/{form}"), "note=1").await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{role:?} {form}");
        }
    }
    let looks = async |app: &App| {
        let log = app.store.audit_log(1_000).await.unwrap();
        log.iter().filter(|one| one.action == "read original").count()
    };
    assert!(!get(&app, Role::Administrator, &visit).await.contains("/restore"));
    let page = get(&app, Role::Auditor, &visit).await;
    assert!(page.contains("/restore") && !page.contains("0912345678"), "{page}");
    assert_eq!(looks(&app).await, 0);
    let note = format!("note={}", field(&page, "note"));
    let seen = text(post(&app, Role::Auditor, &format!("{visit}/original"), &note).await).await;
    assert!(seen.contains(SECRET), "{seen}");
    assert_eq!(looks(&app).await, 1, "each look is written down");
    // No list and no search finds it.
    for address in ["/comments?search=0912345678&from=2023-01-01", "/records?from=2023-01-01"] {
        assert!(!get(&app, Role::Auditor, address).await.contains("ở số 0912"), "{address}");
    }
    let back = post(&app, Role::Auditor, &format!("{visit}/restore"), &note).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    let page = get(&app, Role::Supervisor, &visit).await;
    assert!(page.contains(SECRET) && page.contains("Khôi phục ý kiến"));
    assert!(get(&app, Role::Auditor, "/comments?search=0912345678").await.contains("ở số 0912"));

    // Of a redaction that is a moment older than thirty days nothing can be had.
    let user = viewer(&app, Role::Administrator).await.user.id;
    let (author, at) = (Author { user, actor: "test" }, app.clock.now() - 30 * 24 * HOUR - 1);
    app.store.redact(num, (SECRET, LEFT), "personal", author, at).await.unwrap();
    let kept = app.store.kept_originals(num, 0).await.unwrap()[0].note_num;
    assert!(!get(&app, Role::Auditor, &visit).await.contains("/restore"));
    let note = format!("note={kept}");
    let gone = post(&app, Role::Auditor, &format!("{visit}/original"), &note).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    post(&app, Role::Auditor, &format!("{visit}/restore"), &note).await;
    assert_eq!(app.store.record(num).await.unwrap().unwrap().comment.as_deref(), Some(LEFT));
    assert_eq!(crate::retention::expire_originals(&app, "server").await.unwrap(), 1);
    assert_eq!(app.store.originals_after(0).await.unwrap(), []);
}
