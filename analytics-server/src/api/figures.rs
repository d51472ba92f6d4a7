//! The figures of a period for other software of the centre: what the pages show, with more care for
//! counts that could point at one citizen. A program can ask for every period there is and take one
//! answer from the other; so whoever may not verify gets whole periods that are over, and of a
//! list's rows nothing that the row above leaves over.

use super::machine::{Machine, ReadsFigures, VERIFY};
use super::problem::Refusal;
use crate::auth::Scope;
use crate::period::{self, Span};
use crate::state::App;
use crate::stats::slice::Slice;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use protocol::exchange::{Problem, ProblemCode};
use reports::figures::{Figures, Group, Ratings, SHOWN_FROM};
use reports::masks::{Cell, Open, Share, beside_whole, masked, told, told_whole};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

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
    /// `open`: what may be told; all, where it is none.
    fn of(group: &Group, open: Option<Open>) -> Self {
        let row = match open {
            None => Self::bare(&group.ratings),
            Some(open) => Self::told(&group.ratings, false).closed_to(open),
        };
        Self {
            code: group.code.clone(),
            name: group.name.clone(),
            department: group.department.clone(),
            ranked: group.is_ranked(),
            ..row
        }
    }

    /// Without what would give another row away.
    fn closed_to(mut self, open: Open) -> Self {
        if open.total.shown().is_none() {
            (self.total, self.asked, self.abandoned) = (None, None, None);
        }
        if !open.share && self.total != Some(0) {
            (self.satisfied, self.low, self.high) = (None, None, None);
            self.levels = vec![None; 5];
        }
        self
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
        // Those who were asked, less those who left, are those who answered.
        let all = [ratings.asked, ratings.abandoned, ratings.total];
        let both = all.into_iter().all(|count| enough(count).is_some());
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
            2023 or 2023-01-15..2023-02-14; without it the month of the last rating. A range, or a \
            period that is not over, only with the scope `verify`: two that differ by a day would \
            tell what one person said. Without the scope and the parameter: the last month that is \
            over",
            max_length = 30,
            pattern = r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M)|-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$"),
        ("department" = Option<String>, Query, description = "Code of a department; without it \
            the whole centre", min_length = 1, max_length = 64),
    ),
    security(("machine" = ["figures:read"])),
    responses(
        (status = 200, description = "The figures; counts of 1 to 4 only with the scope `verify`", body = FiguresTold),
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
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<FiguresTold>, Refusal> {
    let Query(asked) = asked.map_err(|_| unreadable())?;
    let bare = token.may(VERIFY);
    let span = if bare {
        span(&app, asked.period.as_deref()).await?
    } else {
        settled(&app, asked.period.as_deref()).await?
    };
    let mut slice = Slice::whole(span.under(app.centre().policy));
    if let Some(code) = asked.department.as_deref() {
        let directory = app.store.directory().await?;
        let department = directory.department(code).ok_or_else(unknown_department)?;
        slice.filter.departments = Some([department.id].into());
    }
    let figures = app.figures(&slice).await?;
    Ok(Json(page(&figures, asked.department.is_none(), bare)))
}

/// `centre`: the figures are of all of it, so their share points at nobody.
fn page(figures: &Figures, centre: bool, bare: bool) -> FiguresTold {
    let departments = beside(&figures.departments);
    let above: HashMap<_, _> =
        figures.departments.iter().map(|one| one.name.as_str()).zip(&departments).collect();
    let rows = |groups: &[Group], open: Vec<Open>| {
        let open = open.into_iter().map(|one| (!bare).then_some(one));
        groups.iter().zip(open).map(|(group, open)| Row::of(group, open)).collect()
    };
    FiguresTold {
        from: figures.period.from.to_string(),
        to: figures.period.to.to_string(),
        period: figures.period.name.clone(),
        whole: if bare { Row::bare(&figures.ratings) } else { Row::told(&figures.ratings, centre) },
        counters: rows(&figures.counters, below(&figures.counters, &above)),
        officers: rows(&figures.officers, below(&figures.officers, &above)),
        quarantined: figures.quarantined,
        simulated: figures.simulated,
        masked: !bare,
        departments: rows(&figures.departments, departments),
    }
}

/// What rows may tell that add up to one that is told.
fn beside<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Vec<Open> {
    let rows: Vec<_> = groups.into_iter().map(|group| &group.ratings).collect();
    beside_whole(&rows, SHOWN_FROM)
}

/// The same of counters or officers: those of one department add up to it, and tell nothing that it
/// may not tell itself.
fn below(groups: &[Group], above: &HashMap<&str, &Open>) -> Vec<Open> {
    let mut of_department: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, group) in groups.iter().enumerate() {
        let name = group.department.as_deref().unwrap_or_default();
        of_department.entry(name).or_default().push(place);
    }
    let mut all = vec![Open { total: Cell::Withheld, share: false }; groups.len()];
    for (name, places) in of_department {
        let open = beside(places.iter().map(|place| &groups[*place]));
        for (place, mut open) in places.into_iter().zip(open) {
            if let Some(above) = above.get(name) {
                if above.total.shown().is_none() {
                    open.total = above.total;
                }
                open.share &= above.share;
            }
            all[place] = open;
        }
    }
    all
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

    fn group(code: &str, department: Option<&str>, levels: [u64; 2]) -> Group {
        let [very_satisfied, neutral] = levels;
        let total = very_satisfied + neutral;
        let ratings = Ratings {
            total,
            levels: reports::figures::Levels { very_satisfied, neutral, ..Default::default() },
            satisfied: crate::stats::measures::satisfied(very_satisfied, total),
            asked: total + 10,
            abandoned: 10,
            ..Ratings::default()
        };
        let department = department.map(str::to_owned);
        Group { code: code.into(), name: code.into(), department, ratings, ..Group::default() }
    }

    #[test]
    fn no_row_is_what_the_row_above_leaves_over() {
        let json = include_str!("../../../reports/tests/fixture/tayninh-2023-09.json");
        let mut figures: Figures = serde_json::from_str(json).unwrap();
        figures.departments =
            vec![group("A", None, [90, 10]), group("B", None, [50, 9]), group("C", None, [2, 1])];
        figures.ratings = group("", None, [142, 20]).ratings;
        figures.counters = vec![
            group("A1", Some("A"), [70, 10]),
            group("A2", Some("A"), [17, 0]),
            group("A3", Some("A"), [3, 0]),
            group("B1", Some("B"), [50, 9]),
            group("C1", Some("C"), [2, 1]),
        ];
        figures.officers = figures.counters.clone();
        let told = page(&figures, true, false);
        let totals = |rows: &[Row]| rows.iter().map(|row| row.total).collect::<Vec<_>>();
        assert_eq!(told.whole.total, Some(162));
        assert_eq!(totals(&told.departments), [Some(100), None, None]);
        // A2 goes with A3, and B1 is all of B.
        assert_eq!(totals(&told.counters), [Some(80), None, None, None, None]);
        assert_eq!(totals(&told.officers), totals(&told.counters));
        for row in told.departments.iter().chain(&told.counters) {
            assert!(
                row.total.is_some() || (row.asked, row.satisfied) == (None, None),
                "{}",
                row.code
            );
        }
        let bare = page(&figures, true, true);
        assert_eq!(totals(&bare.departments), [Some(100), Some(59), Some(3)]);
    }
}
