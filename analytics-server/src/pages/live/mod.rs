//! What is told without being asked for: the stream of an open dashboard, and what anybody may see
//! of the centre without signing in, on a page and on the screen of the hall.

mod facts;
pub(super) mod public;
pub(super) mod screen;
pub(super) mod stream;
pub(super) mod today;

use crate::centre::{Centre, CentreError};
use crate::state::App;
use crate::stats::StatsError;
use crate::storage::StoreError;

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

impl From<StoreError> for Hidden {
    fn from(error: StoreError) -> Self {
        Self::Figures(error.into())
    }
}

/// The centre as it is now, if it shows itself to everybody.
async fn shown(app: &App) -> Result<Centre, Hidden> {
    let centre = app.centre_now().await?;
    if centre.public.shown { Ok(centre) } else { Err(Hidden::Off) }
}
