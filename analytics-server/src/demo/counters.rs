//! Where the simulated tablets of the demonstration stand.

use crate::storage::rows::{Counter, Directory};

/// How many tablets are simulated.
pub(super) const TABLETS: usize = 4;

/// Where the simulated tablets stand: counters with an officer, spread over the centre.
pub(super) fn counters(directory: &Directory) -> Vec<&Counter> {
    let staffed: Vec<_> = directory
        .counters
        .iter()
        .filter(|counter| directory.usual_officer(counter.id).is_some())
        .collect();
    let step = (staffed.len() / TABLETS).max(1);
    staffed.into_iter().step_by(step).take(TABLETS).collect()
}
