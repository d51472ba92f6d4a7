//! Lists of departments, officers, counters and procedures and the page of one of them: nobody finds
//! what is outside their part of the centre, and of what is inside they see the true counts.

use super::routes::rated;
use super::*;
use crate::pages::address::segment;
use crate::pages::context::Context;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::groups::{Earlier, GroupsPage};
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::dashboards::view::View;
use crate::stats::groups::{Dimension, GroupOrder};
use askama::Template as _;
use axum::http::StatusCode;
use reports::figures::{BySource, Day, Group, Levels, Ratings, Satisfied};

const LISTS: [(Dimension, &str); 4] = [
    (Dimension::Departments, "/departments"),
    (Dimension::Officers, "/officers"),
    (Dimension::Counters, "/counters"),
    (Dimension::Procedures, "/procedures"),
];

async fn get(app: &App, role: Role, address: &str) -> Response<Body> {
    ask(app, Some(role), Request::get(address), String::new()).await
}

#[tokio::test]
async fn a_supervisor_finds_nothing_of_other_departments_at_any_address() {
    let (_dir, app) = rated().await;
    let all = app.store.directory().await.unwrap();
    let mut others = Vec::new();
    let (mut own, mut names) = (vec!["/departments/SKHDT".to_owned()], Vec::new());
    for one in all.departments.iter().filter(|one| one.id != 1) {
        others.push(format!("/departments/{}", segment(&one.code)));
        names.push(&one.name);
    }
    let mut put = |department: i64, address: String| {
        if department == 1 { own.push(address) } else { others.push(address) }
    };
    for one in &all.officers {
        put(one.department, format!("/officers/{}", segment(&one.code)));
    }
    for one in &all.counters {
        put(one.department, format!("/counters/{}", segment(&one.code)));
    }
    for one in &all.procedures {
        put(one.department, format!("/procedures/{}", segment(&one.code)));
    }
    assert!(own.len() > 2 && others.len() > 4);
    for address in &others {
        let hidden = get(&app, Role::Supervisor, address).await;
        assert_eq!(hidden.status(), StatusCode::NOT_FOUND, "{address}");
    }
    for address in own.iter().chain(others.iter().take(5)) {
        assert_eq!(get(&app, Role::Leader, address).await.status(), StatusCode::OK, "{address}");
    }
    for address in &own {
        let page = text(get(&app, Role::Supervisor, address).await).await;
        assert!(!names.iter().any(|name| page.contains(*name)), "{address}");
    }
    let beside = [(Dimension::Officers, "/aspects"), (Dimension::Officers, "/answers")];
    for (_, list) in LISTS.iter().chain(&beside) {
        let page = get(&app, Role::Supervisor, list).await;
        assert_eq!(page.status(), StatusCode::OK, "{list}");
        let page = text(page).await;
        assert!(!names.iter().any(|name| page.contains(*name)), "{list}");
        let other = format!("{list}?department={}", all.departments.last().unwrap().code);
        assert_eq!(get(&app, Role::Supervisor, &other).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(get(&app, Role::Officer, list).await.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn what_does_not_exist_is_nowhere_and_odd_orders_are_refused() {
    let (_dir, app) = rated().await;
    for (_, list) in LISTS {
        for code in ["X", "%00", "%FF", "..%2F", "Q01%20"] {
            let address = format!("{list}/{code}");
            let status = get(&app, Role::Leader, &address).await.status();
            assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        }
        for (query, status) in
            [("sort=x", 400), ("page=0", 400), ("page=x", 400), ("page=9", 404), ("period=x", 400)]
        {
            let address = format!("{list}?{query}");
            assert_eq!(get(&app, Role::Leader, &address).await.status(), status, "{address}");
        }
    }
}

#[tokio::test]
async fn the_chooser_stays_on_the_page_and_keeps_order_and_filters() {
    let (_dir, app) = rated().await;
    let chosen = "part=09&year=2023&stage=receive&sort=name";
    let list = get(&app, Role::Leader, &format!("/officers?{chosen}")).await;
    assert_eq!(head(&list, "location"), "/officers?period=2023-09&stage=receive&sort=name");
    let one = get(&app, Role::Leader, &format!("/officers/CC001?{chosen}")).await;
    assert_eq!(head(&one, "location"), "/officers/CC001?period=2023-09&stage=receive");
    let aspects = get(&app, Role::Leader, &format!("/aspects?{chosen}")).await;
    assert_eq!(head(&aspects, "location"), "/aspects?period=2023-09&stage=receive");
}

#[tokio::test]
async fn the_page_of_two_ratings_tells_both() {
    let (_dir, app) = rated().await;
    for page in ["/officers/CC001", "/counters/Q01", "/departments/SKHDT"] {
        let address = format!("{page}?period=2023-09");
        for role in [Role::Leader, Role::Supervisor, Role::Auditor] {
            let page = text(get(&app, role, &address).await).await;
            assert!(page.contains("<p class=\"number\">2</p>"), "{address}");
            assert!(page.contains("50,0") && page.contains("không xếp hạng"), "{address}");
            assert!(page.contains("level=below&#38;state=counted"), "{address}");
            assert!(!page.contains("level=low"), "there is none: {address}");
            assert!(page.contains("<svg"), "{address}");
        }
    }
}

/// A group of ratings: very satisfied, satisfied, below.
fn group(code: &str, [very_satisfied, satisfied, neutral]: [u64; 3]) -> Group {
    let total = very_satisfied + satisfied + neutral;
    let count = very_satisfied + satisfied;
    let share = Some(count as f64 / total as f64);
    let ratings = Ratings {
        total,
        levels: Levels { very_satisfied, satisfied, neutral, ..Levels::default() },
        satisfied: Satisfied { count, share, low: share, high: share },
        ..Ratings::default()
    };
    let (code, name) = (code.to_owned(), format!("Nguyễn Văn {code}"));
    Group { code, name, ratings, estimate: Some(0.9123), ..Group::default() }
}

async fn page_of(
    app: &App,
    role: Role,
    dimension: Dimension,
    figures: &Figures,
    sort: GroupOrder,
    page: usize,
) -> String {
    page_beside(app, role, dimension, figures, &Earlier::default(), (sort, page)).await
}

/// The same beside earlier periods.
async fn page_beside(
    app: &App,
    role: Role,
    dimension: Dimension,
    figures: &Figures,
    earlier: &Earlier,
    page: (GroupOrder, usize),
) -> String {
    let context = context(app, role, "vi").await;
    let view = nine_months_view(&context).await;
    let page = GroupsPage::of(&context, dimension, &view, figures, earlier, page).unwrap();
    let page = page.render().unwrap();
    page.replace(crate::assets::mark(), "MARK").replace(&context.viewer.csrf, "CSRF")
}

async fn nine_months_view(context: &Context) -> View {
    let query = FigureQuery { period: Some("2023-9M".into()), ..FigureQuery::default() };
    View::of(context, &query, Filters::default()).await.unwrap()
}

/// The codes of the rows of a page's list, in order.
fn codes(page: &str) -> Vec<String> {
    let list = page.split("<table class=\"full groups\">").nth(1).unwrap_or_default();
    let rows = list.split("</table>").next().unwrap().split("href=\"/officers/").skip(1);
    rows.map(|row| row.split('?').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_list_is_ordered_by_its_true_figures_and_lowest_first() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.officers = vec![
        group("A", [90, 10, 4]),
        group("B", [90, 10, 1]),
        group("C", [20, 1, 0]),
        group("D", [0, 4, 0]),
        group("E", [0, 1, 0]),
        group("F", [200, 0, 0]),
    ];
    let page =
        async |sort| page_of(&app, Role::Leader, Dimension::Officers, &figures, sort, 1).await;
    let order = async |sort| codes(&page(sort).await).concat();
    assert_eq!(order(GroupOrder::Name).await, "ABCDEF");
    assert_eq!(order(GroupOrder::Count).await, "FABCDE");
    assert_eq!(order(GroupOrder::Share).await, "ABFCDE");
    assert_eq!(order(GroupOrder::Best).await, "FBACDE", "what is not ranked stays last");
    figures.officers[3].code = "Z".into();
    figures.officers[3].name = "Nguyễn Văn Z".into();
    let page =
        page_of(&app, Role::Leader, Dimension::Officers, &figures, GroupOrder::Count, 1).await;
    assert_eq!(codes(&page).concat(), "FABCZE", "4 ratings before 1");
    assert_eq!(page.matches("chưa đủ 30 lượt: không xếp hạng").count(), 3, "C, D and E");
    assert_eq!(page.matches("91,2").count(), 6, "everybody has an estimate");
    assert!(page.contains("sort=share") && !page.contains("sort=best"));
    let lowest =
        page_of(&app, Role::Leader, Dimension::Officers, &figures, GroupOrder::Share, 1).await;
    assert!(lowest.contains("aria-sort=\"ascending\"") && lowest.contains("sort=best"));
    for (word, order) in [("worst", "share"), ("best", "best"), ("change", "change")] {
        assert_eq!(GroupOrder::of_word(word).unwrap().word(), Some(order), "{word}");
    }
}

/// A group whose ratings came from tablets.
fn from_tablets(code: &str, levels: [u64; 3]) -> Group {
    let mut group = group(code, levels);
    group.ratings.by_source = BySource { tablet: group.ratings.total, imported: 0 };
    group
}

/// The officers of two periods, the second with another name: now and before.
fn two_periods() -> (Figures, Figures) {
    let mut now = nine_months();
    now.officers = vec![
        from_tablets("A", [300, 50, 50]),
        from_tablets("B", [300, 90, 10]),
        from_tablets("C", [300, 60, 40]),
        from_tablets("D", [20, 0, 0]),
    ];
    let mut before = now.clone();
    before.period.name = "2022".into();
    before.officers = vec![
        from_tablets("A", [300, 92, 8]),
        from_tablets("B", [300, 85, 15]),
        from_tablets("C", [300, 40, 60]),
        from_tablets("D", [10, 10, 10]),
    ];
    (now, before)
}

/// The list of officers beside the period before.
async fn officers_beside(
    app: &App,
    now: &Figures,
    before: Option<Figures>,
    order: GroupOrder,
) -> String {
    let earlier = Earlier { before: before.map(Into::into), ..Earlier::default() };
    page_beside(app, Role::Leader, Dimension::Officers, now, &earlier, (order, 1)).await
}

#[tokio::test]
async fn a_list_says_who_changed_most_and_who_is_lowest() {
    let (_dir, app) = app().await;
    let (now, before) = two_periods();
    let list = officers_beside(&app, &now, Some(before), GroupOrder::Change).await;
    assert_eq!(codes(&list).concat(), "ABCD", "the greatest fall first, too few last");
    assert!(list.contains("aria-sort=\"ascending\"") && list.contains("sort=change"));
    // 350 of 400 against 392 of 400: 10.5 points less.
    assert!(list.contains(">−10,50</span>"), "{list}");
    assert!(list.contains("Nguyễn Văn A: giảm 10,50 điểm phần trăm, còn 87,50%"), "{list}");
    assert!(list.contains("Tỷ lệ hài lòng thấp nhất: Nguyễn Văn A, 87,50%"), "{list}");
    // 390 against 385 of 400 could be chance.
    assert!(list.contains(">+1,25</span>"), "{list}");
    assert!(list.contains("chưa đủ căn cứ để kết luận là khác"), "{list}");
    let alone = officers_beside(&app, &now, None, GroupOrder::Count).await;
    assert!(!alone.contains("So với năm") && !alone.contains(" điểm phần trăm,"));
    assert_eq!(alone.matches("chưa có số liệu để so sánh").count(), 4, "no change is made up");
}

#[tokio::test]
async fn the_interval_of_a_change_is_newcombes() {
    let (_dir, app) = app().await;
    let (now, before) = two_periods();
    let list = officers_beside(&app, &now, Some(before), GroupOrder::Count).await;
    let wilson = |count: f64, total: f64| {
        let z = 1.959_963_984_540_054_f64;
        let (p, scale) = (count / total, 1.0 + z * z / total);
        let middle = p + z * z / (2.0 * total);
        let half = z * ((p * (1.0 - p) + z * z / (4.0 * total)) / total).sqrt();
        ((middle - half) / scale, (middle + half) / scale)
    };
    let (now, then) = (wilson(350.0, 400.0), wilson(392.0, 400.0));
    let low = -0.105 - (0.875 - now.0).hypot(then.1 - 0.98);
    let high = -0.105 + (now.1 - 0.875).hypot(0.98 - then.0);
    let written = |share: f64| format!("−{:.2}", -share * 100.0).replace('.', ",");
    let interval = format!("từ {} đến {}", written(low), written(high));
    assert!(list.contains(&interval), "{interval}: {list}");
}

#[tokio::test]
async fn what_could_be_chance_is_told_as_such() {
    let (_dir, app) = app().await;
    let (mut now, mut before) = two_periods();
    now.officers = vec![now.officers[1].clone(), from_tablets("E", [40, 0, 0])];
    before.officers.push(from_tablets("E", [38, 1, 1]));
    let list = officers_beside(&app, &now, Some(before), GroupOrder::Count).await;
    assert!(list.contains("chưa đủ căn cứ để kết luận là có thay đổi"), "{list}");
    assert!(!list.contains("thay đổi rõ rệt lớn nhất"), "{list}");
}

#[tokio::test]
async fn departments_stand_beside_one_another_over_the_last_periods() {
    let (_dir, app) = rated().await;
    let page = text(get(&app, Role::Leader, "/departments?period=2023-09").await).await;
    let (_, course) = page.split_once("Diễn biến qua các kỳ").unwrap();
    for month in ["Th4/2023", "Th9/2023"] {
        assert!(course.contains(month), "{month}: {course}");
    }
    let visits =
        "/records?from=2023-09-01&#38;to=2023-09-30&#38;department=SKHDT&#38;state=counted";
    assert!(course.contains(visits) && course.contains("50,00%"), "{course}");
    assert!(course.contains("class=\"few\"") && !course.contains("<circle"), "two ratings");
    let week = "/departments?period=2023-09-04..2023-09-10";
    let week = text(get(&app, Role::Leader, week).await).await;
    assert!(week.contains("28/8–") && week.contains("Diễn biến qua các kỳ"), "{week}");
    for (page, is_there) in [
        ("/officers?period=2023-09", false),
        ("/officers?period=2023-09&department=SKHDT", true),
        ("/counters?period=2023-09", false),
    ] {
        let shown = text(get(&app, Role::Leader, page).await).await;
        assert_eq!(shown.contains("Diễn biến qua các kỳ"), is_there, "{page}");
    }
}

#[tokio::test]
async fn long_lists_have_pages_and_every_page_is_small() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    figures.officers = (100..220).map(|code| group(&code.to_string(), [90, code, 9])).collect();
    let page = async |page| {
        page_of(&app, Role::Leader, Dimension::Officers, &figures, GroupOrder::Name, page).await
    };
    let pages = [page(1).await, page(2).await, page(3).await];
    assert_eq!(pages.each_ref().map(|page| codes(page).len()), [50, 50, 20]);
    assert!(pages[1].contains("&#38;sort=name&#38;page=3") && pages[1].contains("rel=\"prev\""));
    assert!(!pages[2].contains("page=4"));
    assert!(pages.iter().all(|page| page.len() < 200 * 1024));
}

#[tokio::test]
async fn the_lists_of_the_case_and_of_nothing() {
    let (_dir, app) = app().await;
    let figures = nine_months();
    let list = async |dimension, figures: &Figures| {
        page_of(&app, Role::Leader, dimension, figures, GroupOrder::Count, 1).await
    };
    for (dimension, name) in LISTS {
        let page = list(dimension, &figures).await;
        assert!(page.len() < 200 * 1024, "{name} has {} bytes", page.len());
    }
    insta::assert_snapshot!("groups_full", list(Dimension::Departments, &figures).await);
    let none = Figures { departments: Vec::new(), ..figures };
    insta::assert_snapshot!("groups_empty", list(Dimension::Departments, &none).await);
}

#[tokio::test]
async fn the_worst_officer_has_a_course_with_the_worst_weeks() {
    use crate::pages::dashboards::group::{GroupPage, Subject};
    let (_dir, app) = app().await;
    let view = nine_months_view(&context(&app, Role::Leader, "vi").await).await;
    let subject = Subject {
        dimension: Dimension::Counters,
        id: 1,
        code: "Q01".into(),
        name: "Quầy số 01".into(),
        of: None,
    };
    let course = async |role: Role, below: &[u64]| {
        let mut figures = nine_months();
        let first = figures.period.from;
        let day = |(week, below): (usize, &u64)| Day {
            date: first.saturating_add(jiff::Span::new().weeks(i64::try_from(week).unwrap())),
            total: 80,
            satisfied: 80 - below,
            limits: None,
        };
        figures.days = below.iter().enumerate().map(day).collect();
        let context = context(&app, role, "vi").await;
        let words = crate::questionnaire_words::QuestionnaireWords::default();
        let page = GroupPage::of(&context, &subject, &view, &figures, None, &words, Vec::new());
        let page = page.unwrap();
        (page.trend.map(|chart| chart.wide), page.notice)
    };
    let leader = course(Role::Leader, &[0, 1, 9]).await;
    assert!(leader.0.is_some() && leader.1.is_none());
    for few in 2..=4 {
        assert_ne!(leader, course(Role::Leader, &[0, few, 9]).await, "the chart hides {few}");
    }
    assert_eq!(leader, course(Role::Auditor, &[0, 1, 9]).await);
    assert!(course(Role::Leader, &[3]).await.0.is_some(), "one week is a course too");
}
