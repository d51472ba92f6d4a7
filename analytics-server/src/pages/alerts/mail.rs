//! Of which alerts a person is told by mail; everybody chooses for themselves.

use super::paths::{INBOX, MAIL, MAIL_TEST};
use super::rules::{RuleChoice, rule_choices, rule_words, ticked_rules};
use crate::pages::prelude::*;

/// The page on which mail is chosen.
#[derive(Template)]
#[template(path = "alerts/mail.html")]
struct MailPage {
    layout: Layout,
    rules: Vec<RuleChoice>,
    /// Where mail goes; none: no address is known.
    email: Option<String>,
    /// Mail is sent at all.
    on: bool,
    /// Address of the inbox.
    inbox: String,
    /// Where the form is sent.
    action: String,
    /// Where a test mail is asked for.
    test: String,
    /// What became of one: whether it was sent, in a sentence.
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
    let own = own.map(|one| one.rules).unwrap_or_default();
    let page = MailPage {
        layout: context.layout(texts.get("alerts-mail-title"), MAIL),
        rules: rule_choices(texts, |rule| own.iter().any(|word| word == rule.word())),
        email: viewer.user.email.clone(),
        on: app.mail.is_some(),
        inbox: context.to(INBOX),
        action: context.to(MAIL),
        test: context.to(MAIL_TEST),
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
    let rules = rule_words(&ticked_rules(&form.rules));
    app.store.subscribe(viewer.user.id, &rules, &viewer.actor(), context.now()).await?;
    Ok(context.redirect(MAIL))
}

/// `POST /alerts/mail/test`: sends a mail to whoever asks, at once.
pub(super) async fn test(
    context: Context,
    CsrfForm(EmptyForm {}): CsrfForm<EmptyForm>,
) -> PageResult {
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
