//! How the aspects of the service were judged and which reasons were named, of the whole house or a
//! part of it, each with the way to the visits behind it.

use super::bar::Bar;
use super::data::{RatingsTable, TakenPage};
use super::filter::Narrowed;
use super::nothing;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::pages::tables::{Row, row};
use crate::questionnaire_words::QuestionnaireWords;
use crate::state::App;
use crate::stats::measures::satisfied;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Aspect, Figures, Ratings, Reason};
use reports::numbers::Numbers;

/// Where the page is.
const PATH: &str = "/aspects";

/// The page.
#[derive(Template)]
#[template(path = "dashboards/aspects.html")]
pub(in crate::pages) struct AspectsPage {
    pub shell: Shell,
    pub bar: Bar,
    /// Why there is nothing to see.
    pub empty: Option<String>,
    pub judged: Judged,
    pub method: Vec<String>,
}

/// Aspects and reasons as they are told.
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
        seen: &Seen,
    ) -> Self {
        let texts = seen.texts;
        let numbers = Numbers::of(texts);
        let may = viewer.may(Right::Records);
        let visits = |fields: &[(&str, &str)]| {
            let query = serde_html_form::to_string(fields).unwrap_or_default();
            may.then(|| address::counted(seen, &format!("{place}&{query}")))
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
pub(in crate::pages) async fn aspects(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match show(&app, &viewer, &asked).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(app: &App, viewer: &Viewer, asked: &Asked) -> Result<Response, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    if let Some(address) = asked.destination_at(PATH, &narrow.query)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    let figures = app.figures(seen.slice()).await?;
    let words = app.questionnaire_words(seen.texts).await?;
    if let Some(format) = &asked.format {
        let mut table = RatingsTable::new(seen.texts);
        table.put_judged(&figures, &words);
        let page = TakenPage::of(app, seen.texts.get("groups-aspects"), &seen);
        return page.file(table.done(), format);
    }
    Ok(answer(StatusCode::OK, AspectsPage::of(app, viewer, &seen, &figures, &words).render()))
}

impl AspectsPage {
    /// The page of some figures.
    pub fn of(
        app: &App,
        viewer: &Viewer,
        seen: &Seen,
        figures: &Figures,
        words: &QuestionnaireWords,
    ) -> Self {
        let texts = seen.texts;
        let title = texts.get("groups-aspects");
        let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let keys = ["groups-method-reasons", "report-method-2", "report-method-3"];
        Self {
            shell,
            bar: Bar::of(PATH, title, seen, None).exported(viewer, seen, ""),
            empty: (figures.ratings.total == 0).then(|| nothing(app, seen, "pages-no-groups")),
            judged: Judged::of(figures, words, viewer, "", seen),
            method: keys.map(|key| texts.get(key)).into(),
        }
    }
}
