//! Every route, with good and bad addresses.

use super::*;
use crate::import::{Options, Silent, import_bytes};
use axum::http::StatusCode;

async fn get(app: &App, address: &str) -> Response<Body> {
    get_with(app, address, None).await
}

async fn get_with(app: &App, address: &str, tag: Option<&str>) -> Response<Body> {
    let mut request = Request::get(address);
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    ask(app, Some(Role::Leader), request, String::new()).await
}

/// A server with two ratings in September 2023.
pub(super) async fn rated() -> (TempDir, App) {
    let (dir, app) = app().await;
    let options = Options { simulated: true, ..Options::new(app.zone.clone(), app.clock.now()) };
    let ratings = "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do\n\
        05/09/2023 08:00:00,Q01,CC001,,Tiếp nhận,Hài lòng,\n\
        30/09/2023 23:59:59,Q01,CC001,,Trả kết quả,Bình thường,\n";
    let files: [(&str, &[u8]); 4] = [
        ("co-quan.csv", include_bytes!("../../../demo/co-quan.csv")),
        ("quay.csv", include_bytes!("../../../demo/quay.csv")),
        ("cong-chuc.csv", include_bytes!("../../../demo/cong-chuc.csv")),
        ("danh-gia.csv", ratings.as_bytes()),
    ];
    let outcomes = import_bytes(&app.store, &files, &options, &Silent).await.unwrap();
    assert!(outcomes.iter().all(crate::import::FileOutcome::is_whole));
    (dir, app)
}

#[tokio::test]
async fn the_overview_opens_where_the_last_rating_is() {
    let (_dir, app) = rated().await;
    let response = get(&app, "/").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(head(&response, "content-type"), "text/html; charset=utf-8");
    let page = text(response).await;
    assert!(page.contains("<h1>Tháng 9 năm 2023</h1>") && page.contains("Dữ liệu mô phỏng"));
    assert!(!page.contains("live.js"), "September is over on 1 October");
    let today = text(get(&app, "/?period=2023-10").await).await;
    assert!(today.contains("live.js") && !today.contains("mô phỏng"));
    let (_dir, new) = super::app().await;
    assert!(text(get(&new, "/").await).await.contains("<h1>Tháng 10 năm 2023</h1>"));
}

#[tokio::test]
async fn the_chooser_leads_to_an_address_that_can_be_kept() {
    let (_dir, app) = rated().await;
    for (asked, kept) in [
        ("/?part=Q3&year=2023", "/?period=2023-Q3"),
        ("/?part=9m&year=2023", "/?period=2023-9M"),
        ("/?part=&year=2023&lang=en", "/?period=2023&lang=en"),
        ("/?from=2023-01-15&to=2023-02-14", "/?period=2023-01-15..2023-02-14"),
    ] {
        let response = get(&app, asked).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{asked}");
        assert_eq!(head(&response, "location"), kept);
        assert_eq!(get(&app, kept).await.status(), StatusCode::OK);
    }
    let page = text(get(&app, "/?period=2023-Q3&lang=en").await).await;
    assert!(page.contains("href=\"/?period=2023-Q2&#38;lang=en\""));
    assert!(page.contains("<html lang=\"en\">") && page.contains("<option value=\"Q3\" selected>"));
}

