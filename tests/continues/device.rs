//! Tablets without a window or a network: the program's own journals, whose batches a test gives to
//! the store as the server's API does, in an order that follows from a seed.

use analytics_server::clock::Clock as ServerClock;
use analytics_server::enrolment::token_hash;
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::{Admission, Applicant};
use analytics_server::storage::events::{Appended, Arrival};
use analytics_server::storage::rows::TabletAssignment;
use ed25519_dalek::{SigningKey, VerifyingKey};
use protocol::exchange::{Batch, Enrolled, Sent};
use protocol::{Head, Level, What};
use std::collections::BTreeMap;
use std::path::Path;
use tablet_app::clock::{Clock, Now, fresh_session, random_bytes};
use tablet_app::entry::Entry;
use tablet_app::journal::{Identity, Journal, Options, Standing};
use tempfile::TempDir;
use uuid::Uuid;
use whole_system_tests::chain::shown;

/// Counters and who serves there.
const POSTS: [(&str, &str); 2] = [("Q07", "CC013"), ("Q08", "CC015")];

/// Copies the data directory of a tablet that does not run.
pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

struct Device {
    home: TempDir,
    journal: Option<Journal>,
    /// Place in `POSTS`.
    post: usize,
    /// A visit that was asked and not answered yet.
    open: Option<Uuid>,
    /// The server does not know it any more.
    refused: bool,
}

impl Device {
    fn journal(&self) -> &Journal {
        self.journal.as_ref().unwrap()
    }

    fn open(home: TempDir, post: usize) -> Self {
        let journal = Journal::open(home.path(), &Clock::start(), Options::default()).unwrap();
        Self { home, journal: Some(journal), post, open: None, refused: false }
    }
}

/// What is to be counted of a visit.
struct Expected {
    counter: &'static str,
    officer: &'static str,
    level: Option<Level>,
}

/// Tablets that are copies of one another, and their server.
pub struct Fleet {
    store: Store,
    devices: Vec<Device>,
    visits: BTreeMap<Uuid, Expected>,
    codes: u8,
    seed: u64,
}

impl Fleet {
    pub async fn new(store: Store, seed: u64) -> Self {
        Self::of(store, seed, None).await
    }

    /// A fleet whose first tablet has this id.
    pub async fn of(store: Store, seed: u64, id: Option<Uuid>) -> Self {
        let device = Device::open(TempDir::new().unwrap(), 0);
        let (devices, visits) = (vec![device], BTreeMap::new());
        let mut fleet = Self { store, devices, visits, codes: 0, seed };
        let fresh = (random_bytes().unwrap(), random_bytes().unwrap());
        let identity = fleet.admit(fresh, id, 0).await;
        fleet.devices[0].journal().put_identity(identity).unwrap();
        fleet
    }

