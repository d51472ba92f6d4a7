//! Publication with small groups withheld (suppression in statistical disclosure control): what is
//! published, on the public page, on the hall's screen, to programs without the scope that
//! verifies, in documents for publication, and to an officer about themself. All of them read the
//! same stored steps, so that the difference of two of them shows nothing that was not published.
//! `docs/decisions.md` says which rules hold and why.

mod answers;
mod groups;
pub mod officer;
mod periods;
mod steps;
mod wording;

#[cfg(test)]
mod tests;

pub use answers::{Answers, ResponseCounts};
pub use periods::PublishedFigures;
pub use wording::{PublishedFact, PublishedResults, too_few};

use crate::clock::random;
use crate::period::Span;
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::{Filter, Slice};
use crate::storage::StoreError;
use crate::storage::published::{ItemKind, NewItem, NewStep, StoredStep};
use crate::storage::records::Record;
use crate::storage::visit_filter::VisitFilter;
use jiff::ToSpan as _;
use jiff::civil::Date;
use reports::figures::{Figures, Group, POOLED, Period, Ratings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steps::{Current, PublishedStep, grows, next};

/// Visits that one step may bring to an officer's page.
const ITEMS: u32 = 10_000;

/// Whose figures are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole centre, by department.
    Centre,
    /// One officer, to themself; their id.
    Officer(i64),
}

/// What an officer sees of one low or flagged visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disputed {
    /// One of the two lowest levels.
    pub low: bool,
    /// Rules that found it odd.
    pub rules: Vec<String>,
    /// Ids of the reasons.
    pub reasons: Vec<String>,
}

impl Subject {
    /// As it is stored.
    pub const fn id(self) -> i64 {
        match self {
            Self::Centre => 0,
            Self::Officer(id) => id,
        }
    }

    fn slice(self, period: &Period) -> Slice {
        let officer = match self {
            Self::Centre => None,
            Self::Officer(id) => Some(id),
        };
        Slice { period: period.clone(), filter: Filter { officer, ..Filter::default() } }
    }

    fn current(self, figures: &Figures, over: bool) -> Current {
        match self {
            Self::Centre => Current::of_centre(figures, over),
            Self::Officer(_) => Current::of_one(figures, over),
        }
    }
}

/// How a period is stored: days belong to other periods under another policy.
pub fn key(app: &App, span: Span) -> String {
    format!("{} {span}", app.centre().policy)
}

/// The months and the year that a span is made of; none of a range of days, of which nothing is
/// published.
fn months(span: Span) -> Vec<Span> {
    let (year, first, last) = match span {
        Span::Month(year, month) => (year, month, month),
        Span::Quarter(year, quarter) => (year, quarter * 3 - 2, quarter * 3),
        Span::Half(year, half) => (year, half * 6 - 5, half * 6),
        Span::NineMonths(year) => (year, 1, 9),
        Span::Year(year) => (year, 1, 12),
        Span::Days(..) => return Vec::new(),
    };
    (first..=last).map(|month| Span::Month(year, month)).collect()
}

/// The keys under which everything that is published of a span is stored.
pub fn keys(app: &App, span: Span) -> Vec<String> {
    let year = matches!(span, Span::Year(_)).then_some(span);
    months(span).into_iter().chain(year).map(|one| key(app, one)).collect()
}

/// What is published of a span; none while there is too little, and of a range of days.
pub async fn published_figures(
    app: &App,
    subject: Subject,
    span: Span,
) -> Result<Option<PublishedFigures>, StatsError> {
    let mut steps = Vec::new();
    for month in months(span) {
        steps.extend(self::month(app, subject, month).await?);
    }
    match span {
        Span::Year(_) => {
            let year = year(app, subject, span, &steps).await?;
            Ok(periods::joined(year.as_ref(), &steps))
        }
        _ => Ok(periods::joined(None, &steps)),
    }
}

