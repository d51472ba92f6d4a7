//! `GET /public`: the results of the centre, for everybody: its figures of this month, those of its
//! departments of the month before, how they are counted, and how to file a petition. The figures
//! are those that `publication` has published; nothing depends on the reader, so any cache may keep
//! the page for a minute.

use super::{ranked_levels, rendered};
use crate::etag::etag;
use crate::figure_lines::LevelLine;
use crate::pages::language::preferred;
use crate::pages::layout::open_to_all;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::public::Public;
use crate::publication::{
    self, PublishedFact, PublishedFigures, PublishedResults, Subject, too_few,
};
use crate::render_cache::answer;
use crate::storage::rows::Directory;
use reports::numbers::Numbers;
use reports::periods::period_name;

pub(super) const PATH: &str = "/public";

/// How long a reader may look at older figures, in milliseconds; the answer says a minute besides.
const PATIENCE_MS: i64 = 20_000;

#[derive(Template)]
#[template(path = "live/public.html")]
struct Page {
    layout: Layout,
    /// The published results of the whole centre; none while there are too few ratings.
    whole: Option<PublishedResults>,
    /// The levels with their faces, where there are enough ratings for their parts of all.
    levels: Vec<LevelLine>,
    /// Share of those asked who answered, in whole percents.
    response: Option<String>,
    /// Name of the departments' period.
    month: String,
    departments: Vec<(String, PublishedFact)>,
    too_few: String,
    /// Ways to file a petition: key of the name, text, and where it leads.
    channels: Vec<(&'static str, String, Option<String>)>,
}

/// `GET /public`.
pub(super) async fn show(context: PublicContext) -> PageResult {
    // The page is cached for everybody, so nothing of the reader may stand in it.
    let context = PublicContext { viewer: None, ..context };
    let PublicContext { app, texts, headers, .. } = &context;
    let centre = app.centre_now().await?;
    if !centre.public.shown {
        return Err(PageError::Missing);
    }
    // What else is shown is all in the settings.
    let settings = etag(&serde_json::to_vec(&centre).unwrap_or_default());
    let key = format!("{PATH} {} {} {} {settings}", texts.language(), preferred(), app.today());
    let request = app.render_request(key, PATIENCE_MS).await?;
    let kept = app.render_cache.get_or_render(request, async || {
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
        let (policy, texts) = (context.app.centre().policy, context.texts);
        let here = |texts: &Texts| address::with_language(PATH, texts);
        let mut layout = context.layout_for_visitor(texts.get("live-public-title"), here);
        let of_both = newest.iter().map(|(_, told)| told).chain(&month);
        layout.simulated = of_both.into_iter().any(|told| told.simulated);
        layout.home = here(texts);
        layout.public = open_to_all(PATH, texts);
        let rows = month.iter().flat_map(|told| &told.rows);
        let name = |department: Option<i64>| match department {
            None => texts.get("live-public-others"),
            Some(id) => directory.department_of(id).map(|one| one.name.clone()).unwrap_or_default(),
        };
        let percents = newest.as_ref().and_then(|(_, told)| told.asked.percents());
        Self {
            layout,
            levels: newest.as_ref().map(|(_, told)| ranked_levels(told, texts)).unwrap_or_default(),
            whole: newest
                .map(|(span, told)| PublishedResults::of(&span.under(policy), &told, texts)),
            response: percents.map(|share| format!("{}%", Numbers::of(texts).count(share))),
            month: period_name(&last.under(policy), texts),
            departments: rows.map(|(id, one)| (name(*id), PublishedFact::of(one, texts))).collect(),
            too_few: too_few(texts),
            channels: public.petitions.shown(texts.language()),
        }
    }
}
