//! The machine: its disk, its clock, the way to its mail server.

use super::finding::{Finding, bytes};
use crate::config::MailSettings;
use crate::disk::{free_space, has_room};
use crate::storage::FILE;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tokio::time::timeout;

/// With less there is no room for a small database's backup beside the work of a day.
const LITTLE_FREE: i64 = 1024 * 1024 * 1024;
/// The status waits at most this long for the mail server.
const PATIENCE: Duration = Duration::from_secs(4);

/// The room on the disk, and who may read what lies there.
pub(super) fn disk(dir: &Path, database_bytes: Option<i64>) -> Vec<Finding> {
    let place = ("place", dir.display().to_string());
    let mut found = Vec::new();
    if let Some(free) = free_space(dir) {
        let free = i64::try_from(free).unwrap_or(i64::MAX);
        let size = database_bytes.unwrap_or(0);
        let places = [place, ("free", bytes(free)), ("size", bytes(size))];
        found.push(match has_room(dir) {
            Err(_) => Finding::fault("disk", "full", places),
            Ok(()) if free < size.max(LITTLE_FREE) => Finding::warning("disk", "little", places),
            Ok(()) => Finding::good("disk", "good", places),
        });
    }
    // Other users who may enter the directory could read a world-readable file in it.
    for (path, want) in [(dir.to_owned(), 0o700), (dir.join(FILE), 0o600)] {
        let Ok(file) = path.metadata() else { continue };
        let mode = file.permissions().mode() & 0o777;
        if mode & 0o007 != 0 {
            let place = ("place", path.display().to_string());
            let places = [place, ("mode", format!("{mode:o}")), ("want", format!("{want:o}"))];
            found.push(Finding::warning("disk", "open", places));
        }
        if mode & 0o005 == 0 {
            break;
        }
    }
    found
}

/// Whether the clock is set by the network, according to systemd.
pub(super) async fn clock() -> Finding {
    let asked = tokio::task::spawn_blocking(|| {
        Command::new("timedatectl").args(["show", "--property=NTPSynchronized", "--value"]).output()
    });
    let told = match timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(told))) if told.status.success() => told.stdout,
        _ => Vec::new(),
    };
    match String::from_utf8_lossy(&told).trim() {
        "yes" => Finding::good("clock", "good", []),
        "no" => Finding::warning("clock", "alone", []),
        _ => Finding::hint("clock", "untold", []),
    }
}

/// Whether the mail server lets us in.
pub(super) async fn mail(settings: Option<&MailSettings>) -> Finding {
    let Some(settings) = settings else { return Finding::hint("mail", "none", []) };
    let server = ("server", settings.server.clone());
    match timeout(PATIENCE, settings.connects()).await {
        Ok(Ok(())) => Finding::good("mail", "good", [server]),
        Ok(Err(error)) => Finding::fault("mail", "fault", [server, ("why", error.to_string())]),
        Err(_) => Finding::fault("mail", "silent", [server]),
    }
}
