//! Who was asked and who answered: every number with its meaning, and every row adds up.

use super::routes::rated;
use super::*;
use crate::pages::dashboards::answers::AnswersPage;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::dashboards::view::View;
use askama::Template as _;
use axum::http::StatusCode;
use reports::figures::{AskedHour, BySource, Group, Ratings};

/// So many asked, answered and abandoned.
fn asked(asked: u64, tablet: u64, abandoned: u64) -> Ratings {
    let by_source = BySource { tablet, imported: 0 };
    Ratings { asked, abandoned, by_source, total: tablet, ..Ratings::default() }
}

fn group(code: &str, ratings: Ratings) -> Group {
    Group { code: code.into(), name: format!("Mục {code}"), ratings, ..Group::default() }
}

/// A house where 660 were asked, at a counter for each of the numbers.
fn figures() -> Figures {
    let mut figures = nine_months();
    figures.ratings = asked(660, 500, 158);
    figures.departments = vec![group("A", asked(600, 450, 148)), group("B", asked(60, 50, 10))];
    figures.counters = vec![
        group("Q1", asked(400, 300, 100)),
        group("Q2", asked(200, 150, 48)),
        group("Q3", asked(60, 57, 3)),
    ];
    figures.officers = vec![group("C1", asked(657, 498, 157)), group("C2", asked(3, 2, 1))];
    figures.asked_by_hour = vec![AskedHour { hour: 8, asked: 660, answered: 500, abandoned: 158 }];
    figures
}

async fn page_of(app: &App, role: Role, figures: &Figures, part: bool) -> String {
    let context = context(app, role, "vi").await;
    let query = FigureQuery { period: Some("2023-9M".into()), ..FigureQuery::default() };
    let mut filters = Filters::default();
    if part {
        filters.filter.departments = Some([1].into());
    }
    let view = View::of(&context, &query, filters).await.unwrap();
    let page = AnswersPage::of(&context, &view, figures, &[]).render().unwrap();
    page.replace('\u{a0}', " ")
}

/// The cells of a row.
fn row(page: &str, name: &str) -> String {
    let rows = page.split("<tr>").filter(|row| row.contains("<td"));
    let row = rows.into_iter().find(|row| row.contains(&format!("{name}<"))).unwrap();
    let cells = row.split("<td").skip(1).map(|cell| {
        let text = cell.split_once('>').unwrap().1;
        text.split('<').next().unwrap().trim()
    });
    cells.collect::<Vec<_>>().join(" | ")
}

/// The big numbers on top.
fn numbers(page: &str) -> Vec<&str> {
    let numbers = page.split("<p class=\"number\">").skip(1);
    numbers.map(|rest| rest.split('<').next().unwrap()).collect()
}

#[tokio::test]
async fn who_was_asked_and_who_answered_stands_by_every_part() {
    let (_dir, app) = app().await;
    let page = page_of(&app, Role::Leader, &figures(), false).await;
    assert_eq!(numbers(&page), ["660", "500", "158", "2", "75,76%"]);
    for meaning in ["hiển thị câu hỏi", "đã chọn một mức độ", "không chọn mức độ nào", "chia cho"]
    {
        assert!(page.contains(meaning), "{meaning}");
    }
    assert!(row(&page, "Mục A</a>").starts_with("600 | 450 | 148 | 2 | 75,00%"));
    assert!(row(&page, "8–9 giờ").starts_with("660 | 500 | 158 | 2 | 75,76%"));
    assert!(page.contains("href=\"/departments/A?period=2023-9M\""));
    assert!(page.contains("href=\"/answers?period=2023-9M\" aria-current=\"page\""));
}

#[tokio::test]
async fn few_answers_are_told_to_whoever_may_open_them() {
    let (_dir, app) = app().await;
    let page = page_of(&app, Role::Leader, &figures(), false).await;
    assert!(
        row(&page, "Mục Q3</a>").starts_with("60 | 57 | 3 | 0 | 95,00% | 86,30–98,29"),
        "{page}"
    );
    assert!(row(&page, "Mục Q2</a>").starts_with("200 | 150 | 48 | 2 | 75,00%"));
    assert!(row(&page, "Mục C2</a>").starts_with("3 | 2 | 1 | 0 | 66,67%"));
    assert!(row(&page, "Mục C1</a>").starts_with("657 | 498 | 157 | 2 | 75,80%"));
    let mut few = figures();
    few.ratings = asked(60, 3, 57);
    for part in [false, true] {
        let page = page_of(&app, Role::Leader, &few, part).await;
        assert_eq!(numbers(&page), ["60", "3", "57", "0", "5,00%"], "{part}");
    }
}

#[tokio::test]
async fn what_was_ruled_out_was_answered_and_is_told_beside_it() {
    let (_dir, app) = app().await;
    let mut ruled = figures();
    ruled.ratings.by_source.tablet = 497;
    ruled.ratings.total = 497;
    ruled.ratings.ruled_out.tablet = 3;
    let page = page_of(&app, Role::Leader, &ruled, false).await;
    assert_eq!(numbers(&page), ["660", "500", "158", "2", "75,76%"]);
    assert!(page.contains("trong đó 3 lượt không tính vào kết quả theo kết luận"), "{page}");
    assert!(page.contains("&#38;source=tablet&#38;state=ruled_out"), "{page}");
}

#[tokio::test]
async fn a_house_that_asked_nobody_says_so() {
    let (_dir, app) = rated().await;
    for (role, address, says) in [
        (Role::Leader, "/answers?period=2023-09", "chưa có lượt nào được mời đánh giá"),
        (Role::Leader, "/answers?period=2023-09&stage=return", "phù hợp với các điều kiện"),
        (Role::Leader, "/answers?period=2024-09", "Kỳ này chưa đến"),
        (Role::Supervisor, "/answers", "chưa có lượt nào được mời đánh giá"),
    ] {
        let answer = ask(&app, Some(role), Request::get(address), String::new()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let page = text(answer).await;
        assert!(page.contains(says) && !page.contains("class=\"number\""), "{address}");
    }
    let chosen = Request::get("/answers?part=Q3&year=2023&stage=receive");
    let answer = ask(&app, Some(Role::Leader), chosen, String::new()).await;
    assert_eq!(head(&answer, "location"), "/answers?period=2023-Q3&stage=receive");
}
