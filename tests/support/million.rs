//! A centre after two years: 20 departments, so many officers at two fifths as many counters, 2,000 procedures
//! with long names, as many ratings as are wanted, of which every fifth one's dossier is known, and a month of
//! visits at ten tablets with comments and flags. Made through the store, always the same.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a made house has small numbers"
)]

mod visits;

use analytics_server::storage::Store;
use analytics_server::storage::dossiers::Dossier;
use analytics_server::storage::rows::{
    Counter, Department, Directory, FileColumns, ImportedRating, Officer, Procedure,
};
use protocol::{Level, Scale, Stage};
use uuid::Uuid;

/// 2024-07-01 00:00 in Vietnam: 24 months before 2026-07-01.
pub const BEGIN: i64 = 1_719_766_800_000;
const DAY_MS: i64 = 86_400_000;
/// Days that the ratings are spread over.
pub const DAYS: u64 = 730;
/// Procedures of a province.
const PROCEDURES: u32 = 2_000;
/// Officers of a centre.
pub const OFFICERS: usize = 100;
/// Ratings of one transaction.
const CHUNK: u64 = 5_000;

/// A small generator of numbers (splitmix64): the same ones each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Fills an empty store with `count` ratings of so many officers and of the [`DAYS`] days after `begin`, a midnight in
/// milliseconds since 1970, and with the tablets' visits of the last month of them.
pub async fn fill(store: &Store, (count, officers): (u64, usize), begin: i64) {
    furnish(store, officers, begin).await;
    let directory = store.directory().await.unwrap();
    let mut dice = Dice(1);
    let mut known = Vec::new();
    let mut ratings = Vec::new();
    for nth in 0..count {
        let rating = rating((nth, count), begin, &directory, &mut dice);
        if nth % 5 == 0 {
            let procedure = &directory.procedures[dice.below(PROCEDURES.into()) as usize];
            known.push(dossier(&rating, procedure.id, dice.below(20)));
        }
        ratings.push(rating);
        if (nth + 1) % CHUNK == 0 || nth + 1 == count {
            let told: Vec<_> = known.iter().cloned().map(Into::into).collect();
            store.put_dossiers(&told).await.unwrap();
            store.import_ratings(&ratings, begin).await.unwrap();
            known.clear();
            ratings.clear();
        }
    }
    visits::add(store, &directory, begin, &mut dice).await;
}

/// A name of 100 letters, as long as those of a province's procedures.
fn long_name(nth: usize) -> String {
    let name = format!("Thủ tục số {nth}: cấp lại giấy chứng nhận đủ điều kiện kinh doanh, ");
    name.chars().chain("theo yêu cầu của tổ chức và cá nhân ".chars().cycle()).take(100).collect()
}

/// Minutes after midnight: mostly in the morning.
fn minute(dice: &mut Dice) -> u64 {
    if dice.below(3) < 2 { 420 + dice.below(270) } else { 810 + dice.below(210) }
}

fn level(dice: &mut Dice) -> Level {
    match dice.below(1_000) {
        0..780 => Level::VerySatisfied,
        780..960 => Level::Satisfied,
        960..990 => Level::Neutral,
        990..998 => Level::Dissatisfied,
        _ => Level::VeryDissatisfied,
    }
}

fn rating(
    (nth, count): (u64, u64),
    begin: i64,
    directory: &Directory,
    dice: &mut Dice,
) -> ImportedRating {
    let officer = &directory.officers[dice.below(directory.officers.len() as u64) as usize];
    // Monday to Friday, if the first day is a Monday.
    let mut day = nth * DAYS / count;
    if day % 7 > 4 {
        day -= 2;
    }
    let at = begin + day as i64 * DAY_MS + (minute(dice) * 60 + dice.below(60)) as i64 * 1_000;
    let level = level(dice);
    let unhappy = !level.is_satisfied();
    ImportedRating {
        id: Uuid::from_u128(u128::from(nth) + 1),
        at,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        stage: Some(if dice.below(2) == 0 { Stage::Receive } else { Stage::Return }),
        scale: Scale::Five,
        level,
        dossier: Some(format!("H53.01-240701-{nth:07}")),
        reasons: unhappy.then(|| format!("Lý do {}", dice.below(8))).into_iter().collect(),
        comment: None,
        told: FileColumns::default(),
        simulated: true,
    }
}

fn dossier(rating: &ImportedRating, procedure: i64, luck: u64) -> Dossier {
    Dossier {
        code: rating.dossier.clone().unwrap(),
        procedure,
        channel: match luck {
            0..14 => 1,
            14..16 => 2,
            _ => 3,
        },
        received_at: rating.at,
        due_at: rating.at + 5 * DAY_MS,
        returned_at: None,
        status: "Đang giải quyết".into(),
        officer: Some(rating.officer),
        counter: Some(rating.counter),
    }
}

async fn furnish(store: &Store, officers: usize, now: i64) {
    let id = 0;
    let departments: Vec<_> = (1..=20)
        .map(|nth| Department {
            id,
            code: format!("S{nth:02}"),
            name: format!("Sở số {nth}"),
            ticket_prefix: None,
        })
        .collect();
    store.put_departments(&departments, now).await.unwrap();
    let of = store.directory().await.unwrap().departments.clone();
    let counters: Vec<_> = (0..officers * 2 / 5)
        .map(|nth| Counter {
            id,
            code: format!("Q{nth:02}"),
            name: format!("Quầy số {nth}"),
            department: of[nth % 20].id,
        })
        .collect();
    store.put_counters(&counters, now).await.unwrap();
    let at = store.directory().await.unwrap().counters.clone();
    let officers: Vec<_> = (0..officers)
        .map(|nth| Officer {
            id,
            code: format!("CC{nth:03}"),
            name: format!("Công chức số {nth}"),
            title: "Chuyên viên".into(),
            department: of[nth % 20].id,
            counter: Some(at[nth % at.len()].id),
        })
        .collect();
    store.put_officers(&officers, now).await.unwrap();
    let procedures: Vec<_> = (0..PROCEDURES as usize)
        .map(|nth| Procedure {
            id,
            code: format!("9.{nth:06}"),
            name: long_name(nth),
            field: "Doanh nghiệp".into(),
            department: of[nth % 20].id,
            working_days: 5,
        })
        .collect();
    store.put_procedures(&procedures, now).await.unwrap();
}
