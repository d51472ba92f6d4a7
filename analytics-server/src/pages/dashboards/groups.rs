//! Lists of departments, officers, counters and procedures with their figures of a period. Few
//! ratings are listed, but not ranked.

use super::bar::{Bar, carried};
use super::data::{RatingsTable, TableData, TakenPage};
use super::filter::Narrowed;
use super::nothing;
use super::response::AskedCounts;
use super::sort::Sort;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Asked, Seen};
use crate::pages::doors::Doors;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::pages::tables::{self, Row, row, three};
use crate::state::App;
use crate::stats::slice::Filter;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Figures, Group, RANKED_FROM};
use reports::numbers::Numbers;

/// Rows of a page.
const PER_PAGE: usize = 50;

/// What figures are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Noun {
    Departments,
    Officers,
    Counters,
    Procedures,
}

impl Noun {
    /// The word in addresses and names of sentences.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Officers => "officers",
            Self::Counters => "counters",
            Self::Procedures => "procedures",
        }
    }

    /// Where the list is.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Departments => "/departments",
            Self::Officers => "/officers",
            Self::Counters => "/counters",
            Self::Procedures => "/procedures",
        }
    }

    /// Where one of them is, in a period and with the filters that make sense there.
    pub fn address(self, code: &str, seen: &Seen) -> String {
        let own =
            |name: &str| name == "department" || (self, name) == (Self::Procedures, "procedure");
        let kept: Vec<_> = seen.narrow.fields.iter().filter(|(name, _)| !own(name)).collect();
        let query = serde_html_form::to_string(&kept).unwrap_or_default();
        let query = if query.is_empty() { query } else { format!("&{query}") };
        let path = format!("{}/{}", self.path(), address::segment(code));
        address::at(&path, &seen.period.name, &query, seen.texts)
    }

    /// The field that lists of visits and exports know one by.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Departments => "department",
            Self::Officers => "officer",
            Self::Counters => "counter",
            Self::Procedures => "procedure",
        }
    }

    /// Where the visits of one are that were rated below satisfied.
    fn below(self, code: &str, seen: &Seen) -> String {
        let kept = seen.narrow.fields.iter().filter(|(name, _)| *name != self.field());
        let kept = kept.map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<_> =
            kept.chain([(self.field(), code), ("level", "below"), ("state", "counted")]).collect();
        let query = serde_html_form::to_string(fields).unwrap_or_default();
        let (from, to) = (seen.period.from, seen.period.to);
        format!("/records?from={from}&to={to}&{query}{}", address::language(seen.texts))
    }

    /// Theirs among the figures.
    pub fn groups(self, figures: &Figures) -> &[Group] {
        match self {
            Self::Departments => &figures.departments,
            Self::Officers => &figures.officers,
            Self::Counters => &figures.counters,
            Self::Procedures => &figures.procedures,
        }
    }

    /// The filter narrowed to one of them.
    pub fn only(self, id: i64, filter: Filter) -> Filter {
        match self {
            Self::Departments => Filter { departments: Some([id].into()), ..filter },
            Self::Officers => Filter { officer: Some(id), ..filter },
            Self::Counters => Filter { counter: Some(id), ..filter },
            Self::Procedures => Filter { procedure: Some(id), ..filter },
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "dashboards/groups.html")]
pub(in crate::pages) struct GroupsPage {
    pub shell: Shell,
    pub bar: Bar,
    /// How many there are, and in what order.
    pub note: String,
    /// Title of the column of names.
    pub column: String,
    pub axis: [String; 2],
    /// Whether the estimates have a column.
    pub estimates: bool,
    /// Whether the response rates have one: where tablets asked.
    pub responses: bool,
    pub heads: [Head; 3],
    pub rows: Vec<Line>,
    /// Why there are none.
    pub empty: String,
    /// Where more would be seen.
    pub wider: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub method: Vec<String>,
}

