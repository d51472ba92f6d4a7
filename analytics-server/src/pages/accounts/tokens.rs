//! Tokens of other software of the centre: listed, made (shown once) and revoked by an
//! administrator.

use crate::api::machine::SCOPES;
use crate::audit::scope_words;
use crate::enrolment::{fresh_machine_token, machine_hash};
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::confirmation::{Confirmation, ConfirmedForm};
use crate::pages::prelude::*;
use crate::storage::machines::MachineToken;

/// Where they are.
const PATH: &str = "/admin/tokens";
/// Letters of a name: enough for a product and its version.
const NAME_CHARS: usize = 100;

/// A token, with the moments when it was made, last used and revoked.
struct Row {
    token: MachineToken,
    made: String,
    used: String,
    revoked: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/tokens.html")]
struct TokensPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    rows: Vec<Row>,
    /// Word of the protocol, what it allows, whether it is chosen.
    scopes: Vec<(&'static str, String, bool)>,
    name: String,
    /// Just made: shown this once.
    token: Option<String>,
    refusal: Option<String>,
}

/// A new token.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenForm {
    name: String,
    scopes: Vec<String>,
}

async fn page(
    context: &Context,
    form: TokenForm,
    token: Option<String>,
    refusal: Option<String>,
) -> PageResult {
    let moment = |at: i64| context.moment(Some(at));
    let row = |token: MachineToken| Row {
        made: moment(token.created_at),
        used: token.last_used_at.map_or_else(|| context.text("account-token-never"), moment),
        revoked: token.revoked_at.map(moment),
        token,
    };
    let mut tokens = context.app.store.machine_tokens().await?;
    tokens.sort_by_key(|token| (token.revoked_at.is_some(), -token.num));
    let scope = |scope: &'static str| {
        (scope, scope_words(context.texts, scope), form.scopes.iter().any(|one| one == scope))
    };
    let layout = context.layout(context.text("account-tokens"), PATH);
    let page = TokensPage {
        layout: if token.is_some() { layout.without_languages() } else { layout },
        breadcrumb: Breadcrumb::admin(context),
        rows: tokens.into_iter().map(row).collect(),
        scopes: SCOPES.map(scope).into(),
        name: form.name,
        token,
        refusal,
    };
    Ok(no_store_form_answer(page.refusal.is_some(), page.render()))
}

/// `GET /admin/tokens`.
pub(super) async fn list(context: Context) -> PageResult {
    page(&context, TokenForm::default(), None, None).await
}

/// `POST /admin/tokens`: the answer is no redirect, since the token is shown this once.
pub(super) async fn make(context: Context, CsrfForm(form): CsrfForm<TokenForm>) -> PageResult {
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = name.chars().count();
    let fits = (1..=NAME_CHARS).contains(&letters) && !name.chars().any(char::is_control);
    // In the order of the list, each once, and only those there are.
    let chosen = |scope: &&str| form.scopes.iter().any(|one| one == scope);
    let scopes: Vec<&str> = SCOPES.into_iter().filter(chosen).collect();
    let refusal = match (fits, scopes.is_empty()) {
        (false, _) => Some("account-token-name-fault"),
        (_, true) => Some("account-token-scope-fault"),
        _ => None,
    };
    if let Some(key) = refusal {
        return page(&context, form, None, Some(context.text(key))).await;
    }
    let token = fresh_machine_token()?;
    let no_token = || PageError::Unavailable("a new token is none".to_owned());
    let hash = machine_hash(&token).ok_or_else(no_token)?;
    let (scopes, actor) = (scopes.join(" "), context.viewer.actor());
    context.app.store.add_machine_token(&name, hash, &scopes, &actor, context.now()).await?;
    page(&context, TokenForm::default(), Some(token), None).await
}

/// `POST /admin/tokens/{num}/revoked`.
pub(super) async fn revoke(
    context: Context,
    Path(num): Path<String>,
    CsrfForm(form): CsrfForm<ConfirmedForm>,
) -> PageResult {
    let num: i64 = num.parse().map_err(|_| PageError::Missing)?;
    if !form.is_confirmed() {
        let tokens = context.app.store.machine_tokens().await?;
        let token = tokens.into_iter().find(|one| one.num == num && one.revoked_at.is_none());
        let token = token.ok_or(PageError::Missing)?;
        let asked = Confirmation {
            title: context.texts.with("account-ask-revoke", &[("name", &token.name)]),
            effects: vec![context.text("account-token-revoke-note")],
            button: context.text("account-token-revoke"),
            fields: Vec::new(),
            back: PATH.to_owned(),
        };
        return Ok(asked.page(&context));
    }
    let actor = context.viewer.actor();
    if !context.app.store.revoke_machine_token(num, &actor, context.now()).await? {
        return Err(PageError::Missing);
    }
    Ok(context.redirect(PATH))
}
