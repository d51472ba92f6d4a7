//! `GET /public`: how the centre does, for everybody: its figures of this month, those of its
//! departments of the month before, how they are counted, and how to file a petition. Nothing of the
//! reader is looked at, so it may be kept by anybody for
//! a minute.

use super::facts::{Fact, too_few, until};
use super::{Hidden, last_month, settled, shown};
use crate::etag::etag;
use crate::live::counts;
use crate::pages::address;
use crate::pages::doors::texts_of;
use crate::pages::kept::{Want, answer};
use crate::pages::shell::Shell;
use crate::public::Public;
use crate::state::App;
use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::Response;
use locales::Texts;
use reports::figures::Figures;
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
    /// Name of the period.
    period: String,
    /// Its days.
    days: String,
    whole: Fact,
    /// Share of those asked who answered, and of what it is one.
    response: Option<(String, String)>,
    /// Up to which day, and why not further.
    until: String,
    /// Name of the departments' period.
    month: String,
    departments: Vec<(String, Fact)>,
    too_few: String,
    channels: Vec<Channel>,
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
    let counts = counts(app).await?;
    // What else is shown is all in the settings.
    let settings = etag(&serde_json::to_vec(&centre).unwrap_or_default());
    let want = Want {
        key: format!("{PUBLIC} {} {} {settings}", texts.language(), counts.day),
        position: counts.position,
        now: app.clock.now(),
        patience_ms: PATIENCE_MS,
    };
    let kept = app.kept.get_or_render(want, async || {
        let (figures, month) = (settled(app).await?, last_month(app).await?);
        Ok::<_, Hidden>(Page::of(app, &centre.public, &figures, &month, texts).render()?)
    });
    Ok(answer(&*kept.await?, headers, "public, max-age=60"))
}

impl Page {
    fn of(
        app: &App,
        public: &Public,
        figures: &Figures,
        month: &Figures,
        texts: &'static Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let here = |texts: &Texts| address::in_language(PUBLIC, texts);
        let mut shell = Shell::new(app, None, texts, texts.get("live-public-title"), here);
        shell.simulated = figures.simulated || month.simulated;
        shell.home = here(texts);
        let (from, to) = (numbers.date(figures.period.from), numbers.date(figures.period.to));
        let rated = month.departments.iter().filter(|one| one.ratings.total > 0);
        let (names, rows): (Vec<_>, Vec<_>) =
            rated.map(|one| (one.name.clone(), &one.ratings)).unzip();
        Self {
            shell,
            period: period_name(&figures.period, texts),
            days: texts.with("pages-days", &[("from", &from), ("to", &to)]),
            whole: Fact::whole(&figures.ratings, texts),
            response: response(figures, texts),
            until: until(figures, texts),
            month: period_name(&month.period, texts),
            departments: names.into_iter().zip(Fact::parts(&rows, texts)).collect(),
            too_few: too_few(texts),
            channels: channels(public, texts),
        }
    }
}

/// Who was asked and answered, where enough were asked that it points at nobody.
fn response(figures: &Figures, texts: &Texts) -> Option<(String, String)> {
    let numbers = Numbers::of(texts);
    let ratings = &figures.ratings;
    let answered = ratings.by_source.tablet.min(ratings.asked);
    if ratings.asked < reports::figures::RANKED_FROM {
        return None;
    }
    let places = [("answered", numbers.count(answered)), ("asked", numbers.count(ratings.asked))];
    let places = places.each_ref().map(|(name, value)| (*name, value.as_str()));
    let share = numbers.percent(answered as f64 / ratings.asked as f64);
    Some((share, texts.with("pages-asked", &places)))
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
