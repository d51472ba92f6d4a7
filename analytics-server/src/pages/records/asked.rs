//! What the address of a list asks for. Codes outside the viewer's scope are not there; a value
//! that can not be read gets one sentence, and nothing is listed on a guess.

use crate::export::word_name as told;
use crate::moments::local;
use crate::pages::address;
use crate::pages::address::given;
use crate::pages::fault::Fault;
use crate::pages::usual::usual;
use crate::scope::Scope;
use crate::state::App;
use crate::stats::slice::Filter;
use crate::storage::house::Sites;
use crate::storage::records::{
    FlagFilter as FlagWanted, VisitCursor as Place, VisitFilter as Wanted,
};
use crate::storage::rows::Directory;
use jiff::ToSpan;
use jiff::civil::Date;
use locales::Texts;
use protocol::{Channel, Level, Stage};
use reports::numbers::Numbers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The fields of an address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    pub lang: Option<String>,
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
#[derive(Debug, Default)]
pub(in crate::pages) struct Reading {
    pub wanted: Wanted,
    /// The parts of the head line.
    pub parts: Vec<String>,
    /// What can not be read, a sentence each.
    pub refusals: Vec<String>,
    /// Where the list goes on.
    pub after: Option<Place>,
}

/// Letters of a typed value that a sentence quotes.
const QUOTED: usize = 40;

/// States that a list can be narrowed to.
pub(super) const STATES: [&str; 6] =
    ["counted", "ruled_out", "open", "handled", "replied", "proposed"];

/// The word of an address for a stage that was not stated.
pub(in crate::pages) const NO_STAGE: &str = "unstated";
/// The word of an address for the channel of a dossier that is not known.
const NO_CHANNEL: &str = "unknown";
/// Words of an address for how ratings came here, and whether it is from a file.
pub(in crate::pages) const SOURCES: [(&str, bool); 2] = [("tablet", false), ("imported", true)];

/// The best and the worst level of a word, and what it is called.
fn levels(word: &str, texts: &Texts) -> Option<((Level, Level), String)> {
    let named = |key: &str| texts.get(key);
    match word {
        "low" => Some(((Level::Dissatisfied, Level::VeryDissatisfied), named("records-low"))),
        "below" => Some(((Level::Neutral, Level::VeryDissatisfied), named("pages-column-below"))),
        "well" => Some(((Level::VerySatisfied, Level::Satisfied), named("records-well"))),
        _ => {
            let level = Level::ALL.into_iter().find(|level| level.name() == word)?;
            Some(((level, level), named(&format!("level-{word}"))))
        }
    }
}

