//! What is exported: ratings row by row, totals, published figures, backups.

use super::fixtures::some_visits;
use analytics_server::storage::Store;
use analytics_server::storage::backup::{self, BackupError};
use analytics_server::storage::export::{ExportFilter, OutBy, OutCounts, OutCursor};
use analytics_server::storage::published::{ItemKind, NewItem, NewStep};
use analytics_server::storage::restore;
use analytics_server::storage::visit_filter::VisitFilter;
use protocol::sealed_file::PublicKey;
use tempfile::TempDir;

on_both_databases! {
    ratings_leave_in_pages_and_totals_tell_how_many,
    what_was_told_stands,
    a_database_says_what_it_is,
    a_backup_holds_everything_or_is_none,
}

/// From the first one asked on.
const START: (OutBy, OutCursor) = (OutBy::Asked, OutCursor::START);

async fn ratings_leave_in_pages_and_totals_tell_how_many(store: &Store) {
    some_visits(store, 51).await;
    let all = ExportFilter { from: i64::MIN, until: i64::MAX, ..ExportFilter::default() };
    let count = store.ratings_out_count(&all).await.unwrap();
    let mut by_change = Vec::new();
    let mut seen = Vec::new();
    for (by, list) in [(OutBy::Changed, &mut by_change), (OutBy::Asked, &mut seen)] {
        let mut after = OutCursor::START;
        loop {
            let page = store.ratings_out(&all, true, (by, after), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.place;
            list.extend(page);
        }
        assert_eq!(u64::try_from(list.len()).unwrap(), count.raw, "{by:?}");
        assert!(list.windows(2).all(|pair| pair[0].place < pair[1].place), "{by:?}");
    }
    assert!(seen.iter().all(|row| row.place.at == row.asked_at));
    let department = seen[0].department;
    let own = ExportFilter { departments: Some(vec![department]), ..all.clone() };
    let of_own = seen.iter().filter(|row| row.department == department).count();
    assert_eq!(store.ratings_out(&own, false, START, 10_000).await.unwrap().len(), of_own);
    let odd = ExportFilter {
        departments: Some(vec![department]),
        counters: Some(vec![seen[0].counter]),
        procedure: Some(-1),
        channel: Some(1),
        officer: Some(-1),
        stage: Some(2),
        ..all.clone()
    };
    assert_eq!(store.ratings_out_count(&odd).await.unwrap(), OutCounts::default());
    let mut recount = OutCounts::default();
    for row in &seen {
        recount.add(row);
    }
    assert_eq!(recount, count, "what rows say and what is counted agree");
    assert!(store.ratings_out(&odd, false, START, 10).await.unwrap().is_empty());
    let bare = store.ratings_out(&all, false, START, 10_000).await.unwrap();
    assert!(bare.iter().all(|row| row.comment.is_none()), "comments only when asked for");
    let marked: Vec<_> = seen.iter().filter_map(|row| row.dossier.as_ref()).collect();
    assert!(
        !marked.is_empty() && marked.iter().all(|mark| mark.len() == 17 && mark.starts_with('h')),
        "{marked:?}"
    );
    let flagged = seen.iter().find(|row| !row.flags.is_empty()).unwrap();
    assert!(flagged.flags.split(' ').all(|rule| !rule.is_empty()), "{flagged:?}");

    let totals = store.totals(i64::MAX).await.unwrap();
    assert!(u64::try_from(totals.ratings).unwrap() >= count.raw && totals.events > 0);
    assert_eq!(totals.silent, totals.tablets, "nobody was heard of since the end of time");
    assert_eq!(store.totals(0).await.unwrap().silent, 0);
}

/// What was told stands, also when two servers tell the next step at one moment, and a visit comes
/// with one step alone.
pub async fn what_was_told_stands(store: &Store) {
    some_visits(store, 52).await;
    let rated = store.records(&VisitFilter::default(), None, 2).await.unwrap();
    let officer = rated[0].officer;
    let item =
        |handle, rating, kind| NewItem { handle: [handle; 16], rating, kind, told: "{}".into() };
    let step = |subject, step, figures: &'static str| NewStep {
        subject,
        period: "calendar 2023-09",
        step,
        told_at: 7 + step,
        figures,
    };
    assert_eq!(store.published_step(0, "calendar 2023-09").await.unwrap(), None);
    assert_eq!(store.last_published(officer).await.unwrap(), None);
    let (one, two) = (step(0, 1, "[1]"), step(0, 1, "[2]"));
    let (one, two) = tokio::join!(store.publish_step(&one, &[]), store.publish_step(&two, &[]));
    assert!(one.unwrap() != two.unwrap(), "one of the two stands");
    let told = store.published_step(0, "calendar 2023-09").await.unwrap().unwrap();
    assert_eq!((told.step, told.told_at), (1, 8));
    assert!(store.publish_step(&step(0, 2, "[3]"), &[]).await.unwrap());
    assert!(!store.publish_step(&step(0, 2, "[4]"), &[]).await.unwrap());
    let told = store.published_step(0, "calendar 2023-09").await.unwrap().unwrap();
    assert_eq!((told.step, &*told.figures), (2, "[3]"));

    let first =
        [item(9, rated[0].num, ItemKind::Disputed), item(8, rated[0].num, ItemKind::Commented)];
    assert!(store.publish_step(&step(officer, 1, "[]"), &first).await.unwrap());
    let again =
        [item(7, rated[0].num, ItemKind::Disputed), item(5, rated[1].num, ItemKind::Disputed)];
    assert!(store.publish_step(&step(officer, 2, "[]"), &again).await.unwrap());
    assert!(
        !store
            .publish_step(&step(officer, 2, "[]"), &[item(4, rated[1].num, ItemKind::Commented)])
            .await
            .unwrap()
    );
    let list =
        store.published_items(officer, "calendar 2023-09", ItemKind::Disputed).await.unwrap();
    let told: Vec<_> = list.iter().map(|one| (one.handle[0], one.rating)).collect();
    assert_eq!(told, [(5, rated[1].num), (9, rated[0].num)], "in the order of handles");
    let list =
        store.published_items(officer, "calendar 2023-09", ItemKind::Commented).await.unwrap();
    assert_eq!((list.len(), &list[0].comment), (1, &rated[0].comment));
    let found = store.published_item(officer, &[9; 16]).await.unwrap();
    assert_eq!(found, Some((rated[0].num, "calendar 2023-09".to_owned())));
    for (officer, handle) in [(officer, [8; 16]), (officer, [1; 16]), (officer + 1, [9; 16])] {
        assert_eq!(store.published_item(officer, &handle).await.unwrap(), None);
    }
    assert_eq!(store.last_published(officer).await.unwrap(), Some(9));
}

