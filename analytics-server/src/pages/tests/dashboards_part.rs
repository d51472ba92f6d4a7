//! What an overview tells of a part of the house: its charts point at nobody.

use super::*;
use crate::pages::address::Seen;
use crate::pages::dashboards::filter::Narrowed;
use crate::pages::overview::Overview;
use crate::period::{Policy, Span};
use crate::stats::slice::Filter;
use askama::Template as _;
use reports::figures::Day;

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
