//! Limits of connections: one that says nothing is closed, one address can not take all of them, and what
//! was refused because of a limit is counted in the log.

use axum_server::accept::Accept;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant as Moment, Sleep, sleep};

use crate::clock::started;

/// A client says something within this time, and something again after each answer, or makes
/// room: a browser that needs the connection again opens another.
pub(super) const IDLE: Duration = Duration::from_secs(30);
/// A connection on which no byte goes either way for so long is closed, under HTTP/2 as well, which keeps
/// a connection open without a request. Longer than any request takes, and than live dashboards are silent.
const SILENT: Duration = Duration::from_mins(5);
/// Connections of one address: a building full of tablets and pages has far fewer, and the 1,024
/// files that a process may open by default are not all taken.
pub(super) const PER_ADDRESS: usize = 600;
/// How often the log says that connections are refused, while that lasts.
const TELL_AGAIN: Duration = Duration::from_mins(1);
/// The process and the machine have no file left for a connection.
const NO_FILES: [i32; 2] = [24, 23];

/// How many connections each address holds.
type ConnectionCounts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Lets each address have so many connections at once; none: any number, because all come from a
/// proxy.
#[derive(Clone, Debug)]
pub(super) struct ConnectionLimit {
    taken: ConnectionCounts,
    most: Option<usize>,
}

impl ConnectionLimit {
    pub(super) fn new(most: Option<usize>) -> Self {
        Self { taken: Arc::default(), most }
    }

    fn take(&self, address: IpAddr) -> Option<ConnectionPermit> {
        let Some(most) = self.most else { return Some(ConnectionPermit(None)) };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        drop(taken);
        Some(ConnectionPermit(Some((address, Arc::clone(&self.taken)))))
    }
}

/// A place that is given back when its connection ends.
#[derive(Debug)]
struct ConnectionPermit(Option<(IpAddr, ConnectionCounts)>);

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let Some((address, taken)) = &self.0 else { return };
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(address);
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for ConnectionLimit {
    type Stream = CountedConnection;
    type Service = S;
    type Future = Ready<io::Result<(CountedConnection, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().map(|peer| self.take(peer.ip().to_canonical()));
        ready(match place {
            Ok(Some(place)) => Ok((CountedConnection::new(stream, place, SILENT), service)),
            Ok(None) => Err(io::Error::from(io::ErrorKind::QuotaExceeded)),
            Err(gone) => Err(gone),
        })
    }
}

/// A connection that holds its place, and loses it when it is silent for too long.
#[derive(Debug)]
pub(super) struct CountedConnection<S = TcpStream> {
    stream: S,
    _place: ConnectionPermit,
    silent: Duration,
    /// When a byte went last.
    active_at: Moment,
    /// Looks at that again.
    look: Pin<Box<Sleep>>,
}

impl<S> CountedConnection<S> {
    fn new(stream: S, place: ConnectionPermit, silent: Duration) -> Self {
        let look = Box::pin(sleep(silent));
        Self { stream, _place: place, silent, active_at: Moment::now(), look }
    }

    /// Whether it was silent for too long; wakes when that should be asked again.
    fn is_silent(&mut self, cx: &mut Context<'_>) -> bool {
        while self.look.as_mut().poll(cx).is_ready() {
            let until = self.active_at + self.silent;
            if until <= Moment::now() {
                return true;
            }
            self.look.as_mut().reset(until);
        }
        false
    }

    fn noted<T>(&mut self, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if matches!(done, Poll::Ready(Ok(_))) {
            self.active_at = Moment::now();
        }
        done
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CountedConnection<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() && self.is_silent(cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.noted(read)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for CountedConnection<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.noted(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

/// Tells what keeps connections out, once a minute while it lasts.
pub(super) fn teller() -> impl Fn(Option<&SocketAddr>, &io::Error) + Send + Sync + 'static {
    let told: Mutex<Option<Instant>> = Mutex::default();
    move |from, error| {
        let no_files = error.raw_os_error().is_some_and(|code| NO_FILES.contains(&code));
        let too_many = error.kind() == io::ErrorKind::QuotaExceeded;
        if !no_files && !too_many {
            // Clients that use no TLS, or hang up: nobody has to do anything about it.
            tracing::debug!(%error, "a connection was not begun");
            return;
        }
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_some_and(|at| at.elapsed() < TELL_AGAIN) {
            return;
        }
        *told = Some(started());
        if no_files {
            tracing::error!(
                %error,
                "no connection can be taken: raise LimitNOFILE of the service, or see who holds so many"
            );
        } else {
            let from = from.map(tracing::field::display);
            tracing::warn!(
                from,
                most = PER_ADDRESS,
                "one address holds all connections it may have"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn a_silent_connection_is_closed_and_one_that_says_something_is_not() {
        let silent = Duration::from_millis(200);
        let (here, mut there) = tokio::io::duplex(64);
        let mut placed = CountedConnection::new(here, ConnectionPermit(None), silent);
        let mut byte = [0; 1];
        for _ in 0..4 {
            sleep(silent / 2).await;
            there.write_all(b"x").await.unwrap();
            placed.read_exact(&mut byte).await.unwrap();
        }
        let begun = Moment::now();
        let closed = placed.read_exact(&mut byte).await.unwrap_err();
        assert_eq!(closed.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= silent / 2, "{:?}", begun.elapsed());
    }

    #[test]
    fn an_address_has_so_many_places_and_gets_them_back() {
        let places = ConnectionLimit::new(Some(2));
        let (one, other) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let held = [places.take(one), places.take(one)];
        assert!(held.iter().all(Option::is_some) && places.take(one).is_none());
        assert!(places.take(other).is_some(), "others have their own");
        drop(held);
        assert!(places.take(one).is_some());
        assert!(places.taken.lock().unwrap().is_empty(), "nothing is kept of who has gone");
        let any = ConnectionLimit::new(None);
        let many: Vec<_> = (0..1_000).map(|_| any.take(one)).collect();
        assert!(many.iter().all(Option::is_some));
    }
}
