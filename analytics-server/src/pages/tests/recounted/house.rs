//! A random house: departments, counters, officers who move, procedures whose dossiers come later,
//! visits by tablet and by file, some late, some ruled out, some found odd, some never answered.

use crate::pages::tests::admin::send;
use crate::pages::tests::*;
use crate::storage::dossiers::{Dossier, ImportedDossier};
use crate::storage::enrolments::Applicant;
use crate::storage::events::{Appended, Arrival};
use crate::storage::notes::{Author, NoteKind};
use crate::storage::rows::{
    Counter, Directory, FileColumns, ImportedRating, Officer, Procedure, RatingRow,
    TabletAssignment,
};
use crate::storage::tickets::Ticket;
use protocol::event::{Detailed, Event, Shown, What};
use protocol::exchange::Sent;
use protocol::{Head, Level, Scale, Stage};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// The house and what it knows, as the store has it.
pub(super) struct House {
    _dir: TempDir,
    pub app: App,
    pub rows: Vec<RatingRow>,
    pub directory: Arc<Directory>,
    /// Counters of the site `S1`, by id.
    pub at_site: Vec<i64>,
    /// People served by counter, in September 2023.
    pub served: Vec<(i64, u64)>,
    /// Numbers of the ratings that somebody ruled in, again or as examined.
    pub ruled_in: BTreeSet<i64>,
}

/// Random numbers from a seed (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    fn often(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Words of an earlier system: two of them differ only by a capital.
const WORDS: [&str; 3] = ["Chờ lâu", "chờ lâu", "Thái độ \"chưa\" tốt"];
/// Ids of the questionnaire.
const REASONS: [&str; 3] = ["waiting", "guidance", "attitude_cold"];
const ASPECTS: [&str; 3] = ["spirit", "responsibility", "attitude"];

/// A day of September 2023 at a full minute between seven and eighteen o'clock, or now and then in
/// August or on the first of October.
fn moment(random: &mut Random, now: i64) -> i64 {
    // The clock of the house stands at noon of 1 October.
    let days = match random.below(12) {
        0 => 31 + i64::try_from(random.below(20)).unwrap(),
        1 => 0,
        _ => 1 + i64::try_from(random.below(30)).unwrap(),
    };
    let minute = i64::try_from(random.below(11 * 60)).unwrap() - 5 * 60;
    (now - days * DAY + minute * MINUTE).min(now - MINUTE)
}

/// Most people are satisfied.
fn level(random: &mut Random) -> Level {
    *random.one(&[
        Level::VerySatisfied,
        Level::VerySatisfied,
        Level::Satisfied,
        Level::Satisfied,
        Level::Neutral,
        Level::Dissatisfied,
        Level::VeryDissatisfied,
    ])
}

/// The house of a seed.
pub(super) async fn house(seed: u64) -> House {
    let mut random = Random(seed);
    let (dir, app) = furnish().await;
    visits(&app, &mut random, 1, 60).await;
    import(&app, &mut random, seed, 40).await;
    // Counted once, so that what follows moves what is there.
    let month = crate::period::parse("2023-09", app.centre().policy).unwrap();
    app.figures(&month).await.unwrap();
    move_officer(&app, &mut random).await;
    // Of the same days, and told later.
    visits(&app, &mut random, 2, 40).await;
    import(&app, &mut random, seed + 1_000, 20).await;
    dossiers(&app, &mut random).await;
    let served = tickets(&app, &mut random).await;
    let ruled_in = rule(&app, &mut random).await;
    let rows = app.store.changes_after(0, u32::MAX).await.unwrap();
    let directory = app.store.directory().await.unwrap();
    let sites = app.store.counter_sites().await.unwrap();
    let at_site = sites.counters.iter().map(|(counter, _)| *counter).collect();
    House { _dir: dir, app, rows, directory, at_site, served, ruled_in }
}

