//! What stands around every screen: the header above, the hint and the clock below, and the mark
//! of simulated data. All is measured first, so that the screen between them knows its room, and
//! drawn in the order in which it is read.

use super::header::Header;
use super::{Link, Page, Touched};
use crate::kiosk::View;
use crate::theme::{self, BAR, MARGIN, TARGET};
use crate::widgets::{Block, block, hold};
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
    /// The part of it where nothing of the frame can be touched.
    pub clear: Rect,
    /// The footer, for what a step puts there.
    pub foot: Rect,
    /// How much of the footer's middle the clock takes on a step.
    pub clock_width: f32,
    top: f32,
}

struct Footer {
    hint: Option<Block>,
    link: Option<Block>,
    clock: Block,
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
            clock_width: footer.clock.width().max(TARGET),
            header: RefCell::new(header),
            band,
            footer,
            content: rect(below, foot),
            clear: rect(clear_top, clear_bottom),
            foot: rect(foot, full.bottom()),
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

    pub fn show_footer(&self, page: &Page<'_>) -> Option<Touched> {
        let (pen, glass, foot) = (&page.pen, page.glass(), self.foot);
        if page.view != View::Closed {
            pen.painter().hline(glass.x_range(), foot.top(), pen.theme.hem());
        }
        let step = matches!(page.view, View::Step { .. });
        let (middle, width) = (foot.center().y, self.clock_width);
        let clock = &self.footer.clock;
        let x = if step { foot.center().x - width / 2.0 } else { foot.right() - width };
        if !step {
            let texts = [&self.footer.hint, &self.footer.link].into_iter().flatten();
            let height: f32 = texts.clone().map(Block::height).sum();
            let mut y = middle - height / 2.0;
            for text in texts {
                y = text.clone().place(pen, foot.left(), x - 32.0, y);
            }
        }
        let bottom = foot.bottom().min(glass.bottom());
        let top = foot.top().min(bottom - TARGET);
        let area = Rect::from_min_max(Pos2::new(x, top), Pos2::new(x + width, bottom));
        let corner = hold(pen, area, &page.get("tablet-staff"));
        clock.clone().place_in(
            pen,
            Rect::from_center_size(
                Pos2::new(area.center().x, middle),
                egui::vec2(width, clock.height()),
            ),
        );
        corner.then_some(Touched::Corner)
    }
}

impl Footer {
    fn measure(page: &Page<'_>) -> Self {
        let (pen, scene) = (&page.pen, page.scene);
        let whole = page.full.width() - 2.0 * MARGIN;
        let step = matches!(page.view, View::Step { .. });
        // In the middle between two buttons, or else at the right.
        let share = if step { 0.3 } else { 0.38 };
        let align = if step { Align::Center } else { Align::Max };
        let clock = crate::widgets::whole(pen, scene.clock, &theme::BODY, whole * share, align, 2);
        let width = whole - clock.width().max(TARGET) - 32.0;
        let hint = match page.view {
            View::Rate { again: true, .. } => Some("tablet-again-hint"),
            View::Rate { again: false, .. } => Some("tablet-hint"),
            _ => None,
        };
        let link = match scene.link {
            // Before the first settings the screen itself says so.
            Link::Offline if scene.settings.is_some() => Some("tablet-offline"),
            Link::Parted => Some("tablet-parted"),
            Link::Offline | Link::Good => None,
        };
        let hint = hint.map(|key| block(pen, &page.get(key), &theme::BODY, width, Align::Min));
        let link = link.map(|key| block(pen, &page.get(key), &theme::SMALL, width, Align::Min));
        Self { hint, link, clock }
    }

    fn height(&self, page: &Page<'_>) -> f32 {
        let texts: f32 = [&self.hint, &self.link].into_iter().flatten().map(Block::height).sum();
        let least = if matches!(page.view, View::Step { .. }) { TARGET } else { BAR };
        least.max(texts + 28.0).max(self.clock.height() + 28.0)
    }
}
