//! The pages of figures: the overview of a period and its report, the hours of a day, the lists of
//! departments, officers, counters and procedures. Only what the reader may see is counted, offered
//! or named, also where an address asks for more.

pub(super) mod answers;
mod aspects;
pub(super) mod bar;
mod cards;
mod change;
mod chart_kind;
mod charts;
mod course;
pub(super) mod day;
mod drawn;
pub(super) mod filter;
pub(super) mod group;
pub(super) mod groups;
mod last_week;
pub(super) mod overview;
pub(super) mod query;
pub(super) mod quick;
mod report;
mod tables;
mod todo;
pub(super) mod view;
mod week;

use super::routes::Routes;
use crate::pages::prelude::*;
use crate::stats::groups::Dimension;
use axum::routing::get;
use query::FigureQuery;

/// The addresses of the pages of figures and of the report.
pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .guarded(Permission::Figures, "/", get(overview::show))
        .guarded(Permission::Figures, "/day", get(day::show))
        .guarded(Permission::Figures, "/report", get(report::show))
        .guarded(Permission::Figures, "/charts/{file}", get(charts::download))
        .guarded(Permission::Figures, aspects::PATH, get(aspects::show))
        .guarded(Permission::Figures, answers::PATH, get(answers::show));
    let dimensions = [
        (Dimension::Departments, "/departments", "/departments/{code}"),
        (Dimension::Officers, "/officers", "/officers/{code}"),
        (Dimension::Counters, "/counters", "/counters/{code}"),
        (Dimension::Procedures, "/procedures", "/procedures/{code}"),
    ];
    dimensions.into_iter().fold(routes, |routes, (dimension, all, one)| {
        let list = move |context: Context, query: Query<FigureQuery>| {
            groups::show(dimension, context, query)
        };
        let group = move |context: Context, code: Path<String>, query: Query<FigureQuery>| {
            group::show(dimension, context, code, query)
        };
        let routes = routes.guarded(Permission::Figures, all, get(list));
        routes.guarded(Permission::Figures, one, get(group))
    })
}
