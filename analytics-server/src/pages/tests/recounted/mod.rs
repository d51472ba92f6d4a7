//! One number for one thing: in random houses with rulings, flags, late and moved ratings every
//! number of every page of figures is what a plain walk over the rows gives, and every link from a
//! number opens exactly the ratings that were counted.

mod boards;
mod details;
mod house;
mod links;
mod numbers;
mod ones;
mod page;
mod plain;
mod view;

use super::*;
use house::House;
use std::collections::BTreeSet;

/// Who looks, and which departments they see; none: all.
fn readers() -> [(Role, Option<BTreeSet<i64>>); 2] {
    [(Role::Leader, None), (Role::Supervisor, Some([1].into()))]
}

/// Parts of an address that narrow pages of figures, for who sees all of the house.
const FILTERS: [&str; 6] =
    ["", "&department=STP", "&site=S1", "&stage=receive", "&channel=postal", "&procedure=1.001"];

/// Periods: a month, a week, nine months.
const PERIODS: [&str; 3] = ["2023-09", "2023-09-11..2023-09-17", "2023-9M"];

/// The filters that a reader may use.
fn filters(scope: Option<&BTreeSet<i64>>) -> impl Iterator<Item = &'static str> {
    let part = scope.is_some();
    FILTERS.into_iter().filter(move |one| !part || !one.contains("department="))
}

async fn get(house: &House, role: Role, address: &str) -> String {
    let answer = ask(&house.app, Some(role), Request::get(address), String::new()).await;
    assert_eq!(answer.status(), 200, "{address}");
    text(answer).await
}
