//! Ratings as files: who may take which, and what the page says.

use super::*;
use crate::storage::register::{Entry, EntryChange, Noun};
use crate::storage::rows::{Counter, FileColumns, ImportedRating, Officer};
use axum::http::StatusCode;
use protocol::{Level, Scale};

/// A second department that the supervisor does not answer for, with one rating in each.
async fn furnished() -> (TempDir, App) {
    let (dir, app) = app().await;
    let other =
        Department {
            id: 0, code: "STP".into(), name: "Sở Tư pháp".into(), ticket_prefix: None
        };
    app.store.put_departments(&[other], 0).await.unwrap();
    let directory = app.store.directory().await.unwrap();
    let mut rows = Vec::new();
    for (n, code) in (1_u128..).zip(["SKHDT", "STP"]) {
        let department = directory.department(code).unwrap().id;
        let counter =
            Counter {
                id: 0, code: format!("Q0{n}"), name: format!("Quầy số 0{n}"), department
            };
        app.store.put_counters(std::slice::from_ref(&counter), 0).await.unwrap();
        let counter = app.store.directory().await.unwrap().counter(&counter.code).unwrap().id;
        let officer = Officer {
            id: 0,
            code: format!("CC00{n}"),
            name: "Nguyễn Văn A".into(),
            title: "Chuyên viên".into(),
            department,
            counter: Some(counter),
        };
        app.store.put_officers(std::slice::from_ref(&officer), 0).await.unwrap();
        let officer = app.store.directory().await.unwrap().officer(&officer.code).unwrap().id;
        rows.push(ImportedRating {
            id: uuid::Uuid::from_u128(n),
            simulated: false,
            counter,
            officer,
            stage: None,
            scale: Scale::Five,
            dossier: None,
            at: 1_695_780_000_000,
            level: Level::Neutral,
            reasons: Vec::new(),
            comment: None,
            told: FileColumns::default(),
        });
    }
    app.store.import_ratings(&rows, 0).await.unwrap();
    (dir, app)
}

async fn get(app: &App, role: Role, address: &str) -> Response<Body> {
    ask(app, Some(role), Request::get(address), String::new()).await
}

#[tokio::test]
async fn each_takes_what_they_may_see_and_it_is_written_down() {
    let (_dir, app) = furnished().await;
    for (role, lines) in [(Role::Leader, 2), (Role::Auditor, 2), (Role::Supervisor, 1)] {
        let answer = get(&app, role, "/export/ratings.csv?period=2023-09").await;
        assert_eq!(answer.status(), StatusCode::OK);
        let name = "attachment; filename=\"danh-gia-2023-09.csv\"; \
                    filename*=UTF-8''danh-gia-2023-09.csv";
        assert_eq!(head(&answer, "content-disposition"), name);
        let text = text(answer).await;
        assert_eq!(text.matches("\r\n").count(), 1 + lines, "{role:?}: {text}");
        assert!(!text.contains("STP") || role != Role::Supervisor, "{text}");
    }
    let log = app.store.audit_log(3).await.unwrap();
    let taken: Vec<_> =
        log.iter().rev().map(|one| (one.actor.as_str(), one.action.as_str())).collect();
    assert_eq!(
        taken,
        [("user leader", "export"), ("user auditor", "export"), ("user supervisor", "export")]
    );
    assert!(log[0].after.as_ref().unwrap().contains("\"rows\":1"), "{:?}", log[0]);
}

#[tokio::test]
async fn what_lies_outside_is_not_there() {
    let (_dir, app) = furnished().await;
    for query in ["department=STP", "counter=Q02", "officer=CC002", "department=none", "counter=x"]
    {
        for page in
            ["/export", "/export/ratings.csv", "/export/ratings.xlsx", "/export/ratings.parquet"]
        {
            let answer =
                get(&app, Role::Supervisor, &format!("{page}?period=2023-09&{query}")).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{page} {query}");
        }
    }
    let page = text(get(&app, Role::Supervisor, "/export?period=2023-09").await).await;
    assert!(page.contains("SKHDT") && !page.contains("Sở Tư pháp"), "{page}");
    assert!(!page.contains("name=\"comments\""), "without the right there is nothing to tick");
    let read = "/comments?from=2023-09-01&#38;to=2023-09-30";
    assert!(page.contains("Tệp không kèm ý kiến góp ý.") && page.contains(read), "{page}");
    let answer = get(&app, Role::Supervisor, "/export/ratings.csv?period=2023-09&comments=1").await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(app.store.audit_log(1).await.unwrap()[0].action, "sign in", "nothing was taken");
}

