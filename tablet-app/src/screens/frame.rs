//! What stands around every screen: the header above, the hint and the clock below, and the mark
//! of simulated data. All is measured first, so that the screen between them knows its room, and
//! drawn in the order in which it is read.
//!
//! Each control of the footer has the same place on all screens and no other control ever stands there, so
//! that the second tap of a trembling hand never hits something else: the clock, which is the staff's corner,
//! at the right; what takes something back behind the place of “Không đánh giá”; the ways on of a
//! step before the clock.

use super::footer::Footer;
use super::header::Header;
use super::{Page, Touched};
use crate::kiosk::View;
use crate::theme::{self, BAR, MARGIN, TARGET};
use crate::widgets::{Block, block};
use eframe::egui;
use egui::{Align, Pos2, Rect};
use std::cell::RefCell;

/// Above a screen without a header.
const QUIET_TOP: f32 = 32.0;

/// The frame of a screen, measured and not yet drawn.
pub(super) struct Frame<'a> {
    header: RefCell<Option<Header<'a>>>,
    band: Option<Block>,
    footer: Footer,
    /// Between header and footer, within the margins.
    pub content: Rect,
    /// The part of `content` that no touch target of header or footer overlaps.
    pub clear: Rect,
    /// The footer, up to the clock.
    pub foot: Rect,
    top: f32,
}

impl<'a> Frame<'a> {
    pub fn measure(page: &Page<'a>) -> Self {
        let full = page.full;
        let quiet = page.view == View::Closed;
        let header = page.scene.settings.filter(|_| !quiet);
        let header = header.map(|settings| Header::measure(page, settings));
        let simulated = page.scene.settings.is_some_and(|settings| settings.simulated);
        let band = simulated.then(|| {
            let width = full.width() - 2.0 * MARGIN;
            block(&page.pen, &page.get("tablet-simulated"), &theme::CHIP, width, Align::Center)
        });
        let bar = full.top() + if quiet { QUIET_TOP } else { BAR };
        let top = header.as_ref().map_or(bar, |header| header.bottom);
        let below = top + band.as_ref().map_or(0.0, |band| band.height() + 18.0);
        let clear_top = header.as_ref().map_or(below, |header| header.clear.max(below));

        let footer = Footer::measure(page);
        let height = footer.height(page);
        let foot = full.bottom() - height;
        let clear_bottom = foot.min(full.bottom() - TARGET);
        let x = full.left() + MARGIN..=full.right() - MARGIN;
        let rect = |top: f32, bottom: f32| {
            Rect::from_min_max(Pos2::new(*x.start(), top), Pos2::new(*x.end(), bottom))
        };
        Self {
            header: RefCell::new(header),
            band,
            content: rect(below, foot),
            clear: rect(clear_top, clear_bottom),
            foot: rect(foot, full.bottom()),
            footer,
            top,
        }
    }

    pub fn show_header(&self, page: &Page<'_>) -> Option<Touched> {
        let glass = page.glass();
        if self.band.is_some() {
            let rect = Rect::from_x_y_ranges(glass.x_range(), self.top..=self.content.top());
            let palette = page.pen.theme.palette;
            page.pen.painter().rect_filled(rect, 0.0, palette.chip);
            if page.pen.theme.strong {
                page.pen.painter().hline(glass.x_range(), rect.bottom(), page.pen.theme.hem());
            }
        }
        let header = self.header.take();
        let touched = match header {
            Some(header) => header.show(page),
            None if page.view == View::Closed => None,
            None => {
                let hem = page.pen.theme.hem();
                page.pen.painter().hline(glass.x_range(), self.top, hem);
                None
            }
        };
        if let Some(band) = self.band.clone() {
            band.place(&page.pen, self.content.left(), self.content.right(), self.top + 9.0);
        }
        touched
    }

    /// Draws the footer; what was touched.
    pub fn show_footer(&self, page: &Page<'_>) -> Option<Touched> {
        if page.view != View::Closed {
            page.pen.painter().hline(page.glass().x_range(), self.foot.top(), page.pen.theme.hem());
        }
        self.footer.show(page, self.foot)
    }

    /// Widest button of those in the footer of a step.
    pub fn widest(&self) -> f32 {
        self.footer.widest
    }

    /// Where a button of a step stands in the footer, so far from the clock.
    pub fn way(&self, size: egui::Vec2, from_clock: f32) -> Rect {
        self.footer.way(self.foot, size, from_clock)
    }
}
