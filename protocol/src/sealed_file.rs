//! A file that only the server can read: a tablet's exported journal tells who said what about whom,
//! and a USB stick is easily lost.
//!
//! Hybrid public key encryption (RFC 9180) in its base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! AES-256-GCM. The file is one line of JSON, a [`SealedHead`], and then chunks: a byte that is 1 for the
//! last one and 0 before it, the length of what follows (4 bytes, big-endian), and the ciphertext. The
//! first five bytes of a chunk are authenticated with it and chunks are counted by the nonce, so that a
//! file which was cut, put together otherwise or changed is noticed. Nobody is authenticated by it: who
//! wrote the content is shown by the signatures inside.

use hpke::aead::{AeadCtxR, AeadCtxS, AesGcm256};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::io::{self, Read, Write};

/// What the first line says it is; also bound into the keys.
pub const FORMAT: &str = "hai-long sealed v1";
/// Bytes of content in a chunk: a file of any length needs so much memory.
const CHUNK_BYTES: usize = 64 * 1024;
/// Bytes by which AES-GCM shows that something was changed.
const TAG_BYTES: usize = 16;
/// Flag and length of a chunk.
const FRAME_BYTES: usize = 5;

type Suite = X25519HkdfSha256;

/// A public key (X25519); hex in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(transparent)]
pub struct PublicKey(#[serde(with = "hex::serde")] pub [u8; 32]);

impl PublicKey {
    /// The public key of a secret one; 32 random bytes are a secret key.
    pub fn of(secret: &[u8; 32]) -> Result<Self, SealedError> {
        let secret = <Suite as Kem>::PrivateKey::from_bytes(secret);
        let public = Suite::sk_to_pk(&secret.map_err(|_| SealedError::Key)?);
        let bytes = public.to_bytes();
        Ok(Self(bytes.as_slice().try_into().map_err(|_| SealedError::Key)?))
    }
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedHead {
    /// [`FORMAT`].
    pub format: String,
    /// The key that it is sealed to.
    pub key: PublicKey,
    /// The sender's share of the key agreement.
    #[serde(with = "hex::serde")]
    pub encapsulated: [u8; 32],
}

impl SealedHead {
    /// Whether a file's first line is that of a sealed file.
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str::<Self>(line).ok().filter(|head| head.format == FORMAT)
    }
}

/// Why a file can not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// A key that nothing can be sealed to.
    #[error("the key is none that a file can be sealed with")]
    Key,
    /// The file ends before its last chunk.
    #[error("the file is cut")]
    Cut,
    /// The file was changed, or sealed to another key.
    #[error("the file was changed, or sealed to another key")]
    Altered,
}

impl SealedError {
    /// What a reader or writer of sealed files said, where it was about sealing.
    pub fn within(error: &io::Error) -> Option<Self> {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied()
    }
}

impl From<SealedError> for io::Error {
    fn from(error: SealedError) -> Self {
        let kind = match error {
            SealedError::Cut => io::ErrorKind::UnexpectedEof,
            SealedError::Key | SealedError::Altered => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// Seals what is written to it. Nothing is whole before [`Sealer::finish`].
pub struct Sealer<W: Write> {
    out: W,
    context: AeadCtxS<AesGcm256, HkdfSha256, Suite>,
    chunk: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Begins a file that the owner of `key` can read. `seed` are random bytes that nobody else knows
    /// and that are used for one file only.
    pub fn new(mut out: W, key: PublicKey, seed: [u8; 32]) -> io::Result<Self> {
        let public = <Suite as Kem>::PublicKey::from_bytes(&key.0).map_err(|_| SealedError::Key)?;
        let (share, context) = hpke::setup_sender_with_rng::<AesGcm256, HkdfSha256, Suite>(
            &OpModeS::Base,
            &public,
            FORMAT.as_bytes(),
            &mut Seeded::new(&seed),
        )
        .map_err(|_| SealedError::Key)?;
        let encapsulated = share.to_bytes().as_slice().try_into().map_err(|_| SealedError::Key)?;
        let head = SealedHead { format: FORMAT.to_owned(), key, encapsulated };
        serde_json::to_writer(&mut out, &head)?;
        out.write_all(b"\n")?;
        Ok(Self { out, context, chunk: Vec::with_capacity(CHUNK_BYTES) })
    }

    /// Writes the last chunk; gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_chunk(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn write_chunk(&mut self, last: bool) -> io::Result<()> {
        let frame = frame(last, self.chunk.len() + TAG_BYTES)?;
        let sealed = self.context.seal(&self.chunk, &frame).map_err(|_| SealedError::Key)?;
        self.out.write_all(&frame)?;
        self.out.write_all(&sealed)?;
        self.chunk.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK_BYTES {
            self.write_chunk(false)?;
        }
        let some = bytes.len().min(CHUNK_BYTES - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..some]);
        Ok(some)
    }

    /// Chunks are written when they are full, so there is nothing to hurry.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn frame(last: bool, bytes: usize) -> io::Result<[u8; FRAME_BYTES]> {
    let length = u32::try_from(bytes).map_err(|_| SealedError::Altered)?.to_be_bytes();
    let [a, b, c, d] = length;
    Ok([u8::from(last), a, b, c, d])
}

/// Reads the content of a sealed file. An error of the kind [`SealedError`] says that it is not whole;
/// what was read before is authentic, in its order.
pub struct Opener<R: Read> {
    inner: R,
    context: AeadCtxR<AesGcm256, HkdfSha256, Suite>,
    chunk: Vec<u8>,
    /// How much of the chunk was given already.
    given: usize,
    done: bool,
}

impl<R: Read> Opener<R> {
    /// Goes on behind the first line, `head`, with the secret key that belongs to `head.key`.
    pub fn new(inner: R, head: &SealedHead, secret: &[u8; 32]) -> Result<Self, SealedError> {
        let secret = <Suite as Kem>::PrivateKey::from_bytes(secret);
        let share = <Suite as Kem>::EncappedKey::from_bytes(&head.encapsulated);
        let context = hpke::setup_receiver::<AesGcm256, HkdfSha256, Suite>(
            &OpModeR::Base,
            &secret.map_err(|_| SealedError::Key)?,
            &share.map_err(|_| SealedError::Altered)?,
            FORMAT.as_bytes(),
        )
        .map_err(|_| SealedError::Altered)?;
        Ok(Self { inner, context, chunk: Vec::new(), given: 0, done: false })
    }

