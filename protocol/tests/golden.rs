//! Every wire type's JSON, as a picture that a change has to explain.
#![allow(clippy::unwrap_used)]

use ed25519_dalek::SigningKey;
use insta::assert_json_snapshot;
use protocol::chain::{Digest, Head};
use protocol::event::{Continues, Detailed, Event, Post, Shown, What};
use protocol::exchange::{
    Acknowledged, Batch, Broken, EnrolRequest, Enrolled, Problem, ProblemCode, Sent, Wrapped,
    events_path, settings_path,
};
use protocol::heartbeat::{Blocked, Heard, Heartbeat, heartbeat_path};
use protocol::hours::Hours;
use protocol::invitation::{
    INVITATIONS, Invitation, InvitationState, InviteRequest, Invited, invitation_path,
};
use protocol::journal_file::{FORMAT, JournalFile};
use protocol::questionnaire::{Ask, Choice, LevelText, Questionnaire, Step, Timeouts};
use protocol::sealed_file::PublicKey;
use protocol::settings::{Counter, Duty, Language, Officer, Settings, Staff, Texts, Turn};
use protocol::words::{Level, Scale, Stage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use uuid::Uuid;

const SESSION: Uuid = Uuid::from_u128(0x018a_d6f0_7c5b_7000_8000_0000_0000_0001);
const BOOT: Uuid = Uuid::from_u128(2);
const SENT: Sent = Sent { at: 1_695_782_461_000, boot: BOOT, uptime: 346_555 };
const TABLET: Uuid = Uuid::from_u128(3);
const DIGEST: Digest = Digest([0xd1; 32]);
const INVITATION: Uuid = Uuid::from_u128(4);

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
            ticket: Some("B012".into()),
            invitation: Some(INVITATION),
            scale: Scale::Five,
            questionnaire: 1,
            language: "vi".into(),
        }),
        What::Rated { level: Level::VeryDissatisfied },
        What::Changed { level: Level::Satisfied },
        What::Detailed(detailed),
        What::Abandoned,
        What::Superseded,
        What::SignedIn(post()),
        What::SignedOut(post()),
        What::Continues(Continues { tablet: TABLET, head: Head { number: 812, digest: DIGEST } }),
    ]
    .into_iter()
    .zip(1..)
    .map(|(what, number)| event(number, what))
    .collect()
}

fn post() -> Post {
    Post { counter: "Q07".into(), officer: "CC013".into() }
}

