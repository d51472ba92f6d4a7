//! Which alerts a person may see.

use crate::scope::Scope;
use crate::state::App;
use crate::storage::StoreError;

/// The departments by which lists of alerts are narrowed; none: everything is seen.
pub fn departments_of(scope: &Scope) -> Option<Vec<i64>> {
    match scope {
        Scope::All => None,
        Scope::Departments(own) => Some(own.iter().copied().collect()),
        Scope::Officer(_) => Some(Vec::new()),
    }
}

/// How many alerts of a scope are not closed.
pub async fn open_alerts(app: &App, scope: &Scope) -> Result<u64, StoreError> {
    app.store.open_alerts(departments_of(scope).as_deref()).await
}
