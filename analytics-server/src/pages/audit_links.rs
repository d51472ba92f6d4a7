//! The ways between the audit log and the pages of what it tells of: from a line to its thing, and from the
//! page of a thing to the lines about it. An address carries the page's own path, which is as stable as the
//! page.

use super::address;
use crate::audit::{AuditNames, AuditThing};
use crate::auth::{Permission, Viewer};
use crate::storage::register::Noun;
use uuid::Uuid;

/// The lists of the administration: the part of their address, and the part of the pages of figures where
/// there are such.
const LISTS: [(Noun, &str, Option<&str>); 5] = [
    (Noun::Site, "sites", None),
    (Noun::Department, "departments", Some("departments")),
    (Noun::Counter, "counters", Some("counters")),
    (Noun::Officer, "officers", Some("officers")),
    (Noun::Procedure, "procedures", Some("procedures")),
];

/// Things with one address.
const PAGES: [(AuditThing, &str, Permission); 8] = [
    (AuditThing::Draft, "/admin/questionnaires/draft", Permission::Administer),
    (AuditThing::Centre, "/admin/centre", Permission::Administer),
    (AuditThing::Thresholds, "/admin/alerts", Permission::Administer),
    (AuditThing::Webhooks, "/admin/alerts/webhooks", Permission::Administer),
    (AuditThing::Tokens, "/admin/tokens", Permission::Users),
    (AuditThing::Rosters, "/admin/rosters", Permission::Administer),
    (AuditThing::Quarantine, "/quarantine", Permission::Quarantine),
    (AuditThing::Chains, "/tablets/chains", Permission::Verify),
];

/// The thing that a page without fields in its address shows; none: the log has no lines about one.
pub(super) fn thing_at(path: &str) -> Option<AuditThing> {
    if let Some((thing, ..)) = PAGES.into_iter().find(|(_, own, _)| *own == path) {
        return Some(thing);
    }
    let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    match parts[..] {
        ["records", num] => num.parse().ok().map(AuditThing::Rating),
        ["alerts", num] => num.parse().ok().map(AuditThing::Alert),
        ["tablets", id, "chain"] | ["admin", "tablets", id] => tablet(id),
        ["admin", "users", id] => id.parse().ok().map(AuditThing::User),
        ["admin", "questionnaires", version] => version.parse().ok().map(AuditThing::Questionnaire),
        ["admin", list, id] => {
            let (noun, ..) = LISTS.into_iter().find(|(_, own, _)| *own == list)?;
            id.parse().ok().map(|id| AuditThing::Entry(noun, id))
        }
        _ => None,
    }
}

fn tablet(id: &str) -> Option<AuditThing> {
    id.parse::<Uuid>().ok().map(AuditThing::Tablet)
}

/// The address, in no language, of the lines about what a page shows.
pub(super) fn log_of(path: &str) -> Option<String> {
    thing_at(path)?;
    Some(address::with_fields("/admin/audit", [("of", path)]))
}

/// The address, in no language, of the page of a thing; none where the reader may not open it.
pub(super) fn page_of(thing: AuditThing, names: &AuditNames, viewer: &Viewer) -> Option<String> {
    let when = |permission: Permission, path: String| viewer.may(permission).then_some(path);
    match thing {
        AuditThing::User(id) => when(Permission::Users, format!("/admin/users/{id}")),
        AuditThing::Rating(num) => when(Permission::Records, format!("/records/{num}")),
        AuditThing::Alert(num) => when(Permission::Alerts, format!("/alerts/{num}")),
        AuditThing::Questionnaire(version) => {
            when(Permission::Administer, format!("/admin/questionnaires/{version}"))
        }
        AuditThing::Tablet(id) => when(Permission::Verify, format!("/tablets/{id}/chain"))
            .or_else(|| when(Permission::Administer, format!("/admin/tablets/{id}"))),
        AuditThing::Entry(noun, id) => {
            let (_, list, figures) = LISTS.into_iter().find(|one| one.0 == noun)?;
            let figures = || {
                let (code, _) = names.entry(noun, id)?;
                let path = format!("/{}/{}", figures?, address::segment(code));
                when(Permission::Figures, path)
            };
            when(Permission::Administer, format!("/admin/{list}/{id}")).or_else(figures)
        }
        other => {
            let (_, path, permission) = PAGES.into_iter().find(|one| one.0 == other)?;
            when(permission, path.to_owned())
        }
    }
}

/// The address, in no language, of the lines about a thing: where there is no page that a reader may open,
/// they tell what became of it.
pub(super) fn lines_about(thing: AuditThing) -> Option<String> {
    let path = match thing {
        AuditThing::User(id) => format!("/admin/users/{id}"),
        AuditThing::Rating(num) => format!("/records/{num}"),
        AuditThing::Alert(num) => format!("/alerts/{num}"),
        AuditThing::Questionnaire(version) => format!("/admin/questionnaires/{version}"),
        AuditThing::Tablet(id) => format!("/admin/tablets/{id}"),
        AuditThing::Entry(noun, id) => {
            let (_, list, _) = LISTS.into_iter().find(|one| one.0 == noun)?;
            format!("/admin/{list}/{id}")
        }
        other => PAGES.into_iter().find(|one| one.0 == other)?.1.to_owned(),
    };
    log_of(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_things_lead_to_their_lines() {
        for (path, thing) in [
            ("/records/12", AuditThing::Rating(12)),
            ("/alerts/3", AuditThing::Alert(3)),
            ("/admin/users/7", AuditThing::User(7)),
            ("/admin/officers/4", AuditThing::Entry(Noun::Officer, 4)),
            ("/admin/questionnaires/2", AuditThing::Questionnaire(2)),
            ("/admin/questionnaires/draft", AuditThing::Draft),
            ("/admin/centre", AuditThing::Centre),
            ("/tablets/chains", AuditThing::Chains),
        ] {
            assert_eq!(thing_at(path), Some(thing), "{path}");
            assert_eq!(lines_about(thing), log_of(path));
        }
        let tablet = Uuid::from_u128(7);
        for path in [format!("/tablets/{tablet}/chain"), format!("/admin/tablets/{tablet}")] {
            assert_eq!(thing_at(&path), Some(AuditThing::Tablet(tablet)), "{path}");
        }
        let none = ["/", "/records", "/records/x", "/admin/officers/new", "/admin/nothing/1", "x"];
        for path in none {
            assert_eq!(thing_at(path), None, "{path}");
        }
        assert_eq!(log_of("/records/12").as_deref(), Some("/admin/audit?of=%2Frecords%2F12"));
        assert_eq!(log_of("/records"), None);
    }
}
