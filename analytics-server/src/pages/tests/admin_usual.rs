//! What would go to the wrong person or be lost by one press: two usual officers of a counter, an officer at
//! two counters, one who is retired, a week that is over, comments that are kept for a shorter time.

use super::admin::{furnished, get, send};
use super::admin_rosters::{WEEK_40, plan, staffed, with_second_counter};
use super::admin_tablets::{centre_fields, hidden, save_centre};
use super::*;
use crate::storage::register::Noun;
use axum::http::StatusCode;
use protocol::Level;
use uuid::Uuid;

#[tokio::test]
async fn a_second_usual_officer_of_a_counter_is_asked_about_and_listed() {
    let (_dir, app) = furnished().await;
    let mut second = vec![
        ("code", "CC000"),
        ("name", "Lê Văn C"),
        ("title", ""),
        ("department", "SKHDT"),
        ("counter", "Q01"),
    ];
    let asked = send(&app, "/admin/officers/new", &second).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let page = text(asked).await;
    let question = "Quầy 1 đã có người trực cố định: CC001 · Nguyễn Văn A. Vẫn lưu?";
    assert!(page.contains(question), "{page}");
    assert!(page.contains("chỉ hiển thị CC000 · Lê Văn C"), "the first by code: {page}");
    assert!(page.contains("name=\"counter\" value=\"Q01\""), "nothing is lost: {page}");
    assert_eq!(app.store.entries(Noun::Officer).await.unwrap().len(), 1);

    second.push(("confirmed", "yes"));
    let stored = send(&app, "/admin/officers/new", &second).await;
    assert_eq!(stored.status(), StatusCode::SEE_OTHER);
    let list = text(get(&app, "/admin/officers").await).await;
    let shared = "Quầy 1 (nhiều người trực cố định; máy tính bảng hiển thị CC000 · Lê Văn C)";
    assert_eq!(list.matches(shared).count(), 2, "{list}");
    let week = text(get(&app, "/admin/rosters?week=2023-W40").await).await;
    let said = "Máy tính bảng hiển thị Lê Văn C, không hiển thị Nguyễn Văn A";
    assert!(week.contains(said) && week.contains("Cố định: Lê Văn C"), "{week}");
}

