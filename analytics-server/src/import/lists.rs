//! Lists from files of the command line: the same plan as the page shows, carried out at once.

use super::fields::References;
use super::header::Layout;
use super::lines::ListRow;
use super::options::Options;
use super::outcome::{FileOutcome, Reason};
use super::plan::{Fate, Plan, plan};
use super::progress::Progress;
use super::row::{ReadStep as Read, TableRow};
use super::source::Opened;
use crate::clock;
use crate::storage::portions::Portions;
use crate::storage::register::{Carried, Noun};
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
    layout: &Layout,
    options: &Options,
    outcome: &mut FileOutcome,
    progress: &dyn Progress,
) -> Result<(), StoreError> {
    let texts = locales::texts(options.language);
    let (mut rows, mut row) = (Vec::new(), TableRow::default());
    loop {
        match opened.table.next(&mut row) {
            Ok(Read::End) => break,
            Ok(Read::Row) if row.is_blank() => {}
            Ok(Read::Row) => rows.push(ListRow::of(&row, layout, texts)),
            Ok(Read::Unreadable(lines, reason)) => {
                rows.push(ListRow::refused(lines, &reason, texts));
            }
            Err(fault) => {
                outcome.fault = Some(fault);
                break;
            }
        }
    }
    let mut counted = false;
    for _ in 0..TRIES {
        let (shelf, stored) = (References::of(store).await?, store.entries(noun).await?);
        let plan = plan(noun, &shelf, &stored, &rows, texts);
        if !counted {
            count(&plan, outcome);
            counted = true;
        }
        if carry_out(store, noun, &plan, options.now).await? {
            break;
        }
    }
    progress.advance(opened.read.load(Ordering::Relaxed), outcome.rows);
    Ok(())
}

/// Stores the steps of a plan; whether all of them could be.
async fn carry_out(store: &Store, noun: Noun, plan: &Plan, now: i64) -> Result<bool, StoreError> {
    let (mut left, mut portions) = (plan.steps.as_slice(), Portions::default());
    while !left.is_empty() {
        let (steps, rest) = left.split_at(left.len().min(portions.rows()));
        let begun = clock::started();
        match store.carry_out(noun, steps, ACTOR, now).await? {
            Carried::Done => left = rest,
            Carried::Stale(_) => return Ok(false),
        }
        portions.learn(begun.elapsed());
    }
    Ok(true)
}

fn count(plan: &Plan, outcome: &mut FileOutcome) {
    for row in &plan.rows {
        let number = match &row.fate {
            Fate::New => &mut outcome.new,
            Fate::Changed(_) => &mut outcome.changed,
            Fate::Same => &mut outcome.already_there,
            Fate::Faulty(why) => {
                outcome.refuse((row.line, row.last), Reason::Told(why.clone()));
                continue;
            }
        };
        *number += 1;
        outcome.rows += 1;
    }
}
