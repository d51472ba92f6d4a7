//! Entries of the roster: their days and hours, how they are written, and how they are read.

use super::workplaces::Workplaces;
use crate::centre_time::local;
use crate::form_reader::{FieldErrors, FormReader, FormValues, time_of};
use crate::storage::register::Entry;
use crate::storage::roster::Duty;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use locales::Texts;
use protocol::hours::Time;

/// When a day begins and when it ends at the centre, milliseconds since 1970.
#[derive(Clone, Copy)]
pub struct Bounds<'a> {
    /// Its first moment.
    pub begin: i64,
    /// The first moment of the next one.
    pub end: i64,
    zone: &'a TimeZone,
}

impl<'a> Bounds<'a> {
    /// The begin and the end of a day in this time zone.
    pub fn of(day: Date, zone: &'a TimeZone) -> Self {
        Self { begin: begin(day, zone), end: begin(day.tomorrow().unwrap_or(day), zone), zone }
    }

    /// Whether an entry holds at some time of the day.
    pub fn meet(self, duty: &Duty) -> bool {
        duty.from < self.end && duty.until > self.begin
    }

    /// Whether an entry holds on this day alone.
    pub fn enclose(self, duty: &Duty) -> bool {
        duty.from >= self.begin && duty.until <= self.end
    }

    /// From when to when an entry holds on the day.
    pub fn hours(self, duty: &Duty) -> (String, String) {
        let until_midnight = duty.until >= self.end;
        let until = if until_midnight { "24:00".to_owned() } else { clock(duty.until, self.zone) };
        (clock(duty.from.max(self.begin), self.zone), until)
    }
}

/// When a day begins, milliseconds since 1970.
pub fn begin(day: Date, zone: &TimeZone) -> i64 {
    day.to_zoned(zone.clone()).map_or(0, |day| day.timestamp().as_millisecond())
}

/// The Monday of the week of a day.
pub fn monday_of(day: Date) -> Date {
    let past = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(past.days()).unwrap_or(day)
}

/// A moment's time of day.
fn clock(at: i64, zone: &TimeZone) -> String {
    local(at, zone).strftime("%H:%M").to_string()
}

/// Who has an entry of one day, and when.
pub fn described(duty: &Duty, workplaces: &Workplaces, zone: &TimeZone) -> String {
    let officer = workplaces.officer(duty.officer).map(Entry::named).unwrap_or_default();
    let until = match clock(duty.until, zone) {
        midnight if midnight == "00:00" => "24:00".to_owned(),
        until => until,
    };
    format!("{officer} {}–{until}", clock(duty.from, zone))
}

/// The entry that was typed, with its day. What is over is read like anything else.
pub fn read(
    typed: &FormValues,
    workplaces: &Workplaces,
    zone: &TimeZone,
    texts: &Texts,
) -> Result<(Duty, Date), FieldErrors> {
    let mut form = FormReader::new(typed, texts);
    let counter = workplaces.counter_id(form.text("counter"));
    let officer = workplaces.officer_id(form.text("officer"));
    let day: Option<Date> = form.text("day").parse().ok();
    let (from, until) = (time_of(form.text("from")), time_of(form.text("until")));
    for (name, missing, key) in [
        ("counter", counter.is_none(), "admin-fault-counter"),
        ("officer", officer.is_none(), "admin-fault-officer"),
        ("day", day.is_none(), "admin-fault-day"),
        ("from", from.is_none(), "admin-fault-clock"),
        ("until", until.is_none(), "admin-fault-clock"),
    ] {
        if missing {
            form.fail(name, key);
        }
    }
    let (Some(counter), Some(officer), Some(day), Some(from), Some(until)) =
        (counter, officer, day, from, until)
    else {
        return Err(form.errors);
    };
    let moment = |time: Time| begin(day, zone) + i64::from(time.minute()) * 60_000;
    let duty = Duty { num: 0, counter, officer, from: moment(from), until: moment(until) };
    if from >= until {
        form.fail("until", "admin-fault-until");
    }
    form.finish((duty, day))
}
