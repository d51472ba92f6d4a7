//! How the aspects of the service were judged and which reasons were named, of the whole centre or a
//! part of it, each with the way to the visits behind them.

use super::bar::Bar;
use super::query::FigureQuery;
use super::tables::Row;
use super::view::{Shown, View};
use crate::export::figure_tables::RatingsTable;
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::measures::judged;
use reports::charts::Shares;
use reports::figures::{Aspect, Reason};

pub(super) const PATH: &str = "/aspects";

#[derive(Template)]
#[template(path = "dashboards/aspects.html")]
struct AspectsPage {
    layout: Layout,
    bar: Bar,
    /// Why there is nothing to see.
    empty: Option<String>,
    judged: Judged,
    method: Vec<String>,
}

/// Aspects and reasons as they are written.
pub(in crate::pages) struct Judged {
    pub aspects: Vec<AspectLine>,
    /// Both ends of the intervals' axis.
    pub axis: [String; 2],
    pub reasons: Vec<ReasonLine>,
}

pub(in crate::pages) struct AspectLine {
    pub row: Row,
    /// The visits that judged it, and those that did so below satisfied.
    pub links: [Option<String>; 2],
}

#[derive(Debug)]
pub(in crate::pages) struct ReasonLine {
    pub name: String,
    pub count: String,
    /// Percent of the longest bar.
    pub length: u64,
    /// The visits that named it.
    pub link: Option<String>,
}

impl Judged {
    pub(super) fn of(shown: &Shown, words: &QuestionnaireWords) -> Self {
        let (figures, numbers) = (shown.figures, shown.numbers());
        let lowest = |one: &Aspect| judged(one).satisfied.low;
        let axis = Shares::showing(figures.aspects.iter().filter_map(lowest));
        let aspect = |one: &Aspect| {
            let id = ("aspect", &*one.id);
            AspectLine {
                row: Row::of(words.aspect(&one.id), &judged(one), false, axis, shown.view.texts),
                links: [visits(shown, &[id]), visits(shown, &[id, ("judged", "below")])],
            }
        };
        Self {
            aspects: figures.aspects.iter().map(aspect).collect(),
            axis: [numbers.percent_mark(axis.low), numbers.percent_mark(1.0)],
            reasons: reasons(shown, words),
        }
    }
}

/// The reasons that were named, the most named first, each with the visits that named it.
pub(super) fn reasons(shown: &Shown, words: &QuestionnaireWords) -> Vec<ReasonLine> {
    let (named, numbers) = (&shown.figures.reasons, shown.numbers());
    let most = named.iter().map(|one| one.ratings).max().unwrap_or_default().max(1);
    let line = |one: &Reason| ReasonLine {
        name: words.reason(&one.id),
        count: numbers.count(one.ratings),
        length: one.ratings * 100 / most,
        link: visits(shown, &[("reason", &*one.id)]),
    };
    named.iter().map(line).collect()
}

/// The ratings that count and have these fields.
fn visits(shown: &Shown, fields: &[(&str, &str)]) -> Option<String> {
    let query = serde_html_form::to_string(fields).unwrap_or_default();
    shown.counted(&format!("&{query}"))
}

/// `GET /aspects`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let view = View::open(&context, &query, PATH, "").await?;
    let figures = app.figures(view.slice()).await?;
    let words = app.questionnaire_words(view.texts).await?;
    let title = context.text("groups-aspects");
    if let Some(format) = &query.format {
        let table = RatingsTable::new(view.texts).judged(&figures, &words).done();
        return view.file(app, title, table, format);
    }
    let shown = Shown::of(&context, &view, &figures);
    let page = AspectsPage {
        layout: shown.layout(PATH, title.clone(), ""),
        bar: Bar::of(&shown, PATH, title, None),
        empty: (figures.ratings.total == 0).then(|| shown.nothing("pages-no-groups")),
        judged: Judged::of(&shown, &words),
        method: shown.sentences(&["groups-method-reasons", "report-method-2", "report-method-3"]),
    };
    Ok(answer(view.status(), page.render()))
}
