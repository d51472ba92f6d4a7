//! How the tablets are: silent ones first, with the sums on top.

use super::tablet_words::{ago, blocked_words, fork_words, short, skew_words, trouble};
use super::{busy, told};
use crate::alerts::{Thresholds, is_silent, open_for};
use crate::auth::{Right, Viewer};
use crate::moments;
use crate::pages::address;
use crate::pages::address::given;
use crate::pages::fault::Fault;
use crate::pages::shell::{Shell, answer};
use crate::pages::usual::usual;
use crate::state::App;
use crate::stats::slice::Filter;
use crate::storage::forks::Fork;
use crate::storage::house::Sites;
use crate::storage::rows::Directory;
use crate::storage::tablets::TabletRow;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use locales::Texts;
use protocol::heartbeat::Blocked;
use reports::numbers::Numbers;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A clock that is off by more is told in red: beyond it the moments of events are corrected.
const SKEW_MS: i64 = 120_000;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    lang: Option<String>,
    department: Option<String>,
    /// Code of a site.
    site: Option<String>,
    /// `silent`, `waiting` or `trouble`.
    show: Option<String>,
}

impl Asked {
    /// The department, and the counters of the site; what is not there is told as such.
    fn place(
        &self,
        directory: &Directory,
        sites: &Sites,
    ) -> Result<(Option<i64>, Option<BTreeSet<i64>>), Fault> {
        let department = given(self.department.as_deref())
            .map(|code| directory.department(code).map(|one| one.id).ok_or(Fault::Missing))
            .transpose()?;
        let site = |code| sites.sites.iter().find(|one| one.code == code).map(|one| one.id);
        let site =
            given(self.site.as_deref()).map(|code| site(code).ok_or(Fault::Missing)).transpose()?;
        Ok((department, Filter { site, ..Filter::default() }.counters(sites)))
    }

    /// The same address in a language.
    fn address(&self, texts: &Texts) -> String {
        let lang = address::carried(texts);
        let fields = [
            ("department", given(self.department.as_deref())),
            ("site", given(self.site.as_deref())),
            ("show", given(self.show.as_deref())),
            ("lang", lang),
        ];
        let said = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let query = serde_html_form::to_string(said.collect::<Vec<_>>()).unwrap_or_default();
        if query.is_empty() { "/tablets".to_owned() } else { format!("/tablets?{query}") }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "records/tablets.html")]
pub(in crate::pages) struct Fleet {
    pub shell: Shell,
    pub line: String,
    /// The centre is closed now, so silence says nothing.
    pub closed: bool,
    pub tablets: Vec<Tablet>,
    /// Tablets that are retired, for who may check chains: what it is called, where its chain is.
    pub retired: Vec<(String, String)>,
    pub departments: Vec<(String, String)>,
    pub sites: Vec<(String, String)>,
    pub shows: Vec<(String, String)>,
    pub department: String,
    pub site: String,
    pub show: String,
}

/// One tablet in words.
pub(in crate::pages) struct Tablet {
    pub counter: String,
    pub department: String,
    pub contact: String,
    pub silent: bool,
    /// Name, words, whether it is urgent.
    pub facts: Vec<(String, String, bool)>,
    /// Where its chain is checked, for who may.
    pub chain: Option<String>,
}

/// What is known of tablets that is not in their own words.
struct Noted {
    blocked: BTreeMap<Uuid, Blocked>,
    forks: Vec<Fork>,
    /// Counters of the tablets that the viewer may know of.
    counters: HashMap<Uuid, String>,
}

impl Noted {
    async fn of(app: &App, rows: &[TabletRow], directory: &Directory) -> Result<Self, Fault> {
        let known = rows.iter().filter(|row| directory.counter(&row.counter).is_some());
        Ok(Self {
            blocked: app.store.blocked_events().await.map_err(busy)?,
            forks: app.store.forks().await.map_err(busy)?,
            counters: known.map(|row| (row.id, row.counter.clone())).collect(),
        })
    }

    fn fork(&self, tablet: Uuid) -> Option<&Fork> {
        self.forks.iter().find(|one| one.tablet == tablet)
    }

