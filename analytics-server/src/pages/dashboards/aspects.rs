//! How the aspects of the service were judged and which reasons were named, of the whole centre or a
//! part of it, each with the way to the visits behind it.

use super::bar::{self, Bar};
use super::data::{RatingsTable, TakenPage};
use super::filter::Filters;
use super::query::FigureQuery;
use super::tables::{Row, row};
use super::view::{View, nothing};
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::measures::satisfied;
use reports::charts::Shares;
use reports::figures::{Aspect, Figures, Ratings, Reason};
use reports::numbers::Numbers;

/// Where the page is.
pub(super) const PATH: &str = "/aspects";

/// The page of what was judged.
#[derive(Template)]
#[template(path = "dashboards/aspects.html")]
pub(in crate::pages) struct AspectsPage {
    pub layout: Layout,
    pub bar: Bar,
    /// Why there is nothing to see.
    pub empty: Option<String>,
    pub judged: Judged,
    pub method: Vec<String>,
}

/// Aspects and reasons as they are written.
pub(in crate::pages) struct Judged {
    pub aspects: Vec<AspectLine>,
    /// Both ends of the intervals' axis.
    pub axis: [String; 2],
    pub reasons: Vec<ReasonLine>,
}

/// One aspect.
pub(in crate::pages) struct AspectLine {
    pub row: Row,
    /// The visits that judged it, and those that did so below satisfied.
    pub links: [Option<String>; 2],
}

/// One reason.
pub(in crate::pages) struct ReasonLine {
    pub name: String,
    pub count: String,
    /// Percent of the longest bar.
    pub length: u64,
    /// The visits that named it.
    pub link: Option<String>,
}

impl Judged {
    /// Those of some figures; `place` narrows the addresses of visits to them.
    pub fn of(
        figures: &Figures,
        words: &QuestionnaireWords,
        viewer: &Viewer,
        place: &str,
        view: &View,
    ) -> Self {
        let texts = view.texts;
        let numbers = Numbers::of(texts);
        let may = viewer.may(Right::Records);
        let visits = |fields: &[(&str, &str)]| {
            let query = serde_html_form::to_string(fields).unwrap_or_default();
            may.then(|| view.counted(&format!("{place}&{query}")))
        };
        let lowest = |one: &Aspect| rated(one).satisfied.low;
        let axis = Shares::showing(figures.aspects.iter().filter_map(lowest));
        let aspect = |one: &Aspect| {
            let made = row(&rated(one), false, axis, texts);
            let id = ("aspect", &*one.id);
            AspectLine {
                row: Row { name: words.aspect(&one.id), ..made },
                links: [visits(&[id]), visits(&[id, ("judged", "below")])],
            }
        };
        let most = figures.reasons.iter().map(|one| one.ratings).max().unwrap_or_default().max(1);
        let reason = |one: &Reason| ReasonLine {
            name: words.reason(&one.id),
            count: numbers.count(one.ratings),
            length: one.ratings * 100 / most,
            link: visits(&[("reason", &*one.id)]),
        };
        Self {
            aspects: figures.aspects.iter().map(aspect).collect(),
            axis: [numbers.percent_mark(axis.low), numbers.percent_mark(1.0)],
            reasons: figures.reasons.iter().map(reason).collect(),
        }
    }
}

/// The judgements of an aspect as ratings.
fn rated(aspect: &Aspect) -> Ratings {
    let levels = aspect.levels;
    Ratings {
        total: aspect.total,
        levels,
        satisfied: satisfied(levels.very_satisfied + levels.satisfied, aspect.total),
        ..Ratings::default()
    }
}

/// `GET /aspects`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let filters = Filters::of(&context, &query).await?;
    if let Some(address) = query.destination(PATH, &filters.query, context.texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, filters).await?;
    let figures = app.figures(view.slice()).await?;
    let words = app.questionnaire_words(view.texts).await?;
    if let Some(format) = &query.format {
        let mut table = RatingsTable::new(view.texts);
        table.put_judged(&figures, &words);
        let page = TakenPage::of(app, context.text("groups-aspects"), &view);
        return page.file(table.done(), format);
    }
    Ok(answer(StatusCode::OK, AspectsPage::of(&context, &view, &figures, &words).render()))
}

impl AspectsPage {
    fn of(context: &Context, view: &View, figures: &Figures, words: &QuestionnaireWords) -> Self {
        let Context { app, viewer, texts, .. } = context;
        let title = texts.get("groups-aspects");
        let keys = ["groups-method-reasons", "report-method-2", "report-method-3"];
        Self {
            layout: bar::layout(context, title.clone(), PATH, "", view, figures),
            bar: Bar::of(PATH, title, view, None).exported(viewer, view, ""),
            empty: (figures.ratings.total == 0).then(|| nothing(app, view, "pages-no-groups")),
            judged: Judged::of(figures, words, viewer, "", view),
            method: keys.map(|key| texts.get(key)).into(),
        }
    }
}
