//! A province has about two thousand procedures with long names, and perhaps a hundred departments with
//! their officers: no page grows with them.

use super::routes::rated;
use super::*;
use crate::import::{Options, Silent, import_bytes};
use crate::storage::rows::Procedure;
use axum::http::StatusCode;

/// So much of a page is loaded quickly at any counter.
const MOST: usize = 200 * 1024;

#[tokio::test]
async fn two_thousand_procedures_make_no_page_large() {
    let (_dir, app) = rated().await;
    let departments = app.store.directory().await.unwrap().departments.clone();
    let procedure = |nth: usize| Procedure {
        id: 0,
        code: format!("8.{nth:06}"),
        name: format!("Thủ tục số {nth:>4}: {}", "đủ điều kiện ".repeat(8))
            .chars()
            .take(100)
            .collect(),
        field: "Doanh nghiệp".into(),
        // As many as a form offers in one department, the rest in the others.
        department: departments[if nth < 300 { 0 } else { 1 + nth % (departments.len() - 1) }].id,
        working_days: 5,
    };
    let all: Vec<_> = (0..2_000).map(procedure).collect();
    app.store.put_procedures(&all, 1).await.unwrap();
    let own = format!("department={}", departments[0].code);
    for page in [
        "/?period=2023-09",
        "/departments?period=2023-09",
        "/officers?period=2023-09",
        "/counters?period=2023-09",
        "/procedures?period=2023-09",
        "/aspects?period=2023-09",
        "/answers?period=2023-09",
        "/flags?period=2023-09",
        "/day?date=2023-09-05",
        "/export?period=2023-09",
        "/records?from=2023-09-01",
    ] {
        for address in [page.to_owned(), format!("{page}&{own}")] {
            let request = Request::get(&address);
            let answer = ask(&app, Some(Role::Leader), request, String::new()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{address}");
            let page = text(answer).await;
            assert!(page.len() < MOST, "{address} has {} bytes", page.len());
        }
    }
    let one = format!("/?period=2023-09&{own}");
    let offered = text(ask(&app, Some(Role::Leader), Request::get(one), String::new()).await).await;
    assert_eq!(offered.matches("<option value=\"8.").count(), 300);
}

/// Lines of a file below its head.
fn lines(head: &str, line: impl Fn(usize) -> String, count: usize) -> Vec<u8> {
    let lines: Vec<String> = (1..=count).map(line).collect();
    format!("{head}\n{}\n", lines.join("\n")).into_bytes()
}

#[tokio::test]
async fn a_hundred_departments_and_a_thousand_officers_make_no_page_large() {
    let (_dir, app) = app().await;
    let of = |nth: usize| (nth - 1) % 100 + 1;
    let departments = lines(
        "Mã,Tên cơ quan",
        |nth| format!("X{nth},Ủy ban nhân dân xã số {nth} huyện miền núi"),
        100,
    );
    let counter = |nth: usize| format!("Q{nth},Quầy số {nth},X{}", of(nth));
    let counters = lines("Mã,Tên quầy,Mã cơ quan", counter, 500);
    let officer =
        |nth: usize| format!("CC{nth},Cán bộ tiếp nhận số {nth},Chuyên viên,X{}", of(nth));
    let officers = lines("Mã,Họ và tên,Chức danh,Mã cơ quan", officer, 1_000);
    let rating = |nth: usize| {
        let (day, level) = (nth % 28 + 1, ["Rất hài lòng", "Hài lòng", "Không hài lòng"][nth % 3]);
        let nth = (nth - 1) % 500 + 1;
        format!("{day:02}/09/2023 08:00:00,Q{nth},CC{nth},,Tiếp nhận,{level},")
    };
    let head = "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do";
    let ratings = lines(head, rating, 3_000);
    let files: [(&str, &[u8]); 4] = [
        ("co-quan.csv", &departments),
        ("quay.csv", &counters),
        ("cong-chuc.csv", &officers),
        ("danh-gia.csv", &ratings),
    ];
    let options = Options::new(app.zone.clone(), app.clock.now());
    let outcomes = import_bytes(&app.store, &files, &options, &Silent).await.unwrap();
    assert!(outcomes.iter().all(crate::import::FileOutcome::is_whole));
    for address in [
        "/?period=2023-09",
        "/departments?period=2023-09",
        "/officers?period=2023-09",
        "/counters?period=2023-09",
        "/flags?period=2023-09",
        "/records?from=2023-09-01",
        "/export?period=2023-09",
        "/admin/rosters?week=2023-W41",
        "/admin/counters",
        "/admin/officers",
        "/admin/officers/new",
        "/admin/tablets/new",
        "/admin/users/new",
    ] {
        let request = Request::get(address);
        let answer = ask(&app, Some(Role::Administrator), request, String::new()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let page = text(answer).await;
        assert!(page.len() < MOST, "{address} has {} bytes", page.len());
    }
    let roster = "/admin/rosters?week=2023-W41&department=X7";
    let request = Request::get(roster);
    let page = ask(&app, Some(Role::Administrator), request, String::new()).await;
    let page = text(page).await;
    assert_eq!(
        page.matches("<option value=\"CC").count(),
        10,
        "the department's own are suggested"
    );
    assert!(page.contains("vui lòng nhập mã hoặc họ và tên đầy đủ"));
}
