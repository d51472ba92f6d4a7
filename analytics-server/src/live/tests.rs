//! Which listeners get which messages, and how many may listen.
#![allow(clippy::unwrap_used)]

use super::count::sample;
use super::*;
use std::collections::BTreeSet;

fn all(language: &'static str) -> Audience {
    Audience { departments: None, language }
}

fn some(departments: &[i64]) -> Audience {
    Audience { departments: Some(departments.iter().copied().collect()), language: "vi" }
}

async fn heard(listener: &mut Listener) -> String {
    String::from_utf8(listener.next().await.unwrap().to_vec()).unwrap()
}

/// A stream of a person.
fn listen(live_hub: &Arc<LiveHub>, audience: Audience, person: i64) -> Listener {
    live_hub.listen(audience, reader(person)).unwrap().0
}

/// A session of a person.
fn reader(person: i64) -> Reader {
    Reader { person, role: crate::auth::Role::Leader, token_hash: [0; 32] }
}

#[tokio::test]
async fn each_audience_hears_its_own_and_all_of_it_the_same() {
    let live_hub = Arc::new(LiveHub::default());
    let mut whole = listen(&live_hub, all("vi"), 1);
    let mut english = listen(&live_hub, all("en"), 1);
    let mut first = listen(&live_hub, some(&[1]), 2);
    let mut twin = listen(&live_hub, some(&[1]), 3);
    let mut nothing = listen(&live_hub, some(&[]), 4);
    let counts = sample(&[[1_000, 200, 6, 0, 0], [0, 0, 0, 0, 40]]);
    assert!(live_hub.say(&counts));
    assert!(!live_hub.say(&counts), "nothing new");
    assert!(heard(&mut whole).await.contains("\"ratings\":\"1.246\""));
    assert!(heard(&mut english).await.contains("\"ratings\":\"1,246\""));
    let own = heard(&mut first).await;
    assert!(own.contains("\"ratings\":\"1.206\"") && own.contains("\"last\":\"11:01\""), "{own}");
    assert!(own.starts_with("event: today\ndata: {") && own.ends_with("}\n\n"));
    assert_eq!(own, heard(&mut twin).await);
    assert!(heard(&mut nothing).await.contains("\"ratings\":\"0\""));
    // Nobody is told, not even by the event itself, that others had something new.
    let more = sample(&[[1_000, 200, 6, 0, 0], [9, 0, 0, 0, 40]]);
    let texts = locales::texts("vi");
    let told = |counts: &Counts| counts.today(Some(&[1].into()), texts).frame();
    assert_eq!(told(&counts), told(&more));
    // A listener that comes later gets the last message at once.
    let mut late = listen(&live_hub, some(&[1]), 5);
    assert_eq!(heard(&mut late).await, own);
}

#[test]
fn a_viewer_of_a_part_gets_its_true_counts() {
    let texts = locales::texts("vi");
    let told = |counts: [u64; 5]| sample(&[counts]).today(Some(&[1].into()), texts);
    let few = told([2, 1, 0, 0, 1]);
    assert_eq!((&*few.ratings, &*few.satisfied), ("4", "75,00%"));
    assert_eq!(few.levels, ["2", "1", "1"]);
    let one_below = told([90, 17, 1, 0, 0]);
    assert_eq!(one_below.satisfied, "99,07%");
    assert_eq!(one_below.levels, ["90", "17", "1"]);
    let nobody = told([0; 5]);
    assert_eq!((&*nobody.ratings, &*nobody.satisfied), ("0", "–"));
    assert_eq!(sample(&[[2, 1, 0, 0, 1]]).today(None, texts).satisfied, few.satisfied);
}

#[test]
fn streams_have_a_limit_and_give_their_places_back() {
    let live_hub = Arc::new(LiveHub::default());
    let own: Vec<_> = (0..STREAMS_OF_ONE).map(|_| listen(&live_hub, all("vi"), 1)).collect();
    assert!(live_hub.listen(all("vi"), reader(1)).is_none(), "too many of one person");
    let mut others: Vec<_> = (0..STREAMS - STREAMS_OF_ONE)
        .map(|one| listen(&live_hub, all("vi"), 2 + i64::try_from(one).unwrap()))
        .collect();
    assert!(live_hub.listen(all("vi"), reader(0)).is_none(), "too many");
    others.pop();
    assert!(live_hub.listen(all("vi"), reader(0)).is_some());
    drop((own, others));
    assert_eq!(live_hub.listening(), 0);
    assert!(live_hub.streams().of_person.is_empty());
    assert!(!live_hub.say(&sample(&[])) && live_hub.streams().channels.is_empty());
}

#[tokio::test]
async fn a_server_that_ends_ends_its_streams() {
    let live_hub = Arc::new(LiveHub::default());
    let mut before = listen(&live_hub, all("vi"), 1);
    live_hub.close();
    assert_eq!(before.next().await, None);
    assert_eq!(listen(&live_hub, all("vi"), 1).next().await, None);
    let audience = Audience::of(&Scope::Officer(Some(1)), "vi");
    assert_eq!(audience.departments, Some(BTreeSet::new()), "no department, no figures");
}