    /// Whether somebody has to look at a tablet.
    fn trouble(&self, row: &TabletRow) -> bool {
        let cannot_write = row.health.as_ref().is_some_and(|one| one.trouble.is_some());
        cannot_write || self.blocked.contains_key(&row.id) || self.fork(row.id).is_some()
    }

    /// Name, words, whether it is urgent.
    fn facts(&self, app: &App, row: &TabletRow, texts: &Texts) -> Vec<(String, String, bool)> {
        let mut facts = Vec::new();
        let mut fact = |key: &str, words: String, urgent: bool| {
            facts.push((texts.get(&format!("records-tablet-{key}")), words, urgent));
        };
        if let Some(by) = row.continued_by {
            fact("continued", self.continued(by, texts), false);
        }
        if let Some(fork) = self.fork(row.id) {
            for (key, words) in fork_words(app, fork, texts) {
                fact(key, words, true);
            }
        }
        if let Some(one) = self.blocked.get(&row.id) {
            fact("blocked", blocked_words(app, one, texts), true);
        }
        facts
    }

    /// Which tablet continues one that is not heard of any more, and what to do.
    fn continued(&self, by: Uuid, texts: &Texts) -> String {
        let id = short(by);
        match self.counters.get(&by) {
            Some(counter) => texts.with(
                "records-tablet-continued-at",
                &[("id", &*id), ("counter", counter.as_str())],
            ),
            None => texts.with("records-tablet-continued-elsewhere", &[("id", &*id)]),
        }
    }
}

/// `GET /tablets`.
pub(in crate::pages) async fn fleet(
    State(app): State<App>,
    viewer: Viewer,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Ok(Query(asked)) = asked else {
        return Fault::Request.page(&app, Some(&viewer), locales::texts(usual()));
    };
    let texts = locales::texts(asked.lang.as_deref().unwrap_or_else(|| usual()));
    told(&app, &viewer, texts, page(&app, &viewer, &asked, texts).await)
}

