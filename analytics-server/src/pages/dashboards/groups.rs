//! Lists of departments, officers, counters and procedures with their figures of a period: against the
//! period before, and the departments, or the officers of one, over the last periods. Few ratings are
//! listed, but not ranked.

use super::bar::{Bar, carried};
use super::change::{ChangeCell, Changes, Headline, headlines};
use super::course::{self, Course, CoursePeriod};
use super::query::FigureQuery;
use super::tables::{self, Row};
use super::view::{Shown, View};
use crate::export::figure_tables::RatingsTable;
use crate::figure_lines::percent;
use crate::pages::pagination::{Pager, page_number, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::stats::groups::{Dimension, GroupOrder};
use crate::stats::measures::asked::AskedCounts;
use crate::stats::slice::Slice;
use crate::table_files::Cell;
use reports::charts::Shares;
use reports::figures::{Figures, Group, RANKED_FROM};
use std::sync::Arc;

/// Rows of a page.
const PER_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "dashboards/groups.html")]
pub(in crate::pages) struct GroupsPage {
    pub layout: Layout,
    pub bar: Bar,
    /// Who moved most and who is lowest.
    pub headlines: Vec<Headline>,
    /// How many there are, and in what order.
    pub note: String,
    /// Title of the column of names.
    pub column: String,
    pub axis: [String; 2],
    /// Whether the estimates have a column.
    pub estimates: bool,
    /// Whether the response rates have one: where tablets asked.
    pub responses: bool,
    /// Name, number, share, change.
    pub heads: [Head; 4],
    pub rows: Vec<Line>,
    /// Why there are none.
    pub empty: String,
    /// Where more would be shown.
    pub wider: Option<String>,
    pub pager: Pager,
    /// The same groups over the last periods.
    pub course: Option<Course>,
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
    pub change: ChangeCell,
    /// An officer's adjusted share.
    pub estimate: String,
    /// The response rate of those asked.
    pub response: String,
}

/// What a list shows besides the figures of its period.
#[derive(Default)]
pub(in crate::pages) struct Earlier {
    /// The period before it.
    pub before: Option<Arc<Figures>>,
    /// The last periods, where they are laid beside one another.
    pub periods: Vec<CoursePeriod>,
}

impl Earlier {
    async fn of(app: &App, dimension: Dimension, view: &View) -> PageResult<Self> {
        // Beside one another stand the departments, and the officers of one of them.
        let is_laid = match dimension {
            Dimension::Departments => true,
            Dimension::Officers => view.narrow.filter.departments.is_some(),
            Dimension::Counters | Dimension::Procedures => false,
        };
        let periods = if is_laid { course::load(app, view, dimension).await? } else { Vec::new() };
        Ok(Self { before: before(app, view).await?, periods })
    }
}

/// The figures of the period before, where there is one.
async fn before(app: &App, view: &View) -> PageResult<Option<Arc<Figures>>> {
    let Some((_, span)) = view.span.compared().first().copied() else {
        return Ok(None);
    };
    let filter = view.narrow.filter.clone();
    Ok(Some(app.figures(Slice { period: span.under(view.policy), filter }).await?))
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
        let before = before(app, &view).await?;
        let changes = Changes::of(dimension, &figures, before.as_deref());
        let groups = ordered(dimension, &figures, order, &changes);
        let mut table = RatingsTable::new(view.texts).groups(dimension, &groups).done();
        table.simulated = figures.simulated;
        changes.add_to(&mut table, &groups, view.texts);
        if dimension == Dimension::Officers {
            let estimate = |one: &&Group| one.estimate.map_or(Cell::Empty, Cell::Share);
            let heading = context.text("groups-column-estimate");
            table.add_column(heading, groups.iter().map(estimate));
        }
        return view.file(app, title, table, format);
    }
    let page = page_number(query.page.as_deref().unwrap_or_default())?;
    let earlier = Earlier::of(app, dimension, &view).await?;
    let page =
        GroupsPage::of(&context, dimension, &view, &figures, &earlier, (order, page as usize))?;
    Ok(answer(view.status(), page.render()))
}

