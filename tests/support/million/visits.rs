//! A month of visits at ten tablets: answered or not, some with reasons and a comment, some so soon
//! after another that they are flagged.

use super::{DAY_MS, DAYS, Dice, level, minute};
use crate::chain::{Chain, shown};
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::Applicant;
use analytics_server::storage::rows::{Directory, TabletAssignment};
use protocol::Stage;
use protocol::event::{Detailed, What};
use uuid::Uuid;

/// Visits of one tablet on each of its days.
const A_DAY: u64 = 90;
/// Days of the month.
const LAST: u64 = 30;
/// Reasons of the questionnaire that is built in.
const REASONS: [&str; 3] = ["waiting", "explanation", "extra_papers"];

/// Adds the visits to the last month.
pub(super) async fn add(store: &Store, directory: &Directory, begin: i64, dice: &mut Dice) {
    for (seed, counter) in (101_u8..).zip(directory.counters.iter().take(10)) {
        let Some(officer) = directory.usual_officer(counter.id) else { continue };
        let mut chain = Chain::new(Uuid::from_u128(u128::from(seed) << 100), seed);
        let post =
            TabletAssignment { counter: counter.id, officer: None, stage: None, simulated: true };
        store.add_enrolment_code(&post, [seed; 32], begin, i64::MAX).await.unwrap();
        let applicant = Applicant {
            code_hash: [seed; 32],
            id: chain.tablet,
            public_key: chain.key.verifying_key().to_bytes(),
            token_hash: [seed; 32],
            app_version: "load",
        };
        store.enrol(&applicant, begin).await.unwrap();
        for day in DAYS - LAST..DAYS {
            let before = chain.events.len();
            let midnight = begin + day as i64 * DAY_MS;
            let mut minutes: Vec<_> = (0..A_DAY).map(|_| minute(dice)).collect();
            minutes.sort_unstable();
            for (nth, minute) in minutes.into_iter().enumerate() {
                let at = midnight + minute as i64 * 60_000 + nth as i64 * 100;
                let session = u128::from(seed) << 100 | u128::from(day) << 32 | nth as u128;
                let stage = if dice.below(2) == 0 { Stage::Receive } else { Stage::Return };
                let question = shown(&counter.code, &officer.code, Some(stage));
                visit(&mut chain, Uuid::from_u128(session), at, What::Shown(question), dice);
            }
            chain.append(store, &chain.batch(before, 500, midnight + DAY_MS)).await;
        }
    }
}

fn visit(chain: &mut Chain, session: Uuid, at: i64, question: What, dice: &mut Dice) {
    chain.push(session, at, question);
    if dice.below(5) == 0 {
        chain.push(session, at + 15_000, What::Abandoned);
        return;
    }
    let level = level(dice);
    chain.push(session, at + 3_000, What::Rated { level });
    let unhappy = !level.is_satisfied();
    if unhappy || dice.below(20) == 0 {
        let reason = REASONS[dice.below(3) as usize];
        let words = ["Chờ hơi lâu", "Hướng dẫn rõ ràng", "Cần thêm ghế ngồi"];
        let comment = words[dice.below(3) as usize];
        let detail = Detailed {
            reasons: if unhappy { vec![reason.into()] } else { Vec::new() },
            comment: Some(format!("{comment} ({})", dice.below(100_000))),
            ..Detailed::default()
        };
        chain.push(session, at + 9_000, What::Detailed(detail));
    }
}
