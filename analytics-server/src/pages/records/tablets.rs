//! How the tablets are: silent ones first, with the sums on top.

use super::chain;
use super::codes::named;
use super::tablet_words::{ago, blocked_words, fork_words, short, skew_words, trouble_words};
use crate::alerts::{Thresholds, is_silent, open_for};
use crate::moments;
use crate::pages::address::{self, given};
use crate::pages::prelude::*;
use crate::stats::slice::Filter;
use crate::storage::Store;
use crate::storage::forks::Fork;
use crate::storage::rows::Directory;
use crate::storage::tablets::TabletRow;
use protocol::heartbeat::Blocked;
use reports::numbers::Numbers;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A clock that is off by more is told in red: beyond it the moments of events are corrected.
const SKEW_MS: i64 = 120_000;
/// Words of an address for which tablets are listed.
const KINDS: [&str; 3] = ["silent", "waiting", "trouble"];

/// The fields of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TabletsQuery {
    /// Code of a department.
    department: Option<String>,
    /// Code of a site.
    site: Option<String>,
    /// A word of [`KINDS`].
    show: Option<String>,
}

impl TabletsQuery {
    /// The address with these fields.
    fn address(&self) -> String {
        let fields = [("department", &self.department), ("site", &self.site), ("show", &self.show)];
        let fields = fields.map(|(name, field)| (name, field.as_deref().unwrap_or_default()));
        address::with_fields("/tablets", fields)
    }
}

/// The page of tablets.
#[derive(Template)]
#[template(path = "records/tablets.html")]
struct TabletsPage {
    layout: Layout,
    line: String,
    /// The centre is closed now, so silence says nothing.
    closed: bool,
    tablets: Vec<Tablet>,
    /// Tablets that are retired, for who may check chains: what it is called, where its chain is.
    retired: Vec<(String, String)>,
    departments: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    shows: Vec<(String, String)>,
    department: String,
    site: String,
    show: String,
}

/// One tablet in words.
struct Tablet {
    counter: String,
    department: String,
    contact: String,
    silent: bool,
    facts: Vec<Fact>,
    /// Where its chain is checked, for who may.
    chain: Option<String>,
}

/// Name, words, whether it is urgent.
type Fact = (String, String, bool);

fn fact(key: &str, words: String, urgent: bool, texts: &Texts) -> Fact {
    (texts.get(&format!("records-tablet-{key}")), words, urgent)
}

/// What is known of tablets that they do not tell themselves.
struct Findings {
    blocked: BTreeMap<Uuid, Blocked>,
    forks: Vec<Fork>,
    /// Counters of the tablets that the viewer may know of.
    counters: HashMap<Uuid, String>,
}

impl Findings {
    async fn of(store: &Store, rows: &[TabletRow], known: &Directory) -> PageResult<Self> {
        let known = rows.iter().filter(|row| known.counter(&row.counter).is_some());
        Ok(Self {
            blocked: store.blocked_events().await?,
            forks: store.forks().await?,
            counters: known.map(|row| (row.id, row.counter.clone())).collect(),
        })
    }

    fn fork(&self, tablet: Uuid) -> Option<&Fork> {
        self.forks.iter().find(|one| one.tablet == tablet)
    }

    /// Whether somebody has to look at a tablet.
    fn needs_care(&self, row: &TabletRow) -> bool {
        let cannot_write = row.health.as_ref().is_some_and(|one| one.trouble.is_some());
        cannot_write || self.blocked.contains_key(&row.id) || self.fork(row.id).is_some()
    }

