//! `figures`: the figures of a period as JSON, of the whole centre or of a part of it.

use super::data::DataArguments;
use super::lookup::{counter_of, officer_of};
use super::output::say;
use super::period::PeriodArgument;
use analytics_server::stats::groups::Dimension;
use analytics_server::stats::slice::{Filter, Slice};
use analytics_server::storage::rows::Directory;
use anyhow::{Context, Result};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    period: PeriodArgument,
    /// Only this department; may be given several times.
    #[arg(long, value_name = "CODE")]
    department: Vec<String>,
    /// Only this officer.
    #[arg(long, value_name = "CODE")]
    officer: Option<String>,
    /// Only this counter.
    #[arg(long, value_name = "CODE")]
    counter: Option<String>,
    /// Only dossiers of this procedure.
    #[arg(long, value_name = "CODE")]
    procedure: Option<String>,
}

pub async fn run(arguments: Arguments) -> Result<()> {
    let app = arguments.data.existing_app().await?;
    let period = arguments.period.read(&app)?;
    let directory = app.store.directory().await?;
    let filter = arguments.filter(&directory)?;
    let figures = app.figures(&Slice { period, filter }).await?;
    say(serde_json::to_string_pretty(&*figures)?)?;
    Ok(())
}

impl Arguments {
    fn filter(&self, directory: &Directory) -> Result<Filter> {
        let department = |code: &String| {
            let found = directory.department(code).map(|one| one.id);
            found.with_context(|| format!("no department has the code {code}; import it first"))
        };
        let procedure = |code: &String| {
            let entries = Dimension::Procedures.entries(directory);
            let found = entries.into_iter().find(|one| one.code == code);
            found
                .map(|one| one.id)
                .with_context(|| format!("no procedure has the code {code}; import it first"))
        };
        let departments: std::collections::BTreeSet<i64> =
            self.department.iter().map(department).collect::<Result<_>>()?;
        let officer = self.officer.as_ref().map(|code| officer_of(directory, code));
        let counter = self.counter.as_ref().map(|code| counter_of(directory, code));
        Ok(Filter {
            departments: (!departments.is_empty()).then_some(departments),
            officer: officer.transpose()?.map(|one| one.id),
            counter: counter.transpose()?.map(|one| one.id),
            procedure: self.procedure.as_ref().map(procedure).transpose()?,
            ..Filter::default()
        })
    }
}
