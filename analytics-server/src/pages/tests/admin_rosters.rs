//! The roster as files: what one would change, that it is the truth about the days it names, that
//! reading it again changes nothing, and what the audit log says of it.

use super::admin::{furnished, get, send};
use super::admin_tablets::{hidden, upload};
use super::*;
use crate::storage::rows::Officer;
use axum::body::to_bytes;
use axum::http::StatusCode;

/// A house with a second officer.
async fn staffed() -> (TempDir, App) {
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
    assert!(again.contains("3 dòng không đổi") && again.contains("Không có gì để nhập"));

    // What was taken along is read in again and changes nothing, as CSV and as a workbook.
    let csv = String::from_utf8(whole(&app, &format!("{WEEK}csv")).await).unwrap();
    assert_eq!(
        csv.trim_start_matches('\u{feff}'),
        "Ngày,Quầy,Công chức,Từ giờ,Đến giờ\r\n03/10/2023,Q01,CC001,07:00,11:30\r\n\
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
    send(&app, "/admin/rosters/4/cancel", &[]).await;
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::CONFLICT);
    assert_eq!(app.store.roster(0).await.unwrap().len(), 1);

    let log = text(get(&app, "/admin/audit").await).await;
    for said in [
        "phân công số 4",
        "quầy: Q01; từ: 03/10/2023 07:00; công chức: CC002; đến: 03/10/2023 11:30",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
    assert!(!log.contains("Duty {"), "{log}");
}

#[tokio::test]
async fn a_line_that_can_not_be_taken_says_why_and_cancels_nothing() {
    let (_dir, app) = staffed().await;
    let fields = [
        ("counter", "Q01"),
        ("officer", "CC001"),
        ("day", "2023-10-03"),
        ("from", "07:00"),
        ("until", "17:00"),
    ];
    send(&app, "/admin/rosters", &fields).await;
    let rows = "CC002,Q01,03/10/2023,07:00,11:30,\nCC002,Q01,03/10/2023,11:00,17:00,\n\
                CC009,Q01,03/10/2023,13:00,17:00,\nCC001,Q99,32/10/2023,25:00,17:00,\n\
                CC001,Q01,01/09/2023,07:00,11:00,\nCC001,Q01,05/10/2023,11:00,07:00,\n";
    let page = text(file(&app, format!("{HEADER}{rows}").as_bytes()).await).await;
    for said in [
        "1 dòng mới",
        "0 dòng thay đổi",
        "5 dòng lỗi",
        "trùng giờ ở một dòng phía trên",
        "chọn một công chức",
        "chọn một quầy",
        "Không có ngày này",
        "nhập giờ như",
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
