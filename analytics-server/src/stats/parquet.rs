//! Rows as a Parquet file, in groups as they come: only one group lies in memory.

use super::StatsError;
use crate::table_files::Field;
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter, PlSmallStr, Schema};
use std::fs::File;

/// Rows of a group: large enough to pack well, small enough to lie in memory.
const GROUP: usize = 8_000;

/// A file that is being written.
pub struct RatingsFile {
    writer: BatchedWriter<File>,
    names: Vec<PlSmallStr>,
    numbers: Vec<bool>,
    rows: Vec<Vec<Field>>,
}

impl RatingsFile {
    /// Begins a file with these columns; `numbers` says which of them hold numbers.
    pub fn begin(file: File, names: &[String], numbers: &[bool]) -> Result<Self, StatsError> {
        let names: Vec<PlSmallStr> = names.iter().map(|name| name.as_str().into()).collect();
        let kinds = names.iter().zip(numbers).map(|(name, number)| {
            let kind = if *number { DataType::Int64 } else { DataType::String };
            (name.clone(), kind)
        });
        let schema: Schema = kinds.collect();
        let writer = ParquetWriter::new(file).set_parallel(false).batched(&schema)?;
        Ok(Self { writer, names, numbers: numbers.to_vec(), rows: Vec::new() })
    }

    /// Adds rows.
    pub fn add(&mut self, rows: impl Iterator<Item = Vec<Field>>) -> Result<(), StatsError> {
        self.rows.extend(rows);
        if self.rows.len() >= GROUP { self.write() } else { Ok(()) }
    }

    /// Writes what is left and the end of the file.
    pub fn end(mut self) -> Result<(), StatsError> {
        if !self.rows.is_empty() {
            self.write()?;
        }
        self.writer.finish()?;
        Ok(())
    }

    fn write(&mut self) -> Result<(), StatsError> {
        let rows = std::mem::take(&mut self.rows);
        let mut columns = Vec::with_capacity(self.names.len());
        for (place, name) in self.names.iter().enumerate() {
            let cells = rows.iter().map(|row| &row[place]);
            columns.push(if self.numbers[place] {
                let numbers = cells.map(|cell| match cell {
                    Field::Number(number) => Some(*number),
                    _ => None,
                });
                Column::new(name.clone(), numbers.collect::<Vec<_>>())
            } else {
                let texts = cells.map(|cell| match cell {
                    Field::Text(text) => Some(text.clone()),
                    Field::Moment(at) => Some(at.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
                    Field::Number(_) | Field::Empty => None,
                });
                Column::new(name.clone(), texts.collect::<Vec<_>>())
            });
        }
        let frame = DataFrame::new(rows.len(), columns)?;
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
