//! A million plausible ratings over 24 months: 20 departments, 100 officers, 200 procedures, of
//! which every fifth rating's dossier is known. Made through the store, always the same.

use analytics_server::storage::Store;
use analytics_server::storage::dossiers::Dossier;
use analytics_server::storage::rows::{
    Counter, Department, Directory, ImportedRating, Officer, Procedure,
};
use protocol::{Level, Scale, Stage};
use uuid::Uuid;

/// How many ratings there are.
pub const RATINGS: u64 = 1_000_000;
/// 2024-07-01 00:00 in Vietnam.
const BEGIN: i64 = 1_719_766_800_000;
const DAY_MS: i64 = 86_400_000;
/// To 2026-06-30.
const DAYS: u64 = 730;
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

/// Fills an empty store; one that is full already is left alone.
pub async fn fill(store: &Store) {
    furnish(store).await;
    let directory = store.directory().await.unwrap();
    let mut dice = Dice(1);
    let mut known = Vec::new();
    let mut ratings = Vec::new();
    for nth in 0..RATINGS {
        let rating = rating(nth, &directory, &mut dice);
        if nth % 5 == 0 {
            let procedure = &directory.procedures[dice.below(200) as usize];
            known.push(dossier(&rating, procedure.id, dice.below(20)));
        }
        ratings.push(rating);
        if (nth + 1) % CHUNK == 0 {
            store.put_dossiers(&known).await.unwrap();
            store.import_ratings(&ratings, BEGIN).await.unwrap();
            known.clear();
            ratings.clear();
        }
    }
}

fn rating(nth: u64, directory: &Directory, dice: &mut Dice) -> ImportedRating {
    let officer = &directory.officers[dice.below(100) as usize];
    // Monday to Friday, mostly in the morning.
    let mut day = nth * DAYS / RATINGS;
    if day % 7 > 4 {
        day -= 2;
    }
    let minute = if dice.below(3) < 2 { 420 + dice.below(270) } else { 810 + dice.below(210) };
    let at = BEGIN + day as i64 * DAY_MS + (minute * 60 + dice.below(60)) as i64 * 1_000;
    let level = match dice.below(1_000) {
        0..780 => Level::VerySatisfied,
        780..960 => Level::Satisfied,
        960..990 => Level::Neutral,
        990..998 => Level::Dissatisfied,
        _ => Level::VeryDissatisfied,
    };
    let unhappy = !level.is_satisfied();
    ImportedRating {
        id: Uuid::from_u128(u128::from(nth) + 1),
        at,
        counter: officer.counter.unwrap(),
        officer: officer.id,
        department: officer.department,
        stage: Some(if dice.below(2) == 0 { Stage::Receive } else { Stage::Return }),
        scale: Scale::Five,
        level,
        dossier: Some(format!("H53.01-240701-{nth:07}")),
        reason: unhappy.then(|| format!("Lý do {}", dice.below(8))),
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

async fn furnish(store: &Store) {
    let id = 0;
    let departments: Vec<_> = (1..=20)
        .map(|nth| Department {
            id,
            code: format!("S{nth:02}"),
            name: format!("Sở số {nth}"),
            ticket_prefix: None,
        })
        .collect();
    store.put_departments(&departments, BEGIN).await.unwrap();
    let of = store.directory().await.unwrap().departments;
    let counters: Vec<_> = (0..40_usize)
        .map(|nth| Counter {
            id,
            code: format!("Q{nth:02}"),
            name: format!("Quầy số {nth}"),
            department: of[nth % 20].id,
        })
        .collect();
    store.put_counters(&counters, BEGIN).await.unwrap();
    let at = store.directory().await.unwrap().counters;
    let officers: Vec<_> = (0..100_usize)
        .map(|nth| Officer {
            id,
            code: format!("CC{nth:03}"),
            name: format!("Công chức số {nth}"),
            title: "Chuyên viên".into(),
            department: of[nth % 20].id,
            counter: Some(at[nth % 40].id),
        })
        .collect();
    store.put_officers(&officers, BEGIN).await.unwrap();
    let procedures: Vec<_> = (0..200_usize)
        .map(|nth| Procedure {
            id,
            code: format!("9.{nth:06}"),
            name: format!("Thủ tục số {nth}"),
            field: "Doanh nghiệp".into(),
            department: of[nth % 20].id,
            working_days: 5,
        })
        .collect();
    store.put_procedures(&procedures, BEGIN).await.unwrap();
}
