//! Every number of the pages of figures, recounted.

use super::house::{House, house};
use super::page::{Cell, Table, cards, tables};
use super::plain::{Plain, fields, wilson};
use super::*;
use crate::storage::rows::RatingRow;
use jiff::civil::Date;
use reports::numbers::Numbers;

/// What one reader sees at one address: the rows behind it.
struct View<'a> {
    house: &'a House,
    address: String,
    page: String,
    rows: Vec<&'a RatingRow>,
}

impl<'a> View<'a> {
    /// The page of a period, narrowed by a filter.
    async fn of(
        house: &'a House,
        role: Role,
        scope: Option<&BTreeSet<i64>>,
        address: String,
    ) -> Self {
        let page = get(house, role, &address).await;
        let rows = house.seen(&address, scope);
        Self { house, address, page, rows }
    }

    /// The one table of a name.
    fn table(&self, name: &str) -> Table {
        let mut found = tables(&self.page).into_iter().filter(|table| table.name == name);
        found.next().unwrap_or_else(|| panic!("{} has no table “{name}”", self.address))
    }

    fn expect(&self, cell: &Cell, expected: &str, what: &str) {
        assert_eq!(cell.text(), expected, "{} {what}: {cell:?}", self.address);
    }
}

impl House {
    /// The rows, answered or not, that a page of figures is about.
    fn seen(&self, address: &str, scope: Option<&BTreeSet<i64>>) -> Vec<&RatingRow> {
        let fields = fields(address);
        let field = |name: &str| fields.iter().find(|one| one.0 == name).map(|one| one.1.as_str());
        let (from, to): (Date, Date) = match field("period").unwrap() {
            "2023-09" => (date(2023, 9, 1), date(2023, 9, 30)),
            "2023-9M" => (date(2023, 1, 1), date(2023, 9, 30)),
            range => {
                let (from, to) = range.split_once("..").unwrap();
                (from.parse().unwrap(), to.parse().unwrap())
            }
        };
        let directory = &self.directory;
        let inside = |row: &&RatingRow| {
            let (day, _) = self.wall(row);
            (from..=to).contains(&day)
                && scope.is_none_or(|own| own.contains(&row.department))
                && field("department")
                    .is_none_or(|code| directory.department(code).unwrap().id == row.department)
                && field("site").is_none_or(|_| self.at_site.contains(&row.counter))
                && field("stage").is_none_or(|_| row.stage == 1)
                && field("channel").is_none_or(|_| row.channel == 2)
                && field("procedure").is_none_or(|_| row.procedure == 1)
        };
        self.rows.iter().filter(inside).collect()
    }
}

fn plain(numbers: &str) -> String {
    numbers.replace('\u{a0}', " ")
}

fn numbers() -> Numbers<'static> {
    Numbers::of(locales::texts("vi"))
}

fn percent(count: u64, total: u64) -> String {
    if total == 0 { "–".into() } else { plain(&numbers().percent(count as f64 / total as f64)) }
}

fn interval(count: u64, total: u64) -> String {
    if total == 0 {
        return "–".into();
    }
    let (low, high) = wilson(count, total);
    plain(&numbers().interval(low, high))
}

/// The groups that a table may name, each with its name and its rows.
type Groups<'a> = Vec<(String, Vec<&'a RatingRow>)>;

fn groups<'a>(view: &View<'a>, noun: &str, scope: Option<&BTreeSet<i64>>) -> Groups<'a> {
    let directory = &view.house.directory;
    let own = |department: i64| scope.is_none_or(|own| own.contains(&department));
    let of = |name: &str, is: &dyn Fn(&RatingRow) -> bool| {
        (name.to_owned(), view.rows.iter().copied().filter(|row| is(row)).collect())
    };
    match noun {
        "departments" => directory
            .departments
            .iter()
            .filter(|one| own(one.id))
            .map(|one| of(&one.name, &|row| row.department == one.id))
            .collect(),
        "officers" => directory
            .officers
            .iter()
            .filter(|one| own(one.department))
            .map(|one| of(&one.name, &|row| row.officer == one.id))
            .collect(),
        "counters" => directory
            .counters
            .iter()
            .filter(|one| own(one.department))
            .map(|one| of(&one.name, &|row| row.counter == one.id))
            .collect(),
        _ => directory
            .procedures
            .iter()
            .filter(|one| own(one.department))
            .map(|one| of(&one.name, &|row| row.procedure == one.id))
            .collect(),
    }
}

