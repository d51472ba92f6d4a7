//! The one machinery of lists: search, retired or in use, order, pages of fifty, and a file of
//! exactly what is listed. Whatever stands in the address gives a list, never an error.

use crate::letters::searchable;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::form_field::Choice;
use crate::pages::list_file::list_file;
use crate::pages::pagination::{Pager, pages_of, rows_of};
use crate::pages::prelude::*;
use axum::extract::Query;
use axum::http::Uri;

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

/// The fields of an address as they were typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct RawQuery {
    q: String,
    sort: String,
    show: String,
    page: String,
    format: String,
    done: String,
}

/// What the address of a list asks for.
struct ListQuery {
    search: String,
    by_name: bool,
    show: Show,
    page: usize,
    /// `csv` or `xlsx`.
    format: String,
    done: String,
}

impl ListQuery {
    /// As far as the address can be read.
    fn of(uri: &Uri) -> Self {
        let raw = Query::<RawQuery>::try_from_uri(uri).map(|Query(raw)| raw).unwrap_or_default();
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

    /// The path and query of the same list, in another order, at another page, as a file.
    fn address(&self, path: &str, by_name: bool, page: usize, format: &str) -> String {
        let show = Show::ALL.into_iter().find(|(show, _)| *show == self.show);
        let page = page.to_string();
        let fields = [
            ("q", self.search.as_str()),
            ("sort", if by_name { "name" } else { "" }),
            ("show", show.map_or("", |(_, word)| if word == "in-use" { "" } else { word })),
            ("page", if page == "1" { "" } else { &page }),
            ("format", format),
        ];
        address::with_fields(path, fields)
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

/// The page of a list.
#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    subject: Subject,
    rows: Vec<Row>,
    count: String,
    search: String,
    shows: Vec<Choice>,
    /// Address, whether it is the present order, for code and name.
    sorts: [(String, bool); 2],
    sort: &'static str,
    pager: Pager,
    downloads: [(String, &'static str); 2],
    done: Option<String>,
}

/// What is listed of all rows, in order.
fn arranged(mut rows: Vec<Row>, query: &ListQuery) -> Vec<Row> {
    let words: Vec<String> = query.search.split_whitespace().map(searchable).collect();
    rows.retain(|row| {
        let fits = match query.show {
            Show::InUse => !row.retired,
            Show::Retired => row.retired,
            Show::All => true,
        };
        let text = searchable(&row.cells.join("\n"));
        fits && words.iter().all(|word| text.contains(word.as_str()))
    });
    let at = usize::from(query.by_name);
    let key = |row: &Row| row.cells.get(at).map(|cell| searchable(cell)).unwrap_or_default();
    rows.sort_by_cached_key(|row| (key(row), row.cells.first().cloned()));
    rows
}

/// Answers with the page of a list.
pub(super) fn page(context: &Context, subject: Subject, rows: Vec<Row>) -> Response {
    let query = ListQuery::of(&context.uri);
    let rows = arranged(rows, &query);
    let (total, texts) = (rows.len(), context.texts);
    let pages = pages_of(total, PAGE);
    let page = query.page.min(pages);
    let rows = rows_of(&rows, page, PAGE).to_vec();
    let (path, by_name) = (subject.path.clone(), query.by_name);
    let at = |by_name: bool, page: usize| context.to(&query.address(&path, by_name, page, ""));
    let download = format!("{path}/download");
    let file = |format: &str| context.to(&query.address(&download, by_name, 1, format));
    let shows = Show::ALL.into_iter().map(|(show, word)| Choice {
        value: word.to_owned(),
        name: context.text(&format!("admin-show-{word}")),
        chosen: show == query.show,
    });
    let place = [("page", &*page.to_string()), ("pages", &*pages.to_string())];
    let here = query.address(&path, by_name, page, "");
    let list = ListPage {
        layout: context.layout(subject.title.clone(), &here),
        breadcrumb: Breadcrumb::admin(context),
        rows,
        count: texts.with("admin-count", &[("count", &total.to_string())]),
        search: query.search.clone(),
        shows: shows.collect(),
        sorts: [false, true].map(|by| (at(by, 1), by == by_name)),
        sort: if by_name { "name" } else { "" },
        pager: Pager {
            place: Some(texts.with("pages-place", &place)),
            ..Pager::new(page, page < pages, |page| at(by_name, page))
        },
        downloads: [(file("csv"), "CSV"), (file("xlsx"), "XLSX")],
        done: done_notice(context),
        subject,
    };
    answer(StatusCode::OK, list.render())
}

/// The sentence on what was done just before, which the address of a page names.
pub(super) fn done_notice(context: &Context) -> Option<String> {
    const KNOWN: [&str; 8] =
        ["added", "saved", "retired", "back", "moved", "imported", "photo", "published"];
    let done = ListQuery::of(&context.uri).done;
    KNOWN.contains(&done.as_str()).then(|| context.text(&format!("admin-done-{done}")))
}

/// Answers with a file of what is listed.
pub(super) fn download(context: &Context, subject: &Subject, rows: Vec<Row>) -> PageResult {
    let query = ListQuery::of(&context.uri);
    let rows: Vec<Vec<String>> = arranged(rows, &query).into_iter().map(|row| row.file).collect();
    list_file(&subject.file, &query.format, &subject.header, &rows)
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
            let rows = arranged(rows(), &ListQuery::of(&uri));
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
