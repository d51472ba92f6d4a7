//! The pages of one department, officer, counter or procedure, recounted: who sees which of them,
//! and every number on top of them.

use super::house::{House, house};
use super::page::cards;
use super::plain::Plain;
use super::view::{View, count, interval, percent};
use super::*;
use crate::storage::rows::RatingRow;

/// One of the directory.
pub(super) struct One {
    noun: &'static str,
    id: i64,
    code: String,
    /// The department that it belongs to now.
    department: i64,
}

impl One {
    pub fn path(&self) -> String {
        format!("/{}/{}", self.noun, self.code)
    }

    fn has(&self, row: &RatingRow) -> bool {
        let of = match self.noun {
            "departments" => row.department,
            "officers" => row.officer,
            "counters" => row.counter,
            _ => row.procedure,
        };
        of == self.id
    }
}

/// All of the directory.
fn all(house: &House) -> Vec<One> {
    let one =
        |noun, id, code: &String, department| One { noun, id, code: code.clone(), department };
    let directory = &house.directory;
    let mut all: Vec<One> = Vec::new();
    let departments = directory.departments.iter();
    all.extend(departments.map(|of| one("departments", of.id, &of.code, of.id)));
    let officers = directory.officers.iter();
    all.extend(officers.map(|of| one("officers", of.id, &of.code, of.department)));
    let counters = directory.counters.iter();
    all.extend(counters.map(|of| one("counters", of.id, &of.code, of.department)));
    let procedures = directory.procedures.iter();
    all.extend(procedures.map(|of| one("procedures", of.id, &of.code, of.department)));
    all
}

/// Whether it is there for a reader: it belongs to their part of the house or has visits there.
fn is_there(house: &House, one: &One, scope: Option<&BTreeSet<i64>>) -> bool {
    let Some(own) = scope else { return true };
    let visited = || house.rows.iter().any(|row| own.contains(&row.department) && one.has(row));
    own.contains(&one.department) || (one.noun != "departments" && visited())
}

/// What a reader may open.
pub(super) fn ones(house: &House, scope: Option<&BTreeSet<i64>>) -> Vec<One> {
    all(house).into_iter().filter(|one| is_there(house, one, scope)).collect()
}

/// The numbers on top of a page.
async fn check(
    house: &House,
    role: Role,
    scope: Option<&BTreeSet<i64>>,
    address: String,
    one: &One,
) {
    let mut view = View::of(house, role, scope, address).await;
    view.rows.retain(|row| one.has(row));
    let (of, cards) = (Plain::of(view.rows.iter().copied()), cards(&view.page));
    let address = &view.address;
    assert_eq!(cards[0].number, count(of.total), "{address}");
    assert_eq!(cards[1].number, percent(of.satisfied(), of.total), "{address}");
    let said = |card: usize, text: &str| {
        let lines = &cards[card].lines;
        assert!(
            lines.iter().any(|line| line.text().ends_with(text)),
            "{address} {text}: {lines:?}"
        );
    };
    if of.total > 0 {
        said(1, &format!("{}/{} lượt đánh giá ở mức hài lòng trở lên", of.satisfied(), of.total));
        said(1, &interval(of.satisfied(), of.total));
    }
    if of.flagged > 0 && of.cleaned > 0 {
        let share = percent(of.cleaned_satisfied, of.cleaned);
        said(1, &format!("Nếu không tính {} lượt có dấu hiệu bất thường: {share}", of.flagged));
    }
    let response = cards.iter().position(|card| card.heading == "Tỷ lệ trả lời");
    assert_eq!(response.is_some(), of.asked > 0, "{address}");
    let Some(response) = response else { return };
    assert_eq!(cards[response].number, percent(of.answered, of.asked), "{address}");
    let asked = format!("{} lượt trả lời trên {} lượt được mời đánh giá", of.answered, of.asked);
    said(response, &asked);
}

#[tokio::test]
async fn the_page_of_each_one_is_recounted_and_nobody_elses_is_there() {
    for seed in 1..=3 {
        let house = house(seed).await;
        for (role, scope) in readers() {
            for one in all(&house) {
                let address = format!("{}?period=2023-9M", one.path());
                if is_there(&house, &one, scope.as_ref()) {
                    for period in PERIODS {
                        let address = format!("{}?period={period}", one.path());
                        check(&house, role, scope.as_ref(), address, &one).await;
                    }
                } else {
                    let request = Request::get(&address);
                    let answer = ask(&house.app, Some(role), request, String::new()).await;
                    assert_eq!(answer.status(), 404, "{address}");
                }
            }
        }
    }
}

/// An officer who has moved: the former department's list names them, and the way leads on.
#[tokio::test]
async fn who_has_moved_is_still_opened_from_the_department_of_that_time() {
    let mut found = 0;
    for seed in 1..=6 {
        let house = house(seed).await;
        for officer in house.directory.officers.iter().filter(|one| one.department != 1) {
            let rows = house.rows.iter().filter(|row| row.department == 1);
            let rows = rows.filter(|row| row.officer == officer.id);
            let of = Plain::of(rows);
            if of.total == 0 {
                continue;
            }
            found += 1;
            let list = get(&house, Role::Supervisor, "/officers?period=2023-9M").await;
            let link = format!("/officers/{}?period=2023-9M", officer.code);
            assert!(list.contains(&link), "{link} in the list");
            let visits = format!("/records?from=2023-01-01&to=2023-12-31&officer={}", officer.code);
            let page = get(&house, Role::Supervisor, &visits).await;
            assert!(page.contains(&format!("{} lượt đánh giá: ", of.raw)), "{visits}");
        }
    }
    assert!(found > 0, "one of the houses has an officer who left this department");
}
