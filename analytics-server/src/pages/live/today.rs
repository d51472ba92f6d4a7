//! Today's numbers at the head of a dashboard. They are whole without a script; the script puts
//! newer ones in their places.

use crate::live::{Audience, Today};
use crate::moments::local;
use crate::pages::context::Context;
use crate::stats::StatsError;

/// What `live/today.html` shows.
pub(in crate::pages) struct Strip {
    /// Says whether the numbers follow the filters of the page; the stream does not.
    pub heading: String,
    pub today: Today,
    /// Address of the stream.
    pub stream: String,
    /// When it was counted.
    pub at: String,
}

impl Strip {
    /// Today as the reader may see it, on a page that is narrowed further or is not.
    pub async fn of(context: &Context, is_narrowed: bool) -> Result<Self, StatsError> {
        let Context { app, viewer, .. } = context;
        let texts = context.texts;
        let audience = Audience::of(&viewer.scope(), texts.language());
        let today = app.live().counts().await?.today(audience.departments.as_ref(), texts);
        let at = local(app.clock.now(), &app.zone).strftime("%H:%M").to_string();
        let heading = texts.get(if is_narrowed { "live-today-all" } else { "live-today" });
        Ok(Self { heading, today, stream: context.to("/live"), at })
    }
}
