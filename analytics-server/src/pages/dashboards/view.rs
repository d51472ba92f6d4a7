//! What a page of figures shows: a period, and the part of the centre that the filters leave; where
//! the pages beside it and the visits behind it are.

use super::filter::Filters;
use super::query::{FigureQuery, PeriodRefusal};
use crate::centre_time::local;
use crate::export::figure_tables::FigureTable;
use crate::figure_lines::{against_key, compared};
use crate::pages::access_audit::AccessAudit;
use crate::pages::address::given;
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use crate::stats::groups::Dimension;
use crate::stats::slice::{Filter, Slice};
use crate::table_files::{Cell, FileForm, ShownTable};
use jiff::civil::Date;
use reports::figures::{Figures, Period, Ratings};
use reports::numbers::Numbers;
use serde_json::{Map, Value};

/// The period that a field names: the month of the last rating that the reader may see, or of
/// today, unless it names one.
pub(in crate::pages) async fn span(
    app: &App,
    viewer: &Viewer,
    field: Option<&str>,
) -> PageResult<Span> {
    if let Some(text) = given(field) {
        return Ok(text.parse()?);
    }
    let day = app.latest_day(&viewer.scope()).await?;
    Ok(Span::month_of(day, app.centre().policy))
}

/// What is shown, and in which language.
#[derive(Clone)]
pub(in crate::pages) struct View {
    /// The period before it has days.
    pub span: Span,
    pub period: Period,
    /// The centre's rule for days.
    pub policy: Policy,
    pub texts: &'static Texts,
    /// Which part of the centre.
    pub narrow: Filters,
    /// Why another period that was chosen is not shown.
    pub refusal: Option<PeriodRefusal>,
}

impl View {
    /// What an address asks for; one that the chooser made has moved to the address of the period.
    /// Where the chooser's fields name no period, the one before stays, with what was typed. `more` is
    /// what the page's address carries besides the filters.
    pub async fn open(
        context: &Context,
        query: &FigureQuery,
        path: &str,
        more: &str,
    ) -> PageResult<Self> {
        let narrow = Filters::of(context, query).await?;
        match query.chosen() {
            Ok(None) => Self::of(context, query, narrow).await,
            Ok(Some(span)) => {
                let kept = format!("{}{more}", narrow.query);
                let address = address::at(path, &span.to_string(), &kept, context.texts);
                Err(PageError::Moved(address))
            }
            // A file and a fragment have no chooser.
            Err(error) if query.format.is_some() || query.fragment.is_some() => Err(error.into()),
            Err(error) => {
                let refusal = Some(PeriodRefusal::of(query, error, context.texts));
                Ok(Self { refusal, ..Self::of(context, query, narrow).await? })
            }
        }
    }

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
        if self.refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
    }

    /// What an address asks for, within these filters.
    pub async fn of(context: &Context, query: &FigureQuery, narrow: Filters) -> PageResult<Self> {
        let span = span(&context.app, &context.viewer, query.period.as_deref()).await?;
        Ok(Self::of_span(context, span, narrow))
    }

    /// A period within these filters.
    pub fn of_span(context: &Context, span: Span, narrow: Filters) -> Self {
        let policy = context.app.centre().policy;
        let (period, texts) = (span.under(policy), context.texts);
        Self { span, period, policy, texts, narrow, refusal: None }
    }

    pub fn slice(&self) -> Slice {
        Slice { period: self.period.clone(), filter: self.narrow.filter.clone() }
    }

    /// Whether the period holds today.
    pub fn is_live(&self, app: &App) -> bool {
        (self.period.from..=self.period.to).contains(&app.today())
    }

    /// Whether the period is a range of days.
    pub fn is_range(&self) -> bool {
        matches!(self.span, Span::Days(..))
    }

    /// The address of another page of the same; `more` narrows it further.
    pub fn at(&self, path: &str, more: &str) -> String {
        let query = format!("{}{more}", self.narrow.query);
        address::at(path, &self.period.name, &query, self.texts)
    }

    /// The same page without the filters, where there are some.
    pub fn wider(&self, path: &str) -> Option<String> {
        let is_narrowed = !self.narrow.fields.is_empty();
        is_narrowed.then(|| address::at(path, &self.period.name, "", self.texts))
    }

    /// The list of a dimension; `more` narrows it further.
    pub fn list(&self, dimension: Dimension, more: &str) -> String {
        self.at(&format!("/{}", dimension.word()), more)
    }

    /// The page of one of a dimension, with the filters that make sense there.
    pub fn group(&self, dimension: Dimension, code: &str) -> String {
        let own: &[&str] = match dimension {
            Dimension::Procedures => &["department", "procedure"],
            _ => &["department"],
        };
        let path = format!("/{}/{}", dimension.word(), address::segment(code));
        let query = self.narrow.query_with(own, &[]);
        address::at(&path, &self.period.name, &query, self.texts)
    }

    /// Where the report of what is shown is offered: of the reader's part of the centre, or of one
    /// department. There is none of less.
    pub fn report(&self) -> Option<String> {
        let is_reported = self.narrow.fields.iter().all(|(name, _)| *name == "department");
        is_reported.then(|| self.at("/report", ""))
    }

    fn records(&self, query: &str) -> String {
        let (from, to) = (self.period.from, self.period.to);
        format!("/records?from={from}&to={to}{query}{}", address::language(self.texts))
    }

    /// The address of the visits behind what is shown; `more` narrows it further.
    pub fn visits(&self, more: &str) -> String {
        self.records(&format!("{}{more}", self.narrow.query))
    }

    /// The same of one of a dimension.
    pub fn visits_of(&self, dimension: Dimension, code: &str, more: &str) -> String {
        let field = dimension.field();
        let query = self.narrow.query_with(&[field], &[(field, code)]);
        self.records(&format!("{query}{more}"))
    }

    /// The period against the one before and the same of the year before; `filter` is what `now` was
    /// counted by.
    pub async fn compared(
        &self,
        app: &App,
        filter: &Filter,
        now: &Ratings,
    ) -> PageResult<Vec<String>> {
        let mut lines = Vec::new();
        for (against, span) in self.span.compared() {
            let slice = Slice { period: span.under(self.policy), filter: filter.clone() };
            let before = app.figures(slice).await?;
            let key = against_key(against, self.span);
            lines.push(compared(key, now, &before.ratings, self.texts));
        }
        Ok(lines)
    }

    /// A table of the page as a file in the format that an address asks for. The name says what it is
    /// and of when, a sheet of its own what it was narrowed by and when it was made.
    pub fn file(&self, app: &App, title: String, table: FigureTable, format: &str) -> PageResult {
        let form: FileForm = format.parse().map_err(|()| PageError::format(format))?;
        let Self { period, texts, narrow, .. } = self;
        let line = |key: &str, cell: Cell| (texts.get(&format!("export-summary-{key}")), cell);
        let mut about =
            vec![line("from", Cell::Day(period.from)), line("to", Cell::Day(period.to))];
        if table.simulated {
            about.push((texts.get("pages-simulated"), texts.get("export-summary-yes").into()));
        }
        let mut what = Map::new();
        what.insert("period".to_owned(), period.name.as_str().into());
        what.insert("format".to_owned(), format.into());
        what.insert("rows".to_owned(), table.rows.len().into());
        for select in &narrow.selects {
            let Some(one) = select.chosen() else { continue };
            about.push((select.label.clone(), Cell::Text(one.name.clone())));
        }
        about.push(line("made", Cell::Moment(local(app.clock.now(), &app.zone).datetime())));
        let audit = AccessAudit::file(format!("table {title}"), Value::Object(what));
        let FigureTable { columns, rows, simulated } = table;
        // CSV has no other place to say it.
        let mark = simulated.then(|| format!(" {}", texts.get("pages-simulated")));
        let name = format!("{title} {}{}", period.name, mark.unwrap_or_default());
        let answer = ShownTable { name, title, about, columns, rows }.response(form, texts);
        let answer = answer.map_err(|error| {
            tracing::error!(%error, "a table could not be written");
            PageError::Interrupted
        })?;
        Ok(audit.with(answer))
    }
}

