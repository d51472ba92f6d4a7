//! Software that is told of alerts, and the log of what was told to whom and how it went. A secret
//! is proposed before it is kept and never shown afterwards.

use super::{Choice, answered, choices, lead, number, store, stored, texts_of, ticked};
use crate::alerts::{AlertTexts as Words, Rule, SECRET_PREFIX, answer_words, is_web_address};
use crate::auth::Viewer;
use crate::clock::{fresh_id, random};
use crate::pages::address;
use crate::pages::fault::Fault;
use crate::pages::posted::{Posted, Pressed};
use crate::pages::shell::{Shell, answer};
use crate::state::App;
use crate::storage::alert_deliveries::Delivery;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use locales::Texts;
use serde::Deserialize;

/// Letters of an address.
const ADDRESS_CHARS: usize = 500;
/// Letters of a secret: enough that nobody guesses it, and no more than a field takes.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 32..=200;
/// Deliveries of one page.
const ROWS: u32 = 50;
/// Where webhooks are.
const HERE: &str = "/admin/alerts/webhooks";
/// Where the log is.
const LOG: &str = "/admin/alerts/deliveries";

/// The page of webhooks.
#[derive(Template)]
#[template(path = "alerts/webhooks.html")]
pub(in crate::pages) struct Page {
    pub shell: Shell,
    pub webhooks: Vec<Hook>,
    /// What is typed of a new one.
    pub address: String,
    pub address_refusal: Option<String>,
    pub secret: String,
    pub secret_refusal: Option<String>,
    pub rules: Vec<Choice>,
    pub rules_refusal: Option<String>,
    pub settings: String,
    pub deliveries: String,
    pub action: String,
}

/// One webhook.
pub(in crate::pages) struct Hook {
    pub address: String,
    pub rules: String,
    pub added: String,
    pub retired: Option<String>,
    pub test: String,
    pub retire: String,
}

/// The log of deliveries.
#[derive(Template)]
#[template(path = "alerts/deliveries.html")]
pub(in crate::pages) struct Log {
    pub shell: Shell,
    pub deliveries: Vec<DeliveryView>,
    pub settings: String,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// One delivery.
pub(in crate::pages) struct DeliveryView {
    pub made: String,
    /// Address of the alert; none: a test.
    pub alert: Option<(i64, String)>,
    pub channel: String,
    pub target: String,
    pub status: String,
    pub class: String,
    pub attempts: u32,
    /// When it is tried next, or was finished.
    pub when: String,
    pub answer: String,
    pub id: String,
}

impl DeliveryView {
    /// A delivery in words.
    pub fn of(words: &Words, row: &Delivery) -> Self {
        let texts = words.texts;
        Self {
            made: words.moment(row.created_at),
            alert: row
                .alert
                .map(|num| (num, address::in_language(&format!("/alerts/{num}"), texts))),
            channel: texts.get(&format!("alerts-channel-{}", row.channel)),
            target: row.target.clone(),
            status: texts.get(&format!("alerts-delivery-{}", row.status)),
            class: row.status.clone(),
            attempts: row.attempts,
            when: row.finished_at.map_or_else(
                || texts.with("alerts-delivery-next", &[("when", &words.moment(row.next_at))]),
                |at| words.moment(at),
            ),
            answer: row.answer.as_deref().map(|one| answer_words(texts, one)).unwrap_or_default(),
            id: row.id.to_string(),
        }
    }
}

/// What the form of a new webhook says.
#[derive(Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    address: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
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
    fn of(texts: &Texts, form: &Filled) -> Self {
        let address = form.address.trim();
        let web = is_web_address(address) && address.chars().count() <= ADDRESS_CHARS;
        let secret = form.secret.trim();
        let strong = secret.chars().all(|letter| letter.is_ascii_graphic())
            && SECRET_CHARS.contains(&secret.len());
        Self {
            address: (!web).then(|| texts.get("alerts-webhook-address-wrong")),
            secret: (!strong).then(|| texts.get("alerts-webhook-secret-wrong")),
            rules: ticked(&form.rules).is_empty().then(|| texts.get("alerts-webhook-rules-wrong")),
        }
    }

    fn any(&self) -> bool {
        self.address.is_some() || self.secret.is_some() || self.rules.is_some()
    }
}

