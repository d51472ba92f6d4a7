//! The report as a reader gets it: the text inside the PDF (by poppler), its standard, its pages.
//! Without poppler-utils these tests fail; `bash tests/run` installs it.
#![allow(clippy::unwrap_used, reason = "a test")]

use jiff::civil::date;
use reports::export::SCALE;
use reports::figures::{BySource, Figures, Group, Levels, Ratings};
use reports::measures::satisfied;
use reports::{Document, Earlier, Letterhead, Report};
use std::process::Command;

fn figures(name: &str) -> Figures {
    let path = format!("{}/tests/fixture/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn compile_in(figures: &Figures, letterhead: &Letterhead, language: &str) -> Document {
    let day = date(2023, 10, 20);
    let document = Report::new(figures, letterhead, day, language).compile().unwrap();
    assert_eq!(document.warnings(), &[] as &[String]);
    document
}

fn compile(figures: &Figures) -> Document {
    let letterhead = Letterhead { place: "Tây Ninh".into(), ..Letterhead::default() };
    compile_in(figures, &letterhead, "vi")
}

/// What a tool of poppler prints about a PDF.
fn poppler(pdf: &[u8], tool: &str, options: &[&str], output: &[&str]) -> String {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("report.pdf");
    std::fs::write(&path, pdf).unwrap();
    let ran = Command::new(tool).args(options).arg(&path).args(output).output();
    let ran = ran.unwrap_or_else(|error| panic!("{tool}: {error}; install poppler-utils"));
    assert!(ran.status.success(), "{tool}: {}", String::from_utf8_lossy(&ran.stderr));
    // The structure tree has titles in another encoding; all else is UTF-8.
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// The text of a PDF, its spaces and line ends made single spaces.
fn text(pdf: &[u8]) -> String {
    let text = poppler(pdf, "pdftotext", &["-layout"], &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_case_is_told_rightly() {
    let pdf = compile(&figures("tayninh-2023-9m")).pdf().to_vec();
    let text = text(&pdf);
    for told in [
        "Thực hiện Nghị định số 61/2018/NĐ-CP",
        "Trong kỳ, có 22.471 lượt đánh giá",
        "(khâu tiếp nhận hồ sơ 11.437 lượt, khâu trả kết quả 11.034 lượt)",
        "Rất hài lòng 17.902 lượt (79,67%), Hài lòng 4.346 lượt (19,34%), Bình thường 173 lượt (0,77%)",
        "đạt 99,01% (22.248 lượt); với độ tin cậy 95%, tỷ lệ này nằm trong khoảng từ 98,87% đến 99,13%",
        "13 cơ quan có 100% lượt đánh giá từ mức Hài lòng trở lên; 02 cơ quan có tỷ lệ hài lòng thấp hơn rõ rệt",
        "Sở Giao thông vận tải (95,52%, 3.591 lượt), Sở Lao động - Thương binh và Xã hội (95,87%, 1.332 lượt)",
        "Toàn bộ số lượt dưới mức Hài lòng (223/223 lượt) tập trung ở 03 công chức, viên chức",
        "Độc lập - Tự do - Hạnh phúc",
        "Tây Ninh, ngày 20 tháng 10 năm 2023",
        "9 tháng năm 2023",
        "(từ ngày 01/01/2023 đến ngày 30/9/2023; số liệu của kỳ đến hết ngày 30/9/2023, tiếp nhận và chốt đến ngày 20/10/2023)",
        "Rất không hài lòng 9 0,04% 0,02–0,08%",
        "không thay thế Chỉ số hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước (SIPAS)",
        "PHỤ LỤC II KẾT QUẢ ĐÁNH GIÁ THEO CÔNG CHỨC, VIÊN CHỨC",
        "của Trung tâm Phục vụ hành chính công./.",
        "Sở Tài nguyên và Môi trường",
        "Nguyễn Văn I",
        "Nơi nhận:",
    ] {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
    assert!(!text.contains('['), "a sentence is missing: {text}");
}

#[test]
fn every_page_says_that_data_is_simulated() {
    let mut figures = figures("tayninh-2023-9m");
    for simulated in [true, false] {
        figures.simulated = simulated;
        let pdf = compile(&figures).pdf().to_vec();
        let pages = poppler(&pdf, "pdftotext", &["-layout"], &["-"]);
        let pages: Vec<_> = pages.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!(pages.len() > 3);
        for page in pages {
            assert_eq!(page.contains("DỮ LIỆU MÔ PHỎNG"), simulated, "{page}");
        }
    }
}

#[test]
fn pdf_is_tagged_archive_with_its_fonts() {
    let pdf = compile(&figures("tayninh-2023-9m")).pdf().to_vec();
    let metadata = poppler(&pdf, "pdfinfo", &["-meta"], &[]);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
    let information = poppler(&pdf, "pdfinfo", &[], &[]);
    for line in ["Tagged:          yes", "A4", "Báo cáo kết quả đánh giá", "TRUNG TÂM PHỤC VỤ"]
    {
        assert!(information.contains(line), "“{line}” is not in: {information}");
    }
    let fonts = poppler(&pdf, "pdffonts", &[], &[]);
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert!(fonts.iter().any(|font| font.contains("Tinos")), "{fonts:?}");
    assert!(fonts.iter().any(|font| font.contains("BeVietnamPro")), "{fonts:?}");
    // name, type (two words), encoding, embedded, subset, unicode, object
    assert!(fonts.iter().all(|font| font.contains("yes yes yes")), "{fonts:?}");
    let tree = poppler(&pdf, "pdfinfo", &["-struct"], &[]);
    for element in ["Document", "Table", "TH", "Figure", "H1"] {
        assert!(tree.contains(element), "{element} is not in: {tree}");
    }
}

#[test]
fn same_figures_give_the_same_bytes() {
    let figures = figures("tayninh-2023-09");
    let (first, second) = (compile(&figures), compile(&figures));
    assert_eq!(first.pdf(), second.pdf());
    assert_eq!(first.pngs(1.0).unwrap(), second.pngs(1.0).unwrap());
}

#[test]
fn names_give_no_orders() {
    let mut figures = figures("tayninh-2023-09");
    let names = ["#read(\"x\") *b*", "$x$ @y <z> \\ `q`", "]#panic()[ // =", "<script>&amp;"];
    for (group, name) in figures.officers.iter_mut().zip(names) {
        name.clone_into(&mut group.name);
    }
    names[0].clone_into(&mut figures.departments[0].name);
    let letterhead = Letterhead {
        signer_name: "#image(\"levels.svg\") _Ký_".into(),
        signer_authority: "KT. GIÁM ĐỐC".into(),
        place: "*Tây Ninh*".into(),
        ..Letterhead::default()
    };
    let text = text(compile_in(&figures, &letterhead, "vi").pdf());
    for told in names.into_iter().chain(["#image(\"levels.svg\") _Ký_", "*Tây Ninh*, ngày"]) {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
}

#[test]
fn letters_that_can_not_be_written_break_no_report() {
    let mut figures = figures("tayninh-2023-09");
    figures.departments[0].name = "Sở B\u{1}\u{b}dọc".into();
    figures.departments[1].name = "Sở \u{1f642} \u{4e2d}".into();
    figures.officers[0].name = "Nguyễn\0 Văn \u{1f642} A".into();
    figures.departments[1].name = "Sở \u{4e2d}".into();
    let letterhead =
        Letterhead { signer_name: "Trần\u{c} Thị B".into(), ..Letterhead::default() };
    let text = text(compile_in(&figures, &letterhead, "vi").pdf());
    for told in [
        "Sở B\u{fffd}\u{fffd}dọc",
        "Nguyễn\u{fffd} Văn \u{fffd} A",
        "Sở \u{fffd}",
        "Trần\u{fffd} Thị B",
    ] {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
}

#[test]
fn an_empty_period_has_its_report() {
    let mut figures = figures("tayninh-2023-09");
    figures.ratings = Ratings::default();
    (figures.departments, figures.officers, figures.counters) = Default::default();
    figures.days.clear();
    let document = compile(&figures);
    let text = text(document.pdf());
    for told in
        ["Trong kỳ không phát sinh lượt đánh giá", "Chưa thu thập được ý kiến", "tháng 9 năm 2023"]
    {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
    assert!(!text.contains('[') && !text.contains("NaN") && !text.contains("PHỤ LỤC"), "{text}");
}

#[test]
fn many_officers_fill_pages_that_repeat_the_head() {
    let mut figures = figures("tayninh-2023-9m");
    let template = figures.officers.clone();
    figures.officers = (0..200)
        .map(|nth: usize| Group {
            name: format!("Công chức số {nth:03}"),
            ..template[nth % template.len()].clone()
        })
        .collect();
    let pdf = compile(&figures).pdf().to_vec();
    let pages = poppler(&pdf, "pdftotext", &["-layout"], &["-"]);
    let mut with_officers = 0;
    for page in pages.split('\u{c}').filter(|page| page.contains("Công chức số")) {
        with_officers += 1;
        assert!(page.contains("TT") && page.contains("Khoảng"), "no head: {page}");
    }
    assert!(with_officers >= 5, "{with_officers}");
    for nth in 0..200 {
        assert!(pages.contains(&format!("Công chức số {nth:03}")), "{nth}");
    }
}

#[test]
fn who_answered_what_is_odd_and_what_waits_is_told() {
    let mut figures = figures("tayninh-2023-09");
    let ratings = &mut figures.ratings;
    (ratings.asked, ratings.abandoned) = (2_885, 577);
    (ratings.by_source.tablet, ratings.by_source.imported) = (2_300, 8);
    ratings.ruled_out = BySource { tablet: 3, imported: 1 };
    figures.cleaned =
        Ratings { total: 2_290, satisfied: satisfied(2_270, 2_290), ..figures.ratings.clone() };
    figures.flags = [("quick_repeat".to_owned(), 18)].into();
    (figures.quarantined, figures.served) = (3, Some(10_000));
    let text = text(compile(&figures).pdf());
    for told in [
        // 2,300 and the 3 that were ruled out answered; 5 are still open.
        "mời đánh giá 2.885 lượt, có 2.303 lượt trả lời, đạt tỷ lệ trả lời 79,83%; 577 lượt không trả lời",
        "05 lượt được mời đang diễn ra",
        "Tỷ lệ tham gia đánh giá đạt 23,08% (2.308 lượt đánh giá trên 10.000 lượt phục vụ)",
        "Có 18 lượt đánh giá có dấu hiệu bất thường, được giữ nguyên trong số liệu; nếu không tính các lượt này, tỷ lệ hài lòng là 99,13% (2.290 lượt)",
        "Có 04 lượt không tính vào kết quả theo kết luận kiểm tra (số lượt đánh giá trước khi kết luận: 2.312 lượt)",
        "Đến thời điểm chốt số liệu, còn 03 bản ghi của máy tính bảng (thuộc mọi kỳ) chờ kiểm tra",
        "2.300 lượt do thiết bị đánh giá điện tử tại quầy ghi nhận, 08 lượt được tổng hợp",
        "Số lượt đánh giá còn ít so với số lượt phục vụ (23,08%)",
        // 2 dissatisfied of the month.
        "Không hài lòng 2 0,09%",
    ] {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
    assert!(!text.contains("Tỷ lệ phản hồi") && !text.contains("<5"), "{text}");
}

#[test]
fn a_period_with_a_bad_day_says_so_and_so_does_its_chart() {
    let mut figures = figures("tayninh-2023-09");
    let bad = figures.days.iter_mut().find(|day| day.total >= 60).unwrap();
    bad.satisfied = bad.total - 12;
    let day = bad.date;
    let text = text(compile(&figures).pdf());
    let told = format!("ngày {:02}/9/2023 (tỷ lệ", day.day());
    assert!(text.contains(&told), "“{told}” is not in: {text}");
    assert!(
        text.contains("Có 01 ngày trong kỳ có tỷ lệ hài lòng thấp hơn mức dao động thông thường.")
    );
    assert!(!text.contains("đều nằm trong mức dao động"), "{text}");
}

/// A period to compare with: the same with so many more below satisfied.
fn earlier(figures: &Figures, name: &str, below: u64) -> Earlier {
    let mut figures = figures.clone();
    figures.period.name = name.into();
    let worse = |of: &mut Ratings| {
        let count = of.satisfied.count.saturating_sub(below);
        of.satisfied = satisfied(count, of.total);
    };
    worse(&mut figures.ratings);
    worse(&mut figures.departments[0].ratings);
    Earlier { figures: figures.into() }
}

#[test]
fn only_what_is_more_than_chance_is_called_a_rise_or_a_fall() {
    let figures = figures("tayninh-2023-09");
    let letterhead = Letterhead::default();
    let told = |below: u64| {
        let earlier = [earlier(&figures, "2023-08", below), earlier(&figures, "2022-09", 0)];
        let day = date(2023, 10, 20);
        let report = Report { earlier: &earlier, ..Report::new(&figures, &letterhead, day, "vi") };
        text(report.compile().unwrap().pdf())
    };
    let same =
        "So với tháng 9 năm 2022 (98,96%), tỷ lệ hài lòng chênh lệch 0,00 điểm phần trăm; chưa đủ";
    let clear = told(150);
    assert!(clear.contains(same), "{clear}");
    assert!(
        clear.contains("Tỷ lệ hài lòng tăng 6,50 điểm phần trăm so với tháng 8 năm 2023"),
        "{clear}"
    );
    let department = &figures.departments[0].name;
    let rise = format!("cơ quan có tỷ lệ hài lòng tăng rõ rệt: {department} (tăng");
    assert!(clear.contains(&rise), "“{rise}” is not in: {clear}");
    let chance = told(5);
    assert!(chance.contains("tỷ lệ hài lòng chênh lệch +0,22 điểm phần trăm; chưa"), "{chance}");
    assert!(
        chance.contains("không có cơ quan nào có tỷ lệ hài lòng tăng hoặc giảm rõ rệt"),
        "{chance}"
    );
}

#[test]
fn one_departments_report_speaks_of_it_alone() {
    let mut figures = figures("tayninh-2023-09");
    figures.departments.truncate(1);
    let name = figures.departments[0].name.clone();
    figures.officers.retain(|officer| officer.department.as_ref() == Some(&name));
    let letterhead = Letterhead::default();
    let report = Report {
        part: Some(&name),
        ..Report::new(&figures, &letterhead, date(2023, 10, 20), "vi")
    };
    let text = text(report.compile().unwrap().pdf());
    assert!(
        text.contains(&format!("của {name}")) && text.contains("công chức, viên chức của cơ quan")
    );
    assert!(!text.contains("1 cơ quan") && !text.contains("các cơ quan còn lại,"), "{text}");
}

#[test]
fn few_ratings_are_told_as_counts() {
    let few = |total: u64, published| {
        let mut figures = figures("tayninh-2023-09");
        figures.ratings = Ratings {
            total,
            levels: Levels { very_satisfied: total, ..Levels::default() },
            satisfied: satisfied(total, total),
            ..Ratings::default()
        };
        figures.departments.truncate(1);
        figures.departments[0].ratings = figures.ratings.clone();
        figures.officers.truncate(1);
        let letterhead = Letterhead::default();
        let report =
            Report { published, ..Report::new(&figures, &letterhead, date(2023, 10, 20), "vi") };
        text(report.compile().unwrap().pdf())
    };
    for inside in [few(1, false), few(29, false), few(29, true)] {
        assert!(inside.contains("còn ít (dưới 30 lượt), chưa đủ căn cứ để nêu tỷ lệ"), "{inside}");
    }
    assert!(few(1, false).contains("có 01 lượt đánh giá") && few(1, false).contains("PHỤ LỤC"));
    let outside = few(9, true);
    assert!(outside.contains("còn ít (dưới 10 lượt) nên báo cáo không nêu kết quả"), "{outside}");
    assert!(!outside.contains("PHỤ LỤC") && !outside.contains("Rất hài lòng"), "{outside}");
}

#[test]
fn a_published_report_names_no_officer() {
    let figures = figures("tayninh-2023-9m");
    let letterhead = Letterhead::default();
    let day = date(2023, 10, 20);
    let report = Report { published: true, ..Report::new(&figures, &letterhead, day, "vi") };
    let text = text(report.compile().unwrap().pdf());
    for officer in &figures.officers {
        assert!(!text.contains(&officer.name), "{} is in: {text}", officer.name);
    }
    assert!(text.contains("PHỤ LỤC SỐ LIỆU") && !text.contains("PHỤ LỤC II"), "{text}");
    assert!(text.contains("không nêu riêng cơ quan có dưới 10 lượt đánh giá"), "{text}");
}

#[test]
fn no_page_ends_the_report_with_hardly_a_line() {
    let whole = figures("tayninh-2023-9m");
    let letterhead = Letterhead { distribution: vec!["Lưu: VT".into()], ..Letterhead::default() };
    let mut pages = std::collections::BTreeSet::new();
    for nth in 0..40 {
        let mut figures = whole.clone();
        // Words that push the end on line by line, and rows that push the tables on.
        figures.departments[1].name = format!("Sở {}", "Giao thông vận tải và ".repeat(nth % 20));
        let rows = 24 + nth * 7 % 60;
        figures.officers =
            (0..rows).map(|row| whole.officers[row % whole.officers.len()].clone()).collect();
        let day = date(2023, 10, 20);
        let pdf = Report::new(&figures, &letterhead, day, "vi").compile().unwrap();
        let text = poppler(pdf.pdf(), "pdftotext", &["-layout"], &["-"]);
        let all: Vec<_> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        let lines = |page: &str| page.lines().filter(|line| !line.trim().is_empty()).count();
        let signed = all.iter().position(|page| page.contains("Nơi nhận:")).unwrap();
        pages.insert((signed, all.len()));
        let before = all[signed].split("Nơi nhận:").next().unwrap();
        // The number of the page, and at least six lines.
        assert!(lines(before) > 6, "{nth}: {before}");
        assert!(all.iter().all(|page| lines(page) > 6), "{nth}: {text}");
    }
    assert!(pages.len() > 3, "the end stood always at one place: {pages:?}");
}

#[test]
fn it_is_told_in_english() {
    let letterhead = Letterhead::placeholders(locales::texts("en"));
    let document = compile_in(&figures("tayninh-2023-9m"), &letterhead, "en");
    let text = text(document.pdf());
    for told in ["22,471", "the first nine months of 2023", "is 99.01% (22,248 ratings)", "ANNEX I"]
    {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
}

#[test]
fn pages_are_pictures_of_a4() {
    let document = compile(&figures("tayninh-2023-09"));
    let pages = document.pngs(SCALE).unwrap();
    assert_eq!(pages.len(), document.page_count());
    for page in &pages {
        let picture = image::load_from_memory(page).unwrap().into_rgb8();
        // 595 by 842 points at 2 pixels each.
        assert_eq!(picture.dimensions(), (1191, 1684));
        let dark = picture.pixels().filter(|pixel| pixel.0[0] < 100).count();
        assert!(dark > 1_000, "an empty page");
    }
    let small = document.pngs(f64::NAN).unwrap();
    assert_eq!(small, pages);
}
