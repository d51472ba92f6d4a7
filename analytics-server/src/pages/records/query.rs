//! What the address of a list asks for. Codes outside the viewer's scope are not there; a value
//! that can not be read gets one sentence, and nothing is listed on a guess. Each filter in force can
//! be told and taken away by itself.

use super::fields::RecordsQuery;
use crate::centre_time::local;
use crate::export::word_name;
use crate::figure_lines;
use crate::pages::address::given;
use crate::pages::dashboards::filter::{NO_STAGE, SOURCES};
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::scope::Scope;
use crate::stats::groups::Dimension;
use crate::stats::slice::Filter;
use crate::storage::rows::Directory;
use crate::storage::sites::Sites;
use crate::storage::visit_filter::{FlagFilter, VisitFilter};
use crate::visits::search::ListPlace;
use crate::visits::wording::{level_name, rule_name};
use jiff::ToSpan;
use jiff::civil::Date;
use protocol::{Channel, Level, Stage};
use reports::numbers::Numbers;
use std::collections::BTreeSet;

/// One filter in force.
pub(super) struct Part {
    /// The fields of the address that it comes from.
    pub fields: &'static [&'static str],
    /// What it is called.
    pub name: String,
}

/// What a list shows, and how that is told.
pub(super) struct Reading {
    pub wanted: VisitFilter,
    /// The filters in force, in the order of the head line.
    pub parts: Vec<Part>,
    /// What can not be read, a sentence each.
    pub refusals: Vec<String>,
    /// Why the days can not be meant, which stands beside their fields.
    pub days_refused: Option<String>,
    /// Which page of it.
    pub place: ListPlace,
    texts: &'static Texts,
}

/// Letters of a typed value that a sentence quotes.
const QUOTED: usize = 40;

/// Narrows a list of visits.
type NarrowVisits = fn(&mut VisitFilter);

/// Words of an address for the state of a visit, and how each narrows a list.
pub(super) const STATES: [(&str, NarrowVisits); 9] = [
    ("counted", |wanted| wanted.ruled_out = Some(false)),
    ("unexamined", |wanted| wanted.examined = Some(false)),
    ("examined", |wanted| wanted.examined = Some(true)),
    ("ruled_out", |wanted| wanted.ruled_out = Some(true)),
    ("open", |wanted| wanted.handled = Some(false)),
    ("handled", |wanted| wanted.handled = Some(true)),
    ("replied", |wanted| wanted.replied = true),
    ("unanswered", |wanted| wanted.unanswered = true),
    ("proposed", |wanted| wanted.proposed = true),
];

/// The filters and the period of the dashboards that the list's own form does not offer, for it to
/// keep.
pub(super) const KEPT: [&str; 9] =
    ["site", "procedure", "stage", "channel", "source", "weekday", "aspect", "judged", "period"];

