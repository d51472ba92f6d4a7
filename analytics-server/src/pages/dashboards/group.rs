//! One department, officer, counter or procedure: its figures of a period, how they moved, what was
//! judged and named, and the way to the visits behind them. What is unknown and what lies outside the
//! reader's part of the centre get the same answer.

use super::aspects::Judged;
use super::bar::Bar;
use super::cards::{self, Card};
use super::drawn::{Chart, draw, levels, trend};
use super::query::FigureQuery;
use super::view::{Shown, View};
use crate::export::figure_tables::RatingsTable;
use crate::figure_lines::percent;
use crate::pages::prelude::*;
use crate::questionnaire_words::QuestionnaireWords;
use crate::stats::groups::Dimension;
use crate::stats::slice::Slice;
use reports::charts::ChartError;
use reports::figures::{Figures, Group, RANKED_FROM};

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
    pub(super) async fn find(
        dimension: Dimension,
        code: &str,
        context: &Context,
    ) -> PageResult<Self> {
        let Context { app, viewer, .. } = context;
        let directory = app.directory_within(&viewer.scope()).await?;
        let entry = dimension.entries(&directory).into_iter().find(|one| one.code == code);
        let entry = entry.ok_or(PageError::Missing)?;
        let whole = app.store.directory().await?;
        let of = whole.department_of(entry.department);
        let of = of.filter(|_| dimension != Dimension::Departments).map(|one| one.name.clone());
        let (code, name) = (entry.code.to_owned(), entry.name.to_owned());
        Ok(Self { dimension, id: entry.id, code, name, of })
    }

    /// Where it is.
    fn path(&self) -> String {
        format!("/{}/{}", self.dimension.word(), address::segment(&self.code))
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
    let mut view = View::open(&context, &query, &subject.path(), "").await?;
    view.narrow.selects.retain(|one| {
        one.name != "department" && (dimension, one.name) != (Dimension::Procedures, "procedure")
    });
    let filter = dimension.only(subject.id, view.narrow.filter.clone());
    let filter = filter.within(&context.viewer.scope());
    let slice = Slice { period: view.period.clone(), filter: filter.clone() };
    let figures = app.figures(slice).await?;
    // An officer is estimated among colleagues, as in the list.
    let among = if dimension == Dimension::Officers {
        let figures = app.figures(view.slice()).await?;
        figures.officers.iter().find(|officer| officer.id == subject.id).cloned()
    } else {
        None
    };
    // Of these days, which an officer may have served elsewhere than now.
    subject.of = among.as_ref().and_then(|officer| officer.department.clone()).or(subject.of);
    let words = app.questionnaire_words(view.texts).await?;
    if let Some(format) = &query.format {
        let table = RatingsTable::new(view.texts).whole(&subject.code, &subject.name, &figures);
        let table = table.days(&figures).judged(&figures, &words).done();
        return view.file(app, subject.name, table, format);
    }
    let before = view.compared(app, &filter, &figures.ratings).await?;
    let status = view.status();
    let page = draw(move || {
        let among = among.as_ref();
        let page = GroupPage::of(&context, &subject, &view, &figures, among, &words, before)?;
        Ok(page.render())
    });
    Ok(answer(status, page.await?))
}

impl GroupPage {
    /// `among`: an officer among colleagues; `before`: the satisfied share against earlier periods, in
    /// sentences.
    pub fn of(
        context: &Context,
        subject: &Subject,
        view: &View,
        figures: &Figures,
        among: Option<&Group>,
        words: &QuestionnaireWords,
        before: Vec<String>,
    ) -> Result<Self, ChartError> {
        let Subject { dimension, name, of, code, .. } = subject;
        let (path, texts) = (subject.path(), view.texts);
        // The field that lists of visits and exports know it by.
        let query = serde_html_form::to_string([(dimension.field(), code)]).unwrap_or_default();
        let shown = Shown { place: format!("&{query}"), ..Shown::of(context, view, figures) };
        let rated = figures.ratings.total > 0;
        let mut keys = vec!["report-method-2", "report-method-3"];
        keys.extend(among.map(|_| "groups-method-estimate"));
        keys.extend((figures.ratings.asked > 0).then_some("pages-method-response"));
        keys.extend(["report-method-5", "groups-method-reasons"]);
        let mut layout = shown.layout(&path, name.clone(), "");
        // A report is of a department, and of nothing less.
        let is_reported = *dimension == Dimension::Departments && view.narrow.fields.is_empty();
        layout.lead_to_report(is_reported.then(|| view.at("/report", &shown.place)));
        Ok(Self {
            layout,
            list: (view.list(*dimension, ""), texts.get(&format!("groups-{}", dimension.word()))),
            of: of.clone(),
            bar: Bar::of(&shown, &path, name.clone(), None),
            facts: facts(&shown, among, before),
            notice: (!rated).then(|| shown.nothing("pages-no-groups")),
            trend: rated.then(|| trend(&shown)).transpose()?,
            levels: rated.then(|| levels(&shown)).transpose()?,
            judged: rated.then(|| Judged::of(&shown, words)),
            links: links(*dimension, &shown),
            method: shown.sentences(&keys),
        })
    }
}

/// The figures on top: among them the satisfied share, what it is made of, and the same without what
/// a rule found odd.
fn facts(shown: &Shown, among: Option<&Group>, before: Vec<String>) -> Vec<Card> {
    let (texts, ratings) = (shown.view.texts, &shown.figures.ratings);
    let mut satisfied = cards::satisfied(shown);
    if ratings.total < RANKED_FROM {
        let from = RANKED_FROM.to_string();
        satisfied.lines.push(texts.with("groups-unranked-below", &[("from", &from)]));
    }
    if ratings.total > 0 {
        satisfied.lines.extend(before);
    }
    satisfied.links.extend(shown.counted("&flag=any").zip(cards::cleaned(shown)));
    let mut made = vec![cards::ratings(shown), satisfied];
    made.extend(among.map(|officer| {
        let number = percent(officer.estimate, texts);
        let towards = vec![texts.get("groups-estimate-towards")];
        Card::new(texts.get("groups-column-estimate"), number, towards)
    }));
    made.extend((ratings.asked > 0).then(|| cards::response_rate(shown)));
    made
}

/// What goes further: the visits below satisfied, as far as there are any, and for a department its parts.
fn links(dimension: Dimension, shown: &Shown) -> Vec<(String, String)> {
    let (view, texts) = (shown.view, shown.view.texts);
    let levels = &shown.figures.ratings.levels;
    let low = levels.dissatisfied + levels.very_dissatisfied;
    let visits = [("below", "groups-below", levels.neutral + low), ("low", "groups-low", low)];
    let visits = visits.into_iter().filter(|(.., count)| *count > 0);
    let visits = visits.filter_map(|(word, key, count)| {
        let text = texts.with(key, &[("count", &shown.numbers().count(count))]);
        Some((shown.counted(&format!("&level={word}"))?, text))
    });
    let mut made: Vec<_> = visits.collect();
    if dimension == Dimension::Departments {
        let parts = [Dimension::Officers, Dimension::Counters, Dimension::Procedures];
        made.extend(parts.map(|part| {
            let text = texts.get(&format!("groups-its-{}", part.word()));
            (view.list(part, &shown.place), text)
        }));
    }
    made
}
