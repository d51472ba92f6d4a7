//! People and what they may do: signing in and out, the own account, and what an administrator does
//! for others.

mod account;
mod audit;
mod password;
mod sign_in;
mod tokens;
mod totp_login;
mod totp_setup;
mod user;
mod user_actions;
mod users;

use super::routes::Routes;
use crate::auth::Permission as R;
use axum::routing::{get, post};

/// The addresses of accounts and of the audit log, and who may open them.
pub(super) fn routes(routes: Routes) -> Routes {
    let factor = get(totp_setup::show).post(totp_setup::confirm);
    routes
        .public("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .public("/sign-in/second", get(totp_login::show).post(totp_login::sign_in))
        .public("/password/{token}", get(password::show).post(password::choose))
        .public("/demo/sign-in", post(sign_in::demo_sign_in))
        .guarded(R::Account, "/sign-out", post(sign_in::sign_out))
        .guarded(R::Account, "/account", get(account::show))
        .guarded(R::Account, "/account/language", post(account::change_language))
        .guarded(R::Account, "/account/password", post(account::change_password))
        .guarded(R::Account, "/account/sessions/end", post(account::end_other_sessions))
        .guarded_with_password(R::Account, "/account/second", factor)
        .guarded_with_password(R::Account, "/account/second/offer", post(totp_setup::offer))
        .guarded_with_password(R::Account, "/account/second/remove", post(totp_setup::remove))
        .guarded(R::Users, "/admin/users", get(users::list))
        .guarded(R::Users, "/admin/users/download", get(users::download))
        .guarded_with_password(R::Users, "/admin/users/new", get(user::empty).post(user::add))
        .guarded_with_password(R::Users, "/admin/users/{id}", get(user::show).post(user::change))
        .guarded_with_password(R::Users, "/admin/users/{id}/retired", post(user_actions::retire))
        .guarded_with_password(R::Users, "/admin/users/{id}/link", post(user_actions::make_link))
        .guarded_with_password(
            R::Users,
            "/admin/users/{id}/factor",
            post(user_actions::take_factor),
        )
        .guarded_with_password(R::Users, "/admin/tokens", get(tokens::list).post(tokens::make))
        .guarded_with_password(R::Users, "/admin/tokens/{num}/revoked", post(tokens::revoke))
        .guarded(R::AuditLog, "/admin/audit", get(audit::list))
        .guarded(R::AuditLog, "/admin/audit.csv", get(audit::file))
}
