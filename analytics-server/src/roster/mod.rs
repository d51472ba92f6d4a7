//! Who sits where and when: counters and officers by their codes, and the entries of the roster with
//! their days and hours. Pages, files and the posts of tablets read and write them in the same way.

mod duties;
pub mod overlaps;
pub mod week;
pub mod week_form;
pub mod working_days;
mod workplaces;

pub use duties::{Bounds, begin, described, monday_of, read};
pub use workplaces::{Workplaces, code, name, usual_officers};
