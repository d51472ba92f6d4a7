//! Every event of a tablet once more, in order: the chain is computed from the bytes, the moment of
//! each event from its batch, the visits are folded anew, and each is compared with its rating row.
//! A visit is compared once nothing more was heard of it for a page of events, so that a chain of
//! any length needs little memory; an event that comes later still makes its visit be walked again.

use super::chain::{BatchesInOrder, ChainWalk, Checked};
use super::compare::{Background, FoldedVisit, differences};
use super::findings::{FindingKind, Findings};
use super::moments::{Dated, event_faults};
use super::names::DirectoryIds;
use crate::projections::visit::{begun, bound_behind, fold, is_of_no_visit};
use crate::storage::chains::StoredChain;
use crate::storage::evidence::{EVENTS, QuarantinedEvent, StoredBatch, StoredEvent, TabletFacts};
use crate::storage::repetitions::REPEATED;
use crate::storage::{Store, StoreError};
use protocol::Head;
use protocol::event::{Event, Unreadable, unnumbered};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Differences that are held back until it is clear that nothing more is told of their visits.
const HELD_BACK: usize = 50_000;

/// What was checked of a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabletCheck {
    /// Its chain.
    pub chain: Checked,
    /// Events that were read.
    pub events: u64,
    /// Events whose batch is not stored: their moments were checked against their neighbours alone.
    pub unbatched: u64,
    /// Visits that were folded.
    pub visits: u64,
}

/// One walk over a chain.
struct TabletWalk<'a> {
    store: &'a Store,
    names: &'a DirectoryIds,
    findings: &'a mut Findings,
    tablet: Uuid,
    facts: TabletFacts,
    simulated: Vec<bool>,
    quarantine: HashMap<i64, QuarantinedEvent>,
    open: HashMap<Uuid, FoldedVisit>,
    closed: HashSet<Uuid>,
    /// Visits that an event named after they were compared.
    late: HashSet<Uuid>,
    held_back: Vec<(Uuid, FindingKind, String)>,
    /// Rating rows that were found for visits.
    matched: i64,
    second: bool,
}

/// Checks a tablet; none: there is no such tablet.
pub(super) async fn check_tablet(
    store: &Store,
    tablet: Uuid,
    names: &DirectoryIds,
    findings: &mut Findings,
) -> Result<Option<TabletCheck>, StoreError> {
    let (Some(facts), Some(chain)) =
        (store.tablet_facts(tablet).await?, store.chain(tablet).await?)
    else {
        return Ok(None);
    };
    let mut simulated = store.was_simulated(tablet).await?;
    simulated.push(facts.simulated);
    let quarantine = store.quarantined_events(tablet).await?;
    let quarantine = quarantine.into_iter().map(|one| (one.number, one)).collect();
    let mut walk = TabletWalk {
        store,
        names,
        findings,
        tablet,
        facts,
        simulated,
        quarantine,
        open: HashMap::new(),
        closed: HashSet::new(),
        late: HashSet::new(),
        held_back: Vec::new(),
        matched: 0,
        second: false,
    };
    let mut check = walk.first(&chain).await?;
    walk.again().await?;
    check.visits = walk.closed.len() as u64;
    walk.report();
    walk.invented().await?;
    walk.check_reported_numbers(chain.head);
    Ok(Some(check))
}

