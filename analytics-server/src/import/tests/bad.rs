//! What is not well-formed: the file or the row is refused in one sentence, the rest is stored.

use super::*;

const GOOD: &str = "03/01/2023 07:08:00,Q01,CC001,H53.01-230103-0001,Tiếp nhận,Hài lòng,\r\n";

#[tokio::test]
async fn each_bad_row_has_its_sentence() {
    let (_dir, store) = store().await;
    let rows = [
        GOOD.trim_end(),
        "30/02/2023 07:08:00,Q01,CC001,,Tiếp nhận,Hài lòng,",
        "2023-01-03 07:08:00,Q01,CC001,,Tiếp nhận,Hài lòng,",
        "03/01/2023,Q01,CC001,,Tiếp nhận,Hài lòng,",
        "03/01/2023 24:00:00,Q01,CC001,,Tiếp nhận,Hài lòng,",
        "03/01/2203 07:08:00,Q01,CC001,,Tiếp nhận,Hài lòng,",
        "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận,Tuyệt vời,",
        "03/01/2023 07:08:00,Q01,CC001,,Tư vấn,Hài lòng,",
        "03/01/2023 07:08:00,Q99,CC001,,Tiếp nhận,Hài lòng,",
        "03/01/2023 07:08:00,Q01,CC999,,Tiếp nhận,Hài lòng,",
        "03/01/2023 07:08:00,Q01,CC001,Nguyễn Văn B,Tiếp nhận,Hài lòng,",
        "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận,,",
        "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận",
        "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận,Hài lòng,a,b",
        "03/01/2023 07:08:01,Q01,CC001,,Tiếp nhận,Hài lòng,\"chờ\r\nlâu\"",
        "03/01/2023 07:08:02,Q01,CC001,,Tiếp nhận,Hài lòng,,,",
    ]
    .join("\r\n");
    let long = format!("03/01/2023 07:08:03,Q01,CC001,,,Hài lòng,{}", "ệ".repeat(501));
    let outcome = feed_rows(&store, &format!("{rows}\r\n{long}\r\n")).await;
    insta::assert_snapshot!(told(&outcome), @r"
    danh-gia.csv: ratings, 17 rows read, 5 new, 0 changed, 0 already there, 12 refused
      note: Reasons that are in no questionnaire, stored as comments: 1.
      note: Dossier codes of an unusual form, kept as they are in the file: 1.
      line 3: “30/02/2023 07:08:00” is not a moment; write day/month/year hours:minutes:seconds, such as 03/01/2023 07:08:00.
      line 5: “03/01/2023” is not a moment; write day/month/year hours:minutes:seconds, such as 03/01/2023 07:08:00.
      line 6: “03/01/2023 24:00:00” is not a moment; write day/month/year hours:minutes:seconds, such as 03/01/2023 07:08:00.
      line 7: “03/01/2203 07:08:00” lies in the future or before 1996; check the year.
      line 8: “Tuyệt vời” is not a level of satisfaction; there are Rất hài lòng, Hài lòng, Bình thường, Không hài lòng, Rất không hài lòng.
      line 9: “Tư vấn” is not a stage; write Tiếp nhận or Trả kết quả, or leave it empty.
      line 10: There is no counter with the code “Q99”; import the counters first.
      line 11: There is no officer with the code “CC999”; import the officers first.
      line 13: “Mức độ” is empty.
      line 14: The line has 5 fields and the header 7; look for a missing quotation mark or comma.
      line 15: The line has 8 fields and the header 7; look for a missing quotation mark or comma.
      line 19: “Lý do” has more than 500 letters.
    ");
    assert_eq!(counts(&outcome), (5, 0, 12));
}

#[tokio::test]
async fn bytes_that_are_not_utf8_cost_one_line() {
    let (_dir, store) = store().await;
    let mut bytes = format!("{HEADER}{GOOD}").into_bytes();
    bytes.extend_from_slice(b"03/01/2023 07:09:00,Q01,CC001,,Ti\xea\xecp nh\xe2\xf2n,,\r\n");
    bytes.extend_from_slice(GOOD.replace("07:08", "07:10").as_bytes());
    let outcome = feed_one(&store, &bytes).await;
    assert_eq!(outcome.refusals, [Refusal { line: 3, last: 3, reason: Reason::NotUtf8 }]);
    assert_eq!(counts(&outcome), (2, 0, 1));
}

#[tokio::test]
async fn a_quotation_mark_that_is_not_closed_tells_what_it_took() {
    let (_dir, store) = store().await;
    let rows = |minutes: std::ops::Range<u32>| -> String {
        minutes.map(|minute| GOOD.replace("07:08", &format!("07:{minute}"))).collect()
    };
    let open = "03/01/2023 07:08:09,Q01,CC001,,Tiếp nhận,Hài lòng,\"chờ lâu\r\n";
    // With and without a line's end at the end, and with empty lines above.
    for end in ["", "\r\n"] {
        let swallowed = rows(20..45);
        let text = format!("\n\n{GOOD}\n\n{open}{}{end}", swallowed.trim_end());
        let outcome = feed_rows(&store, &text).await;
        insta::allow_duplicates!(
            insta::assert_snapshot!(told(&outcome).split_once(',').unwrap().1.replace("1 new, 0 changed, 0 already", "0 new, 0 changed, 1 already"), @r"
         2 rows read, 0 new, 0 changed, 1 already there, 1 refused, with further lines: 25
          lines 7 to 32: The quotation mark at “Lý do” is not closed and took the lines below with it; close it.
        ")
        );
    }
    // The next mark closes it; what follows is read again.
    let close = "x\",y\r\n";
    let outcome =
        feed_rows(&store, &format!("{open}{}{close}{}", rows(20..22), rows(50..52))).await;
    assert_eq!((counts(&outcome), outcome.taken_along), ((2, 0, 1), 3));
    assert_eq!((outcome.refusals[0].line, outcome.refusals[0].last), (2, 5));
    // In a column that is not used the row is good, and the lines are told all the same.
    let header = HEADER.replace("\r\n", ",Ghi chú\r\n");
    let row = format!("{},\"a\r\nb\r\nc\"\r\n", GOOD.trim_end().replace("07:08", "07:55"));
    let outcome = feed_one(&store, format!("{header}{row}").as_bytes()).await;
    assert_eq!(counts(&outcome), (1, 0, 0));
    assert!(told(&outcome).contains("part of the row above them: 2,"), "{}", told(&outcome));
}

#[tokio::test]
async fn letters_that_can_not_be_seen_are_refused() {
    let (_dir, store) = store().await;
    for letter in ['\0', '\u{1}', '\u{b}', '\u{1b}', '\u{7f}', '\u{85}'] {
        let text =
            format!("Mã,Tên cơ quan\r\nX1,Sở B{letter}ọc\r\nSKHDT,Sở Kế hoạch và Đầu tư\r\n");
        let outcome = feed_one(&store, text.as_bytes()).await;
        assert_eq!((outcome.refused, outcome.refusals[0].line), (1, 2));
        assert!(told(&outcome).contains("control character"), "{}", told(&outcome));
        assert_eq!(outcome.stored() + outcome.already_there, 1, "{}", told(&outcome));
    }
    // Above the header it costs nothing.
    let titled = format!("DANH\u{b} SÁCH\r\n{DEPARTMENTS}");
    assert!(feed_one(&store, titled.as_bytes()).await.is_whole());
}

#[tokio::test]
async fn a_huge_line_stops_the_file_and_not_the_program() {
    let (_dir, store) = store().await;
    // A quotation mark that is never closed swallows the rest of a long file.
    let rest = GOOD.replace("07:08", "07:09").repeat(4_000);
    let outcome = feed_rows(&store, &format!("{GOOD}\"{rest}")).await;
    assert!(matches!(outcome.fault, Some(FileFault::HugeLine { line: 3 })), "{}", told(&outcome));
    assert_eq!(counts(&outcome), (1, 0, 0));

    // A line a little too long costs only itself.
    let long = format!("{},Q01,CC001,,,Hài lòng,\r\n", "9".repeat(70_000));
    let outcome = feed_rows(&store, &format!("{long}{GOOD}")).await;
    assert_eq!(outcome.refusals, [Refusal { line: 2, last: 2, reason: Reason::TooManyBytes }]);
    assert_eq!(counts(&outcome), (0, 1, 1));

    // Endless bytes without any line are no file of ours either, and take no memory.
    let outcome = feed_one(&store, &gzip(&vec![b'a'; 50_000_000])).await;
    assert!(matches!(outcome.fault, Some(FileFault::HugeLine { line: 1 })), "{}", told(&outcome));
}

#[tokio::test]
async fn each_bad_file_has_its_sentence() {
    let (dir, store) = empty_store().await;
    let ratings = format!("{HEADER}{GOOD}");
    let packed = gzip(ratings.repeat(50).as_bytes());
    let utf16: Vec<u8> =
        "\u{feff}Mã\tTên cơ quan\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let without = ratings.replace("Mức độ", "Đánh giá");
    let twice = ratings.replace("Lý do", "Mức độ");
    let unknown = "STT,Họ tên,Ghi chú\r\n1,A,\r\n";
    let workbook = include_bytes!("../../../tests/fixtures/cong-chuc.xlsx");
    let files: [(&str, &[u8]); 13] = [
        ("trống.csv", b""),
        ("chỉ-BOM.csv", b"\xef\xbb\xbf\r\n \r\n"),
        ("trống.csv.gz", &gzip(b"")),
        ("cắt.csv.gz", &packed[..packed.len() / 2]),
        ("utf16.txt", &utf16),
        ("tcvn3.csv", b"M\xb7,T\xaan c\xac quan\r\nA,B\r\n"),
        ("cũ.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"),
        ("hỏng.xlsx", &workbook[..workbook.len() / 2]),
        ("zip.xlsx", b"PK\x03\x04 and nothing else"),
        ("thiếu-cột.csv", without.as_bytes()),
        ("hai-cột.csv", twice.as_bytes()),
        ("lạ.csv", unknown.as_bytes()),
        ("ảnh.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ];
    let outcomes = feed(&store, &files).await;
    insta::assert_snapshot!(summary(&outcomes, locales::texts("en")), @r"
    utf16.txt: departments, 0 rows read, 0 new, 0 changed, 0 already there, 0 refused
      note: There is no column “Đầu số thứ tự”; its stored values stay as they are.
    trống.csv: The file is empty; export it again.
    chỉ-BOM.csv: The file is empty; export it again.
    trống.csv.gz: The file is empty; export it again.
    cắt.csv.gz: The file cannot be unpacked: incomplete deflate stream. It is damaged, cut short or has extra data at its end; fetch it again.
    tcvn3.csv: The file is not UTF-8 (perhaps Windows-1258, TCVN3 or VNI, or damaged); save it as “CSV UTF-8”.
    cũ.xls: The file is an Excel file of the old format (.xls); save it as XLSX.
    hỏng.xlsx: The XLSX file is damaged or cut short; fetch it again, or open it in a spreadsheet program and save it again.
    zip.xlsx: The XLSX file is damaged or cut short; fetch it again, or open it in a spreadsheet program and save it again.
    thiếu-cột.csv: The file has no column “Mức độ”, which a file of ratings needs; add it or export the file again.
    hai-cột.csv: The file has two columns “Mức độ”; rename one of them.
    lạ.csv: The file has no known header; its first line is “STT,Họ tên,Ghi chú”. The header must name the columns.
    ảnh.csv: The file is a picture; export it as XLSX or “CSV UTF-8”.
    ");
    assert!(outcomes.iter().skip(1).all(|one| one.fault.is_some() && !one.is_whole()));

    let missing = dir.path().join("không-có");
    let error = import(&store, &[missing], &options(), &Silent).await.unwrap_err();
    assert!(error.to_string().ends_with("(os error 2); check the path"), "{error}");
    let empty = dir.path().join("rỗng");
    std::fs::create_dir(&empty).unwrap();
    let error = import(&store, &[empty], &options(), &Silent).await.unwrap_err();
    assert!(error.to_string().contains("holds no CSV"), "{error}");
}

#[tokio::test]
async fn codes_must_be_known_and_stand_once() {
    let (_dir, store) = store().await;
    let counters = format!(
        "{COUNTERS}Q01,Quầy số 01,SKHDT\r\nQ01,Quầy khác,SKHDT\r\nQ02,Quầy số 02,SXX\r\n,Quầy,SKHDT\r\n"
    );
    let outcome = feed_one(&store, counters.as_bytes()).await;
    insta::assert_snapshot!(told(&outcome), @r"
    danh-gia.csv: counters, 5 rows read, 0 new, 0 changed, 2 already there, 3 refused
      note: There is no column “Mã nơi tiếp nhận”; its stored values stay as they are.
      line 4: The code already appears in a row above.
      line 5: Department: There is no code “SXX”.
      line 6: Code: This field may not be empty.
    ");
    let procedures = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n\
        9.1,Thủ tục,Lĩnh vực,SKHDT,ba\r\n9.2,Thủ tục,Lĩnh vực,SKHDT,99999\r\n";
    let outcome = feed_one(&store, procedures.as_bytes()).await;
    insta::assert_snapshot!(told(&outcome), @r"
    danh-gia.csv: procedures, 2 rows read, 0 new, 0 changed, 0 already there, 2 refused
      line 2: Working days: Please enter a number of working days from 0 to 3,650.
      line 3: Working days: Please enter a number of working days from 0 to 3,650.
    ");
}

#[tokio::test]
async fn only_the_first_thousand_refusals_are_kept() {
    let (_dir, store) = store().await;
    let row = "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận,Tốt,\r\n";
    let outcome = feed_rows(&store, &row.repeat(2_500)).await;
    assert_eq!((outcome.refused, outcome.refusals.len()), (2_500, 1_000));
    assert!(told(&outcome).ends_with("… and 2480 more refused rows"), "{}", told(&outcome));
}
