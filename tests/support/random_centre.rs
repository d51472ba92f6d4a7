//! A small centre of random ratings: visits at two tablets that arrive late and out of order,
//! ratings of a file, dossiers that are told later, flags and rulings. Its rows are read back by
//! plain SQL, so that a recount goes past everything that counts in the program.

use crate::chain::shown;
use crate::databases::Fresh;
use crate::server::{Server, enrolled, furnish};
use analytics_server::auth::Role;
use analytics_server::storage::Store;
use analytics_server::storage::notes::{Author, NoteKind};
use analytics_server::storage::rows::{Counter, Department, Officer};
use analytics_server::storage::users::UserData;
use protocol::event::{Detailed, What};
use protocol::{Level, Stage};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// 2026-09-01 00:00 in Viet Nam, in milliseconds since 1970.
pub const SEPTEMBER: i64 = 1_788_195_600_000;
/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// SplitMix64 (Steele, Lea, Flood 2014): repeatable from its seed.
pub struct Dice(u64);

impl Dice {
    /// A generator that gives the same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// One of the things.
    pub fn one<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::try_from(self.below(things.len() as u64)).unwrap()]
    }

    /// A moment of September 2026 within working hours.
    fn moment(&mut self) -> i64 {
        let day = i64::try_from(self.below(28)).unwrap();
        let minute = i64::try_from(self.below(240)).unwrap();
        SEPTEMBER + day * DAY + 7 * 3_600_000 + minute * 60_000
    }
}

/// A visit as its row says, nothing worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainVisit {
    /// Its number.
    pub num: i64,
    /// From a file.
    pub imported: bool,
    /// Codes.
    pub department: String,
    /// Code.
    pub officer: String,
    /// Code.
    pub counter: String,
    /// 1 to 5; none: not answered.
    pub level: Option<i64>,
    /// It ended without an answer.
    pub abandoned: bool,
    /// A ruling took it out of the figures.
    pub ruled_out: bool,
    /// Rules that found it odd.
    pub flags: BTreeSet<String>,
    /// Ids of the reasons.
    pub reasons: BTreeSet<String>,
}

impl PlainVisit {
    /// Whether it is a rating that counts.
    pub fn counts(&self) -> bool {
        self.level.is_some() && !self.ruled_out
    }
}

/// How many of the visits are so.
pub fn count(visits: &[PlainVisit], is: impl Fn(&PlainVisit) -> bool) -> u64 {
    visits.iter().filter(|visit| is(visit)).count() as u64
}

/// Counting visits at each level, best first.
pub fn levels(visits: &[PlainVisit]) -> [u64; 5] {
    [1, 2, 3, 4, 5].map(|level| count(visits, |one| one.counts() && one.level == Some(level)))
}

/// Visits by a code of theirs.
pub fn by(
    visits: &[PlainVisit],
    code: fn(&PlainVisit) -> &String,
) -> BTreeMap<String, Vec<PlainVisit>> {
    let mut groups: BTreeMap<String, Vec<PlainVisit>> = BTreeMap::new();
    for visit in visits {
        groups.entry(code(visit).clone()).or_default().push(visit.clone());
    }
    groups
}

/// Two departments with two counters and three officers.
async fn people(store: &Store) {
    furnish(store).await;
    let second = Department {
        id: 0,
        code: "SCT".into(),
        name: "Sở Công Thương".into(),
        ticket_prefix: None,
    };
    store.put_departments(&[second], 0).await.unwrap();
    let directory = store.directory().await.unwrap();
    let department = directory.departments.iter().find(|one| one.code == "SCT").unwrap().id;
    let counter = Counter { id: 0, code: "Q09".into(), name: "Quầy số 09".into(), department };
    store.put_counters(&[counter], 0).await.unwrap();
    let counter = store.directory().await.unwrap().counter("Q09").unwrap().id;
    let officer = Officer {
        id: 0,
        code: "CC016".into(),
        name: "Nguyễn Văn P".into(),
        title: "Chuyên viên".into(),
        department,
        counter: Some(counter),
    };
    store.put_officers(&[officer], 0).await.unwrap();
}

