//! A week of the roster at some counters: what is stored in each cell (a counter's day), and what a
//! form with other entries would change. Entries that are over are history and stay.

use super::duties::{Bounds, begin};
use super::working_days::{WorkingDay, working_week};
use super::workplaces::Workplaces;
use crate::storage::register::Entry;
use crate::storage::roster::Duty;
use crate::storage::{Store, StoreError};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::hours::{Hours, Span};
use std::collections::BTreeSet;

/// By which hours, in which time zone and at which moment a week is looked at.
#[derive(Clone, Copy)]
pub struct RosterClock<'a> {
    /// The centre's hours.
    pub hours: &'a Hours,
    /// Its time zone.
    pub zone: &'a TimeZone,
    /// Now, milliseconds since 1970.
    pub now: i64,
}

impl RosterClock<'_> {
    /// When the last session of a day ends; none where it is closed.
    fn closing(self, day: &WorkingDay) -> Option<i64> {
        let until = day.spans.last()?.until;
        Some(begin(day.date, self.zone) + i64::from(until.minute()) * 60_000)
    }

    /// Whether something can still be planned on a day.
    pub fn is_ahead(self, day: &WorkingDay) -> bool {
        self.closing(day).is_some_and(|closing| closing > self.now)
    }

    /// The Monday of this week, or of the next one where this week's last session is over.
    pub fn usual_monday(self, this: Date) -> Date {
        let ahead = working_week(this, self.hours, 0).iter().any(|day| self.is_ahead(day));
        if ahead { this } else { this.checked_add(7.days()).unwrap_or(this) }
    }
}

/// A week at some counters.
pub struct RosterWeek<'a> {
    /// Its Monday.
    pub monday: Date,
    /// The days that are shown.
    pub days: Vec<WorkingDay>,
    /// The counters that are shown.
    pub counters: Vec<Entry>,
    /// All counters and officers.
    pub workplaces: Workplaces,
    /// By what it is looked at.
    pub clock: RosterClock<'a>,
    /// The entries of the whole centre that hold at some time of the week.
    pub(super) duties: Vec<Duty>,
}

/// What is stored in a cell, in the order of its begin.
#[derive(Default)]
pub struct CellDuties<'a> {
    /// Entries that the form changes.
    pub open: Vec<&'a Duty>,
    /// Entries that are over.
    pub over: Vec<&'a Duty>,
    /// Entries that reach into another day; the form only cancels them.
    pub long: Vec<&'a Duty>,
}

/// One part of a cell in the form: a place for one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPart {
    /// Id of the counter.
    pub counter: i64,
    /// Place of the day in the week, from 0.
    pub day: usize,
    /// Place of the entry in the cell, from 0.
    pub part: usize,
}

/// An entry that was typed. One that is stored already has its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDuty {
    /// Where it was typed.
    pub place: CellPart,
    /// The entry.
    pub duty: Duty,
}

/// What a form would change.
#[derive(Debug, PartialEq, Eq)]
pub struct WeekChange {
    /// Numbers of entries that are cancelled.
    pub cancelled: Vec<i64>,
    /// Entries that are added.
    pub added: Vec<Duty>,
    /// What holds afterwards at some time of the week in the whole centre: first the planned
    /// entries in their order, then all others.
    pub after: Vec<Duty>,
}

impl<'a> RosterWeek<'a> {
    /// Reads a week at the counters of a department, or at all.
    pub async fn of(
        store: &Store,
        workplaces: Workplaces,
        monday: Date,
        department: Option<i64>,
        clock: RosterClock<'a>,
    ) -> Result<Self, StoreError> {
        let own = |one: &&Entry| {
            one.retired_at.is_none() && department.is_none_or(|id| one.department == Some(id))
        };
        let counters: Vec<Entry> = workplaces.counters.iter().filter(own).cloned().collect();
        let whole = working_week(monday, clock.hours, 6);
        let end = whole.last().map_or(0, |day| Bounds::of(day.date, clock.zone).end);
        let mut duties = store.roster(begin(monday, clock.zone)).await?;
        duties.retain(|duty| duty.from < end);
        let shown = |duty: &&Duty| counters.iter().any(|one| one.id == duty.counter);
        let planned = |day: &WorkingDay| {
            let bounds = Bounds::of(day.date, clock.zone);
            duties.iter().filter(shown).any(|duty| bounds.meet(duty))
        };
        // A day on which the centre is closed is shown all the same where somebody is planned.
        let least = whole.iter().rposition(planned).unwrap_or(0);
        let days = working_week(monday, clock.hours, least);
        Ok(Self { monday, days, counters, workplaces, clock, duties })
    }

    /// The last day that is shown.
    pub fn last_day(&self) -> Date {
        self.days.last().map_or(self.monday, |day| day.date)
    }

