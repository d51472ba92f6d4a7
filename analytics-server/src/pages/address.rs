//! Addresses of pages, in the reader's language, and what the fields of one may say.

use super::language::preferred;
use locales::Texts;

/// The value of a field; none where it is empty, because forms also send the fields that nobody
/// filled in.
pub(super) fn given(field: Option<&str>) -> Option<&str> {
    field.map(str::trim).filter(|text| !text.is_empty())
}

/// The address of a page of a period's figures.
pub(super) fn at(path: &str, period: &str, query: &str, texts: &Texts) -> String {
    format!("{path}?period={period}{query}{}", language(texts))
}

/// A path with the fields that say something.
pub(super) fn with_fields<'a>(
    path: &str,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name, given(Some(value))?)));
    let query = serde_html_form::to_string(given.collect::<Vec<_>>()).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A code as one part of a path.
pub(super) fn segment(code: &str) -> String {
    use std::fmt::Write as _;
    code.bytes().fold(String::new(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(path, "%{byte:02X}");
        }
        path
    })
}

/// The address of the overview of the month of the last rating.
pub(super) fn home(texts: &Texts) -> String {
    with_language("/", texts)
}

/// Bytes of an address that a sign-in leads back to.
const NEXT_CHARS: usize = 500;

/// The address of the sign-in that leads to `next`.
pub(super) fn sign_in(next: &str, texts: &Texts) -> String {
    let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    format!("/sign-in?{query}{}", language(texts))
}

/// The address if it is one of our own pages, else that of the first page: a link to the sign-in
/// must not lead to another site.
pub(super) fn inside(next: &str) -> &str {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|letter: char| letter == '\\' || letter.is_control());
    if own && next.len() <= NEXT_CHARS { next } else { "/" }
}

/// The language, where an address has to carry it: it is not the reader's preferred one.
pub(super) fn carried(texts: &Texts) -> Option<&'static str> {
    Some(texts.language()).filter(|language| *language != preferred())
}

/// An address, also one with a query, in a language.
pub(super) fn with_language(path: &str, texts: &Texts) -> String {
    let Some(language) = carried(texts) else { return path.to_owned() };
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={language}")
}

/// The language, where an address has to carry it.
pub(super) fn language(texts: &Texts) -> String {
    match carried(texts) {
        None => String::new(),
        Some(other) => format!("&lang={other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_only_what_says_something() {
        let fields = [("q", "Nguyễn A&B"), ("show", ""), ("sort", " "), ("page", "2")];
        assert_eq!(with_fields("/x", fields), "/x?q=Nguy%E1%BB%85n+A%26B&page=2");
        assert_eq!(with_fields("/x", [("q", "")]), "/x");
    }
}
