//! Where a tablet stands, as the fields of the form, and back.

use crate::form_reader::{FieldErrors, FormReader, FormValues};
use crate::pages::form_field::resolve_entry;
use crate::roster::{Workplaces, code};
use crate::storage::rows::TabletAssignment;
use locales::Texts;
use protocol::Stage;

/// The fields of a post.
pub(super) const POST_FIELDS: [&str; 3] = ["counter", "officer", "stage"];

/// A post as fields.
pub(super) fn typed_of(post: &TabletAssignment, workplaces: &Workplaces) -> FormValues {
    let officer = post.officer.and_then(|id| workplaces.officer(id));
    let counter = code(workplaces.counter(post.counter));
    let stage = post.stage.map_or("", Stage::name).to_owned();
    let values = POST_FIELDS.into_iter().zip([counter, code(officer), stage]);
    values.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The post that was typed. What is retired counts as unknown; what was typed of the name of a counter or
/// of a person becomes the code.
pub(super) fn read(
    typed: &mut FormValues,
    workplaces: &Workplaces,
    simulated: bool,
    texts: &Texts,
) -> Result<TabletAssignment, FieldErrors> {
    let places = [("counter", &workplaces.counters), ("officer", &workplaces.officers)];
    let several = places.into_iter().filter_map(|(name, entries)| {
        let sentence = resolve_entry(typed, name, entries, texts)?;
        Some((name.to_owned(), sentence))
    });
    let several: FieldErrors = several.collect();
    let mut form = FormReader::new(typed, texts);
    form.errors = several;
    let officer = workplaces.officer_id(form.text("officer"));
    if officer.is_none() && !form.text("officer").is_empty() {
        form.fail("officer", "admin-fault-officer");
    }
    let stage: Option<Stage> = form.text("stage").parse().ok();
    if stage.is_none() && !form.text("stage").is_empty() {
        form.fail("stage", "admin-fault-stage");
    }
    let Some(counter) = workplaces.counter_id(form.text("counter")) else {
        form.fail("counter", "admin-fault-counter");
        return Err(form.errors);
    };
    form.finish(TabletAssignment { counter, officer, stage, simulated })
}