async fn page(
    app: &App,
    viewer: &Viewer,
    texts: &'static Texts,
    form: Filled,
    refusals: Refusals,
) -> Result<Response, Fault> {
    let words = Words::of(app, texts, false).await.map_err(store)?;
    let webhooks = app.store.webhooks().await.map_err(store)?;
    let hook = |one: crate::storage::alert_targets::Webhook| {
        let names = one.rules.iter().map(|word| texts.get(&format!("alerts-rule-{word}")));
        let way = |word: &str| address::in_language(&format!("{HERE}/{}/{word}", one.num), texts);
        Hook {
            rules: names.collect::<Vec<_>>().join(", "),
            added: words.moment(one.created_at),
            retired: one.retired_at.map(|at| words.moment(at)),
            test: way("test"),
            retire: way("retire"),
            address: one.address,
        }
    };
    let here = |texts: &Texts| address::in_language(HERE, texts);
    let status = if refusals.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let chosen = ticked(&form.rules);
    let page = Page {
        shell: Shell::new(app, Some(viewer), texts, texts.get("alerts-webhooks-title"), here),
        webhooks: webhooks.into_iter().map(hook).collect(),
        address: form.address,
        address_refusal: refusals.address,
        secret: form.secret,
        secret_refusal: refusals.secret,
        rules: choices(texts, |rule| chosen.contains(&rule)),
        rules_refusal: refusals.rules,
        settings: address::in_language("/admin/alerts", texts),
        deliveries: address::in_language(LOG, texts),
        action: here(texts),
    };
    Ok(answer(status, page.render()))
}

/// `GET /admin/alerts/webhooks`, with a fresh secret in the form.
pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let secret: [u8; 32] = random().map_err(|_| Fault::Interrupted)?;
        let rules = stored(&Rule::ALL);
        let form = Filled {
            secret: format!("{SECRET_PREFIX}{}", STANDARD.encode(secret)),
            rules,
            ..Filled::default()
        };
        page(&app, &viewer, texts, form, Refusals::default()).await
    };
    answered(outcome.await, &app, &viewer, texts)
}

/// `POST /admin/alerts/webhooks`.
pub(super) async fn add(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Filled>,
) -> Response {
    let texts = texts_of(&uri);
    let refusals = Refusals::of(texts, &form);
    let outcome = async {
        if refusals.any() {
            return page(&app, &viewer, texts, form, refusals).await;
        }
        let rules = stored(&ticked(&form.rules));
        let (address, secret) = (form.address.trim(), form.secret.trim());
        let now = app.clock.now();
        app.store
            .add_webhook(address, secret, &rules, &viewer.actor(), now)
            .await
            .map_err(store)?;
        Ok(lead(HERE, texts))
    };
    answered(outcome.await, &app, &viewer, texts)
}

/// `POST /admin/alerts/webhooks/{num}/test`: leads to the log, where its outcome will stand.
pub(super) async fn test(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let (num, now) = (number(&num)?, app.clock.now());
        let made = app.store.test_webhook(num, fresh_id(), &viewer.actor(), now).await;
        if made.map_err(store)? { Ok(lead(LOG, texts)) } else { Err(Fault::Missing) }
    };
    answered(outcome.await, &app, &viewer, texts)
}

/// `POST /admin/alerts/webhooks/{num}/retire`.
pub(super) async fn retire(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Path(num): Path<String>,
    Posted { viewer, form: Pressed {} }: Posted<Pressed>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let num = number(&num)?;
        let done = app.store.retire_webhook(num, &viewer.actor(), app.clock.now()).await;
        if done.map_err(store)? { Ok(lead(HERE, texts)) } else { Err(Fault::Missing) }
    };
    answered(outcome.await, &app, &viewer, texts)
}

/// What the log's address says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    page: String,
}

/// `GET /admin/alerts/deliveries`.
pub(super) async fn log(
    State(app): State<App>,
    viewer: Viewer,
    OriginalUri(uri): OriginalUri,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let texts = texts_of(&uri);
    let outcome = async {
        let Query(asked) = asked.map_err(|_| Fault::Request)?;
        let number = address::page_number(&asked.page)?;
        let words = Words::of(&app, texts, false).await.map_err(store)?;
        // One more than a page shows tells whether there is another.
        let rows = app.store.deliveries(None, (number - 1) * ROWS, ROWS + 1).await;
        let rows = rows.map_err(store)?;
        let way = |page: u32| format!("{LOG}?page={page}{}", address::language(texts));
        let title = texts.get("alerts-deliveries-title");
        let here = |texts: &Texts| address::in_language(LOG, texts);
        let page = Log {
            shell: Shell::new(&app, Some(&viewer), texts, title, here),
            deliveries: rows
                .iter()
                .take(ROWS as usize)
                .map(|row| DeliveryView::of(&words, row))
                .collect(),
            settings: address::in_language("/admin/alerts", texts),
            newer: (number > 1).then(|| way(number - 1)),
            older: (rows.len() > ROWS as usize).then(|| way(number + 1)),
        };
        Ok(answer(StatusCode::OK, page.render()))
    };
    answered(outcome.await, &app, &viewer, texts)
}
