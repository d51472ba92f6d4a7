//! The roster of a week: who sits at which counter when it is not the usual officer. Entries are
//! added and cancelled, never changed; where two overlap, the one made last holds.

use super::desk::{Desk, Stop};
use super::form::Field;
use super::list::{Choice, done_of};
use super::nouns::Typed;
use crate::moments::local;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::storage::register::{Entry, Noun};
use crate::storage::roster::Duty;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::hours::Time;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Template)]
#[template(path = "admin/rosters.html")]
struct RosterPage {
    shell: Shell,
    admin: String,
    action: String,
    done: Option<String>,
    refusal: Option<String>,
    fields: Vec<Field>,
    week: String,
    before: String,
    after: String,
    upload: String,
    download: String,
    from: String,
    until: String,
    days: Vec<String>,
    counters: Vec<Line>,
}

/// A counter's week.
struct Line {
    counter: String,
    usual: String,
    days: Vec<Vec<Shown>>,
}

/// One entry on one day.
struct Shown {
    officer: String,
    hours: String,
    retired: bool,
    cancel: String,
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    week: String,
}

/// Counters and officers.
pub(super) struct House {
    counters: Vec<Entry>,
    officers: Vec<Entry>,
}

impl House {
    pub(super) async fn of(desk: &Desk) -> Result<Self, Stop> {
        let store = &desk.app.store;
        let counters = store.entries(Noun::Counter).await?;
        Ok(Self { counters, officers: store.entries(Noun::Officer).await? })
    }

    fn officer(&self, duty: &Duty) -> Option<&Entry> {
        self.officers.iter().find(|one| one.id == duty.officer)
    }

    /// Codes of an entry's counter and officer.
    pub(super) fn codes(&self, duty: &Duty) -> (String, String) {
        let counter = self.counters.iter().find(|one| one.id == duty.counter);
        let code = |one: Option<&Entry>| one.map(|one| one.code.clone()).unwrap_or_default();
        (code(counter), code(self.officer(duty)))
    }

    /// Whether an entry is of a day that begins and ends so.
    pub(super) fn is_on(duty: &Duty, (begin, end): (i64, i64)) -> bool {
        duty.from < end && duty.until > begin
    }

    /// From when to when an entry holds on a day that begins and ends so.
    pub(super) fn clocks(desk: &Desk, duty: &Duty, (begin, end): (i64, i64)) -> (String, String) {
        let until = if duty.until >= end { "24:00".to_owned() } else { clock(desk, duty.until) };
        (clock(desk, duty.from.max(begin)), until)
    }

    /// Who has an entry of one day, and when.
    pub(super) fn told(&self, desk: &Desk, duty: &Duty) -> String {
        let officer = self.officer(duty);
        let officer = officer.map(|one| format!("{} · {}", one.code, one.name)).unwrap_or_default();
        let until = match clock(desk, duty.until) {
            midnight if midnight == "00:00" => "24:00".to_owned(),
            until => until,
        };
        format!("{officer} {}–{until}", clock(desk, duty.from))
    }
}

/// A moment's time of day at the centre.
fn clock(desk: &Desk, at: i64) -> String {
    local(at, &desk.app.zone).strftime("%H:%M").to_string()
}

/// The Monday of the week that is asked for: today's unless the address names a day.
fn monday(desk: &Desk) -> Date {
    let asked: Asked = Query::try_from_uri(&desk.uri).map(|Query(asked)| asked).unwrap_or_default();
    let day = asked.week.parse().unwrap_or_else(|_| desk.app.today());
    monday_of(day)
}

pub(super) fn monday_of(day: Date) -> Date {
    let past = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(past.days()).unwrap_or(day)
}

/// When a day begins, milliseconds since 1970.
pub(super) fn begin(day: Date, zone: &TimeZone) -> i64 {
    day.to_zoned(zone.clone()).map_or(0, |day| day.timestamp().as_millisecond())
}

/// `GET /admin/rosters`.
pub(super) async fn show(desk: Desk) -> Response {
    let shown = page(&desk, monday(&desk), &Typed::new(), BTreeMap::new(), None).await;
    desk.answer(shown)
}

