//! The links that lead back from a page of the administration.

use crate::pages::context::Context;

/// The links above the title of a page.
pub(super) struct Breadcrumb {
    /// Address of the administration.
    pub admin: String,
    /// Address of the nearest page above: the administration, or what `name` names.
    pub back: String,
    /// Name of the page between the administration and this one, where there is one.
    pub name: Option<String>,
}

impl Breadcrumb {
    /// Of a page right below the administration.
    pub fn admin(context: &Context) -> Self {
        let admin = context.to("/admin");
        Self { back: admin.clone(), admin, name: None }
    }

    /// Of a page below the one at `path`.
    pub fn below(context: &Context, path: &str, name: String) -> Self {
        Self { admin: context.to("/admin"), back: context.to(path), name: Some(name) }
    }
}
