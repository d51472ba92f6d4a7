//! Lists of departments, officers, counters and procedures with their figures of a period. Few
//! ratings are listed, but not ranked.

use super::bar::{self, Bar, carried};
use super::data::{RatingsTable, TableData, TakenPage};
use super::dimension::Dimension;
use super::filter::Filters;
use super::query::FigureQuery;
use super::response::AskedCounts;
use super::sort::Sort;
use super::tables::{self, Row, estimate, row, three};
use super::view::{View, nothing};
use crate::pages::pagination::{Pager, page_number, pages_of, rows_of};
use crate::pages::prelude::*;
use reports::charts::Shares;
use reports::figures::{Figures, Group, RANKED_FROM};
use reports::numbers::Numbers;

/// Rows of a page.
const PER_PAGE: usize = 50;

/// The page of a list.
#[derive(Template)]
#[template(path = "dashboards/groups.html")]
pub(in crate::pages) struct GroupsPage {
    pub layout: Layout,
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
    /// Where more would be shown.
    pub wider: Option<String>,
    pub pager: Pager,
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
    /// The visits below satisfied, where there are some to be shown.
    pub below: Option<String>,
    pub row: Row,
    /// The adjusted estimate.
    pub estimate: String,
    /// The response rate of those asked.
    pub response: String,
}

/// `GET /departments` and its like.
pub(super) async fn show(
    dimension: Dimension,
    context: Context,
    Query(query): Query<FigureQuery>,
) -> PageResult {
    let app = &context.app;
    let sort = Sort::of(&query)?;
    let filters = Filters::of(&context, &query).await?;
    let kept = format!("{}{}", filters.query, carried(sort.word()));
    if let Some(address) = query.destination(dimension.path(), &kept, context.texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, filters).await?;
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let title = context.text(&format!("groups-{}", dimension.word()));
        let page = TakenPage::of(app, title, &view);
        return page.file(table(dimension, &figures, sort, &view), format);
    }
    let page = page_number(query.page.as_deref().unwrap_or_default())?;
    let page = GroupsPage::of(&context, dimension, &view, &figures, sort, page as usize)?;
    Ok(answer(StatusCode::OK, page.render()))
}

impl GroupsPage {
    /// The page of some figures.
    pub fn of(
        context: &Context,
        dimension: Dimension,
        view: &View,
        figures: &Figures,
        sort: Sort,
        page: usize,
    ) -> PageResult<Self> {
        let (viewer, texts, path) = (&context.viewer, view.texts, dimension.path());
        let groups = ordered(dimension, figures, sort);
        let pages = pages_of(groups.len(), PER_PAGE);
        if page > pages {
            return Err(PageError::Missing);
        }
        let axis = tables::axis(groups.iter().copied());
        let lines = rows_of(&groups, page, PER_PAGE).iter();
        let rows = lines.map(|group| Line::of(dimension, group, viewer, axis, view)).collect();
        let heading = texts.get(&format!("groups-{}", dimension.word()));
        let more = |sort: Sort, page: usize| {
            let page = if page > 1 { format!("&page={page}") } else { String::new() };
            format!("{}{page}", carried(sort.word()))
        };
        let at = |sort: Sort, page: usize| view.at(path, &more(sort, page));
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
        let head = |one: Sort| {
            // Chosen once more, the shares turn round.
            let (next, order) = match (one, sort) {
                (Sort::Share, Sort::Share) => (Sort::Worst, Some("descending")),
                (Sort::Share, Sort::Worst) => (Sort::Share, Some("ascending")),
                (Sort::Name, Sort::Name) => (one, Some("ascending")),
                (Sort::Count, Sort::Count) => (one, Some("descending")),
                _ => (one, None),
            };
            Head { address: at(next, 1), order }
        };
        Ok(Self {
            layout: bar::layout(context, heading.clone(), path, &more(sort, page), view, figures),
            bar: Bar::of(path, heading, view, sort.word()).exported(viewer, view, ""),
            note: texts.with("groups-note", &places),
            column: texts.get(&format!("groups-column-{}", dimension.word())),
            method: method(dimension, responses, &low, texts),
            axis: [low, numbers.percent_mark(1.0)],
            estimates: dimension == Dimension::Officers,
            responses,
            empty: nothing(&context.app, view, "pages-no-groups"),
            heads: [Sort::Name, Sort::Count, Sort::Share].map(head),
            rows,
            wider: (!view.narrow.fields.is_empty())
                .then(|| address::at(path, &view.period.name, "", texts)),
            pager: Pager::new(page, page < pages, |page| at(sort, page)),
        })
    }
}

/// How the columns are counted.
fn method(dimension: Dimension, responses: bool, low: &str, texts: &Texts) -> Vec<String> {
    let mut keys = vec!["report-method-2", "report-method-3"];
    keys.extend((dimension == Dimension::Officers).then_some("groups-method-estimate"));
    keys.extend(responses.then_some("pages-method-response"));
    let mut method: Vec<String> = keys.into_iter().map(|key| texts.get(key)).collect();
    method.push(texts.with("pages-method-axis", &[("low", low)]));
    method
}

/// The groups that have ratings, in an order; also those whose ratings were all ruled out.
fn ordered(dimension: Dimension, figures: &Figures, sort: Sort) -> Vec<&Group> {
    let there = dimension.groups(figures).iter().filter(|one| one.ratings.raw() > 0);
    let mut groups: Vec<&Group> = there.collect();
    groups.sort_by(|left, right| sort.order(left, right));
    groups
}

/// The list as a table, all of its pages.
fn table(dimension: Dimension, figures: &Figures, sort: Sort, view: &View) -> TableData {
    let mut table = RatingsTable::new(view.texts);
    table.put_groups(dimension, ordered(dimension, figures, sort).into_iter());
    table.done()
}

impl Line {
    fn of(dimension: Dimension, group: &Group, viewer: &Viewer, axis: Shares, view: &View) -> Self {
        let texts = view.texts;
        let made = row(&group.ratings, false, axis, texts);
        let [.., below] = three(&group.ratings);
        Self {
            link: dimension.address(&group.code, view),
            below: (below > 0 && viewer.may(Right::Records))
                .then(|| dimension.below(&group.code, view)),
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
