//! A day at a counter, played by a script on a real window: citizens who tap, who tell why, who
//! choose again, who walk away; a child that drums on the glass; officers who sign in; invitations;
//! a network that breaks, is slow or filters words; a power cord that is pulled; clocks of 2020 and of
//! 2099; a server that is restored from a backup; a disk that is copied to another tablet. Each
//! person who was thanked is counted once, for the officer who served them, and the server's figures agree
//! tap by tap.
//!
//! It plays every kind of visit once, some four minutes; `HAI_LONG_COUNTER_MINUTES=30` makes it as long
//! as wanted, and `HAI_LONG_COUNTER_SEED` another day of it.
#![allow(clippy::unwrap_used)]

#[path = "counter_day/robot.rs"]
mod robot;
#[path = "counter_day/site.rs"]
mod site;
#[path = "counter_day/visits.rs"]
mod visits;

use analytics_server::centre::Centre;
use analytics_server::clock::Clock;
use analytics_server::pin;
use analytics_server::state::App;
use protocol::event::Detailed;
use protocol::hours::Hours;
use protocol::questionnaire::Timeouts;
use protocol::settings::Settings;
use protocol::{Event, Level, What};
use robot::{Robot, Told};
use site::Site;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Mutex;
use uuid::Uuid;
use whole_system_tests::databases::{Fresh, sqlite};
use whole_system_tests::proxy::Proxy;
use whole_system_tests::server::{Server, furnish};
use whole_system_tests::tablet::{Tablet, enrol_at};

/// PIN of the officer who may sign in.
const OFFICER_PIN: &str = "1357";

fn minutes() -> u64 {
    std::env::var("HAI_LONG_COUNTER_MINUTES").map_or(1, |text| text.parse().unwrap())
}

fn seed() -> u64 {
    std::env::var("HAI_LONG_COUNTER_SEED").map_or(7, |text| text.parse().unwrap())
}

/// A centre that never closes, whose screens wait as short as they may, and whose officer has a
/// PIN.
async fn prepare(fresh: &Fresh) {
    let store = &fresh.store;
    furnish(store).await;
    let centre = Centre { hours: Hours::default(), ..Centre::default() };
    App::put_centre(store, &centre, "test", 0).await.unwrap();
    let officer = store.directory().await.unwrap().officer("CC013").unwrap().id;
    let hash = pin::hash(OFFICER_PIN).unwrap();
    store.put_pin(officer, Some(&hash), "test", 0).await.unwrap();
}

