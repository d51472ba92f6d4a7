//! How the tablets are: silent ones first, with the sums on top.

use super::chain;
use crate::alerts::{Thresholds, open_for};
use crate::fleet::{Fact, FleetState, TabletWords, is_silent};
use crate::pages::address::given;
use crate::pages::choices::{Choice, Select, choose, entries, sites};
use crate::pages::pagination::{Pager, page_number, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::stats::groups::Dimension;
use crate::stats::slice::Filter;
use crate::storage::rows::Directory;
use crate::storage::tablets::TabletRow;
use reports::numbers::Numbers;

/// Tablets of a page.
const PER_PAGE: usize = 100;

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
    /// From 1.
    page: String,
}

impl TabletsQuery {
    /// The address of a page of the list with these fields.
    fn address(&self, page: usize) -> String {
        let fields = [("department", &self.department), ("site", &self.site), ("show", &self.show)];
        let fields = fields.map(|(name, field)| (name, field.as_deref().unwrap_or_default()));
        let page = if page > 1 { page.to_string() } else { String::new() };
        address::with_fields("/tablets", fields.into_iter().chain([("page", &*page)]))
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
    pager: Pager,
    /// The key of what stands in the place of tablets.
    empty: &'static str,
    /// Tablets that are retired, for who may check chains: what it is called, where its chain is.
    retired: Vec<(String, String)>,
    selects: Vec<Select>,
    /// Pages about all tablets, for who may open them: name, address.
    ways: Vec<(String, String)>,
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

/// `GET /tablets`.
pub(super) async fn show(context: Context, Query(query): Query<TabletsQuery>) -> PageResult {
    let Context { app, viewer, texts, .. } = &context;
    let directory = viewer.scope().narrow(app.store.directory().await?);
    let houses = viewer.scope().narrow_sites(app.store.counter_sites().await?, &directory);
    let offers = entries(Dimension::Departments, &directory, None);
    let (department, departments) = choose(query.department.as_deref(), offers)?;
    let (site, site_choices) = choose(query.site.as_deref(), sites(&houses))?;
    let there = Filter { site, ..Filter::default() }.counters(&houses);
    let show = given(query.show.as_deref()).unwrap_or_default();
    if !show.is_empty() && !KINDS.contains(&show) {
        return Err(PageError::Request);
    }
    // That nothing fits is said only of what somebody chose.
    let is_chosen_from = department.is_some() || site.is_some() || !show.is_empty();
    let words = TabletWords::of(app, texts);
    let open = open_for(&app.store, words.now).await.unwrap_or_default();
    let minutes = Thresholds::silent_after(app).await;
    let state = FleetState::of(&app.store).await?;
    let all = app.store.tablets().await?;
    let verifies = viewer.may(Permission::Verify);
    let retired = if verifies { retired(&context, &directory, words).await? } else { Vec::new() };
    let is_chosen = |row: &&TabletRow| {
        directory.counter(&row.counter).is_some_and(|one| {
            department.is_none_or(|department| department == one.department)
                && there.as_ref().is_none_or(|there| there.contains(&one.id))
        })
    };
    let mut rows: Vec<&TabletRow> = all.iter().filter(is_chosen).collect();
    let silent = |row: &TabletRow| is_silent(row, open, minutes, words.now);
    let pending = |row: &TabletRow| row.health.as_ref().map_or(0, |health| health.pending);
    let trouble = |row: &TabletRow| state.needs_care(row);
    let count = |number: usize| Numbers::of(texts).count(number as u64);
    let sums = [
        ("count", &*count(rows.len())),
        ("silent", &*count(rows.iter().filter(|row| silent(row)).count())),
        ("waiting", &*words.count(rows.iter().map(|row| pending(row)).sum())),
        ("trouble", &*count(rows.iter().filter(|row| trouble(row)).count())),
    ];
    let line = texts.with("records-tablets-line", &sums);
    rows.retain(|row| match show {
        "silent" => silent(row),
        "waiting" => pending(row) > 0,
        "trouble" => trouble(row),
        _ => true,
    });
    // By what seldom changes, so that nothing is left out between two pages.
    rows.sort_by_key(|row| (!silent(row), !trouble(row), row.counter.clone(), row.id));
    let tablet = |row: &TabletRow| {
        let counter = directory.counter(&row.counter);
        let department = counter.and_then(|one| directory.department_of(one.department));
        let contact = row.last_contact_at.map(|at| words.ago(at));
        Tablet {
            counter: counter.map(|one| format!("{} · {}", one.code, one.name)).unwrap_or_default(),
            department: department.map(|one| one.name.clone()).unwrap_or_default(),
            contact: contact.unwrap_or_else(|| texts.get("records-tablet-never")),
            silent: silent(row),
            facts: state.all_facts(row, &all, &directory, words),
            chain: verifies.then(|| context.to(&chain::path(row.id))),
        }
    };
    let (page, pages) = (page_number(&query.page)? as usize, pages_of(rows.len(), PER_PAGE));
    let page = page.min(pages);
    let at = |page: usize| context.to(&query.address(page));
    let shown = rows_of(&rows, page, PER_PAGE);
    let page = TabletsPage {
        layout: context.layout(texts.get("records-tablets"), &query.address(page)),
        line,
        closed: open.is_none(),
        tablets: shown.iter().map(|row| tablet(row)).collect(),
        pager: Pager::of_pages((page, pages), texts, at),
        empty: if is_chosen_from { "records-tablets-none" } else { "records-tablets-none-yet" },
        retired,
        selects: selects(texts, departments, site_choices, show),
        ways: ways(&context),
    };
    Ok(answer(StatusCode::OK, page.render()))
}

/// Pages about all tablets.
fn ways(context: &Context) -> Vec<(String, String)> {
    let pages = [
        ("records-chains", "/tablets/chains", Permission::Verify),
        ("records-quarantine", "/quarantine", Permission::Quarantine),
    ];
    let open = pages.into_iter().filter(|(.., permission)| context.viewer.may(*permission));
    open.map(|(key, path, _)| (context.text(key), context.to(path))).collect()
}

/// What the form offers; of sites only where there are some.
fn selects(texts: &Texts, departments: Vec<Choice>, sites: Vec<Choice>, show: &str) -> Vec<Select> {
    let select = |name, label: &str, all: &str, choices: Vec<Choice>| {
        Select { name, label: texts.get(label), choices }.with_all(texts.get(all))
    };
    let kinds = KINDS.map(|word| Choice {
        value: word.to_owned(),
        name: texts.get(&format!("records-tablets-{word}")),
        chosen: word == show,
    });
    let mut selects =
        vec![select("department", "pages-column-department", "records-all", departments)];
    if !sites.is_empty() {
        selects.push(select("site", "dashboards-site", "dashboards-all-sites", sites));
    }
    selects.push(select("show", "records-state", "records-all", kinds.into()));
    selects
}

/// What retired tablets sent counts as before, so it can be checked as before.
async fn retired(
    context: &Context,
    directory: &Directory,
    words: TabletWords<'_>,
) -> PageResult<Vec<(String, String)>> {
    let posts = context.app.store.posts().await?;
    let lines = posts.iter().filter_map(|one| {
        let (at, counter) = (one.retired_at?, directory.counter_of(one.post.counter)?);
        let when = words.in_sentence(at);
        let places = [("counter", &*counter.code), ("name", &*counter.name), ("when", &when)];
        let sentence = words.texts.with("records-tablets-retired-one", &places);
        Some((sentence, context.to(&chain::path(one.id))))
    });
    Ok(lines.collect())
}
