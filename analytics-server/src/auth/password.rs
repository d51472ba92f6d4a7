//! Passwords: which can be chosen, how they are stored and compared. A letter can be written in
//! Unicode in two ways, and keyboards differ: everything is brought to one (NFC) before.

use crate::normalization::searchable;
use crate::pin::{PinError, hash as keep};
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{LazyLock, Mutex, PoisonError};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::feedback::{Feedback, Warning};
use zxcvbn::{Score, zxcvbn};

/// Letters, at least. No other rule: length is what helps, and rules on digits and signs lead to
/// `Matkhau@123` (NIST SP 800-63B).
pub const LEAST: usize = 10;
/// Letters, at most: hashing must not be made to take long.
pub const MOST: usize = 200;
/// Letters that are looked at to tell how soon a password is guessed: that takes long with more of
/// them, and what a hundred do not help the rest does not either.
const WEIGHED: usize = 100;
/// What people here begin with, beside the words that `zxcvbn` knows; without marks and spaces.
const TRIED_FIRST: [&str; 12] = [
    "matkhau",
    "dangnhap",
    "quantri",
    "hailong",
    "motcua",
    "hanhchinh",
    "trungtam",
    "congchuc",
    "dichvucong",
    "vietnam",
    "xinchao",
    "anhyeuem",
];

/// Provinces and cities of Vietnam, of today and of before 2025, in the same way: with a year they are
/// what people think of first.
const PLACES_OF_VIETNAM: &str = "hanoi hue haiphong danang cantho hochiminh saigon angiang bacgiang \
    baclieu backan bacninh baria vungtau bentre binhdinh binhduong binhphuoc \
    binhthuan camau caobang daklak daknong dienbien dongnai dongthap gialai \
    hagiang hanam hatinh haiduong haugiang hoabinh hungyen khanhhoa kiengiang \
    kontum laichau lamdong langson laocai longan namdinh nghean ninhbinh \
    ninhthuan phutho phuyen quangbinh quangnam quangngai quangninh quangtri soctrang \
    sonla tayninh thaibinh thainguyen thanhhoa tiengiang travinh tuyenquang vinhlong \
    vinhphuc yenbai nhatrang dalat";

/// How many are hashed at one moment: each takes 19 MiB, and guesses must not fill the memory.
static PLACES: Semaphore = Semaphore::const_new(4);

/// The memory of those that are hashed, 19 MiB each: never more than there are places.
static BUFFERS: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// Compared with where there is no password, so that an unknown name takes as long as a known one.
static DUMMY: LazyLock<Option<String>> = LazyLock::new(|| keep("nobody has this one").ok());

/// Why a password can not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Under [`LEAST`] letters.
    #[error("the password is too short")]
    Short,
    /// Over [`MOST`] letters.
    #[error("the password is too long")]
    Long,
    /// It is guessed too soon.
    #[error("the password is guessed too soon: {0:?}")]
    Weak(Weakness),
}

impl PasswordFault {
    /// The word in the key of its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Weak(weakness) => weakness.word(),
        }
    }
}

/// What makes a password weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It is, or is like, one that many people have.
    Common,
    /// It is made of the person's or the centre's own name, code or address.
    Own,
    /// Signs or words that repeat.
    Repeat,
    /// Sequences such as 6543, or rows of keys.
    Sequence,
    /// Days and years.
    Date,
    /// Too few words.
    Few,
}

impl Weakness {
    const fn word(self) -> &'static str {
        match self {
            Self::Common => "weak-common",
            Self::Own => "weak-own",
            Self::Repeat => "weak-repeat",
            Self::Sequence => "weak-sequence",
            Self::Date => "weak-date",
            Self::Few => "weak-few",
        }
    }
}

/// A password as it is counted and hashed.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// Letters that have to be somebody's own before it is said that they are.
const OWN: usize = 4;

