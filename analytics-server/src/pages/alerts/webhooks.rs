//! Software that is told of alerts. A secret is proposed before it is kept and never shown
//! afterwards.

use super::paths::{DELIVERIES, THRESHOLDS, WEBHOOKS};
use super::rules::{RuleChoice, alert_rule_name, rule_choices, rule_words, ticked_rules};
use crate::alerts::{AlertTexts, Rule, SECRET_PREFIX, is_web_address};
use crate::clock::{fresh_id, random};
use crate::pages::prelude::*;
use crate::storage::alert_targets::Webhook;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Letters of an address.
const ADDRESS_CHARS: usize = 500;
/// Letters of a secret: enough that nobody guesses it, and no more than a field takes.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 32..=200;

/// The page of webhooks.
#[derive(Template)]
#[template(path = "alerts/webhooks.html")]
struct WebhooksPage {
    layout: Layout,
    webhooks: Vec<WebhookView>,
    /// What is typed of a new one.
    address: String,
    address_refusal: Option<String>,
    secret: String,
    secret_refusal: Option<String>,
    rules: Vec<RuleChoice>,
    rules_refusal: Option<String>,
    settings: String,
    deliveries: String,
    action: String,
}

/// One webhook in words.
struct WebhookView {
    address: String,
    rules: String,
    added: String,
    retired: Option<String>,
    /// Where the forms of its buttons are sent.
    test: String,
    retire: String,
}

/// The form of a new webhook.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WebhookForm {
    address: String,
    secret: String,
    rules: Vec<String>,
}

/// What is wrong with a form, by field; nothing: it is shown for the first time or right.
#[derive(Default)]
struct Refusals {
    address: Option<String>,
    secret: Option<String>,
    rules: Option<String>,
}

impl Refusals {
    fn of(texts: &Texts, form: &WebhookForm) -> Self {
        let address = form.address.trim();
        let web = is_web_address(address) && address.chars().count() <= ADDRESS_CHARS;
        let secret = form.secret.trim();
        let strong = secret.chars().all(|letter| letter.is_ascii_graphic())
            && SECRET_CHARS.contains(&secret.len());
        let ruled = !ticked_rules(&form.rules).is_empty();
        Self {
            address: (!web).then(|| texts.get("alerts-webhook-address-wrong")),
            secret: (!strong).then(|| texts.get("alerts-webhook-secret-wrong")),
            rules: (!ruled).then(|| texts.get("alerts-webhook-rules-wrong")),
        }
    }

    fn any(&self) -> bool {
        self.address.is_some() || self.secret.is_some() || self.rules.is_some()
    }
}

async fn page(context: &Context, form: WebhookForm, refusals: Refusals) -> PageResult {
    let Context { app, texts, .. } = context;
    let words = AlertTexts::of(app, texts, false).await?;
    let webhooks = app.store.webhooks().await?;
    let webhook = |one: Webhook| {
        let names = one.rules.iter().map(|word| alert_rule_name(word, texts));
        let address = |word: &str| context.to(&format!("{WEBHOOKS}/{}/{word}", one.num));
        WebhookView {
            rules: names.collect::<Vec<_>>().join(", "),
            added: words.moment(one.created_at),
            retired: one.retired_at.map(|at| words.moment(at)),
            test: address("test"),
            retire: address("retire"),
            address: one.address,
        }
    };
    let status = if refusals.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let chosen = ticked_rules(&form.rules);
    let page = WebhooksPage {
        layout: context.layout(texts.get("alerts-webhooks-title"), WEBHOOKS),
        webhooks: webhooks.into_iter().map(webhook).collect(),
        address: form.address,
        address_refusal: refusals.address,
        secret: form.secret,
        secret_refusal: refusals.secret,
        rules: rule_choices(texts, |rule| chosen.contains(&rule)),
        rules_refusal: refusals.rules,
        settings: context.to(THRESHOLDS),
        deliveries: context.to(DELIVERIES),
        action: context.to(WEBHOOKS),
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/alerts/webhooks`, with a fresh secret in the form.
pub(super) async fn show(context: Context) -> PageResult {
    let secret: [u8; 32] = random()?;
    let form = WebhookForm {
        secret: format!("{SECRET_PREFIX}{}", STANDARD.encode(secret)),
        rules: rule_words(&Rule::ALL),
        ..WebhookForm::default()
    };
    page(&context, form, Refusals::default()).await
}

/// `POST /admin/alerts/webhooks`.
pub(super) async fn add(context: Context, CsrfForm(form): CsrfForm<WebhookForm>) -> PageResult {
    let refusals = Refusals::of(context.texts, &form);
    if refusals.any() {
        return page(&context, form, refusals).await;
    }
    let rules = rule_words(&ticked_rules(&form.rules));
    let (address, secret) = (form.address.trim(), form.secret.trim());
    let (store, actor) = (&context.app.store, context.viewer.actor());
    store.add_webhook(address, secret, &rules, &actor, context.now()).await?;
    Ok(context.redirect(WEBHOOKS))
}

/// The number of a webhook in an address.
fn number(num: &str) -> PageResult<i64> {
    num.parse().map_err(|_| PageError::Missing)
}

/// `POST /admin/alerts/webhooks/{num}/test`: leads to the log, where its outcome will stand.
pub(super) async fn test(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(EmptyForm {}): CsrfForm<EmptyForm>,
) -> PageResult {
    let (num, actor) = (number(&num)?, context.viewer.actor());
    let is_there = context.app.store.test_webhook(num, fresh_id(), &actor, context.now()).await?;
    if is_there { Ok(context.redirect(DELIVERIES)) } else { Err(PageError::Missing) }
}

/// `POST /admin/alerts/webhooks/{num}/retire`.
pub(super) async fn retire(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(EmptyForm {}): CsrfForm<EmptyForm>,
) -> PageResult {
    let (num, actor) = (number(&num)?, context.viewer.actor());
    let is_there = context.app.store.retire_webhook(num, &actor, context.now()).await?;
    if is_there { Ok(context.redirect(WEBHOOKS)) } else { Err(PageError::Missing) }
}
