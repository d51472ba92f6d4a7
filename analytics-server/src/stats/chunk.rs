//! Some ratings of one day, packed: its number, and polars columns of one or two bytes, which name things by
//! dictionaries of the chunk's own. A rating takes 17 bytes beside its share of those. Chunks are never
//! changed: another one takes the place of one whose ratings changed.

use super::kind::Case;
use super::rating::CompactRating;
use super::words::Numbers;
use polars::prelude::{
    ChunkedArray, Int64Type, PlHashMap, PolarsNumericType, UInt8Type, UInt16Type,
};
use std::hash::Hash;

/// Ratings of a chunk at most: what one more rating costs, and far below the 2^16 things that its dictionaries
/// can number.
pub(super) const ROWS: usize = 8_192;

/// Where somebody was served, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) department: u32,
    pub(super) officer: u32,
    pub(super) counter: u32,
}

/// Some ratings of one day, in the order of their numbers.
#[derive(Debug)]
pub(super) struct Chunk {
    num: ChunkedArray<Int64Type>,
    case: ChunkedArray<UInt16Type>,
    hour: ChunkedArray<UInt8Type>,
    /// Places in the dictionaries below.
    place: ChunkedArray<UInt16Type>,
    procedure: ChunkedArray<UInt16Type>,
    words: ChunkedArray<UInt16Type>,
    pub(super) places: Vec<Place>,
    pub(super) procedures: Vec<u32>,
    pub(super) named: Vec<Numbers>,
}

/// The columns that are counted, of equal length.
pub(super) struct Columns<'a> {
    pub(super) case: &'a [u16],
    pub(super) hour: &'a [u8],
    pub(super) place: &'a [u16],
    pub(super) procedure: &'a [u16],
    pub(super) words: &'a [u16],
}

/// Things by number, each once.
struct Numbered<T> {
    items: Vec<T>,
    numbers: PlHashMap<T, u16>,
    /// The one before: neighbours often name the same.
    last: Option<(T, u16)>,
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn new() -> Self {
        Self { items: Vec::new(), numbers: PlHashMap::default(), last: None }
    }

    fn number(&mut self, item: T) -> u16 {
        if let Some((_, number)) = self.last.filter(|(last, _)| *last == item) {
            return number;
        }
        // A chunk has fewer rows than there are numbers.
        let next = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        let number = *self.numbers.entry(item).or_insert(next);
        if number == next {
            self.items.push(item);
        }
        self.last = Some((item, number));
        number
    }

    fn done(mut self) -> Vec<T> {
        self.items.shrink_to_fit();
        self.items
    }
}

fn column<T: PolarsNumericType>(name: &'static str, values: Vec<T::Native>) -> ChunkedArray<T> {
    ChunkedArray::from_vec(name.into(), values)
}

/// The values of a column, which was made from one vector.
fn values<T: PolarsNumericType>(column: &ChunkedArray<T>) -> &[T::Native] {
    column.downcast_as_array().values().as_slice()
}

impl Chunk {
    /// Packs ratings of one day, which are ordered by number; at most [`ROWS`].
    pub(super) fn pack(rows: &[CompactRating]) -> Self {
        let (mut places, mut procedures, mut named) =
            (Numbered::new(), Numbered::new(), Numbered::new());
        let place = |row: &CompactRating| Place {
            department: row.department,
            officer: row.officer,
            counter: row.counter,
        };
        Self {
            num: column("num", rows.iter().map(|row| row.num).collect()),
            case: column("case", rows.iter().map(|row| Case::of(row).0).collect()),
            hour: column("hour", rows.iter().map(|row| row.hour).collect()),
            place: column("place", rows.iter().map(|row| places.number(place(row))).collect()),
            procedure: column(
                "procedure",
                rows.iter().map(|row| procedures.number(row.procedure)).collect(),
            ),
            words: column("words", rows.iter().map(|row| named.number(row.words())).collect()),
            places: places.done(),
            procedures: procedures.done(),
            named: named.done(),
        }
    }

    /// Its ratings, of this day.
    pub(super) fn unpack(&self, day: i32) -> impl Iterator<Item = CompactRating> + '_ {
        let columns = self.columns();
        values(&self.num).iter().enumerate().map(move |(at, num)| {
            let place = self.places[usize::from(columns.place[at])];
            let words = self.named[usize::from(columns.words[at])];
            let mut row = CompactRating {
                num: *num,
                reasons: words.reasons,
                aspects: words.aspects,
                flags: words.flags,
                day,
                department: place.department,
                officer: place.officer,
                counter: place.counter,
                procedure: self.procedures[usize::from(columns.procedure[at])],
                hour: columns.hour[at],
                ..CompactRating::default()
            };
            Case(columns.case[at]).unpack(&mut row);
            row
        })
    }

    /// The columns that are counted.
    pub(super) fn columns(&self) -> Columns<'_> {
        Columns {
            case: values(&self.case),
            hour: values(&self.hour),
            place: values(&self.place),
            procedure: values(&self.procedure),
            words: values(&self.words),
        }
    }

    /// How many ratings it has.
    pub(super) fn len(&self) -> usize {
        self.num.len()
    }

    /// The number of its first rating.
    pub(super) fn first(&self) -> Option<i64> {
        values(&self.num).first().copied()
    }
}

/// Packs ratings of one day, ordered by number, into chunks.
pub(super) fn pack_all(rows: &[CompactRating]) -> impl Iterator<Item = Chunk> + '_ {
    rows.chunks(ROWS).map(Chunk::pack)
}

/// Puts ratings into others that are ordered by number; of two with one number the new one stands.
pub(super) fn put(rows: &mut Vec<CompactRating>, fresh: impl IntoIterator<Item = CompactRating>) {
    let known = rows.len();
    for row in fresh {
        match rows[..known].binary_search_by_key(&row.num, |known| known.num) {
            Ok(place) => rows[place] = row,
            Err(_) => rows.push(row),
        }
    }
    if !rows.is_sorted_by_key(|row| row.num) {
        rows.sort_by_key(|row| row.num);
    }
}
