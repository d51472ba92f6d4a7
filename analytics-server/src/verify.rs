//! Whether a database says what was told to it. Every chain is computed anew from the bytes as they
//! are stored, every event is folded again and compared with its rating row, and what vouches for
//! the rest (batches of imports, notes, the audit log) is compared with what it vouches for; saved
//! columns with rows, figures with a plain count. Read as of one moment, page by page; nothing is
//! changed.
//!
//! What this can not show: whoever may write to the database can write all of it consistently, chain
//! included, as long as the signatures of batches are not stored.

mod compare;
pub mod findings;
pub mod imports;
mod moments;
mod names;
mod tables;
pub mod visits;

use crate::centre::Centre;
use crate::stats::{ColumnsCheck, Fault};
use crate::storage::chains::StoredChain;
use crate::storage::integrity::Integrity;
use crate::storage::snapshot::Snapshot;
use crate::storage::{Store, StoreError};
use findings::{Findings, Kind};
use imports::ImportsCheck;
use names::Names;
use protocol::Head;
use std::path::Path;
use uuid::Uuid;
use visits::TabletCheck;

/// Everything that was checked.
#[derive(Debug, Default)]
pub struct Verified {
    /// What the database said of itself.
    pub integrity: Integrity,
    /// Tablets, with their chains.
    pub tablets: Vec<(Uuid, TabletCheck)>,
    /// Ratings of files.
    pub imports: ImportsCheck,
    /// Rules between tables.
    pub rules: u64,
    /// Columns and figures.
    pub columns: ColumnsCheck,
    /// What differs.
    pub findings: Findings,
}

/// Why a database could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It can not be opened, or belongs to another version.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody began to use it.
    #[error(
        "the database was opened by a server while it was checked, so it was not one moment; verify again: with a server running that does no harm"
    )]
    Disturbed,
}

/// Checks the database of a data directory or at `address`, and the columns in `columns`.
pub async fn verify(
    data_dir: &Path,
    address: Option<&str>,
    columns: &Path,
) -> Result<Verified, VerifyError> {
    let mut verified = Verified::default();
    // By a connection of its own: a fault ends PostgreSQL's transaction.
    let own = Snapshot::open(data_dir, address).await?;
    match own.store().integrity().await {
        Ok(integrity) => {
            for fault in &integrity.faults {
                verified.findings.add(Kind::Database, fault.as_str());
            }
            verified.integrity = integrity;
        }
        Err(error) => verified.findings.add(Kind::Database, error.to_string()),
    }
    own.store().close().await;
    let (opened, fault) = ColumnsCheck::open(columns);
    verified.columns = opened;
    if let Some(fault) = fault {
        tell(&mut verified.findings, fault);
    }
    let snapshot = Snapshot::open(data_dir, address).await?;
    let store = snapshot.store();
    if let Err(error) = chains(store, &mut verified).await {
        verified.findings.add(Kind::Unreadable, format!("events and visits: {error}"));
    }
    match imports::check_imports(store, &mut verified.findings).await {
        Ok(imports) => verified.imports = imports,
        Err(error) => verified.findings.add(Kind::Unreadable, format!("imports: {error}")),
    }
    match tables::check_tables(store, &mut verified.findings).await {
        Ok(rules) => verified.rules = rules,
        Err(error) => verified.findings.add(Kind::Unreadable, format!("tables: {error}")),
    }
    if let Err(words) = figures(store, &mut verified).await {
        verified.findings.add(Kind::Unreadable, format!("figures: {words}"));
    }
    let held = snapshot.held();
    store.close().await;
    if held { Ok(verified) } else { Err(VerifyError::Disturbed) }
}

async fn chains(store: &Store, verified: &mut Verified) -> Result<(), StoreError> {
    let names = Names::of(store).await?;
    for tablet in store.chains().await? {
        let findings = &mut verified.findings;
        match visits::check_tablet(store, tablet, &names, findings).await {
            Ok(Some(check)) => verified.tablets.push((tablet, check)),
            Ok(None) => {}
            Err(error) => findings.add(Kind::Unreadable, format!("tablet {tablet}: {error}")),
        }
    }
    Ok(())
}

async fn figures(store: &Store, verified: &mut Verified) -> Result<(), String> {
    let centre = Centre::of(store).await.map_err(|error| error.to_string())?;
    let zone = centre.zone().map_err(|error| error.to_string())?;
    let findings = &mut verified.findings;
    let checked = verified.columns.run(store, &zone, &mut |fault| tell(findings, fault)).await;
    checked.map_err(|error| error.to_string())
}

fn tell(findings: &mut Findings, fault: Fault) {
    match fault {
        Fault::Columns(words) => findings.add(Kind::Columns, words),
        Fault::Figures(words) => findings.add(Kind::Figures, words),
    }
}

/// A moment as a report tells it.
fn told_moment(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// A number of events as it is stored.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Events that are held in memory at once.
const PAGE: u32 = 500;

/// What was found out about a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Code of the tablet's counter.
    pub counter: String,
    /// Where the chain ends, as the tablet's row says.
    pub head: Head,
    /// When its first and last event were, milliseconds since 1970; none: there are no events.
    pub span: Option<(i64, i64)>,
    /// Number of the first event that is not as it was taken in, or is missing; none: it holds.
    pub breaks_at: Option<u64>,
}

/// Checks the chain of a tablet; none: there is no such tablet.
pub async fn check(store: &Store, tablet: Uuid) -> Result<Option<Checked>, StoreError> {
    let Some(StoredChain { start, .. }) = store.chain(tablet).await? else { return Ok(None) };
    let mut walked = start;
    loop {
        // The end is read before the events: what comes meanwhile is walked with the next page.
        let Some(chain) = store.chain(tablet).await? else { return Ok(None) };
        let page = store.events_after(tablet, walked.number, PAGE).await?;
        let broken =
            if page.is_empty() { end(walked, chain.head) } else { walk(&mut walked, &page) };
        if page.is_empty() || broken.is_some() {
            let span = store.events_span(tablet).await?;
            let (counter, head) = (chain.counter, chain.head);
            return Ok(Some(Checked { counter, head, span, breaks_at: broken }));
        }
    }
}

/// Goes on over a page of events; the number of the first that does not follow.
fn walk(walked: &mut Head, page: &[(Head, Vec<u8>)]) -> Option<u64> {
    for (stored, bytes) in page {
        let next = walked.extend(bytes);
        if *stored != next {
            return Some(next.number);
        }
        *walked = next;
    }
    None
}

/// Where a chain that was walked to its last event breaks against the end that is known of it.
fn end(walked: Head, known: Head) -> Option<u64> {
    if walked.number == known.number {
        return (walked.digest != known.digest).then_some(known.number);
    }
    // Events are missing, or too many.
    Some(walked.number.min(known.number) + 1)
}
