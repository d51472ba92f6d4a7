//! From when on something is worth an alert: which rules are in use, and their numbers.

use crate::alerts::{Rule, SETTING, ThresholdBound, Thresholds};
use crate::config::MailSettings;
use crate::form_reader::{FormValues, differing};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_errors::FormErrors;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use std::sync::Arc;

/// Where they are.
const PATH: &str = "/admin/alerts";

#[derive(Template)]
#[template(path = "alerts/thresholds.html")]
struct ThresholdsPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    /// Each rule, and whether it is in use.
    rules: Vec<(Rule, bool)>,
    numbers: [Number; 6],
    share_certain: bool,
    link_local: bool,
    /// How mail is sent.
    mail: Option<Arc<MailSettings>>,
    /// Nobody has stored any: those of the program are in use.
    preset: bool,
    done: Option<String>,
    /// What the form was made from.
    was: String,
    /// What somebody else stored meanwhile. What is wrong with a number stands beside it.
    errors: FormErrors,
}

/// One number.
struct Number {
    bound: ThresholdBound,
    /// As it is, or as it was typed.
    value: String,
    wrong: bool,
}

/// The ticks, and the numbers as they were typed. A number that was not sent is as good as an empty one.
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

impl ThresholdsForm {
    /// The numbers by field.
    fn numbers(&self) -> FormValues {
        let numbers = [
            ("share_percent", &self.share_percent),
            ("share_ratings", &self.share_ratings),
            ("share_days", &self.share_days),
            ("silent_minutes", &self.silent_minutes),
            ("burst_taps", &self.burst_taps),
            ("fresh_hours", &self.fresh_hours),
        ];
        numbers.into_iter().map(|(field, typed)| (field.to_owned(), typed.clone())).collect()
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

/// The page. `typed` are numbers as they were typed, by field; `was` is what the form is made from, and
/// `theirs` what somebody else made of it meanwhile.
fn page(
    context: &Context,
    thresholds: &Thresholds,
    typed: &FormValues,
    was: Option<&str>,
    theirs: Option<&Thresholds>,
) -> PageResult {
    let texts = context.texts;
    let done = context.was_done(&["saved"])?;
    let numbers = Thresholds::BOUNDS.map(|bound| {
        let known = || thresholds.written(bound.field, texts).unwrap_or_default();
        let value = typed.get(bound.field).cloned().unwrap_or_else(known);
        let wrong = thresholds.clone().set(bound, &value).is_err();
        Number { bound, value, wrong }
    });
    let errors = match theirs {
        Some(theirs) => {
            let stored = theirs.words(texts, &FormValues::new());
            FormErrors::stale(context, differing(stored, thresholds.words(texts, typed)))
        }
        None => FormErrors::default(),
    };
    let status = form_status(errors.refusal.is_some() || numbers.iter().any(|one| one.wrong));
    let page = ThresholdsPage {
        layout: context.layout(texts.get("alerts-settings-title"), PATH),
        breadcrumb: Breadcrumb::admin(context),
        rules: Rule::ALL.map(|rule| (rule, thresholds.has(rule))).into(),
        numbers,
        share_certain: thresholds.share_certain,
        link_local: thresholds.link_local,
        mail: context.app.mail.clone(),
        preset: was.is_none(),
        done: done.map(|_| texts.get("alerts-settings-saved")),
        was: mark_of(&was),
        errors,
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/alerts`.
pub(super) async fn show(context: Context) -> PageResult {
    let (thresholds, was) = load(&context.app).await?;
    page(&context, &thresholds, &FormValues::new(), was.as_deref(), None)
}

/// `POST /admin/alerts`.
pub(super) async fn save(context: Context, CsrfForm(form): CsrfForm<ThresholdsForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let (known, was) = load(app).await?;
    let numbers = form.numbers();
    let mut thresholds = known.clone();
    thresholds.use_only(&Rule::of_words(&form.rules));
    thresholds.share_certain = form.share_certain.is_some();
    thresholds.link_local = form.link_local.is_some();
    let mut is_wrong = false;
    for bound in Thresholds::BOUNDS {
        let typed = numbers.get(bound.field).map_or("", String::as_str);
        is_wrong |= thresholds.set(bound, typed).is_err();
    }
    let is_stale = form.was != mark_of(&was);
    if is_wrong || is_stale {
        let theirs = is_stale.then_some(&known);
        return page(&context, &thresholds, &numbers, was.as_deref(), theirs);
    }
    let json = serde_json::to_string(&thresholds).map_err(|_| PageError::Request)?;
    let (actor, now) = (viewer.actor(), context.now());
    if !app.store.change_setting(SETTING, was.as_deref(), &json, &actor, now).await? {
        let (theirs, was) = load(app).await?;
        return page(&context, &thresholds, &numbers, was.as_deref(), Some(&theirs));
    }
    Ok(context.done(PATH, "saved"))
}
