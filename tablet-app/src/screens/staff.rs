//! The staff's side.

use crate::staff::{Facts, Input, Staff};
use eframe::egui::Ui;
use protocol::settings::Settings;

/// Everything that is drawn of it.
pub struct Office<'a> {
    /// The staff screen.
    pub staff: &'a Staff,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// Code of the officer on duty.
    pub on_duty: Option<&'a str>,
    /// How the tablet is.
    pub facts: &'a Facts,
    /// Uptime in milliseconds, for waits that are counted down.
    pub uptime: u64,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
}

/// Shows the page that is up; what was touched.
pub fn show(_ui: &Ui, _office: &Office<'_>) -> Option<Input> {
    None
}
