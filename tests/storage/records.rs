//! Single visits: how they are read page by page, what is written beside them, and what goes away for
//! good.

use super::fixtures::{NOON, add_user, comment, enrolled, rating, some_visits};
use analytics_server::storage::Store;
use analytics_server::storage::notes::{Author, NoteKind, Noted};
use analytics_server::storage::rows::ImportedRating;
use analytics_server::storage::users::Role;
use analytics_server::storage::visit_filter::{FlagFilter, VisitFilter};
use protocol::Level;
use uuid::Uuid;
use whole_system_tests::chain::shown;

on_both_databases! {
    pages_never_skip_or_double,
    what_is_redacted_stays_away,
    what_was_redacted_is_put_back_or_deleted,
    notes_stand_and_rulings_are_counted,
    a_flagged_rating_is_examined_once_and_counts_as_before,
}

const SECRET: &str = "gọi cho tôi số 0912345678";

/// For every size of a page, going on after the last visit seen gives every visit once.
async fn pages_never_skip_or_double(store: &Store) {
    some_visits(store, 83).await;
    // Pairs of one moment, some of them low.
    let mut rows = Vec::new();
    for (id, level) in (9_300..).zip(Level::ALL.into_iter().cycle().take(8)) {
        let at = NOON + 1_000 * i64::try_from(id / 2).unwrap();
        rows.push(ImportedRating { level, ..rating(store, "CC013", id, at).await });
    }
    store.import_ratings(&rows, NOON).await.unwrap();
    let all = VisitFilter::default();
    let whole = store.records(&all, None, 10_000).await.unwrap();
    assert!(whole.len() > 5 && whole.is_sorted_by(|a, b| a.cursor() > b.cursor()));
    assert_eq!(store.count_records(&all, 10_000).await.unwrap(), whole.len() as u64);
    assert_eq!(store.count_records(&all, 3).await.unwrap(), 3, "no further than asked");
    for size in 1..=u32::try_from(whole.len()).unwrap() + 1 {
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = store.records(&all, after, size).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.cursor());
            read.extend(page);
        }
        assert_eq!(read, whole, "pages of {size}");
        let (mut back, mut before) = (Vec::new(), whole.last().unwrap().cursor());
        loop {
            let page = store.records_before(&all, before, size).await.unwrap();
            let Some(first) = page.first() else { break };
            before = first.cursor();
            back.splice(0..0, page);
        }
        assert_eq!(back, whole[..whole.len() - 1], "the way back, pages of {size}");
    }
    let (known, unknown) = (whole[0].id, Uuid::from_u128(1));
    let numbers = store.record_numbers(&[known, unknown]).await.unwrap();
    assert_eq!(numbers, [(known, whole[0].num)].into());
    let low =
        VisitFilter { levels: Some((Level::Dissatisfied, Level::VeryDissatisfied)), ..all.clone() };
    let expected = whole.iter().filter(|one| one.is_low()).count();
    assert_eq!(store.records(&low, None, 100).await.unwrap().len(), expected);
    let flagged = VisitFilter { flag: Some(FlagFilter::Any), ..all.clone() };
    for one in store.records(&flagged, None, 100).await.unwrap() {
        assert!(!one.flags.is_empty());
    }
    let odd = VisitFilter { flag: Some(FlagFilter::Rule("'; drop".into())), ..all.clone() };
    assert_eq!(store.records(&odd, None, 100).await.unwrap(), []);
    let nobody = VisitFilter { departments: Some([].into()), ..all.clone() };
    assert_eq!(store.records(&nobody, None, 100).await.unwrap(), []);
    let reason = VisitFilter { reason: Some("wait%".into()), ..all };
    assert_eq!(store.records(&reason, None, 100).await.unwrap(), [], "a sign is no pattern");
}

