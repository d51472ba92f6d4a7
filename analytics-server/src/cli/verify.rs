//! `verify` reads everything again and says whether the database still holds what was stored in it.

use super::data::DataArguments;
use super::output::{moment, say};
use analytics_server::state::COLUMNS;
use analytics_server::verify::{Verified, verify};
use anyhow::{Result, bail};
use protocol::Head;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
}

/// What no check of the database alone can show.
const UNPROVEN: &str = "what no tablet signs: whoever may write to the database can take signatures away and \
     write anew what they vouched for (it is counted above then), cut off the end of a chain with all that \
     speaks of it, exchange a tablet's key and write its chain anew (its own next batch is refused then), or \
     change names and the audit log; compare with a backup from elsewhere";

/// Prints a line for each tablet, retired ones included, what else was checked, and the first
/// difference of each kind; fails where there is one.
pub async fn run(arguments: Arguments) -> Result<()> {
    arguments.data.must_exist()?;
    let config = arguments.data.configured_alone()?;
    let dir = config.data_dir.value;
    let address = config.database.value.as_deref();
    let verified = verify(&dir, address, &dir.join(COLUMNS)).await?;
    tablets(&verified)?;
    checked(&verified)?;
    let (mut kinds, mut all, mut chains) = (0, 0, 0);
    for (kind, found) in verified.findings.iter() {
        let others = match found.count - 1 {
            0 => String::new(),
            1 => " (and 1 more)".into(),
            more => format!(" (and {more} more)"),
        };
        say(format!("DIFFERS\t{kind}\t{}{others}; {}", found.first, kind.advice()))?;
        kinds += 1;
        all += found.count;
    }
    chains += verified.tablets.iter().filter(|(_, one)| one.chain.breaks_at.is_some()).count();
    say(format!("not checked\t{UNPROVEN}"))?;
    if chains > 0 {
        bail!(
            "{all} differences of {kinds} kinds, and the chains of {chains} tablets break: keep the \
             database as it is, and compare it with a backup"
        );
    }
    if kinds > 0 {
        bail!(
            "{all} differences of {kinds} kinds: keep the database as it is, and compare it with a \
             backup"
        );
    }
    say("holds")
}

fn tablets(verified: &Verified) -> Result<()> {
    for (tablet, one) in &verified.tablets {
        let chain = &one.chain;
        let span = chain.span.map_or_else(
            || "no events yet".to_owned(),
            |(first, last)| format!("{} to {}", moment(Some(first)), moment(Some(last))),
        );
        let found = match chain.breaks_at {
            None => "holds".to_owned(),
            Some(number) => format!("BREAKS at event {number}"),
        };
        let (counter, Head { number, digest }) = (&chain.counter, chain.head);
        say(format!("{counter}\t{tablet}\t{number} events\t{span}\thead {digest}\t{found}"))?;
    }
    Ok(())
}

/// What was checked, with numbers.
fn checked(verified: &Verified) -> Result<()> {
    let integrity = &verified.integrity;
    say(format!("checked\tdatabase: {}", integrity.checked.join(", ")))?;
    for unchecked in &integrity.unchecked {
        say(format!("not checked\t{unchecked}"))?;
    }
    let sum = |of: fn(&analytics_server::verify::visits::TabletCheck) -> u64| -> u64 {
        verified.tablets.iter().map(|(_, one)| of(one)).sum()
    };
    let (tablets, events, visits) =
        (verified.tablets.len(), sum(|one| one.events), sum(|one| one.visits));
    say(format!(
        "checked\t{visits} visits folded again from {events} events of {tablets} tablets"
    ))?;
    let unsigned = sum(|one| one.chain.unsigned);
    say(format!(
        "checked\tsignatures of tablets up to {} events",
        events.saturating_sub(unsigned)
    ))?;
    if unsigned > 0 {
        say(format!(
            "not checked\t{unsigned} events at the ends of chains that no stored signature vouches for: \
             they came before signatures were stored, or somebody took those away; a later batch of the same \
             tablet vouches for them too"
        ))?;
    }
    match sum(|one| one.unbatched) {
        0 => {}
        some => say(format!(
            "not checked\tthe exact moments of {some} events from before batches were recorded, \
             only that they lie between their neighbours"
        ))?,
    }
    let imports = &verified.imports;
    say(format!("checked\t{} imported ratings of {} batches", imports.ratings, imports.batches))?;
    if imports.unrecorded > 0 {
        say(format!(
            "not checked\t{} ratings imported before batches were recorded; a running server \
             records them within minutes",
            imports.unrecorded
        ))?;
    }
    say(format!("checked\t{} rules between tables", verified.rules))?;
    let columns = &verified.columns;
    say(format!("checked\t{} rows of {} saved months", columns.rows, columns.files))?;
    say(format!("checked\tfigures of {} months, {} ratings", columns.months, columns.ratings))
}
