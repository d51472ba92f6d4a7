//! The grid of a week's form: a row for each counter, and for each of its days the usual officer, what
//! can not be changed any more, fields for what is planned, and warnings beside those that overlap.

use crate::centre::days_off::DaysOff;
use crate::centre_time::{short, weekday};
use crate::form_reader::{FieldErrors, FormValues};
use crate::pages::choices::SELECTED;
use crate::pages::form_field::{Field, FormFields, resolve_entry};
use crate::pages::prelude::*;
use crate::roster::overlaps::{Overlap, OverlapKind, doubled_at_own, holder, overlaps};
use crate::roster::week::{CellPart, PlannedDuty, RosterWeek, WeekChange};
use crate::roster::week_form::{count_parts, drop_field};
use crate::roster::working_days::{Session, WorkingDay};
use crate::roster::{described, name};
use crate::storage::register::Entry;
use crate::storage::roster::Duty;

/// A counter's week.
pub(super) struct CounterRow {
    pub counter: String,
    /// Who usually sits there; empty: nobody.
    pub usual: String,
    /// Others who are said to sit there usually, whom the tablet does not ask about.
    pub others: Option<String>,
    pub cells: Vec<RosterCell>,
}

/// A counter's day.
pub(super) struct RosterCell {
    /// Counter and day, for those who do not see row and column.
    pub title: String,
    /// The centre is closed on this day: why, as far as it is known.
    pub closed: Option<String>,
    /// Others than the usual officer sit there all day.
    pub relieved: bool,
    pub fixed: Vec<FixedDuty>,
    pub parts: Vec<PartFields>,
}

/// An entry that the form does not change.
pub(super) struct FixedDuty {
    pub text: String,
    /// The box that cancels it, and whether it is ticked; none: it is over.
    pub cancel: Option<(String, bool)>,
}

/// The fields of an entry.
pub(super) struct PartFields {
    /// The beginning of its ids.
    pub id: String,
    pub who: Field,
    pub when: Field,
    pub from: Field,
    pub until: Field,
    pub warnings: Vec<String>,
    /// One more, folded away.
    pub spare: bool,
}

/// What was typed as far as it could be read, and what of it overlaps.
pub(super) struct Preview {
    pub planned: Vec<PlannedDuty>,
    pub change: WeekChange,
    overlaps: Vec<Overlap>,
}

impl Preview {
    /// Of entries that were read.
    pub fn of(week: &RosterWeek<'_>, planned: Vec<PlannedDuty>, typed: &FormValues) -> Self {
        let change = week.change(&planned, |num| is_dropped(typed, num));
        let mut overlaps = overlaps(&change.after);
        overlaps.extend(doubled_at_own(week, &change.after));
        Self { planned, change, overlaps }
    }

    /// Overlaps that saving would make, as pairs of entries.
    pub fn fresh(&self) -> Vec<(OverlapKind, &Duty, &Duty)> {
        let pair = |one: &Overlap| {
            let after = &self.change.after;
            (one.kind, &after[one.first], &after[one.second])
        };
        let is_new = |pair: &(OverlapKind, &Duty, &Duty)| pair.1.num == 0 || pair.2.num == 0;
        self.overlaps.iter().map(pair).filter(is_new).collect()
    }
}

fn is_retired(entry: Option<&Entry>) -> bool {
    entry.is_some_and(|one| one.retired_at.is_some())
}

fn is_dropped(typed: &FormValues, num: i64) -> bool {
    typed.get(&drop_field(num)).is_some_and(|tick| tick == "yes")
}

/// Puts codes in the place of names that were typed; the errors of those that several people have.
pub(super) fn resolve_names(
    week: &RosterWeek<'_>,
    typed: &mut FormValues,
    texts: &Texts,
) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for place in places(week, typed) {
        let field = place.field("who");
        if let Some(sentence) = resolve_entry(typed, &field, &week.workplaces.officers, texts) {
            errors.insert(field, sentence);
        }
    }
    errors
}

/// All parts that a form has.
fn places(week: &RosterWeek<'_>, typed: &FormValues) -> Vec<CellPart> {
    let days = 0..week.days.len();
    let cells = week.counters.iter().flat_map(|one| days.clone().map(move |day| (one.id, day)));
    let parts = cells.flat_map(|(counter, day)| {
        let parts = 0..count_parts(typed, counter, day);
        parts.map(move |part| CellPart { counter, day, part })
    });
    parts.collect()
}

/// So many officers are suggested; where there are more, those of the departments of the counters.
const SUGGESTED: usize = 300;

