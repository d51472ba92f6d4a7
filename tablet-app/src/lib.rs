//! The counter tablet. A rating is tapped on a screen, decided on by the kiosk, written in the
//! journal and uploaded to the server by the courier. Each of the four knows only its own work;
//! the desk joins kiosk and journal, the app adds the window.

pub mod app;
pub mod appearance;
pub mod clock;
pub mod courier;
pub mod desk;
pub mod device;
pub mod entry;
pub mod journal;
pub mod kiosk;
pub mod link;
pub mod panics;
pub mod pin;
pub mod screens;
pub mod simulate;
pub mod sound;
pub mod speech;
pub mod staff;
pub mod startup;
pub mod sticks;
pub mod texts;
pub mod theme;
pub mod time_estimate;
pub mod typing;
pub mod widgets;
pub mod zone;
