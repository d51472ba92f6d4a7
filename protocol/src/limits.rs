//! The limits both sides hold each other to. A constant says where its number comes from.

/// Events in one batch. At about 250 bytes an event this is a request of some 125 KB: it passes a
/// 3G line in a few seconds, and a day's ratings of a busy counter fit in one.
pub const EVENTS_IN_BATCH: usize = 500;

/// Bytes of one event. A comment of [`COMMENT_CHARS`] in Vietnamese takes up to 4 bytes a letter;
/// with reasons and the envelope it stays under this.
pub const EVENT_BYTES: usize = 8 * 1024;

/// Bytes of one request's body: a full batch of the largest events, and its envelope.
pub const REQUEST_BYTES: usize = EVENTS_IN_BATCH * EVENT_BYTES + 16 * 1024;

/// Letters of a comment. Longer than any comment seen at a counter, short enough to be read.
pub const COMMENT_CHARS: usize = 500;

/// Reasons or aspects one answer may name: no questionnaire offers more.
pub const CHOICES: usize = 32;

/// How far a tablet's clock may stand from the server's before its events are marked, in
/// milliseconds: two minutes, more than any network delay.
pub const CLOCK_SKEW_MS: i64 = 120_000;
