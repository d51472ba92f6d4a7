//! A display nobody sees, a real tablet's window on it, and touches on that.

use crate::programs::tablet_app;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that ends with the test.
pub struct Running(pub(crate) Child);

impl Running {
    /// Ends the program at once, as a power cut does.
    pub fn kill(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }

    /// Whether the program has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A screen of 1280x800.
pub struct Display {
    _server: Running,
    name: String,
}

impl Display {
    /// Starts it.
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb: run `bash tests/run`");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { _server: Running(server), name: format!(":{}", number.trim()) }
    }

    /// Opens the window of the tablet in `dir`.
    pub fn tablet(&self, dir: &Path) -> Running {
        Running(self.command(dir).spawn().unwrap())
    }

    /// The same on a machine whose clock stands at this moment, such as `2099-01-01 08:00:00`, and goes
    /// on from there. The clock that never jumps is left alone.
    pub fn tablet_at(&self, dir: &Path, moment: &str) -> Running {
        let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
        assert!(Path::new(library).exists(), "faketime: run `bash tests/run`");
        let mut command = self.command(dir);
        command.env("LD_PRELOAD", library).env("FAKETIME", format!("@{moment}"));
        Running(command.env("DONT_FAKE_MONOTONIC", "1").spawn().unwrap())
    }

    fn command(&self, dir: &Path) -> Command {
        let mut command = Command::new(tablet_app());
        command.args(["--windowed", "1280x800", "--data-dir"]).arg(dir);
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").stderr(Stdio::null());
        command
    }

    /// Touches a point.
    pub fn tap(&self, at: [u32; 2]) {
        self.hand(&["click", "1"], at);
    }

    /// Touches a point many times, so many milliseconds apart.
    pub fn drum(&self, at: [u32; 2], times: u32, apart_ms: u32) {
        let (times, apart) = (times.to_string(), apart_ms.to_string());
        self.hand(&["click", "--repeat", &times, "--delay", &apart, "1"], at);
    }

    /// Holds a finger on a point.
    pub fn hold(&self, at: [u32; 2], lasts: Duration) {
        self.hand(&["mousedown", "1"], at);
        std::thread::sleep(lasts);
        self.hand(&["mouseup", "1"], at);
    }

    fn hand(&self, what: &[&str], [x, y]: [u32; 2]) {
        let status = Command::new("xdotool")
            .args(["mousemove", &x.to_string(), &y.to_string()])
            .args(what)
            .env("DISPLAY", &self.name)
            .status()
            .expect("xdotool: run `bash tests/run`");
        assert!(status.success());
    }
}
