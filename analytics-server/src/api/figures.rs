//! The figures of a period for other software of the centre: what the pages show, with the same
//! care for counts that could point at one citizen.

use super::machine::{Machine, ReadsFigures, VERIFY};
use super::problem::Refusal;
use crate::period::{self, Span};
use crate::state::App;
use crate::stats::slice::Slice;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use protocol::exchange::{Problem, ProblemCode};
use reports::figures::{Figures, Group, Ratings, SHOWN_FROM};
use reports::masks::{Cell, Share, masked, told, told_whole};
use serde::{Deserialize, Serialize};

/// Which figures.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    period: Option<String>,
    department: Option<String>,
}

/// The figures of a period.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FiguresTold {
    /// First day, such as 2023-09-01.
    from: String,
    /// Last day.
    to: String,
    /// As it was asked for, such as 2023-09.
    period: String,
    /// All ratings of the period, or of the department that was asked for.
    whole: Row,
    /// Per department, most ratings first.
    departments: Vec<Row>,
    /// Per counter.
    counters: Vec<Row>,
    /// Per officer.
    officers: Vec<Row>,
    /// Events that wait for a person, whenever they arrived.
    quarantined: u64,
    /// Some of the ratings were simulated.
    simulated: bool,
    /// Counts of 1 to 4 are left out, and those that would give them away.
    masked: bool,
}

/// One row: who, and what citizens said. What may not be told is null.
#[derive(Serialize, utoipa::ToSchema)]
struct Row {
    /// Code; empty for the whole.
    code: String,
    /// Name; empty for the whole.
    name: String,
    /// Name of the department of a counter or officer.
    department: Option<String>,
    /// Number of ratings.
    total: Option<u64>,
    /// Very satisfied, satisfied, neutral, dissatisfied, very dissatisfied.
    #[schema(min_items = 5, max_items = 5)]
    levels: Vec<Option<u64>>,
    /// Satisfied share, 0 to 1.
    satisfied: Option<f64>,
    /// Lower end of its 95 % interval (Wilson).
    low: Option<f64>,
    /// Upper end.
    high: Option<f64>,
    /// Visits that a tablet asked.
    asked: Option<u64>,
    /// Of those, visits that ended without an answer.
    abandoned: Option<u64>,
    /// Enough ratings to be ranked.
    ranked: bool,
}

impl Row {
    fn of(group: &Group, bare: bool) -> Self {
        let row = if bare { Self::bare(&group.ratings) } else { Self::told(&group.ratings, false) };
        Self {
            code: group.code.clone(),
            name: group.name.clone(),
            department: group.department.clone(),
            ranked: group.is_ranked(),
            ..row
        }
    }

    /// Everything as it is.
    fn bare(ratings: &Ratings) -> Self {
        let of = ratings.satisfied;
        Self {
            code: String::new(),
            name: String::new(),
            department: None,
            total: Some(ratings.total),
            levels: ratings.levels.named().map(|(_, count)| Some(count)).to_vec(),
            satisfied: of.share,
            low: of.low,
            high: of.high,
            asked: Some(ratings.asked),
            abandoned: Some(ratings.abandoned),
            ranked: true,
        }
    }

    /// What may be told.
    fn told(ratings: &Ratings, whole: bool) -> Self {
        let enough = |count: u64| (count == 0 || count >= SHOWN_FROM).then_some(count);
        let seen = if whole { told_whole(ratings) } else { told(ratings) };
        let share = seen.map_or(Share::Unknown, |seen| seen.satisfied);
        let (low, high) = match share {
            Share::Exact { low, high, .. } => (Some(low), Some(high)),
            _ => (None, None),
        };
        let of = ratings.levels;
        // The share tells the sum of the upper two and of the lower three, so each keeps its own.
        let upper = masked([of.very_satisfied, of.satisfied]);
        let lower = masked([of.neutral, of.dissatisfied, of.very_dissatisfied]);
        let levels = match share {
            Share::Exact { .. } => upper.into_iter().chain(lower).map(Cell::shown).collect(),
            _ if ratings.total == 0 => vec![Some(0); 5],
            // Where only a bound of the share may be told, no level may.
            _ => vec![None; 5],
        };
        let both = enough(ratings.asked).and(enough(ratings.abandoned)).is_some();
        Self {
            total: enough(ratings.total),
            levels,
            satisfied: share.exact(),
            low,
            high,
            asked: enough(ratings.asked).filter(|_| both),
            abandoned: enough(ratings.abandoned).filter(|_| both),
            ..Self::bare(ratings)
        }
    }
}

