//! Rows as a Parquet file, in groups as they come: only one group lies in memory.

use super::StatsError;
use crate::table_files::Field;
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    ChunkedBuilder as _, Column, DataFrame, DataType, Int64Type, IntoColumn as _, ParquetWriter,
    PlSmallStr, PrimitiveChunkedBuilder, Schema, StringChunkedBuilder,
};
use std::fs::File;

/// Rows of a group: large enough to pack well, small enough to lie in memory.
const GROUP: usize = 8_000;

/// A file that is being written.
pub struct RatingsFile {
    writer: BatchedWriter<File>,
    schema: Schema,
    columns: Vec<ColumnBuilder>,
    rows: usize,
}

/// The cells of one column of the group that is being collected. They lie one behind the other, as
/// they are written: a group of rows, each with texts of its own, takes several times the memory.
enum ColumnBuilder {
    Numbers(PrimitiveChunkedBuilder<Int64Type>),
    Texts(StringChunkedBuilder),
}

impl ColumnBuilder {
    /// Empty ones, for a group of rows.
    fn all(schema: &Schema) -> Vec<Self> {
        let new = |(name, kind): (&PlSmallStr, &DataType)| {
            if *kind == DataType::Int64 {
                Self::Numbers(PrimitiveChunkedBuilder::new(name.clone(), GROUP))
            } else {
                Self::Texts(StringChunkedBuilder::new(name.clone(), GROUP))
            }
        };
        schema.iter().map(new).collect()
    }

    fn add(&mut self, cell: Field) {
        match (self, cell) {
            (Self::Numbers(column), Field::Number(number)) => column.append_value(number),
            (Self::Numbers(column), _) => column.append_null(),
            (Self::Texts(column), Field::Text(text)) => column.append_value(text),
            (Self::Texts(column), Field::Moment(at)) => {
                column.append_value(at.strftime("%Y-%m-%dT%H:%M:%S").to_string());
            }
            (Self::Texts(column), Field::Number(_) | Field::Empty) => column.append_null(),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Numbers(column) => column.finish().into_column(),
            Self::Texts(column) => column.finish().into_column(),
        }
    }
}

impl RatingsFile {
    /// Begins a file with these columns; `numbers` says which of them hold numbers.
    pub fn begin(file: File, names: &[String], numbers: &[bool]) -> Result<Self, StatsError> {
        let kinds = names.iter().zip(numbers).map(|(name, number)| {
            let kind = if *number { DataType::Int64 } else { DataType::String };
            (PlSmallStr::from(name.as_str()), kind)
        });
        let schema: Schema = kinds.collect();
        let writer = ParquetWriter::new(file).set_parallel(false).batched(&schema)?;
        let columns = ColumnBuilder::all(&schema);
        Ok(Self { writer, schema, columns, rows: 0 })
    }

    /// Adds rows.
    pub fn add(&mut self, rows: impl Iterator<Item = Vec<Field>>) -> Result<(), StatsError> {
        for row in rows {
            for (column, cell) in self.columns.iter_mut().zip(row) {
                column.add(cell);
            }
            self.rows += 1;
        }
        if self.rows >= GROUP { self.write() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file.
    pub fn end(mut self) -> Result<(), StatsError> {
        if self.rows > 0 {
            self.write()?;
        }
        self.writer.finish()?;
        Ok(())
    }

    fn write(&mut self) -> Result<(), StatsError> {
        let full = std::mem::replace(&mut self.columns, ColumnBuilder::all(&self.schema));
        let columns = full.into_iter().map(ColumnBuilder::finish).collect();
        let frame = DataFrame::new(std::mem::take(&mut self.rows), columns)?;
        Ok(self.writer.write_batch(&frame)?)
    }
}

/// The texts of a file's column, for the same tests.
#[cfg(test)]
pub(crate) fn texts_of(bytes: Vec<u8>, column: &str) -> Vec<String> {
    use polars::prelude::{ParquetReader, SerReader};
    let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
    let texts = frame.column(column).unwrap().str().unwrap().clone();
    texts.iter().map(|text| text.unwrap_or_default().to_owned()).collect()
}

/// Names of the columns, number of rows and all levels of a file, for tests of what is written.
#[cfg(test)]
pub(crate) fn read_back(bytes: Vec<u8>) -> (Vec<String>, usize, Vec<String>) {
    use polars::prelude::{ParquetReader, SerReader};
    let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
    let names = frame.get_column_names_owned().into_iter().map(|name| name.to_string()).collect();
    let levels = frame.column("level").unwrap().str().unwrap().clone();
    let levels = levels.iter().flatten().map(str::to_owned).collect();
    (names, frame.height(), levels)
}
