//! A reply of an officer waits until it is answered; what was typed for one thing is kept when another is
//! done; and lists say which ratings are to be handled and which days can not be meant.

use super::records::{get, house, listed, own, rate};
use super::*;
use crate::storage::notes::{Author, NoteKind, Noted};
use axum::http::StatusCode;
use protocol::Level;

const WAITS: &str = "<span class=\"tag wait\">giải trình chờ xem xét</span>";
const WAITING: &str = "/records?state=unanswered&from=2023-09-01";

/// The officer's reply to the first rating that they may reply to.
async fn reply(app: &App, words: &str) {
    let (_, _, page) = own(app, Request::get("/me?period=2023-09"), "").await;
    let handle = page.split("name=\"rating\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = format!("rating={handle}&text={words}");
    let (status, ..) = own(app, Request::post("/me/reply"), &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_reply_waits_until_it_is_answered_whatever_else_is_written() {
    let (_dir, app) = house().await;
    reply(&app, "Do+mất+điện").await;
    let (_, page) = get(&app, Role::Supervisor, WAITING).await;
    assert!(page.contains(WAITS), "{page}");
    let num = listed(&page)[0];
    let visit = format!("/records/{num}");
    // What was done about the rating is another matter.
    for text in ["Đã+gọi+lại", "Đã+nhắc+nhở"] {
        post(&app, Role::Supervisor, &format!("{visit}/note"), &format!("note_text={text}")).await;
    }
    assert_eq!(listed(&get(&app, Role::Supervisor, WAITING).await.1), [num]);
    let (_, page) = get(&app, Role::Supervisor, &visit).await;
    assert_eq!(page.matches(WAITS).count(), 2, "in its head and beside the reply: {page}");
    assert!(page.contains("Do mất điện") && page.contains(&format!("{visit}/answer")), "{page}");

    let answer = format!("{visit}/answer");
    for (form, said) in [
        ("answer_text=Đúng", "Chưa chọn chấp nhận"),
        ("answer=accepted&answer_text=+", "Nội dung còn trống"),
    ] {
        let refused = post(&app, Role::Supervisor, &answer, form).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{form}");
        assert!(text(refused).await.contains(said), "{form}");
    }
    let form = "answer=not_accepted&answer_text=Hôm+đó+có+điện";
    for _ in 0..2 {
        let answered = post(&app, Role::Supervisor, &answer, form).await;
        assert_eq!(answered.status(), StatusCode::SEE_OTHER);
        assert_eq!(head(&answered, "location"), visit);
    }
    // Somebody else comes too late, and keeps what they typed.
    let late = post(&app, Role::Leader, &answer, "answer=accepted&answer_text=Đồng+ý").await;
    assert_eq!(late.status(), StatusCode::BAD_REQUEST);
    let late = text(late).await;
    assert!(late.contains("vừa được trả lời hoặc đã có kết luận"), "{late}");
    assert!(late.contains(">Đồng ý</textarea>"), "{late}");
    let notes = app.store.notes(num).await.unwrap();
    assert_eq!((notes.len(), notes[3].kind), (4, NoteKind::NotAccepted));
    assert!(listed(&get(&app, Role::Supervisor, WAITING).await.1).is_empty());
    let (_, page) = get(&app, Role::Supervisor, &visit).await;
    assert!(page.contains("Trả lời ý kiến giải trình: không chấp nhận"), "{page}");
    assert!(!page.contains(WAITS) && !page.contains("/answer"), "{page}");

    // The officer reads the answer, and not what else was written.
    let (_, _, page) = own(&app, Request::get("/me?period=2023-09"), "").await;
    assert!(page.contains("Hôm đó có điện") && !page.contains("Đã gọi lại"), "{page}");
    let other = [3, 6, 9].into_iter().find(|one| *one != num).unwrap();
    let none = post(&app, Role::Supervisor, &format!("/records/{other}/answer"), form).await;
    assert_eq!(none.status(), StatusCode::BAD_REQUEST, "nobody replied to that one");
}

#[tokio::test]
async fn of_two_who_answer_a_reply_at_once_one_is_told_to_be_late() {
    let (_dir, app) = house().await;
    let user = viewer(&app, Role::Auditor).await.user.id;
    let author = Author { user, actor: "test" };
    app.store.add_note(3, NoteKind::Reply, author, "Do mất điện", 1).await.unwrap();
    let address = "/records/3/answer";
    let (one, two) = tokio::join!(
        post(&app, Role::Supervisor, address, "answer=accepted&answer_text=Đúng"),
        post(&app, Role::Leader, address, "answer=not_accepted&answer_text=Sai"),
    );
    let mut answers = [one.status(), two.status()];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::BAD_REQUEST]);
    assert_eq!(app.store.notes(3).await.unwrap().len(), 2);

    let say = async |kind, text| app.store.add_note(6, kind, author, text, 2).await.unwrap();
    assert_eq!(say(NoteKind::Accepted, "x").await, Noted::AlreadyThere, "nobody replied");
    assert_eq!(say(NoteKind::Reply, "Do mất điện").await, Noted::Written);
    assert_eq!(say(NoteKind::Further, "Đã gọi lại").await, Noted::Written);
    assert_eq!(say(NoteKind::Accepted, "x").await, Noted::Written);
    for kind in [NoteKind::Accepted, NoteKind::NotAccepted] {
        assert_eq!(say(kind, "y").await, Noted::AlreadyThere, "{kind:?}");
    }
    assert_eq!(say(NoteKind::Reply, "Còn nữa").await, Noted::Written);
    assert_eq!(say(NoteKind::Accepted, "x").await, Noted::Written, "a further reply");
}

#[tokio::test]
async fn nobody_answers_a_reply_about_themself_or_of_their_own() {
    let (_dir, app) = house().await;
    let form = "answer=accepted&answer_text=Đúng";
    post(&app, Role::Supervisor, "/records/3/reply", "reply_text=Do+mất+điện").await;
    let own = post(&app, Role::Supervisor, "/records/3/answer", form).await;
    assert_eq!(own.status(), StatusCode::FORBIDDEN);
    let (_, page) = get(&app, Role::Supervisor, "/records/3").await;
    assert!(page.contains(WAITS) && !page.contains("/records/3/answer"), "no form: {page}");

    let user = viewer(&app, Role::Leader).await.user;
    let serving = UserData { officer: Some(1), ..user.data() };
    app.store.change_user(user.id, &user.data(), &serving, "test", 1).await.unwrap();
    let about = post(&app, Role::Leader, "/records/3/answer", form).await;
    assert_eq!(about.status(), StatusCode::FORBIDDEN);
    let (_, page) = get(&app, Role::Leader, "/records/3").await;
    assert!(!page.contains("/records/3/answer"), "{page}");
    app.store.change_user(user.id, &serving, &user.data(), "test", 1).await.unwrap();
    let other = post(&app, Role::Leader, "/records/3/answer", form).await;
    assert_eq!(other.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_was_typed_for_something_else_is_kept_and_not_sent() {
    let (_dir, app) = house().await;
    let form = "note_text=Đã+xin+lỗi&reply_text=Do+mất+điện";
    for _ in 0..2 {
        let answer = post(&app, Role::Supervisor, "/records/3/note", form).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let page = text(answer).await;
        assert!(page.contains(">Do mất điện</textarea>"), "{page}");
        assert!(page.contains("chưa được gửi"), "{page}");
        assert!(!page.contains(">Đã xin lỗi</textarea>"), "that was sent: {page}");
    }
    let kinds: Vec<_> = app.store.notes(3).await.unwrap().iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [NoteKind::Handled]);
}

#[tokio::test]
async fn a_list_says_which_ratings_below_satisfied_need_not_be_handled() {
    let (_dir, app) = house().await;
    rate(&app, 300..301, 1, Level::Neutral).await;
    let (_, page) = get(&app, Role::Supervisor, "/records?level=below&from=2023-09-01").await;
    assert_eq!(page.matches("<small>không phải xử lý</small>").count(), 1, "{page}");
    assert!(page.contains("Phải xử lý: lượt từ mức Không hài lòng trở xuống"), "{page}");
    let (_, page) = get(&app, Role::Supervisor, "/records?level=low&from=2023-09-01").await;
    assert!(!page.contains("không phải xử lý"), "{page}");
    // The start page calls them by the name of the list.
    let (_, page) = get(&app, Role::Supervisor, "/").await;
    assert!(page.contains("lượt đánh giá từ mức Không hài lòng trở xuống chưa xử lý"), "{page}");
}

#[tokio::test]
async fn a_last_day_before_the_first_one_is_told_beside_the_days() {
    let (_dir, app) = house().await;
    for path in ["/records", "/comments"] {
        let address = format!("{path}?from=2023-09-30&to=2023-09-16");
        let (status, page) = get(&app, Role::Leader, &address).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
        let said = "Ngày cuối (16/09/2023) trước ngày đầu (30/09/2023)";
        assert!(page.contains(said), "{page}");
        assert!(page.contains("value=\"2023-09-30\" aria-invalid=\"true\""), "{page}");
        assert!(page.contains("value=\"2023-09-16\" aria-invalid=\"true\""), "{page}");
        assert!(!page.contains("class=\"empty\"") && listed(&page).is_empty(), "{page}");
    }
    let (status, page) = get(&app, Role::Leader, "/records?from=2190-01-02&to=2190-01-01").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(!page.contains("Kỳ này chưa đến"), "{page}");
    let (status, _) = get(&app, Role::Leader, "/records?from=2023-09-30&to=2023-09-30").await;
    assert_eq!(status, StatusCode::OK, "one day");
}

#[tokio::test]
async fn a_department_leads_to_ratings_below_satisfied_only_where_there_are_some() {
    let (_dir, app) = house().await;
    rate(&app, 400..412, 45, Level::Neutral).await;
    let (_, page) = get(&app, Role::Leader, "/departments/SKHDT?period=2023-09").await;
    assert!(page.contains("Xem 3 lượt dưới mức Hài lòng"), "{page}");
    assert!(page.contains("Xem 3 lượt từ mức Không hài lòng trở xuống"), "{page}");
    let (_, page) = get(&app, Role::Leader, "/departments/SKHDT?period=2023-08").await;
    assert!(page.contains("Xem 12 lượt dưới mức Hài lòng"), "{page}");
    assert!(!page.contains("lượt từ mức Không hài lòng trở xuống"), "{page}");
}
