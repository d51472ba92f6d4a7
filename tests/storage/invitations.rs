//! Invitations, and what rules find odd.

use super::fixtures::{NOON, enrolled};
use analytics_server::storage::Store;
use analytics_server::storage::events::Appended;
use analytics_server::storage::flags::{DOSSIER_TWICE, QUICK_REPEAT};
use analytics_server::storage::invitations::{InviteOutcome, NewInvitation};
use protocol::event::{Shown, What};
use protocol::invitation::InvitationState::{
    self, Abandoned, Answered, Delivered, Expired, Shown as OnScreen, Superseded, Waiting,
};
use protocol::{Level, Stage};
use uuid::Uuid;
use whole_system_tests::chain::{Chain, shown};

on_both_databases! {
    an_invitation_is_one_tablets_and_followed_to_its_end,
    a_strange_invitation_changes_nothing,
    open_invitations_follow_one_another,
    rules_find_odd_ratings_in_every_order_of_arrival,
}

async fn state(store: &Store, id: u128, now: i64) -> InvitationState {
    store.invitation(Uuid::from_u128(id)).await.unwrap().unwrap().state(now)
}

async fn made(store: &Store, new: &NewInvitation<'_>, now: i64) {
    let invite = store.invite(new, now).await.unwrap();
    assert!(matches!(invite, InviteOutcome::Made(row) if row.id == new.id));
}

fn invited(counter: &str, officer: &str, id: u128) -> Shown {
    Shown { invitation: Some(Uuid::from_u128(id)), ..shown(counter, officer, Some(Stage::Return)) }
}

async fn append(store: &Store, chain: &Chain, after: usize) {
    let answer = chain.append(store, &chain.batch(after, 99, NOON)).await;
    assert!(matches!(answer, Appended::Stored { quarantined: 0, .. }), "{answer:?}");
}

pub async fn an_invitation_is_one_tablets_and_followed_to_its_end(store: &Store) {
    let directory = store.directory().await.unwrap();
    let counter = directory.counter("Q08").unwrap().id;
    let officer = directory.officer("CC015").unwrap().id;
    let mut chain = enrolled(store, "Q08", 30).await;
    let (tablet, other) = (chain.tablet, enrolled(store, "Q08", 31).await.tablet);
    let elsewhere = enrolled(store, "Q07", 35).await.tablet;
    let new = |id: u128, now: i64| asked((counter, officer), id, now);
    let next = |tablet, seen: Option<u128>, now| {
        store.next_invitation(tablet, counter, seen.map(Uuid::from_u128), now)
    };
    assert_eq!(next(tablet, None, 0).await.unwrap(), None);
    made(store, &new(201, 0), 0).await;
    assert_eq!(next(elsewhere, None, 0).await.unwrap(), None, "it was moved away meanwhile");
    let again = store.invite(&NewInvitation { ticket: None, ..new(201, 0) }, 5).await.unwrap();
    assert!(matches!(again, InviteOutcome::Known(row) if row.ticket.as_deref() == Some("B012")));
    assert_eq!(state(store, 201, 0).await, Waiting);
    assert_eq!(store.open_invitations(0).await.unwrap()[0].1, counter);

    let got = next(tablet, None, 10).await.unwrap().unwrap();
    assert_eq!((got.officer, got.tablet), (Some(officer), Some(tablet)));
    assert_eq!(state(store, 201, 10).await, Delivered);
    assert_eq!(store.open_invitations(10).await.unwrap(), []);
    assert_eq!(next(other, None, 10).await.unwrap(), None, "never another one's");
    assert_eq!(next(tablet, None, 10).await.unwrap().unwrap().id, got.id, "the answer was lost");
    assert_eq!(next(tablet, Some(201), 10).await.unwrap(), None, "it has it");
    assert_eq!(next(tablet, None, 1_000).await.unwrap(), None, "its time is over");
    assert_eq!(state(store, 201, 1_000).await, Expired);

    // A later one of the counter takes the place of one that could still open.
    made(store, &new(202, 20), 20).await;
    made(store, &new(203, 21), 21).await;
    assert_eq!(
        (state(store, 201, 21).await, state(store, 202, 21).await),
        (Superseded, Superseded)
    );
    let racing = tokio::join!(next(tablet, Some(201), 22), next(other, None, 22));
    let winners = [racing.0.unwrap(), racing.1.unwrap()];
    assert_eq!(winners.iter().flatten().count(), 1, "the first one that asks: {winners:?}");

    what_its_events_tell(store, (counter, officer), &mut chain).await;
    what_its_asker_takes_back(store, (counter, officer), tablet).await;
}

