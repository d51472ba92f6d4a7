//! Every link from a number, followed.

use super::house::{House, house};
use super::ones::ones;
use super::page::{claims, number_in, ways};
use super::*;

/// The pages of figures whose links are followed, with their period.
fn pages(house: &House, scope: Option<&BTreeSet<i64>>) -> Vec<String> {
    // The usual period, with last week.
    let mut made = vec!["/".to_owned()];
    // Every filter in one period, every period without a filter.
    let narrowed = filters(scope).map(|filter| (PERIODS[0], filter));
    for (period, filter) in narrowed.chain(PERIODS[1..].iter().map(|period| (*period, ""))) {
        let lists =
            ["/", "/departments", "/officers", "/counters", "/procedures", "/aspects", "/flags"];
        made.extend(lists.map(|page| format!("{page}?period={period}{filter}")));
        made.push(format!("/answers?period={period}{filter}"));
    }
    for one in ones(house, scope) {
        let path = one.path();
        made.push(format!("{path}?period=2023-9M"));
        made.push(format!("{path}?period=2023-09&stage=return"));
    }
    for day in (1..=30).step_by(3) {
        made.push(format!("/day?date=2023-09-{day:02}"));
    }
    made.push("/day?date=2023-09-13&site=S1".into());
    made
}

/// What a list says it holds, and how many visits it lists on all of its pages.
async fn listed(house: &House, role: Role, address: &str) -> (u64, u64) {
    let mut page = get(house, role, address).await;
    let said = page.split(" lượt đánh giá: ").next().unwrap();
    let said = said.rsplit(['>', '\n']).next().unwrap().trim();
    let said = number_in(said).unwrap_or_else(|| panic!("{address} says “{said}”"));
    let mut count = 0;
    loop {
        count += page.matches("<tr id=\"r").count() as u64;
        let next = page.split("<a rel=\"next\" href=\"").nth(1);
        let next = next.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
        let Some(next) = next.filter(|next| *next != address) else { return (said, count) };
        page = get(house, role, &next).await;
    }
}

#[tokio::test]
async fn every_link_from_a_number_opens_exactly_the_ratings_that_were_counted() {
    for seed in 1..=2 {
        let house = house(seed).await;
        for (role, scope) in readers() {
            let (mut known, mut followed) = (BTreeSet::new(), 0);
            for address in pages(&house, scope.as_ref()) {
                let page = get(&house, role, &address).await;
                let claims = claims(&page);
                let claimed: BTreeSet<&String> = claims.iter().map(|(to, _)| to).collect();
                let silent = ways(&page).into_iter().filter(|to| !claimed.contains(to));
                for to in silent.filter(|to| known.insert((*to).clone())).collect::<Vec<_>>() {
                    let meant = house.meant(&to, scope.as_ref()).len() as u64;
                    let found = listed(&house, role, &to).await;
                    assert_eq!(found, (meant, meant), "{seed} {role:?} {address}: {to}");
                }
                for (to, number) in claims {
                    let meant = house.meant(&to, scope.as_ref()).len() as u64;
                    assert_eq!(number, meant, "{seed} {role:?} {address}: {to}");
                    if known.insert(to.clone()) {
                        let found = listed(&house, role, &to).await;
                        assert_eq!(found, (meant, meant), "{seed} {role:?} {address}: {to}");
                    }
                    followed += 1;
                }
            }
            assert!(followed > 300, "{followed} numbers were followed");
        }
    }
}

#[tokio::test]
async fn a_list_of_visits_says_how_many_it_holds_and_how_many_were_ruled_out() {
    let house = house(4).await;
    let all = house.meant("/records?from=2023-09-01&to=2023-09-30", None);
    let out = all.iter().filter(|row| row.ruled_out).count();
    assert!(out > 0 && all.len() > out);
    let page = get(&house, Role::Leader, "/records?from=2023-09-01&to=2023-09-30").await;
    let said = format!("Trong đó {out} lượt không tính vào kết quả theo kết luận.");
    assert!(page.contains(&format!("{} lượt đánh giá: ", all.len())) && page.contains(&said));
    let counted = "/records?from=2023-09-01&to=2023-09-30&state=counted";
    let page = get(&house, Role::Leader, counted).await;
    assert!(page.contains(&format!("{} lượt đánh giá: ", all.len() - out)), "{page}");
    assert!(!page.contains("Trong đó"), "none of them");
    // Of one reason, where figures do not tell what was ruled out.
    let waiting = "/records?from=2023-09-01&to=2023-09-30&reason=waiting";
    let meant = house.meant(waiting, None).len() as u64;
    assert_eq!(listed(&house, Role::Leader, waiting).await, (meant, meant));
}
