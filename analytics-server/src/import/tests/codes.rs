//! Codes that a spreadsheet program changed become no second entry, in lists and in what names them.

use super::*;
use rust_xlsxwriter::{Format, Workbook};

const PROCEDURES: &str = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n";

/// A workbook of one row whose first cell is a number with a format.
fn book(heads: &[&str], number: f64, format: &str, cells: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, head) in (0..).zip(heads) {
        sheet.write_string(0, at, *head).unwrap();
    }
    let format = Format::new().set_num_format(format);
    sheet.write_number_with_format(1, 0, number, &format).unwrap();
    for (at, cell) in (1..).zip(cells) {
        sheet.write_string(1, at, *cell).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

const HEADS: [&str; 4] = ["Mã", "Họ và tên", "Chức danh", "Mã cơ quan"];

#[tokio::test]
async fn a_number_in_the_place_of_a_code_is_the_text_that_is_shown_or_is_refused() {
    let (_dir, store) = store().await;
    let officers = |code: &str| format!("{OFFICERS}{code},Lê Văn C,Chuyên viên,SKHDT,\r\n");
    assert_eq!(counts(&feed_one(&store, officers("007").as_bytes()).await), (1, 1, 0));
    let cells = ["Lê Văn C", "Chuyên viên", "SKHDT"];
    // Shown as 007 it is 007.
    assert_eq!(counts(&feed_one(&store, &book(&HEADS, 7.0, "000", &cells)).await), (0, 1, 0));
    for (number, format) in [
        (7.0, "General"),
        (7.0, "0"),
        (7.0, "dd/mm/yyyy"),
        (7.5, "General"),
        (0.1, "0%"),
        (1.23e17, "0"),
    ] {
        let outcome = feed_one(&store, &book(&HEADS, number, format, &cells)).await;
        assert_eq!(counts(&outcome), (0, 0, 1), "{number} {format}: {}", told(&outcome));
    }
    for code in ["7", "07", "1.2E+15", "02/01/2026", "TRUE", "cc001", "CC 002"] {
        let outcome = feed_one(&store, officers(code).as_bytes()).await;
        assert_eq!(counts(&outcome), (0, 1, 1), "{code}: {}", told(&outcome));
    }
    assert_eq!(store.directory().await.unwrap().officers.len(), 2);
    // A code that nothing else is like is what it is.
    assert_eq!(counts(&feed_one(&store, officers("8").as_bytes()).await), (1, 1, 0));
}

#[tokio::test]
async fn two_codes_of_one_file_that_differ_by_zeros_are_told() {
    let (_dir, store) = store().await;
    let rows = format!(
        "{PROCEDURES}1.012010,Thủ tục A,Lĩnh vực,SKHDT,3\r\n1.01201,Thủ tục A,Lĩnh vực,SKHDT,3\r\n"
    );
    let outcome = feed_one(&store, rows.as_bytes()).await;
    assert_eq!(counts(&outcome), (1, 0, 1));
    assert!(told(&outcome).contains("“1.01201” differs from “1.012010”"), "{}", told(&outcome));
    assert_eq!(store.directory().await.unwrap().procedures[0].code, "1.012010");
}

#[tokio::test]
async fn what_names_a_changed_code_is_told_the_one_it_was() {
    let (_dir, store) = store().await;
    let officers = format!("{OFFICERS}007,Lê Văn C,Chuyên viên,SKHDT,\r\n");
    assert!(feed_one(&store, officers.as_bytes()).await.is_whole());
    let outcome = feed_rows(&store, "03/01/2023 07:08:00,Q01,7,,Tiếp nhận,Hài lòng,\r\n").await;
    assert!(told(&outcome).contains("“7” differs from “007”"), "{}", told(&outcome));
    let officers = format!("{OFFICERS}008,Lê Văn C,Chuyên viên,skhdt,\r\n");
    let outcome = feed_one(&store, officers.as_bytes()).await;
    assert!(told(&outcome).contains("“skhdt” differs from “SKHDT”"), "{}", told(&outcome));
}

#[tokio::test]
async fn codes_of_dossiers_in_another_form_are_kept_and_told() {
    let (_dir, store) = store().await;
    let rows = ["G12.99-230103-1234567", "BKH-2023/000123", "000.00.06.H56-230103-0361"]
        .map(|code| format!("03/01/2023 07:08:00,Q01,CC001,{code},Tiếp nhận,Hài lòng,\r\n"))
        .concat();
    let outcome = feed_rows(&store, &rows).await;
    assert_eq!(counts(&outcome), (3, 0, 0), "{}", told(&outcome));
    assert!(outcome.notes.contains(&Note::UnknownDossiers(1)), "{}", told(&outcome));
}
