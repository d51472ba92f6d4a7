//! The satisfaction report: figures and a letterhead become a typeset document in the official
//! layout (Decree 30/2020, annex I). What it says is decided in `narrative`, `annexes` and `tables`;
//! how it looks in `templates/report.typ`. No name can prevent a report: a chart that can not be drawn is
//! left out, and the report says so.

use crate::charts::{self, CHARTS, Size};
use crate::content::{Block, Content, Head, Signature};
use crate::drawable_text::{fit_texts, make_drawable, make_plain, plain_texts, simple_texts};
use crate::export::archive;
use crate::figures::Figures;
use crate::letterhead::{Letterhead, unbroken};
use crate::measures::Trend;
use crate::narrative::{self, Writer};
use crate::numbers::Numbers;
use crate::periods::document_period_name;
use crate::world::ReportWorld;
use jiff::civil::Date;
use locales::Texts;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;

const TEMPLATE: &str = include_str!("../templates/report.typ");

/// Layouts kept in memory for the next document, in compilations; typst's own tools use 10.
const KEPT_COMPILATIONS: usize = 10;

/// How names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    /// Each letter in a font that has it.
    All,
    /// In charts only letters of one sign: what draws them for the archive format knows no others.
    SimpleInCharts,
    /// Everywhere only letters that every font has.
    Plain,
}

/// One try after the other until one succeeds: which charts stand in the report, and how names are
/// written. A fault is most likely one of letters.
const TRIES: [([bool; 3], Letters); 7] = [
    ([true, true, true], Letters::All),
    ([true, true, true], Letters::SimpleInCharts),
    ([true, true, true], Letters::Plain),
    ([true, true, false], Letters::Plain),
    ([true, false, true], Letters::Plain),
    ([false, true, true], Letters::Plain),
    ([false, false, false], Letters::Plain),
];

/// Everything a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The figures of the period.
    pub figures: &'a Figures,
    /// Who issues and signs it.
    pub letterhead: &'a Letterhead,
    /// The day up to which events had arrived when the figures were counted.
    pub cut_off: Date,
    /// The day on the document.
    pub issued: Date,
    /// BCP 47: `vi` or `en`.
    pub language: &'a str,
    /// Name of the departments that the figures are narrowed to; none: they are whole.
    pub part: Option<&'a str>,
    /// The periods that this one is compared with: the one before, and the same of the year before.
    pub earlier: &'a [Earlier],
    /// The reasons of the questionnaires in words, by their ids.
    pub reasons: &'a [(String, String)],
    /// For readers outside: the figures tell no group of few by itself, and no officer is named.
    pub published: bool,
    /// With the annex of officers by name, which goes only to the agencies that sent them.
    pub with_officers: bool,
}

/// A period that a report is compared with.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// Its figures, of the same part.
    pub figures: Arc<Figures>,
}

/// A typeset document.
pub struct Document {
    pub(crate) paged: PagedDocument,
    /// As PDF/A-2a.
    pub(crate) archived: Vec<u8>,
    fault: Option<String>,
    warnings: Vec<String>,
}

/// A report that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A chart of a page failed.
    #[error(transparent)]
    Chart(#[from] charts::ChartError),
    /// The content could not be handed to the template.
    #[error(
        "the report's content could not be written as JSON ({0}); this is a fault of the program, please report it"
    )]
    Content(#[from] serde_json::Error),
    /// typst refused the template or the content.
    #[error(
        "the report could not be typeset: {0}; this is a fault of the program, please report it"
    )]
    Typeset(String),
    /// The document breaks a rule of PDF/A-2a.
    #[error(
        "the report could not be written as PDF/A-2a: {0}; this is a fault of the program, please report it"
    )]
    Pdf(String),
    /// A chart could not be made a picture.
    #[error(
        "the chart could not be made a picture: {0}; this is a fault of the program, please report it"
    )]
    Picture(String),
    /// A page could not be drawn.
    #[error("page {page} could not be drawn as PNG: {reason}; try a smaller scale")]
    Png {
        /// The page, from 1.
        page: usize,
        /// What the encoder said.
        reason: String,
    },
}

