//! Who was asked, who answered, who left and who has done neither yet: the whole, by department,
//! counter and officer, and by the hour of the day. Only tablets ask, so ratings from files stand in
//! none of these numbers. Each row adds up.

use super::bar::Bar;
use super::data::{TableData, TakenPage, share};
use super::filter::Narrowed;
use super::group::Fact;
use super::groups::Noun;
use super::response::{AskedCounts, Response};
use super::{day, nothing};
use crate::auth::{Right, Viewer};
use crate::fold::Unrated;
use crate::pages::address::{self, Asked, Seen};
use crate::pages::cards::participation_line;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::unrated::UnratedRow;
use crate::tables_out::Cell;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use locales::Texts;
use reports::figures::{AskedHour, Figures, Group};
use reports::numbers::Numbers;

/// Where the page is.
pub(in crate::pages) const PATH: &str = "/answers";

/// Place of those who did not answer among the facts.
const ABANDONED: usize = 2;

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
    counts: AskedCounts,
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
    if let Some(format) = &asked.format {
        let page = TakenPage::of(app, seen.texts.get("groups-answers"), &seen);
        return page.file(table(&figures, &seen), format);
    }
    let mut page = AnswersPage::of(app, viewer, &seen, &figures);
    let said = said(app, &seen).await?;
    if let Some(abandoned) = page.facts.get_mut(ABANDONED) {
        abandoned.lines.extend(said);
    }
    Ok(answer(StatusCode::OK, page.render()))
}

/// Of those who did not answer, how many said why: a line for each reason that was given. Nothing
/// where the figures are narrowed by what such a visit does not have.
async fn said(app: &App, seen: &Seen) -> Result<Vec<String>, Fault> {
    let filter = &seen.narrow.filter;
    if filter.procedure.is_some() || filter.channel.is_some() {
        return Ok(Vec::new());
    }
    let (from, until) = app.moments(&seen.period);
    let counters = filter.counters(&app.store.counter_sites().await?);
    let rows = app.store.unrated_between(from, until).await?;
    let within = |row: &&UnratedRow| {
        filter.departments.as_ref().is_none_or(|all| all.contains(&row.department))
            && counters.as_ref().is_none_or(|all| all.contains(&row.counter))
            && filter.officer.is_none_or(|one| one == row.officer)
            && filter.stage.is_none_or(|one| one == row.stage)
    };
    let reasons = [
        (Unrated::Declined, "groups-abandoned-declined"),
        (Unrated::OfficerDisputed, "groups-abandoned-disputed"),
    ];
    let line = |(why, key)| {
        let of = rows.iter().filter(within).filter(|row| row.why == why);
        let count: u64 = of.map(|row| row.count).sum();
        let count = (count > 0).then(|| Numbers::of(seen.texts).count(count));
        count.map(|count| seen.texts.with(key, &[("count", &count)]))
    };
    Ok(reasons.into_iter().filter_map(line).collect())
}

impl AnswersPage {
    /// The page of some figures.
    pub fn of(app: &App, viewer: &Viewer, seen: &Seen, figures: &Figures) -> Self {
        let texts = seen.texts;
        let title = texts.get("groups-answers");
        let here = |texts: &Texts| address::at(PATH, &seen.period.name, &seen.narrow.query, texts);
        let mut shell = Shell::new(app, Some(viewer), texts, title.clone(), here);
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let nobody = figures.ratings.asked == 0;
        let tables = if nobody { Vec::new() } else { breakdowns(figures, seen, ROWS) };
        let keys = ["groups-method-answers", "report-method-3"];
        Self {
            bar: Bar::of(PATH, title, seen, None).exported(viewer, seen, ""),
            facts: if nobody { Vec::new() } else { facts(figures, viewer, seen) },
            empty: nobody.then(|| nothing(app, seen, "groups-answers-none")),
            tables,
            method: keys.map(|key| texts.get(key)).into(),
            shell,
        }
    }
}

