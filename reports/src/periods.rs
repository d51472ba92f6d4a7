//! The name of a period in words, as the subject line of a report and the head of a page say it:
//! "9 tháng năm 2023", "quý III năm 2023". The name is read from how the period was asked for;
//! what is none of the known forms is told by its first and last day.

use crate::figures::Period;
use crate::numbers::Numbers;
use jiff::civil::Date;
use locales::Texts;

/// Roman numbers of the quarters.
pub const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

/// The name of `period` on a page, in the middle of a sentence (no capital in front).
pub fn period_name(period: &Period, texts: &Texts) -> String {
    named(&period.name, texts).unwrap_or_else(|| by_days(period, texts, Numbers::date))
}

/// The same in a document, whose days are written as Decree 30/2020 has it.
pub(crate) fn document_period_name(period: &Period, texts: &Texts) -> String {
    named(&period.name, texts).unwrap_or_else(|| by_days(period, texts, Numbers::document_date))
}

/// A period by its first and last day.
fn by_days<'t>(
    period: &Period,
    texts: &'t Texts,
    written: fn(Numbers<'t>, Date) -> String,
) -> String {
    let numbers = Numbers::of(texts);
    let (from, to) = (written(numbers, period.from), written(numbers, period.to));
    if period.from == period.to {
        return texts.with("period-day", &[("day", &from)]);
    }
    texts.with("period-range", &[("from", &from), ("to", &to)])
}

/// Up to which day the figures of a period go, and, where it is over, up to which day they had
/// arrived: ratings of files and of tablets that were cut off come later. On a page or a picture.
pub fn cut_off(period: &Period, day: Date, texts: &Texts) -> String {
    cut_off_by(period, day, texts, Numbers::date)
}

/// The same in a document.
pub(crate) fn document_cut_off(period: &Period, day: Date, texts: &Texts) -> String {
    cut_off_by(period, day, texts, Numbers::document_date)
}

fn cut_off_by<'t>(
    period: &Period,
    day: Date,
    texts: &'t Texts,
    written: fn(Numbers<'t>, Date) -> String,
) -> String {
    let numbers = Numbers::of(texts);
    let key = if day > period.to { "report-cut-off-over" } else { "report-cut-off" };
    let (to, day) = (written(numbers, period.to), written(numbers, day));
    texts.with(key, &[("to", &to), ("day", &day)])
}

/// Whether a period is told by its first and last day alone.
pub(crate) fn is_range(period: &Period) -> bool {
    named(&period.name, locales::texts("vi")).is_none()
}

/// The name of the month of a day.
pub(crate) fn month_name(day: Date, texts: &Texts) -> String {
    let name = texts.get(&format!("month-{}", day.month()));
    texts.with("period-month", &[("name", &name), ("year", &day.year().to_string())])
}

/// The name of a month, quarter, half, nine months or year.
fn named(name: &str, texts: &Texts) -> Option<String> {
    let (year, part) = name.split_once('-').unwrap_or((name, ""));
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = ("year", year);
    Some(match part {
        "" => texts.with("period-year", &[year]),
        "H1" => texts.with("period-half-1", &[year]),
        "H2" => texts.with("period-half-2", &[year]),
        "9M" => texts.with("period-nine-months", &[year]),
        _ => {
            if let Some(quarter) = part.strip_prefix('Q') {
                let index = quarter.parse::<usize>().ok()?.checked_sub(1)?;
                let roman = QUARTERS.get(index)?;
                let places = [year, ("quarter", *roman), ("number", quarter)];
                return Some(texts.with("period-quarter", &places));
            }
            let month = part.parse::<u8>().ok().filter(|month| (1..=12).contains(month))?;
            let name = texts.get(&format!("month-{month}"));
            texts.with("period-month", &[year, ("month", &month.to_string()), ("name", &name)])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use locales::texts;

    #[test]
    fn every_form_has_its_name() {
        let (from, to) = (date(2023, 1, 15), date(2023, 2, 14));
        for (name, vietnamese, english) in [
            ("2023-09", "tháng 9 năm 2023", "September 2023"),
            ("2023-Q3", "quý III năm 2023", "quarter 3 of 2023"),
            ("2023-H1", "6 tháng đầu năm 2023", "the first half of 2023"),
            ("2023-H2", "6 tháng cuối năm 2023", "the second half of 2023"),
            ("2023-9M", "9 tháng năm 2023", "the first nine months of 2023"),
            ("2023", "năm 2023", "2023"),
            (
                "2023-01-15..2023-02-14",
                "từ ngày 15/01/2023 đến ngày 14/02/2023",
                "from 15 Jan 2023 to 14 Feb 2023",
            ),
            (
                "2023-13",
                "từ ngày 15/01/2023 đến ngày 14/02/2023",
                "from 15 Jan 2023 to 14 Feb 2023",
            ),
        ] {
            let period = Period { from, to, policy: "calendar".into(), name: name.into() };
            assert_eq!(period_name(&period, texts("vi")), vietnamese);
            assert_eq!(period_name(&period, texts("en")), english);
        }
    }

    #[test]
    fn figures_go_to_the_last_day_of_a_period_that_is_over_and_arrived_until_another() {
        let (from, to) = (date(2023, 1, 1), date(2023, 9, 30));
        let period = Period { from, to, policy: "calendar".into(), name: "2023-9M".into() };
        let vi = texts("vi");
        assert_eq!(
            document_cut_off(&period, date(2026, 11, 28), vi),
            "số liệu của kỳ đến hết ngày 30/9/2023, tiếp nhận và chốt đến ngày 28/11/2026"
        );
        assert_eq!(cut_off(&period, date(2023, 9, 5), vi), "số liệu chốt đến ngày 05/09/2023");
        assert_eq!(cut_off(&period, to, texts("en")), "figures as of 30 Sep 2023");
    }

    #[test]
    fn days_have_two_digits_on_pages_and_the_decrees_form_in_documents() {
        let name = "2023-03-15..2023-09-30".to_owned();
        let (from, to) = (date(2023, 3, 15), date(2023, 9, 30));
        let period = Period { from, to, policy: "calendar".into(), name };
        let vi = texts("vi");
        assert_eq!(period_name(&period, vi), "từ ngày 15/03/2023 đến ngày 30/09/2023");
        assert_eq!(document_period_name(&period, vi), "từ ngày 15/3/2023 đến ngày 30/9/2023");
    }
}
