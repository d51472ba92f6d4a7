//! Measures that pages and documents both tell: shares with their intervals, differences of shares,
//! and the course of a period with its limits. Pure functions of counts, each once, with its
//! formula and source; `docs/decisions.md` says why they stand here.

mod binomial;
mod compare;
mod difference;
mod hypergeometric;
mod share;
mod trend;

pub use binomial::expected;
pub use compare::{Comparison, compare, compare_many, differ_from_the_rest, lower_than_the_rest};
pub use difference::{Difference, difference};
pub use share::{satisfied, wilson};
pub use trend::{Bucket, ENOUGH, Step, Trend};