    fn facts(&self, context: &Context, row: &TabletRow) -> Vec<Fact> {
        let Context { app, texts, .. } = context;
        let mut facts = Vec::new();
        if let Some(by) = row.continued_by {
            facts.push(fact("continued", self.continued(by, texts), false, texts));
        }
        if let Some(fork) = self.fork(row.id) {
            let words = fork_words(app, fork, texts).into_iter();
            facts.extend(words.map(|(key, words)| fact(key, words, true, texts)));
        }
        if let Some(one) = self.blocked.get(&row.id) {
            facts.push(fact("blocked", blocked_words(app, one, texts), true, texts));
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
pub(super) async fn show(context: Context, Query(query): Query<TabletsQuery>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let directory = viewer.scope().narrow(app.store.directory().await?);
    let sites = viewer.scope().narrow_sites(app.store.counter_sites().await?, &directory);
    let department = named(query.department.as_deref(), |code| directory.department(code))?;
    let site = |code: &str| sites.sites.iter().find(|one| one.code == code);
    let site = named(query.site.as_deref(), site)?.map(|one| one.id);
    let there = Filter { site, ..Filter::default() }.counters(&sites);
    let show = given(query.show.as_deref()).unwrap_or_default();
    if !show.is_empty() && !KINDS.contains(&show) {
        return Err(PageError::Request);
    }
    let now = context.now();
    let open = open_for(&app.store, now).await.unwrap_or_default();
    let minutes = Thresholds::silent_after(app).await;
    let mut rows = app.store.tablets().await?;
    let findings = Findings::of(&app.store, &rows, &directory).await?;
    rows.retain(|row| {
        let counter = directory.counter(&row.counter);
        counter.is_some_and(|one| {
            department.is_none_or(|department| department.id == one.department)
                && there.as_ref().is_none_or(|there| there.contains(&one.id))
        })
    });
    let silent = |row: &TabletRow| {
        let long = is_silent(row.last_contact_at.unwrap_or(0), open, minutes, now);
        long && row.continued_by.is_none()
    };
    let pending = |row: &TabletRow| row.health.as_ref().map_or(0, |health| health.pending);
    let trouble = |row: &TabletRow| findings.needs_care(row);
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
    let verifies = viewer.may(Right::Verify);
    let tablet = |row: &TabletRow| {
        let mut tablet = tablet(&context, row, &directory, silent(row));
        tablet.facts.splice(0..0, findings.facts(&context, row));
        tablet.chain = verifies.then(|| context.to(&chain::path(row.id)));
        tablet
    };
    let retired = if verifies { retired(&context, &directory).await? } else { Vec::new() };
    let pair = |code: &String, name: &String| (code.clone(), name.clone());
    let kind = |word: &str| (word.to_owned(), texts.get(&format!("records-tablets-{word}")));
    let chosen = |field: &Option<String>| given(field.as_deref()).unwrap_or_default().to_owned();
    let page = TabletsPage {
        layout: context.layout(texts.get("records-tablets"), &query.address()),
        line,
        closed: open.is_none(),
        tablets: rows.iter().map(tablet).collect(),
        retired,
        departments: directory.departments.iter().map(|one| pair(&one.code, &one.name)).collect(),
        sites: sites.sites.iter().map(|one| pair(&one.code, &one.name)).collect(),
        shows: KINDS.map(kind).into(),
        department: chosen(&query.department),
        site: chosen(&query.site),
        show: chosen(&query.show),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// What retired tablets sent counts as before, so it can be checked as before.
async fn retired(context: &Context, directory: &Directory) -> PageResult<Vec<(String, String)>> {
    let Context { app, texts, .. } = context;
    let posts = app.store.posts().await?;
    let lines = posts.iter().filter_map(|one| {
        let (at, counter) = (one.retired_at?, directory.counter_of(one.post.counter)?);
        let when = moments::told(at, &app.zone, texts);
        let places = [("counter", &*counter.code), ("name", &*counter.name), ("when", &when)];
        let words = texts.with("records-tablets-retired-one", &places);
        Some((words, context.to(&chain::path(one.id))))
    });
    Ok(lines.collect())
}

/// A tablet in its own words.
fn tablet(context: &Context, row: &TabletRow, directory: &Directory, silent: bool) -> Tablet {
    let Context { app, texts, .. } = context;
    let counter = directory.counter(&row.counter);
    let department = counter.and_then(|one| directory.department_of(one.department));
    let numbers = Numbers::of(texts);
    let mut facts = Vec::new();
    let mut fact =
        |key: &str, words: String, urgent: bool| facts.push(fact(key, words, urgent, texts));
    if let Some(health) = &row.health {
        let pending = health.pending.unsigned_abs();
        fact("pending", numbers.count(pending), pending > 0);
        if let Some(word) = &health.trouble {
            fact("trouble", trouble_words(word, texts), true);
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
