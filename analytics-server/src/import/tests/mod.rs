//! Imports into a real store: the good files, and every kind of bad one, each with the sentence
//! that a person gets.
#![allow(clippy::unwrap_used)]

mod bad;
mod codes;
mod good;
mod lists;
mod moments;
mod mutations;
mod one_stop;
mod questions;
mod wording;
mod workbooks;

use super::*;
use crate::storage::{Birth, Store};

use jiff::civil::date;
use jiff::tz::TimeZone;
use protocol::Scale;
use std::io::Write as _;
use tempfile::TempDir;

const DEPARTMENTS: &str = "Mã,Tên cơ quan,Đầu số thứ tự\r\nSKHDT,Sở Kế hoạch và Đầu tư,A\r\n";
const COUNTERS: &str = "Mã,Tên quầy,Mã cơ quan\r\nQ01,Quầy số 01,SKHDT\r\n";
const OFFICERS: &str =
    "Mã,Họ và tên,Chức danh,Mã cơ quan,Mã quầy\r\nCC001,Nguyễn Văn A,Chuyên viên,SKHDT,Q01\r\n";
const HEADER: &str = "Thời điểm,Quầy,Mã công chức,Mã hồ sơ,Khâu,Mức độ,Lý do\r\n";

/// A store of its own with one department, one counter and one officer.
async fn store() -> (TempDir, Store) {
    let (dir, store) = empty_store().await;
    let files = [("a.csv", DEPARTMENTS), ("b.csv", COUNTERS), ("c.csv", OFFICERS)];
    for outcome in feed(&store, &files.map(|(name, text)| (name, text.as_bytes()))).await {
        assert!(outcome.is_whole(), "{}", told(&outcome));
    }
    (dir, store)
}

async fn empty_store() -> (TempDir, Store) {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: uuid::Uuid::nil(), secret: [0; 32], now: 0 };
    let store = Store::open(dir.path(), None, &birth).await.unwrap();
    (dir, store)
}

fn options() -> Options {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let now = date(2023, 12, 1).at(12, 0, 0, 0).to_zoned(zone.clone()).unwrap();
    Options::new(zone, now.timestamp().as_millisecond())
}

async fn feed(store: &Store, files: &[(&str, &[u8])]) -> Vec<FileOutcome> {
    import_bytes(store, files, &options(), &Silent).await.unwrap()
}

/// The outcome of one file, whose rows are always all accounted for.
async fn feed_one(store: &Store, bytes: &[u8]) -> FileOutcome {
    let outcome = feed(store, &[("danh-gia.csv", bytes)]).await.remove(0);
    let counted = outcome.stored() + outcome.already_there + outcome.refused;
    assert_eq!(outcome.rows, counted, "{}", told(&outcome));
    outcome
}

/// Ratings with the usual header.
async fn feed_rows(store: &Store, rows: &str) -> FileOutcome {
    feed_one(store, format!("{HEADER}{rows}").as_bytes()).await
}

/// Stored, already there, refused.
fn counts(outcome: &FileOutcome) -> (u64, u64, u64) {
    (outcome.stored(), outcome.already_there, outcome.refused)
}

/// What the command line says.
fn told(outcome: &FileOutcome) -> String {
    outcome.tell(locales::texts("en"))
}

/// Level and moment of all ratings, in the order of their moments.
async fn ratings(store: &Store) -> Vec<(i64, u8)> {
    let rows = store.changes_after(0, 100_000).await.unwrap();
    let mut all: Vec<_> = rows.iter().map(|row| (row.asked_at, row.level)).collect();
    all.sort_unstable();
    all
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
