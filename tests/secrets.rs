//! Secrets at rest: the file that opens them, a server that has another one or none, and a log in
//! which none of those stand that went through the pages.
#![allow(clippy::unwrap_used)]

use analytics_server::auth::second::step_of;
use analytics_server::clock::Clock;
use reqwest::{Client, Response, StatusCode, header, redirect};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use whole_system_tests::programs::{Serving, server};
use whole_system_tests::secrets::keep;

const PASSWORD: &str = "trời mưa ở quầy số bảy";

/// A browser at the pages of a server.
struct Visitor {
    client: Client,
    url: String,
    cookie: String,
}

impl Visitor {
    fn at(serving: &Serving) -> Self {
        // Once a provider is installed, a second call changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(redirect::Policy::none()).tls_certs_only([]);
        let (client, url) = (client.build().unwrap(), serving.address.clone());
        Self { client, url, cookie: String::new() }
    }

    async fn read(&self, path: &str) -> String {
        let answer = self.client.get(format!("{}{path}", self.url));
        let answer = answer.header(header::COOKIE, &self.cookie).send().await.unwrap();
        answer.text().await.unwrap()
    }

    /// Sends a form with the token of the page at `path`.
    async fn send(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = value_of(&self.read(page).await, "csrf").unwrap_or_default();
        let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", percent(value)));
        let form = format!("csrf={csrf}{}", pairs.collect::<String>());
        let answer = self
            .client
            .post(format!("{}{to}", self.url))
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap();
        if let Some(cookie) = answer.headers().get(header::SET_COOKIE) {
            cookie.to_str().unwrap().split(';').next().unwrap().clone_into(&mut self.cookie);
            keep(self.cookie.split_once('=').unwrap().1);
        }
        answer
    }

    async fn sign_in(&mut self) -> String {
        let fields = [("name", "quan-tri"), ("password", PASSWORD)];
        let answer = self.send("/sign-in", "/sign-in", &fields).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
}

/// The value of a field of a page.
fn value_of(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\""))?;
    let rest = rest.split_once("value=\"")?.1;
    Some(rest.split('"').next()?.to_owned())
}

/// The text of an element of a class.
fn text_of(page: &str, class: &str) -> String {
    let (_, rest) = page.split_once(&format!("class=\"{class}\">")).unwrap();
    rest.split('<').next().unwrap().trim().to_owned()
}

/// The bytes of a key as apps are told it (RFC 4648).
fn base32(key: &str) -> Vec<u8> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = key.chars().filter_map(|letter| alphabet.find(letter));
    let bits: String = bits.fold(String::new(), |bits, five| bits + &format!("{five:05b}"));
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes.map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap()).collect()
}

/// The code of a key, searched for a moment ahead: on a busy machine the search takes longer than a
/// code is good, and a longer look ahead is tried then.
fn code_of(key: &[u8]) -> String {
    for ahead_ms in [20_000, 60_000, 180_000] {
        let then = Clock::system().now() + ahead_ms;
        let mut codes = (0..1_000_000).map(|number| format!("{number:06}"));
        let code = codes.find(|code| step_of(key, code, then) == Some(then / 30_000)).unwrap();
        // A code is taken from one step of thirty seconds before its own to one after it.
        let early_ms = then - 20_000 - Clock::system().now();
        if early_ms > -40_000 {
            std::thread::sleep(Duration::from_millis(early_ms.max(0).unsigned_abs()));
            return code;
        }
    }
    panic!("this machine is too busy to find a code in time");
}

/// Adds the administrator and lets them choose their password by the link.
async fn settled(serving: &Serving, data: &str) -> Visitor {
    let added = server([
        "user",
        "add",
        "quan-tri",
        "--full-name",
        "Lê Văn C",
        "--role",
        "administrator",
        "--data-dir",
        data,
    ]);
    assert!(added.ok, "{}", added.err);
    let link = added.out.trim().to_owned();
    let mut visitor = Visitor::at(serving);
    keep(PASSWORD);
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let chosen = visitor.send(&link, &link, &fields).await;
    assert_eq!(chosen.status(), StatusCode::SEE_OTHER);
    assert_eq!(visitor.sign_in().await, "/");
    visitor
}

