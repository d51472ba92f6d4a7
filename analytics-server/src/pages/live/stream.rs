//! `GET /live`: today's numbers as server-sent events, for as long as the page is open and its
//! reader may see them. The bytes of an event are made once for everybody who sees the same.

use crate::auth::session;
use crate::live::{Audience, Listener, Reader, SessionEnd};
use crate::pages::prelude::*;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use futures_util::stream::unfold;
use std::convert::Infallible;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

/// How long a browser waits before it comes back, in milliseconds: not all at the same moment
/// after a server was started again.
const RETRY_MS: std::ops::Range<i64> = 1_500..4_500;

/// When somebody may try again who found no place, in seconds.
const FULL_RETRY_S: &str = "30";

/// A comment that keeps the connection open while there is no event.
const ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// The reader signed out, or has other rights now.
const OVER: Bytes = Bytes::from_static(b"event: over\ndata: over\n\n");

struct Open {
    app: App,
    /// With the session's cookie.
    headers: HeaderMap,
    /// Who it was when it was opened.
    viewer: Viewer,
    listener: Listener,
    session_end: SessionEnd,
    beats: Interval,
    beaten: u32,
    /// What is sent before anything else.
    first: Option<Bytes>,
    over: bool,
}

/// `GET /live`.
pub(super) async fn open(context: Context) -> PageResult {
    let Context { app, viewer, texts, headers, .. } = context;
    let audience = Audience::of(&viewer.scope(), texts.language());
    let token = session::token_of(&app, &headers).ok_or(PageError::SignedOut)?;
    let (person, role) = (viewer.user.id, viewer.user.role);
    let reader = Reader { person, role, token_hash: session::token_hash(&token) };
    let Some((listener, session_end)) = app.live_hub.listen(audience, reader) else {
        tracing::warn!(user = viewer.user.id, "no place for another open dashboard");
        let later = [(header::RETRY_AFTER, FULL_RETRY_S)];
        let full = (StatusCode::SERVICE_UNAVAILABLE, later, texts.get("live-full"));
        return Ok(full.into_response());
    };
    let spread = RETRY_MS.end - RETRY_MS.start;
    let retry = RETRY_MS.start + app.clock.now().rem_euclid(spread);
    let mut beats = interval_at(Instant::now() + app.live_hub.beat, app.live_hub.beat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let first = Some(Bytes::from(format!("retry: {retry}\n\n")));
    let (beaten, over) = (0, false);
    let open = Open { app, headers, viewer, listener, session_end, beats, beaten, first, over };
    let parts = unfold(open, |mut open| async move {
        let part = open.next().await?;
        Some((Ok::<_, Infallible>(part), open))
    });
    let mut response = Body::from_stream(parts).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store, no-transform"),
        // Said to nginx, which otherwise collects an answer before it passes it on.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

impl Open {
    /// The next bytes; none: the stream ends.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        if self.over {
            return None;
        }
        tokio::select! {
            biased;
            () = self.session_end.wait() => {
                self.over = true;
                Some(OVER)
            }
            event = self.listener.next() => event,
            _ = self.beats.tick() => {
                self.beaten = self.beaten.wrapping_add(1);
                // An open page is no use of a session: who leaves it open is signed out like
                // everybody else.
                let goes_on =
                    session::goes_on(&self.app, &self.headers, &self.viewer, Permission::Figures);
                self.over = self.beaten.is_multiple_of(2) && !goes_on.await;
                Some(if self.over { OVER } else { ALIVE })
            }
        }
    }
}
