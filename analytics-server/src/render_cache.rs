//! What was rendered is kept for a while, so that two hundred open dashboards at one address cost
//! one rendering. Only what holds nothing of a person may be kept: no name, no form's token. The
//! key has to name everything else that the rendering depends on: address, scope, language.

use crate::etag::{etag, is_known};
use crate::gzip::gzip;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use moka::future::Cache;
use moka::ops::compute::{CompResult, Op};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Renderings kept at once, in bytes of HTML: every page of a centre for some scopes, of at most
/// 200 KiB each.
const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// An entry is rendered anew after this many milliseconds: names and settings change without moving the
/// change clock.
const OLDEST_MS: i64 = 30_000;

/// How old the figures may be that an open page fetches again, in milliseconds, while ratings come
/// in all the time: as long as an open page waits between two looks. Today's numbers above them are
/// told at once anyhow.
pub const PATIENCE_MS: i64 = 20_000;

/// A rendering.
#[derive(Debug)]
pub struct Rendered {
    /// The text.
    html: Bytes,
    /// The same, packed once for everybody who takes it so: packing costs more than looking it up.
    packed: OnceLock<Bytes>,
    /// Its `ETag`.
    tag: String,
}

impl Rendered {
    /// A text with its tag.
    fn new(html: String) -> Self {
        let tag = etag(html.as_bytes());
        Self { html: html.into(), packed: OnceLock::new(), tag }
    }

    /// The text.
    pub fn text(&self) -> Cow<'_, str> {
        // It was made from a text.
        String::from_utf8_lossy(&self.html)
    }

    /// The same with a text in a place that was left for it.
    #[must_use]
    pub fn filled(&self, place: &str, text: &str) -> Self {
        Self::new(self.text().replacen(place, text, 1))
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct RenderRequest {
    /// Address, scope, language and everything else that changes the result.
    pub key: String,
    /// Where the change clock stands.
    pub position: i64,
    /// The moment, milliseconds since 1970.
    pub now: i64,
    /// A rendering of an older position will do while it is not older than this, in milliseconds.
    pub patience_ms: i64,
}

/// Renderings by key.
pub struct RenderCache(Cache<String, CacheEntry>);

/// A rendering with what says how old it is.
#[derive(Clone)]
struct CacheEntry {
    rendered: Arc<Rendered>,
    position: i64,
    /// Milliseconds since 1970.
    made_at: i64,
}

impl CacheEntry {
    /// Whether it will do.
    fn is_fresh(&self, request: &RenderRequest) -> bool {
        let age = request.now - self.made_at;
        let recent = self.position == request.position || age <= request.patience_ms;
        recent && (0..=OLDEST_MS).contains(&age)
    }
}

impl Default for RenderCache {
    fn default() -> Self {
        let bytes = |_: &String, entry: &CacheEntry| {
            u32::try_from(entry.rendered.html.len()).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(MOST_BYTES).weigher(bytes).build())
    }
}

impl RenderCache {
    /// What was rendered for this key, or what `make` renders now. Concurrent requests for one key render
    /// it once; a failure is returned to one of them and the next one tries again.
    pub async fn get_or_render<E: Send + Sync + 'static>(
        &self,
        request: RenderRequest,
        make: impl AsyncFnOnce() -> Result<String, E>,
    ) -> Result<Arc<Rendered>, E> {
        let known = self.0.get(&request.key).await;
        if let Some(entry) = known.filter(|entry| entry.is_fresh(&request)) {
            return Ok(entry.rendered);
        }
        let (key, request) = (self.0.entry_by_ref(&request.key), &request);
        let computed = key.and_try_compute_with(|known| async move {
            // Who waited for another one finds what that one rendered.
            if known.is_some_and(|known| known.value().is_fresh(request)) {
                return Ok(Op::Nop);
            }
            let rendered = Arc::new(Rendered::new(make().await?));
            let RenderRequest { position, now, .. } = *request;
            Ok(Op::Put(CacheEntry { rendered, position, made_at: now }))
        });
        match computed.await? {
            CompResult::Inserted(entry)
            | CompResult::ReplacedWith(entry)
            | CompResult::Unchanged(entry) => Ok(entry.into_value().rendered),
            CompResult::StillNone(_) | CompResult::Removed(_) => {
                unreachable!("what is not there is put, and nothing is removed")
            }
        }
    }

    /// How many renderings are kept.
    #[cfg(test)]
    pub(crate) async fn len(&self) -> u64 {
        self.0.run_pending_tasks().await;
        self.0.entry_count()
    }
}

/// The figures of a whole page: what a page that is open already fetches again. They stand last
/// in it, and hold nothing of the person.
pub fn figures_of(page: &str) -> &str {
    let from = page.find("<div id=\"figures\"").unwrap_or(page.len());
    let rest = &page[from..];
    &rest[..rest.find("</main>").unwrap_or(rest.len())]
}

