//! The cursor with which a program goes on reading ratings, as it is written in `after` and `next`.

use super::problem::Refusal;
use crate::change_feed::{ChangeFeed, FeedError};
use crate::storage::Store;
use crate::storage::epoch::FeedHead;
use crate::storage::export::OutCursor;
use protocol::exchange::ProblemCode;

/// A place as it is written: which history, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// `3f2a…90.120.55`.
    Of {
        /// The history.
        epoch: i64,
        /// The place in it.
        place: OutCursor,
    },
    /// As versions before wrote it, without a history.
    Without,
}

impl Cursor {
    /// What was written; none: it is no place.
    pub fn read(text: &str) -> Option<Self> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let number = |part: &str| part.parse::<i64>().ok().filter(|_| digits(part));
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [epoch, at, num] if epoch.len() == 16 && !epoch.starts_with('+') => Some(Self::Of {
                epoch: i64::from_str_radix(epoch, 16).ok()?,
                place: OutCursor { at: number(at)?, num: number(num)? },
            }),
            [at, num] => number(at).and(number(num)).map(|_| Self::Without),
            [at] => number(at).map(|_| Self::Without),
            _ => None,
        }
    }

    /// A place of a history, written.
    pub fn write(epoch: i64, place: OutCursor) -> String {
        format!("{epoch:016x}.{}.{}", place.at, place.num)
    }
}

/// Where a question goes on, if the place still means what it meant. `by_change`: the place is one
/// in the order of changes.
pub(super) async fn resume_after(
    store: &Store,
    cursor: Option<Cursor>,
    head: &FeedHead,
    by_change: bool,
) -> Result<OutCursor, Refusal> {
    match cursor {
        None => Ok(OutCursor::START),
        Some(Cursor::Of { epoch, place }) if epoch == head.epoch => {
            if by_change && place.at > head.position {
                ChangeFeed::renew(store, head).await?;
                return Err(gone());
            }
            Ok(place)
        }
        Some(_) => Err(gone()),
    }
}

impl From<FeedError> for Refusal {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::Store(error) => error.into(),
            FeedError::Random(_) => {
                tracing::error!(%error, "no other history can begin");
                Self::new(ProblemCode::Unavailable, "The server has no random numbers just now.")
            }
        }
    }
}

fn gone() -> Refusal {
    Refusal::new(
        ProblemCode::StartAnew,
        "The place in “after” belongs to an earlier state of the database, or to an older version \
         of the server. Read all ratings again from the start, without “after”; a rating is known \
         again by its id.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let place = OutCursor { at: 120, num: 55 };
        let written = Cursor::write(0x3f, place);
        assert_eq!(written, "000000000000003f.120.55");
        assert_eq!(Cursor::read(&written), Some(Cursor::Of { epoch: 0x3f, place }));
        for old in ["7", "120.55", "9223372036854775807.9"] {
            assert_eq!(Cursor::read(old), Some(Cursor::Without), "{old}");
        }
        for odd in ["", "x", "-1", "1.2.3", ".1", "1.-2", "3f.1.2", "000000000000003f.1", "+1.1"] {
            assert_eq!(Cursor::read(odd), None, "{odd}");
        }
    }
}
