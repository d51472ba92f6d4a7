//! One department, officer, counter or procedure: its figures of a period, how they moved, what was
//! judged and named, and the way to the visits behind them. What is unknown and what lies outside the
//! reader's part of the centre get the same answer.

use super::aspects::Judged;
use super::bar::{self, Bar};
use super::cards::{self, Card};
use super::chart::Chart;
use super::data::{RatingsTable, TableData, TakenPage};
use super::dimension::Dimension;
use super::drawn::{draw, levels, trend};
use super::filter::Filters;
use super::query::FigureQuery;
use super::tables::estimate;
use super::view::{View, nothing};
use super::{before, cleaned};
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::slice::Slice;
use reports::charts::ChartError;
use reports::figures::{Figures, Group, RANKED_FROM};

/// The page of one.
#[derive(Template)]
#[template(path = "dashboards/group.html")]
pub(in crate::pages) struct GroupPage {
    pub layout: Layout,
    pub bar: Bar,
    /// Address and name of the list it stands in.
    pub list: (String, String),
    /// What it belongs to.
    pub of: Option<String>,
    pub facts: Vec<Card>,
    /// Why there is nothing more to see.
    pub notice: Option<String>,
    pub trend: Option<Chart>,
    pub levels: Option<Chart>,
    pub judged: Option<Judged>,
    /// Address and name of what goes further.
    pub links: Vec<(String, String)>,
    pub method: Vec<String>,
}

/// What the page is about, as it is known in the directory.
pub(in crate::pages) struct Subject {
    pub dimension: Dimension,
    pub id: i64,
    pub code: String,
    pub name: String,
    /// Name of the department it belongs to.
    pub of: Option<String>,
}

impl Subject {
    /// The one of a code within the reader's part of the centre.
    async fn find(dimension: Dimension, code: &str, context: &Context) -> PageResult<Self> {
        let Context { app, viewer, .. } = context;
        let directory = app.directory_within(&viewer.scope()).await?;
        let found = match dimension {
            Dimension::Departments => {
                directory.department(code).map(|one| (one.id, &one.name, one.id))
            }
            Dimension::Officers => {
                directory.officer(code).map(|one| (one.id, &one.name, one.department))
            }
            Dimension::Counters => {
                directory.counter(code).map(|one| (one.id, &one.name, one.department))
            }
            Dimension::Procedures => directory
                .procedures
                .iter()
                .find(|one| one.code == code)
                .map(|one| (one.id, &one.name, one.department)),
        };
        let (id, name, department) = found.ok_or(PageError::Missing)?;
        let whole = app.store.directory().await?;
        let of = whole.department_of(department).filter(|_| dimension != Dimension::Departments);
        let of = of.map(|one| one.name.clone());
        Ok(Self { dimension, id, code: code.to_owned(), name: name.clone(), of })
    }

    /// Where it is.
    fn path(&self) -> String {
        format!("{}/{}", self.dimension.path(), address::segment(&self.code))
    }

    /// The field that lists of visits and exports know it by, as part of an address.
    fn place(&self) -> String {
        // A text alone: it can always be written.
        let query = serde_html_form::to_string([(self.dimension.field(), &self.code)]);
        format!("&{}", query.unwrap_or_default())
    }
}

/// `GET /departments/{code}` and its like.
pub(super) async fn show(
    dimension: Dimension,
    context: Context,
    Path(code): Path<String>,
    Query(mut query): Query<FigureQuery>,
) -> PageResult {
    let app = &context.app;
    let mut subject = Subject::find(dimension, &code, &context).await?;
    // It belongs to one department, and is itself the procedure where it is one.
    query.department = None;
    if dimension == Dimension::Procedures {
        query.procedure = None;
    }
    let mut filters = Filters::of(&context, &query).await?;
    filters.selects.retain(|one| {
        one.name != "department" && (dimension, one.name) != (Dimension::Procedures, "procedure")
    });
    if let Some(address) = query.destination(&subject.path(), &filters.query, context.texts)? {
        return Ok(Redirect::to(&address).into_response());
    }
    let view = View::of(&context, &query, filters).await?;
    let filter = dimension.only(subject.id, view.narrow.filter.clone());
    let filter = filter.within(&context.viewer.scope());
    let slice = Slice { period: view.period.clone(), filter: filter.clone() };
    let figures = app.figures(slice).await?;
    // An officer is estimated among colleagues, as in the list.
    let among = if dimension == Dimension::Officers {
        let officers = app.figures(view.slice()).await?.officers;
        officers.into_iter().find(|officer| officer.id == subject.id)
    } else {
        None
    };
    // Of these days, which an officer may have served elsewhere than now.
    subject.of = among.as_ref().and_then(|officer| officer.department.clone()).or(subject.of);
    let words = app.questionnaire_words(view.texts).await?;
    if let Some(format) = &query.format {
        let page = TakenPage::of(app, subject.name.clone(), &view);
        return page.file(table(&subject, &figures, &words, &view), format);
    }
    let before = before::lines(app, &view, &filter, &figures.ratings).await?;
    let page = draw(move || {
        let mut page = GroupPage::of(&context, &subject, &view, &figures, among.as_ref(), &words)?;
        // Beside the satisfied share.
        if let Some(fact) = page.facts.get_mut(1).filter(|_| figures.ratings.total > 0) {
            fact.lines.extend(before);
        }
        Ok(page.render())
    });
    Ok(answer(StatusCode::OK, page.await?))
}

