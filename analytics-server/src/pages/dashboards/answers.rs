//! Who was asked, who answered, who left and who has done neither yet: the whole, by department,
//! counter and officer, and by the hour of the day. Only tablets ask, so ratings from files stand in
//! none of these numbers. Each row adds up.

use super::bar::{self, Bar};
use super::cards::{Card, participation_line};
use super::data::{TableData, TakenPage, share};
use super::dimension::Dimension;
use super::filter::Filters;
use super::hours::hour_name;
use super::query::FigureQuery;
use super::response::{AskedCounts, PATH, WrittenCounts};
use super::view::{View, nothing};
use crate::fold::Unrated;
use crate::pages::prelude::*;
use crate::storage::unrated::UnratedRow;
use crate::tables_out::Cell;
use reports::figures::{AskedHour, Figures, Group};
use reports::numbers::Numbers;

/// Place of those who did not answer among the facts.
const ABANDONED: usize = 2;

/// Rows of a table; all of them stand in the lists.
const ROWS: usize = 50;

/// The page of who was asked.
#[derive(Template)]
#[template(path = "dashboards/answers.html")]
pub(in crate::pages) struct AnswersPage {
    pub layout: Layout,
    pub bar: Bar,
    pub facts: Vec<Card>,
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
    pub written: WrittenCounts,
}

/// `GET /answers`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let filters = Filters::of(&context, &query).await?;
    if let Some(address) = query.destination(PATH, &filters.query, context.texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, filters).await?;
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let page = TakenPage::of(app, context.text("groups-answers"), &view);
        return page.file(table(&figures, &view), format);
    }
    let mut page = AnswersPage::of(&context, &view, &figures);
    let reasons = reasons(app, &view).await?;
    if let Some(abandoned) = page.facts.get_mut(ABANDONED) {
        abandoned.lines.extend(reasons);
    }
    Ok(answer(StatusCode::OK, page.render()))
}

/// Of those who did not answer, how many said why: a line for each reason that was given. Nothing
/// where the figures are narrowed by what such a visit does not have.
async fn reasons(app: &App, view: &View) -> PageResult<Vec<String>> {
    let filter = &view.narrow.filter;
    if filter.procedure.is_some() || filter.channel.is_some() {
        return Ok(Vec::new());
    }
    let (from, until) = app.moments(&view.period);
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
        let count = (count > 0).then(|| Numbers::of(view.texts).count(count));
        count.map(|count| view.texts.with(key, &[("count", &count)]))
    };
    Ok(reasons.into_iter().filter_map(line).collect())
}

impl AnswersPage {
    /// The page of some figures.
    pub fn of(context: &Context, view: &View, figures: &Figures) -> Self {
        let Context { app, viewer, texts, .. } = context;
        let title = texts.get("groups-answers");
        let nobody = figures.ratings.asked == 0;
        let keys = ["groups-method-answers", "report-method-3"];
        Self {
            layout: bar::layout(context, title.clone(), PATH, "", view, figures),
            bar: Bar::of(PATH, title, view, None).exported(viewer, view, ""),
            facts: if nobody { Vec::new() } else { facts(figures, viewer, view) },
            empty: nobody.then(|| nothing(app, view, "groups-answers-none")),
            tables: if nobody { Vec::new() } else { breakdowns(figures, view, ROWS) },
            method: keys.map(|key| texts.get(key)).into(),
        }
    }
}

/// The whole, each number with what it means.
fn facts(figures: &Figures, viewer: &Viewer, view: &View) -> Vec<Card> {
    let texts = view.texts;
    let written = AskedCounts::from(&figures.ratings).written(texts);
    let fact = |(word, number): (&str, String)| Card {
        heading: texts.get(&format!("groups-{word}")),
        number,
        lines: vec![texts.get(&format!("groups-{word}-what"))],
        ..Card::default()
    };
    let numbers = [
        ("asked", written.asked),
        ("answered", written.answered),
        ("abandoned", written.abandoned),
        ("open", written.open),
        ("rate", written.rate),
    ];
    let mut made: Vec<Card> = numbers.map(fact).into();
    if let Some(rate) = made.last_mut() {
        rate.lines.push(texts.with("pages-interval", &[("interval", &written.interval)]));
        rate.lines.extend(participation_line(figures, texts));
    }
    if figures.ratings.by_source.imported > 0 {
        made[0].lines.push(texts.get("pages-asked-some"));
    }
    // What was ruled out was answered all the same.
    let out = figures.ratings.ruled_out.tablet;
    if out > 0 {
        let count = Numbers::of(texts).count(out);
        let line = texts.with("groups-answered-ruled-out", &[("count", &count)]);
        if viewer.may(Right::Records) {
            made[1].links.push((view.visits("&source=tablet&state=ruled_out"), line));
        } else {
            made[1].lines.push(line);
        }
    }
    made
}

/// The breakdowns, each with at most `most` rows.
fn breakdowns(figures: &Figures, view: &View, most: usize) -> Vec<AskedTable> {
    let dimensions = [Dimension::Departments, Dimension::Counters, Dimension::Officers];
    let each = dimensions.map(|one| groups(one, one.groups(figures), view, most));
    let mut made: Vec<_> = each.into();
    made.push(hours(figures, view.texts));
    made.retain(|table| !table.rows.is_empty());
    made
}

/// One breakdown: the most asked first.
fn groups(dimension: Dimension, groups: &[Group], view: &View, most: usize) -> AskedTable {
    let texts = view.texts;
    let mut rows: Vec<&Group> = groups.iter().filter(|one| one.ratings.asked > 0).collect();
    rows.sort_by(|one, other| {
        let asked = |group: &Group| group.ratings.asked;
        asked(other).cmp(&asked(one)).then_with(|| one.name.cmp(&other.name))
    });
    let all = (rows.len() > most)
        .then(|| (view.at(dimension.path(), ""), texts.get("groups-answers-all")));
    let row = |group: &Group| AskedRow {
        name: group.name.clone(),
        link: Some(dimension.address(&group.code, view)),
        department: group.department.clone().unwrap_or_default(),
        counts: AskedCounts::from(&group.ratings),
        written: AskedCounts::from(&group.ratings).written(texts),
    };
    AskedTable {
        heading: texts.get(&format!("pages-{}", dimension.word())),
        column: texts.get(&format!("groups-column-{}", dimension.word())),
        rows: rows.into_iter().take(most).map(row).collect(),
        all,
    }
}

fn hours(figures: &Figures, texts: &Texts) -> AskedTable {
    let row = |hour: &AskedHour| AskedRow {
        name: hour_name(hour.hour, texts),
        link: None,
        department: String::new(),
        counts: AskedCounts::from(hour),
        written: AskedCounts::from(hour).written(texts),
    };
    AskedTable {
        heading: texts.get("groups-answers-hours"),
        column: texts.get("dashboards-column-hour"),
        rows: figures.asked_by_hour.iter().map(row).collect(),
        all: None,
    }
}

/// The tables of the page as one, whole.
fn table(figures: &Figures, view: &View) -> TableData {
    let texts = view.texts;
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
    for table in breakdowns(figures, view, usize::MAX) {
        for row in table.rows {
            put(&table.heading, &row.name, &row.department, row.counts);
        }
    }
    data
}
