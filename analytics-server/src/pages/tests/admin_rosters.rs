//! The roster: a week in one form, with what overlaps and the week before; and as files: what one would
//! change, that it is the truth about the days it names, that reading it again changes nothing, and what
//! the audit log says of it.

use super::admin::{furnished, get, send};
use super::admin_tablets::{hidden, upload};
use super::*;
use crate::storage::register::Noun;
use crate::storage::rows::{Counter, Officer};
use axum::body::to_bytes;
use axum::http::StatusCode;

/// A house with a second officer.
pub(super) async fn staffed() -> (TempDir, App) {
    let (dir, app) = furnished().await;
    let department = app.store.directory().await.unwrap().departments[0].id;
    let officer = Officer {
        id: 0,
        code: "CC002".into(),
        name: "Trần Thị B".into(),
        title: "Chuyên viên".into(),
        department,
        counter: None,
    };
    app.store.put_officers(&[officer], 0).await.unwrap();
    (dir, app)
}

/// The week after the day that the tests have today, a Sunday.
pub(super) const WEEK_40: &str = "2023-W40";

/// The name of a field of a counter's week.
async fn field(app: &App, counter: &str, rest: &str) -> String {
    let counters = app.store.entries(Noun::Counter).await.unwrap();
    let id = counters.iter().find(|one| one.code == counter).unwrap().id;
    format!("c{id}-{rest}")
}

/// Sends the form of a week as its page has it, with these fields: counter, rest of the name, value.
pub(super) async fn plan(
    app: &App,
    week: &str,
    fields: &[(&str, &str, &str)],
    more: &[(&str, &str)],
) -> Response<Body> {
    let address = format!("/admin/rosters?week={week}");
    let was = hidden(&text(get(app, &address).await).await, "was");
    let mut named = vec![("was".to_owned(), was)];
    for (counter, rest, value) in fields {
        named.push((field(app, counter, rest).await, (*value).to_owned()));
    }
    named.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    // A field that is named again is meant instead.
    let mut sent: Vec<(&str, &str)> = Vec::new();
    for (name, value) in &named {
        sent.retain(|(one, _)| one != name);
        sent.push((name, value));
    }
    send(app, &address, &sent).await
}

