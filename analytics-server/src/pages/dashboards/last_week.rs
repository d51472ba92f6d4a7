//! Last week beside the one before it, on the overview of the usual period: how many ratings and how
//! satisfied, whether that differs by more than chance, the hour with the lowest share, the reasons
//! that were named most and what people wrote. It follows the filters of the page.

use super::aspects::{ReasonLine, reasons};
use super::quick::week_of;
use super::tables::below;
use super::view::{Shown, View};
use super::week::worst_hour;
use crate::centre_time;
use crate::figure_lines::{compared, days, interval, percent};
use crate::pages::access_audit::AccessAudit;
use crate::pages::prelude::*;
use crate::storage::records::Record;
use crate::storage::visit_filter::VisitFilter;
use crate::table_files::visible;
use crate::visits::redaction::removed_mark;
use crate::visits::wording::level_name;
use protocol::Level;
use reports::figures::{Figures, Ratings};

/// Reasons that are named.
const REASONS: usize = 5;
/// Comments that are quoted, and letters of one: the whole stands beside its rating.
const QUOTES: u32 = 3;
const LETTERS: usize = 160;

#[derive(Debug)]
pub(in crate::pages) struct LastWeek {
    /// First and last day.
    pub days: String,
    /// The whole overview of it.
    pub overview: String,
    pub numbers: [WeekNumber; 3],
    /// The satisfied share against the week before it.
    pub compared: String,
    pub worst: Option<WorstOfWeek>,
    pub reasons: Vec<ReasonLine>,
    pub quotes: Vec<Quote>,
    /// Where all comments of ratings below satisfied are.
    pub comments: String,
    /// The days and the filters, by the fields of an address, for the audit log.
    asked: Vec<(String, String)>,
}

/// A number of last week and what belongs to it.
#[derive(Debug)]
pub(in crate::pages) struct WeekNumber {
    pub name: String,
    pub number: String,
    /// The ratings that it counts.
    pub link: Option<String>,
    /// The week before, and how sure the number is.
    pub line: String,
}

/// The hour with the lowest share in words, and where its ratings below satisfied are.
#[derive(Debug)]
pub(in crate::pages) struct WorstOfWeek {
    pub sentence: String,
    pub caution: String,
    pub link: Option<String>,
}

/// What somebody wrote: its beginning.
#[derive(Debug)]
pub(in crate::pages) struct Quote {
    pub text: String,
    /// Level and moment.
    pub of: String,
    /// The rating.
    pub link: String,
    /// Its number.
    pub rating: i64,
}

impl LastWeek {
    /// Last week with the filters of a page; none where neither week has a rating.
    pub(super) async fn of(context: &Context, view: &View) -> PageResult<Option<Self>> {
        let app = &context.app;
        let week = week_of(app.today()).previous();
        let Some((span, earlier)) = week.and_then(|span| Some((span, span.previous()?))) else {
            return Ok(None);
        };
        let week = View::of_span(context, span, view.narrow.clone());
        let earlier = View::of_span(context, earlier, view.narrow.clone());
        let figures = app.figures(week.slice()).await?;
        let before = app.figures(earlier.slice()).await?;
        let before = &before.ratings;
        if figures.ratings.total == 0 && before.total == 0 {
            return Ok(None);
        }
        let words = app.questionnaire_words(view.texts).await?;
        let quotes = quotes(context, &week).await?;
        let shown = Shown::of(context, &week, &figures);
        let named = reasons(&shown, &words);
        let worst = worst_hour(&shown).map(|(words, link)| WorstOfWeek {
            sentence: words.sentence,
            caution: words.caution,
            link,
        });
        let texts = view.texts;
        let days = days(week.period.from, week.period.to, texts);
        let ends = [("from", week.period.from), ("to", week.period.to)];
        let ends = ends.map(|(name, day)| (name.to_owned(), day.to_string()));
        let fields = week.narrow.fields.iter();
        let fields = fields.map(|(name, value)| ((*name).to_owned(), value.clone()));
        Ok(Some(Self {
            asked: ends.into_iter().chain(fields).collect(),
            days,
            overview: week.at("/", ""),
            numbers: numbers(&shown, &figures, before),
            compared: compared("dashboards-week-before", &figures.ratings, before, texts),
            worst,
            reasons: named.into_iter().take(REASONS).collect(),
            comments: comments(&week),
            quotes,
        }))
    }

