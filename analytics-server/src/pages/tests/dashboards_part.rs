//! What an overview tells of a part of the house: its charts point at nobody.

use super::*;
use crate::pages::address::Seen;
use crate::pages::dashboards::before;
use crate::pages::dashboards::filter::Narrowed;
use crate::pages::overview::Overview;
use crate::period::{Policy, Span};
use crate::stats::measures::satisfied;
use crate::stats::slice::Filter;
use askama::Template as _;
use reports::figures::{Day, Levels, Ratings};

/// The nine months as one department's.
fn part() -> Seen {
    let span: Span = "2023-9M".parse().unwrap();
    let filter = Filter { departments: Some([1].into()), ..Filter::default() };
    Seen {
        span,
        period: span.under(Policy::Calendar),
        policy: Policy::Calendar,
        texts: locales::texts("vi"),
        narrow: Narrowed { filter, ..Narrowed::default() },
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

async fn trend(app: &App, role: Role, seen: &Seen, figures: &Figures) -> String {
    let page = Overview::of(app, &viewer(app, role).await, seen, figures, false).unwrap();
    let page = page.render().unwrap();
    let card = page.split("Hài lòng theo thời gian").nth(1).unwrap();
    card.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn the_course_of_a_part_gives_no_few_away() {
    let (_dir, app) = app().await;
    let of = async |role, seen: &Seen, few| trend(&app, role, seen, &figures(few)).await;
    let leader = of(Role::Leader, &part(), 1).await;
    assert!(leader.contains("chỉ vẽ thời điểm có từ 30 lượt"), "{leader}");
    for few in 2..=4 {
        assert_eq!(leader, of(Role::Leader, &part(), few).await, "the chart tells {few}");
    }
    assert_ne!(leader, of(Role::Leader, &part(), 5).await);
    assert_ne!(of(Role::Auditor, &part(), 1).await, of(Role::Auditor, &part(), 2).await);
    let whole = Seen { narrow: Narrowed::default(), ..part() };
    assert_ne!(of(Role::Leader, &whole, 1).await, of(Role::Leader, &whole, 2).await);
    let mut none = figures(3);
    none.days.remove(0);
    none.days.pop();
    let none = trend(&app, Role::Supervisor, &part(), &none).await;
    assert!(none.contains("Không vẽ biểu đồ") && !none.contains("<svg"), "{none}");
}

/// So many ratings, `below` of them below satisfied.
fn ratings(total: u64, below: u64) -> Ratings {
    let very_satisfied = total - below;
    Ratings {
        total,
        levels: Levels { very_satisfied, neutral: below, ..Levels::default() },
        satisfied: satisfied(very_satisfied, total),
        ..Ratings::default()
    }
}

#[test]
fn a_period_is_compared_only_with_enough_that_may_be_told() {
    let line = |now: &Ratings, before: &Ratings, exact| {
        let line = before::line("dashboards-before", now, before, exact, locales::texts("vi"));
        line.replace('\u{a0}', " ")
    };
    let (good, bad) = (ratings(80, 24), ratings(80, 32));
    // Newcombe's method 10.
    let apart = "So với kỳ trước: +10,0 điểm % (khoảng −4,7 đến +24,1)";
    assert_eq!(line(&good, &bad, false), apart);
    assert!(line(&bad, &good, false).contains("−10,0 điểm % (khoảng −24,1 đến +4,7)"));
    assert!(line(&good, &good, false).contains(": 0,0 điểm %"));
    let none = "So với kỳ trước: không đủ số liệu";
    assert_eq!(line(&good, &ratings(29, 9), true), none);
    assert_eq!(line(&good, &ratings(80, 3), false), none);
    assert_ne!(line(&good, &ratings(80, 3), true), none);
    assert_eq!(line(&good, &Ratings::default(), true), none);
}

#[tokio::test]
async fn the_share_of_people_served_and_the_one_without_flags_stand_in_the_cards() {
    let (_dir, app) = app().await;
    let mut figures = nine_months();
    (figures.ratings.asked, figures.served) = (0, Some(92_426));
    figures.cleaned = ratings(22_400, 200);
    let of = async |role, seen: &Seen, figures: &Figures| {
        let page = Overview::of(&app, &viewer(&app, role).await, seen, figures, false).unwrap();
        page.render().unwrap().replace('\u{a0}', " ")
    };
    let whole = Seen { narrow: Narrowed::default(), ..part() };
    let page = of(Role::Leader, &whole, &figures).await;
    assert!(page.contains("24,3 %") && page.contains("22.471 lượt đánh giá trên 92.426 lượt"));
    assert!(
        page.contains("<a href=\"/flags?period=2023-9M\">Không tính 71 lượt bất thường: 99,1 %")
    );
    // Of a part 3 of those left out were below satisfied: neither share may give them away.
    figures.ratings = ratings(1_000, 10);
    figures.cleaned = ratings(950, 7);
    let page = of(Role::Leader, &part(), &figures).await;
    assert!(page.contains("Không tính 50 lượt bất thường: …"), "{page}");
    let page = of(Role::Auditor, &part(), &figures).await;
    assert!(page.contains("Không tính 50 lượt bất thường: 99,3 %"), "{page}");
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
