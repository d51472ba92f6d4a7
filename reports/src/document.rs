//! The satisfaction report: figures and a letterhead become a typeset document in the official
//! layout (Decree 30/2020, annex I). What it says is decided in `narrative` and `tables`; how it
//! stands on the page in `templates/report.typ`.

use crate::charts::{self, ChartError, Size, Trend};
use crate::content::{Content, Head, Signature};
use crate::figures::Figures;
use crate::letterhead::Letterhead;
use crate::letters::make_writable;
use crate::narrative::{self, CHARTS};
use crate::numbers::{NO_BREAK_SPACE, Numbers};
use crate::periods::period_name;
use crate::world::{ReportWorld, drawable};
use jiff::civil::Date;
use locales::Texts;
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;

const TEMPLATE: &str = include_str!("../templates/report.typ");

/// Layouts kept in memory for the next document, in compilations; typst's own tools use 10.
const KEPT_COMPILATIONS: usize = 10;

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
    /// Name of the part of the house that the figures are narrowed to; none: they are whole.
    pub part: Option<&'a str>,
}

/// A typeset document.
pub struct Document {
    pub(crate) paged: PagedDocument,
    warnings: Vec<String>,
}

/// A report that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A chart failed.
    #[error(transparent)]
    Chart(#[from] ChartError),
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
    /// A page could not be drawn.
    #[error("page {page} could not be drawn as PNG: {reason}; try a smaller scale")]
    Png {
        /// The page, from 1.
        page: usize,
        /// What the encoder said.
        reason: String,
    },
}

impl Report<'_> {
    /// Typesets the report.
    pub fn compile(&self) -> Result<Document, ReportError> {
        let texts = locales::texts(self.language);
        // Official documents write 99,0% without the space that pages have.
        let close = |text: String| drawable(&text.replace(&format!("{NO_BREAK_SPACE}%"), "%"));
        let of = |height| Size { height, ..Size::DOCUMENT };
        let sizes = [of(200), of(240), Size::DOCUMENT];
        let trend = self.trend();
        let svgs = [
            charts::levels(self.figures, texts, sizes[0])?,
            match &trend {
                Some(trend) => charts::trend_of(trend, self.figures, texts, sizes[1])?,
                None => String::new(),
            },
            charts::groups(self.figures, texts, sizes[2])?,
        ];
        let mut content = serde_json::to_value(self.content(trend.as_ref(), texts))?;
        make_writable(&mut content);
        let mut files = vec![("content.json", close(content.to_string()).into_bytes())];
        files.extend(CHARTS.into_iter().zip(svgs.map(|svg| close(svg).into_bytes())));
        let world = ReportWorld::new(TEMPLATE, files, self.issued)
            .ok_or_else(|| ReportError::Typeset("a file has no proper name".to_owned()))?;
        let compiled = typst::compile::<PagedDocument>(&world);
        typst::comemo::evict(KEPT_COMPILATIONS);
        let paged = compiled.output.map_err(|errors| ReportError::Typeset(told(&errors)))?;
        let warnings = compiled.warnings.iter().map(|one| one.message.to_string()).collect();
        Ok(Document { paged, warnings })
    }

    /// The course; of a part only what points at nobody.
    fn trend(&self) -> Option<Trend> {
        match self.part {
            None => Some(Trend::of(self.figures)),
            Some(_) => Trend::of_part(self.figures),
        }
    }

    /// The subject line, with the part of the house where it is not the whole.
    fn subject(&self, period: &str, texts: &Texts) -> Vec<String> {
        let subject = texts.with("report-subject", &[("period", period)]);
        let part = self.part.map(|part| texts.with("report-part", &[("part", part)]));
        subject.lines().map(|line| line.trim().to_owned()).chain(part).collect()
    }

    fn content(&self, trend: Option<&Trend>, texts: &'static Texts) -> Content {
        let simulated = self.figures.simulated;
        let period = period_name(&self.figures.period, texts);
        let letterhead = self.letterhead;
        let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect();
        Content {
            language: texts.language(),
            title: texts.with("report-title", &[("period", &period)]),
            author: letterhead.agency.split_whitespace().collect::<Vec<_>>().join(" "),
            issued: [self.issued.year(), self.issued.month().into(), self.issued.day().into()],
            mark: simulated.then(|| texts.get("report-simulated")),
            head: Head {
                parent: letterhead.parent_agency.clone(),
                agency: lines(&letterhead.agency),
                number: texts.with("report-number", &[("number", &letterhead.document_number)]),
                nation: texts.get("report-nation"),
                motto: texts.get("report-motto"),
                place_date: texts.with(
                    "report-place-date",
                    &[
                        ("place", &letterhead.place),
                        ("date", &Numbers::of(texts).date_long(self.issued)),
                    ],
                ),
                kind: texts.get("report-kind"),
                subject: self.subject(&period, texts),
                period: narrative::period_line(self.figures, self.cut_off, texts),
                note: simulated.then(|| texts.get("report-simulated-note")),
            },
            sections: narrative::sections(self.figures, trend, texts),
            signature: Signature {
                authority: letterhead.signer_authority.clone(),
                title: letterhead.signer_title.clone(),
                name: letterhead.signer_name.clone(),
                distribution_label: texts.get("report-distribution"),
                distribution: letterhead.distribution.clone(),
            },
        }
    }
}

impl Document {
    /// Number of pages, at least 1.
    pub fn page_count(&self) -> usize {
        self.paged.pages().len()
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