/// Words that a guesser begins with who knows texts about a person: each word, and those that stand
/// together, without marks and spaces as people write them there.
fn own_words(about: &[String]) -> Vec<String> {
    let mut own = Vec::new();
    for text in about {
        own.push(text.to_lowercase());
        let words: Vec<String> =
            text.split(|sign: char| !sign.is_alphanumeric()).map(bare).collect();
        for together in 1..=words.len() {
            own.extend(words.windows(together).map(<[String]>::concat));
        }
    }
    own.retain(|one| one.chars().count() > 2);
    own
}

/// A text without marks and spaces, in small letters.
fn bare(text: &str) -> String {
    searchable(text).split_whitespace().collect()
}

/// Whether a password can be chosen by somebody of whom `about` is known: their names, code and
/// address, the centre's name.
fn check(password: &str, about: &[String]) -> Result<(), PasswordFault> {
    let password = composed(password);
    let letters = password.chars().count();
    if letters < LEAST {
        return Err(PasswordFault::Short);
    }
    if letters > MOST {
        return Err(PasswordFault::Long);
    }
    let start: String = password.chars().take(WEIGHED).collect();
    let own = own_words(about);
    let tried = TRIED_FIRST.into_iter().chain(PLACES_OF_VIETNAM.split(' '));
    let known: Vec<&str> = own.iter().map(String::as_str).chain(tried).collect();
    // A guesser leaves out marks and spaces as people do.
    let plain = bare(&start);
    let is_own = |one: &String| one.chars().count() >= OWN && plain.contains(one.as_str());
    for form in [&start, &plain] {
        let entropy = zxcvbn(form, &known);
        if entropy.score() < Score::Three {
            let warning = entropy.feedback().and_then(Feedback::warning);
            return Err(PasswordFault::Weak(weakness(warning, own.iter().any(is_own))));
        }
    }
    Ok(())
}

/// The same beside the work of others: it takes some milliseconds.
pub async fn weigh(password: String, about: Vec<String>) -> Result<(), PasswordFault> {
    let work = move || check(&password, &about);
    let _place = PLACES.acquire().await;
    // A check that ended without a result, by a panic or the end of the server, must not accept a password.
    let given_up = Err(PasswordFault::Weak(Weakness::Few));
    tokio::task::spawn_blocking(work).await.unwrap_or(given_up)
}

/// What is said of a weak password.
fn weakness(warning: Option<Warning>, is_own: bool) -> Weakness {
    use Warning as W;
    match warning {
        Some(
            W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess,
        ) => Weakness::Repeat,
        _ if is_own => Weakness::Own,
        Some(
            W::StraightRowsOfKeysAreEasyToGuess
            | W::ShortKeyboardPatternsAreEasyToGuess
            | W::SequencesLikeAbcAreEasyToGuess,
        ) => Weakness::Sequence,
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => Weakness::Date,
        Some(
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword,
        ) => Weakness::Common,
        _ => Weakness::Few,
    }
}

/// The hash that is stored of a password: argon2id in PHC form, with the cost of a PIN's.
pub async fn hash(password: String) -> Result<String, PinError> {
    let work = move || keep(&composed(&password));
    let died = |_| PinError::Hash("the work was given up".to_owned());
    let _place = PLACES.acquire().await;
    tokio::task::spawn_blocking(work).await.map_err(died)?
}

/// Whether a password is the one of a hash. It takes some tens of milliseconds.
fn holds(password: &str, hash: &str) -> bool {
    let password = composed(password);
    PasswordHash::new(hash).is_ok_and(|hash| compare(&password, &hash).unwrap_or(false))
}

/// The comparison of `argon2`, with memory that is used again. What the allocator gets back between
/// thousands of guesses it keeps, each time in another place.
fn compare(password: &str, hash: &PasswordHash) -> Option<bool> {
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = Version::try_from(hash.version?).ok()?;
    let params = Params::try_from(hash).ok()?;
    let mut buffer = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let blocks = buffer.get_or_insert_default();
    blocks.resize(params.block_count().max(blocks.len()), Block::default());
    let mut out = vec![0; expected.as_ref().len()];
    let argon = Argon2::new(algorithm, version, params);
    let made = argon.hash_password_into_with_memory(
        password.as_bytes(),
        salt.as_ref(),
        &mut out,
        blocks.as_mut_slice(),
    );
    BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).extend(buffer);
    // Compared in constant time by its type.
    Some(made.is_ok() && Output::new(&out).is_ok_and(|out| out == *expected))
}

