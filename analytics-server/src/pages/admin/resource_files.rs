//! Sites, departments, counters, officers and procedures from files.

use super::file_import::{Change, ImportList, Subject};
use crate::import::fields::{References, column, path_segment, specs};
use crate::import::header::Column;
use crate::import::kinds::listed;
use crate::import::lines::ListRow;
use crate::import::plan::plan;
use crate::pages::forms::mark_of;
use crate::pages::prelude::*;
use crate::storage::register::{Carried, EntryChange, Noun};

/// The list of one kind.
pub(super) struct ResourceImport(pub Noun);

impl ImportList for ResourceImport {
    type Work = Vec<EntryChange>;

    fn subject(&self, context: &Context) -> Subject {
        let (noun, place) = (self.0, path_segment(self.0));
        let columns = specs(noun).iter().map(|(name, _)| column(noun, name, locales::texts("vi")));
        Subject {
            path: format!("/admin/{place}"),
            title: context.text(&format!("admin-{place}")),
            columns: columns.collect::<Vec<_>>().join(", "),
            note: context.text("admin-file-columns-note"),
            sample: format!("/admin/{place}/download?format=xlsx"),
            heads: ["admin-row-code", "admin-row-name"].map(|key| context.text(key)),
        }
    }

    fn columns(&self) -> Vec<Column> {
        listed(self.0)
    }

    async fn change(
        &self,
        context: &Context,
        rows: &[ListRow],
    ) -> PageResult<Change<Vec<EntryChange>>> {
        let store = &context.app.store;
        let (references, stored) = (References::of(store).await?, store.entries(self.0).await?);
        let plan = plan(self.0, &references, &stored, rows, context.texts);
        let steps: Vec<_> = plan.steps.iter().map(|step| (&step.before, &step.after)).collect();
        let (mark, steps) = (mark_of(&steps), steps.len());
        Ok(Change { rows: plan.rows, mark, steps, work: plan.steps })
    }

    async fn carry_out(
        &self,
        context: &Context,
        work: Vec<EntryChange>,
    ) -> PageResult<Result<(), &'static str>> {
        let (actor, now) = (context.viewer.actor(), context.now());
        let carried = context.app.store.carry_out(self.0, &work, &actor, now).await?;
        Ok(if carried == Carried::Done { Ok(()) } else { Err("admin-import-stale") })
    }
}
