//! The nine months of the demonstration, with a ruling and flags, in every file: each says what the
//! figures say.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::auth::Role;
use crate::clock::Clock;
use crate::import::{Options, Silent, import};
use crate::period;
use crate::storage::notes::{Author, NoteKind};
use crate::storage::rows::{FileColumns, ImportedRating};
use crate::storage::users::UserData;
use crate::storage::visit_filter::VisitFilter;
use crate::storage::{Birth, Store};
use crate::table_files::as_typed;
use calamine::{Data, Reader as _, Xlsx};
use protocol::{Level, Scale};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// Ratings of the published report, best level first.
const PUBLISHED: [u64; 5] = [17_902, 4_346, 173, 41, 9];
/// 2023-12-01.
const LATER: i64 = 1_701_363_600_000;

/// The nine months; one dissatisfied rating is ruled out, and two that are satisfied came twice.
async fn nine_months() -> (TempDir, App) {
    let dir = TempDir::new().unwrap();
    let birth = Birth { id: Uuid::nil(), secret: [3; 32], now: 0 };
    let store = Store::open(dir.path(), None, &birth).await.unwrap();
    let app = App::open(store, dir.path(), Clock::from_fn(|| LATER)).await.unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let (zone, scale) = (app.zone.clone(), Scale::Five);
    let options = Options { scale, ..Options::new(zone, LATER) };
    import(&app.store, &[demo], &options, &Silent).await.unwrap();

    let levels = Some((Level::Dissatisfied, Level::Dissatisfied));
    let low = app
        .store
        .records(&VisitFilter { levels, ..VisitFilter::default() }, None, 1)
        .await
        .unwrap();
    let data = UserData {
        name: "kiem-tra".into(),
        full_name: "Nguyễn Văn K".into(),
        role: Role::Auditor,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = app.store.add_user(&data, "test", 0).await.unwrap().unwrap();
    let author = Author { user, actor: "user kiem-tra" };
    app.store.add_note(low[0].num, NoteKind::RuledOut, author, "thử máy", LATER).await.unwrap();

    let levels = Some((Level::Satisfied, Level::Satisfied));
    let known = app
        .store
        .records(&VisitFilter { levels, ..VisitFilter::default() }, None, 200)
        .await
        .unwrap();
    let twice =
        known.iter().filter(|one| one.dossier.is_some()).take(2).map(|one| ImportedRating {
            id: Uuid::from_u128(one.num.unsigned_abs().into()),
            at: one.asked_at + 60_000,
            counter: one.counter,
            officer: one.officer,
            stage: one.stage,
            scale,
            level: one.level,
            dossier: one.dossier.clone(),
            reasons: Vec::new(),
            comment: None,
            told: FileColumns::default(),
            simulated: false,
        });
    app.store.import_ratings(&twice.collect::<Vec<_>>(), LATER).await.unwrap();
    (dir, app)
}

/// What a file comes to: ratings that count by level and by department, and how many are marked.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    levels: [u64; 5],
    departments: BTreeMap<String, u64>,
    ruled_out: u64,
    flagged: u64,
}

impl Recount {
    /// Of each row the number of its level, its department, its ruling and its flags.
    fn of(rows: impl Iterator<Item = (usize, String, bool, String)>) -> Self {
        let mut recount = Self::default();
        for (level, department, ruled_out, flags) in rows {
            if ruled_out {
                recount.ruled_out += 1;
                continue;
            }
            recount.levels[level - 1] += 1;
            *recount.departments.entry(department).or_default() += 1;
            recount.flagged += u64::from(!flags.is_empty());
        }
        recount
    }
}

