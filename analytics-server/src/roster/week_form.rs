//! The form of a week: its fields from what is stored or from the week before, and the entries that
//! were typed into it. Officers stand there by their codes.

use super::duties::{Bounds, begin};
use super::week::{CellDuties, CellPart, PlannedDuty, RosterWeek};
use super::working_days::{Session, WorkingDay};
use super::workplaces::code;
use crate::form_reader::{FieldErrors, FormReader, FormValues, time_of};
use crate::storage::roster::Duty;
use jiff::ToSpan;
use locales::Texts;
use protocol::hours::{Span, Time};

impl CellPart {
    /// The name of a field.
    pub fn field(self, word: &str) -> String {
        let Self { counter, day, part } = self;
        format!("c{counter}-d{day}-p{part}-{word}")
    }

    /// The part to which a field belongs.
    pub fn of_field(name: &str) -> Option<Self> {
        let mut parts = name.split('-');
        let counter = parts.next()?.strip_prefix('c')?.parse().ok()?;
        let day = parts.next()?.strip_prefix('d')?.parse().ok()?;
        let part = parts.next()?.strip_prefix('p')?.parse().ok()?;
        Some(Self { counter, day, part })
    }
}

/// The field that cancels an entry which reaches into another day.
pub fn drop_field(num: i64) -> String {
    format!("drop-{num}")
}

/// How many parts of a cell a form has.
pub fn count_parts(typed: &FormValues, counter: i64, day: usize) -> usize {
    let place = |part: usize| CellPart { counter, day, part };
    (0..typed.len()).take_while(|part| typed.contains_key(&place(*part).field("who"))).count()
}

/// What a form took of the week before, and what it did not although the cell was free.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Entries that were filled in.
    pub filled: usize,
    /// Entries of those who do not serve any more.
    pub retired: usize,
    /// Entries of a weekday that is a day off this time.
    pub closed: usize,
    /// Entries that reach into another day.
    pub long: usize,
}

impl RosterWeek<'_> {
    /// The fields of what is stored.
    pub fn typed(&self) -> FormValues {
        let mut typed = FormValues::new();
        for counter in &self.counters {
            for (at, day) in self.days.iter().enumerate() {
                for (part, duty) in self.cell(counter.id, day.date).open.iter().enumerate() {
                    let place = CellPart { counter: counter.id, day: at, part };
                    self.put(&mut typed, place, duty, self.bounds(day.date));
                }
            }
        }
        typed
    }

    /// Fills the fields of a part with an entry of a day with these bounds.
    fn put(&self, typed: &mut FormValues, place: CellPart, duty: &Duty, bounds: Bounds<'_>) {
        let who = code(self.workplaces.officer(duty.officer));
        let (from, until) = bounds.hours(duty);
        let session = self.days[place.day].session_of(&from, &until);
        typed.insert(place.field("who"), who);
        typed.insert(place.field("when"), session.word().to_owned());
        if session == Session::Other {
            typed.insert(place.field("from"), from);
            typed.insert(place.field("until"), until);
        }
    }

    /// Fills the cells in which nobody is typed with what holds in the week before; how many entries, and
    /// how many were left out. What would be over already is not missed by anybody.
    pub fn copy(&self, before: &[Duty], typed: &mut FormValues) -> Copied {
        let mut copied = Copied::default();
        for counter in &self.counters {
            for (at, day) in self.days.iter().enumerate() {
                let place = |part: usize| CellPart { counter: counter.id, day: at, part };
                let parts = count_parts(typed, counter.id, at);
                let is_typed = |part: usize| {
                    typed.get(&place(part).field("who")).is_some_and(|who| !who.trim().is_empty())
                };
                let Ok(source) = day.date.checked_sub(7.days()) else { continue };
                let is_past = self.bounds(day.date).end <= self.clock.now;
                let is_closing = day.is_open() && !self.clock.is_ahead(day);
                if is_past || is_closing || (0..parts).any(is_typed) {
                    continue;
                }
                let bounds = self.bounds(source);
                let later = self.bounds(day.date).begin - bounds.begin;
                let own = before.iter().filter(|one| {
                    one.counter == counter.id
                        && bounds.meet(one)
                        && one.until + later > self.clock.now
                });
                let mut part = 0;
                for duty in own {
                    if !day.is_open() {
                        copied.closed += 1;
                    } else if !bounds.enclose(duty) {
                        // Once, and not on each of its days.
                        copied.long += usize::from(duty.from >= bounds.begin);
                    } else if !self.serves(duty.officer) {
                        copied.retired += 1;
                    } else {
                        self.put(typed, place(part), duty, bounds);
                        part += 1;
                    }
                }
                copied.filled += part;
            }
        }
        copied
    }

    fn serves(&self, officer: i64) -> bool {
        self.workplaces.officer(officer).is_some_and(|one| one.retired_at.is_none())
    }

    /// The entries that were typed, or what is wrong with them field by field.
    pub fn read(&self, typed: &FormValues, texts: &Texts) -> Result<Vec<PlannedDuty>, FieldErrors> {
        let mut reader = WeekReader { week: self, form: FormReader::new(typed, texts) };
        let mut planned = Vec::new();
        for counter in &self.counters {
            for day in 0..self.days.len() {
                let parts = 0..count_parts(typed, counter.id, day);
                let places = parts.map(|part| CellPart { counter: counter.id, day, part });
                planned.extend(places.filter_map(|place| reader.part(place)));
            }
        }
        reader.form.finish(planned)
    }
}

