//! The page of an officer: the invitation, where they serve, what was published of their ratings, and
//! what they may reply to.

use super::invitation::InvitationForm;
use super::invited::{SentInvitation, open_invitations};
use super::periods::{Periods, named, path};
use super::reply::{RefusedReply, Replies};
use super::results::{Results, against_earlier};
use super::standing::{Standing, Workplace};
use super::tablet::CounterTablets;
use crate::invite::next_id;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::publication::officer::{comments, disputed, publish_recent_spans};
use crate::publication::{self, PublishedFigures, Subject};
use crate::storage::rows::{Counter, Directory, Officer};
use reports::periods::period_name;
use std::sync::Arc;

/// The page of an officer.
#[derive(Template)]
#[template(path = "me/me.html")]
struct OfficerPage {
    layout: Layout,
    officer: Officer,
    period: String,
    periods: Periods,
    /// Where they serve and how the tablet there is.
    standing: Standing,
    /// Invitations that may still open.
    sent: Vec<SentInvitation>,
    /// Code of a counter where they may ask, and what it is called in the list.
    counters: Vec<(String, String)>,
    /// What stands in the invitation's form.
    invitation: InvitationForm,
    /// Why an invitation was refused.
    refusal: Option<String>,
    /// None while there is too little to be told.
    results: Option<Results>,
    /// What stands in their place.
    too_few: String,
    comments: Vec<String>,
    replies: Replies,
}

/// A form of the page that was refused; what was typed stands in it again.
pub(super) enum Refused {
    /// An invitation, and why.
    Invitation(InvitationForm, String),
    Reply(RefusedReply),
}

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OwnQuery {
    period: Option<String>,
    /// Handle of the rating that was replied to just before.
    replied: Option<String>,
}

/// The directory, and the officer in it that the viewer is; an account that names nobody has no such
/// page.
pub(super) async fn own_officer(context: &Context) -> PageResult<(Arc<Directory>, Officer)> {
    let directory = context.app.store.directory().await?;
    let officer = context.viewer.user.officer.and_then(|id| directory.officer_of(id)).cloned();
    Ok((directory, officer.ok_or(PageError::Unbound)?))
}

/// Where an officer may ask: the counters of their department, where they usually sit, and where they
/// serve now.
pub(super) fn counters(
    officer: &Officer,
    workplace: Workplace,
    directory: &Directory,
) -> Vec<Counter> {
    let own = |one: &&Counter| {
        one.department == officer.department
            || Some(one.id) == officer.counter
            || Some(one.id) == workplace.counter()
    };
    directory.counters.iter().filter(own).cloned().collect()
}

/// What the form of an invitation begins with: the counter where they serve.
fn first_form(counters: &[Counter], workplace: Workplace) -> InvitationForm {
    let own = counters.iter().find(|one| Some(one.id) == workplace.counter());
    let counter = own.map(|one| one.code.clone()).unwrap_or_default();
    InvitationForm { counter, ..InvitationForm::default() }
}

/// `GET /me`.
pub(super) async fn show(context: Context, Query(query): Query<OwnQuery>) -> PageResult {
    page(&context, query.period.as_deref(), query.replied.as_deref(), None).await
}

/// What is shown: of the period that an address names, or of the newest that was published, which is not
/// the newest that has ratings: that there are new ones must not be told either.
async fn shown(
    app: &App,
    subject: Subject,
    named: Option<Span>,
) -> PageResult<(Span, Option<PublishedFigures>)> {
    if let Some(span) = named {
        return Ok((span, publication::published_figures(app, subject, span).await?));
    }
    Ok(match publication::newest(app, subject).await? {
        Some((span, newest)) => (span, Some(newest)),
        None => (Span::month_of(app.today(), app.centre().policy), None),
    })
}

/// The page of a period, with the reply that was sent just before, or with what was refused.
pub(super) async fn page(
    context: &Context,
    period: Option<&str>,
    replied: Option<&str>,
    refused: Option<Refused>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let (directory, officer) = own_officer(context).await?;
    let (policy, subject) = (app.centre().policy, Subject::Officer(officer.id));
    let told = publish_recent_spans(app, &officer).await?;
    let (span, published) = shown(app, subject, named(period, policy)?).await?;
    let words = app.questionnaire_words(texts).await?;
    // A period without published results shows no single ratings or comments, either.
    let keys = if published.is_some() { publication::keys(app, span) } else { Vec::new() };
    let mut layout = context.layout(texts.get("records-me"), &path(&span.to_string()));
    let mut results = None;
    if let Some(one) = &published {
        let compared = against_earlier(context, (subject, span), one).await?;
        results = Some(Results::of(one, compared, &words, texts));
        layout.simulated = one.simulated;
    }
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let (form, refusal, refused_reply) = match refused {
        None => (None, None, None),
        Some(Refused::Invitation(form, sentence)) => (Some(form), Some(sentence), None),
        Some(Refused::Reply(reply)) => (None, None, Some(reply)),
    };
    let workplace = Workplace::of(app, &officer).await?;
    let tablets = CounterTablets::of(app).await?;
    let counters = counters(&officer, workplace, &directory);
    let form = form.unwrap_or_else(|| first_form(&counters, workplace));
    let options = counters.iter().map(|one| (one.code.clone(), tablets.option(one, texts)));
    let options = options.collect();
    let id = next_id(&app.store, officer.id, &viewer.csrf).await?.to_string();
    let period = period_name(&span.under(policy), texts);
    let disputed = disputed(app, &officer, &viewer.user, &keys).await?;
    let page = OfficerPage {
        layout,
        periods: Periods::of(context, &told, span, policy),
        standing: Standing::of(context, workplace, &directory, &tablets),
        sent: open_invitations(context, &officer, &directory, &tablets).await?,
        counters: options,
        invitation: InvitationForm { id, ..form },
        refusal,
        results,
        too_few: publication::too_few(texts),
        comments: comments(app, &officer, &keys, &texts.get("records-me-code")).await?,
        replies: Replies::of(context, disputed, &words, &period, replied, refused_reply),
        period,
        officer,
    };
    Ok(answer(status, page.render()))
}
