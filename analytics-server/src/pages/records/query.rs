//! What the address of a list asks for. Codes outside the viewer's scope are not there; a value
//! that can not be read gets one sentence, and nothing is listed on a guess.

use super::codes::named;
use super::wording::{level_name, rule_name};
use crate::export::word_name;
use crate::moments::local;
use crate::pages::address::{self, given};
use crate::pages::dashboards::filter::{NO_STAGE, SOURCES};
use crate::pages::prelude::*;
use crate::scope::Scope;
use crate::stats::slice::Filter;
use crate::storage::house::Sites;
use crate::storage::records::{FlagFilter, VisitCursor, VisitFilter};
use crate::storage::rows::Directory;
use jiff::ToSpan;
use jiff::civil::Date;
use protocol::{Channel, Level, Stage};
use reports::numbers::Numbers;
use serde::Serialize;
use std::collections::BTreeSet;

/// The fields of the address of a list of visits.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct RecordsQuery {
    pub date: Option<String>,
    pub hour: Option<String>,
    pub weekday: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub department: Option<String>,
    pub counter: Option<String>,
    pub officer: Option<String>,
    pub site: Option<String>,
    pub procedure: Option<String>,
    pub stage: Option<String>,
    pub channel: Option<String>,
    pub source: Option<String>,
    pub level: Option<String>,
    pub reason: Option<String>,
    pub aspect: Option<String>,
    pub judged: Option<String>,
    pub flag: Option<String>,
    pub with: Option<String>,
    pub search: Option<String>,
    pub state: Option<String>,
    pub after: Option<String>,
}

/// What a list shows, and how that is told.
pub(super) struct Reading {
    pub wanted: VisitFilter,
    /// The parts of the head line.
    pub parts: Vec<String>,
    /// What can not be read, a sentence each.
    pub refusals: Vec<String>,
    /// Where the list goes on.
    pub after: Option<VisitCursor>,
    texts: &'static Texts,
}

/// Letters of a typed value that a sentence quotes.
const QUOTED: usize = 40;

/// States that a list can be narrowed to.
pub(super) const STATES: [&str; 6] =
    ["counted", "ruled_out", "open", "handled", "replied", "proposed"];

/// The word of an address for the channel of a dossier that is not known.
const NO_CHANNEL: &str = "unknown";

/// Words of an address for several levels: the word, the key of its name, best and worst level.
pub(super) const LEVEL_RANGES: [(&str, &str, (Level, Level)); 3] = [
    ("low", "records-low", (Level::Dissatisfied, Level::VeryDissatisfied)),
    ("below", "pages-column-below", (Level::Neutral, Level::VeryDissatisfied)),
    ("well", "records-well", (Level::VerySatisfied, Level::Satisfied)),
];

/// The best and the worst level of a word, and what it is called.
fn levels(word: &str, texts: &Texts) -> Option<((Level, Level), String)> {
    if let Some((_, key, levels)) = LEVEL_RANGES.into_iter().find(|one| one.0 == word) {
        return Some((levels, texts.get(key)));
    }
    let level = Level::ALL.into_iter().find(|level| level.name() == word)?;
    Some(((level, level), level_name(level, texts)))
}

impl RecordsQuery {
    /// The address with these fields under a path.
    pub fn address(&self, path: &str) -> String {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let fields = fields.as_object().into_iter().flatten();
        let fields =
            fields.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()));
        address::with_fields(path, fields)
    }

    /// Whether no days are asked for.
    pub fn is_of_any_day(&self) -> bool {
        let days = [&self.date, &self.from, &self.to];
        days.into_iter().all(|field| given(field.as_deref()).is_none())
    }

    /// The filters of the dashboards that the list's own form does not offer, for it to keep.
    pub fn kept(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("site", &self.site),
            ("procedure", &self.procedure),
            ("stage", &self.stage),
            ("channel", &self.channel),
            ("source", &self.source),
            ("weekday", &self.weekday),
            ("aspect", &self.aspect),
            ("judged", &self.judged),
        ];
        fields.into_iter().filter_map(|(name, field)| Some((name, given(field.as_deref())?)))
    }
}

