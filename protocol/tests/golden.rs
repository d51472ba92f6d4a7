//! Every wire type's JSON, as a picture that a change has to explain.
#![allow(clippy::unwrap_used)]

use ed25519_dalek::SigningKey;
use insta::assert_json_snapshot;
use protocol::chain::{Digest, Head};
use protocol::event::{Detailed, Event, Shown, What};
use protocol::exchange::{
    Acknowledged, Batch, Broken, EnrolRequest, Enrolled, Problem, ProblemCode, Sent, events_path,
    settings_path,
};
use protocol::settings::{
    Counter, Language, LevelText, Officer, Question, Settings, Texts, Timeouts,
};
use protocol::words::{Level, Scale, Stage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

const SESSION: Uuid = Uuid::from_u128(0x018a_d6f0_7c5b_7000_8000_0000_0000_0001);
const BOOT: Uuid = Uuid::from_u128(2);
const SENT: Sent = Sent { at: 1_695_782_461_000, boot: BOOT, uptime: 346_555 };
const TABLET: Uuid = Uuid::from_u128(3);

fn event(number: u64, what: What) -> Event {
    Event { number, session: SESSION, at: 1_695_782_460_123, boot: BOOT, uptime: 345_678, what }
}

fn events() -> Vec<Event> {
    let detailed = Detailed {
        aspects: [("attitude".to_owned(), Level::Dissatisfied)].into(),
        reasons: vec!["waiting".to_owned()],
        comment: Some("Chờ hơi lâu".to_owned()),
    };
    [
        What::Shown(Shown {
            counter: "Q07".into(),
            officer: "CC013".into(),
            stage: Some(Stage::Return),
            dossier: Some("H53.02-230914-0027".into()),
            scale: Scale::Five,
            questionnaire: 1,
            language: "vi".into(),
        }),
        What::Rated { level: Level::VeryDissatisfied },
        What::Changed { level: Level::Satisfied },
        What::Detailed(detailed),
        What::Abandoned,
    ]
    .into_iter()
    .zip(1..)
    .map(|(what, number)| event(number, what))
    .collect()
}

fn texts(vi: &str, en: &str) -> Texts {
    [("vi".to_owned(), vi.to_owned()), ("en".to_owned(), en.to_owned())].into()
}

fn batch(key: &SigningKey) -> Batch {
    let raw = events()
        .iter()
        .map(|event| RawValue::from_string(String::from_utf8(event.to_bytes()).unwrap()).unwrap())
        .collect();
    Batch::seal(key, TABLET, Head::start(TABLET), raw, SENT)
}

/// Writes, reads back and writes again: the same JSON both times.
fn round<T: Serialize + DeserializeOwned>(value: &T) -> serde_json::Value {
    let once = serde_json::to_string(value).unwrap();
    let again: T = serde_json::from_str(&once).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), once);
    serde_json::from_str(&once).unwrap()
}

#[test]
fn event_json() {
    for event in events() {
        assert_json_snapshot!(format!("event_{}", event.what.kind()), round(&event));
        assert_eq!(Event::read(&event.to_bytes(), event.number), Ok(event));
    }
}

#[test]
fn enrolment_json() {
    let request = EnrolRequest {
        code: "7KQ2-M9XF".into(),
        public_key: [1; 32],
        token: [2; 32],
        app_version: "0.1.0".into(),
        tablet: None,
    };
    assert_json_snapshot!(round(&request));
    assert_json_snapshot!(round(&Enrolled { tablet: TABLET, counter: "Q07".into() }));
}

#[test]
fn batch_json() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let batch = batch(&key);
    assert_json_snapshot!(round(&batch));
    let heads = batch.open(&key.verifying_key(), TABLET).unwrap();
    assert_eq!(heads.len(), batch.events.len());
    assert_eq!(heads.last().unwrap().digest, batch.digest);
}

#[test]
fn a_batch_that_was_touched_does_not_open() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let open = |batch: &Batch| batch.open(&key.verifying_key(), TABLET).unwrap_err();

    let mut touched = batch(&key);
    touched.events[1] = RawValue::from_string("{}".into()).unwrap();
    assert_eq!(open(&touched), Broken::WrongDigest);

    let mut later = batch(&key);
    later.sent.at += 1;
    assert_eq!(open(&later), Broken::WrongSignature);

    let mut moved = batch(&key);
    moved.first += 1;
    assert_eq!(open(&moved), Broken::WrongSignature);

    let mut zero = batch(&key);
    zero.first = 0;
    assert_eq!(open(&zero), Broken::NumberedFromZero);

    for first in [u64::MAX, u64::MAX - 2, i64::MAX.unsigned_abs()] {
        let mut huge = batch(&key);
        huge.first = first;
        assert_eq!(open(&huge), Broken::NumbersTooLarge);
    }

    let mut empty = batch(&key);
    empty.events.clear();
    assert_eq!(open(&empty), Broken::Empty);
}

#[test]
fn answer_json() {
    let head = Head { number: 5, digest: Digest([9; 32]) };
    assert_json_snapshot!(round(&Acknowledged {
        head,
        stored: 5,
        quarantined: 1,
        server_time: 1_695_782_461_250,
    }));
    assert_json_snapshot!(round(&Problem {
        code: ProblemCode::Gap,
        message: "Events 3 to 5 are missing.".into(),
        head: Some(head),
    }));
    let unknown: ProblemCode = serde_json::from_str("\"a_code_of_tomorrow\"").unwrap();
    assert_eq!(unknown, ProblemCode::Unknown);
}

#[test]
fn settings_json() {
    let settings = Settings {
        centre: texts("Trung tâm Phục vụ hành chính công", "Public Administrative Service Center"),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        counter: Counter { code: "Q07".into(), name: "Quầy số 07".into() },
        officer: Some(Officer {
            code: "CC013".into(),
            name: "Nguyễn Văn M".into(),
            title: "Chuyên viên".into(),
            department: "Sở Tư pháp".into(),
            photo: None,
        }),
        stage: Some(Stage::Return),
        question: Question {
            version: 1,
            text: texts("Ông/Bà hài lòng thế nào?", "How satisfied are you?"),
            scale: Scale::Three,
            levels: vec![LevelText {
                level: Level::VerySatisfied,
                text: texts("Rất hài lòng", "Very satisfied"),
            }],
        },
        languages: vec![Language { code: "vi".into(), name: "Tiếng Việt".into() }],
        timeouts: Timeouts::default(),
        simulated: false,
    };
    assert_json_snapshot!(round(&settings));
}

#[test]
fn paths() {
    insta::assert_snapshot!(settings_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/settings");
    insta::assert_snapshot!(events_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/events");
}