impl GroupsPage {
    /// A page of the list: its order, and its number from 1.
    pub fn of(
        context: &Context,
        dimension: Dimension,
        view: &View,
        figures: &Figures,
        earlier: &Earlier,
        (order, page): (GroupOrder, usize),
    ) -> PageResult<Self> {
        let shown = Shown::of(context, view, figures);
        let (texts, numbers) = (view.texts, shown.numbers());
        let before = earlier.before.as_deref();
        let changes = Changes::of(dimension, figures, before);
        let groups = ordered(dimension, figures, order, &changes);
        let pages = pages_of(groups.len(), PER_PAGE);
        if page > pages {
            return Err(PageError::Missing);
        }
        let axis = tables::axis(&groups);
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
        let responses = groups.iter().any(|one| one.ratings.asked > 0);
        let head = |one: GroupOrder| {
            let (next, present) = turned(one, order);
            Head { address: at(next, 1), order: present }
        };
        let listed = rows_of(&groups, page, PER_PAGE);
        let line = |group: &&Group| Line::of(dimension, group, axis, &changes, &shown);
        let mut layout = shown.layout(&path, heading.clone(), &more(order, page));
        layout.lead_to_report(view.report());
        let heads = [GroupOrder::Name, GroupOrder::Count, GroupOrder::Share, GroupOrder::Change];
        Ok(Self {
            layout,
            bar: Bar::of(&shown, &path, heading, order.word()),
            headlines: headlines(view, dimension, figures, before),
            note,
            column: texts.get(&format!("groups-column-{}", dimension.word())),
            method: method(&shown, dimension, responses, axis),
            axis: [axis.low, 1.0].map(|mark| numbers.percent_mark(mark)),
            estimates: dimension == Dimension::Officers,
            responses,
            empty: shown.nothing("pages-no-groups"),
            heads: heads.map(head),
            rows: listed.iter().map(line).collect(),
            wider: view.wider(&path),
            course: Course::of(&shown, dimension, listed, &earlier.periods),
            pager: Pager::new(page, page < pages, |page| at(order, page)),
        })
    }
}

/// How the figures of a list are counted.
fn method(shown: &Shown, dimension: Dimension, responses: bool, axis: Shares) -> Vec<String> {
    let mut keys = vec!["report-method-2", "report-method-3", "groups-method-change"];
    keys.extend((dimension == Dimension::Officers).then_some("groups-method-estimate"));
    keys.extend(responses.then_some("pages-method-response"));
    let mut method = shown.sentences(&keys);
    let low = shown.numbers().percent_mark(axis.low);
    method.push(shown.view.texts.with("pages-method-axis", &[("low", &low)]));
    method
}

/// Where the head of an order leads while the list has an order, and how the list is ordered by it.
/// Chosen once more, the shares turn round.
fn turned(head: GroupOrder, present: GroupOrder) -> (GroupOrder, Option<&'static str>) {
    match (head, present) {
        (GroupOrder::Share, GroupOrder::Share) => (GroupOrder::Best, Some("ascending")),
        (GroupOrder::Share, GroupOrder::Best) => (GroupOrder::Share, Some("descending")),
        (GroupOrder::Count, GroupOrder::Count) => (head, Some("descending")),
        _ => (head, (head == present).then_some("ascending")),
    }
}

/// The groups that have ratings, in an order.
fn ordered<'f>(
    dimension: Dimension,
    figures: &'f Figures,
    order: GroupOrder,
    changes: &Changes,
) -> Vec<&'f Group> {
    let mut groups = dimension.with_raw_ratings(figures);
    groups.sort_by(|left, right| order.compare(left, right, |one| changes.difference(one)));
    groups
}

impl Line {
    fn of(
        dimension: Dimension,
        group: &Group,
        axis: Shares,
        changes: &Changes,
        shown: &Shown,
    ) -> Self {
        let (view, texts) = (shown.view, shown.view.texts);
        let below =
            tables::below(&group.ratings) > 0 && shown.context.viewer.may(Permission::Records);
        let visits = || view.visits_of(dimension, &group.code, "&level=below&state=counted");
        Self {
            link: view.group(dimension, &group.code),
            below: below.then(visits),
            row: Row::of_group(group, axis, texts),
            change: changes.cell(group, texts),
            estimate: percent(group.estimate, texts),
            response: percent(AskedCounts::from(&group.ratings).rate(), texts),
        }
    }
}
