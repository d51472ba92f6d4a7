//! The officer's card: photo or initials, name, title, counter, the step of the service and
//! what is served. It takes the room it is given: first the photo gets smaller or stands
//! beside the words, then the space between, at last the letters. Nothing is cut off.

use super::{Block, Pen, block};
use crate::texts;
use crate::theme::{self, PHOTO_SIZE};
use eframe::egui;
use egui::{Align, CornerRadius, Image, Pos2, Rect, TextureHandle, Vec2};

/// Between the card's edge and its text, left and right.
const PADDING: f32 = 28.0;
/// Narrowest card whose photo can stand beside the words.
const WIDE: f32 = 560.0;

/// What stands on the card.
pub struct Card<'a> {
    /// The officer's name.
    pub name: &'a str,
    /// Above the name.
    pub label: &'a str,
    /// Below the name: title and department in one line, if they fit into one.
    pub office: &'a str,
    /// Title and department on their own, for when they do not.
    pub office_lines: [&'a str; 2],
    /// The counter.
    pub counter: &'a str,
    /// The step of the service.
    pub stage: Option<&'a str>,
    /// The dossier or the ticket.
    pub reference: Option<&'a str>,
    /// The photo.
    pub photo: Option<&'a TextureHandle>,
}

/// How a card is set.
#[derive(Clone, Copy, Debug)]
struct CardLayout {
    photo: f32,
    beside: bool,
    space: f32,
    letters: f32,
}

/// A card that is set and not yet placed.
pub struct CardSet<'a> {
    card: &'a Card<'a>,
    layout: CardLayout,
    pen: Pen<'a>,
    /// In their order, each with the space above it.
    lines: Vec<(f32, Block)>,
    chip: Option<Block>,
    reference: Option<Block>,
    height: f32,
}

/// Sets a card of this width so that it is, if that can be, at most `height` points high.
pub fn card<'a>(pen: &Pen<'a>, width: f32, height: f32, card: &'a Card<'a>) -> CardSet<'a> {
    let mut set = CardSet::new(pen, width, card, CardLayout::ALL[0]);
    for layout in &CardLayout::ALL[1..] {
        if set.height <= height {
            break;
        }
        if !layout.beside || width >= WIDE {
            set = CardSet::new(pen, width, card, *layout);
        }
    }
    set
}

impl CardLayout {
    /// From the largest to the smallest.
    const ALL: [Self; 12] = [
        Self::over(PHOTO_SIZE, 1.0, 1.0),
        Self::over(124.0, 1.0, 1.0),
        Self::over(104.0, 0.8, 1.0),
        Self { photo: 124.0, beside: true, space: 1.0, letters: 1.0 },
        Self { photo: 112.0, beside: true, space: 0.6, letters: 1.0 },
        Self::over(84.0, 0.6, 1.0),
        Self::over(68.0, 0.5, 0.92),
        Self::over(60.0, 0.4, 0.84),
        Self { photo: 96.0, beside: true, space: 0.4, letters: 0.8 },
        Self::over(0.0, 0.4, 0.8),
        Self::over(0.0, 0.3, 0.68),
        Self::over(0.0, 0.2, 0.56),
    ];

    const fn over(photo: f32, space: f32, letters: f32) -> Self {
        Self { photo, beside: false, space, letters }
    }
}

impl<'a> CardSet<'a> {
    fn new(pen: &Pen<'a>, width: f32, card: &'a Card<'a>, layout: CardLayout) -> Self {
        let pen = pen.with(pen.theme.smaller(layout.letters));
        let beside = if layout.beside { layout.photo + 2.0 * PADDING } else { 0.0 };
        let inner = width - 2.0 * PADDING - beside;
        let align = if layout.beside { Align::Min } else { Align::Center };
        let set = |text, style| block(&pen, text, style, inner, align);
        let office = set(card.office, &theme::BODY);
        let mut lines = vec![(0.0, set(card.label, &theme::BODY))];
        lines.push((6.0, set(card.name, &theme::NAME)));
        if office.rows() == 1 {
            lines.push((6.0, office));
        } else {
            let given = card.office_lines.into_iter().filter(|line| !line.is_empty());
            lines.extend(given.map(|line| (6.0, set(line, &theme::BODY))));
        }
        lines.push((0.0, set(card.counter, &theme::BODY)));
        let chip =
            card.stage.map(|stage| block(&pen, stage, &theme::CHIP, inner - 36.0, Align::Center));
        let reference = card.reference.map(|text| set(text, &theme::BODY));
        let mut set = Self { card, layout, pen, lines, chip, reference, height: 0.0 };
        let words = set.words();
        set.height = 2.0 * set.edge()
            + if layout.beside {
                words.max(layout.photo)
            } else {
                words + layout.photo + if layout.photo > 0.0 { 22.0 * layout.space } else { 0.0 }
            };
        set
    }