/// A redacted text is nowhere but in the chain, also after later events.
pub async fn what_is_redacted_stays_away(store: &Store) {
    let user = add_user(store, "phu-trach-3", Role::Supervisor).await;
    let author = Author { user, actor: "user phu-trach" };
    let mut chain = enrolled(store, "Q08", 80).await;
    let session = Uuid::from_u128(9_000);
    chain.rate(session, NOON, shown("Q08", "CC015", None), Level::Dissatisfied);
    comment(&mut chain, session, NOON + 5_000, SECRET);
    chain.append(store, &chain.batch(0, 99, NOON + 9_000)).await;
    let record = store.record_of(session).await.unwrap().unwrap();
    assert_eq!(record.comment.as_deref(), Some(SECRET));
    let waits =
        VisitFilter { reason: Some("waiting".into()), commented: true, ..VisitFilter::default() };
    let found = store.records(&waits, None, 100).await.unwrap();
    assert!(found.iter().any(|one| one.num == record.num));

    let pair = (SECRET, "[đã lược bỏ]");
    let redact = || store.redact(record.num, pair, "personal", author, 7);
    assert_eq!(redact().await.unwrap(), Noted::Written);
    assert_eq!(redact().await.unwrap(), Noted::AlreadyThere);
    // The tablet tells its details once more.
    let known = chain.events.len();
    comment(&mut chain, session, NOON + 6_000, SECRET);
    chain.append(store, &chain.batch(known, 99, NOON + 9_000)).await;
    let after = store.record(record.num).await.unwrap().unwrap();
    assert_eq!((after.comment.as_deref(), after.redacted_at), (Some("[đã lược bỏ]"), Some(7)));
    let log = format!("{:?}", store.audit_log(1_000).await.unwrap());
    assert!(log.contains("redacted") && !log.contains("0912345678"));
    assert!(store.notes_of(&[]).await.unwrap().is_empty());
    let notes = store.notes(record.num).await.unwrap();
    assert_eq!(
        store.notes_of(&[-1, record.num]).await.unwrap(),
        [(record.num, notes.clone())].into()
    );
    assert_eq!((notes.len(), notes[0].kind, &*notes[0].text), (1, NoteKind::Redacted, "personal"));

    assert!(store.expire_comments(NOON + 1, "test", 8).await.unwrap() > 0);
    assert_eq!(store.expire_comments(NOON + 1, "test", 9).await.unwrap(), 0);
    let after = store.record(record.num).await.unwrap().unwrap();
    assert_eq!((after.comment, after.level), (None, Level::Dissatisfied), "the visit stays");
}