impl Reading {
    /// What an address asks for, nothing outside the scope. `directory` and `sites` are as the
    /// viewer sees them.
    pub fn of(
        context: &Context,
        query: &RecordsQuery,
        directory: &Directory,
        sites: &Sites,
    ) -> PageResult<Self> {
        let departments = match context.viewer.scope() {
            Scope::All => None,
            Scope::Departments(own) => Some(own),
            Scope::Officer(_) => Some(BTreeSet::new()),
        };
        let mut reading = Self {
            wanted: VisitFilter { departments, ..VisitFilter::default() },
            parts: Vec::new(),
            refusals: Vec::new(),
            after: None,
            texts: context.texts,
        };
        reading.read_days(&context.app, query);
        reading.read_hour(query);
        reading.read_place(query, directory, sites)?;
        reading.read_service(query, directory)?;
        reading.read_levels(query);
        reading.read_state(query);
        reading.read_content(query);
        if let Some(after) = given(query.after.as_deref()) {
            let place = after.split_once('.').and_then(|(asked_at, num)| {
                Some(VisitCursor { asked_at: asked_at.parse().ok()?, num: num.parse().ok()? })
            });
            reading.after = Some(place.ok_or(PageError::Request)?);
        }
        Ok(reading)
    }

    /// Adds the sentence of a key to the head line.
    fn part(&mut self, key: &str) {
        self.parts.push(self.texts.get(key));
    }

    fn refuse(&mut self, kind: &str, word: &str) {
        let word: String = word.chars().filter(|one| !one.is_control()).take(QUOTED).collect();
        let key = format!("records-refused-{kind}");
        self.refusals.push(self.texts.with(&key, &[("word", &word)]));
    }

    fn read_days(&mut self, app: &App, query: &RecordsQuery) {
        let (texts, mut days) = (self.texts, [None, None]);
        let fields = [(&query.date, 0), (&query.date, 1), (&query.from, 0), (&query.to, 1)];
        for (field, end) in fields {
            let Some(word) = given(field.as_deref()) else { continue };
            match word.parse::<Date>().ok().filter(|day| (1900..2200).contains(&day.year())) {
                Some(day) => days[end] = Some(day),
                None => self.refuse("day", word),
            }
        }
        self.refusals.dedup();
        let start = |day: Date| {
            let zoned = day.to_zoned(app.zone.clone()).ok()?;
            Some(zoned.timestamp().as_millisecond())
        };
        self.wanted.from = days[0].and_then(start);
        self.wanted.until = days[1].map(|day| day.saturating_add(1.day())).and_then(start);
        let at = self.wanted.from.unwrap_or_else(|| app.clock.now());
        self.wanted.offset = i64::from(local(at, &app.zone).offset().seconds()) * 1_000;
        let numbers = Numbers::of(texts);
        self.parts.extend(match days.map(|day| day.map(|day| numbers.date(day))) {
            [Some(from), Some(to)] if from == to => {
                Some(texts.with("records-part-day", &[("day", &from)]))
            }
            [Some(from), Some(to)] => {
                Some(texts.with("pages-days", &[("from", &from), ("to", &to)]))
            }
            [Some(from), None] => Some(texts.with("records-part-from", &[("day", &from)])),
            [None, Some(to)] => Some(texts.with("records-part-to", &[("day", &to)])),
            [None, None] => None,
        });
    }

    /// The day of the week and the hour of the day.
    fn read_hour(&mut self, query: &RecordsQuery) {
        if let Some(word) = given(query.weekday.as_deref()) {
            match word.parse::<u8>().ok().filter(|day| (1..=7).contains(day)) {
                Some(day) => {
                    self.wanted.weekday = Some(day);
                    self.part(&format!("live-weekday-{day}"));
                }
                None => self.refuse("weekday", word),
            }
        }
        if let Some(word) = given(query.hour.as_deref()) {
            match word.parse::<u8>().ok().filter(|hour| *hour < 24) {
                Some(hour) => {
                    self.wanted.hour = Some(hour);
                    let ends = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
                    self.parts.push(self.texts.with("records-part-hour", &ends));
                }
                None => self.refuse("hour", word),
            }
        }
    }

    fn read_place(
        &mut self,
        query: &RecordsQuery,
        directory: &Directory,
        sites: &Sites,
    ) -> PageResult<()> {
        let mut filter = Filter::default();
        if let Some(one) = named(query.department.as_deref(), |code| directory.department(code))? {
            self.wanted.departments = Some([one.id].into());
            self.parts.push(one.name.clone());
        }
        if let Some(one) = named(query.counter.as_deref(), |code| directory.counter(code))? {
            filter.counter = Some(one.id);
            self.parts.push(one.name.clone());
        }
        if let Some(one) = named(query.officer.as_deref(), |code| directory.officer(code))? {
            self.wanted.officer = Some(one.id);
            self.parts.push(one.name.clone());
        }
        let site = |code: &str| sites.sites.iter().find(|one| one.code == code);
        if let Some(one) = named(query.site.as_deref(), site)? {
            filter.site = Some(one.id);
            self.parts.push(one.name.clone());
        }
        self.wanted.counters = filter.counters(sites);
        Ok(())
    }