#[tokio::test]
async fn bad_words_in_the_address_get_one_sentence() {
    let (_dir, app) = furnished().await;
    for (query, status) in [
        ("period=2023-13", StatusCode::BAD_REQUEST),
        ("period=2023-09&stage=never", StatusCode::BAD_REQUEST),
        ("period=2023-09&department=X", StatusCode::NOT_FOUND),
        ("period=2023-09&department=%00", StatusCode::BAD_REQUEST),
        ("period=2099-01", StatusCode::OK),
        ("period=", StatusCode::OK),
    ] {
        let answer = get(&app, Role::Leader, &format!("/export?{query}")).await;
        assert_eq!(answer.status(), status, "{query}");
    }
    let page = "/export?from=2023-09-30&to=2023-09-01&department=STP";
    let page = text(get(&app, Role::Leader, page).await).await;
    assert!(
        page.contains("value=\"2023-09-30\"") && page.contains("value=\"2023-09-01\""),
        "nothing typed is lost"
    );
    assert!(page.contains("role=\"alert\">“30/09/2023 – 01/09/2023” có ngày cuối"), "{page}");
    assert!(page.contains("value=\"STP\" selected"));
    let page = text(get(&app, Role::Leader, "/export?period=2099-01&lang=en").await).await;
    assert!(page.contains("This period has not begun yet") && page.contains("1 Jan 2099"));
    let page = text(get(&app, Role::Leader, "/export?period=1990-01&lang=en").await).await;
    assert!(page.contains("There are no ratings"));
    for name in ["ratings.pdf", "ratings", "users.csv", "..%2Fx"] {
        let answer = get(&app, Role::Leader, &format!("/export/{name}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn the_api_has_a_page_for_everybody() {
    let (_dir, app) = app().await;
    let answer = ask(&app, None, Request::get("/api/docs"), String::new()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(head(&answer, "content-security-policy").contains("default-src 'none'"));
    let page = text(answer).await;
    for word in ["/api/v1/ratings", "figures:read", "RatingsTold", "429"] {
        assert!(page.contains(word), "{word} is missing");
    }
    assert!(!page.contains("style=") && !page.contains("<script"), "the rules of the pages hold");
}

#[tokio::test]
async fn a_site_outside_the_scope_is_not_offered() {
    let (_dir, app) = furnished().await;
    for (noun, code, name) in [(1, "P1", "Phường Một"), (2, "P2", "Phường Hai")] {
        let after = Entry {
            code: code.into(),
            name: name.into(),
            word: Some("commune".into()),
            ..Entry::default()
        };
        let site = [EntryChange { before: None, after }];
        app.store.carry_out(Noun::Site, &site, "test", 0).await.unwrap();
        let counters = app.store.entries(Noun::Counter).await.unwrap();
        let before = counters.into_iter().find(|one| one.code == format!("Q0{noun}")).unwrap();
        let sites = app.store.entries(Noun::Site).await.unwrap();
        let place = sites.into_iter().find(|one| one.code == code).map(|one| one.id);
        let after = Entry { place, ..before.clone() };
        let step = [EntryChange { before: Some(before), after }];
        app.store.carry_out(Noun::Counter, &step, "test", 0).await.unwrap();
    }
    for (role, other, status) in
        [(Role::Supervisor, false, StatusCode::NOT_FOUND), (Role::Leader, true, StatusCode::OK)]
    {
        let page = text(get(&app, role, "/export").await).await;
        // One alone is no choice.
        for name in ["Phường Một", "Phường Hai"] {
            assert_eq!(page.contains(name), other, "{role:?} {page}");
        }
        let address = "/export?site=P2";
        assert_eq!(get(&app, role, address).await.status(), status, "{role:?}");
    }
}

#[tokio::test]
async fn an_export_is_chosen_by_days_and_by_the_usual_periods() {
    let (_dir, app) = furnished().await;
    let page =
        async |query: &str| text(get(&app, Role::Leader, &format!("/export?{query}")).await).await;
    let days = page("from=2023-09-25&to=2023-09-28&department=STP").await;
    let file = "/export/ratings.csv?period=2023-09-25..2023-09-28&#38;department=STP";
    assert!(days.contains(file), "{days}");
    assert_eq!(days.matches("ngày 25/09/2023 đến ngày 28/09/2023").count(), 1, "{days}");
    // The days of a whole month are that month, and the menu of periods knows it.
    let month = page("from=2023-10-01&to=2023-10-31&department=STP").await;
    let this = "href=\"/export?period=2023-10&#38;department=STP\" aria-current=\"page\"";
    assert!(month.contains(this) && month.contains("<h2>Tháng 10 năm 2023</h2>"), "{month}");
    // As people write days.
    let typed = page("period=25/09/2023%20-%2028/09/2023").await;
    assert!(typed.contains("period=2023-09-25..2023-09-28"), "{typed}");
    assert!(typed.contains("type=\"date\" name=\"from\" required value=\"2023-09-25\""));
}