/// One that no screen has shown yet can not open any more; of one that stood on a screen it is noted
/// alone that its asker took it back.
async fn what_its_asker_takes_back(store: &Store, place: (i64, i64), tablet: Uuid) {
    let last = store.last_invitation(place.1).await.unwrap();
    made(store, &asked(place, 207, 50), 50).await;
    assert!(store.last_invitation(place.1).await.unwrap() > last);
    assert_eq!(store.last_invitation(-1).await.unwrap(), None);
    let cancelled = async |id: u128| {
        let row = store.invitation(Uuid::from_u128(id)).await.unwrap().unwrap();
        row.cancelled
    };
    assert!(!cancelled(207).await);
    assert!(store.cancel_invitation(Uuid::from_u128(207), 51).await.unwrap());
    assert!(cancelled(207).await);
    assert_eq!(state(store, 207, 51).await, Superseded);
    assert_eq!(store.next_invitation(tablet, place.0, None, 52).await.unwrap(), None);
    for id in [207, 999] {
        assert!(!store.cancel_invitation(Uuid::from_u128(id), 53).await.unwrap(), "{id}");
    }
    let before = state(store, 204, 53).await;
    assert!(store.cancel_invitation(Uuid::from_u128(204), 53).await.unwrap());
    assert!(cancelled(204).await);
    assert_eq!(state(store, 204, 53).await, before, "the tablet's events tell what became of it");
    made(store, &asked(place, 208, 60), 60).await;
    let over = store.cancel_invitation(Uuid::from_u128(208), 1_060).await.unwrap();
    assert!(!over && !cancelled(208).await, "its time was over by itself");
}

/// An invitation to a counter and its officer.
fn asked((counter, officer): (i64, i64), id: u128, now: i64) -> NewInvitation<'static> {
    NewInvitation {
        id: Uuid::from_u128(id),
        counter,
        officer: Some(officer),
        stage: Some(Stage::Return),
        dossier: None,
        ticket: Some("B012"),
        expires_at: now + 1_000,
        actor: "test",
        even_if_rated: false,
    }
}

/// What the tablet's events tell: on the screen, answered; the level alone decides.
async fn what_its_events_tell(store: &Store, place: (i64, i64), chain: &mut Chain) {
    let tablet = chain.tablet;
    let new = |id: u128, now: i64| asked(place, id, now);
    let next = |now| store.next_invitation(tablet, place.0, None, now);
    made(store, &new(204, 30), 30).await;
    next(31).await.unwrap().unwrap();
    made(store, &new(205, 32), 32).await;
    assert_eq!(state(store, 204, 33).await, Superseded);
    chain.push(Uuid::from_u128(301), NOON, What::Shown(invited("Q08", "CC015", 204)));
    append(store, chain, 0).await;
    assert_eq!(state(store, 204, NOON).await, OnScreen, "it stood there before the later one");
    chain.push(Uuid::from_u128(301), NOON, What::Rated { level: Level::Satisfied });
    next(34).await.unwrap().unwrap();
    chain.push(Uuid::from_u128(302), NOON, What::Shown(invited("Q08", "CC015", 205)));
    chain.push(Uuid::from_u128(302), NOON, What::Abandoned);
    append(store, chain, 1).await;
    assert_eq!(
        (state(store, 204, NOON).await, state(store, 205, NOON).await),
        (Answered, Abandoned)
    );
    made(store, &new(206, 40), 40).await;
    next(41).await.unwrap().unwrap();
    chain.push(Uuid::from_u128(303), NOON, What::Shown(invited("Q08", "CC015", 206)));
    chain.push(Uuid::from_u128(303), NOON, What::Superseded);
    append(store, chain, 4).await;
    assert_eq!(state(store, 206, NOON).await, Superseded);
    let row = store.invitation(Uuid::from_u128(206)).await.unwrap().unwrap();
    assert_eq!((row.session, row.shown), (Some(Uuid::from_u128(303)), true));
}

/// An invitation that nobody made, or another counter's, is no reason to distrust a rating.
pub async fn a_strange_invitation_changes_nothing(store: &Store) {
    let directory = store.directory().await.unwrap();
    let new = NewInvitation {
        id: Uuid::from_u128(401),
        counter: directory.counter("Q08").unwrap().id,
        officer: None,
        stage: None,
        dossier: None,
        ticket: None,
        expires_at: NOON + 1_000,
        actor: "test",
        even_if_rated: false,
    };
    made(store, &new, NOON).await;
    let mut chain = enrolled(store, "Q07", 32).await;
    for (session, id) in [(410, 401), (411, 999)] {
        let level = Level::VerySatisfied;
        chain.rate(Uuid::from_u128(session), NOON, invited("Q07", "CC013", id), level);
    }
    append(store, &chain, 0).await;
    assert_eq!(state(store, 401, NOON).await, Waiting);
}