/// The figures of a period.
#[utoipa::path(
    get,
    path = "/api/v1/figures",
    params(
        ("period" = Option<String>, Query, description = "2023-09, 2023-Q3, 2023-H1, 2023-9M, \
            2023 or 2023-01-15..2023-02-14; without it the month of the last rating",
            max_length = 30,
            pattern = r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
        ("department" = Option<String>, Query, description = "Code of a department; without it \
            the whole centre", min_length = 1, max_length = 64),
    ),
    security(("machine" = ["figures:read"])),
    responses(
        (status = 200, description = "The figures; counts of 1 to 4 only with the scope `verify`", body = FiguresTold),
        (status = 400, description = "The period or the query can not be read", body = Problem),
        (status = 401, description = "Unknown token, or one without the scope `figures:read`", body = Problem),
        (status = 422, description = "No such department", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn figures(
    State(app): State<App>,
    Machine(token, _): Machine<ReadsFigures>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<FiguresTold>, Refusal> {
    let Query(asked) = asked.map_err(|_| unreadable())?;
    let span = span(&app, asked.period.as_deref()).await?;
    let mut slice = Slice::whole(span.under(app.centre().policy));
    if let Some(code) = asked.department.as_deref() {
        let directory = app.store.directory().await?;
        let department = directory.department(code).ok_or_else(unknown_department)?;
        slice.filter.departments = Some([department.id].into());
    }
    let figures = app.figures(&slice).await?;
    Ok(Json(page(&figures, asked.department.is_none(), token.may(VERIFY))))
}

/// `centre`: the figures are of all of it, so their share points at nobody.
fn page(figures: &Figures, centre: bool, bare: bool) -> FiguresTold {
    let rows = |groups: &[Group]| groups.iter().map(|group| Row::of(group, bare)).collect();
    FiguresTold {
        from: figures.period.from.to_string(),
        to: figures.period.to.to_string(),
        period: figures.period.name.clone(),
        whole: if bare { Row::bare(&figures.ratings) } else { Row::told(&figures.ratings, centre) },
        departments: rows(&figures.departments),
        counters: rows(&figures.counters),
        officers: rows(&figures.officers),
        quarantined: figures.quarantined,
        simulated: figures.simulated,
        masked: !bare,
    }
}

/// The period that was asked for, or the month of the last rating.
pub(super) async fn span(app: &App, text: Option<&str>) -> Result<Span, Refusal> {
    if let Some(text) = text {
        return Ok(text.parse::<Span>()?);
    }
    let day = app.stats.latest_day().await?.unwrap_or_else(|| app.today());
    Ok(Span::month_of(day, app.centre().policy))
}

/// The query of an address that can not be read.
pub(super) fn unreadable() -> Refusal {
    let message = "The address's query can not be read; see /api/docs for what may stand in it.";
    Refusal::new(ProblemCode::BadRequest, message)
}

/// No department has this code.
pub(super) fn unknown_department() -> Refusal {
    Refusal::new(ProblemCode::UnknownName, "No department has this code.")
}

impl From<period::PeriodError> for Refusal {
    fn from(error: period::PeriodError) -> Self {
        Self::new(ProblemCode::BadRequest, format!("{error}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_no_more_than_the_pages_show() {
        let json = include_str!("../../../reports/tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        let (told, bare) = (page(&figures, true, false), page(&figures, true, true));
        assert!(told.masked && !bare.masked);
        let hidden = |row: &&Row| row.levels.iter().any(Option::is_none);
        let rows = |page: &FiguresTold| {
            [&page.departments, &page.officers, &page.counters]
                .map(|rows| rows.iter().filter(hidden).count())
        };
        assert_eq!(rows(&bare), [0, 0, 0]);
        assert!(rows(&told)[1] > 0);
        for row in told.departments.iter().chain(&told.officers).chain(&told.counters) {
            for count in row.levels.iter().flatten() {
                assert!(*count == 0 || *count >= SHOWN_FROM, "{} tells {count}", row.code);
            }
            let missing = row.levels.iter().filter(|count| count.is_none()).count();
            assert_ne!(missing, 1, "{}: the total gives the one away", row.code);
        }
    }
}