/// The original of a redaction is kept for an auditor, and gone when its days or the comment's own
/// are over.
pub async fn what_was_redacted_is_put_back_or_deleted(store: &Store) {
    const DAY: i64 = 24 * 60 * 60_000;
    let user = add_user(store, "kiem-tra", Role::Auditor).await;
    let author = Author { user, actor: "user kiem-tra" };
    let mut chain = enrolled(store, "Q08", 81).await;
    let session = Uuid::from_u128(9_100);
    chain.rate(session, NOON, shown("Q08", "CC015", None), Level::Dissatisfied);
    comment(&mut chain, session, NOON + 5_000, SECRET);
    chain.append(store, &chain.batch(0, 99, NOON + 9_000)).await;
    let num = store.record_of(session).await.unwrap().unwrap().num;
    let state = async || {
        let record = store.record(num).await.unwrap().unwrap();
        (record.comment, record.redacted_at)
    };
    let redact = async |was: &str, left: &str, at: i64| {
        let done = store.redact(num, (was, left), "names", author, at).await.unwrap();
        assert_eq!(done, Noted::Written);
        store.kept_originals(num, 0).await.unwrap()[0].note_num
    };
    let first = redact(SECRET, "gọi cho [x]", 1_000).await;
    let kept = store.kept_originals(num, 1_000).await.unwrap();
    assert_eq!((kept.len(), &*kept[0].full_name, &*kept[0].text), (1, "Nguyễn Văn A", "names"));
    assert_eq!(store.kept_originals(num, 1_001).await.unwrap(), [], "too long ago");

    // Each look is written down, and nothing else is looked at.
    let looks = async || {
        let log = store.audit_log(1_000).await.unwrap();
        log.iter().filter(|one| one.action == "read original").count()
    };
    let look = async |which, since| store.read_original(which, since, "user k", 7).await.unwrap();
    assert_eq!(look((num, first), 0).await.as_deref(), Some(SECRET));
    for (which, since) in [((num + 1, first), 0), ((num, first), 1_001), ((num, -1), 0)] {
        assert_eq!(look(which, since).await, None);
    }
    assert_eq!(looks().await, 1);

    // The last redaction is undone first, and each once.
    let second = redact("gọi cho [x]", "[x]", 2_000).await;
    let restore =
        async |note, since| store.restore_comment((num, note), since, author, 3_000).await.unwrap();
    assert_eq!(restore(first, 0).await, Noted::AlreadyThere);
    assert_eq!(restore(second, 2_001).await, Noted::AlreadyThere, "its days are over");
    let before = store.position().await.unwrap();
    assert_eq!(restore(second, 0).await, Noted::Written);
    assert_eq!(restore(second, 0).await, Noted::AlreadyThere);
    assert_eq!(state().await, (Some("gọi cho [x]".into()), Some(1_000)));
    let moved = store.changes_after(before, 10_000).await.unwrap();
    assert!(moved.iter().any(|row| row.num == num), "whoever follows the changes hears of it");

    // What the visitor's tablet told meanwhile is the comment that comes back.
    let known = chain.events.len();
    comment(&mut chain, session, NOON + 6_000, "gọi giúp tôi");
    chain.append(store, &chain.batch(known, 99, NOON + 9_000)).await;
    assert_eq!(state().await.1, Some(1_000), "still redacted");
    let told = store.comments_told(chain.tablet, session).await.unwrap();
    assert_eq!(told, [SECRET, "gọi giúp tôi"]);
    assert_eq!(restore(first, 0).await, Noted::Written);
    assert_eq!(state().await, (Some("gọi giúp tôi".into()), None));
    let kinds: Vec<_> = store.notes(num).await.unwrap().iter().map(|one| one.kind.word()).collect();
    assert_eq!(kinds, ["redacted", "redacted", "restored", "restored"]);

    // Its days are over, or the comment's own.
    let third = redact("gọi giúp tôi", "[x]", 40 * DAY).await;
    assert_eq!(store.originals_after(0).await.unwrap().last().unwrap().was, "gọi giúp tôi");
    store.expire_originals(40 * DAY, "test", 41 * DAY).await.unwrap();
    assert_eq!(store.kept_originals(num, 0).await.unwrap().len(), 1, "not yet");
    assert_eq!(store.expire_originals(40 * DAY + 1, "test", 70 * DAY).await.unwrap(), 1);
    assert_eq!(restore(third, 0).await, Noted::AlreadyThere);
    let fourth = redact("[x]", "[y]", 71 * DAY).await;
    let proposed = VisitFilter { proposed: true, ..VisitFilter::default() };
    assert_eq!(store.records(&proposed, None, 9).await.unwrap(), []);
    store.add_note(num, NoteKind::Proposed, author, "names", 71 * DAY).await.unwrap();
    assert_eq!(store.records(&proposed, None, 9).await.unwrap()[0].num, num);
    store.add_note(num, NoteKind::Declined, author, "Không cần", 71 * DAY).await.unwrap();
    assert_eq!(store.count_records(&proposed, 9).await.unwrap(), 0, "answered");
    store.expire_comments(NOON + 1, "test", 72 * DAY).await.unwrap();
    assert_eq!(store.kept_originals(num, 0).await.unwrap(), []);
    assert_eq!(restore(fourth, 0).await, Noted::AlreadyThere);
    assert_eq!(state().await, (None, Some(72 * DAY)));
    let log = format!("{:?}", store.audit_log(1_000).await.unwrap());
    assert!(!log.contains("0912345678") && !log.contains("giúp tôi") && !log.contains("Không cần"));
}

