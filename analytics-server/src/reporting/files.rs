//! The report of a period as files: figures are typeset off the async threads, and each file is
//! whole or not there at all.

use super::kind::ReportKind;
use crate::period::{Policy, Span};
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::{Filter, Slice};
use crate::storage::rows::Directory;
use jiff::civil::Date;
use reports::export::SCALE;
use reports::figures::{Figures, Period};
use reports::letterhead::Letterhead;
use reports::{Earlier, Report, ReportError};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// What the files of a report begin with.
const STEM: &str = "bao-cao-hai-long";

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PDF/A-2a, one file.
    Pdf,
    /// One PNG a page.
    Png,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Png];

    /// As it is written on the command line and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }
}

impl FromStr for Format {
    type Err = ReportFault;

    fn from_str(text: &str) -> Result<Self, ReportFault> {
        let found = Self::ALL.into_iter().find(|format| format.name() == text);
        found.ok_or_else(|| ReportFault::Format(text.chars().take(20).collect()))
    }
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportFault {
    /// No such format.
    #[error("“{0}” is not a format of the report; write pdf, png or pdf,png")]
    Format(String),
    /// The figures could not be counted.
    #[error(transparent)]
    Figures(#[from] StatsError),
    /// The document could not be made.
    #[error(transparent)]
    Document(#[from] ReportError),
    /// Nothing of the period is published for readers outside.
    #[error(
        "nothing is published of this: choose a whole period that is over (a month, quarter, half, nine months or year) with at least ten ratings, of the whole centre"
    )]
    Unpublished,
    /// Too many reports are being made.
    #[error("the server is making many reports just now; try again in a few minutes")]
    Busy,
    /// The work was given up because the program ends.
    #[error("the report was interrupted because the program ends")]
    Interrupted,
    /// The files can not be written.
    #[error(
        "{path} can not be written: {cause}; free space, mend the rights or choose another directory with --out; no half file was left"
    )]
    Write {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// The part of the centre that a report is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPart {
    /// Stands in the files' names.
    pub code: String,
    /// Stands in the subject line.
    pub name: String,
}

impl ReportPart {
    /// The departments of a directory that a filter leaves; none where it leaves all of the centre.
    pub fn of(filter: &Filter, directory: &Directory) -> Option<Self> {
        let own = filter.departments.as_ref()?;
        let own = directory.departments.iter().filter(|one| own.contains(&one.id));
        let code: Vec<_> = own.clone().map(|one| one.code.as_str()).collect();
        let name: Vec<_> = own.map(|one| one.name.as_str()).collect();
        Some(Self { code: code.join("-"), name: name.join(", ") })
    }
}

/// A file that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its name, in letters that every system takes.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a report is made of, besides the figures of its own period.
pub struct Material {
    /// The part of the centre that the figures are narrowed to.
    pub part: Option<ReportPart>,
    /// The periods that it is compared with.
    pub earlier: Vec<Earlier>,
    /// Reasons in words, by their ids.
    pub reasons: Vec<(String, String)>,
    /// The day up to which ratings had arrived.
    pub cut_off: Date,
    /// The day of the document.
    pub today: Date,
    /// Language of the document.
    pub language: &'static str,
    /// Which report it is.
    pub kind: ReportKind,
}

/// Makes the report of a slice in the given forms, from the figures as they are now; not for readers
/// outside. `part` names the part of the centre that the slice is narrowed to, `person` who waits for
/// it.
pub async fn make_report(
    app: &App,
    slice: &Slice,
    part: Option<ReportPart>,
    kind: ReportKind,
    language: &'static str,
    formats: &[Format],
    person: i64,
) -> Result<Vec<NamedFile>, ReportFault> {
    let figures = app.figures(slice).await?;
    let material = Material {
        part,
        earlier: earlier(app, slice).await?,
        reasons: app.questionnaire_words(locales::texts(language)).await?.all_reasons(),
        cut_off: app.today(),
        today: app.today(),
        language,
        kind,
    };
    in_turn(app, figures, material, formats, person).await
}