    fn read_chunk(&mut self) -> io::Result<()> {
        let mut frame = [0; FRAME_BYTES];
        read_whole(&mut self.inner, &mut frame)?;
        let [last, length @ ..] = frame;
        let length = u32::from_be_bytes(length) as usize;
        if last > 1 || !(TAG_BYTES..=CHUNK_BYTES + TAG_BYTES).contains(&length) {
            return Err(SealedError::Altered.into());
        }
        let mut sealed = vec![0; length];
        read_whole(&mut self.inner, &mut sealed)?;
        self.chunk = self.context.open(&sealed, &frame).map_err(|_| SealedError::Altered)?;
        self.given = 0;
        self.done = last == 1;
        if self.done && self.inner.read(&mut [0])? > 0 {
            return Err(SealedError::Altered.into());
        }
        Ok(())
    }
}

/// Fills the buffer; a file that ends before is cut.
fn read_whole(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<()> {
    from.read_exact(buffer).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => SealedError::Cut.into(),
        _ => error,
    })
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.chunk.len() && !self.done {
            self.read_chunk()?;
        }
        let some = buffer.len().min(self.chunk.len() - self.given);
        buffer[..some].copy_from_slice(&self.chunk[self.given..self.given + some]);
        self.given += some;
        Ok(some)
    }
}

/// Random bytes from a seed (BLAKE3's extendable output): randomness is given, never taken.
struct Seeded(blake3::OutputReader);

impl Seeded {
    fn new(seed: &[u8; 32]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("hai-long sealed file, sender's share v1");
        hasher.update(seed);
        Self(hasher.finalize_xof())
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }
}

impl TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = [5; 32];

    fn sealed(content: &[u8]) -> Vec<u8> {
        let key = PublicKey::of(&SECRET).unwrap();
        let mut sealer = Sealer::new(Vec::new(), key, [6; 32]).unwrap();
        sealer.write_all(content).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(file: &[u8], secret: &[u8; 32]) -> Result<Vec<u8>, SealedError> {
        let end = file.iter().position(|byte| *byte == b'\n').ok_or(SealedError::Cut)?;
        let line = std::str::from_utf8(&file[..end]).map_err(|_| SealedError::Altered)?;
        let head = SealedHead::read(line).ok_or(SealedError::Altered)?;
        let mut content = Vec::new();
        let read = Opener::new(&file[end + 1..], &head, secret)?.read_to_end(&mut content);
        read.map(|_| content).map_err(|error| SealedError::within(&error).unwrap())
    }

    #[test]
    fn what_is_sealed_opens_with_its_secret_key_alone() {
        for bytes in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES] {
            let content: Vec<u8> = (0..=250).cycle().take(bytes).collect();
            let file = sealed(&content);
            assert_eq!(opened(&file, &SECRET).unwrap(), content, "{bytes}");
            assert_eq!(opened(&file, &[9; 32]), Err(SealedError::Altered));
        }
        let file = sealed(b"CC013 very_dissatisfied");
        assert!(!file.windows(5).any(|some| some == b"CC013"), "nothing of it is to be read");
    }

    #[test]
    fn a_sealed_file_that_was_cut_or_changed_anywhere_is_noticed() {
        let content = vec![7; CHUNK_BYTES + 100];
        let file = sealed(&content);
        let body = file.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let first = body + FRAME_BYTES + CHUNK_BYTES + TAG_BYTES;
        for end in [body, body + 3, body + 500, first, first + 2, file.len() - 1] {
            assert_eq!(opened(&file[..end], &SECRET), Err(SealedError::Cut), "{end}");
        }
        for at in [body, body + 2, body + 9, first - 1, first, first + 20, file.len() - 1] {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, &SECRET).is_err(), "byte {at}");
        }
        let swapped = [&file[..body], &file[first..], &file[body..first]].concat();
        assert_eq!(opened(&swapped, &SECRET), Err(SealedError::Altered));
        assert_eq!(opened(&[&file[..], b"x"].concat(), &SECRET), Err(SealedError::Altered));
    }

    /// The format is read years later, so its bytes may not change unseen.
    #[test]
    fn the_same_seed_and_content_give_the_same_bytes() {
        let digest = blake3::hash(&sealed(b"as it was"));
        assert_eq!(
            digest.to_hex().as_str(),
            "628a51ef312eeab124c861d6076cbb01ba9a5d9da9ad5cc4c5c55e2bf90e2302"
        );
        let head = sealed(b"");
        let head = std::str::from_utf8(head.split(|byte| *byte == b'\n').next().unwrap());
        assert!(SealedHead::read(head.unwrap()).is_some());
        assert_eq!(
            Sealer::new(Vec::new(), PublicKey([0; 32]), [1; 32])
                .err()
                .and_then(|error| { SealedError::within(&error) }),
            Some(SealedError::Key),
            "a key of small order hides nothing"
        );
    }
}
