//! Measures how fast a server takes what tablets bring: many tablets with chains and keys of their own
//! send what they recorded by the real protocol, while one more sends each tap at once. Nothing here is
//! asserted but one thing: in the end the server has exactly what it acknowledged.
//!
//! ```text
//! cargo run [--release] -p whole-system-tests --bin fleet -- [OPTIONS]
//!   --tablets N        tablets with something to bring (1000)
//!   --ratings N        ratings of each, two events a rating (100)
//!   --batch N          events of a batch (200)
//!   --at-once N        batches on their way at one time (64)
//!   --officers N       officers of the centre (100); each tenth is a counter too
//!   --loss PERCENT     answers that get lost, so that the batch is sent again (0)
//!   --live-ms N        how often the tablet beside them sends a tap (100)
//!   --seed N           another run of the same kind (1)
//!   --database ADDRESS PostgreSQL, empty, instead of SQLite in a directory of its own
//!   --server URL       a server that runs already, at the database above or at --data-dir
//!   --data-dir DIR     the data of that server
//! ```
//!
//! It builds nothing: `cargo build --bins` (with the same profile) comes before. Without `--server` it
//! starts the program beside this one. Everything that is sent is made before the clock starts.
#![allow(clippy::unwrap_used, reason = "a measurement that can not go on ends")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

mod centre;
mod run;

use std::path::PathBuf;

/// What is measured.
#[derive(Clone, Debug)]
pub struct Options {
    tablets: usize,
    ratings: usize,
    batch: usize,
    at_once: usize,
    officers: usize,
    /// Of a hundred answers.
    loss: u64,
    live_ms: u64,
    seed: u64,
    database: Option<String>,
    server: Option<String>,
    data_dir: Option<PathBuf>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            tablets: 1_000,
            ratings: 100,
            batch: 200,
            at_once: 64,
            officers: 100,
            loss: 0,
            live_ms: 100,
            seed: 1,
            database: None,
            server: None,
            data_dir: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_else(|| panic!("{word} needs a value"));
            let number = || -> u64 {
                value.parse().unwrap_or_else(|_| panic!("{word} needs a number, not {value}"))
            };
            let count =
                |least: u64, most: u64| usize::try_from(number().clamp(least, most)).unwrap();
            match word.as_str() {
                "--tablets" => options.tablets = count(1, 20_000),
                "--ratings" => options.ratings = count(1, 100_000),
                "--batch" => options.batch = count(1, 500),
                "--at-once" => options.at_once = count(1, 1_000),
                "--officers" => options.officers = count(1, 50_000),
                "--loss" => options.loss = number().min(90),
                "--live-ms" => options.live_ms = number().clamp(1, 60_000),
                "--seed" => options.seed = number(),
                "--database" => options.database = Some(value),
                "--server" => options.server = Some(value),
                "--data-dir" => options.data_dir = Some(value.into()),
                _ => panic!("{word} is no option; they stand in the head of tests/fleet/main.rs"),
            }
        }
        options
    }
}

#[tokio::main]
async fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = Options::read();
    println!(
        "{} build: {} tablets with {} ratings each, batches of {}, {} at once, {} officers",
        if cfg!(debug_assertions) { "dev" } else { "release" },
        options.tablets,
        options.ratings,
        options.batch,
        options.at_once,
        options.officers
    );
    let centre = centre::Centre::open(&options).await;
    run::measure(&centre, &options).await;
}
