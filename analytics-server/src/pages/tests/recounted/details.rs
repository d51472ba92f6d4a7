//! Who was asked, what was judged and named, what rules found, and the hours of days, recounted.

use super::house::House;
use super::page::{cards, tables};
use super::plain::Plain;
use super::view::{Groups, View, compare, count, groups, interval, percent};
use super::*;

pub(super) async fn answers(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    let view = View::of(house, role, scope, format!("/answers?{query}")).await;
    let whole = Plain::of(view.rows.iter().copied());
    if whole.asked == 0 {
        return;
    }
    let told: Vec<String> = cards(&view.page).into_iter().map(|card| card.number).collect();
    let [asked, answered, abandoned, open] =
        [whole.asked, whole.answered, whole.abandoned, whole.open].map(count);
    let rate = percent(whole.answered, whole.asked);
    assert_eq!(told, [asked, answered, abandoned, open, rate], "{}", view.address);
    assert_eq!(whole.asked, whole.answered + whole.abandoned + whole.open);
    let expected = |of: &Plain| {
        let counts = [of.asked, of.answered, of.abandoned, of.open].map(count);
        let mut made: Vec<_> = (1..).zip(counts).collect();
        made.push((5, percent(of.answered, of.asked)));
        made.push((6, interval(of.answered, of.asked)));
        made
    };
    for (noun, name) in [
        ("departments", "Theo cơ quan"),
        ("officers", "Theo người phục vụ"),
        ("counters", "Theo quầy"),
    ] {
        let groups = groups(&view, noun);
        if tables(&view.page).iter().any(|table| table.name == name) {
            compare(&view, &view.table(name), &groups, |of| of.asked > 0, expected);
        }
    }
    let hours: Groups<'_> = (0..24)
        .map(|hour| {
            let own = view.rows.iter().copied().filter(|row| view.house.wall(row).1 == hour);
            (format!("{hour}–{} giờ", hour + 1), own.collect())
        })
        .collect();
    compare(&view, &view.table("Theo giờ trong ngày"), &hours, |of| of.asked > 0, expected);
}

pub(super) async fn aspects(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    let view = View::of(house, role, scope, format!("/aspects?{query}")).await;
    let counted: Vec<_> =
        view.rows.iter().filter(|row| row.level > 0 && !row.ruled_out).copied().collect();
    if counted.is_empty() {
        return;
    }
    let words = [
        ("spirit", "Tinh thần phục vụ"),
        ("responsibility", "Trách nhiệm trong công việc"),
        ("attitude", "Thái độ giao tiếp, ứng xử"),
    ];
    for (id, name) in words {
        let given: Vec<u8> = counted
            .iter()
            .filter_map(|row| row.aspects.iter().find(|one| one.0 == id).map(|one| one.1))
            .collect();
        if given.is_empty() {
            continue;
        }
        let table = view.table("Các nội dung đánh giá");
        let row = table.rows.iter().find(|row| row[0].text() == name).unwrap();
        let at = |best: u8, worst: u8| {
            given.iter().filter(|level| (best..=worst).contains(level)).count() as u64
        };
        let total = given.len() as u64;
        let expected = [total, at(1, 1), at(2, 2), at(3, 5)].map(count);
        for (cell, expected) in row[1..].iter().zip(expected) {
            view.expect(cell, &expected, name);
        }
        view.expect(&row[5], &percent(at(1, 2), total), name);
    }
    let mut named: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for row in &counted {
        let reasons: BTreeSet<&str> = row.reasons.iter().map(String::as_str).collect();
        for reason in reasons {
            *named.entry(reason).or_default() += 1;
        }
    }
    let told: Vec<u64> = if named.is_empty() {
        Vec::new()
    } else {
        let table = view.table("Lý do được nêu");
        table.rows.iter().map(|row| row[1].number().unwrap()).collect()
    };
    let mut expected: Vec<u64> = named.into_values().collect();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(told, expected, "{}", view.address);
}

pub(super) async fn flags(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    let view = View::of(house, role, scope, format!("/flags?{query}")).await;
    let mut all = groups(&view, "departments");
    all.push(("Tất cả".into(), view.rows.clone()));
    let expected = |of: &Plain| {
        vec![
            (1, count(of.raw)),
            (2, count(of.ruled_out)),
            (3, count(of.total)),
            (4, percent(of.satisfied(), of.total)),
            (5, count(of.flagged)),
            (6, count(of.cleaned)),
            (7, percent(of.cleaned_satisfied, of.cleaned)),
        ]
    };
    let table = view.table("Số liệu đầy đủ và số liệu sau khi bỏ các lượt được đánh dấu");
    compare(&view, &table, &all, |of| of.raw > 0, expected);
    for (name, rows) in &all {
        let of = Plain::of(rows.iter().copied());
        let Some(row) = table.rows.iter().find(|row| row[0].text() == name) else { continue };
        let sides = [(4, of.satisfied(), of.total), (7, of.cleaned_satisfied, of.cleaned)];
        for (place, satisfied, total) in sides.into_iter().filter(|side| side.2 > 0) {
            assert_eq!(row[place].lines[1], interval(satisfied, total), "{} {name}", view.address);
        }
    }
    let rules = tables(&view.page).into_iter().next().unwrap();
    for (rule, row) in ["quick_repeat", "dossier_twice"].iter().zip(&rules.rows) {
        // What a rule found stays found whatever was ruled on it.
        let found = view.rows.iter();
        let found = found.filter(|row| row.level > 0 && row.flags.iter().any(|one| one == rule));
        view.expect(&row[2], &count(found.count() as u64), rule);
    }
    view.expect(&rules.rows[4][2], &count(Plain::of(view.rows.iter().copied()).ruled_out), "out");
}

pub(super) async fn days(house: &House, role: Role, scope: Option<&BTreeSet<i64>>) {
    for day in 1..=30 {
        let period = format!("2023-09-{day:02}..2023-09-{day:02}");
        let rows = house.seen(&format!("/?period={period}"), scope);
        let page = get(house, role, &format!("/day?date=2023-09-{day:02}")).await;
        let found = tables(&page).into_iter().find(|table| table.name == "Các giờ trong ngày");
        let shown = found.map_or_else(Vec::new, |table| table.rows);
        let mut lines = 0;
        for hour in 0..24_u8 {
            let of = Plain::of(rows.iter().copied().filter(|row| house.wall(row).1 == hour));
            let name = format!("{hour}–{} giờ", hour + 1);
            let row = shown.iter().find(|row| row[0].text() == name);
            assert_eq!(row.is_some(), of.total > 0, "{day} {name}");
            let Some(row) = row else { continue };
            lines += 1;
            let [.., below] = of.three();
            let expected = [
                count(of.total),
                percent(of.satisfied(), of.total),
                interval(of.satisfied(), of.total),
                count(below),
            ];
            for (cell, expected) in row[1..].iter().zip(expected) {
                assert_eq!(cell.text(), expected, "{day} {name}");
            }
        }
        assert_eq!(lines, shown.len());
    }
}