    /// The bounds of a day.
    pub fn bounds(&self, day: Date) -> Bounds<'a> {
        Bounds::of(day, self.clock.zone)
    }

    /// What is stored in a cell.
    pub fn cell(&self, counter: i64, day: Date) -> CellDuties<'_> {
        let bounds = self.bounds(day);
        let mut cell = CellDuties::default();
        for duty in self.duties.iter().filter(|one| one.counter == counter && bounds.meet(one)) {
            let group = if !bounds.enclose(duty) {
                &mut cell.long
            } else if duty.until <= self.clock.now {
                &mut cell.over
            } else {
                &mut cell.open
            };
            group.push(duty);
        }
        cell
    }

    /// Who usually sits at a counter: the one whom a tablet asks about.
    pub fn usual_officer(&self, counter: i64) -> Option<&Entry> {
        self.workplaces.usual_officers(counter).first().copied()
    }

    /// The counter in use at which an officer is the one who usually sits.
    pub fn own_counter(&self, officer: i64) -> Option<&Entry> {
        let place = self.workplaces.officer(officer)?.place?;
        let own = self.workplaces.counter(place).filter(|one| one.retired_at.is_none())?;
        self.usual_officer(own.id).filter(|one| one.id == officer).map(|_| own)
    }

    /// Whether an entry takes an officer away from their own counter while the centre is open and nobody is
    /// planned there: the tablet there asks about them as well.
    pub(super) fn leaves_own_counter(&self, duty: &Duty, after: &[Duty]) -> bool {
        let own = self.own_counter(duty.officer).filter(|one| one.id != duty.counter);
        let Some(own) = own else { return false };
        let there: Vec<&Duty> = after.iter().filter(|one| one.counter == own.id).collect();
        let spans = self.days.iter().flat_map(|day| {
            let start = begin(day.date, self.clock.zone);
            let moment = move |minute: u16| start + i64::from(minute) * 60_000;
            let hours =
                move |span: &Span| (moment(span.from.minute()), moment(span.until.minute()));
            day.spans.iter().map(hours)
        });
        let mut away = spans.map(|(from, until)| (from.max(duty.from), until.min(duty.until)));
        away.any(|(from, until)| {
            // Nobody sits there from the beginning on, or from the end of an entry there on.
            let ends = there.iter().map(|one| one.until);
            let mut moments = std::iter::once(from).chain(ends);
            moments.any(|moment| {
                let is_planned = |one: &&Duty| (one.from..one.until).contains(&moment);
                (from..until).contains(&moment) && !there.iter().any(is_planned)
            })
        })
    }

    /// Whether anything of the week can still be planned, changed or cancelled.
    pub fn is_open(&self) -> bool {
        let ahead = self.days.iter().any(|day| self.clock.is_ahead(day));
        let shown = |duty: &Duty| self.counters.iter().any(|one| one.id == duty.counter);
        ahead || self.duties.iter().any(|duty| duty.until > self.clock.now && shown(duty))
    }

    /// Whether the week has begun; one that has not and can not be planned is all days off.
    pub fn has_begun(&self) -> bool {
        self.bounds(self.monday).begin <= self.clock.now
    }

    /// What the form is made from, to be compared when it is sent: the counters and their entries.
    pub fn basis(&self) -> (Vec<i64>, Vec<&Duty>) {
        let counters: Vec<i64> = self.counters.iter().map(|one| one.id).collect();
        let duties = self.duties.iter().filter(|duty| counters.contains(&duty.counter)).collect();
        (counters, duties)
    }

    /// What the planned entries would change; `dropped` tells which long entries are to be cancelled.
    pub fn change(&self, planned: &[PlannedDuty], dropped: impl Fn(i64) -> bool) -> WeekChange {
        let kept: BTreeSet<i64> = planned.iter().map(|one| one.duty.num).collect();
        let mut cancelled = BTreeSet::new();
        for (counter, day) in self.counters.iter().flat_map(|one| self.days_of(one)) {
            let cell = self.cell(counter, day);
            let open = cell.open.iter().map(|duty| duty.num);
            cancelled.extend(open.filter(|num| !kept.contains(num)));
            let long = cell.long.iter().filter(|duty| duty.until > self.clock.now);
            cancelled.extend(long.map(|duty| duty.num).filter(|num| dropped(*num)));
        }
        let rest = self.duties.iter();
        let rest = rest.filter(|one| !cancelled.contains(&one.num) && !kept.contains(&one.num));
        let planned = planned.iter().map(|one| &one.duty);
        WeekChange {
            added: planned.clone().filter(|duty| duty.num == 0).cloned().collect(),
            after: planned.chain(rest).cloned().collect(),
            cancelled: cancelled.into_iter().collect(),
        }
    }

    fn days_of(&self, counter: &Entry) -> impl Iterator<Item = (i64, Date)> {
        let id = counter.id;
        self.days.iter().map(move |day| (id, day.date))
    }

    /// Whether others than the usual officer sit at a counter in every session of a day.
    pub fn is_relieved(&self, after: &[Duty], counter: i64, day: &WorkingDay) -> bool {
        let usual = self.usual_officer(counter).map(|one| one.id);
        let start = begin(day.date, self.clock.zone);
        let other = |one: &&Duty| one.counter == counter && Some(one.officer) != usual;
        let others: Vec<&Duty> = after.iter().filter(other).collect();
        let moment = |minute: u16| start + i64::from(minute) * 60_000;
        day.is_open()
            && day.spans.iter().all(|span| {
                let (from, until) = (moment(span.from.minute()), moment(span.until.minute()));
                others.iter().any(|one| one.from <= from && one.until >= until)
            })
    }
}
