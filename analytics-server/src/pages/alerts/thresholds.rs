//! From when on something is worth an alert: which rules are in use, and their numbers.

use super::paths::{DELIVERIES, INBOX, THRESHOLDS, WEBHOOKS};
use super::rules::{RuleChoice, alert_rule_name, rule_choices, ticked_rules};
use crate::alerts::{SETTING, Thresholds};
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use std::collections::BTreeMap;

/// The page of thresholds.
#[derive(Template)]
#[template(path = "alerts/thresholds.html")]
struct ThresholdsPage {
    layout: Layout,
    rules: Vec<RuleChoice>,
    numbers: Vec<Number>,
    share_certain: bool,
    link_local: bool,
    /// How mail is sent, in words.
    mail: String,
    webhooks: String,
    deliveries: String,
    inbox: String,
    action: String,
    /// What the form was made from.
    was: String,
    refusal: Option<String>,
    /// Label, what is stored, what was typed: where somebody else was quicker.
    theirs: Vec<(String, String, String)>,
}

/// One number.
struct Number {
    field: &'static str,
    name: String,
    from: u32,
    until: u32,
    /// As it is, or as it was typed.
    value: String,
    refusal: Option<String>,
}

/// The ticks, and the numbers as they were typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ThresholdsForm {
    was: String,
    rules: Vec<String>,
    share_certain: Option<String>,
    link_local: Option<String>,
    share_percent: String,
    share_ratings: String,
    share_days: String,
    silent_minutes: String,
    burst_taps: String,
    fresh_hours: String,
}

/// Numbers as they were typed, by field.
type Typed = BTreeMap<&'static str, String>;

impl ThresholdsForm {
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

/// The thresholds, and what is stored of them; the usual ones where that can not be read, so that
/// they can be set anew.
async fn load(app: &App) -> PageResult<(Thresholds, Option<String>)> {
    let stored = app.store.setting(SETTING).await?;
    let thresholds = Thresholds::read(stored.as_deref()).unwrap_or_else(|error| {
        tracing::warn!(%error, "the usual thresholds of alerts are shown");
        Thresholds::default()
    });
    Ok((thresholds, stored))
}

/// What a form is made from, and what somebody else made of it meanwhile.
struct Basis<'a> {
    was: &'a Option<String>,
    theirs: Option<&'a Thresholds>,
}

/// What is stored beside what was chosen, where they differ.
fn differences(
    texts: &Texts,
    stored: &Thresholds,
    own: &Thresholds,
    typed: &Typed,
) -> Vec<(String, String, String)> {
    let rules = |one: &Thresholds| {
        let names = one.in_use().map(|rule| alert_rule_name(rule.word(), texts));
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
    for (key, stored, own) in [
        ("alerts-share-certain", stored.share_certain, own.share_certain),
        ("alerts-link-local", stored.link_local, own.link_local),
    ] {
        all.push((texts.get(key), tick(stored), tick(own)));
    }
    all.retain(|(_, stored, own)| stored != own);
    all
}

fn page(context: &Context, thresholds: &Thresholds, typed: &Typed, basis: &Basis<'_>) -> Response {
    let texts = context.texts;
    let numbers = Thresholds::BOUNDS.map(|bound| {
        let known = thresholds.number(bound.field).unwrap_or_default().to_string();
        let value = typed.get(bound.field).cloned();
        let wrong = value.as_ref().is_some_and(|one| thresholds.clone().set(bound, one).is_err());
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
    let mail = match &context.app.mail {
        Some(mail) => {
            let places = [("server", mail.server.as_str()), ("sender", mail.sender.as_str())];
            texts.with("alerts-mail-on", &places)
        }
        None => texts.get("alerts-mail-off"),
    };
    let refused = basis.theirs.is_some() || numbers.iter().any(|one| one.refusal.is_some());
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let theirs = basis.theirs.map(|theirs| differences(texts, theirs, thresholds, typed));
    let page = ThresholdsPage {
        layout: context.layout(texts.get("alerts-settings-title"), THRESHOLDS),
        rules: rule_choices(texts, |rule| thresholds.has(rule)),
        numbers: numbers.into(),
        share_certain: thresholds.share_certain,
        link_local: thresholds.link_local,
        mail,
        webhooks: context.to(WEBHOOKS),
        deliveries: context.to(DELIVERIES),
        inbox: context.to(INBOX),
        action: context.to(THRESHOLDS),
        was: mark_of(basis.was),
        refusal: theirs.is_some().then(|| texts.get("admin-fault-stale")),
        theirs: theirs.unwrap_or_default(),
    };
    answer(status, page.render())
}

/// `GET /admin/alerts`.
pub(super) async fn show(context: Context) -> PageResult {
    let (thresholds, was) = load(&context.app).await?;
    Ok(page(&context, &thresholds, &Typed::new(), &Basis { was: &was, theirs: None }))
}

/// `POST /admin/alerts`.
pub(super) async fn save(context: Context, CsrfForm(form): CsrfForm<ThresholdsForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let (known, was) = load(app).await?;
    let mut thresholds = known.clone();
    thresholds.use_only(&ticked_rules(&form.rules));
    thresholds.share_certain = form.share_certain.is_some();
    thresholds.link_local = form.link_local.is_some();
    let stale = form.was != mark_of(&was);
    let (mut wrong, numbers) = (false, form.numbers());
    for bound in Thresholds::BOUNDS {
        let typed = numbers.get(bound.field).map_or("", String::as_str);
        wrong |= thresholds.set(bound, typed).is_err();
    }
    if wrong || stale {
        let basis = Basis { was: &was, theirs: stale.then_some(&known) };
        return Ok(page(&context, &thresholds, &numbers, &basis));
    }
    let json = serde_json::to_string(&thresholds).map_err(|_| PageError::Request)?;
    let (actor, now) = (viewer.actor(), context.now());
    if !app.store.change_setting(SETTING, was.as_deref(), &json, &actor, now).await? {
        let (theirs, was) = load(app).await?;
        let basis = Basis { was: &was, theirs: Some(&theirs) };
        return Ok(page(&context, &thresholds, &numbers, &basis));
    }
    Ok(context.redirect(THRESHOLDS))
}