/// The rows of a table that name groups, each held against its recount; every group that has what
/// the table is about stands in it.
fn compare(
    view: &View<'_>,
    table: &Table,
    groups: &Groups<'_>,
    is_there: impl Fn(&Plain) -> bool,
    expected: impl Fn(&Plain) -> Vec<(usize, String)>,
) {
    let there = groups.iter().filter(|(_, rows)| is_there(&Plain::of(rows.iter().copied())));
    // A filter of one department leaves out names of others, wherever they rated.
    let narrowed = view.address.contains("department=");
    for (name, rows) in there {
        let of = Plain::of(rows.iter().copied());
        let row = table.rows.iter().find(|row| row[0].text() == name);
        let Some(row) = row else {
            assert!(narrowed, "{} “{}” lacks {name}", view.address, table.name);
            continue;
        };
        for (place, expected) in expected(&of) {
            view.expect(&row[place], &expected, &format!("{name}, column {place}"));
        }
    }
}

fn count(count: u64) -> String {
    numbers().count(count)
}

/// Total, three levels and the share, from a column on.
fn of_levels(of: &Plain, first: usize) -> Vec<(usize, String)> {
    let [very, satisfied, below] = of.three();
    let cells = [count(of.total), count(very), count(satisfied), count(below)];
    let mut made: Vec<_> = (first..).zip(cells).collect();
    made.push((first + 4, percent(of.satisfied(), of.total)));
    made
}

async fn overview(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
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
        ("officers", "Theo công chức, viên chức", 2),
        ("counters", "Theo quầy", 1),
    ] {
        let groups = groups(&view, noun, scope);
        if groups.iter().all(|(_, rows)| Plain::of(rows.iter().copied()).total == 0) {
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
            assert_eq!(cell.lines[0], percent(of.satisfied(), of.total), "{}", view.address);
            assert_eq!(cell.lines[1], count(of.total), "{}", view.address);
        }
    }
    assert!(shown > 0 && counted == Plain::of(view.rows.iter().copied()).total);
}

async fn lists(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    for (noun, name) in [
        ("departments", "Cơ quan"),
        ("officers", "Công chức"),
        ("counters", "Quầy"),
        ("procedures", "Thủ tục"),
    ] {
        let view = View::of(house, role, scope, format!("/{noun}?{query}")).await;
        let groups = groups(&view, noun, scope);
        if groups.iter().any(|(_, rows)| Plain::of(rows.iter().copied()).total > 0) {
            let table = view.table(name);
            compare(&view, &table, &groups, |of| of.total > 0, |of| of_levels(of, 1));
        }
        let view = View::of(house, role, scope, format!("/{noun}?{query}&format=csv")).await;
        csv(&view, &groups);
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
        let Some(row) = rows.iter().find(|row| row[2] == *name) else { continue };
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

async fn answers(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
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
        ("officers", "Theo công chức, viên chức"),
        ("counters", "Theo quầy"),
    ] {
        let groups = groups(&view, noun, scope);
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

async fn aspects(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    let view = View::of(house, role, scope, format!("/aspects?{query}")).await;
    let counted: Vec<_> =
        view.rows.iter().filter(|row| row.level > 0 && !row.ruled_out).copied().collect();
    if counted.is_empty() {
        return;
    }
    let words = [
        ("spirit", "Tinh thần phục vụ"),
        ("responsibility", "Trách nhiệm"),
        ("attitude", "Thái độ phục vụ"),
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

async fn flags(house: &House, role: Role, scope: Option<&BTreeSet<i64>>, query: &str) {
    let view = View::of(house, role, scope, format!("/flags?{query}")).await;
    let mut all = groups(&view, "departments", scope);
    all.push(("Tất cả".into(), view.rows.clone()));
    let expected = |of: &Plain| {
        let shown = |satisfied: u64, total: u64| match total {
            0 => "–".to_owned(),
            _ => format!("{} ({})", percent(satisfied, total), interval(satisfied, total)),
        };
        vec![
            (1, count(of.raw)),
            (2, count(of.ruled_out)),
            (3, count(of.total)),
            (4, shown(of.satisfied(), of.total)),
            (5, count(of.flagged)),
            (6, count(of.cleaned)),
            (7, shown(of.cleaned_satisfied, of.cleaned)),
        ]
    };
    let table = view.table("Số liệu đầy đủ và số liệu sau khi bỏ các lượt được đánh dấu");
    compare(&view, &table, &all, |of| of.raw > 0, expected);
    let rules = tables(&view.page).into_iter().next().unwrap();
    for (rule, row) in ["quick_repeat", "dossier_twice"].iter().zip(&rules.rows) {
        let found = view.rows.iter().filter(|row| {
            row.level > 0 && !row.ruled_out && row.flags.iter().any(|one| one == rule)
        });
        view.expect(&row[2], &count(found.count() as u64), rule);
    }
    view.expect(&rules.rows[3][2], &count(Plain::of(view.rows.iter().copied()).ruled_out), "out");
}

async fn days(house: &House, role: Role, scope: Option<&BTreeSet<i64>>) {
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
