//! The rules by examples and by promises, the thresholds' limits, the waits, and where webhooks go.
#![allow(clippy::unwrap_used)]

use super::address::{NoAddress, is_reserved, machines, read};
use super::occurrence::AlertOwner;
use super::rules::{
    self, bursts, is_under, low_with_reason, open_for, tablet_blocked, tablet_silent,
};
use super::*;
use crate::config::{MailSettings, Security};
use crate::scope::Scope;
use crate::stats::measures::wilson;
use crate::storage::alert_reads::{ContactRow, RatedRow, ShareRow};
use proptest::prelude::*;
use protocol::heartbeat::Blocked;
use protocol::hours::Hours;
use protocol::settings::Texts;
use uuid::Uuid;

fn rated(level: u8, reasons: Option<&str>, comment: bool) -> RatedRow {
    RatedRow {
        id: Uuid::from_u128(7),
        tablet: Uuid::from_u128(1),
        counter: 3,
        officer: 4,
        department: 2,
        simulated: false,
        level,
        questionnaire: 1,
        reasons: reasons.map(str::to_owned),
        comment,
        handled: false,
        answered_at: 1_000,
    }
}

fn words(id: &str) -> Texts {
    [("vi".to_owned(), id.to_uppercase())].into()
}

#[test]
fn a_low_level_needs_a_reason_or_a_comment() {
    for (level, reasons, comment, expected) in [
        (5, Some(r#"["waiting"]"#), false, true),
        (4, None, true, true),
        (4, None, false, false),
        (4, Some("[]"), false, false),
        (3, Some(r#"["waiting"]"#), true, false),
        (1, Some(r#"["waiting"]"#), true, false),
    ] {
        let found = low_with_reason(&rated(level, reasons, comment), words);
        assert_eq!(found.is_some(), expected, "{level} {reasons:?} {comment}");
    }
    let handled = RatedRow { handled: true, ..rated(5, Some(r#"["waiting"]"#), true) };
    assert_eq!(low_with_reason(&handled, words), None, "its alert would stay open");
    let found = low_with_reason(&rated(5, Some(r#"["waiting"]"#), true), words).unwrap();
    assert_eq!(found.key, format!("low_with_reason:{}", Uuid::from_u128(7)));
    assert_eq!((found.place.department, found.place.counter), (Some(2), Some(3)));
    let AlertDetail::LowWithReason { reasons, comment, .. } = found.what else { panic!() };
    assert_eq!((reasons[0]["vi"].as_str(), comment), ("WAITING", true));
}

#[test]
fn shares_are_told_of_departments_counters_and_officers_once_for_each_cause() {
    let row = |counter, officer, ratings, satisfied| ShareRow {
        department: 1,
        counter,
        officer,
        ratings,
        satisfied,
        simulated: 0,
    };
    let rows = [row(1, 1, 40, 10), row(2, 2, 60, 60), row(2, 3, 20, 0)];
    let found = rules::share_under_limit(&rows, &Thresholds::default(), 0);
    let subjects: Vec<_> = found.iter().map(|one| one.subject.as_str()).collect();
    // Counter 2 has 60 of 80, of which the interval reaches over the limit; officer 3 has too few.
    // All of counter 1 is officer 1; department 1 is under the limit also because of officer 3.
    assert_eq!(subjects, ["officer 1", "department 1"]);
    let AlertDetail::ShareUnderLimit { also, .. } = &found[0].what else { panic!() };
    assert_eq!(also[..], [AlertSubject { kind: SubjectKind::Counter, id: 1 }]);
    let later = rules::share_under_limit(&rows, &Thresholds::default(), 8 * 86_400_000);
    assert!(later.iter().zip(&found).all(|(later, found)| later.key != found.key));
    let moved = ShareRow { department: 2, ..row(1, 1, 40, 10) };
    let found = rules::share_under_limit(&[rows[0], moved], &Thresholds::default(), 0);
    let officer = found.iter().find(|one| one.kind == "officer").unwrap();
    assert_eq!(officer.place.department, None, "of two departments: only who sees all is told");
}

#[test]
fn a_tablet_is_silent_only_while_the_centre_is_open() {
    const MINUTE: i64 = 60_000;
    let contact = |ago: i64| ContactRow {
        tablet: Uuid::from_u128(1),
        counter: 1,
        department: 1,
        simulated: false,
        contact_at: 100 * MINUTE - ago * MINUTE,
        continued: false,
    };
    let hours = Hours::usual();
    let open = |minute| open_for(&hours, 1, "2026-11-23", minute);
    assert_eq!(open(7 * 60 - 1), None);
    assert_eq!(open(7 * 60), Some(0));
    assert_eq!(open(13 * 60 + 40), Some(10), "since the end of the noon");
    assert_eq!(open_for(&hours, 6, "2026-11-28", 600), None);
    assert_eq!(open_for(&Hours::default(), 6, "2026-11-28", 600), Some(u16::MAX));
    for (ago, open, expected) in [
        (15, Some(60), true),
        (14, Some(60), false),
        (900, Some(14), false),
        (900, Some(15), true),
        (900, None, false),
    ] {
        let found = tablet_silent(&contact(ago), open, 15, 100 * MINUTE);
        assert_eq!(found.is_some(), expected, "{ago} {open:?}");
    }
    let blocked = Blocked { number: 7, since: 5, status: Some(403) };
    let tablet = Uuid::from_u128(1);
    let key = |blocked: &Blocked| tablet_blocked(tablet, AlertOwner::default(), blocked).key;
    assert_eq!(key(&blocked), format!("tablet_blocked:{tablet}:7:5"));
    let once = tablet_silent(&contact(20), Some(60), 15, 100 * MINUTE).unwrap();
    let again = tablet_silent(&contact(20), Some(61), 15, 101 * MINUTE).unwrap();
    assert_eq!(once.key, again.key, "one silence is one alert");
}

proptest! {
    #[test]
    fn a_share_is_never_told_with_too_few_or_above_the_limit(
        ratings in 0_u64..500, part in 0_u64..=100, percent in 1_u32..=100, certain: bool,
    ) {
        let thresholds =
            Thresholds {
                share_percent: Percent::whole(percent),
                share_certain: certain,
                ..Thresholds::default()
            };
        let satisfied = ratings * part / 100;
        if is_under(satisfied, ratings, &thresholds) {
            prop_assert!(ratings >= 30);
            prop_assert!((satisfied as f64 / ratings as f64) < f64::from(percent) / 100.0);
            if certain {
                let (_, high) = wilson(satisfied, ratings).unwrap();
                prop_assert!(high < f64::from(percent) / 100.0);
            }
            // What is certain is also said by the share alone.
            let plain = Thresholds { share_certain: false, ..thresholds };
            prop_assert!(is_under(satisfied, ratings, &plain));
        }
    }

    #[test]
    fn a_burst_is_found_exactly_where_there_is_one(
        mut moments in prop::collection::vec(0_i64..3_600_000, 0..60), taps in 2_u32..8,
    ) {
        moments.sort_unstable();
        let count = taps as usize;
        let is_one = moments.windows(count).any(|window| window[count - 1] - window[0] < 60_000);
        let found = bursts(&moments, taps);
        prop_assert_eq!(!found.is_empty(), is_one);
        for first in found.values() {
            let within = moments.iter().filter(|at| (*first..first + 60_000).contains(*at));
            prop_assert!(within.count() >= count);
        }
    }

    #[test]
    fn waits_grow_and_end_after_a_day(dice: u8, created in 0_i64..1_000_000) {
        let mut now = created;
        let mut before = 0;
        let mut attempts = 0;
        loop {
            attempts += 1;
            prop_assert!(attempts < 60, "it is given up");
            let Some(at) = retry_at(attempts, created, now, dice) else { break };
            let wait = at - now;
            prop_assert!(wait >= before && wait >= 7_500 && at - created <= 86_400_000);
            before = wait;
            now = at;
        }
        prop_assert!(attempts > 8, "not before some hours");
    }
}

#[test]
fn a_threshold_without_sense_is_refused_by_its_field() {
    let mut thresholds = Thresholds::default();
    assert_eq!(thresholds.check(), Ok(()));
    let texts = locales::texts("vi");
    for bound in Thresholds::BOUNDS {
        for typed in ["", "x", "-1", "1.55", "999999999999", "0"] {
            assert_eq!(
                thresholds.set(bound, typed),
                Err(ThresholdError(bound)),
                "{} {typed}",
                bound.field
            );
        }
        assert_eq!(thresholds.set(bound, "12,5").is_ok(), bound.has_tenths(), "{}", bound.field);
        thresholds.set(bound, &format!(" {} ", bound.until)).unwrap();
        assert_eq!(thresholds.written(bound.field, texts), Some(bound.until.to_string()));
    }
    thresholds.set(Thresholds::BOUNDS[0], "98,5").unwrap();
    assert_eq!(thresholds.written("share_percent", texts).as_deref(), Some("98,5"));
    let plain = Thresholds {
        share_percent: thresholds.share_percent,
        share_certain: false,
        ..Thresholds::default()
    };
    assert!(is_under(984, 1_000, &plain) && !is_under(985, 1_000, &plain));
    let json = serde_json::to_string(&thresholds).unwrap();
    assert_eq!(serde_json::from_str::<Thresholds>(&json).unwrap(), thresholds);
    assert_eq!(serde_json::from_str::<Thresholds>("{}").unwrap(), Thresholds::default());
    assert!(serde_json::from_str::<Thresholds>(r#"{"share":1}"#).is_err());
    let wrong = Thresholds { burst_taps: 1, ..Thresholds::default() };
    assert!(wrong.check().unwrap_err().to_string().contains("burst_taps"));
}

#[test]
fn a_rule_is_off_only_where_somebody_switched_it_off() {
    let off = |json: &str| {
        let thresholds = Thresholds::read(Some(json)).unwrap();
        Rule::ALL.into_iter().filter(|rule| !thresholds.has(*rule)).collect::<Vec<_>>()
    };
    assert_eq!(off("{}"), []);
    // As 0.2.0 stored it: it knew neither the rule of blocked tablets nor that of disputed officers.
    let old =
        r#"{"rules":["low_with_reason","share_under_limit","tablet_silent","quarantine","fork"]}"#;
    assert_eq!(off(old), [Rule::Burst]);
    let all_off = off(r#"{"rules":[]}"#);
    assert_eq!(all_off.len(), 6);
    assert!(!all_off.contains(&Rule::TabletBlocked) && !all_off.contains(&Rule::OfficerDisputed));

    let mut thresholds = Thresholds::read(Some(old)).unwrap();
    thresholds.use_only(&[Rule::Fork, Rule::Burst]);
    let json = serde_json::to_string(&thresholds).unwrap();
    assert!(!json.contains("rules"), "{json}");
    let again = Thresholds::read(Some(&json)).unwrap();
    assert_eq!(again, thresholds);
    assert_eq!(again.in_use().collect::<Vec<_>>(), [Rule::Burst, Rule::Fork]);
}

#[tokio::test]
async fn a_webhook_never_goes_where_clouds_keep_their_secrets() {
    for address in ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "fd00:ec2::254"] {
        assert!(is_reserved(address.parse().unwrap()), "{address}");
    }
    for address in ["0.0.0.0", "::", "255.255.255.255", "224.0.0.1", "100.100.100.200"] {
        assert!(is_reserved(address.parse().unwrap()), "{address}");
    }
    for address in [
        "168.63.129.16",
        "192.0.0.192",
        "fd20:ce::254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "::169.254.169.254",
    ] {
        assert!(is_reserved(address.parse().unwrap()), "{address}");
    }
    for address in ["64:ff9b::203.0.113.9", "2002:cb00:7109::1", "::203.0.113.9"] {
        assert!(!is_reserved(address.parse().unwrap()), "{address}");
    }
    for address in ["127.0.0.1", "10.0.0.7", "203.0.113.9", "::1", "2001:db8::1"] {
        assert!(!is_reserved(address.parse().unwrap()), "{address}");
    }
    for address in ["", "x", "ftp://host/", "file:///etc/passwd", "https://a:b@host/", "http://"] {
        assert_eq!(read(address), Err(NoAddress::Form), "{address}");
    }
    for address in ["http://169.254.169.254/latest", "http://[fe80::1]/", "http://0x7f.1@x/"] {
        let Ok(url) = read(address) else { continue };
        assert_eq!(machines(&url, false).await, Err(NoAddress::Refused), "{address}");
        assert!(machines(&url, true).await.is_ok(), "{address}");
    }
    // Numbers in other forms mean the same machine.
    let url = read("http://0xa9fea9fe/").unwrap();
    assert_eq!(machines(&url, false).await, Err(NoAddress::Refused));
}

#[test]
fn a_signature_is_what_other_programs_compute() {
    // The example of Standard Webhooks' own libraries.
    let (secret, id) = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek");
    let signed = signature(secret, id, 1_614_265_330, r#"{"test": 2432232314}"#);
    assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    for (secret, id, timestamp) in [
        (secret, id, 1_614_265_331),
        (secret, "msg", 1_614_265_330),
        ("whsec_AAAA", id, 1_614_265_330),
    ] {
        assert_ne!(signed, signature(secret, id, timestamp, r#"{"test": 2432232314}"#));
    }
    // printf '1.what do ya want for nothing?' | openssl dgst -sha256 -hmac Jefe
    let first = first_signature("Jefe", 1, "what do ya want for nothing?");
    assert_eq!(first, "a9049465ce89cfb8e9aac62333abda66f80e3403f51f57f6bae3c3a4485eca38");
}

#[test]
fn a_mail_password_stands_in_a_file_of_its_own() {
    let json = r#"{"server":"mail.example","sender":"a@example.vn","password":"bí mật"}"#;
    let refused = serde_json::from_str::<MailSettings>(json).unwrap_err().to_string();
    assert!(!refused.contains("bí mật"), "{refused}");
    let json = r#"{"server":"mail.example","sender":"a@example.vn"}"#;
    let settings: MailSettings = serde_json::from_str(json).unwrap();
    assert_eq!((settings.port, settings.security()), (587, Security::Starttls));
    assert!(serde_json::from_str::<MailSettings>(r#"{"host":"x"}"#).is_err());
}

#[test]
fn a_supervisor_of_one_department_gets_no_alert_of_another() {
    let officer = departments_of(&Scope::Officer(Some(1)));
    assert_eq!(officer, Some(vec![]));
    assert_eq!(departments_of(&Scope::All), None);
    assert_eq!(departments_of(&Scope::Departments([2, 1].into())), Some(vec![1, 2]));
}
