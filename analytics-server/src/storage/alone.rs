//! One server on a SQLite database. Two would not tell each other what changed: an open dashboard would
//! stand still, an invitation would wait for the tablet's next question.

use super::StoreError;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Locked as long as a server works. Commands may work beside it.
const LOCK: &str = "hai-long-server.lock";

/// Takes the place of the only server in a data directory, as long as what is returned lives; none
/// where the data lies at the `address` of a PostgreSQL, which any number of servers share.
pub fn only_server(data_dir: &Path, address: Option<&str>) -> Result<Option<File>, StoreError> {
    if address.is_some() {
        return Ok(None);
    }
    let failed = |cause| StoreError::DataDir { path: data_dir.into(), cause };
    let lock = File::create(data_dir.join(LOCK)).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Served(data_dir.into())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}
