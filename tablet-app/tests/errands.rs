//! What the courier does beside the upload: it waits for invitations, tells how the tablet is, and
//! moves it to another counter.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::enrol_link::Admission;
use protocol::exchange::{EnrolRequest, Enrolled};
use protocol::heartbeat::Heartbeat;
use protocol::invitation::Invitation;
use protocol::{Head, Level};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use support::server::{Asked, Reply, http, json, server, server_of_all};
use support::{TABLET, journal, rated, settings};
use tablet_app::clock::Clock;
use tablet_app::courier::policy::Pace;
use tablet_app::courier::{Condition, Courier, EnrolError, KioskFacts, News, transfer};
use tablet_app::journal::Journal;
use tempfile::tempdir;
use uuid::Uuid;

/// Waits short enough for a test.
const PACE: Pace =
    Pace { settings_ms: 60_000, base_ms: 10, ceiling_ms: 50, forked_ms: 60_000, beat_ms: 20 };

/// Far above what anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn start(journal: &Journal, condition: &Condition) -> (Courier, Receiver<News>) {
    let (tell, news) = channel();
    let (clock, condition) = (Clock::start(), condition.clone());
    let told = move |one| drop(tell.send(one));
    (Courier::start(journal.clone(), clock, PACE, condition, told).unwrap(), news)
}

fn invitation(id: u128) -> Invitation {
    Invitation {
        id: Uuid::from_u128(id),
        stage: None,
        dossier: Some("H53.02-230914-0027".to_owned()),
        ticket: None,
        officer: None,
        valid_ms: 90_000,
    }
}

fn invited(news: &Receiver<News>) -> Uuid {
    loop {
        if let News::Invitation(invitation) = news.recv_timeout(PATIENCE).unwrap() {
            return invitation.id;
        }
    }
}

/// A server with settings; `more` answers everything else.
fn serve(mut more: impl FnMut(&Asked) -> Reply + Send + 'static) -> (String, Receiver<Asked>) {
    server_of_all(move |asked| {
        if asked.line.contains("/settings ") {
            let date = "date: Wed, 27 Sep 2023 02:41:00 GMT\r\n";
            return Reply::Aside(http("200 OK", date, &json(&settings())));
        }
        more(asked)
    })
}

#[test]
fn an_invitation_is_shown_once_despite_a_bad_network() {
    let dir = tempdir().unwrap();
    let mut answers = vec![
        Reply::Told(http("200 OK", "", &json(&invitation(2)))),
        Reply::Told(http("204 No Content", "", "")),
        Reply::Told(http("503 Busy", "", "")),
        Reply::Told(http("200 OK", "", &json(&invitation(1)))),
        Reply::Told(String::new()),
    ];
    let (address, asked) = serve(move |asked| {
        if asked.line.contains("/invitation?") {
            answers.pop().unwrap_or(Reply::Never)
        } else {
            Reply::Aside(http("204 No Content", "", ""))
        }
    });
    let journal = journal(dir.path(), &address);
    let (courier, news) = start(&journal, &Condition::default());
    assert_eq!(invited(&news), Uuid::from_u128(1));
    assert_eq!(invited(&news), Uuid::from_u128(2));
    let lines: Vec<String> = (0..5).map(|_| asked.recv_timeout(PATIENCE).unwrap().line).collect();
    assert!(lines[0].contains("/invitation?wait_ms=25000 "), "{lines:?}");
    let seen = format!("&seen={} ", Uuid::from_u128(1));
    assert!(lines[2..].iter().all(|line| line.contains(&seen)), "{lines:?}");
    drop(courier);

    // After a restart the tablet still knows which one it has shown.
    let (tell, first) = channel();
    let (address, _asked) = serve(move |asked| {
        if asked.line.contains("/invitation?") {
            let _ = tell.send(asked.line.clone());
        }
        Reply::Never
    });
    let mut identity = journal.identity().unwrap().unwrap();
    identity.server = address;
    journal.put_identity(identity).unwrap();
    let (_courier, _news) = start(&journal, &Condition::default());
    let line = first.recv_timeout(PATIENCE).unwrap();
    assert!(line.contains(&format!("&seen={}", Uuid::from_u128(2))), "{line}");
}

