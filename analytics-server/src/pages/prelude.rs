//! What nearly every handler names, for one `use crate::pages::prelude::*`: the request context, forms
//! and queries, errors, the layout, and the types of axum and askama that answers are made of.

pub(super) use super::address;
pub(super) use super::context::{Context, PublicContext};
pub(super) use super::error::{PageError, PageResult};
pub(super) use super::forms::{CsrfForm, EmptyForm, Query};
pub(super) use super::layout::{Layout, answer, form_status, no_store, no_store_form_answer};
pub(super) use crate::auth::{Permission, Viewer};
pub(super) use crate::state::App;
pub(super) use askama::Template;
pub(super) use axum::extract::Path;
pub(super) use axum::http::StatusCode;
pub(super) use axum::response::{IntoResponse, Redirect, Response};
pub(super) use locales::Texts;
pub(super) use serde::Deserialize;