#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again() {
    let (_dir, app) = rated().await;
    let first = get(&app, "/").await;
    let tag = head(&first, "etag").to_owned();
    let again = get_with(&app, "/", Some(&tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(get_with(&app, "/?lang=en", Some(&tag)).await.status(), StatusCode::OK);
    assert_eq!(get_with(&app, "/?period=2023-10", Some(&tag)).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_is_sent_again_when_the_centre_has_another_name() {
    let (_dir, app) = rated().await;
    let tag = head(&get(&app, "/").await, "etag").to_owned();
    let renamed = app.centre().with(r#"{"name": {"vi": "Trung tâm khác"}}"#).unwrap();
    assert!(app.change_centre(None, renamed, "test").await.unwrap());
    let again = get_with(&app, "/", Some(&tag)).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert!(text(again).await.contains("Trung tâm khác"));
}

#[tokio::test]
async fn a_bad_address_gets_a_page_in_the_readers_language() {
    let (_dir, app) = rated().await;
    for (address, status, says) in [
        ("/?period=2023-13", 400, "mỗi năm có tháng 01 đến 12"),
        ("/?period=qu%C3%BD%20ba", 400, "“quý ba” không phải là một kỳ báo cáo"),
        ("/?period=2023-02-30..2023-03-01&lang=en", 400, "a day that no calendar has"),
        ("/?from=2023-03-01&to=2023-02-01", 400, "“01/03/2023 – 01/02/2023” có ngày cuối"),
        ("/?period=2023-03-01..2023-02-01&lang=en", 400, "“1 Mar 2023 – 1 Feb 2023” ends"),
        ("/day?date=30/2/2023", 400, "“30/2/2023” có ngày không tồn tại"),
        ("/?from=&to=", 400, "có ngày không tồn tại"),
        ("/?part=Q3&year=0000", 400, "“0000” nằm ngoài các năm"),
        ("/?part=Q3&year=99", 400, "“99” nằm ngoài các năm"),
        ("/?period=1950-01-01..2023-01-01", 400, "dài hơn mười năm"),
        ("/?period=%3Cscript%3E", 400, "“&#60;script&#62;” không phải"),
        ("/?period=2023-09&period=2023-08", 400, "Địa chỉ của trang có phần không đọc được"),
        ("/?period=2023-09&lang=%3Cb%3E", 200, "<html lang=\"vi\">"),
        ("/report?period=2023-13", 400, "mỗi năm có tháng 01 đến 12"),
        ("/report?period=2023-09&format=docx", 400, "không có dạng “docx”"),
        ("/report?period=2023-09&format=png&page=99", 404, "không có trang 99"),
        ("/b%C3%A1o-c%C3%A1o", 404, "Không có trang nào ở địa chỉ này"),
        ("/nowhere?lang=en", 404, "There is nothing at this address"),
        ("/assets/x/nothing.css", 404, "Không có trang nào ở địa chỉ này"),
    ] {
        let response = get(&app, address).await;
        assert_eq!(response.status().as_u16(), status, "{address}");
        let page = text(response).await;
        assert!(page.contains(says), "{address}: {page}");
        assert!(page.contains("</html>") && !page.contains("<script>"), "{address}");
    }
    for address in ["/api/v1/nothing", "/api", "/api?lang=en"] {
        let machine = get(&app, address).await;
        assert_eq!(machine.status(), StatusCode::NOT_FOUND);
        assert!(text(machine).await.starts_with("{\"code\":\"not_found\""), "{address}");
    }
}

#[tokio::test]
async fn a_chooser_that_is_refused_stands_there_again_with_what_was_typed() {
    let (_dir, app) = rated().await;
    for page in
        ["/", "/departments", "/officers/CC001", "/aspects", "/answers", "/flags", "/report"]
    {
        let address = format!("{page}?period=2023-08&from=2023-09-30&to=2023-09-01&department=");
        let refused = get(&app, &address).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{address}");
        let shown = text(refused).await;
        let said = "id=\"days-refusal\" role=\"alert\">“30/09/2023 – 01/09/2023” có ngày cuối";
        assert!(shown.contains(said) && !shown.contains("class=\"fault\""), "{page}: {shown}");
        for field in ["name=\"from\" required value=\"2023-09-30\"", "value=\"2023-09-01\" aria"] {
            assert!(shown.contains(field), "{page}: {field}");
        }
        // The period from which one came is still the one shown.
        assert!(shown.contains("name=\"period\" value=\"2023-08\""), "{page}");
        let year = get(&app, &format!("{page}?period=2023-08&part=Q3&year=99")).await;
        assert_eq!(year.status(), StatusCode::BAD_REQUEST, "{page}");
        let shown = text(year).await;
        assert!(shown.contains("id=\"part-refusal\"") && shown.contains("required value=\"99\""));
        assert!(shown.contains("<option value=\"Q3\" selected>"), "{page}");
    }
}

#[tokio::test]
async fn a_period_that_does_not_exist_leads_back_to_its_own_page() {
    let (_dir, app) = rated().await;
    for (address, back) in [
        ("/departments?period=x&stage=receive&lang=en", "/departments?stage=receive&lang=en"),
        ("/day?date=x&stage=receive", "/day?stage=receive"),
        ("/export/ratings.csv?period=x&department=SKHDT", "/export?department=SKHDT"),
        ("/charts/trend.svg?period=x", "/"),
        ("/report?period=2023-09&format=docx", "/report?period=2023-09"),
    ] {
        let page = text(get(&app, address).await).await;
        let way = format!("<a class=\"button\" href=\"{}\">", back.replace('&', "&#38;"));
        assert!(page.contains(&way), "{address}: {page}");
    }
    let nowhere = text(get(&app, "/nowhere?period=x").await).await;
    assert!(!nowhere.contains("chọn lại</a>"), "{nowhere}");
}

#[tokio::test]
async fn an_address_for_forms_says_so() {
    let (_dir, app) = rated().await;
    for (address, says) in [
        ("/sign-out", "Địa chỉ này chỉ dùng để gửi biểu mẫu"),
        ("/records/1/note", "Ông/Bà vui lòng quay lại trang trước"),
        ("/admin/counters/new/x?lang=en", "There is nothing at this address"),
        ("/sign-out?lang=en", "This address only accepts forms"),
    ] {
        let response = get(&app, address).await;
        assert!(response.status().is_client_error(), "{address}");
        assert!(text(response).await.contains(says), "{address}");
    }
    assert_eq!(get(&app, "/sign-out").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn todays_numbers_say_when_they_do_not_follow_the_filters() {
    let (_dir, app) = rated().await;
    let today = app.today();
    let month = format!("/?period={}-{:02}", today.year(), today.month());
    let said = "Hôm nay (không theo bộ lọc)";
    let whole = text(get(&app, &month).await).await;
    assert!(whole.contains("data-live-stream") && !whole.contains(said));
    assert!(text(get(&app, &format!("{month}&stage=receive")).await).await.contains(said));
}

#[tokio::test]
async fn a_store_that_is_gone_gets_a_page_too() {
    let (_dir, app) = rated().await;
    app.store.close().await;
    let response = get(&app, "/?period=2023-09").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(response).await;
    assert!(page.contains("Ông/Bà vui lòng thử lại sau một phút") && !page.contains("sqlx"));
}

#[tokio::test]
async fn assets_are_kept_as_long_as_they_are_the_same() {
    let (_dir, app) = app().await;
    for (name, kind) in [
        ("style.css", "text/css; charset=utf-8"),
        ("live.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("BeVietnamPro_700Bold.woff2", "font/woff2"),
        ("NotoSansKhmer_400Regular.ttf", "font/ttf"),
    ] {
        let response = get(&app, &crate::assets::address(name)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(head(&response, "content-type"), kind);
        assert!(head(&response, "cache-control").contains("immutable"));
        let old = get(&app, &format!("/assets/0123456789ab/{name}")).await;
        assert_eq!((old.status(), head(&old, "cache-control")), (StatusCode::OK, "no-store"));
    }
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let (_dir, app) = app().await;
    for address in ["/", "/nowhere", "/?period=x", "/assets/x/style.css"] {
        let response = get(&app, address).await;
        let policy = head(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(head(&response, "x-content-type-options"), "nosniff");
        assert_eq!(head(&response, "x-frame-options"), "DENY");
    }
}

#[tokio::test]
async fn a_report_is_a_file_to_keep() {
    let (_dir, app) = rated().await;
    for (address, kind, name, begins) in [
        (
            "/report?period=2023-09&format=pdf",
            "application/pdf",
            "bao-cao-hai-long-2023-09-gui-di.pdf",
            b"%PDF-",
        ),
        (
            "/report?period=2023-09&format=png&lang=en",
            "image/png",
            "bao-cao-hai-long-2023-09-en-gui-di-trang-1.png",
            b"\x89PNG\r",
        ),
    ] {
        let response = get(&app, address).await;
        assert_eq!((response.status(), head(&response, "content-type")), (StatusCode::OK, kind));
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(head(&response, "content-disposition"), disposition);
        let bytes = to_bytes(response.into_body(), 10_000_000).await.unwrap();
        assert!(bytes.starts_with(begins));
    }
}

#[tokio::test]
async fn what_can_not_be_read_is_told_in_the_readers_language() {
    let (_dir, app) = app().await;
    let mut asked = Vec::new();
    for (address, status) in [
        ("/sign-in?next=a&next=b", 400),
        ("/sign-in/second?next=a&next=b", 400),
        ("/account?done=a&done=b", 400),
        ("/admin/users?q=a&q=b", 400),
        ("/admin/users/1?done=a&done=b", 400),
        ("/admin/audit?who=a&who=b", 400),
        ("/admin/audit.csv?who=a&who=b", 400),
        ("/admin/users/%FF", 404),
        ("/admin/officers/%FF", 404),
        ("/records/%FF", 404),
        ("/password/%FF", 404),
    ] {
        asked.push((address, status, Request::get(address), String::new()));
    }
    for (address, status, body) in [
        ("/sign-in", 400, "name=a&name=b"),
        ("/sign-in", 400, "name=a%00"),
        ("/sign-in/second", 400, "code=a&code=b"),
        ("/demo/sign-in", 400, "role=a&role=b"),
        ("/password/00", 400, "password=a&password=b"),
        ("/admin/officers/upload", 400, "x"),
    ] {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        asked.push((address, status, request, body.to_owned()));
    }
    for (address, status, request, body) in asked {
        let role = if address.starts_with("/records") { Role::Leader } else { Role::Administrator };
        let answer = ask(&app, Some(role), request, body).await;
        assert_eq!(answer.status().as_u16(), status, "{address}");
        let page = text(answer).await;
        assert!(page.contains("<html lang=\"vi\""), "{address}: {page}");
    }
}
