//! One department, officer, counter or procedure: its figures of a period, how they moved, what was
//! judged and named, and the way to the visits behind them. What is unknown and what lies outside the
//! reader's part of the house get the same answer.

use super::aspects::Judged;
use super::bar::Bar;
use super::before;
use super::cleaned;
use super::data::{RatingsTable, TableData, TakenPage};
use super::drawn::{levels, trend};
use super::filter::Narrowed;
use super::groups::{Noun, estimate};
use super::nothing;
use super::response::AskedCounts;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::cards::{asked_lines, parts};
use crate::pages::fault::Fault;
use crate::pages::overview::Chart;
use crate::pages::shell::{Shell, answer};
use crate::pages::usual;
use crate::questionnaire_words::QuestionnaireWords;
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::Slice;
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use locales::Texts;
use reports::charts::ChartError;
use reports::figures::{Figures, Group, RANKED_FROM};
use reports::numbers::Numbers;

/// Where there is no figure.
const NONE: &str = "–";

/// The page.
#[derive(Template)]
#[template(path = "dashboards/group.html")]
pub(in crate::pages) struct GroupPage {
    pub shell: Shell,
    pub bar: Bar,
    /// Address and name of the list it stands in.
    pub list: (String, String),
    /// What it belongs to.
    pub of: Option<String>,
    pub facts: Vec<Fact>,
    /// Why there is nothing more to see.
    pub notice: Option<String>,
    pub trend: Option<Chart>,
    pub levels: Option<Chart>,
    pub judged: Option<Judged>,
    /// Address and name of what goes further.
    pub links: Vec<(String, String)>,
    pub method: Vec<String>,
}

/// A figure with what it is made of.
pub(in crate::pages) struct Fact {
    pub heading: String,
    pub number: String,
    pub lines: Vec<String>,
    /// Where the visits behind it are: address and text.
    pub links: Vec<(String, String)>,
}

/// Which one, as it is known in the directory.
pub(in crate::pages) struct One {
    pub noun: Noun,
    pub id: i64,
    pub code: String,
    pub name: String,
    /// Name of the department it belongs to.
    pub of: Option<String>,
}

impl One {
    /// The one of a code within the reader's part of the house.
    async fn find(noun: Noun, code: &str, app: &App, viewer: &Viewer) -> Result<Self, Fault> {
        let directory = app.directory_within(&viewer.scope()).await?;
        let found = match noun {
            Noun::Departments => directory.department(code).map(|one| (one.id, &one.name, one.id)),
            Noun::Officers => {
                directory.officer(code).map(|one| (one.id, &one.name, one.department))
            }
            Noun::Counters => {
                directory.counter(code).map(|one| (one.id, &one.name, one.department))
            }
            Noun::Procedures => directory
                .procedures
                .iter()
                .find(|one| one.code == code)
                .map(|one| (one.id, &one.name, one.department)),
        };
        let (id, name, department) = found.ok_or(Fault::Missing)?;
        let whole = app.store.directory().await.map_err(StatsError::from)?;
        let of = whole.department_of(department).filter(|_| noun != Noun::Departments);
        let of = of.map(|one| one.name.clone());
        Ok(Self { noun, id, code: code.to_owned(), name: name.clone(), of })
    }

    /// Where it is.
    fn path(&self) -> String {
        format!("{}/{}", self.noun.path(), address::segment(&self.code))
    }

    /// The field that lists of visits and exports know it by, as part of an address.
    fn place(&self) -> String {
        // A text alone: it can always be written.
        let query = serde_html_form::to_string([(self.noun.field(), &self.code)]);
        format!("&{}", query.unwrap_or_default())
    }
}

/// `GET /departments/{code}` and its like.
pub(super) async fn group(
    noun: Noun,
    State(app): State<App>,
    viewer: Viewer,
    code: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    let shown = match code {
        Ok(Path(code)) => show(noun, &code, &app, &viewer, &asked).await,
        Err(_) => Err(Fault::Missing),
    };
    shown.unwrap_or_else(|fault| fault.page(&app, Some(&viewer), asked.texts()))
}

