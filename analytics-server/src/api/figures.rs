//! The figures of a period for other software of the centre. With the scope `verify` all of them, as
//! they are now. Without it what everybody is told: whole periods that are over, in stored steps, by
//! department alone, and no group with fewer than ten answers; see `publication`.

use super::machine::{EXACT_FIGURES, Machine, ReadsFigures};
use super::problem::Refusal;
use crate::period::{self, Span};
use crate::publication::{self, Answers, PublishedFigures, Subject};
use crate::scope::Scope;
use crate::state::App;
use crate::stats::slice::Slice;
use crate::storage::rows::{Department, Directory};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use protocol::exchange::{Problem, ProblemCode};
use reports::figures::{Figures, Group, Period, RANKED_FROM, Ratings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Code of the row of those that are not told apart; no department has it.
const OTHERS: &str = "*";

/// Which figures.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FiguresQuery {
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
    /// The last day that was counted: without the scope `verify` that of the last step that was
    /// told; none while nothing is.
    until: Option<String>,
    /// All ratings of the period, or of the department that was asked for.
    whole: GroupFigures,
    /// Per department, most ratings first. Without the scope `verify` departments that are not told
    /// stand together in the last row, whose code is `*`; none, where no department can be told.
    departments: Vec<GroupFigures>,
    /// Per counter; only with the scope `verify`, because a counter's row is an officer's.
    counters: Vec<GroupFigures>,
    /// Per officer; only with the scope `verify`.
    officers: Vec<GroupFigures>,
    /// How many of the ratings each named rule found odd; only with the scope `verify`.
    flags: BTreeMap<String, u64>,
    /// Events that wait for a person, whenever they arrived; only with the scope `verify`.
    quarantined: Option<u64>,
    /// Some of the ratings were simulated.
    simulated: bool,
    /// What everybody is told: groups with fewer than ten answers are left out, and the figures are
    /// those of the last step that was told.
    masked: bool,
}

/// One row: who, and what citizens said. What is not told is null.
#[derive(Default, Serialize, utoipa::ToSchema)]
#[schema(as = Row)]
struct GroupFigures {
    /// Code; empty for the whole.
    code: String,
    /// Name; empty for the whole.
    name: String,
    /// Name of the department of a counter or officer.
    department: Option<String>,
    /// Number of ratings that count.
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
    /// Visits that a tablet asked; only with the scope `verify`.
    asked: Option<u64>,
    /// Of those, visits that answered, whatever was ruled about it later; likewise.
    answered: Option<u64>,
    /// Of those, visits that ended without an answer; likewise.
    abandoned: Option<u64>,
    /// Ratings that a ruling took out of the counts above; likewise.
    ruled_out: Option<u64>,
    /// Enough ratings to be ranked.
    ranked: bool,
}

impl GroupFigures {
    /// Nothing.
    fn closed() -> Self {
        Self { levels: vec![None; 5], ..Self::default() }
    }

    /// What everybody is told.
    fn of_answers(answers: &Answers) -> Self {
        let ratings = answers.ratings();
        let ranked = answers.total >= RANKED_FROM;
        let (asked, answered, abandoned, ruled_out) = (None, None, None, None);
        Self { asked, answered, abandoned, ruled_out, ranked, ..Self::bare(&ratings) }
    }

    /// Everything as it is.
    fn bare(ratings: &Ratings) -> Self {
        let of = ratings.satisfied;
        Self {
            total: Some(ratings.total),
            levels: ratings.levels.named().map(|(_, count)| Some(count)).to_vec(),
            satisfied: of.share,
            low: of.low,
            high: of.high,
            asked: Some(ratings.asked),
            answered: Some(ratings.answered()),
            abandoned: Some(ratings.abandoned),
            ruled_out: Some(ratings.raw() - ratings.total),
            ranked: true,
            ..Self::default()
        }
    }

    fn of(group: &Group) -> Self {
        Self {
            code: group.code.clone(),
            name: group.name.clone(),
            department: group.department.clone(),
            ranked: group.is_ranked(),
            ..Self::bare(&group.ratings)
        }
    }
}

