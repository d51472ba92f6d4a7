//! Tokens of other software of the centre: listed, made (shown once) and revoked by an
//! administrator.

use super::audit_wording::scope_words;
use crate::api::machine::SCOPES;
use crate::enrolment::{fresh_machine_token, machine_hash};
use crate::pages::prelude::*;
use crate::storage::machines::MachineToken;

/// Where they are.
const PATH: &str = "/admin/tokens";
/// Letters of a name: enough for a product and its version.
const NAME_CHARS: usize = 100;

/// One row.
struct Row {
    num: i64,
    name: String,
    scopes: String,
    made: String,
    used: String,
    /// When it was revoked.
    revoked: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/tokens.html")]
struct TokensPage {
    layout: Layout,
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
    let row = |one: MachineToken| Row {
        num: one.num,
        name: one.name,
        scopes: one.scopes,
        made: moment(one.created_at),
        used: one.last_used_at.map_or_else(|| context.text("account-token-never"), moment),
        revoked: one.revoked_at.map(moment),
    };
    let tokens = context.app.store.machine_tokens().await?;
    let mut rows: Vec<_> = tokens.into_iter().map(row).collect();
    rows.sort_by_key(|row| (row.revoked.is_some(), -row.num));
    let scope = |scope: &'static str| {
        (scope, scope_words(context.texts, scope), form.scopes.iter().any(|one| one == scope))
    };
    let status = if refusal.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let layout = context.layout(context.text("account-tokens"), PATH);
    let page = TokensPage {
        layout: if token.is_some() { layout.without_languages() } else { layout },
        rows,
        scopes: SCOPES.map(scope).into(),
        name: form.name,
        token,
        refusal,
    };
    Ok(no_store(answer(status, page.render())))
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
    _: CsrfForm<EmptyForm>,
) -> PageResult {
    let num = num.parse().map_err(|_| PageError::Missing)?;
    let actor = context.viewer.actor();
    if !context.app.store.revoke_machine_token(num, &actor, context.now()).await? {
        return Err(PageError::Missing);
    }
    Ok(context.redirect(PATH))
}
