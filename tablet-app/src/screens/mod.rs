//! The screens: what stands on the glass for each view of the kiosk. They draw what they are given
//! and return what was touched; no journal, no courier, no file, no clock.

mod frame;
mod notice;
pub mod rate;
pub mod thanks;

use crate::kiosk::{Trouble, View};
use crate::texts::Words;
use eframe::egui::{TextureHandle, Ui};
use protocol::Level;
use protocol::settings::Settings;

/// How the tablet stands to its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The last attempt reached the server, or none was made yet.
    Good,
    /// The server can not be reached.
    Offline,
    /// The chains have parted.
    Parted,
}

/// Everything that is drawn.
pub struct Scene<'a> {
    /// What the kiosk shows.
    pub view: View,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
    /// The clock's line in the footer.
    pub clock: &'a str,
    /// The officer's portrait.
    pub portrait: Option<&'a TextureHandle>,
    /// The server's address.
    pub server: &'a str,
    /// How the tablet stands to it.
    pub link: Link,
}

/// What was touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// A face.
    pub level: Option<Level>,
    /// A language's code.
    pub language: Option<String>,
    /// The button of the thanks screen.
    pub again: bool,
    /// Anywhere else.
    pub elsewhere: bool,
}

/// Shows the screen of this scene.
pub fn show(ui: &Ui, scene: &Scene<'_>) -> Touched {
    let words = Words::new(scene.language);
    let mut touched = Touched::default();
    let (content, language) = frame::show(ui, scene, &words);
    touched.language = language;
    match (scene.view, scene.settings) {
        (View::Rate { active, again }, Some(settings)) => {
            let portrait = scene.portrait;
            let rate = rate::Rate { settings, words: &words, portrait, active, again };
            touched.level = rate::show(ui, content, &rate).map(|rate::Tapped(level)| level);
        }
        (View::Thanks { again }, _) => touched.again = thanks::show(ui, content, &words, again),
        (View::NotInService, _) => {
            let more = [words.get("tablet-not-in-service-more")];
            notice::show(ui, content, &words.get("tablet-not-in-service"), &more, None);
        }
        (View::OutOfService(trouble), _) => {
            let more = [words.get("tablet-out-of-service-more")];
            let officer = words.get(trouble_key(trouble));
            notice::show(ui, content, &words.get("tablet-out-of-service"), &more, Some(&officer));
        }
        (View::Starting | View::Rate { .. }, _) => {
            let key = match scene.link {
                Link::Offline => "tablet-starting-offline",
                Link::Good | Link::Parted => "tablet-starting-more",
            };
            let more = [words.with(key, &[("server", scene.server)])];
            notice::show(ui, content, &words.get("tablet-starting"), &more, None);
        }
    }
    let somewhere = ui.input(|input| input.pointer.primary_clicked());
    touched.elsewhere = somewhere && touched == Touched { elsewhere: false, ..Touched::default() };
    touched
}

fn trouble_key(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "tablet-trouble-full",
        Trouble::ReadOnly => "tablet-trouble-read-only",
        Trouble::Damaged => "tablet-trouble-damaged",
        Trouble::Slow => "tablet-trouble-slow",
        Trouble::Other => "tablet-trouble-other",
    }
}
