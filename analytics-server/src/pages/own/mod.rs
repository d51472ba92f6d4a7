//! An officer's own page, made for a phone in the hand: the invitation first, then their results in
//! aggregate, and their right of reply. All that it tells was stored as it was told, up to a day that
//! is over, in steps of at least ten ratings: whoever looks before and after somebody rated, or
//! commented, or was ruled on, reads the same page.

pub(super) mod invitation;
pub(super) mod replies;
mod results;

use super::address::{self, Asked, given};
use super::fault::Fault;
use super::records::{busy, told};
use super::shell::{Shell, answer};
use crate::auth::Viewer;
use crate::period::{Policy, Span};
use crate::publication::{self, Subject};
use crate::state::App;
use crate::storage::rows::{Directory, Officer};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use invitation::Invited;
use locales::Texts;
use replies::Disputed;
use reports::figures::PUBLISHED_FROM;
use reports::periods::period_name;
use results::Results;

/// The page.
#[derive(Template)]
#[template(path = "own/me.html")]
pub(super) struct Me {
    pub shell: Shell,
    pub name: String,
    pub title: String,
    pub period: String,
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    pub counters: Vec<(String, String)>,
    /// What stands in the invitation's form.
    pub invited: Invited,
    /// Why an invitation was refused.
    pub refusal: Option<String>,
    /// None while there is too little to be told.
    pub results: Option<Results>,
    /// What stands in their place.
    pub too_few: String,
    pub disputed: Vec<Disputed>,
    /// Why a reply was refused: its rating, the sentence, what was typed.
    pub reply_refusal: Option<(String, String, String)>,
}

impl Me {
    /// The language, where an address has to carry it.
    fn query(&self) -> String {
        address::in_language("", self.shell.texts)
    }

    /// Why the reply to a rating was refused.
    fn reply_sentence(&self, id: &str) -> Option<&str> {
        let refused = self.reply_refusal.as_ref().filter(|(rating, ..)| rating == id);
        refused.map(|(_, sentence, _)| &**sentence)
    }

    /// What was typed into it.
    fn reply_typed(&self, id: &str) -> &str {
        let refused = self.reply_refusal.as_ref().filter(|(rating, ..)| rating == id);
        refused.map_or("", |(.., typed)| typed)
    }
}

/// What a form of the page said that was refused.
#[derive(Default)]
pub(super) struct Refused {
    pub invited: Option<(Invited, String)>,
    pub reply: Option<(String, String, String)>,
}

/// Addresses and names of the periods before and after.
fn neighbours(span: Span, policy: Policy, texts: &Texts) -> [Option<(String, String)>; 2] {
    let sides = [(span.previous(), "pages-previous"), (span.next(), "pages-next")];
    sides.map(|(span, key)| {
        let period = span?.under(policy);
        let name = period_name(&period, texts);
        let to = format!("/me?period={}{}", period.name, address::language(texts));
        Some((to, texts.with(key, &[("period", &name)])))
    })
}

/// The period that an address names; a month at least: of days nothing is told.
fn named(asked: &Asked, policy: Policy) -> Result<Option<Span>, Fault> {
    let Some(text) = given(asked.period.as_deref()) else { return Ok(None) };
    Ok(Some(match text.parse()? {
        Span::Days(from, _) => Span::month_of(from, policy),
        span => span,
    }))
}

/// `GET /me`.
pub(super) async fn me(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), Asked::default().texts());
    };
    told(&app, &viewer, asked.texts(), page(&app, &viewer, &asked, Refused::default()).await)
}

/// The officer that a person is; an account that names nobody has no such page.
pub(super) fn own(viewer: &Viewer, directory: &Directory) -> Result<Officer, Fault> {
    let officer = viewer.user.officer.and_then(|id| directory.officer_of(id));
    officer.cloned().ok_or(Fault::Unbound)
}

/// The page, with what was refused.
pub(super) async fn page(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    refused: Refused,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let officer = own(viewer, &directory)?;
    let (policy, texts) = (app.centre().policy, asked.texts());
    let subject = Subject::Officer(officer.id);
    let (span, figures) = match named(asked, policy)? {
        Some(span) => (span, publication::published_figures(app, subject, span).await?),
        // Which period has something new is no more told than what is new.
        None => match publication::newest(app, subject).await? {
            Some((span, told)) => (span, Some(told)),
            None => (Span::month_of(app.today(), policy), None),
        },
    };
    let keys = publication::keys(app, span);
    let (mut results, mut disputed) = (None, Vec::new());
    if let Some(told) = &figures {
        results = Some(results::of(app, &officer, told, &keys, texts).await?);
        disputed = replies::disputed(app, viewer, &officer, &keys, texts).await?;
    }
    let name = span.to_string();
    let mut shell = Shell::new(app, Some(viewer), texts, texts.get("records-me"), |texts| {
        format!("/me?period={name}{}", address::language(texts))
    });
    shell.simulated = figures.is_some_and(|told| told.simulated);
    let [previous, next] = neighbours(span, policy, texts);
    let status = match (&refused.invited, &refused.reply) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    };
    let (invited, refusal) = match refused.invited {
        Some((invited, sentence)) => (invited, Some(sentence)),
        None => (Invited::fresh(&officer, &directory), None),
    };
    let invited = Invited { id: invitation::next_id(app, viewer, &officer).await?, ..invited };
    let page = Me {
        shell,
        name: officer.name.clone(),
        title: officer.title.clone(),
        period: period_name(&span.under(policy), texts),
        previous,
        next,
        counters: invitation::counters(&officer, &directory)
            .map(|one| (one.code.clone(), format!("{} · {}", one.code, one.name)))
            .collect(),
        invited,
        refusal,
        results,
        too_few: texts.with("live-too-few", &[("from", &PUBLISHED_FROM.to_string())]),
        disputed,
        reply_refusal: refused.reply,
    };
    Ok(answer(status, page.render()))
}
