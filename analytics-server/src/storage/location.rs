//! Where a database lies, and how messages name it: never with its password.

use super::StoreError;

/// The database's file in the data directory.
pub const FILE: &str = "hai-long.db";

/// Names the database in what went wrong while opening it.
pub(super) fn opening(place: &str, error: sqlx::Error) -> StoreError {
    let place = place.to_owned();
    match StoreError::from(error) {
        StoreError::Damaged { cause, .. } => StoreError::Damaged { place, cause },
        StoreError::ReadOnly { cause, .. } => StoreError::ReadOnly { place, cause },
        StoreError::Database(error) => StoreError::Unreachable { place, cause: error.to_string() },
        other => other,
    }
}

/// An address of a database for messages: without the password, which may stand before the host or
/// among the parameters. A password may hold any sign, also those that part an address, so all
/// before the last `@` is taken for it.
pub fn without_password(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (user, rest) = match rest.rsplit_once('@') {
        Some((login, rest)) => (login.split([':', '@']).next().unwrap_or_default(), rest),
        None => ("", rest),
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let kept = query.split('&').filter(|one| {
        !one.is_empty() && !one.split('=').next().unwrap_or_default().contains("password")
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    let scheme = if scheme.is_empty() { String::new() } else { format!("{scheme}://") };
    let at = if user.is_empty() { "" } else { "@" };
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{scheme}{user}{at}{place}{mark}{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_password_is_told() {
        for (address, told) in [
            ("postgres://a@h:5433/d?sslmode=require", "postgres://a@h:5433/d?sslmode=require"),
            ("postgres://a:p@h/d", "postgres://a@h/d"),
            ("postgres://a:p@ss/w:rd#%?&é Ả@127.0.0.1:5/d", "postgres://a@127.0.0.1:5/d"),
            ("postgres://h/d?user=a&password=p&sslpassword=q", "postgres://h/d?user=a"),
            ("postgres:///d?host=/tmp", "postgres:///d?host=/tmp"),
            ("a:secret@h/d", "a@h/d"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without_password(address), told);
        }
    }
}
