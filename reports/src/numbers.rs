//! How counts, shares and dates are written, per language, so that a page, a chart and a document
//! write the same figure with the same characters. Vietnamese: `22.471`, `99,01%`, `30/09/2023`;
//! English: `22,471`, `99.01%`, `30 Sep 2023`. Shares are written as official documents do: two
//! decimals, no space before `%`. How far they can be trusted is said by the interval beside them.
//! A day in figures alone has two forms: screens and tables write two digits, so that columns line
//! up, and documents write it as Decree 30/2020 has it.

use jiff::civil::Date;
use locales::Texts;

mod words;

pub use words::words;

/// Writes numbers and dates in the manner of one language.
#[derive(Clone, Copy)]
pub struct Numbers<'t> {
    texts: &'t Texts,
}

impl<'t> Numbers<'t> {
    /// The manner of the language of `texts`.
    pub fn of(texts: &'t Texts) -> Self {
        Self { texts }
    }

    fn is_vietnamese(self) -> bool {
        self.texts.language() == "vi"
    }

    /// A count with its thousands set apart: `22.471`, in English `22,471`.
    pub fn count(self, count: u64) -> String {
        let digits = count.to_string();
        let mark = if self.is_vietnamese() { '.' } else { ',' };
        let mut written = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                written.push(mark);
            }
            written.push(digit);
        }
        written
    }

    /// A count in a sentence of a document: below ten with a zero in front, `03`; in English plain.
    pub fn prose(self, count: u64) -> String {
        if self.is_vietnamese() && (1..10).contains(&count) {
            return format!("0{count}");
        }
        self.count(count)
    }

    /// A share (0 to 1) in percent with two decimals; all and nothing without. What is not all or
    /// nothing is never written so. Not a number is written as a dash.
    pub fn percent(self, share: f64) -> String {
        if !share.is_finite() {
            return "–".to_owned();
        }
        let percent = share.clamp(0.0, 1.0) * 100.0;
        if percent == 0.0 || percent >= 100.0 {
            return format!("{percent:.0}%");
        }
        format!("{}%", self.decimal(&format!("{:.2}", percent.clamp(0.01, 99.99))))
    }

    /// A ratio of two counts in percent, which may be more than all.
    pub fn ratio(self, of: u64, all: u64) -> String {
        let ratio = of as f64 / all as f64;
        if ratio <= 1.0 || !ratio.is_finite() {
            return self.percent(ratio);
        }
        self.decimal(&format!("{:.2}%", ratio * 100.0))
    }

    /// The parts of a whole in percent, 100,00% together: each is rounded down to hundredths and what
    /// is left over goes to the greatest remainders, by one hundredth each.
    pub fn parts<const N: usize>(self, counts: [u64; N]) -> [String; N] {
        let whole: u128 = counts.iter().map(|count| u128::from(*count)).sum();
        if whole == 0 {
            return counts.map(|_| "–".to_owned());
        }
        let exact = counts.map(|count| u128::from(count) * 10_000);
        let mut parts = exact.map(|part| part / whole);
        let mut order: Vec<usize> = (0..N).collect();
        order.sort_by_key(|place| std::cmp::Reverse(exact[*place] % whole));
        let left = 10_000_u128.saturating_sub(parts.iter().sum());
        for place in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
            parts[place] += 1;
        }
        std::array::from_fn(|place| {
            let nothing_or_all = counts[place] == 0 || u128::from(counts[place]) == whole;
            let part = if nothing_or_all { parts[place] } else { parts[place].clamp(1, 9_999) };
            self.percent(part as f64 / 10_000.0)
        })
    }

    /// A difference of shares in percentage points without its sign, two decimals: `0,30`.
    pub fn points(self, share: f64) -> String {
        self.decimal(&format!("{:.2}", share.abs() * 100.0))
    }

    /// The same with its sign: `+0,30`, `−0,30`; nothing has none.
    pub fn signed_points(self, share: f64) -> String {
        let points = self.points(share);
        let is_nothing = points.bytes().all(|one| !one.is_ascii_digit() || one == b'0');
        let sign = match (is_nothing, share < 0.0) {
            (true, _) => "",
            (false, true) => "−",
            (false, false) => "+",
        };
        format!("{sign}{points}")
    }

    /// A share of the marks on an axis: as few decimals as show it, such as `98%` or `98,5%`.
    pub fn percent_mark(self, share: f64) -> String {
        self.decimal(&format!("{}%", (share * 1000.0).round() / 10.0))
    }

    /// Both ends of an interval of shares: `98,87–99,13%`.
    pub fn interval(self, low: f64, high: f64) -> String {
        let (low, high) = (self.percent(low), self.percent(high));
        format!("{}–{high}", low.trim_end_matches('%'))
    }

    /// A day in figures on screens and in tables: `30/09/2023`, in English `30 Sep 2023`.
    pub fn date(self, date: Date) -> String {
        if self.is_vietnamese() {
            format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
        } else {
            self.document_date(date)
        }
    }

    /// A day in figures in a document. Vietnamese as Decree 30/2020 has it, with a leading zero only
    /// for days under 10 and for months 1 and 2: `01/01/2023`, `30/9/2023`. English as everywhere.
    pub fn document_date(self, date: Date) -> String {
        let between = if self.is_vietnamese() { '/' } else { ' ' };
        format!("{}{between}{}", self.day(date), date.year())
    }

    /// A day without its year, as charts and documents write it: `30/9`, in English `30 Sep`.
    pub fn day(self, date: Date) -> String {
        let (day, month) = decree_30(date);
        if self.is_vietnamese() {
            format!("{day}/{month}")
        } else {
            format!("{} {}", date.day(), self.month_short(date))
        }
    }

    /// Days that follow one another, without their year: `27–28/11`, `30/11–01/12`, in English
    /// `27–28 Nov`; a single day as [`Self::day`] writes it.
    pub fn days(self, from: Date, to: Date) -> String {
        let last = self.day(to);
        if from == to {
            return last;
        }
        if (from.year(), from.month()) != (to.year(), to.month()) {
            return format!("{}–{last}", self.day(from));
        }
        let first = if self.is_vietnamese() { decree_30(from).0 } else { from.day().to_string() };
        format!("{first}–{last}")
    }

    /// The same on screens and in tables, with the year: `27/11–28/11/2023`, in English
    /// `27–28 Nov 2023`; a single day as [`Self::date`] writes it.
    pub fn dates(self, from: Date, to: Date) -> String {
        if from == to {
            return self.date(to);
        }
        if from.year() != to.year() {
            return format!("{}–{}", self.date(from), self.date(to));
        }
        if self.is_vietnamese() {
            return format!("{:02}/{:02}–{}", from.day(), from.month(), self.date(to));
        }
        format!("{} {}", self.days(from, to), to.year())
    }

    /// A day in words: `ngày 20 tháng 10 năm 2023`, in English `20 October 2023`.
    pub fn date_long(self, date: Date) -> String {
        let english = date.day().to_string();
        let (day, month) = decree_30(date);
        let name = self.texts.get(&format!("month-{}", date.month()));
        let year = date.year().to_string();
        let day = if self.is_vietnamese() { day } else { english };
        let places =
            [("day", day.as_str()), ("month", &month), ("name", &name), ("year", year.as_str())];
        self.texts.with("date-long", &places)
    }

    /// The month of a day as an axis writes it: `Th9`, in English `Sep`.
    pub fn month_short(self, date: Date) -> String {
        self.texts.get(&format!("month-short-{}", date.month()))
    }

    /// A count in Vietnamese words, as official documents repeat a total; none in English.
    pub fn in_words(self, count: u64) -> Option<String> {
        self.is_vietnamese().then(|| words(count))
    }

    fn decimal(self, written: &str) -> String {
        if self.is_vietnamese() { written.replace('.', ",") } else { written.to_owned() }
    }
}

