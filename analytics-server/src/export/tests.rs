//! What stands in the files: every rating once, nothing that is a formula, no dossier code.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::clock::Clock;
use crate::storage::rows::{Counter, Department, ImportedRating, Officer};
use crate::storage::{Birth, Store};
use crate::tables_out::harmless;
use calamine::{Data, Reader as _, Xlsx};
use protocol::{Level, Scale, Stage};
use std::io::Cursor;
use tempfile::TempDir;
use uuid::Uuid;

/// 2023-09-27 09:00 in the centre.
const NINE: i64 = 1_695_780_000_000;
const DOSSIER: &str = "H53.02-230914-0027";

/// A centre whose names look like formulas, with so many ratings.
pub(super) async fn centre(count: u32) -> (TempDir, App) {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: Uuid::nil(), secret: [3; 32], now: 0 };
    let store = Store::open(dir.path(), None, &birth).await.unwrap();
    let app = App::open(store, dir.path(), Clock::from_fn(|| NINE)).await.unwrap();
    let department = |code: &str, name: &str| Department {
        id: 0,
        code: code.into(),
        name: name.into(),
        ticket_prefix: None,
    };
    let departments = [department("STP", "=cmd|' /C calc'!A0"), department("SXD", "Sở Xây dựng")];
    app.store.put_departments(&departments, 0).await.unwrap();
    let directory = app.store.directory().await.unwrap();
    let (first, second) = (directory.departments[0].id, directory.departments[1].id);
    let counter = |code: &str, department| Counter {
        id: 0,
        code: code.into(),
        name: format!("Quầy {code}"),
        department,
    };
    app.store.put_counters(&[counter("Q07", first), counter("Q08", second)], 0).await.unwrap();
    let directory = app.store.directory().await.unwrap();
    let officer = |code: &str, department, counter: &str| Officer {
        id: 0,
        code: code.into(),
        name: "Nguyễn Văn A".into(),
        title: "Chuyên viên".into(),
        department,
        counter: Some(directory.counter(counter).unwrap().id),
    };
    let officers = [officer("@CC1", first, "Q07"), officer("CC2", second, "Q08")];
    app.store.put_officers(&officers, 0).await.unwrap();
    let directory = app.store.directory().await.unwrap();
    let rating = |n: u32| {
        let (officer, counter) = if n.is_multiple_of(2) { ("@CC1", "Q07") } else { ("CC2", "Q08") };
        let officer = directory.officer(officer).unwrap();
        ImportedRating {
            id: Uuid::from_u128(u128::from(n) + 1),
            simulated: false,
            counter: directory.counter(counter).unwrap().id,
            officer: officer.id,
            stage: Some(Stage::Return),
            scale: Scale::Five,
            dossier: (n < 2).then(|| DOSSIER.into()),
            at: NINE + i64::from(n),
            level: Level::ALL[n as usize % 5],
            reason: (n % 5 > 2).then(|| "+slow".into()),
        }
    };
    let mut from = 0;
    while from < count {
        let to = count.min(from + 10_000);
        let rows: Vec<_> = (from..to).map(rating).collect();
        app.store.import_ratings(&rows, 0).await.unwrap();
        from = to;
    }
    (dir, app)
}

fn order(language: &str) -> Order {
    let cut = Cut { from: 0, until: i64::MAX, ..Cut::default() };
    Order { cut, comments: false, texts: locales::texts(language) }
}

