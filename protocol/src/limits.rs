//! The limits both sides hold each other to. A constant says where its number comes from.

/// Events in one batch. At about 250 bytes an event this is a request of some 125 KB: it passes a
/// 3G line in a few seconds, and a day's ratings of a busy counter fit in one.
pub const EVENTS_IN_BATCH: usize = 500;

/// Bytes of one event. A comment of [`COMMENT_CHARS`] in Vietnamese takes up to 4 bytes a letter;
/// with reasons and the envelope it stays under this.
pub const EVENT_BYTES: usize = 8 * 1024;

/// Bytes of an event that the server still stores, in quarantine. No tablet records one above
/// [`EVENT_BYTES`]; this leaves room for those of a later version. A longer one is refused before the
/// chain is looked at, because it is no tablet's.
pub const STORED_EVENT_BYTES: usize = 8 * EVENT_BYTES;

/// Bytes of one request's body: a full batch of the largest events, and its envelope.
pub const REQUEST_BYTES: usize = EVENTS_IN_BATCH * EVENT_BYTES + 16 * 1024;

/// Bytes of the events of one batch: what [`REQUEST_BYTES`] leaves beside the envelope and the
/// commas between them.
pub const BATCH_BYTES: usize = REQUEST_BYTES - 8 * 1024;

/// Letters of a comment. Longer than any comment seen at a counter, short enough to be read.
pub const COMMENT_CHARS: usize = 500;

/// Letters of a language's tag: RFC 5646 section 4.4.1 finds that 35 are enough for all there are.
pub const LANGUAGE_CHARS: usize = 35;

/// Reasons or aspects one answer may name: no questionnaire offers more.
pub const CHOICES: usize = 32;

/// How far a tablet's clock may stand from the server's before its events are marked, in
/// milliseconds: two minutes, more than any network delay.
pub const CLOCK_SKEW_MS: i64 = 120_000;

/// How long an invitation may open, in milliseconds: a minute and a half, until the person has put
/// their papers together and left.
pub const INVITATION_MS: u64 = 90_000;

/// How long a tablet may wait at the server for an invitation, in milliseconds. Shorter than the
/// half minute after which many proxies end a silent connection.
pub const INVITATION_WAIT_MS: u64 = 25_000;

/// Letters of a dossier code or a queue number: the longest in use has 25.
pub const CODE_CHARS: usize = 64;

/// Digits of a PIN: four can be remembered by everybody, more than eight by nobody.
pub const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// Officers who may sign in at one tablet: a counter's shifts and their substitutes.
pub const STAFF: usize = 16;

/// Bytes of settings: sixteen officers with the largest photos would be more than a slow line
/// carries every time something changes; with photos as the server makes them (30 KB) it is
/// half a megabyte.
pub const SETTINGS_BYTES: usize = 4 * 1024 * 1024;
