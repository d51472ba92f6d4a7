//! A chart as a sheet of its own, to be laid into a document or shown in a meeting: whose it is, what
//! it shows and of when stand above it; how it is read and where its figures come from stand below.

use super::canvas::{Type, about_width, draw, pixel};
use super::{ChartError, palette};

/// Empty room at each side, in pixels.
const MARGIN: i32 = 32;
/// Empty room above and below, in pixels.
const ABOVE: i32 = 24;
/// Between the chart and what stands above and below it, in pixels.
const GAP: i32 = 12;
/// Height of a line, as a part of the size of its letters.
const LEADING: f64 = 1.4;
/// Letters in bold are wider than the usual ones, about so much.
const BOLD: f64 = 1.08;

/// What stands around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The centre's name.
    pub centre: String,
    /// What is shown.
    pub title: String,
    /// The period, and the part of the centre where it is not the whole.
    pub subtitle: String,
    /// How the chart is read.
    pub caption: String,
    /// Where the figures come from, and when.
    pub source: String,
}

/// A line of text with the height of its middle.
struct Line {
    text: String,
    of: Type,
    middle: i32,
}

/// A chart with a frame around it: another SVG, as wide as the chart and its margins.
pub fn framed(chart: &str, frame: &Frame) -> Result<String, ChartError> {
    let (width, height) =
        size_of(chart).ok_or_else(|| ChartError::Drawing("it has no size".to_owned()))?;
    let (mut lines, mut top) = (Vec::new(), ABOVE);
    for (text, of) in [
        (&frame.centre, Type::new(13.0, palette::INSTITUTION).bold()),
        (&frame.title, Type::new(22.0, palette::TEXT).bold()),
        (&frame.subtitle, Type::new(14.0, palette::QUIET)),
    ] {
        top = put(&mut lines, text, of, top, width);
    }
    let chart_top = top + GAP;
    top = chart_top + height + GAP;
    for text in [&frame.caption, &frame.source] {
        top = put(&mut lines, text, Type::new(12.5, palette::QUIET), top, width);
    }
    let all = (width + 2 * MARGIN, top + ABOVE);
    let size = (all.0.unsigned_abs(), all.1.unsigned_abs());
    let sheet = draw(size, &frame.title, |canvas| {
        canvas.bar([(0, 0), all], palette::PAPER)?;
        let mut each = lines.into_iter();
        each.try_for_each(|line| canvas.text(&line.text, (MARGIN, line.middle), line.of))
    })?;
    let size = format!("width=\"{width}\" height=\"{height}\"");
    let place = format!("<svg x=\"{MARGIN}\" y=\"{chart_top}\" {size} ");
    let chart = chart.replacen("<svg ", &place, 1);
    let (sheet, end) = sheet.rsplit_once("</svg>").unwrap_or((&sheet, ""));
    Ok(format!("{sheet}{chart}</svg>{end}"))
}

/// Width and height of a chart in its own pixels.
fn size_of(chart: &str) -> Option<(i32, i32)> {
    let (_, rest) = chart.split_once("viewBox=\"0 0 ")?;
    let (size, _) = rest.split_once('"')?;
    let (width, height) = size.split_once(' ')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// Puts the lines of a text from a height on; where they end.
fn put(lines: &mut Vec<Line>, text: &str, of: Type, top: i32, width: i32) -> i32 {
    let leading = pixel(of.size * LEADING);
    let mut below = top;
    let size = if of.bold { of.size * BOLD } else { of.size };
    for text in wrapped(text, size, f64::from(width)) {
        lines.push(Line { text, of, middle: below + leading / 2 });
        below += leading;
    }
    below
}

/// A text in lines that are not wider than `width` pixels, about; a word that is longer stands alone.
pub(super) fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if about_width(line, size) + about_width(word, size) + size < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{self, Size};
    use crate::figures::Figures;

    #[test]
    fn a_frame_says_whose_the_chart_is_and_keeps_it_whole() {
        let json = include_str!("../../tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        let chart = charts::levels(&figures, locales::texts("vi"), Size::WIDE).unwrap();
        let frame = Frame {
            centre: "Trung tâm <A> & B".into(),
            title: "Mức độ hài lòng".into(),
            subtitle: "Tháng 9 năm 2023".into(),
            caption: "một hai ba bốn ".repeat(30),
            source: "Nguồn".into(),
        };
        let sheet = framed(&chart, &frame).unwrap();
        for said in ["Trung tâm &lt;A&gt; &amp; B", "Mức độ hài lòng", "năm 2023", "Nguồn"]
        {
            assert!(sheet.contains(said), "{said}: {sheet}");
        }
        let (_, body) = chart.split_once("role=").unwrap();
        assert!(sheet.contains(body.trim_end()), "the chart stands in it as it is");
        assert_eq!(sheet.matches("<svg ").count(), sheet.matches("</svg>").count());
        let (width, height) = size_of(&sheet).unwrap();
        assert_eq!(width, 720 + 2 * MARGIN);
        assert!(height > 300 + 2 * ABOVE);
        assert!(framed("<svg/>", &frame).is_err());
    }

    #[test]
    fn long_sentences_become_lines_and_no_word_is_lost() {
        let text = "Toàn bộ các lượt đánh giá của Trung tâm Phục vụ hành chính công trong kỳ";
        let lines = wrapped(text, 13.0, 200.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| about_width(line, 13.0) <= 200.0));
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrapped("Một-từ-rất-dài-không-có-dấu-cách", 13.0, 20.0).len(), 1);
        assert!(wrapped(" ", 13.0, 20.0).is_empty());
    }
}
