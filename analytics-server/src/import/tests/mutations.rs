//! Changes that spreadsheet programs and offices make to a file on its way do not change what is stored.

use super::*;
use crate::table_files;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const TICKETS: &str = "Số thứ tự,Quầy,Giờ lấy số,Giờ gọi,Giờ hoàn thành\r\n";
const DOSSIERS: &str = "Mã hồ sơ,Mã thủ tục,Hình thức tiếp nhận,Ngày tiếp nhận,Ngày hẹn trả,\
    Ngày trả kết quả,Trạng thái,Mã công chức tiếp nhận,Quầy\r\n";
const PROCEDURES: &str = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n\
    1.012010,Đăng ký thành lập doanh nghiệp tư nhân,Doanh nghiệp,SKHDT,3\r\n";

/// What is done to a file.
#[derive(Clone, Copy, Debug)]
enum Change {
    Marks,
    Decomposed,
    PlainLines,
    NoLastSeparators,
    Semicolons,
    Tabs,
    Shapeless,
    NoSeconds,
    Title,
    Quotes,
    Utf16,
    Spaces,
    Gzip,
    Workbook,
}

const CHANGES: [Change; 14] = [
    Change::Marks,
    Change::Decomposed,
    Change::PlainLines,
    Change::NoLastSeparators,
    Change::Semicolons,
    Change::Tabs,
    Change::Shapeless,
    Change::NoSeconds,
    Change::Title,
    Change::Quotes,
    Change::Utf16,
    Change::Spaces,
    Change::Gzip,
    Change::Workbook,
];

/// A file after some changes.
fn changed(file: &str, changes: &[Change]) -> Vec<u8> {
    let has = |wanted: Change| changes.iter().any(|one| *one as u8 == wanted as u8);
    let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(file.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    for row in &mut rows {
        for cell in row.iter_mut() {
            if has(Change::NoSeconds) && cell.contains('/') && cell.matches(':').count() == 2 {
                cell.truncate(cell.len() - 3);
            }
            if has(Change::Decomposed) {
                *cell = cell.nfd().collect();
            }
            if has(Change::Shapeless) {
                *cell = format!("\u{200b}{cell}\u{feff}");
            }
            if has(Change::Spaces) {
                *cell = format!(" {cell}\u{a0}");
            }
        }
        if has(Change::NoLastSeparators) {
            while row.last().is_some_and(|cell| {
                cell.trim_matches(['\u{200b}', '\u{feff}', ' ', '\u{a0}']).is_empty()
            }) {
                row.pop();
            }
        }
    }
    if has(Change::Title) {
        rows.insert(0, vec!["TRUNG TÂM A, tỉnh B; năm 2023".into()]);
    }
    if has(Change::Workbook) {
        return table_files::xlsx(&rows[0], &rows[1..]).unwrap();
    }
    let delimiter = if has(Change::Semicolons) {
        b';'
    } else if has(Change::Tabs) {
        b'\t'
    } else {
        b','
    };
    let style =
        if has(Change::Quotes) { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .quote_style(style)
        .terminator(if has(Change::PlainLines) {
            csv::Terminator::Any(b'\n')
        } else {
            csv::Terminator::CRLF
        })
        .from_writer(Vec::new());
    for row in &rows {
        writer.write_record(row).unwrap();
    }
    let mut text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    if has(Change::Marks) {
        text = format!("\u{feff}\u{feff}{text}");
    }
    let bytes = if has(Change::Utf16) {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else {
        text.into_bytes()
    };
    if has(Change::Gzip) { gzip(&bytes) } else { bytes }
}

/// Everything that files can change, as it is stored.
async fn content(store: &Store) -> String {
    let directory = store.directory().await.unwrap();
    let mut rows: Vec<String> = store
        .changes_after(0, 10_000)
        .await
        .unwrap()
        .into_iter()
        .map(|row| {
            let minute = row.asked_at.div_euclid(60_000);
            format!(
                "{minute} {} {} {} {:?} {}",
                row.counter, row.officer, row.level, row.reasons, row.procedure
            )
        })
        .collect();
    rows.sort();
    let queues = store.queues(0, 99_999).await.unwrap();
    let channels = store.received_by_channel(0, i64::MAX).await.unwrap();
    format!("{directory:?}\n{rows:#?}\n{queues:?}\n{channels:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn changes_by_a_spreadsheet_program_do_not_change_what_is_stored(
        nth in prop::collection::vec(0..CHANGES.len(), 0..4),
        seconds in prop::collection::vec((0_u8..30, 0_u8..60, 0_usize..5), 1..12),
    ) {
        let changes: Vec<Change> = nth.iter().map(|nth| CHANGES[*nth]).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let levels = ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"];
            let ratings: String = (1..).zip(&seconds).map(|(nth, (minute, second, level))| format!(
                "03/01/2023 07:{minute:02}:{second:02},Q01,CC001,H53.01-230103-{nth:04},Tiếp nhận,{},\r\n",
                levels[*level],
            )).collect::<Vec<_>>().concat();
            let tickets: String = (1..).zip(&seconds).map(|(nth, (minute, second, _))| format!(
                "A{nth:03},Q01,03/01/2023 07:{minute:02}:{second:02},03/01/2023 08:{minute:02}:{second:02},\r\n",
            )).collect::<Vec<_>>().concat();
            let dossiers: String = (1..).zip(&seconds).map(|(nth, (minute, second, _))| format!(
                "H53.01-230103-{nth:04},1.012010,Trực tiếp,03/01/2023 07:{minute:02}:{second:02},\
                 06/01/2023 17:00:00,,Đang giải quyết,,\r\n",
            )).collect::<Vec<_>>().concat();
            let files = [
                DEPARTMENTS.to_owned(), COUNTERS.to_owned(), OFFICERS.to_owned(), PROCEDURES.to_owned(),
                format!("{DOSSIERS}{dossiers}"), format!("{TICKETS}{tickets}"), format!("{HEADER}{ratings}"),
            ];
            let (_dir, plain) = empty_store().await;
            let (_other, odd) = empty_store().await;
            for file in &files {
                assert!(feed_one(&plain, file.as_bytes()).await.is_whole());
                let bytes = changed(file, &changes);
                let outcome = feed_one(&odd, &bytes).await;
                assert!(outcome.is_whole(), "{changes:?}: {}", told(&outcome));
            }
            assert_eq!(content(&plain).await, content(&odd).await, "{changes:?}");
            // Each finds the other's.
            for file in &files {
                let outcome = feed_one(&plain, &changed(file, &changes)).await;
                assert_eq!(outcome.stored(), 0, "{changes:?}: {}", told(&outcome));
                let outcome = feed_one(&odd, file.as_bytes()).await;
                let finer = matches!(outcome.kind, Some(Kind::Dossiers));
                assert!(finer || outcome.stored() == 0, "{changes:?}: {}", told(&outcome));
            }
        });
    }
}
