//! People and what they may do: the way in and out, the own account, and what an administrator
//! does for others.

mod account;
mod acts;
mod audit;
pub(super) mod confirm;
mod demo;
mod differences;
pub(super) mod factor;
mod origin;
mod password;
mod people;
mod person;
mod second;
pub(super) mod sign_in;
mod sought;
mod tokens;
mod told;
mod trouble;

pub(super) use people::{found, state};
pub(super) use person::written;
pub(super) use told::subject;

use super::doors::Doors;
use crate::auth::Right;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};

/// The addresses of this room and who may open them.
pub(super) fn doors(doors: Doors) -> Doors {
    use Right as R;
    doors
        .open("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .open("/sign-in/second", get(second::show).post(second::give))
        .open("/password/{token}", get(password::show).post(password::choose))
        .open("/demo/sign-in", post(demo::sign_in))
        .behind(R::Account, "/sign-out", post(sign_in::sign_out))
        .behind(R::Account, "/account", get(account::show))
        .behind(R::Account, "/account/language", post(account::language))
        .behind(R::Account, "/account/password", post(account::change_password))
        .behind(R::Account, "/account/sessions/end", post(account::end_others))
        .behind_password(R::Account, "/account/second", get(factor::show).post(factor::confirm))
        .behind_password(R::Account, "/account/second/offer", post(factor::offer))
        .behind_password(R::Account, "/account/second/remove", post(factor::remove))
        .behind(R::Users, "/admin/users", get(people::list))
        .behind_password(R::Users, "/admin/users/new", get(person::empty).post(person::add))
        .behind_password(R::Users, "/admin/users/{id}", get(person::show).post(person::change))
        .behind_password(R::Users, "/admin/users/{id}/retired", post(acts::retire))
        .behind_password(R::Users, "/admin/users/{id}/link", post(acts::make_link))
        .behind_password(R::Users, "/admin/users/{id}/factor", post(acts::take_factor))
        .behind_password(R::Users, "/admin/tokens", get(tokens::list).post(tokens::make))
        .behind_password(R::Users, "/admin/tokens/{num}/revoked", post(tokens::revoke))
        .behind(R::AuditLog, "/admin/audit", get(audit::list))
        .behind(R::AuditLog, "/admin/audit.csv", get(audit::file))
}

/// A page that no cache may keep, not even the browser's: it tells of people or shows a secret.
fn private(mut page: Response) -> Response {
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
