//! What a tablet works from follows what an administrator changes, without a restart, also when
//! another process changed it.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::state::App;
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::roster::Duty;
use protocol::exchange::settings_path;
use protocol::hours::Hours;
use protocol::settings::{self, Settings};
use whole_system_tests::chain::Chain;
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::{Server, enrolled, furnish};

async fn settings_of(server: &Server, tablet: &Chain) -> Settings {
    let url = format!("{}{}", server.url(), settings_path(tablet.tablet));
    let request = reqwest::Client::new().get(url).bearer_auth(hex::encode(tablet.token));
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

async fn etag_of(server: &Server, tablet: &Chain) -> String {
    let url = format!("{}{}", server.url(), settings_path(tablet.tablet));
    let request = reqwest::Client::new().get(url).bearer_auth(hex::encode(tablet.token));
    let answer = request.send().await.unwrap().error_for_status().unwrap();
    answer.headers()["etag"].to_str().unwrap().to_owned()
}

async fn follows(fresh: Fresh) {
    furnish(&fresh.store).await;
    let server = Server::start(&fresh, Clock::system()).await;
    let tablet = enrolled(&server, "Q07", 1).await;
    let now = server.app.clock.now();
    let first = settings_of(&server, &tablet).await;
    assert_eq!((first.duty, &first.hours), (settings::Duty::Roster, &Hours::usual()));
    assert_eq!(first.officer.as_ref().unwrap().code, "CC013");
    let languages: Vec<_> = first.languages.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(languages[..2], ["Tiếng Việt", "English"]);
    assert_eq!((first.staff.len(), first.technician_pin, first.notice.len()), (0, None, 0));

    // Another process, as the command line is one.
    let birth = Birth::at(&Clock::system()).unwrap();
    let other = Store::open(fresh.dir.path(), fresh.address.as_deref(), &birth).await.unwrap();
    let directory = other.directory().await.unwrap();
    let id = |code: &str| directory.officer(code).unwrap().id;
    let json = r#"{"notice":{"vi":"Chiều nay nghỉ"},"languages":["en","vi"]}"#;
    let centre = server.app.centre().with(json).unwrap();
    App::put_centre(&other, &centre, "test", now).await.unwrap();
    let counter = directory.counter("Q07").unwrap().id;
    let duty = Duty { num: 0, counter, officer: id("CC015"), from: now - 1, until: now + 60_000 };
    let num = other.add_duty(&duty, "test", now).await.unwrap();
    other.put_pin(id("CC013"), Some("$argon2id$13"), "test", now).await.unwrap();
    other.put_pin(id("CC015"), Some("$argon2id$15"), "test", now).await.unwrap();
    other.put_technician_pin(Some("$argon2id$0"), "test", now).await.unwrap();
    let asked = first.questionnaire.clone();
    assert_eq!(other.publish_questionnaire(&asked, "test", now).await.unwrap(), 2);

    let then = settings_of(&server, &tablet).await;
    assert_eq!(then.notice["vi"], "Chiều nay nghỉ");
    let languages: Vec<_> = then.languages.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(languages, ["en", "vi"]);
    assert_eq!(then.officer.as_ref().unwrap().code, "CC015", "by the roster");
    let staff: Vec<_> =
        then.staff.iter().map(|one| (one.officer.code.as_str(), one.pin.as_str())).collect();
    assert_eq!(staff, [("CC013", "$argon2id$13"), ("CC015", "$argon2id$15")]);
    assert_eq!(then.technician_pin.as_deref(), Some("$argon2id$0"));
    assert_eq!(then.questionnaire.version, 2);

    // The roster of the next two weeks: CC015 for a minute, the usual one, CC015 again, nobody knows more.
    let turns = |settings: &Settings| {
        let told = settings.turns.iter().map(|turn| (turn.from, turn.officer.clone()));
        told.collect::<Vec<_>>()
    };
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(turns(&then), [(now + 60_000, code("CC013"))]);
    assert!(then.following.is_empty(), "CC013 may sign in, and stands there with a portrait");
    let week = now + 7 * 24 * 3_600_000;
    let again = Duty { from: week, until: week + 60_000, ..duty.clone() };
    let far = Duty { from: now + 16 * 24 * 3_600_000, until: i64::MAX, ..duty.clone() };
    let nums = other.change_roster(&[], &[again, far], "test", now).await.unwrap().unwrap();
    let then = settings_of(&server, &tablet).await;
    let expected =
        [(now + 60_000, code("CC013")), (week, code("CC015")), (week + 60_000, code("CC013"))];
    assert_eq!(turns(&then), expected, "what begins after two weeks is told later");
    other.put_pin(id("CC013"), None, "test", now).await.unwrap();
    let then = settings_of(&server, &tablet).await;
    let following: Vec<_> = then.following.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(following, ["CC013"], "once, though twice in the roster");
    let (one, other_moment) = (etag_of(&server, &tablet).await, std::time::Duration::from_secs(2));
    tokio::time::sleep(other_moment).await;
    assert_eq!(etag_of(&server, &tablet).await, one, "settings do not change with every second");
    other.put_pin(id("CC013"), Some("$argon2id$13"), "test", now).await.unwrap();
    assert!(other.change_roster(&nums, &[], "test", now).await.unwrap().is_some());

    other.cancel_duty(num, "test", now).await.unwrap();
    let then = settings_of(&server, &tablet).await;
    assert_eq!(then.officer.unwrap().code, "CC013", "the usual officer again");
    assert_eq!(then.staff.len(), 1);
    let centre = centre.with(r#"{"duty":"sign_in"}"#).unwrap();
    App::put_centre(&other, &centre, "test", now).await.unwrap();
    let then = settings_of(&server, &tablet).await;
    assert_eq!((then.duty, then.officer), (settings::Duty::SignIn, None));
    other.close().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablets_settings_follow_every_change_on_sqlite() {
    follows(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablets_settings_follow_every_change_on_postgres() {
    follows(postgres().await).await;
}
