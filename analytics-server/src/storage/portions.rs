//! Long jobs change their rows in portions, each in a transaction of its own: other writers,
//! tablets above all, wait for one portion and not for the job.

use super::StoreError;
use std::time::{Duration, Instant};

/// Rows of the first portion.
const FIRST: usize = 200;
/// Rows of the smallest and of the largest one.
const LEAST: usize = 20;
const MOST: usize = 2_000;
/// How long a portion is to hold what others need; at most twice as long is allowed.
const WANTED: Duration = Duration::from_millis(40);
/// The longest rest after one.
const REST: Duration = Duration::from_millis(200);

/// How many rows the next portion has.
#[derive(Clone, Copy, Debug)]
pub struct Portions(usize);

impl Default for Portions {
    fn default() -> Self {
        Self(FIRST)
    }
}

impl Portions {
    /// Rows of the next portion.
    pub fn rows(self) -> usize {
        self.0
    }

    /// Does a job portion by portion until one has fewer rows than it may; how many rows it had in all.
    /// `step` does at most so many, and tells how many and since when others had to wait.
    pub(super) async fn until_done<W>(mut step: impl FnMut(i64) -> W) -> Result<u64, StoreError>
    where
        W: Future<Output = Result<(u64, Instant), StoreError>>,
    {
        let (mut portions, mut done) = (Self::default(), 0);
        loop {
            let limit = i64::try_from(portions.rows()).unwrap_or(i64::MAX);
            let (taken, begun) = step(limit).await?;
            done += taken;
            if taken.cast_signed() < limit {
                return Ok(done);
            }
            portions.rest(begun.elapsed()).await;
        }
    }

    /// Learns from how long the last portion held others up, and lets them have as long.
    pub(super) async fn rest(&mut self, held: Duration) {
        self.learn(held);
        tokio::time::sleep(held.min(REST)).await;
    }

    /// Learns from how long the last portion held others up.
    pub fn learn(&mut self, held: Duration) {
        let fitting = WANTED.as_micros() * self.0 as u128 / held.as_micros().max(1);
        let fitting = usize::try_from(fitting).unwrap_or(MOST);
        // Not by much at once: one portion may have been slow by chance.
        self.0 = fitting.clamp(self.0 / 4, self.0 * 2).clamp(LEAST, MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_fit_the_time_that_they_may_take() {
        let mut portions = Portions::default();
        for _ in 0..10 {
            portions.learn(Duration::from_micros(10 * portions.rows() as u64));
        }
        assert_eq!(portions.rows(), MOST, "fast rows");
        portions.learn(Duration::from_secs(2));
        assert_eq!(portions.rows(), MOST / 4);
        for _ in 0..10 {
            portions.learn(Duration::from_millis(portions.rows() as u64));
        }
        assert_eq!(portions.rows(), 40, "a millisecond a row");
        portions.learn(Duration::from_mins(1));
        assert_eq!(portions.rows(), LEAST);
    }
}
