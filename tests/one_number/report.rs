//! The text of the report's PDF and the table that a page is taken as: number by number what a plain
//! recount of the stored rows gives.

use super::{CENTRES, Centre, PERIOD};
use analytics_server::period;
use analytics_server::publication;
use analytics_server::reporting::{Format, ReportFault, ReportKind, make_published, make_report};
use std::io::Write as _;
use std::process::{Command, Stdio};
use whole_system_tests::random_centre::{PlainVisit, by, count, levels};

/// The text of a PDF, laid out in lines as its pages are.
fn text_of(pdf: &[u8]) -> String {
    let mut program = Command::new("pdftotext");
    program.args(["-layout", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = program.spawn().expect("pdftotext: run `bash tests/run`");
    running.stdin.take().unwrap().write_all(pdf).unwrap();
    String::from_utf8(running.wait_with_output().unwrap().stdout).unwrap()
}

/// Words with one space between them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A share as documents write it.
fn percent(count: u64, total: u64) -> String {
    match count {
        0 => "0%".into(),
        _ if count == total => "100%".into(),
        _ => format!("{:.2}%", count as f64 / total as f64 * 100.0).replace('.', ","),
    }
}

/// Total, very satisfied, satisfied, below, and the share, as a row of a table has them.
fn row(visits: &[PlainVisit]) -> Vec<String> {
    let [very, satisfied, below @ ..] = levels(visits);
    let total = count(visits, PlainVisit::counts);
    let counts = [total, very, satisfied, below.iter().sum()];
    let mut row: Vec<String> = counts.iter().map(u64::to_string).collect();
    row.push(percent(very + satisfied, total));
    row
}

/// The rows of a table under the names that stand before their numbers.
fn rows(text: &str, heading: &str, names: &[&str]) -> Vec<(String, Vec<String>)> {
    let (_, rest) = text.split_once(heading).unwrap_or_else(|| panic!("no {heading}"));
    let mut rows = Vec::new();
    let mut name = String::new();
    for line in rest.lines() {
        if line.contains("Bảng") || line.contains("GIẢI THÍCH") {
            break;
        }
        name = names.iter().find(|one| line.contains(**one)).map_or(name, |one| (*one).to_owned());
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(share) = words.iter().position(|word| word.ends_with('%') && !word.contains('–'))
        else {
            continue;
        };
        if share >= 4 && words[share - 4..share].iter().all(|word| word.parse::<u64>().is_ok()) {
            let cells = words[share - 4..=share].iter().map(|word| (*word).to_owned()).collect();
            rows.push((std::mem::take(&mut name), cells));
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_of_the_report_is_what_a_plain_recount_gives() {
    for seed in 1..=CENTRES {
        let centre = Centre::random(seed).await;
        let app = &centre.server.app;
        let period = period::parse(PERIOD, app.centre().policy).unwrap();
        let (formats, kind) = ([Format::Pdf], ReportKind::Whole);
        let files = make_report(app, &(&period).into(), None, kind, "vi", &formats, 0).await;
        let text = text_of(&files.unwrap()[0].bytes);
        let flat = plain(&text);
        let visits = &centre.visits;
        let of = |is: &dyn Fn(&PlainVisit) -> bool| count(visits, is);
        let total = of(&PlainVisit::counts);
        let answered = |one: &PlainVisit| !one.imported && one.level.is_some();
        let said =
            |sentence: String| assert!(flat.contains(&sentence), "{seed}: {sentence}\n{text}");
        said(format!("Trong kỳ, có {total:02} lượt đánh giá của tổ chức, cá nhân"));
        let names =
            ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"];
        let (_, table) = flat.split_once("Bảng 1. Số lượt đánh giá theo mức độ").unwrap();
        for (name, level) in names.into_iter().zip(levels(visits)) {
            let row = format!(" {name} {level} ");
            let (_, rest) = table.split_once(&row).unwrap_or_else(|| panic!("{row}\n{text}"));
            let share = rest.split('%').next().unwrap().replace(',', ".");
            // The shares of a whole are 100,00% together, so one may differ by a hundredth.
            let exact = level as f64 / total as f64 * 100.0;
            assert!((share.parse::<f64>().unwrap() - exact).abs() < 0.0101, "{row}{share}");
        }
        let asked = of(&|one| !one.imported);
        let told = format!(
            "đã mời đánh giá {asked:02} lượt, có {:02} lượt trả lời, đạt tỷ lệ trả lời {}",
            of(&answered),
            percent(of(&answered), asked)
        );
        said(told);
        let flagged = of(&|one| one.counts() && !one.flags.is_empty());
        if flagged > 0 {
            said(format!("Có {flagged:02} lượt đánh giá có dấu hiệu bất thường"));
            said(format!("nếu không tính các lượt này, còn {:02} lượt", total - flagged));
        }
        let ruled_out = of(&|one| one.ruled_out);
        if ruled_out > 0 {
            said(format!("Có {ruled_out:02} lượt không tính vào kết quả theo kết luận kiểm tra"));
            said(format!("(số lượt đánh giá trước khi kết luận: {:02} lượt)", total + ruled_out));
        }
        let directory = app.store.directory().await.unwrap();
        let names: Vec<(&str, &str)> = directory
            .departments
            .iter()
            .map(|one| (one.code.as_str(), one.name.as_str()))
            .collect();
        check(&text, "Bảng 2. Kết quả", &names, visits, |one| &one.department, true);
        let names: Vec<(&str, &str)> =
            directory.officers.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
        check(&text, "Bảng 3. Kết quả", &names, visits, |one| &one.officer, false);
        centre.server.stop().await;
    }
}

/// Every group with ratings stands in the table of a heading, with its numbers, and nothing else.
fn check(
    text: &str,
    heading: &str,
    names: &[(&str, &str)],
    visits: &[PlainVisit],
    code: fn(&PlainVisit) -> &String,
    with_sum: bool,
) {
    let mut expected: Vec<(String, Vec<String>)> = by(visits, code)
        .into_iter()
        .filter(|(_, own)| count(own, PlainVisit::counts) > 0)
        .map(|(code, own)| {
            let (_, name) = names.iter().find(|one| one.0 == code).unwrap();
            ((*name).to_owned(), row(&own))
        })
        .collect();
    if with_sum {
        expected.push(("Tổng cộng".into(), row(visits)));
    }
    let mut known: Vec<&str> = names.iter().map(|one| one.1).collect();
    known.push("Tổng cộng");
    let mut found = rows(text, heading, &known);
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{heading}\n{text}");
}

/// What is published: the stored steps, the departments in them, and no officer.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_for_publication_tells_what_was_told_and_no_officer() {
    let mut made = 0;
    for seed in 1..=CENTRES {
        let centre = Centre::random(seed).await;
        let app = &centre.server.app;
        let span = PERIOD.parse().unwrap();
        let told = publication::figures(app, span, "Các cơ quan khác").await.unwrap();
        let files = make_published(app, span, "vi", &[Format::Pdf], 0).await;
        let Some(told) = told else {
            assert!(matches!(files, Err(ReportFault::Unpublished)), "{seed}: nothing was told");
            continue;
        };
        made += 1;
        let text = text_of(&files.unwrap()[0].bytes);
        let total = told.ratings.total;
        let sentence = format!("Trong kỳ, có {total:02} lượt đánh giá của tổ chức, cá nhân");
        assert!(total >= 10 && plain(&text).contains(&sentence), "{seed}: {text}");
        let directory = app.store.directory().await.unwrap();
        for officer in &directory.officers {
            assert!(!text.contains(&officer.name) && !text.contains(&officer.code), "{text}");
        }
        assert!(!text.contains("công chức, viên chức được đánh giá"), "{text}");
        if told.departments.len() > 1 {
            let names: Vec<&str> = told.departments.iter().map(|one| one.name.as_str()).collect();
            let mut expected: Vec<(String, u64)> =
                told.departments.iter().map(|one| (one.name.clone(), one.ratings.total)).collect();
            let mut found: Vec<(String, u64)> = rows(&text, "Bảng 2. Kết quả", &names)
                .into_iter()
                .filter(|(name, _)| !name.is_empty())
                .map(|(name, cells)| (name, cells[0].parse().unwrap()))
                .collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "{text}");
            assert!(found.iter().all(|(_, total)| *total >= 10), "{found:?}");
        }
        centre.server.stop().await;
    }
    assert!(made > 0, "some of the centres have enough ratings");
}
