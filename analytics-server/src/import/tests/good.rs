//! A well-formed file is stored once, in every form of packing and however often it is imported.

use super::*;

const ROWS: &str = "03/01/2023 07:08:00,Q01,CC001,H53.01-230103-0001,Tiếp nhận,Hài lòng,\r\n\
    03/01/2023 07:34:32,Q01,CC001,,Trả kết quả,Rất hài lòng,\r\n";

#[tokio::test]
async fn moments_are_local_and_words_are_understood() {
    let (_dir, store) = store().await;
    let outcome = feed_rows(&store, ROWS).await;
    assert!(outcome.is_whole(), "{}", told(&outcome));
    assert_eq!((outcome.kind, counts(&outcome)), (Some(Kind::Ratings), (2, 0, 0)));
    let stored = store.changes_after(0, 10).await.unwrap();
    let seen: Vec<_> = stored.iter().map(|row| (row.asked_at, row.level, row.stage)).collect();
    // 07:08:00 in Vietnam is 00:08:00 UTC.
    assert_eq!(seen, [(1_672_704_480_000, 2, 1), (1_672_706_072_000, 1, 2)]);
    assert!(stored.iter().all(|row| row.imported && !row.simulated && !row.abandoned));
}

#[tokio::test]
async fn every_packing_gives_the_same_rows() {
    let (_dir, store) = store().await;
    let plain = format!("{HEADER}{ROWS}");
    assert_eq!(counts(&feed_one(&store, plain.as_bytes()).await), (2, 0, 0));
    let swapped = "Mức độ;Khâu;Mã công chức;Quầy;Thời điểm;Lý do;Mã hồ sơ\n\
        hài  lòng;TIẾP NHẬN;CC001;Q01;03/01/2023 07:08:00;;H53.01-230103-0001\n";
    let decomposed: String =
        unicode_normalization::UnicodeNormalization::nfd(plain.as_str()).collect();
    let titled = format!("BÁO CÁO ĐÁNH GIÁ,,,,,,\r\n,,,,,,\r\n{plain},,,,,,\r\n");
    for (bytes, rows) in [
        (format!("\u{feff}{plain}").into_bytes(), 2),
        (plain.replace("\r\n", "\n").into_bytes(), 2),
        (plain.trim_end().to_owned().into_bytes(), 2),
        (gzip(plain.as_bytes()), 2),
        (gzip(format!("\u{feff}{plain}").as_bytes()), 2),
        (swapped.to_owned().into_bytes(), 1),
        (decomposed.into_bytes(), 2),
        (titled.into_bytes(), 2),
    ] {
        let outcome = feed_one(&store, &bytes).await;
        assert!(outcome.is_whole(), "{}", told(&outcome));
        assert_eq!(counts(&outcome), (0, rows, 0), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn workbooks_are_read_as_offices_save_them() {
    let (_dir, store) = store().await;
    let officers = include_bytes!("../../../tests/fixtures/cong-chuc.xlsx");
    let outcome = feed_one(&store, officers).await;
    assert_eq!((outcome.kind, counts(&outcome)), (Some(Kind::Officers), (1, 1, 0)));
    let directory = store.directory().await.unwrap();
    let second = directory.officer("CC002").unwrap();
    assert_eq!((second.name.as_str(), second.counter), ("Nguyễn Thị B", None));
    insta::assert_snapshot!(told(&outcome), @r"
    danh-gia.csv: officers, 2 rows read, 1 new, 0 changed, 1 already there, 0 refused
      Sheets that were not read, because they have no known header: “Ghi chú”.
      note: The column “STT” is not used.
    ");

    let ratings = include_bytes!("../../../tests/fixtures/danh-gia.xlsx");
    // One of its moments is a text, which is asked about.
    assert_eq!(feed_one(&store, ratings).await.questions.len(), 1);
    let yes = Options { confirmed: true, ..options() };
    let outcome = import_bytes(&store, &[("danh-gia.xlsx", ratings)], &yes, &Silent).await.unwrap();
    insta::assert_snapshot!(told(&outcome[0]), @r"
    danh-gia.xlsx: ratings, 4 rows read, 3 new, 0 changed, 0 already there, 1 refused
      Sheets that were not read, because they have no known header: “Bìa”.
      note: Reasons that are in no questionnaire, stored as comments: 1.
      line 4: “Tuyệt vời” is not a level of satisfaction; there are Rất hài lòng, Hài lòng, Bình thường, Không hài lòng, Rất không hài lòng.
    ");
    let at: Vec<_> =
        store.changes_after(0, 10).await.unwrap().iter().map(|row| row.asked_at).collect();
    assert_eq!(at, [1_672_704_480_000, 1_672_706_072_000, 1_696_067_999_000]);
    // The same visit from a CSV file is the same visit.
    let first = ROWS.lines().next().unwrap().replace("Hài lòng", "Rất hài lòng");
    assert_eq!(counts(&feed_rows(&store, &first).await), (0, 1, 0));
}

#[tokio::test]
async fn two_visits_stay_two_and_one_stays_one() {
    let (_dir, store) = store().await;
    let row = |second: u8, dossier: &str, level: &str| {
        format!("03/01/2023 07:08:{second:02},Q01,CC001,{dossier},Tiếp nhận,{level},\r\n")
    };
    let dossier = "H53.01-230103-0001";
    let rows = [
        row(0, dossier, "Hài lòng"),
        // Another second: another visit, though dossier and stage are the same.
        row(1, dossier, "Hài lòng"),
        // The same visit again.
        row(1, dossier, "Hài lòng"),
        // Without a dossier nothing tells these two apart, and both were given.
        row(2, "", "Hài lòng"),
        row(2, "", "Hài lòng"),
        row(2, "", "Hài lòng"),
    ]
    .concat();
    assert_eq!(counts(&feed_rows(&store, &rows).await), (5, 1, 0));
    assert_eq!(counts(&feed_rows(&store, &rows).await), (0, 6, 0));
    // The same visit with another level can not be both.
    let outcome = feed_rows(&store, &row(0, dossier, "Bình thường")).await;
    assert_eq!(outcome.refusals, [Refusal { line: 2, last: 2, reason: Reason::Conflict }]);
    assert_eq!(store.changes_after(0, 10).await.unwrap().len(), 5);
}

#[tokio::test]
async fn files_are_read_in_the_order_they_need() {
    let (_dir, store) = empty_store().await;
    let ratings = format!("{HEADER}{ROWS}");
    let dossiers = "Mã hồ sơ,Mã thủ tục,Tên thủ tục hành chính,Lĩnh vực,Cơ quan giải quyết,\
        Hình thức tiếp nhận,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả kết quả,Trạng thái,\
        Mã công chức tiếp nhận,Quầy\r\n";
    let tickets = "Số thứ tự,Cơ quan,Quầy,Giờ lấy số,Giờ gọi,Giờ hoàn thành\r\n";
    let petitions =
        "Mã,Kênh tiếp nhận,Phân loại,Nội dung,Ngày nhận,Hạn xử lý,Ngày trả lời,Trạng thái\r\n";
    let procedures = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n\
        9.100003,\"Đăng ký chi nhánh, văn phòng\",Doanh nghiệp,SKHDT,3\r\n";
    let files = [
        ("1", ratings.as_str()),
        ("2", dossiers),
        ("3", OFFICERS),
        ("4", tickets),
        ("5", COUNTERS),
        ("6", petitions),
        ("7", procedures),
        ("8", DEPARTMENTS),
    ];
    let outcomes = feed(&store, &files.map(|(name, text)| (name, text.as_bytes()))).await;
    insta::assert_snapshot!(summary(&outcomes, locales::texts("en")), @r"
    8: departments, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
    5: counters, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
      note: There is no column “Mã nơi tiếp nhận”; its stored values stay as they are.
    3: officers, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
    7: procedures, 1 row read, 1 new, 0 changed, 0 already there, 0 refused
    2: dossiers, 0 rows read, 0 new, 0 changed, 0 already there, 0 refused
      note: The column “Tên thủ tục hành chính” is not used.
      note: The column “Lĩnh vực” is not used.
      note: The column “Cơ quan giải quyết” is not used.
    4: queue tickets, 0 rows read, 0 new, 0 changed, 0 already there, 0 refused
      note: The column “Cơ quan” is not used.
    1: ratings, 2 rows read, 2 new, 0 changed, 0 already there, 0 refused
    6: petitions, recognised, not imported by this version
    ");
    assert_eq!(store.directory().await.unwrap().procedures[0].working_days, 3);
}

#[tokio::test]
async fn a_folder_gives_its_exported_files() {
    let (dir, store) = empty_store().await;
    let folder = dir.path().join("xuất");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("quay.csv"), COUNTERS).unwrap();
    std::fs::write(folder.join("co-quan.CSV.GZ"), gzip(DEPARTMENTS.as_bytes())).unwrap();
    std::fs::write(folder.join("expected.json"), "{}").unwrap();
    std::fs::write(folder.join("~$quay.xlsx"), "lock").unwrap();
    let outcomes = import(&store, &[folder], &options(), &Silent).await.unwrap();
    let kinds: Vec<_> = outcomes.iter().map(|one| (one.kind, one.new)).collect();
    let told = (None, 0);
    assert_eq!(kinds, [(Some(Kind::Departments), 1), (Some(Kind::Counters), 1), told]);
    assert_eq!(outcomes[2].unread, [Unread::Other], "what is no export is named");
    assert!(outcomes.iter().all(FileOutcome::is_whole));
}

#[tokio::test]
async fn a_changed_name_takes_the_place_of_the_old_one() {
    let (_dir, store) = store().await;
    let renamed = COUNTERS.replace("Quầy số 01", "Quầy 1");
    assert_eq!(counts(&feed_one(&store, renamed.as_bytes()).await), (1, 0, 0));
    assert_eq!(counts(&feed_one(&store, renamed.as_bytes()).await), (0, 1, 0));
    assert_eq!(store.directory().await.unwrap().counter("Q01").unwrap().name, "Quầy 1");
}

#[tokio::test]
async fn a_scale_of_three_has_three_levels() {
    let (_dir, store) = store().await;
    let three = Options { scale: Scale::Three, simulated: true, ..options() };
    let text = format!("{HEADER}{ROWS}{}", ROWS.replace("Hài lòng", "Bình thường"));
    let outcome = import_bytes(&store, &[("a", text.as_bytes())], &three, &Silent).await.unwrap();
    insta::assert_snapshot!(summary(&outcome, locales::texts("en")), @r"
    a: ratings, 4 rows read, 3 new, 0 changed, 0 already there, 1 refused
      line 4: “Bình thường” is not a level of satisfaction; there are Rất hài lòng, Hài lòng, Không hài lòng.
    ");
    let stored = store.changes_after(0, 10).await.unwrap();
    assert!(stored.iter().all(|row| row.scale == 2 && row.simulated));
}

#[tokio::test]
async fn a_real_month_gives_what_was_published() {
    let (_dir, store) = empty_store().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/binhthuan-2025-04");
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let at = |month: i8| {
        let zoned = date(2025, month, 1).at(0, 0, 0, 0).to_zoned(zone.clone()).unwrap();
        zoned.timestamp().as_millisecond()
    };
    let options = Options::new(zone.clone(), at(12));
    for nth in 0..2 {
        let outcomes = import(&store, &[folder.into()], &options, &Silent).await.unwrap();
        assert!(
            outcomes.iter().all(FileOutcome::is_whole),
            "{}",
            summary(&outcomes, locales::texts("en"))
        );
        let stored: u64 = outcomes.iter().map(FileOutcome::stored).sum();
        assert_eq!(stored > 0, nth == 0, "once");
    }
    let expected: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{folder}/expected.json")).unwrap())
            .unwrap();
    let number = |name: &str, part: &str| expected[name][part].as_u64().unwrap();
    let rows = store.changes_after(0, 10_000).await.unwrap();
    let level = |level: u8| rows.iter().filter(|row| row.level == level).count() as u64;
    assert_eq!(rows.len() as u64, number("ratings", "total"));
    for (code, name) in [
        (1, "Rất hài lòng"),
        (2, "Hài lòng"),
        (3, "Bình thường"),
        (4, "Không hài lòng"),
        (5, "Rất không hài lòng"),
    ] {
        assert_eq!(level(code), number("ratings", name), "{name}");
    }
    let received = store.received_by_channel(at(4), at(5)).await.unwrap();
    let channels: Vec<u64> = received.iter().map(|(_, count)| *count).collect();
    let named = ["Trực tiếp", "Bưu chính công ích", "Trực tuyến toàn trình"];
    assert_eq!(channels, named.map(|name| number("received", name)));
    let queues = store.queues(0, 99_999).await.unwrap();
    let served: u64 = queues.iter().map(|queue| queue.served).sum();
    let tickets: u64 = queues.iter().map(|queue| queue.tickets).sum();
    assert!([served, tickets].contains(&number("visits", "total")), "{served} of {tickets}");
}
