//! Workbooks and other files as offices have them: several sheets, hidden ones, and what is none.

use super::*;
use rust_xlsxwriter::Workbook;

/// A workbook of sheets: name, whether it is hidden, rows.
fn book(sheets: &[(&str, bool, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, hidden, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        sheet.set_hidden(*hidden);
        for (line, row) in (0..).zip(*rows) {
            for (at, cell) in (0..).zip(*row) {
                sheet.write_string(line, at, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

const COUNTER_ROWS: &[&[&str]] = &[&["Mã", "Tên quầy", "Mã cơ quan"], &["Q01", "Quầy 1", "SYT"]];
const DEPARTMENT_ROWS: &[&[&str]] = &[&["Mã", "Tên cơ quan"], &["SYT", "Sở Y tế"]];
const OLD_ROWS: &[&[&str]] = &[&["Mã", "Tên cơ quan"], &["CU", "Cơ quan cũ"]];

#[tokio::test]
async fn every_sheet_that_is_seen_and_known_is_read_in_the_order_they_need() {
    let (_dir, store) = empty_store().await;
    let bytes = book(&[
        ("Quầy", false, COUNTER_ROWS),
        ("Cũ", true, OLD_ROWS),
        ("Cơ quan", false, DEPARTMENT_ROWS),
        ("Ghi chú", false, &[&["In ngày 03/01/2023"]]),
        ("Sheet3", false, &[]),
    ]);
    let outcomes = feed(&store, &[("danh-sach.xlsx", &bytes)]).await;
    insta::assert_snapshot!(summary(&outcomes, locales::texts("en")), @r"
    danh-sach.xlsx [Cơ quan]: departments, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
      note: There is no column “Đầu số thứ tự”; its stored values stay as they are.
    danh-sach.xlsx [Quầy]: counters, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
      Sheets that were not read, because they have no known header: “Ghi chú”.
      Hidden sheets were skipped: “Cũ”.
      note: There is no column “Mã nơi tiếp nhận”; its stored values stay as they are.
    ");
    assert!(!outcomes.iter().all(FileOutcome::is_whole), "a sheet was not read");
    let hidden = book(&[("Cơ quan", false, DEPARTMENT_ROWS), ("Cũ", true, OLD_ROWS)]);
    assert!(feed_one(&store, &hidden).await.is_whole(), "hidden ones are passed over on purpose");
    assert_eq!(store.directory().await.unwrap().departments.len(), 1);
}

#[tokio::test]
async fn what_of_a_folder_was_not_read_is_named() {
    let (dir, store) = empty_store().await;
    let folder = dir.path().join("xuất");
    std::fs::create_dir_all(folder.join("cũ")).unwrap();
    std::fs::write(folder.join("co-quan.csv"), DEPARTMENTS).unwrap();
    std::fs::write(folder.join("README"), "Read me first.").unwrap();
    let import =
        async || import(&store, std::slice::from_ref(&folder), &options(), &Silent).await.unwrap();
    let outcomes = import().await;
    let unread: Vec<_> = outcomes
        .iter()
        .flat_map(|one| one.unread.iter().map(|why| (one.file.as_str(), why)))
        .collect();
    assert_eq!(unread, [("README", &Unread::Other), ("cũ", &Unread::Folder)]);
    assert!(!outcomes.iter().all(FileOutcome::is_whole));
    std::fs::remove_dir(folder.join("cũ")).unwrap();
    assert!(import().await.iter().all(FileOutcome::is_whole), "a README worries nobody");
    for (name, bytes) in [
        ("quay.txt", COUNTERS.as_bytes()),
        ("quay", COUNTERS.as_bytes()),
        ("quay.csv.bak", COUNTERS.as_bytes()),
        ("quay.xls", b"\xd0\xcf\x11\xe0"),
        ("quay.ods", b"PK\x03\x04"),
    ] {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        assert!(import().await.iter().any(|one| one.unread == [Unread::Export]), "{name}");
        std::fs::remove_file(file).unwrap();
    }
}

#[tokio::test]
async fn other_files_are_told_as_what_they_are() {
    let (_dir, store) = empty_store().await;
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), wide(name)].concat();
    for (bytes, said) in [
        (compound("EncryptedPackage"), "protected by a password"),
        (compound("Workbook"), "old format (.xls)"),
        (compound("WordDocument"), "text document"),
        (b"%PDF-1.7 and more".to_vec(), "is a PDF"),
        (b"<html><table><tr><td>M\xc3\xa3</td></tr></table></html>".to_vec(), "web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "is XML"),
        (gzip(b"%PDF-1.7 and more"), "is a PDF"),
        (b"Rar!\x1a\x07".to_vec(), "archive"),
        (b"M\xe3 c\xec quan,T\xeAn\r\n".to_vec(), "Windows-1258"),
    ] {
        let outcome = feed_one(&store, &bytes).await;
        assert!(told(&outcome).contains(said), "{said}: {}", told(&outcome));
        assert!(!outcome.is_whole());
    }
}

#[tokio::test]
async fn a_text_in_utf16_is_read() {
    let (_dir, store) = empty_store().await;
    let text = "\u{feff}Mã\tTên cơ quan\r\nSYT\tSở Y tế\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(counts(&feed_one(&store, &little).await), (1, 0, 0));
    assert_eq!(counts(&feed_one(&store, &big).await), (0, 1, 0));
    let cut = feed_one(&store, &little[..little.len() - 1]).await;
    assert!(cut.fault.is_some(), "{}", told(&cut));
}

#[tokio::test]
async fn a_damaged_tail_is_told() {
    let (_dir, store) = store().await;
    let rows: String = (0..400)
        .map(|nth| {
            format!(
                "03/01/2023 07:{:02}:{:02},Q01,CC001,,Tiếp nhận,Hài lòng,\r\n",
                nth / 60,
                nth % 60
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let packed = gzip(format!("{HEADER}{rows}").as_bytes());
    for bytes in [packed[..packed.len() - 4].to_vec(), [&packed[..], b"garbage behind it"].concat()]
    {
        let outcome = feed_one(&store, &bytes).await;
        assert!(matches!(outcome.fault, Some(FileFault::Unpack(_))), "{}", told(&outcome));
    }
    let whole = book(&[("Cơ quan", false, DEPARTMENT_ROWS)]);
    for bytes in [&whole[..whole.len() - 9], &[&whole[..], b"garbage"].concat()] {
        let outcome = feed_one(&store, bytes).await;
        assert!(matches!(outcome.fault, Some(FileFault::DamagedWorkbook)), "{}", told(&outcome));
    }
}