async fn hurry(server: &Server) {
    let store = &server.app.store;
    let mut questionnaire = store.questionnaire(None).await.unwrap().unwrap().questionnaire;
    questionnaire.timeouts =
        Timeouts { answer_ms: 5_000, undo_ms: 2_000, step_ms: 5_000, comment_ms: 10_000 };
    questionnaire.check().unwrap();
    store.publish_questionnaire(&questionnaire, "test", 1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_at_a_counter_loses_and_doubles_nothing() {
    let fresh = sqlite().await;
    prepare(&fresh).await;
    let server = Server::start(&fresh, Clock::system()).await;
    hurry(&server).await;
    let proxy = Proxy::start(server.address, seed()).await;
    proxy.set_broken(false);
    let code = server.code("Q07").await;
    let home = TempDir::new().unwrap();
    let (dir, url) = (home.path().to_owned(), proxy.url());
    let settings: Arc<Settings> = tokio::task::spawn_blocking(move || {
        enrol_at(&dir, &url, &code).unwrap();
        let tablet = Tablet::start(&dir);
        let settings = tablet.journal.settings().unwrap().unwrap().0;
        tablet.stop();
        Arc::new(settings)
    })
    .await
    .unwrap();

    let tablet = server.app.store.tablets().await.unwrap()[0].id;
    let play = Duration::from_secs(60 * minutes());
    let dir = home.path().to_owned();
    let site = Arc::new(Mutex::new(Site::new(fresh, server, proxy)));
    let (for_robot, handle) = (Arc::clone(&site), tokio::runtime::Handle::current());
    let (told, elsewhere) = tokio::task::spawn_blocking(move || {
        let mut robot = Robot::new(dir, settings, for_robot, handle, seed());
        robot.play(play);
        robot.finish()
    })
    .await
    .unwrap();

    let site = site.lock().await;
    let server = site.server();
    let journal = robot::journal(home.path()).await;
    let events = server.app.store.events_after(tablet, 0, u32::MAX).await.unwrap();
    assert_eq!(events.len(), journal.len(), "every event arrived");
    for ((_, bytes), own) in events.iter().zip(&journal) {
        assert_eq!(bytes, own, "byte for byte");
    }
    agree(
        &told,
        &events.iter().map(|(head, bytes)| (head.number, bytes.clone())).collect::<Vec<_>>(),
    );

    let figures = server.recent_figures().await;
    let count = |level: Level| {
        let here = told.iter().filter(|one| one.level() == Some(level)).count();
        let there = elsewhere.iter().filter(|one| **one == level).count();
        (here + there) as u64
    };
    let by_level = Level::ALL.map(count);
    let (here, there) = (told.len(), elsewhere.len());
    println!("{here} visits and {there} at copies; ratings by level {by_level:?}");
    assert_eq!(figures.ratings.levels.named().map(|(_, n)| n), by_level);
    assert_eq!(figures.ratings.total, by_level.iter().sum::<u64>());
    let asked = told.iter().filter(|one| !matches!(one, Told::Duty)).count() as u64;
    assert_eq!(figures.ratings.asked, asked + elsewhere.len() as u64);
    assert_eq!(figures.quarantined, 0);
    for (officer, expected) in [("CC013", figures.ratings.total), ("CC015", 0)] {
        let group = figures.officers.iter().find(|one| one.code == officer);
        assert_eq!(group.map_or(0, |one| one.ratings.total), expected, "{officer}");
    }
}

/// What the script did, visit by visit, and what the chain says.
fn agree(told: &[Told], events: &[(u64, Vec<u8>)]) {
    #[derive(Default)]
    struct Visit {
        level: Option<Level>,
        added: Detailed,
        unanswered: Option<&'static str>,
        duty: bool,
    }
    let mut order: Vec<Uuid> = Vec::new();
    let mut visits: HashMap<Uuid, Visit> = HashMap::new();
    for (number, bytes) in events {
        let event = Event::read(bytes, *number).unwrap();
        if !visits.contains_key(&event.session) {
            order.push(event.session);
        }
        let visit = visits.entry(event.session).or_default();
        match event.what {
            What::Shown(_) => {}
            What::Rated { level } => {
                assert_eq!(visit.level.replace(level), None, "rated twice");
            }
            What::Changed { level } => visit.level = Some(level),
            What::Detailed(added) => visit.added = added,
            What::Abandoned => visit.unanswered = Some("abandoned"),
            What::Superseded => visit.unanswered = Some("superseded"),
            What::Declined => visit.unanswered = Some("declined"),
            What::OfficerDisputed => visit.unanswered = Some("officer_disputed"),
            What::SignedIn(_) | What::SignedOut(_) => visit.duty = true,
            What::Continues(_) => panic!("this tablet is nobody else's continuation"),
        }
    }
    for (at, (session, told)) in order.iter().zip(told).enumerate() {
        let visit = &visits[session];
        match told {
            Told::Duty => assert!(visit.duty, "visit {at}: {told:?}"),
            Told::Unanswered(how) => assert_eq!(visit.unanswered, Some(*how), "visit {at}"),
            Told::Rated(level, added) => {
                assert_eq!(visit.level, Some(*level), "visit {at}: {told:?}");
                if let Some(added) = added {
                    assert_eq!(&visit.added, added, "visit {at}");
                }
            }
        }
    }
    assert_eq!(order.len(), told.len(), "as many visits as were played");
}