/// Notes are written once, and a ruling reaches the statistics.
pub async fn notes_stand_and_rulings_are_counted(store: &Store) {
    let user = add_user(store, "phu-trach-4", Role::Supervisor).await;
    let author = Author { user, actor: "user phu-trach-4" };
    let mut chain = enrolled(store, "Q08", 82).await;
    let session = Uuid::from_u128(9_200);
    chain.rate(session, NOON, shown("Q08", "CC015", None), Level::Dissatisfied);
    chain.append(store, &chain.batch(0, 99, NOON + 9_000)).await;
    let num = store.record_of(session).await.unwrap().unwrap().num;
    let add = |kind, text: &'static str| store.add_note(num, kind, author, text, 10);
    assert_eq!(add(NoteKind::Handled, "Đã gọi lại").await.unwrap(), Noted::Written);
    assert_eq!(add(NoteKind::Handled, "Đã gọi lại").await.unwrap(), Noted::AlreadyThere);
    let missing = store.add_note(-1, NoteKind::Reply, author, "?", 10).await.unwrap();
    assert_eq!(missing, Noted::Missing);
    let level = async |position| {
        let rows = store.changes_after(position, 10_000).await.unwrap();
        rows.into_iter().find(|row| row.num == num).map(|row| (row.level, row.ruled_out))
    };
    let before = store.position().await.unwrap();
    assert_eq!(add(NoteKind::RuledOut, "Máy hỏng").await.unwrap(), Noted::Written);
    assert_eq!(add(NoteKind::RuledOut, "Máy hỏng").await.unwrap(), Noted::AlreadyThere);
    assert_eq!(level(before).await, Some((4, true)), "what it said, and the mark");
    let ruled =
        VisitFilter { ruled_out: Some(true), handled: Some(true), ..VisitFilter::default() };
    assert_eq!(store.records(&ruled, None, 9).await.unwrap().len(), 1);
    let replied = VisitFilter { replied: true, ..VisitFilter::default() };
    assert_eq!(store.records(&replied, None, 9).await.unwrap(), []);
    assert_eq!(add(NoteKind::Reply, "Do mất điện").await.unwrap(), Noted::Written);
    assert_eq!(store.count_records(&replied, 9).await.unwrap(), 1);
    assert_eq!(store.records(&replied, None, 9).await.unwrap()[0].num, num);
    let unanswered = VisitFilter { unanswered: true, ..VisitFilter::default() };
    assert_eq!(store.records(&unanswered, None, 9).await.unwrap()[0].num, num);
    assert_eq!(add(NoteKind::Further, "Đã gọi thêm").await.unwrap(), Noted::Written);
    assert_eq!(store.count_records(&unanswered, 9).await.unwrap(), 1, "it answers no reply");
    assert_eq!(add(NoteKind::RuledIn, "Nhầm").await.unwrap(), Noted::Written);
    assert_eq!(store.count_records(&unanswered, 9).await.unwrap(), 0, "the ruling answers it");
    assert_eq!(level(before).await, Some((4, false)), "a further ruling takes it back");
    for reply in ["Còn nữa", "Xin xem lại"] {
        assert_eq!(add(NoteKind::Reply, reply).await.unwrap(), Noted::Written);
        assert_eq!(store.count_records(&unanswered, 9).await.unwrap(), 1);
        assert_eq!(add(NoteKind::Accepted, "Đúng").await.unwrap(), Noted::Written, "also again");
        assert_eq!(store.count_records(&unanswered, 9).await.unwrap(), 0);
    }
    store.log_release("user quan-tri", "2 released", 11).await.unwrap();
    assert_eq!(store.audit_log(1).await.unwrap()[0].subject, "quarantine");
}

/// That a flagged rating counts is ruled once, and changes no figure.
async fn a_flagged_rating_is_examined_once_and_counts_as_before(store: &Store) {
    let user = add_user(store, "kiem-tra-5", Role::Auditor).await;
    let author = Author { user, actor: "user kiem-tra-5" };
    let mut chain = enrolled(store, "Q08", 83).await;
    let sessions = [9_400, 9_401].map(Uuid::from_u128);
    for (session, at) in sessions.into_iter().zip([NOON, NOON + 5_000]) {
        chain.rate(session, at, shown("Q08", "CC015", None), Level::Satisfied);
    }
    chain.append(store, &chain.batch(0, 99, NOON + 9_000)).await;
    let first = store.record_of(sessions[0]).await.unwrap().unwrap().num;
    let flagged = store.record_of(sessions[1]).await.unwrap().unwrap().num;
    let is_among = async |examined: bool| {
        let wanted = VisitFilter { examined: Some(examined), ..VisitFilter::default() };
        store.records(&wanted, None, 100).await.unwrap().iter().any(|one| one.num == flagged)
    };
    let add = |num, kind, text: &'static str| store.add_note(num, kind, author, text, 20);
    assert_eq!((is_among(false).await, is_among(true).await), (true, false));
    let before = store.position().await.unwrap();
    let unflagged = add(first, NoteKind::RuledIn, "Đã xem").await.unwrap();
    assert_eq!(unflagged, Noted::AlreadyThere, "no rule found it");
    assert_eq!(add(flagged, NoteKind::RuledIn, "Đã xem").await.unwrap(), Noted::Written);
    assert_eq!(store.audit_log(1).await.unwrap()[0].action, "ruled_in");
    assert_eq!((is_among(false).await, is_among(true).await), (false, true));
    assert_eq!(add(flagged, NoteKind::RuledIn, "Đã xem").await.unwrap(), Noted::AlreadyThere);
    assert_eq!(store.changes_after(before, 10_000).await.unwrap(), [], "nothing moved");
    assert_eq!(add(flagged, NoteKind::RuledOut, "Bấm thử").await.unwrap(), Noted::Written);
    assert_eq!((is_among(false).await, is_among(true).await), (false, false));
    assert_eq!(add(flagged, NoteKind::RuledIn, "Nhầm").await.unwrap(), Noted::Written);
    assert!(is_among(true).await);
}
