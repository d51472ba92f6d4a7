//! What the codes of an address name, among what its reader may see.

use crate::pages::address::given;
use crate::pages::prelude::*;

/// What a field of an address names; a code that `find` does not know is answered like an address
/// that does not exist.
pub(in crate::pages) fn named<T>(
    field: Option<&str>,
    find: impl FnOnce(&str) -> Option<T>,
) -> PageResult<Option<T>> {
    given(field).map(|code| find(code).ok_or(PageError::Missing)).transpose()
}