/// Three departments; four counters, two of them at a site; five officers; three procedures.
async fn furnish() -> (TempDir, App) {
    let (dir, app) = app().await;
    let now = app.clock.now();
    let department = |code: &str, name: &str| Department {
        id: 0,
        code: code.into(),
        name: name.into(),
        ticket_prefix: None,
    };
    let more = [department("STP", "Sở Tư pháp"), department("SXD", "Sở Xây dựng")];
    app.store.put_departments(&more, now).await.unwrap();
    let counter = |number: i64, department| Counter {
        id: 0,
        code: format!("Q0{number}"),
        name: format!("Quầy số 0{number}"),
        department,
    };
    let site = [("code", "S1"), ("name", "Phường 1"), ("kind", "commune")];
    assert_eq!(send(&app, "/admin/sites/new", &site).await.status(), 303);
    app.store.put_counters(&[counter(1, 1)], now).await.unwrap();
    for (code, department) in [("Q02", "SKHDT"), ("Q03", "STP")] {
        let name = format!("Quầy số {}", &code[1..]);
        let fields = [("code", code), ("name", &*name), ("department", department), ("site", "S1")];
        let added = send(&app, "/admin/counters/new", &fields).await;
        assert_eq!(added.status(), 303, "{}", text(added).await);
    }
    app.store.put_counters(&[counter(4, 3)], now).await.unwrap();
    let officer = |number: i64, department, counter| Officer {
        id: 0,
        code: format!("CC00{number}"),
        name: format!("Nguyễn Văn {number}"),
        title: "Chuyên viên".into(),
        department,
        counter: Some(counter),
    };
    let officers =
        [officer(1, 1, 1), officer(2, 1, 2), officer(3, 2, 3), officer(4, 2, 3), officer(5, 3, 4)];
    app.store.put_officers(&officers, now).await.unwrap();
    let procedure = |number: i64| Procedure {
        id: 0,
        code: format!("{number}.001"),
        name: format!("Thủ tục {number}"),
        field: "Lĩnh vực".into(),
        department: number,
        working_days: 5,
    };
    app.store.put_procedures(&[1, 2, 3].map(procedure), now).await.unwrap();
    (dir, app)
}

/// A tablet of its own at the first counter, by a number; it is carried about.
async fn tablet(app: &App, number: u8) -> Uuid {
    let post = TabletAssignment { counter: 1, officer: None, stage: None, simulated: false };
    // Nothing happens before a tablet's enrolment.
    let now = app.clock.now() - 60 * DAY;
    app.store.add_enrolment_code(&post, [number; 32], now, now + DAY).await.unwrap();
    let id = Uuid::from_u128(number.into());
    let applicant = Applicant {
        code_hash: [number; 32],
        id,
        public_key: [number; 32],
        token_hash: [number; 32],
        app_version: "0.1.0",
    };
    app.store.enrol(&applicant, now).await.unwrap();
    id
}

/// Some visits at a tablet, told all at once: answered, changed, detailed, left, or still open.
async fn visits(app: &App, random: &mut Random, number: u8, count: u64) {
    let tablet = tablet(app, number).await;
    let now = app.clock.now();
    let mut moments: Vec<i64> = (0..count).map(|_| moment(random, now)).collect();
    moments.sort_unstable();
    let mut events = Vec::new();
    for (nth, at) in moments.into_iter().enumerate() {
        let session = Uuid::from_u64_pair(number.into(), nth as u64);
        events.extend(visit(random).into_iter().map(|what| (session, at, what)));
        if random.often(15) {
            // Another one too fast after it.
            let session = Uuid::from_u64_pair(number.into(), 1_000 + nth as u64);
            events.extend(visit(random).into_iter().map(|what| (session, at + 20_000, what)));
        }
    }
    append(app, tablet, events, now).await;
}

/// What happens at one visit.
fn visit(random: &mut Random) -> Vec<What> {
    let officer = 1 + random.below(5);
    let counter = [1, 2, 3, 3, 4][usize::try_from(officer - 1).unwrap()];
    let mut made = vec![What::Shown(Shown {
        counter: format!("Q0{counter}"),
        officer: format!("CC00{officer}"),
        stage: *random.one(&[None, Some(Stage::Receive), Some(Stage::Return)]),
        dossier: random.often(50).then(|| dossier_code(random.below(25))),
        ticket: None,
        invitation: None,
        scale: *random.one(&[Scale::Five, Scale::Five, Scale::Three]),
        questionnaire: 1,
        language: "vi".into(),
    })];
    match random.below(10) {
        0 | 1 => made.push(What::Abandoned),
        2 => {}
        other => {
            made.push(What::Rated { level: three_or_five(random) });
            if other == 3 {
                made.push(What::Changed { level: three_or_five(random) });
            }
            if random.often(60) {
                made.push(What::Detailed(details(random)));
            }
        }
    }
    made
}

async fn append(app: &App, tablet: Uuid, events: Vec<(Uuid, i64, What)>, now: i64) {
    let previous = Head::start(tablet);
    let (mut heads, mut bytes) = (vec![previous], Vec::new());
    for (number, (session, at, what)) in (1..).zip(events) {
        let event = Event { number, session, at, boot: tablet, uptime: 0, what };
        bytes.push(event.to_bytes());
        heads.push(heads.last().unwrap().extend(bytes.last().unwrap()));
    }
    let events: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
    let arrival = Arrival {
        tablet,
        simulated: false,
        previous,
        heads: &heads[1..],
        events: &events,
        sent: Sent { at: now, boot: Uuid::max(), uptime: 0 },
        // Nothing here verifies it.
        signature: [0; 64],
        sent_at: now,
        received_at: now,
        repeat_ms: 60_000,
    };
    let stored = app.store.append_events(&arrival).await.unwrap();
    assert!(matches!(stored, Appended::Stored { quarantined: 0, .. }), "{stored:?}");
}

