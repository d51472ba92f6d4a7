//! What is asked before anything is stored: dates whose day and month may have changed places.

use super::*;
use rust_xlsxwriter::{Format, Workbook};

fn row(moment: &str, code: &str, stage: &str) -> String {
    format!("{moment},Q01,CC001,{code},{stage},Hài lòng,\r\n")
}

/// What is asked; then the answer yes, and how many rows are stored.
async fn asked(store: &Store, file: &[u8]) -> (String, u64) {
    let outcomes = feed(store, &[("a.csv", file), ("co-quan.csv", DEPARTMENTS.as_bytes())]).await;
    let stored: u64 = outcomes.iter().map(FileOutcome::stored).sum();
    let questions = outcomes.iter().flat_map(|one| &one.questions);
    let question =
        questions.map(|one| one.tell(locales::texts("en"))).collect::<Vec<_>>().join("\n");
    if !question.is_empty() {
        assert_eq!(stored, 0, "nothing is stored before the answer");
        assert!(!outcomes.iter().all(FileOutcome::is_whole));
    }
    let yes = Options { confirmed: true, ..options() };
    let outcomes = import_bytes(store, &[("a.csv", file)], &yes, &Silent).await.unwrap();
    assert!(outcomes[0].questions.is_empty());
    (question, stored + outcomes[0].stored())
}

#[tokio::test]
async fn moments_months_away_from_the_dossiers_own_date_are_asked_about() {
    let code = "H53.01-230103-0001";
    for (rows, question) in [
        // As they are.
        (row("03/01/2023 07:08:49", code, "Tiếp nhận"), ""),
        (row("20/03/2023 07:08:49", code, "Trả kết quả"), ""),
        (row("03/01/2023 07:08:49", "", "Tiếp nhận"), ""),
        // Day and month changed.
        (row("01/03/2023 07:08:49", code, "Tiếp nhận"), "“01/03/2023 07:08:49”"),
        (row("01/03/2023 07:08:49", code, "Trả kết quả"), "“01/03/2023 07:08:49”"),
        (row("02/01/2023 07:08:49", "H53.01-230201-0001", "Tiếp nhận"), "“02/01/2023 07:08:49”"),
        // Before it was received.
        (row("03/06/2022 07:08:49", code, "Trả kết quả"), "“03/06/2022 07:08:49”"),
    ] {
        let (_dir, store) = store().await;
        let (asked, stored) = asked(&store, format!("{HEADER}{rows}").as_bytes()).await;
        assert_eq!(asked.contains("weeks away"), !question.is_empty(), "{rows}: {asked}");
        assert!(asked.contains(question), "{asked}");
        assert_eq!(stored, 1);
    }
}

#[tokio::test]
async fn a_column_of_dates_and_texts_is_asked_about() {
    let (_dir, store) = store().await;
    let book = |texts: &[&str]| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let heads = ["Thời điểm", "Quầy", "Mã công chức", "Mức độ"];
        for (at, head) in (0..).zip(heads) {
            sheet.write_string(0, at, head).unwrap();
        }
        let format = Format::new().set_num_format("dd/mm/yyyy hh:mm:ss");
        // 2023-03-01 07:08:49, which was 03/01 before a program took the day for a month.
        sheet.write_number_with_format(1, 0, 44_986.297_789_4, &format).unwrap();
        for (line, text) in (2..).zip(texts) {
            sheet.write_string(line, 0, *text).unwrap();
        }
        for line in 1..=u32::try_from(texts.len()).unwrap() + 1 {
            for (at, cell) in (1..).zip(["Q01", "CC001", "Hài lòng"]) {
                sheet.write_string(line, at, cell).unwrap();
            }
        }
        workbook.save_to_buffer().unwrap()
    };
    let (question, stored) = asked(&store, &book(&["13/01/2023 07:08:49"])).await;
    assert!(question.contains("texts (1), from line 3"), "{question}");
    assert_eq!(stored, 2);
    let (question, _) = asked(&store, &book(&[])).await;
    assert_eq!(question, "");
}

#[tokio::test]
async fn a_text_in_two_formats_is_asked_about_where_only_one_has_days_above_twelve() {
    let (_dir, store) = store().await;
    let file = |moments: &[&str]| {
        let rows: String = moments.iter().map(|moment| row(moment, "", "")).collect();
        format!("{HEADER}{rows}")
    };
    let (question, stored) =
        asked(&store, file(&["13/01/2023 07:08:49", "3/1/2023 7:08", "4/1/2023 7:08"]).as_bytes())
            .await;
    assert!(question.contains("in two ways"), "{question}");
    assert_eq!(stored, 3);
    for moments in [
        &["13/01/2023 07:08:49", "03/01/2023 07:08:49"][..],
        &["13/10/2023 7:08", "3/10/2023 7:08", "3/1/2023 17:08"],
        &["13/01/2023 07:08:49", "14/01/2023 7:08"],
        &["03/01/2023 07:08:49", "3/1/2023 7:08"],
    ] {
        assert_eq!(asked(&store, file(moments).as_bytes()).await.0, "", "{moments:?}");
    }
}
