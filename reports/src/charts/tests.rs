//! Charts are compared as pictures (snapshots of their SVG), and drawn for random figures.

use super::*;
use crate::figures::{Day, Figures, Hour};
use jiff::ToSpan;
use jiff::civil::date;
use locales::texts;
use proptest::prelude::*;

type Chart = fn(&Figures, &locales::Texts, Size) -> Result<String, ChartError>;

const ALL: [(&str, Chart); 4] = [
    ("levels", |figures, texts, size| levels(figures, texts, size)),
    ("trend", trend),
    ("groups", |figures, texts, size| groups(figures, texts, size)),
    ("hours", hours),
];

fn figures(name: &str) -> Figures {
    let path = format!("{}/tests/fixture/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let mut read: Figures = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    read.hours = week();
    read
}

/// A week of five days from 7 to 16 o'clock, with one bad and two quiet hours.
fn week() -> Vec<Hour> {
    let slot = |weekday: u8, hour: u8| {
        let ratings = u64::from(60 - weekday * 3) * u64::from(24 - hour.abs_diff(9) * 3) / 10;
        Hour { weekday, hour, ratings, satisfied: ratings }
    };
    let all = (1..=5)
        .flat_map(|day| (7..=16).filter(|hour| *hour != 12).map(move |hour| slot(day, hour)));
    let mut all: Vec<Hour> = all.collect();
    all[2].satisfied -= 9;
    (all[3].ratings, all[3].satisfied) = (3, 0);
    all
}

fn empty() -> Figures {
    let mut empty = figures("tayninh-2023-09");
    empty.ratings = crate::figures::Ratings::default();
    (empty.departments, empty.officers, empty.counters) = Default::default();
    (empty.days, empty.hours) = Default::default();
    empty
}

#[test]
fn pictures_stay_as_they_were_looked_at() {
    for (name, chart) in ALL {
        let nine_months = figures("tayninh-2023-9m");
        let svg = chart(&nine_months, texts("vi"), Size::WIDE).unwrap();
        insta::assert_snapshot!(format!("{name}-nine-months-wide"), svg);
        let svg = chart(&figures("tayninh-2023-09"), texts("vi"), Size::PHONE).unwrap();
        insta::assert_snapshot!(format!("{name}-month-phone"), svg);
    }
}

#[test]
fn an_empty_period_says_so() {
    for (name, chart) in ALL {
        let svg = chart(&empty(), texts("vi"), Size::WIDE).unwrap();
        assert!(svg.contains("Trong kỳ không có lượt đánh giá"), "{name}: {svg}");
        assert!(svg.contains("role=\"img\"") && svg.contains("viewBox=\"0 0 720 300\""));
    }
}

#[test]
fn long_periods_go_by_week_and_say_so() {
    let nine_months = figures("tayninh-2023-9m");
    let by_week = Trend::of(&nine_months);
    assert_eq!(by_week.step, Step::Week);
    assert!((35..=40).contains(&by_week.buckets.len()), "{}", by_week.buckets.len());
    let total: u64 = by_week.buckets.iter().map(|bucket| bucket.total).sum();
    assert_eq!(total, 22_471);
    assert!(trend_caption(&nine_months, texts("vi")).contains("theo tuần"));
    let month = figures("tayninh-2023-09");
    assert_eq!(Trend::of(&month).step, Step::Day);
    assert!(trend_caption(&month, texts("vi")).contains("theo ngày"));
}

#[test]
fn counts_are_told_as_they_are() {
    let mut month = figures("tayninh-2023-09");
    month.departments.truncate(2);
    month.departments[1].ratings.total = 3;
    let svg = groups(&month, texts("vi"), Size::WIDE).unwrap();
    assert!(svg.contains(">\n3\n<") && svg.contains("dưới 30 lượt"), "{svg}");
    let svg = levels(&month, texts("vi"), Size::WIDE).unwrap();
    // 2 dissatisfied of 2,308.
    assert!(svg.contains("2 · 0,09%") && svg.contains("22 · 0,95%"), "{svg}");
    let days = &mut month.days;
    days.truncate(1);
    let svg = trend(&month, texts("vi"), Size::WIDE).unwrap();
    assert!(svg.contains("chưa đủ để chia kỳ thành các khoảng thời gian có từ 10 lượt"), "{svg}");
}

#[test]
fn a_caption_explains_only_what_is_there_to_see() {
    let (month, nine_months) = (figures("tayninh-2023-09"), figures("tayninh-2023-9m"));
    let (red, grey) = ("Điểm đỏ", "Cơ quan có dưới 30 lượt: màu xám");
    assert!(groups_caption(&month, texts("vi")).ends_with(&format!("{grey}, không xếp hạng")));
    assert!(groups_caption(&nine_months, texts("vi")).ends_with("tỷ lệ chung 99,01%"));
    assert!(!trend_caption(&month, texts("vi")).contains(red));
    let mut bad = month;
    bad.days[3].satisfied -= 20;
    let caption = trend_caption(&bad, texts("vi"));
    assert!(caption.contains(red) && caption.ends_with("bắt đầu từ 80%"), "{caption}");
}

#[test]
fn days_that_were_joined_are_told_by_the_first_and_the_last() {
    let mut month = figures("tayninh-2023-09");
    month.days.push(Day { date: date(2023, 9, 30), total: 4, satisfied: 4, limits: None });
    let last = month.days.iter_mut().find(|day| day.date == date(2023, 9, 29)).unwrap();
    last.satisfied -= 20;
    for size in [Size::WIDE, Size::PHONE] {
        let svg = trend(&month, texts("vi"), size).unwrap();
        assert!(svg.contains("29–30/9: ") && !svg.contains("29/9: "), "{svg}");
        assert!(svg.contains("ghi bằng ngày đầu và ngày cuối"), "{svg}");
    }
}

#[test]
fn no_name_of_a_department_is_cut_where_two_lines_hold_it() {
    let mut few = figures("tayninh-2023-9m");
    let name = "Sở Lao động - Thương binh và Xã hội";
    few.departments.retain(|one| one.name == name || one.name == "Sở Tư pháp");
    assert_eq!(few.departments.len(), 2);
    for size in [Size::SHEET, Size::WIDE_ROWS, Size::DOCUMENT] {
        let svg = groups(&few, texts("vi"), size).unwrap();
        assert!(svg.contains(name), "{size:?}: {svg}");
    }
    let longer = "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh";
    few.departments[0].name = longer.into();
    let narrow = groups(&few, texts("vi"), Size::PHONE).unwrap();
    for svg in [&groups(&few, texts("vi"), Size::SHEET).unwrap(), &narrow] {
        assert!(!svg.contains('…') && !svg.contains(longer), "it stands on two lines: {svg}");
    }
}

#[test]
fn an_hour_is_outlined_when_it_is_clearly_below_all_others() {
    let month = figures("tayninh-2023-09");
    let low = |ratings: u64, below: u64| {
        let hour = Hour { weekday: 6, hour: 9, ratings, satisfied: ratings - below };
        let rest = Hour { weekday: 1, hour: 9, ratings: 2_000, satisfied: 1_980 };
        let week = Week::of(&Figures { hours: vec![hour, rest], ..month.clone() }).unwrap();
        assert_eq!(week.days, [1, 2, 3, 4, 5, 6]);
        week.rows[5][0].is_low
    };
    assert!(low(100, 9) && low(1_200, 36) && low(13, 7), "also of few ratings");
    assert!(!low(100, 3) && !low(3, 1), "that may be chance");
    let week = Week::of(&month).unwrap();
    assert!(week.rows.iter().flatten().any(|slot| slot.count == 3), "{week:?}");
}

#[test]
fn names_are_written_and_not_obeyed() {
    let mut month = figures("tayninh-2023-09");
    month.departments[0].name = "A & <b>\"'".into();
    let svg = groups(&month, texts("vi"), Size::WIDE).unwrap();
    assert!(svg.contains("A &amp; &lt;b&gt;&quot;&apos;"), "{svg}");
}

#[test]
fn letters_that_xml_forbids_are_replaced() {
    let mut month = figures("tayninh-2023-09");
    month.departments[0].name = "Sở B\u{1}\u{b}dọc".into();
    let title = "tiêu đề\u{c}";
    for size in [Size::WIDE, Size::PHONE] {
        let svg = groups_of(&month.departments, &month.ratings, title, texts("vi"), size).unwrap();
        assert!(
            svg.contains("Sở B\u{fffd}\u{fffd}dọc") && svg.contains("tiêu đề\u{fffd}"),
            "{svg}"
        );
        assert!(!svg.contains(|letter: char| letter.is_control() && letter != '\n'), "{svg}");
    }
}

/// Figures that need not add up: a chart has to bear them all.
fn any_figures() -> impl Strategy<Value = Figures> {
    let day = (0..800_i32, 0..60_u64, 0..60_u64);
    let level = prop_oneof![Just(0_u64), 1..6_u64, 0..20_000_u64];
    let count = level.clone();
    let share = proptest::option::of(0.0..=1.0_f64);
    let group =
        (prop_oneof![Just(0_u64), 1..40_u64, 0..9_000_u64], share.clone(), share.clone(), share);
    (
        proptest::collection::vec(day, 0..370),
        proptest::collection::vec(group, 0..60),
        proptest::array::uniform5(level),
        0..800_i32,
        proptest::collection::vec((0..9_u8, 0..30_u8, count, 0..60_u64), 0..60),
    )
        .prop_map(|(days, groups, levels, length, hours)| {
            let mut figures = empty();
            let template = self::figures("tayninh-2023-09").departments.remove(0);
            figures.period.from = date(2023, 1, 1);
            figures.period.to = figures.period.from.saturating_add(length.days());
            figures.days = days
                .into_iter()
                .map(|(day, total, satisfied)| Day {
                    date: figures.period.from.saturating_add(day.days()),
                    total,
                    satisfied,
                    limits: None,
                })
                .collect();
            figures.departments = groups
                .into_iter()
                .map(|(total, share, low, high)| {
                    let mut group = template.clone();
                    group.ratings.total = total;
                    let satisfied = &mut group.ratings.satisfied;
                    (satisfied.share, satisfied.low, satisfied.high) = (share, low, high);
                    group
                })
                .collect();
            let hour =
                |(weekday, hour, ratings, satisfied)| Hour { weekday, hour, ratings, satisfied };
            figures.hours = hours.into_iter().map(hour).collect();
            let of = &mut figures.ratings.levels;
            [of.very_satisfied, of.satisfied, of.neutral, of.dissatisfied, of.very_dissatisfied] =
                levels;
            figures.ratings.total = levels.iter().sum();
            figures
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_figures_break_a_chart(figures in any_figures(), width in 0..5_000_u32, height in 0..5_000_u32) {
        for (name, chart) in ALL {
            let svg = chart(&figures, texts("vi"), Size { width, height }).unwrap();
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{} {}", name, svg);
            prop_assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{}", name);
        }
    }
}
