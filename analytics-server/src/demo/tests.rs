//! The case gives the published totals, and simulated tablets go on where they were.
#![allow(clippy::unwrap_used)]

use super::dice::Dice;
use super::tablet::{Run, State, code};
use super::visit::{Mood, visit};
use super::wire::{Failure, Wire};
use super::*;
use crate::clock::{Clock, fresh_id};
use crate::http::{Listening, router};
use crate::import::Silent;
use crate::invite::{Asker, invite as invite_at};
use crate::period;
use crate::state::App;
use crate::storage::Birth;
use crate::storage::Store;
use crate::storage::rows::TabletAssignment;
use ed25519_dalek::SigningKey;
use protocol::exchange::EnrolRequest;
use protocol::invitation::InviteRequest;
use protocol::settings::Settings;
use protocol::{Level, Stage, What};
use std::net::SocketAddr;
use tempfile::TempDir;

async fn app() -> (TempDir, App) {
    let dir = TempDir::new().unwrap();
    let clock = Clock::system();
    let store = Store::open(dir.path(), None, &Birth::at(&clock).unwrap()).await.unwrap();
    let app = App::open(store, dir.path(), clock).await.unwrap();
    (dir, app)
}

async fn served(app: &App) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(app.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// The reasons of the case's files, by the questionnaire's ids.
const REASONS: [(&str, u64); 6] = [
    ("errand", 38),
    ("explanation", 36),
    ("waiting", 33),
    ("extra_papers", 29),
    ("attitude_cold", 21),
    ("late_result", 19),
];

#[tokio::test]
async fn the_case_gives_the_published_totals() {
    let (_dir, app) = app().await;
    assert!(load(&app, &Silent).await.unwrap());
    assert!(!load(&app, &Silent).await.unwrap(), "the second run loads nothing");
    let period = period::parse("2023-9M", app.centre().policy).unwrap();
    let figures = app.figures(&period).await.unwrap();
    assert!(figures.simulated);
    assert_eq!(figures.ratings.total, 22_471);
    assert_eq!(figures.ratings.satisfied.count, 22_248);
    let levels = figures.ratings.levels.named().map(|(_, count)| count);
    assert_eq!(levels, [17_902, 4_346, 173, 41, 9]);
    let stages = figures.ratings.by_stage;
    assert_eq!((stages.receive, stages.return_, stages.unstated), (11_437, 11_034, 0));
    assert_eq!((figures.tickets, figures.served), (None, None));
    let reasons: Vec<_> =
        figures.reasons.iter().map(|one| (one.id.as_str(), one.ratings)).collect();
    assert_eq!(reasons, REASONS, "the files' words are the questionnaire's reasons");
    assert_eq!(app.store.questionnaires().await.unwrap().len(), 3, "words published once");

    load_more(&app).await.unwrap();
    load_more(&app).await.unwrap();
    let more = app.figures(&period).await.unwrap();
    assert_eq!(more.ratings, figures.ratings, "dossiers change no rating");
    assert_eq!(more.tickets, Some(95_232));
    assert!(more.served > Some(90_000) && more.served < more.tickets);
    let rated: u64 = more.procedures.iter().map(|one| one.ratings.total).sum();
    assert!(rated > 18_000, "{rated}");
    let ratings = |channel| {
        let found = more.channels.iter().find(|one| one.channel == channel);
        found.map_or(0, |one| one.ratings.total)
    };
    assert_eq!(rated, ratings(1) + ratings(2) + ratings(3));
    let year = app.store.received_by_channel(0, i64::MAX).await.unwrap();
    assert_eq!(year, [(1, 82_912), (2, 7_889), (3, 27_015)], "as published");
}

#[tokio::test]
async fn tablets_that_are_set_up_are_not_silent() {
    let (_dir, app) = app().await;
    load(&app, &Silent).await.unwrap();
    super::run::set_up(&app).await.unwrap();
    let heard = async || {
        let contacts = app.store.contacts().await.unwrap();
        assert_eq!(contacts.len(), super::counters::TABLETS);
        contacts.iter().map(|one| app.clock.now() - one.contact_at).max().unwrap()
    };
    assert!(heard().await < 60_000, "silence begins when somebody could have been heard");
    // Started again after a week.
    for contact in app.store.contacts().await.unwrap() {
        let mut tablet = app.store.tablet(contact.tablet).await.unwrap().unwrap();
        tablet.last_contact_at = None;
        app.store.touch(&tablet, app.clock.now() - 7 * 86_400_000).await.unwrap();
    }
    assert!(heard().await > 60_000);
    super::run::set_up(&app).await.unwrap();
    assert!(heard().await < 60_000);
}

#[tokio::test]
async fn a_broken_load_is_taken_up_and_real_data_is_left_alone() {
    let (_dir, demo) = app().await;
    demo.store.put_setting("demo", "loading", "test", 0).await.unwrap();
    assert!(load(&demo, &Silent).await.unwrap());
    let (_other, real) = app().await;
    let department = crate::storage::rows::Department {
        id: 0,
        code: "S".into(),
        name: "Sở".into(),
        ticket_prefix: None,
    };
    real.store.put_departments(&[department], 0).await.unwrap();
    let error = load(&real, &Silent).await.unwrap_err();
    assert!(matches!(error, DemoError::NotEmpty(_)), "{error}");
    assert!(real.store.directory().await.unwrap().counters.is_empty());
}

/// Settings of a tablet at a counter of the case.
fn settings() -> Settings {
    let questionnaire: serde_json::Value =
        serde_json::from_str(include_str!("../../questionnaires/attitude.json")).unwrap();
    serde_json::from_value(serde_json::json!({
        "centre": {}, "time_zone": "Asia/Ho_Chi_Minh",
        "counter": {"code": "Q01", "name": "Quầy số 01"},
        "officer": {"code": "CC001", "name": "A", "title": "", "department": "B"},
        "questionnaire": questionnaire,
        "languages": []
    }))
    .unwrap()
}

#[test]
fn the_weeks_before_have_a_yesterday_with_an_hour_to_find() {
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    // Tuesday, 24 November 2026, 10:00 and Monday, 06:00.
    for (now, last, today) in [(1_795_489_200_000, 23, true), (1_795_388_400_000, 20, false)] {
        let past = history::past(&settings(), now, &zone, &mut Dice::new(3));
        let hour = |at: i64| jiff::Timestamp::from_millisecond(at).unwrap().to_zoned(zone.clone());
        assert!(past.is_sorted_by_key(|(at, _)| *at));
        assert!(past.iter().all(|(at, _)| history::begin(now, &zone) < *at && *at < now));
        assert!(past.iter().all(|(at, _)| (7..17).contains(&hour(*at).hour())));
        assert_eq!(past.iter().any(|(at, _)| hour(*at).day() == 24), today);
        let low = |day: i8, of: &dyn Fn(i8) -> bool| {
            let there =
                past.iter().filter(|(at, _)| hour(*at).day() == day && of(hour(*at).hour()));
            let rated = there.flat_map(|(_, steps)| steps).filter_map(|(_, what)| match what {
                What::Rated { level } => Some(!level.is_satisfied()),
                _ => None,
            });
            let rated: Vec<bool> = rated.collect();
            (rated.iter().filter(|low| **low).count(), rated.len())
        };
        let (nine, others) = (low(last, &|hour| hour == 9), low(last, &|hour| hour != 9));
        assert!(nine.0 * others.1 > 4 * others.0 * nine.1, "{nine:?} against {others:?}");
    }
}

/// A few press again at once, so that an auditor has something to look at.
#[test]
fn a_few_visits_of_the_weeks_before_are_quick_repeats() {
    let zone = jiff::tz::TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let centre: crate::centre::Centre = serde_json::from_str(include_str!("centre.json")).unwrap();
    let (mut quick, mut all) = (0, 0);
    for seed in 0..4 {
        let past = history::past(&settings(), 1_795_489_200_000, &zone, &mut Dice::new(seed));
        all += past.len();
        for pair in past.windows(2) {
            let (begun, steps) = &pair[0];
            let [.., (_, What::Rated { .. })] = steps.as_slice() else { continue };
            let long: u64 = steps.iter().map(|(after, _)| after).sum();
            let gap = pair[1].0 - begun - i64::try_from(long).unwrap();
            let is_rated = matches!(pair[1].1.as_slice(), [_, (_, What::Rated { .. }), ..]);
            quick += usize::from(is_rated && gap < centre.repeat_ms());
        }
    }
    assert!(quick > 0 && quick * 50 < all, "{quick} of {all}");
}

#[test]
fn people_answer_as_in_the_case() {
    let mut dice = Dice::new(7);
    let settings = settings();
    let (mut asked, mut rated, mut very) = (0_u32, 0_u32, 0_u32);
    let (mut aspects, mut reasons, mut comments) = (0_u32, 0_u32, 0_u32);
    for _ in 0..5_000 {
        let steps = visit(&settings, Mood::USUAL, &mut dice).unwrap();
        assert!(matches!(steps[0].1, What::Shown(_)) && steps.len() <= 4);
        asked += 1;
        if let What::Rated { level } = steps[1].1 {
            rated += 1;
            very += u32::from(level == Level::VerySatisfied);
        }
        if let Some((_, What::Detailed(detailed))) = steps.last() {
            aspects += u32::from(!detailed.aspects.is_empty());
            reasons += u32::from(!detailed.reasons.is_empty());
            comments += u32::from(detailed.comment.is_some());
        }
    }
    let percent = |part: u32, whole: u32| part * 100 / whole;
    assert!((77..83).contains(&percent(rated, asked)), "{rated} of {asked}");
    assert!((77..83).contains(&percent(very, rated)), "{very} of {rated}");
    assert!((30..40).contains(&percent(aspects, rated)), "{aspects} of {rated}");
    assert!(reasons > 3 && comments > 3, "{reasons} and {comments}: the steps after low levels");
}

/// A tablet without its pace: what `run` does, step by step.
#[tokio::test]
async fn a_simulated_tablet_goes_on_with_its_chain() {
    let (dir, app) = app().await;
    load(&app, &Silent).await.unwrap();
    let wire = Wire::new(served(&app).await).unwrap();
    let counter = app.store.directory().await.unwrap().counters[0].id;
    let post = TabletAssignment { counter, officer: None, stage: None, simulated: true };
    let key = [7; 32];
    let request = EnrolRequest {
        code: code(&app, &post).await.unwrap(),
        public_key: SigningKey::from_bytes(&key).verifying_key().to_bytes(),
        token: [9; 32],
        app_version: "demo".into(),
        tablet: None,
    };
    let tablet = wire.enrol(&request).await.unwrap().tablet;
    let settings = wire.settings(tablet, &request.token).await.unwrap();
    assert!(settings.simulated);
    let mut state = State::new(tablet, key, request.token);
    let mut dice = Dice::new(1);
    let run = Run::new(fresh_id(), app.clock.now());
    let file = dir.path().join("demo-tablets/x.json");
    let mut events = 0;
    for round in 0..3 {
        let session = fresh_id();
        let now = run.at(app.clock.now());
        for (_, what) in visit(&settings, Mood::USUAL, &mut dice).unwrap() {
            state.record(session, &now, what);
            events += 1;
        }
        state.save(&file).unwrap();
        let batch = state.batch(now).unwrap();
        let answer = wire.send(tablet, &request.token, &batch).await.unwrap();
        assert_eq!(answer.quarantined, 0);
        if round == 1 {
            // Ended before the answer was stored: the same events are sent again and change nothing.
            state = State::load(&file).unwrap();
            continue;
        }
        assert!(state.acknowledge(&answer) && state.pending.is_empty());
        state.save(&file).unwrap();
        state = State::load(&file).unwrap();
    }
    assert_eq!(state.head.number, events);
    let today = app.today();
    let period = period::parse(&format!("{today}..{today}"), app.centre().policy).unwrap();
    let figures = app.figures(&period).await.unwrap();
    assert_eq!((figures.ratings.asked, figures.simulated, figures.quarantined), (3, true, 0));

    // Another chain under the same identity can not go on.
    let mut other = State::new(tablet, key, request.token);
    let now = run.at(app.clock.now());
    other.record(fresh_id(), &now, What::Abandoned);
    let fork = other.batch(now).unwrap();
    let refused = wire.send(tablet, &request.token, &fork).await.unwrap_err();
    assert!(matches!(refused, Failure::Never(_)), "{refused:?}");
}

#[tokio::test]
async fn the_guide_names_what_works() {
    let (_dir, app) = app().await;
    load(&app, &Silent).await.unwrap();
    let address = Listening::at("0.0.0.0:0").await.unwrap().address();
    let text = guide(&app, address).await.unwrap();
    assert!(text.contains(&format!("http://127.0.0.1:{}/?period=2023-9M", address.port())));
    let code = text.split("--enrol ").nth(1).unwrap().split(' ').next().unwrap();
    let request = EnrolRequest {
        code: code.to_owned(),
        public_key: SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes(),
        token: [2; 32],
        app_version: "0".into(),
        tablet: None,
    };
    let wire = Wire::new(served(&app).await).unwrap();
    let tablet = wire.enrol(&request).await.unwrap().tablet;

    super::guide::give_pins(&app).await.unwrap();
    let settings = wire.settings(tablet, &request.token).await.unwrap();
    let officer = settings.officer.unwrap();
    assert!(text.contains(&format!("PIN there is 246810, and officer {} signs", officer.code)));
    assert_eq!(settings.staff.len(), 1);
    assert_eq!(settings.staff[0].officer.code, officer.code);
    assert!(settings.technician_pin.unwrap().starts_with("$argon2id$"));
    let invite = text.split("analytics-server -- invite --counter ").nth(1).unwrap();
    assert!(invite.starts_with(&format!("{} --stage return", settings.counter.code)));
    let request = InviteRequest {
        counter: settings.counter.code,
        stage: Some(Stage::Return),
        dossier: Some("H53.02-230914-0027".into()),
        ..InviteRequest::default()
    };
    invite_at(&app.store, &request, Asker::seeing("test"), fresh_id(), app.clock.now())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_simulated_tablet_answers_an_invitation() {
    let (_dir, app) = app().await;
    load(&app, &Silent).await.unwrap();
    let wire = Wire::new(served(&app).await).unwrap();
    let directory = app.store.directory().await.unwrap();
    let counter = directory.counters[0].clone();
    let officer = directory.usual_officer(counter.id).unwrap().code.clone();
    let place = counter.id;
    let post = TabletAssignment { counter: place, officer: None, stage: None, simulated: true };
    let request = EnrolRequest {
        code: code(&app, &post).await.unwrap(),
        public_key: SigningKey::from_bytes(&[7; 32]).verifying_key().to_bytes(),
        token: [9; 32],
        app_version: "demo".into(),
        tablet: None,
    };
    let tablet = wire.enrol(&request).await.unwrap().tablet;
    let settings = wire.settings(tablet, &request.token).await.unwrap();
    assert!(wire.invitation(tablet, &request.token, None, 0).await.unwrap().is_none());
    let asked = InviteRequest {
        counter: counter.code.clone(),
        stage: Some(Stage::Return),
        officer: Some(officer.clone()),
        dossier: Some("H53.02-230914-0027".into()),
        ..InviteRequest::default()
    };
    let now = app.clock.now();
    invite_at(&app.store, &asked, Asker::seeing("test"), fresh_id(), now).await.unwrap();
    let invitation = wire.invitation(tablet, &request.token, None, 0).await.unwrap().unwrap();
    let mut dice = Dice::new(1);
    let steps = super::invitation::invited(&invitation, &settings, &mut dice).unwrap();
    let What::Shown(shown) = &steps[0].1 else { panic!("a visit begins with its question") };
    assert_eq!((shown.invitation, shown.stage), (Some(invitation.id), Some(Stage::Return)));
    assert_eq!((&*shown.officer, shown.dossier.as_deref()), (&*officer, asked.dossier.as_deref()));

    let mut state = State::new(tablet, [7; 32], request.token);
    let run = Run::new(fresh_id(), now);
    let session = fresh_id();
    for (_, what) in steps {
        state.record(session, &run.at(app.clock.now()), what);
    }
    let batch = state.batch(run.at(app.clock.now())).unwrap();
    assert_eq!(wire.send(tablet, &request.token, &batch).await.unwrap().quarantined, 0);
    let row = app.store.invitation(invitation.id).await.unwrap().unwrap();
    assert!(row.shown && row.session == Some(session));
    let again = wire.invitation(tablet, &request.token, Some(invitation.id), 0).await.unwrap();
    assert!(again.is_none(), "each opens the question once");
}
