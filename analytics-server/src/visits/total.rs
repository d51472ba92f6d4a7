//! How many ratings a list holds, all of them. What figures tell too is taken from them: they are
//! counted ahead, and the number of a dashboard is the number of the list behind it. Anything else
//! is counted in the database.

use crate::centre_time::local;
use crate::state::App;
use crate::stats::StatsError;
use crate::stats::slice::{Filter, Slice};
use crate::storage::visit_filter::{FlagFilter, VisitFilter};
use jiff::civil::{Date, Time, date};
use protocol::Level;
use reports::figures::{Figures, Period};

/// Counted one by one no further than this: more is told as “more than”.
const COUNTED: u32 = 100_000;

/// How many ratings are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// How many; no more than are counted one by one.
    pub found: u64,
    /// Whether there are no more.
    pub is_all: bool,
    /// How many of them a ruling took out of the figures.
    pub ruled_out: u64,
}

impl Total {
    /// The number of ratings that are wanted.
    pub async fn of(app: &App, wanted: &VisitFilter) -> Result<Self, StatsError> {
        if let Some(slice) = slice(app, wanted) {
            let figures = app.figures(slice).await?;
            if let Some((found, ruled_out)) = counted(&figures, wanted) {
                return Ok(Self { found, is_all: true, ruled_out });
            }
        }
        let count = app.store.count_records(wanted, COUNTED + 1).await?;
        let ruled_out = match wanted.ruled_out {
            Some(true) => count,
            Some(false) => 0,
            None if wanted.examined.is_some() => 0,
            None => {
                let out = VisitFilter { ruled_out: Some(true), ..wanted.clone() };
                app.store.count_records(&out, COUNTED).await?
            }
        };
        let most = u64::from(COUNTED);
        Ok(Self { found: count.min(most), is_all: count <= most, ruled_out })
    }
}

/// The slice of figures that holds what is wanted and perhaps more; none where there is no such one.
fn slice(app: &App, wanted: &VisitFilter) -> Option<Slice> {
    // Counters are asked for as a set, which a slice knows only one of.
    let counter = match &wanted.counters {
        None => None,
        Some(set) if set.len() == 1 => set.first().copied(),
        Some(_) => return None,
    };
    let plain = wanted.imported.is_none()
        && wanted.aspect.is_none()
        && wanted.handled.is_none()
        && wanted.examined.is_none()
        && !wanted.commented
        && !wanted.replied
        && !wanted.unanswered
        && !wanted.proposed
        && !wanted.disputable;
    let day = |at: i64| -> Option<Date> {
        let local = local(at, &app.zone);
        (local.time() == Time::midnight()).then(|| local.date())
    };
    // A list without a first or a last day goes as far as any period does.
    let from = wanted.from.map_or(Some(date(1900, 1, 1)), day)?;
    let until = wanted.until.map_or(Some(date(2199, 12, 31)), day)?;
    let to = until.yesterday().ok().filter(|to| *to >= from && plain)?;
    let policy = app.centre().policy;
    let period = Period { from, to, policy: policy.name().into(), name: format!("{from}..{to}") };
    let filter = Filter {
        departments: wanted.departments.clone(),
        officer: wanted.officer,
        counter,
        procedure: wanted.procedure,
        stage: wanted.stage,
        channel: wanted.channel,
        ..Filter::default()
    };
    Some(Slice { period, filter })
}

/// How many of some figures are wanted, and how many of those were ruled out; none where figures do
/// not tell.
fn counted(figures: &Figures, wanted: &VisitFilter) -> Option<(u64, u64)> {
    let of = &figures.ratings;
    let out = of.raw() - of.total;
    let narrowed = [
        wanted.levels.is_some(),
        wanted.reason.is_some(),
        wanted.flag.is_some(),
        wanted.hour.is_some() || wanted.weekday.is_some(),
    ];
    let narrowed = narrowed.into_iter().filter(|is| *is).count();
    match (wanted.ruled_out, narrowed) {
        (None, 0) => return Some((of.raw(), out)),
        (Some(true), 0) => return Some((out, out)),
        (Some(false), 0) => return Some((of.total, 0)),
        // What was ruled out is told of all of them together only, and one thing at a time.
        (Some(false), 1) => {}
        _ => return None,
    }
    let found = match (&wanted.levels, &wanted.reason, &wanted.flag) {
        (Some((best, worst)), ..) => at_levels(figures, *best, *worst),
        (_, Some(reason), _) => {
            figures.reasons.iter().find(|one| one.id == *reason).map_or(0, |one| one.ratings)
        }
        (.., Some(FlagFilter::Any)) => of.total - figures.cleaned.total,
        (.., Some(FlagFilter::None)) => figures.cleaned.total,
        (.., Some(FlagFilter::Rule(rule))) => figures.flags.get(rule).copied().unwrap_or(0),
        _ => {
            let own = figures.hours.iter().filter(|one| {
                wanted.hour.is_none_or(|hour| hour == one.hour)
                    && wanted.weekday.is_none_or(|day| day == one.weekday)
            });
            own.map(|one| one.ratings).sum()
        }
    };
    Some((found, 0))
}

fn at_levels(figures: &Figures, best: Level, worst: Level) -> u64 {
    let levels = Level::ALL.into_iter().zip(figures.ratings.levels.named());
    let wanted = levels.filter(|(level, _)| (best.code()..=worst.code()).contains(&level.code()));
    wanted.map(|(_, (_, count))| count).sum()
}
