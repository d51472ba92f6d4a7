//! The officer's card: portrait or initials, name, title, counter and the step of the service.

use super::block;
use crate::{texts, theme};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use eframe::egui;
use egui::{Align, ColorImage, CornerRadius, Image, Pos2, Rect, TextureHandle, Ui, Vec2};
use image::imageops::FilterType;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// Longest portrait that is read, in letters of base64: 256 KiB of picture.
const PORTRAIT_LETTERS: usize = 256 * 1024 * 4 / 3 + 4;
/// Widest and highest portrait that is read, in pixels: any camera's, and no bomb.
const PORTRAIT_PIXELS: u32 = 4_096;
/// Side of the portrait that is kept, in pixels: twice its size in points.
const PORTRAIT_KEPT: u32 = 296;
/// Between the card's edge and its text.
const PADDING: f32 = 28.0;

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
    /// The portrait.
    pub portrait: Option<&'a TextureHandle>,
}

/// Shows the card with its left, right and middle where they are asked for; its height is that of
/// its content. `middle` of `None` only measures.
pub fn card(ui: &Ui, left: f32, right: f32, middle: Option<f32>, card: &Card<'_>) -> f32 {
    let width = right - left - 2.0 * PADDING;
    let set = |text, set| block(ui, text, set, width, Align::Center);
    let label = set(card.label, &theme::BODY);
    let name = set(card.name, &theme::NAME);
    let office = set(card.office, &theme::BODY);
    let mut lines = if office.rows() == 1 {
        vec![office]
    } else {
        let given = card.office_lines.into_iter().filter(|line| !line.is_empty());
        given.map(|line| set(line, &theme::BODY)).collect()
    };
    lines.push(set(card.counter, &theme::BODY));
    let stage = card.stage.map(|stage| set(stage, &theme::STAGE));

    let texts =
        label.height() + name.height() + lines.iter().map(super::Block::height).sum::<f32>();
    let chip = stage.as_ref().map_or(0.0, |stage| stage.height() + 40.0);
    let height = 36.0 + theme::PORTRAIT_SIZE + 22.0 + texts + 12.0 + chip + 36.0;
    let Some(middle) = middle else { return height };

    let top = middle - height / 2.0;
    let rect = Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, top + height));
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    ui.painter().add(theme::card_shadow().as_shape(rect, radius));
    ui.painter().rect_filled(rect.translate(Vec2::new(0.0, 1.0)), radius, theme::LINE);
    ui.painter().rect_filled(rect, radius, theme::CARD);

    let centre = Pos2::new(rect.center().x, top + 36.0 + theme::PORTRAIT_SIZE / 2.0);
    portrait(ui, centre, card);
    let mut y = centre.y + theme::PORTRAIT_SIZE / 2.0 + 22.0;
    y = label.place(ui, left, right, y) + 6.0;
    y = name.place(ui, left, right, y) + 6.0;
    for line in lines {
        y = line.place(ui, left, right, y);
    }
    if let Some(stage) = stage {
        let size = Vec2::new(stage.width() + 36.0, stage.height() + 20.0);
        let chip = Rect::from_center_size(Pos2::new(centre.x, y + 20.0 + size.y / 2.0), size);
        ui.painter().rect_filled(chip, size.y / 2.0, theme::CHIP);
        stage.place(ui, left, right, chip.top() + 10.0);
    }
    height
}

fn portrait(ui: &Ui, centre: Pos2, card: &Card<'_>) {
    let size = theme::PORTRAIT_SIZE;
    if let Some(texture) = card.portrait {
        let rect = Rect::from_center_size(centre, Vec2::splat(size));
        let image = Image::new(texture).corner_radius(CornerRadius::from(size / 2.0));
        image.paint_at(ui, rect);
        return;
    }
    ui.painter().circle_filled(centre, size / 2.0, theme::PORTRAIT);
    let initials = texts::initials(card.name);
    let initials = block(ui, &initials, &theme::INITIALS, size, Align::Center);
    let top = centre.y - initials.height() / 2.0;
    initials.paint(ui, centre.x - size / 2.0, centre.x + size / 2.0, top);
}

/// The middle square of a portrait from the settings (JPEG or PNG in base64); `None` where it can
/// not be read, so that initials take its place.
pub fn decode_portrait(base64: &str) -> Option<ColorImage> {
    if base64.len() > PORTRAIT_LETTERS {
        return None;
    }
    let bytes = BASE64_STANDARD.decode(base64.trim()).ok()?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(PORTRAIT_PIXELS);
    limits.max_image_height = Some(PORTRAIT_PIXELS);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let square = picture.resize_to_fill(PORTRAIT_KEPT, PORTRAIT_KEPT, FilterType::Triangle);
    let side = PORTRAIT_KEPT as usize;
    Some(ColorImage::from_rgb([side, side], square.to_rgb8().as_raw()))
}
