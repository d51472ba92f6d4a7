//! Whether a database still holds what was stored in it. Every chain is recomputed from the stored bytes and held
//! against the signatures of its tablet, every event is folded again and compared with its rating row, and digests and counts of the rest
//! (batches of imports, notes, the audit log) are compared with what they cover; saved columns with rows,
//! figures with a plain count. All is read from one snapshot, page by page; nothing is changed.
//!
//! What this can not show: a person who may write to the database can cut off the end of a chain with all that
//! speaks of it, exchange a tablet's key and write its whole chain anew (its own next batch is refused then),
//! and change what no tablet signs, such as names and the audit log.

mod all;
mod chain;
mod compare;
pub mod findings;
pub mod imports;
mod moments;
mod names;
mod tables;
pub mod visits;
mod wording;

pub use all::{ChainChecks, ChainResult, ChainsProgress, ChainsRun, ChainsState, digest_begin};
pub use chain::{Checked, check};

use crate::centre::Centre;
use crate::stats::{ColumnsCheck, ColumnsFault};
use crate::storage::integrity::Integrity;
use crate::storage::snapshot::Snapshot;
use crate::storage::{Store, StoreError};
use findings::{FindingKind, Findings};
use imports::ImportsCheck;
use names::DirectoryIds;
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
                verified.findings.add(FindingKind::Database, fault.as_str());
            }
            verified.integrity = integrity;
        }
        Err(error) => verified.findings.add(FindingKind::Database, error.to_string()),
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
        verified.findings.add(FindingKind::Unreadable, format!("events and visits: {error}"));
    }
    match imports::check_imports(store, &mut verified.findings).await {
        Ok(imports) => verified.imports = imports,
        Err(error) => verified.findings.add(FindingKind::Unreadable, format!("imports: {error}")),
    }
    match tables::check_tables(store, &mut verified.findings).await {
        Ok(rules) => verified.rules = rules,
        Err(error) => verified.findings.add(FindingKind::Unreadable, format!("tables: {error}")),
    }
    if let Err(words) = figures(store, &mut verified).await {
        verified.findings.add(FindingKind::Unreadable, format!("figures: {words}"));
    }
    let held = snapshot.held();
    store.close().await;
    if held { Ok(verified) } else { Err(VerifyError::Disturbed) }
}

async fn chains(store: &Store, verified: &mut Verified) -> Result<(), StoreError> {
    let names = DirectoryIds::of(store).await?;
    for tablet in store.chains().await? {
        let findings = &mut verified.findings;
        match visits::check_tablet(store, tablet, &names, findings).await {
            Ok(Some(check)) => verified.tablets.push((tablet, check)),
            Ok(None) => {}
            Err(error) => {
                findings.add(FindingKind::Unreadable, format!("tablet {tablet}: {error}"));
            }
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

fn tell(findings: &mut Findings, fault: ColumnsFault) {
    match fault {
        ColumnsFault::Columns(words) => findings.add(FindingKind::Columns, words),
        ColumnsFault::Figures(words) => findings.add(FindingKind::Figures, words),
    }
}
