//! Reads an officer's photo from the settings, as a picture that may be anything.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use eframe::egui::ColorImage;
use image::imageops::FilterType;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// Longest photo that is read, in letters of base64: 256 KiB of picture.
const PHOTO_LETTERS: usize = 256 * 1024 * 4 / 3 + 4;
/// Widest and highest photo that is read, in pixels: any camera's, and no bomb.
const PHOTO_PIXELS: u32 = 4_096;
/// Side of the photo that is kept, in pixels: twice its size in points.
const PHOTO_KEPT: u32 = 296;

/// The middle square of a photo from the settings (JPEG or PNG in base64); `None` where it can
/// not be read, so that initials take its place.
pub fn decode_photo(base64: &str) -> Option<ColorImage> {
    if base64.len() > PHOTO_LETTERS {
        return None;
    }
    let bytes = BASE64_STANDARD.decode(base64.trim()).ok()?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(PHOTO_PIXELS);
    limits.max_image_height = Some(PHOTO_PIXELS);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let square = picture.resize_to_fill(PHOTO_KEPT, PHOTO_KEPT, FilterType::Triangle);
    let side = PHOTO_KEPT as usize;
    Some(ColorImage::from_rgb([side, side], square.to_rgb8().as_raw()))
}
