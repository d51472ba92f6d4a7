//! Where the pages of alerts are.

/// The inbox.
pub(super) const INBOX: &str = "/alerts";
/// Where everybody chooses their mail.
pub(super) const MAIL: &str = "/alerts/mail";
/// Where a test mail is asked for.
pub(super) const MAIL_TEST: &str = "/alerts/mail/test";
/// The thresholds.
pub(super) const THRESHOLDS: &str = "/admin/alerts";
/// The webhooks.
pub(super) const WEBHOOKS: &str = "/admin/alerts/webhooks";
/// The log of deliveries.
pub(super) const DELIVERIES: &str = "/admin/alerts/deliveries";
