//! Software that is told of alerts. A secret is proposed before it is kept and never shown
//! afterwards.

use super::deliveries;
use crate::alerts::{AlertTexts, Rule, SECRET_PREFIX, is_web_address, rule_name};
use crate::clock::{fresh_id, random};
use crate::form_reader::FieldErrors;
use crate::pages::prelude::*;
use crate::storage::alert_targets::Webhook;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Where they are.
pub(super) const PATH: &str = "/admin/alerts/webhooks";
/// Letters of an address.
const ADDRESS_CHARS: usize = 500;
/// Letters of a secret: enough that nobody guesses it, and no more than a field takes.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 32..=200;

#[derive(Template)]
#[template(path = "alerts/webhooks.html")]
struct WebhooksPage {
    layout: Layout,
    webhooks: Vec<WebhookView>,
    /// What is typed of a new one.
    form: WebhookForm,
    /// Each rule, and whether it is chosen for a new one.
    rules: Vec<(Rule, bool)>,
    errors: FieldErrors,
}

/// One webhook, with what it is told of, when it was added and when it was retired.
struct WebhookView {
    hook: Webhook,
    rules: String,
    added: String,
    retired: Option<String>,
}

/// The form of a new webhook.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct WebhookForm {
    address: String,
    secret: String,
    rules: Vec<String>,
}

/// What is wrong with a form, by field.
fn errors(texts: &Texts, form: &WebhookForm) -> FieldErrors {
    let (address, secret) = (form.address.trim(), form.secret.trim());
    let mut errors = FieldErrors::new();
    if !is_web_address(address) || address.chars().count() > ADDRESS_CHARS {
        errors.insert("address".to_owned(), texts.get("alerts-webhook-address-wrong"));
    }
    let is_graphic = secret.chars().all(|letter| letter.is_ascii_graphic());
    if !is_graphic || !SECRET_CHARS.contains(&secret.len()) {
        errors.insert("secret".to_owned(), texts.get("alerts-webhook-secret-wrong"));
    }
    if Rule::of_words(&form.rules).is_empty() {
        errors.insert("rules".to_owned(), texts.get("alerts-webhook-rules-wrong"));
    }
    errors
}

async fn page(context: &Context, form: WebhookForm, errors: FieldErrors) -> PageResult {
    let Context { app, texts, .. } = context;
    let words = AlertTexts::of(app, texts, false).await?;
    let webhooks = app.store.webhooks().await?;
    let webhook = |hook: Webhook| {
        let names: Vec<_> = hook.rules.iter().map(|word| rule_name(word, texts)).collect();
        WebhookView {
            rules: names.join(", "),
            added: words.moment(hook.created_at),
            retired: hook.retired_at.map(|at| words.moment(at)),
            hook,
        }
    };
    let status = form_status(!errors.is_empty());
    let chosen = Rule::of_words(&form.rules);
    let page = WebhooksPage {
        layout: context.layout(texts.get("alerts-webhooks-title"), PATH),
        webhooks: webhooks.into_iter().map(webhook).collect(),
        form,
        rules: Rule::ALL.map(|rule| (rule, chosen.contains(&rule))).into(),
        errors,
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/alerts/webhooks`, with a fresh secret in the form.
pub(super) async fn show(context: Context) -> PageResult {
    let secret: [u8; 32] = random()?;
    let form = WebhookForm {
        secret: format!("{SECRET_PREFIX}{}", STANDARD.encode(secret)),
        rules: Rule::words(&Rule::ALL),
        ..WebhookForm::default()
    };
    page(&context, form, FieldErrors::new()).await
}

/// `POST /admin/alerts/webhooks`.
pub(super) async fn add(context: Context, CsrfForm(form): CsrfForm<WebhookForm>) -> PageResult {
    let errors = errors(context.texts, &form);
    if !errors.is_empty() {
        return page(&context, form, errors).await;
    }
    let rules = Rule::words(&Rule::of_words(&form.rules));
    let (address, secret) = (form.address.trim(), form.secret.trim());
    let (store, actor) = (&context.app.store, context.viewer.actor());
    store.add_webhook(address, secret, &rules, &actor, context.now()).await?;
    Ok(context.redirect(PATH))
}

/// The number of a webhook in an address.
fn number(num: &str) -> PageResult<i64> {
    num.parse().map_err(|_| PageError::Missing)
}

/// `POST /admin/alerts/webhooks/{num}/test`: leads to the log, where its outcome will stand.
pub(super) async fn test(
    context: Context,
    Path(num): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let (num, actor) = (number(&num)?, context.viewer.actor());
    let is_there = context.app.store.test_webhook(num, fresh_id(), &actor, context.now()).await?;
    if is_there { Ok(context.redirect(deliveries::PATH)) } else { Err(PageError::Missing) }
}

/// `POST /admin/alerts/webhooks/{num}/retire`.
pub(super) async fn retire(
    context: Context,
    Path(num): Path<String>,
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let (num, actor) = (number(&num)?, context.viewer.actor());
    let is_there = context.app.store.retire_webhook(num, &actor, context.now()).await?;
    if is_there { Ok(context.redirect(PATH)) } else { Err(PageError::Missing) }
}
