//! Every number of the pages of figures, recounted.

use super::boards::{last_week, lists, overview};
use super::details::{answers, aspects, days, flags};
use super::house::house;
use super::page::cards;
use super::plain::Plain;
use super::view::percent;
use super::*;

#[tokio::test]
async fn every_number_of_every_page_of_figures_is_what_a_plain_recount_gives() {
    for seed in 1..=3 {
        let house = house(seed).await;
        for (role, scope) in readers() {
            let scope = scope.as_ref();
            for period in PERIODS {
                for filter in filters(scope) {
                    let query = format!("period={period}{filter}");
                    overview(&house, role, scope, &query).await;
                    lists(&house, role, scope, &query).await;
                    answers(&house, role, scope, &query).await;
                    aspects(&house, role, scope, &query).await;
                    flags(&house, role, scope, &query).await;
                }
            }
            days(&house, role, scope).await;
            last_week(&house, role, scope).await;
        }
    }
}

/// People served stand beside the ratings of the same counters, and the rate under its own name.
#[tokio::test]
async fn the_participation_rate_is_ratings_of_people_served() {
    let house = house(5).await;
    let page = get(&house, Role::Leader, "/?period=2023-09").await;
    let rows = house.seen("/?period=2023-09", None);
    let of = Plain::of(rows.iter().copied());
    assert!(of.asked > 0 && of.open > 0 && of.flagged > 0 && of.ruled_out > 0, "{of:?}");
    let total = of.total;
    let served: u64 = house.served.iter().map(|(_, served)| served).sum();
    let share = percent(total, served);
    let said = format!(
        "Tỷ lệ tham gia đánh giá {share}: {total} lượt đánh giá trên {served} lượt phục vụ"
    );
    let lines = &cards(&page)[2].lines;
    assert!(lines.iter().any(|line| line.text() == said), "{said}: {lines:?}");
}
