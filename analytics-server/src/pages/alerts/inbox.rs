//! The inbox: open alerts first, narrowed to the departments that the reader may see.

use super::view::AlertView;
use crate::alerts::{AlertTexts, Rule, departments_of};
use crate::pages::address::given;
use crate::pages::choices::Choice;
use crate::pages::pagination::{Pager, page_number};
use crate::pages::prelude::*;
use crate::storage::alerts::{AlertFilter, AlertState};
use crate::storage::rows::Directory;
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

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct InboxQuery {
    state: String,
    rule: String,
    department: String,
    days: String,
    page: String,
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
}

impl InboxQuery {
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
    let Context { app, viewer, texts, .. } = &context;
    let mut words = AlertTexts::of(app, texts, true).await?;
    let own = viewer.scope().narrow(words.directory.clone());
    let number = page_number(&query.page)?;
    let filter = query.filter(&context, &own)?;
    let (alerts, count) = app.store.alerts(&filter, (number - 1) * ROWS, ROWS).await?;
    let users = app.store.users().await?;
    // What is outside of the scope is not named.
    words.directory = own.clone();
    let mut layout = context.layout(texts.get("alerts-title"), &query.address(number as usize));
    layout.simulated = alerts.iter().any(|alert| alert.simulated);
    let more = u64::from(number) * u64::from(ROWS) < count;
    let choice = |value: &str, name: String, chosen: &str| Choice {
        value: value.to_owned(),
        name,
        chosen: value == chosen,
    };
    let state = |(word, _): (&str, AlertState)| {
        choice(word, texts.get(&format!("alerts-state-{word}")), &query.state)
    };
    let rule = |rule: Rule| choice(rule.word(), rule.name(texts), &query.rule);
    let departments = own.departments.iter();
    let departments = departments.map(|one| choice(&one.code, one.name.clone(), &query.department));
    let days = |days: &str| choice(days, texts.with("alerts-days", &[("days", days)]), &query.days);
    let view = |alert| AlertView::of(&words, viewer, &users, alert);
    let page = InboxPage {
        layout,
        count: Numbers::of(texts).count(count),
        alerts: alerts.into_iter().map(view).collect(),
        states: STATES.map(state).into(),
        rules: Rule::ALL.map(rule).into(),
        departments: departments.collect(),
        days: DAYS.map(days).into(),
        pager: Pager::new(number as usize, more, |page| context.to(&query.address(page))).by_time(),
        administers: viewer.may(Permission::Administer),
    };
    Ok(answer(StatusCode::OK, page.render()))
}