/// Day and month with the leading zeros of Decree 30/2020, annex I.
fn decree_30(date: Date) -> (String, String) {
    let month = date.month();
    let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
    (format!("{:02}", date.day()), month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use locales::texts;

    #[test]
    fn counts() {
        let (vi, en) = (Numbers::of(texts("vi")), Numbers::of(texts("en")));
        for (count, written) in
            [(0, "0"), (999, "999"), (1000, "1.000"), (22_471, "22.471"), (1_234_567, "1.234.567")]
        {
            assert_eq!(vi.count(count), written);
            assert_eq!(en.count(count), written.replace('.', ","));
        }
    }

    #[test]
    fn shares_have_two_decimals_and_no_space() {
        let (vi, en) = (Numbers::of(texts("vi")), Numbers::of(texts("en")));
        for (share, written) in [
            (0.0, "0%"),
            (1.0, "100%"),
            (0.999_999, "99,99%"),
            (0.000_01, "0,01%"),
            (22_248.0 / 22_471.0, "99,01%"),
            (9.0 / 22_471.0, "0,04%"),
            (0.5, "50,00%"),
        ] {
            assert_eq!(vi.percent(share), written);
            assert_eq!(en.percent(share), written.replace(',', "."));
        }
        assert_eq!(vi.interval(0.98869, 0.99129), "98,87–99,13%");
        assert_eq!((vi.percent_mark(0.985), vi.percent(f64::NAN)), ("98,5%".into(), "–".into()));
        assert_eq!(vi.percent_mark(0.98), "98%");
        assert_eq!((vi.ratio(3, 2), vi.ratio(22_471, 92_426)), ("150,00%".into(), "24,31%".into()));
        let written = [vi.prose(3), vi.prose(0), vi.prose(10), en.prose(3)];
        assert_eq!(written, ["03", "0", "10", "3"]);
        assert_eq!((vi.points(-0.003), vi.ratio(1, 0)), ("0,30".into(), "–".into()));
    }

    #[test]
    fn parts_of_a_whole_make_a_hundred_percent() {
        let vi = Numbers::of(texts("vi"));
        let case = vi.parts([17_902, 4_346, 173, 41, 9]);
        assert_eq!(case, ["79,67%", "19,34%", "0,77%", "0,18%", "0,04%"]);
        assert_eq!(vi.parts([1, 1, 1]), ["33,34%", "33,33%", "33,33%"]);
        assert_eq!(vi.parts([0, 7]), ["0%", "100%"]);
        assert_eq!(vi.parts([1, 999_999]), ["0,01%", "99,99%"]);
        assert_eq!(vi.parts([0, 0]), ["–", "–"]);
    }

    #[test]
    fn a_difference_has_its_sign_and_nothing_has_none() {
        let vi = Numbers::of(texts("vi"));
        for (share, written) in [
            (0.0123, "+1,23"),
            (-0.0123, "−1,23"),
            (0.0, "0,00"),
            (-0.000_01, "0,00"),
            (0.000_06, "+0,01"),
        ] {
            assert_eq!(vi.signed_points(share), written, "{share}");
        }
    }

    #[test]
    fn days_that_stand_together_are_told_by_the_first_and_the_last() {
        let (vi, en) = (Numbers::of(texts("vi")), Numbers::of(texts("en")));
        let (friday, saturday) = (date(2026, 11, 27), date(2026, 11, 28));
        assert_eq!(vi.days(friday, saturday), "27–28/11");
        assert_eq!(vi.dates(friday, saturday), "27/11–28/11/2026");
        assert_eq!([vi.days(friday, friday), vi.dates(friday, friday)], ["27/11", "27/11/2026"]);
        let english = [en.days(friday, saturday), en.dates(friday, saturday)];
        assert_eq!(english, ["27–28 Nov", "27–28 Nov 2026"]);
        let winter = date(2027, 2, 1);
        assert_eq!(vi.days(saturday, winter), "28/11–01/02");
        assert_eq!(vi.dates(saturday, winter), "28/11/2026–01/02/2027");
        assert_eq!(en.dates(saturday, winter), "28 Nov 2026–1 Feb 2027");
        assert_eq!(en.dates(date(2026, 10, 30), date(2026, 11, 2)), "30 Oct–2 Nov 2026");
    }

    #[test]
    fn dates() {
        let (vi, en) = (Numbers::of(texts("vi")), Numbers::of(texts("en")));
        let (new_year, autumn) = (date(2023, 1, 1), date(2023, 9, 30));
        let summer = date(2024, 6, 5);
        assert_eq!([vi.date(new_year), vi.date(autumn)], ["01/01/2023", "30/09/2023"]);
        assert_eq!([vi.date(summer), en.date(summer)], ["05/06/2024", "5 Jun 2024"]);
        let days = [new_year, autumn, summer, date(2024, 2, 9)];
        let documents = days.map(|day| vi.document_date(day));
        assert_eq!(documents, ["01/01/2023", "30/9/2023", "05/6/2024", "09/02/2024"]);
        assert_eq!(en.document_date(autumn), "30 Sep 2023");
        assert_eq!((vi.day(autumn), en.day(autumn)), ("30/9".into(), "30 Sep".into()));
        assert_eq!(vi.date_long(autumn), "ngày 30 tháng 9 năm 2023");
        assert_eq!(vi.date_long(new_year), "ngày 01 tháng 01 năm 2023");
        assert_eq!(vi.month_short(autumn), "Th9");
        assert_eq!(en.date(new_year), "1 Jan 2023");
        assert_eq!(en.date_long(autumn), "30 September 2023");
        assert_eq!(vi.in_words(5).as_deref(), Some("năm"));
        assert_eq!(en.in_words(5), None);
    }
}
