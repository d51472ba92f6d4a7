//! Slices over made-up rows: narrowing never lets anything from outside in, parts add up, and every
//! figure is what a plain walk over the rows gives.

mod recount;

use super::columns::{ColumnsOwner, RatingColumns};
use super::count::figures;
use super::month_columns::MonthColumns;
use super::part::MonthCounts;
use super::rating::CompactRating;
use super::shared::{CentreSnapshot, FigureInputs};
use super::slice::{Filter, RowFilter, Slice};
use crate::scope::Scope;
use crate::storage::rows::{
    Counter, Department, Directory, Officer, Procedure, RatingRow, RetiredIds,
};
use crate::storage::sites::Sites;
use jiff::civil::date;
use proptest::prelude::*;
use recount::{is_rating, recounted};
use reports::figures::{Figures, Group, Period};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Officers 1 to 6 of departments 1 to 3, two each; counters 1 to 3 likewise; counter 1 at site 1.
fn directory() -> Directory {
    let text = |what: &str, id: i64| format!("{what} {id}");
    Directory {
        retired: RetiredIds::default(),
        departments: (1..=3)
            .map(|id| Department {
                id,
                code: text("D", id),
                name: text("D", id),
                ticket_prefix: None,
            })
            .collect(),
        counters: (1..=3)
            .map(|id| Counter { id, code: text("Q", id), name: text("Q", id), department: id })
            .collect(),
        officers: (1..=6)
            .map(|id| Officer {
                id,
                code: text("O", id),
                name: text("O", id),
                title: String::new(),
                department: (id + 1) / 2,
                counter: None,
            })
            .collect(),
        procedures: (1..=3)
            .map(|id| Procedure {
                id,
                code: text("P", id),
                name: text("P", id),
                field: String::new(),
                department: id,
                working_days: 1,
            })
            .collect(),
    }
}

fn sites() -> Sites {
    Sites { sites: Vec::new(), counters: vec![(1, 1)] }
}

fn period() -> Period {
    let (from, to) = (date(1970, 1, 1), date(1970, 2, 28));
    Period { from, to, policy: "calendar".into(), name: "test".into() }
}

fn count(rows: &[CompactRating], filter: &Filter) -> Figures {
    let part = MonthCounts::of(&MonthColumns::of(rows), &filter.row_filter(&sites()), 0, 40);
    in_parts(&[Arc::new(part)], filter)
}

fn in_parts(parts: &[Arc<MonthCounts>], filter: &Filter) -> Figures {
    let centre = CentreSnapshot { directory: directory().into(), sites: sites(), quarantined: 0 };
    let owner = ColumnsOwner { database: uuid::Uuid::nil(), time_zone: "UTC".into() };
    let mut columns = RatingColumns::empty(owner);
    let words = Arc::make_mut(&mut columns.words);
    // Taught in the order of their numbers: the bits of a number are its reasons and its rules, its
    // two digits to the base of six the levels of its aspects.
    let bits = |kind: &str, bits: u32, most: u32| {
        let set = (0..most).filter(|bit| bits >> bit & 1 == 1);
        set.map(|bit| format!("{kind} {bit}")).collect()
    };
    for number in 1..36 {
        let judged = [("spirit", number % 6), ("attitude", number / 6)];
        let judged = judged.into_iter().filter(|(_, level)| *level > 0);
        words.learn(&RatingRow {
            reasons: bits("reason", number & 15, 4),
            flags: bits("rule", number & 3, 2),
            aspects: judged
                .map(|(id, level)| (id.to_owned(), u8::try_from(level).unwrap()))
                .collect(),
            ..RatingRow::default()
        });
    }
    let inputs =
        FigureInputs { columns: Arc::new(columns), centre: Arc::new(centre), queues: Vec::new() };
    figures(parts, &inputs, &Slice { period: period(), filter: filter.clone() })
}

pub(super) fn any_row() -> impl Strategy<Value = CompactRating> {
    (
        (0_i32..40, 1_u32..=6, 1_u32..=3, 0_u32..=3, 0_u8..24),
        (0_u8..=4, 0_u8..=2, 0_u8..=5, any::<bool>(), 0_u32..4, 0_u32..16),
        (1_u8..=2, 0_u32..6, 0_u32..6, 0_u8..3),
    )
        .prop_map(|(who, what, more)| {
            let (scale, spirit, attitude, outcome) = more;
            let (day, officer, counter, procedure, hour) = who;
            let (channel, stage, level, imported, flags, reasons) = what;
            CompactRating {
                day,
                officer,
                department: officer.div_ceil(2),
                counter,
                procedure,
                hour,
                channel,
                stage,
                scale,
                level,
                imported,
                flags,
                reasons,
                aspects: spirit + 6 * attitude,
                abandoned: level == 0 && outcome == 0,
                ruled_out: level > 0 && outcome == 0,
                ..CompactRating::default()
            }
        })
}

fn any_filter() -> impl Strategy<Value = Filter> {
    (
        prop::option::of(prop::collection::btree_set(1_i64..=4, 0..4)),
        prop::option::of(1_i64..=2),
        prop::option::of(1_i64..=7),
        prop::option::of(1_i64..=4),
        prop::option::of(1_i64..=4),
        prop::option::of(0_u8..=2),
        prop::option::of(0_u8..=4),
    )
        .prop_map(|(departments, site, officer, counter, procedure, stage, channel)| Filter {
            departments,
            site,
            officer,
            counter,
            procedure,
            stage,
            channel,
        })
}

fn any_scope() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::All),
        prop::collection::btree_set(1_i64..=4, 0..4).prop_map(Scope::Departments),
        prop::option::of(1_i64..=7).prop_map(Scope::Officer),
    ]
}