/// What is published of the whole centre as figures for a document: nothing but the whole and its
/// departments. `others` names those that are not told apart.
pub async fn figures(app: &App, span: Span, others: &str) -> Result<Option<Figures>, StatsError> {
    let Some(told) = published_figures(app, Subject::Centre, span).await? else { return Ok(None) };
    let directory = app.store.directory().await?;
    let row = |(id, answers): &(Option<i64>, Answers)| {
        let named = id.and_then(|id| directory.department_of(id));
        let (code, name) =
            named.map_or((POOLED, others), |one| (one.code.as_str(), one.name.as_str()));
        let ratings = answers.ratings();
        Group { code: code.to_owned(), name: name.to_owned(), ratings, ..Group::default() }
    };
    let mut period = span.under(app.centre().policy);
    period.to = told.until;
    Ok(Some(Figures {
        period,
        ratings: told.comparable().unwrap_or_else(|| told.whole.ratings()),
        departments: told.rows.iter().map(row).collect(),
        simulated: told.simulated,
        // Nothing that would cut the same answers into other groups.
        officers: Vec::new(),
        counters: Vec::new(),
        days: Vec::new(),
        quarantined: 0,
        flags: BTreeMap::new(),
        cleaned: Ratings::default(),
        sites: Vec::new(),
        procedures: Vec::new(),
        channels: Vec::new(),
        hours: Vec::new(),
        reasons: Vec::new(),
        aspects: Vec::new(),
        tickets: None,
        served: None,
        asked_by_hour: Vec::new(),
    }))
}

/// The newest published figures: of this month, else of the one before, else of this year or of the
/// last.
pub async fn newest(
    app: &App,
    subject: Subject,
) -> Result<Option<(Span, PublishedFigures)>, StatsError> {
    let month = Span::month_of(app.today(), app.centre().policy);
    let year = Span::Year(month.year());
    let spans = [Some(month), month.previous(), Some(year), year.previous()];
    for span in spans.into_iter().flatten() {
        if let Some(told) = published_figures(app, subject, span).await? {
            return Ok(Some((span, told)));
        }
    }
    Ok(None)
}

/// The days of a span that are over, and whether all are; none before the first is.
fn settled(app: &App, span: Span) -> Option<(Period, bool)> {
    let mut period = span.under(app.centre().policy);
    let yesterday = app.today().saturating_sub(1.day());
    let over = period.to <= yesterday;
    period.to = period.to.min(yesterday);
    (period.from <= period.to).then_some((period, over))
}

/// What is published of a month; the next step is stored first if there are enough new answers.
async fn month(
    app: &App,
    subject: Subject,
    span: Span,
) -> Result<Option<PublishedStep>, StatsError> {
    let Some((period, over)) = settled(app, span) else { return Ok(None) };
    let key = key(app, span);
    let stored = app.store.published_step(subject.id(), &key).await?;
    // Answers that came too late for a month were published with its year and must not be published again.
    if let Some(until) = year_until(app, subject, Span::Year(span.year())).await?
        && period.to <= until
    {
        return stored.as_ref().map(read).transpose();
    }
    let told = stored.as_ref().map(read).transpose()?;
    let at = stored.map_or(0, |stored| stored.step);
    let slice = subject.slice(&period);
    let figures = app.figures(&slice).await?;
    let now = subject.current(&figures, over);
    if next(told.as_ref(), &now).is_none() {
        return Ok(told);
    }
    // Visits are read before the figures that are told with them: none is there that is not counted.
    let items = items(app, subject, &period).await?;
    let figures = app.figures(&slice).await?;
    let now = subject.current(&figures, over);
    match next(told.as_ref(), &now) {
        // With a step that only ends the month no answer comes, and so no visit.
        Some(step) if told.as_ref().is_some_and(|told| told.whole() == step.whole()) => {
            publish(app, subject, &key, at, &step, &[]).await
        }
        Some(step) => publish(app, subject, &key, at, &step, &items).await,
        None => Ok(told),
    }
}

