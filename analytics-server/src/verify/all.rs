//! The chains of all tablets verified at one go. They may be long, so the work runs beside the requests,
//! one chain after the other and once at a time: pages begin it and tell how far it is. What was found is
//! kept in memory with its moment, until this process ends; the audit log keeps for each chain up to which
//! record it was verified, and what came of it.

use super::{Checked, check};
use crate::clock::Clock;
use crate::storage::{Store, StoreError};
use protocol::Head;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Signs of a digest by which people compare it; all of them stand on the page of the tablet.
const SIGNS: usize = 16;

/// The first signs of the digest at the end of a chain.
pub fn digest_begin(head: Head) -> String {
    head.digest.to_string().chars().take(SIGNS).collect()
}

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

    /// What the audit log keeps of it: up to which record it was verified, or from which one on it is not
    /// what the tablet sent.
    pub fn proof(&self) -> Value {
        let Some(Checked { head, breaks_at, .. }) = &self.checked else {
            return json!({ "chain_unreadable": true, "chain_whole": false });
        };
        match breaks_at {
            Some(number) => json!({ "chain_breaks": number, "chain_whole": false }),
            None => json!({
                "chain_end": head.number,
                "chain_end_digest": digest_begin(*head),
                "chain_whole": true,
            }),
        }
    }

    /// Writes it into the audit log.
    pub async fn write_down(
        &self,
        store: &Store,
        tablet: Uuid,
        actor: &str,
    ) -> Result<(), StoreError> {
        let subject = format!("tablet {tablet}");
        let proof = self.proof().to_string();
        store.add_audit_line(actor, "verify", &subject, Some(&proof), self.at).await
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
    /// Verifies one chain after the other, and tells the audit log that it begins, what came of each chain,
    /// and what of all.
    pub async fn run(self, store: &Store, clock: &Clock, actor: &str) -> Result<(), StoreError> {
        let tablets = store.chains().await?;
        let what = json!({ "chains": tablets.len() }).to_string();
        let now = clock.now();
        store.add_audit_line(actor, "begin verification", "chains", Some(&what), now).await?;
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
            let written = result.write_down(store, *tablet, actor).await;
            self.checks.put(*tablet, result);
            // The other chains are verified all the same.
            if let Err(error) = written {
                tracing::error!(%tablet, %error, "what was verified could not be written down");
            }
        }
        let what = json!({ "chains": tablets.len(), "wrong": wrong }).to_string();
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
            let checked = Checked {
                counter: "Q01".into(),
                head,
                signed_to: 0,
                unsigned: 0,
                span: None,
                breaks_at,
            };
            ChainResult { at: 1, checked: Some(checked) }
        };
        assert!(!result(None).is_wrong() && result(Some(3)).is_wrong());
        let unread = ChainResult { at: 1, checked: None };
        assert!(unread.is_wrong());
        // What each leaves in the audit log.
        let whole = result(None).proof();
        assert_eq!((&whole["chain_end"], &whole["chain_whole"]), (&json!(0), &json!(true)));
        assert_eq!(whole["chain_end_digest"].as_str().map(str::len), Some(SIGNS));
        let broken = json!({ "chain_breaks": 3, "chain_whole": false });
        assert_eq!(result(Some(3)).proof(), broken);
        assert_eq!(unread.proof()["chain_unreadable"], json!(true));
    }
}
