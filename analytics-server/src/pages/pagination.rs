//! Pagination: the page of a list that an address names, and the links to the pages beside it. Visits
//! and the audit log go on after a cursor instead (`records`, `accounts::audit`), because rows that are
//! added meanwhile would move theirs from page to page.

use super::error::PageError;
use locales::Texts;

/// The last page that an address may name; nobody leafs so far.
const LAST_PAGE: u32 = 100_000;

/// A page as an address names it, from 1; the first one where it names none.
pub(super) fn page_number(text: &str) -> Result<u32, PageError> {
    match text {
        "" => Ok(1),
        text => {
            let page = text.parse().ok().filter(|page| (1..=LAST_PAGE).contains(page));
            page.ok_or(PageError::Request)
        }
    }
}

/// How many pages so many rows fill; at least one.
pub(super) fn pages_of(rows: usize, per_page: usize) -> usize {
    rows.div_ceil(per_page).max(1)
}

/// The rows of a page, from 1.
pub(super) fn rows_of<T>(rows: &[T], page: usize, per_page: usize) -> &[T] {
    let from = rows.len().min(page.saturating_sub(1).saturating_mul(per_page));
    &rows[from..rows.len().min(from + per_page)]
}

/// The links beside a page, with the keys of their words.
pub(super) struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    /// Which page it is of how many, in words, where that is known.
    pub place: Option<String>,
    pub previous_key: &'static str,
    pub next_key: &'static str,
}

impl Pager {
    /// The links beside page `number`, from 1; `at` gives the address of a page, and `more` says
    /// whether there is one after this.
    pub fn new(number: usize, more: bool, at: impl Fn(usize) -> String) -> Self {
        Self {
            previous: (number > 1).then(|| at(number - 1)),
            next: more.then(|| at(number + 1)),
            place: None,
            previous_key: "pages-page-previous",
            next_key: "pages-page-next",
        }
    }

    /// The links beside page `number`, from 1, of `pages`, with which page it is.
    pub fn of_pages(
        (number, pages): (usize, usize),
        texts: &Texts,
        at: impl Fn(usize) -> String,
    ) -> Self {
        let places = [("page", &*number.to_string()), ("pages", &*pages.to_string())];
        let place = Some(texts.with("pages-place", &places));
        Self { place, ..Self::new(number, number < pages, at) }
    }

    /// The links of a list that goes on after a cursor, newest first: to newer and to older ones.
    pub fn of_cursors(previous: Option<String>, next: Option<String>) -> Self {
        Self { previous, next, ..Self::new(1, false, |_| String::new()).by_time() }
    }

    /// The same where the newest stand on the first page.
    pub fn by_time(self) -> Self {
        Self { previous_key: "pages-newer", next_key: "pages-older", ..self }
    }

    /// Whether there is a page beside this one.
    pub fn is_shown(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_on_one_page_and_the_last_page_has_the_rest() {
        for count in 0..12 {
            let rows: Vec<usize> = (0..count).collect();
            let pages = pages_of(count, 5);
            let all: Vec<usize> =
                (1..=pages).flat_map(|page| rows_of(&rows, page, 5).to_vec()).collect();
            assert_eq!(all, rows);
            assert!(count == 0 || !rows_of(&rows, pages, 5).is_empty(), "no empty page: {count}");
        }
        assert!(rows_of(&[1, 2], 9, 5).is_empty() && rows_of(&[1, 2], usize::MAX, 5).is_empty());
    }

    #[test]
    fn an_address_names_a_page_that_there_can_be() {
        for (text, page) in [("", Some(1)), ("7", Some(7)), ("100000", Some(100_000))] {
            assert_eq!(page_number(text).ok(), page);
        }
        for text in ["0", "-1", "100001", "x", "1.5"] {
            assert!(page_number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pager_is_not_named_as_the_navigation_is() {
        for language in ["vi", "en"] {
            let texts = locales::texts(language);
            assert_ne!(texts.get("pages-pager"), texts.get("pages-nav"), "{language}");
        }
    }

    #[test]
    fn a_page_leads_to_its_neighbours_alone() {
        let links = |number, more| {
            let pager = Pager::new(number, more, |page| page.to_string());
            (pager.previous, pager.next)
        };
        assert_eq!(links(1, false), (None, None));
        assert_eq!(links(1, true), (None, Some("2".to_owned())));
        assert_eq!(links(3, false), (Some("2".to_owned()), None));
        assert!(!Pager::new(1, false, |_| String::new()).is_shown());
        assert!(!Pager::of_cursors(None, None).is_shown());
        let newer = Pager::of_cursors(Some("1".to_owned()), None);
        assert_eq!((newer.previous.as_deref(), newer.previous_key), (Some("1"), "pages-newer"));
    }
}
