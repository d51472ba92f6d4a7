//! Every form under both policies, every way to be wrong, and that periods leave no day out.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

fn days(text: &str, policy: Policy) -> String {
    let period = parse(text, policy).unwrap();
    assert_eq!(period.policy, policy.name());
    format!("{} {}..{}", period.name, period.from, period.to)
}

#[test]
fn calendar_periods() {
    let days = |text| days(text, Policy::Calendar);
    assert_eq!(days("2023-09"), "2023-09 2023-09-01..2023-09-30");
    assert_eq!(days("2024-02"), "2024-02 2024-02-01..2024-02-29");
    assert_eq!(days("2023-02"), "2023-02 2023-02-01..2023-02-28");
    assert_eq!(days("2023-12"), "2023-12 2023-12-01..2023-12-31");
    assert_eq!(days("2023-Q1"), "2023-Q1 2023-01-01..2023-03-31");
    assert_eq!(days("2023-q3"), "2023-Q3 2023-07-01..2023-09-30");
    assert_eq!(days("2023-Q4"), "2023-Q4 2023-10-01..2023-12-31");
    assert_eq!(days("2023-H1"), "2023-H1 2023-01-01..2023-06-30");
    assert_eq!(days("2023-H2"), "2023-H2 2023-07-01..2023-12-31");
    assert_eq!(days("2023-9m"), "2023-9M 2023-01-01..2023-09-30");
    assert_eq!(days(" 2023 "), "2023 2023-01-01..2023-12-31");
    assert_eq!(days("2023-01-15..2023-02-14"), "2023-01-15..2023-02-14 2023-01-15..2023-02-14");
    assert_eq!(days("2023-01-15 .. 2023-01-15"), "2023-01-15..2023-01-15 2023-01-15..2023-01-15");
}

#[test]
fn periods_of_decree_09() {
    let days = |text| days(text, Policy::Nd09);
    assert_eq!(days("2023-09"), "2023-09 2023-08-15..2023-09-14");
    assert_eq!(days("2023-01"), "2023-01 2022-12-15..2023-01-14");
    assert_eq!(days("2024-03"), "2024-03 2024-02-15..2024-03-14");
    assert_eq!(days("2023-Q1"), "2023-Q1 2022-12-15..2023-03-14");
    assert_eq!(days("2023-Q2"), "2023-Q2 2023-03-15..2023-06-14");
    assert_eq!(days("2023-Q4"), "2023-Q4 2023-09-15..2023-12-14");
    assert_eq!(days("2023-H1"), "2023-H1 2022-12-15..2023-06-14");
    assert_eq!(days("2023-H2"), "2023-H2 2023-06-15..2023-12-14");
    assert_eq!(days("2023-9M"), "2023-9M 2022-12-15..2023-09-14");
    assert_eq!(days("2023"), "2023 2022-12-15..2023-12-14");
    assert_eq!(days("2023-01-15..2023-02-14"), "2023-01-15..2023-02-14 2023-01-15..2023-02-14");
}