#[test]
fn a_server_without_invitations_is_asked_less_and_less() {
    let dir = tempdir().unwrap();
    let (address, asked) = serve(|asked| {
        if asked.line.contains("/invitation?") {
            Reply::Told(http("404 Not Found", "", r#"{"code":"not_found","message":"No."}"#))
        } else {
            Reply::Aside(http("204 No Content", "", ""))
        }
    });
    let journal = journal(dir.path(), &address);
    let (_courier, _news) = start(&journal, &Condition::default());
    std::thread::sleep(Duration::from_millis(500));
    let times = asked.try_iter().count();
    assert!((2..=250).contains(&times), "asked {times} times in half a second");
    journal.append(rated(Level::Satisfied, 0)).unwrap();
}

#[test]
fn a_heartbeat_tells_how_the_tablet_is() {
    let dir = tempdir().unwrap();
    let (address, requests) = serve(|asked| {
        if asked.line.contains("/heartbeat ") {
            Reply::Told(http("204 No Content", "", ""))
        } else {
            Reply::Never
        }
    });
    let journal = journal(dir.path(), &address);
    let condition = Condition::default();
    let (officer, questionnaire) = (Some("CC05".to_owned()), Some(3));
    condition.tell(KioskFacts { officer: officer.clone(), questionnaire, trouble: Some("full") });
    let (_courier, news) = start(&journal, &condition);
    let asked = requests.recv_timeout(PATIENCE).unwrap();
    assert!(asked.line.starts_with(&format!("POST /api/v1/tablets/{TABLET}/heartbeat ")));
    assert!(asked.head.contains(&format!("authorization: Bearer {}", "09".repeat(32))));
    let beat: Heartbeat = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!((beat.officer, beat.questionnaire), (officer, questionnaire));
    assert_eq!((beat.trouble.as_deref(), beat.pending, beat.boots), (Some("full"), 0, 1));
    assert!(beat.storage_free.unwrap() > 0);
    // By the date of 2023 that came with the settings this clock is years ahead.
    let later = std::iter::from_fn(|| requests.recv_timeout(PATIENCE).ok());
    let mut later = later.map(|asked| serde_json::from_slice::<Heartbeat>(&asked.body).unwrap());
    assert!(later.any(|beat| beat.skew_ms.is_some_and(|skew| skew > 365 * 24 * 3_600_000)));
    assert!(news.try_iter().any(|one| matches!(one, News::Time(time) if time.skew() > Some(0))));
}

fn code(code: &str) -> Admission {
    Admission { server: None, code: code.to_owned() }
}

#[test]
fn a_tablet_moves_to_another_counter_with_its_chain() {
    let dir = tempdir().unwrap();
    let (address, asked) = server(|asked| {
        if asked.line.starts_with("GET") {
            let mut settings = settings();
            settings.counter.code = "Q09".to_owned();
            return http("200 OK", "", &json(&settings));
        }
        let request: EnrolRequest = serde_json::from_slice(&asked.body).unwrap();
        match request.code.as_str() {
            "RIGHT" => {
                http("200 OK", "", &json(&Enrolled { tablet: TABLET, counter: "Q09".into() }))
            }
            _ => http(
                "403 Forbidden",
                "",
                r#"{"code":"bad_code","message":"The code is not known."}"#,
            ),
        }
    });
    let journal = journal(dir.path(), &address);
    let head = journal.append(rated(Level::Satisfied, 0)).unwrap();
    let error = transfer(&journal, &code("WRONG")).unwrap_err();
    assert!(error.to_string().contains("The code is not known."), "{error}");
    assert_eq!(journal.status().unwrap().counter.as_deref(), Some("Q05"), "nothing changed");

    let other = "http://127.0.0.1:1".to_owned();
    let elsewhere = Admission { server: Some(other.clone()), ..code("WRONG") };
    let error = transfer(&journal, &elsewhere).unwrap_err();
    assert!(matches!(&error, EnrolError::Another { theirs, .. } if *theirs == other), "{error}");

    // The server under another name.
    let named = Admission { server: Some(other), ..code(" RIGHT ") };
    assert_eq!(transfer(&journal, &named).unwrap().counter, "Q09");
    let request: EnrolRequest = asked
        .iter()
        .skip(2)
        .map(|asked| serde_json::from_slice(&asked.body).unwrap())
        .next()
        .unwrap();
    assert_eq!(request.tablet, Some(TABLET), "the same tablet");
    let status = journal.status().unwrap();
    assert_eq!((status.counter.as_deref(), status.recorded), (Some("Q09"), 1));
    assert_eq!(status.head_digest, Some(head.digest));
    assert_eq!(journal.settings().unwrap().unwrap().0.counter.code, "Q09");
    let next = journal.append(rated(Level::Neutral, 0)).unwrap();
    assert_eq!(next.number, 2);
    assert_ne!(next, Head::start(TABLET));
}
