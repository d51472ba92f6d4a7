//! The API's own description, built from the handlers.

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(title = "Hài Lòng", description = "Satisfaction surveys of public service counters"),
    paths(
        super::health::health,
        super::metrics::metrics,
        super::figures::figures,
        super::ratings::ratings,
        super::enrolments::enrol,
        super::settings::settings,
        super::events::append,
        super::heartbeats::heartbeat,
        super::heartbeats::head,
        super::waiting::wait,
        super::invitations::create,
        super::invitations::follow,
    ),
    components(schemas(protocol::exchange::Wrapped)),
    modifiers(&Bearer)
)]
struct Api;

/// Bearer tokens: a tablet's, and that of other software of the centre.
struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("tablet", SecurityScheme::Http(scheme.clone()));
        components.add_security_scheme("machine", SecurityScheme::Http(scheme));
    }
}

/// The description, to be read by people.
pub(super) fn description() -> serde_json::Value {
    // It is made of plain texts and numbers; it can always be written.
    serde_json::to_value(Api::openapi()).unwrap_or_default()
}

/// The description as JSON.
pub(super) async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(Api::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_names_every_route_and_body() {
        insta::assert_json_snapshot!(Api::openapi());
    }
}
