//! `GET /screen`: the television of the hall. The month's ratings and their share as the public page
//! tells them, large enough to be read from eight metres, calm, and without a script: the page asks
//! for itself again, also while nothing is public, so that nobody has to start it anew. Of today it
//! tells nothing: a count that moves with every answer says who gave one.

use super::facts::{Fact, rendered, too_few, until};
use super::public;
use crate::etag::etag;
use crate::moments::local;
use crate::pages::prelude::*;
use crate::pages::{assets, layout};
use crate::period::Span;
use crate::proxy::{host, scheme};
use crate::public::Public;
use crate::publication::{self, PublishedFigures, Subject};
use crate::qr::{Code, code};
use crate::render_cache::{Want, answer};
use axum::http::HeaderMap;
use jiff::Zoned;
use reports::numbers::Numbers;
use reports::periods::period_name;

/// Seconds until the screen asks for itself again.
const EVERY_S: u32 = 15;

/// How old its figures may be then, in milliseconds.
const PATIENCE_MS: i64 = 5_000;

/// The screen.
#[derive(Template)]
#[template(path = "live/screen.html")]
struct Page {
    texts: &'static Texts,
    style: String,
    icon: String,
    centre: String,
    simulated: bool,
    every: u32,
    day: String,
    time: String,
    /// What is told; none while there is too little.
    results: Option<Results>,
    too_few: String,
    /// The results are not public at the moment.
    closed: bool,
}

/// The results that are told.
struct Results {
    period: String,
    fact: Fact,
    until: String,
}

/// Where the public page is, with its code. What is kept for all has [`PLACE`] for it: a browser may
/// name this server as it likes, and each name would be one more page to keep.
#[derive(Template)]
#[template(path = "live/link.html")]
struct Link {
    texts: &'static Texts,
    address: String,
    code: Code,
}

/// Where the link stands in what is kept; no text of anybody comes out as a comment.
const PLACE: &str = "<!--link-->";

/// `GET /screen`.
pub(super) async fn show(context: PublicContext) -> PageResult {
    let PublicContext { app, texts, headers, .. } = context;
    let centre = app.centre_now().await?;
    let now = local(app.clock.now(), &app.zone);
    if !centre.public.shown {
        return Ok(closed(&app, &now, texts));
    }
    let settings = etag(&serde_json::to_vec(&centre).unwrap_or_default());
    let (language, minute) = (texts.language(), now.strftime("%F %H:%M"));
    let want = Want {
        key: format!("/screen {language} {minute} {settings}"),
        position: app.store.position().await?,
        now: app.clock.now(),
        patience_ms: PATIENCE_MS,
    };
    let kept = app.render_cache.get_or_render(want, async || {
        let newest = publication::newest(&app, Subject::Centre).await?;
        rendered(&Page::of(&app, &now, newest, texts))
    });
    let kept = kept.await?;
    let link = site(&app, &centre.public, &headers).and_then(|site| Link::to(&site, texts));
    let link = link.map(|link| rendered(&link)).transpose()?.unwrap_or_default();
    Ok(answer(&kept.filled(PLACE, &link), &headers, "public, max-age=5"))
}

/// The screen while nothing is public: it goes on asking.
fn closed(app: &App, now: &Zoned, texts: &'static Texts) -> Response {
    let page = Page { closed: true, ..Page::of(app, now, None, texts) };
    let page = page.render().map(|page| page.replace(PLACE, ""));
    layout::no_store(layout::answer(StatusCode::OK, page))
}

/// Where people outside reach this server: as the settings say, or as the screen's own browser
/// names it.
fn site(app: &App, public: &Public, headers: &HeaderMap) -> Option<String> {
    if !public.site.is_empty() {
        return Some(public.site.trim_end_matches('/').to_owned());
    }
    let host = host(app, headers)?;
    let known = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    let named = host.len() <= 120 && host.chars().all(known);
    named.then(|| format!("{}://{host}", scheme(app, headers)))
}

impl Link {
    fn to(site: &str, texts: &'static Texts) -> Option<Self> {
        let address = format!("{site}{}", address::with_language(public::PATH, texts));
        let code = code(&address)?;
        Some(Self { texts, address, code })
    }
}

impl Page {
    fn of(
        app: &App,
        now: &Zoned,
        newest: Option<(Span, PublishedFigures)>,
        texts: &'static Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let weekday = format!("live-weekday-{}", now.weekday().to_monday_one_offset());
        let date = numbers.date(now.date());
        let results = |(span, told): (Span, PublishedFigures)| Results {
            period: period_name(&span.under(app.centre().policy), texts),
            fact: Fact::of(&told.whole, texts),
            until: until(&told, texts),
        };
        Self {
            texts,
            style: assets::address("style.css"),
            icon: assets::address("icon.svg"),
            centre: app.centre().name_in(texts.language()),
            simulated: newest.as_ref().is_some_and(|(_, told)| told.simulated),
            every: EVERY_S,
            day: format!("{}, {date}", texts.get(&weekday)),
            time: now.strftime("%H:%M").to_string(),
            results: newest.map(results),
            too_few: too_few(texts),
            closed: false,
        }
    }
}
