//! What each role may do, in one table.

use crate::storage::users::Role;
use locales::Texts;

/// What a page or a button asks for. A page that shows part of the centre is narrowed by the
/// [`Scope`](crate::scope::Scope) besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Only to be signed in: the own account.
    Account,
    /// Dashboards, figures, reports.
    Figures,
    /// Single visits: comments, flags, low levels with their reasons.
    Records,
    /// To write down what was done about visits, and to propose a redaction.
    Handle,
    /// To redact comments: for those who answer for no department.
    Redact,
    /// To see for thirty days what was redacted, and to put it back.
    Originals,
    /// To see alerts, acknowledge and close them.
    Alerts,
    /// To see how the tablets are.
    Fleet,
    /// Ratings row by row as a file.
    Export,
    /// Comments in such files.
    ExportComments,
    /// The officer's own page: results, invitations, replies.
    OwnPage,
    /// To rule on a disputed rating.
    Rule,
    /// Whether the chains hold.
    Verify,
    /// To see what waits in quarantine, and why. Releasing it is [`Self::Administer`].
    Quarantine,
    /// The audit log.
    AuditLog,
    /// Departments, counters, officers, tablets, questionnaires, settings.
    Administer,
    /// People and tokens.
    Users,
}

impl Role {
    /// What it is called.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(&format!("account-role-{}", self.word()))
    }

    /// Whether the role has a permission.
    pub const fn has(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Administrator => {
                !matches!(permission, P::OwnPage | P::Rule | P::Verify | P::Originals)
            }
            Self::Leader => matches!(
                permission,
                P::Account
                    | P::Figures
                    | P::Records
                    | P::Handle
                    | P::Alerts
                    | P::Fleet
                    | P::Export
                    | P::ExportComments
            ),
            Self::Supervisor => matches!(
                permission,
                P::Account | P::Figures | P::Records | P::Handle | P::Alerts | P::Fleet | P::Export
            ),
            Self::Officer => matches!(permission, P::Account | P::OwnPage),
            Self::Auditor => matches!(
                permission,
                P::Account
                    | P::Figures
                    | P::Records
                    | P::Redact
                    | P::Originals
                    | P::Alerts
                    | P::Fleet
                    | P::Export
                    | P::ExportComments
                    | P::Rule
                    | P::Verify
                    | P::Quarantine
                    | P::AuditLog
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of figures hide nothing from their readers: every one of these may open the single
    /// ratings too.
    #[test]
    fn roles_that_read_figures_may_open_the_ratings_behind_them() {
        for role in Role::ALL {
            assert_eq!(role.has(Permission::Figures), role.has(Permission::Records), "{role:?}");
        }
    }

    /// What waits is released by an administrator and can be followed by an auditor.
    #[test]
    fn an_auditor_reads_the_quarantine_and_releases_nothing() {
        let of =
            |permission: Permission| Role::ALL.into_iter().filter(move |role| role.has(permission));
        assert!(of(Permission::Quarantine).eq([Role::Administrator, Role::Auditor]));
        assert!(of(Permission::Administer).eq([Role::Administrator]));
    }

    /// A supervisor proposes a redaction; an administrator or an auditor decides. Auditors can still read the
    /// originals, so a redaction by an administrator can be checked.
    #[test]
    fn a_supervisor_redacts_nothing() {
        let of =
            |permission: Permission| Role::ALL.into_iter().filter(move |role| role.has(permission));
        assert!(of(Permission::Redact).eq([Role::Administrator, Role::Auditor]));
        assert!(of(Permission::Originals).eq([Role::Auditor]));
        assert!(
            !Role::Supervisor.has(Permission::Redact) && Role::Supervisor.has(Permission::Handle)
        );
    }
}