pub(super) type Faults = BTreeMap<&'static str, String>;

async fn page(
    desk: &Desk,
    monday: Date,
    typed: &Typed,
    faults: Faults,
    refusal: Option<String>,
) -> Result<Response, Stop> {
    let house = House::of(desk).await?;
    let days: Vec<Date> = (0..7).filter_map(|at| monday.checked_add(at.days()).ok()).collect();
    let bounds: Vec<(i64, i64)> = days
        .iter()
        .map(|day| {
            let next = day.tomorrow().unwrap_or(*day);
            (begin(*day, &desk.app.zone), begin(next, &desk.app.zone))
        })
        .collect();
    let duties = desk.app.store.roster(bounds.first().map_or(0, |one| one.0)).await?;
    let other = |weeks: i64| {
        let there = monday.checked_add(weeks.weeks()).unwrap_or(monday);
        desk.to(&format!("/admin/rosters?week={there}"))
    };
    let span = days.first().zip(days.last()).map(|(first, last)| {
        format!("{} – {}", first.strftime("%d/%m"), last.strftime("%d/%m/%Y"))
    });
    let named = |(at, day): (usize, &Date)| {
        format!("{} {}", desk.say(&format!("admin-weekday-{}", at + 1)), day.strftime("%d/%m"))
    };
    let counters = house.counters.iter().filter(|one| one.retired_at.is_none());
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = RosterPage {
        shell: desk.shell(desk.say("admin-rosters"), "/admin/rosters"),
        admin: desk.to("/admin"),
        action: desk.to(&format!("/admin/rosters?week={monday}")),
        done: done_of(desk),
        refusal,
        fields: fields(desk, &house, monday, typed, &faults),
        week: span.unwrap_or_default(),
        before: other(-1),
        after: other(1),
        upload: desk.to("/admin/rosters/upload"),
        download: "/admin/rosters/download".to_owned(),
        from: monday.to_string(),
        until: days.last().unwrap_or(&monday).to_string(),
        days: days.iter().enumerate().map(named).collect(),
        counters: counters
            .map(|counter| line(desk, &house, counter, &duties, &bounds, monday))
            .collect(),
    };
    Ok(answer(status, shown.render()))
}

fn line(
    desk: &Desk,
    house: &House,
    counter: &Entry,
    duties: &[Duty],
    bounds: &[(i64, i64)],
    monday: Date,
) -> Line {
    let of_day = |bounds: &(i64, i64)| {
        let own =
            duties.iter().filter(|duty| duty.counter == counter.id && House::is_on(duty, *bounds));
        let shown = own.map(|duty| {
            let officer = house.officer(duty);
            let (from, until) = House::clocks(desk, duty, *bounds);
            Shown {
                officer: officer.map(|one| one.name.clone()).unwrap_or_default(),
                hours: format!("{from}–{until}"),
                retired: officer.is_some_and(|one| one.retired_at.is_some()),
                cancel: desk.to(&format!("/admin/rosters/{}/cancel?week={monday}", duty.num)),
            }
        });
        shown.collect()
    };
    // Officers come by their codes: the first one of a counter is who a tablet asks about.
    let usual =
        house.officers.iter().find(|one| one.place == Some(counter.id) && one.retired_at.is_none());
    Line {
        counter: format!("{} · {}", counter.code, counter.name),
        usual: usual.map(|one| one.name.clone()).unwrap_or_default(),
        days: bounds.iter().map(of_day).collect(),
    }
}