impl Asked {
    /// The sentences of the language.
    pub fn texts(&self) -> &'static Texts {
        locales::texts(self.lang.as_deref().unwrap_or_else(|| usual()))
    }

    /// The address with these fields under a path.
    pub fn address(&self, path: &str, texts: &Texts) -> String {
        let lang = address::carried(texts).map(str::to_owned);
        let named = Self { lang, ..self.clone() };
        let fields = serde_json::to_value(&named).unwrap_or_default();
        let fields = fields.as_object().into_iter().flatten();
        let said = fields.filter_map(|(name, value)| {
            let text = value.as_str().map(str::trim).filter(|text| !text.is_empty())?;
            Some((name.as_str(), text))
        });
        let query = serde_html_form::to_string(said.collect::<Vec<_>>()).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// What is asked for, nothing outside the scope. `directory` and `sites` are as the viewer sees
    /// them.
    pub fn read(
        &self,
        app: &App,
        scope: &Scope,
        directory: &Directory,
        sites: &Sites,
    ) -> Result<Reading, Fault> {
        let mut reading = Reading::default();
        if let Scope::Departments(own) = scope {
            reading.wanted.departments = Some(own.clone());
        } else if *scope != Scope::All {
            reading.wanted.departments = Some(BTreeSet::new());
        }
        self.read_time(app, &mut reading);
        self.read_place(directory, sites, &mut reading)?;
        self.read_service(directory, &mut reading)?;
        self.read_content(&mut reading);
        if let Some(after) = given(self.after.as_deref()) {
            let place = after.split_once('.').and_then(|(asked_at, num)| {
                Some(Place { asked_at: asked_at.parse().ok()?, num: num.parse().ok()? })
            });
            reading.after = Some(place.ok_or(Fault::Request)?);
        }
        Ok(reading)
    }

    /// Whether no days are asked for.
    pub fn is_of_any_day(&self) -> bool {
        let days = [&self.date, &self.from, &self.to];
        days.into_iter().all(|field| given(field.as_deref()).is_none())
    }

    fn refuse(&self, reading: &mut Reading, kind: &str, word: &str) {
        let word: String = word.chars().filter(|one| !one.is_control()).take(QUOTED).collect();
        let key = format!("records-refused-{kind}");
        reading.refusals.push(self.texts().with(&key, &[("word", &word)]));
    }

    fn read_time(&self, app: &App, reading: &mut Reading) {
        let (texts, mut days) = (self.texts(), [None, None]);
        let fields = [(&self.date, 0), (&self.date, 1), (&self.from, 0), (&self.to, 1)];
        for (field, end) in fields {
            let Some(word) = given(field.as_deref()) else { continue };
            match word.parse::<Date>().ok().filter(|day| (1900..2200).contains(&day.year())) {
                Some(day) => days[end] = Some(day),
                None => self.refuse(reading, "day", word),
            }
        }
        reading.refusals.dedup();
        let start = |day: Date| {
            let zoned = day.to_zoned(app.zone.clone()).ok()?;
            Some(zoned.timestamp().as_millisecond())
        };
        reading.wanted.from = days[0].and_then(start);
        reading.wanted.until = days[1].map(|day| day.saturating_add(1.day())).and_then(start);
        let numbers = Numbers::of(texts);
        match days.map(|day| day.map(|day| numbers.date(day))) {
            [Some(from), Some(to)] if from == to => {
                reading.parts.push(texts.with("records-part-day", &[("day", &from)]));
            }
            [Some(from), Some(to)] => {
                reading.parts.push(texts.with("pages-days", &[("from", &from), ("to", &to)]));
            }
            [Some(from), None] => {
                reading.parts.push(texts.with("records-part-from", &[("day", &from)]));
            }
            [None, Some(to)] => {
                reading.parts.push(texts.with("records-part-to", &[("day", &to)]));
            }
            [None, None] => {}
        }
        let at = reading.wanted.from.unwrap_or_else(|| app.clock.now());
        reading.wanted.offset = i64::from(local(at, &app.zone).offset().seconds()) * 1_000;
        self.read_hour(reading);
    }

    /// The day of the week and the hour of the day.
    fn read_hour(&self, reading: &mut Reading) {
        let texts = self.texts();
        if let Some(word) = given(self.weekday.as_deref()) {
            match word.parse::<u8>().ok().filter(|day| (1..=7).contains(day)) {
                Some(day) => {
                    reading.wanted.weekday = Some(day);
                    reading.parts.push(texts.get(&format!("live-weekday-{day}")));
                }
                None => self.refuse(reading, "weekday", word),
            }
        }
        if let Some(word) = given(self.hour.as_deref()) {
            match word.parse::<u8>().ok().filter(|hour| *hour < 24) {
                Some(hour) => {
                    reading.wanted.hour = Some(hour);
                    let ends = [("from", &*hour.to_string()), ("to", &(hour + 1).to_string())];
                    reading.parts.push(texts.with("records-part-hour", &ends));
                }
                None => self.refuse(reading, "hour", word),
            }
        }
    }

    /// A code that nothing in the viewer's part of the house has is not there.
    fn read_place(
        &self,
        directory: &Directory,
        sites: &Sites,
        reading: &mut Reading,
    ) -> Result<(), Fault> {
        let mut filter = Filter::default();
        if let Some(code) = given(self.department.as_deref()) {
            let department = directory.department(code).ok_or(Fault::Missing)?;
            reading.wanted.departments = Some([department.id].into());
            reading.parts.push(department.name.clone());
        }
        if let Some(code) = given(self.counter.as_deref()) {
            let counter = directory.counter(code).ok_or(Fault::Missing)?;
            filter.counter = Some(counter.id);
            reading.parts.push(counter.name.clone());
        }
        if let Some(code) = given(self.officer.as_deref()) {
            let officer = directory.officer(code).ok_or(Fault::Missing)?;
            reading.wanted.officer = Some(officer.id);
            reading.parts.push(officer.name.clone());
        }
        if let Some(code) = given(self.site.as_deref()) {
            let site = sites.sites.iter().find(|one| one.code == code).ok_or(Fault::Missing)?;
            filter.site = Some(site.id);
            reading.parts.push(site.name.clone());
        }
        reading.wanted.counters = filter.counters(sites);
        Ok(())
    }

    /// What the dashboards' filters know beside the place.
    fn read_service(&self, directory: &Directory, reading: &mut Reading) -> Result<(), Fault> {
        let texts = self.texts();
        if let Some(code) = given(self.procedure.as_deref()) {
            let procedure = directory.procedures.iter().find(|one| one.code == code);
            let procedure = procedure.ok_or(Fault::Missing)?;
            reading.wanted.procedure = Some(procedure.id);
            reading.parts.push(procedure.name.clone());
        }
        if let Some(word) = given(self.stage.as_deref()) {
            let (code, part) = if word == NO_STAGE {
                (0, texts.get("records-stage-unstated"))
            } else {
                let stage: Stage = word.parse().map_err(|_| Fault::Missing)?;
                (stage.code(), told("stage", word, texts))
            };
            reading.wanted.stage = Some(code);
            reading.parts.push(part);
        }
        if let Some(word) = given(self.channel.as_deref()) {
            let (code, part) = if word == NO_CHANNEL {
                (0, texts.get("records-channel-unknown"))
            } else {
                let channel: Channel = word.parse().map_err(|_| Fault::Missing)?;
                (channel.code(), told("channel", word, texts))
            };
            reading.wanted.channel = Some(code);
            reading.parts.push(part);
        }
        if let Some(word) = given(self.source.as_deref()) {
            let source = SOURCES.into_iter().find(|one| one.0 == word).ok_or(Fault::Missing)?;
            reading.wanted.imported = Some(source.1);
            reading.parts.push(texts.get(&format!("records-source-{word}")));
        }
        Ok(())
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

    fn read_content(&self, reading: &mut Reading) {
        let texts = self.texts();
        if let Some(word) = given(self.level.as_deref()) {
            match levels(word, texts) {
                Some((levels, name)) => {
                    reading.wanted.levels = Some(levels);
                    reading.parts.push(name);
                }
                None => self.refuse(reading, "level", word),
            }
        }
        if let Some(aspect) = given(self.aspect.as_deref()) {
            let any = (Level::VerySatisfied, Level::VeryDissatisfied);
            let judged = given(self.judged.as_deref());
            let judged = judged.map_or(Some((any, String::new())), |word| levels(word, texts));
            match judged {
                Some(((best, worst), name)) => {
                    reading.wanted.aspect = Some((aspect.to_owned(), best, worst));
                    reading.parts.extend(Some(name).filter(|name| !name.is_empty()));
                }
                None => self.refuse(reading, "level", self.judged.as_deref().unwrap_or_default()),
            }
        }
        match given(self.state.as_deref()) {
            None => {}
            Some("counted") => reading.wanted.ruled_out = Some(false),
            Some("open") => reading.wanted.handled = Some(false),
            Some("handled") => reading.wanted.handled = Some(true),
            Some("ruled_out") => reading.wanted.ruled_out = Some(true),
            Some("replied") => reading.wanted.replied = true,
            Some("proposed") => reading.wanted.proposed = true,
            Some(word) => self.refuse(reading, "state", word),
        }
        let known = |word: &&str| STATES.contains(word);
        if let Some(word) = given(self.state.as_deref()).filter(known) {
            reading.parts.push(texts.get(&format!("records-state-{word}")));
        }
        reading.wanted.reason = given(self.reason.as_deref()).map(str::to_owned);
        match given(self.flag.as_deref()) {
            None => {}
            Some("any") => {
                reading.wanted.flag = Some(FlagWanted::Any);
                reading.parts.push(texts.get("records-flagged"));
            }
            Some("none") => {
                reading.wanted.flag = Some(FlagWanted::None);
                reading.parts.push(texts.get("records-unflagged"));
            }
            Some(rule) => {
                reading.wanted.flag = Some(FlagWanted::Rule(rule.to_owned()));
                reading.parts.push(super::rule_name(rule, texts));
            }
        }
        let searched = given(self.search.as_deref());
        reading.wanted.commented =
            given(self.with.as_deref()) == Some("comment") || searched.is_some();
        if let Some(words) = searched {
            let words: String = words.chars().take(QUOTED).collect();
            reading.parts.push(texts.with("records-part-search", &[("words", &words)]));
        }
    }
}
