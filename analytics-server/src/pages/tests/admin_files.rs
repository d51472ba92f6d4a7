//! Lists from files: what a file would change, that nothing is stored before it is confirmed, and
//! files that are not what they say.

use super::admin::{furnished, get, send};
use super::admin_tablets::{hidden, upload};
use super::*;
use crate::pages::forms::mark_of;
use crate::storage::register::{Entry, Noun};
use crate::table_files;
use axum::http::StatusCode;

async fn officers(app: &App) -> Vec<Entry> {
    app.store.entries(Noun::Officer).await.unwrap()
}

/// Sends a file of officers; the answer.
async fn file(app: &App, bytes: &[u8]) -> Response<Body> {
    let csrf = viewer(app, Role::Administrator).await.csrf;
    upload(app, "/admin/officers/upload", &csrf, bytes).await
}

/// Presses the button of a preview.
async fn confirm(app: &App, page: &str) -> Response<Body> {
    let (rows, mark) = (hidden(page, "rows"), hidden(page, "mark"));
    send(app, "/admin/officers/import", &[("rows", &rows), ("mark", &mark)]).await
}

const HEADER: &str = "DANH SÁCH CÔNG CHỨC\nMã quầy,Mã,Họ và tên,Mã cơ quan,Chức danh\n";

#[tokio::test]
async fn a_file_is_looked_at_before_anything_is_stored() {
    let (_dir, app) = furnished().await;
    let text_of = format!(
        "{HEADER}Q01,CC001,Nguyễn Văn A,SKHDT,Chuyên viên chính\n,CC002,Trần Thị B,SKHDT,\n\
         ,CC002,Trần Thị C,SKHDT,\n,CC003,,SKHDT,\nQ77,CC004,Lê Văn D,SXX,\n"
    );
    let seen = file(&app, text_of.as_bytes()).await;
    assert_eq!(seen.status(), StatusCode::OK);
    let page = text(seen).await;
    for said in [
        "1 dòng mới",
        "1 dòng thay đổi",
        "0 dòng không đổi",
        "3 dòng lỗi",
        "Chức danh: <del>Chuyên viên</del> → <ins>Chuyên viên chính</ins>",
        "Mã này đã có ở một dòng phía trên",
        "Họ và tên: Ô này không được để trống",
        "Không có mã “Q77”",
        "Không có mã “SXX”",
        "Nhập 2 dòng",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(officers(&app).await.len(), 1, "nothing is stored by looking");
    assert_eq!(officers(&app).await[0].word.as_deref(), Some("Chuyên viên"));

    let done = confirm(&app, &page).await;
    assert_eq!(head(&done, "location"), "/admin/officers?done=imported");
    let after = officers(&app).await;
    assert_eq!(after.len(), 2);
    assert_eq!(after[0].word.as_deref(), Some("Chuyên viên chính"));
    assert_eq!(app.store.audit_log(1).await.unwrap()[0].actor, "user administrator");
    // The same press again finds that everything is there.
    let again = confirm(&app, &page).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(text(again).await.contains("2 dòng không đổi"));
    for rows in ["", "[", "{}", "[[1,[\"a\"]]]x"] {
        let odd = send(&app, "/admin/officers/import", &[("rows", rows), ("mark", "")]).await;
        assert_eq!(odd.status(), StatusCode::BAD_REQUEST, "{rows}");
    }
}

#[tokio::test]
async fn a_downloaded_list_reads_in_as_it_is_and_brings_nothing_back() {
    let (_dir, app) = furnished().await;
    let sure = [("retired", "yes"), ("confirmed", "yes")];
    let retired = send(&app, "/admin/officers/1/retire", &sure).await;
    assert_eq!(retired.status(), StatusCode::SEE_OTHER);
    for format in ["csv", "xlsx"] {
        let list = format!("/admin/officers/download?format={format}&show=all");
        let bytes = to_bytes(get(&app, &list).await.into_body(), 1_000_000).await.unwrap();
        let page = text(file(&app, &bytes).await).await;
        assert!(page.contains("1 dòng không đổi"), "{page}");
        assert!(page.contains("Không có nội dung nào để nhập"), "{page}");
    }
    let renamed = format!("{HEADER}Q01,CC001,Nguyễn Văn B,SKHDT,Chuyên viên\n");
    let page = text(file(&app, renamed.as_bytes()).await).await;
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::SEE_OTHER);
    let after = &officers(&app).await[0];
    assert_eq!((after.name.as_str(), after.retired_at.is_some()), ("Nguyễn Văn B", true));
}