/// The figures of what is shown, to one reader.
pub(in crate::pages) struct Shown<'a> {
    pub context: &'a Context,
    pub view: &'a View,
    pub figures: &'a Figures,
    /// What narrows the visits and the export behind the page further, as a part of an address.
    pub place: String,
}

impl<'a> Shown<'a> {
    pub fn of(context: &'a Context, view: &'a View, figures: &'a Figures) -> Self {
        Self { context, view, figures, place: String::new() }
    }

    pub fn numbers(&self) -> Numbers<'static> {
        Numbers::of(self.view.texts)
    }

    /// The sentences of some keys.
    pub fn sentences(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.view.texts.get(key)).collect()
    }

    /// The address of the visits behind it, for a reader who may see them.
    pub fn visits(&self, more: &str) -> Option<String> {
        let may = self.context.viewer.may(Permission::Records);
        may.then(|| self.view.visits(&format!("{}{more}", self.place)))
    }

    /// The same of the ratings that count, no other ones.
    pub fn counted(&self, more: &str) -> Option<String> {
        self.visits(&format!("{more}&state=counted"))
    }

    /// Why there is nothing to see: the time is still to come, nothing matches what was chosen, or
    /// the reason of the page, by its key.
    pub fn nothing(&self, otherwise: &str) -> String {
        let is_future = self.view.period.from > self.context.app.today();
        let key = match (is_future, self.view.narrow.fields.is_empty()) {
            (true, _) => "dashboards-future",
            (false, false) => "dashboards-nothing",
            (false, true) => otherwise,
        };
        self.view.texts.get(key)
    }
}

/// The address of a day's hours.
pub(in crate::pages) fn day_address(date: Date, query: &str, texts: &Texts) -> String {
    format!("/day?date={date}{query}{}", address::language(texts))
}
