//! Whether somebody administers the centre, and how well their accounts are locked.

use super::finding::{Finding, first_names};
use crate::storage::users::Role;
use crate::storage::{Store, StoreError};

/// What there is to say of those who administer.
pub(super) async fn findings(store: &Store) -> Result<Vec<Finding>, StoreError> {
    let users = store.users().await?;
    let administrators =
        users.iter().filter(|one| one.role == Role::Administrator && one.retired_at.is_none());
    let (in_charge, waiting): (Vec<_>, Vec<_>) = administrators.partition(|one| one.has_password);
    if in_charge.is_empty() {
        let names: Vec<_> = waiting.iter().map(|one| one.name.clone()).collect();
        return Ok(vec![if names.is_empty() {
            Finding::fault("accounts", "none", [])
        } else {
            Finding::fault("accounts", "link", [("names", first_names(names))])
        }]);
    }
    let open = in_charge.iter().filter(|one| !one.has_second_factor);
    let open: Vec<_> = open.map(|one| one.name.clone()).collect();
    let count = |number: usize| ("count", number.to_string());
    Ok(vec![if open.is_empty() {
        Finding::good("accounts", "good", [count(in_charge.len())])
    } else {
        Finding::warning("accounts", "factor", [count(open.len()), ("names", first_names(open))])
    }])
}
