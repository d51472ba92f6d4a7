//! A person with a browser that runs no scripts: signs in at the built server, reads pages, sends files.

use crate::programs::server;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};

/// A password that nobody guesses.
const PASSWORD: &str = "tre xanh gió mát 7413";
/// Parts the fields of a form with a file.
const BOUNDARY: &str = "----hai-long-test-boundary";

/// Somebody who is signed in.
pub struct Visitor {
    client: Client,
    base: String,
    cookie: String,
}

impl Visitor {
    /// Adds an account to the data directory of a server that answers at `base`, chooses a password by
    /// its link, and signs in.
    pub async fn added(data: &str, base: &str, name: &str, role: &str) -> Self {
        let add = ["user", "add", name, "--full-name", name, "--role", role, "--data-dir", data];
        let said = server(add);
        assert!(said.ok, "{}", said.err);
        let link = said.out.lines().last().unwrap().trim().to_owned();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).tls_certs_only([]).build().unwrap();
        let mut visitor = Self { client, base: base.to_owned(), cookie: String::new() };
        let chosen = visitor.post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        assert!(chosen.status().is_redirection(), "{}", chosen.text().await.unwrap());
        let form = [("name", name), ("password", PASSWORD), ("next", "")];
        let entered = visitor.post("/sign-in", &form).await;
        assert!(entered.headers().contains_key(LOCATION), "{}", entered.text().await.unwrap());
        let cookie = entered.headers()[SET_COOKIE].to_str().unwrap();
        visitor.cookie = cookie.split(';').next().unwrap().to_owned();
        visitor
    }

    fn with_cookie(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(COOKIE, &self.cookie).header(ORIGIN, &self.base)
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Response {
        self.with_cookie(self.client.get(format!("{}{path}", self.base))).send().await.unwrap()
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.base));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = serde_html_form::to_string(fields).unwrap();
        self.with_cookie(request).body(body).send().await.unwrap()
    }

    /// The mark against forms of other sites, from the page at `path`.
    pub async fn mark(&self, path: &str) -> String {
        let page = self.get(path).await.text().await.unwrap();
        let after = page.split("name=\"csrf\" value=\"").nth(1);
        after.unwrap_or_else(|| panic!("no form at {path}")).split('"').next().unwrap().to_owned()
    }

    /// Sends a file to `path`.
    pub async fn send(&self, path: &str, mark: &str, name: &str, bytes: &[u8]) -> Response {
        let mut body = Vec::new();
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{mark}\r\n\
             --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self.client.post(format!("{}{path}", self.base));
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.with_cookie(request.header(CONTENT_TYPE, kind)).body(body).send().await.unwrap()
    }
}
