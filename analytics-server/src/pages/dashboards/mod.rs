//! The pages of figures: the overview of a period and its report, the hours of a day, the lists of
//! departments, officers, counters and procedures. Whatever an address asks for, only what the
//! reader may see is counted, offered or named.

pub(super) mod answers;
mod aspects;
pub(super) mod bar;
pub(super) mod before;
mod cards;
mod chart;
mod chooser;
pub(super) mod cleaned;
pub(super) mod data;
pub(super) mod day;
pub(super) mod dimension;
mod drawn;
pub(super) mod filter;
pub(super) mod group;
pub(super) mod groups;
pub(super) mod hours;
mod numbers;
pub(super) mod overview;
pub(super) mod query;
mod report;
mod response;
pub(super) mod sort;
mod tables;
pub(super) mod view;
mod week;

use super::context::Context;
use super::forms::Query;
use super::routes::Routes;
use crate::pages::prelude::*;
use axum::routing::get;
use dimension::Dimension;
use query::FigureQuery;

/// The addresses of the pages of figures and of the report.
pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .guarded(Right::Figures, "/", get(overview::show))
        .guarded(Right::Figures, "/day", get(day::show))
        .guarded(Right::Figures, "/report", get(report::download))
        .guarded(Right::Figures, aspects::PATH, get(aspects::show))
        .guarded(Right::Figures, response::PATH, get(answers::show));
    let dimensions = [
        (Dimension::Departments, "/departments/{code}"),
        (Dimension::Officers, "/officers/{code}"),
        (Dimension::Counters, "/counters/{code}"),
        (Dimension::Procedures, "/procedures/{code}"),
    ];
    dimensions.into_iter().fold(routes, |routes, (dimension, one)| {
        let list = move |context: Context, query: Query<FigureQuery>| {
            groups::show(dimension, context, query)
        };
        let group = move |context: Context, code: Path<String>, query: Query<FigureQuery>| {
            group::show(dimension, context, code, query)
        };
        routes.guarded(Right::Figures, dimension.path(), get(list)).guarded(
            Right::Figures,
            one,
            get(group),
        )
    })
}
