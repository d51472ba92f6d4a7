//! What stands in the files: every rating once, nothing that is a formula, no dossier code.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::auth::Role;
use crate::clock::Clock;
use crate::storage::export::OutCounts;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::rows::{Counter, Department, FileColumns, ImportedRating, Officer};
use crate::storage::users::UserData;
use crate::storage::{Birth, Store};
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
            reasons: (n % 5 > 2).then(|| "+slow".into()).into_iter().collect(),
            comment: None,
            told: FileColumns::default(),
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

fn order(language: &str) -> ExportRequest {
    let cut = ExportFilter { from: 0, until: i64::MAX, ..ExportFilter::default() };
    let about = vec![("Kỳ".to_owned(), Cell::from("tháng 9 năm 2023"))];
    ExportRequest { person: 0, cut, comments: false, texts: locales::texts(language), about }
}

async fn bytes(app: &App, order: &ExportRequest, form: ExportFormat) -> Vec<u8> {
    let pieces: Vec<Bytes> = file(app, order, form).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

#[tokio::test]
async fn a_text_file_has_every_rating_once_and_no_formula() {
    let (_dir, app) = centre(5_001).await;
    let text = String::from_utf8(bytes(&app, &order("vi"), ExportFormat::Csv).await).unwrap();
    let lines: Vec<_> = text.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
    assert_eq!(lines.len(), 5_003, "headings, ratings, and nothing after the last line's end");
    assert!(lines[0].starts_with("Mã lượt,Thời điểm,Mã cơ quan,Cơ quan,"));
    let first = "00000000-0000-0000-0000-000000000001,2023-09-27 09:00:00,STP,'=cmd|' /C calc'!A0,\
                 Q07,Quầy Q07,'@CC1,Trả kết quả,,,,Năm mức,Rất hài lòng,1,,,,Nhập từ tệp,0,h";
    assert!(lines[1].starts_with(first), "{}", lines[1]);
    let end = ",return,,five,very_satisfied,,,,imported,Nguyễn Văn A,,0,";
    assert!(lines[1].ends_with(end), "{}", lines[1]);
    assert!(lines[4].contains(",'+slow,"), "{}", lines[4]);
    assert!(!text.contains(DOSSIER), "the code itself never leaves");
    let mark = |line: &str| line.split(',').nth(19).unwrap().to_owned();
    assert_eq!(
        (mark(lines[1]).len(), mark(lines[1])),
        (17, mark(lines[2])),
        "one dossier, one mark"
    );
    let ids: std::collections::HashSet<_> =
        lines[1..5_002].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids.len(), 5_001);
    let english = String::from_utf8(bytes(&app, &order("en"), ExportFormat::Csv).await).unwrap();
    assert!(english.contains(",Return,,,,Five levels,Very satisfied,1,"));
}

#[tokio::test]
async fn a_workbook_opens_and_says_the_same() {
    let (_dir, app) = centre(4_100).await;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes(&app, &order("vi"), ExportFormat::Xlsx).await)).unwrap();
    let sheet = book.worksheet_range("Đánh giá").unwrap();
    assert_eq!(sheet.height(), 4_101);
    let cell =
        |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(0, 0), Data::String("Mã lượt".into()));
    assert_eq!(cell(1, 3), Data::String("=cmd|' /C calc'!A0".into()), "a text, by its type");
    assert_eq!(cell(1, 13), Data::Float(1.0));
    assert!(
        matches!(cell(1, 1), Data::DateTime(at) if (45_196.37..45_196.38).contains(&at.as_f64()))
    );
    assert!(book.worksheet_formula("Đánh giá").unwrap().is_empty(), "no formula at all");
    let summary = book.worksheet_range("Tóm tắt").unwrap();
    let lines: Vec<_> =
        summary.rows().map(|row| (row[0].to_string(), row[1].to_string())).collect();
    for (label, value) in [
        ("Kỳ", "tháng 9 năm 2023"),
        ("Số lượt trong tệp", "4100"),
        ("Không tính vào kết quả theo kết luận", "0"),
        ("Được tính vào kết quả", "4100"),
        ("Trong đó có dấu hiệu bất thường", "1"),
        ("Rất hài lòng", "820"),
        ("Rất không hài lòng", "820"),
    ] {
        assert!(lines.contains(&(label.to_owned(), value.to_owned())), "{label}: {lines:?}");
    }
}

#[tokio::test]
async fn columns_for_programs_have_stable_names_and_words() {
    let (_dir, app) = centre(30_000).await;
    let bytes = bytes(&app, &order("vi"), ExportFormat::Parquet).await;
    assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (&b"PAR1"[..], &b"PAR1"[..]));
    let (names, rows, levels) = crate::stats::read_back(bytes);
    assert_eq!(rows, 30_000);
    assert_eq!(names[..3], ["id", "at", "department"]);
    assert_eq!((&*names[19], &*names[20]), ("dossier", "stage_text"), "new ones stand at the end");
    assert_eq!(names.last().unwrap(), "ruled_out_at");
    assert_eq!(levels[..2], ["very_satisfied", "satisfied"]);
}