pub async fn rules_find_odd_ratings_in_every_order_of_arrival(store: &Store) {
    let (mut early, mut late) =
        (enrolled(store, "Q07", 33).await, enrolled(store, "Q08", 34).await);
    let about = |question: Shown, dossier: &str| Shown {
        dossier: Some(dossier.into()),
        ticket: Some("B013".into()),
        ..question
    };
    let day = NOON + 86_400_000;
    let seven = |dossier| about(shown("Q07", "CC013", Some(Stage::Return)), dossier);
    let eight = |dossier, stage| about(shown("Q08", "CC015", stage), dossier);
    let level = Level::Satisfied;
    early.rate(Uuid::from_u128(501), day, seven("H53.02-230914-0100"), level);
    early.rate(Uuid::from_u128(502), day + 59_000, seven("H53.02-230914-0101"), level);
    early.rate(Uuid::from_u128(503), day + 119_001, seven("H53.02-230914-0102"), level);
    let by_invitation = invited("Q07", "CC013", 998);
    early.rate(Uuid::from_u128(504), day + 120_000, by_invitation, level);
    late.rate(
        Uuid::from_u128(511),
        day + 1,
        eight("H53.02-230914-0100", Some(Stage::Return)),
        level,
    );
    late.rate(Uuid::from_u128(512), day + 200_000, eight("H53.02-230914-0101", None), level);
    late.rate(Uuid::from_u128(513), day + 400_000, eight("H53.02-230914-0101", None), level);
    // The later answer arrives first, and is the one that is flagged all the same.
    let sent = day + 500_000;
    late.append(store, &late.batch(0, 99, sent)).await;
    early.append(store, &early.batch(0, 99, sent)).await;

    let flags = store.flagged(day, day + 86_400_000).await.unwrap();
    let told: Vec<_> = flags.iter().map(|one| (one.rating.as_u128(), one.rule.as_str())).collect();
    let expected = [(511, "dossier_twice"), (502, "quick_repeat"), (513, "dossier_twice")];
    assert_eq!(told, expected, "60 s after the answer is late enough, an invitation is a reason");
    assert_eq!(store.flagged(day + 86_400_000, i64::MAX).await.unwrap(), []);
    // What each was held against: the answer before at the tablet, and the dossier's one before.
    for (rule, later, before, gap) in
        [(QUICK_REPEAT, 502, 501, 59_000), (DOSSIER_TWICE, 511, 501, 1)]
    {
        let [later, before] = [later, before].map(Uuid::from_u128);
        let later = store.record_of(later).await.unwrap().unwrap().num;
        let before = store.record_of(before).await.unwrap().unwrap().num;
        let held = store.held_against(rule, &[later, before]).await.unwrap();
        assert_eq!((held[&later].num, held[&later].gap), (before, gap), "{rule}");
        assert!(!held.contains_key(&before), "nothing stood before the first: {rule}");
    }
    let rows = store.changes_after(0, 9_999).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.asked_at >= day).count(), 7, "all of them count");

    let counter = store.directory().await.unwrap().counter("Q07").unwrap().id;
    let rated = |stage| NewInvitation {
        id: Uuid::from_u128(520),
        counter,
        officer: None,
        stage,
        dossier: Some("H53.02-230914-0102"),
        ticket: None,
        expires_at: i64::MAX,
        actor: "test",
        even_if_rated: false,
    };
    for stage in [Some(Stage::Return), None] {
        let twice = store.invite(&rated(stage), day).await.unwrap();
        assert_eq!(
            twice,
            InviteOutcome::AlreadyRated,
            "an unknown stage may be the rated one: {stage:?}"
        );
    }
    let unknown =
        NewInvitation { dossier: Some("H53.02-230914-0101"), ..rated(Some(Stage::Receive)) };
    assert_eq!(
        store.invite(&unknown, day).await.unwrap(),
        InviteOutcome::AlreadyRated,
        "that of 512"
    );
    made(store, &rated(Some(Stage::Receive)), day).await;
}

/// What pages ask: an officer's open invitations and what came before and after each.
pub async fn open_invitations_follow_one_another(store: &Store) {
    let directory = store.directory().await.unwrap();
    let officer = directory.officer("CC015").unwrap().id;
    let counter = directory.counter("Q08").unwrap().id;
    for (num, at) in [(601, NOON), (602, NOON + 10)] {
        let new = NewInvitation {
            id: Uuid::from_u128(num),
            counter,
            officer: Some(officer),
            stage: None,
            dossier: None,
            ticket: None,
            expires_at: at + 1_000,
            actor: "test",
            even_if_rated: false,
        };
        made(store, &new, at).await;
    }
    let open = store.open_invitations_of(officer, NOON + 20).await.unwrap();
    let open: Vec<u128> = open.iter().map(|one| one.id.as_u128()).collect();
    assert_eq!(open, [602, 601], "the newest first");
    assert!(store.open_invitations_of(officer, NOON + 2_000).await.unwrap().is_empty());
    let [first, second] = [601, 602].map(|num| store.succession(Uuid::from_u128(num)));
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert!(format!("{first:?}") != format!("{second:?}"), "{first:?}");
    assert!(store.published_periods(0).await.unwrap().is_empty());
    assert!(store.last_change_of("nothing").await.unwrap().is_none());
    assert!(store.changed_names(10).await.unwrap().is_empty());
    assert_eq!(store.count_comments_before(0).await.unwrap(), 0);
}