async fn a_database_says_what_it_is(store: &Store) {
    some_visits(store, 53).await;
    let about = store.about().await.unwrap();
    assert_eq!(about.encoding.as_deref(), matches!(store, Store::Postgres(_)).then_some("UTF8"));
    assert!(about.bytes > 100_000 && about.version.contains('.'), "{about:?}");
    let (open, idle) = store.connections();
    assert!(open > 0 && idle <= open, "{open} open, {idle} idle");
    let heard = store.tablets().await.unwrap().iter().filter_map(|one| one.last_contact_at).max();
    let secret = store.export_secret().await.unwrap();
    assert_eq!(PublicKey::of(&secret).unwrap(), store.export_key().await.unwrap());
    assert!(store.last_contact().await.unwrap() >= heard, "retired ones count, too");
}

async fn a_backup_holds_everything_or_is_none(store: &Store) {
    some_visits(store, 54).await;
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("backup.db");
    let done = store.back_up(&file).await;
    if matches!(store, Store::Postgres(_)) {
        assert!(done.unwrap_err().to_string().contains("pg_dump"));
        return;
    }
    done.unwrap();
    assert!(matches!(store.back_up(&file).await, Err(BackupError::There(_))));
    let copy = backup::look_into(&file).await.unwrap();
    assert_eq!(copy.totals(0).await.unwrap(), store.totals(0).await.unwrap());
    copy.close().await;

    let home = dir.path().join("new").join("home");
    restore::restore(&file, &home, false, 9).await.unwrap();
    assert!(matches!(
        restore::restore(&file, &home, false, 9).await,
        Err(BackupError::NotEmpty(_))
    ));
    let other = dir.path().join("other");
    let foreign = dir.path().join("foreign");
    std::fs::write(&foreign, "no database").unwrap();
    assert!(matches!(
        restore::restore(&foreign, &other, false, 9).await,
        Err(BackupError::Foreign(_))
    ));
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4_096].fill(0xa5);
    std::fs::write(&foreign, bytes).unwrap();
    restore::restore(&foreign, &other, false, 9).await.unwrap_err();
    assert!(!other.join("hai-long.db").exists(), "a damaged copy is put nowhere");
    // One bit is another: the page may still be well formed, the sum tells.
    let mut bytes = std::fs::read(&file).unwrap();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    std::fs::write(&file, bytes).unwrap();
    let changed = restore::restore(&file, &other, false, 9).await;
    assert!(matches!(changed, Err(BackupError::Changed(_))), "{changed:?}");
    assert!(!other.exists(), "nothing was made");
}
