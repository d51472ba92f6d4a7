//! `GET /screen`: the television of the hall. The month's ratings and their share as the public
//! page tells them, large enough to be read from eight metres, and calm: a small script fetches the
//! page again, also while nothing is public or the line is broken, so that nobody has to start it
//! anew. Of today it tells nothing: a count that moves with every answer says who gave one.

use super::{public, ranked_levels, rendered};
use crate::assets;
use crate::centre_time::local;
use crate::etag::etag;
use crate::figure_lines::LevelLine;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::proxy::site;
use crate::publication::{self, PublishedFigures, PublishedResults, Subject, too_few};
use crate::qr::{Code, code};
use crate::render_cache;
use jiff::Zoned;
use reports::numbers::Numbers;

/// Milliseconds until the screen is fetched again.
const EVERY_MS: u32 = 15_000;

/// The same while nothing is public.
const CLOSED_MS: u32 = 60_000;

/// How old its figures may be then, in milliseconds.
const PATIENCE_MS: i64 = 5_000;

#[derive(Template)]
#[template(path = "live/screen.html")]
struct Page {
    texts: &'static Texts,
    style: String,
    icon: String,
    script: String,
    centre: String,
    simulated: bool,
    every_ms: u32,
    day: String,
    time: String,
    /// The published results; none while there are too few ratings.
    results: Option<PublishedResults>,
    /// The levels with their faces, where there are enough ratings for their parts of all.
    levels: Vec<LevelLine>,
    too_few: String,
    /// The results are not public at the moment.
    closed: bool,
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
    let key = format!("/screen {language} {minute} {settings}");
    let request = app.render_request(key, PATIENCE_MS).await?;
    let kept = app.render_cache.get_or_render(request, async || {
        let newest = publication::newest(&app, Subject::Centre).await?;
        rendered(&Page::of(&app, &now, newest, texts))
    });
    let kept = kept.await?;
    let link = match site(&app, &headers, &centre.public.site) {
        Some(site) => Link::to(&site, texts).map(|link| rendered(&link)).transpose()?,
        None => None,
    };
    let page = kept.filled(PLACE, &link.unwrap_or_default());
    Ok(render_cache::answer(&page, &headers, "public, max-age=5"))
}

/// The screen while nothing is public: it goes on asking.
fn closed(app: &App, now: &Zoned, texts: &'static Texts) -> Response {
    let page = Page { closed: true, every_ms: CLOSED_MS, ..Page::of(app, now, None, texts) };
    no_store(answer(StatusCode::OK, page.render().map(|page| page.replace(PLACE, ""))))
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
        let policy = app.centre().policy;
        let weekday = format!("live-weekday-{}", now.weekday().to_monday_one_offset());
        let date = Numbers::of(texts).date(now.date());
        Self {
            texts,
            style: assets::address("style.css"),
            icon: assets::address("icon.svg"),
            script: assets::address("live.js"),
            centre: app.centre().name_in(texts.language()),
            simulated: newest.as_ref().is_some_and(|(_, told)| told.simulated),
            every_ms: EVERY_MS,
            day: format!("{}, {date}", texts.get(&weekday)),
            time: now.strftime("%H:%M").to_string(),
            levels: newest.as_ref().map(|(_, told)| ranked_levels(told, texts)).unwrap_or_default(),
            results: newest
                .map(|(span, told)| PublishedResults::of(&span.under(policy), &told, texts)),
            too_few: too_few(texts),
            closed: false,
        }
    }
}