/// The headings of the report of a slice, whose figures are at hand, each with its level.
pub async fn headings(
    app: &App,
    slice: &Slice,
    figures: &Figures,
    language: &'static str,
) -> Result<Vec<(u8, String)>, ReportFault> {
    let letterhead = Letterhead::default();
    let earlier = earlier(app, slice).await?;
    let report =
        Report { earlier: &earlier, ..Report::new(figures, &letterhead, app.today(), language) };
    Ok(report.headings())
}

/// Typesets when there is a place for it.
pub(super) async fn in_turn(
    app: &App,
    figures: Arc<Figures>,
    material: Material,
    formats: &[Format],
    person: i64,
) -> Result<Vec<NamedFile>, ReportFault> {
    let centre = app.centre();
    let letterhead = centre.letterhead.clone().with_centre(&centre.name_in("vi"));
    let formats = formats.to_vec();
    let turn = app.report_limit.acquire(person).await.ok_or(ReportFault::Busy)?;
    tokio::task::spawn_blocking(move || {
        // Held by the work, not by who asked for it: hanging up frees nothing.
        let _turn = turn;
        typeset(&figures, &material, &letterhead, &formats)
    })
    .await
    .map_err(|_| ReportFault::Interrupted)?
}

/// The figures of the same part in the periods that this one is compared with.
async fn earlier(app: &App, slice: &Slice) -> Result<Vec<Earlier>, ReportFault> {
    let policy = slice.period.policy.parse().unwrap_or_default();
    let Ok(span) = slice.period.name.parse::<Span>() else { return Ok(Vec::new()) };
    let mut earlier = Vec::new();
    for (_, span) in span.compared() {
        let slice = Slice { period: span.under(policy), filter: slice.filter.clone() };
        earlier.push(Earlier { figures: app.figures(slice).await? });
    }
    Ok(earlier)
}

/// The same from figures at hand.
pub fn typeset(
    figures: &Figures,
    material: &Material,
    letterhead: &Letterhead,
    formats: &[Format],
) -> Result<Vec<NamedFile>, ReportFault> {
    let Material { part, today, language, .. } = material;
    let part = part.as_ref();
    let report = Report {
        part: part.map(|one| &*one.name),
        earlier: &material.earlier,
        reasons: &material.reasons,
        published: material.kind == ReportKind::Published,
        with_officers: material.kind.with_officers(),
        cut_off: material.cut_off,
        ..Report::new(figures, letterhead, *today, language)
    };
    let document = report.compile()?;
    if let Some(fault) = document.fault() {
        tracing::warn!(period = figures.period.name, fault, "a report was made without all of it");
    }
    let stem = stem(&figures.period, part, language, material.kind);
    let mut files = Vec::new();
    for format in formats {
        match format {
            Format::Pdf => {
                files.push(NamedFile {
                    name: format!("{stem}.pdf"),
                    bytes: document.pdf().to_vec(),
                });
            }
            Format::Png => {
                let pages = document.pngs(SCALE)?.into_iter().zip(1..);
                files.extend(pages.map(|(bytes, page)| NamedFile {
                    name: format!("{stem}-trang-{page}.png"),
                    bytes,
                }));
            }
        }
    }
    Ok(files)
}

/// A period's name in the name of a file: a range of days has two dots between them, which an ending
/// begins with.
pub fn period_in_name(period: &str) -> String {
    period.replace("..", "_")
}

/// A code in the name of a file: letters that every system takes.
pub fn code_in_name(code: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    code.chars().map(plain).collect()
}

/// The name without its ending. Periods of one name have other days under another policy, and a
/// report may be made in two languages into one folder.
fn stem(period: &Period, part: Option<&ReportPart>, language: &str, kind: ReportKind) -> String {
    let mut stem = format!("{STEM}-{}", period_in_name(&period.name));
    if let Some(part) = part {
        stem.push('-');
        stem.push_str(&code_in_name(&part.code));
    }
    for (part, usual) in [(period.policy.as_str(), Policy::default().name()), (language, "vi")] {
        if part != usual {
            stem.push('-');
            stem.push_str(part);
        }
    }
    stem.push_str(kind.suffix());
    stem
}

