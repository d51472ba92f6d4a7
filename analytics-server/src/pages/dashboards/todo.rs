//! What is to be done: what waits for the reader in their part of the centre, each thing with its number
//! and the way to exactly that list. The overview begins with it, whatever period it shows.

use crate::alerts::{Thresholds, departments_of, open_for};
use crate::checks;
use crate::fleet::is_silent;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::stats::slice::Filter;
use crate::storage::alerts::{AlertFilter, AlertState};
use crate::storage::sites::Sites;
use crate::storage::visit_filter::VisitFilter;
use crate::visits::USUAL_DAYS;
use jiff::ToSpan as _;
use jiff::civil::Date;
use protocol::Level;
use reports::numbers::Numbers;

/// Visits are counted no further than this.
const MOST: u32 = 1_000;

#[derive(Debug)]
pub(in crate::pages) struct Todo {
    /// What waits; nothing where nothing does.
    pub tasks: Vec<Task>,
    /// From which day on visits are looked at.
    pub since: String,
}

/// One thing that waits.
#[derive(Debug)]
pub(in crate::pages) struct Task {
    pub count: String,
    pub text: String,
    /// The list of what was counted.
    pub link: String,
}

/// Visits that somebody has to look at.
struct VisitTask {
    /// As the key of its text ends.
    word: &'static str,
    /// Whose task it is.
    permission: Permission,
    /// Their list, and how it is narrowed.
    list: &'static str,
    narrow: fn(&mut VisitFilter),
}

const VISITS: [VisitTask; 5] = [
    VisitTask {
        word: "low",
        permission: Permission::Handle,
        list: "/records?level=low&state=open",
        narrow: |wanted| {
            wanted.levels = Some((Level::Dissatisfied, Level::VeryDissatisfied));
            wanted.handled = Some(false);
        },
    },
    VisitTask {
        word: "comments",
        permission: Permission::Handle,
        list: "/comments?state=open",
        narrow: |wanted| {
            wanted.commented = true;
            wanted.handled = Some(false);
        },
    },
    VisitTask {
        word: "replies",
        permission: Permission::Records,
        list: "/records?state=unanswered",
        narrow: |wanted| wanted.unanswered = true,
    },
    VisitTask {
        word: "flags",
        permission: Permission::Rule,
        list: "/records?state=unexamined",
        narrow: |wanted| wanted.examined = Some(false),
    },
    VisitTask {
        word: "proposals",
        permission: Permission::Redact,
        list: "/records?state=proposed",
        narrow: |wanted| wanted.proposed = true,
    },
];

impl Todo {
    /// What waits for the reader now.
    pub(super) async fn of(context: &Context) -> PageResult<Self> {
        let Context { app, viewer, texts, .. } = context;
        let last = app.latest_day(&viewer.scope()).await?;
        let from = last.saturating_sub((USUAL_DAYS - 1).days());
        let date = Numbers::of(texts).date(from);
        let since = texts.with("dashboards-todo-since", &[("date", &date)]);
        let mut todo = Self { tasks: Vec::new(), since };
        if viewer.may(Permission::Alerts) {
            todo.put(context, "alerts", new_alerts(context).await?, "/alerts?state=open");
        }
        let visits = visits_since(context, from);
        for task in VISITS.iter().filter(|task| viewer.may(task.permission)) {
            let mut wanted = visits.clone();
            (task.narrow)(&mut wanted);
            let count = app.store.count_records(&wanted, MOST + 1).await?;
            todo.put(context, task.word, count, &format!("{}&from={from}", task.list));
        }
        if viewer.may(Permission::Quarantine) {
            todo.put(context, "quarantine", app.store.quarantined().await?, "/quarantine");
        }
        if viewer.may(Permission::Fleet) {
            let silent = silent_tablets(context).await?;
            todo.put(context, "tablets", silent, "/tablets?show=silent");
        }
        if viewer.may(Permission::Administer) {
            // What can not be looked at needs somebody, too.
            let waiting = checks::waiting(app).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the state of the system could not be looked at");
                1
            });
            todo.put(context, "status", waiting, "/admin/status");
        }
        Ok(todo)
    }

    /// Adds a task where something waits.
    fn put(&mut self, context: &Context, word: &str, count: u64, list: &str) {
        if count == 0 {
            return;
        }
        let most = u64::from(MOST);
        let more = if count > most { "+" } else { "" };
        let count = format!("{}{more}", Numbers::of(context.texts).count(count.min(most)));
        let text = context.texts.with(&format!("dashboards-todo-{word}"), &[("count", &count)]);
        self.tasks.push(Task { count, text, link: context.to(list) });
    }
}

/// How many alerts nobody has taken on.
async fn new_alerts(context: &Context) -> PageResult<u64> {
    let filter = AlertFilter {
        departments: departments_of(&context.viewer.scope()),
        state: Some(AlertState::Open),
        ..AlertFilter::default()
    };
    // Only how many there are is wanted.
    let (_, count) = context.app.store.alerts(&filter, 0, 0).await?;
    Ok(count)
}

/// The visits of the reader's part of the centre from a day on.
fn visits_since(context: &Context, from: Date) -> VisitFilter {
    let app = &context.app;
    let first = Span::Days(from, from).under(app.centre().policy);
    let own = Filter::default().within(&context.viewer.scope());
    // No site is chosen, so none needs to be known.
    VisitFilter { until: None, ..own.visits(&Sites::default(), app.moments(&first)) }
}

/// How many tablets are out of contact, as their page tells it; none while the centre is closed.
async fn silent_tablets(context: &Context) -> PageResult<u64> {
    let (app, now) = (&context.app, context.now());
    let open = open_for(&app.store, now).await.unwrap_or_default();
    if open.is_none() {
        return Ok(0);
    }
    let minutes = Thresholds::silent_after(app).await;
    let directory = context.viewer.scope().narrow(app.store.directory().await?);
    let tablets = app.store.tablets().await?;
    let own = tablets.iter().filter(|row| directory.counter(&row.counter).is_some());
    Ok(own.filter(|row| is_silent(row, open, minutes, now)).count() as u64)
}