#[test]
fn what_does_not_exist_is_told_in_one_sentence() {
    let problems: Vec<String> = [
        "",
        "2023-13",
        "2023-00",
        "2023-9",
        "2023-Q5",
        "2023-Q",
        "2023-H3",
        "2023-6M",
        "23-09",
        "0000",
        "0000-Q1",
        "2200",
        "2023-02-30..2023-03-01",
        "2023-01-01..",
        "2023-03-01..2023-02-01",
        "0000-01-01..2023-01-01",
        "2000-01-01..2023-01-01",
        "quý ba",
        "+023-09",
        "2023-09-01",
    ]
    .iter()
    .map(|text| parse(text, Policy::Calendar).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(problems.join("\n"), @r"
    “” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “2023-13” does not exist: a year has the months 01 to 12
    “2023-00” does not exist: a year has the months 01 to 12
    “2023-9” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “2023-Q5” does not exist: a year has the quarters Q1 to Q4
    “2023-Q” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “2023-H3” does not exist: a year has the halves H1 and H2
    “2023-6M” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “23-09” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “0000” lies outside the years 1900 to 2199: check the year
    “0000-Q1” lies outside the years 1900 to 2199: check the year
    “2200” lies outside the years 1900 to 2199: check the year
    “2023-02-30..2023-03-01” does not exist: there is no day “2023-02-30”; write days as 2023-02-14
    “2023-01-01..” does not exist: there is no day “”; write days as 2023-02-14
    “2023-03-01..2023-02-01” ends before it begins: write the earlier day first
    “0000-01-01..2023-01-01” lies outside the years 1900 to 2199: check the year
    “2000-01-01..2023-01-01” is longer than ten years: choose a shorter range
    “quý ba” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “+023-09” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    “2023-09-01” is not a period: write 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14
    ");
    let long = parse(&"9".repeat(1000), Policy::Calendar).unwrap_err().to_string();
    assert!(long.chars().count() < 200, "{long}");
    assert!("decree".parse::<Policy>().is_err());
    for policy in Policy::ALL {
        assert_eq!(policy.name().parse(), Ok(policy));
        assert_eq!(serde_json::to_value(policy).unwrap(), policy.name());
    }
}

#[test]
fn a_neighbour_is_of_the_same_kind() {
    let moved = |text: &str| {
        let span: Span = text.parse().unwrap();
        let name = |span: Option<Span>| span.map_or("-".to_owned(), |span| span.to_string());
        format!("{} {}", name(span.previous()), name(span.next()))
    };
    assert_eq!(moved("2023-01"), "2022-12 2023-02");
    assert_eq!(moved("2023-12"), "2023-11 2024-01");
    assert_eq!(moved("2023-Q1"), "2022-Q4 2023-Q2");
    assert_eq!(moved("2023-H2"), "2023-H1 2024-H1");
    assert_eq!(moved("2023-9M"), "2022-9M 2024-9M");
    assert_eq!(moved("2199"), "2198 -");
    assert_eq!(moved("2023-01-15..2023-02-14"), "2022-12-15..2023-01-14 2023-02-15..2023-03-17");
    assert_eq!(moved("1900-01-01..1900-01-02"), "- 1900-01-03..1900-01-04");
}

/// Whether the periods follow one another without a gap and fill the whole.
fn tile(parts: &[Period], whole: &Period) -> bool {
    parts.first().map(|part| part.from) == Some(whole.from)
        && parts.last().map(|part| part.to) == Some(whole.to)
        && parts.windows(2).all(|pair| pair[0].to.tomorrow().unwrap() == pair[1].from)
}

fn policies() -> impl Strategy<Value = Policy> {
    prop::sample::select(&Policy::ALL[..])
}

proptest! {
    #[test]
    fn parts_of_a_year_leave_no_day_out(year in 1901..2199_i16, policy in policies()) {
        let whole = Span::Year(year).under(policy);
        let months: Vec<_> = (1..=12).map(|n| Span::Month(year, n).under(policy)).collect();
        let quarters: Vec<_> = (1..=4).map(|n| Span::Quarter(year, n).under(policy)).collect();
        let halves: Vec<_> = (1..=2).map(|n| Span::Half(year, n).under(policy)).collect();
        prop_assert!(tile(&months, &whole));
        prop_assert!(tile(&quarters, &whole));
        prop_assert!(tile(&halves, &whole));
        prop_assert!(tile(&months[..9], &Span::NineMonths(year).under(policy)));
        let next = Span::Year(year + 1).under(policy);
        prop_assert_eq!(whole.to.tomorrow().unwrap(), next.from);
    }

    #[test]
    fn the_last_day_of_a_month_is_the_rules(
        year in 1901..2199_i16,
        month in 1..=12_i8,
        policy in policies(),
    ) {
        let last = Span::Month(year, month).under(policy).to;
        prop_assert_eq!((last.year(), last.month()), (year, month));
        match policy {
            Policy::Calendar => prop_assert_eq!(last.tomorrow().unwrap().day(), 1),
            Policy::Nd09 => prop_assert_eq!(last.day(), 14),
        }
    }

    #[test]
    fn every_day_lies_in_its_month(
        day in 0..100_000_i32,
        policy in policies(),
    ) {
        let day = date(1901, 1, 1).saturating_add(day.days());
        let month = Span::month_of(day, policy).under(policy);
        prop_assert!(month.from <= day && day <= month.to);
    }

    #[test]
    fn a_name_reads_back(year in 1900..=2199_i16, part in 1..=12_i8) {
        for span in [
            Span::Month(year, part),
            Span::Quarter(year, (part - 1) % 4 + 1),
            Span::Half(year, part % 2 + 1),
            Span::NineMonths(year),
            Span::Year(year),
        ] {
            prop_assert_eq!(span.to_string().parse(), Ok(span));
        }
    }

    #[test]
    fn no_text_makes_it_fall_over(text in ".{0,30}") {
        let _ = parse(&text, Policy::Nd09);
    }
}

#[test]
fn a_period_is_settled_when_it_is_whole_and_over() {
    let today = date(2023, 10, 1);
    let is_settled = |text: &str, policy| text.parse::<Span>().unwrap().is_settled(policy, today);
    for whole in ["2023-09", "2023-Q3", "2023-H1", "2023-9M", "2022"] {
        assert!(is_settled(whole, Policy::Calendar), "{whole}");
    }
    for not in ["2023-10", "2023-Q4", "2023", "2023-09-01..2023-09-30", "2022-01-01..2022-12-31"] {
        assert!(!is_settled(not, Policy::Calendar), "{not}");
    }
    assert!(is_settled("2023-09", Policy::Nd09) && !is_settled("2023-10", Policy::Nd09));
}

#[test]
fn what_a_span_is_compared_with_is_the_one_before_that_its_page_leads_to() {
    let span = |text: &str| text.parse::<Span>().unwrap();
    for (of, before, year) in [
        ("2023-09", "2023-08", "2022-09"),
        ("2023-Q1", "2022-Q4", "2022-Q1"),
        ("2023-H1", "2022-H2", "2022-H1"),
        ("2023-9M", "2022-9M", "2022-9M"),
        ("2023", "2022", "2022"),
        ("2024-02-20..2024-03-05", "2024-02-05..2024-02-19", "2023-02-20..2023-03-06"),
    ] {
        assert_eq!(span(of).previous(), Some(span(before)), "{of}");
        let mut expected = vec![span(before), span(year)];
        expected.dedup();
        let compared: Vec<Span> = span(of).compared().into_iter().map(|(_, one)| one).collect();
        assert_eq!(compared, expected, "{of}");
    }
    assert!(span("1900-9M").compared().is_empty());
    assert_eq!(span("1900-01-01..1900-01-02").year_before(), None);
}

#[test]
fn days_can_be_written_as_people_write_them() {
    for (text, name) in [
        ("16/11/2026 - 22/11/2026", "2026-11-16..2026-11-22"),
        ("16/11/2026–22/11/2026", "2026-11-16..2026-11-22"),
        ("1/9/2023..02/09/2023", "2023-09-01..2023-09-02"),
        ("16/11/2026", "2026-11-16..2026-11-16"),
    ] {
        assert_eq!(text.parse::<Span>().map(|span| span.to_string()), Ok(name.to_owned()));
    }
    for (text, kind) in [
        ("22/11/2026 - 16/11/2026", "reversed"),
        ("31/02/2026 - 01/03/2026", "day"),
        ("16/11/26", "day"),
        ("16/011/2026", "day"),
        ("/", "day"),
        ("01/01/0001 - 01/01/2023", "year"),
    ] {
        assert_eq!(text.parse::<Span>().unwrap_err().word(), (kind, text));
    }
}

#[test]
fn days_that_are_a_whole_period_have_its_name() {
    let named = |from: Date, to: Date, policy| Span::of_days(from, to, policy).to_string();
    for policy in Policy::ALL {
        for text in ["2023-09", "2023-Q3", "2023-H1", "2023-H2", "2023-9M", "2023"] {
            let period = parse(text, policy).unwrap();
            assert_eq!(named(period.from, period.to, policy), text);
        }
    }
    let (from, to) = (date(2023, 9, 1), date(2023, 9, 29));
    assert_eq!(named(from, to, Policy::Calendar), "2023-09-01..2023-09-29");
}
