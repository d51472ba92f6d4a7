//! Today's numbers at the head of a dashboard. They are whole without a script; the script puts
//! newer ones in their places.

use crate::auth::Viewer;
use crate::live::{Audience, Today, counts};
use crate::pages::address;
use crate::state::App;
use crate::stats::StatsError;
use locales::Texts;

/// What `live/today.html` shows.
pub(in crate::pages) struct Strip {
    pub today: Today,
    /// Address of the stream.
    pub stream: String,
    /// When it was counted.
    pub at: String,
}

impl Strip {
    /// Today as a person may see it.
    pub async fn of(app: &App, viewer: &Viewer, texts: &'static Texts) -> Result<Self, StatsError> {
        let audience = Audience::of(&viewer.scope(), texts.language());
        let today = counts(app).await?.told(audience.departments.as_ref(), texts);
        let now = jiff::Timestamp::from_millisecond(app.clock.now()).unwrap_or_default();
        let at = now.to_zoned(app.zone.clone()).strftime("%H:%M").to_string();
        Ok(Self { today, stream: address::in_language("/live", texts), at })
    }
}
