//! The report for readers outside: what `publication` has told of a period, and of the periods that it
//! is compared with, and nothing else.

use super::files::{Format, Material, NamedFile, ReportFault, in_turn};
use super::kind::ReportKind;
use crate::period::Span;
use crate::publication;
use crate::state::App;
use reports::Earlier;
use reports::figures::{BySource, Figures};

/// Whether it is known how the ratings came: what was told by a version that did not keep it is not
/// compared, and nothing is said about why.
fn is_comparable(figures: &Figures) -> bool {
    let BySource { tablet, imported } = figures.ratings.by_source;
    tablet + imported >= figures.ratings.total
}

/// Makes the report for readers outside: of the whole centre, a period that is over, and what was
/// told of it. `person` waits for it.
pub async fn make_published(
    app: &App,
    span: Span,
    language: &'static str,
    formats: &[Format],
    person: i64,
) -> Result<Vec<NamedFile>, ReportFault> {
    let policy = app.centre().policy;
    let others = locales::texts(language).get("live-public-others");
    let told = if span.is_settled(policy, app.today()) {
        publication::figures(app, span, &others).await?
    } else {
        None
    };
    let figures = told.ok_or(ReportFault::Unpublished)?;
    let mut earlier = Vec::new();
    for (_, span) in span.compared() {
        let known = publication::figures(app, span, &others).await?.filter(is_comparable);
        earlier.extend(
            known
                .filter(|_| is_comparable(&figures))
                .map(|figures| Earlier { figures: figures.into() }),
        );
    }
    let material = Material {
        part: None,
        earlier,
        reasons: Vec::new(),
        cut_off: figures.period.to,
        today: app.today(),
        language,
        kind: ReportKind::Published,
    };
    in_turn(app, figures.into(), material, formats, person).await
}
