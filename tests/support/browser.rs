//! A real browser without a window: Debian's Chromium, driven as a person would drive it, by the
//! words that stand on buttons, links and fields.

use crate::display::Running;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::Duration;
use tempfile::TempDir;

/// A desk's screen and a phone's, in CSS pixels.
pub const DESK: (u32, u32) = (1360, 900);
/// A small phone.
pub const PHONE: (u32, u32) = (360, 740);
/// How long is waited for something to be on the page.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until the driver says its port.
const GREETING: &str = "started successfully on port ";

/// Counts how far things moved on the page without anybody touching them.
const SHIFTS: &str = "return performance.getEntriesByType('layout-shift').concat(window.shifts || []) \
     .filter(one => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)";

/// The links of a page.
const LINKS: &str =
    "return [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))";

/// Runs axe-core; each finding in one line.
const AXE: &str = "const done = arguments[arguments.length - 1]; \
     axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', \
     'wcag21aa', 'wcag22aa', 'best-practice'] }).then(found => done(found.violations.flatMap(rule => \
     rule.nodes.map(node => `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary}`))), \
     error => done([String(error)]))";

/// Elements that are wider than the window without a box of their own to scroll in.
const WIDER: &str = "const wide = document.documentElement.scrollWidth - window.innerWidth; \
     return wide > 0 ? `${wide} px wider than the window` : ''";

/// A browser. It ends with the test.
pub struct Browser {
    client: Client,
    _driver: Running,
    _profile: TempDir,
}

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.0, "params": self.1 });
        (Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    /// Starts a driver at a free port, and a browser with a profile of its own.
    pub async fn start() -> Self {
        let profile = TempDir::new().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: run `bash tests/run`");
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let driver = Running(driver);
        let port = lines
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once(GREETING)?.1.trim_end_matches('.').to_owned()))
            .expect("chromedriver says its port");
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        // As a browser here is set up; the driver's own asks for English.
        let prefs = json!({ "intl.accept_languages": "vi,en" });
        let options = json!({ "goog:chromeOptions": { "args": arguments, "prefs": prefs } });
        let capabilities: Capabilities = serde_json::from_value(options).unwrap();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        let browser = Self { client, _driver: driver, _profile: profile };
        browser.size(DESK).await;
        browser
    }

    /// Ends the browser; the driver ends with this.
    pub async fn stop(self) {
        self.client.close().await.unwrap();
    }

    /// Makes the page so large, as a phone's where it is narrow.
    pub async fn size(&self, (width, height): (u32, u32)) {
        let narrow = width < 600;
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": narrow,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Where it is.
    pub async fn address(&self) -> String {
        self.client.current_url().await.unwrap().into()
    }

    /// Presses the button, link or summary that says exactly this.
    pub async fn press(&self, words: &str) {
        let said = format!("normalize-space(.)=\"{words}\"");
        let path = format!(
            "//button[{said}] | //a[{said}] | //summary[{said}] | //input[@type='submit' and \
             @value=\"{words}\"]"
        );
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        found.unwrap_or_else(|_| panic!("no button says “{words}”")).click().await.unwrap();
    }

    /// Presses the first element of a selector.
    pub async fn press_at(&self, selector: &str) {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|_| panic!("nothing is at {selector}")).click().await.unwrap();
    }

    /// Types into the field of a name, in place of what stands there.
    pub async fn fill(&self, name: &str, text: &str) {
        let at = format!("[name=\"{name}\"]");
        let field = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&at)).await;
        let field = field.unwrap_or_else(|_| panic!("no field is called {name}"));
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses by the value of an option in the field of a name.
    pub async fn choose(&self, name: &str, value: &str) {
        let at = format!("select[name=\"{name}\"]");
        let field = self.client.find(Locator::Css(&at)).await.unwrap();
        field.select_by_value(value).await.unwrap();
    }

    /// All that can be read on the page.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body.innerText").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until something can be read on the page.
    pub async fn read(&self, words: &str) {
        for _ in 0..200 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(PATIENCE / 200).await;
        }
        panic!("“{words}” does not come; the page says:\n{}", self.text().await);
    }

    /// What the page's own code gives.
    pub async fn script(&self, code: &str) -> Value {
        self.client.execute(code, vec![]).await.unwrap()
    }

    /// How far things moved since the page was opened, by the measure of Core Web Vitals.
    pub async fn layout_shift(&self) -> f64 {
        self.script(SHIFTS).await.as_f64().unwrap()
    }

    /// What is wider than the window, in words; empty where nothing is.
    pub async fn too_wide(&self) -> String {
        self.script(WIDER).await.as_str().unwrap_or_default().to_owned()
    }

    /// What somebody who can not see the page would miss: controls and pictures without a name,
    /// no or several main headings. Empty where nothing is missing.
    pub async fn missing_names(&self) -> Vec<String> {
        let tree = self.devtools("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
        let mut missing = Vec::new();
        let mut headings = 0;
        for node in nodes.iter().filter(|node| node["ignored"] != json!(true)) {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            let name = node["name"]["value"].as_str().unwrap_or_default().trim();
            let level = node["properties"].as_array().into_iter().flatten();
            let mut level = level.filter(|one| one["name"] == "level");
            if role == "heading" && level.any(|one| one["value"]["value"] == json!(1)) {
                headings += 1;
            }
            let named = ["button", "link", "textbox", "combobox", "checkbox", "radio", "image"];
            if (named.contains(&role) || role == "heading") && name.is_empty() {
                missing.push(format!("a {role} without a name"));
            }
        }
        if headings != 1 {
            missing.push(format!("{headings} headings of the first level"));
        }
        missing
    }

    /// Where the page's links lead, as they stand there.
    pub async fn links(&self) -> Vec<String> {
        let links = self.script(LINKS).await;
        serde_json::from_value(links).unwrap()
    }

    /// What axe-core finds against WCAG 2.2 AA and its own good practice: the rule, the place and what
    /// is wrong there. `axe` is its script.
    pub async fn axe_findings(&self, axe: &str) -> Vec<String> {
        self.script(axe).await;
        let findings = self.client.execute_async(AXE, vec![]).await.unwrap();
        serde_json::from_value(findings).unwrap()
    }

    /// Forgets who is signed in.
    pub async fn forget(&self) {
        self.devtools("Network.clearBrowserCookies", json!({})).await;
    }

    /// Files that are downloaded come into this directory.
    pub async fn keep_files_in(&self, dir: &Path) {
        let to = json!({ "behavior": "allow", "downloadPath": dir });
        self.devtools("Browser.setDownloadBehavior", to).await;
    }

    /// Keeps a picture of the page, for eyes.
    pub async fn picture(&self, path: &Path) {
        std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
    }

    async fn devtools(&self, command: &'static str, with: Value) -> Value {
        self.client.issue_cmd(Devtools(command, with)).await.unwrap()
    }
}
