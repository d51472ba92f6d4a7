//! The one machinery of lists: search, retired or in use, order, pages of fifty, and a file of
//! exactly what is listed. Whatever stands in the address gives a list, never a fault.

use super::desk::{Desk, Stop, with_language};
use crate::letters::searchable;
use crate::pages::list_file::list_file;
use crate::pages::shell::{Shell, answer};
pub(super) use crate::pages::usual::usual;
use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use locales::Texts;
use serde::Deserialize;

/// Rows of a page.
const PAGE: usize = 50;
/// Letters of a search.
const SEARCH_CHARS: usize = 100;

/// Which entries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    InUse,
    Retired,
    All,
}

impl Show {
    const ALL: [(Self, &'static str); 3] =
        [(Self::InUse, "in-use"), (Self::Retired, "retired"), (Self::All, "all")];
}

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Raw {
    q: String,
    sort: String,
    show: String,
    page: String,
    format: String,
    done: String,
}

/// What a list is asked for.
pub(super) struct Asked {
    search: String,
    by_name: bool,
    show: Show,
    page: usize,
    /// `csv` or `xlsx`.
    pub format: String,
    done: String,
}

impl Asked {
    /// As far as the address can be read.
    pub fn of(uri: &Uri) -> Self {
        let raw = Query::<Raw>::try_from_uri(uri).map(|Query(raw)| raw).unwrap_or_default();
        let show = Show::ALL.into_iter().find(|(_, word)| *word == raw.show);
        Self {
            search: raw.q.trim().chars().take(SEARCH_CHARS).collect(),
            by_name: raw.sort == "name",
            show: show.map_or(Show::InUse, |(show, _)| show),
            page: raw.page.parse().unwrap_or(1).max(1),
            format: raw.format,
            done: raw.done,
        }
    }

    /// The address of the same list with something else.
    fn address(&self, path: &str, by_name: bool, page: usize, texts: &Texts) -> String {
        let show = Show::ALL.into_iter().find(|(show, _)| *show == self.show);
        let page = page.to_string();
        let fields = [
            ("q", self.search.as_str()),
            ("sort", if by_name { "name" } else { "" }),
            ("show", show.map_or("", |(_, word)| if word == "in-use" { "" } else { word })),
            ("page", if page == "1" { "" } else { &page }),
        ];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        let query = serde_html_form::to_string(given).unwrap_or_default();
        let sign = if query.is_empty() { "" } else { "?" };
        with_language(&format!("{path}{sign}{query}"), texts)
    }
}

/// One row: the first cell is its code, the second its name.
#[derive(Clone)]
pub(super) struct Row {
    /// Where it leads.
    pub address: String,
    /// Its cells, one a column, as people read them; they are what a search looks at.
    pub cells: Vec<String>,
    /// Its cells in files, where references are codes, so that a file can be read in again.
    pub file: Vec<String>,
    /// Whether it is retired.
    pub retired: bool,
}

/// What a list is about.
pub(super) struct Subject {
    /// Title of the page.
    pub title: String,
    /// Where it is.
    pub path: String,
    /// Names of its columns in the reader's language.
    pub columns: Vec<String>,
    /// Names of its columns in files.
    pub header: Vec<String>,
    /// Name of its files, without the ending.
    pub file: String,
    /// The button that adds one.
    pub add: String,
    /// Whether files can be read in.
    pub upload: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "admin/list.html")]
pub(super) struct ListPage {
    pub shell: Shell,
    pub subject: Subject,
    pub rows: Vec<Row>,
    pub count: String,
    pub search: String,
    pub shows: Vec<Choice>,
    /// Address, whether it is the present order, for code and name.
    pub sorts: [(String, bool); 2],
    pub sort: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
    pub place: String,
    pub downloads: [(String, &'static str); 2],
    pub done: Option<String>,
}

/// One of several things to choose.
pub(super) struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// What is listed of all rows, in order.
fn arranged(mut rows: Vec<Row>, asked: &Asked) -> Vec<Row> {
    let words: Vec<String> = asked.search.split_whitespace().map(searchable).collect();
    rows.retain(|row| {
        let shown = match asked.show {
            Show::InUse => !row.retired,
            Show::Retired => row.retired,
            Show::All => true,
        };
        let text = searchable(&row.cells.join("\n"));
        shown && words.iter().all(|word| text.contains(word.as_str()))
    });
    let at = usize::from(asked.by_name);
    let key = |row: &Row| row.cells.get(at).map(|cell| searchable(cell)).unwrap_or_default();
    rows.sort_by_cached_key(|row| (key(row), row.cells.first().cloned()));
    rows
}

/// Answers with the page of a list.
pub(super) fn page(desk: &Desk, subject: Subject, rows: Vec<Row>) -> Response {
    let asked = Asked::of(&desk.uri);
    let rows = arranged(rows, &asked);
    let (total, texts) = (rows.len(), desk.texts);
    let pages = total.div_ceil(PAGE).max(1);
    let page = asked.page.min(pages);
    let rows: Vec<Row> = rows.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let path = subject.path.clone();
    let at = |page: usize| asked.address(&path, asked.by_name, page, texts);
    let here = asked.address(&path, asked.by_name, page, locales::texts(usual()));
    let file = |format: &str| {
        let whole = asked.address(&format!("{path}/download"), asked.by_name, 1, texts);
        format!("{whole}{}format={format}", if whole.contains('?') { '&' } else { '?' })
    };
    let shows = Show::ALL.into_iter().map(|(show, word)| Choice {
        value: word.to_owned(),
        name: desk.say(&format!("admin-show-{word}")),
        chosen: show == asked.show,
    });
    let place = [("page", page.to_string()), ("pages", pages.to_string())];
    let place: Vec<_> = place.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let listed = ListPage {
        shell: desk.shell(subject.title.clone(), &here),
        rows,
        count: texts.with("admin-count", &[("count", &total.to_string())]),
        search: asked.search.clone(),
        shows: shows.collect(),
        sorts: [false, true].map(|by| (asked.address(&path, by, 1, texts), by == asked.by_name)),
        sort: if asked.by_name { "name" } else { "" },
        before: (page > 1).then(|| at(page - 1)),
        after: (page < pages).then(|| at(page + 1)),
        place: texts.with("admin-place", &place),
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done(desk, &asked.done),
        subject,
    };
    answer(StatusCode::OK, listed.render())
}

/// What was done before the page was shown.
pub(super) fn done(desk: &Desk, word: &str) -> Option<String> {
    const KNOWN: [&str; 8] =
        ["added", "saved", "retired", "back", "moved", "imported", "photo", "published"];
    KNOWN.contains(&word).then(|| desk.say(&format!("admin-done-{word}")))
}

/// The word of what was done, from an address.
pub(super) fn done_of(desk: &Desk) -> Option<String> {
    done(desk, &Asked::of(&desk.uri).done)
}

/// Answers with a file of what is listed.
pub(super) fn download(desk: &Desk, subject: &Subject, rows: Vec<Row>) -> Result<Response, Stop> {
    let asked = Asked::of(&desk.uri);
    let rows: Vec<Vec<String>> = arranged(rows, &asked).into_iter().map(|row| row.file).collect();
    Ok(list_file(&subject.file, &asked.format, &subject.header, &rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_needs_no_marks_and_takes_any_order() {
        let row = |code: &str, name: &str, retired| Row {
            address: String::new(),
            cells: vec![code.into(), name.into()],
            file: Vec::new(),
            retired,
        };
        let rows = || {
            vec![
                row("CC2", "Đặng Văn A", false),
                row("CC1", "Nguyễn Văn A", false),
                row("CC3", "Nguyễn Văn A", true),
            ]
        };
        let codes = |query: &str| {
            let uri: Uri = format!("/admin/officers?{query}").parse().unwrap();
            let rows = arranged(rows(), &Asked::of(&uri));
            rows.iter().map(|row| row.cells[0].clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(""), "CC1 CC2");
        assert_eq!(codes("q=van+nguyen"), "CC1");
        assert_eq!(codes("q=dang"), "CC2");
        assert_eq!(codes("show=all&sort=name"), "CC2 CC1 CC3");
        assert_eq!(codes("show=retired"), "CC3");
        assert_eq!(codes("q=%FF&page=-3&sort=x&show=y&show=z"), "CC1 CC2", "nothing is a fault");
    }
}
