//! What stands around every screen: the header above, the hint and the clock below, and the mark
//! of simulated data. All is measured first, so that the screen between them knows its room, and
//! drawn in the order in which it is read.

use super::header::Header;
use super::{Page, Touched};
use crate::kiosk::View;
use crate::link::Link;
use crate::theme::{self, BAR, MARGIN, TARGET};
use crate::widgets::{Block, block, hold, quiet_button, quiet_button_size};
use eframe::egui;
use egui::{Align, Pos2, Rect, Vec2};
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
    /// How much of the footer's middle the clock takes on a step; nothing where it has no room.
    pub clock_width: f32,
    top: f32,
}

struct Footer {
    /// “Không đánh giá” and its size.
    decline: Option<(String, Vec2)>,
    hint: Option<Block>,
    link: Option<Block>,
    /// With it, the staff's corner.
    clock: Option<Block>,
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
            clock_width: footer.clock.as_ref().map_or(0.0, |clock| clock.width().max(TARGET)),
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
        // Between the buttons: one at the left, two at the right.
        let x =
            if step { foot.left() + (foot.width() - width) / 3.0 } else { foot.right() - width };
        let mut declined = false;
        if !step {
            let mut left = foot.left();
            if let Some((words, size)) = &self.footer.decline {
                let high = Vec2::new(size.x.max(TARGET), TARGET);
                let top = (middle - TARGET / 2.0).min(glass.bottom() - TARGET);
                let area = Rect::from_min_size(Pos2::new(left, top), high);
                declined = quiet_button(pen, area, middle, words);
                left += high.x + 24.0;
            }
            let texts = [&self.footer.hint, &self.footer.link].into_iter().flatten();
            let height: f32 = texts.clone().map(Block::height).sum();
            let mut y = middle - height / 2.0;
            for text in texts {
                y = text.clone().place(pen, left, x - 32.0, y);
            }
        }
        let declined = declined.then_some(Touched::Decline);
        let Some(clock) = &self.footer.clock else { return declined };
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
        declined.or_else(|| corner.then_some(Touched::Corner))
    }
}

impl Footer {
    fn measure(page: &Page<'_>) -> Self {
        let (pen, scene) = (&page.pen, page.scene);
        let whole = page.full.width() - 2.0 * MARGIN;
        let step = matches!(page.view, View::Step { .. });
        // Between three buttons, where there is room, or else at the right.
        let share = if step { 0.2 } else { 0.3 };
        let align = if step { Align::Center } else { Align::Max };
        let clock = crate::widgets::whole(pen, scene.clock, &theme::BODY, whole * share, align, 2);
        let asks = matches!(page.view, View::Rate { again: false, active: true });
        let decline = asks.then(|| {
            let words = page.get("tablet-decline");
            let size = quiet_button_size(pen, &words, whole * 0.3);
            (words, size)
        });
        let left = decline.as_ref().map_or(0.0, |(_, size)| size.x.max(TARGET) + 24.0);
        let width = whole - left - clock.width().max(TARGET) - 32.0;
        let hint = match page.view {
            View::Rate { again: true, .. } => Some("tablet-again-hint"),
            View::Rate { again: false, .. } => Some(super::aloud::hint_key(scene)),
            _ => None,
        };
        let link = match scene.link {
            // Before the first settings the screen itself says so.
            Link::Good => None,
            Link::Forked => Some("tablet-forked"),
            _ if scene.settings.is_none() => None,
            Link::Offline => Some("tablet-offline"),
            // Citizens only need to know that nothing is lost; the staff's screen says the rest.
            Link::Refused | Link::Clock | Link::Authority | Link::Foreign => {
                Some("tablet-not-sent")
            }
        };
        let hint = hint.map(|key| {
            crate::widgets::whole(pen, &page.get(key), &theme::BODY, width, Align::Min, 3)
        });
        let link = link.map(|key| block(pen, &page.get(key), &theme::SMALL, width, Align::Min));
        let clock = (!step || page.is_landscape()).then_some(clock);
        Self { decline, hint, link, clock }
    }

    fn height(&self, page: &Page<'_>) -> f32 {
        let texts: f32 = [&self.hint, &self.link].into_iter().flatten().map(Block::height).sum();
        let least = if matches!(page.view, View::Step { .. }) { TARGET } else { BAR };
        let clock = self.clock.as_ref().map_or(0.0, Block::height);
        let decline = self.decline.as_ref().map_or(0.0, |(_, size)| size.y);
        least.max(texts + 28.0).max(clock + 28.0).max(decline + 28.0)
    }
}