    /// Height in points.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// Above and below the content.
    fn edge(&self) -> f32 {
        10.0 + 26.0 * self.layout.space
    }

    fn words(&self) -> f32 {
        let space = self.layout.space;
        let lines: f32 = self.lines.iter().map(|(above, line)| above * space + line.height()).sum();
        let chip = self.chip.as_ref().map_or(0.0, |chip| 20.0 * space + chip.height() + 20.0);
        let reference = self.reference.as_ref().map_or(0.0, |one| 10.0 * space + one.height());
        lines + chip + reference
    }

    /// Draws the card with its middle at `middle`; where it ends.
    pub fn place(self, left: f32, right: f32, middle: f32) -> f32 {
        let top = middle - self.height / 2.0;
        let rect = Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, top + self.height));
        let (painter, theme) = (self.pen.painter(), self.pen.theme);
        let radius = CornerRadius::same(theme::CARD_RADIUS);
        painter.add(theme.card_shadow().as_shape(rect, radius));
        painter.rect_filled(rect.translate(Vec2::new(0.0, 1.0)), radius, theme.palette.line);
        painter.rect_filled(rect, radius, theme.palette.card);
        if theme.strong {
            painter.rect_stroke(rect, radius, theme.hem(), egui::StrokeKind::Inside);
        }
        let size = self.layout.photo;
        if self.layout.beside {
            let centre = Pos2::new(left + 2.0 * PADDING + size / 2.0, middle);
            photo(&self.pen, centre, size, self.card);
            let from = left + 3.0 * PADDING + size;
            let y = middle - self.words() / 2.0;
            self.place_words(from, right - PADDING, y);
        } else {
            let mut y = top + self.edge();
            if size > 0.0 {
                let centre = Pos2::new(rect.center().x, y + size / 2.0);
                photo(&self.pen, centre, size, self.card);
                y += size + 22.0 * self.layout.space;
            }
            self.place_words(left, right, y);
        }
        rect.bottom()
    }

    fn place_words(self, left: f32, right: f32, mut y: f32) {
        let (pen, space) = (self.pen, self.layout.space);
        for (above, line) in self.lines {
            y = line.place(&pen, left, right, y + above * space);
        }
        if let Some(text) = self.chip {
            let size = Vec2::new(text.width() + 36.0, text.height() + 20.0);
            let from =
                if self.layout.beside { left } else { f32::midpoint(left, right) - size.x / 2.0 };
            let chip = Rect::from_min_size(Pos2::new(from, y + 20.0 * space), size);
            let line = text.height() / text.rows().max(1) as f32;
            let radius = f32::midpoint(line, 20.0);
            pen.painter().rect_filled(chip, radius, pen.theme.palette.chip);
            if pen.theme.strong {
                let hem = pen.theme.hem();
                pen.painter().rect_stroke(chip, radius, hem, egui::StrokeKind::Inside);
            }
            text.place_in(&pen, chip);
            y = chip.bottom();
        }
        if let Some(reference) = self.reference {
            reference.place(&pen, left, right, y + 10.0 * space);
        }
    }
}

fn photo(pen: &Pen<'_>, centre: Pos2, size: f32, card: &Card<'_>) {
    if let Some(texture) = card.photo {
        let rect = Rect::from_center_size(centre, Vec2::splat(size));
        let image = Image::new(texture).corner_radius(CornerRadius::from(size / 2.0));
        image.paint_at(pen.ui, rect);
    } else {
        pen.painter().circle_filled(centre, size / 2.0, pen.theme.palette.disc);
        let pen = &pen.with(pen.theme.plain().smaller(size / PHOTO_SIZE));
        let initials = texts::initials(card.name);
        let initials = block(pen, &initials, &theme::INITIALS, size, Align::Center);
        initials.paint_in(pen, Rect::from_center_size(centre, Vec2::splat(size)));
    }
    if pen.theme.strong {
        pen.painter().circle_stroke(centre, size / 2.0, pen.theme.hem());
    }
}
