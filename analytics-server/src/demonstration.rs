//! What pages and commands know of a demonstration: whether a store is one, and who may sign in to it with
//! one click. How it is made is in `demo`.

use crate::storage::users::Role;
use crate::storage::{Store, StoreError};

/// The setting that says that a store is a demonstration's.
pub const MARK: &str = "demo";

/// Role, user name and placeholder of each person, in the order in which a visitor is offered them: who
/// supervises a department sees what this program is for.
pub const PEOPLE: [(Role, &str, &str); 5] = [
    (Role::Supervisor, "phu-trach", "Nguyễn Văn A"),
    (Role::Leader, "lanh-dao", "Trần Thị B"),
    (Role::Administrator, "quan-tri", "Lê Văn C"),
    (Role::Officer, "cong-chuc", "Phạm Thị D"),
    (Role::Auditor, "kiem-tra", "Hoàng Văn E"),
];

/// Whether a store is a demonstration's: everything given there is simulated.
pub async fn is_demo(store: &Store) -> Result<bool, StoreError> {
    Ok(store.setting(MARK).await?.is_some())
}
