//! The chain of one tablet's events. Events are numbered 1, 2, 3 … without gaps; each digest is
//! BLAKE3 over the digest before it and the event's exact bytes, so a changed, missing or inserted
//! event changes every digest after it. Nothing is re-serialised to be hashed.

use crate::exchange::Sent;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// What a digest of the first event is computed over; it ties a chain to its tablet.
const GENESIS: &[u8] = b"hai-long chain v1\0";
/// What a batch's signature begins with, so that it can be no other message's.
const BATCH: &[u8] = b"hai-long batch v1\0";

/// 32 bytes, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest "before" a tablet's first event.
    pub fn genesis(tablet: Uuid) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(GENESIS).update(tablet.as_bytes());
        Self(hasher.finalize().into())
    }

    /// The digest of an event whose predecessor has this digest.
    #[must_use]
    pub fn extend(&self, event: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0).update(event);
        Self(hasher.finalize().into())
    }

    /// Reads stored bytes; `None` unless there are 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        hex::serde::serialize(self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex::serde::deserialize(deserializer).map(Self)
    }
}

/// The end of a chain: the number of its last event (0: none yet) and that event's digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Head {
    /// Number of the last event; 0 before the first.
    pub number: u64,
    /// Digest of the last event; the tablet's genesis before the first.
    pub digest: Digest,
}

impl Head {
    /// The head of an empty chain.
    pub fn start(tablet: Uuid) -> Self {
        Self { number: 0, digest: Digest::genesis(tablet) }
    }

    /// The head after one more event.
    #[must_use]
    pub fn extend(&self, event: &[u8]) -> Self {
        Self { number: self.number + 1, digest: self.digest.extend(event) }
    }

    /// The head after several more events.
    #[must_use]
    pub fn extend_all<'a>(&self, events: impl IntoIterator<Item = &'a [u8]>) -> Self {
        events.into_iter().fold(*self, |head, event| head.extend(event))
    }
}

/// Signs a batch that ends at `head` and leaves at `sent`.
pub fn sign(key: &SigningKey, tablet: Uuid, head: &Head, sent: &Sent) -> [u8; 64] {
    key.sign(&signed_message(tablet, head, sent)).to_bytes()
}

/// Whether `signature` is the tablet's over this head and these clocks.
pub fn verify(
    key: &VerifyingKey,
    tablet: Uuid,
    head: &Head,
    sent: &Sent,
    signature: &[u8; 64],
) -> bool {
    key.verify(&signed_message(tablet, head, sent), &Signature::from_bytes(signature)).is_ok()
}

fn signed_message(tablet: Uuid, head: &Head, sent: &Sent) -> Vec<u8> {
    let mut message = BATCH.to_vec();
    message.extend_from_slice(tablet.as_bytes());
    message.extend_from_slice(&head.number.to_be_bytes());
    message.extend_from_slice(&head.digest.0);
    message.extend_from_slice(&sent.at.to_be_bytes());
    message.extend_from_slice(sent.boot.as_bytes());
    message.extend_from_slice(&sent.uptime.to_be_bytes());
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(events: &[Vec<u8>]) -> Head {
        Head::start(Uuid::nil()).extend_all(events.iter().map(Vec::as_slice))
    }

    #[test]
    fn the_digest_never_changes_between_versions() {
        // Computed by another implementation of BLAKE3.
        let head = Head::start(Uuid::nil());
        insta::assert_snapshot!(head.digest, @"34310bcb3f6993ba99593ef8fdd31f100c8aca40ca35778a2e2cd1a6a27864d6");
        insta::assert_snapshot!(head.extend(b"{}").digest, @"7972cde065a4c7e89dface0c22a7595c2cf64c05ecdf0a3689e245c38df9edfc");
    }

    #[test]
    fn each_tablet_has_its_own_chain() {
        assert_ne!(Digest::genesis(Uuid::nil()), Digest::genesis(Uuid::max()));
    }

    #[test]
    fn a_signature_holds_for_its_batch_alone() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let head = chain(&[b"one".to_vec()]);
        let sent = Sent { at: 5, boot: Uuid::nil(), uptime: 1 };
        let later = Sent { uptime: 2, ..sent };
        let signature = sign(&key, Uuid::nil(), &head, &sent);
        let public = key.verifying_key();
        assert!(verify(&public, Uuid::nil(), &head, &sent, &signature));
        assert!(!verify(&public, Uuid::nil(), &head, &later, &signature));
        assert!(!verify(&public, Uuid::max(), &head, &sent, &signature));
        assert!(!verify(&public, Uuid::nil(), &head.extend(b"two"), &sent, &signature));
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert!(!verify(&other, Uuid::nil(), &head, &sent, &signature));
    }

    proptest! {
        #[test]
        fn any_change_shows_in_the_head(
            events in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 1..12),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let whole = chain(&events);
            let at = at.index(events.len());

            let mut changed = events.clone();
            changed[at].push(byte);
            prop_assert_ne!(chain(&changed).digest, whole.digest);

            let mut shorter = events.clone();
            shorter.remove(at);
            prop_assert_ne!(chain(&shorter).digest, whole.digest);

            let mut longer = events.clone();
            longer.insert(at, vec![byte]);
            prop_assert_ne!(chain(&longer).digest, whole.digest);
        }

        #[test]
        fn a_chain_can_be_extended_in_any_pieces(
            events in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..12),
            cut in any::<prop::sample::Index>(),
        ) {
            let cut = cut.index(events.len() + 1);
            let pieces = chain(&events[..cut]).extend_all(events[cut..].iter().map(Vec::as_slice));
            prop_assert_eq!(pieces, chain(&events));
        }
    }
}
