//! The programs as users start them. `tests/run` builds them first.

use crate::secrets;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use tempfile::NamedTempFile;

/// A program beside the running test's own.
fn program(name: &str) -> PathBuf {
    // …/debug/deps/this-test → …/debug/name
    let test = std::env::current_exe().unwrap();
    let path = test.parent().unwrap().parent().unwrap().join(name);
    assert!(path.exists(), "{} is not built: run `bash tests/run`", path.display());
    path
}

/// The tablet.
pub fn tablet_app() -> PathBuf {
    program("tablet-app")
}

/// The server.
pub fn analytics_server() -> PathBuf {
    program("analytics-server")
}

/// A server as a service manager starts it, ended with the test. No secret that passed through the
/// tests' support stands in its log.
pub struct Serving {
    /// Its process.
    pub child: Child,
    /// Where it answers, such as `http://127.0.0.1:40123`.
    pub address: String,
    log: NamedTempFile,
}

impl Serving {
    /// Starts `analytics-server serve` with what follows; it has said where it answers.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        arguments.iter().chain(environment.iter().map(|(_, value)| value)).for_each(|said| {
            secrets::keep_all_of(said);
        });
        Self::run(Command::new(analytics_server()).arg("serve").args(arguments), environment)
    }

    /// Starts the demonstration in a directory of its own, at a free port.
    pub fn demo(data: &Path) -> Self {
        let mut demo = Command::new(analytics_server());
        let mut this =
            Self::run(demo.args(["demo", "--listen", "127.0.0.1:0", "--data-dir"]).arg(data), &[]);
        this.address = this.address.trim_end_matches("/sign-in").to_owned();
        this
    }

    /// The first address that a program prints is where it answers.
    fn run(program: &mut Command, environment: &[(&str, &str)]) -> Self {
        let log = NamedTempFile::new().unwrap();
        let mut child = program
            .envs(environment.iter().copied())
            // Its colours would stand between the words of a line.
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(log.reopen().unwrap())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address =
            lines.map(|line| line.trim().to_owned()).find(|line| line.starts_with("http"));
        Self { child, address: address.unwrap_or_default(), log }
    }

    /// What it logged up to now.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        let told = secrets::lines_with_secrets(&self.log());
        // A test that failed already tells its own reason.
        if !std::thread::panicking() {
            assert!(told.is_empty(), "a secret stands in the log of a server: {told:#?}");
        }
    }
}

/// What a run of a program said.
pub struct Said {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// Whether it succeeded.
    pub ok: bool,
}

/// Runs `analytics-server` to its end.
pub fn server<const N: usize>(arguments: [&str; N]) -> Said {
    server_with(&arguments)
}

/// Runs `analytics-server` with as many arguments as there are.
pub fn server_with(arguments: &[&str]) -> Said {
    secrets::keep_all_of(&arguments.join(" "));
    said(Command::new(analytics_server()).args(arguments).output().unwrap())
}

/// Runs `tablet-app` to its end.
pub fn tablet<const N: usize>(arguments: [&str; N]) -> Said {
    said(Command::new(tablet_app()).args(arguments).output().unwrap())
}

/// Runs `tablet-app` with as many arguments as there are.
pub fn tablet_with(arguments: &[&str]) -> Said {
    said(Command::new(tablet_app()).args(arguments).output().unwrap())
}

fn said(output: Output) -> Said {
    let out = String::from_utf8(output.stdout).unwrap();
    secrets::keep_all_of(&out);
    Said { out, err: String::from_utf8(output.stderr).unwrap(), ok: output.status.success() }
}
