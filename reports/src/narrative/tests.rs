//! The sentences of the report where a reader could take them for something else than they say: who may
//! read which, what is told together, what a point of the course is called.

use super::*;
use crate::figures::{BySource, Day, Group, Levels, POOLED, Ratings};
use crate::measures::satisfied;
use jiff::civil::date;

fn figures(name: &str) -> Figures {
    let path = format!("{}/tests/fixture/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// For whom a report is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Inside,
    Everybody,
    Outside,
}

/// All sentences of the body and the annexes.
fn told(figures: &Figures, earlier: &[Earlier], readers: For) -> String {
    let texts = locales::texts("vi");
    let writer = Writer {
        figures,
        trend: &Trend::of(figures),
        earlier,
        reasons: &[],
        cut_off: date(2026, 11, 28),
        published: readers == For::Outside,
        with_officers: readers == For::Inside,
        texts,
        numbers: Numbers::of(texts),
    };
    format!("{:?} {:?}", writer.body(), writer.annexes("", [true; 3]))
}

#[test]
fn a_report_to_be_sent_names_no_officer_and_no_second_annex() {
    let figures = figures("tayninh-2023-9m");
    let inside = told(&figures, &[], For::Inside);
    assert!(inside.contains("gửi riêng từng cơ quan (Phụ lục II)"), "{inside}");
    assert!(inside.contains("PHỤ LỤC II") && inside.contains("Nguyễn Thị T"), "{inside}");
    assert!(inside.contains("(Phụ lục I, Bảng 1)"), "{inside}");
    let sent = told(&figures, &[], For::Everybody);
    for officer in &figures.officers {
        assert!(!sent.contains(&format!("\"{}\"", officer.name)), "{} in {sent}", officer.name);
    }
    assert!(!sent.contains("Phụ lục I") && !sent.contains("PHỤ LỤC I"), "{sent}");
    assert!(sent.contains("(Phụ lục, Bảng 1)") && sent.contains("(Phụ lục, Bảng 2)"), "{sent}");
    assert!(sent.contains("gửi riêng từng cơ quan cử công chức, viên chức."), "{sent}");
    assert!(sent.contains("tập trung ở 03 công chức, viên chức thuộc"), "{sent}");
}

/// Published figures in which the two smallest departments are told together, with so many ratings
/// below satisfied.
fn published(below: u64) -> Figures {
    let mut figures = figures("tayninh-2023-9m");
    figures.departments.truncate(14);
    let levels = Levels { very_satisfied: 215 - below, neutral: below, ..Levels::default() };
    figures.departments.push(Group {
        code: POOLED.into(),
        name: "Các cơ quan khác".into(),
        ratings: Ratings {
            total: 215,
            levels,
            satisfied: satisfied(215 - below, 215),
            by_source: BySource { tablet: 0, imported: 215 },
            ..Ratings::default()
        },
        ..Group::default()
    });
    (figures.officers, figures.days) = Default::default();
    figures
}

#[test]
fn departments_that_are_told_together_are_counted_as_none() {
    let outside = told(&published(0), &[], For::Outside);
    for sentence in [
        "Trong 14 cơ quan được công bố riêng (Phụ lục, Bảng 2): 11 cơ quan có 100% lượt đánh giá",
        "Các cơ quan còn lại được gộp chung một dòng: 215 lượt đánh giá.",
        "không nêu riêng cơ quan có dưới 10 lượt đánh giá trong một tháng của kỳ",
        "số liệu đã công bố của kỳ, đến hết ngày 30/9/2023",
    ] {
        assert!(outside.contains(sentence), "“{sentence}” is not in: {outside}");
    }
    // No heading without what it promises, and no sentence that points to one that is not there.
    assert!(!outside.contains("Lý do chưa hài lòng") && !outside.contains("như trên"), "{outside}");
    let worse = told(&published(60), &[], For::Outside);
    assert!(!worse.contains("Đề nghị Các cơ quan khác"), "{worse}");
    let (now, before) = (published(0), Earlier { figures: published(60).into() });
    let moved = told(&now, &[before], For::Outside);
    assert!(!moved.contains("Các cơ quan khác (tăng"), "they may be others: {moved}");
}

#[test]
fn the_shortcoming_tells_the_same_part_as_the_result() {
    let mut figures = figures("tayninh-2023-9m");
    let all = told(&figures, &[], For::Inside);
    let part = "Toàn bộ số lượt dưới mức Hài lòng";
    assert!(all.contains(&format!("{part} (223/223 lượt) tập trung ở 03 công chức")), "{all}");
    assert!(all.contains(&format!("{part} tập trung ở 03 công chức")), "{all}");
    // Some are about others.
    figures.ratings.satisfied = satisfied(22_240, 22_471);
    let most = told(&figures, &[], For::Inside);
    for rest in ["(223/231 lượt) tập trung", "tập trung"] {
        let sentence = format!("96,54% lượt dưới mức Hài lòng {rest} ở 03 công chức");
        assert!(most.contains(&sentence), "“{sentence}” is not in: {most}");
    }
    assert!(!most.contains("Phần lớn") && !all.contains("Phần lớn"));
}

#[test]
fn a_point_is_called_a_week_or_a_day_and_several_days_a_span() {
    let weeks = told(&figures("tayninh-2023-9m"), &[], For::Inside);
    assert!(weeks.contains("Tỷ lệ hài lòng của cả 39 tuần đều nằm trong"), "{weeks}");
    let mut month = figures("tayninh-2023-09");
    let days = told(&month, &[], For::Inside);
    assert!(days.contains("Tỷ lệ hài lòng của cả 19 ngày đều nằm trong"), "{days}");
    // A Saturday with three ratings stands with the Monday after it, which is a bad day.
    let saturday = Day { date: date(2023, 9, 9), total: 3, satisfied: 3, limits: None };
    month.days.push(saturday);
    let monday = month.days.iter_mut().find(|day| day.date == date(2023, 9, 11)).unwrap();
    monday.satisfied = monday.total - 20;
    let joined = told(&month, &[], For::Inside);
    for sentence in [
        "Sau khi gộp, có 01 trên 19 khoảng thời gian có tỷ lệ hài lòng nằm ngoài",
        "thông thường: từ ngày 09/9/2023 đến ngày 11/9/2023 (tỷ lệ",
        "Có 01 khoảng thời gian trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động",
    ] {
        assert!(joined.contains(sentence), "“{sentence}” is not in: {joined}");
    }
}

#[test]
fn what_is_not_proved_is_not_called_alike_and_days_read_as_a_span() {
    let now = figures("tayninh-2023-09");
    let mut before = now.clone();
    (before.period.from, before.period.to) = (date(2023, 8, 2), date(2023, 8, 31));
    before.period.name = "2023-08-02..2023-08-31".into();
    before.ratings.satisfied = satisfied(before.ratings.satisfied.count + 4, before.ratings.total);
    let told = told(&now, &[Earlier { figures: before.into() }], For::Inside);
    let sentence = "So với giai đoạn từ ngày 02/8/2023 đến ngày 31/8/2023 (99,13%), tỷ lệ hài lòng \
                    chênh lệch −0,17 điểm phần trăm; chưa đủ căn cứ để kết luận là tăng hay giảm.";
    assert!(told.contains(sentence), "“{sentence}” is not in: {told}");
    assert!(!told.contains("tương đương"), "{told}");
}

#[test]
fn ratings_below_satisfied_without_a_reason_are_told_so() {
    let told = told(&figures("tayninh-2023-9m"), &[], For::Inside);
    assert!(told.contains("Không có lượt nào trong số đó ghi nhận lý do."), "{told}");
}
