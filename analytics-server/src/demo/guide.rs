//! What a visitor can do with a running demonstration, and the PINs it needs for that.

use super::DemoError;
use super::counters::{TABLETS, counters};
use super::tablet::code;
use super::wire::reachable;
use crate::pin;
use crate::state::App;
use crate::storage::rows::{Counter, Directory, TabletAssignment};
use std::fmt::Write as _;
use std::net::SocketAddr;

/// The period of the case.
pub(super) const CASE: &str = "2023-9M";

/// A dossier of the case whose result nobody has rated.
const DOSSIER: &str = "H53.02-230914-0027";

/// PIN of the technician and of the free counter's officer. A demonstration keeps no secrets.
const PINS: (&str, &str) = ("246810", "1357");

/// A counter with an officer where no simulated tablet stands.
fn free(directory: &Directory) -> Option<&Counter> {
    let used = counters(directory);
    directory.counters.iter().find(|one| {
        directory.usual_officer(one.id).is_some() && !used.iter().any(|used| used.id == one.id)
    })
}

/// Gives technician and officer their PINs, once: a hash takes a while.
pub(super) async fn give_pins(app: &App) -> Result<(), DemoError> {
    if app.store.technician_pin().await?.is_some() {
        return Ok(());
    }
    let (now, actor) = (app.clock.now(), "demo");
    let directory = app.store.directory().await?;
    let officer = free(&directory).and_then(|counter| directory.usual_officer(counter.id));
    if let Some(officer) = officer {
        app.store.put_pin(officer.id, Some(&pin::hash(PINS.1)?), actor, now).await?;
    }
    Ok(app.store.put_technician_pin(Some(&pin::hash(PINS.0)?), actor, now).await?)
}

/// How a program of ours is started: as this one was, from the sources or from a package.
fn command(program: &str) -> String {
    // Cargo sets it for what it runs.
    let from_sources = std::env::var_os("CARGO").is_some();
    if from_sources { format!("cargo run -p {program} --") } else { program.to_owned() }
}

/// What can be done with a running demonstration, with a fresh code for a tablet window.
pub async fn guide(app: &App, address: SocketAddr) -> Result<String, DemoError> {
    let directory = app.store.directory().await?;
    let here = reachable(address);
    let data = app.data_dir.display();
    let (server, tablet) = (command("analytics-server"), command("tablet-app"));
    let mut text = format!(
        "Sign in with one click, without a password: as the supervisor of a department, or as \
         leader, administrator, officer or auditor:\n  http://{here}/sign-in\n\
         Overview, with new ratings of {TABLETS} simulated tablets every few seconds:\n  \
         http://{here}/\n\
         The nine months of the case:\n  http://{here}/?period={CASE}\n"
    );
    if let Some(counter) = free(&directory) {
        let post =
            TabletAssignment { counter: counter.id, officer: None, stage: None, simulated: true };
        let code = code(app, &post).await?;
        let officer = directory.usual_officer(counter.id).map(|one| one.code.as_str());
        // Writing to a string can not fail.
        let _ = write!(
            text,
            "A tablet's window, at counter {counter} (the code admits one tablet, within two days):\n  \
             {tablet} --server http://{here} --enrol {code} --windowed 1280x800\n\
             The technician's PIN there is {}, and officer {} signs in with {}: a demonstration \
             keeps no secrets.\n\
             Somebody at counter {counter} gets a result and is asked about it:\n  \
             {server} invite --counter {counter} --stage return \
             --dossier {DOSSIER} --data-dir {data}\n",
            PINS.0,
            officer.unwrap_or_default(),
            PINS.1,
            counter = counter.code,
        );
    }
    let _ = write!(
        text,
        "The report, as PDF and pictures:\n  {server} report --period {CASE} \
         --data-dir {data} --out bao-cao --format pdf,png\n\
         All of this data is simulated. Stop with Ctrl-C.\n",
    );
    Ok(text)
}
