//! Invitations over the wire: other software asks, one tablet of the counter gets it while it
//! waits, and everybody who may know learns what became of it.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::enrolment::{code_hash, fresh_machine_token, machine_hash, token_hash};
use analytics_server::storage::Birth;
use analytics_server::storage::Store;
use analytics_server::storage::enrolments::{Admission, Applicant};
use protocol::event::{Shown, What};
use protocol::exchange::{ENROLMENTS, EnrolRequest, Problem, ProblemCode, events_path};
use protocol::invitation::{
    INVITATIONS, Invitation, InvitationState, InviteRequest, Invited, invitation_path,
};
use protocol::{Level, Stage};
use reqwest::{Client, RequestBuilder, StatusCode};
use std::time::Duration;
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};
use whole_system_tests::databases::{Fresh, postgres, sqlite};
use whole_system_tests::server::{Server, enrolled, furnish};

const DOSSIER: &str = "H53.02-230914-0027";

/// A server with a machine that may invite.
struct Counter {
    fresh: Fresh,
    server: Server,
    client: Client,
    token: String,
}

impl Counter {
    async fn open(fresh: Fresh) -> Self {
        furnish(&fresh.store).await;
        let server = Server::start(&fresh, Clock::system()).await;
        let token = fresh_machine_token().unwrap();
        let hash = machine_hash(&token).unwrap();
        fresh.store.add_machine_token("Một cửa", hash, "invite", "test", 0).await.unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { fresh, server, client: Client::new(), token }
    }

    fn invite(&self, request: &InviteRequest) -> RequestBuilder {
        let address = format!("{}{INVITATIONS}", self.server.url());
        self.client.post(address).bearer_auth(&self.token).json(request)
    }

    fn follow(&self, id: Uuid) -> RequestBuilder {
        let address = format!("{}{INVITATIONS}/{id}", self.server.url());
        self.client.get(address).bearer_auth(&self.token)
    }

    async fn state(&self, id: Uuid) -> InvitationState {
        let invited: Invited = self.follow(id).send().await.unwrap().json().await.unwrap();
        invited.state
    }

    /// A tablet asks for its next invitation.
    fn next(&self, server: &Server, tablet: &Chain, query: &str) -> RequestBuilder {
        let address = format!("{}{}?{query}", server.url(), invitation_path(tablet.tablet));
        self.client.get(address).bearer_auth(hex::encode(tablet.token))
    }
}

/// Somebody at Q07 has got a result.
fn at_q07(dossier: &str) -> InviteRequest {
    InviteRequest {
        counter: "Q07".into(),
        stage: Some(Stage::Return),
        dossier: Some(dossier.into()),
        ticket: Some(" B012 ".into()),
        ..InviteRequest::default()
    }
}

async fn invited(request: RequestBuilder, status: StatusCode) -> Invited {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), status);
    answer.json().await.unwrap()
}

async fn refused(request: RequestBuilder, status: StatusCode, code: ProblemCode) {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), status);
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem.code, code, "{}", problem.message);
    assert!(problem.message.ends_with('.') && problem.message.len() < 300, "{}", problem.message);
}

/// What comes in time; a test fails when it does not.
async fn within<T>(time: Duration, coming: impl Future<Output = T>) -> T {
    tokio::time::timeout(time, coming).await.unwrap()
}

