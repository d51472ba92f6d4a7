//! The overview and the lists, recounted, and the tables that are taken away.

use super::house::House;
use super::page::{cards, tables};
use super::plain::Plain;
use super::view::{Groups, View, compare, count, groups, interval, of_levels, percent};
use super::*;

pub(super) async fn overview(
    house: &House,
    role: Role,
    scope: Option<&BTreeSet<i64>>,
    query: &str,
) {
    let view = View::of(house, role, scope, format!("/?{query}")).await;
    let whole = Plain::of(view.rows.iter().copied());
    let cards = cards(&view.page);
    assert_eq!(cards[0].number, count(whole.total), "{}", view.address);
    assert_eq!(cards[1].number, percent(whole.satisfied(), whole.total), "{}", view.address);
    if whole.asked > 0 {
        assert_eq!(cards[2].heading, "Tỷ lệ trả lời");
        assert_eq!(cards[2].number, percent(whole.answered, whole.asked), "{}", view.address);
        let said = |text: String| {
            assert!(cards[2].lines.iter().any(|line| line.text() == text), "{text}: {cards:?}");
        };
        said(format!(
            "{} lượt trả lời trên {} lượt được mời đánh giá",
            whole.answered, whole.asked
        ));
        said(format!("{} lượt không trả lời", whole.abandoned));
    }
    if whole.total == 0 {
        return;
    }
    let of = format!("{}/{} lượt đánh giá ở mức hài lòng trở lên", whole.satisfied(), whole.total);
    assert!(cards[1].lines.iter().any(|line| line.text() == of), "{of}: {cards:?}");
    let said = interval(whole.satisfied(), whole.total);
    assert!(cards[1].lines.iter().any(|line| line.text().ends_with(&said)), "{said}: {cards:?}");
    if whole.flagged > 0 {
        let share = match whole.cleaned {
            0 => "không còn lượt nào".to_owned(),
            cleaned => percent(whole.cleaned_satisfied, cleaned),
        };
        let said = format!("Nếu không tính {} lượt có dấu hiệu bất thường: {share}", whole.flagged);
        assert!(cards[1].lines.iter().any(|line| line.text() == said), "{said}: {cards:?}");
    }
    for (noun, name, levels) in [
        ("departments", "Theo cơ quan", 1),
        ("officers", "Theo người phục vụ", 2),
        ("counters", "Theo quầy", 1),
    ] {
        let groups = groups(&view, noun);
        let rated = groups.iter().map(|(_, rows)| Plain::of(rows.iter().copied()).total);
        let rated = rated.filter(|total| *total > 0).count();
        // One department or counter alone says what the cards say.
        if rated == 0 || (rated == 1 && noun != "officers") {
            let found = tables(&view.page).into_iter().find(|table| table.name == name);
            assert!(rated == 0 || found.is_none(), "{} {found:?}", view.address);
            continue;
        }
        let table = view.table(name);
        compare(
            &view,
            &table,
            &groups,
            |of| of.total > 0,
            |of| match noun {
                "counters" => {
                    vec![(1, count(of.total)), (2, percent(of.satisfied(), of.total))]
                }
                _ => of_levels(of, levels),
            },
        );
        if noun == "departments" {
            let row = table.rows.iter().find(|row| row[0].text() == "Tổng cộng").unwrap();
            for (place, expected) in of_levels(&whole, 1) {
                view.expect(&row[place], &expected, "Tổng cộng");
            }
        }
    }
    week(&view);
}

/// Last week beside the week before it, on the overview of the usual period.
pub(super) async fn last_week(house: &House, role: Role, scope: Option<&BTreeSet<i64>>) {
    let page = get(house, role, "/").await.replace('\u{a0}', " ");
    let (_, panel) = page.split_once("<section class=\"card last-week\"").unwrap();
    let panel = panel.split("</section>").next().unwrap();
    let told = panel.split("<dd><b>").skip(1).map(|rest| {
        let told = rest.split("</b>").next().unwrap();
        told.split_once('>').map_or(told, |(_, linked)| linked.split('<').next().unwrap())
    });
    let of = |days: &str| Plain::of(house.seen(&format!("/?period={days}"), scope));
    // It is Sunday, 1 October.
    let (now, before) = (of("2023-09-18..2023-09-24"), of("2023-09-11..2023-09-17"));
    let below = |of: &Plain| count(of.total - of.satisfied());
    let expected = [count(now.total), percent(now.satisfied(), now.total), below(&now)];
    assert_eq!(told.collect::<Vec<_>>(), expected, "{role:?}");
    for earlier in [count(before.total), percent(before.satisfied(), before.total), below(&before)]
    {
        assert!(panel.contains(&format!("tuần trước nữa: {earlier}")), "{role:?} {earlier}");
    }
}

