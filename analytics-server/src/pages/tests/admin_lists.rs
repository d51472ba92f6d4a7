//! Days off, people and questionnaires as the administration keeps them by hand and by files.

use super::admin::{furnished, get, send};
use super::admin_tablets::{hidden, upload};
use super::*;
use axum::http::StatusCode;

async fn file(app: &App, list: &str, bytes: &[u8]) -> Response<Body> {
    let csrf = viewer(app, Role::Administrator).await.csrf;
    upload(app, &format!("/admin/{list}/upload"), &csrf, bytes).await
}

async fn confirm(app: &App, list: &str, page: &str) -> Response<Body> {
    let (rows, mark) = (hidden(page, "rows"), hidden(page, "mark"));
    send(app, &format!("/admin/{list}/import"), &[("rows", &rows), ("mark", &mark)]).await
}

async fn whole(app: &App, address: &str) -> Vec<u8> {
    let answer = get(app, address).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
}

async fn days_off(app: &App) -> Vec<String> {
    app.centre_now().await.unwrap().hours.closed
}

#[tokio::test]
async fn days_off_are_added_and_removed_by_hand() {
    let (_dir, app) = furnished().await;
    let add = async |day: &str, until: &str| {
        send(&app, "/admin/holidays", &[("day", day), ("until", until)]).await
    };
    for (day, until, said) in [
        ("", "", "Không có ngày này"),
        ("2026-02-30", "", "Không có ngày này"),
        ("<b>", "", "value=\"&#60;b&#62;\""),
        ("2026-09-02", "2026-09-01", "không được trước ngày đầu"),
        ("2026-09-02", "2027-09-01", "tối đa 31 ngày"),
    ] {
        let refused = add(day, until).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{day} {until}");
        let page = text(refused).await;
        assert!(page.contains(said), "{day} {until}: {page}");
    }
    let added = add("2026-09-02", "").await;
    assert_eq!(head(&added, "location"), "/admin/holidays?year=2026&done=saved");
    assert!(text(add("2026-09-02", "").await).await.contains("đã có trong danh sách"));
    assert_eq!(add("2026-12-31", "2027-01-01").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(days_off(&app).await, ["2026-09-02", "2026-12-31", "2027-01-01"]);
    let page = text(get(&app, "/admin/holidays?year=2026").await).await;
    assert!(page.contains("Thứ Tư, 02/09/2026") && !page.contains("01/01/2027"), "{page}");
    assert!(page.contains("2027 (1)") && page.contains("2023 (0)"), "{page}");
    for odd in ["year=x", "year=99999", "year=2020", "year=1&year=2"] {
        assert_eq!(get(&app, &format!("/admin/holidays?{odd}")).await.status(), StatusCode::OK);
    }
    let remove = [("day", "2026-09-02")];
    let removed = send(&app, "/admin/holidays/remove", &remove).await;
    let told = "/admin/holidays?year=2026&day=2026-09-02&done=removed";
    assert_eq!(head(&removed, "location"), told);
    let page = text(get(&app, told).await).await;
    assert!(page.contains("Đã bỏ ngày nghỉ Thứ Tư, 02/09/2026."), "{page}");
    for day in ["2026-09-02", "x"] {
        let again = send(&app, "/admin/holidays/remove", &[("day", day)]).await;
        assert_eq!(again.status(), StatusCode::NOT_FOUND, "{day}");
    }
    assert_eq!(days_off(&app).await, ["2026-12-31", "2027-01-01"]);
}

#[tokio::test]
async fn a_file_of_days_off_only_adds() {
    let (_dir, app) = furnished().await;
    send(&app, "/admin/holidays", &[("day", "2026-09-02")]).await;
    let list = "NGÀY NGHỈ NĂM 2027\nNgày nghỉ,Ghi chú\n02/09/2027,Quốc khánh\n2027-01-01,\n\
                02/09/2027,\n30/02/2027,\n";
    let page = text(file(&app, "holidays", list.as_bytes()).await).await;
    for said in ["2 dòng mới", "1 dòng không đổi", "1 dòng lỗi", "Nhập 2 dòng", "Thứ Năm"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(days_off(&app).await.len(), 1, "nothing is stored by looking");
    let done = confirm(&app, "holidays", &page).await;
    assert_eq!(head(&done, "location"), "/admin/holidays?done=imported");
    assert_eq!(days_off(&app).await, ["2026-09-02", "2027-01-01", "2027-09-02"]);
    assert_eq!(confirm(&app, "holidays", &page).await.status(), StatusCode::CONFLICT, "once");
    let large = file(&app, "holidays", &vec![b'x'; 12_000_000]).await;
    assert!(text(large).await.contains("lớn hơn 10 MB"), "also when the whole form is too large");
    for format in ["csv", "xlsx"] {
        let taken = whole(&app, &format!("/admin/holidays/download?format={format}")).await;
        let page = text(file(&app, "holidays", &taken).await).await;
        assert!(page.contains("3 dòng không đổi") && page.contains("0 dòng lỗi"), "{page}");
    }
    let many: String = (1970..2020)
        .flat_map(|year| (1..=28).map(move |day| format!("{day:02}/01/{year}\n")))
        .collect();
    let page = text(file(&app, "holidays", format!("Day off\n{many}").as_bytes()).await).await;
    let full = confirm(&app, "holidays", &page).await;
    assert!(text(full).await.contains("đã đủ 1.000 ngày"));
    assert_eq!(days_off(&app).await.len(), 3);
}

/// The form of two days off with a name.
fn named(name: &str) -> [(&str, &str); 3] {
    [("day", "2026-09-02"), ("until", "2026-09-03"), ("name", name)]
}

#[tokio::test]
async fn days_off_have_names_by_hand_and_by_files() {
    let (_dir, app) = furnished().await;
    let long = "ạ".repeat(101);
    let refused = send(&app, "/admin/holidays", &named(&long)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("id=\"e-name\""));
    let names = async || {
        let days = app.centre_now().await.unwrap().days_off();
        days.into_iter().map(|(day, name)| format!("{day} {name}")).collect::<Vec<_>>()
    };
    let added = send(&app, "/admin/holidays", &named("Quốc khánh")).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    assert_eq!(names().await, ["2026-09-02 Quốc khánh", "2026-09-03 Quốc khánh"]);
    let page = text(get(&app, "/admin/holidays?year=2026").await).await;
    assert!(page.contains("02/09/2026 · <strong>Quốc khánh</strong>"), "{page}");
    let again = send(&app, "/admin/holidays", &named("Quốc khánh")).await;
    assert!(text(again).await.contains("đã có trong danh sách"), "nothing is new about them");
    let renamed = send(&app, "/admin/holidays", &named("Lễ Quốc khánh")).await;
    assert_eq!(renamed.status(), StatusCode::SEE_OTHER, "another name is new");

    let list =
        "Ngày nghỉ,Tên ngày nghỉ\n02/09/2026,Quốc khánh\n03/09/2026,\n30/04/2027,Chiến thắng\n";
    let page = text(file(&app, "holidays", list.as_bytes()).await).await;
    for said in ["1 dòng mới", "1 dòng thay đổi", "1 dòng không đổi", "<ins>Quốc khánh</ins>"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(confirm(&app, "holidays", &page).await.status(), StatusCode::SEE_OTHER);
    let known = ["2026-09-02 Quốc khánh", "2026-09-03 Lễ Quốc khánh", "2027-04-30 Chiến thắng"];
    assert_eq!(names().await, known);
    let taken = whole(&app, "/admin/holidays/download?format=csv").await;
    let taken = String::from_utf8(taken).unwrap();
    assert!(taken.contains("02/09/2026,Quốc khánh"), "{taken}");
    let page = text(file(&app, "holidays", taken.as_bytes()).await).await;
    assert!(page.contains("3 dòng không đổi"), "{page}");
}

#[tokio::test]
async fn a_years_public_holidays_are_added_as_far_as_they_are_filled_in() {
    let (_dir, app) = furnished().await;
    let page = text(get(&app, "/admin/holidays?year=2024").await).await;
    assert!(page.contains("value=\"2024-09-02\""), "{page}");
    assert_eq!(hidden(&page, "year"), "2024");
    let sent = |tet: &'static str| {
        [
            ("year", "2024"),
            ("holiday-new-year", "2024-01-01"),
            ("holiday-tet", tet),
            ("holiday-tet-until", "2024-02-14"),
            ("holiday-national", ""),
        ]
    };
    let refused = send(&app, "/admin/holidays/public", &sent("2025-02-08")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(days_off(&app).await.len(), 0);
    let added = send(&app, "/admin/holidays/public", &sent("2024-02-08")).await;
    assert_eq!(head(&added, "location"), "/admin/holidays?year=2024&done=saved");
    let days = app.centre_now().await.unwrap().days_off();
    assert_eq!(days.len(), 8, "the line that was left empty is none");
    assert!(days.values().any(|name| name == "Tết Nguyên đán"));
    let left = text(get(&app, "/admin/holidays?year=2024").await).await;
    assert!(!left.contains("name=\"holiday-tet\"") && left.contains("name=\"holiday-national\""));
    let empty = send(&app, "/admin/holidays/public", &[("year", "2024")]).await;
    assert!(text(empty).await.contains("Chưa có ngày nào được điền"));
    let odd = send(&app, "/admin/holidays/public", &[("year", "x")]).await;
    assert_eq!(odd.status(), StatusCode::BAD_REQUEST);
}

const PEOPLE: &str = "Tên đăng nhập,Họ và tên,Vai trò,Mã cơ quan phụ trách,Mã công chức\n";

#[tokio::test]
async fn people_come_from_a_file_and_go_into_one() {
    let (_dir, app) = furnished().await;
    let list = format!(
        "{PEOPLE}Lanh.Dao,Nguyễn Văn A,Lãnh đạo,,\nphu.trach,Trần Thị B,Phụ trách cơ quan,SKHDT,\n\
         cc001,Nguyễn Văn A,officer,,CC001\nx,Trần Thị B,Lãnh đạo,,\nai.do,Trần Thị B,Giám đốc,,\n\
         phu.trach,Trần Thị B,Lãnh đạo,,\nhai,Trần Thị B,Phụ trách cơ quan,KHONG; SKHDT,\n"
    );
    let page = text(file(&app, "users", list.as_bytes()).await).await;
    for said in [
        "3 dòng mới",
        "4 dòng lỗi",
        "2 đến 40 ký tự",
        "chọn một vai trò",
        "đã có ở một dòng phía trên",
        "không còn trong danh mục",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let before = app.store.users().await.unwrap().len();
    let done = confirm(&app, "users", &page).await;
    assert_eq!(head(&done, "location"), "/admin/users?done=imported");
    assert!(text(get(&app, "/admin/users?done=imported").await).await.contains("role=\"status\""));
    let users = app.store.users().await.unwrap();
    assert_eq!(users.len(), before + 3);
    let one = users.iter().find(|one| one.name == "phu.trach").unwrap();
    assert_eq!((one.role, one.departments.len(), one.has_password), (Role::Supervisor, 1, false));
    assert_eq!(confirm(&app, "users", &page).await.status(), StatusCode::CONFLICT, "once");

    // What was taken along changes nothing; what is changed in it changes.
    for format in ["csv", "xlsx"] {
        let taken = whole(&app, &format!("/admin/users/download?q=&format={format}")).await;
        let page = text(file(&app, "users", &taken).await).await;
        assert!(page.contains("0 dòng mới") && page.contains("0 dòng thay đổi"), "{page}");
    }
    let csv = whole(&app, "/admin/users/download?q=phu.trach&format=csv").await;
    let csv = String::from_utf8(csv).unwrap();
    assert!(
        csv.ends_with("phu.trach,Trần Thị B,Quản lý cơ quan,SKHDT,,,Chưa đặt mật khẩu\r\n"),
        "{csv}"
    );
    let changed =
        csv.replace("SKHDT,,,", ",,b@tinh.gov.vn,").replace("Quản lý cơ quan", "Kiểm tra");
    let page = text(file(&app, "users", changed.as_bytes()).await).await;
    let shown = "<ins>Kiểm tra, giám sát</ins>";
    assert!(page.contains("1 dòng thay đổi") && page.contains(shown), "{page}");
    assert_eq!(confirm(&app, "users", &page).await.status(), StatusCode::SEE_OTHER);
    let users = app.store.users().await.unwrap();
    let one = users.iter().find(|one| one.name == "phu.trach").unwrap();
    assert_eq!((one.role, one.email.as_deref()), (Role::Auditor, Some("b@tinh.gov.vn")));
    assert!(one.departments.is_empty());

    // The last administrator stays one.
    let fall = format!("{PEOPLE}administrator,Nguyễn Văn A,Lãnh đạo,,\n");
    let page = text(file(&app, "users", fall.as_bytes()).await).await;
    let refused = confirm(&app, "users", &page).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(text(refused).await.contains("quản trị viên cuối cùng"));
    for format in ["pdf", ""] {
        let address = format!("/admin/users/download?format={format}");
        assert_eq!(get(&app, &address).await.status(), StatusCode::BAD_REQUEST, "{format}");
    }
}

#[tokio::test]
async fn a_questionnaire_travels_as_a_file_and_waits_as_a_draft() {
    let (_dir, app) = furnished().await;
    let taken = whole(&app, "/admin/questionnaires/1/download").await;
    for version in ["0", "2", "x"] {
        let none = get(&app, &format!("/admin/questionnaires/{version}/download")).await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND, "{version}");
    }
    let json = String::from_utf8(taken).unwrap();
    let mut other: serde_json::Value = serde_json::from_str(&json).unwrap();
    other["question"]["vi"] = "Ông/Bà thấy thế nào?".into();
    other["version"] = 99.into();
    let other = other.to_string();
    let unfit = other.replace("Ông/Bà thấy thế nào?", "");
    let more = other.replace("\"question\":{", "\"question\":{\"fr\":\"Quoi?\",");
    let large = format!("{other}{}", " ".repeat(300_000));
    for (bytes, said) in [
        ("", "không phải là bộ câu hỏi"),
        ("{}", "không phải là bộ câu hỏi"),
        ("PK\u{3}\u{4}", "không phải là bộ câu hỏi"),
        (&*large, "lớn hơn 256 KB"),
        (&*unfit, "chưa dùng được. Phải có nội dung tiếng Việt"),
        (&*more, "biểu mẫu không lưu được"),
    ] {
        let refused = file(&app, "questionnaires/draft", bytes.as_bytes()).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        let page = text(refused).await;
        assert!(page.contains(said), "{said}: {page}");
    }
    let done = file(&app, "questionnaires/draft", other.as_bytes()).await;
    assert_eq!(head(&done, "location"), "/admin/questionnaires/draft?done=imported");
    assert_eq!(app.store.questionnaires().await.unwrap().len(), 1, "a draft is no version");
    let look = text(get(&app, "/admin/questionnaires/draft/view").await).await;
    assert!(look.contains("Ông/Bà thấy thế nào?"));
    let waits = file(&app, "questionnaires/draft", json.as_bytes()).await;
    assert!(text(waits).await.contains("bản dự thảo chưa áp dụng"), "it overwrites no draft");
    let publish = [("mark", hidden(&look, "mark")), ("sure", "yes".into())];
    let publish = publish.each_ref().map(|(name, value)| (*name, value.as_str()));
    send(&app, "/admin/questionnaires/draft/publish", &publish).await;
    let second = whole(&app, "/admin/questionnaires/2/download").await;
    let second: serde_json::Value = serde_json::from_slice(&second).unwrap();
    assert_eq!(
        (&second["version"], &second["question"]["vi"]),
        (&2.into(), &"Ông/Bà thấy thế nào?".into())
    );
}