async fn page(
    app: &App,
    viewer: &Viewer,
    asked: &Asked,
    texts: &'static Texts,
) -> Result<Response, Fault> {
    let directory = viewer.scope().narrow(app.store.directory().await.map_err(busy)?);
    let sites = app.store.counter_sites().await.map_err(busy)?;
    let sites = viewer.scope().narrow_sites(sites, &directory);
    let (department, there) = asked.place(&directory, &sites)?;
    let show = given(asked.show.as_deref()).unwrap_or_default();
    if !["", "silent", "waiting", "trouble"].contains(&show) {
        return Err(Fault::Request);
    }
    let now = app.clock.now();
    let open = open_for(&app.store, now).await.unwrap_or_default();
    let minutes = Thresholds::silent_after(app).await;
    let mut rows = app.store.tablets().await.map_err(busy)?;
    let noted = Noted::of(app, &rows, &directory).await?;
    rows.retain(|row| {
        let counter = directory.counter(&row.counter);
        counter.is_some_and(|one| {
            department.is_none_or(|asked| asked == one.department)
                && there.as_ref().is_none_or(|there| there.contains(&one.id))
        })
    });
    let silent = |row: &TabletRow| {
        let long = is_silent(row.last_contact_at.unwrap_or(0), open, minutes, now);
        long && row.continued_by.is_none()
    };
    let pending = |row: &TabletRow| row.health.as_ref().map_or(0, |health| health.pending);
    let trouble = |row: &TabletRow| noted.trouble(row);
    let count = |number: usize| Numbers::of(texts).count(number as u64);
    let waiting: i64 = rows.iter().map(pending).sum();
    let line = texts.with(
        "records-tablets-line",
        &[
            ("count", &count(rows.len())),
            ("silent", &count(rows.iter().filter(|row| silent(row)).count())),
            ("waiting", &Numbers::of(texts).count(waiting.unsigned_abs())),
            ("trouble", &count(rows.iter().filter(|row| trouble(row)).count())),
        ],
    );
    rows.retain(|row| match show {
        "silent" => silent(row),
        "waiting" => pending(row) > 0,
        "trouble" => trouble(row),
        _ => true,
    });
    rows.sort_by_key(|row| (!silent(row), !trouble(row), pending(row) == 0, row.counter.clone()));
    let tablet = |row: &TabletRow| {
        let chain = viewer.may(Right::Verify).then(|| super::chain::address_of(row.id, texts));
        let mut tablet = tablet(app, row, &directory, silent(row), texts);
        tablet.facts.splice(0..0, noted.facts(app, row, texts));
        Tablet { chain, ..tablet }
    };
    let retired =
        if viewer.may(Right::Verify) { retired(app, &directory, texts).await? } else { Vec::new() };
    let title = texts.get("records-tablets");
    let shell = Shell::new(app, Some(viewer), texts, title, |texts| asked.address(texts));
    let kind = |word: &str| (word.to_owned(), texts.get(&format!("records-tablets-{word}")));
    let page = Fleet {
        shell,
        line,
        closed: open.is_none(),
        tablets: rows.iter().map(tablet).collect(),
        retired,
        departments: directory
            .departments
            .iter()
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        shows: ["silent", "waiting", "trouble"].map(kind).into(),
        sites: sites.sites.iter().map(|one| (one.code.clone(), one.name.clone())).collect(),
        department: given(asked.department.as_deref()).unwrap_or_default().to_owned(),
        site: given(asked.site.as_deref()).unwrap_or_default().to_owned(),
        show: show.to_owned(),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// What retired tablets sent counts as before, so it can be checked as before.
async fn retired(
    app: &App,
    directory: &Directory,
    texts: &Texts,
) -> Result<Vec<(String, String)>, Fault> {
    let posts = app.store.posts().await.map_err(busy)?;
    let told = posts.iter().filter_map(|one| {
        let (at, counter) = (one.retired_at?, directory.counter_of(one.post.counter)?);
        let when = moments::told(at, &app.zone, texts);
        let places = [("counter", &*counter.code), ("name", &*counter.name), ("when", &when)];
        let words = texts.with("records-tablets-retired-one", &places);
        Some((words, super::chain::address_of(one.id, texts)))
    });
    Ok(told.collect())
}

fn tablet(
    app: &App,
    row: &TabletRow,
    directory: &Directory,
    silent: bool,
    texts: &Texts,
) -> Tablet {
    let counter = directory.counter(&row.counter);
    let department = counter.and_then(|one| directory.department_of(one.department));
    let numbers = Numbers::of(texts);
    let mut facts = Vec::new();
    let mut fact = |key: &str, words: String, urgent: bool| {
        facts.push((texts.get(&format!("records-tablet-{key}")), words, urgent));
    };
    if let Some(health) = &row.health {
        let pending = health.pending.unsigned_abs();
        fact("pending", numbers.count(pending), pending > 0);
        if let Some(word) = &health.trouble {
            fact("trouble", trouble(word, texts), true);
        }
        if let Some(code) = &health.officer {
            let name = directory.officer(code).map_or(code, |officer| &officer.name);
            fact("officer", name.clone(), false);
        }
        if let Some(skew) = health.skew_ms {
            let words = skew_words(skew, texts);
            fact("skew", words, skew.abs() > SKEW_MS);
        }
        if let Some(percent) = health.battery {
            let key = if health.charging == Some(true) { "charging" } else { "discharging" };
            let places = [("percent", &*percent.to_string())];
            let words = texts.with(&format!("records-tablet-{key}"), &places);
            fact("battery", words, percent < 20 && health.charging != Some(true));
        }
        if let Some(bytes) = health.storage_free {
            let megabytes = bytes.unsigned_abs() / 1_000_000;
            let places = [("count", &*numbers.count(megabytes))];
            fact("storage", texts.with("records-tablet-megabytes", &places), megabytes < 200);
        }
    } else {
        fact("health", texts.get("records-tablet-never-told"), false);
    }
    fact("version", row.app_version.clone(), false);
    Tablet {
        counter: counter
            .map_or_else(|| row.counter.clone(), |one| format!("{} · {}", one.code, one.name)),
        department: department.map(|one| one.name.clone()).unwrap_or_default(),
        contact: row
            .last_contact_at
            .map_or_else(|| texts.get("records-tablet-never"), |at| ago(at, app, texts)),
        silent,
        facts,
        chain: None,
    }
}
