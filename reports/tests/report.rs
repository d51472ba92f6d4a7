//! The report as a reader gets it: the text inside the PDF (by poppler), its standard, its pages.
//! Without poppler-utils these tests fail; `bash tests/run` installs it.

#![allow(clippy::unwrap_used, reason = "a test")]

use jiff::civil::date;
use reports::export::SCALE;
use reports::figures::{Figures, Group, Ratings};
use reports::{Document, Letterhead, Report};
use std::process::Command;

fn figures(name: &str) -> Figures {
    let path = format!("{}/tests/fixture/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn compile_in(figures: &Figures, letterhead: &Letterhead, language: &str) -> Document {
    let day = date(2023, 10, 20);
    let document = Report { figures, letterhead, cut_off: day, issued: day, language, part: None }
        .compile()
        .unwrap();
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
    let pdf = compile(&figures("tayninh-2023-9m")).pdf().unwrap();
    let text = text(&pdf);
    for told in [
        "22.471 lượt đánh giá (bằng chữ: hai mươi hai nghìn bốn trăm bảy mươi mốt lượt)",
        "22.248 lượt hài lòng trở lên",
        "đạt 99,0% (khoảng tin cậy 95%: từ 98,9% đến 99,1%)",
        "11.437 lượt ở khâu tiếp nhận hồ sơ và 11.034 lượt ở khâu trả kết quả",
        "Độc lập - Tự do - Hạnh phúc",
        "Tây Ninh, ngày 20 tháng 10 năm 2023",
        "9 tháng năm 2023",
        "(Từ ngày 01/01/2023 đến ngày 30/9/2023; số liệu chốt ngày 20/10/2023)",
        "Rất không hài lòng 9 0,04%",
        "không phải Chỉ số hài lòng về sự phục vụ hành chính (SIPAS)",
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
        let pdf = compile(&figures).pdf().unwrap();
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
    let pdf = compile(&figures("tayninh-2023-9m")).pdf().unwrap();
    let metadata = poppler(&pdf, "pdfinfo", &["-meta"], &[]);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
    let information = poppler(&pdf, "pdfinfo", &[], &[]);
    for line in ["Tagged:          yes", "A4", "Báo cáo mức độ hài lòng", "TRUNG TÂM PHỤC VỤ"]
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
    assert_eq!(first.pdf().unwrap(), second.pdf().unwrap());
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
    let text = text(&compile_in(&figures, &letterhead, "vi").pdf().unwrap());
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
    let text = text(&compile_in(&figures, &letterhead, "vi").pdf().unwrap());
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
    let text = text(&document.pdf().unwrap());
    for told in ["không có lượt đánh giá nào", "không có cơ quan nào", "n = 0", "tháng 9 năm 2023"]
    {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
    assert!(!text.contains('[') && !text.contains("NaN"), "{text}");
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
    let pdf = compile(&figures).pdf().unwrap();
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
fn responses_and_quarantine_are_told() {
    let mut figures = figures("tayninh-2023-09");
    (figures.ratings.asked, figures.ratings.abandoned, figures.quarantined) = (2_885, 577, 3);
    (figures.ratings.by_source.tablet, figures.ratings.by_source.imported) = (2_300, 8);
    let text = text(&compile(&figures).pdf().unwrap());
    for told in [
        "mời đánh giá 2.885 lượt; có 2.308 lượt trả lời, đạt tỷ lệ phản hồi 80,0% (n = 2.885)",
        "577 lượt kết thúc mà không có trả lời",
        "Hiện có 3 bản ghi",
        "2.300 lượt do máy tính bảng tại quầy ghi nhận, 8 lượt được nhập",
        // 2 dissatisfied of the month
        "Không hài lòng <5 –",
    ] {
        assert!(text.contains(told), "“{told}” is not in: {text}");
    }
}

#[test]
fn it_is_told_in_english() {
    let letterhead = Letterhead::placeholders(locales::texts("en"));
    let document = compile_in(&figures("tayninh-2023-9m"), &letterhead, "en");
    let text = text(&document.pdf().unwrap());
    for told in ["22,471", "the first nine months of 2023", "a share of 99.0%", "REPORT"] {
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