/// A level that both scales have.
fn three_or_five(random: &mut Random) -> Level {
    *random.one(&[Level::VerySatisfied, Level::Satisfied, Level::Satisfied, Level::Dissatisfied])
}

fn details(random: &mut Random) -> Detailed {
    let mut aspects = std::collections::BTreeMap::new();
    for aspect in ASPECTS {
        if random.often(50) {
            aspects.insert(aspect.to_owned(), level(random));
        }
    }
    let reasons = REASONS.iter().filter(|_| random.often(40)).map(|one| (*one).to_owned());
    Detailed { aspects, reasons: reasons.collect(), comment: None }
}

fn dossier_code(number: u64) -> String {
    format!("H53.02-230914-{number:04}")
}

/// A reason, for some ratings.
fn reason(random: &mut Random) -> Vec<String> {
    random.often(40).then(|| (*random.one(&WORDS)).to_owned()).into_iter().collect()
}

/// Ratings of an earlier system.
async fn import(app: &App, random: &mut Random, seed: u64, count: u64) {
    let directory = app.store.directory().await.unwrap();
    let now = app.clock.now();
    let rows: Vec<ImportedRating> = (0..count)
        .map(|nth| {
            let officer = random.one(&directory.officers);
            ImportedRating {
                id: Uuid::from_u64_pair(seed + 7, nth),
                at: moment(random, now),
                counter: officer.counter.unwrap(),
                officer: officer.id,
                stage: *random.one(&[None, Some(Stage::Receive), Some(Stage::Return)]),
                scale: Scale::Five,
                level: level(random),
                dossier: random.often(50).then(|| dossier_code(random.below(25))),
                reasons: reason(random),
                comment: None,
                told: FileColumns::default(),
                simulated: false,
            }
        })
        .collect();
    app.store.import_ratings(&rows, now).await.unwrap();
}

/// One officer goes to another department; what was rated stays where it was.
async fn move_officer(app: &App, random: &mut Random) {
    let directory = app.store.directory().await.unwrap();
    let officer = random.one(&directory.officers).clone();
    let moved = Officer { id: 0, department: officer.department % 3 + 1, ..officer };
    app.store.put_officers(&[moved], app.clock.now()).await.unwrap();
}

/// The dossiers of some ratings come after these.
async fn dossiers(app: &App, random: &mut Random) {
    let now = app.clock.now();
    let dossier = |number: u64, random: &mut Random| Dossier {
        code: dossier_code(number),
        procedure: 1 + i64::try_from(random.below(3)).unwrap(),
        channel: 1 + i16::try_from(random.below(4)).unwrap(),
        received_at: now - 40 * DAY,
        due_at: now,
        returned_at: None,
        status: "Đang xử lý".into(),
        officer: None,
        counter: None,
    };
    let rows: Vec<ImportedDossier> = (0..18).map(|number| dossier(number, random).into()).collect();
    app.store.put_dossiers(&rows).await.unwrap();
}

/// Queue numbers of the first counters; by counter, how many were served.
async fn tickets(app: &App, random: &mut Random) -> Vec<(i64, u64)> {
    let day = crate::centre_time::local(app.clock.now() - 5 * DAY, &app.zone).date();
    let day = i64::from((day - date(1970, 1, 1)).get_days());
    let mut served = Vec::new();
    let mut rows = Vec::new();
    for counter in 1..=4 {
        let count = 150 + random.below(60);
        served.push((counter, count));
        rows.extend((0..count).map(|nth| {
            let at = app.clock.now() - 5 * DAY + i64::try_from(nth).unwrap();
            Ticket {
                number: format!("A{nth:03}"),
                counter,
                day,
                taken_at: at,
                called_at: Some(at + 1),
                done_at: Some(at + 2),
            }
        }));
    }
    app.store.put_tickets(&rows).await.unwrap();
    served
}

/// Some ratings are ruled out, and some of those ruled in again; some flagged ones are examined and count.
/// The numbers of those that were ruled in.
async fn rule(app: &App, random: &mut Random) -> BTreeSet<i64> {
    let mut ruled_in = BTreeSet::new();
    let rows = app.store.changes_after(0, u32::MAX).await.unwrap();
    let author = Author { user: 1, actor: "test" };
    let now = app.clock.now();
    for row in rows.iter().filter(|row| row.level > 0) {
        if random.often(12) {
            app.store.add_note(row.num, NoteKind::RuledOut, author, "x", now).await.unwrap();
            if random.often(25) {
                app.store.add_note(row.num, NoteKind::RuledIn, author, "y", now).await.unwrap();
                ruled_in.insert(row.num);
            }
        } else if !row.flags.is_empty() && row.num % 3 == 0 {
            app.store.add_note(row.num, NoteKind::RuledIn, author, "z", now).await.unwrap();
            ruled_in.insert(row.num);
        }
    }
    ruled_in
}