fn inside(scope: &Scope, row: &CompactRating) -> bool {
    match scope {
        Scope::All => true,
        Scope::Departments(own) => own.contains(&i64::from(row.department)),
        Scope::Officer(own) => *own == Some(i64::from(row.officer)),
    }
}

proptest! {
    /// For every query: rows outside the scope change no figure.
    #[test]
    fn nothing_outside_the_scope_is_ever_counted(
        rows in prop::collection::vec(any_row(), 0..60),
        filter in any_filter(),
        scope in any_scope(),
    ) {
        let narrowed = filter.clone().within(&scope);
        let own: Vec<CompactRating> = rows.iter().copied().filter(|row| inside(&scope, row)).collect();
        let figures = count(&rows, &narrowed);
        prop_assert_eq!(&figures, &count(&own, &narrowed));
        // And of what is inside nothing is missing.
        let asked = count(&own, &filter);
        prop_assert_eq!(&figures.ratings, &asked.ratings);
        // An officer is listed under the department of these visits, not under the present one.
        if let Scope::Departments(own) = &scope {
            let has = |name: &str| own.iter().any(|id| name == format!("D {id}"));
            for one in &figures.officers {
                prop_assert!(one.department.as_deref().is_some_and(has), "{}", one.name);
            }
        }
        // Nobody without a visit inside is named, even if they sat at a counter of another officer.
        let visited = |group: &Group, id: fn(&CompactRating) -> u32| {
            own.iter().any(|row| i64::from(id(row)) == group.id)
        };
        prop_assert!(figures.officers.iter().all(|one| visited(one, |row| row.officer)));
        prop_assert!(figures.counters.iter().all(|one| visited(one, |row| row.counter)));
        prop_assert!(figures.procedures.iter().all(|one| visited(one, |row| row.procedure)));
    }

    /// Narrowing twice is narrowing by both.
    #[test]
    fn a_narrowed_filter_stays_within(filter in any_filter(), scope in any_scope()) {
        let once = filter.within(&scope);
        prop_assert_eq!(once.clone().within(&scope), once);
    }

    /// Counting days apart and adding up is counting them together.
    #[test]
    fn parts_add_up_to_the_whole(
        rows in prop::collection::vec(any_row(), 0..60), cut in 0_i32..41, filter in any_filter(),
    ) {
        let (row_filter, month) = (filter.row_filter(&sites()), MonthColumns::of(&rows));
        let parts = [(0, cut - 1), (cut, 40)]
            .map(|(from, to)| Arc::new(MonthCounts::of(&month, &row_filter, from, to)));
        prop_assert_eq!(in_parts(&parts, &filter), count(&rows, &filter));
    }

    /// With rulings, flags, open visits and imported ratings: every figure, in every breakdown, is what a
    /// plain loop over the rows gives.
    #[test]
    fn every_figure_is_what_a_plain_walk_over_the_rows_gives(
        rows in prop::collection::vec(any_row(), 0..60), filter in any_filter(),
    ) {
        let figures = count(&rows, &filter);
        recounted(&figures, &rows, &filter)?;
    }

    /// Officers, departments, channels, hours and days each add up to the total.
    #[test]
    fn each_way_to_tell_apart_adds_up(rows in prop::collection::vec(any_row(), 0..60)) {
        let figures = count(&rows, &Filter::default());
        let total = figures.ratings.total;
        let sum = |groups: &[reports::figures::Group]| {
            groups.iter().map(|group| group.ratings.total).sum::<u64>()
        };
        prop_assert_eq!(sum(&figures.officers), total);
        prop_assert_eq!(sum(&figures.departments), total);
        prop_assert_eq!(sum(&figures.counters), total);
        let channels: u64 = figures.channels.iter().map(|one| one.ratings.total).sum();
        prop_assert_eq!(channels, total);
        prop_assert_eq!(figures.hours.iter().map(|hour| hour.ratings).sum::<u64>(), total);
        prop_assert_eq!(figures.days.iter().map(|day| day.total).sum::<u64>(), total);
        let asked = figures.asked_by_hour.iter().fold((0, 0, 0), |sum, one| {
            (sum.0 + one.asked, sum.1 + one.answered, sum.2 + one.abandoned)
        });
        let of = &figures.ratings;
        prop_assert_eq!(asked, (of.asked, of.answered(), of.abandoned));
        let open: u64 = figures.asked_by_hour.iter().map(reports::figures::AskedHour::open).sum();
        prop_assert_eq!(open, of.open());
        let odd = rows.iter().filter(|row| is_rating(row) && row.flags != 0).count() as u64;
        prop_assert_eq!(figures.cleaned.total + odd, total);
    }
}

#[test]
fn a_site_is_its_counters() {
    let row = |counter| CompactRating { counter, level: 1, scale: 1, ..CompactRating::default() };
    let rows = [row(1), row(1), row(2)];
    let at = |site, counter| Filter { site: Some(site), counter, ..Filter::default() };
    assert_eq!(count(&rows, &at(1, None)).ratings.total, 2);
    assert_eq!(count(&rows, &at(1, Some(2))).ratings.total, 0, "a counter of another site");
    assert_eq!(count(&rows, &at(9, None)).ratings.total, 0);
    let none = Filter { departments: Some(BTreeSet::new()), ..Filter::default() };
    assert_eq!(count(&rows, &none).ratings.total, 0);
    assert_eq!(
        none.row_filter(&sites()),
        RowFilter { departments: Some(BTreeSet::new()), ..RowFilter::default() }
    );
}