async fn whole(app: &App, form: ExportFormat) -> Vec<u8> {
    let period = period::parse("2023-9M", app.centre().policy).unwrap();
    let (from, until) = app.moments(&period);
    let cut = ExportFilter { from, until, ..ExportFilter::default() };
    let order = ExportRequest {
        person: 0,
        cut,
        comments: false,
        texts: locales::texts("vi"),
        about: Vec::new(),
    };
    let pieces: Vec<Bytes> = file(app, &order, form).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

fn of_csv(bytes: &[u8]) -> Recount {
    let mut lines = ::csv::Reader::from_reader(&bytes[3..]);
    let places: BTreeMap<String, usize> =
        lines.headers().unwrap().iter().map(str::to_owned).zip(0..).collect();
    let rows = lines.records().map(Result::unwrap).collect::<Vec<_>>();
    Recount::of(rows.iter().map(|row| {
        let cell = |heading: &str| as_typed(&row[places[heading]]).to_owned();
        (
            cell("Mức (1 là cao nhất)").parse().unwrap(),
            cell("Mã cơ quan"),
            cell("Không tính vào kết quả (1: có)") == "1",
            cell("Mã dấu hiệu bất thường"),
        )
    }))
}

fn of_workbook(bytes: Vec<u8>) -> (Recount, BTreeMap<String, Data>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("Đánh giá").unwrap();
    let places: BTreeMap<String, usize> =
        sheet.rows().next().unwrap().iter().map(ToString::to_string).zip(0..).collect();
    let recount = Recount::of(sheet.rows().skip(1).map(|row| {
        let cell = |heading: &str| row[places[heading]].clone();
        (
            cell("Mức (1 là cao nhất)").to_string().parse().unwrap(),
            cell("Mã cơ quan").to_string(),
            cell("Không tính vào kết quả (1: có)") == Data::Float(1.0),
            cell("Mã dấu hiệu bất thường").to_string(),
        )
    }));
    let summary = book.worksheet_range("Tóm tắt").unwrap();
    let lines = summary.rows().map(|row| (row[0].to_string(), row[1].clone())).collect();
    (recount, lines)
}

fn of_columns(bytes: &[u8]) -> Recount {
    let texts = |column| crate::stats::texts_of(bytes.to_vec(), column);
    let (levels, departments) = (texts("level"), texts("department"));
    let (ruled_out_at, flags) = (texts("ruled_out_at"), texts("flags"));
    let number = |word: &String| Level::ALL.iter().position(|level| level.name() == word).unwrap();
    Recount::of((0..levels.len()).map(|row| {
        let out = !ruled_out_at[row].is_empty();
        (number(&levels[row]) + 1, departments[row].clone(), out, flags[row].clone())
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nine_months_are_the_same_in_figures_and_in_every_file() {
    let (_dir, app) = nine_months().await;
    let period = period::parse("2023-9M", app.centre().policy).unwrap();
    let figures = app.figures(&period).await.unwrap();
    let departments = figures.departments.iter();
    let told = Recount {
        levels: figures.ratings.levels.named().map(|(_, count)| count),
        departments: departments.map(|one| (one.code.clone(), one.ratings.total)).collect(),
        ruled_out: figures.ratings.raw() - figures.ratings.total,
        flagged: figures.ratings.total - figures.cleaned.total,
    };
    let [very, satisfied, neutral, dissatisfied, least] = PUBLISHED;
    assert_eq!(told.levels, [very, satisfied + 2, neutral, dissatisfied - 1, least]);
    assert_eq!((told.ruled_out, told.flagged), (1, 2));

    assert_eq!(of_csv(&whole(&app, ExportFormat::Csv).await), told);
    assert_eq!(of_columns(&whole(&app, ExportFormat::Parquet).await), told);
    let (recount, summary) = of_workbook(whole(&app, ExportFormat::Xlsx).await);
    assert_eq!(recount, told);
    for (label, count) in [
        ("Số lượt trong tệp", figures.ratings.raw()),
        ("Không tính vào kết quả theo kết luận", told.ruled_out),
        ("Được tính vào kết quả", figures.ratings.total),
        ("Trong đó có dấu hiệu bất thường", told.flagged),
        ("Nếu không tính các lượt có dấu hiệu bất thường", figures.cleaned.total),
        ("Rất hài lòng", very),
        ("Không hài lòng", dissatisfied - 1),
    ] {
        assert_eq!(summary[label], Data::Float(count as f64), "{label}");
    }
}
