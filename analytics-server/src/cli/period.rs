//! The period a command speaks of.

use analytics_server::period;
use analytics_server::state::App;
use anyhow::Result;
use clap::Args;

/// The period a sub-command speaks of.
#[derive(Args)]
pub(super) struct PeriodArgument {
    /// 2023-09, 2023-Q3, 2023-H1, 2023-9M, 2023 or 2023-01-15..2023-02-14.
    #[arg(long, value_name = "PERIOD")]
    period: String,
}

impl PeriodArgument {
    pub(super) fn read(&self, app: &App) -> Result<reports::figures::Period> {
        Ok(period::parse(&self.period, app.centre().policy)?)
    }
}
