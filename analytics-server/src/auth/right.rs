//! What each role may do, in one table.

use crate::storage::users::Role;

/// What a page or a button asks for. A page that shows part of the centre is narrowed by the
/// [`Scope`](crate::scope::Scope) besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
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
    /// The audit log.
    AuditLog,
    /// Departments, counters, officers, tablets, questionnaires, settings.
    Administer,
    /// People and tokens.
    Users,
}

impl Role {
    /// Whether the role has a right.
    pub const fn has(self, right: Right) -> bool {
        use Right as R;
        match self {
            Self::Administrator => {
                !matches!(right, R::OwnPage | R::Rule | R::Verify | R::Originals)
            }
            Self::Leader => matches!(
                right,
                R::Account
                    | R::Figures
                    | R::Records
                    | R::Handle
                    | R::Alerts
                    | R::Fleet
                    | R::Export
                    | R::ExportComments
            ),
            Self::Supervisor => matches!(
                right,
                R::Account | R::Figures | R::Records | R::Handle | R::Alerts | R::Fleet | R::Export
            ),
            Self::Officer => matches!(right, R::Account | R::OwnPage),
            Self::Auditor => matches!(
                right,
                R::Account
                    | R::Figures
                    | R::Records
                    | R::Redact
                    | R::Originals
                    | R::Alerts
                    | R::Fleet
                    | R::Export
                    | R::ExportComments
                    | R::Rule
                    | R::Verify
                    | R::AuditLog
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
    fn whoever_reads_figures_may_open_the_ratings_behind_them() {
        for role in Role::ALL {
            assert_eq!(role.has(Right::Figures), role.has(Right::Records), "{role:?}");
        }
    }

    /// Who answers for a department, or for the centre, proposes; others decide. Whoever redacts
    /// is not alone with the original.
    #[test]
    fn whoever_answers_for_a_department_redacts_nothing() {
        let of = |right: Right| Role::ALL.into_iter().filter(move |role| role.has(right));
        assert!(of(Right::Redact).eq([Role::Administrator, Role::Auditor]));
        assert!(of(Right::Originals).eq([Role::Auditor]));
        assert!(!Role::Supervisor.has(Right::Redact) && Role::Supervisor.has(Right::Handle));
    }
}