/// A rendering as an answer, or the word that the reader has it already. `keep` says who may keep
/// it for how long.
pub fn answer(rendered: &Rendered, headers: &HeaderMap, keep: &'static str) -> Response {
    let about = [
        (header::CACHE_CONTROL, keep),
        (header::ETAG, rendered.tag.as_str()),
        (header::VARY, "accept-encoding"),
    ];
    if is_known(headers, &rendered.tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    if takes_packed(headers) {
        let packing = [(header::CONTENT_ENCODING, "gzip")];
        let packed = rendered.packed.get_or_init(|| gzip(&rendered.html).into());
        return (kind, packing, about, packed.clone()).into_response();
    }
    (kind, about, rendered.html.clone()).into_response()
}

/// Whether somebody takes an answer that is packed. Who names it with a weight is rare, and gets
/// what the router's own packing makes of it.
fn takes_packed(headers: &HeaderMap) -> bool {
    let mut named = headers.get_all(header::ACCEPT_ENCODING).iter();
    named.any(|value| {
        let mut words = value.to_str().unwrap_or_default().split(',');
        words.any(|word| word.trim().eq_ignore_ascii_case("gzip"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::io::Read as _;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn request(key: &str, position: i64, now: i64) -> RenderRequest {
        RenderRequest { key: key.into(), position, now, patience_ms: 5_000 }
    }

    async fn ask(cache: &RenderCache, request: RenderRequest, times: &AtomicUsize) -> String {
        let make = async || {
            tokio::task::yield_now().await;
            Ok::<_, Infallible>(format!("{}", times.fetch_add(1, Ordering::SeqCst)))
        };
        String::from_utf8(cache.get_or_render(request, make).await.unwrap().html.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn two_hundred_at_once_cost_one_rendering() {
        let (kept, made) = (Arc::new(RenderCache::default()), Arc::new(AtomicUsize::new(0)));
        let asking = (0..200).map(|_| {
            let (kept, made) = (Arc::clone(&kept), Arc::clone(&made));
            tokio::spawn(async move { ask(&kept, request("a", 1, 0), &made).await })
        });
        for one in asking.collect::<Vec<_>>() {
            assert_eq!(one.await.unwrap(), "0");
        }
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_changed_is_rendered_again_after_a_while() {
        let (kept, made) = (RenderCache::default(), AtomicUsize::new(0));
        for (key, position, now, said) in [
            ("a", 1, 0, "0"),
            ("a", 1, 29_000, "0"),
            ("a", 2, 29_500, "1"),
            ("a", 3, 34_000, "1"),
            ("b", 3, 34_000, "2"),
            ("a", 3, 35_000, "3"),
            ("a", 3, 66_000, "4"),
            ("a", 3, 60_000, "5"),
        ] {
            assert_eq!(ask(&kept, request(key, position, now), &made).await, said, "{key} {now}");
        }
        let impatient = RenderRequest { patience_ms: 0, ..request("a", 4, 60_001) };
        assert_eq!(ask(&kept, impatient, &made).await, "6");
    }

    #[tokio::test]
    async fn little_is_kept_and_failures_are_not() {
        let kept = RenderCache::default();
        let large = "x".repeat(200 * 1024);
        for nth in 0..300 {
            let make = async || Ok::<_, Infallible>(large.clone());
            kept.get_or_render(request(&nth.to_string(), 1, nth), make).await.unwrap();
        }
        let most = MOST_BYTES / 200 / 1024;
        assert!((most / 2..=most).contains(&kept.len().await), "{} are kept", kept.len().await);
        let made = AtomicUsize::new(0);
        let failed = kept.get_or_render(request("f", 1, 0), async || Err("no figures")).await;
        assert_eq!(failed.unwrap_err(), "no figures");
        assert_ne!(ask(&kept, request("f", 1, 0), &made).await, "");
    }

    #[tokio::test]
    async fn who_takes_it_gets_it_packed() {
        let rendered = Rendered::new("<p>một hai ba</p>".repeat(99));
        for (takes, packed) in [
            (None, false),
            (Some("gzip, deflate, br, zstd"), true),
            (Some("br, GZIP"), true),
            (Some("gzip;q=0, identity"), false),
            (Some("identity"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(takes) = takes {
                headers.insert(header::ACCEPT_ENCODING, takes.parse().unwrap());
            }
            let answer = answer(&rendered, &headers, "no-cache");
            assert_eq!(answer.headers().contains_key(header::CONTENT_ENCODING), packed);
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            let mut text = String::new();
            if packed {
                flate2::read::GzDecoder::new(&*body).read_to_string(&mut text).unwrap();
            } else {
                text = String::from_utf8(body.to_vec()).unwrap();
            }
            assert_eq!(text.as_bytes(), rendered.html, "{takes:?}");
        }
    }

    #[test]
    fn the_figures_of_a_page_are_cut_out() {
        let page = "<main><p>x</p><div id=\"figures\"><b>1</b></div>\n</main><footer>";
        assert_eq!(figures_of(page), "<div id=\"figures\"><b>1</b></div>\n");
        assert_eq!(figures_of("<main></main>"), "");
    }
}