async fn got(request: RequestBuilder) -> Invitation {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_travels_to_its_tablet_and_comes_back_answered() {
    let counter = Counter::open(sqlite().await).await;
    let server = &counter.server;
    let mut tablet = enrolled(server, "Q07", 1).await;
    let other = enrolled(server, "Q07", 2).await;

    // The tablet waits; the invitation wakes it at once.
    let waiting = tokio::spawn(counter.next(server, &tablet, "wait_ms=20000").send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let request = InviteRequest { officer: Some("CC015".into()), ..at_q07(DOSSIER) };
    let made = invited(counter.invite(&request), StatusCode::CREATED).await;
    assert_eq!((made.counter.as_str(), made.state), ("Q07", InvitationState::Waiting));
    let answer = within(Duration::from_secs(1), waiting).await.unwrap().unwrap();
    let invitation: Invitation = answer.json().await.unwrap();
    assert_eq!((invitation.id, invitation.ticket.as_deref()), (made.id, Some("B012")));
    assert_eq!(invitation.officer.unwrap().name, "Nguyễn Văn O");
    assert!((80_000..=90_000).contains(&invitation.valid_ms), "{}", invitation.valid_ms);
    assert_eq!(counter.state(made.id).await, InvitationState::Delivered);

    // Again for the same tablet, never for another one, and not once it was seen.
    assert_eq!(got(counter.next(server, &tablet, "")).await.id, made.id);
    let seen = format!("seen={}&wait_ms=300", made.id);
    for request in [counter.next(server, &other, ""), counter.next(server, &tablet, &seen)] {
        assert_eq!(request.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    }

    let now = server.app.clock.now();
    let question = Shown {
        invitation: Some(made.id),
        dossier: Some(DOSSIER.into()),
        ticket: Some("B012".into()),
        ..shown("Q07", "CC015", Some(Stage::Return))
    };
    tablet.rate(Uuid::from_u128(1), now, question, Level::Satisfied);
    let address = format!("{}{}", server.url(), events_path(tablet.tablet));
    let batch = counter.client.post(address).bearer_auth(hex::encode(tablet.token));
    batch.json(&tablet.batch(0, 9, now)).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(counter.state(made.id).await, InvitationState::Answered);
    let taken = (StatusCode::CONFLICT, ProblemCode::AlreadyRated);
    refused(counter.invite(&at_q07(DOSSIER)), taken.0, taken.1).await;
    counter.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_is_harmless_and_a_later_one_takes_the_place() {
    let counter = Counter::open(sqlite().await).await;
    let id = Some(Uuid::from_u128(7));
    let first = InviteRequest { id, ..at_q07(DOSSIER) };
    let made = invited(counter.invite(&first), StatusCode::CREATED).await;
    assert_eq!(Some(made.id), id);
    let again = invited(counter.invite(&first), StatusCode::OK).await;
    assert_eq!(again, made);
    let trimmed = InviteRequest { ticket: Some("B012".into()), ..first.clone() };
    assert_eq!(invited(counter.invite(&trimmed), StatusCode::OK).await, made);
    // The same id for something else is a mistake of the asker's, and nothing is made of it.
    for other in [
        InviteRequest { counter: "Q08".into(), ..first.clone() },
        InviteRequest { stage: None, ..first.clone() },
        InviteRequest { dossier: Some("H53.02-230914-0029".into()), ..first.clone() },
        InviteRequest { ticket: None, ..first.clone() },
        InviteRequest { officer: Some("CC013".into()), ..first.clone() },
        InviteRequest { id: Some(Uuid::nil()), ..first.clone() },
    ] {
        refused(counter.invite(&other), StatusCode::BAD_REQUEST, ProblemCode::BadRequest).await;
    }
    assert_eq!(counter.state(made.id).await, InvitationState::Waiting);
    let later = invited(counter.invite(&at_q07("H53.02-230914-0028")), StatusCode::CREATED).await;
    assert_eq!(counter.state(made.id).await, InvitationState::Superseded);
    let tablet = enrolled(&counter.server, "Q07", 1).await;
    assert_eq!(got(counter.next(&counter.server, &tablet, "")).await.id, later.id);
    counter.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_odd_wishes_are_refused() {
    let counter = Counter::open(sqlite().await).await;
    let store = &counter.fresh.store;
    let request = at_q07(DOSSIER);
    let address = format!("{}{INVITATIONS}", counter.server.url());
    let with = |token: &str| counter.client.post(&address).bearer_auth(token).json(&request);
    let (blind, revoked) = (fresh_machine_token().unwrap(), fresh_machine_token().unwrap());
    let hash = machine_hash(&blind).unwrap();
    store.add_machine_token("blind", hash, "read", "test", 0).await.unwrap();
    let hash = machine_hash(&revoked).unwrap();
    let num = store.add_machine_token("revoked", hash, "invite", "test", 0).await.unwrap();
    store.revoke_machine_token(num, "test", 0).await.unwrap();
    let tablet = enrolled(&counter.server, "Q07", 1).await;
    let mut thief = tablet.clone();
    thief.token = [9; 32];
    let strangers = [
        counter.client.post(&address).json(&request),
        with("hl_00"),
        with(&fresh_machine_token().unwrap()),
        with(&blind),
        with(&revoked),
        with(&hex::encode(tablet.token)),
        counter.client.get(format!("{address}/{}", Uuid::nil())),
        counter.next(&counter.server, &thief, ""),
    ];
    for stranger in strangers {
        refused(stranger, StatusCode::UNAUTHORIZED, ProblemCode::Unauthorised).await;
    }

    let unknown = (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::UnknownName);
    let bad = (StatusCode::BAD_REQUEST, ProblemCode::BadRequest);
    let nowhere = InviteRequest { counter: "Q99".into(), ..request.clone() };
    let nobody = InviteRequest { officer: Some("CC998".into()), ..request.clone() };
    let long = at_q07(&"9".repeat(65));
    let control = at_q07("H53\u{7}");
    for (request, (status, code)) in
        [(nowhere, unknown), (nobody, unknown), (long, bad), (control, bad)]
    {
        refused(counter.invite(&request), status, code).await;
    }
    let mut json = serde_json::to_value(&request).unwrap();
    json["name"] = "Nguyễn Văn A".into();
    let named = counter.client.post(&address).bearer_auth(&counter.token).json(&json);
    refused(named, bad.0, bad.1).await;
    let odd = counter.next(&counter.server, &tablet, "wait_ms=soon");
    refused(odd, bad.0, bad.1).await;
    let missing = (StatusCode::NOT_FOUND, ProblemCode::NotFound);
    refused(counter.follow(Uuid::nil()), missing.0, missing.1).await;
    counter.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_tablet_does_not_hold_up_the_end() {
    let counter = Counter::open(sqlite().await).await;
    let tablet = enrolled(&counter.server, "Q07", 1).await;
    let waiting = tokio::spawn(counter.next(&counter.server, &tablet, "wait_ms=25000").send());
    tokio::time::sleep(Duration::from_millis(300)).await;
    within(Duration::from_secs(2), counter.server.stop()).await;
    assert_eq!(waiting.await.unwrap().unwrap().status(), StatusCode::NO_CONTENT);
}

/// The tablet is enrolled at another counter, by another process of the same database.
async fn moved(server: &Server, tablet: &Chain, counter: &str, token: [u8; 32]) {
    let applicant = Applicant {
        code_hash: code_hash(&server.code(counter).await),
        id: tablet.tablet,
        public_key: tablet.key.verifying_key().to_bytes(),
        token_hash: token_hash(&token),
        app_version: "0.1.0",
    };
    let admitted = server.app.store.enrol(&applicant, server.app.clock.now()).await.unwrap();
    assert!(matches!(admitted, Admission::Admitted { tablet: id, .. } if id == tablet.tablet));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_moved_while_it_waits_gets_what_is_asked_at_its_new_counter() {
    let counter = Counter::open(sqlite().await).await;
    let server = &counter.server;
    let tablet = enrolled(server, "Q07", 1).await;
    let wait = |seen: Uuid| {
        let query = format!("seen={seen}&wait_ms=20000");
        tokio::spawn(counter.next(server, &tablet, &query).send())
    };
    let a_moment = || tokio::time::sleep(Duration::from_millis(300));
    let at_q08 = |dossier| InviteRequest { counter: "Q08".into(), ..at_q07(dossier) };

    // Enrolled at this server: it need not ask again.
    let waiting = wait(Uuid::nil());
    a_moment().await;
    let request = EnrolRequest {
        code: server.code("Q08").await,
        public_key: tablet.key.verifying_key().to_bytes(),
        token: tablet.token,
        app_version: "0.1.0".into(),
        tablet: Some(tablet.tablet),
    };
    let enrolment = counter.client.post(format!("{}{ENROLMENTS}", server.url())).json(&request);
    enrolment.send().await.unwrap().error_for_status().unwrap();
    let made = invited(counter.invite(&at_q08("H53.02-230914-0031")), StatusCode::CREATED).await;
    let answer = within(Duration::from_secs(1), waiting).await.unwrap().unwrap();
    assert_eq!(answer.json::<Invitation>().await.unwrap().id, made.id);

    // Enrolled by another process: what wakes it at the old counter is not for it.
    let waiting = wait(made.id);
    a_moment().await;
    moved(server, &tablet, "Q07", tablet.token).await;
    let left = invited(counter.invite(&at_q08("H53.02-230914-0032")), StatusCode::CREATED).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!waiting.is_finished());
    let made = invited(counter.invite(&at_q07("H53.02-230914-0033")), StatusCode::CREATED).await;
    let answer = within(Duration::from_secs(1), waiting).await.unwrap().unwrap();
    assert_eq!(answer.json::<Invitation>().await.unwrap().id, made.id);
    assert_eq!(counter.state(left.id).await, InvitationState::Waiting);

    // A token that was replaced meanwhile opens nothing any more.
    let waiting = wait(made.id);
    a_moment().await;
    moved(server, &tablet, "Q07", [9; 32]).await;
    let made = invited(counter.invite(&at_q07("H53.02-230914-0034")), StatusCode::CREATED).await;
    let answer = within(Duration::from_secs(1), waiting).await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(counter.state(made.id).await, InvitationState::Waiting);
    counter.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tablet_does_not_take_the_places_of_the_others() {
    let counter = Counter::open(sqlite().await).await;
    let server = &counter.server;
    let greedy = enrolled(server, "Q07", 1).await;
    let other = enrolled(server, "Q07", 2).await;
    let notifier = &server.app.invitation_notifier;
    let mut places: Vec<_> = (0..2_000).filter_map(|_| notifier.reserve(greedy.tablet)).collect();
    assert_eq!(places.len(), 4, "one for what waits, some for lines that broke unnoticed");
    let away = (StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Unavailable);
    refused(counter.next(server, &greedy, ""), away.0, away.1).await;
    let answer = counter.next(server, &other, "").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    places.pop();
    let answer = counter.next(server, &greedy, "").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT, "a place that was left is free again");
    drop(places);

    let crowd: Vec<_> = (0..2_000).filter_map(|id| notifier.reserve(Uuid::from_u128(id))).collect();
    assert_eq!(crowd.len(), 2_000);
    refused(counter.next(server, &other, ""), away.0, away.1).await;
    drop(crowd);
    counter.server.stop().await;
}

/// Two servers on one database: the machine speaks to one, the tablet waits at the other.
async fn reaches_the_other_server(fresh: Fresh) {
    let address = fresh.address.clone();
    let counter = Counter::open(fresh).await;
    let birth = Birth::at(&Clock::system()).unwrap();
    let dir = counter.fresh.dir.path();
    let store = Store::open(dir, address.as_deref(), &birth).await.unwrap();
    let other = Server::at("127.0.0.1:0", store, &dir.join("other"), Clock::system()).await;
    let tablet = enrolled(&counter.server, "Q07", 1).await;
    let waiting = tokio::spawn(counter.next(&other, &tablet, "wait_ms=20000").send());
    tokio::time::sleep(Duration::from_millis(500)).await;
    let made = invited(counter.invite(&at_q07(DOSSIER)), StatusCode::CREATED).await;
    let answer = within(Duration::from_secs(2), waiting).await.unwrap().unwrap();
    assert_eq!(answer.json::<Invitation>().await.unwrap().id, made.id);
    other.stop().await;
    counter.server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_reaches_a_tablet_at_another_server_on_postgres() {
    reaches_the_other_server(postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_reaches_a_tablet_at_another_server_on_sqlite() {
    reaches_the_other_server(sqlite().await).await;
}

/// A question that was never answered tells so, too.
#[tokio::test(flavor = "multi_thread")]
async fn the_inviting_software_learns_that_nobody_answered() {
    let counter = Counter::open(sqlite().await).await;
    let mut tablet = enrolled(&counter.server, "Q07", 1).await;
    let made = invited(counter.invite(&at_q07(DOSSIER)), StatusCode::CREATED).await;
    got(counter.next(&counter.server, &tablet, "")).await;
    let now = counter.server.app.clock.now();
    let question = Shown { invitation: Some(made.id), ..shown("Q07", "CC013", None) };
    tablet.push(Uuid::from_u128(1), now, What::Shown(question));
    tablet.append(&counter.fresh.store, &tablet.batch(0, 1, now)).await;
    assert_eq!(counter.state(made.id).await, InvitationState::Shown);
    tablet.push(Uuid::from_u128(1), now, What::Abandoned);
    tablet.append(&counter.fresh.store, &tablet.batch(1, 1, now)).await;
    assert_eq!(counter.state(made.id).await, InvitationState::Abandoned);
    let again = invited(counter.invite(&at_q07(DOSSIER)), StatusCode::CREATED).await;
    assert_ne!(again.id, made.id, "who did not answer may be asked again");
    counter.server.stop().await;
}

/// A tablet learns of it when it asks next, as of one in its place that opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_learns_that_an_invitation_was_taken_back() {
    let counter = Counter::open(sqlite().await).await;
    let server = &counter.server;
    let tablet = enrolled(server, "Q07", 1).await;
    let made = invited(counter.invite(&at_q07(DOSSIER)), StatusCode::CREATED).await;
    got(counter.next(server, &tablet, "")).await;
    let now = server.app.clock.now();
    assert!(counter.fresh.store.cancel_invitation(made.id, now).await.unwrap());
    assert_eq!(counter.state(made.id).await, InvitationState::Superseded);
    let seen = format!("seen={}", made.id);
    for _ in 0..2 {
        let withdrawal = got(counter.next(server, &tablet, &seen)).await;
        assert_ne!(withdrawal.id, made.id);
        assert_eq!((withdrawal.valid_ms, withdrawal.dossier), (0, None), "it opens nothing");
    }
    let withdrawal = got(counter.next(server, &tablet, &seen)).await;
    let seen = format!("seen={}", withdrawal.id);
    let answer = counter.next(server, &tablet, &seen).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT, "told once it is heard");
    counter.server.stop().await;
}