/// Writes files into a directory, which is made when it is missing; the paths, in order. A file
/// of the same name is replaced only by a whole one.
pub fn save_files(dir: &Path, files: &[NamedFile]) -> Result<Vec<PathBuf>, ReportFault> {
    fs::create_dir_all(dir).map_err(|cause| ReportFault::Write { path: dir.to_owned(), cause })?;
    files
        .iter()
        .map(|file| {
            let path = dir.join(&file.name);
            match replace(&path, &file.bytes) {
                Ok(()) => Ok(path),
                Err(cause) => Err(ReportFault::Write { path, cause }),
            }
        })
        .collect()
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // The first failure is the one to tell; the part may not even exist.
        let _ = fs::remove_file(&part);
    }
    written
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use jiff::civil::date;
    use tempfile::TempDir;

    fn figures(name: &str, policy: &str) -> Figures {
        let json = include_str!("../../../reports/tests/fixture/tayninh-2023-09.json");
        let mut figures: Figures = serde_json::from_str(json).unwrap();
        figures.period.name = name.into();
        figures.period.policy = policy.into();
        figures
    }

    #[test]
    fn files_are_named_after_period_policy_and_language() {
        let name = |name, policy, language| {
            stem(&figures(name, policy).period, None, language, ReportKind::Whole)
        };
        assert_eq!(name("2023-9M", "calendar", "vi"), "bao-cao-hai-long-2023-9M");
        assert_eq!(name("2023-09", "nd09", "en"), "bao-cao-hai-long-2023-09-nd09-en");
        assert_eq!(
            name("2023-01-15..2023-02-14", "calendar", "vi"),
            "bao-cao-hai-long-2023-01-15_2023-02-14"
        );
        let period = figures("2023-09", "calendar").period;
        let sent = stem(&period, None, "vi", ReportKind::Sent);
        assert_eq!(sent, "bao-cao-hai-long-2023-09-gui-di");
        assert_eq!("png".parse::<Format>().unwrap(), Format::Png);
        assert!("docx".parse::<Format>().unwrap_err().to_string().contains("“docx”"));
    }

    #[test]
    fn a_report_becomes_whole_files() {
        let dir = TempDir::new().unwrap();
        let out = dir.path().join("báo cáo/tháng 9");
        let figures = figures("2023-09", "calendar");
        let material = Material {
            part: None,
            earlier: Vec::new(),
            reasons: Vec::new(),
            cut_off: date(2023, 10, 2),
            today: date(2023, 10, 2),
            language: "vi",
            kind: ReportKind::Whole,
        };
        let formats = [Format::Pdf, Format::Png];
        let files = typeset(&figures, &material, &Letterhead::default(), &formats).unwrap();
        assert!(files[0].bytes.starts_with(b"%PDF-") && files[1].bytes.starts_with(b"\x89PNG"));
        for _ in 0..2 {
            let paths = save_files(&out, &files).unwrap();
            assert_eq!(paths[0], out.join("bao-cao-hai-long-2023-09.pdf"));
            assert_eq!(paths[1], out.join("bao-cao-hai-long-2023-09-trang-1.png"));
            assert_eq!(fs::read(&paths[0]).unwrap(), files[0].bytes);
        }
        assert_eq!(fs::read_dir(&out).unwrap().count(), files.len());
    }

    #[test]
    fn a_directory_that_can_not_be_written_is_named() {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("tệp");
        fs::write(&file, "here already").unwrap();
        let files = [NamedFile { name: "a.pdf".into(), bytes: vec![1] }];
        let error = save_files(&file.join("báo cáo"), &files).unwrap_err().to_string();
        assert!(error.contains("tệp/báo cáo can not be written: "), "{error}");
        // A directory stands where the file should be: nothing half is left beside it.
        fs::create_dir_all(dir.path().join("out/a.pdf/x")).unwrap();
        assert!(save_files(&dir.path().join("out"), &files).is_err());
        assert_eq!(fs::read_dir(dir.path().join("out")).unwrap().count(), 1);
    }
}
