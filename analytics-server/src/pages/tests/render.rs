//! The templates, with figures that are full, few and none.

use super::pieces::assert_pieces;
use super::*;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::overview::Overview;
use crate::pages::dashboards::view::View;
use crate::pages::error::ErrorPage;
use crate::pages::layout::Layout;
use crate::period::{Policy, Span};
use askama::Template;
use locales::texts;
use reports::figures::{ByStage, Levels, Ratings, Satisfied};

fn view(period: &str, language: &str, policy: Policy) -> View {
    let span: Span = period.parse().unwrap();
    View {
        span,
        period: span.under(policy),
        policy,
        texts: texts(language),
        narrow: Filters::default(),
        refusal: None,
    }
}

/// The page without the insides of its charts, which have their own tests.
async fn overview(app: &App, view: &View, figures: &Figures, live: bool) -> String {
    let context = context(app, Role::Leader, view.texts.language()).await;
    let page = Overview::of(&context, view, figures, live, Vec::new()).unwrap().render().unwrap();
    let mut parts = page.split("<svg xmlns=");
    let mut short = parts.next().unwrap().to_owned();
    for part in parts {
        let (svg, rest) = part.split_once("</svg>").unwrap();
        assert!(svg.contains("role=\"img\""), "a chart that says nothing to who can not see it");
        short.push_str("<svg/>");
        short.push_str(rest);
    }
    short.replace(crate::assets::mark(), "MARK").replace(&context.viewer.csrf, "CSRF")
}

/// The sections of the overview.
const SECTIONS: [&str; 8] =
    ["period", "cards", "course", "levels", "departments", "hours", "counters", "officers"];

/// Those of an overview without several departments and counters.
const WITHOUT_GROUPS: [&str; 6] = ["period", "cards", "course", "levels", "officers", "hours"];

/// Figures of a period without anything.
fn empty() -> Figures {
    Figures {
        ratings: Ratings::default(),
        departments: Vec::new(),
        officers: Vec::new(),
        counters: Vec::new(),
        days: Vec::new(),
        simulated: false,
        ..nine_months()
    }
}

#[tokio::test]
async fn the_nine_months() {
    let (_dir, app) = app().await;
    let page =
        overview(&app, &view("2023-9M", "vi", Policy::Calendar), &nine_months(), false).await;
    assert_pieces("overview", &page, &SECTIONS);
    assert!(page.contains("22.471") && page.contains("98,87–99,13"));
    // The mark stands in the head and its meaning in the foot.
    assert!(page.contains("Dữ liệu mô phỏng") && page.contains("không dùng làm căn cứ"));
}

#[tokio::test]
async fn in_english_with_the_days_of_the_decree() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.ratings.asked = 400;
    figures.ratings.abandoned = 90;
    figures.ratings.by_source.tablet = 310;
    figures.quarantined = 3;
    figures.simulated = false;
    figures.departments.truncate(2);
    figures.officers.truncate(2);
    figures.counters.truncate(2);
    let page = overview(&app, &view("2023-Q3", "en", Policy::Nd09), &figures, true).await;
    assert_pieces("overview_en", &page, &SECTIONS);
    assert!(page.contains("77.50%") && page.contains("15 Jun 2023 to 14 Sep 2023"));
    assert!(!page.contains("Simulated"));
}

#[tokio::test]
async fn a_period_without_ratings() {
    let (_dir, app) = app().await;
    let page = overview(&app, &view("2023-10", "vi", Policy::Calendar), &empty(), false).await;
    assert_pieces("overview_empty", &page, &WITHOUT_GROUPS);
    assert!(!page.contains("NaN"));
}

#[tokio::test]
async fn few_ratings_are_shown_and_not_ranked() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    let ratings = |very: u64, satisfied: u64, neutral: u64| {
        let total = very + satisfied + neutral;
        Ratings {
            total,
            levels: Levels { very_satisfied: very, satisfied, neutral, ..Levels::default() },
            by_stage: ByStage { receive: total, ..ByStage::default() },
            satisfied: Satisfied {
                count: very + satisfied,
                share: Some((very + satisfied) as f64 / total as f64),
                low: Some(0.61),
                high: Some(0.97),
            },
            ..Ratings::default()
        }
    };
    figures.officers.truncate(4);
    figures.officers[0].ratings = ratings(40, 8, 2);
    figures.officers[1].ratings = ratings(20, 9, 0);
    figures.officers[2].ratings = ratings(3, 1, 0);
    figures.officers[3].ratings = Ratings::default();
    let page = overview(&app, &view("2023-9M", "vi", Policy::Calendar), &figures, false).await;
    let page = page.replace("</a>", "");
    let officers = page.split("Theo người phục vụ").last().unwrap();
    let row = |nth: usize| {
        let row = officers.split("<tr>").nth(nth + 2).unwrap().split("</tr>").next().unwrap();
        let cells: Vec<&str> = row
            .split("</t")
            .filter_map(|cell| cell.rsplit_once('>').map(|(_, text)| text.trim()))
            .filter(|text| !text.is_empty())
            .collect();
        cells[1..].join(" | ")
    };
    let name = |nth: usize| figures.officers[nth].department.clone().unwrap();
    let name_and = |nth: usize, cells: &str| format!("{} | {cells}", name(nth));
    assert_eq!(row(0), name_and(0, "50 | 40 | 8 | 2 | 96,00%"));
    // Few are told like many; beside the share stands that there is no ranking.
    assert_eq!(row(1), name_and(1, "29 | 20 | 9 | 0"));
    assert_eq!(row(2), name_and(2, "4 | 3 | 1 | 0"));
    let unranked = "100%<span class=\"of\">chưa đủ 30 lượt: không xếp hạng</span>";
    assert_eq!(officers.matches(unranked).count(), 2, "{officers}");
    // Only who is ranked has a dot.
    assert!(officers.contains("\"interval\"") && officers.contains("\"interval unranked\""));
    assert_eq!(officers.matches("<circle").count(), 1);
    assert_eq!(officers.matches("<th scope=\"row\">").count(), 3, "no row without ratings");
}

