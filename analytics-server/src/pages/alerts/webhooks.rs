//! Software that is told of alerts. The key that signs what it gets is shown once: on the page that
//! says that the address was added, and as it was stored.

use super::deliveries;
use crate::alerts::{AlertTexts, Rule, SECRET_PREFIX, is_web_address, rule_name};
use crate::clock::{fresh_id, random};
use crate::form_reader::FieldErrors;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, ConfirmedForm};
use crate::pages::form_field::Field;
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
    breadcrumb: Breadcrumb,
    /// What was added just now, shown this once.
    added: Option<AddedWebhook>,
    webhooks: Vec<WebhookView>,
    /// Address and key of a new one.
    fields: [Field; 2],
    /// Each rule, and whether it is chosen for a new one.
    rules: Vec<(Rule, bool)>,
    rules_error: Option<String>,
}

/// A webhook that was added just now, with the key that was stored.
struct AddedWebhook {
    address: String,
    secret: String,
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
    // Without one the server makes it.
    let is_made = secret.is_empty();
    if !is_made && (!is_graphic || !SECRET_CHARS.contains(&secret.len())) {
        errors.insert("secret".to_owned(), texts.get("alerts-webhook-secret-wrong"));
    }
    if Rule::of_words(&form.rules).is_empty() {
        errors.insert("rules".to_owned(), texts.get("alerts-webhook-rules-wrong"));
    }
    errors
}

/// The fields of a new webhook.
fn fields(texts: &Texts, form: &WebhookForm, errors: &FieldErrors) -> [Field; 2] {
    let field = |name: &str, value: &str, limit: usize| Field {
        hint: Some(texts.get(&format!("alerts-webhook-{name}-hint"))),
        error: errors.get(name).cloned(),
        ..Field::line(name, texts.get(&format!("alerts-webhook-{name}")), value.to_owned(), limit)
    };
    let address = Field { kind: "url", ..field("address", &form.address, ADDRESS_CHARS) };
    [address, field("secret", &form.secret, *SECRET_CHARS.end())]
}

/// The page; `added` is what was added just now.
async fn page(
    context: &Context,
    form: &WebhookForm,
    errors: &FieldErrors,
    added: Option<AddedWebhook>,
) -> PageResult {
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
    let layout = context.layout(texts.get("alerts-webhooks-title"), PATH);
    let settings = texts.get("alerts-settings-title");
    let page = WebhooksPage {
        // In another language the key would not be there.
        layout: if added.is_some() { layout.without_languages() } else { layout },
        breadcrumb: Breadcrumb::below(context, "/admin/alerts", settings),
        added,
        webhooks: webhooks.into_iter().map(webhook).collect(),
        fields: fields(texts, form, errors),
        rules: Rule::ALL.map(|rule| (rule, chosen.contains(&rule))).into(),
        rules_error: errors.get("rules").cloned(),
    };
    Ok(no_store(answer(status, page.render())))
}

/// A form for every rule, in which nothing is typed yet.
fn blank() -> WebhookForm {
    WebhookForm { rules: Rule::words(&Rule::ALL), ..WebhookForm::default() }
}

/// `GET /admin/alerts/webhooks`.
pub(super) async fn show(context: Context) -> PageResult {
    page(&context, &blank(), &FieldErrors::new(), None).await
}

/// `POST /admin/alerts/webhooks`: the answer is no redirect, since the key is shown this once.
pub(super) async fn add(context: Context, CsrfForm(form): CsrfForm<WebhookForm>) -> PageResult {
    let errors = errors(context.texts, &form);
    if !errors.is_empty() {
        return page(&context, &form, &errors, None).await;
    }
    let rules = Rule::words(&Rule::of_words(&form.rules));
    let address = form.address.trim().to_owned();
    let secret = match form.secret.trim() {
        "" => {
            let secret: [u8; 32] = random()?;
            format!("{SECRET_PREFIX}{}", STANDARD.encode(secret))
        }
        own => own.to_owned(),
    };
    let (store, actor) = (&context.app.store, context.viewer.actor());
    store.add_webhook(&address, &secret, &rules, &actor, context.now()).await?;
    let added = AddedWebhook { address, secret };
    page(&context, &blank(), &FieldErrors::new(), Some(added)).await
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
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let (num, actor) = (number(&num)?, context.viewer.actor());
    if !form.is_confirmed() {
        let webhooks = context.app.store.webhooks().await?;
        let hook = webhooks.into_iter().find(|one| one.num == num && one.retired_at.is_none());
        let hook = hook.ok_or(PageError::Missing)?;
        let asked = Confirmation {
            title: context.texts.with("alerts-webhook-ask-retire", &[("address", &hook.address)]),
            effects: vec![context.text("alerts-webhook-retire-note")],
            button: context.text("alerts-webhook-retire"),
            fields: Vec::new(),
            back: PATH.to_owned(),
        };
        return Ok(asked.page(&context));
    }
    let is_there = context.app.store.retire_webhook(num, &actor, context.now()).await?;
    if is_there { Ok(context.redirect(PATH)) } else { Err(PageError::Missing) }
}
