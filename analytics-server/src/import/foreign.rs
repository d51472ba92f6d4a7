//! What a file is when it is no text and no workbook, by its first bytes: its name may say anything.

use super::outcome::{FileFault, Foreign};
use super::unpacked::Zip;

/// Beginnings of files that are never read.
const BEGINNINGS: [(&[u8], Foreign); 10] = [
    (b"%PDF", Foreign::Pdf),
    (b"\x89PNG", Foreign::Picture),
    (b"\xff\xd8\xff", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"BM", Foreign::Picture),
    (b"Rar!", Foreign::Archive),
    (b"7z\xbc\xaf", Foreign::Archive),
    (b"BZh", Foreign::Archive),
    (b"{\\rtf", Foreign::Document),
];

/// The container that Excel before 2007, Word and encrypted workbooks share.
pub(super) const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// What a file is by its beginning, where it is none that is read.
pub(super) fn of_beginning(head: &[u8]) -> Option<Foreign> {
    let known = BEGINNINGS.iter().find(|(begin, _)| head.starts_with(begin));
    if let Some((begin, found)) = known {
        // A column may be called BM; a picture has bytes that no text has.
        return (*begin != b"BM" || head.contains(&0)).then_some(*found);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(Foreign::Archive);
    }
    let text = String::from_utf8_lossy(head.get(..1_024.min(head.len())).unwrap_or_default());
    let text = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let page = ["<html", "<!doctype html", "<table", "<meta", "<head"];
    if page.iter().any(|tag| text.starts_with(tag))
        || (text.starts_with("<?xml") && text.contains("<html"))
    {
        return Some(Foreign::Html);
    }
    text.starts_with("<?xml").then_some(Foreign::Xml)
}

/// What a compound file is: its directory names its parts in UTF-16.
pub(super) fn of_compound(bytes: &[u8]) -> Foreign {
    let names = |name: &str| {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    };
    if names("EncryptedPackage") {
        Foreign::Password
    } else if names("WordDocument") || names("PowerPoint Document") {
        Foreign::Document
    } else {
        Foreign::OldExcel
    }
}

/// What a zip file is, unless it is a workbook.
pub(super) fn of_zip(zip: &Zip) -> Result<(), FileFault> {
    let has = |begin: &str| zip.names.iter().any(|name| name.starts_with(begin));
    let foreign = if zip.encrypted {
        Foreign::Password
    } else if has("xl/workbook.bin") {
        Foreign::Binary
    } else if has("xl/") {
        return Ok(());
    } else if has("mimetype") && has("content.xml") {
        Foreign::OpenDocument
    } else if has("word/") || has("ppt/") {
        Foreign::Document
    } else {
        Foreign::Archive
    };
    Err(FileFault::Foreign(foreign))
}
