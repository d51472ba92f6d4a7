//! The server's network: one listener, with TLS or behind a proxy that has it, all routes, a
//! graceful stop.

mod connections;
mod error;
mod request;
mod service_manager;
mod tls;
mod unread;

pub use error::ServeError;
pub use request::REQUEST_ID;
pub use tls::Tls;

use crate::doorbell::watch_invitations;
use crate::live;
use crate::state::App;
use crate::{api, meters, pages};
use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use connections::{ConnectionLimit, IDLE, PER_ADDRESS, teller};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{
    DefaultPredicate, NotForContentType, Predicate, SizeAbove,
};

/// Running requests may take so long to end once the server stops; service managers wait longer.
const GRACE: Duration = Duration::from_secs(20);

/// What is read of a connection ahead of whoever reads it, in bytes, and the longest head of a request.
const HELD_BYTES: usize = 64 * 1024;

/// Below this size packing costs more than it saves, in bytes.
const WORTH_PACKING: u64 = 860;

/// A port that is ours.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Tls>,
}

impl Listening {
    /// Takes the port.
    pub async fn at(address: &str) -> Result<Self, ServeError> {
        let listener = TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse(address.into()),
            _ => ServeError::Address { address: address.into(), cause },
        })?;
        let address = listener.local_addr().map_err(ServeError::Broken)?;
        Ok(Self { listener, address, tls: None })
    }

    /// The same port, by TLS.
    #[must_use]
    pub fn by_tls(self, tls: Tls) -> Self {
        Self { tls: Some(tls), ..self }
    }

    /// Its address as a browser writes it.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The address that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// All routes.
pub fn router(app: App) -> Router {
    api::router()
        .merge(pages::router(&app))
        .layer(packing())
        .layer(axum::middleware::from_fn_with_state(app.clone(), request::surround))
        .with_state(app)
}

/// Packs pages and JSON. Not pictures and documents, which are packed already, and no stream of
/// events, which would wait in the packer.
fn packing() -> CompressionLayer<impl Predicate> {
    let kind = NotForContentType::const_new;
    let files = kind("application/pdf").and(kind("application/vnd")).and(kind("font/"));
    CompressionLayer::new()
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_PACKING)).and(files))
}

/// Serves until `stop` is ready, lets running requests end, and closes the store.
pub async fn serve(
    listening: Listening,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (store, bell) = (app.store.clone(), Arc::clone(&app.bell));
    tracing::info!(address = %listening.address, "listening");
    let mut beside = tokio::task::JoinSet::new();
    beside.spawn(service_manager::keep_watched());
    if app.metrics {
        beside.spawn(meters::keep_small());
    }
    let watcher =
        tokio::spawn(watch_invitations(store.clone(), app.clock.clone(), Arc::clone(&bell)));
    let pulse = Arc::clone(&app.pulse);
    let telling = tokio::spawn(live::watch(app.live()));
    let sessions = tokio::spawn(live::watch_sessions(app.live()));
    let alerts = tokio::spawn(crate::alerts::watch(app.clone()));
    beside.spawn(crate::retention::watch(app.clone()));
    beside.spawn(crate::auth::factor_keys::watch(app.clone()));
    let (door, open, handle) = (Arc::clone(&bell), Arc::clone(&pulse), Handle::new());
    let ending = handle.clone();
    beside.spawn(async move {
        stop.await;
        service_manager::stopping();
        // Tablets that wait and dashboards that listen would otherwise hold the end up.
        door.close();
        open.close();
        ending.graceful_shutdown(Some(GRACE));
    });
    // The port is open since the begin: who asks from now on waits for the first answer at most.
    service_manager::ready();
    let served = run(listening, app, handle, &mut beside).await;
    bell.close();
    pulse.close();
    // They end by themselves once these are closed; that one could have panicked changes nothing here.
    let _ = tokio::join!(watcher, telling, sessions);
    // What it had begun is begun again by the next process: raising is one transaction, and a
    // delivery that was claimed comes free again.
    alerts.abort();
    let _ = alerts.await;
    beside.shutdown().await;
    store.close().await;
    served.map_err(ServeError::Broken)
}

/// Answers at the port until `handle` says that it is enough.
async fn run(
    listening: Listening,
    app: App,
    handle: Handle<SocketAddr>,
    beside: &mut tokio::task::JoinSet<()>,
) -> io::Result<()> {
    let listener = listening.listener.into_std()?;
    // Behind a proxy all connections are the proxy's.
    let places = ConnectionLimit::new((!app.trust_proxy).then_some(PER_ADDRESS));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle)
        .first_request_timeout(IDLE)
        .accept_error_handler(teller());
    // Counted from the end of the answer before, too.
    server.http_builder().http1().header_read_timeout(IDLE).max_buf_size(HELD_BYTES);
    match listening.tls {
        // Without TLS nobody needs HTTP/2, whose connections hold many requests at once.
        None => server.acceptor(places).http1_only().serve(service).await,
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls.config()).acceptor(places);
            beside.spawn(tls.keep_fresh());
            server.acceptor(acceptor).serve(service).await
        }
    }
}

/// Ready when the program is told to stop (Ctrl-C, or SIGTERM from a service manager).
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    // Without a handler a signal ends the program at once, which is a stop too.
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