fn fields(desk: &Desk, house: &House, monday: Date, typed: &Typed, faults: &Faults) -> Vec<Field> {
    let value =
        |name: &str, usual: &str| typed.get(name).cloned().unwrap_or_else(|| usual.to_owned());
    let field = |name: &'static str, value: String, kind: &'static str, all: Option<&[Entry]>| {
        let none = Choice { value: String::new(), name: desk.say("admin-choose"), chosen: false };
        let offered = all.unwrap_or_default().iter().filter(|one| one.retired_at.is_none());
        let offered = offered.map(|one| Choice {
            value: one.code.clone(),
            name: format!("{} · {}", one.code, one.name),
            chosen: one.code == value,
        });
        Field {
            name: name.to_owned(),
            label: desk.say(&format!("admin-roster-{name}")),
            hint: None,
            kind,
            limit: 64,
            choices: all
                .map(|_| std::iter::once(none).chain(offered).collect())
                .unwrap_or_default(),
            fault: faults.get(name).cloned(),
            fixed: false,
            value,
        }
    };
    let day = desk.app.today().max(monday).to_string();
    vec![
        field("counter", value("counter", ""), "text", Some(&house.counters)),
        field("officer", value("officer", ""), "text", Some(&house.officers)),
        field("day", value("day", &day), "date", None),
        field("from", value("from", "07:00"), "text", None),
        field("until", value("until", "17:00"), "text", None),
    ]
}

/// `POST /admin/rosters`.
pub(super) async fn add(desk: Desk, posted: Posted<Typed>) -> Response {
    let added = async {
        let house = House::of(&desk).await?;
        let typed = &posted.form;
        let now = desk.now();
        let read = read(&desk, &house, typed).and_then(|(duty, day)| {
            let over = || Faults::from([("day", desk.say("admin-fault-past"))]);
            if duty.until <= now { Err(over()) } else { Ok((duty, day)) }
        });
        let (duty, day) = match read {
            Ok(read) => read,
            Err(faults) => {
                let refusal = Some(desk.say("admin-fault-form"));
                return page(&desk, monday(&desk), typed, faults, refusal).await;
            }
        };
        desk.app.store.add_duty(&duty, &posted.viewer.actor(), now).await?;
        Ok(desk.done(&format!("/admin/rosters?week={}", monday_of(day)), "added"))
    };
    desk.answer(added.await)
}

/// The entry that was typed, with its day. What is over is read like anything else.
pub(super) fn read(desk: &Desk, house: &House, typed: &Typed) -> Result<(Duty, Date), Faults> {
    let text = |name: &str| typed.get(name).map_or("", |text| text.trim());
    let known = |all: &[Entry], code: &str| {
        all.iter().find(|one| one.code == code && one.retired_at.is_none()).map(|one| one.id)
    };
    let mut faults = Faults::new();
    let mut fault = |name, key: &str| drop(faults.insert(name, desk.say(key)));
    let counter = known(&house.counters, text("counter"));
    let officer = known(&house.officers, text("officer"));
    let day: Option<Date> = text("day").parse().ok();
    let time = |name: &str| {
        let text = text(name);
        let padded = if text.find(':') == Some(1) { format!("0{text}") } else { text.to_owned() };
        padded.parse::<Time>().ok()
    };
    let (from, until) = (time("from"), time("until"));
    for (name, missing, key) in [
        ("counter", counter.is_none(), "admin-fault-counter"),
        ("officer", officer.is_none(), "admin-fault-officer"),
        ("day", day.is_none(), "admin-fault-day"),
        ("from", from.is_none(), "admin-fault-clock"),
        ("until", until.is_none(), "admin-fault-clock"),
    ] {
        if missing {
            fault(name, key);
        }
    }
    let (Some(counter), Some(officer), Some(day), Some(from), Some(until)) =
        (counter, officer, day, from, until)
    else {
        return Err(faults);
    };
    let moment = |time: Time| begin(day, &desk.app.zone) + i64::from(time.minute()) * 60_000;
    let duty = Duty { num: 0, counter, officer, from: moment(from), until: moment(until) };
    if from >= until {
        fault("until", "admin-fault-until");
    }
    if faults.is_empty() { Ok((duty, day)) } else { Err(faults) }
}

/// `POST /admin/rosters/{num}/cancel`.
pub(super) async fn cancel(
    desk: Desk,
    Path(num): Path<String>,
    posted: Posted<Pressed>,
) -> Response {
    let cancelled = async {
        let num: i64 = num.parse().map_err(|_| Fault::Missing)?;
        if !desk.app.store.cancel_duty(num, &posted.viewer.actor(), desk.now()).await? {
            return Err(Fault::Missing.into());
        }
        Ok(desk.done(&format!("/admin/rosters?week={}", monday(&desk)), "saved"))
    };
    desk.answer(cancelled.await)
}
