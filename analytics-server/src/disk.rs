//! The room on the disk where the data lies.

use std::path::Path;

/// With less free space, in bytes, something that is written soon finds none.
const LEAST_FREE: u64 = 16 * 1024 * 1024;

/// Free bytes where a directory lies; none: unknown.
pub fn free_space(dir: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(dir).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}

/// Whether there is room for what is written next, or in words why not. A system that does not tell
/// says nothing against it.
pub fn has_room(dir: &Path) -> Result<(), String> {
    match free_space(dir) {
        Some(free) if free < LEAST_FREE => {
            Err(format!("only {} KiB are free in {}; make room", free / 1024, dir.display()))
        }
        _ => Ok(()),
    }
}