/// Each hour of the week.
fn week(view: &View<'_>) {
    let table = view.table("Theo giờ trong tuần");
    let (mut counted, mut shown) = (0, 0);
    let hours: Vec<u8> = view
        .rows
        .iter()
        .filter(|row| row.level > 0 && !row.ruled_out)
        .map(|row| view.house.wall(row).1)
        .collect();
    let (first, last) = (*hours.iter().min().unwrap(), *hours.iter().max().unwrap());
    for row in &table.rows {
        let names = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"];
        let day = names.iter().position(|name| *name == row[0].text()).unwrap();
        for (hour, cell) in (first..=last).zip(&row[1..]) {
            let own = view.rows.iter().copied().filter(|row| {
                let (date, at) = view.house.wall(row);
                at == hour && usize::try_from(date.weekday().to_monday_zero_offset()) == Ok(day)
            });
            let of = Plain::of(own);
            counted += of.total;
            if of.total == 0 {
                assert!(cell.lines.is_empty(), "{} {cell:?}", view.address);
                continue;
            }
            shown += 1;
            let share = percent(of.satisfied(), of.total).replace('%', "");
            assert_eq!(cell.lines[0], share, "{}", view.address);
            assert_eq!(cell.lines[1], count(of.total), "{}", view.address);
        }
    }
    assert!(shown > 0 && counted == Plain::of(view.rows.iter().copied()).total);
}

pub(super) async fn lists(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    for (noun, name) in [
        ("departments", "Cơ quan"),
        ("officers", "Người phục vụ"),
        ("counters", "Quầy"),
        ("procedures", "Thủ tục"),
    ] {
        let view = View::of(house, role, scope, format!("/{noun}?{query}")).await;
        let groups = groups(&view, noun);
        if groups.iter().any(|(_, rows)| Plain::of(rows.iter().copied()).raw > 0) {
            let table = view.table(name);
            compare(&view, &table, &groups, |of| of.raw > 0, |of| of_levels(of, 1));
        }
        let view = View::of(house, role, scope, format!("/{noun}?{query}&format=csv")).await;
        csv(&view, &groups);
        workbook(&view, role, &format!("/{noun}?{query}&format=xlsx")).await;
    }
}

/// The same table as a workbook: cell by cell what the text has, numbers as numbers.
async fn workbook(csv: &View<'_>, role: Role, address: &str) {
    use calamine::{Data, Reader as _, Xlsx};
    let answer = ask(&csv.house.app, Some(role), Request::get(address), String::new()).await;
    assert_eq!(answer.status(), 200, "{address}");
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&sheet).unwrap();
    let text = csv.page.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let expected: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(range.height(), expected.len(), "{address}");
    for (row, expected) in range.rows().zip(&expected) {
        for (cell, expected) in row.iter().zip(expected) {
            match cell {
                Data::Float(number) => {
                    let expected: f64 = expected.parse().unwrap();
                    assert!((number - expected).abs() < 5e-5, "{address}: {number} {expected}");
                }
                Data::Empty => assert_eq!(expected, "", "{address}"),
                // Text that a spreadsheet would take for a number is marked there.
                text => {
                    let expected = expected.trim_start_matches('\'');
                    assert_eq!(text.to_string(), expected, "{address}");
                }
            }
        }
    }
}

/// The table that is taken away: every column of it.
fn csv(view: &View<'_>, groups: &Groups<'_>) {
    let text = view.page.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    for (name, own) in groups {
        let of = Plain::of(own.iter().copied());
        let row = rows.iter().find(|row| row[2] == *name);
        assert_eq!(row.is_some(), of.raw > 0, "{} {name}", view.address);
        let Some(row) = row else { continue };
        let share = |count: u64, total: u64| {
            let written = format!("{:.4}", count as f64 / total as f64);
            if total == 0 { String::new() } else { written }
        };
        let mut expected: Vec<String> =
            [of.raw, of.ruled_out, of.total].iter().map(u64::to_string).collect();
        expected.extend(of.levels.map(|level| level.to_string()));
        expected.push(share(of.satisfied(), of.total));
        assert_eq!(row[4..13], expected, "{} {name}", view.address);
        let rest = [of.flagged, of.cleaned].map(|count| count.to_string());
        assert_eq!(row[15..17], rest, "{} {name}", view.address);
        assert_eq!(row[17], share(of.cleaned_satisfied, of.cleaned), "{} {name}", view.address);
        let asked = [of.asked, of.answered, of.abandoned, of.open].map(|count| count.to_string());
        assert_eq!(row[18..22], asked, "{} {name}", view.address);
        assert_eq!(row[22], share(of.answered, of.asked), "{} {name}", view.address);
    }
}
