//! Rows as a polars frame, and back: one column a field.

use super::rating::CompactRating;
use polars::prelude::*;

/// One column a field, in narrow types.
macro_rules! fields {
    ($frame_of:ident, $rows_of:ident, $($field:ident: $stored:ident),+ $(,)?) => {
        pub(super) fn $frame_of(rows: &[CompactRating]) -> PolarsResult<DataFrame> {
            DataFrame::new(
                rows.len(),
                vec![$(Column::new(
                    stringify!($field).into(),
                    rows.iter().map(|row| $stored::from(row.$field)).collect::<Vec<$stored>>(),
                )),+],
            )
        }

        pub(super) fn $rows_of(frame: &DataFrame) -> PolarsResult<Vec<CompactRating>> {
            let mut rows = vec![CompactRating::default(); frame.height()];
            $(
                let column = frame.column(stringify!($field))?.$stored()?;
                if column.null_count() > 0 {
                    polars_bail!(ComputeError: "{} is empty in a row", stringify!($field));
                }
                for (row, value) in rows.iter_mut().zip(column.into_no_null_iter()) {
                    row.$field = Stored::restore(value);
                }
            )+
            Ok(rows)
        }
    };
}
fields!(
    frame, rows_of,
    num: i64,
    reasons: u32,
    aspects: u32,
    day: i32,
    department: u32,
    officer: u32,
    counter: u32,
    procedure: u32,
    flags: u32,
    hour: u8,
    channel: u8,
    stage: u8,
    scale: u8,
    level: u8,
    imported: u8,
    simulated: u8,
    abandoned: u8,
    ruled_out: u8,
);

/// What a field is stored as.
trait Stored<S> {
    fn restore(value: S) -> Self;
}

impl<T> Stored<T> for T {
    fn restore(value: T) -> T {
        value
    }
}

impl Stored<u8> for bool {
    fn restore(value: u8) -> Self {
        value == 1
    }
}
