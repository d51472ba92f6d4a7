//! The same visit given with and without seconds, and moments as spreadsheets write them.

use super::*;

const TICKETS: &str = "Số thứ tự,Quầy,Giờ lấy số,Giờ gọi,Giờ hoàn thành\r\n";

fn row(moment: &str, dossier: &str, level: &str) -> String {
    format!("{moment},Q01,CC001,{dossier},Tiếp nhận,{level},\r\n")
}

#[tokio::test]
async fn a_moment_without_seconds_is_the_rating_that_stands_there_with_seconds() {
    let dossier = "H53.01-230103-0001";
    for dossier in ["", dossier] {
        let (exact, rough) = (
            row("03/01/2023 07:08:49", dossier, "Hài lòng"),
            row("3/1/2023 7:08", dossier, "Hài lòng"),
        );
        for (first, second) in [(&exact, &rough), (&rough, &exact)] {
            let (_dir, store) = store().await;
            assert_eq!(counts(&feed_rows(&store, first).await), (1, 0, 0));
            for _ in 0..2 {
                let again = feed_rows(&store, second).await;
                assert_eq!(counts(&again), (0, 1, 0), "{}", told(&again));
                assert!(again.notes.contains(&Note::OtherPrecision(1)));
            }
            assert_eq!(counts(&feed_rows(&store, first).await), (0, 1, 0));
            assert_eq!(ratings(&store).await.len(), 1);
        }
    }
}

#[tokio::test]
async fn visits_of_one_minute_that_differ_are_all_kept_and_none_is_doubled() {
    let (_dir, store) = store().await;
    let rough = "3/1/2023 7:08";
    let rows = [
        row(rough, "", "Hài lòng"),
        row(rough, "", "Không hài lòng"),
        row(rough, "", "Hài lòng"),
        row(rough, "H53.01-230103-0001", "Hài lòng"),
        row(rough, "H53.01-230103-0001", "Rất không hài lòng"),
    ]
    .concat();
    assert_eq!(counts(&feed_rows(&store, &rows).await), (5, 0, 0));
    assert_eq!(counts(&feed_rows(&store, &rows).await), (0, 5, 0));
    // The same five with their seconds, in another order, and one more.
    let exact = [
        row("03/01/2023 07:08:59", "H53.01-230103-0001", "Rất không hài lòng"),
        row("03/01/2023 07:08:01", "", "Không hài lòng"),
        row("03/01/2023 07:08:02", "", "Hài lòng"),
        row("03/01/2023 07:08:03", "", "Hài lòng"),
        row("03/01/2023 07:08:04", "", "Hài lòng"),
        row("03/01/2023 07:08:10", "H53.01-230103-0001", "Hài lòng"),
    ]
    .concat();
    assert_eq!(counts(&feed_rows(&store, &exact).await), (1, 5, 0));
    assert_eq!(counts(&feed_rows(&store, &exact).await), (0, 6, 0));
    assert_eq!(counts(&feed_rows(&store, &rows).await), (0, 5, 0));
    assert_eq!(ratings(&store).await.len(), 6);
}

#[tokio::test]
async fn visits_told_to_the_second_stay_two_beside_each_other() {
    let (_dir, store) = store().await;
    for (moment, stored) in [("03/01/2023 07:08:00", 1), ("03/01/2023 07:08:30", 1)] {
        let outcome = feed_rows(&store, &row(moment, "", "Hài lòng")).await;
        assert_eq!(counts(&outcome), (stored, 0, 0), "{moment}");
    }
    assert_eq!(ratings(&store).await.len(), 2);
}

#[tokio::test]
async fn a_file_without_a_column_tells_no_other_visits() {
    let (_dir, store) = store().await;
    let rows = [
        row("03/01/2023 07:08:49", "H53.01-230103-0001", "Hài lòng"),
        row("03/01/2023 07:09:49", "", "Hài lòng"),
    ]
    .concat();
    assert_eq!(counts(&feed_rows(&store, &rows).await), (2, 0, 0));
    let short = "Thời điểm,Quầy,Mã công chức,Mức độ\r\n03/01/2023 07:08:49,Q01,CC001,Hài lòng\r\n\
                 3/1/2023 7:09,Q01,CC001,Hài lòng\r\n";
    assert_eq!(counts(&feed_one(&store, short.as_bytes()).await), (0, 2, 0));
    assert_eq!(ratings(&store).await.len(), 2);
}

#[tokio::test]
async fn a_queue_number_without_seconds_is_the_one_that_stands_there() {
    let exact = "A001,Q01,03/01/2023 07:08:49,03/01/2023 07:10:12,03/01/2023 07:20:31\r\n";
    let rough = "A001,Q01,03/01/2023 7:08,03/01/2023 7:10,03/01/2023 7:20\r\n";
    for (first, second) in [(exact, rough), (rough, exact)] {
        let (_dir, store) = store().await;
        let file = |rows: &str| format!("{TICKETS}{rows}");
        assert_eq!(counts(&feed_one(&store, file(first).as_bytes()).await), (1, 0, 0));
        let again = feed_one(&store, file(second).as_bytes()).await;
        assert_eq!(counts(&again), (0, 1, 0), "{}", told(&again));
        assert_eq!(counts(&feed_one(&store, file(first).as_bytes()).await), (0, 1, 0));
        let queues = store.queues(0, 99_999).await.unwrap();
        assert_eq!((queues[0].tickets, queues[0].served), (1, 1));
    }
    // With seconds on both sides they are two.
    let (_dir, store) = store().await;
    let two = exact.replace("07:08:49", "07:08:12");
    assert_eq!(
        counts(&feed_one(&store, format!("{TICKETS}{exact}{two}").as_bytes()).await),
        (2, 0, 0)
    );
}

#[tokio::test]
async fn moments_are_read_as_spreadsheets_write_them() {
    let (_dir, store) = store().await;
    assert_eq!(
        counts(&feed_rows(&store, &row("03/01/2023 07:08:49", "", "Hài lòng")).await),
        (1, 0, 0)
    );
    for moment in [
        "3/1/2023 7:08:49",
        "03-01-2023 07:08:49",
        "03.01.2023 07:08:49",
        "2023-01-03 07:08:49",
        "2023-01-03T07:08:49",
        "2023/01/03 7:08:49",
        "07:08:49 03/01/2023",
        "03/01/2023 7:08:49 SA",
        "03/01/2023 07:08:49 AM",
        "03/01/2023  07:08",
        "2023-01-03 07:08",
    ] {
        let again = feed_rows(&store, &row(moment, "", "Hài lòng")).await;
        assert_eq!(counts(&again), (0, 1, 0), "{moment}: {}", told(&again));
    }
    for moment in [
        "13/13/2023 07:08:49",
        "03/01/23 07:08:49",
        "03/01/2023",
        "44929.29722",
        "2023-13-01 07:08",
        "03/01/2023 13:08:49 SA",
        "03/01/2023 7:8",
    ] {
        let refused = feed_rows(&store, &row(moment, "", "Hài lòng")).await;
        assert_eq!(counts(&refused), (0, 0, 1), "{moment}");
    }
}
