//! The officer that a person is.

use crate::pages::prelude::*;
use crate::storage::rows::{Counter, Directory, Officer};

/// The officer that the viewer is; an account that names nobody has no such page.
pub(super) fn own_officer(context: &Context, directory: &Directory) -> PageResult<Officer> {
    let officer = context.viewer.user.officer.and_then(|id| directory.officer_of(id));
    officer.cloned().ok_or(PageError::Unbound)
}

/// Where an officer may ask: the counters of their department, and where they usually sit.
pub(super) fn counters<'a>(
    officer: &'a Officer,
    directory: &'a Directory,
) -> impl Iterator<Item = &'a Counter> {
    directory
        .counters
        .iter()
        .filter(|one| one.department == officer.department || Some(one.id) == officer.counter)
}