/// The figures of a period.
#[utoipa::path(
    get,
    path = "/api/v1/figures",
    params(
        ("period" = Option<String>, Query, description = "2023-09, 2023-Q3, 2023-H1, 2023-9M, \
            2023 or 2023-01-15..2023-02-14; without it the month of the last rating. A range, or a \
            period that is not over, only with the scope `verify`: two that differ by a day would \
            tell what one person said. Without the scope and the parameter: the last month that is \
            over. What was told of a period stands until ten more ratings of it have come",
            max_length = 30,
            pattern = r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
        ("department" = Option<String>, Query, description = "Code of a department; without it \
            the whole centre", min_length = 1, max_length = 64),
    ),
    security(("machine" = ["figures:read"])),
    responses(
        (status = 200, description = "The figures; groups with fewer than ten ratings, counters and officers only with the scope `verify`", body = FiguresTold),
        (status = 400, description = "The period or the query can not be read, or the period is told only with the scope `verify`", body = Problem),
        (status = 401, description = "Unknown token, or one without the scope `figures:read`", body = Problem),
        (status = 422, description = "No such department", body = Problem),
        (status = 429, description = "Too many requests of this token; wait as `Retry-After` says", body = Problem),
        (status = 503, description = "Come back later", body = Problem),
    )
)]
pub(super) async fn figures(
    State(app): State<App>,
    Machine(token, _): Machine<ReadsFigures>,
    asked: Result<Query<FiguresQuery>, QueryRejection>,
) -> Result<Json<FiguresTold>, Refusal> {
    let Query(asked) = asked.map_err(|_| unreadable())?;
    let directory = app.store.directory().await?;
    let department = match asked.department.as_deref() {
        None => None,
        Some(code) => Some(directory.department(code).ok_or_else(unknown_department)?),
    };
    let policy = app.centre().policy;
    if !token.may(EXACT_FIGURES) {
        let span = settled(&app, asked.period.as_deref()).await?;
        let told = publication::published_figures(&app, Subject::Centre, span).await?;
        return Ok(Json(published(&span.under(policy), told.as_ref(), department, &directory)));
    }
    let span = span(&app, asked.period.as_deref()).await?;
    let mut slice = Slice::whole(span.under(policy));
    slice.filter.departments = department.map(|one| [one.id].into());
    let figures = app.figures(&slice).await?;
    Ok(Json(page(&figures)))
}

/// Everything.
fn page(figures: &Figures) -> FiguresTold {
    let rows = |groups: &[Group]| groups.iter().map(GroupFigures::of).collect();
    FiguresTold {
        from: figures.period.from.to_string(),
        to: figures.period.to.to_string(),
        period: figures.period.name.clone(),
        until: Some(figures.period.to.to_string()),
        whole: GroupFigures::bare(&figures.ratings),
        departments: rows(&figures.departments),
        counters: rows(&figures.counters),
        officers: rows(&figures.officers),
        flags: figures.flags.clone(),
        quarantined: Some(figures.quarantined),
        simulated: figures.simulated,
        masked: false,
    }
}

/// What everybody is told: of the whole centre, or of one department where it is told apart.
fn published(
    period: &Period,
    told: Option<&PublishedFigures>,
    asked: Option<&Department>,
    directory: &Directory,
) -> FiguresTold {
    let row = |(id, answers): &(Option<i64>, Answers)| {
        let named = id.and_then(|id| directory.department_of(id));
        let (code, name) = named
            .map_or((OTHERS.to_owned(), String::new()), |one| (one.code.clone(), one.name.clone()));
        GroupFigures { code, name, ..GroupFigures::of_answers(answers) }
    };
    let of_asked = |id: &Option<i64>| asked.is_none_or(|one| *id == Some(one.id));
    let rows: Vec<_> =
        told.iter().flat_map(|told| &told.rows).filter(|(id, _)| of_asked(id)).collect();
    let whole = match asked {
        None => told.map(|told| &told.whole),
        Some(_) => rows.first().map(|(_, answers)| answers),
    };
    FiguresTold {
        from: period.from.to_string(),
        to: period.to.to_string(),
        period: period.name.clone(),
        until: told.map(|told| told.until.to_string()),
        whole: whole.map_or_else(GroupFigures::closed, GroupFigures::of_answers),
        departments: rows.into_iter().map(row).collect(),
        counters: Vec::new(),
        officers: Vec::new(),
        flags: BTreeMap::new(),
        quarantined: None,
        simulated: told.is_some_and(|told| told.simulated),
        masked: true,
    }
}

/// The period for those who may not verify: a whole one that is over.
async fn settled(app: &App, text: Option<&str>) -> Result<Span, Refusal> {
    let (policy, today) = (app.centre().policy, app.today());
    let span = span(app, text).await?;
    if span.is_settled(policy, today) {
        return Ok(span);
    }
    let before = Span::month_of(today, policy).previous();
    before.filter(|_| text.is_none()).ok_or_else(|| {
        let message = "A token without the scope `verify` is told whole periods that are over: a \
                       month, quarter, half, nine months or year. Ranges of days and running \
                       periods, taken from each other, would tell what one person said.";
        Refusal::new(ProblemCode::BadRequest, message)
    })
}

/// The period that was asked for, or the month of the last rating.
pub(super) async fn span(app: &App, text: Option<&str>) -> Result<Span, Refusal> {
    if let Some(text) = text {
        return Ok(text.parse::<Span>()?);
    }
    let day = app.latest_day(&Scope::All).await?;
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
    fn with_the_scope_a_row_has_everything() {
        let json = include_str!("../../../reports/tests/fixture/tayninh-2023-09.json");
        let figures: Figures = serde_json::from_str(json).unwrap();
        let bare = page(&figures);
        assert!(!bare.masked && bare.officers.len() > 1 && bare.counters.len() > 1);
        let rows = bare.departments.iter().chain(&bare.officers).chain(&bare.counters);
        for row in rows.chain([&bare.whole]) {
            let levels: u64 = row.levels.iter().map(|count| count.unwrap()).sum();
            assert_eq!(Some(levels), row.total, "{}", row.code);
        }
    }
}
