//! What all lists of the administration share: search, retired or in use, order, pages of fifty,
//! and a file of exactly what is listed. An address whose fields can not be read shows the list
//! without them, never an error.

use crate::normalization::searchable;
use crate::pages::access_audit::AccessAudit;
use crate::pages::breadcrumb::Breadcrumb;
use crate::pages::first_steps::NextStep;
use crate::pages::form_field::Choice;
use crate::pages::pagination::{Pager, pages_of, rows_of};
use crate::pages::prelude::*;
use crate::table_files;
use axum::extract::Query;
use axum::http::{Uri, header};
use serde_json::json;

/// Rows of a page.
const PAGE: usize = 50;
/// Letters of a search.
const SEARCH_CHARS: usize = 100;

/// Which entries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    InUse,
    Retired,
    All,
}

impl Show {
    const ALL: [Self; 3] = [Self::InUse, Self::Retired, Self::All];

    const fn word(self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::Retired => "retired",
            Self::All => "all",
        }
    }
}

/// The fields of the address of a list, as they were typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    sort: String,
    show: String,
    page: String,
    /// `csv` or `xlsx`.
    format: String,
    done: String,
}

impl ListQuery {
    /// As far as the address can be read.
    fn of(uri: &Uri) -> Self {
        Query::try_from_uri(uri).map(|Query(query)| query).unwrap_or_default()
    }

    fn search(&self) -> String {
        self.q.trim().chars().take(SEARCH_CHARS).collect()
    }

    /// Whether the list is in the order of its second column.
    fn by_second(&self) -> bool {
        self.sort == "name"
    }

    /// What is shown; `usual` where the address names nothing.
    fn show(&self, usual: Show) -> Show {
        Show::ALL.into_iter().find(|show| show.word() == self.show).unwrap_or(usual)
    }

    /// The key of what is said where none of these rows is listed: that nothing fits, only of what
    /// somebody asked for.
    fn empty(&self, rows: &[Row], usual: Show) -> &'static str {
        let is_usual = self.search().is_empty() && self.show(usual) == usual;
        match rows {
            [] => "admin-none",
            _ if is_usual => "admin-none-in-use",
            _ => "admin-empty",
        }
    }

    /// The path and query of the same list in another order, at another page, as a file.
    fn address(&self, subject: &Subject, by_second: bool, page: usize, format: &str) -> String {
        let (search, show) = (self.search(), self.show(subject.show));
        let page = page.to_string();
        let fields = [
            ("q", search.as_str()),
            ("sort", if by_second { "name" } else { "" }),
            ("show", if show == subject.show { "" } else { show.word() }),
            ("page", if page == "1" { "" } else { &page }),
            ("format", format),
        ];
        let path = if format.is_empty() { "" } else { "/download" };
        address::with_fields(&format!("{}{path}", subject.path), fields)
    }
}

/// One row. A list is in the order of its first or of its second column.
#[derive(Clone)]
pub(super) struct Row {
    /// Where it leads.
    pub address: String,
    /// Its cells, one a column, as people read them.
    pub cells: Vec<String>,
    /// Its cells in files, where references are codes, so that a file can be read in again.
    pub file: Vec<String>,
    /// What a search looks at, where that is not all cells.
    pub search: Option<String>,
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
    /// Key of what can be searched for.
    pub search: &'static str,
    /// What is listed where the address does not say. A list of all has those in use first.
    pub show: Show,
    /// Classes of its table.
    pub table: &'static str,
    /// What is to be done next, where something was added just now.
    pub next: Option<NextStep>,
}

