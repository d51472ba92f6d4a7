//! The page of an officer, and their right of reply: they may write beside a low or flagged rating of
//! theirs.

use super::invitation::InvitationForm;
use super::results::Results;
use super::standing::{Standing, Workplace};
use super::tablet::CounterTablets;
use crate::centre_time;
use crate::invite::next_id;
use crate::pages::address::given;
use crate::pages::dashboards::query::FigureQuery;
use crate::pages::prelude::*;
use crate::period::{Policy, Span};
use crate::publication::officer::{DisputedRating, comments, disputed, span_of};
use crate::publication::{self, Subject};
use crate::questionnaire_words::QuestionnaireWords;
use crate::storage::notes::{Note, NoteKind};
use crate::storage::rows::{Counter, Directory, Officer};
use crate::visits::notes::{add_note, note_text};
use crate::visits::wording::note_name;
use jiff::tz::TimeZone;
use reports::numbers::Numbers;
use reports::periods::period_name;
use std::sync::Arc;

/// The page of an officer.
#[derive(Template)]
#[template(path = "me/me.html")]
struct OfficerPage {
    layout: Layout,
    officer: Officer,
    period: String,
    /// Address and name of the periods before and after.
    neighbours: [Option<(String, String)>; 2],
    /// Where they serve and how the tablet there is.
    standing: Standing,
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
    disputed: Vec<DisputedRating>,
    refused_reply: Option<RefusedReply>,
    words: QuestionnaireWords,
    zone: TimeZone,
}

/// What was not replied to stands first; otherwise the order stays as it was, which tells nothing.
fn waiting_first(mut list: Vec<DisputedRating>) -> Vec<DisputedRating> {
    list.sort_by_key(is_replied);
    list
}

fn is_replied(one: &DisputedRating) -> bool {
    one.notes.iter().any(|note| note.kind == NoteKind::Reply)
}

impl OfficerPage {
    /// How many of them wait for a reply; none where none does.
    fn waiting(&self) -> Option<String> {
        let count = self.disputed.iter().filter(|one| !is_replied(one)).count() as u64;
        let written = Numbers::of(self.layout.texts).count(count);
        (count > 0).then(|| self.layout.texts.with("records-me-waiting", &[("count", &written)]))
    }

    /// The reply to a rating, where it was refused.
    fn refused_reply(&self, rating: &str) -> Option<&RefusedReply> {
        self.refused_reply.as_ref().filter(|refused| refused.rating == rating)
    }

    /// What a note is, and when it was written.
    fn note_head(&self, note: &Note) -> String {
        let texts = self.layout.texts;
        let when = centre_time::in_sentence(note.at, &self.zone, texts);
        format!("{} · {when}", note_name(note.kind, texts))
    }
}

/// A reply that was refused.
pub(super) struct RefusedReply {
    /// Handle of the rating.
    rating: String,
    sentence: String,
    typed: String,
}

/// A reply.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReplyForm {
    /// Handle of the rating.
    rating: String,
    text: String,
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

/// The address of the page of a period.
fn path(period: &str) -> String {
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

/// The period that an address names; a month at least: nothing is published of days.
fn named(period: Option<&str>, policy: Policy) -> PageResult<Option<Span>> {
    let Some(text) = given(period) else { return Ok(None) };
    Ok(Some(match text.parse()? {
        Span::Days(from, _) => Span::month_of(from, policy),
        span => span,
    }))
}

/// `GET /me`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    page(&context, query.period.as_deref(), None, None).await
}

/// The page of a period, with an invitation that was refused and why, or with a refused reply.
pub(super) async fn page(
    context: &Context,
    period: Option<&str>,
    invitation: Option<(InvitationForm, String)>,
    refused_reply: Option<RefusedReply>,
) -> PageResult {
    let Context { app, viewer, texts, .. } = context;
    let (directory, officer) = own_officer(context).await?;
    let policy = app.centre().policy;
    let subject = Subject::Officer(officer.id);
    let (span, published) = match named(period, policy)? {
        Some(span) => (span, publication::published_figures(app, subject, span).await?),
        // The newest period that was published, not the newest that has ratings: that there are new
        // ones must not be told either.
        None => match publication::newest(app, subject).await? {
            Some((span, newest)) => (span, Some(newest)),
            None => (Span::month_of(app.today(), policy), None),
        },
    };
    let words = app.questionnaire_words(texts).await?;
    // A period without published results shows no single ratings or comments, either.
    let keys = if published.is_some() { publication::keys(app, span) } else { Vec::new() };
    let mut layout = context.layout(texts.get("records-me"), &path(&span.to_string()));
    layout.simulated = published.as_ref().is_some_and(|one| one.simulated);
    let is_refused = invitation.is_some() || refused_reply.is_some();
    let status = if is_refused { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let (form, refusal) = invitation.unzip();
    let workplace = Workplace::of(app, &officer).await?;
    let tablets = CounterTablets::of(app).await?;
    let counters = counters(&officer, workplace, &directory);
    let form = form.unwrap_or_else(|| {
        let own = counters.iter().find(|one| Some(one.id) == workplace.counter());
        let counter = own.map(|one| one.code.clone()).unwrap_or_default();
        InvitationForm { counter, ..InvitationForm::default() }
    });
    let options = counters.iter().map(|one| (one.code.clone(), tablets.option(one, texts)));
    let options = options.collect();
    let id = next_id(&app.store, officer.id, &viewer.csrf).await?.to_string();
    let page = OfficerPage {
        layout,
        period: period_name(&span.under(policy), texts),
        neighbours: neighbours(context, span, policy),
        standing: Standing::of(context, workplace, &directory, &tablets),
        counters: options,
        invitation: InvitationForm { id, ..form },
        refusal,
        results: published.map(|one| Results::of(&one, &words, texts)),
        too_few: publication::too_few(texts),
        comments: comments(app, &officer, &keys, &texts.get("records-me-code")).await?,
        disputed: waiting_first(disputed(app, &officer, &viewer.user, &keys).await?),
        refused_reply,
        words,
        zone: app.zone.clone(),
        officer,
    };
    Ok(answer(status, page.render()))
}

/// `POST /me/reply`.
pub(super) async fn reply(context: Context, CsrfForm(form): CsrfForm<ReplyForm>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let (_, officer) = own_officer(&context).await?;
    let handle = hex::decode(&form.rating).map_err(|_| PageError::Missing)?;
    let item = app.store.published_item(officer.id, &handle).await?;
    let (rating, key) = item.ok_or(PageError::Missing)?;
    let (_, period) = span_of(&key).ok_or(PageError::Missing)?;
    let period = period.to_string();
    match note_text(&form.text, texts) {
        Ok(text) => {
            add_note(app, viewer, rating, NoteKind::Reply, &text).await?;
            Ok(context.redirect(&path(&period)))
        }
        Err(sentence) => {
            let reply = RefusedReply { rating: form.rating, sentence, typed: form.text };
            page(&context, Some(&period), None, Some(reply)).await
        }
    }
}