/// Sets the second factor up; the recovery codes.
async fn with_factor(visitor: &mut Visitor) -> Vec<String> {
    let offered = visitor.send("/account", "/account/second/offer", &[]).await;
    assert_eq!(offered.headers()[header::LOCATION], "/account/second");
    let key = text_of(&visitor.read("/account/second").await, "secret");
    keep(key.clone());
    keep(key.replace(' ', ""));
    let code = keep(code_of(&base32(&key)));
    let page = visitor.send("/account/second", "/account/second", &[("code", &code)]).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    let codes = page.split("<li>").skip(1).filter_map(|rest| rest.split("</li>").next());
    codes.map(|code| keep(code.trim())).take(10).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_its_key_says_so_and_starts() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let place = ["--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
    let serving = Serving::start(&place, &[]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (own, other) = (data.join("secrets.key"), home.path().join("other.key"));
    assert_eq!(mode(&own), 0o600);
    keep(fs::read_to_string(&own).unwrap().trim());
    let mut visitor = settled(&serving, place[3]).await;
    let recovery = with_factor(&mut visitor).await;
    assert_eq!(recovery.len(), 10);
    drop(serving);

    // Another key: told, and a recovery code lets in.
    let elsewhere = [("HAI_LONG_SECRETS_KEY_FILE", other.to_str().unwrap())];
    let serving = Serving::start(&place, &elsewhere);
    assert_eq!(mode(&other), 0o600);
    let mut visitor = Visitor::at(&serving);
    assert!(visitor.sign_in().await.starts_with("/sign-in/second?"));
    let given = visitor.send("/sign-in/second", "/sign-in/second", &[("code", &recovery[0])]).await;
    assert_eq!(given.status(), StatusCode::SEE_OTHER);
    assert!(visitor.read("/account").await.contains("Lê Văn C"));
    let log = serving.log();
    assert!(log.contains("sealed with a key that this server does not have"), "{log}");
    drop(serving);

    // Put together with the old one they are opened again, and sealed with the first.
    let both = fs::read_to_string(&other).unwrap() + &fs::read_to_string(&own).unwrap();
    fs::write(&other, both).unwrap();
    let serving = Serving::start(&place, &elsewhere);
    let mut visitor = Visitor::at(&serving);
    visitor.sign_in().await;
    let log = serving.log();
    assert!(log.contains("keys of second factors were sealed keys=1"), "{log}");
    drop(serving);

    // A file that is none: told, commands do not mind, and a command takes the factor away.
    fs::write(&other, "no key\n").unwrap();
    let serving = Serving::start(&place, &elsewhere);
    let log = serving.log();
    assert!(log.contains("other.key, line 1: a key is 64 hexadecimal digits"), "{log}");
    let taken = server(["user", "factor", "quan-tri", "--data-dir", place[3]]);
    assert!(taken.ok, "{}", taken.err);
    assert!(!server(["user", "factor", "quan-tri", "--data-dir", place[3]]).ok, "there is none");
    let mut visitor = Visitor::at(&serving);
    assert_eq!(visitor.sign_in().await, "/");
    let refused = visitor.send("/account", "/account/second/offer", &[]).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(refused.text().await.unwrap().contains("khóa niêm phong"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_secret_stands_in_the_log_of_a_day() {
    let home = TempDir::new().unwrap();
    let data = home.path().join("data");
    let place = ["--listen", "127.0.0.1:0", "--data-dir", data.to_str().unwrap()];
    // All that the server could say.
    let serving = Serving::start(&place, &[("RUST_LOG", "debug,hyper=info,h2=info")]);
    keep(fs::read_to_string(data.join("secrets.key")).unwrap().trim());
    let mut visitor = settled(&serving, place[3]).await;
    with_factor(&mut visitor).await;
    let fields = [("name", "Một cửa"), ("scopes", "figures:read")];
    let token = visitor.send("/admin/tokens", "/admin/tokens", &fields).await;
    let token = keep(text_of(&token.text().await.unwrap(), "secret"));
    assert!(token.starts_with("hl_"));
    let page = "/admin/alerts/webhooks";
    let fields = [("address", "http://127.0.0.1:9/hook"), ("rules", "low_with_reason")];
    let added = visitor.send(page, page, &fields).await;
    let secret = keep(text_of(&added.text().await.unwrap(), "secret"));
    assert!(secret.starts_with("whsec_"));
    let asked = visitor.client.get(format!("{}/api/v1/figures?period=2023-09", visitor.url));
    asked.bearer_auth(&token).send().await.unwrap();
    let wrong = keep("không phải mật khẩu này");
    let fields = [("name", "quan-tri"), ("password", &wrong)];
    let refused = visitor.send("/sign-in", "/sign-in", &fields).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    // What a person types into the wrong field.
    let fields = [("name", &*wrong), ("password", "x")];
    visitor.send("/sign-in", "/sign-in", &fields).await;
    let log = serving.log();
    assert!(log.contains("/sign-in") && log.len() > 1_000, "there is a log to look through: {log}");
    // Looked through at the end of `serving`.
}
