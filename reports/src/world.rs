//! The world that typst sees: one template, the content of one document, its charts and our own
//! fonts, all in memory. No package, no file of the machine, no network, and a fixed day, so the
//! same figures give the same bytes everywhere.

use jiff::civil::Date;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The font of charts; pages load it, documents embed it.
pub(crate) const CHART_FONT: &str = "Be Vietnam Pro";

macro_rules! font {
    ($path:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/fonts/", $path)).as_slice()
    };
}

/// Tinos sets documents (the metrics of Times New Roman), Be Vietnam Pro the charts, and Noto Sans
/// Khmer what stands in Khmer in either.
pub(crate) static FONT_FILES: [&[u8]; 9] = [
    font!("tinos/Tinos_400Regular.ttf"),
    font!("tinos/Tinos_400Regular_Italic.ttf"),
    font!("tinos/Tinos_700Bold.ttf"),
    font!("tinos/Tinos_700Bold_Italic.ttf"),
    font!("be-vietnam-pro/BeVietnamPro_400Regular.ttf"),
    font!("be-vietnam-pro/BeVietnamPro_500Medium.ttf"),
    font!("be-vietnam-pro/BeVietnamPro_700Bold.ttf"),
    font!("noto-sans-khmer/NotoSansKhmer_400Regular.ttf"),
    font!("noto-sans-khmer/NotoSansKhmer_700Bold.ttf"),
];

/// The families of our fonts.
pub(crate) const FAMILIES: [&str; 3] = [CHART_FONT, "Tinos", "Noto Sans Khmer"];

/// What never changes: read once for the whole life of the program.
struct Standing {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static STANDING: LazyLock<Standing> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FONT_FILES.iter().filter_map(|bytes| Font::new(Bytes::new(*bytes), 0)).collect();
    Standing {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether every font of a family has a letter, upright and slanted, regular and bold.
pub(crate) fn has(family: &str, letter: char) -> bool {
    let mut of_it = STANDING.fonts.iter().filter(|font| font.info().family == family).peekable();
    of_it.peek().is_some() && of_it.all(|font| font.info().coverage.contains(letter.into()))
}

/// The world of one document.
pub(crate) struct ReportWorld {
    main: Source,
    files: Vec<(FileId, Bytes)>,
    today: Date,
}

impl ReportWorld {
    /// The world of `template` and of files by their names. None when a name is no path.
    pub fn new(template: &str, files: Vec<(&str, Vec<u8>)>, today: Date) -> Option<Self> {
        let main = Source::new(file_id("report.typ")?, template.to_owned());
        let files = files
            .into_iter()
            .map(|(name, bytes)| Some((file_id(name)?, Bytes::new(bytes))))
            .collect::<Option<_>>()?;
        Some(Self { main, files, today })
    }
}

fn file_id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &STANDING.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &STANDING.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(other, _)| *other == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        STANDING.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let (year, month, day) = (self.today.year(), self.today.month(), self.today.day());
        Datetime::from_ymd(year.into(), month.try_into().ok()?, day.try_into().ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_reads() {
        assert_eq!(STANDING.fonts.len(), FONT_FILES.len());
        for family in FAMILIES {
            assert!(STANDING.book.contains_family(&family.to_lowercase()), "{family}");
            assert!(has(family, 'a') || has(family, 'ក'), "{family}");
        }
    }

    #[test]
    fn only_its_own_files_are_there() {
        let today = jiff::civil::date(2023, 10, 20);
        let world = ReportWorld::new("", vec![("a.json", b"1".to_vec())], today).unwrap();
        assert!(world.file(file_id("a.json").unwrap()).is_ok());
        assert!(world.file(file_id("etc/passwd").unwrap()).is_err());
        assert!(world.source(file_id("a.json").unwrap()).is_err());
    }
}
