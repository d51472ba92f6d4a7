//! The server's network: one listener, with TLS or behind a proxy that has it, all routes, a
//! graceful stop.

mod background;
mod connections;
mod error;
mod request;
mod service_manager;
mod tls;
mod unread;

pub use error::ServeError;
pub use request::REQUEST_ID;
pub use tls::Tls;

use crate::invitation_notifier::watch_invitations;
use crate::live;
use crate::state::App;
use crate::{api, meters, pages};
use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use background::BackgroundTasks;
use connections::{ConnectionLimit, IDLE, PER_ADDRESS, teller};
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{
    DefaultPredicate, NotForContentType, Predicate, SizeAbove,
};

/// Running requests may take so long to end once the server stops; service managers wait longer.
const GRACE: Duration = Duration::from_secs(20);

/// Size in bytes of the read buffer of a connection, which also limits the head of a request.
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

/// Serves until `stop` is ready or a background task panics, lets running requests end, and closes
/// the store.
pub async fn serve(
    listening: Listening,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    serve_beside(BackgroundTasks::default(), listening, app, stop).await
}

/// The same beside tasks that run already.
async fn serve_beside(
    mut background: BackgroundTasks,
    listening: Listening,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    tracing::info!(address = %listening.address, "listening");
    let store = app.store.clone();
    start_background(&mut background, &app);
    if let Some(tls) = &listening.tls {
        background.spawn("certificate", tls.clone().keep_fresh());
    }
    let (notifier, live_hub, handle) =
        (Arc::clone(&app.invitation_notifier), Arc::clone(&app.live_hub), Handle::new());
    let ending = handle.clone();
    let end = move || {
        // Tablets that wait and dashboards that listen would otherwise hold the end up.
        notifier.close();
        live_hub.close();
        ending.graceful_shutdown(Some(GRACE));
    };
    let mut running = pin!(run(listening, app, handle));
    let mut stop = pin!(stop);
    // The port is open since the begin: who asks from now on waits for the first answer at most.
    service_manager::ready();
    let outcome = tokio::select! {
        served = &mut running => {
            end();
            served.map_err(ServeError::Broken)
        }
        () = &mut stop => {
            service_manager::stopping();
            end();
            running.await.map_err(ServeError::Broken)
        }
        task = background.panicked() => {
            end();
            // The panic is what is reported; how the requests end that still run makes no difference.
            let _ = running.await;
            Err(ServeError::Background(task))
        }
    };
    // What they had begun is begun again by the next process: raising an alert is one transaction, and
    // a delivery that was claimed comes free again.
    background.shutdown().await;
    store.close().await;
    outcome
}

/// Starts what runs beside the requests.
fn start_background(background: &mut BackgroundTasks, app: &App) {
    background.spawn("watchdog", service_manager::keep_watched());
    if app.metrics {
        background.spawn("metrics", meters::keep_small());
    }
    let notifier = Arc::clone(&app.invitation_notifier);
    let invitations = watch_invitations(app.store.clone(), app.clock.clone(), notifier);
    background.spawn("invitations", invitations);
    background.spawn("live", live::watch(app.live()));
    background.spawn("sessions", live::watch_sessions(app.live()));
    background.spawn("alerts", crate::alerts::watch(app.clone()));
    background.spawn("retention", crate::retention::watch(app.clone()));
    background.spawn("second factors", crate::auth::factor_keys::watch(app.clone()));
}

/// Answers at the port until `handle` says that it is enough.
async fn run(listening: Listening, app: App, handle: Handle<SocketAddr>) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::clock::Clock;
    use crate::storage::{Birth, Store};
    use tempfile::TempDir;

    /// A server at a free port.
    async fn listening() -> (TempDir, App, Listening) {
        let dir = TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [0; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let app = App::open(store, dir.path(), Clock::from_fn(|| 0)).await.unwrap();
        (dir, app, Listening::at("127.0.0.1:0").await.unwrap())
    }

    #[tokio::test]
    async fn a_background_task_that_panics_ends_the_server() {
        let (_dir, app, listening) = listening().await;
        let address = listening.address();
        let mut background = BackgroundTasks::default();
        background.spawn("a test", async { panic!("a fault of the program") });
        let ended = serve_beside(background, listening, app, std::future::pending()).await;
        assert!(matches!(ended, Err(ServeError::Background("a test"))), "{ended:?}");
        assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens any more");
    }

    #[tokio::test]
    async fn a_server_that_is_stopped_ends_without_an_error() {
        let (_dir, app, listening) = listening().await;
        let background = BackgroundTasks::default();
        let ended = serve_beside(background, listening, app, std::future::ready(())).await;
        assert!(ended.is_ok(), "{ended:?}");
    }
}