/// The page of a list.
#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    layout: Layout,
    breadcrumb: Breadcrumb,
    subject: Subject,
    rows: Vec<Row>,
    /// What stands in the place of rows.
    empty: String,
    count: String,
    search: String,
    shows: Vec<Choice>,
    /// Address, whether it is the present order, for the first and the second column.
    sorts: [(String, bool); 2],
    sort: &'static str,
    pager: Pager,
    downloads: [(String, &'static str); 2],
    done: Option<String>,
    next: Option<NextStep>,
}

/// What is listed of all rows, in order.
fn arranged(mut rows: Vec<Row>, usual: Show, query: &ListQuery) -> Vec<Row> {
    let show = query.show(usual);
    let words: Vec<String> = query.search().split_whitespace().map(searchable).collect();
    rows.retain(|row| {
        let fits = match show {
            Show::InUse => !row.retired,
            Show::Retired => row.retired,
            Show::All => true,
        };
        let text = row.search.clone().unwrap_or_else(|| row.cells.join("\n"));
        let text = searchable(&text);
        fits && words.iter().all(|word| text.contains(word.as_str()))
    });
    let at = usize::from(query.by_second());
    rows.sort_by_cached_key(|row| {
        let key = row.cells.get(at).map(|cell| searchable(cell)).unwrap_or_default();
        (usual == Show::All && row.retired, key, row.cells.first().cloned())
    });
    rows
}

/// Answers with the page of a list.
pub(super) fn page(context: &Context, mut subject: Subject, rows: Vec<Row>) -> Response {
    let next = subject.next.take();
    let query = ListQuery::of(&context.uri);
    let empty = context.text(query.empty(&rows, subject.show));
    let rows = arranged(rows, subject.show, &query);
    let (total, texts, by_second) = (rows.len(), context.texts, query.by_second());
    let pages = pages_of(total, PAGE);
    let asked: usize = query.page.parse().unwrap_or(1);
    let page = asked.clamp(1, pages);
    let at =
        |by_second: bool, page: usize| context.to(&query.address(&subject, by_second, page, ""));
    let download_at = |format: &str| context.to(&query.address(&subject, by_second, 1, format));
    let shows = Show::ALL.map(|show| Choice {
        value: show.word().to_owned(),
        name: context.text(&format!("admin-show-{}", show.word())),
        chosen: show == query.show(subject.show),
    });
    let here = query.address(&subject, by_second, page, "");
    let list = ListPage {
        layout: context.layout(subject.title.clone(), &here),
        breadcrumb: Breadcrumb::admin(context),
        rows: rows_of(&rows, page, PAGE).to_vec(),
        empty,
        count: texts.with("admin-count", &[("count", &total.to_string())]),
        search: query.search(),
        shows: shows.into(),
        sorts: [false, true].map(|by| (at(by, 1), by == by_second)),
        sort: if by_second { "name" } else { "" },
        pager: Pager::of_pages((page, pages), texts, |page| at(by_second, page)),
        downloads: [(download_at("csv"), "CSV"), (download_at("xlsx"), "XLSX")],
        done: done_notice(context),
        next,
        subject,
    };
    answer(StatusCode::OK, list.render())
}

/// The sentence on what was done just before, which the address of a page names.
pub(super) fn done_notice(context: &Context) -> Option<String> {
    const KNOWN: [&str; 9] =
        ["added", "saved", "retired", "back", "moved", "imported", "photo", "published", "dropped"];
    let done = ListQuery::of(&context.uri).done;
    KNOWN.contains(&done.as_str()).then(|| context.text(&format!("admin-done-{done}")))
}

/// Answers with a file of what is listed.
pub(super) fn download(context: &Context, subject: &Subject, rows: Vec<Row>) -> PageResult {
    let query = ListQuery::of(&context.uri);
    let rows = arranged(rows, subject.show, &query).into_iter().map(|row| row.file);
    file(&subject.file, &query.format, &subject.header, &rows.collect::<Vec<_>>())
}

/// Answers with a file of rows for spreadsheet programs, in the format that was asked for.
pub(super) fn file(
    name: &str,
    format: &str,
    columns: &[String],
    rows: &[Vec<String>],
) -> PageResult {
    let (bytes, kind) = match format {
        "csv" => (Ok(table_files::csv(columns, rows)), table_files::CSV),
        "xlsx" => (table_files::xlsx(columns, rows), table_files::XLSX),
        other => return Err(PageError::format(other)),
    };
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "a list could not be written");
        PageError::Interrupted
    })?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{format}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let what = json!({ "format": format, "rows": rows.len() });
    Ok(AccessAudit::file(format!("list {name}"), what).with((headers, bytes).into_response()))
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
            search: None,
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
            let rows = arranged(rows(), Show::InUse, &ListQuery::of(&uri));
            rows.iter().map(|row| row.cells[0].clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(""), "CC1 CC2");
        assert_eq!(codes("q=van+nguyen"), "CC1");
        assert_eq!(codes("q=dang"), "CC2");
        assert_eq!(codes("show=all&sort=name"), "CC2 CC1 CC3");
        assert_eq!(codes("show=retired"), "CC3");
        let empty = |query: &str, rows: &[Row]| {
            let uri: Uri = format!("/admin/officers?{query}").parse().unwrap();
            ListQuery::of(&uri).empty(rows, Show::InUse)
        };
        assert_eq!(empty("q=x", &[]), "admin-none", "nothing is there that could fit");
        assert_eq!(empty("", &[row("CC3", "A", true)]), "admin-none-in-use");
        assert_eq!(empty("q=x", &rows()), "admin-empty");
        assert_eq!(codes("q=%FF&page=-3&sort=x&show=y&show=z"), "CC1 CC2", "nothing is a fault");
    }

    #[test]
    fn a_list_of_all_has_those_in_use_first_and_is_searched_by_more_than_it_shows() {
        let row = |name: &str, search: &str, retired| Row {
            address: String::new(),
            cells: vec![name.into()],
            file: Vec::new(),
            search: Some(search.into()),
            retired,
        };
        let names = |query: &str| {
            let uri: Uri = format!("/admin/users?{query}").parse().unwrap();
            let rows = vec![row("An", "an a@tinh.vn", true), row("Ba", "ba b@tinh.vn", false)];
            let rows = arranged(rows, Show::All, &ListQuery::of(&uri));
            rows.iter().map(|row| row.cells[0].clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(""), "Ba An");
        assert_eq!(names("q=a@tinh.vn"), "An");
        assert_eq!(names("show=in-use"), "Ba");
    }
}
