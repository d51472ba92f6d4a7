//! A server as a process of its own, and what it costs: processor time and memory from `/proc`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Ticks of `/proc/<pid>/stat` in a second: the same on every Linux that we know.
const TICKS: f64 = 100.0;

/// A running server; it is stopped when this is dropped.
pub struct ServerProcess {
    /// Its address, such as `http://127.0.0.1:34567`.
    pub url: String,
    child: Child,
}

impl ServerProcess {
    /// Starts the program that lies beside this one at a free port of the loopback address.
    pub fn start(data_dir: &Path, database: Option<&str>) -> Self {
        let program = program();
        let mut command = Command::new(&program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(data_dir);
        if let Some(address) = database {
            command.args(["--database", address]);
        }
        let command = command.env("RUST_LOG", "warn").stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "the server said {url}");
        Self { url, child }
    }

    /// Processor time so far.
    pub fn processor(&self) -> Duration {
        let stat = self.proc("stat");
        // The program's name stands in parentheses and may hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks: f64 = fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum();
        Duration::from_secs_f64(ticks / TICKS)
    }

    /// Memory that it has now, in MiB.
    pub fn memory_mib(&self) -> u64 {
        self.status("VmRSS")
    }

    /// The most memory that it ever had, in MiB.
    pub fn peak_mib(&self) -> u64 {
        self.status("VmHWM")
    }

    fn status(&self, name: &str) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server's program of the same build.
fn program() -> PathBuf {
    let program = std::env::current_exe().unwrap().with_file_name("analytics-server");
    assert!(program.exists(), "{} is not built", program.display());
    program
}

/// A time as tables write it.
pub fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

/// The value that `part` (0 to 1) of all values do not exceed.
pub fn percentile(sorted: &[Duration], part: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let place = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}
