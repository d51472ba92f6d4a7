//! Chance for the simulation: good enough to look alive, and repeatable from its seed.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number of a range, its end not included. The bias of the remainder is far below what a
    /// demonstration shows.
    pub fn within(&mut self, range: std::ops::Range<u64>) -> u64 {
        range.start + self.bits() % (range.end - range.start).max(1)
    }

    /// Whether something with so many chances in a hundred happens.
    pub fn percent(&mut self, chances: u64) -> bool {
        self.within(0..100) < chances
    }

    /// One of the weighted things; the last when the weights are all 0.
    pub fn weighted<T: Copy>(&mut self, things: &[(T, u64)]) -> Option<T> {
        let sum: u64 = things.iter().map(|(_, weight)| weight).sum();
        let mut left = self.within(0..sum.max(1));
        for (thing, weight) in things {
            if left < *weight {
                return Some(*thing);
            }
            left -= weight;
        }
        things.last().map(|(thing, _)| *thing)
    }
}