/// Reads the parts of a form.
struct WeekReader<'a> {
    week: &'a RosterWeek<'a>,
    form: FormReader<'a>,
}

impl WeekReader<'_> {
    /// The entry of a part; none where nobody is typed or something is wrong.
    fn part(&mut self, place: CellPart) -> Option<PlannedDuty> {
        let week = self.week;
        let who = self.form.text(&place.field("who"));
        if who.is_empty() {
            return None;
        }
        let day = &week.days[place.day];
        let cell = week.cell(place.counter, day.date);
        let (officer, span) = (self.officer(place, who, &cell), self.span(place, day));
        let (officer, span) = officer.zip(span)?;
        let start = begin(day.date, week.clock.zone);
        let moment = |time: Time| start + i64::from(time.minute()) * 60_000;
        let (from, until) = (moment(span.from), moment(span.until));
        let duty = Duty { num: 0, counter: place.counter, officer, from, until };
        let is_same = |one: &Duty| Duty { num: 0, ..one.clone() } == duty;
        let stored = cell.open.iter().chain(&cell.over).find(|one| is_same(one));
        if let Some(stored) = stored {
            return Some(PlannedDuty { place, duty: (*stored).clone() });
        }
        // Who does not serve any more stays in an entry as it is, and gets no other one.
        if !week.serves(officer) {
            self.form.fail(&place.field("who"), "admin-fault-officer");
        }
        if until <= week.clock.now {
            self.form.fail(&place.field("when"), "admin-fault-past");
        }
        Some(PlannedDuty { place, duty })
    }

    /// The officer of a code. Somebody who does not serve any more stays where the form has them from.
    fn officer(&mut self, place: CellPart, code: &str, cell: &CellDuties<'_>) -> Option<i64> {
        let workplaces = &self.week.workplaces;
        let is_named =
            |duty: &&&Duty| workplaces.officer(duty.officer).is_some_and(|one| one.code == code);
        let stays = || cell.open.iter().chain(&cell.over).find(is_named).map(|duty| duty.officer);
        let officer = workplaces.officer_id(code).or_else(stays);
        if officer.is_none() {
            self.form.fail(&place.field("who"), "admin-fault-officer");
        }
        officer
    }

    fn span(&mut self, place: CellPart, day: &WorkingDay) -> Option<Span> {
        let session = self.form.choice(&place.field("when"), Session::of_word)?;
        if session != Session::Other {
            let span = day.span(session);
            if span.is_none() {
                self.form.fail(&place.field("when"), "admin-fault-choice");
            }
            return span;
        }
        let (from, until) = (self.time(place, "from"), self.time(place, "until"));
        let (from, until) = from.zip(until)?;
        if from >= until {
            self.form.fail(&place.field("until"), "admin-fault-until");
            return None;
        }
        Some(Span { from, until })
    }

    /// The time of a field; an error at this field where it can not be read.
    fn time(&mut self, place: CellPart, word: &str) -> Option<Time> {
        let field = place.field(word);
        let time = time_of(self.form.text(&field));
        if time.is_none() {
            self.form.fail(&field, "admin-fault-clock");
        }
        time
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::Workplaces;
    use crate::roster::overlaps::doubled_at_own;
    use crate::roster::week::RosterClock;
    use crate::roster::working_days::working_week;
    use crate::storage::register::Entry;
    use jiff::civil::{Date, date};
    use jiff::tz::TimeZone;
    use protocol::hours::Hours;

    const MONDAY: Date = date(2026, 11, 23);

    /// A moment of a day of the week, Monday is 0.
    fn at(day: i64, hour: i64, minute: i64) -> i64 {
        let date = MONDAY.checked_add(day.days()).unwrap();
        begin(date, &TimeZone::UTC) + (hour * 60 + minute) * 60_000
    }

    fn duty(num: i64, counter: i64, officer: i64, day: i64, hours: (i64, i64)) -> Duty {
        Duty { num, counter, officer, from: at(day, hours.0, 0), until: at(day, hours.1, 0) }
    }

    /// A week of two counters, looked at on Tuesday at ten.
    fn week<'a>(hours: &'a Hours, zone: &'a TimeZone, duties: Vec<Duty>) -> RosterWeek<'a> {
        let entries = |letter: &str| -> Vec<Entry> {
            let entry = |id: i64| Entry {
                id,
                code: format!("{letter}{id}"),
                name: format!("Tên {id}"),
                ..Entry::default()
            };
            (1..=3).map(entry).collect()
        };
        let workplaces = Workplaces { counters: entries("Q"), officers: entries("CC") };
        RosterWeek {
            monday: MONDAY,
            days: working_week(MONDAY, hours, 0),
            counters: workplaces.counters[..2].to_vec(),
            workplaces,
            clock: RosterClock { hours, zone, now: at(1, 10, 0) },
            duties,
        }
    }

    fn put(typed: &mut FormValues, place: (i64, usize, usize), fields: &[(&str, &str)]) {
        let (counter, day, part) = place;
        for (word, value) in fields {
            typed.insert(CellPart { counter, day, part }.field(word), (*value).to_owned());
        }
    }

    #[test]
    fn a_week_reads_as_it_was_written_and_changes_nothing() {
        let (hours, zone, texts) = (Hours::usual(), TimeZone::UTC, locales::texts("vi"));
        let stored = vec![
            duty(1, 1, 2, 1, (7, 9)),
            duty(2, 1, 2, 1, (7, 17)),
            duty(3, 2, 3, 4, (8, 9)),
            duty(4, 3, 3, 4, (8, 9)),
        ];
        let week = week(&hours, &zone, stored);
        let typed = week.typed();
        assert_eq!(typed["c1-d1-p0-when"], "whole");
        assert_eq!((&*typed["c2-d4-p0-who"], &*typed["c2-d4-p0-from"]), ("CC3", "08:00"));
        let planned = week.read(&typed, texts).unwrap();
        assert_eq!(planned.iter().map(|one| one.duty.num).collect::<Vec<_>>(), [2, 3]);
        let change = week.change(&planned, |_| false);
        assert_eq!((change.cancelled, change.added), (vec![], vec![]));
        let mut after: Vec<i64> = change.after.iter().map(|one| one.num).collect();
        after.sort_unstable();
        assert_eq!(after, [1, 2, 3, 4], "what is over and other counters stay");
    }

    #[test]
    fn what_is_typed_takes_the_place_of_what_was_stored() {
        let (hours, zone, texts) = (Hours::usual(), TimeZone::UTC, locales::texts("vi"));
        let week = week(&hours, &zone, vec![duty(7, 1, 2, 2, (7, 17))]);
        let mut typed = week.typed();
        put(&mut typed, (1, 2, 0), &[("who", "CC3")]);
        put(&mut typed, (2, 3, 0), &[("who", "CC2"), ("when", "afternoon")]);
        put(&mut typed, (2, 3, 1), &[("who", ""), ("when", "whole")]);
        let planned = week.read(&typed, texts).unwrap();
        let change = week.change(&planned, |_| false);
        assert_eq!(change.cancelled, [7]);
        let afternoon =
            Duty { num: 0, counter: 2, officer: 2, from: at(3, 13, 30), until: at(3, 17, 0) };
        assert_eq!(change.added, [duty(0, 1, 3, 2, (7, 17)), afternoon]);
        typed.insert("c1-d2-p0-who".into(), String::new());
        let planned = week.read(&typed, texts).unwrap();
        assert_eq!(week.change(&planned, |_| false).cancelled, [7], "emptied, it is cancelled");
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let (hours, zone, texts) = (Hours::usual(), TimeZone::UTC, locales::texts("vi"));
        let week = week(&hours, &zone, Vec::new());
        for (fields, field) in [
            (&[("who", "CC9"), ("when", "whole")][..], "c1-d2-p0-who"),
            (&[("when", "night")][..], "c1-d2-p0-when"),
            (&[("when", "other"), ("from", "7"), ("until", "8:00")][..], "c1-d2-p0-from"),
            (&[("when", "other"), ("from", "15:00"), ("until", "14h")][..], "c1-d2-p0-until"),
            (&[("when", "other"), ("from", "8:00"), ("until", "8:00")][..], "c1-d2-p0-until"),
        ] {
            let mut typed = FormValues::new();
            put(&mut typed, (1, 2, 0), &[("who", "CC1")]);
            put(&mut typed, (1, 2, 0), fields);
            let errors = week.read(&typed, texts).unwrap_err();
            assert_eq!(errors.keys().collect::<Vec<_>>(), [field], "{fields:?}");
        }
        let mut typed = FormValues::new();
        put(&mut typed, (1, 0, 0), &[("who", "CC1"), ("when", "whole")]);
        let errors = week.read(&typed, texts).unwrap_err();
        assert!(errors["c1-d0-p0-when"].contains("đã qua"), "Monday is over: {errors:?}");
    }

    #[test]
    fn who_leaves_their_own_counter_to_nobody_sits_at_two() {
        let (hours, zone) = (Hours::usual(), TimeZone::UTC);
        let mut week = week(&hours, &zone, Vec::new());
        week.workplaces.officers[0].place = Some(1);
        week.workplaces.officers[1].place = Some(1);
        let doubled = |after: &[Duty]| doubled_at_own(&week, after).len();
        let away = || duty(0, 2, 1, 2, (7, 11));
        assert_eq!(doubled(&[away()]), 1);
        assert_eq!(doubled(&[away(), duty(0, 1, 3, 2, (7, 9))]), 1, "from nine on nobody is there");
        assert_eq!(doubled(&[away(), duty(0, 1, 3, 2, (7, 17))]), 0, "somebody else is there");
        assert_eq!(doubled(&[duty(0, 2, 2, 2, (7, 11))]), 0, "the tablet asks about another one");
        assert_eq!(doubled(&[duty(0, 1, 1, 2, (7, 11))]), 0, "it is their own");
        assert_eq!(doubled(&[duty(0, 2, 1, 2, (12, 13))]), 0, "no tablet asks at noon");
    }

    #[test]
    fn who_does_not_serve_any_more_stays_and_gets_no_other_entry() {
        let (hours, zone, texts) = (Hours::usual(), TimeZone::UTC, locales::texts("vi"));
        let mut week = week(&hours, &zone, vec![duty(7, 1, 2, 2, (7, 17))]);
        week.workplaces.officers[1].retired_at = Some(1);
        let mut typed = week.typed();
        assert_eq!(week.read(&typed, texts).unwrap().len(), 1, "as it is");
        put(&mut typed, (1, 2, 0), &[("when", "morning")]);
        let errors = week.read(&typed, texts).unwrap_err();
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["c1-d2-p0-who"]);
    }

    #[test]
    fn the_week_before_fills_only_empty_cells_that_are_ahead() {
        let (hours, zone) = (Hours::usual(), TimeZone::UTC);
        let mut week = week(&hours, &zone, vec![duty(9, 1, 1, 3, (7, 17))]);
        week.workplaces.officers[2].retired_at = Some(1);
        let before =
            |num, counter, officer, day: i64| duty(num, counter, officer, day - 7, (7, 17));
        let stored =
            [before(1, 1, 2, 0), before(2, 1, 2, 2), before(3, 1, 2, 3), before(4, 2, 3, 2)];
        let mut typed = week.typed();
        let copied = Copied { filled: 1, retired: 1, ..Copied::default() };
        assert_eq!(week.copy(&stored, &mut typed), copied, "what is left out is counted");
        assert_eq!((&*typed["c1-d2-p0-who"], &*typed["c1-d2-p0-when"]), ("CC2", "whole"));
        assert_eq!(typed["c1-d3-p0-who"], "CC1", "what is typed stays");
        assert!(!typed.contains_key("c1-d0-p0-who"), "Monday is over");
        assert!(!typed.contains_key("c2-d2-p0-who"), "who does not serve any more");
        let again = Copied { retired: 1, ..Copied::default() };
        assert_eq!(week.copy(&stored, &mut typed), again, "once");
    }
}
