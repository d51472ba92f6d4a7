//! A typeset document as files: PDF/A-2a (tagged, for the archive) and one PNG for each page.

use crate::document::{Document, ReportError, told};
use typst::foundations::Smart;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

/// The usual scale of a page's picture in pixels per point: 144 dots per inch, sharp on a screen.
pub const SCALE: f64 = 2.0;

/// The greatest scale: 20 pixels per point make a page of 200 million pixels.
const GREATEST_SCALE: f64 = 20.0;

/// The program's name in the metadata.
const CREATOR: &str = "Hài Lòng";

/// Typeset pages as PDF/A-2a.
pub(crate) fn archive(paged: &PagedDocument) -> Result<Vec<u8>, ReportError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| ReportError::Pdf(error.message().to_string()))?;
    let creator = Smart::Custom(Some(CREATOR.to_owned()));
    let options = PdfOptions { standards, creator, ..PdfOptions::default() };
    typst_pdf::pdf(paged, &options).map_err(|errors| ReportError::Pdf(told(&errors)))
}

impl Document {
    /// The document as PDF/A-2a. The same document gives the same bytes.
    pub fn pdf(&self) -> &[u8] {
        &self.archived
    }

    /// Each page as PNG, `scale` pixels per point ([`SCALE`] unless there is a reason). Pages are
    /// drawn on all processors.
    pub fn pngs(&self, scale: f64) -> Result<Vec<Vec<u8>>, ReportError> {
        let scale = if scale.is_finite() { scale.clamp(0.1, GREATEST_SCALE) } else { SCALE };
        let options = RenderOptions { pixel_per_pt: scale.into(), render_bleed: false };
        let pages: Vec<_> = self.paged.pages().iter().enumerate().collect();
        let hands = std::thread::available_parallelism().map_or(1, usize::from);
        let draw = |(index, page): &(usize, &Page)| {
            let failed = |error: _| ReportError::Png { page: index + 1, reason: reason(&error) };
            (*index, typst_render::render(page, &options).encode_png().map_err(failed))
        };
        // Each hand takes every n-th page, for the last pages are often the shortest.
        let work =
            |hand: usize| pages.iter().skip(hand).step_by(hands).map(draw).collect::<Vec<_>>();
        let mut drawn = std::thread::scope(|scope| {
            let work = &work;
            let others: Vec<_> = (1..hands).map(|hand| scope.spawn(move || work(hand))).collect();
            let mut drawn = work(0);
            for other in others {
                drawn.extend(other.join().unwrap_or_default());
            }
            drawn
        });
        drawn.sort_by_key(|(index, _)| *index);
        if drawn.len() != pages.len() {
            let reason = "a drawing thread stopped".to_owned();
            return Err(ReportError::Png { page: drawn.len() + 1, reason });
        }
        drawn.into_iter().map(|(_, png)| png).collect()
    }
}

fn reason(error: &impl std::fmt::Display) -> String {
    error.to_string()
}