#[tokio::test]
async fn one_department_and_one_counter_have_no_table_of_their_own() {
    let (_dir, app) = app().await;
    let view = view("2023-9M", "vi", Policy::Calendar);
    let tables = async |departments: usize, counters: usize| {
        let mut figures = nine_months();
        figures.departments.truncate(departments);
        figures.counters.truncate(counters);
        let page = overview(&app, &view, &figures, false).await;
        let names = ["Theo cơ quan", "Theo quầy", "Theo người phục vụ"];
        names.map(|name| page.contains(&format!("<h2>{name}</h2>")))
    };
    assert_eq!(tables(2, 2).await, [true; 3]);
    assert_eq!(tables(1, 2).await, [false, true, true]);
    assert_eq!(tables(1, 1).await, [false, false, true]);
    // Of two departments one may have no ratings.
    let mut figures = nine_months();
    figures.departments.truncate(2);
    figures.departments[1].ratings = Ratings::default();
    let page = overview(&app, &view, &figures, false).await;
    assert!(!page.contains("<h2>Theo cơ quan</h2>"), "{page}");
}

#[tokio::test]
async fn a_fault_says_what_to_do() {
    let (_dir, app) = app().await;
    let page = ErrorPage {
        layout: Layout::new(&app, None, texts("vi"), "Không có kỳ này".into(), |texts| {
            crate::pages::address::home(texts)
        }),
        heading: "Không có kỳ này".into(),
        sentence: "Trong “<b>” có ngày không tồn tại trên lịch.".into(),
        signed_out: false,
        back: None,
    };
    let page = page.render().unwrap().replace(crate::assets::mark(), "MARK");
    insta::assert_snapshot!(page);
    assert!(!page.contains("<b>"));
}

#[tokio::test]
async fn names_can_not_become_markup() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.officers[0].name = "<script>alert(1)</script>".into();
    figures.departments[0].name = "\"><img src=x>".into();
    let context = context(&app, Role::Leader, "vi").await;
    let view = view("2023-9M", "vi", Policy::Calendar);
    let page = Overview::of(&context, &view, &figures, true, Vec::new()).unwrap().render().unwrap();
    assert!(!page.contains("<script>") && !page.contains("<img"));
    // The policy of the pages allows nothing inline and nothing from elsewhere.
    assert!(!page.contains(" style=") && !page.contains(" onclick") && !page.contains("<style"));
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!elsewhere.contains("http:") && !elsewhere.contains("https:"));
}

/// Every key that a template or a page names has a sentence: none shows as `[key]`.
#[tokio::test]
async fn no_sentence_is_missing() {
    let (_dir, app) = app().await;
    for language in locales::languages_of("pages") {
        for policy in Policy::ALL {
            for period in ["2023-09", "2023-Q3", "2023-H1", "2023-9M", "2023"] {
                for figures in [nine_months(), empty()] {
                    let page =
                        overview(&app, &view(period, language, policy), &figures, true).await;
                    assert!(!page.contains('['), "{language} {period}");
                }
            }
        }
    }
}

#[tokio::test]
async fn few_are_told_as_they_are() {
    use reports::figures::BySource;
    let (_dir, app) = app().await;
    let ratings = Ratings {
        total: 3,
        asked: 91,
        abandoned: 88,
        levels: Levels { very_satisfied: 2, neutral: 1, ..Levels::default() },
        by_source: BySource { tablet: 3, imported: 0 },
        by_stage: ByStage { receive: 3, ..ByStage::default() },
        satisfied: Satisfied { count: 2, share: Some(2.0 / 3.0), low: Some(0.2), high: Some(0.9) },
        ..Ratings::default()
    };
    let figures = Figures { ratings, ..empty() };
    let page = overview(&app, &view("2023-9M", "vi", Policy::Calendar), &figures, false).await;
    let cards = page.split("class=\"cards\"").nth(1).unwrap().split("</section>").next().unwrap();
    for told in
        [">3<", "tiếp nhận: 3", "3 lượt trả lời trên 91", "88 lượt", "3,30%", "2/3", "66,67%"]
    {
        assert!(cards.contains(told), "{told}: {cards}");
    }
    assert!(!cards.contains("&#60;5") && !cards.contains('…'), "{cards}");
}

#[tokio::test]
async fn of_many_officers_the_first_stand_on_the_overview() {
    let (_dir, app) = app().await;
    let view = view("2023-9M", "vi", Policy::Calendar);
    let one = nine_months().officers[0].clone();
    for (many, more) in [(30, false), (120, true)] {
        let officers = (0..many)
            .map(|nth| reports::figures::Group { code: format!("CC{nth:03}"), ..one.clone() });
        let figures = Figures { officers: officers.collect(), ..nine_months() };
        let page = overview(&app, &view, &figures, false).await;
        assert_eq!(page.matches("href=\"/officers/CC").count(), 30, "{many}");
        assert_eq!(page.contains("Xem tất cả 120 dòng"), more, "{many}");
    }
}
