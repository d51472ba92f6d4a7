//! How files are to be understood.

use jiff::tz::TimeZone;
use protocol::Scale;

/// How files are to be understood.
#[derive(Clone, Debug)]
pub struct Options {
    /// The time zone their moments are written in.
    pub zone: TimeZone,
    /// The levels that were on offer.
    pub scale: Scale,
    /// The rows were made up for a demonstration.
    pub simulated: bool,
    /// Now, in milliseconds since 1970-01-01 UTC.
    pub now: i64,
    /// The questions were answered with yes.
    pub confirmed: bool,
    /// A tablet's journal whose events are not those of the server's chain is taken as the
    /// continuation of that tablet, as the person who imports says.
    pub continues: bool,
    /// The language of sentences about rows.
    pub language: &'static str,
}

impl Options {
    /// Ratings on five levels, told in English; nothing is confirmed.
    pub const fn new(zone: TimeZone, now: i64) -> Self {
        let (scale, language) = (Scale::Five, "en");
        let (simulated, confirmed, continues) = (false, false, false);
        Self { zone, scale, simulated, now, confirmed, continues, language }
    }
}
