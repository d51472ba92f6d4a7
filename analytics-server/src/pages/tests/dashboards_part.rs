//! What an overview tells of a part of the centre: its own true course and comparisons.

use super::routes::rated;
use super::*;
use crate::figure_lines::compared;
use crate::pages::dashboards::filter::Filters;
use crate::pages::dashboards::overview::Overview;
use crate::pages::dashboards::view::View;
use crate::period::{Policy, Span};
use crate::stats::measures::satisfied;
use crate::stats::slice::Filter;
use askama::Template as _;
use reports::figures::{ByScale, BySource, Day, Levels, Ratings};

/// The nine months as one department's.
fn part() -> View {
    let span: Span = "2023-9M".parse().unwrap();
    let filter = Filter { departments: Some([1].into()), ..Filter::default() };
    View {
        span,
        period: span.under(Policy::Calendar),
        policy: Policy::Calendar,
        texts: locales::texts("vi"),
        narrow: Filters { filter, ..Filters::default() },
        refusal: None,
    }
}

/// Three Mondays: nobody, `few`, and 9 below satisfied.
fn figures(few: u64) -> Figures {
    let mut figures = nine_months();
    let day = |day: i8, total: u64, below: u64| Day {
        date: date(2023, 9, day),
        total,
        satisfied: total - below,
        limits: None,
    };
    figures.days = vec![day(4, 60, 0), day(11, 90, few), day(18, 80, 9)];
    figures
}

async fn trend(app: &App, role: Role, view: &View, figures: &Figures) -> String {
    let context = context(app, role, "vi").await;
    let page = Overview::of(&context, view, figures, false, Vec::new()).unwrap().render().unwrap();
    let card = page.split("Tỷ lệ hài lòng theo thời gian").nth(1).unwrap();
    card.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn the_course_of_a_part_is_its_own_whatever_it_is() {
    let (_dir, app) = app().await;
    let of = async |role, few| trend(&app, role, &part(), &figures(few)).await;
    let supervisor = of(Role::Supervisor, 3).await;
    // 60, 90 and 80 ratings, 12 of them below satisfied.
    assert!(supervisor.contains("quanh tỷ lệ của cả kỳ 94,78%"), "{supervisor}");
    assert_eq!(supervisor.matches("<circle").count() / 2, 3, "{supervisor}");
    assert_ne!(supervisor, of(Role::Supervisor, 2).await);
    let mut none = figures(3);
    none.days.truncate(1);
    let none = trend(&app, Role::Supervisor, &part(), &none).await;
    assert!(none.contains("chưa đủ để chia kỳ thành các khoảng thời gian"), "{none}");
}

/// So many ratings, `below` of them below satisfied.
fn ratings(total: u64, below: u64) -> Ratings {
    let very_satisfied = total - below;
    Ratings {
        total,
        levels: Levels { very_satisfied, neutral: below, ..Levels::default() },
        satisfied: satisfied(very_satisfied, total),
        by_source: BySource { tablet: total, imported: 0 },
        by_scale: ByScale { five: total, three: 0 },
        ..Ratings::default()
    }
}

#[test]
fn a_period_is_called_higher_or_lower_only_by_more_than_chance() {
    let line = |now: &Ratings, before: &Ratings| {
        compared("dashboards-before", now, before, locales::texts("vi"))
    };
    let (good, bad) = (ratings(80, 4), ratings(80, 32));
    // Newcombe's method 10.
    let apart = "So với kỳ trước: tăng 35,00 điểm phần trăm (độ tin cậy 95%: từ 22,67 đến 46,37)";
    assert_eq!(line(&good, &bad), apart);
    assert!(line(&bad, &good).contains("giảm 35,00 điểm phần trăm (độ tin cậy 95%: từ 22,67"));
    let alike = line(&good, &ratings(80, 8));
    let unproved = "So với kỳ trước: chênh lệch +5,00 điểm phần trăm; chưa đủ căn cứ";
    assert!(alike.starts_with(unproved), "{alike}");
    let less = line(&ratings(80, 8), &good);
    assert!(less.contains("chênh lệch −5,00 điểm phần trăm") && !less.contains("tương đương"));
    assert!(line(&ratings(80, 0), &ratings(90, 0)).ends_with("giữ ở mức 100%"));
    assert!(line(&good, &ratings(29, 9)).contains("dưới 30 lượt"));
    assert!(line(&good, &Ratings::default()).ends_with("chưa có số liệu để so sánh"));
}

#[tokio::test]
async fn the_share_of_people_served_and_the_one_without_flags_stand_in_the_cards() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    (figures.ratings.asked, figures.served) = (0, Some(92_426));
    figures.cleaned = ratings(22_400, 200);
    let of = async |role, view: &View, figures: &Figures| {
        let context = context(&app, role, "vi").await;
        let page =
            Overview::of(&context, view, figures, false, Vec::new()).unwrap().render().unwrap();
        page.replace('\u{a0}', " ")
    };
    let whole = View { narrow: Filters::default(), ..part() };
    let page = of(Role::Leader, &whole, &figures).await;
    assert!(page.contains("24,31%") && page.contains("22.471 lượt đánh giá trên 92.426 lượt"));
    assert!(page.contains("<h2>Tỷ lệ tham gia đánh giá</h2>") && !page.contains("phản hồi"));
    let line = "Nếu không tính 71 lượt có dấu hiệu bất thường: 99,11%";
    assert!(page.contains(&format!("<a href=\"/flags?period=2023-9M\">{line}")), "{page}");
    figures.ratings = ratings(1_000, 10);
    figures.cleaned = ratings(950, 7);
    let page = of(Role::Leader, &part(), &figures).await;
    assert!(page.contains("không tính 50 lượt có dấu hiệu bất thường: 99,26%"), "{page}");
    // Both rates, each under its own name.
    (figures.ratings.asked, figures.ratings.abandoned) = (1_200, 190);
    figures.ratings.by_source.tablet = 1_000;
    figures.ratings.ruled_out.tablet = 2;
    let page = of(Role::Leader, &part(), &figures).await;
    assert!(page.contains("<h2>Tỷ lệ trả lời</h2>") && page.contains("83,50%"), "1,002 of 1,200");
    assert!(
        page.contains("1.002 lượt trả lời trên 1.200") && page.contains("8 lượt chưa kết thúc")
    );
    assert!(page.contains("Tỷ lệ tham gia đánh giá 1,08%: 1.000 lượt đánh giá trên 92.426"));
    assert!(page.contains("không tính vào kết quả theo kết luận: 2"), "{page}");
}