/// Whether a password is the one of a hash. Without a hash it is not, after the same time.
pub async fn holds_any(password: String, hash: Option<String>) -> bool {
    // As at the choice: a keyboard that writes the marks apart sends more of them.
    if composed(&password).chars().count() > MOST {
        return false;
    }
    let work = move || {
        let known = hash.is_some();
        let hash = hash.as_deref().or(DUMMY.as_deref());
        let held = hash.is_some_and(|hash| holds(&password, hash));
        known && held
    };
    let _place = PLACES.acquire().await;
    tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_holds_for_its_hash_alone() {
        let hash = hash("mật khẩu rất dài".to_owned()).await.unwrap();
        assert!(holds("mật khẩu rất dài", &hash));
        assert!(!holds("mật khẩu rất dai", &hash) && !holds("", &hash) && !holds("x", "no hash"));
        let parted: String = "mật khẩu rất dài".nfd().collect();
        assert!(holds(&parted, &hash), "however the keyboard writes its letters");
        assert!(!holds_any("nobody has this one".to_owned(), None).await);
    }

    #[test]
    fn what_is_guessed_first_can_not_be_chosen() {
        use PasswordFault::Weak;
        use Weakness as W;
        let about = [
            "phu-trach-mot",
            "Nguyễn Văn Thành",
            "CC0157",
            "thanh.nv@tinh.gov.vn",
            "Trung tâm Phục vụ hành chính công tỉnh Tây Ninh",
        ];
        let about = about.map(str::to_owned);
        for (password, fault) in [
            ("ngắn quá", PasswordFault::Short),
            ("Mật khẩu 123", Weak(W::Few)),
            ("MatKhau@123", Weak(W::Few)),
            ("1234567890", Weak(W::Common)),
            ("qwertyuiop", Weak(W::Common)),
            ("password2023", Weak(W::Common)),
            ("aaaaaaaaaaaa", Weak(W::Repeat)),
            ("abcabcabcabc", Weak(W::Repeat)),
            ("Phu-Trach-Mot", Weak(W::Own)),
            ("NguyenVanThanh", Weak(W::Own)),
            ("Nguyễn Văn Thành 1990", Weak(W::Own)),
            ("Tây Ninh 2023", Weak(W::Own)),
            ("Tayninh@2023", Weak(W::Own)),
            ("02/09/1945!", Weak(W::Date)),
            ("haiphong2026", Weak(W::Few)),
            ("Hải Phòng@2026", Weak(W::Few)),
            ("DaNang123456", Weak(W::Common)),
        ] {
            assert_eq!(check(password, &about), Err(fault), "{password}");
        }
        assert_eq!(check(&"x1".repeat(101), &about), Err(PasswordFault::Long));
        for good in ["trời mưa ở quầy số bảy", "một câu thật dài khác", "jB7#xq!2Lm0w"]
        {
            assert_eq!(check(good, &about), Ok(()), "{good}");
        }
        // Ten letters as they are seen, not as they are written.
        let nine: String = "ếộửịầữỵẳổ".nfd().collect();
        assert_eq!(check(&nine, &[]), Err(PasswordFault::Short));
    }

    #[tokio::test]
    async fn the_longest_password_is_accepted_in_every_unicode_form() {
        let longest: String = "trời mưa ở quầy số bảy ".chars().cycle().take(MOST).collect();
        assert_eq!(check(&longest, &[]), Ok(()));
        let hash = hash(longest.clone()).await.unwrap();
        let parted: String = longest.nfd().collect();
        assert!(parted.chars().count() > MOST);
        assert!(holds_any(parted, Some(hash.clone())).await);
        assert!(!holds_any(longest + "x", Some(hash)).await);
    }
}
