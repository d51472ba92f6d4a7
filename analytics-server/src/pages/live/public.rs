//! `GET /public`: how the centre does, for everybody: its figures of this month, those of its
//! departments of the month before, how they are counted, and how to file a petition. What is told
//! is what `publication` has told; nothing of the reader is looked at, so the page may be kept by
//! anybody for a minute.

use super::facts::{Fact, too_few, until};
use super::{Hidden, shown};
use crate::etag::etag;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::shell::Shell;
use crate::pages::usual::usual;
use crate::period::Span;
use crate::public::Public;
use crate::publication::{self, PublishedFigures as Told, Subject};
use crate::render_cache::{Want, answer};
use crate::state::App;
use crate::storage::rows::Directory;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::Response;
use locales::Texts;
use reports::numbers::Numbers;
use reports::periods::period_name;

/// Its address.
pub(super) const PUBLIC: &str = "/public";

/// How long a reader may look at older figures, in milliseconds; the answer says a minute besides.
const PATIENCE_MS: i64 = 20_000;

/// The page.
#[derive(Template)]
#[template(path = "live/public.html")]
struct Page {
    shell: Shell,
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
pub(in crate::pages) async fn page(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let texts = texts_of(&uri);
    match show(&app, texts, &headers).await {
        Ok(response) => response,
        Err(hidden) => hidden.page(&app, texts),
    }
}

async fn show(app: &App, texts: &'static Texts, headers: &HeaderMap) -> Result<Response, Hidden> {
    let centre = shown(app).await?;
    // What else is shown is all in the settings.
    let settings = etag(&serde_json::to_vec(&centre).unwrap_or_default());
    let want = Want {
        key: format!("{PUBLIC} {} {} {} {settings}", texts.language(), usual(), app.today()),
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
        let page = Page::of(app, &centre.public, newest, (last, month), &directory, texts);
        Ok::<_, Hidden>(page.render()?)
    });
    Ok(answer(&*kept.await?, headers, "public, max-age=60"))
}

impl Page {
    fn of(
        app: &App,
        public: &Public,
        newest: Option<(Span, Told)>,
        (last, month): (Span, Option<Told>),
        directory: &Directory,
        texts: &'static Texts,
    ) -> Self {
        let here = |texts: &Texts| address::in_language(PUBLIC, texts);
        let mut shell = Shell::new(app, None, texts, texts.get("live-public-title"), here);
        let of_both = newest.iter().map(|(_, told)| told).chain(&month);
        shell.simulated = of_both.into_iter().any(|told| told.simulated);
        shell.home = here(texts);
        let rows = month.iter().flat_map(|told| &told.rows);
        let name = |department: Option<i64>| match department {
            None => texts.get("live-public-others"),
            Some(id) => directory.department_of(id).map(|one| one.name.clone()).unwrap_or_default(),
        };
        Self {
            shell,
            whole: newest.map(|(span, told)| Whole::of(app, span, &told, texts)),
            month: period_name(&last.under(app.centre().policy), texts),
            departments: rows.map(|(id, one)| (name(*id), Fact::of(one, texts))).collect(),
            too_few: too_few(texts),
            channels: channels(public, texts),
        }
    }
}

impl Whole {
    fn of(app: &App, span: Span, told: &Told, texts: &Texts) -> Self {
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