#[tokio::test]
async fn what_changed_while_somebody_looked_is_shown_anew() {
    let (_dir, app) = furnished().await;
    let rows = format!("{HEADER}Q01,CC001,Nguyễn Văn A,SKHDT,Phó phòng\n");
    let page = text(file(&app, rows.as_bytes()).await).await;
    let was = mark_of(&officers(&app).await[0]);
    let other = [("was", &*was), ("name", "Nguyễn Văn B"), ("department", "SKHDT"), ("title", "X")];
    assert_eq!(send(&app, "/admin/officers/1", &other).await.status(), StatusCode::SEE_OTHER);
    let late = confirm(&app, &page).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = text(late).await;
    assert!(page.contains("dữ liệu đã thay đổi") && page.contains("<del>X</del>"), "{page}");
    assert_eq!(officers(&app).await[0].name, "Nguyễn Văn B");
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_workbook_with_signs_that_nobody_sees_says_where() {
    let (_dir, app) = furnished().await;
    let header: Vec<String> = ["Mã", "Họ và tên", "Mã cơ quan"].map(str::to_owned).into();
    let row = |code: &str, name: &str| vec![code.to_owned(), name.into(), "SKHDT".into()];
    let rows = [
        row("CC002", "Trần\u{7} Thị B"),
        row("CC\u{1b}003", "Lê Văn C"),
        row("CC004", "Phạm\nVăn D"),
        row("CC005", "Hoàng Văn E"),
    ];
    let sent = file(&app, &table_files::foreign_xlsx(&header, &rows)).await;
    assert_eq!(sent.status(), StatusCode::OK);
    let page = text(sent).await;
    assert!(page.contains("2 dòng mới") && page.contains("2 dòng lỗi"), "{page}");
    // No reader passes signs on that no text has; a line's end in a name becomes a space.
    assert_eq!(page.matches("ký tự lạ không nhìn thấy").count(), 2, "{page}");
    assert!(page.contains("Phạm Văn D"), "{page}");
    assert!(!page.contains(['\u{7}', '\u{1b}']), "they are not passed on to the page's text");
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::SEE_OTHER);
    let codes: Vec<_> = officers(&app).await.into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["CC001", "CC004", "CC005"]);
}

#[tokio::test]
async fn what_is_not_what_it_says_gets_one_sentence() {
    let (_dir, app) = furnished().await;
    let header: Vec<String> = ["Mã", "Họ và tên", "Mã cơ quan"].map(str::to_owned).into();
    // A workbook that unpacks to a hundred times what it weighs.
    let long = "a".repeat(32_000);
    let rows: Vec<_> = (0..3_000).map(|at| vec![format!("{at}{long}"), long.clone()]).collect();
    let bomb = table_files::xlsx(&header, &rows).unwrap();
    assert!(bomb.len() < 10 * 1024 * 1024, "{}", bomb.len());
    let many: Vec<_> =
        (0..5_001).map(|at| vec![format!("C{at}"), "A".into(), "X".into()]).collect();
    let many = table_files::csv(&header, &many);
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    for (bytes, said) in [
        (&b"PK\x03\x04 this is a text"[..], "Tệp XLSX bị hỏng"),
        (&bomb, "dung lượng sau giải nén quá lớn"),
        (&many, "hơn 5.000 dòng"),
        (&large, "lớn hơn 10 MB"),
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook"[..], "Excel dạng cũ"),
        (&b"\xff\xfeM\x00\xe3\x00"[..], "Không tìm thấy dòng tiêu đề"),
        (&b"M\xe3,T\xean\n"[..], "chưa lưu theo bảng mã UTF-8"),
        ("Mã,Họ và tên\nA,B\n".as_bytes(), "Thiếu cột “Mã cơ quan”"),
        (&b"a,b,c\n1,2,3\n"[..], "Không tìm thấy dòng tiêu đề"),
        (&b"\x1f\x8b\x08 cut"[..], "Không giải nén được tệp"),
        (&b" \n "[..], "Tệp rỗng"),
        (HEADER.as_bytes(), "không có dòng dữ liệu"),
        (&b""[..], "Tệp rỗng"),
    ] {
        let refused = file(&app, bytes).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        let page = text(refused).await;
        assert!(page.contains(said), "{said}: {page}");
    }
    let stranger = upload(&app, "/admin/officers/upload", "0011", b"x").await;
    assert_eq!(stranger.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_page_refuses_codes_that_a_spreadsheet_changed_as_the_command_line_does() {
    let (_dir, app) = furnished().await;
    let text_of = format!(
        "{HEADER}Q01,cc001,Nguyễn Văn A,SKHDT,\n,Q 36,Trần Thị B,SKHDT,\n,1.2E+15,Lê Văn C,SKHDT,\n\
         ,CC002\u{200b},Phạm Văn D,SKHDT,\nq01,CC003,Hoàng E,SKHDT,\n"
    );
    let page = text(file(&app, text_of.as_bytes()).await).await;
    for said in [
        "1 dòng mới",
        "4 dòng lỗi",
        "Mã “cc001” chỉ khác mã đã có “CC001”",
        "Mã không được có khoảng trắng",
        "Ở chỗ của mã có một số (“1.2E+15”)",
        "Mã “q01” chỉ khác mã đã có “Q01”",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(confirm(&app, &page).await.status(), StatusCode::SEE_OTHER);
    let codes: Vec<_> = officers(&app).await.into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["CC001", "CC002"]);
}
