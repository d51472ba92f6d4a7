//! The inbox: open alerts first, narrowed to the departments that the reader may see. Some of them can be
//! taken on or closed at once (`chosen`).

use super::view::{AlertView, views};
use crate::alerts::{AlertTexts, Rule, departments_of};
use crate::pages::address::given;
use crate::pages::came_from::CameFrom;
use crate::pages::choices::Choice;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::alerts::{AlertFilter, AlertRow, AlertState};
use crate::storage::rows::Directory;
use axum::http::Uri;
use reports::numbers::Numbers;

/// Alerts of one page.
const ROWS: u32 = 20;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Days that can be chosen, the usual ones first.
const DAYS: [&str; 4] = ["30", "7", "90", "365"];

/// States that can be chosen, with their words.
const STATES: [(&str, AlertState); 3] = [
    ("open", AlertState::Open),
    ("acknowledged", AlertState::Acknowledged),
    ("closed", AlertState::Closed),
];

/// What was done just before to those that were chosen, and the word for all of a page.
const DONE: [&str; 2] = ["acknowledged", "closed"];
const ALL: &str = "all";

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct InboxQuery {
    state: String,
    rule: String,
    department: String,
    days: String,
    page: String,
    /// `all`: the boxes of the page are ticked.
    mark: String,
    done: String,
    /// Numbers of alerts that somebody else was quicker with, with points between.
    late: String,
}

/// What was asked for of some alerts and refused.
pub(super) struct RefusedChoice {
    pub chosen: Vec<i64>,
    pub note: String,
    pub sentence: String,
}

#[derive(Template)]
#[template(path = "alerts/inbox.html")]
struct InboxPage {
    layout: Layout,
    /// How many there are.
    count: String,
    alerts: Vec<AlertView>,
    states: Vec<Choice>,
    rules: Vec<Choice>,
    departments: Vec<Choice>,
    days: Vec<Choice>,
    pager: Pager,
    /// They set thresholds, too.
    administers: bool,
    /// Whether there is one that can be chosen.
    may_choose: bool,
    /// This page of the list, with all boxes ticked, and without a language for the form to come back to.
    mark_all: String,
    here: String,
    /// What was done just before.
    done: Option<String>,
    /// A sentence for each alert that somebody else was quicker with.
    late: Vec<String>,
    refused: Option<RefusedChoice>,
}

impl InboxQuery {
    /// What the address of a list says; the whole list where it can not be read.
    pub fn of(list: &CameFrom) -> Self {
        let uri: Option<Uri> = list.address().and_then(|address| address.parse().ok());
        let query = uri.and_then(|uri| axum::extract::Query::<Self>::try_from_uri(&uri).ok());
        query.map(|axum::extract::Query(query)| query).unwrap_or_default()
    }

    /// The address of the list after something was done to some of it; `late` are those that somebody
    /// else was quicker with.
    pub fn after(&self, done: Option<&str>, late: &[i64]) -> String {
        let path = self.address(page_number(&self.page).unwrap_or(1) as usize);
        let late: Vec<String> = late.iter().map(i64::to_string).collect();
        let fields = [("done", done.unwrap_or_default()), ("late", &*late.join("."))];
        let more = address::with_fields("", fields);
        if path.contains('?') {
            format!("{path}{}", more.replacen('?', "&", 1))
        } else {
            path + &more
        }
    }

    /// The address of a page of the same list.
    fn address(&self, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let fields = [
            ("state", self.state.as_str()),
            ("rule", &self.rule),
            ("department", &self.department),
            ("days", &self.days),
            ("page", &page),
        ];
        address::with_fields("/alerts", fields)
    }

    /// What the address asks for, within what this person may see.
    fn filter(&self, context: &Context, own: &Directory) -> PageResult<AlertFilter> {
        let state = given(Some(&self.state)).map(|word| {
            let known = STATES.into_iter().find(|(known, _)| *known == word);
            known.map(|(_, state)| state).ok_or(PageError::Request)
        });
        let rule =
            given(Some(&self.rule)).map(|word| Rule::of_word(word).ok_or(PageError::Request));
        // One of somebody else's is answered like one that does not exist.
        let department = given(Some(&self.department))
            .map(|code| own.department(code).map(|one| one.id).ok_or(PageError::Missing));
        let days = given(Some(&self.days)).unwrap_or(DAYS[0]);
        let days = DAYS.into_iter().find(|known| *known == days).ok_or(PageError::Request)?;
        let days: i64 = days.parse().map_err(|_| PageError::Request)?;
        let since = context.now() - days * DAY_MS;
        Ok(AlertFilter {
            departments: departments_of(&context.viewer.scope()),
            state: state.transpose()?,
            rule: rule.transpose()?.map(|rule| rule.word().to_owned()),
            department: department.transpose()?,
            since,
        })
    }
}