    /// The line of the audit log for the comments that it shows; none where it shows none.
    pub(super) fn look(&self) -> Option<AccessAudit> {
        let shown: Vec<i64> = self.quotes.iter().map(|quote| quote.rating).collect();
        (!shown.is_empty()).then(|| AccessAudit::comments(self.asked.iter().cloned(), &shown))
    }
}

/// The ratings, the satisfied share and those below it, each beside the week before.
fn numbers(shown: &Shown, figures: &Figures, before: &Ratings) -> [WeekNumber; 3] {
    let (texts, numbers, of) = (shown.view.texts, shown.numbers(), &figures.ratings);
    let earlier = |number: &str| texts.with("dashboards-week-earlier", &[("number", number)]);
    let link = |more: &str| shown.counted(more).filter(|_| of.total > 0);
    let ends = interval(of.satisfied.low.zip(of.satisfied.high), texts);
    let ends = texts.with("pages-interval", &[("interval", &ends)]);
    let share_before = earlier(&percent(before.satisfied.share, texts));
    [
        WeekNumber {
            name: texts.get("pages-ratings"),
            number: numbers.count(of.total),
            link: link(""),
            line: earlier(&numbers.count(before.total)),
        },
        WeekNumber {
            name: texts.get("pages-satisfied"),
            number: percent(of.satisfied.share, texts),
            link: None,
            line: if of.total > 0 { format!("{ends} · {share_before}") } else { share_before },
        },
        WeekNumber {
            name: texts.get("pages-column-below"),
            number: numbers.count(below(of)),
            link: link("&level=below").filter(|_| below(of) > 0),
            line: earlier(&numbers.count(below(before))),
        },
    ]
}

/// The address of the comments of ratings below satisfied of a week.
fn comments(week: &View) -> String {
    let (from, to, query) = (week.period.from, week.period.to, &week.narrow.query);
    let language = address::language(week.texts);
    format!("/comments?from={from}&to={to}{query}&level=below&state=counted{language}")
}

/// The newest of what people wrote who were less than satisfied, for a reader who may open ratings.
async fn quotes(context: &Context, week: &View) -> PageResult<Vec<Quote>> {
    let app = &context.app;
    if !context.viewer.may(Permission::Records) {
        return Ok(Vec::new());
    }
    let sites = app.store.counter_sites().await?;
    let wanted = VisitFilter {
        levels: Some((Level::Neutral, Level::VeryDissatisfied)),
        commented: true,
        ruled_out: Some(false),
        ..week.narrow.filter.visits(&sites, app.moments(&week.period))
    };
    let records = app.store.records(&wanted, None, QUOTES).await?;
    let removed = removed_mark();
    let quote = |record: &Record| {
        let text = record.comment.as_deref().filter(|text| *text != removed)?;
        let when = centre_time::in_sentence(record.asked_at, &app.zone, week.texts);
        Some(Quote {
            text: beginning(&visible(text)),
            of: format!("{} · {when}", level_name(record.level, week.texts)),
            link: context.to(&format!("/records/{}", record.num)),
            rating: record.num,
        })
    };
    Ok(records.iter().filter_map(quote).collect())
}

/// The first letters of a text.
fn beginning(text: &str) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_comment_is_quoted_by_its_beginning() {
        let long = "ạ".repeat(LETTERS);
        assert_eq!(beginning(&long), long);
        assert_eq!(beginning(&format!("{long}b")), format!("{long}…"));
    }
}
