//! The kinds of the report of a period. They differ in who may read them, so the name of each file says
//! which it is.

/// Which report is made: what of it stands there, and what its files are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// With all annexes, under the plain name: what the command line writes.
    Whole,
    /// Without the annex of officers by name, to be sent to every receiver.
    Sent,
    /// With the annex of officers by name, for use inside.
    Internal,
    /// For readers outside.
    Published,
}

impl ReportKind {
    /// Whether there is the annex of officers by name.
    pub(super) const fn with_officers(self) -> bool {
        matches!(self, Self::Whole | Self::Internal)
    }

    /// What its files' names end with.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Sent => "-gui-di",
            Self::Internal => "-kem-phu-luc-II-noi-bo",
            Self::Published => "-cong-bo",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_kinds_of_a_report_have_one_name_and_those_with_officers_say_so() {
        let kinds =
            [ReportKind::Whole, ReportKind::Sent, ReportKind::Internal, ReportKind::Published];
        let names: std::collections::BTreeSet<_> = kinds.iter().map(|kind| kind.suffix()).collect();
        assert_eq!(names.len(), kinds.len());
        assert!(ReportKind::Internal.with_officers());
        assert!(ReportKind::Internal.suffix().contains("phu-luc-II"));
        assert!(!ReportKind::Sent.with_officers() && !ReportKind::Published.with_officers());
    }
}
