//! An officer's own page, made for a phone in the hand: the invitation first, then their results in
//! aggregate, and their right of reply. Whoever is on it never learns who said what: few are not
//! told, comments come without moments, and a single rating is known by its day at most.

pub(super) mod invitation;
pub(super) mod replies;
mod results;

use super::address::{self, Asked, Seen};
use super::fault::Fault;
use super::records::{busy, told};
use super::shell::{Shell, answer};
use crate::auth::Viewer;
use crate::clock::fresh_id;
use crate::period::Span;
use crate::state::App;
use crate::storage::rows::{Directory, Officer};
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use invitation::Invited;
use replies::Disputed;
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
    pub results: Results,
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
fn neighbours(path: &str, seen: &Seen) -> [Option<(String, String)>; 2] {
    let sides = [(seen.span.previous(), "pages-previous"), (seen.span.next(), "pages-next")];
    sides.map(|(span, key)| {
        let period = span?.under(seen.policy);
        let name = period_name(&period, seen.texts);
        let to = format!("{path}?period={}{}", period.name, address::language(seen.texts));
        Some((to, seen.texts.with(key, &[("period", &name)])))
    })
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
    // A month at least: from days beside each other it could be told who said what.
    let mut seen = asked.seen(app, viewer).await?;
    if matches!(seen.span, Span::Days(..)) {
        seen.span = Span::month_of(seen.period.from, seen.policy);
        seen.period = seen.span.under(seen.policy);
    }
    let texts = seen.texts;
    let figures = results::figures(app, &officer, &seen.period).await?;
    let results = results::of(app, &officer, &figures, &seen).await?;
    let disputed = replies::disputed(app, viewer, &officer, &figures.own, &seen).await?;
    let name = seen.period.name.clone();
    let mut shell = Shell::new(app, Some(viewer), texts, texts.get("records-me"), |texts| {
        format!("/me?period={name}{}", address::language(texts))
    });
    shell.simulated = figures.own.simulated;
    let [previous, next] = neighbours("/me", &seen);
    let status = match (&refused.invited, &refused.reply) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    };
    let (invited, refusal) = match refused.invited {
        Some((invited, sentence)) => (invited, Some(sentence)),
        None => (Invited::fresh(&officer, &directory), None),
    };
    // A refused form is sent again as what it is now, not as what was known under its id.
    let invited = Invited { id: fresh_id().to_string(), ..invited };
    let page = Me {
        shell,
        name: officer.name.clone(),
        title: officer.title.clone(),
        period: period_name(&seen.period, texts),
        previous,
        next,
        counters: invitation::counters(&officer, &directory)
            .map(|one| (one.code.clone(), format!("{} · {}", one.code, one.name)))
            .collect(),
        invited,
        refusal,
        results,
        disputed,
        reply_refusal: refused.reply,
    };
    Ok(answer(status, page.render()))
}
