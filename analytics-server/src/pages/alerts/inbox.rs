//! The inbox: what is open first, narrowed to the departments of whoever looks.

use super::view::View;
use super::{answered, store, texts_of};
use crate::alerts::{AlertTexts as Words, Rule, departments_of};
use crate::auth::{Right, Viewer};
use crate::pages::address;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::alerts::{AlertFilter, AlertState};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use reports::numbers::Numbers;
use serde::Deserialize;

/// Alerts of one page.
const ROWS: u32 = 20;

/// Days that can be chosen, the usual ones first.
const DAYS: [&str; 4] = ["30", "7", "90", "365"];

/// States that can be chosen, with their words.
const STATES: [(&str, AlertState); 3] = [
    ("open", AlertState::Open),
    ("acknowledged", AlertState::Acknowledged),
    ("closed", AlertState::Closed),
];

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    rule: String,
    department: String,
    days: String,
    page: String,
}

/// The page.
#[derive(Template)]
#[template(path = "alerts/inbox.html")]
pub(in crate::pages) struct Inbox {
    pub shell: Shell,
    /// How many there are.
    pub count: String,
    pub alerts: Vec<View>,
    pub states: Vec<Choice>,
    pub rules: Vec<Choice>,
    pub departments: Vec<Choice>,
    pub days: Vec<Choice>,
    /// Address of the page before.
    pub newer: Option<String>,
    /// Address of the page after.
    pub older: Option<String>,
    /// Where mail is chosen.
    pub mail: String,
    /// Where thresholds are set, for whoever may.
    pub settings: Option<String>,
}

/// One entry of a chooser.
pub(in crate::pages) struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

impl Asked {
    /// The address of a page of the same list.
    fn address(&self, page: u32, texts: &Texts) -> String {
        let page = page.to_string();
        let fields = [
            ("state", &self.state),
            ("rule", &self.rule),
            ("department", &self.department),
            ("days", &self.days),
            ("page", &page),
        ];
        let fields = fields.into_iter().filter(|(name, value)| {
            let first_page = *name == "page" && value.as_str() == "1";
            !value.is_empty() && !first_page
        });
        let query = serde_html_form::to_string(fields.collect::<Vec<_>>()).unwrap_or_default();
        let language = address::language(texts);
        if query.is_empty() {
            address::in_language("/alerts", texts)
        } else {
            format!("/alerts?{query}{language}")
        }
    }
}

/// `GET /alerts`.
pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let texts = texts_of(&uri);
    let asked = asked.map(|Query(asked)| asked).map_err(|_| Fault::Request);
    let page = match asked {
        Ok(asked) => page(&app, &viewer, texts, &asked).await,
        Err(fault) => Err(fault),
    };
    let outcome = page.map(|page| answer(StatusCode::OK, page.render()));
    answered(outcome, &app, &viewer, texts)
}

/// The page of an address.
async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    asked: &Asked,
) -> Result<Inbox, Fault> {
    let mut words = Words::of(app, texts, true).await.map_err(store)?;
    let own = viewer.scope().narrow(words.directory.clone());
    let number = address::page_number(&asked.page)?;
    let filter = filter(app, viewer, asked, |code| own.department(code).map(|one| one.id))?;
    let (alerts, count) =
        app.store.alerts(&filter, (number - 1) * ROWS, ROWS).await.map_err(store)?;
    let users = app.store.users().await.map_err(store)?;
    // What is outside of the scope is not named.
    words.directory = viewer.scope().narrow(words.directory);
    let views: Vec<_> =
        alerts.iter().map(|alert| View::of(&words, viewer, &users, alert)).collect();
    let title = texts.get("alerts-title");
    let mut shell =
        Shell::new(app, Some(viewer), texts, title, |texts| asked.address(number, texts));
    shell.simulated = alerts.iter().any(|alert| alert.simulated);
    let more = u64::from(number) * u64::from(ROWS) < count;
    Ok(Inbox {
        shell,
        count: Numbers::of(texts).count(count),
        alerts: views,
        states: states(texts, asked),
        rules: rules(texts, asked),
        departments: own
            .departments
            .iter()
            .map(|one| Choice {
                value: one.code.clone(),
                name: one.name.clone(),
                chosen: one.code == asked.department,
            })
            .collect(),
        days: days(texts, asked),
        newer: (number > 1).then(|| asked.address(number - 1, texts)),
        older: more.then(|| asked.address(number + 1, texts)),
        mail: address::in_language("/alerts/mail", texts),
        settings: viewer
            .may(Right::Administer)
            .then(|| address::in_language("/admin/alerts", texts)),
    })
}

/// What the address asks for, within what this person may see.
fn filter(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    id: impl Fn(&str) -> Option<i64>,
) -> Result<AlertFilter, Fault> {
    let state = match asked.state.as_str() {
        "" => None,
        word => {
            let known = STATES.into_iter().find(|(known, _)| *known == word);
            Some(known.ok_or(Fault::Request)?.1)
        }
    };
    let rule = match asked.rule.as_str() {
        "" => None,
        word => Some(Rule::of_word(word).ok_or(Fault::Request)?.word().to_owned()),
    };
    let department = match asked.department.as_str() {
        "" => None,
        // One of somebody else's is answered like one that does not exist.
        code => Some(id(code).ok_or(Fault::Missing)?),
    };
    let days = match asked.days.as_str() {
        "" => DAYS[0],
        days => DAYS.into_iter().find(|known| *known == days).ok_or(Fault::Request)?,
    };
    let days: i64 = days.parse().map_err(|_| Fault::Request)?;
    let since = app.clock.now() - days * 24 * 60 * 60 * 1_000;
    let departments = departments_of(&viewer.scope());
    Ok(AlertFilter { departments, state, rule, department, since })
}

fn states(texts: &Texts, asked: &Asked) -> Vec<Choice> {
    let choice = |(word, _): (&str, AlertState)| Choice {
        value: word.to_owned(),
        name: texts.get(&format!("alerts-state-{word}")),
        chosen: word == asked.state,
    };
    STATES.into_iter().map(choice).collect()
}

fn rules(texts: &Texts, asked: &Asked) -> Vec<Choice> {
    let choice = |rule: Rule| Choice {
        value: rule.word().to_owned(),
        name: texts.get(&format!("alerts-rule-{}", rule.word())),
        chosen: rule.word() == asked.rule,
    };
    Rule::ALL.into_iter().map(choice).collect()
}

fn days(texts: &Texts, asked: &Asked) -> Vec<Choice> {
    let choice = |days: &str| Choice {
        value: days.to_owned(),
        name: texts.with("alerts-days", &[("days", days)]),
        chosen: days == asked.days,
    };
    DAYS.into_iter().map(choice).collect()
}