/// `GET /alerts`.
pub(super) async fn show(context: Context, Query(query): Query<InboxQuery>) -> PageResult {
    page(&context, &query, None).await
}

/// The page of a list, with what was refused.
pub(super) async fn page(
    context: &Context,
    query: &InboxQuery,
    refused: Option<RefusedChoice>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let mut words = AlertTexts::of(app, texts, true).await?;
    let own = viewer.scope().narrow(words.directory.clone());
    let number = page_number(&query.page)?;
    let filter = query.filter(context, &own)?;
    let (alerts, count) = app.store.alerts(&filter, (number - 1) * ROWS, ROWS).await?;
    // What is outside of the scope is not named.
    words.directory = own.clone();
    let here = query.address(number as usize);
    let mut layout = context.layout(texts.get("alerts-title"), &here);
    layout.simulated = alerts.iter().any(|alert| alert.simulated);
    let more = u64::from(number) * u64::from(ROWS) < count;
    let mut alerts = views(context, &words, &CameFrom::at(&here), alerts).await?;
    for alert in &mut alerts {
        let kept = refused.as_ref().is_some_and(|one| one.chosen.contains(&alert.row.num));
        alert.chosen = kept || query.mark == ALL;
    }
    let status = form_status(refused.is_some());
    let done = DONE.into_iter().find(|word| *word == query.done);
    let page = InboxPage {
        layout,
        count: Numbers::of(texts).count(count),
        may_choose: alerts.iter().any(|one| one.may_close),
        alerts,
        states: states(query, texts),
        rules: Rule::ALL.map(|one| choice(one.word(), one.name(texts), &query.rule)).into(),
        departments: departments(query, &own),
        days: DAYS
            .map(|days| choice(days, texts.with("alerts-days", &[("days", days)]), &query.days))
            .into(),
        pager: Pager::new(number as usize, more, |page| context.to(&query.address(page))).by_time(),
        administers: viewer.may(Permission::Administer),
        mark_all: context.to(&marked(&here)),
        here,
        done: done.map(|word| texts.get(&format!("alerts-chosen-{word}"))),
        late: late(context, &words, query).await?,
        refused,
    };
    Ok(answer(status, page.render()))
}

/// The address of a list with all boxes ticked.
fn marked(here: &str) -> String {
    let sign = if here.contains('?') { '&' } else { '?' };
    format!("{here}{sign}mark={ALL}")
}

fn choice(value: &str, name: String, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), name, chosen: value == chosen }
}

fn states(query: &InboxQuery, texts: &Texts) -> Vec<Choice> {
    let state = |(word, _): (&str, AlertState)| {
        choice(word, texts.get(&format!("alerts-state-{word}")), &query.state)
    };
    STATES.map(state).into()
}

fn departments(query: &InboxQuery, own: &Directory) -> Vec<Choice> {
    let all = own.departments.iter();
    all.map(|one| choice(&one.code, one.name.clone(), &query.department)).collect()
}

/// What became of those that somebody else was quicker with, as far as the reader may see them.
async fn late(
    context: &Context,
    words: &AlertTexts,
    query: &InboxQuery,
) -> PageResult<Vec<String>> {
    let store = &context.app.store;
    let own = departments_of(&context.viewer.scope());
    let nums = query.late.split('.').filter_map(|num| num.parse::<i64>().ok());
    let mut rows = Vec::new();
    for num in nums.take(ROWS as usize) {
        rows.extend(store.alert(num, own.as_deref()).await?);
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let users = store.users().await?;
    let line = |row: &AlertRow| {
        let status = words.status(&users, row);
        let how = status.closed.or(status.acknowledged).unwrap_or(status.state);
        let places = [("num", &*row.num.to_string()), ("how", how.as_str())];
        context.texts.with("alerts-chosen-late", &places)
    };
    Ok(rows.iter().map(line).collect())
}
