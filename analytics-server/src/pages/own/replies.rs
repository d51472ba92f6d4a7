//! The right of reply: an officer may write beside a low or flagged rating of theirs. To do so they
//! need to know that there is one, and nothing that names who gave it: the day, the stage and the
//! reasons, and even those only where at least five people rated them that day; otherwise the
//! month alone. Neither level, time, counter, dossier nor the citizen's words.

use super::{Refused, own, page};
use crate::auth::Viewer;
use crate::moments;
use crate::pages::address::{self, Asked, Seen};
use crate::pages::doors::texts_of;
use crate::pages::fault::Fault;
use crate::pages::posted::Posted;
use crate::pages::records::{Words, busy, forms, rule_name, told};
use crate::state::App;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::records::{Record, Wanted};
use crate::storage::rows::Officer;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use locales::Texts;
use reports::figures::{Figures, SHOWN_FROM};
use reports::numbers::Numbers;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// Entries of a period; the rest is found in a shorter one.
const SHOWN: u32 = 100;

/// A rating that may be answered.
pub(in crate::pages) struct Disputed {
    /// Its session, which says nothing about when it was.
    pub id: String,
    pub when: String,
    pub why: Vec<String>,
    pub reasons: Vec<String>,
    /// What the officer wrote and how it was ruled on: what it is, when, and the words.
    pub written: Vec<(String, String, String)>,
    pub ruled_out: bool,
}

/// The form.
#[derive(Deserialize)]
pub(in crate::pages) struct Reply {
    #[serde(default)]
    rating: String,
    #[serde(default)]
    text: String,
}

/// What may be answered of a period. Within a day the order is that of the sessions' ids: it tells
/// nothing.
pub(super) async fn disputed(
    app: &App,
    viewer: &Viewer,
    officer: &Officer,
    figures: &Figures,
    seen: &Seen,
) -> Result<Vec<Disputed>, Fault> {
    let texts = seen.texts;
    let (from, until) = app.moments(&seen.period);
    let wanted = Wanted {
        officer: Some(officer.id),
        from: Some(from),
        until: Some(until),
        disputable: true,
        ..Wanted::default()
    };
    let mut records = app.store.records(&wanted, None, SHOWN).await.map_err(busy)?;
    let day = |record: &Record| moments::local(record.asked_at, &app.zone).date();
    records.sort_by_key(|record| (std::cmp::Reverse(day(record)), record.id));
    let many: HashMap<Date, u64> = figures.days.iter().map(|day| (day.date, day.total)).collect();
    // Where a month has fewer ratings than may be told, that one of them is low says whose it was.
    let of_month = |day: Date| -> u64 {
        let same = |other: Date| (other.year(), other.month()) == (day.year(), day.month());
        figures.days.iter().filter(|one| same(one.date)).map(|one| one.total).sum()
    };
    records.retain(|record| !record.is_low() || of_month(day(record)) >= SHOWN_FROM);
    let words = Words::of(app, texts).await?;
    let nums: Vec<i64> = records.iter().map(|record| record.num).collect();
    let mut notes = app.store.notes_of(&nums).await.map_err(busy)?;
    let mut list = Vec::new();
    for record in &records {
        let day = day(record);
        let safe = many.get(&day).is_some_and(|total| *total >= SHOWN_FROM);
        let own = notes.remove(&record.num).unwrap_or_default();
        let own = own.into_iter().filter(|note| match note.kind {
            NoteKind::Reply => note.user == viewer.user.id,
            // Whoever replied learns how it was decided, and why.
            NoteKind::RuledOut | NoteKind::RuledIn => true,
            NoteKind::Handled | NoteKind::Further | NoteKind::Redacted => false,
        });
        let written = own.map(|note| {
            let what = texts.get(&format!("records-note-{}", note.kind.word()));
            (what, moments::told(note.at, &app.zone, texts), note.text)
        });
        let low = record.is_low().then(|| texts.get("records-me-low"));
        let rules = record.flags.iter().map(|rule| rule_name(rule, texts));
        list.push(Disputed {
            id: record.id.to_string(),
            when: when(record, day, safe, texts),
            why: low.into_iter().chain(rules).collect(),
            reasons: if safe {
                record.reasons.iter().map(|id| words.reason(id)).collect()
            } else {
                Vec::new()
            },
            written: written.collect(),
            ruled_out: record.ruled_out_at.is_some(),
        });
    }
    Ok(list)
}

fn when(record: &Record, day: Date, safe: bool, texts: &Texts) -> String {
    if !safe {
        let (month, year) = (day.month().to_string(), day.year().to_string());
        return texts.with("records-me-month", &[("month", &month), ("year", &year)]);
    }
    let date = Numbers::of(texts).date(day);
    match record.stage {
        Some(stage) => format!("{date} · {}", texts.get(&format!("stage-{}", stage.name()))),
        None => date,
    }
}

/// `POST /me/reply`.
pub(in crate::pages) async fn reply(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Posted { viewer, form }: Posted<Reply>,
) -> Response {
    let texts = texts_of(&uri);
    told(&app, &viewer, texts, write(&app, &viewer, form, texts).await)
}

async fn write(
    app: &App,
    viewer: &Viewer,
    form: Reply,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = app.store.directory().await.map_err(busy)?;
    let officer = own(viewer, &directory)?;
    let id: Uuid = form.rating.parse().map_err(|_| Fault::Missing)?;
    let record = app.store.record_of(id).await.map_err(busy)?;
    let record = record
        .filter(|one| one.officer == officer.id && (one.is_low() || !one.flags.is_empty()))
        .ok_or(Fault::Missing)?;
    let day = moments::local(record.asked_at, &app.zone).date();
    let period = crate::period::Span::month_of(day, app.centre().policy).to_string();
    match forms::checked(&form.text, texts) {
        Ok(text) => {
            let actor = viewer.actor();
            let author = Author { user: viewer.user.id, actor: &actor };
            let now = app.clock.now();
            let noted = app.store.add_note(record.num, NoteKind::Reply, author, &text, now);
            noted.await.map_err(busy)?;
            let to = format!("/me?period={period}{}", address::language(texts));
            Ok(Redirect::to(&to).into_response())
        }
        Err(sentence) => {
            let lang = Some(texts.language().to_owned());
            let asked = Asked { lang, period: Some(period), ..Asked::default() };
            let reply = Some((form.rating, sentence, form.text));
            page(app, viewer, &asked, Refused { invited: None, reply }).await
        }
    }
}
