//! The programs as users start them. `tests/run` builds them first.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

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

/// A server as a service manager starts it, ended with the test.
pub struct Serving {
    /// Its process.
    pub child: Child,
    /// Where it answers, such as `http://127.0.0.1:40123`.
    pub address: String,
}

impl Serving {
    /// Starts `analytics-server serve` with what follows; it has said where it answers.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(analytics_server())
            .arg("serve")
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().to_owned() }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
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
    said(Command::new(analytics_server()).args(arguments).output().unwrap())
}

/// Runs `analytics-server` with as many arguments as there are.
pub fn server_with(arguments: &[&str]) -> Said {
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
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        ok: output.status.success(),
    }
}
