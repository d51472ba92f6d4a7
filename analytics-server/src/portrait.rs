//! Portraits of officers: what comes in is never what goes out. A picture is decoded within limits,
//! cut square, made small and encoded again, so nothing hidden in a file reaches a tablet.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Edge in pixels: the tablet's portrait at twice its density.
const EDGE: u32 = 320;
/// Largest edge that is decoded: more than any camera of an office, little memory.
const LARGEST: u32 = 8_000;
/// Bytes decoding may take: 8,000 × 8,000 pixels of four bytes.
const MEMORY: u64 = 256 * 1024 * 1024;
/// JPEG quality, of 100: no visible loss at this size, about 30 KB.
const QUALITY: u8 = 85;

/// Why a picture is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PortraitError {
    /// Neither JPEG nor PNG.
    #[error("the file is neither a JPEG nor a PNG picture; export it as one of these")]
    Format,
    /// Damaged, or larger than is decoded.
    #[error("the picture can not be read ({0}); it may be damaged or larger than 8,000 pixels")]
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
    let picture = reader.decode()?;
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
        for (width, height) in [(10, 300), (900, 600), (1, 1)] {
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
    }
}