async fn year_until(app: &App, subject: Subject, span: Span) -> Result<Option<Date>, StatsError> {
    let stored = app.store.published_step(subject.id(), &key(app, span)).await?;
    Ok(stored.as_ref().map(read).transpose()?.map(|step| step.until))
}

/// What is published of a year's months that are over, together with the answers that were too few
/// in each of them; none while those are too few as well. `months`: what is published of each.
async fn year(
    app: &App,
    subject: Subject,
    span: Span,
    months: &[PublishedStep],
) -> Result<Option<PublishedStep>, StatsError> {
    let key = key(app, span);
    let stored = app.store.published_step(subject.id(), &key).await?;
    let told = stored.as_ref().map(read).transpose()?;
    let over = self::months(span).into_iter().filter_map(|one| settled(app, one));
    let Some(last) = over.filter(|(_, over)| *over).map(|(period, _)| period.to).max() else {
        return Ok(told);
    };
    let mut period = span.under(app.centre().policy);
    period.to = last;
    let done: Vec<PublishedStep> = months.iter().filter(|month| month.over).cloned().collect();
    let before = periods::joined(told.as_ref(), &done).map_or(0, |told| told.whole.total);
    let slice = subject.slice(&period);
    if !grows(before, app.figures(&slice).await?.ratings.total) {
        return Ok(told);
    }
    let items = items(app, subject, &period).await?;
    let figures = app.figures(&slice).await?;
    if !grows(before, figures.ratings.total) {
        return Ok(told);
    }
    let step = PublishedStep::of_year(&figures, matches!(subject, Subject::Officer(_)));
    let at = stored.map_or(0, |stored| stored.step);
    publish(app, subject, &key, at, &step, &items).await
}

/// Stores a step after the one with the number `at`; what stands then, which may be another's.
async fn publish(
    app: &App,
    subject: Subject,
    key: &str,
    at: i64,
    step: &PublishedStep,
    items: &[NewItem],
) -> Result<Option<PublishedStep>, StatsError> {
    let figures = serde_json::to_string(step).map_err(|_| meaningless())?;
    let told_at = app.clock.now();
    let new =
        NewStep { subject: subject.id(), period: key, step: at + 1, told_at, figures: &figures };
    app.store.publish_step(&new, items).await?;
    let stored = app.store.published_step(subject.id(), key).await?;
    stored.as_ref().map(read).transpose()
}

/// The visits of an officer that may come with a step: low, flagged or commented, and counted.
async fn items(app: &App, subject: Subject, period: &Period) -> Result<Vec<NewItem>, StatsError> {
    let Subject::Officer(officer) = subject else { return Ok(Vec::new()) };
    let (from, until) = app.moments(period);
    let counted = VisitFilter {
        officer: Some(officer),
        from: Some(from),
        until: Some(until),
        ruled_out: Some(false),
        ..VisitFilter::default()
    };
    let mut items = Vec::new();
    for kind in [ItemKind::Disputed, ItemKind::Commented] {
        let disputed = kind == ItemKind::Disputed;
        let wanted = VisitFilter { disputable: disputed, commented: !disputed, ..counted.clone() };
        for record in app.store.records(&wanted, None, ITEMS).await? {
            let told = if disputed { disputed_json(&record)? } else { String::new() };
            let handle = random().map_err(|_| StatsError::Interrupted)?;
            items.push(NewItem { handle, rating: record.num, kind, told });
        }
    }
    Ok(items)
}

fn disputed_json(record: &Record) -> Result<String, StatsError> {
    let told = Disputed {
        low: record.is_low(),
        rules: record.flags.clone(),
        reasons: record.reasons.clone(),
    };
    serde_json::to_string(&told).map_err(|_| meaningless())
}

fn read(stored: &StoredStep) -> Result<PublishedStep, StatsError> {
    serde_json::from_str(&stored.figures).map_err(|_| meaningless())
}

fn meaningless() -> StatsError {
    StoreError::Meaningless("published_steps").into()
}
