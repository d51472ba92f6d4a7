//! Lists from files of the command line: the same plan as the page shows, carried out at once.

use super::fields::References;
use super::header::TableLayout;
use super::lines::take;
use super::options::Options;
use super::outcome::{FileOutcome, Reason};
use super::plan::{Plan, RowOutcome, plan};
use super::progress::Progress;
use super::source::Opened;
use crate::clock;
use crate::storage::portions::Portions;
use crate::storage::register::{EntryChange, Noun, RegisterOutcome};
use crate::storage::{Store, StoreError};
use std::sync::atomic::Ordering;

/// Who the audit log names.
const ACTOR: &str = "import";
/// How often a plan is made anew because somebody changed the list meanwhile.
const TRIES: usize = 5;

/// Reads a list to its end and stores what is new or changed.
pub(super) async fn take_in(
    store: &Store,
    noun: Noun,
    mut opened: Opened<'_>,
    layout: &TableLayout,
    options: &Options,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    let texts = locales::texts(options.language);
    let mut rows = Vec::new();
    if let Err(fault) = take(&mut opened, layout, usize::MAX, texts, &mut rows) {
        outcome.fault = Some(fault);
    }
    let mut counted = false;
    for _ in 0..TRIES {
        let (references, stored) = (References::of(store).await?, store.entries(noun).await?);
        let plan = plan(noun, &references, &stored, &rows, texts);
        if !counted {
            count(&plan, outcome);
            counted = true;
        }
        if carry_out(store, noun, &plan.work, options.now).await? {
            break;
        }
    }
    progress.advance(opened.read.load(Ordering::Relaxed), outcome.rows);
    Ok(())
}

/// Stores the steps of a plan; whether all of them could be.
async fn carry_out(
    store: &Store,
    noun: Noun,
    mut left: &[EntryChange],
    now: i64,
) -> Result<bool, StoreError> {
    let mut portions = Portions::default();
    while !left.is_empty() {
        let (steps, rest) = left.split_at(left.len().min(portions.rows()));
        let begun = clock::started();
        match store.carry_out(noun, steps, ACTOR, now).await? {
            RegisterOutcome::Done => left = rest,
            RegisterOutcome::Stale(_) => return Ok(false),
        }
        portions.learn(begun.elapsed());
    }
    Ok(true)
}

fn count<W>(plan: &Plan<W>, outcome: &mut FileOutcome) {
    for row in &plan.rows {
        let number = match &row.outcome {
            RowOutcome::New => &mut outcome.new,
            RowOutcome::Changed(_) => &mut outcome.changed,
            RowOutcome::Same => &mut outcome.already_there,
            RowOutcome::Faulty(why) => {
                outcome.refuse((row.line, row.last), Reason::Sentence(why.clone()));
                continue;
            }
        };
        *number += 1;
        outcome.rows += 1;
    }
}
