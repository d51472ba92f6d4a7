//! Lists of departments, officers, counters and procedures with their figures of a period. Few
//! ratings are listed, but not ranked.

use super::bar::{Bar, carried};
use super::query::FigureQuery;
use super::tables::{self, Row};
use super::view::{Shown, View};
use crate::export::figure_tables::RatingsTable;
use crate::figure_lines::percent;
use crate::pages::pagination::{Pager, page_number, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::stats::groups::{Dimension, GroupOrder};
use crate::stats::measures::asked::AskedCounts;
use reports::charts::Shares;
use reports::figures::{Figures, Group, RANKED_FROM};

/// Rows of a page.
const PER_PAGE: usize = 50;

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

pub(in crate::pages) struct Line {
    pub link: String,
    /// The visits below satisfied, where there are some to be shown.
    pub below: Option<String>,
    pub row: Row,
    /// An officer's adjusted share.
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
    let order = GroupOrder::of_word(query.sort.as_deref().unwrap_or_default());
    let order = order.ok_or(PageError::Request)?;
    let path = format!("/{}", dimension.word());
    let view = View::open(&context, &query, &path, &carried(order.word())).await?;
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let title = context.text(&format!("groups-{}", dimension.word()));
        let groups = ordered(dimension, &figures, order);
        let table = RatingsTable::new(view.texts).groups(dimension, &groups).done();
        return view.file(app, title, table, format);
    }
    let page = page_number(query.page.as_deref().unwrap_or_default())?;
    let page = GroupsPage::of(&context, dimension, &view, &figures, order, page as usize)?;
    Ok(answer(StatusCode::OK, page.render()))
}

impl GroupsPage {
    pub fn of(
        context: &Context,
        dimension: Dimension,
        view: &View,
        figures: &Figures,
        order: GroupOrder,
        page: usize,
    ) -> PageResult<Self> {
        let shown = Shown::of(context, view, figures);
        let (texts, numbers) = (view.texts, shown.numbers());
        let groups = ordered(dimension, figures, order);
        let pages = pages_of(groups.len(), PER_PAGE);
        if page > pages {
            return Err(PageError::Missing);
        }
        let axis = tables::axis(&groups);
        let low = numbers.percent_mark(axis.low);
        let path = format!("/{}", dimension.word());
        let heading = texts.get(&format!("groups-{}", dimension.word()));
        let more = |order: GroupOrder, page: usize| {
            let page = if page > 1 { format!("&page={page}") } else { String::new() };
            format!("{}{page}", carried(order.word()))
        };
        let at = |order: GroupOrder, page: usize| view.at(&path, &more(order, page));
        let note = [
            ("count", &*numbers.count(groups.len() as u64)),
            ("page", &page.to_string()),
            ("pages", &pages.to_string()),
            ("from", &RANKED_FROM.to_string()),
        ];
        let note = texts.with("groups-note", &note);
        let estimates = dimension == Dimension::Officers;
        let responses = groups.iter().any(|one| one.ratings.asked > 0);
        let mut method = shown.sentences(&["report-method-2", "report-method-3"]);
        method.extend(estimates.then(|| texts.get("groups-method-estimate")));
        method.extend(responses.then(|| texts.get("pages-method-response")));
        method.push(texts.with("pages-method-axis", &[("low", &low)]));
        let head = |one: GroupOrder| {
            let (next, present) = turned(one, order);
            Head { address: at(next, 1), order: present }
        };
        let lines = rows_of(&groups, page, PER_PAGE).iter();
        Ok(Self {
            layout: shown.layout(&path, heading.clone(), &more(order, page)),
            bar: Bar::of(&shown, &path, heading, order.word()),
            note,
            column: texts.get(&format!("groups-column-{}", dimension.word())),
            method,
            axis: [low, numbers.percent_mark(1.0)],
            estimates,
            responses,
            empty: shown.nothing("pages-no-groups"),
            heads: [GroupOrder::Name, GroupOrder::Count, GroupOrder::Share].map(head),
            rows: lines.map(|group| Line::of(dimension, group, axis, &shown)).collect(),
            wider: view.wider(&path),
            pager: Pager::new(page, page < pages, |page| at(order, page)),
        })
    }
}

/// Where the head of an order leads while the list has an order, and how the list is ordered by it.
/// Chosen once more, the shares turn round.
fn turned(head: GroupOrder, present: GroupOrder) -> (GroupOrder, Option<&'static str>) {
    match (head, present) {
        (GroupOrder::Share, GroupOrder::Share) => (GroupOrder::Worst, Some("descending")),
        (GroupOrder::Share, GroupOrder::Worst) => (GroupOrder::Share, Some("ascending")),
        (GroupOrder::Name, GroupOrder::Name) => (head, Some("ascending")),
        (GroupOrder::Count, GroupOrder::Count) => (head, Some("descending")),
        _ => (head, None),
    }
}

/// The groups that have ratings, in an order.
fn ordered(dimension: Dimension, figures: &Figures, order: GroupOrder) -> Vec<&Group> {
    let mut groups = dimension.with_raw_ratings(figures);
    groups.sort_by(|left, right| order.compare(left, right));
    groups
}

impl Line {
    fn of(dimension: Dimension, group: &Group, axis: Shares, shown: &Shown) -> Self {
        let (view, texts) = (shown.view, shown.view.texts);
        let below =
            tables::below(&group.ratings) > 0 && shown.context.viewer.may(Permission::Records);
        let visits = || view.visits_of(dimension, &group.code, "&level=below&state=counted");
        Self {
            link: view.group(dimension, &group.code),
            below: below.then(visits),
            row: Row::of_group(group, axis, texts),
            estimate: percent(group.estimate, texts),
            response: percent(AskedCounts::from(&group.ratings).rate(), texts),
        }
    }
}
