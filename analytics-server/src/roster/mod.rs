//! Who sits where and when: counters and officers by their codes, and the entries of the roster with
//! their days and hours. Pages, files and the posts of tablets read and write them in the same way.

mod duties;
mod workplaces;

pub use duties::{Bounds, begin, described, monday_of, read};
pub use workplaces::{Workplaces, code, name};
