//! From when on something is worth an alert: which rules are in use, and their numbers.

use super::{Choice, answered, choices, lead, store, texts_of, ticked};
use crate::alerts::{Rule, SETTING, Thresholds};
use crate::auth::Viewer;
use crate::pages::address;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, mark_of};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Template)]
#[template(path = "alerts/thresholds.html")]
pub(in crate::pages) struct Page {
    pub shell: Shell,
    pub rules: Vec<Choice>,
    pub numbers: Vec<Number>,
    pub share_certain: bool,
    pub link_local: bool,
    /// How mail is sent, in words.
    pub mail: String,
    pub webhooks: String,
    pub deliveries: String,
    pub inbox: String,
    pub action: String,
    /// What the form was made from.
    pub was: String,
    pub refusal: Option<String>,
    /// Label, what is stored, what was typed: where somebody else was quicker.
    pub theirs: Vec<(String, String, String)>,
}

/// One number.
pub(in crate::pages) struct Number {
    pub field: &'static str,
    pub name: String,
    pub from: u32,
    pub until: u32,
    /// As it is, or as it was typed.
    pub value: String,
    pub refusal: Option<String>,
}

/// What the form says: the ticks, and the numbers as they were typed.
#[derive(Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    was: String,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    share_certain: Option<String>,
    #[serde(default)]
    link_local: Option<String>,
    #[serde(default)]
    share_percent: String,
    #[serde(default)]
    share_ratings: String,
    #[serde(default)]
    share_days: String,
    #[serde(default)]
    silent_minutes: String,
    #[serde(default)]
    burst_taps: String,
    #[serde(default)]
    fresh_hours: String,
}

/// Numbers as they were typed, by field.
type Typed = BTreeMap<&'static str, String>;

impl Filled {
    fn numbers(self) -> Typed {
        [
            ("share_percent", self.share_percent),
            ("share_ratings", self.share_ratings),
            ("share_days", self.share_days),
            ("silent_minutes", self.silent_minutes),
            ("burst_taps", self.burst_taps),
            ("fresh_hours", self.fresh_hours),
        ]
        .into()
    }
}

/// The thresholds as they are stored, and what is stored of them; the usual ones where that can not
/// be read, so that they can be set anew.
async fn stored(app: &App) -> Result<(Thresholds, Option<String>), Fault> {
    let stored = app.store.setting(SETTING).await.map_err(store)?;
    let thresholds = Thresholds::read(stored.as_deref()).unwrap_or_else(|error| {
        tracing::warn!(%error, "the usual thresholds of alerts are shown");
        Thresholds::default()
    });
    Ok((thresholds, stored))
}

/// What a form is made from, and what somebody else made of it meanwhile.
struct Made<'a> {
    was: &'a Option<String>,
    theirs: Option<&'a Thresholds>,
}

/// What is stored beside what was chosen, where they differ.
fn both(
    texts: &Texts,
    stored: &Thresholds,
    own: &Thresholds,
    typed: &Typed,
) -> Vec<(String, String, String)> {
    let rules = |one: &Thresholds| {
        let names = one.in_use().map(|rule| texts.get(&format!("alerts-rule-{}", rule.word())));
        names.collect::<Vec<_>>().join(", ")
    };
    let tick = |set: bool| if set { "✓" } else { "–" }.to_owned();
    let numbers = Thresholds::BOUNDS.map(|bound| {
        let number = |one: &Thresholds| one.number(bound.field).unwrap_or_default().to_string();
        let own = typed.get(bound.field).cloned().unwrap_or_else(|| number(own));
        (texts.get(&format!("alerts-number-{}", bound.field)), number(stored), own)
    });
    let mut all = vec![(texts.get("alerts-settings-rules"), rules(stored), rules(own))];
    all.extend(numbers);
    for (key, of) in [
        ("alerts-share-certain", (|one| one.share_certain) as fn(&Thresholds) -> bool),
        ("alerts-link-local", |one| one.link_local),
    ] {
        all.push((texts.get(key), tick(of(stored)), tick(of(own))));
    }
    all.retain(|(_, stored, own)| stored != own);
    all
}

fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    thresholds: &Thresholds,
    typed: &Typed,
    made: &Made<'_>,
) -> Response {
    let mut faults = false;
    let numbers = Thresholds::BOUNDS.map(|bound| {
        let known = thresholds.number(bound.field).unwrap_or_default().to_string();
        let value = typed.get(bound.field).cloned();
        let wrong = value.as_ref().is_some_and(|one| thresholds.clone().set(bound, one).is_err());
        faults |= wrong;
        let (from, until) = (bound.from.to_string(), bound.until.to_string());
        let places = [("from", from.as_str()), ("until", until.as_str())];
        Number {
            field: bound.field,
            name: texts.get(&format!("alerts-number-{}", bound.field)),
            from: bound.from,
            until: bound.until,
            value: value.unwrap_or(known),
            refusal: wrong.then(|| texts.with("alerts-number-wrong", &places)),
        }
    });
    let mail = match &app.mail {
        Some(mail) => {
            let places = [("server", mail.server.as_str()), ("sender", mail.sender.as_str())];
            texts.with("alerts-mail-on", &places)
        }
        None => texts.get("alerts-mail-off"),
    };
    let here = |texts: &Texts| address::in_language("/admin/alerts", texts);
    let page = Page {
        shell: Shell::new(app, Some(viewer), texts, texts.get("alerts-settings-title"), here),
        rules: choices(texts, |rule: Rule| thresholds.has(rule)),
        numbers: numbers.into(),
        share_certain: thresholds.share_certain,
        link_local: thresholds.link_local,
        mail,
        webhooks: address::in_language("/admin/alerts/webhooks", texts),
        deliveries: address::in_language("/admin/alerts/deliveries", texts),
        inbox: address::in_language("/alerts", texts),
        action: here(texts),
        was: mark_of(made.was),
        refusal: made.theirs.map(|_| texts.get("admin-fault-stale")),
        theirs: made.theirs.map(|one| both(texts, one, thresholds, typed)).unwrap_or_default(),
    };
    let status = if faults || made.theirs.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    answer(status, page.render())
}

/// `GET /admin/alerts`.
pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = stored(&app).await.map(|(thresholds, was)| {
        let made = Made { was: &was, theirs: None };
        page(&app, &viewer, texts, &thresholds, &Typed::new(), &made)
    });
    answered(outcome, &app, &viewer, texts)
}

/// `POST /admin/alerts`.
pub(super) async fn save(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let (known, was) = stored(&app).await?;
        let mut thresholds = known.clone();
        thresholds.use_only(&ticked(&form.rules));
        thresholds.share_certain = form.share_certain.is_some();
        thresholds.link_local = form.link_local.is_some();
        let stale = form.was != mark_of(&was);
        let (mut wrong, numbers) = (false, form.numbers());
        for bound in Thresholds::BOUNDS {
            let typed = numbers.get(bound.field).map_or("", String::as_str);
            wrong |= thresholds.set(bound, typed).is_err();
        }
        if wrong || stale {
            let made = Made { was: &was, theirs: stale.then_some(&known) };
            return Ok(page(&app, &viewer, texts, &thresholds, &numbers, &made));
        }
        let json = serde_json::to_string(&thresholds).map_err(|_| Fault::Request)?;
        let (actor, now) = (viewer.actor(), app.clock.now());
        let changed = app.store.change_setting(SETTING, was.as_deref(), &json, &actor, now);
        if !changed.await.map_err(store)? {
            let (theirs, was) = stored(&app).await?;
            let made = Made { was: &was, theirs: Some(&theirs) };
            return Ok(page(&app, &viewer, texts, &thresholds, &numbers, &made));
        }
        Ok(lead("/admin/alerts", texts))
    };
    answered(outcome.await, &app, &viewer, texts)
}
