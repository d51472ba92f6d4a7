//! Sites, departments, counters, officers and procedures from files.

use super::desk::{Desk, Stop};
use super::nouns::{Shelf, column, place, specs};
use super::read_in::{Change, Intake, Subject};
use crate::import::header::Column;
use crate::import::kinds::listed;
use crate::import::lines::ListRow;
use crate::import::plan::plan;
use crate::pages::posted::mark_of;
use crate::storage::register::{Carried, EntryChange as Step, Noun};

/// The list of one kind.
pub(super) struct Nouns(pub Noun);

impl Intake for Nouns {
    type Work = Vec<Step>;

    fn subject(&self, desk: &Desk) -> Subject {
        let (noun, place) = (self.0, place(self.0));
        let columns = specs(noun).iter().map(|(name, _)| column(noun, name, locales::texts("vi")));
        Subject {
            path: format!("/admin/{place}"),
            title: desk.say(&format!("admin-{place}")),
            columns: columns.collect::<Vec<_>>().join(", "),
            note: desk.say("admin-file-columns-note"),
            sample: format!("/admin/{place}/download?format=xlsx"),
            heads: ["admin-row-code", "admin-row-name"].map(|key| desk.say(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        listed(self.0)
    }

    async fn change(&self, desk: &Desk, rows: &[ListRow]) -> Result<Change<Vec<Step>>, Stop> {
        let store = &desk.app.store;
        let (house, stored) = (Shelf::of(store).await?, store.entries(self.0).await?);
        let plan = plan(self.0, &house, &stored, rows, desk.texts);
        let told: Vec<_> = plan.steps.iter().map(|step| (&step.before, &step.after)).collect();
        let (mark, steps) = (mark_of(&told), plan.steps.len());
        Ok(Change { rows: plan.rows, mark, steps, work: plan.steps })
    }

    async fn carry_out(
        &self,
        desk: &Desk,
        work: Vec<Step>,
    ) -> Result<Result<(), &'static str>, Stop> {
        let (actor, now) = (desk.viewer.actor(), desk.now());
        let carried = desk.app.store.carry_out(self.0, &work, &actor, now).await?;
        Ok(if carried == Carried::Done { Ok(()) } else { Err("admin-import-stale") })
    }
}
