//! The server's network: one listener, all routes, a graceful stop.

use crate::doorbell::watch_invitations;
use crate::state::App;
use crate::{api, pages};
use axum::Router;
use axum::http::StatusCode;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// A request that is not answered by then never will be: the longest, a report of a year, takes a
/// few seconds.
const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is not one, or belongs to another machine.
    #[error(
        "“{address}” can not be listened at: {cause}; write an address of this machine such as 127.0.0.1:8080"
    )]
    Address {
        /// What was asked for.
        address: String,
        /// What the system said.
        cause: io::Error,
    },
    /// Another program listens there.
    #[error("{0} is in use by another program; stop that one or choose another port with --listen")]
    InUse(String),
    /// The listener broke.
    #[error("the listener broke: {0}")]
    Broken(io::Error),
}

/// A port that is ours.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listening {
    /// Takes the port.
    pub async fn at(address: &str) -> Result<Self, ServeError> {
        let listener = TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse(address.into()),
            _ => ServeError::Address { address: address.into(), cause },
        })?;
        let address = listener.local_addr().map_err(ServeError::Broken)?;
        Ok(Self { listener, address })
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
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// Serves until `stop` is ready, lets running requests end, and closes the store.
pub async fn serve(
    listening: Listening,
    app: App,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (store, bell) = (app.store.clone(), Arc::clone(&app.bell));
    tracing::info!(address = %listening.address, "listening");
    let watcher =
        tokio::spawn(watch_invitations(store.clone(), app.clock.clone(), Arc::clone(&bell)));
    let door = Arc::clone(&bell);
    let stop = async move {
        stop.await;
        // Tablets that wait would otherwise hold the end up.
        door.close();
    };
    let routes = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listening.listener, routes).with_graceful_shutdown(stop).await;
    bell.close();
    // It ends by itself once the bell is closed; that it could have panicked changes nothing here.
    let _ = watcher.await;
    store.close().await;
    served.map_err(ServeError::Broken)
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