    /// What the dashboards' filters know beside the place.
    fn read_service(&mut self, query: &RecordsQuery, directory: &Directory) -> PageResult<()> {
        let texts = self.texts;
        let procedure = |code: &str| directory.procedures.iter().find(|one| one.code == code);
        if let Some(one) = named(query.procedure.as_deref(), procedure)? {
            self.wanted.procedure = Some(one.id);
            self.parts.push(one.name.clone());
        }
        let stage = |word: &str| {
            if word == NO_STAGE {
                return Some((0, texts.get("records-stage-unstated")));
            }
            Some((word.parse::<Stage>().ok()?.code(), word_name("stage", word, texts)))
        };
        if let Some((code, part)) = named(query.stage.as_deref(), stage)? {
            self.wanted.stage = Some(code);
            self.parts.push(part);
        }
        let channel = |word: &str| {
            if word == NO_CHANNEL {
                return Some((0, texts.get("records-channel-unknown")));
            }
            Some((word.parse::<Channel>().ok()?.code(), word_name("channel", word, texts)))
        };
        if let Some((code, part)) = named(query.channel.as_deref(), channel)? {
            self.wanted.channel = Some(code);
            self.parts.push(part);
        }
        let source = |word: &str| SOURCES.into_iter().find(|one| one.0 == word);
        if let Some((word, imported)) = named(query.source.as_deref(), source)? {
            self.wanted.imported = Some(imported);
            self.part(&format!("records-source-{word}"));
        }
        Ok(())
    }

    /// The level of the rating, and an aspect with the level that it was judged with.
    fn read_levels(&mut self, query: &RecordsQuery) {
        if let Some(word) = given(query.level.as_deref()) {
            match levels(word, self.texts) {
                Some((levels, name)) => {
                    self.wanted.levels = Some(levels);
                    self.parts.push(name);
                }
                None => self.refuse("level", word),
            }
        }
        let Some(aspect) = given(query.aspect.as_deref()) else { return };
        let Some(word) = given(query.judged.as_deref()) else {
            let (best, worst) = (Level::VerySatisfied, Level::VeryDissatisfied);
            self.wanted.aspect = Some((aspect.to_owned(), best, worst));
            return;
        };
        match levels(word, self.texts) {
            Some(((best, worst), name)) => {
                self.wanted.aspect = Some((aspect.to_owned(), best, worst));
                self.parts.push(name);
            }
            None => self.refuse("level", word),
        }
    }

    fn read_state(&mut self, query: &RecordsQuery) {
        let Some(word) = given(query.state.as_deref()) else { return };
        match word {
            "counted" => self.wanted.ruled_out = Some(false),
            "open" => self.wanted.handled = Some(false),
            "handled" => self.wanted.handled = Some(true),
            "ruled_out" => self.wanted.ruled_out = Some(true),
            "replied" => self.wanted.replied = true,
            "proposed" => self.wanted.proposed = true,
            word => return self.refuse("state", word),
        }
        self.part(&format!("records-state-{word}"));
    }

    /// The reason, the flags and the comment.
    fn read_content(&mut self, query: &RecordsQuery) {
        self.wanted.reason = given(query.reason.as_deref()).map(str::to_owned);
        match given(query.flag.as_deref()) {
            None => {}
            Some("any") => {
                self.wanted.flag = Some(FlagFilter::Any);
                self.part("records-flagged");
            }
            Some("none") => {
                self.wanted.flag = Some(FlagFilter::None);
                self.part("records-unflagged");
            }
            Some(rule) => {
                self.wanted.flag = Some(FlagFilter::Rule(rule.to_owned()));
                self.parts.push(rule_name(rule, self.texts));
            }
        }
        let searched = given(query.search.as_deref());
        self.wanted.commented =
            given(query.with.as_deref()) == Some("comment") || searched.is_some();
        if let Some(words) = searched {
            let words: String = words.chars().take(QUOTED).collect();
            self.parts.push(self.texts.with("records-part-search", &[("words", &words)]));
        }
    }
}
