//! What becomes of saved columns that were touched, and of two processes on one directory.

use super::*;
use crate::stats::month::Month;
use crate::stats::rating::CompactRating;
use crate::storage::rows::RatingRow;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::PathBuf;
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
    columns.take_in(&rows, &TimeZone::UTC).unwrap();
    columns
}

type Rows = BTreeMap<Month, Vec<CompactRating>>;

/// All ratings, which are read if they lie in files.
fn rows(columns: &RatingColumns) -> Result<Rows, FilesError> {
    let months = columns.months.iter();
    let rows = months
        .map(|(month, entry)| Ok((*month, entry.columns(&columns.words, columns.highest)?.rows())));
    rows.collect()
}

/// The counts of all months as they were saved.
fn counts(columns: &RatingColumns) -> Result<Vec<MonthCounts>, FilesError> {
    columns.months.values().map(|entry| entry.saved_counts(&columns.words).unwrap()).collect()
}

/// The counts of all months from their ratings.
fn counted(columns: &RatingColumns) -> Vec<MonthCounts> {
    let months = columns.months.values();
    let months = months.map(|entry| entry.columns(&columns.words, columns.highest).unwrap());
    months.map(|month| MonthCounts::of_whole(&month)).collect()
}

/// Everything of saved columns.
fn read(saved: &SavedColumns) -> Result<(Vec<MonthCounts>, Rows), FilesError> {
    let columns = saved.read(&owner(1))?;
    // The counts first: of a month in memory nobody asks for them.
    Ok((counts(&columns)?, rows(&columns)?))
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
    let expected = (counted(&columns), rows(&columns).unwrap());
    assert!(read(&saved).unwrap() == expected);
    let (mut tried, mut believed) = (0, 0);
    for file in files(&dir) {
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(7) {
            let bit = at % 8;
            let mut other = whole.clone();
            other[at] ^= 1 << bit;
            fs::write(&file, &other).unwrap();
            tried += 1;
            if let Ok(read) = read(&saved) {
                believed += 1;
                assert!(read == expected, "{} {at}", file.display());
            }
        }
        for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&file, &whole[..cut]).unwrap();
            assert!(read(&saved).is_err(), "{} cut at {cut}", file.display());
        }
        fs::write(&file, &whole).unwrap();
    }
    assert!(tried > 1_500 && believed * 100 < tried, "{believed} of {tried}");
    assert!(rows(&saved.load(&owner(1))).unwrap() == expected.1);
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
        let dir = TempDir::new().unwrap();
        let saved = SavedColumns::at(dir.path());
        saved.save(&whole).unwrap();
        let mut list = ColumnsList::read(&fs::read(dir.path().join(LIST)).unwrap()).unwrap();
        let file = list.months.iter_mut().find(|file| file.month == (2023, 10)).unwrap();
        let mut odd = rows(&whole).unwrap().remove(&(2023, 10)).unwrap();
        change(odd.last_mut().unwrap());
        file.blake3 = write_frame(dir.path(), &file.file, frame(&odd).unwrap()).unwrap();
        fs::write(dir.path().join(LIST), list.sealed().unwrap()).unwrap();
        let columns = saved.read(&owner(1)).unwrap();
        let error = rows(&columns).unwrap_err();
        assert!(matches!(error, FilesError::Implausible(_)), "{nth}: {error}");
        assert!(saved.reload(&columns, &error).months.is_empty(), "{nth}: they are rebuilt");
        // What is in memory is written anew.
        saved.save(&whole).unwrap();
        assert!(read(&saved).is_ok(), "{nth}");
    }
}

#[test]
fn a_command_beside_a_server_takes_none_of_its_files_away() {
    let (dir, columns) = (TempDir::new().unwrap(), columns());
    let server = SavedColumns::at(dir.path());
    server.save(&columns).unwrap();
    let kept = files(&dir);
    let command = SavedColumns::at(dir.path());
    assert!(rows(&command.load(&owner(1))).unwrap() == rows(&columns).unwrap(), "what is there");
    assert!(command.load(&owner(2)).months.is_empty(), "another database's are not believed");
    let of_ratings = kept.iter().find(|file| !file.to_string_lossy().contains("counts")).unwrap();
    fs::write(of_ratings, b"damaged").unwrap();
    let loaded = command.load(&owner(1));
    let error = rows(&loaded).unwrap_err();
    assert!(command.reload(&loaded, &error).months.is_empty(), "damaged");
    command.discard();
    assert_eq!(files(&dir), kept);
    assert_eq!(command.save(&columns).unwrap(), SaveOutcome::Elsewhere, "and it is told so");
    drop(server);
    // It read the database, and knows of no file.
    let rebuilt = self::columns();
    assert_eq!(command.save(&rebuilt).unwrap(), SaveOutcome::Done, "once nobody else keeps them");
    assert!(rows(&command.load(&owner(1))).unwrap() == rows(&columns).unwrap());
}

#[test]
fn months_that_lie_in_files_leave_memory_and_come_back() {
    let (dir, columns) = (TempDir::new().unwrap(), columns());
    let saved = SavedColumns::at(dir.path());
    let expected = rows(&columns).unwrap();
    let loaded = |columns: &RatingColumns| -> Vec<usize> {
        let rows = |entry: &MonthEntry| entry.loaded().map_or(0, |loaded| loaded.rows);
        columns.months.values().map(rows).collect()
    };
    let all = loaded(&columns);
    columns.evict(0);
    assert_eq!(loaded(&columns), all, "what lies in no file stays");
    saved.save(&columns).unwrap();
    columns.evict(all.iter().sum());
    assert_eq!(loaded(&columns), all, "there is room for all");
    columns.evict(all.iter().sum::<usize>() - 1);
    assert_eq!(loaded(&columns)[0], 0, "the one that was used longest ago");
    columns.evict(0);
    let last = all.len() - 1;
    assert!(loaded(&columns)[..last].iter().all(|rows| *rows == 0));
    assert_eq!(loaded(&columns)[last], all[last], "the month that ratings come to");
    assert_eq!(counts(&saved.load(&owner(1))).unwrap(), counted(&columns));
    assert!(rows(&columns).unwrap() == expected, "all of it came back");

    // A change of a month that is not in memory.
    columns.evict(0);
    let mut next = columns.clone();
    let changed = RatingRow {
        num: 3,
        position: 91,
        asked_at: BEGIN + 3 * DAY_MS,
        level: 5,
        ..RatingRow::default()
    };
    next.take_in(&[changed], &TimeZone::UTC).unwrap();
    assert!(rows(&columns).unwrap() == expected, "an older state stays what it was");
    let changed: Vec<_> =
        rows(&next).unwrap().into_values().flatten().filter(|row| row.num == 3).collect();
    assert_eq!((changed.len(), changed[0].level), (1, 5));
    next.evict(0);
    assert!(loaded(&next)[0] > 0, "its file is no longer right");
    assert!(next.months.values().next().unwrap().saved_counts(&next.words).is_none());
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