/// A second counter.
pub(super) async fn with_second_counter(app: &App) {
    let counter = [("code", "Q02"), ("name", "Quầy 2"), ("department", "SKHDT"), ("site", "")];
    let added = send(app, "/admin/counters/new", &counter).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_week_is_planned_in_one_form_and_stored_at_once() {
    let (_dir, app) = staffed().await;
    let page = text(get(&app, "/admin/rosters").await).await;
    assert!(page.contains("02/10 – 06/10/2023"), "this week is over: {page}");
    for (rest, value, said) in [
        ("d1-p0-who", "CC999", "chọn một người"),
        ("d1-p0-when", "night", "chọn một mục"),
        ("d1-p0-from", "25:00", "nhập giờ theo dạng"),
        ("d1-p0-until", "06:59", "phải sau giờ bắt đầu"),
    ] {
        let fields = [
            ("Q01", "d1-p0-who", "CC002"),
            ("Q01", "d1-p0-when", "other"),
            ("Q01", "d1-p0-from", "7:00"),
            ("Q01", "d1-p0-until", "11:30"),
            ("Q01", rest, value),
        ];
        let refused = plan(&app, WEEK_40, &fields, &[]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{rest}={value}");
        let page = text(refused).await;
        assert!(page.contains(said), "{rest}={value}: {page}");
        let place = field(&app, "Q01", rest).await;
        let link = format!("<a href=\"#f-{place}\">Q01 · Quầy 1, Thứ Ba 03/10");
        assert!(page.contains(&link), "{rest}={value}: {page}");
    }
    let over = plan(&app, "2023-W39", &[("Q01", "d1-p0-who", "CC002")], &[]).await;
    assert_eq!(over.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.store.roster(0).await.unwrap(), []);

    let fields = [
        ("Q01", "d1-p0-who", "CC002"),
        ("Q01", "d1-p0-when", "morning"),
        ("Q01", "d3-p0-who", "CC002"),
        ("Q01", "d3-p0-when", "other"),
        ("Q01", "d3-p0-from", "8:00"),
        ("Q01", "d3-p0-until", "10:00"),
    ];
    let stored = plan(&app, WEEK_40, &fields, &[]).await;
    assert_eq!(head(&stored, "location"), "/admin/rosters?week=2023-W40&done=saved");
    let first = app.store.roster(0).await.unwrap();
    assert_eq!(first.len(), 2);
    let page = text(get(&app, "/admin/rosters?week=2023-10-05").await).await;
    assert!(page.contains("<option value=\"morning\" selected>"), "{page}");
    assert!(page.contains("<option value=\"CC002\" selected>"), "{page}");
    let other = text(get(&app, "/admin/rosters?week=2023-W41").await).await;
    assert!(!other.contains("<option value=\"CC002\" selected>"), "{other}");
    // Sent again it is the same; one that is emptied is cancelled, the other is not made anew.
    plan(&app, WEEK_40, &fields, &[]).await;
    assert_eq!(app.store.roster(0).await.unwrap(), first);
    plan(&app, WEEK_40, &fields[2..], &[]).await;
    assert_eq!(app.store.roster(0).await.unwrap(), first[1..]);
}

#[tokio::test]
async fn many_counters_are_planned_page_by_page_and_each_page_changes_its_own() {
    let (_dir, app) = staffed().await;
    let department = app.store.directory().await.unwrap().departments[0].id;
    let counter = |nth: i64| Counter {
        id: 0,
        code: format!("Q{nth:02}"),
        name: format!("Quầy {nth}"),
        department,
    };
    let counters: Vec<Counter> = (2..=20).map(counter).collect();
    app.store.put_counters(&counters, 0).await.unwrap();
    let at = |page: usize| format!("{WEEK_40}&department=SKHDT&page={page}");
    for (page, from, to) in [(1, 1, 8), (2, 9, 16), (3, 17, 20)] {
        let page = text(get(&app, &format!("/admin/rosters?week={}", at(page))).await).await;
        let shown = page.matches("<tr><th scope=\"row\">").count();
        assert_eq!(shown, to + 1 - from);
        assert!(
            page.contains(&format!("Đang hiển thị {from}–{to} trong tổng số 20 quầy")),
            "{page}"
        );
        assert!(page.len() < 200 * 1024, "{}", page.len());
    }
    let beyond = text(get(&app, &format!("/admin/rosters?week={}", at(9))).await).await;
    assert!(beyond.contains("Đang hiển thị 17–20"), "{beyond}");
    plan(&app, &at(1), &[("Q01", "d1-p0-who", "CC002"), ("Q01", "d1-p0-when", "whole")], &[]).await;
    let stored =
        plan(&app, &at(2), &[("Q09", "d2-p0-who", "CC002"), ("Q09", "d2-p0-when", "whole")], &[])
            .await;
    let page = "/admin/rosters?week=2023-W40&department=SKHDT&page=2&done=saved";
    assert_eq!(head(&stored, "location"), page);
    assert_eq!(app.store.roster(0).await.unwrap().len(), 2, "each page changed its own");
    // Another counter came before those of the page that is open: the form still is of its own.
    let open = format!("/admin/rosters?week={}", at(2));
    let form = text(get(&app, &open).await).await;
    let (was, own) = (hidden(&form, "was"), hidden(&form, "own"));
    let more = Counter { code: "Q00".into(), name: "Quầy 0".into(), ..counter(21) };
    app.store.put_counters(&[more], 0).await.unwrap();
    let kept = field(&app, "Q09", "d2-p0-who").await;
    let when = field(&app, "Q09", "d2-p0-when").await;
    let stored = app.store.roster(0).await.unwrap();
    let fields = [("was", &*was), ("own", &*own), (&*kept, "CC002"), (&*when, "whole")];
    assert_eq!(send(&app, &open, &fields).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        app.store.roster(0).await.unwrap(),
        stored,
        "no counter of another page was emptied"
    );
}

#[tokio::test]
async fn a_stale_week_overwrites_nothing_and_shows_both() {
    let (_dir, app) = staffed().await;
    let address = "/admin/rosters?week=2023-W40";
    let was = hidden(&text(get(&app, address).await).await, "was");
    let other = [("Q01", "d1-p0-who", "CC002"), ("Q01", "d1-p0-when", "whole")];
    plan(&app, WEEK_40, &other, &[]).await;
    let mine = [("Q01", "d1-p0-who", "CC001"), ("Q01", "d1-p0-when", "whole")];
    let late = plan(&app, WEEK_40, &mine, &[("was", &was)]).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(late).await;
    assert!(page.contains("người khác đã thay đổi"), "{page}");
    let both = "<td>CC002 · Trần Thị B 07:00–17:00</td><td>CC001 · Nguyễn Văn A 07:00–17:00</td>";
    assert!(page.contains(both), "{page}");
    assert_ne!(hidden(&page, "was"), was, "a second press is meant");
    assert_eq!(app.store.roster(0).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_overlap_is_asked_about_and_stored_when_it_is_meant() {
    let (_dir, app) = staffed().await;
    with_second_counter(&app).await;
    let fields = [
        ("Q01", "d1-p0-who", "CC002"),
        ("Q01", "d1-p0-when", "whole"),
        ("Q02", "d1-p0-who", "CC002"),
        ("Q02", "d1-p0-when", "afternoon"),
    ];
    let asked = plan(&app, WEEK_40, &fields, &[]).await;
    assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(asked).await;
    assert!(page.contains("Vẫn lưu") && page.contains("Trần Thị B được phân công cùng lúc tại"));
    assert_eq!(page.matches("Trùng giờ: người này cũng").count(), 2, "beside both: {page}");
    assert!(page.contains("<option value=\"afternoon\" selected>"), "nothing is lost: {page}");
    assert_eq!(app.store.roster(0).await.unwrap(), []);
    let sure = hidden(&page, "sure");
    let mut others = fields;
    others[3].2 = "whole";
    let others = plan(&app, WEEK_40, &others, &[("sure", &sure)]).await;
    assert_eq!(others.status(), StatusCode::UNPROCESSABLE_ENTITY, "another one was asked about");
    let stored = plan(&app, WEEK_40, &fields, &[("sure", &sure)]).await;
    assert_eq!(stored.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.store.roster(0).await.unwrap().len(), 2);
    // What is stored stays marked, and is not asked about again.
    let page = text(get(&app, "/admin/rosters?week=2023-W40").await).await;
    assert_eq!(page.matches("Trùng giờ: người này cũng").count(), 2, "{page}");
    let again = plan(&app, WEEK_40, &fields, &[]).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_week_before_is_filled_in_and_closed_days_stay_empty() {
    let (_dir, app) = staffed().await;
    let fields = [
        ("Q01", "d1-p0-who", "CC002"),
        ("Q01", "d1-p0-when", "whole"),
        ("Q01", "d2-p0-who", "CC002"),
        ("Q01", "d2-p0-when", "morning"),
    ];
    plan(&app, WEEK_40, &fields, &[]).await;
    let day_off = [("day", "2023-10-10"), ("until", ""), ("name", "Ngày hội")];
    let holiday = send(&app, "/admin/holidays", &day_off).await;
    assert_eq!(holiday.status(), StatusCode::SEE_OTHER);
    let filled = plan(&app, "2023-W41", &[], &[("act", "copy")]).await;
    assert_eq!(filled.status(), StatusCode::OK);
    let page = text(filled).await;
    assert!(page.contains("Đã điền 1 phân công"), "{page}");
    assert!(page.contains("Không điền 1 phân công vào ngày Trung tâm nghỉ"), "{page}");
    assert!(page.contains("<span class=\"tag\">nghỉ: Ngày hội</span>"), "{page}");
    assert_eq!(page.matches("<option value=\"CC002\" selected>").count(), 1, "{page}");
    let closed = field(&app, "Q01", "d1-p0-who").await;
    assert!(page.contains("class=\"closed\"") && !page.contains(&closed), "{page}");
    assert_eq!(app.store.roster(0).await.unwrap().len(), 2, "nothing is stored yet");
}

async fn file(app: &App, bytes: &[u8]) -> Response<Body> {
    let csrf = viewer(app, Role::Administrator).await.csrf;
    upload(app, "/admin/rosters/upload", &csrf, bytes).await
}

async fn confirm(app: &App, page: &str) -> Response<Body> {
    let (rows, mark) = (hidden(page, "rows"), hidden(page, "mark"));
    send(app, "/admin/rosters/import", &[("rows", &rows), ("mark", &mark)]).await
}

async fn whole(app: &App, address: &str) -> Vec<u8> {
    let answer = get(app, address).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}

const HEADER: &str = "LỊCH PHÂN CÔNG\nCông chức,Quầy,Ngày,Từ giờ,Đến giờ,Ghi chú\n";
const WEEK: &str = "/admin/rosters/download?from=2023-10-02&until=2023-10-08&format=";

#[tokio::test]
async fn a_file_is_the_truth_about_the_days_it_names() {
    let (_dir, app) = staffed().await;
    let first = format!(
        "{HEADER}CC001,Q01,03/10/2023,7:00,11:30,\nCC002,Q01,2023-10-03,13:30:00,24:00,x\n\
         CC002,Q01,04/10/2023,07:00,11:30,\n"
    );
    let page = text(file(&app, first.as_bytes()).await).await;
    assert!(page.contains("3 dòng mới") && page.contains("Nhập 3 dòng"), "{page}");
    assert!(page.contains("03/10/2023 · Q01") && page.contains("CC002 · Trần Thị B 07:00–11:30"));
    assert_eq!(app.store.roster(0).await.unwrap(), [], "nothing is stored by looking");
    let done = confirm(&app, &page).await;
    assert_eq!(head(&done, "location"), "/admin/rosters?done=imported");
    assert_eq!(app.store.roster(0).await.unwrap().len(), 3);
    let again = text(file(&app, first.as_bytes()).await).await;
    assert!(again.contains("3 dòng không đổi") && again.contains("Không có nội dung nào để nhập"));

    // What was taken along is read in again and changes nothing, as CSV and as a workbook.
    let csv = String::from_utf8(whole(&app, &format!("{WEEK}csv")).await).unwrap();
    assert_eq!(
        csv.trim_start_matches('\u{feff}'),
        "Ngày,Quầy,Người phục vụ,Từ giờ,Đến giờ\r\n03/10/2023,Q01,CC001,07:00,11:30\r\n\
         03/10/2023,Q01,CC002,13:30,24:00\r\n04/10/2023,Q01,CC002,07:00,11:30\r\n"
    );
    for taken in [csv.into_bytes(), whole(&app, &format!("{WEEK}xlsx")).await] {
        let page = text(file(&app, &taken).await).await;
        assert!(page.contains("3 dòng không đổi") && page.contains("0 dòng lỗi"), "{page}");
    }

    // The third is changed, the fourth is not named.
    let second = format!("{HEADER}CC002,Q01,03/10/2023,07:00,11:30,\n");
    let page = text(file(&app, second.as_bytes()).await).await;
    let gone = "<del>CC001 · Nguyễn Văn A 07:00–11:30; CC002 · Trần Thị B 13:30–24:00</del>";
    assert!(page.contains("1 dòng thay đổi") && page.contains(gone), "{page}");
    confirm(&app, &page).await;
    let csv = String::from_utf8(whole(&app, &format!("{WEEK}csv")).await).unwrap();
    assert!(
        csv.ends_with("03/10/2023,Q01,CC002,07:00,11:30\r\n04/10/2023,Q01,CC002,07:00,11:30\r\n")
    );
    assert_eq!(app.store.roster(0).await.unwrap().len(), 2);

    // What changed since somebody looked is not stored.
    let third = format!("{HEADER}CC001,Q01,03/10/2023,07:00,11:30,\n");
    let page = text(file(&app, third.as_bytes()).await).await;
    assert!(app.store.cancel_duty(4, "test", 0).await.unwrap());
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::CONFLICT);
    assert_eq!(app.store.roster(0).await.unwrap().len(), 1);

    let log = text(get(&app, "/admin/audit").await).await;
    for said in [
        "phân công số 4",
        "quầy: Q01; từ: 07:00 ngày 03/10/2023; người phục vụ: CC002; đến: 11:30 ngày 03/10/2023",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(!log.contains("Duty {"), "{log}");
}

#[tokio::test]
async fn a_line_that_can_not_be_taken_says_why_and_cancels_nothing() {
    let (_dir, app) = staffed().await;
    let fields = [("Q01", "d1-p0-who", "CC001"), ("Q01", "d1-p0-when", "whole")];
    assert_eq!(plan(&app, WEEK_40, &fields, &[]).await.status(), StatusCode::SEE_OTHER);
    let rows = "CC002,Q01,03/10/2023,07:00,11:30,\nCC002,Q01,03/10/2023,11:00,17:00,\n\
                CC009,Q01,03/10/2023,13:00,17:00,\nCC001,Q99,32/10/2023,25:00,17:00,\n\
                CC001,Q01,01/09/2023,07:00,11:00,\nCC001,Q01,05/10/2023,11:00,07:00,\n";
    let page = text(file(&app, format!("{HEADER}{rows}").as_bytes()).await).await;
    for said in [
        "1 dòng mới",
        "0 dòng thay đổi",
        "5 dòng lỗi",
        "trùng giờ ở một dòng phía trên",
        "chọn một người đang làm việc",
        "chọn một quầy",
        "Không có ngày này",
        "nhập giờ theo dạng",
        "đã qua",
        "phải sau giờ bắt đầu",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    confirm(&app, &page).await;
    assert_eq!(app.store.roster(0).await.unwrap().len(), 2, "the stored one stays");
    for (bytes, said) in [
        (&b"a,b\n1,2\n"[..], "Không tìm thấy dòng tiêu đề"),
        (&b"\xff\xfe"[..], "Tệp rỗng"),
        (&b""[..], "Tệp rỗng"),
    ] {
        let refused = file(&app, bytes).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(refused).await.contains(said), "{said}");
    }
    for asked in ["from=x&format=csv", "from=2023-10-09&until=2023-10-01&format=csv"] {
        let empty = whole(&app, &format!("/admin/rosters/download?{asked}")).await;
        assert!(!empty.is_empty());
    }
    let odd = get(&app, "/admin/rosters/download?format=pdf").await;
    assert_eq!(odd.status(), StatusCode::BAD_REQUEST);
}