impl GroupPage {
    /// The page of some figures.
    pub fn of(
        context: &Context,
        subject: &Subject,
        view: &View,
        figures: &Figures,
        among: Option<&Group>,
        words: &QuestionnaireWords,
    ) -> Result<Self, ChartError> {
        let Context { app, viewer, texts, .. } = context;
        let Subject { dimension, name, of, .. } = subject;
        let (path, place) = (subject.path(), subject.place());
        let rated = figures.ratings.total > 0;
        let mut keys = vec!["report-method-2", "report-method-3"];
        keys.extend(among.map(|_| "groups-method-estimate"));
        keys.extend((figures.ratings.asked > 0).then_some("pages-method-response"));
        keys.extend(["report-method-5", "groups-method-reasons"]);
        Ok(Self {
            layout: bar::layout(context, name.clone(), &path, "", view, figures),
            list: (
                view.at(dimension.path(), ""),
                texts.get(&format!("groups-{}", dimension.word())),
            ),
            of: of.clone(),
            bar: Bar::of(&path, name.clone(), view, None).exported(viewer, view, &place),
            facts: facts(figures, &place, among, viewer, view),
            notice: (!rated).then(|| nothing(app, view, "pages-no-groups")),
            trend: rated.then(|| trend(figures, texts)).transpose()?,
            levels: rated.then(|| levels(figures, viewer, view, &place)).transpose()?,
            judged: rated.then(|| Judged::of(figures, words, viewer, &place, view)),
            links: links(*dimension, &place, view, viewer),
            method: keys.into_iter().map(|key| texts.get(key)).collect(),
        })
    }
}

/// The figures on top; `place` narrows the visits to them.
fn facts(
    figures: &Figures,
    place: &str,
    among: Option<&Group>,
    viewer: &Viewer,
    view: &View,
) -> Vec<Card> {
    let (texts, ratings) = (view.texts, &figures.ratings);
    let total = cards::ratings(ratings, place, viewer, view);
    let mut made = vec![total, satisfied(figures, place, viewer, view)];
    made.extend(among.map(|officer| Card {
        heading: texts.get("groups-column-estimate"),
        number: estimate(officer, texts),
        lines: vec![texts.get("groups-estimate-towards")],
        ..Card::default()
    }));
    made.extend((ratings.asked > 0).then(|| cards::response_rate(ratings, texts)));
    made
}

/// The satisfied share, what it is made of, and the same without what a rule found odd.
fn satisfied(figures: &Figures, place: &str, viewer: &Viewer, view: &View) -> Card {
    let texts = view.texts;
    let mut card = cards::satisfied(&figures.ratings, texts);
    if figures.ratings.total < RANKED_FROM {
        let from = RANKED_FROM.to_string();
        card.lines.push(texts.with("groups-unranked-below", &[("from", &from)]));
    }
    let odd = cleaned::line(viewer, view, figures);
    card.links.extend(odd.map(|(_, text)| (view.counted(&format!("{place}&flag=any")), text)));
    card
}

/// The page as a table: itself, what was judged and what was named.
fn table(
    subject: &Subject,
    figures: &Figures,
    words: &QuestionnaireWords,
    view: &View,
) -> TableData {
    let mut table = RatingsTable::new(view.texts);
    table.put_whole(&subject.code, &subject.name, figures);
    table.put_judged(figures, words);
    table.done()
}

/// What goes further: the visits, and for a department its parts.
fn links(dimension: Dimension, place: &str, view: &View, viewer: &Viewer) -> Vec<(String, String)> {
    let texts = view.texts;
    let mut made = Vec::new();
    if viewer.may(Right::Records) {
        made.push((view.counted(&format!("{place}&level=low")), texts.get("groups-low")));
    }
    if dimension == Dimension::Departments {
        let parts = [Dimension::Officers, Dimension::Counters, Dimension::Procedures];
        made.extend(parts.map(|part| {
            (view.at(part.path(), place), texts.get(&format!("groups-its-{}", part.word())))
        }));
    }
    made
}
