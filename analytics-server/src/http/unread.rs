//! What a refusal left unread of a request. A server that answers and hangs up while bytes still come
//! in makes the client's system throw the answer away (RFC 9112, 9.6), and people read "connection
//! reset" instead of what was wrong. So the rest is read and thrown away first, within limits.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use futures_util::StreamExt as _;
use http_body::{Frame, SizeHint};
use std::mem::take;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::timeout;

/// Bytes that are read of it: more than every form and file that people are asked for.
const MOST: usize = 64 * 1024 * 1024;
/// How long it may take, from the answer on.
const LONGEST: Duration = Duration::from_secs(10);
/// A client that sends nothing for so long has finished and waits for the answer.
const SILENT: Duration = Duration::from_secs(1);

/// Where a body goes that was not read to its end.
type Slot = Arc<Mutex<Option<Body>>>;

/// What is left of a request's body once it was answered.
pub(super) struct Unread(Slot);

impl Unread {
    /// The request as it was, and what will be left of its body.
    pub(super) fn of(request: Request) -> (Request, Self) {
        let waits = request.headers().contains_key(EXPECT);
        let slot = Slot::default();
        let request = request.map(|body| {
            if body.is_end_stream() {
                return body;
            }
            Body::new(Reading { body, slot: Arc::clone(&slot), comes: !waits })
        });
        (request, Self(slot))
    }

    /// Reads the rest and throws it away, within the limits.
    pub(super) async fn read_out(self) {
        let left = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(body) = left else { return };
        let mut body = body.into_data_stream();
        let reading = async {
            let mut read = 0;
            while read < MOST {
                let Ok(Some(Ok(piece))) = timeout(SILENT, body.next()).await else { return };
                read += piece.len();
            }
        };
        // A client that sends more than that does not get the answer.
        let _ = timeout(LONGEST, reading).await;
    }
}

/// A body that is being read; what is left of it when the reader goes is put into the slot.
struct Reading {
    body: Body,
    slot: Slot,
    /// Whether the body comes without being asked for. A client that sent `Expect: 100-continue` sends
    /// nothing until the body is read.
    comes: bool,
}

impl HttpBody for Reading {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.comes = true;
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if self.comes && !self.body.is_end_stream() {
            *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(take(&mut self.body));
        }
    }
}
