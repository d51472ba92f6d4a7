//! Portraits of officers: what comes in is never what goes out. A picture is decoded within limits,
//! cut square, made small and encoded again, so nothing hidden in a file reaches a tablet.

use image::codecs::jpeg::JpegEncoder;
use image::error::{LimitError, LimitErrorKind};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Edge in pixels: the tablet's portrait at twice its density.
const EDGE: u32 = 320;
/// Shortest edge in pixels to which a larger picture is first made small.
const ROUGH: u32 = 4 * EDGE;
/// Largest edge that is decoded.
const LARGEST: u32 = 8_000;
/// Most pixels that are decoded: more than a telephone takes for a portrait, little memory.
const PIXELS: u64 = 25_000_000;
/// Bytes that decoding may take: so many pixels of four bytes, and a little for the decoder.
const MEMORY: u64 = 4 * PIXELS + 4 * 1024 * 1024;
/// JPEG quality, of 100: no visible loss at this size, about 30 KB.
const QUALITY: u8 = 85;

/// Why a picture is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PortraitError {
    /// Neither JPEG nor PNG.
    #[error("the file is neither a JPEG nor a PNG picture; export it as one of these")]
    Format,
    /// Damaged, or larger than is decoded.
    #[error(
        "the picture can not be read ({0}); it may be damaged or have more than 25 million pixels"
    )]
    Unreadable(#[from] image::ImageError),
}

/// A square JPEG of [`EDGE`] pixels from any JPEG or PNG.
pub fn portrait(bytes: &[u8]) -> Result<Vec<u8>, PortraitError> {
    let format = image::guess_format(bytes).map_err(|_| PortraitError::Format)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(PortraitError::Format);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        let error = LimitError::from_kind(LimitErrorKind::DimensionError);
        return Err(ImageError::Limits(error).into());
    }
    let mut picture = DynamicImage::from_decoder(decoder)?;
    // First roughly: the good way would take half the picture's memory once more.
    let shortest = width.min(height);
    if shortest > ROUGH {
        let rough = |edge: u32| (u64::from(edge) * u64::from(ROUGH)).div_ceil(shortest.into());
        let [width, height] =
            [width, height].map(|edge| u32::try_from(rough(edge)).unwrap_or(edge));
        picture = picture.thumbnail_exact(width, height);
    }
    let square = picture.resize_to_fill(EDGE, EDGE, FilterType::Triangle).to_rgb8();
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&square)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image::RgbaImage::new(width, height).write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn any_shape_becomes_a_small_square() {
        for (width, height) in [(10, 300), (900, 600), (1, 1), (3_000, 1_500)] {
            let out = portrait(&png(width, height)).unwrap();
            let read = image::load_from_memory_with_format(&out, ImageFormat::Jpeg).unwrap();
            assert_eq!((read.width(), read.height()), (EDGE, EDGE));
        }
    }

    #[test]
    fn what_is_no_picture_is_told() {
        assert!(matches!(portrait(b"<svg/>"), Err(PortraitError::Format)));
        let mut cut = png(50, 50);
        cut.truncate(60);
        assert!(matches!(portrait(&cut), Err(PortraitError::Unreadable(_))));
        // A picture that claims to be huge is refused before memory is taken for it.
        let mut huge = png(50, 50);
        huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(matches!(portrait(&huge), Err(PortraitError::Unreadable(_))));
        // Each edge is short enough, both together are not.
        let mut wide = Cursor::new(Vec::new());
        image::GrayImage::new(5_001, 5_001).write_to(&mut wide, ImageFormat::Png).unwrap();
        let refused = portrait(wide.get_ref()).unwrap_err();
        assert!(refused.to_string().contains("25 million"), "{refused}");
        assert!(matches!(refused, PortraitError::Unreadable(ImageError::Limits(_))));
    }
}