/// The whole, each number with what it means.
fn facts(figures: &Figures, viewer: &Viewer, seen: &Seen) -> Vec<Fact> {
    let texts = seen.texts;
    let told = AskedCounts::from(&figures.ratings).written(texts);
    let fact = |(word, number): (&str, String)| Fact {
        heading: texts.get(&format!("groups-{word}")),
        number,
        lines: vec![texts.get(&format!("groups-{word}-what"))],
        links: Vec::new(),
    };
    let numbers = [
        ("asked", told.asked),
        ("answered", told.answered),
        ("abandoned", told.abandoned),
        ("open", told.open),
        ("rate", told.rate),
    ];
    let mut made: Vec<Fact> = numbers.map(fact).into();
    if let Some(rate) = made.last_mut() {
        rate.lines.push(texts.with("pages-interval", &[("interval", &told.interval)]));
        rate.lines.extend(participation_line(figures, texts));
    }
    if figures.ratings.by_source.imported > 0 {
        made[0].lines.push(texts.get("pages-asked-some"));
    }
    // What was ruled out was answered all the same.
    let out = figures.ratings.ruled_out.tablet;
    if out > 0 {
        let count = Numbers::of(texts).count(out);
        let said = texts.with("groups-answered-ruled-out", &[("count", &count)]);
        if viewer.may(Right::Records) {
            let query = "&source=tablet&state=ruled_out";
            made[1].links.push((address::visits(seen, query), said));
        } else {
            made[1].lines.push(said);
        }
    }
    made
}

/// The breakdowns, each with at most `most` rows.
fn breakdowns(figures: &Figures, seen: &Seen, most: usize) -> Vec<AskedTable> {
    let nouns = [Noun::Departments, Noun::Counters, Noun::Officers];
    let mut made: Vec<_> =
        nouns.into_iter().map(|noun| groups(noun, noun.groups(figures), seen, most)).collect();
    made.push(hours(figures, seen.texts));
    made.retain(|table| !table.rows.is_empty());
    made
}

/// One breakdown: the most asked first.
fn groups(noun: Noun, groups: &[Group], seen: &Seen, most: usize) -> AskedTable {
    let texts = seen.texts;
    let mut rows: Vec<&Group> = groups.iter().filter(|one| one.ratings.asked > 0).collect();
    rows.sort_by(|one, other| {
        let asked = |group: &Group| group.ratings.asked;
        asked(other).cmp(&asked(one)).then_with(|| one.name.cmp(&other.name))
    });
    let all = (rows.len() > most).then(|| {
        let (period, query) = (&seen.period.name, &seen.narrow.query);
        (address::at(noun.path(), period, query, texts), texts.get("groups-answers-all"))
    });
    let row = |group: &Group| AskedRow {
        name: group.name.clone(),
        link: Some(noun.address(&group.code, seen)),
        department: group.department.clone().unwrap_or_default(),
        counts: AskedCounts::from(&group.ratings),
        told: AskedCounts::from(&group.ratings).written(texts),
    };
    AskedTable {
        heading: texts.get(&format!("pages-{}", noun.word())),
        column: texts.get(&format!("groups-column-{}", noun.word())),
        rows: rows.into_iter().take(most).map(row).collect(),
        all,
    }
}

fn hours(figures: &Figures, texts: &Texts) -> AskedTable {
    let row = |hour: &AskedHour| AskedRow {
        name: day::hour_name(hour.hour, texts),
        link: None,
        department: String::new(),
        counts: AskedCounts::from(hour),
        told: AskedCounts::from(hour).written(texts),
    };
    AskedTable {
        heading: texts.get("groups-answers-hours"),
        column: texts.get("dashboards-column-hour"),
        rows: figures.asked_by_hour.iter().map(row).collect(),
        all: None,
    }
}

/// The tables of the page as one, whole.
fn table(figures: &Figures, seen: &Seen) -> TableData {
    let texts = seen.texts;
    let words = ["part", "name", "department", "asked", "answered", "abandoned", "open", "rate"];
    let columns = words.map(|word| texts.get(&format!("pages-table-{word}"))).into();
    let mut data = TableData { columns, rows: Vec::new() };
    let cells = |of: AskedCounts| {
        let counts = [of.asked, of.answered, of.abandoned, of.open].map(Cell::Count);
        counts.into_iter().chain([share(of.rate())])
    };
    let mut put = |part: &str, name: &str, department: &str, of: AskedCounts| {
        let names = [part, name, department].map(Cell::from);
        data.rows.push(names.into_iter().chain(cells(of)).collect());
    };
    put(&texts.get("pages-centre"), "", "", AskedCounts::from(&figures.ratings));
    for table in breakdowns(figures, seen, usize::MAX) {
        for row in table.rows {
            put(&table.heading, &row.name, &row.department, row.counts);
        }
    }
    data
}
