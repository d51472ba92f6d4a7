//! Who sits at a tablet's counter by the roster, now and in the days to come. Pure.

use crate::storage::roster::{self, Duty};
use crate::storage::rows::{Directory, Officer, TabletAssignment};
use protocol::limits::STAFF;
use protocol::settings::Turn;

/// Changes of the roster that are sent to a tablet: five a day over two weeks.
const TURNS: usize = 70;

/// Who sits at a counter.
#[derive(Debug, Default)]
pub(super) struct Roster<'a> {
    /// Now.
    pub(super) now: Option<&'a Officer>,
    /// From each of these moments on, in their order.
    later: Vec<(i64, Option<&'a Officer>)>,
}

impl<'a> Roster<'a> {
    /// By a tablet's post and the entries of its counter.
    pub(super) fn of(
        directory: &'a Directory,
        post: &TabletAssignment,
        entries: &[Duty],
        now: i64,
    ) -> Self {
        // A tablet that is set up for one officer asks about nobody else.
        let entries = if post.officer.is_some() { &[] } else { entries };
        let at = |moment| {
            let named = post.officer.or_else(|| roster::on_duty(entries, moment));
            // A retired officer is not rated any more, even if the counter or the roster still names them.
            let named = named.and_then(|id| directory.serving(id));
            named.or_else(|| directory.usual_officer(post.counter))
        };
        let id = |officer: Option<&Officer>| officer.map(|officer| officer.id);
        let first = at(now);
        let (mut later, mut before) = (Vec::new(), id(first));
        for moment in roster::changes(entries, now) {
            let officer = at(moment);
            if id(officer) == before {
                continue;
            }
            before = id(officer);
            if later.len() == TURNS {
                // Later turns are not sent, because after a gap it would be a guess whom to rate.
                later.push((moment, None));
                break;
            }
            later.push((moment, officer));
        }
        Self { now: first, later }
    }

    /// Who follows, as a tablet reads it.
    pub(super) fn turns(&self) -> Vec<Turn> {
        let told = self.following();
        let is_told = |officer: &Officer| {
            let now = self.now.is_some_and(|now| now.id == officer.id);
            now || told.iter().any(|one| one.id == officer.id)
        };
        let code = |officer: Option<&Officer>| {
            officer.filter(|officer| is_told(officer)).map(|officer| officer.code.clone())
        };
        self.later.iter().map(|(from, one)| Turn { from: *from, officer: code(*one) }).collect()
    }

    /// Those who follow and do not sit there now, each once; no more than may sign in at a tablet, since
    /// each comes with a portrait.
    pub(super) fn following(&self) -> Vec<&'a Officer> {
        let mut following: Vec<&Officer> = Vec::new();
        for officer in self.later.iter().filter_map(|(_, officer)| *officer) {
            let now = self.now.is_some_and(|now| now.id == officer.id);
            let known = now || following.iter().any(|one| one.id == officer.id);
            if !known && following.len() < STAFF {
                following.push(officer);
            }
        }
        following
    }
}