impl<'a> Report<'a> {
    /// The report of whole figures for readers inside with all annexes, cut off and issued on one day,
    /// compared with nothing.
    pub fn new(
        figures: &'a Figures,
        letterhead: &'a Letterhead,
        day: Date,
        language: &'a str,
    ) -> Self {
        Self {
            figures,
            letterhead,
            cut_off: day,
            issued: day,
            language,
            part: None,
            earlier: &[],
            reasons: &[],
            published: false,
            with_officers: true,
        }
    }

    /// Typesets the report.
    pub fn compile(&self) -> Result<Document, ReportError> {
        let trend = Trend::of(self.figures);
        let writer = self.writer(&trend);
        self.compile_with(&writer, &self.charts(&writer))
    }

    /// What the report tells, without its annexes: its headings in order, each with its level, 1 in
    /// capitals and 2 under it.
    pub fn headings(&self) -> Vec<(u8, String)> {
        let trend = Trend::of(self.figures);
        let body = self.writer(&trend).body();
        let heading = |block: Block| match block {
            Block::Heading { level, text } => Some((level, text)),
            _ => None,
        };
        body.into_iter().filter_map(heading).collect()
    }

    fn writer<'w>(&'w self, trend: &'w Trend) -> Writer<'w> {
        let texts = locales::texts(self.language);
        Writer {
            figures: self.figures,
            trend,
            earlier: self.earlier,
            reasons: self.reasons,
            cut_off: self.cut_off,
            published: self.published,
            with_officers: self.with_officers,
            texts,
            numbers: Numbers::of(texts),
        }
    }

    /// The charts as SVG; none where one fails.
    fn charts(&self, writer: &Writer<'_>) -> [Option<String>; 3] {
        let of = |height| Size { height, ..Size::DOCUMENT };
        let (figures, texts) = (self.figures, writer.texts);
        let svgs = [
            charts::levels(figures, texts, of(200)),
            charts::trend_of(writer.trend, figures, texts, of(240)),
            charts::groups(figures, texts, Size::DOCUMENT),
        ];
        svgs.map(Result::ok)
    }

    /// With all charts and letters; where that can not be typeset, in simpler letters; then without
    /// the chart that is to blame; and at last without any.
    fn compile_with(
        &self,
        writer: &Writer<'_>,
        svgs: &[Option<String>; 3],
    ) -> Result<Document, ReportError> {
        let undrawn = || "a chart could not be drawn".to_owned();
        let undrawn = svgs.iter().any(Option::is_none).then(undrawn);
        let mut fault: Option<ReportError> = None;
        for (tried, letters) in TRIES {
            let chosen = [0, 1, 2].map(|nth| svgs[nth].as_deref().filter(|_| tried[nth]));
            let typeset = AssertUnwindSafe(|| self.typeset(writer, chosen, letters));
            // A fault in a library that draws letters is no reason to have no report.
            let stopped = |_| Err(ReportError::Typeset("the typesetting stopped".to_owned()));
            match catch_unwind(typeset).unwrap_or_else(stopped) {
                Ok(document) => {
                    let fault = fault.filter(|_| letters == Letters::Plain);
                    let fault = fault.map(|fault| fault.to_string()).or(undrawn);
                    return Ok(Document { fault, ..document });
                }
                // The first fault is the one to tell.
                Err(found) => fault = fault.or(Some(found)),
            }
        }
        Err(fault.unwrap_or_else(|| ReportError::Typeset("nothing was tried".to_owned())))
    }

    fn typeset(
        &self,
        writer: &Writer<'_>,
        svgs: [Option<&str>; 3],
        letters: Letters,
    ) -> Result<Document, ReportError> {
        let plain = letters == Letters::Plain;
        let drawn = svgs.map(|svg| svg.is_some());
        let mut content = serde_json::to_value(self.content(writer, drawn, plain))?;
        make_drawable(&mut content);
        if plain {
            make_plain(&mut content);
        }
        let mut files = vec![("content.json", content.to_string().into_bytes())];
        let there = CHARTS.into_iter().zip(svgs);
        let written = match letters {
            Letters::All => fit_texts,
            Letters::SimpleInCharts => simple_texts,
            Letters::Plain => plain_texts,
        };
        files.extend(there.filter_map(|(name, svg)| Some((name, written(svg?).into_bytes()))));
        let world = ReportWorld::new(TEMPLATE, files, self.issued)
            .ok_or_else(|| ReportError::Typeset("a file has no proper name".to_owned()))?;
        let compiled = typst::compile::<PagedDocument>(&world);
        typst::comemo::evict(KEPT_COMPILATIONS);
        let paged = compiled.output.map_err(|errors| ReportError::Typeset(told(&errors)))?;
        let warnings = compiled.warnings.iter().map(|one| one.message.to_string()).collect();
        // Some letters are refused only by the archive format.
        let archived = archive(&paged)?;
        Ok(Document { paged, archived, fault: None, warnings })
    }