/// The names of those who are suggested, where there are too many for a select, and whether others can be
/// typed.
pub(super) fn suggestions(week: &RosterWeek<'_>) -> Option<(Vec<String>, bool)> {
    let in_use = week.workplaces.officers.iter().filter(|one| one.retired_at.is_none());
    let all: Vec<&Entry> = in_use.collect();
    let is_own = |officer: &&&Entry| {
        week.counters.iter().any(|counter| counter.department == officer.department)
    };
    let named = |one: &&Entry| one.named();
    match all.len() {
        0..=SELECTED => None,
        count if count <= SUGGESTED => Some((all.iter().map(named).collect(), false)),
        _ => Some((all.iter().filter(is_own).take(SUGGESTED).map(named).collect(), true)),
    }
}

/// What the grid is made from.
pub(super) struct Grid<'a> {
    pub texts: &'a Texts,
    pub week: &'a RosterWeek<'a>,
    pub typed: &'a FormValues,
    pub errors: &'a FieldErrors,
    pub preview: Option<&'a Preview>,
    /// Whether officers are chosen in a line with suggestions.
    pub long: bool,
    /// The names of days off.
    pub off: &'a DaysOff,
}

impl Grid<'_> {
    /// Weekday and day.
    pub fn day_name(&self, day: &WorkingDay) -> String {
        format!("{} {}", weekday(day.date, self.texts), day.date.strftime("%d/%m"))
    }

    /// That the centre is closed on a day, and why; none: it is open.
    pub fn closed(&self, day: &WorkingDay) -> Option<String> {
        let name = self.off.get(&day.date).filter(|name| !name.is_empty());
        let closed = || match name {
            Some(name) => self.texts.with("admin-roster-closed-named", &[("name", name)]),
            None => self.texts.get("admin-roster-closed"),
        };
        (!day.is_open()).then(closed)
    }

    /// What a cell is called for those who do not see its row and column.
    pub fn cell_name(&self, counter: &Entry, day: &WorkingDay) -> String {
        format!("{}, {}", counter.named(), self.day_name(day))
    }

    /// Those who are said to sit at a counter usually beside the one whom its tablet asks about.
    fn others(&self, counter: &Entry) -> Option<String> {
        let usual = self.week.workplaces.usual_officers(counter.id);
        let (shown, others) = usual.split_first()?;
        let names: Vec<&str> = others.iter().map(|one| one.name.as_str()).collect();
        let places = [("shown", shown.name.as_str()), ("others", &*names.join(", "))];
        (!names.is_empty()).then(|| self.texts.with("admin-roster-usual-others", &places))
    }

    /// The rows.
    pub fn rows(&self) -> Vec<CounterRow> {
        let row = |counter: &Entry| CounterRow {
            counter: counter.named(),
            usual: name(self.week.usual_officer(counter.id)),
            others: self.others(counter),
            cells: (0..self.week.days.len()).map(|day| self.cell(counter, day)).collect(),
        };
        self.week.counters.iter().map(row).collect()
    }

    fn cell(&self, counter: &Entry, at: usize) -> RosterCell {
        let (week, day) = (self.week, &self.week.days[at]);
        let stored = week.cell(counter.id, day.date);
        let over = stored.over.iter().map(|duty| FixedDuty {
            text: described(duty, &week.workplaces, week.clock.zone),
            cancel: None,
        });
        let long = stored.long.iter().map(|duty| {
            let ahead = duty.until > week.clock.now;
            let field = drop_field(duty.num);
            let ticked = is_dropped(self.typed, duty.num);
            FixedDuty { text: self.long_text(duty), cancel: ahead.then_some((field, ticked)) }
        });
        let relieved = self
            .preview
            .is_some_and(|preview| week.is_relieved(&preview.change.after, counter.id, day));
        RosterCell {
            title: self.cell_name(counter, day),
            closed: self.closed(day),
            relieved,
            fixed: over.chain(long).collect(),
            parts: self.parts(counter.id, at),
        }
    }

    /// An entry with the days from and until which it holds.
    fn long_text(&self, duty: &Duty) -> String {
        let officer = self.week.workplaces.officer(duty.officer);
        let zone = self.week.clock.zone;
        let text =
            format!("{} {} – {}", name(officer), short(duty.from, zone), short(duty.until, zone));
        if duty.until > self.week.clock.now && is_retired(officer) {
            return self.texts.with("admin-roster-retired-entry", &[("entry", &text)]);
        }
        text
    }

    /// The fields of a cell: what was typed, and on a day that is ahead one part more.
    fn parts(&self, counter: i64, at: usize) -> Vec<PartFields> {
        let day = &self.week.days[at];
        let place = |part: usize| CellPart { counter, day: at, part };
        let mut count = count_parts(self.typed, counter, at);
        let is_empty = |part: usize| {
            self.typed.get(&place(part).field("who")).is_none_or(|who| who.trim().is_empty())
        };
        while count > 0 && is_empty(count - 1) {
            count -= 1;
        }
        // An empty cell shows the fields of an entry; more of them are folded away.
        let shown = count.max(1);
        let (shown, all) =
            if self.week.clock.is_ahead(day) { (shown, shown + 1) } else { (count, count) };
        (0..all).map(|part| self.part(place(part), day, part >= shown)).collect()
    }

    fn part(&self, place: CellPart, day: &WorkingDay, spare: bool) -> PartFields {
        let (texts, typed, errors) = (self.texts, self.typed, self.errors);
        let key = |word: &str| format!("admin-roster-{word}");
        let form = FormFields { texts, key, typed, errors };
        let field = |name: &str, word: &str| form.labelled(&place.field(name), word, 5);
        let officers = &self.week.workplaces.officers;
        let who = form.labelled(&place.field("who"), "officer", 600);
        let named = officers.iter().find(|one| one.code == who.value);
        let retired = is_retired(named).then(|| texts.get("admin-roster-retired"));
        let who = if self.long {
            Field { value: named.map_or(who.value.clone(), Entry::named), ..who }
        } else {
            form.entries(who, "admin-roster-nobody", officers)
        };
        let words: Vec<&str> = day.sessions().map(Session::word).collect();
        let option = |word: &str| format!("admin-roster-is-{word}");
        PartFields {
            id: place.field("part"),
            who,
            when: form.choose(field("when", "session"), None, &words, option),
            from: field("from", "from"),
            until: field("until", "until"),
            warnings: retired.into_iter().chain(self.warnings(place, day)).collect(),
            spare,
        }
    }

    /// What overlaps with the entry of a part.
    fn warnings(&self, place: CellPart, day: &WorkingDay) -> Vec<String> {
        let Some(preview) = self.preview else { return Vec::new() };
        let at = preview.planned.iter().position(|one| one.place == place);
        let beside = |one: &Overlap| {
            let other = match at? {
                at if at == one.first => one.second,
                at if at == one.second => one.first,
                _ => return None,
            };
            Some(self.warning(one, &preview.change.after, other, day))
        };
        preview.overlaps.iter().filter_map(beside).collect()
    }

    /// That an entry overlaps with another of all these.
    fn warning(&self, one: &Overlap, after: &[Duty], other: usize, day: &WorkingDay) -> String {
        let holds = name(self.officer(holder(&after[one.first], &after[one.second])));
        let other = &after[other];
        let (from, until) = self.week.bounds(day.date).hours(other);
        let hours = format!("{from}–{until}");
        let workplaces = &self.week.workplaces;
        let (key, named) = match one.kind {
            OverlapKind::Officer => {
                ("admin-roster-twice-officer", workplaces.counter(other.counter))
            }
            OverlapKind::Counter => ("admin-roster-twice-counter", self.officer(other)),
            OverlapKind::Usual => {
                ("admin-roster-twice-usual", self.week.own_counter(other.officer))
            }
        };
        let named = named.map(Entry::named).unwrap_or_default();
        self.texts.with(key, &[("named", &named), ("hours", &hours), ("holds", &holds)])
    }

    fn officer(&self, duty: &Duty) -> Option<&Entry> {
        self.week.workplaces.officer(duty.officer)
    }

    /// The overlaps that saving would make, a sentence each.
    pub fn questions(&self) -> Vec<String> {
        let Some(preview) = self.preview else { return Vec::new() };
        let (texts, workplaces) = (self.texts, &self.week.workplaces);
        let counter = |one: &Duty| name(workplaces.counter(one.counter));
        let officer = |one: &Duty| name(self.officer(one));
        let sentence = |(kind, one, other): (OverlapKind, &Duty, &Duty)| {
            let from = short(one.from.max(other.from), self.week.clock.zone);
            let holds = officer(holder(one, other));
            let (key, subject, first, second) = match kind {
                OverlapKind::Officer => {
                    ("admin-roster-sure-officer", officer(one), counter(one), counter(other))
                }
                OverlapKind::Counter => {
                    ("admin-roster-sure-counter", counter(one), officer(one), officer(other))
                }
                OverlapKind::Usual => {
                    let own = name(self.week.own_counter(one.officer));
                    ("admin-roster-sure-usual", officer(one), counter(one), own)
                }
            };
            let values = [
                ("from", &*from),
                ("subject", &*subject),
                ("one", &*first),
                ("other", &*second),
                ("holds", &*holds),
            ];
            texts.with(key, &values)
        };
        preview.fresh().into_iter().map(sentence).collect()
    }
}
