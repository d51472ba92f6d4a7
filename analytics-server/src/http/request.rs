//! Middleware around every request: an id that stands in every line of the log and in the answer, the
//! address it came from, one line that says how it was answered, and a limit of time. What was asked
//! for is logged as its route: a path may be a link that lets somebody in, a query may name a person.

use super::unread::Unread;
use crate::clock::{fresh_id, started};
use crate::proxy::{Peer, by_tls};
use crate::request_id::{request_id, with_request_id};
use crate::state::App;
use crate::{api, meters, pages};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HOST, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;
use tracing::Instrument;

/// Where the id of a request stands, in what is asked and in what is answered.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A year: browsers that came by TLS once come by nothing else.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// The longest id that a proxy may give.
const ID_CHARS: usize = 64;
/// Below this path requests have no limit of time: a large file is written whole before it is sent.
const UNHURRIED: &str = "/export/";
/// A request that is not answered by then never will be: the longest, a report of a year, takes a
/// few seconds. A stream's answer begins at once; how long it goes on is not limited by this.
const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);

/// The id that a trusted proxy gave, or a fresh one.
fn id(trusted: bool, headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |text: &&str| {
        (1..=ID_CHARS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    match given.filter(plain) {
        Some(given) if trusted => given.to_owned(),
        _ => fresh_id().simple().to_string(),
    }
}

/// Surrounds a request.
pub(super) async fn surround(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = started();
    let request = with_host(request);
    let id = id(app.trust_proxy, request.headers());
    let peer = Peer::of(&app, request.extensions(), request.headers());
    let secure = by_tls(&app, request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id);
    let answered = async {
        let (request, unread) = Unread::of(request);
        let mut response = in_time(&app, REQUEST_TIMEOUT, request, next).await;
        unread.read_out().await;
        if let Ok(value) = HeaderValue::from_str(&request_id().unwrap_or_default()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        if secure {
            response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
        }
        let (status, took) = (response.status().as_u16(), begun.elapsed());
        meters::request(&method, route.as_deref(), status, took);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let from = peer.map(|peer| tracing::field::display(peer.address));
        // Never the path itself: it may be a link that lets somebody in.
        let route = route.as_deref().unwrap_or("none");
        if is_routine(route, status) {
            tracing::debug!(target: "access", %method, route, status, millis, from);
        } else {
            tracing::info!(target: "access", %method, route, status, millis, from);
        }
        response
    };
    with_request_id(id, answered.instrument(span)).await
}

/// What machines ask all day, answered as usual: five lines a minute for each tablet would hide what
/// people did. Counted it is all the same.
fn is_routine(route: &str, status: u16) -> bool {
    let asked_all_day =
        route.starts_with("/api/v1/tablets/") || ["/health", "/metrics"].contains(&route);
    asked_all_day && status < 400
}

/// The same request with `Host`. HTTP/2 writes the name into `:authority` and sends no `Host` (RFC 9113,
/// 8.3.1), while links, QR codes and the check of a form's origin are made from it.
fn with_host(mut request: Request) -> Request {
    let authority = request.uri().authority().map(|authority| authority.as_str().to_owned());
    if let Some(name) = authority.and_then(|name| HeaderValue::from_str(&name).ok()) {
        request.headers_mut().insert(HOST, name);
    }
    request
}

/// The answer, or one that says that the limit of time was reached.
async fn in_time(app: &App, limit: Duration, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    if uri.path().starts_with(UNHURRIED) {
        return next.run(request).await;
    }
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) if api::is_below(uri.path()) => api::late(),
        Err(_) => pages::late(app, &uri).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::storage::{Birth, Store};
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use protocol::exchange::{Problem, ProblemCode};
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt as _;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (HeaderName::from_static(k), v.parse().unwrap())).collect()
    }

    #[test]
    fn a_request_by_http_2_has_its_name_like_any_other() {
        let asked = |address: &str, host: Option<&str>| {
            let mut request = Request::builder().uri(address);
            if let Some(host) = host {
                request = request.header(HOST, host);
            }
            let request = with_host(request.body(Body::empty()).unwrap());
            request.headers().get(HOST).map(|host| host.to_str().unwrap().to_owned())
        };
        assert_eq!(asked("https://hl.test:8443/sign-in", None).as_deref(), Some("hl.test:8443"));
        assert_eq!(asked("/sign-in", Some("hl.test")).as_deref(), Some("hl.test"));
        assert_eq!(asked("/sign-in", None), None);
    }

    /// A server whose limit of time is short, with one address that never answers in each room.
    async fn slow() -> (tempfile::TempDir, Router) {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let app = App::open(store, dir.path(), Clock::from_fn(|| 0)).await.unwrap();
        let limited = |State(app): State<App>, request: Request, next: Next| async move {
            in_time(&app, Duration::from_millis(20), request, next).await
        };
        let never = || get(std::future::pending::<StatusCode>);
        let router = Router::new()
            .route("/api/v1/slow", never())
            .route("/slow", never())
            .layer(from_fn_with_state(app.clone(), limited))
            .with_state(app);
        (dir, router)
    }

    #[tokio::test]
    async fn what_is_late_is_told_to_machines_and_to_people_in_their_ways() {
        let (_dir, router) = slow().await;
        let ask = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
            let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
            (kind, to_bytes(answer.into_body(), 100_000).await.unwrap())
        };
        let (kind, body) = ask("/api/v1/slow").await;
        let problem: Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!((kind.as_str(), problem.code), ("application/json", ProblemCode::Unavailable));
        assert!(problem.message.contains("in time"), "{}", problem.message);
        assert!(ask("/slow").await.0.starts_with("text/html"));
    }

    #[tokio::test]
    async fn every_error_below_the_api_is_a_problem_document() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let app = App::open(store, dir.path(), Clock::from_fn(|| 0)).await.unwrap();
        let router = super::super::router(app);
        let tablet = format!("/api/v1/tablets/{}", uuid::Uuid::nil());
        let large = "x".repeat(3 * protocol::limits::REQUEST_BYTES);
        for (method, path, body) in [
            ("GET", "/api", ""),
            ("GET", "/api/", ""),
            ("GET", "/api/%FF", ""),
            ("PUT", "/api/v1/figures", ""),
            ("OPTIONS", "/api/v1/ratings", ""),
            ("DELETE", "/health", ""),
            ("POST", "/metrics", ""),
            ("GET", "/metrics", ""),
            ("GET", "/api/v1/ratings?after=x", ""),
            ("GET", "/api/v1/figures?period=%FF", ""),
            ("GET", "/api/v1/invitations/x", ""),
            ("GET", "/api/v1/tablets/x/settings", ""),
            ("GET", "/api/v1/tablets/%FF/settings", ""),
            ("GET", &format!("{tablet}/settings"), ""),
            ("GET", &format!("{tablet}/invitation?wait_ms=x"), ""),
            ("POST", &format!("{tablet}/events"), &large),
            ("POST", &format!("{tablet}/events"), "{"),
            ("POST", &format!("{tablet}/heartbeat"), &large),
            ("POST", "/api/v1/enrolments", ""),
            ("POST", "/api/v1/enrolments", &large),
            ("POST", "/api/v1/invitations", "[]"),
        ] {
            let request = Request::builder().method(method).uri(path);
            let request = request.body(Body::from(body.to_owned())).unwrap();
            let answer = router.clone().oneshot(request).await.unwrap();
            let status = answer.status();
            assert!(status.is_client_error(), "{method} {path}: {status}");
            let headers = answer.headers().clone();
            let head = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
            let bytes = to_bytes(answer.into_body(), 100_000).await.unwrap();
            let problem = serde_json::from_slice::<Problem>(&bytes);
            let said = String::from_utf8_lossy(&bytes);
            assert_eq!(head("x-content-type-options"), "nosniff", "{method} {path}");
            assert_eq!(head("cache-control"), "no-store", "{method} {path}");
            assert!(problem.is_ok_and(|told| !told.message.is_empty()), "{method} {path}: {said}");
        }
    }

    /// What the log holds of some requests.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn no_link_that_lets_somebody_in_stands_in_the_log() {
        let dir = tempfile::TempDir::new().unwrap();
        let birth = Birth { id: uuid::Uuid::nil(), secret: [3; 32], now: 0 };
        let store = Store::open(dir.path(), None, &birth).await.unwrap();
        let app = App::open(store, dir.path(), Clock::from_fn(|| 0)).await.unwrap();
        let router = super::super::router(app);
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(log);
        let secret = "a1".repeat(32);
        for path in [
            format!("/password/{secret}"),
            format!("/password/{secret}/x"),
            format!("/{secret}"),
            format!("/sign-in?next={secret}"),
            format!("/api/v1/{secret}"),
        ] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap();
        }
        drop(guard);
        let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains("/password/{") && log.matches("millis=").count() == 5, "{log}");
        assert!(!log.contains(&secret), "{log}");
    }

    #[test]
    fn only_what_machines_ask_all_day_and_get_is_routine() {
        assert!(is_routine("/api/v1/tablets/{tablet}/events", 200));
        assert!(is_routine("/health", 200));
        assert!(!is_routine("/health", 503));
        assert!(!is_routine("/api/v1/tablets/{tablet}/events", 409));
        assert!(!is_routine("/api/v1/enrolments", 201));
        assert!(!is_routine("/", 200));
    }

    #[test]
    fn an_id_is_taken_over_only_where_it_can_be_believed() {
        let given = headers(&[("x-request-id", "abc-123")]);
        assert_eq!(id(true, &given), "abc-123");
        assert_ne!(id(false, &given), "abc-123");
        for odd in ["", "a b", "a\"b", &"x".repeat(65)] {
            let fresh = id(true, &headers(&[("x-request-id", odd)]));
            assert_eq!(fresh.len(), 32, "{odd}");
        }
    }
}
