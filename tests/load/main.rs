//! Measures what open dashboards cost a server, and how long pages take. Nothing here is asserted:
//! it prints tables for a person to read.
//!
//! ```text
//! cargo run [--release] -p whole-system-tests --bin load -- [OPTIONS]
//!   --dashboards N    open dashboards (200); half see the centre, half one department each
//!   --per-second N    ratings that arrive each second through the API (5)
//!   --seconds N       for how long (60)
//!   --ratings N       ratings there are before, over the last two years (20000)
//!   --officers N      officers of the centre (100)
//!   --keep DIR        make those ratings in DIR, and the next time find them there
//!   --no-figures      the dashboards listen only; otherwise each fetches its figures again as
//!                     live.js does
//!   --pages N         walk through the pages from the overview, ask each for N times more, and do
//!                     nothing else
//!   --heal N          restore a server from a backup while N idle tablets run, and tell how long it
//!                     takes until it has everything again; nothing else
//! ```
//!
//! It builds nothing: `cargo build --bins` (with the same profile) comes before. The server is the
//! program beside this one, on a directory that is deleted afterwards, at a free port of the loopback
//! address. Processor time is the server's own, from `/proc/<pid>/stat`.
#![allow(clippy::unwrap_used, reason = "a measurement that can not go on ends")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

mod dashboards;
mod heal;
mod house;
mod pages;

use house::House;
use std::path::PathBuf;
use whole_system_tests::million;

/// What is measured.
struct Wish {
    dashboards: usize,
    per_second: u32,
    seconds: u64,
    ratings: u64,
    officers: usize,
    figures: bool,
    pages: Option<usize>,
    heal: Option<usize>,
    keep: Option<PathBuf>,
}

impl Wish {
    fn read() -> Self {
        let mut wish = Self {
            dashboards: 200,
            per_second: 5,
            seconds: 60,
            ratings: 20_000,
            officers: million::OFFICERS,
            figures: true,
            pages: None,
            heal: None,
            keep: None,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            if word == "--keep" {
                wish.keep = Some(words.next().expect("--keep needs a directory").into());
                continue;
            }
            let mut number = || -> u64 {
                let given = words.next().and_then(|given| given.parse().ok());
                given.unwrap_or_else(|| panic!("{word} needs a number"))
            };
            match word.as_str() {
                // A process serves 500 at most.
                "--dashboards" => wish.dashboards = number().min(500).try_into().unwrap(),
                "--per-second" => wish.per_second = number().clamp(1, 100).try_into().unwrap(),
                "--seconds" => wish.seconds = number().clamp(1, 3_600),
                "--ratings" => wish.ratings = number().clamp(1, 100_000_000),
                "--officers" => wish.officers = number().clamp(5, 50_000).try_into().unwrap(),
                "--pages" => wish.pages = Some(number().clamp(1, 10_000).try_into().unwrap()),
                "--heal" => wish.heal = Some(number().clamp(1, 500).try_into().unwrap()),
                "--no-figures" => wish.figures = false,
                other => {
                    panic!("{other} is no option; they stand in the head of tests/load/main.rs")
                }
            }
        }
        wish
    }
}

#[tokio::main]
async fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let wish = Wish::read();
    if let Some(tablets) = wish.heal {
        heal::measure(tablets).await;
        return;
    }
    println!("preparing {} ratings…", wish.ratings);
    let house =
        House::open((wish.ratings, wish.officers), wish.dashboards, wish.keep.as_deref()).await;
    println!(
        "{} server, {} MiB in memory",
        if cfg!(debug_assertions) { "dev" } else { "release" },
        house.server.memory_mib()
    );
    match wish.pages {
        Some(times) => pages::measure(&house, times).await,
        None => dashboards::measure(&house, &wish).await,
    }
}