/// Fills a centre with some visits of September 2026; the server's clock stands in October.
pub async fn fill(server: &Server, fresh: &Fresh, dice: &mut Dice) {
    people(&fresh.store).await;
    let places = [("Q07", "CC013"), ("Q08", "CC015"), ("Q09", "CC016")];
    for (seed, (counter, officer)) in (1..).zip(places) {
        let mut chain = enrolled(server, counter, seed).await;
        let visits = 5 + dice.below(25);
        for visit in 0..visits {
            let session = Uuid::from_u64_pair(u64::from(seed), visit);
            let mut question = shown(
                counter,
                officer,
                dice.one(&[None, Some(Stage::Receive), Some(Stage::Return)]),
            );
            if dice.below(3) == 0 {
                // Few codes, so that some dossiers are rated twice.
                question.dossier = Some(format!("H53.02-260901-{:04}", dice.below(12)));
            }
            let at = dice.moment();
            match dice.below(8) {
                0 => {
                    chain.push(session, at, What::Shown(question));
                    chain.push(session, at + 20_000, What::Abandoned);
                }
                1 => chain.push(session, at, What::Shown(question)),
                _ => {
                    let level = dice.one(&Level::ALL);
                    chain.rate(session, at, question, level);
                    if !level.is_satisfied() {
                        let reasons = vec![dice.one(&["waiting", "attitude"]).to_owned()];
                        let details = Detailed { reasons, ..Detailed::default() };
                        chain.push(session, at, What::Detailed(details));
                    }
                }
            }
        }
        // In pieces, the last of them weeks later.
        let all = chain.events.len();
        let first = usize::try_from(dice.below(all as u64)).unwrap();
        for (after, count, sent_at) in
            [(0, first, SEPTEMBER + 29 * DAY), (first, all, SEPTEMBER + 35 * DAY)]
        {
            if after < all && count > 0 {
                chain.append(&fresh.store, &chain.batch(after, count, sent_at)).await;
            }
        }
    }
    rule(&fresh.store, dice).await;
}

/// Rules some ratings out, and some of those in again.
async fn rule(store: &Store, dice: &mut Dice) {
    let data = UserData {
        name: "kiem-tra".into(),
        full_name: "Nguyễn Văn K".into(),
        role: Role::Auditor,
        departments: [].into(),
        officer: None,
        email: None,
        language: None,
    };
    let user = store.add_user(&data, "test", 0).await.unwrap().unwrap();
    let author = Author { user, actor: "user kiem-tra" };
    for row in store.changes_after(0, 10_000).await.unwrap() {
        if row.level > 0 && dice.below(6) == 0 {
            let now = SEPTEMBER + 36 * DAY;
            store.add_note(row.num, NoteKind::RuledOut, author, "thử máy", now).await.unwrap();
            if dice.below(3) == 0 {
                let why = "đã xem lại";
                store.add_note(row.num, NoteKind::RuledIn, author, why, now + 1).await.unwrap();
            }
        }
    }
}

/// One row of the query below.
type Fields = (i64, i64, String, String, String, Option<i64>, bool, bool, Option<String>);

/// The visits of an SQLite database, by plain SQL.
pub async fn plain_visits(fresh: &Fresh) -> Vec<PlainVisit> {
    let options =
        SqliteConnectOptions::new().filename(fresh.dir.path().join("hai-long.db")).read_only(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let rows: Vec<Fields> = sqlx::query_as(
        "select r.num, r.source, d.code, o.code, c.code, r.level,
           r.abandoned_at is not null and r.level is null, r.ruled_out_at is not null, r.reasons
         from ratings r join departments d on d.id = r.department_id
           join officers o on o.id = r.officer_id join counters c on c.id = r.counter_id
         order by r.num",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let flags: Vec<(i64, String)> = sqlx::query_as(
        "select r.num, f.rule from rating_flags f join ratings r on r.id = f.rating_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    pool.close().await;
    let visit =
        |(num, source, department, officer, counter, level, abandoned, out, reasons): Fields| {
            let reasons = reasons.map(|json| serde_json::from_str(&json).unwrap());
            PlainVisit {
                num,
                imported: source == 2,
                department,
                officer,
                counter,
                level,
                abandoned,
                ruled_out: out,
                flags: flags
                    .iter()
                    .filter(|(of, _)| *of == num)
                    .map(|(_, rule)| rule.clone())
                    .collect(),
                reasons: reasons.unwrap_or_default(),
            }
        };
    rows.into_iter().map(visit).collect()
}