#[tokio::test]
async fn the_usual_period_is_the_readers_own() {
    let (_dir, app) = app().await;
    let now = app.clock.now();
    // The supervisor's department was rated on 22 August last, another one today.
    super::live::rate_at(&app, now - 40 * 86_400_000, [6, 0, 0, 0, 0], [0; 5]).await;
    super::live::rate_at(&app, now - 60_000, [0; 5], [7, 0, 0, 0, 0]).await;
    let page = async |role, address: &str| {
        text(ask(&app, Some(role), Request::get(address), String::new()).await).await
    };
    for (role, month, day) in
        [(Role::Supervisor, "2023-08", "2023-08-22"), (Role::Leader, "2023-10", "2023-10-01")]
    {
        for address in ["/", "/officers", "/export", "/flags"] {
            assert!(page(role, address).await.contains(month), "{role:?} {address}");
        }
        assert!(page(role, "/day").await.contains(day), "{role:?}");
    }
    let own = page(Role::Supervisor, "/").await;
    assert!(own.contains("8 năm 2023") && !own.contains("10 năm 2023"), "{own}");
}

#[tokio::test]
async fn what_only_leads_on_is_for_the_screen_and_not_for_paper() {
    let (_dir, app) = rated().await;
    let request = Request::get("/?period=2023-09");
    let page = text(ask(&app, Some(Role::Leader), request, String::new()).await).await;
    for words in ["Xem từng lượt đánh giá", "Bấm vào ô để xem từng lượt"] {
        let line = page.lines().find(|line| line.contains(words)).unwrap();
        assert!(line.contains("on-screen"), "{line}");
    }
}
