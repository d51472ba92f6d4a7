//! The page of an officer.

use super::disputed::{DisputedRating, disputed};
use super::invitation_form::{InvitationForm, next_id};
use super::officer::{counters, own_officer};
use super::results::Results;
use crate::pages::address::given;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use crate::publication::{self, Subject};
use reports::figures::PUBLISHED_FROM;
use reports::periods::period_name;

/// The page of an officer.
#[derive(Template)]
#[template(path = "me/me.html")]
struct OfficerPage {
    layout: Layout,
    name: String,
    title: String,
    period: String,
    previous: Option<(String, String)>,
    next: Option<(String, String)>,
    counters: Vec<(String, String)>,
    /// What stands in the invitation's form.
    invitation: InvitationForm,
    /// Why an invitation was refused.
    refusal: Option<String>,
    /// None while there is too little to be told.
    results: Option<Results>,
    /// What stands in their place.
    too_few: String,
    disputed: Vec<DisputedRating>,
    refused_reply: Option<RefusedReply>,
}

impl OfficerPage {
    fn refused_reply(&self, rating: &str) -> Option<&RefusedReply> {
        self.refused_reply.as_ref().filter(|refused| refused.rating == rating)
    }

    /// Why the reply to a rating was refused.
    fn reply_sentence(&self, rating: &str) -> Option<&str> {
        self.refused_reply(rating).map(|refused| refused.sentence.as_str())
    }

    /// What was typed into it.
    fn reply_typed(&self, rating: &str) -> &str {
        self.refused_reply(rating).map_or("", |refused| &refused.typed)
    }
}

/// A form of the page that was refused.
pub(super) enum Refused {
    /// An invitation, and why.
    Invitation(InvitationForm, String),
    Reply(RefusedReply),
}

/// A reply that was refused.
pub(super) struct RefusedReply {
    /// Handle of the rating.
    pub rating: String,
    pub sentence: String,
    pub typed: String,
}

/// The address of the page of a period.
pub(super) fn path(period: &str) -> String {
    format!("/me?period={period}")
}

/// Addresses and names of the periods before and after.
fn neighbours(context: &Context, span: Span, policy: Policy) -> [Option<(String, String)>; 2] {
    let sides = [(span.previous(), "pages-previous"), (span.next(), "pages-next")];
    sides.map(|(span, key)| {
        let period = span?.under(policy);
        let name = period_name(&period, context.texts);
        Some((context.to(&path(&period.name)), context.texts.with(key, &[("period", &name)])))
    })
}

/// The period that an address names; a month at least: of days nothing is told.
fn named(period: Option<&str>, policy: Policy) -> PageResult<Option<Span>> {
    let Some(text) = given(period) else { return Ok(None) };
    Ok(Some(match text.parse()? {
        Span::Days(from, _) => Span::month_of(from, policy),
        span => span,
    }))
}

/// `GET /me`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    page(&context, query.period.as_deref(), None).await
}

/// The page of a period, with the form that was refused.
pub(super) async fn page(
    context: &Context,
    period: Option<&str>,
    refused: Option<Refused>,
) -> PageResult {
    let Context { app, texts, .. } = context;
    let directory = app.store.directory().await?;
    let officer = own_officer(context, &directory)?;
    let policy = app.centre().policy;
    let subject = Subject::Officer(officer.id);
    let (span, published) = match named(period, policy)? {
        Some(span) => (span, publication::published_figures(app, subject, span).await?),
        // Which period has something new is no more told than what is new.
        None => match publication::newest(app, subject).await? {
            Some((span, newest)) => (span, Some(newest)),
            None => (Span::month_of(app.today(), policy), None),
        },
    };
    let keys = publication::keys(app, span);
    let (mut results, mut ratings) = (None, Vec::new());
    if let Some(published) = &published {
        results = Some(Results::of(context, &officer, published, &keys).await?);
        ratings = disputed(context, &officer, &keys).await?;
    }
    let mut layout = context.layout(texts.get("records-me"), &path(&span.to_string()));
    layout.simulated = published.is_some_and(|one| one.simulated);
    let [previous, next] = neighbours(context, span, policy);
    let status = if refused.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let (form, refusal, refused_reply) = match refused {
        Some(Refused::Invitation(form, sentence)) => (Some(form), Some(sentence), None),
        Some(Refused::Reply(reply)) => (None, None, Some(reply)),
        None => (None, None, None),
    };
    let form = form.unwrap_or_else(|| InvitationForm::fresh(&officer, &directory));
    let page = OfficerPage {
        layout,
        name: officer.name.clone(),
        title: officer.title.clone(),
        period: period_name(&span.under(policy), texts),
        previous,
        next,
        counters: counters(&officer, &directory)
            .map(|one| (one.code.clone(), format!("{} · {}", one.code, one.name)))
            .collect(),
        invitation: InvitationForm { id: next_id(context, &officer).await?, ..form },
        refusal,
        results,
        too_few: texts.with("live-too-few", &[("from", &PUBLISHED_FROM.to_string())]),
        disputed: ratings,
        refused_reply,
    };
    Ok(answer(status, page.render()))
}