/// A head of a column that orders the list.
pub(in crate::pages) struct Head {
    pub address: String,
    /// How the list is ordered by it, if it is: `ascending` or `descending`.
    pub order: Option<&'static str>,
}

/// One of the list.
pub(in crate::pages) struct Line {
    pub link: String,
    /// The visits below satisfied, where there are some to be seen.
    pub below: Option<String>,
    pub row: Row,
    /// The adjusted estimate.
    pub estimate: String,
    /// The response rate of those asked.
    pub response: String,
}

/// The addresses of the lists, of each of what they list, and of what was judged.
pub(in crate::pages) fn doors(doors: Doors) -> Doors {
    use Noun::{Counters, Departments, Officers, Procedures};
    let nouns = [
        (Departments, "/departments/{code}"),
        (Officers, "/officers/{code}"),
        (Counters, "/counters/{code}"),
        (Procedures, "/procedures/{code}"),
    ];
    let doors = doors.behind(Right::Figures, "/aspects", get(super::aspects::aspects)).behind(
        Right::Figures,
        super::answers::PATH,
        get(super::answers::answers),
    );
    nouns.into_iter().fold(doors, |doors, (noun, one)| {
        let list = move |app: State<App>, viewer: Viewer, asked: Result<_, _>| {
            list(noun, app, viewer, asked)
        };
        let group =
            move |app: State<App>, viewer: Viewer, code: Result<_, _>, asked: Result<_, _>| {
                super::group::group(noun, app, viewer, code, asked)
            };
        doors.behind(Right::Figures, noun.path(), get(list)).behind(Right::Figures, one, get(group))
    })
}

async fn list(
    noun: Noun,
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    match show(noun, &app, &viewer, &asked).await {
        Ok(response) => response,
        Err(fault) => fault.page(&app, Some(&viewer), asked.texts()),
    }
}

async fn show(noun: Noun, app: &App, viewer: &Viewer, asked: &Asked) -> Result<Response, Fault> {
    let sort = Sort::of(asked)?;
    let narrow = Narrowed::of(app, viewer, asked).await?;
    let query = format!("{}{}", narrow.query, carried(sort.word()));
    if let Some(address) = asked.destination_at(noun.path(), &query)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let seen = Seen { narrow, ..asked.seen(app, viewer).await? };
    let figures = app.figures(seen.slice()).await?;
    if let Some(format) = &asked.format {
        let title = seen.texts.get(&format!("groups-{}", noun.word()));
        let page = TakenPage::of(app, title, &seen);
        return page.file(table(noun, &figures, sort, &seen), format);
    }
    let page = match asked.page.as_deref() {
        None | Some("") => 1,
        Some(text) => text.parse().ok().filter(|page| *page > 0).ok_or(Fault::Request)?,
    };
    let page = GroupsPage::of(app, viewer, noun, &seen, &figures, sort, page)?;
    Ok(answer(StatusCode::OK, page.render()))
}

