//! Alerts: rules that find what somebody should look at, and the ways on which people and other
//! software are notified. The rules are pure. In each process one task evaluates them and another
//! delivers; several processes on one database raise each alert only once.

mod address;
mod causes;
mod deliver;
mod evaluate;
mod mail;
mod occurrence;
mod percent;
mod rules;
mod settings;
mod targets;
mod visible;
mod watch;
mod webhook;
mod wording;

pub use address::is_web_address;
pub use deliver::{deliver_due, retry_at};
pub(crate) use evaluate::open_for;
pub use evaluate::{AlertError, look_around, look_at_ratings};
pub use occurrence::{
    AlertDetail, AlertOwner, AlertSubject, Occurrence, Rule, SubjectKind, rule_name,
};
pub use percent::Percent;
pub use rules::is_contact_too_old;
pub use settings::{SETTING, ThresholdBound, ThresholdError, Thresholds};
pub use visible::{departments_of, open_alerts};
pub use watch::watch;
pub use webhook::{SECRET_PREFIX, first_signature, signature};
pub use wording::{AlertStatus, AlertText, AlertTexts};

#[cfg(test)]
mod tests;