fn officer() -> Officer {
    Officer {
        code: "CC013".into(),
        name: "Nguyễn Văn M".into(),
        title: "Chuyên viên".into(),
        department: "Sở Tư pháp".into(),
        photo: None,
    }
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

/// The same of what the other side reads, which may be of an earlier version: it ignores fields that a
/// later one adds, at every level.
fn read_by_all<T: Serialize + DeserializeOwned>(value: &T) -> serde_json::Value {
    let json = round(value);
    let later = serde_json::to_string(&with_more(&json)).unwrap();
    let read: Result<T, _> = serde_json::from_str(&later);
    assert!(read.is_ok(), "{}: {later}", read.err().unwrap());
    json
}

/// One more field in every object. Objects of texts are texts by language, of which there may be more.
fn with_more(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value as V;
    match value {
        V::Object(all) => {
            let texts = !all.is_empty() && all.values().all(V::is_string);
            let more = |name: &str, one: &V| match name {
                // Levels by aspect, of which the questionnaire says which there are.
                "aspects" => one.clone(),
                _ => with_more(one),
            };
            let mut all: serde_json::Map<_, _> =
                all.iter().map(|(name, one)| (name.clone(), more(name, one))).collect();
            all.insert("later".into(), if texts { "x".into() } else { serde_json::json!([{}]) });
            V::Object(all)
        }
        V::Array(all) => all.iter().map(with_more).collect(),
        other => other.clone(),
    }
}

#[test]
fn event_json() {
    for event in events() {
        assert_json_snapshot!(format!("event_{}", event.what.kind()), read_by_all(&event));
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
    assert_json_snapshot!(read_by_all(&request));
    assert_json_snapshot!(read_by_all(&Enrolled { tablet: TABLET, counter: "Q07".into() }));
}

#[test]
fn batch_json() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let batch = batch(&key);
    assert_json_snapshot!(read_by_all(&batch));
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
    assert_json_snapshot!(read_by_all(&Acknowledged {
        head,
        stored: 5,
        quarantined: 1,
        server_time: 1_695_782_461_250,
    }));
    assert_json_snapshot!(read_by_all(&Problem {
        code: ProblemCode::Gap,
        message: "Events 3 to 5 are missing.".into(),
        head: Some(head),
    }));
    assert_json_snapshot!(read_by_all(&Wrapped { wrapped: "eyJmaXJzdCI6MX0".into() }));
    let unknown: ProblemCode = serde_json::from_str("\"a_code_of_tomorrow\"").unwrap();
    assert_eq!(unknown, ProblemCode::Unknown);
}

#[test]
fn settings_json() {
    let choice = |id: &str, vi, en| Choice { id: id.into(), text: texts(vi, en) };
    let step = |after: &[Level], ask| Step { after: after.into(), ask };
    let settings = Settings {
        centre: texts("Trung tâm Phục vụ hành chính công", "Public Administrative Service Center"),
        time_zone: "Asia/Ho_Chi_Minh".into(),
        counter: Counter { code: "Q07".into(), name: "Quầy số 07".into() },
        duty: Duty::SignIn,
        officer: Some(officer()),
        turns: vec![
            Turn { from: 1_695_798_000_000, officer: Some("CC015".into()) },
            Turn { from: 1_695_805_200_000, officer: None },
        ],
        following: vec![Officer { code: "CC015".into(), ..officer() }],
        staff: vec![Staff { officer: officer(), pin: "$argon2id$v=19$…".into() }],
        technician_pin: Some("$argon2id$v=19$…".into()),
        stage: Some(Stage::Return),
        questionnaire: Questionnaire {
            version: 1,
            question: texts("Ông/Bà hài lòng thế nào?", "How satisfied are you?"),
            scale: Scale::Three,
            levels: vec![LevelText {
                level: Level::VerySatisfied,
                text: texts("Rất hài lòng", "Very satisfied"),
            }],
            steps: vec![
                step(
                    &[],
                    Ask::Aspects {
                        text: texts("Ông/Bà đánh giá từng mặt thế nào?", "How was each aspect?"),
                        items: vec![choice("attitude", "Thái độ", "Attitude")],
                    },
                ),
                step(
                    &[Level::Dissatisfied],
                    Ask::Reasons {
                        text: texts("Điều gì cần cải thiện?", "What should improve?"),
                        items: vec![choice("waiting", "Chờ lâu", "Long wait")],
                    },
                ),
                step(&[], Ask::Comment { text: texts("Góp ý", "Comment") }),
            ],
            timeouts: Timeouts::default(),
        },
        languages: vec![Language { code: "vi".into(), name: "Tiếng Việt".into() }],
        hours: Hours { closed: vec!["2026-09-02".into()], ..Hours::usual() },
        notice: texts("Chiều nay nghỉ họp.", "Closed this afternoon."),
        tap_sound: true,
        simulated: false,
        export_key: Some(PublicKey([0xab; 32])),
    };
    assert_json_snapshot!(read_by_all(&settings));
}

#[test]
fn invitation_json() {
    assert_json_snapshot!(round(&InviteRequest {
        id: Some(INVITATION),
        counter: "Q07".into(),
        stage: Some(Stage::Return),
        dossier: Some("H53.02-230914-0027".into()),
        ticket: Some("B012".into()),
        officer: Some("CC013".into()),
    }));
    assert_json_snapshot!(read_by_all(&Invited {
        id: INVITATION,
        counter: "Q07".into(),
        state: InvitationState::Waiting,
        expires_at: 1_695_782_551_250,
    }));
    assert_json_snapshot!(read_by_all(&Invitation {
        id: INVITATION,
        stage: Some(Stage::Return),
        dossier: Some("H53.02-230914-0027".into()),
        ticket: Some("B012".into()),
        officer: Some(officer()),
        valid_ms: 88_500,
    }));
    let states = serde_json::to_string(&[
        InvitationState::Waiting,
        InvitationState::Delivered,
        InvitationState::Shown,
        InvitationState::Answered,
        InvitationState::Abandoned,
        InvitationState::Superseded,
        InvitationState::Expired,
    ]);
    insta::assert_snapshot!(states.unwrap(), @r#"["waiting","delivered","shown","answered","abandoned","superseded","expired"]"#);
}

#[test]
fn heartbeat_json() {
    let least = Heartbeat {
        at: 1_695_782_461_000,
        app_version: "0.1.0".into(),
        uptime: 346_555,
        boots: 3,
        recorded: 12,
        pending: 2,
        skew_ms: None,
        battery: None,
        charging: None,
        storage_free: None,
        officer: None,
        questionnaire: None,
        trouble: None,
        blocked: None,
    };
    assert_json_snapshot!(read_by_all(&least));
    assert_json_snapshot!(read_by_all(&Heartbeat {
        skew_ms: Some(-1_250),
        battery: Some(87),
        charging: Some(true),
        storage_free: Some(12_000_000_000),
        officer: Some("CC013".into()),
        questionnaire: Some(1),
        trouble: Some("full".into()),
        blocked: Some(Blocked { number: 11, since: 1_695_782_400_000, status: Some(403) }),
        ..least
    }));
    let heard = Heard { head: Head::start(TABLET), server_time: 1_695_782_461_000 };
    assert_json_snapshot!(read_by_all(&heard));
}

#[test]
fn journal_file_json() {
    let head = JournalFile {
        format: FORMAT.into(),
        tablet: TABLET,
        counter: "Q07".into(),
        written_at: 1_695_782_461_000,
        events: 12,
        salvaged: false,
    };
    assert_json_snapshot!(read_by_all(&head));
    let line = serde_json::to_string(&head).unwrap();
    assert_eq!(JournalFile::read(&line), Some(head));
    assert_eq!(JournalFile::read(&line.replace("v1", "v2")), None);
    assert_eq!(JournalFile::read("ma_ho_so,muc_do"), None);
}

#[test]
fn paths() {
    insta::assert_snapshot!(INVITATIONS, @"/api/v1/invitations");
    insta::assert_snapshot!(invitation_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/invitation");
    insta::assert_snapshot!(heartbeat_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/heartbeat");
    insta::assert_snapshot!(settings_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/settings");
    insta::assert_snapshot!(events_path(TABLET), @"/api/v1/tablets/00000000-0000-0000-0000-000000000003/events");
}