    /// The subject line, with the part of the centre where the report is not of the whole.
    fn subject(&self, period: &str, texts: &Texts) -> Vec<String> {
        let key = if self.part.is_some() { "report-subject-part" } else { "report-subject" };
        let part = self.part.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        lines(&texts.with(key, &[("period", period), ("part", &part)]))
    }

    fn content(&self, writer: &Writer<'_>, drawn: [bool; 3], plain: bool) -> Content {
        let texts = locales::texts(self.language);
        let simulated = self.figures.simulated;
        let period = document_period_name(&self.figures.period, texts);
        let letterhead = self.letterhead;
        let date = writer.numbers.date_long(self.issued);
        let number = &letterhead.document_number;
        let to = texts.with("report-annex-to", &[("number", number), ("date", &date)]);
        let mut body = writer.body();
        if plain {
            body.push(Block::Note { text: texts.get("report-letters-lost") });
        }
        body.push(Block::Paragraph { text: narrative::closing(self.figures, texts) });
        let agency = lines(&letterhead.agency.to_uppercase());
        let note = writer.names_officers().then(|| texts.get("report-distribution-annex"));
        Content {
            language: texts.language(),
            title: texts.with("report-title", &[("period", &period)]),
            author: letterhead.agency.split_whitespace().collect::<Vec<_>>().join(" "),
            issued: [self.issued.year(), self.issued.month().into(), self.issued.day().into()],
            mark: simulated.then(|| texts.get("report-simulated")),
            head: Head {
                parent: unbroken(&letterhead.parent_agency.to_uppercase()),
                agency: agency.iter().map(|line| unbroken(line)).collect(),
                number: texts.with("report-number", &[("number", number)]),
                nation: texts.get("report-nation"),
                motto: texts.get("report-motto"),
                place_date: texts
                    .with("report-place-date", &[("place", &letterhead.place), ("date", &date)]),
                kind: texts.get("report-kind"),
                subject: self.subject(&period, texts),
                note: simulated.then(|| texts.get("report-simulated-note")),
            },
            body,
            signature: Signature {
                authority: letterhead.signer_authority.to_uppercase(),
                title: letterhead.signer_title.to_uppercase(),
                name: letterhead.signer_name.clone(),
                distribution_label: texts.get("report-distribution"),
                distribution: letterhead.distribution.clone(),
                distribution_note: note,
            },
            annexes: writer.annexes(&to, drawn),
        }
    }
}

/// The lines of a text, without space around them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

impl Document {
    /// Number of pages, at least 1.
    pub fn page_count(&self) -> usize {
        self.paged.pages().len()
    }

    /// Why a chart is missing, or letters that our fonts have; none where all is there.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// What typst found odd, such as a missing font; empty for a sound template.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// What typst says about errors, in one line.
pub(crate) fn told(errors: &[SourceDiagnostic]) -> String {
    let told: Vec<_> = errors.iter().map(|error| error.message.to_string()).collect();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_chart_that_fails_is_left_out_and_the_report_says_so() {
        let json = include_str!("../tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        let letterhead = Letterhead::default();
        let report = Report::new(&figures, &letterhead, date(2023, 10, 20), "vi");
        let trend = Trend::of(&figures);
        let writer = report.writer(&trend);
        let mut svgs = report.charts(&writer);
        let whole = report.compile_with(&writer, &svgs).unwrap().archived.len();
        // A picture that can not be read, and one that could not be drawn at all.
        svgs[1] = Some("<svg".to_owned());
        let without_one = report.compile_with(&writer, &svgs).unwrap().archived.len();
        svgs[0] = None;
        let without_two = report.compile_with(&writer, &svgs).unwrap().archived.len();
        assert!(whole > without_one && without_one > without_two);
        let annex = format!("{:?}", writer.annexes("", [true, false, true]));
        assert!(annex.contains("Không vẽ được biểu đồ này"), "{annex}");
        assert_eq!(annex.matches("Chart {").count(), 2);
    }
}
