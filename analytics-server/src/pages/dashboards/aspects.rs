//! How the aspects of the service were judged and which reasons were named, of the whole house or a
//! part of it. Counts of 1 to 4 are told only to those who verify single ratings.

use super::bar::Bar;
use super::filter::Narrowed;
use super::groups::share;
use super::nothing;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::fault::Fault;
use crate::pages::records::Words;
use crate::pages::shell::{Shell, answer};
use crate::pages::tables::{Row, row};
use crate::state::App;
use crate::stats::measures::satisfied;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Aspect, Figures, Ratings};
use reports::masks::Share;
use reports::numbers::{Numbers, is_few};

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
    pub aspects: Vec<Row>,
    /// Both ends of the intervals' axis.
    pub axis: [String; 2],
    pub reasons: Vec<ReasonLine>,
}

/// One reason.
pub(in crate::pages) struct ReasonLine {
    pub name: String,
    pub count: String,
    /// Percent of the longest bar; none where the count is not told.
    pub length: Option<u64>,
    /// The visits that named it.
    pub link: Option<String>,
}

impl Judged {
    /// Those of some figures; `place` narrows the addresses of visits to them.
    pub fn of(
        figures: &Figures,
        words: &Words,
        viewer: &Viewer,
        place: &str,
        texts: &Texts,
    ) -> Self {
        let exact = viewer.may(Right::Verify);
        let numbers = Numbers::of(texts);
        let ratings: Vec<(String, Ratings)> =
            figures.aspects.iter().map(|one| (words.aspect(&one.id), rated(one))).collect();
        let lowest = |ratings: &Ratings| match share(ratings, exact) {
            Share::AtMost(share) => Some(share),
            share => share.ends().map(|(low, _)| low),
        };
        let axis = Shares::showing(ratings.iter().filter_map(|(_, one)| lowest(one)));
        let aspect = |(name, of): &(String, Ratings)| {
            let made = row(of, exact, axis, texts);
            Row { name: name.clone(), whole: false, ..made }
        };
        let told = |count: u64| exact || !is_few(count);
        let most = figures.reasons.iter().map(|one| one.ratings).max().unwrap_or_default().max(1);
        let (from, to) = (figures.period.from, figures.period.to);
        let mut reasons: Vec<_> = figures
            .reasons
            .iter()
            .map(|one| {
                let query = serde_html_form::to_string([("reason", &one.id)]).unwrap_or_default();
                let language = address::language(texts);
                let link = viewer
                    .may(Right::Records)
                    .then(|| format!("/records?from={from}&to={to}{place}&{query}{language}"));
                let reason = ReasonLine {
                    name: words.reason(&one.id),
                    count: if exact {
                        numbers.count(one.ratings)
                    } else {
                        numbers.cell(one.ratings)
                    },
                    length: told(one.ratings).then_some(one.ratings * 100 / most),
                    link,
                };
                (if told(one.ratings) { one.ratings } else { 1 }, reason)
            })
            .collect();
        // Most named first; small counts count alike.
        reasons.sort_by(|left, right| {
            right.0.cmp(&left.0).then_with(|| left.1.name.cmp(&right.1.name))
        });
        Self {
            aspects: ratings.iter().map(aspect).collect(),
            axis: [numbers.percent_mark(axis.low), numbers.percent_mark(1.0)],
            reasons: reasons.into_iter().map(|one| one.1).collect(),
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
    let words = Words::of(app, seen.texts).await?;
    Ok(answer(StatusCode::OK, AspectsPage::of(app, viewer, &seen, &figures, &words).render()))
}

impl AspectsPage {
    /// The page of some figures.
    pub fn of(app: &App, viewer: &Viewer, seen: &Seen, figures: &Figures, words: &Words) -> Self {
        let texts = seen.texts;
        let title = texts.get("groups-aspects");
        let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let keys = ["groups-method-reasons", "report-method-2", "report-method-3", "pages-masks"];
        Self {
            shell,
            bar: Bar::of(PATH, title, seen, None).exported(viewer, seen, ""),
            empty: (figures.ratings.total == 0).then(|| nothing(app, seen, "pages-no-groups")),
            judged: Judged::of(figures, words, viewer, &seen.narrow.query, texts),
            method: keys.map(|key| texts.get(key)).into(),
        }
    }
}
