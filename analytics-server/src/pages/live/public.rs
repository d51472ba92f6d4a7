//! `GET /public`: how the centre does, for everybody: its figures of this month, those of its
//! departments of the month before, how they are counted, and how to file a petition. What is told
//! is what `publication` has told; nothing of the reader is looked at, so the page may be kept by
//! anybody for a minute.

use super::facts::{Fact, rendered, too_few, until};
use crate::etag::etag;
use crate::pages::language::preferred;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::public::Public;
use crate::publication::{self, PublishedFigures, Subject};
use crate::render_cache::{Want, answer};
use crate::storage::rows::Directory;
use reports::numbers::Numbers;
use reports::periods::period_name;

/// Its address.
pub(super) const PATH: &str = "/public";

/// How long a reader may look at older figures, in milliseconds; the answer says a minute besides.
const PATIENCE_MS: i64 = 20_000;

/// The public page.
#[derive(Template)]
#[template(path = "live/public.html")]
struct Page {
    layout: Layout,
    /// What is told of the whole; none while there is too little.
    whole: Option<Whole>,
    /// Name of the departments' period.
    month: String,
    departments: Vec<(String, Fact)>,
    too_few: String,
    channels: Vec<Channel>,
}

/// What is told of the whole centre.
struct Whole {
    /// Name of the period.
    period: String,
    /// Its days.
    days: String,
    fact: Fact,
    /// Share of those asked who answered, in whole percents.
    response: Option<String>,
    /// Up to which day, and why not further.
    until: String,
}

/// A way to file a petition.
struct Channel {
    name: String,
    text: String,
    /// Where it leads.
    link: Option<String>,
}

/// `GET /public`.
pub(super) async fn show(context: PublicContext) -> PageResult {
    // It is kept for everybody: nothing of the reader may stand in it.
    let context = PublicContext { viewer: None, ..context };
    let PublicContext { app, texts, headers, .. } = &context;
    let centre = app.centre_now().await?;
    if !centre.public.shown {
        return Err(PageError::Missing);
    }
    // What else is shown is all in the settings.
    let settings = etag(&serde_json::to_vec(&centre).unwrap_or_default());
    let want = Want {
        key: format!("{PATH} {} {} {} {settings}", texts.language(), preferred(), app.today()),
        position: app.store.position().await?,
        now: app.clock.now(),
        patience_ms: PATIENCE_MS,
    };
    let kept = app.render_cache.get_or_render(want, async || {
        let newest = publication::newest(app, Subject::Centre).await?;
        let this = Span::month_of(app.today(), app.centre().policy);
        // There is a month before every one but the first of the year 1900.
        let last = this.previous().unwrap_or(this);
        let month = publication::published_figures(app, Subject::Centre, last).await?;
        let directory = app.store.directory().await?;
        rendered(&Page::of(&context, &centre.public, newest, (last, month), &directory))
    });
    Ok(answer(&*kept.await?, headers, "public, max-age=60"))
}

impl Page {
    fn of(
        context: &PublicContext,
        public: &Public,
        newest: Option<(Span, PublishedFigures)>,
        (last, month): (Span, Option<PublishedFigures>),
        directory: &Directory,
    ) -> Self {
        let (app, texts) = (&context.app, context.texts);
        let here = |texts: &Texts| address::with_language(PATH, texts);
        let mut layout = context.layout_for_visitor(texts.get("live-public-title"), here);
        let of_both = newest.iter().map(|(_, told)| told).chain(&month);
        layout.simulated = of_both.into_iter().any(|told| told.simulated);
        layout.home = here(texts);
        let rows = month.iter().flat_map(|told| &told.rows);
        let name = |department: Option<i64>| match department {
            None => texts.get("live-public-others"),
            Some(id) => directory.department_of(id).map(|one| one.name.clone()).unwrap_or_default(),
        };
        Self {
            layout,
            whole: newest.map(|(span, told)| Whole::of(app, span, &told, texts)),
            month: period_name(&last.under(app.centre().policy), texts),
            departments: rows.map(|(id, one)| (name(*id), Fact::of(one, texts))).collect(),
            too_few: too_few(texts),
            channels: channels(public, texts),
        }
    }
}

impl Whole {
    fn of(app: &App, span: Span, told: &PublishedFigures, texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let period = span.under(app.centre().policy);
        let (from, to) = (numbers.date(period.from), numbers.date(told.until));
        Self {
            period: period_name(&period, texts),
            days: texts.with("pages-days", &[("from", &from), ("to", &to)]),
            fact: Fact::of(&told.whole, texts),
            response: told.asked.percents().map(|share| format!("{}%", numbers.count(share))),
            until: until(told, texts),
        }
    }
}

fn channels(public: &Public, texts: &Texts) -> Vec<Channel> {
    let of = &public.petitions;
    let address = of.address.get(texts.language()).or_else(|| of.address.get("vi"));
    let dialled: String = of.hotline.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let all = [
        ("live-petition-hotline", of.hotline.clone(), Some(format!("tel:{dialled}"))),
        ("live-petition-web", of.web.clone(), Some(of.web.clone())),
        ("live-petition-address", address.cloned().unwrap_or_default(), None),
    ];
    let named = all.into_iter().filter(|(_, text, _)| !text.trim().is_empty());
    named.map(|(key, text, link)| Channel { name: texts.get(key), text, link }).collect()
}