impl GroupsPage {
    /// The page of some figures.
    pub fn of(
        app: &App,
        viewer: &Viewer,
        noun: Noun,
        seen: &Seen,
        figures: &Figures,
        sort: Sort,
        page: usize,
    ) -> Result<Self, Fault> {
        let texts = seen.texts;
        let groups = ordered(noun, figures, sort);
        let pages = groups.len().div_ceil(PER_PAGE).max(1);
        if page > pages {
            return Err(Fault::Missing);
        }
        let axis = tables::axis(groups.iter().copied());
        let lines = groups.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let rows = lines.map(|group| Line::of(noun, group, viewer, axis, seen)).collect();
        let heading = texts.get(&format!("groups-{}", noun.word()));
        let path = noun.path();
        let at = |sort: Sort, page: usize, texts: &Texts| {
            let page = if page > 1 { format!("&page={page}") } else { String::new() };
            let query = format!("{}{}{page}", seen.narrow.query, carried(sort.word()));
            address::at(path, &seen.period.name, &query, texts)
        };
        let title = heading.clone();
        let mut shell = Shell::new(app, Some(viewer), texts, title, |texts| at(sort, page, texts));
        shell.carry(seen, figures);
        shell.simulated = figures.simulated;
        let numbers = Numbers::of(texts);
        let places = [
            ("count", numbers.count(groups.len() as u64)),
            ("page", page.to_string()),
            ("pages", pages.to_string()),
            ("from", RANKED_FROM.to_string()),
        ];
        let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
        let low = numbers.percent_mark(axis.low);
        let responses = groups.iter().any(|one| one.ratings.asked > 0);
        let method = method(noun, responses, &low, texts);
        let head = |one: Sort| {
            // Pressed once more, the shares turn round.
            let (next, order) = match (one, sort) {
                (Sort::Share, Sort::Share) => (Sort::Worst, Some("descending")),
                (Sort::Share, Sort::Worst) => (Sort::Share, Some("ascending")),
                (Sort::Name, Sort::Name) => (one, Some("ascending")),
                (Sort::Count, Sort::Count) => (one, Some("descending")),
                _ => (one, None),
            };
            Head { address: at(next, 1, texts), order }
        };
        Ok(Self {
            bar: Bar::of(path, heading, seen, sort.word()).exported(viewer, seen, ""),
            note: texts.with("groups-note", &places),
            column: texts.get(&format!("groups-column-{}", noun.word())),
            axis: [low, numbers.percent_mark(1.0)],
            estimates: noun == Noun::Officers,
            responses,
            empty: nothing(app, seen, "pages-no-groups"),
            heads: [Sort::Name, Sort::Count, Sort::Share].map(head),
            rows,
            wider: (!seen.narrow.fields.is_empty())
                .then(|| address::at(path, &seen.period.name, "", texts)),
            previous: (page > 1).then(|| at(sort, page - 1, texts)),
            next: (page < pages).then(|| at(sort, page + 1, texts)),
            method,
            shell,
        })
    }
}

/// How the columns are counted.
fn method(noun: Noun, responses: bool, low: &str, texts: &Texts) -> Vec<String> {
    let mut keys = vec!["report-method-2", "report-method-3"];
    keys.extend((noun == Noun::Officers).then_some("groups-method-estimate"));
    keys.extend(responses.then_some("pages-method-response"));
    let mut method: Vec<String> = keys.into_iter().map(|key| texts.get(key)).collect();
    method.push(texts.with("pages-method-axis", &[("low", low)]));
    method
}

/// The groups that have ratings, in an order; also those whose ratings were all ruled out.
fn ordered(noun: Noun, figures: &Figures, sort: Sort) -> Vec<&Group> {
    let there = noun.groups(figures).iter().filter(|one| one.ratings.raw() > 0);
    let mut groups: Vec<&Group> = there.collect();
    groups.sort_by(|left, right| sort.order(left, right));
    groups
}

/// The list as a table, all of its pages.
fn table(noun: Noun, figures: &Figures, sort: Sort, seen: &Seen) -> TableData {
    let mut table = RatingsTable::new(seen.texts);
    table.put_groups(noun, ordered(noun, figures, sort).into_iter());
    table.done()
}

impl Line {
    fn of(noun: Noun, group: &Group, viewer: &Viewer, axis: Shares, seen: &Seen) -> Self {
        let texts = seen.texts;
        let made = row(&group.ratings, false, axis, texts);
        let [.., below] = three(&group.ratings);
        Self {
            link: noun.address(&group.code, seen),
            below: (below > 0 && viewer.may(Right::Records)).then(|| noun.below(&group.code, seen)),
            row: Row {
                name: group.name.clone(),
                department: group.department.clone().unwrap_or_default(),
                ..made
            },
            estimate: estimate(group, texts),
            response: AskedCounts::from(&group.ratings).written(texts).rate,
        }
    }
}

/// An officer's adjusted share.
pub(super) fn estimate(group: &Group, texts: &Texts) -> String {
    let written = |share: f64| Numbers::of(texts).percent(share);
    group.estimate.map_or_else(|| "–".to_owned(), written)
}
