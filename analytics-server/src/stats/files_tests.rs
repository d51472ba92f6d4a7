//! What becomes of saved columns that were touched, and of two processes on one directory.

use super::*;
use crate::stats::columns::MonthColumns;
use crate::stats::month::Month;
use crate::storage::rows::RatingRow;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use tempfile::TempDir;
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
/// 2023-09-01 00:00 UTC.
const BEGIN: i64 = 1_693_526_400_000;

fn owner(seed: u128) -> ColumnsOwner {
    ColumnsOwner { database: Uuid::from_u128(seed), time_zone: "UTC".into() }
}

/// Three months with everything that a row can say.
fn columns() -> RatingColumns {
    let rows: Vec<RatingRow> = (1..=90_i64)
        .map(|num| RatingRow {
            num,
            position: num,
            imported: num % 7 == 0,
            simulated: num % 3 == 0,
            counter: num % 5 + 1,
            officer: num % 11 + 1,
            department: num % 4 + 1,
            stage: u8::try_from(num % 3).unwrap(),
            scale: 1,
            level: u8::try_from(num % 6).unwrap(),
            abandoned: num % 6 == 0,
            asked_at: BEGIN + num * DAY_MS,
            procedure: num % 2,
            channel: 1,
            reasons: vec![format!("reason {}", num % 9)],
            aspects: vec![("attitude".into(), 2)],
            ruled_out: num % 8 == 0,
            flags: if num % 10 == 0 { vec!["quick_repeat".into()] } else { Vec::new() },
        })
        .collect();
    let mut columns = RatingColumns::empty(owner(1));
    columns.take_in(&rows, &TimeZone::UTC);
    columns
}

fn rows(columns: &RatingColumns) -> BTreeMap<Month, Vec<CompactRating>> {
    columns.months.iter().map(|(month, columns)| (*month, columns.rows())).collect()
}

fn files(dir: &TempDir) -> Vec<PathBuf> {
    let all = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<_> = all.filter(|path| !path.ends_with(LOCK)).collect();
    all.sort();
    all
}

#[test]
fn a_bit_that_changed_in_any_file_changes_no_row() {
    let (dir, columns) = (TempDir::new().unwrap(), columns());
    let saved = SavedColumns::at(dir.path());
    assert_eq!(saved.save(&columns).unwrap(), SaveOutcome::Done);
    assert!(rows(&saved.read(&owner(1)).unwrap()) == rows(&columns));
    let (mut tried, mut believed) = (0, 0);
    for file in files(&dir) {
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let bit = at % 8;
            let mut other = whole.clone();
            other[at] ^= 1 << bit;
            fs::write(&file, &other).unwrap();
            tried += 1;
            if let Ok(read) = saved.read(&owner(1)) {
                believed += 1;
                assert!(rows(&read) == rows(&columns), "{} {at}", file.display());
            }
        }
        for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file, &whole[..cut]).unwrap();
            assert!(saved.read(&owner(1)).is_err(), "{} cut at {cut}", file.display());
        }
        fs::write(&file, &whole).unwrap();
    }
    assert!(tried > 1_500 && believed * 100 < tried, "{believed} of {tried}");
    assert!(rows(&saved.load(&owner(1))) == rows(&columns));
}

#[test]
fn values_that_no_rating_has_are_not_believed_even_with_a_fitting_digest() {
    type Change = fn(&mut CompactRating);
    let whole = columns();
    let changes: [Change; 8] = [
        |row| row.day = 2_000_000_000,
        |row| row.day = i32::MIN,
        |row| row.day -= 40,
        |row| row.hour = 24,
        |row| row.level = 6,
        |row| row.num = 1_000_000,
        |row| row.reasons = 1_000,
        |row| row.stage = 200,
    ];
    for (nth, change) in changes.into_iter().enumerate() {
        let (dir, mut columns) = (TempDir::new().unwrap(), whole.clone());
        let month = columns.months.get_mut(&(2023, 10)).unwrap();
        let mut odd = month.rows();
        change(odd.last_mut().unwrap());
        *month = MonthColumns::saved(&odd, month.position).into();
        let saved = SavedColumns::at(dir.path());
        saved.save(&columns).unwrap();
        let error = saved.read(&owner(1)).unwrap_err();
        assert!(matches!(error, FilesError::Implausible(_)), "{nth}: {error}");
        assert!(saved.load(&owner(1)).months.is_empty(), "{nth}: they are rebuilt");
    }
}

#[test]
fn a_command_beside_a_server_takes_none_of_its_files_away() {
    let (dir, columns) = (TempDir::new().unwrap(), columns());
    let server = SavedColumns::at(dir.path());
    server.save(&columns).unwrap();
    let kept = files(&dir);
    let command = SavedColumns::at(dir.path());
    assert!(rows(&command.load(&owner(1))) == rows(&columns), "what is there is read");
    assert!(command.load(&owner(2)).months.is_empty(), "another database's are not believed");
    fs::write(&kept[0], b"damaged").unwrap();
    assert!(command.load(&owner(1)).months.is_empty());
    command.discard();
    assert_eq!(files(&dir), kept);
    assert_eq!(command.save(&columns).unwrap(), SaveOutcome::Elsewhere, "and it is told so");
    drop(server);
    assert_eq!(command.save(&columns).unwrap(), SaveOutcome::Done, "once nobody else keeps them");
    assert!(rows(&command.load(&owner(1))) == rows(&columns));
}

#[test]
fn a_directory_that_can_not_be_made_is_read_as_empty() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    let saved = SavedColumns::at(&file.join("columns"));
    assert!(saved.load(&owner(1)).months.is_empty());
    assert!(saved.save(&columns()).is_err());
}
