//! The chains of all tablets verified at one go. They may be long, so the work runs beside the requests,
//! one chain after the other and once at a time: pages begin it and tell how far it is. What was found is
//! kept in memory with its moment, until this process ends; only the audit log keeps that it was done.

use super::{Checked, check};
use crate::clock::Clock;
use crate::storage::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// What was found out about a chain, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainResult {
    /// When it was verified, milliseconds since 1970.
    pub at: i64,
    /// What was found; none: its events could not be read.
    pub checked: Option<Checked>,
}

impl ChainResult {
    /// Whether something is wrong with it.
    pub fn is_wrong(&self) -> bool {
        self.checked.as_ref().is_none_or(|checked| checked.breaks_at.is_some())
    }
}

/// How far a verification is that still runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainsProgress {
    /// When it began, milliseconds since 1970.
    pub since: i64,
    /// Chains that it has done.
    pub done: usize,
    /// Chains that there are.
    pub all: usize,
}

/// What is known of all chains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainsState {
    /// The verification that runs.
    pub running: Option<ChainsProgress>,
    /// When the last one that came to its end ended.
    pub ended_at: Option<i64>,
    /// What was found last, by tablet.
    pub results: HashMap<Uuid, ChainResult>,
}

/// What this process knows of all chains.
#[derive(Debug, Default)]
pub struct ChainChecks(Mutex<ChainsState>);

impl ChainChecks {
    fn kept(&self) -> MutexGuard<'_, ChainsState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known now.
    pub fn state(&self) -> ChainsState {
        self.kept().clone()
    }

    /// Keeps what was found out about one chain.
    pub fn put(&self, tablet: Uuid, result: ChainResult) {
        self.kept().results.insert(tablet, result);
    }

    /// Begins a verification of all chains; none where one runs.
    pub fn begin(self: &Arc<Self>, now: i64) -> Option<ChainsRun> {
        let mut kept = self.kept();
        if kept.running.is_some() {
            return None;
        }
        kept.running = Some(ChainsProgress { since: now, ..ChainsProgress::default() });
        Some(ChainsRun { checks: Arc::clone(self) })
    }
}

/// A verification that has begun; it is over when this is dropped.
#[derive(Debug)]
pub struct ChainsRun {
    checks: Arc<ChainChecks>,
}

impl ChainsRun {
    /// Verifies one chain after the other, and tells the audit log what came of it.
    pub async fn run(self, store: &Store, clock: &Clock, actor: &str) -> Result<(), StoreError> {
        let tablets = store.chains().await?;
        let mut wrong = 0_u64;
        for (done, tablet) in tablets.iter().enumerate() {
            if let Some(progress) = &mut self.checks.kept().running {
                (progress.done, progress.all) = (done, tablets.len());
            }
            let checked = match check(store, *tablet).await {
                Ok(None) => continue,
                Ok(checked) => checked,
                Err(error) => {
                    tracing::error!(%tablet, %error, "a chain could not be verified");
                    None
                }
            };
            let result = ChainResult { at: clock.now(), checked };
            wrong += u64::from(result.is_wrong());
            self.checks.put(*tablet, result);
        }
        let what = serde_json::json!({ "chains": tablets.len(), "wrong": wrong }).to_string();
        store.add_audit_line(actor, "verify", "chains", Some(&what), clock.now()).await?;
        self.checks.kept().ended_at = Some(clock.now());
        Ok(())
    }
}

impl Drop for ChainsRun {
    fn drop(&mut self) {
        self.checks.kept().running = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Head;

    #[test]
    fn one_verification_runs_at_a_time_and_one_that_broke_off_is_over() {
        let checks = Arc::new(ChainChecks::default());
        let run = checks.begin(7).unwrap();
        assert_eq!(checks.state().running.unwrap().since, 7);
        assert!(checks.begin(8).is_none(), "somebody pressed twice");
        drop(run);
        assert_eq!(checks.state().running, None);
        assert!(checks.begin(9).is_some());
    }

    #[test]
    fn a_chain_that_breaks_or_can_not_be_read_is_wrong() {
        let result = |breaks_at: Option<u64>| {
            let head = Head::start(Uuid::nil());
            let checked = Checked { counter: "Q01".into(), head, span: None, breaks_at };
            ChainResult { at: 1, checked: Some(checked) }
        };
        assert!(!result(None).is_wrong() && result(Some(3)).is_wrong());
        assert!(ChainResult { at: 1, checked: None }.is_wrong());
    }
}
