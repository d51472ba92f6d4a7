//! Lists of the command line are read as those of the page.

use super::*;

#[tokio::test]
async fn a_column_that_the_file_does_not_have_changes_nothing() {
    let (_dir, store) = store().await;
    let officers = "Mã,Họ và tên,Mã cơ quan\r\nCC001,Nguyễn Văn A,SKHDT\r\n";
    let departments = "Mã,Tên cơ quan\r\nSKHDT,Sở Kế hoạch và Đầu tư\r\n";
    for file in [officers, departments] {
        assert_eq!(counts(&feed_one(&store, file.as_bytes()).await), (0, 1, 0));
    }
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC001").unwrap();
    assert_eq!(officer.title, "Chuyên viên");
    assert_eq!(officer.counter, Some(directory.counter("Q01").unwrap().id));
    assert_eq!(directory.departments[0].ticket_prefix.as_deref(), Some("A"));
}

#[tokio::test]
async fn a_row_may_end_before_columns_that_may_be_empty() {
    let (_dir, store) = store().await;
    let short = "Mã,Họ và tên,Chức danh,Mã cơ quan,Mã quầy\r\nCC010,Phan Thị E,Chuyên viên,SKHDT\r\n\
                 CC011,Trần B,Chuyên viên\r\n";
    let outcome = feed_one(&store, short.as_bytes()).await;
    assert_eq!(counts(&outcome), (1, 0, 1), "{}", told(&outcome));
    let rows = "03/01/2023 07:08:00,Q01,CC001,,Tiếp nhận,Hài lòng\r\n\
                03/01/2023 07:09:00,Q01,CC001,,Tiếp nhận\r\n";
    assert_eq!(counts(&feed_rows(&store, rows).await), (1, 0, 1));
}

#[tokio::test]
async fn the_header_decides_what_parts_the_fields() {
    for (file, name) in [
        (
            "Mã;Tên cơ quan\nSCT;Sở Công Thương, Khoa học, Công nghệ\n",
            "Sở Công Thương, Khoa học, Công nghệ",
        ),
        ("Mã,Tên cơ quan\nSCT,Sở A; B; C; D\n", "Sở A; B; C; D"),
        (
            "Trung tâm A, tỉnh B, năm 2023, danh sách\r\nMã;Tên cơ quan\r\nSCT;Sở Y tế\r\n",
            "Sở Y tế",
        ),
        ("Mã\tTên cơ quan\nSCT\tSở A, B; C\n", "Sở A, B; C"),
        ("sep=;\r\nMã;Tên cơ quan\r\nSCT;Sở Y tế\r\n", "Sở Y tế"),
        ("\"Mã\";\"Tên cơ quan\"\n\"SCT\";\"Sở \"\"A\"\"; B, C\"\n", "Sở \"A\"; B, C"),
        ("\u{feff}\u{feff}\"Mã\",\"Tên cơ quan\"\nSCT,Sở Y tế\n", "Sở Y tế"),
        ("sep=|\nMã|Tên cơ quan\nSCT|Sở Y tế\n", "Sở Y tế"),
    ] {
        let (_dir, store) = empty_store().await;
        let outcome = feed_one(&store, file.as_bytes()).await;
        assert_eq!(counts(&outcome), (1, 0, 0), "{file}: {}", told(&outcome));
        assert_eq!(store.directory().await.unwrap().departments[0].name, name);
    }
}

#[tokio::test]
async fn line_breaks_of_names_and_free_texts_become_spaces() {
    let (_dir, store) = store().await;
    let procedures = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n\
        1.000001,\"Đăng ký thành lập\ndoanh nghiệp, hộ kinh doanh\",Doanh nghiệp,SKHDT,3\r\n";
    assert_eq!(counts(&feed_one(&store, procedures.as_bytes()).await), (1, 0, 0));
    let name = store.directory().await.unwrap().procedures[0].name.clone();
    assert_eq!(name, "Đăng ký thành lập doanh nghiệp, hộ kinh doanh");
    let rows = "03/01/2023 07:01:07,Q01,CC001,,Tiếp nhận,Hài lòng,\"Chờ rất lâu\r\nvà phải đi lại, nhiều lần\"\r\n\
        03/01/2023 07:02:07,Q01,\"CC\r\n001\",,Tiếp nhận,Hài lòng,\r\n";
    let outcome = feed_rows(&store, rows).await;
    assert_eq!(counts(&outcome), (1, 0, 1), "{}", told(&outcome));
    assert!(matches!(outcome.refusals[0].reason, Reason::LineBreak { .. }));
}

#[tokio::test]
async fn new_changed_and_already_there_are_three_numbers() {
    let (_dir, store) = store().await;
    let rows = format!("{OFFICERS}CC002,Trần Thị B,Chuyên viên,SKHDT,\r\n");
    let rows = rows.replace("Nguyễn Văn A", "Nguyễn Văn An");
    let outcome = feed_one(&store, rows.as_bytes()).await;
    assert_eq!((outcome.new, outcome.changed, outcome.already_there), (1, 1, 0));
    let outcome = feed_one(&store, rows.as_bytes()).await;
    assert_eq!((outcome.new, outcome.changed, outcome.already_there), (0, 0, 2));
    assert!(told(&outcome).contains("0 new, 0 changed, 2 already there, 0 refused"));
}

#[tokio::test]
async fn a_list_in_english_is_the_same_list() {
    let (_dir, store) = store().await;
    let rows =
        "Code,Full name,Title,Department,Counter\nCC001,Nguyễn Văn A,Chuyên viên,SKHDT,Q01\n";
    let outcome = feed_one(&store, rows.as_bytes()).await;
    assert_eq!((outcome.kind, counts(&outcome)), (Some(Kind::Officers), (0, 1, 0)));
}

#[tokio::test]
async fn all_missing_columns_are_named() {
    let (_dir, store) = store().await;
    let outcome = feed_one(&store, "Mã,Tên thủ tục,Lĩnh vực\n1,A,B\n".as_bytes()).await;
    let said = told(&outcome);
    assert!(said.contains("“Mã cơ quan”, “Thời hạn giải quyết (ngày làm việc)”"), "{said}");
}

#[tokio::test]
async fn columns_and_words_are_read_by_their_names_and_by_their_earlier_ones() {
    let (_dir, store) = store().await;
    for sites in [
        "Mã,Tên nơi tiếp nhận,Cấp\nT,Trung tâm,Cấp tỉnh\n",
        "Mã,Tên địa điểm,Loại\nT,Trung tâm,Trung tâm tỉnh\n",
    ] {
        let outcome = feed_one(&store, sites.as_bytes()).await;
        assert_eq!((outcome.kind, outcome.refused), (Some(Kind::Sites), 0), "{}", told(&outcome));
    }
    for (column, days) in [("Thời hạn giải quyết (ngày làm việc)", 3), ("Số ngày làm việc", 5)]
    {
        let rows = format!("Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,{column}\n1,A,B,SKHDT,{days}\n");
        assert_eq!(counts(&feed_one(&store, rows.as_bytes()).await), (1, 0, 0), "{column}");
        assert_eq!(store.directory().await.unwrap().procedures[0].working_days, days);
    }
    for column in ["Mã nơi tiếp nhận", "Mã địa điểm"] {
        let rows = format!("Mã,Tên quầy,Mã cơ quan,{column}\nQ02,Quầy số 02,SKHDT,T\n");
        let outcome = feed_one(&store, rows.as_bytes()).await;
        assert!(outcome.is_whole() && outcome.notes.is_empty(), "{}", told(&outcome));
    }
}
