//! The list that a reader came from: the page of one thing has its address, leads back to it and keeps
//! it over its forms. An address within an address is not trusted: only our own lists count.

use super::address::{inside, with_fields};
use axum::extract::Query;
use axum::http::Uri;
use serde::Deserialize;

/// Where one is led back to: these addresses, and those below them.
const LISTS: [&str; 4] = ["/records", "/comments", "/flags", "/alerts"];

/// The field of an address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ListField {
    list: String,
}

/// The list that a reader came from, if it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CameFrom(Option<String>);

impl CameFrom {
    /// What the address of a page says.
    pub fn of(uri: &Uri) -> Self {
        let field = Query::<ListField>::try_from_uri(uri);
        Self::at(&field.map(|Query(field)| field.list).unwrap_or_default())
    }

    /// From the list at an address, which has no language.
    pub fn at(address: &str) -> Self {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let is_list = |list: &str| {
            path.strip_prefix(list).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_ours = inside(address) == address && !path.contains("/..");
        let known = LISTS.into_iter().any(is_list) && is_ours;
        Self(known.then(|| address.to_owned()))
    }

    /// The address of the list.
    pub fn address(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The address of a page that leads back to the same list.
    pub fn carried_to(&self, path: &str) -> String {
        with_fields(path, [("list", self.0.as_deref().unwrap_or_default())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_of_our_own_is_led_back_to() {
        let of = |list: &str| CameFrom::at(list).address().map(str::to_owned);
        for list in ["/records", "/records?level=low&after=5.7", "/comments?x=1", "/alerts/12"] {
            assert_eq!(of(list).as_deref(), Some(list));
        }
        let foreign =
            ["//records.example", "https://x/records", "/admin/users", "/records/../me", ""];
        for list in foreign.into_iter().chain(["/records\\x", "/records\n", "records"]) {
            assert_eq!(of(list), None, "{list:?}");
        }
        assert_eq!(of(&format!("/records?search={}", "x".repeat(500))), None);
    }

    #[test]
    fn the_list_is_kept_from_page_to_page() {
        let list = CameFrom::at("/records?level=low&department=S+A");
        let page = list.carried_to("/records/7");
        assert_eq!(page, "/records/7?list=%2Frecords%3Flevel%3Dlow%26department%3DS%2BA");
        assert_eq!(CameFrom::of(&page.parse().unwrap()), list);
        assert_eq!(CameFrom::default().carried_to("/records/7"), "/records/7");
        assert_eq!(CameFrom::of(&"/records/7?list=%2F&list=%2F".parse().unwrap()).address(), None);
    }
}