    /// A number below `end` (SplitMix64).
    fn dice(&mut self, end: usize) -> usize {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    /// Shows a fresh code; the identity that the server gives for it.
    async fn admit(
        &mut self,
        (secret_key, token): ([u8; 32], [u8; 32]),
        id: Option<Uuid>,
        post: usize,
    ) -> Identity {
        let now = ServerClock::system().now();
        let (counter, _) = POSTS[post];
        let directory = self.store.directory().await.unwrap();
        let at = directory.counter(counter).unwrap().id;
        self.codes += 1;
        let code_hash = [self.codes; 32];
        let place = TabletAssignment { counter: at, officer: None, stage: None, simulated: false };
        self.store.add_enrolment_code(&place, code_hash, now, now + 1_000_000).await.unwrap();
        let applicant = Applicant {
            code_hash,
            id: id.unwrap_or_else(analytics_server::clock::fresh_id),
            public_key: SigningKey::from_bytes(&secret_key).verifying_key().to_bytes(),
            token_hash: token_hash(&token),
            app_version: "test",
        };
        let admission = self.store.enrol(&applicant, now).await.unwrap();
        let Admission::Admitted { tablet, .. } = admission else { panic!("{admission:?}") };
        let enrolled = Some(Enrolled { tablet, counter: counter.to_owned() });
        Identity { server: "http://one".to_owned(), secret_key, token, enrolled }
    }

    pub async fn something_happens(&mut self) {
        let one = self.dice(self.devices.len());
        match self.dice(20) {
            0..7 => self.rate(one, ServerClock::system().now()),
            7..10 => self.ask_or_answer(one),
            10..14 => {
                let most = 1 + self.dice(6);
                let lost = self.dice(4) == 0;
                self.deliver(one, most, lost).await;
            }
            14..16 if self.devices.len() < 6 => self.clone_of(one),
            16..19 => self.enrol_where_it_must(one).await,
            19 if self.dice(3) == 0 => self.retire(one).await,
            _ => {}
        }
    }

    fn record(&mut self, one: usize, session: Uuid, at: i64, what: Vec<What>) {
        let entries = what.into_iter();
        let at = Now { wall_ms: at, uptime_ms: 0 };
        let entries = entries.map(|what| Entry { session, what, at }).collect();
        self.devices[one].journal().append(entries).unwrap();
    }

    fn rate(&mut self, one: usize, at: i64) {
        let (counter, officer) = POSTS[self.devices[one].post];
        let level = Level::ALL[self.dice(5)];
        let session = fresh_session();
        let asked = What::Shown(shown(counter, officer, None));
        self.record(one, session, at, vec![asked, What::Rated { level }]);
        self.visits.insert(session, Expected { counter, officer, level: Some(level) });
    }

    fn ask_or_answer(&mut self, one: usize) {
        let now = ServerClock::system().now();
        if let Some(session) = self.devices[one].open.take() {
            let level = Level::ALL[self.dice(5)];
            self.record(one, session, now, vec![What::Rated { level }]);
            self.visits.get_mut(&session).unwrap().level = Some(level);
            return;
        }
        let (counter, officer) = POSTS[self.devices[one].post];
        let session = fresh_session();
        self.record(one, session, now, vec![What::Shown(shown(counter, officer, None))]);
        self.visits.insert(session, Expected { counter, officer, level: None });
        self.devices[one].open = Some(session);
    }

    /// The person who stood there when the disk was copied stands before the first tablet.
    fn clone_of(&mut self, one: usize) {
        let home = TempDir::new().unwrap();
        self.devices[one].journal = None;
        copy(self.devices[one].home.path(), home.path());
        let reopened =
            Journal::open(self.devices[one].home.path(), &Clock::start(), Options::default());
        self.devices[one].journal = Some(reopened.unwrap());
        let post = self.devices[one].post;
        let refused = self.devices[one].refused;
        self.devices.push(Device { refused, ..Device::open(home, post) });
    }

    async fn retire(&mut self, one: usize) {
        let tablet = self.devices[one].journal().status().unwrap().tablet.unwrap();
        let now = ServerClock::system().now();
        self.store.retire_tablet(tablet, "test", now).await.unwrap();
    }

    /// As the courier does; `lost`: the last answer does not arrive.
    async fn deliver(&mut self, one: usize, most: usize, lost: bool) {
        let device = &mut self.devices[one];
        let journal = device.journal.as_ref().unwrap();
        let identity = journal.identity().unwrap().unwrap();
        let tablet = identity.enrolled.unwrap().tablet;
        let known = self.store.tablet(tablet).await.unwrap().unwrap();
        device.refused = known.retired;
        if device.refused {
            return;
        }
        let status = journal.status().unwrap();
        if status.pending == 0 || status.forked.is_some() {
            return;
        }
        let slice = journal.batch_after(status.acknowledged, most, 1 << 20).unwrap();
        let key = SigningKey::from_bytes(&identity.secret_key);
        let now = ServerClock::system().now();
        let sent = Sent { at: now, boot: Uuid::nil(), uptime: 0 };
        let batch = Batch::seal(&key, tablet, slice.previous, slice.events, sent);
        let heads = batch.open(&VerifyingKey::from_bytes(&known.public_key).unwrap(), tablet);
        let heads = heads.unwrap();
        let events: Vec<&[u8]> = batch.events.iter().map(|event| event.get().as_bytes()).collect();
        let arrival = Arrival {
            tablet,
            simulated: false,
            previous: Head { number: batch.first - 1, digest: batch.previous },
            heads: &heads,
            events: &events,
            sent,
            signature: batch.signature,
            sent_at: now,
            received_at: now,
            repeat_ms: 60_000,
        };
        let standing = match self.store.append_events(&arrival).await.unwrap() {
            Appended::Stored { .. } if lost => Standing::Same,
            Appended::Stored { head, .. } => journal.acknowledge(head, now).unwrap(),
            Appended::Gap { head } => journal.rewind(head).unwrap(),
            Appended::Fork { .. } => Standing::Other,
        };
        if standing != Standing::Same {
            journal.put_forked(tablet, Some("another chain".to_owned())).unwrap();
        }
    }

    /// Enrols a tablet whose chain can not go on, as the program does.
    async fn enrol_where_it_must(&mut self, one: usize) {
        let forked = self.devices[one].journal().status().unwrap().forked.is_some();
        if !forked && !self.devices[one].refused {
            return;
        }
        let fresh = (random_bytes().unwrap(), random_bytes().unwrap());
        let fresh = self.devices[one].journal().next_identity(fresh).unwrap();
        let post = self.dice(POSTS.len());
        let identity = self.admit(fresh, None, post).await;
        let device = &mut self.devices[one];
        device.journal().continue_as(identity).unwrap();
        device.post = post;
        device.refused = false;
    }

    pub fn one_rates_at(&mut self, at: i64) {
        self.rate(0, at);
    }

    pub async fn retire_and_enrol(&mut self) {
        self.retire(0).await;
        self.devices[0].refused = true;
        self.enrol_where_it_must(0).await;
    }

    /// Until every tablet has delivered everything it has.
    /// So many events at a time.
    pub async fn everything_arrives(&mut self, most: usize) {
        for one in 0..self.devices.len() {
            for _ in 0..1_000 {
                self.deliver(one, most, false).await;
                self.enrol_where_it_must(one).await;
                let device = &self.devices[one];
                if !device.refused && device.journal().status().unwrap().pending == 0 {
                    break;
                }
            }
            assert_eq!(self.devices[one].journal().status().unwrap().pending, 0, "device {one}");
        }
    }

    pub async fn each_visit_is_counted_once(&self) {
        let sessions: Vec<Uuid> = self.visits.keys().copied().collect();
        let directory = self.store.directory().await.unwrap();
        let rows = self.store.visit_rows(&sessions).await.unwrap();
        assert_eq!(rows.len(), sessions.len(), "one row a visit");
        for row in rows {
            let visit = row.visit.unwrap();
            let expected = &self.visits[&row.id];
            let counter = directory.counter(expected.counter).unwrap().id;
            let officer = directory.officer(expected.officer).unwrap().id;
            let place = (visit.place.counter, visit.place.officer);
            assert_eq!(place, (counter, officer), "visit {}", row.id);
            assert_eq!(visit.level, expected.level, "visit {}", row.id);
        }
        let all = self.store.changes_after(0, 100_000).await.unwrap().len();
        assert_eq!(all, sessions.len());
        assert_eq!(self.store.quarantined().await.unwrap(), 0);
    }
}
