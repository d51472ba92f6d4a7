//! Of which alerts a person is told by mail; everybody chooses for themselves.

use crate::alerts::Rule;
use crate::pages::prelude::*;

/// Where mail is chosen.
const PATH: &str = "/alerts/mail";

#[derive(Template)]
#[template(path = "alerts/mail.html")]
struct MailPage {
    layout: Layout,
    /// Each rule, and whether it is chosen.
    rules: Vec<(Rule, bool)>,
    /// Where mail goes; none: no address is known.
    email: Option<String>,
    /// Why no mail is sent at all: then there is nothing to choose.
    off: Option<String>,
    /// What became of a test mail: whether it was sent, in a sentence.
    tested: Option<(bool, String)>,
}

/// The rules that were ticked.
#[derive(Deserialize)]
pub(super) struct MailForm {
    #[serde(default)]
    rules: Vec<String>,
}

async fn page(context: &Context, tested: Option<(bool, String)>) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let subscriptions = app.store.subscriptions().await?;
    let own = subscriptions.into_iter().find(|one| one.user == viewer.user.id);
    let own = Rule::of_words(&own.map(|one| one.rules).unwrap_or_default());
    // Only who looks after the server can do something about it.
    let administers = viewer.may(Permission::Administer);
    let off = if administers { "alerts-mail-off" } else { "alerts-mail-unset" };
    let page = MailPage {
        layout: context.layout(texts.get("alerts-mail-title"), PATH),
        rules: Rule::ALL.map(|rule| (rule, own.contains(&rule))).into(),
        email: viewer.user.email.clone(),
        off: app.mail.is_none().then(|| texts.get(off)),
        tested,
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// `GET /alerts/mail`.
pub(super) async fn show(context: Context) -> PageResult {
    page(&context, None).await
}

/// `POST /alerts/mail`.
pub(super) async fn save(context: Context, CsrfForm(form): CsrfForm<MailForm>) -> PageResult {
    let Context { app, viewer, .. } = &context;
    let rules = Rule::words(&Rule::of_words(&form.rules));
    app.store.subscribe(viewer.user.id, &rules, &viewer.actor(), context.now()).await?;
    Ok(context.redirect(PATH))
}

/// `POST /alerts/mail/test`: sends a test mail at once, to the person who is signed in.
pub(super) async fn test(context: Context, _: CsrfForm<EmptyForm>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let (Some(settings), Some(to)) = (&app.mail, &viewer.user.email) else {
        return page(&context, None).await;
    };
    let tested = match settings.send_test(to, texts).await {
        Ok(()) => (true, texts.with("alerts-mail-test-sent", &[("email", to)])),
        Err(why) => (false, texts.with("alerts-mail-test-failed", &[("why", &why)])),
    };
    page(&context, Some(tested)).await
}
