//! Which files of the paths that were named are read, and what else lies in their folders.

use super::find_header::find_header;
use super::kinds::known_headers;
use super::outcome::{FileFault, FileOutcome, Foreign, ImportError, Unread};
use super::source::{Content, Source, name_of};
use super::workbook::Size;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of `paths`: a file as it is, a folder's exported files in the order of their names.
/// Other files in the folders are reported.
pub(super) fn find_files(
    paths: &[PathBuf],
) -> Result<(Vec<Source<'static>>, Vec<FileOutcome>), ImportError> {
    let (mut sources, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let fault = |cause| ImportError::Path { path: path.clone(), cause };
        if !fs::metadata(path).map_err(fault)?.is_dir() {
            sources.push(Source::File(path.clone()));
            continue;
        }
        let mut all = Vec::new();
        for entry in fs::read_dir(path).map_err(fault)? {
            all.push(entry.map_err(fault)?.path());
        }
        all.sort();
        let before = sources.len();
        for found in all {
            match kind_of(&found) {
                FolderEntry::Export => sources.push(Source::File(found)),
                FolderEntry::Lock => {}
                FolderEntry::Unread(why) => unread.push(FileOutcome::unread(name_of(&found), why)),
            }
        }
        if sources.len() == before {
            return Err(ImportError::NoFiles(path.clone()));
        }
    }
    Ok((sources, unread))
}

/// What is found in a folder.
enum FolderEntry {
    /// An exported file.
    Export,
    /// What office programs leave behind while a file is open, and systems for themselves.
    Lock,
    /// Something that is not read.
    Unread(Unread),
}

/// Endings of files that are read.
const READ: [&str; 4] = [".csv", ".csv.gz", ".xlsx", ".hljournal"];
/// Endings of files that hold data and are not read.
const DATA: [&str; 17] = [
    ".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".txt", ".tsv", ".tab", ".csv.zip",
    ".xlsx.gz", ".zip", ".rar", ".7z", ".gz", ".pdf", ".xml",
];

fn kind_of(path: &Path) -> FolderEntry {
    let name = name_of(path).to_lowercase();
    if name.starts_with('.') || name.starts_with("~$") {
        return FolderEntry::Lock;
    }
    if path.is_dir() {
        return FolderEntry::Unread(Unread::Folder);
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&READ) {
        return FolderEntry::Export;
    }
    // A copy that somebody put aside, such as `danh-gia.csv.bak` or `danh-gia`.
    let aside = READ.iter().any(|ending| name.contains(ending));
    let data = ends(&DATA) || aside || is_data(path);
    FolderEntry::Unread(if data { Unread::Export } else { Unread::Other })
}

/// Whether a file without a known ending has a header that is known, or is packed.
fn is_data(path: &Path) -> bool {
    let source = Source::File(path.to_owned());
    let headers = known_headers();
    match source.open(&headers, Size::OF_FILES) {
        Ok(Content::Text(opened)) => find_header(*opened, &headers).is_ok(),
        // A picture or a letter lies in many a folder and is no export.
        Err(FileFault::Foreign(Foreign::Picture | Foreign::Document)) => false,
        Ok(Content::Book(_)) | Err(FileFault::Foreign(_) | FileFault::Unpack(_)) => true,
        Err(_) => false,
    }
}