async fn bytes(app: &App, order: &Order, form: Form) -> Vec<u8> {
    let pieces: Vec<Bytes> = file(app, order, form).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

#[tokio::test]
async fn a_text_file_has_every_rating_once_and_no_formula() {
    let (_dir, app) = centre(5_001).await;
    let text = String::from_utf8(bytes(&app, &order("vi"), Form::Csv).await).unwrap();
    let lines: Vec<_> = text.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
    assert_eq!(lines.len(), 5_003, "headings, ratings, and nothing after the last line's end");
    assert!(lines[0].starts_with("Mã lượt,Thời điểm,Mã cơ quan,Cơ quan,"));
    let first = "00000000-0000-0000-0000-000000000001,2023-09-27 09:00:00,STP,'=cmd|' /C calc'!A0,\
                 Q07,Quầy Q07,'@CC1,Trả kết quả,,,,5 mức,Rất hài lòng,1,,,,Nhập từ tệp,0,";
    assert!(lines[1].starts_with(first), "{}", lines[1]);
    assert!(lines[4].contains(",'+slow,"), "{}", lines[4]);
    assert!(!text.contains(DOSSIER), "the code itself never leaves");
    let mark = |line: &str| line.rsplit(',').next().unwrap().to_owned();
    assert_eq!(
        (mark(lines[1]).len(), mark(lines[1])),
        (16, mark(lines[2])),
        "one dossier, one mark"
    );
    let ids: std::collections::HashSet<_> =
        lines[1..5_002].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids.len(), 5_001);
    let english = String::from_utf8(bytes(&app, &order("en"), Form::Csv).await).unwrap();
    assert!(english.contains(",Return,,,,Five levels,Very satisfied,1,"));
}

#[tokio::test]
async fn a_workbook_opens_and_says_the_same() {
    let (_dir, app) = centre(4_100).await;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes(&app, &order("vi"), Form::Xlsx).await)).unwrap();
    let sheet = book.worksheet_range("Đánh giá").unwrap();
    assert_eq!(sheet.height(), 4_101);
    let cell =
        |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(0, 0), Data::String("Mã lượt".into()));
    assert_eq!(cell(1, 3), Data::String("'=cmd|' /C calc'!A0".into()));
    assert_eq!(cell(1, 13), Data::Float(1.0));
    assert!(
        matches!(cell(1, 1), Data::DateTime(at) if (45_196.37..45_196.38).contains(&at.as_f64()))
    );
    assert!(book.worksheet_formula("Đánh giá").unwrap().is_empty(), "no formula at all");
}

#[tokio::test]
async fn columns_for_programs_have_stable_names_and_words() {
    let (_dir, app) = centre(30_000).await;
    let bytes = bytes(&app, &order("vi"), Form::Parquet).await;
    assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    let (names, rows, levels) = crate::stats::read_back(bytes);
    assert_eq!(rows, 30_000);
    assert_eq!(names[..3], ["id", "at", "department"]);
    assert_eq!(names.last().unwrap(), "dossier");
    assert_eq!(levels[..2], ["very_satisfied", "satisfied"]);
}

#[tokio::test]
async fn a_cut_takes_what_is_inside_and_nothing_else() {
    let (_dir, app) = centre(100).await;
    let directory = app.store.directory().await.unwrap();
    let department = directory.department("SXD").unwrap().id;
    let all = Cut { from: 0, until: i64::MAX, ..Cut::default() };
    for (cut, count) in [
        (all.clone(), 100),
        (Cut { departments: Some(vec![department]), ..all.clone() }, 50),
        (Cut { departments: Some(vec![]), ..all.clone() }, 0),
        (Cut { counters: Some(vec![directory.counter("Q07").unwrap().id]), ..all.clone() }, 50),
        (Cut { officer: Some(directory.officer("CC2").unwrap().id), ..all.clone() }, 50),
        (Cut { stage: Some(1), ..all.clone() }, 0),
        (Cut { stage: Some(0), ..all.clone() }, 0),
        (Cut { channel: Some(0), ..all.clone() }, 100),
        (Cut { procedure: Some(1), ..all.clone() }, 0),
        (Cut { from: NINE + 10, until: NINE + 20, ..all }, 10),
    ] {
        let rows = app
            .store
            .ratings_out(&cut, true, (OutBy::Asked, OutPlace::START), 1_000)
            .await
            .unwrap();
        assert_eq!(rows.len(), count, "{cut:?}");
        let told = app.store.ratings_out_count(&cut).await.unwrap();
        assert_eq!(usize::try_from(told).unwrap(), count, "{cut:?}");
    }
}

#[test]
fn what_looks_like_a_formula_is_text() {
    for odd in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
        assert_eq!(harmless(odd), format!("'{odd}"));
    }
    for plain in ["", "Phục vụ tốt", "a=1", "'=1", " "] {
        assert_eq!(harmless(plain), plain);
    }
}
