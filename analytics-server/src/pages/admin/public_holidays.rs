//! The public holidays of a year (Labour Code 2019, article 112) as lines of a form: those with a fixed
//! date are filled in, those that follow the lunar calendar or the Prime Minister's yearly notice are left
//! for the administrator. A line that is a day off already is not offered again.

use crate::centre::days_off::{DaysOff, span};
use crate::form_reader::{FieldErrors, FormValues};
use crate::pages::form_field::Field;
use jiff::civil::{Date, date};
use locales::Texts;

/// A public holiday: the word in its keys, its month and day where they are fixed, whether it has
/// several days.
struct PublicHoliday {
    word: &'static str,
    fixed: Option<(i8, i8)>,
    has_several: bool,
}

const fn holiday(word: &'static str, fixed: Option<(i8, i8)>, has_several: bool) -> PublicHoliday {
    PublicHoliday { word, fixed, has_several }
}

const HOLIDAYS: [PublicHoliday; 7] = [
    holiday("new-year", Some((1, 1)), false),
    holiday("tet", None, true),
    holiday("hung-kings", None, false),
    holiday("reunification", Some((4, 30)), false),
    holiday("labour", Some((5, 1)), false),
    holiday("national", Some((9, 2)), false),
    // The day before or after it, as the yearly notice says.
    holiday("national-beside", None, false),
];

impl PublicHoliday {
    fn name(&self, texts: &Texts) -> String {
        texts.get(&format!("admin-holiday-{}", self.word))
    }

    /// Its name as it is stored: the centre's list is in Vietnamese.
    fn stored_name(&self) -> String {
        self.name(locales::texts("vi"))
    }

    fn field(&self) -> String {
        format!("holiday-{}", self.word)
    }

    fn until_field(&self) -> String {
        format!("holiday-{}-until", self.word)
    }

    fn date(&self, year: i16) -> Option<Date> {
        self.fixed.map(|(month, day)| date(year, month, day))
    }

    /// Whether a year has it already: by its name, or by its date.
    fn is_known(&self, year: i16, days: &DaysOff) -> bool {
        let name = self.stored_name();
        let named = days.iter().any(|(day, one)| day.year() == year && *one == name);
        named || self.date(year).is_some_and(|day| days.contains_key(&day))
    }
}

/// The fields of the holidays that a year does not have yet.
pub(super) fn fields(
    year: i16,
    days: &DaysOff,
    typed: &FormValues,
    errors: &FieldErrors,
    texts: &Texts,
) -> Vec<Field> {
    let field = |name: &str, label: String, preset: String| Field {
        kind: "date",
        error: errors.get(name).cloned(),
        ..Field::line(name, label, typed.get(name).cloned().unwrap_or(preset), 10)
    };
    let mut fields = Vec::new();
    for one in HOLIDAYS.iter().filter(|one| !one.is_known(year, days)) {
        let (name, label) = (one.field(), one.name(texts));
        let preset = one.date(year).map(|day| day.to_string()).unwrap_or_default();
        let hint = texts.known(&format!("admin-holiday-{}-hint", one.word));
        fields.push(Field { hint, ..field(&name, label.clone(), preset) });
        if one.has_several {
            let label = texts.with("admin-holiday-until", &[("name", &label)]);
            fields.push(field(&one.until_field(), label, String::new()));
        }
    }
    fields
}

/// The days of the lines that are filled in, with their names, or the field that can not be taken and
/// the key of why not.
pub(super) fn read(year: i16, typed: &FormValues) -> Result<DaysOff, (String, &'static str)> {
    let text = |name: &str| typed.get(name).map_or("", |text| text.trim());
    let mut days = DaysOff::new();
    for one in &HOLIDAYS {
        let (name, until_name) = (one.field(), one.until_field());
        let (from, until) = (text(&name), text(&until_name));
        if from.is_empty() && until.is_empty() {
            continue;
        }
        let own = span(from, until).map_err(|(field, key)| {
            (if field == "until" { until_name.clone() } else { name.clone() }, key)
        })?;
        if own.iter().any(|day| day.year() != year) {
            return Err((name, "admin-fault-day-year"));
        }
        days.extend(own.into_iter().map(|day| (day, one.stored_name())));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> FormValues {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_year_is_offered_the_fixed_days_and_lines_for_the_others() {
        let (texts, none) = (locales::texts("vi"), FieldErrors::new());
        let offered = fields(2027, &DaysOff::new(), &FormValues::new(), &none, texts);
        let value = |name: &str| {
            let field = offered.iter().find(|one| one.name == name).unwrap();
            field.value.clone()
        };
        assert_eq!(offered.len(), 8, "Tết has a first and a last day");
        assert_eq!(value("holiday-new-year"), "2027-01-01");
        assert_eq!(value("holiday-national"), "2027-09-02");
        assert_eq!(value("holiday-tet"), "", "nobody computes the lunar calendar here");
        let known = DaysOff::from([
            (date(2027, 1, 1), String::new()),
            (date(2027, 2, 6), "Tết Nguyên đán".to_owned()),
            (date(2026, 9, 2), "Quốc khánh".to_owned()),
        ]);
        let left = fields(2027, &known, &FormValues::new(), &none, texts);
        let names: Vec<&str> = left.iter().map(|one| one.name.as_str()).collect();
        assert!(!names.contains(&"holiday-new-year") && !names.contains(&"holiday-tet"));
        assert!(names.contains(&"holiday-national"), "another year's is another day");
    }

    #[test]
    fn lines_that_are_filled_in_become_days_with_names() {
        let days = read(
            2027,
            &typed(&[
                ("holiday-tet", "2027-02-05"),
                ("holiday-tet-until", "2027-02-09"),
                ("holiday-labour", "2027-05-01"),
                ("holiday-hung-kings", " "),
            ]),
        );
        let days = days.unwrap();
        assert_eq!(days.len(), 6);
        assert_eq!(days[&date(2027, 2, 9)], "Tết Nguyên đán");
        let refused = |pairs: &[(&str, &str)]| read(2027, &typed(pairs)).unwrap_err();
        assert_eq!(refused(&[("holiday-tet", "x")]).1, "admin-fault-day");
        let backwards = [("holiday-tet", "2027-02-05"), ("holiday-tet-until", "2027-02-01")];
        let fault = ("holiday-tet-until".to_owned(), "admin-fault-day-before");
        assert_eq!(refused(&backwards), fault);
        assert_eq!(refused(&[("holiday-tet", "2026-02-17")]).1, "admin-fault-day-year");
        assert_eq!(refused(&[("holiday-tet-until", "2027-02-09")]).0, "holiday-tet");
    }
}