impl TabletWalk<'_> {
    /// Walks from the first event to the last.
    async fn first(&mut self, chain: &StoredChain) -> Result<TabletCheck, StoreError> {
        let (mut walk, mut span) = (ChainWalk::new(chain), None::<(i64, i64)>);
        let (mut events, mut unbatched, mut number) = (0, 0, walk.number());
        let mut since = match number {
            0 => begun(self.tablet, self.facts.enrolled_at),
            _ => self.facts.enrolled_at,
        };
        loop {
            let page = self.store.stored_events(self.tablet, number).await?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { break };
            let numbers = (first.number, last.number);
            let batches = self.store.stored_batches(self.tablet, numbers).await?;
            let mut batches = BatchesInOrder::new(&batches);
            number = last.number.unsigned_abs();
            events += page.len() as u64;
            for stored in &page {
                let batch = batches.of(stored.number);
                walk.extend(stored, batch);
                let at = stored.corrected_at;
                span = Some(span.map_or((at, at), |(one, other)| (one.min(at), other.max(at))));
                unbatched += u64::from(batch.is_none());
                let read = Event::read(&stored.bytes, stored.number.unsigned_abs());
                self.date(stored, &read, batch, since);
                since = bound_behind(read.as_ref().ok().map(|event| &event.what), at);
                self.take(stored, &read);
            }
            self.check_repeated_events(&page).await?;
            let quiet = number.saturating_sub(EVENTS as u64);
            self.close(quiet).await?;
        }
        self.close(u64::MAX).await?;
        let checked = walk.end((chain.counter.clone(), chain.head), span);
        let tablet = self.tablet;
        if let Some((first, last)) = walk.forged() {
            let words =
                format!("tablet {tablet}: it did not sign events {first} to {last} as they are");
            self.findings.add(FindingKind::Signature, words);
        } else if let Some(number) = checked.breaks_at {
            let words = format!("tablet {tablet}: the chain breaks at event {number}");
            self.findings.add(FindingKind::Chain, words);
        }
        Ok(TabletCheck { chain: checked, events, unbatched, visits: 0 })
    }

    /// What stands beside an event's bytes.
    fn date(
        &mut self,
        stored: &StoredEvent,
        read: &Result<Event, Unreadable>,
        batch: Option<&StoredBatch>,
        since: i64,
    ) {
        let set_aside = self.quarantine.get(&stored.number);
        let dated = Dated {
            stored,
            read: read.as_ref().ok(),
            was_unreadable: set_aside.is_some_and(|one| one.reason == "unreadable"),
            batch,
            since,
            enrolled_at: self.facts.enrolled_at,
        };
        for (kind, words) in event_faults(&dated) {
            let (number, tablet) = (stored.number, self.tablet);
            self.findings.add(kind, format!("event {number} of tablet {tablet}: {words}"));
        }
    }

    /// Folds an event into its visit.
    fn take(&mut self, stored: &StoredEvent, read: &Result<Event, Unreadable>) {
        let set_aside = self.quarantine.get(&stored.number);
        if set_aside.is_some_and(|one| one.resolved_at.is_none() || one.reason == REPEATED) {
            return;
        }
        let place = format!("event {} of tablet {}", stored.number, self.tablet);
        let uncounted =
            |why: String| format!("{place} is in no visit ({why}) and does not wait in quarantine");
        let event = match read {
            Ok(event) => event,
            Err(error) if !self.second => {
                self.findings.add(FindingKind::Uncounted, uncounted(error.to_string()));
                return;
            }
            Err(_) => return,
        };
        if is_of_no_visit(&event.what) {
            return;
        }
        let session = event.session;
        if self.second && !self.late.contains(&session) {
            return;
        }
        if !self.second && self.closed.contains(&session) {
            self.late.insert(session);
            return;
        }
        let known = self.open.get(&session).map(|told| &told.visit);
        let names = self.names;
        let folded =
            fold(known, self.tablet, event, stored.corrected_at, |shown| names.find(shown));
        match folded {
            Ok(visit) => {
                let (last, before) = (stored.number.unsigned_abs(), self.open.remove(&session));
                let mut earlier = Vec::new();
                if let Some(before) = before {
                    earlier = before.earlier;
                    earlier.extend(before.visit.detailed.and_then(|detail| detail.comment));
                }
                self.open.insert(session, FoldedVisit { visit, last, earlier });
            }
            Err(odd) => {
                self.held_back.push((session, FindingKind::Uncounted, uncounted(odd.to_string())));
            }
        }
    }

    /// Looks whether another chain tells the events that are marked as repeated: they are in the visit
    /// there, which is compared with the events of its own tablet.
    async fn check_repeated_events(&mut self, page: &[StoredEvent]) -> Result<(), StoreError> {
        let repeated: Vec<(Uuid, &StoredEvent)> = page
            .iter()
            .filter(|one| self.quarantine.get(&one.number).is_some_and(|q| q.reason == REPEATED))
            .filter_map(|one| Some((one.session_id?, one)))
            .collect();
        let sessions: Vec<Uuid> = repeated.iter().map(|(session, _)| *session).collect();
        let told = self.store.told_by_the_visits_tablet(&sessions).await?;
        for (session, stored) in repeated {
            let number = stored.number.unsigned_abs();
            let words = unnumbered(&stored.bytes, number).map(<[u8]>::to_vec);
            if !words.is_some_and(|words| told.contains(&(session, words))) {
                let tablet = self.tablet;
                let words = format!(
                    "event {number} of tablet {tablet} is set aside as told by another tablet, and \
                     none that visit {session} belongs to tells it"
                );
                self.findings.add(FindingKind::Uncounted, words);
            }
        }
        Ok(())
    }

    /// Compares the visits of which nothing was heard after an event.
    async fn close(&mut self, quiet: u64) -> Result<(), StoreError> {
        let mut sessions: Vec<Uuid> = self
            .open
            .iter()
            .filter(|(_, told)| told.last <= quiet)
            .map(|(session, _)| *session)
            .collect();
        sessions.sort_unstable();
        let rows = self.store.visit_rows(&sessions).await?;
        let rows: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        for session in sessions {
            let Some(told) = self.open.remove(&session) else { continue };
            self.closed.insert(session);
            let Some(row) = rows.get(&session) else {
                let (tablet, last) = (self.tablet, told.last);
                let words = format!(
                    "visit {session} of tablet {tablet}, which ends with event {last}, has no row"
                );
                self.held_back.push((session, FindingKind::Missing, words));
                continue;
            };
            let own = row.visit.as_ref().is_none_or(|visit| visit.tablet == self.tablet);
            self.matched += i64::from(own && !self.second);
            let names = self.names;
            let background = Background {
                simulated: &self.simulated,
                was_in: &|officer, department, at| names.was_in(officer, department, at),
                mark: &names.mark,
            };
            let found = differences(&told, row, &background);
            self.held_back.extend(found.into_iter().map(|(kind, words)| (session, kind, words)));
        }
        if self.held_back.len() > HELD_BACK {
            self.report();
        }
        Ok(())
    }

    /// Walks once more for the visits that an event named after they were compared.
    async fn again(&mut self) -> Result<(), StoreError> {
        if self.late.is_empty() {
            return Ok(());
        }
        self.second = true;
        let late = &self.late;
        self.held_back.retain(|(session, ..)| !late.contains(session));
        let mut number = 0;
        loop {
            let page = self.store.stored_events(self.tablet, number).await?;
            let Some(last) = page.last() else { break };
            number = last.number.unsigned_abs();
            for stored in &page {
                let read = Event::read(&stored.bytes, stored.number.unsigned_abs());
                self.take(stored, &read);
            }
        }
        self.close(u64::MAX).await
    }

    fn report(&mut self) {
        for (_, kind, words) in self.held_back.drain(..) {
            self.findings.add(kind, words);
        }
    }

    /// Looks for rating rows that name the tablet and of which no event tells.
    async fn invented(&mut self) -> Result<(), StoreError> {
        if self.store.rows_of_tablet(self.tablet).await? == self.matched {
            return Ok(());
        }
        let mut above = 0;
        loop {
            let page = self.store.sessions_of_tablet(self.tablet, above).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            above = *last;
            for (num, session) in page.iter().filter(|(_, one)| !self.closed.contains(one)) {
                let tablet = self.tablet;
                let words = format!("rating {num} (visit {session}) of tablet {tablet}");
                self.findings.add(FindingKind::Invented, words);
            }
        }
    }

    /// What the tablet itself said of how much was stored.
    fn check_reported_numbers(&mut self, head: Head) {
        let (stored, tablet) = (signed(head.number), self.tablet);
        if let Some(said) = self.facts.acknowledged.filter(|said| *said > stored) {
            let words = format!(
                "tablet {tablet} said that {said} of its events were acknowledged; {stored} are stored"
            );
            self.findings.add(FindingKind::Tablet, words);
        }
        if let Some(last) = self.facts.batched.filter(|last| *last > stored) {
            let words = format!(
                "tablet {tablet}: a batch up to event {last} was stored; the chain ends at {stored}"
            );
            self.findings.add(FindingKind::Tablet, words);
        }
    }
}

/// A number of events as it is stored.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
