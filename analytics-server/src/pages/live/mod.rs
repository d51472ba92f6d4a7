//! What is told without being asked for: the stream of an open dashboard, and what anybody may see
//! of the centre without signing in, on a page and on the screen of the hall.

mod facts;
pub(super) mod public;
pub(super) mod screen;
pub(super) mod stream;
pub(super) mod today;

use crate::centre::{Centre, CentreError};
use crate::period::Span;
use crate::state::App;
use crate::stats::StatsError;
use jiff::ToSpan as _;
use jiff::civil::Date;
use reports::figures::{Day, Figures, RANKED_FROM};

/// Why there is nothing public to be seen.
#[derive(Debug, thiserror::Error)]
enum Hidden {
    /// It is switched off: the answer is that of an address where nothing is.
    #[error("nothing is public here")]
    Off,
    /// The figures can not be had.
    #[error(transparent)]
    Figures(#[from] StatsError),
    /// The settings can not be read.
    #[error(transparent)]
    Settings(#[from] CentreError),
    /// A template can fail only when memory is out.
    #[error(transparent)]
    Page(#[from] askama::Error),
}

impl Hidden {
    /// The page that says so.
    fn page(self, app: &App, texts: &'static locales::Texts) -> axum::response::Response {
        use super::fault::Fault;
        let fault = match self {
            Self::Off => Fault::Missing,
            Self::Figures(error) => Fault::Figures(error),
            Self::Settings(CentreError::Store(error)) => Fault::Figures(error.into()),
            Self::Settings(_) | Self::Page(_) => Fault::Interrupted,
        };
        fault.page(app, None, texts)
    }
}

/// The centre as it is now, if it shows itself to everybody.
async fn shown(app: &App) -> Result<Centre, Hidden> {
    let centre = app.centre_now().await?;
    if centre.public.shown { Ok(centre) } else { Err(Hidden::Off) }
}

/// The month before this one, which is over: of a part of the house nothing newer is told.
async fn last_month(app: &App) -> Result<Figures, Hidden> {
    let policy = app.centre().policy;
    let this = Span::month_of(app.today(), policy);
    // There is a month before every one but the first of the year 1900.
    Ok(app.figures(&this.previous().unwrap_or(this).under(policy)).await?)
}

/// The figures of the whole centre in this month, or in the one before while there are too few.
/// Only days that are over are in them, and they move on by at least [`RANKED_FROM`] ratings at
/// once: whoever stood beside somebody and looks before and after learns nothing of that one tap.
async fn settled(app: &App) -> Result<Figures, Hidden> {
    let policy = app.centre().policy;
    let mut period = Span::month_of(app.today(), policy).under(policy);
    period.to = app.today().saturating_sub(1.day());
    if period.from <= period.to
        && let Some(last) = last_step(&app.figures(&period).await?.days)
    {
        period.to = last;
        return Ok(app.figures(&period).await?);
    }
    last_month(app).await
}

/// The last day up to which figures are told: each step from one such day to the next holds at
/// least [`RANKED_FROM`] ratings.
fn last_step(days: &[Day]) -> Option<Date> {
    let (mut last, mut since) = (None, 0);
    for day in days {
        since += day.total;
        if since >= RANKED_FROM {
            (last, since) = (Some(day.date), 0);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_for_everybody_move_on_by_thirty_ratings() {
        let last = |totals: &[u64]| {
            let day = |(number, total): (i8, &u64)| Day {
                date: jiff::civil::date(2023, 10, number),
                total: *total,
                ..Day::default()
            };
            let days: Vec<Day> = (1..).zip(totals).map(day).collect();
            last_step(&days).map(Date::day)
        };
        assert_eq!(last(&[]), None);
        assert_eq!(last(&[29]), None);
        assert_eq!(last(&[29, 1, 29]), Some(2));
        assert_eq!(last(&[30, 1, 28, 1]), Some(4));
        assert_eq!(last(&[500, 480, 12]), Some(2));
    }
}