#[tokio::test]
async fn a_cut_takes_what_is_inside_and_nothing_else() {
    let (_dir, app) = centre(100).await;
    let directory = app.store.directory().await.unwrap();
    let department = directory.department("SXD").unwrap().id;
    let all = ExportFilter { from: 0, until: i64::MAX, ..ExportFilter::default() };
    for (cut, count) in [
        (all.clone(), 100),
        (ExportFilter { departments: Some(vec![department]), ..all.clone() }, 50),
        (ExportFilter { departments: Some(vec![]), ..all.clone() }, 0),
        (
            ExportFilter {
                counters: Some(vec![directory.counter("Q07").unwrap().id]),
                ..all.clone()
            },
            50,
        ),
        (ExportFilter { officer: Some(directory.officer("CC2").unwrap().id), ..all.clone() }, 50),
        (ExportFilter { stage: Some(1), ..all.clone() }, 0),
        (ExportFilter { stage: Some(0), ..all.clone() }, 0),
        (ExportFilter { channel: Some(0), ..all.clone() }, 100),
        (ExportFilter { procedure: Some(1), ..all.clone() }, 0),
        (ExportFilter { from: NINE + 10, until: NINE + 20, ..all }, 10),
    ] {
        let rows = app
            .store
            .ratings_out(&cut, true, (OutBy::Asked, OutCursor::START), 1_000)
            .await
            .unwrap();
        assert_eq!(rows.len(), count, "{cut:?}");
        let told = app.store.ratings_out_count(&cut).await.unwrap();
        assert_eq!(usize::try_from(told.raw).unwrap(), count, "{cut:?}");
    }
}

/// One of the ratings is ruled out, one is flagged; each form of file says so.
#[tokio::test]
async fn what_is_ruled_out_leaves_marked_in_every_file() {
    let (_dir, app) = centre(10).await;
    let person = UserData {
        name: "kiem-tra".into(),
        full_name: "Nguyễn Thị B".into(),
        role: Role::Auditor,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = app.store.add_user(&person, "test", 0).await.unwrap().unwrap();
    let third = app.store.record_of(Uuid::from_u128(3)).await.unwrap().unwrap().num;
    let author = Author { user, actor: "user kiem-tra" };
    app.store.add_note(third, NoteKind::RuledOut, author, "=Thử máy", NINE).await.unwrap();

    let counts = app.store.ratings_out_count(&order("vi").cut).await.unwrap();
    assert_eq!(counts, OutCounts { raw: 10, ruled_out: 1, flagged: 1 });
    let with_words = ExportRequest { comments: true, ..order("vi") };
    let text = String::from_utf8(bytes(&app, &with_words, ExportFormat::Csv).await).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let column = |heading: &str| lines[0].iter().position(|one| *one == heading).unwrap();
    let (ruled_out, at, reason, flags, ids) = (
        column("Không tính vào kết quả (1: có)"),
        column("Thời điểm kết luận không tính"),
        column("Căn cứ kết luận không tính"),
        column("Dấu hiệu bất thường"),
        column("Mã dấu hiệu bất thường"),
    );
    assert_eq!(
        (lines[3][ruled_out], lines[3][at], lines[3][reason]),
        ("1", "2023-09-27 09:00:00", "'=Thử máy")
    );
    assert_eq!((lines[2][ruled_out], lines[2][at], lines[2][reason]), ("0", "", ""));
    assert_eq!((lines[2][flags], lines[2][ids]), ("Trùng hồ sơ", "dossier_twice"));
    let bare = String::from_utf8(bytes(&app, &order("vi"), ExportFormat::Csv).await).unwrap();
    assert!(!bare.contains("Thử máy"), "what people write leaves with comments alone");

    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes(&app, &with_words, ExportFormat::Xlsx).await)).unwrap();
    let sheet = book.worksheet_range("Đánh giá").unwrap();
    let cell = |row: usize, column: usize| sheet.rows().nth(row).unwrap()[column].clone();
    assert_eq!((cell(3, ruled_out), cell(2, ruled_out)), (Data::Float(1.0), Data::Float(0.0)));
    assert!(matches!(cell(3, at), Data::DateTime(_)));
    let summary = book.worksheet_range("Tóm tắt").unwrap();
    let count = |label: &str| {
        let mut rows = summary.rows();
        rows.find(|row| row[0] == Data::String(label.into())).unwrap()[1].clone()
    };
    assert_eq!(count("Được tính vào kết quả"), Data::Float(9.0));
    assert_eq!(count("Không tính vào kết quả theo kết luận"), Data::Float(1.0));
    assert_eq!(count("Nếu không tính các lượt có dấu hiệu bất thường"), Data::Float(8.0));
    // The third of ten was neutral: of two of that level one counts.
    assert_eq!(count("Bình thường"), Data::Float(1.0));

    let columns = bytes(&app, &with_words, ExportFormat::Parquet).await;
    let flags = crate::stats::texts_of(columns.clone(), "flags");
    let flag_texts = crate::stats::texts_of(columns.clone(), "flags_text");
    assert_eq!((&*flags[1], &*flag_texts[1]), ("dossier_twice", "Trùng hồ sơ"));
    let ruled_out_at = crate::stats::texts_of(columns, "ruled_out_at");
    assert_eq!((&*ruled_out_at[2], &*ruled_out_at[1]), ("2023-09-27T09:00:00", ""));
}