/// The fields of days, and of an aspect with the level that it was given.
const DAYS: &[&str] = &["date", "from", "to"];
const ASPECT: &[&str] = &["aspect", "judged"];

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
            days_refused: None,
            place: query.place()?,
            texts: context.texts,
        };
        reading.read_days(&context.app, query);
        reading.read_hour(query);
        reading.read_filters(query, directory, sites)?;
        reading.read_levels(query);
        reading.read_content(query);
        Ok(reading)
    }

    /// Whether something can not be read or meant, so that nothing is listed.
    pub fn is_refused(&self) -> bool {
        !self.refusals.is_empty() || self.days_refused.is_some()
    }

    /// The filters in force, in a line.
    pub fn told(&self) -> String {
        self.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(" · ")
    }

    /// One more filter in force, if there is a name for it.
    pub fn tell(&mut self, fields: &'static [&'static str], name: Option<String>) {
        self.parts.extend(name.map(|name| Part { fields, name }));
    }

    /// What a field says; a value that `read` can not read is refused.
    fn read<T>(
        &mut self,
        field: Option<&str>,
        kind: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let word = given(field)?;
        let value = read(word);
        if value.is_none() {
            let word: String = word.chars().filter(|one| !one.is_control()).take(QUOTED).collect();
            let key = format!("records-refused-{kind}");
            self.refusals.push(self.texts.with(&key, &[("word", &word)]));
        }
        value
    }

    /// What a field names, with its name in the head line; a code that `find` does not know is answered
    /// like an address that does not exist. `fields` has the field's own name.
    fn find<T>(
        &mut self,
        fields: &'static [&'static str],
        field: Option<&str>,
        find: impl FnOnce(&str) -> Option<(T, String)>,
    ) -> PageResult<Option<T>> {
        let Some(code) = given(field) else { return Ok(None) };
        let (found, name) = find(code).ok_or(PageError::Missing)?;
        self.tell(fields, Some(name));
        Ok(Some(found))
    }

    /// The same of an entry of the directory.
    fn entry(
        &mut self,
        fields: &'static [&'static str],
        field: Option<&str>,
        dimension: Dimension,
        directory: &Directory,
    ) -> PageResult<Option<i64>> {
        self.find(fields, field, |code| {
            let found = dimension.entries(directory).into_iter().find(|one| one.code == code);
            found.map(|one| (one.id, one.name.to_owned()))
        })
    }

    fn read_days(&mut self, app: &App, query: &RecordsQuery) {
        let (texts, mut days) = (self.texts, [None, None]);
        let day =
            |word: &str| word.parse::<Date>().ok().filter(|day| (1900..2200).contains(&day.year()));
        let fields = [(&query.date, 0), (&query.date, 1), (&query.from, 0), (&query.to, 1)];
        for (field, end) in fields {
            days[end] = self.read(field.as_deref(), "day", day).or(days[end]);
        }
        self.refusals.dedup();
        if let [Some(from), Some(to)] = days
            && to < from
        {
            let numbers = Numbers::of(texts);
            let places = [("from", &*numbers.date(from)), ("to", &*numbers.date(to))];
            self.days_refused = Some(texts.with("records-refused-order", &places));
        }
        let start = |day: Date| {
            let zoned = day.to_zoned(app.zone.clone()).ok()?;
            Some(zoned.timestamp().as_millisecond())
        };
        self.wanted.from = days[0].and_then(start);
        self.wanted.until = days[1].map(|day| day.saturating_add(1.day())).and_then(start);
        let at = self.wanted.from.unwrap_or_else(|| app.clock.now());
        self.wanted.offset = i64::from(local(at, &app.zone).offset().seconds()) * 1_000;
        let part =
            |key: &str, day: Date| texts.with(key, &[("day", &Numbers::of(texts).date(day))]);
        let name = match days {
            [Some(from), Some(to)] if from == to => Some(part("records-part-day", from)),
            [Some(from), Some(to)] => Some(figure_lines::days(from, to, texts)),
            [Some(from), None] => Some(part("records-part-from", from)),
            [None, Some(to)] => Some(part("records-part-to", to)),
            [None, None] => None,
        };
        self.tell(DAYS, name);
    }

    /// The day of the week and the hour of the day.
    fn read_hour(&mut self, query: &RecordsQuery) {
        let texts = self.texts;
        let weekday = |word: &str| word.parse::<u8>().ok().filter(|day| (1..=7).contains(day));
        self.wanted.weekday = self.read(query.weekday.as_deref(), "weekday", weekday);
        let name = |day: u8| texts.get(&format!("weekday-inside-{day}"));
        self.tell(&["weekday"], self.wanted.weekday.map(name));
        let hour = |word: &str| word.parse::<u8>().ok().filter(|hour| *hour < 24);
        self.wanted.hour = self.read(query.hour.as_deref(), "hour", hour);
        let name = |hour: u8| {
            let ends = [("from", &*hour.to_string()), ("to", &*(hour + 1).to_string())];
            texts.with("records-part-hour", &ends)
        };
        self.tell(&["hour"], self.wanted.hour.map(name));
    }

    /// What the dashboards' filters know, the counter and the officer.
    fn read_filters(
        &mut self,
        query: &RecordsQuery,
        directory: &Directory,
        sites: &Sites,
    ) -> PageResult<()> {
        use Dimension as D;
        let texts = self.texts;
        let field = query.department.as_deref();
        let department = self.entry(&["department"], field, D::Departments, directory)?;
        if let Some(id) = department {
            self.wanted.departments = Some([id].into());
        }
        let counter = self.entry(&["counter"], query.counter.as_deref(), D::Counters, directory)?;
        let field = query.officer.as_deref();
        self.wanted.officer = self.entry(&["officer"], field, D::Officers, directory)?;
        let site = self.find(&["site"], query.site.as_deref(), |code| {
            let found = sites.sites.iter().find(|one| one.code == code);
            found.map(|one| (one.id, one.name.clone()))
        })?;
        self.wanted.counters = Filter { site, counter, ..Filter::default() }.counters(sites);
        let field = query.procedure.as_deref();
        self.wanted.procedure = self.entry(&["procedure"], field, D::Procedures, directory)?;
        self.wanted.stage = self.find(&["stage"], query.stage.as_deref(), |word| match word {
            NO_STAGE => Some((0, texts.get("records-stage-unstated"))),
            word => Some((word.parse::<Stage>().ok()?.code(), word_name("stage", word, texts))),
        })?;
        self.wanted.channel =
            self.find(&["channel"], query.channel.as_deref(), |word| match word {
                NO_CHANNEL => Some((0, texts.get("records-channel-unknown"))),
                word => {
                    Some((word.parse::<Channel>().ok()?.code(), word_name("channel", word, texts)))
                }
            })?;
        self.wanted.imported = self.find(&["source"], query.source.as_deref(), |word| {
            let (_, imported) = SOURCES.into_iter().find(|one| one.0 == word)?;
            Some((imported, texts.get(&format!("records-source-{word}"))))
        })?;
        Ok(())
    }

    /// The level of the rating, and an aspect with the level that it was judged with.
    fn read_levels(&mut self, query: &RecordsQuery) {
        let texts = self.texts;
        let level = |word: &str| levels(word, texts);
        let (wanted, name) = self.read(query.level.as_deref(), "level", level).unzip();
        self.wanted.levels = wanted;
        self.tell(&["level"], name);
        let Some(aspect) = given(query.aspect.as_deref()) else { return };
        let (judged, name) = self.read(query.judged.as_deref(), "level", level).unzip();
        let (best, worst) = judged.unwrap_or((Level::VerySatisfied, Level::VeryDissatisfied));
        self.wanted.aspect = Some((aspect.to_owned(), best, worst));
        self.tell(&["judged"], name);
    }

    /// The state, the reason, the flags and the comment.
    fn read_content(&mut self, query: &RecordsQuery) {
        let texts = self.texts;
        let state = |word: &str| STATES.into_iter().find(|one| one.0 == word);
        if let Some((word, narrow)) = self.read(query.state.as_deref(), "state", state) {
            narrow(&mut self.wanted);
            self.tell(&["state"], Some(texts.get(&format!("records-state-{word}"))));
        }
        self.wanted.reason = given(query.reason.as_deref()).map(str::to_owned);
        let (flag, name) = given(query.flag.as_deref())
            .map(|word| match word {
                "any" => (FlagFilter::Any, texts.get("records-flagged")),
                "none" => (FlagFilter::None, texts.get("records-unflagged")),
                rule => (FlagFilter::Rule(rule.to_owned()), rule_name(rule, texts)),
            })
            .unzip();
        self.wanted.flag = flag;
        self.tell(&["flag"], name);
        let with_comment = given(query.with.as_deref()) == Some("comment");
        self.tell(&["with"], with_comment.then(|| texts.get("records-part-commented")));
        let searched = given(query.search.as_deref());
        self.wanted.commented = with_comment || searched.is_some();
        let words = searched.map(|words| {
            let words: String = words.chars().take(QUOTED).collect();
            texts.with("records-part-search", &[("words", &words)])
        });
        self.tell(&["search"], words);
    }

    /// What a questionnaire calls the reason and the aspect that are asked for.
    pub fn tell_questions(&mut self, words: &QuestionnaireWords) {
        self.tell(&["reason"], self.wanted.reason.as_ref().map(|id| words.reason(id)));
        self.tell(ASPECT, self.wanted.aspect.as_ref().map(|(id, ..)| words.aspect(id)));
    }
}