async fn show(
    noun: Noun,
    code: &str,
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<Response, Fault> {
    let mut one = One::find(noun, code, app, viewer).await?;
    // It belongs to one department, and is itself the procedure where it is one.
    let procedure = asked.procedure.clone().filter(|_| noun != Noun::Procedures);
    let asked = &Asked { department: None, procedure, ..asked.clone() };
    let mut narrow = Narrowed::of(app, viewer, asked).await?;
    narrow.selects.retain(|one| {
        one.name != "department" && (noun, one.name) != (Noun::Procedures, "procedure")
    });
    if let Some(address) = asked.destination_at(&one.path(), &narrow.query)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    let filter = noun.only(one.id, seen.narrow.filter.clone()).within(&viewer.scope());
    let figures =
        app.figures(Slice { period: seen.period.clone(), filter: filter.clone() }).await?;
    // An officer is estimated among colleagues, as in the list.
    let among = if noun == Noun::Officers {
        let officers = app.figures(seen.slice()).await?.officers;
        officers.into_iter().find(|officer| officer.id == one.id)
    } else {
        None
    };
    // Of these days, which an officer may have served elsewhere than now.
    one.of = among.as_ref().and_then(|officer| officer.department.clone()).or(one.of);
    let words = app.questionnaire_words(seen.texts).await?;
    if let Some(format) = &asked.format {
        let page = TakenPage::of(app, one.name.clone(), &seen);
        return page.file(table(&one, &figures, &words, &seen), format);
    }
    let before = before::lines(app, &seen, &filter, &figures.ratings).await?;
    let (app, viewer) = (app.clone(), viewer.clone());
    // Charts take some milliseconds in which other requests should not wait.
    let page = usual::spawn_blocking(move || {
        let mut page = GroupPage::of(&app, &viewer, &one, &seen, &figures, among.as_ref(), &words)?;
        // Beside the satisfied share.
        if let Some(fact) = page.facts.get_mut(1).filter(|_| figures.ratings.total > 0) {
            fact.lines.extend(before);
        }
        Ok(page.render())
    });
    let page = page.await.map_err(|_| Fault::Interrupted)?.map_err(|error: ChartError| {
        Fault::Report(crate::report::ReportFault::Document(error.into()))
    })?;
    Ok(answer(StatusCode::OK, page))
}

impl GroupPage {
    /// The page of some figures.
    pub fn of(
        app: &App,
        viewer: &Viewer,
        one: &One,
        seen: &Seen,
        figures: &Figures,
        among: Option<&Group>,
        words: &QuestionnaireWords,
    ) -> Result<Self, ChartError> {
        let (texts, path) = (seen.texts, one.path());
        let here = |texts: &Texts| address::at(&path, &seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, one.name.clone(), here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let rated = figures.ratings.total > 0;
        let list = texts.get(&format!("groups-{}", one.noun.word()));
        let mut keys = vec!["report-method-2", "report-method-3"];
        keys.extend(among.map(|_| "groups-method-estimate"));
        keys.extend((figures.ratings.asked > 0).then_some("pages-method-response"));
        keys.extend(["report-method-5", "groups-method-reasons"]);
        let place = one.place();
        Ok(Self {
            shell,
            list: (
                address::at(one.noun.path(), &seen.period.name, &seen.narrow.query, texts),
                list,
            ),
            of: one.of.clone(),
            bar: Bar::of(&path, one.name.clone(), seen, None).exported(viewer, seen, &one.place()),
            facts: facts(figures, one, among, viewer, seen),
            notice: (!rated).then(|| nothing(app, seen, "pages-no-groups")),
            trend: rated.then(|| trend(figures, texts)).transpose()?,
            levels: rated.then(|| levels(figures, viewer, seen, &place)).transpose()?,
            judged: rated.then(|| Judged::of(figures, words, viewer, &place, seen)),
            links: links(one, seen, viewer),
            method: keys.into_iter().map(|key| texts.get(key)).collect(),
        })
    }
}

/// The figures on top.
fn facts(
    figures: &Figures,
    one: &One,
    among: Option<&Group>,
    viewer: &Viewer,
    seen: &Seen,
) -> Vec<Fact> {
    let (texts, ratings) = (seen.texts, &figures.ratings);
    let numbers = Numbers::of(texts);
    let mut made_of = parts(ratings, &one.place(), seen);
    let mut lines = Vec::new();
    if !viewer.may(Right::Records) {
        lines = made_of.drain(..).map(|(_, text)| text).collect();
    }
    let number = numbers.count(ratings.total);
    let heading = texts.get("pages-ratings");
    let mut made = vec![Fact { heading, number, lines, links: made_of }];
    made.push(satisfied(figures, one, viewer, seen));
    if let Some(officer) = among {
        made.push(Fact {
            heading: texts.get("groups-column-estimate"),
            number: estimate(officer, texts),
            lines: vec![texts.get("groups-estimate-towards")],
            links: Vec::new(),
        });
    }
    if ratings.asked > 0 {
        made.push(Fact {
            heading: texts.get("pages-response"),
            number: AskedCounts::from(ratings).written(texts).rate,
            lines: asked_lines(ratings, texts),
            links: Vec::new(),
        });
    }
    made
}

/// The satisfied share, what it is made of, and the same without what a rule found odd.
fn satisfied(figures: &Figures, one: &One, viewer: &Viewer, seen: &Seen) -> Fact {
    let (texts, ratings) = (seen.texts, &figures.ratings);
    let numbers = Numbers::of(texts);
    let of = ratings.satisfied;
    let mut lines = Vec::new();
    if let Some((low, high)) = of.low.zip(of.high) {
        let (count, total) = (numbers.count(of.count), numbers.count(ratings.total));
        lines.push(texts.with("pages-satisfied-of", &[("count", &*count), ("total", &total)]));
        let interval = numbers.interval(low, high);
        lines.push(texts.with("pages-interval", &[("interval", &interval)]));
    }
    if ratings.total < RANKED_FROM {
        let from = RANKED_FROM.to_string();
        lines.push(texts.with("groups-unranked-below", &[("from", &from)]));
    }
    let odd = cleaned::line(viewer, seen, figures)
        .map(|(_, text)| (address::counted(seen, &format!("{}&flag=any", one.place())), text));
    let number = of.share.map_or_else(|| NONE.to_owned(), |share| numbers.percent(share));
    let heading = texts.get("pages-satisfied");
    Fact { heading, number, lines, links: odd.into_iter().collect() }
}

/// The page as a table: itself, what was judged and what was named.
fn table(one: &One, figures: &Figures, words: &QuestionnaireWords, seen: &Seen) -> TableData {
    let mut table = RatingsTable::new(seen.texts);
    table.put_whole(&one.code, &one.name, figures);
    table.put_judged(figures, words);
    table.done()
}

/// What goes further: the visits, and for a department its parts.
fn links(one: &One, seen: &Seen, viewer: &Viewer) -> Vec<(String, String)> {
    let (texts, place) = (seen.texts, format!("{}{}", seen.narrow.query, one.place()));
    let mut made = Vec::new();
    if viewer.may(Right::Records) {
        let low = address::counted(seen, &format!("{}&level=low", one.place()));
        made.push((low, texts.get("groups-low")));
    }
    if one.noun == Noun::Departments {
        made.extend([Noun::Officers, Noun::Counters, Noun::Procedures].map(|noun| {
            let address = address::at(noun.path(), &seen.period.name, &place, texts);
            (address, texts.get(&format!("groups-its-{}", noun.word())))
        }));
    }
    made
}
