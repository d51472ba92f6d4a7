//! Who was asked, who answered and who left: the whole, by department, counter and officer, and by
//! the hour of the day. Only tablets ask, so ratings from files stand in none of these numbers.

use super::bar::Bar;
use super::filter::Narrowed;
use super::group::Fact;
use super::groups::Noun;
use super::response::{Asks, Care, Response};
use super::{day, nothing};
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::cards::served_line;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use locales::Texts;
use reports::figures::{Figures, Group, Ratings, SHOWN_FROM};
use reports::masks::beside_whole;
use reports::numbers::is_few;

/// Where the page is.
pub(in crate::pages) const PATH: &str = "/answers";

/// Rows of a table; all of them stand in the lists.
const ROWS: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "dashboards/answers.html")]
pub(in crate::pages) struct AnswersPage {
    pub shell: Shell,
    pub bar: Bar,
    pub facts: Vec<Fact>,
    /// Why there is nothing to see.
    pub empty: Option<String>,
    pub tables: Vec<AskedTable>,
    pub method: Vec<String>,
}

/// A breakdown.
pub(in crate::pages) struct AskedTable {
    pub heading: String,
    /// Title of the column of names.
    pub column: String,
    pub rows: Vec<AskedRow>,
    /// Where all of them are: address and text; none where all are here.
    pub all: Option<(String, String)>,
}

/// One row of it.
pub(in crate::pages) struct AskedRow {
    pub name: String,
    pub link: Option<String>,
    pub department: String,
    pub told: Response,
}

/// `GET /answers`.
pub(in crate::pages) async fn answers(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> axum::response::Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match show(&app, &viewer, &asked).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<axum::response::Response, Fault> {
    let narrow = Narrowed::of(app, viewer, asked).await?;
    if let Some(address) = asked.destination_at(PATH, &narrow.query)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    let figures = app.figures(seen.slice()).await?;
    Ok(answer(StatusCode::OK, AnswersPage::of(app, viewer, &seen, &figures).render()))
}

impl AnswersPage {
    /// The page of some figures.
    pub fn of(app: &App, viewer: &Viewer, seen: &Seen, figures: &Figures) -> Self {
        let texts = seen.texts;
        let exact = viewer.may(Right::Verify);
        let title = texts.get("groups-answers");
        let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let care = match (exact, seen.narrow.is_part()) {
            (true, _) => Care::None,
            (false, true) => Care::Part,
            (false, false) => Care::Whole,
        };
        let nobody = figures.ratings.asked == 0;
        let tables = if nobody { Vec::new() } else { tables(figures, exact, seen) };
        let keys = ["groups-method-answers", "report-method-3", "pages-masks"];
        Self {
            bar: Bar::of(PATH, title, seen, None).exported(viewer, seen, ""),
            facts: if nobody { Vec::new() } else { facts(figures, care, texts) },
            empty: nobody.then(|| nothing(app, seen, "groups-answers-none")),
            tables,
            method: keys.map(|key| texts.get(key)).into(),
            shell,
        }
    }
}

/// The whole, each number with what it means.
fn facts(figures: &Figures, care: Care, texts: &Texts) -> Vec<Fact> {
    let told = Asks::from(&figures.ratings).told(care, texts);
    let fact = |(word, number): (&str, String)| Fact {
        heading: texts.get(&format!("groups-{word}")),
        number,
        lines: vec![texts.get(&format!("groups-{word}-what"))],
    };
    let numbers = [
        ("asked", told.asked),
        ("answered", told.answered),
        ("abandoned", told.abandoned),
        ("rate", told.rate),
    ];
    let mut made: Vec<Fact> = numbers.map(fact).into();
    if let Some(rate) = made.last_mut() {
        rate.lines.push(texts.with("pages-interval", &[("interval", &told.interval)]));
        rate.lines.extend(served_line(figures, texts));
    }
    if figures.ratings.by_source.imported > 0 {
        made[0].lines.push(texts.get("pages-asked-some"));
    }
    made
}

fn tables(figures: &Figures, exact: bool, seen: &Seen) -> Vec<AskedTable> {
    let nouns = [Noun::Departments, Noun::Counters, Noun::Officers];
    let mut made: Vec<_> =
        nouns.into_iter().map(|noun| groups(noun, noun.groups(figures), exact, seen)).collect();
    made.push(hours(figures, exact, seen.texts));
    made.retain(|table| !table.rows.is_empty());
    made
}

/// One breakdown: the most asked first; small counts count alike.
fn groups(noun: Noun, groups: &[Group], exact: bool, seen: &Seen) -> AskedTable {
    let texts = seen.texts;
    let there: Vec<&Group> = groups.iter().filter(|one| one.ratings.asked > 0).collect();
    let asks: Vec<Asks> = there.iter().map(|one| Asks::from(&one.ratings)).collect();
    let mut rows: Vec<_> = there.iter().zip(told(&asks, exact, texts)).collect();
    let order = |group: &Group| match group.ratings.asked {
        few if is_few(few) && !exact => 1,
        count => count,
    };
    rows.sort_by(|(one, _), (other, _)| {
        order(other).cmp(&order(one)).then_with(|| one.name.cmp(&other.name))
    });
    let all = (rows.len() > ROWS).then(|| {
        let (period, query) = (&seen.period.name, &seen.narrow.query);
        (address::at(noun.path(), period, query, texts), texts.get("groups-answers-all"))
    });
    let row = |(group, told): (&&Group, Response)| AskedRow {
        name: group.name.clone(),
        link: Some(noun.address(&group.code, seen)),
        department: group.department.clone().unwrap_or_default(),
        told,
    };
    AskedTable {
        heading: texts.get(&format!("pages-{}", noun.word())),
        column: texts.get(&format!("groups-column-{}", noun.word())),
        rows: rows.into_iter().take(ROWS).map(row).collect(),
        all,
    }
}

fn hours(figures: &Figures, exact: bool, texts: &Texts) -> AskedTable {
    let hours = &figures.asked_by_hour;
    let asks: Vec<Asks> = hours.iter().map(Asks::from).collect();
    let row = |(hour, told): (&reports::figures::AskedHour, Response)| AskedRow {
        name: day::hour_name(hour.hour, texts),
        link: None,
        department: String::new(),
        told,
    };
    AskedTable {
        heading: texts.get("groups-answers-hours"),
        column: texts.get("dashboards-column-hour"),
        rows: hours.iter().zip(told(&asks, exact, texts)).map(row).collect(),
        all: None,
    }
}

/// The rows of a breakdown beside the whole: what is hidden of one is not what the others leave
/// over.
fn told(asks: &[Asks], exact: bool, texts: &Texts) -> Vec<Response> {
    let ratings: Vec<Ratings> = asks.iter().map(|one| one.as_ratings()).collect();
    let open = beside_whole(&ratings.iter().collect::<Vec<_>>(), SHOWN_FROM);
    let one = |(asks, open): (&Asks, reports::masks::Open)| {
        if exact {
            return asks.told(Care::None, texts);
        }
        let care = if open.share { Care::Part } else { Care::Withheld };
        let asked = open.total.written(reports::numbers::Numbers::of(texts));
        Response { asked, ..asks.told(care, texts) }
    };
    asks.iter().zip(open).map(one).collect()
}