#[tokio::test]
async fn an_officer_who_leaves_their_own_counter_to_nobody_is_asked_about() {
    let (_dir, app) = staffed().await;
    with_second_counter(&app).await;
    let away = [("Q02", "d1-p0-who", "CC001"), ("Q02", "d1-p0-when", "morning")];
    let asked = plan(&app, WEEK_40, &away, &[]).await;
    assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(asked).await;
    let said = "máy tính bảng tại Quầy 1 vẫn hiển thị Nguyễn Văn A";
    assert!(page.contains(said) && page.contains("Vẫn lưu"), "{page}");
    assert_eq!(app.store.roster(0).await.unwrap(), []);
    let sure = hidden(&page, "sure");
    let relief = [("Q01", "d1-p0-who", "CC002"), ("Q01", "d1-p0-when", "whole")];
    let relieved = [away, relief].concat();
    let stored = plan(&app, WEEK_40, &relieved, &[]).await;
    assert_eq!(stored.status(), StatusCode::SEE_OTHER, "somebody else is at their counter");
    plan(&app, WEEK_40, &[], &[]).await;
    let meant = plan(&app, WEEK_40, &away, &[("sure", &sure)]).await;
    assert_eq!(meant.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn retiring_an_officer_tells_what_the_roster_loses_and_the_roster_marks_them() {
    let (_dir, app) = staffed().await;
    let fields = [("Q01", "d1-p0-who", "CC002"), ("Q01", "d1-p0-when", "whole")];
    assert_eq!(plan(&app, WEEK_40, &fields, &[]).await.status(), StatusCode::SEE_OTHER);
    let officers = app.store.entries(Noun::Officer).await.unwrap();
    let retire = async |code: &str, more: &[(&str, &str)]| {
        let id = officers.iter().find(|one| one.code == code).unwrap().id;
        let mut fields = vec![("retired", "yes")];
        fields.extend(more);
        send(&app, &format!("/admin/officers/{id}/retire"), &fields).await
    };
    let page = text(retire("CC001", &[]).await).await;
    assert!(page.contains("quầy không còn người trực cố định"), "{page}");
    let page = text(retire("CC002", &[]).await).await;
    assert!(page.contains("Còn 1 phân công trực quầy sắp tới tại Quầy 1"), "{page}");
    let done = retire("CC002", &[("confirmed", "yes")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let week = text(get(&app, "/admin/rosters?week=2023-W40").await).await;
    assert!(week.contains("Người này đã ngừng dùng nên máy tính bảng"), "{week}");
    let other = [fields[0], ("Q01", "d1-p0-when", "morning")];
    let refused = plan(&app, WEEK_40, &other, &[]).await;
    assert!(text(refused).await.contains("chọn một người đang làm việc"));
}

#[tokio::test]
async fn a_week_that_is_over_is_only_read() {
    let (_dir, app) = staffed().await;
    let page = text(get(&app, "/admin/rosters?week=2023-W39").await).await;
    assert!(page.contains("chỉ để xem, không sửa được"), "{page}");
    assert!(!page.contains("Lưu lịch tuần") && !page.contains("Điền theo tuần trước"), "{page}");
    for more in [&[("act", "copy")][..], &[][..]] {
        let sent = plan(&app, "2023-W39", &[], more).await;
        assert_eq!(sent.status(), StatusCode::UNPROCESSABLE_ENTITY, "{more:?}");
        assert!(text(sent).await.contains("chỉ để xem, không sửa được"));
    }
    let week = text(get(&app, "/admin/rosters?week=2023-W40").await).await;
    assert!(week.contains("Lưu lịch tuần") && !week.contains("chỉ để xem"), "{week}");
}

/// A visit of 300 days ago with a comment.
async fn commented(app: &App) {
    let rating = commented_rating(
        Uuid::from_u128(700),
        app.clock.now() - 300 * 86_400_000,
        Level::Dissatisfied,
        "Chờ lâu",
    );
    app.store.import_ratings(&[rating], app.clock.now()).await.unwrap();
}

#[tokio::test]
async fn comments_are_kept_for_a_shorter_time_only_after_a_second_press() {
    let (_dir, app) = furnished().await;
    commented(&app).await;
    for (months, said) in [("12", "chưa có ý kiến góp ý nào"), ("6", "có 1 ý kiến góp ý cũ hơn")]
    {
        let mut fields = centre_fields(&app, &[("comments", months)]).await;
        let before = app.centre_now().await.unwrap().comment_months;
        let asked = save_centre(&app, &fields).await;
        assert_eq!(asked.status(), StatusCode::OK);
        let page = text(asked).await;
        assert!(page.contains(said) && page.contains("Chỉ lưu ý kiến góp ý trong"), "{page}");
        assert!(page.contains(&format!("name=\"comments\" value=\"{months}\"")), "{page}");
        let after = app.centre_now().await.unwrap().comment_months;
        assert_eq!(after, before, "one press does nothing");
        fields.push(("confirmed".to_owned(), "yes".to_owned()));
        assert_eq!(save_centre(&app, &fields).await.status(), StatusCode::SEE_OTHER);
    }
    for (months, kept) in [("24", Some(24)), ("", None)] {
        let fields = centre_fields(&app, &[("comments", months)]).await;
        assert_eq!(save_centre(&app, &fields).await.status(), StatusCode::SEE_OTHER, "{months}");
        assert_eq!(app.centre_now().await.unwrap().comment_months, kept, "nothing is erased");
    }
}

#[tokio::test]
async fn a_fault_in_the_centres_hours_is_named_over_the_form_with_a_link_to_its_row() {
    let (_dir, app) = furnished().await;
    let fields = centre_fields(&app, &[("hours-0-0-until", "06:00")]).await;
    let page = text(save_centre(&app, &fields).await).await;
    assert!(page.contains("<a href=\"#f-hours-0\">Thứ Hai: Giờ kết thúc"), "{page}");
    assert!(page.contains("<fieldset id=\"f-hours-0\" class=\"faulty\""), "{page}");
    let marked = page.matches("aria-invalid=\"true\" aria-describedby=\"e-hours-0\"").count();
    assert_eq!(marked, 4, "each field of the row: {page}");
}
