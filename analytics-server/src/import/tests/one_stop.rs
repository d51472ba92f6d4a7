//! Dossiers and queue numbers: stored once, told again with more, and refused in one sentence.

use super::*;
use protocol::questionnaire::Questionnaire;

const PROCEDURES: &str = "Mã,Tên thủ tục,Lĩnh vực,Mã cơ quan,Số ngày làm việc\r\n\
    9.100003,Đăng ký chi nhánh,Doanh nghiệp,SKHDT,3\r\n";
const DOSSIERS: &str = "Mã hồ sơ,Mã thủ tục,Hình thức tiếp nhận,Ngày tiếp nhận,Ngày hẹn trả,\
    Ngày trả kết quả,Trạng thái,Mã công chức tiếp nhận,Quầy\r\n";
const TICKETS: &str = "Số thứ tự,Cơ quan,Quầy,Giờ lấy số,Giờ gọi,Giờ hoàn thành\r\n";

async fn furnished() -> (TempDir, Store) {
    let (dir, store) = store().await;
    assert!(feed_one(&store, PROCEDURES.as_bytes()).await.is_whole());
    (dir, store)
}

#[tokio::test]
async fn a_dossier_is_told_again_as_far_as_it_has_come() {
    let (_dir, store) = furnished().await;
    let row = |returned: &str, status: &str| {
        format!(
            "{DOSSIERS}H53.01-230103-0001,9.100003,Trực tiếp,03/01/2023 07:00:00,\
             05/01/2024 17:00:00,{returned},{status},CC001,Q01\r\n"
        )
    };
    let open = row("", "Đang giải quyết");
    assert_eq!(counts(&feed_one(&store, open.as_bytes()).await), (1, 0, 0));
    assert_eq!(counts(&feed_one(&store, open.as_bytes()).await), (0, 1, 0));
    let returned = row("04/01/2023 09:00:00", "Đã trả kết quả");
    assert_eq!(counts(&feed_one(&store, returned.as_bytes()).await), (1, 0, 0));
    assert_eq!(counts(&feed_one(&store, returned.as_bytes()).await), (0, 1, 0));
    assert_eq!(store.received_by_channel(0, i64::MAX).await.unwrap(), [(1, 1)]);
}

#[tokio::test]
async fn what_a_dossier_can_not_be_is_said() {
    let (_dir, store) = furnished().await;
    let good = "H53.01-230103-0001,9.100003,Trực tiếp,03/01/2023 07:00:00,05/01/2023 17:00:00,,\
                Đang giải quyết,,\r\n";
    let rows = [
        good.replace("H53.01-230103-0001", "079123456789"),
        good.replace("9.100003", "9.1"),
        good.replace("Trực tiếp", "Qua Zalo"),
        good.replace("03/01/2023 07", "32/01/2023 07"),
        good.replace("05/01/2023 17", "05/01/2203 17"),
        good.replace("Đang giải quyết,,", "Đang giải quyết,CC9,"),
        good.replace("Đang giải quyết,,", ",,"),
        good.to_owned(),
    ];
    let outcome = feed_one(&store, format!("{DOSSIERS}{}", rows.concat()).as_bytes()).await;
    insta::assert_snapshot!(told(&outcome));
}

#[tokio::test]
async fn queue_numbers_are_told_once_and_again_with_more() {
    let (_dir, store) = furnished().await;
    let row = |more: &str| format!("{TICKETS}A001,Sở,Q01,03/01/2023 07:02:08,{more}\r\n");
    assert_eq!(counts(&feed_one(&store, row(",").as_bytes()).await), (1, 0, 0));
    let served = row("03/01/2023 07:13:56,03/01/2023 07:20:17");
    assert_eq!(counts(&feed_one(&store, served.as_bytes()).await), (1, 0, 0));
    assert_eq!(counts(&feed_one(&store, served.as_bytes()).await), (0, 1, 0));
    let rows = [
        "A001,Sở,Q01,03/01/2023 07:02:08,,\r\n",
        "A002,Sở,Q99,03/01/2023 07:02:08,,\r\n",
        "A003,Sở,Q01,hôm nay,,\r\n",
        ",Sở,Q01,03/01/2023 07:02:08,,\r\n",
    ];
    let outcome = feed_one(&store, format!("{TICKETS}{}", rows.concat()).as_bytes()).await;
    insta::assert_snapshot!(told(&outcome));
    let queues = store.queues(0, 99_999).await.unwrap();
    assert_eq!((queues[0].tickets, queues[0].served), (1, 1));
    let day = 19_360;
    assert_eq!(store.queues(day, day).await.unwrap(), queues, "2023-01-03 on the wall");
}

#[tokio::test]
async fn a_files_reason_is_the_questionnaires_where_the_words_agree() {
    let (_dir, store) = store().await;
    let first: Questionnaire =
        serde_json::from_str(include_str!("../../../questionnaires/attitude.json")).unwrap();
    store.seed_questionnaire(&first, 0).await.unwrap();
    let row = |minute: u8, reason: &str| {
        format!("03/01/2023 07:{minute:02}:00,Q01,CC001,,,Không hài lòng,{reason}\r\n")
    };
    let decomposed: String =
        unicode_normalization::UnicodeNormalization::nfd("Chờ đợi lâu; Unclear guidance").collect();
    let rows = [
        row(1, "chờ đợi  LÂU"),
        row(2, "Xin gọi lại cho bà X"),
        row(3, ""),
        row(4, &decomposed),
        row(5, "\"waiting\r\nattitude_cold\""),
        row(6, "Chờ đợi lâu; trời mưa"),
        row(7, "Hướng dẫn chưa rõ; Thái độ chưa tốt"),
    ]
    .concat();
    let outcome = feed_rows(&store, &rows).await;
    assert!(outcome.is_whole() && outcome.notes.contains(&Note::Comments(2)), "{}", told(&outcome));
    let stored = store.changes_after(0, 10).await.unwrap();
    let reasons: Vec<_> = stored.iter().map(|row| row.reasons.join(",")).collect();
    let known = [
        "waiting",
        "other",
        "",
        "waiting,explanation",
        "waiting,attitude_cold",
        "waiting,other",
        "explanation,attitude_cold",
    ];
    assert_eq!(reasons, known, "what no questionnaire knows is a comment");
    // It is redacted and goes with its time, as every comment.
    assert_eq!(store.expire_comments(options().now, "test", 1).await.unwrap(), 2);
}
